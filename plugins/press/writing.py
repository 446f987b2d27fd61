"""The last step: what lies ready takes its place, and the ledger says of what the site is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

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
    try:
        if not (built.staged or built.gone):
            if not built.unchanged:
                _keep(output, built, ledger, ())
            return Written((), (), unchanged)
        output.mkdir(parents=True, exist_ok=True)
        ledger.mark_torn(built.staged)
        removed = put(output, built.stage, built.staged, built.gone, tick)
        _keep(output, built, ledger, folders_of([*built.staged, *built.gone]))
    except OSError as fault:
        place = f" ({fault.filename})" if fault.filename else ""
        raise CannotWrite(f"{(fault.strerror or str(fault)).lower()}{place}") from None
    return Written(tuple(sorted(built.staged)), removed, unchanged)


def _keep(output: Path, built: Built, ledger: Ledger, touched: Iterable[str]) -> None:
    """The ledger, with the stamps of what lies there now. touched: folders in which something came or went."""
    new = [name for name, entry in built.entries.items() if not entry.time]
    stamps = settled({name: stamp for name in new if (stamp := stamp_of(f"{output}/{name}"))})
    entries = dict(built.entries) | {name: built.entries[name].stamped(stamp) for name, stamp in stamps.items()}
    folders = ledger.folders
    anew = not folders
    looked = folders_of(entries) if anew else folders.unsure.union(touched)
    times = times_of(output, looked)
    ledger.keep(entries, built.world, folders.put(times, looked - times.keys(), anew=anew))


def discard(press: Path, output: Path) -> None:
    """Take away what lies ready: it was put in its place, or is not wanted. What cannot go now, the next build
    takes.
    """
    with suppress(OSError):
        empty(stage_for(press, output))
