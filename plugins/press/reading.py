"""Reading: every source that has changed becomes a row and a body; all others come from the store.

Sources are known by their bytes. Those that lie as they did when they were last opened need not be opened (seen.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from plugins.newsroom import hooks
from plugins.newsroom.body import Body
from plugins.newsroom.edition import NO_PRINTS
from plugins.newsroom.paper import Paper
from plugins.newsroom.problem import Problem
from plugins.newsroom.story import Outline, Story
from plugins.press.crew import Crew
from plugins.press.prints import print_of
from plugins.press.scan import read_bytes
from plugins.press.sealed import to_text
from plugins.press.store import Kept, Store

if TYPE_CHECKING:
    from plugins.stories.read import Reader

CHUNK = 16
"""Sources that a worker is given at once."""

SAVED_AT_ONCE = 400
"""Sources after which the store writes what it has: ten thousand bodies need not be held at once."""

READER = 0
"""The number of the worker that makes ready to read while nobody knows yet what there is to be read."""

FEW = 50
"""With fewer sources to read, it has read them before another is ready."""

WORTH_A_CREW = 500
"""With fewer sources to hash, one process is done before the others have their names."""

Answer = tuple[str, str, str, str, str]
"""path, key; row, body, and outline with what belongs to it, as text."""

Hashed = tuple[dict[str, str], list[Problem]]
"""path → key, and the files that cannot be opened."""


class ReadBy(Struct, frozen=True, dict=True):
    """What reading depends on, besides the file. key: print of the reader's code and settings."""

    content: Path
    settings: hooks.ReaderSettings
    facts: Mapping[str, hooks.ReadFact]
    key: str

    @cached_property
    def reader(self) -> Reader:
        """A reader; costly to make, and its libraries to load: only where a source must be read."""
        from plugins.stories.read import Reader

        return Reader(self.settings, self.facts)

    def key_of(self, path: str, data: bytes) -> str:
        """The print under which a source's row is kept."""
        return print_of(self.key, path, data)


class SettleBy(Struct, frozen=True):
    """What settling and checking depend on, besides the row. key: print of tables and code."""

    paper: Paper
    steps: Sequence[hooks.SettleRow]
    checks: Sequence[hooks.CheckStory]
    key: str

    def settle(self, row: Story) -> Story:
        """The row with what the tables settle of it."""
        if not row.fault:
            for step in self.steps:
                row = step(row, self.paper)
        return row

    def check(self, row: Story) -> Iterator[Problem]:
        """What is wrong with a settled row: what reading it brought to light, and what needs the tables to be told."""
        yield from row.problems
        for each in () if row.fault else self.checks:
            for key, complaint in each(row, self.paper):
                yield complaint.at(row.path, row.lines.get(key, row.lines.get("body", 0)))

    def keep(self, row: Story, key: str) -> Kept:
        """What every build is to know of a row, to be kept under its key."""
        done = self.settle(row)
        problems = tuple(self.check(done))
        settles = done is not row and _ALL_BUT_UNDER(done) != _ALL_BUT_UNDER(row)
        outline = done.outline()
        whole, front = _prints(done)
        prints = f"{whole} {front} {key} {print_of(to_text(outline))}"
        return Kept(key, self.key, prints, outline, settles, problems)


FOUND = ("under", "excerpt", "blank", "facts", "problems", "lines")
"""What of a row is not said by its front matter."""
_FIELDS = Story.__struct_fields__
_ALL_BUT_UNDER = attrgetter(*(name for name in _FIELDS if name != "under"))
_FOUND = attrgetter(*FOUND)
_SAID = attrgetter(*(name for name in _FIELDS if name not in FOUND))


def _prints(row: Story) -> tuple[str, str]:
    """Of all of a row, and of what its front matter says."""
    said = print_of(to_text(_SAID(row)))
    return print_of(said, to_text(_FOUND(row))), said


