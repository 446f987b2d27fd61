"""Which sources lie as they did when a build last opened them: these need not be opened again.

A source is known by its bytes. Whether they can have changed since is told by size, inode, and the two times that a
system keeps of a file: of its text, and of anything about it. The second no program can set, so a file that another has
replaced, with whatever time, is opened; git knows a work tree by the same. `VERIFY=1` opens every one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.json import Decoder

from plugins.press.output import Stamp, settled
from plugins.press.places import Places
from plugins.press.sealed import to_text

A_TEXT = 500
"""Sources that are kept as one text."""


class Row(Struct, frozen=True, array_like=True, gc=False):
    """One source as it was opened. key: print of its bytes and of the reader.

    size in bytes; time of the last change of its text, and of the last change of anything about it, in nanoseconds.
    """

    path: str
    key: str
    size: int
    time: int
    changed: int
    inode: int


class Text(Struct, frozen=True, array_like=True):
    """Some rows. reader: print of the code and settings with which their keys were made."""

    reader: str
    rows: list[Row]


_TEXT = Decoder(Text)


def rows_of(text: str) -> Text:
    """Back from the text. Raises ValueError."""
    return _TEXT.decode(text)


def changed(content: Path, rows: Iterable[Row]) -> list[str]:
    """The sources that may be others than they were."""
    return [row.path for row in rows if not _fits(row, f"{content}/{row.path}")]


def _fits(row: Row, path: str) -> bool:
    try:
        state = os.stat(path)
    except OSError:
        return False
    return (
        state.st_size == row.size
        and state.st_mtime_ns == row.time
        and state.st_ctime_ns == row.changed
        and state.st_ino == row.inode
    )


class Seen:
    """The sources of one checkout, as builds have opened them. texts: what is kept, by number."""

    def __init__(self, content: Path, reader: str, texts: Mapping[str, str]) -> None:
        """Raises ValueError for texts that hold no rows of ours."""
        self._content = content
        self._reader = reader
        self._places = Places(A_TEXT)
        self._rows: dict[str, Row] = {}
        self._stale: set[int] = set()
        self._opened: dict[str, os.stat_result] = {}
        self._looked = 0
        for name, text in texts.items():
            found = rows_of(text)
            if found.reader == reader:
                self._rows |= {row.path: row for row in found.rows}
                self._places.put((row.path for row in found.rows), int(name))
            else:
                self._stale.add(int(name))

    def known(self, sources: Iterable[str], others: Iterable[str] | None) -> dict[str, str]:
        """Path → key of those that need not be opened. others: what `changed` says of all; None to ask it."""
        out = set(changed(self._content, self._rows.values()) if others is None else others)
        rows = self._rows
        return {path: rows[path].key for path in sources if path in rows and path not in out}

    def look(self, paths: Iterable[str]) -> None:
        """Note how these lie, before they are opened."""
        self._looked = time.time_ns()
        for path in paths:
            try:
                self._opened[path] = os.stat(f"{self._content}/{path}")
            except OSError:
                continue

    def texts(self, keys: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
        """What is to be kept otherwise from now on: number → text, None for one that goes. keys: of all sources."""
        new = dict(self._believed(keys))
        gone = [path for path in self._rows if path not in keys or (path in self._opened and path not in new)]
        for path in gone:
            del self._rows[path]
        self._rows |= new
        stale = self._stale | self._places.drop(gone) | self._places.of(new)
        names = self._places.names(stale)
        for number in sorted(stale):
            rows = [self._rows[path] for path in names.get(number, ())]
            yield str(number), to_text(Text(self._reader, rows)) if rows else None
        self._stale, self._opened = set(), {}

    def _believed(self, keys: Mapping[str, str]) -> Iterator[tuple[str, Row]]:
        """Rows of what was opened, as far as a later change would show."""
        stamps = {
            path: Stamp(state.st_size, max(state.st_mtime_ns, state.st_ctime_ns), state.st_ino)
            for path, state in self._opened.items()
            if path in keys
        }
        for path, stamp in settled(stamps, looked=self._looked).items():
            if stamp.time:
                state = self._opened[path]
                yield (
                    path,
                    Row(path, keys[path], state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino),
                )
