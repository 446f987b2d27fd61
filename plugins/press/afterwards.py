"""What plugins made for Pelican leave in the site after us: files of their own, and pages that they have rewritten.

    pelican.plugins.sitemap writes sitemap.txt when all is done   →   the next build knows the file, and whose it is

A file that appears between our last rename and the end of the run is a plugin's, since whatever lay there before would
have stopped the build. It stands in the ledger without a job: the next build takes it away, and the plugin, if it is
still there, writes it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plugins.newsroom.urls import folders_of
from plugins.press.ledger import Entry, Ledger
from plugins.press.output import Stamp, changed_folders, present, print_of_file, settled, stamp_of
from plugins.press.plan import Built


def keep_all(output: Path, built: Built, ledger: Ledger) -> None:
    """The ledger as the folder is now: every file with the bytes that plugins have left. Raises OSError."""
    found, _ = present(output, (), [""])
    ledger.folders.forget()
    ledger.keep(_entries(output, found | built.entries.keys()), built.world, ledger.folders.put({}))


def adopt(output: Path, ledger: Ledger) -> None:
    """Add to the ledger what plugins have written beside our files; a page of ours stays as noted. Raises OSError."""
    known = ledger.folders
    found, _ = present(output, known, changed_folders(output, known))
    new = found - ledger.entries.keys()
    theirs = [
        name
        for name, entry in ledger.entries.items()
        if not entry.job and stamp_of(f"{output}/{name}") not in {None, entry.stamp}
    ]
    if new or theirs:
        # The next build opens them: something may come there before it.
        folders = known.put(dict.fromkeys(folders_of(new), 0))
        ledger.keep({**ledger.entries, **_entries(output, [*new, *theirs])}, ledger.world, folders)


def _entries(output: Path, names: Iterable[str]) -> dict[str, Entry]:
    stamps: dict[str, Stamp] = {}
    for name in sorted(names):
        if (stamp := stamp_of(f"{output}/{name}")) is not None:
            stamps[name] = stamp
    return {name: Entry(print_of_file(output / name), *stamp) for name, stamp in settled(stamps).items()}
