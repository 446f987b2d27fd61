"""The ledger of one output folder: every file that builds wrote there, and what each page was made from.

A page need not be made again while its job is the same, every question that it asked has the same answer, the house's
prints are the same, and its file lies as it was left. Lies in .press/, or it would be published.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from sys import intern
from typing import Any

from msgspec import Struct, convert, field
from msgspec.json import Decoder, decode
from msgspec.structs import force_setattr, replace

from plugins.newsroom.urls import is_inside
from plugins.press.folders import Folders, Times, times_from
from plugins.press.output import Stamp
from plugins.press.places import Places
from plugins.press.questions import NO_QUESTION, Questions
from plugins.press.sealed import Drop, Put, Sealed, to_text

VERSION = "6"
"""Of what the ledger holds; another one makes every page anew."""

KINDS = ("file", "folder", "source", "ask", "world")

NOT_KEPT = NO_QUESTION
"""What a text raises that is no part of a ledger."""

A_TEXT = 128
"""Files that are kept as one text."""


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """One file of the output: the print of its bytes, its stamp in three parts, and what was learnt in making the page.

    job: the print of its job, empty for a file that is no page. listed_by: the name under which a plugin lists it
    (`hooks.pages`), empty for a page that lists others. files: what it names of content/, one a line.
    notes: problems and typed addresses, as `making.notes_text` has them; empty where there are none.
    asks: numbers of questions, as `questions.asks_text` has them.
    All is flat and plain: a hundred thousand are held at once.
    """

    print: str
    size: int = 0
    time: int = 0
    inode: int = 0
    job: str = ""
    listed_by: str = ""
    template: str = ""
    url: str = ""
    lang: str = ""
    source: str = ""
    lastmod: str = ""
    in_sitemap: bool = False
    files: str = ""
    notes: str = ""
    asks: str = ""

    @property
    def stamp(self) -> Stamp:
        """The file as it was left."""
        return Stamp(self.size, self.time, self.inode)

    def sharing(self, before: Entry | None) -> Entry:
        """The same, with the texts of an earlier entry where they are equal: for a while, both are held."""
        if before is None:
            self.hold_once()
            return self
        values = [was if was == now else now for was, now in zip(_values(before), _values(self), strict=True)]
        return Entry(*values)

    def hold_once(self) -> None:
        """Hold once what many entries have in common."""
        for name in SHARED:
            force_setattr(self, name, intern(getattr(self, name)))

    def stamped(self, stamp: Stamp) -> Entry:
        """The same of a file that lies there otherwise."""
        return replace(self, size=stamp.size, time=stamp.time, inode=stamp.inode)


_values = attrgetter(*Entry.__struct_fields__)


class _Left(Struct, frozen=True, array_like=True, gc=False):
    """What an entry begins with; the rest of it is passed over."""

    print: str
    size: int
    time: int
    inode: int


Rows = list[tuple[str, Entry]]
"""Files' names and their entries, as they are kept."""
SHARED = ("listed_by", "template", "lang", "source")
"""Of an entry, what many have in common."""
WORTH_SHARING = 40_000
"""With fewer entries, the memory of texts that many have in common is not worth the time to find them."""


class World(Struct):
    """What all pages of the last build were made with.

    questions: what pages asked. house: prints by name; templates: name → [print, what it loads].
    root: the print of everything at once. files: the print of the names of all files in content/, empty where pages
    were listed by what no outline has. summary: what the report said.
    torn: a build was killed between the first rename and the last.
    """

    questions: Questions = field(default_factory=Questions)
    house: dict[str, str] = field(default_factory=dict)
    templates: dict[str, list[Any]] = field(default_factory=dict)
    root: str = ""
    files: str = ""
    summary: dict[str, Any] = field(default_factory=dict)
    torn: bool = False


