"""The ledger of one output folder: every file that builds wrote there, and what each page was made from.

A page need not be made again while its job is the same, every question that it asked has the same answer, the house's
prints are the same, and its file lies as it was left. Lies in .press/, or it would be published.
"""

from __future__ import annotations

import hashlib
import json
import os
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from plugins.newsroom.asked import Ask
from plugins.newsroom.urls import is_inside
from plugins.press.output import Stamp
from plugins.press.sealed import Put, Sealed, texts

VERSION = "2"
"""Of what the ledger holds; another one makes every page anew."""

KINDS = ("file", "ask", "world")

NOT_KEPT = (ValueError, TypeError, KeyError, IndexError, OverflowError)
"""What a text raises that is no part of a ledger."""

ASKS_A_TEXT = 500
"""Questions that are kept as one text: of thousands, a build writes those among which an answer has changed."""


class Record(NamedTuple):
    """What was learnt when a page was made; by `record_of`.

    job: the print of its job. asks: numbers into the ledger's questions. problems, site_links: as
    `newsroom.asked.Notes` has them, in their plain form.
    """

    job: str
    template: str
    url: str
    lang: str
    source: str
    lastmod: str
    in_sitemap: bool
    files: tuple[str, ...]
    problems: tuple[Any, ...]
    site_links: tuple[Any, ...]
    asks: array[int]


def record_of(plain: Sequence[Any]) -> Record:
    """A record from its plain values. A hundred thousand are held at once: what many have is held for all of them."""
    job, template, url, lang, source, lastmod, in_sitemap, files, problems, site_links, asks = plain
    return Record(
        job,
        intern(template),
        url,
        intern(lang),
        intern(source),
        lastmod,
        in_sitemap,
        tuple(map(intern, files)) if files else (),
        tuple(problems) if problems else (),
        tuple(site_links) if site_links else (),
        array("I", asks),
    )


class Entry(NamedTuple):
    """One file of the output: the print of its bytes, its stamp, and the record of the page, None for other files."""

    print: str
    stamp: Stamp
    record: Record | None = None


