"""Reading: every source that has changed becomes a row and a body; all others come from the store.

Sources are known by their bytes, whatever their times say: to read and hash 10,000 costs a tenth of a second.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.newsroom import hooks
from plugins.newsroom.body import Body
from plugins.newsroom.paper import Paper
from plugins.newsroom.plain import form_of
from plugins.newsroom.problem import Problem
from plugins.newsroom.story import Story
from plugins.press.crew import Begin, Crew
from plugins.press.prints import print_of
from plugins.press.scan import read_bytes
from plugins.press.store import Kept, Store, body_text, row_text

if TYPE_CHECKING:
    from plugins.stories.read import Reader

CHUNK = 16
"""Sources that a worker is given at once."""

SAVED_AT_ONCE = 400
"""Sources after which the store writes what it has: ten thousand bodies need not be held at once."""

WORTH_A_CREW = 500
"""With fewer sources to hash, one process is done before the others have their names."""

Answer = tuple[str, str, str, str]
"""path, key, row and body as text."""

Hashed = tuple[dict[str, str], list[Problem]]
"""path → key, and the files that cannot be opened."""

Task = tuple[hooks.ReaderSettings, str, Sequence[str]]
"""The reader's settings, its key, and paths."""


@dataclass(frozen=True)
class ReadBy:
    """What reading depends on, besides the file. key: print of the reader's code and settings."""

    content: Path
    settings: hooks.ReaderSettings
    facts: Mapping[str, hooks.ReadFact]
    key: str

    def reader(self) -> Reader:
        """A reader; costly to make, and its libraries to load: only where a source must be read."""
        from plugins.stories.read import Reader

        return Reader(self.settings, self.facts)

    def key_of(self, path: str, data: bytes) -> str:
        """The print under which a source's row is kept."""
        return print_of(self.key, path, data)


@dataclass
class Sheets:
    """What all sources are, read. rows: settled, by path, in the order of paths. prints: as of `edition.Sources`.

    kept: their texts; keys: print of each source's bytes. problems: of files that cannot be opened, and of the checks.
    fresh: how many were read now.
    """

    rows: dict[str, Story] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    bodies: dict[str, Body] = field(default_factory=dict)
    fresh: int = 0

    def prints(self) -> dict[str, tuple[str, str]]:
        """Path → print of the row, and of row and body."""
        return {path: (kept.print, f"{kept.front} {kept.key}") for path, kept in self.kept.items()}


def hash_sources(by: ReadBy, paths: Iterable[str]) -> Hashed:
    """Path → key, and the files that cannot be opened."""
    keys: dict[str, str] = {}
    problems: list[Problem] = []
    for path in paths:
        data = read_bytes(by.content, path)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            keys[path] = by.key_of(path, data)
    return keys, problems


def read_one(by: ReadBy, reader: Reader, path: str) -> Answer | Problem:
    """A source as texts, or why it cannot be opened."""
    data = read_bytes(by.content, path)
    if isinstance(data, Problem):
        return data
    row, body = reader.read(path, data)
    return path, by.key_of(path, data), row_text(row), body_text(body)