class Ledger:
    """Reads what the last build left, and keeps what this one leaves."""

    def __init__(self, press: Path, output: Path) -> None:
        """Known by the output's place as seen from .press/, so that a checkout may move."""
        place = os.path.relpath(output.resolve(), press.resolve())
        name = hashlib.sha256(place.encode()).hexdigest()[:16]
        self._sealed = Sealed(press / "ledgers" / f"{name}.sqlite", KINDS, VERSION)
        self.world = World()
        self.entries: dict[str, Entry] = {}
        self.folders = Folders()
        self._texts: dict[str, str] = {}
        self._places = Places(A_TEXT)
        self._kept: set[Drop] | None = None
        self._load_world()

    @property
    def thrown_away(self) -> str:
        """Why an earlier ledger was not believed, or empty."""
        return self._sealed.thrown_away

    def _load_world(self) -> None:
        self._texts = kept = self._sealed.all("world")
        try:
            if kept:
                self.world, unsure = _world(kept)
                self.folders = Folders(unsure, self._folder_times, self._all_folder_times)
        except NOT_KEPT:
            self._sealed.throw_away("its world cannot be read")

    def _folder_times(self, number: str) -> Times:
        text = self._sealed.get("folder", number)
        return self._times_from({number: text} if text else {}).get(number, {})

    def _all_folder_times(self) -> dict[str, Times]:
        return self._times_from(self._sealed.all("folder"))

    def _times_from(self, texts: Mapping[str, str]) -> dict[str, Times]:
        try:
            times = {number: times_from(text) for number, text in texts.items()}
        except ValueError:
            self._sealed.throw_away("its folders cannot be read")
        if self.thrown_away:
            # All are known or none.
            self.folders.forget()
            return {}
        return times

    def load(self) -> None:
        """Read the entries."""
        self.entries, self._places = {}, Places(A_TEXT)
        share = self._sealed.count("file") * A_TEXT >= WORTH_SHARING
        try:
            for number, text in self._sealed.all("file").items():
                rows = _rows(text, share=share)
                self.entries |= rows
                self._places.put((name for name, _ in rows), int(number))
            for name in json.loads(self._texts.get("torn") or "[]"):
                if not is_inside(name):
                    raise ValueError("no file of ours")
                if name not in self.entries:
                    self.entries[name] = Entry("")
        except NOT_KEPT:
            self._sealed.throw_away("its entries cannot be read")
        self._believe()

    def stamps(self) -> Iterator[tuple[str, Stamp]]:
        """Each file with its stamp as it was left; nothing else of the ledger is read."""
        for text in self._sealed.all("file").values():
            yield from ((name, Stamp(left.size, left.time, left.inode)) for name, left in _STAMPS.decode(text))

    def load_questions(self) -> None:
        """Read the questions, which nobody needs where nothing has changed."""
        if self._kept is not None:
            return
        sources, asks = self._sealed.all("source"), self._sealed.all("ask")
        self._kept = {*(("source", name) for name in sources), *(("ask", name) for name in asks)}
        try:
            self.world.questions = Questions.of(sources, asks)
        except NOT_KEPT:
            self._sealed.throw_away("its questions cannot be read")
        self._believe()

    def _believe(self) -> None:
        """All of it or nothing."""
        if self.thrown_away:
            self.entries, self.world, self._texts, self._kept = {}, World(), {}, set()
            self._places = Places(A_TEXT)
            self.folders.forget()

    def mark_torn(self, new: Iterable[str]) -> None:
        """Before the first rename: from now on the output is neither the old site nor the new one.

        new: files that no earlier build wrote. Raises OSError.
        """
        self.load_questions()
        names = [name for name in new if name not in self.entries]
        torn = json.dumps([*json.loads(self._texts.get("torn") or "[]"), *names], ensure_ascii=False)
        self._sealed.change([("world", "torn", torn)], instead=lambda: self._all({**self._texts, "torn": torn}))
        self.world.torn = True
        self._texts["torn"] = torn
        self.entries |= {name: Entry("") for name in names}

    def keep(self, entries: Mapping[str, Entry], world: World, folders: Collection[str]) -> None:
        """The site is whole: keep what it was made from. Writes what differs and nothing else. Raises OSError.

        folders: the numbers of the texts of `folders` that differ.
        """
        self.load_questions()
        assert self._kept is not None
        stale = self._change_entries(entries)
        self.world = world
        files, times = list(self._file_texts(stale)), self.folders.texts(folders)
        texts, questions = _plain(world, self.folders), world.questions
        parts = questions.names() if questions.fresh is None else sorted(questions.fresh)
        puts = [
            *(("world", name, text) for name, text in texts.items() if self._texts.get(name) != text),
            *(("folder", number, text) for number, text in times.items()),
            *files,
            *((kind, str(number), questions.text((kind, number))) for kind, number in parts),
        ]
        kept = {(kind, str(number)) for kind, number in questions.names()}
        empty = {str(number) for number in stale} - {name for _, name, _ in files}
        drops = [
            *(("file", number) for number in sorted(empty)),
            *(("folder", number) for number in sorted(folders) if number not in times),
            *sorted(self._kept - kept),
        ]
        self._sealed.change(puts, drops, instead=lambda: self._all(texts))
        self._texts, self._kept, questions.fresh = texts, kept, set()

    def _change_entries(self, entries: Mapping[str, Entry]) -> set[int]:
        """From now on these are the entries; which of their texts are others."""
        before, placed = self.entries, self._places.numbers
        others = [name for name, entry in entries.items() if before.get(name) is not entry]
        changed = [name for name in others if before.get(name) != entries[name]]
        # What a torn build left has an entry and no place.
        new = [name for name in entries if name not in placed]
        gone = [name for name in before if name not in entries]
        self.entries = dict(entries)
        return self._places.drop(gone) | self._places.of((*changed, *new))

    def _file_texts(self, wanted: Collection[int] | None = None) -> Iterator[Put]:
        """The entries, as the texts that are wanted, by number; None for all. One without a file is not among them."""
        for number, names in self._places.names(wanted).items():
            yield "file", str(number), to_text([(name, self.entries[name]) for name in names])

    def _all(self, texts: Mapping[str, str]) -> list[Put]:
        """All of a ledger, for a file that proves damaged only when it is to be changed."""
        questions = self.world.questions
        asked = [(kind, str(number), questions.text((kind, number))) for kind, number in questions.names()]
        folders = [("folder", number, text) for number, text in self.folders.texts().items()]
        world = {**texts, "unsure": to_text(sorted(self.folders.unsure))}
        return [*self._file_texts(), *folders, *asked, *(("world", name, text) for name, text in world.items())]

    def close(self) -> None:
        """Let go of the file."""
        self._sealed.close()


