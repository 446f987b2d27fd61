"""The last step: what lies ready takes its place, and the ledger says of what the site is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from plugins.newsroom.urls import folders_of
from plugins.press.ledger import Ledger
from plugins.press.output import CannotWrite, Written, empty, put, settled, stage_for, stamp_of, times_of
from plugins.press.plan import Built


def write(output: Path, built: Built, ledger: Ledger, tick: Callable[[], None]) -> Written:
    """Bring the output folder to the built site, plus what was there that is not ours. Raises CannotWrite.

    All that changes lies ready, on the same disk: a full disk leaves the last site whole. The ledger calls the folder
    torn from before the first rename until after the last.
    """
    unchanged = len(built.entries) - len(built.staged)
    known = ledger.world.folders
    try:
        if not (built.staged or built.gone):
            if not built.unchanged:
                _keep(output, built, ledger, known)
            return Written((), (), unchanged)
        output.mkdir(parents=True, exist_ok=True)
        ledger.mark_torn(built.staged)
        removed = put(output, built.stage, built.staged, built.gone, tick)
        touched = folders_of([*built.staged, *built.gone])
        _keep(output, built, ledger, {name: time for name, time in known.items() if name not in touched})
    except OSError as fault:
        place = f" ({fault.filename})" if fault.filename else ""
        raise CannotWrite(f"{(fault.strerror or str(fault)).lower()}{place}") from None
    return Written(tuple(sorted(built.staged)), removed, unchanged)


def _keep(output: Path, built: Built, ledger: Ledger, known: Mapping[str, int]) -> None:
    """The ledger, with the stamps of what lies there now. known: times of folders in which nothing came or went."""
    new = [name for name, entry in built.entries.items() if not entry.time]
    stamps = settled({name: stamp for name in new if (stamp := stamp_of(f"{output}/{name}"))})
    entries = dict(built.entries) | {name: built.entries[name].stamped(stamp) for name, stamp in stamps.items()}
    folders = folders_of(entries)
    there = {name: time for name, time in known.items() if time and name in folders}
    ledger.keep(entries, replace(built.world, folders=there | times_of(output, folders - there.keys())))


def discard(press: Path, output: Path) -> None:
    """Take away what lies ready: it was put in its place, or is not wanted. What cannot go now, the next build
    takes.
    """
    with suppress(OSError):
        empty(stage_for(press, output))
