"""The store of one checkout: each source as it was read, so that it is read again only when it changes.

An outline is kept with what the tables settle of it and with the problems that the checks find: every build loads them
all. The whole row, as it was read, and the body lie apart, for they are needed only when a page is made. Nothing in it
depends on where the site will stand, so every output shares it. It may be deleted, or carried to another machine:
sources are known by their bytes, not by their times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from plugins.newsroom.body import Body
from plugins.newsroom.pictures import Size
from plugins.newsroom.plain import Form, form_of
from plugins.newsroom.problem import Code, Complaint, Severity
from plugins.newsroom.story import OUTLINED, Outline, Plain, Story
from plugins.press.output import Stamp
from plugins.press.sealed import Put, Sealed, texts

T = TypeVar("T")

to_text = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
"""A plain value as JSON. `json.dumps` makes an encoder each time, and looks for values that hold themselves."""

VERSION = "4"
"""Of the forms in which outlines, rows, bodies and stamps are kept."""

SHARED = tuple(OUTLINED.index(name) for name in ("path", "lang", "section"))
TOPICS = OUTLINED.index("topics")
UNDER = OUTLINED.index("under")
NOTHING: Mapping[int, Any] = MappingProxyType({})

KINDS = ("outline", "row", "body", "picture")
NOT_KEPT = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What a text raises that is no value of ours."""


class Kept(NamedTuple):
    """What every build knows of a source. key: print of its bytes and of the reader.

    settled_by: print of the tables and checks that made the rest: the outline, and `problems` in their plain form.
    print: of the settled row; front: of what its front matter says; lists: of its outline. settles: the tables change
    more of the row than what its outline has.
    """

    key: str
    settled_by: str
    print: str
    front: str
    lists: str
    outline: Outline
    settles: bool = True
    problems: list[Any] = []  # noqa: RUF012  never added to


@dataclass(frozen=True, slots=True)
class Picture:
    """A file of content/ that some page names: its stamp, the print of its bytes, and its size or why it has none."""

    stamp: Stamp
    print: str
    size: Size | Complaint | None = None