_STAMPS: Decoder[list[tuple[str, _Left]]] = Decoder(list[tuple[str, _Left]])
_ROWS: Decoder[Rows] = Decoder(Rows)


def _rows(text: str, *, share: bool) -> Rows:
    """The rows of one text. share: hold once what many have in common. Raises ValueError."""
    rows = _ROWS.decode(text)
    if not rows or not all(is_inside(name) for name, _ in rows):
        raise ValueError("no file of ours")
    for _, entry in rows if share else ():
        entry.hold_once()
    return rows


def _plain(world: World, folders: Folders) -> dict[str, str]:
    parts = {
        "house": world.house,
        "templates": world.templates,
        "unsure": sorted(folders.unsure),
        "root": world.root,
        "files": world.files,
        "summary": world.summary,
    }
    plain = {name: to_text(value) for name, value in parts.items()}
    return plain | {"torn": ""}


def _world(kept: Mapping[str, str]) -> tuple[World, list[str]]:
    """The world, and the folders that are to be opened."""
    values = {name: decode(text) for name, text in kept.items() if name != "torn"}
    types = {name: type(value) for name, value in values.items()}
    if types != {"house": dict, "templates": dict, "unsure": list, "root": str, "files": str, "summary": dict}:
        raise ValueError("no world")
    unsure = convert(values.pop("unsure"), list[str])
    return World(**values, torn=bool(kept.get("torn"))), unsure