class Sheets(Struct):
    """What all sources are, read. kept: by path, in the order of paths.

    problems: of files that cannot be opened, and of the checks. fresh: how many were read now.
    stories, bodies: those that no store keeps, settled.
    """

    kept: dict[str, Kept] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stories: Mapping[str, Story] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    fresh: int = 0

    @property
    def outlines(self) -> list[Outline]:
        """Of every source, in the order of paths."""
        return [kept.outline for kept in self.kept.values()]

    def prints(self, path: str) -> str:
        """As of `edition.Sources`."""
        kept = self.kept.get(path)
        return kept.prints if kept else NO_PRINTS

    def hold(self, stories: Mapping[str, Story]) -> None:
        """From now on the sources are these rows, whatever a store keeps."""
        self.stories = stories
        self.kept = {path: Kept("", "", NO_PRINTS, story.outline()) for path, story in stories.items()}


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


def read_one(by: ReadBy, settle_by: SettleBy, path: str) -> Answer | Problem:
    """A source as texts, or why it cannot be opened."""
    data = read_bytes(by.content, path)
    if isinstance(data, Problem):
        return data
    row, body = by.reader.read(path, data)
    key = by.key_of(path, data)
    return path, key, to_text(row), to_text(body), to_text(settle_by.keep(row, key))


def settle_one(by: ReadBy, settle_by: SettleBy, store: Store, path: str, key: str) -> tuple[str, str]:
    """Path and outline, as text, of a source whose row the store keeps. Raises CannotRead."""
    return path, to_text(settle_by.keep(row_as_read(store, by, key, path), key))


def hash_all(by: ReadBy, paths: Sequence[str], crew: Crew | None) -> Hashed:
    """What `hash_sources` gives, by the crew where it is worth it. Raises crew.Lost."""
    if not crew or len(paths) < WORTH_A_CREW:
        return hash_sources(by, paths)
    shares, own = _shares(paths, len(crew))
    answers = crew.map("hash", shares)
    # This process has a share too: it would only wait.
    keys, problems = hash_sources(by, own)
    for share, found in zip(shares, answers, strict=True):
        if len(found) == len(share):
            keys |= zip(share, found, strict=True)
            continue
        # A file cannot be opened: which one, and why?
        some, more = hash_sources(by, share)
        keys |= some
        problems += more
    return keys, problems