class Store:
    """Outlines, rows, bodies and pictures by path. In memory until `save`."""

    def __init__(self, press: Path) -> None:
        self._sealed = Sealed(press / "store.sqlite", KINDS, VERSION)
        self.kept: dict[str, Kept] = {}
        self.loaded = False
        self._pictures: dict[str, Picture] | None = None
        self._puts: dict[tuple[str, str], str] = {}
        self._drops: set[tuple[str, str]] = set()

    @property
    def thrown_away(self) -> str:
        """Why an earlier store was not believed, or empty."""
        return self._sealed.thrown_away

    @property
    def is_empty(self) -> bool:
        """Whether no source is kept."""
        return not self._sealed.count("outline")

    def load(self) -> None:
        """Read all outlines."""
        self.loaded = True
        try:
            for part in self._sealed.parts("outline"):
                self.kept |= zip(part, map(kept_of, json.loads(texts(part))), strict=True)
        except NOT_KEPT:
            self._sealed.throw_away("its outlines cannot be read")
        if self.thrown_away:
            self.kept = {}

    def put(self, path: str, kept: Kept, text: str) -> None:
        """Keep an outline in the place of an earlier one. text: of it, as `kept_text` makes it."""
        self.kept[path] = kept
        self._put("outline", path, text)

    def put_row(self, path: str, key: str, text: str) -> None:
        """Keep a whole row as it was read, under the key of its outline. text: of it, as `row_text` makes it."""
        self._put("row", path, key + text)

    def held(self) -> AbstractContextManager[None]:
        """A while in which many rows and bodies are read, and none written."""
        return self._sealed.held()

    def row(self, path: str, key: str, under: Mapping[str, Plain] | None = None) -> Story | None:
        """The row that was read with this key, or None where it is not kept: a store may be thrown away in the midst of
        a build. under: as the tables have settled it, in the place of what was read.
        """
        return self._get("row", path, key, form_of(Story), {UNDER: under} if under else {})

    def put_body(self, path: str, key: str, text: str) -> None:
        """Keep a body: its text, as `body_text` makes it, under the key of its outline."""
        self._put("body", path, key + text)

    def body(self, path: str, key: str) -> Body | None:
        """The body that was read with this key, or None where it is not kept."""
        return self._get("body", path, key, form_of(Body))

    def _get(self, kind: str, path: str, key: str, form: Form[T], instead: Mapping[int, Any] = NOTHING) -> T | None:
        text = self._puts.get((kind, path)) or self._sealed.get(kind, path)
        if text is None or not text.startswith(key):
            return None
        try:
            values = json.loads(text[len(key) :])
            for at, value in instead.items():
                values[at] = value
            return form.value(values)
        except NOT_KEPT:
            return None

    def picture(self, path: str) -> Picture | None:
        """What is known of a file, or None."""
        return self.pictures.get(path)

    @property
    def pictures(self) -> dict[str, Picture]:
        """What is known of files, by path."""
        if self._pictures is None:
            kept = self._sealed.all("picture")
            try:
                self._pictures = {name: _picture(json.loads(text)) for name, text in kept.items()}
            except NOT_KEPT:
                self._pictures = {}
        return self._pictures

    def put_picture(self, path: str, picture: Picture) -> None:
        """Keep what was learnt of a file."""
        if self.pictures.get(path) != picture:
            self.pictures[path] = picture
            self._put("picture", path, _picture_text(picture))

    def forget_all_but(self, sources: Iterable[str], files: Iterable[str]) -> None:
        """Let go of what is no longer in content/."""
        sources, files = set(sources), set(files)
        for path in self.kept.keys() - sources:
            del self.kept[path]
            self._drops |= {("outline", path), ("row", path), ("body", path)}
        for path in self.pictures.keys() - files:
            del self.pictures[path]
            self._drops.add(("picture", path))

    def _put(self, kind: str, name: str, text: str) -> None:
        self._puts[kind, name] = text
        self._drops.discard((kind, name))

    def save(self) -> None:
        """Write what has changed. Raises OSError."""
        puts: list[Put] = [(kind, name, text) for (kind, name), text in self._puts.items()]
        self._sealed.change(puts, self._drops)
        self._puts, self._drops = {}, set()

    def throw_away(self, why: str) -> None:
        """Forget everything, and say why."""
        self._sealed.throw_away(why)
        self.kept, self._pictures = {}, {}

    def close(self) -> None:
        """Let go of the file."""
        self._sealed.close()


def row_text(row: Story) -> str:
    """A row as text."""
    return to_text(form_of(Story).plain(row))


def body_text(body: Body) -> str:
    """A body as text."""
    return to_text(form_of(Body).plain(body))


def kept_text(kept: Kept) -> str:
    """An outline and what belongs to it, as text."""
    plain = [*kept[:5], form_of(Outline).plain(kept.outline), kept.settles, kept.problems]
    return to_text(plain)


def kept_of(values: list[Any]) -> Kept:
    """Back from the plain form. Raises what `NOT_KEPT` names."""
    key, settled_by, print_, front, lists, outline, settles, problems = values
    if not isinstance(key + settled_by + print_ + front + lists, str):
        raise TypeError("no outline")
    # A hundred thousand stories have a dozen sections and a thousand topics: each is held once.
    for at in SHARED:
        outline[at] = intern(outline[at])
    outline[TOPICS] = map(intern, outline[TOPICS])
    made = form_of(Outline).value(outline)
    return Kept(key, intern(settled_by), print_, front, lists, made, settles is not False, problems)


def _picture_text(picture: Picture) -> str:
    size: list[Any] | None = None
    if isinstance(picture.size, Size):
        size = [picture.size.width, picture.size.height, picture.size.bytes]
    elif picture.size is not None:
        code, complaint = picture.size.code, picture.size
        size = [code.name, str(code.severity), code.meaning, code.leak, complaint.message, complaint.hint]
    return json.dumps([picture.stamp, picture.print, size], ensure_ascii=False)


def _picture(values: list[Any]) -> Picture:
    stamp, print_, size = values
    found: Size | Complaint | None = None
    if size and len(size) == 3:
        found = Size(*size)
    elif size:
        name, severity, meaning, leak, message, hint = size
        found = Complaint(Code(name, Severity(severity), meaning, leak), message, hint)
    return Picture(Stamp(*stamp), print_, found)
