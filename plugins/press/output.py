"""Writing: what has changed lies ready beside the site; then it is renamed into its place, and what is no longer
produced is removed. Only what the ledger says we wrote is ever removed.

A file whose bytes are right is not touched, so its stamp stays.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from plugins.newsroom.problem import Code, Complaint, Problem, Severity
from plugins.newsroom.urls import OUTSIDE, is_inside
from plugins.press.folders import Folders
from plugins.press.prints import print_of

CANNOT_WRITE = Code("output/cannot-write", Severity.ERROR, "The output folder cannot be written to.")
STRAY = Code(
    "output/stray",
    Severity.ERROR,
    "The output folder holds a file that no build wrote: it may be held copy from elsewhere.",
)

STAGE = ".press-tmp"
"""The folder in which files lie before they are renamed; a killed build's is emptied by the next."""

FRESH = "fresh"
"""In the stage: files for which the output has no folder yet, in folders as they will stand there."""

FEW_FOLDERS = 200
"""To open so many again takes a few milliseconds."""

WHOLE = 1_000_000
"""Of such times, a multiple comes from a coarse clock, or by chance."""
COARSE_TICK = 2_000_000_000
"""Nanoseconds in which two changes bear the same time where the clock is as coarse as any: FAT's."""

TICK = 20_000_000
"""Nanoseconds in which two changes of a file may bear the same time: five ticks of Linux' coarse clock."""


class CannotWrite(Exception):
    """The output or the ledger cannot be written: the disk is full, or a folder is not ours."""


class Written(Struct, frozen=True):
    """What one build did to the output folder; paths from there, sorted."""

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


class Stamp(NamedTuple):
    """A file as it was left. size in bytes, time of last change in nanoseconds; a time of 0 fits no file."""

    size: int
    time: int
    inode: int


NOT_YET = Stamp(0, 0, 0)
"""Of a file that does not lie in the output yet."""


def stamp_of(path: Path | str) -> Stamp | None:
    """A file's stamp now, or None where no file of ours can be: nothing there, a folder, a link."""
    try:
        state = os.stat(path, follow_symlinks=False)
    except OSError:
        return None
    if not stat.S_ISREG(state.st_mode):
        return None
    return Stamp(state.st_size, state.st_mtime_ns, state.st_ino)


def settled(stamps: Mapping[str, Stamp], *, wait: bool = True, looked: int = 0) -> dict[str, Stamp]:
    """The stamps that may be believed later: a change in the same tick of the clock would not show. What may not be
    believed gets a time of 0. wait: until the newest may be. looked: of files that were opened after that, when their
    stamps were taken (then nothing is waited for); else 0.

    Where the file system counts whole milliseconds or seconds, all have 0: its files are read each time. One time in a
    million is such by chance: while others are not, it may be believed, once it is old enough for any clock, for a part
    of the tree may lie on another disk.
    """
    newest = max((stamp.time for stamp in stamps.values()), default=0)
    left = newest + TICK - time.time_ns()
    if wait and not looked and 0 < left <= TICK:
        time.sleep(left / 1e9)
    now = looked or time.time_ns()
    is_fine = any(stamp.time % WHOLE for stamp in stamps.values())

    def believed(time_: int) -> bool:
        return is_fine and time_ != 0 and time_ + (TICK if time_ % WHOLE else COARSE_TICK) <= now

    return {name: stamp if believed(stamp.time) else stamp._replace(time=0) for name, stamp in stamps.items()}


def print_of_file(path: Path) -> str:
    """The print of a file's bytes, or empty where it cannot be read."""
    try:
        return print_of(path.read_bytes())
    except OSError:
        return ""


def changed_folders(output: Path, known: Folders) -> list[str]:
    """The folders in which something came or went; the output where none is known."""
    if not known:
        return [""]
    return [name for name, time_ in known.times() if not time_ or _time_of_folder(f"{output}/{name}") != time_]


def present(output: Path, known: Collection[str], changed: Iterable[str]) -> tuple[set[str], set[str]]:
    """Every file below the output folder, but not what git keeps there; and every link, also one to a folder.

    known: folders that need not be opened, but for those of them that have `changed`.
    """
    found: set[str] = set()
    links: set[str] = set()
    folders = list(changed)
    while folders:
        folder = folders.pop()
        prefix = f"{folder}/" if folder else ""
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(f"{output}/{folder}") as entries:
            for entry in entries:
                if not prefix and entry.name in {".git", ".DS_Store", STAGE}:
                    continue
                name = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if name not in known:
                        folders.append(name)
                elif entry.is_symlink():
                    links.add(name)
                else:
                    found.add(name)
    return found, links