def _shares(paths: Sequence[str], workers: int) -> tuple[list[Sequence[str]], Sequence[str]]:
    """A share for each worker, and one for this process."""
    size = -(-len(paths) // (workers + 1))
    return [paths[at * size : (at + 1) * size] for at in range(workers)], paths[workers * size :]


def hash_share(by: ReadBy, paths: Sequence[str]) -> list[str]:
    """The keys of these sources; fewer where one cannot be opened."""
    return list(hash_sources(by, paths)[0].values())


def begin_reading(
    by: ReadBy, settle_by: SettleBy, paths: Sequence[str], crew: Crew | None
) -> Iterator[Answer | Problem]:
    """Read and settle these sources, where there is one by the crew, which begins at once. Raises crew.Lost."""
    if not paths:
        return iter(())
    if not crew:
        return (read_one(by, settle_by, path) for path in paths)
    answers = crew.map("read", _chunks(paths, crew), who=READER if len(paths) < FEW else None)
    return (answer for some in answers for answer in some)


def settle_anew(
    by: ReadBy, settle_by: SettleBy, keys: Mapping[str, str], store: Store, paths: Sequence[str], crew: Crew | None
) -> Iterator[tuple[str, str]]:
    """Path and outline, as text, of sources that the tables settle in another way than before. Raises crew.Lost."""
    if not crew or len(paths) < WORTH_A_CREW:
        for path in paths:
            yield settle_one(by, settle_by, store, path, keys[path])
        return
    chunks = [[(path, keys[path]) for path in chunk] for chunk in _chunks(paths, crew)]
    for some in crew.map("settle", chunks):
        yield from some


def _chunks(paths: Sequence[str], crew: Crew) -> list[Sequence[str]]:
    chunk = max(1, min(CHUNK, -(-len(paths) // (2 * len(crew)))))
    return [paths[start : start + chunk] for start in range(0, len(paths), chunk)]


def read_all(
    by: ReadBy,
    settle_by: SettleBy,
    keys: Mapping[str, str],
    store: Store,
    crew: Crew | None,
    start: Callable[[int], Callable[[], None]],
    meanwhile: Callable[[], object],
) -> Sheets:
    """Every source, read and settled; the store gets what is new. Raises crew.Lost.

    keys: empty where they are not known, for sources that no store keeps.
    start: told how many must be read, gives what is called after each. meanwhile: called when a crew has begun.
    """
    stale = [path for path, key in keys.items() if path not in store.kept or store.kept[path].key != key]
    tick = start(len(stale))
    waiting = frozenset(stale)
    problems = []
    read = 0
    answers = begin_reading(by, settle_by, stale, crew)
    meanwhile()
    for answer in answers:
        tick()
        if isinstance(answer, Problem):
            problems.append(answer)
            continue
        path, key, row, body, kept = answer
        store.put_row(path, key, row)
        store.put_body(path, key, body)
        store.put(path, kept)
        read += 1
        if read % SAVED_AT_ONCE == 0:
            store.save()
    unsettled = [path for path in keys if path not in waiting and store.kept[path].settled_by != settle_by.key]
    for path, kept in settle_anew(by, settle_by, keys, store, unsettled, crew):
        store.put(path, kept)
    sheets = Sheets({path: store.kept[path] for path in keys if path in store.kept}, problems, fresh=len(stale))
    sheets.problems += [problem for kept in sheets.kept.values() for problem in kept.problems]
    return sheets


def read_plainly(by: ReadBy, settle_by: SettleBy, paths: Iterable[str], tick: Callable[[], None]) -> Sheets:
    """Every source, read and settled in this process, with nothing kept: the yardstick (`PRESS=0`)."""
    sheets = Sheets()
    stories: dict[str, Story] = {}
    bodies: dict[str, Body] = {}
    for path in paths:
        data = read_bytes(by.content, path)
        if isinstance(data, Problem):
            sheets.problems.append(data)
        else:
            row, bodies[path] = by.reader.read(path, data)
            stories[path] = settle_by.settle(row)
            sheets.problems += settle_by.check(stories[path])
            sheets.fresh += 1
        tick()
    sheets.hold(stories)
    sheets.bodies = bodies
    return sheets


class CannotRead(Exception):
    """A source that was there when the build began cannot be opened any more."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def story_of(store: Store, by: ReadBy, settle_by: SettleBy, kept: Kept) -> Story:
    """A whole row, settled. Raises CannotRead."""
    path, under = kept.outline.path, kept.outline.under
    if kept.settles:
        return settle_by.settle(row_as_read(store, by, kept.key, path))
    return store.row(path, kept.key, under) or replace(_read_again(store, by, kept.key, path)[0], under=under)


def row_as_read(store: Store, by: ReadBy, key: str, path: str) -> Story:
    """A row from the store, not settled; read again where the store has lost it. Raises CannotRead."""
    return store.row(path, key) or _read_again(store, by, key, path)[0]


def body_of(store: Store, by: ReadBy, key: str, path: str) -> Body:
    """A body from the store; read again where the store has lost it. Raises CannotRead."""
    body = store.body(path, key)
    return _read_again(store, by, key, path)[1] if body is None else body


def _read_again(store: Store, by: ReadBy, key: str, path: str) -> tuple[Story, Body]:
    data = read_bytes(by.content, path)
    if isinstance(data, Problem):
        raise CannotRead(data)
    row, body = by.reader.read(path, data)
    if by.key_of(path, data) == key:
        store.put_row(path, key, to_text(row))
        store.put_body(path, key, to_text(body))
    return row, body