def begin_hashing(by: ReadBy, paths: Sequence[str], crew: Crew | None) -> Callable[[], Hashed]:
    """Hash the sources, by the crew where it is worth it; the function returned gives what `hash_sources` would."""
    if not crew or len(paths) < WORTH_A_CREW:
        return lambda: hash_sources(by, paths)
    share = -(-len(paths) // len(crew))
    parts = [paths[start : start + share] for start in range(0, len(paths), share)]
    answers = crew.map("hash", [(by.settings, by.key, part) for part in parts])

    def collect() -> Hashed:
        keys: dict[str, str] = {}
        problems: list[Problem] = []
        for some, more in answers:
            keys |= some
            problems += more
        return {path: keys[path] for path in paths if path in keys}, sorted(problems)

    return collect


def begin_reading(by: ReadBy, paths: Sequence[str], crew: Crew | None) -> Iterator[Answer | Problem]:
    """Read these sources; by the crew, which begins at once and loads Markdown meanwhile. Raises crew.Lost."""
    if not crew or not paths:
        return _read_here(by, paths)
    chunk = max(1, min(CHUNK, -(-len(paths) // (2 * len(crew)))))
    chunks = [paths[start : start + chunk] for start in range(0, len(paths), chunk)]
    answers = crew.map("read", [(by.settings, by.key, each) for each in chunks])
    return (answer for some in answers for answer in some)


def _read_here(by: ReadBy, paths: Sequence[str]) -> Iterator[Answer | Problem]:
    reader = by.reader() if paths else None
    for path in paths:
        assert reader is not None
        yield read_one(by, reader, path)


class ReadingWorker:
    """Reads what the crew is given; one reader serves as long as its settings stay."""

    def __init__(self, content: Path, facts: Mapping[str, hooks.ReadFact]) -> None:
        self._content = content
        self._facts = facts
        self._by: ReadBy | None = None
        self._reader: Reader | None = None

    def hash(self, task: Task) -> Hashed:
        """The keys of some sources."""
        settings, key, paths = task
        return hash_sources(ReadBy(self._content, settings, self._facts, key), paths)

    def read(self, task: Task, begin: Begin) -> list[Answer | Problem]:
        """A chunk's answers."""
        settings, key, paths = task
        if self._by is None or self._reader is None or (self._by.settings, self._by.key) != (settings, key):
            self._by = ReadBy(self._content, settings, self._facts, key)
            self._reader = self._by.reader()
        answers = []
        for path in paths:
            begin(path)
            answers.append(read_one(self._by, self._reader, path))
        return answers


def settle(row: Story, paper: Paper, steps: Iterable[hooks.SettleRow]) -> Story:
    """The row with what the tables settle of it."""
    for step in steps:
        row = step(row, paper)
    return row


def check(row: Story, paper: Paper, checks: Iterable[hooks.CheckStory]) -> Iterator[Problem]:
    """What needs the tables to be told of one row."""
    for each in checks:
        for key, complaint in each(row, paper):
            yield complaint.at(row.path, row.lines.get(key, row.lines.get("body", 0)))


@dataclass(frozen=True)
class SettleBy:
    """What settling and checking depend on, besides the row. key: print of tables and code."""

    paper: Paper
    steps: Sequence[hooks.SettleRow]
    checks: Sequence[hooks.CheckStory]
    key: str

    def settled(self, row: Story, key: str) -> Kept:
        """The row settled and checked, to be kept under its key."""
        done = row if row.fault else settle(row, self.paper, self.steps)
        problems = [] if row.fault else list(map(form_of(Problem).plain, check(done, self.paper, self.checks)))
        front = replace(done, excerpt="", words=0, facts={}, problems=(), lines={})
        prints = print_of(row_text(done)), print_of(row_text(front))
        return Kept(key, self.key, form_of(Story).plain(done), *prints, problems)


def read_all(
    by: ReadBy, settle_by: SettleBy, keys: Mapping[str, str], store: Store, crew: Crew | None, tick: Callable[[], None]
) -> Sheets:
    """Every source, read and settled; the store gets what is new. Raises crew.Lost."""
    known = {path for path, key in keys.items() if (kept := store.rows.get(path)) is not None and kept.key == key}
    raws = {path: store.raw(path) for path in known if store.rows[path].settled_by != settle_by.key}
    stale = [path for path in keys if path not in known or raws.get(path, ...) is None]
    waiting = frozenset(stale)
    problems = []
    read = 0
    answers = begin_reading(by, stale, crew)
    # While the crew reads, the rows that stay as they are become values.
    back, told = form_of(Story).value, form_of(Problem).value
    rows = {
        path: back(kept.row)
        for path, kept in store.rows.items()
        if path in keys and path not in waiting and kept.settled_by == settle_by.key
    }
    for answer in answers:
        tick()
        if isinstance(answer, Problem):
            problems.append(answer)
            continue
        path, key, row, body = answer
        store.put_row(path, Kept(key))
        store.put_raw(path, row)
        store.put_body(path, key, body)
        read += 1
        if read % SAVED_AT_ONCE == 0:
            store.save()
            gc.collect(0)
    sheets = Sheets(problems=problems, fresh=len(stale))
    unsettled = [path for path in keys if path in store.rows and store.rows[path].settled_by != settle_by.key]
    for path in unsettled:
        if (raw := raws.get(path) or store.raw(path)) is not None:
            store.put_row(path, settle_by.settled(raw, store.rows[path].key))
    sheets.kept = {path: store.rows[path] for path in keys if path in store.rows}
    for path, kept in sheets.kept.items():
        sheets.rows[path] = rows.get(path) or back(kept.row)
        kept.row = None
    sheets.problems += [told(plain) for kept in sheets.kept.values() for plain in kept.problems]
    return sheets


def read_plainly(by: ReadBy, settle_by: SettleBy, paths: Iterable[str], tick: Callable[[], None]) -> Sheets:
    """Every source, read and settled in this process, with nothing kept: the yardstick (`PRESS=0`)."""
    reader = by.reader()
    sheets = Sheets()
    for path in paths:
        data = read_bytes(by.content, path)
        if isinstance(data, Problem):
            sheets.problems.append(data)
        else:
            row, sheets.bodies[path] = reader.read(path, data)
            sheets.rows[path] = row if row.fault else settle(row, settle_by.paper, settle_by.steps)
            if not row.fault:
                sheets.problems += check(sheets.rows[path], settle_by.paper, settle_by.checks)
            sheets.fresh += 1
        tick()
    return sheets


def body_of(store: Store, by: ReadBy, keys: Mapping[str, str], path: str) -> Body:
    """A body from the store; read again where the store has lost it."""
    key = keys.get(path)
    if key is None:
        return Body()
    if (body := store.body(path, key)) is not None:
        return body
    data = read_bytes(by.content, path)
    return Body() if isinstance(data, Problem) else by.reader().read(path, data)[1]
