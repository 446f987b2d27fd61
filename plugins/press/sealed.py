"""A file of texts by name that is believed only whole: SQLite keeps it, and each text carries a check of its own.

    sealed = Sealed(Path(".press/store.sqlite"), ("row", "body"), version="3f2a91c0")
    sealed.change(puts=[("row", "news/fair.md", "…")])
    sealed.all("row")          →   {"news/fair.md": "…"}

SQLite makes a change whole or not at all, also when the process is killed in it. It does not notice a bit that has
turned over: so each text is stored with the CRC-32 of its name and itself, and each kind with its number. A file that
fails is not looked at again, and another takes its place when something is to be kept: all that is in it can be made
anew.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

from msgspec.json import Encoder

PART = 1000
"""Texts that are read at once."""

PAGE = 16384
"""Bytes of one page of a new file. Several texts of 5 kB fit into one: they are written in two thirds of the time."""

Put = tuple[str, str, str]
"""kind, name, text."""
Drop = tuple[str, str]
"""kind, name."""


class Damaged(Exception):
    """The file is not what was written: cut short, turned over, or another program's."""


def _seal(name: str, text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"), crc32(name.encode("utf-8", "surrogatepass")))


class Sealed:
    """One such file. kinds: the tables in it. version: of what is kept in it; a file of another version is emptied.

    thrown_away: why an earlier file was not believed, or empty. Nothing is written before the first `change`.
    """

    def __init__(self, path: Path, kinds: tuple[str, ...], version: str) -> None:
        self.path = path
        self.kinds = kinds
        self.version = version
        self.thrown_away = ""
        self._file: sqlite3.Connection | None = None
        self._counts: dict[str, int] = {}
        try:
            self._open()
        except (Damaged, sqlite3.DatabaseError, ValueError, OSError) as fault:
            self.throw_away(str(fault))

    def _open(self) -> None:
        if self.path.is_dir():
            raise Damaged("a folder stands in its place")
        if not self.path.is_file() or not self.path.stat().st_size:
            return
        self._file = self._connect()
        state = {name: text for part in self._parts("state") for name, text in part.items()}
        if state.get("version") != self.version:
            self.throw_away("it is of another release")
            return
        for kind in self.kinds:
            self._counts[kind] = int(state.get(f"count {kind}", "-1"))

    def _connect(self) -> sqlite3.Connection:
        file = sqlite3.connect(self.path, isolation_level=None, timeout=60)
        file.execute(f"PRAGMA page_size = {PAGE}")
        # The journal is SQLite's own, deleted after each change; NORMAL keeps the file whole through a kill.
        file.execute("PRAGMA synchronous = NORMAL")
        return file

    def count(self, kind: str) -> int:
        """How many texts of a kind there are."""
        return self._counts.get(kind, 0) if self._file is not None else 0

    def all(self, kind: str) -> dict[str, str]:
        """Every text of a kind by name; empty where the file turns out to be damaged."""
        found: dict[str, str] = {}
        for part in self.parts(kind):
            found |= part
        return found if self._file is not None else {}

    def parts(self, kind: str) -> Iterator[dict[str, str]]:
        """Every text of a kind by name, a thousand at a time, so that not all of them need be held.

        Where the file turns out to be damaged it is thrown away, and what came before is not to be believed.
        """
        if self._file is None:
            return
        number = 0
        try:
            for part in self._parts(kind):
                number += len(part)
                yield part
        except (Damaged, sqlite3.DatabaseError) as fault:
            self.throw_away(str(fault))
            return
        if number != self._counts[kind]:
            self.throw_away(f"it has {number} of {self._counts[kind]} entries ({kind})")

    def _parts(self, kind: str) -> Iterator[dict[str, str]]:
        assert self._file is not None
        cursor = self._file.execute(f"SELECT name, text, seal FROM {kind}")  # noqa: S608  our own name
        while rows := cursor.fetchmany(PART):
            found: dict[str, str] = {}
            for name, text, seal in rows:
                if not isinstance(name, str) or not isinstance(text, str) or seal != _seal(name, text):
                    raise Damaged(f"an entry does not fit its seal ({kind})")
                found[name] = text
            yield found

    @contextmanager
    def held(self) -> Iterator[None]:
        """A while in which nobody else changes the file: to lock it for each text takes as long as to read one."""
        file = self._file
        self._say("BEGIN DEFERRED")
        try:
            yield
        finally:
            if file is self._file:
                self._say("END")

    def _say(self, command: str) -> None:
        if self._file is not None:
            try:
                self._file.execute(command)
            except sqlite3.DatabaseError as fault:
                self.throw_away(str(fault))

    def get(self, kind: str, name: str) -> str | None:
        """One text, or None where there is none, or none that can be believed."""
        if self._file is None:
            return None
        try:
            query = f"SELECT text, seal FROM {kind} WHERE name = ?"  # noqa: S608  our own name
            row = self._file.execute(query, (name,)).fetchone()
        except sqlite3.DatabaseError as fault:
            self.throw_away(str(fault))
            return None
        if row is None:
            return None
        if not isinstance(row[0], str) or row[1] != _seal(name, row[0]):
            self.throw_away(f"an entry does not fit its seal ({kind})")
            return None
        return row[0]

    def change(
        self,
        puts: Iterable[Put] = (),
        drops: Iterable[Drop] = (),
        instead: Callable[[], Iterable[Put]] | None = None,
    ) -> None:
        """Put and drop, all of it or nothing; the counts with it. Raises OSError where the disk does not take it.

        instead: all that a new file must hold, where there is none that is believed, or this one proves damaged only
        now; otherwise it holds the puts.
        """
        puts, drops = list(puts), list(drops)
        if not puts and not drops:
            return
        if instead and self._file is None:
            puts, drops = list(instead()), []
        try:
            self._change(puts, drops)
        except sqlite3.OperationalError as fault:
            raise OSError(f"{self.path.name}: {fault}") from None
        except sqlite3.DatabaseError as fault:
            self.throw_away(str(fault))
            self._change(list(instead()) if instead else puts, [])

    def _change(self, puts: list[Put], drops: list[Drop]) -> None:
        file = self._file or self._make()
        counts = {kind: self._counts.get(kind, 0) for kind in self.kinds}
        file.execute("BEGIN IMMEDIATE")
        try:
            for kind in ("state", *self.kinds):
                file.execute(f"CREATE TABLE IF NOT EXISTS {kind} (name TEXT PRIMARY KEY, text TEXT, seal INTEGER)")
            for kind in self.kinds:
                gone = [(name,) for of, name in drops if of == kind]
                new = [(name, text, _seal(name, text)) for of, name, text in puts if of == kind]
                file.executemany(f"DELETE FROM {kind} WHERE name = ?", gone)  # noqa: S608  our own name
                file.executemany(f"INSERT OR REPLACE INTO {kind} VALUES (?, ?, ?)", new)  # noqa: S608
                if gone or new:
                    (counts[kind],) = file.execute(f"SELECT count(*) FROM {kind}").fetchone()  # noqa: S608
            self._put_state(file, counts)
            file.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                file.execute("ROLLBACK")
            raise
        self._counts = counts

    def _make(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # What stands here was not believed; all of .press/ may be removed at any time.
        if self.path.is_dir() and not self.path.is_symlink():
            shutil.rmtree(self.path)
        for path in (self.path, self.path.with_name(self.path.name + "-journal")):
            path.unlink(missing_ok=True)
        self._counts = {}
        self._file = self._connect()
        return self._file

    def _put_state(self, file: sqlite3.Connection, counts: Mapping[str, int]) -> None:
        state = {"version": self.version, **{f"count {kind}": str(count) for kind, count in counts.items()}}
        rows = [(name, text, _seal(name, text)) for name, text in state.items()]
        file.executemany("INSERT OR REPLACE INTO state VALUES (?, ?, ?)", rows)

    def throw_away(self, why: str) -> None:
        """Look at the file no more, and say why. It goes when another takes its place: a reader removes nothing."""
        self.close()
        self.thrown_away = why

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


_encode = Encoder().encode


def to_text(value: object) -> str:
    """A value of ours as JSON: a frozen one is the list of its fields' values, a date its ISO form."""
    return _encode(value).decode()


def texts(values: Mapping[str, str]) -> str:
    """Many JSON texts as one JSON array, to be parsed at once."""
    return "[" + ",".join(values.values()) + "]"
