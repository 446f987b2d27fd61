"""The ledger of one output folder: every file that builds wrote there, and what each page was made from.

A page need not be made again while its job is the same, every question that it asked has the same answer, the house's
prints are the same, and its file lies as it was left. Lies in .press/, or it would be published.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from plugins.newsroom.asked import Ask
from plugins.newsroom.urls import is_inside
from plugins.press.output import Stamp
from plugins.press.sealed import Put, Sealed, texts

VERSION = "2"
"""Of what the ledger holds; another one makes every page anew."""

KINDS = ("file", "world")

ASKS_A_TEXT = 500
"""Questions that are kept as one text: of thousands, a build writes those among which an answer has changed."""


class Record(NamedTuple):
    """What was learnt when a page was made. Plain values, as JSON holds them.

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
    files: list[str]
    problems: list[Any]
    site_links: list[Any]
    asks: list[int]


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
        except (ValueError, TypeError, KeyError, IndexError):
            self._sealed.throw_away("its world cannot be read")

    def load(self) -> None:
        """Read the entries."""
        kept = self._sealed.all("file")
        try:
            values = json.loads(texts(kept))
            self.entries = {name: _entry(value) for name, value in zip(kept, values, strict=True) if is_inside(name)}
        except (ValueError, TypeError, KeyError, IndexError):
            self._sealed.throw_away("its entries cannot be read")
            self.entries = {}
        if self.thrown_away:
            self.world, self._texts = World(), {}

    def mark_torn(self, new: Iterable[str]) -> None:
        """Before the first rename: from now on the output is neither the old site nor the new one.

        new: files that no earlier build wrote. Raises OSError.
        """
        unknown = json.dumps(["", [0, 0, 0], None])
        names = [name for name in new if name not in self.entries]
        puts = [("world", "torn", "1"), *(("file", name, unknown) for name in names)]
        self._sealed.change(puts, instead=lambda: [*_puts(self.entries, self._texts), *puts])
        self.world.torn = True
        self._texts["torn"] = "1"
        self.entries |= {name: Entry("", Stamp(0, 0, 0)) for name in names}

    def keep(self, entries: Mapping[str, Entry], world: World) -> None:
        """The site is whole: keep what it was made from. Writes what differs and nothing else. Raises OSError."""
        puts = [
            ("file", name, _text(entry))
            for name, entry in entries.items()
            if (before := self.entries.get(name)) is not entry and before != entry
        ]
        drops = [("file", name) for name in self.entries if name not in entries]
        after = _plain(world, self._texts)
        drops += [("world", name) for name in self._texts if name not in after]
        puts += [("world", name, text) for name, text in after.items() if self._texts.get(name) != text]
        self._sealed.change(puts, drops, instead=lambda: _puts(entries, after))
        self.entries, self.world, self._texts = dict(entries), world, after

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
    return Entry(print_, Stamp(*stamp), Record(*record) if record else None)


def _puts(entries: Mapping[str, Entry], world: Mapping[str, str]) -> list[Put]:
    """All of a ledger."""
    files = (("file", name, _text(entry)) for name, entry in entries.items())
    return [*files, *(("world", name, text) for name, text in world.items())]


def _text(entry: Entry) -> str:
    return json.dumps([entry.print, entry.stamp, entry.record], ensure_ascii=False)


def _plain(world: World, before: Mapping[str, str]) -> dict[str, str]:
    """before: the texts of the last build, in which the questions stand that `fresh_asks` does not name."""
    asks = list(world.asks)
    texts = {}
    for number, start in enumerate(range(0, len(asks), ASKS_A_TEXT)):
        name, stop = f"asks {number}", start + ASKS_A_TEXT
        same = before.get(name) if world.fresh_asks is not None and number not in world.fresh_asks else None
        texts[name] = same or json.dumps(
            [[*ask, answer] for ask, answer in zip(asks[start:stop], world.answers[start:stop], strict=True)],
            ensure_ascii=False,
        )
    parts = {
        "house": world.house,
        "templates": world.templates,
        "folders": world.folders,
        "root": world.root,
        "summary": world.summary,
    }
    texts |= {name: json.dumps(value, ensure_ascii=False) for name, value in parts.items()}
    return texts | {"torn": "1" if world.torn else ""}


def _world(kept: Mapping[str, str]) -> World:
    values = {name: json.loads(text) for name, text in kept.items() if name != "torn" and not name.startswith("asks ")}
    parts = sum(name.startswith("asks ") for name in kept)
    asks = [ask for number in range(parts) for ask in json.loads(kept[f"asks {number}"])]
    types = {name: type(value) for name, value in values.items()}
    if types != {"house": dict, "templates": dict, "folders": dict, "root": str, "summary": dict}:
        raise ValueError("no world")
    return World(
        asks={tuple(ask[:-1]): number for number, ask in enumerate(asks)},
        answers=[ask[-1] for ask in asks],
        house=values["house"],
        templates=values["templates"],
        folders=values["folders"],
        root=values["root"],
        summary=values["summary"],
        torn=bool(kept.get("torn")),
    )