@dataclass
class World:
    """What all pages of the last build were made with. asks: question → its number; answers: by number.

    house: prints by name; templates: name → [print, what it loads]. folders: of the output, by path, each with its time
    as it was left. root: the print of everything at once. summary: what the report said.
    torn: a build was killed between the first rename and the last.
    fresh_asks: which parts of the questions are others than in the last build; None for all.
    """

    asks: dict[Ask, int] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    house: dict[str, str] = field(default_factory=dict)
    templates: dict[str, list[Any]] = field(default_factory=dict)
    folders: dict[str, int] = field(default_factory=dict)
    root: str = ""
    summary: dict[str, Any] = field(default_factory=dict)
    torn: bool = False
    fresh_asks: set[int] | None = None

    def touch(self, number: int) -> None:
        """Note that a question has come, or has another answer."""
        if self.fresh_asks is not None:
            self.fresh_asks.add(number // ASKS_A_TEXT)


class Ledger:
    """Reads what the last build left, and keeps what this one leaves."""

    def __init__(self, press: Path, output: Path) -> None:
        """Known by the output's place as seen from .press/, so that a checkout may move."""
        place = os.path.relpath(output.resolve(), press.resolve())
        name = hashlib.sha256(place.encode()).hexdigest()[:16]
        self._sealed = Sealed(press / "ledgers" / f"{name}.sqlite", KINDS, VERSION)
        self.world = World()
        self.entries: dict[str, Entry] = {}
        self._texts: dict[str, str] = {}
        self._ask_parts: set[str] | None = None
        self._load_world()

    @property
    def thrown_away(self) -> str:
        """Why an earlier ledger was not believed, or empty."""
        return self._sealed.thrown_away

    def _load_world(self) -> None:
        self._texts = kept = self._sealed.all("world")
        try:
            if kept:
                self.world = _world(kept)
        except NOT_KEPT:
            self._sealed.throw_away("its world cannot be read")

    def load(self) -> None:
        """Read the entries."""
        self.entries = {}
        try:
            for name, entry in self.read_entries():
                self.entries[name] = entry
        except NOT_KEPT:
            self._sealed.throw_away("its entries cannot be read")
        self._believe()

    def read_entries(self) -> Iterator[tuple[str, Entry]]:
        """Each entry, not kept in memory. Raises what `NOT_KEPT` names; to be believed if nothing is thrown away."""
        for part in self._sealed.parts("file"):
            for name, values in zip(part, json.loads(texts(part)), strict=True):
                if is_inside(name):
                    yield name, _entry(values)

    def load_asks(self) -> None:
        """Read the questions, which nobody needs where nothing has changed."""
        if self._ask_parts is not None:
            return
        kept = self._sealed.all("ask")
        self._ask_parts = set(kept)
        try:
            for number in range(len(kept)):
                for *ask, answer in json.loads(kept[str(number)]):
                    if not ask or not isinstance(answer, str):
                        raise ValueError("no question")
                    self.world.asks[tuple(map(intern, ask))] = len(self.world.answers)
                    self.world.answers.append(answer)
        except NOT_KEPT:
            self._sealed.throw_away("its questions cannot be read")
        self._believe()

    def _believe(self) -> None:
        """All of it or nothing."""
        if self.thrown_away:
            self.entries, self.world, self._texts, self._ask_parts = {}, World(), {}, set()

    def mark_torn(self, new: Iterable[str]) -> None:
        """Before the first rename: from now on the output is neither the old site nor the new one.

        new: files that no earlier build wrote. Raises OSError.
        """
        unknown = json.dumps(["", [0, 0, 0], None])
        names = [name for name in new if name not in self.entries]
        puts = [("world", "torn", "1"), *(("file", name, unknown) for name in names)]
        self._sealed.change(
            puts, instead=lambda: [*_puts(self.entries, self._texts), *_ask_texts(self.world, None), *puts]
        )
        self.world.torn = True
        self._texts["torn"] = "1"
        self.entries |= {name: Entry("", Stamp(0, 0, 0)) for name in names}

    def keep(self, entries: Mapping[str, Entry], world: World) -> None:
        """The site is whole: keep what it was made from. Writes what differs and nothing else. Raises OSError."""
        self.load_asks()
        assert self._ask_parts is not None
        puts = [
            ("file", name, _text(entry))
            for name, entry in entries.items()
            if (before := self.entries.get(name)) is not entry and before != entry
        ]
        drops = [("file", name) for name in self.entries if name not in entries]
        after = _plain(world)
        puts += [("world", name, text) for name, text in after.items() if self._texts.get(name) != text]
        puts += _ask_texts(world, world.fresh_asks)
        parts = {str(number) for number in range(_parts(world))}
        drops += [("ask", name) for name in sorted(self._ask_parts - parts)]
        self._sealed.change(puts, drops, instead=lambda: [*_puts(entries, after), *_ask_texts(world, None)])
        self.entries, self.world, self._texts, self._ask_parts = dict(entries), world, after, parts

    def close(self) -> None:
        """Let go of the file."""
        self._sealed.close()


RECORD_TYPES = (str, str, str, str, str, str, bool, list, list, list, list)


def _entry(values: Any) -> Entry:
    print_, stamp, record = values
    if [type(print_), *map(type, stamp)] != [str, int, int, int]:
        raise ValueError("no entry")
    if record is not None and tuple(map(type, record)) != RECORD_TYPES:
        raise ValueError("no record")
    return Entry(print_, Stamp(*stamp), record_of(record) if record else None)


def _puts(entries: Mapping[str, Entry], world: Mapping[str, str]) -> list[Put]:
    """All of a ledger."""
    files = (("file", name, _text(entry)) for name, entry in entries.items())
    return [*files, *(("world", name, text) for name, text in world.items())]


def _text(entry: Entry) -> str:
    record = entry.record and [*entry.record[:-1], entry.record.asks.tolist()]
    return json.dumps([entry.print, entry.stamp, record], ensure_ascii=False)


def _parts(world: World) -> int:
    """How many texts the questions are kept as."""
    return -(-len(world.asks) // ASKS_A_TEXT)


def _ask_texts(world: World, wanted: Collection[int] | None) -> Iterator[Put]:
    """The questions, as the texts that are wanted, by number; None for all."""
    asks = list(world.asks)
    for number in range(_parts(world)) if wanted is None else sorted(wanted):
        some = slice(number * ASKS_A_TEXT, (number + 1) * ASKS_A_TEXT)
        plain = [[*ask, answer] for ask, answer in zip(asks[some], world.answers[some], strict=True)]
        yield "ask", str(number), json.dumps(plain, ensure_ascii=False)


def _plain(world: World) -> dict[str, str]:
    parts = {
        "house": world.house,
        "templates": world.templates,
        "folders": world.folders,
        "root": world.root,
        "summary": world.summary,
    }
    plain = {name: json.dumps(value, ensure_ascii=False) for name, value in parts.items()}
    return plain | {"torn": "1" if world.torn else ""}


def _world(kept: Mapping[str, str]) -> World:
    values = {name: json.loads(text) for name, text in kept.items() if name != "torn"}
    types = {name: type(value) for name, value in values.items()}
    if types != {"house": dict, "templates": dict, "folders": dict, "root": str, "summary": dict}:
        raise ValueError("no world")
    return World(**values, torn=bool(kept.get("torn")))
