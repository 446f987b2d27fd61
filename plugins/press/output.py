"""Writing: compare, write beside, rename; then remove what is no longer produced; then the ledger.

A file whose bytes are right is not touched, so its stamp stays. Only what the ledger says we wrote is ever removed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plugins.newsroom.problem import Code, Complaint, Problem, Severity
from plugins.newsroom.urls import OUTSIDE, is_inside

STRAY = Code(
    "output/stray",
    Severity.ERROR,
    "The output folder holds a file that no build wrote: it may be held copy from elsewhere.",
)

BESIDE = ".press-tmp"
"""Ends the name of a file that is being written; one that a killed build left is removed by the next."""


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
        beside = self.path.with_suffix(BESIDE)
        beside.write_text(json.dumps({"files": sorted(self.files), "torn": self.torn}, indent=0), "utf-8")
        beside.replace(self.path)


def present(output: Path) -> set[str]:
    """Every file below the output folder, but for dot files at its top (`.git`), which hosts and git own."""
    found: set[str] = set()
    for folder, folders, files in os.walk(output):
        inside = os.path.relpath(folder, output)
        if inside == ".":
            folders[:] = [name for name in folders if not name.startswith(".")]
            found |= {name for name in files if not name.startswith(".")}
        else:
            found |= {f"{inside}/{name}".replace(os.sep, "/") for name in files}
    return found


def strays(output: Path, ledger: Ledger, produced: Mapping[str, object]) -> Iterator[Problem]:
    """A problem for the files that neither this build nor an earlier one has written."""
    left = sorted(
        name
        for name in present(output)
        if name not in ledger.files and name not in produced and not name.endswith(BESIDE)
    )
    if left:
        more = f" and {len(left) - 3} more" if len(left) > 3 else ""
        message = f"the folder holds files that no build of this paper wrote: {', '.join(left[:3])}{more}"
        yield Complaint(STRAY, message, "name another OUTPUTDIR, or empty this one: make clean").at(str(output))


def outside(files: Mapping[str, object]) -> Iterator[Problem]:
    """A problem for each file that would be written outside the output folder."""
    for save_as in files:
        if not is_inside(save_as):
            yield Complaint(OUTSIDE, "this would lie outside the site").at(save_as)


def write(output: Path, files: Mapping[str, bytes], ledger: Ledger, tick: Callable[[], None]) -> Written:
    """Bring the output folder to exactly these files, plus what was there that is not ours.

    files: save_as → bytes, all inside the folder, none in another's way.
    """
    changed = []
    for save_as, data in files.items():
        path = output / save_as
        if not _holds(path, data):
            changed.append(save_as)
        tick()
    gone = sorted(ledger.files - files.keys())
    leftovers = [name for name in present(output) if name.endswith(BESIDE)] if output.is_dir() else []
    if changed or gone or leftovers or ledger.files != files.keys() or ledger.torn:
        ledger.files |= files.keys()
        ledger.torn = True
        ledger.save()
        for save_as in changed:
            _put(output, save_as, files[save_as])
        removed = [name for name in gone if _remove(output, name)]
        for name in leftovers:
            _remove(output, name)
        ledger.files = set(files)
        ledger.torn = False
        ledger.save()
    else:
        removed = []
    return Written(tuple(sorted(changed)), tuple(removed), len(files) - len(changed))


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _put(output: Path, save_as: str, data: bytes) -> None:
    path = output / save_as
    for folder in reversed(path.relative_to(output).parents):
        # An earlier build may have left a file where a folder must be now.
        if (output / folder).is_file():
            (output / folder).unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        _empty(path)
    beside = path.with_name(path.name + BESIDE)
    beside.write_bytes(data)
    beside.replace(path)


def _empty(folder: Path) -> None:
    """Remove a folder of an earlier build that stands where a file must be; every file in it was in the ledger."""
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