def _time_of_folder(path: str) -> int:
    """When something last came or went there, in nanoseconds; 0 where that cannot be told."""
    try:
        state = os.stat(path, follow_symlinks=False)
    except OSError:
        return 0
    return state.st_mtime_ns if stat.S_ISDIR(state.st_mode) else 0


def times_of(output: Path, folders: Iterable[str]) -> dict[str, int]:
    """The time of each folder, as it may be believed later; 0 for one that may not, which the next build opens.

    To open some folders costs less than to wait for them; a new paper has all of its folders in one tick.
    """
    stamps = {name: Stamp(0, time_, 0) for name in folders if (time_ := _time_of_folder(f"{output}/{name}"))}
    believed = settled(stamps, wait=len(stamps) > FEW_FOLDERS)
    return {name: stamp.time for name, stamp in believed.items()}


def strays(
    output: Path, ours: AbstractSet[str], known: Collection[str], changed: Iterable[str] | None
) -> Iterator[Problem]:
    """A problem for what neither this build nor an earlier one has written, and for links: we never write through.

    ours: every file that this build or an earlier one has made, from the output folder. known: folders that need not be
    opened, but for those in which something came or went, which have `changed`; None: all are.
    """
    if output.exists() and not output.is_dir():
        yield Complaint(STRAY, "this is a file, and a site is a folder", "name another OUTPUTDIR").at(str(output))
        return
    found, links = present(output, *((), [""]) if changed is None else (known, changed))
    left = sorted((found - ours) | links)
    if left:
        more = f" and {len(left) - 3} more" if len(left) > 3 else ""
        message = f"the folder holds what no build of this paper wrote: {', '.join(left[:3])}{more}"
        yield Complaint(STRAY, message, "name another OUTPUTDIR, or empty this one: make clean").at(str(output))


def outside(files: Iterable[str]) -> Iterator[Problem]:
    """A problem for each file that would be written outside the output folder."""
    for save_as in files:
        if not is_inside(save_as):
            yield Complaint(OUTSIDE, "this would lie outside the site").at(save_as)


def stage_for(press: Path, output: Path) -> Path:
    """Where files lie before they are renamed: in .press/, or in the output where that is on another disk."""
    there = next((path for path in (output, *output.parents) if path.exists()), output)
    here = next((path for path in (press, *press.parents) if path.exists()), press)
    on_one_disk = there.stat().st_dev == here.stat().st_dev
    return press / STAGE if on_one_disk else output / STAGE


def put(
    output: Path, stage: Path, staged: Mapping[str, str], gone: Iterable[str], tick: Callable[[], None]
) -> tuple[str, ...]:
    """Rename what is staged into its place, then remove what is gone; the names of what was there to be removed.

    staged: save_as → the name in the stage of the file that lies ready, which may be below `FRESH`. Raises OSError.
    """
    if (stage / FRESH).is_dir():
        _graft(stage / FRESH, output)
    for save_as, name in staged.items():
        if name != f"{FRESH}/{save_as}":
            _put(output, save_as, f"{stage}/{name}")
        tick()
    return tuple(name for name in sorted(gone) if _remove(output, name))


def _graft(fresh: Path, output: Path) -> None:
    """Rename what lies in one folder into another: whole folders, where that has none of this name."""
    with os.scandir(fresh) as entries:
        found = sorted(entry.name for entry in entries)
    for name in found:
        here, there = fresh / name, output / name
        if here.is_dir() and there.is_dir() and not there.is_symlink():
            _graft(here, there)
            continue
        # An earlier build may have left a file where a folder must be now, or a folder where a file must be.
        if here.is_dir():
            there.unlink(missing_ok=True)
        elif there.is_dir():
            empty(there)
        here.replace(there)


def _put(output: Path, save_as: str, beside: str) -> None:
    place = f"{output}/{save_as}"
    try:
        os.replace(beside, place)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        # As a rule all is as it was when the file was laid ready; only where it is not is each folder looked at.
        _make_room(output, save_as)
        os.replace(beside, place)


def _make_room(output: Path, save_as: str) -> None:
    """Nothing stands in a file's place, or in that of a folder of its."""
    for parent in reversed((output / save_as).relative_to(output).parents[:-1]):
        # An earlier build may have left a file where a folder must be now.
        if (output / parent).is_file():
            (output / parent).unlink()
    (output / save_as).parent.mkdir(parents=True, exist_ok=True)
    if (output / save_as).is_dir():
        empty(output / save_as)


def empty(folder: Path) -> None:
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
