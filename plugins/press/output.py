"""Writing: compare, write beside, rename; then remove what is no longer produced; then the ledger.

A file whose bytes are right is not touched, so its stamp stays. Only what the ledger says we wrote is ever removed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plugins.newsroom.problem import Code, Complaint, Problem, Severity
from plugins.newsroom.urls import OUTSIDE, is_inside

CANNOT_WRITE = Code("output/cannot-write", Severity.ERROR, "The output folder cannot be written to.")
STRAY = Code(
    "output/stray",
    Severity.ERROR,
    "The output folder holds a file that no build wrote: it may be held copy from elsewhere.",
)

STAGE = ".press-tmp"
"""The folder in the output in which files are written before they are renamed; a killed build's is emptied by the
next."""


class CannotWrite(Exception):
    """The output or the ledger cannot be written: the disk is full, or a folder is not ours."""


@dataclass(frozen=True)
class Written:
    """What one build did to the output folder; paths from there, sorted."""

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


@dataclass
class Ledger:
    """The files of one output folder that builds wrote. Lies outside the folder, or it would be published.

    path: the ledger's own file. torn: a build was killed between the first rename and the last.
    """

    path: Path
    files: set[str] = field(default_factory=set)
    torn: bool = False

    @classmethod
    def of(cls, press: Path, output: Path) -> Ledger:
        """The ledger of an output folder; known by the folder's place as seen from .press/, so a checkout may move."""
        place = os.path.relpath(output.resolve(), press.resolve())
        ledger = cls(press / "ledgers" / f"{hashlib.sha256(place.encode()).hexdigest()[:16]}.json")
        try:
            kept = json.loads(ledger.path.read_text("utf-8"))
        except (OSError, ValueError):
            return ledger
        if isinstance(kept, dict) and isinstance(kept.get("files"), list):
            ledger.files = {name for name in kept["files"] if isinstance(name, str) and is_inside(name)}
            ledger.torn = bool(kept.get("torn"))
        return ledger

    def save(self) -> None:
        """Write the ledger, atomically."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix(STAGE)
        beside.write_text(json.dumps({"files": sorted(self.files), "torn": self.torn}, indent=0), "utf-8")
        beside.replace(self.path)


def present(output: Path) -> set[str]:
    """Every file below the output folder, and every link, also one to a folder; but not what git keeps there."""
    found: set[str] = set()
    for folder, folders, files in os.walk(output):
        inside = os.path.relpath(folder, output)
        if inside == ".":
            folders[:] = [name for name in folders if name not in {".git", STAGE}]
            files = [name for name in files if name not in {".git", ".DS_Store"}]
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        found |= {os.path.normpath(f"{inside}/{name}").replace(os.sep, "/") for name in (*files, *links)}
    return found


def strays(output: Path, ledger: Ledger, produced: Mapping[str, object]) -> Iterator[Problem]:
    """A problem for what neither this build nor an earlier one has written, and for links: we never write through."""
    if output.exists() and not output.is_dir():
        yield Complaint(STRAY, "this is a file, and a site is a folder", "name another OUTPUTDIR").at(str(output))
        return
    left = sorted(
        name
        for name in present(output)
        if (name not in ledger.files and name not in produced) or (output / name).is_symlink()
    )
    if left:
        more = f" and {len(left) - 3} more" if len(left) > 3 else ""
        message = f"the folder holds what no build of this paper wrote: {', '.join(left[:3])}{more}"
        yield Complaint(STRAY, message, "name another OUTPUTDIR, or empty this one: make clean").at(str(output))


def outside(files: Mapping[str, object]) -> Iterator[Problem]:
    """A problem for each file that would be written outside the output folder."""
    for save_as in files:
        if not is_inside(save_as):
            yield Complaint(OUTSIDE, "this would lie outside the site").at(save_as)


def write(output: Path, files: Mapping[str, bytes], ledger: Ledger, tick: Callable[[], None]) -> Written:
    """Bring the output folder to exactly these files, plus what was there that is not ours. Raises CannotWrite.

    files: save_as → bytes, all inside the folder, none in another's way. All that changes is first written beside, in
    one folder of the output, and only then renamed into its place: a full disk leaves the last site whole.
    """
    stage = output / STAGE
    try:
        changed = [save_as for save_as, data in files.items() if _differs(output / save_as, data, tick)]
        gone = sorted(ledger.files - files.keys())
        if not (changed or gone or stage.exists() or ledger.files != files.keys() or ledger.torn):
            return Written((), (), len(files))
        staged = _stage(stage, changed, files)
        ledger.files |= files.keys()
        ledger.torn = True
        ledger.save()
        for save_as, beside in staged.items():
            _put(output, save_as, beside)
        removed = [name for name in gone if _remove(output, name)]
        _empty(stage)
        ledger.files = set(files)
        ledger.torn = False
        ledger.save()
    except OSError as fault:
        place = f" ({fault.filename})" if fault.filename else ""
        raise CannotWrite(f"{(fault.strerror or str(fault)).lower()}{place}") from None
    return Written(tuple(sorted(changed)), tuple(removed), len(files) - len(changed))


def _differs(path: Path, data: bytes, tick: Callable[[], None]) -> bool:
    tick()
    return not _holds(path, data)


def _stage(stage: Path, changed: Iterable[str], files: Mapping[str, bytes]) -> dict[str, Path]:
    """Write what changes into one folder beside its place; whatever an earlier, killed build left there goes first."""
    _empty(stage)
    staged: dict[str, Path] = {}
    try:
        stage.mkdir(parents=True)
        for number, save_as in enumerate(changed):
            staged[save_as] = stage / str(number)
            staged[save_as].write_bytes(files[save_as])
    except OSError:
        _empty(stage)
        raise
    return staged


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _put(output: Path, save_as: str, beside: Path) -> None:
    path = output / save_as
    for folder in reversed(path.relative_to(output).parents[:-1]):
        # An earlier build may have left a file where a folder must be now.
        if (output / folder).is_file():
            (output / folder).unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        _empty(path)
    beside.replace(path)


def _empty(folder: Path) -> None:
    """Remove a folder of ours, if it is there: the stage, or one that stands where a file must be now."""
    for inner, _folders, files in os.walk(folder, topdown=False):
        for name in files:
            os.unlink(os.path.join(inner, name))
        os.rmdir(inner)


def _remove(output: Path, name: str) -> bool:
    path = output / name
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
    for folder in path.parents:
        if folder == output:
            break
        try:
            folder.rmdir()
        except OSError:
            break  # still holds something
    return True
