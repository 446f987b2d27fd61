"""The store of one checkout: each source as it was read, so that it is read again only when it changes.

A row is kept with what the tables settle of it and with the problems that the checks find; its body apart, for it is
needed only when a page is made. Nothing in it depends on where the site will stand, so every output shares it. It may
be deleted, or carried to another machine: sources are known by their bytes, not by their times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.newsroom.body import Body
from plugins.newsroom.pictures import Size
from plugins.newsroom.plain import form_of
from plugins.newsroom.problem import Code, Complaint, Severity
from plugins.newsroom.story import Story
from plugins.press.output import Stamp
from plugins.press.sealed import Put, Sealed

VERSION = "1"
"""Of the forms in which rows, bodies and stamps are kept."""

KINDS = ("row", "raw", "body", "picture")
NOT_KEPT = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What a text raises that is no value of ours."""


@dataclass(slots=True)
class Kept:
    """A source as it was read and settled. key: print of its bytes and of the reader.

    settled_by: print of the tables and checks that made `row`, the plain form of the settled row, and `problems`, plain
    too; empty where none has, and None again when it has become a value. print: of the row; front: of what its front
    matter says.
    """

    key: str
    settled_by: str = ""
    row: Any = None
    print: str = ""
    front: str = ""
    problems: Any = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A file of content/ that some page names: its stamp, the print of its bytes, and its size or why it has none."""

    stamp: Stamp
    print: str
    size: Size | Complaint | None = None


class Store:
    """Rows, bodies and pictures by path. In memory until `save`."""

    def __init__(self, press: Path) -> None:
        self._sealed = Sealed(press / "store.sqlite", KINDS, VERSION)
        self.rows: dict[str, Kept] = {}
        self.loaded = False
        self._pictures: dict[str, Picture] | None = None
        self._puts: dict[tuple[str, str], str] = {}
        self._drops: set[tuple[str, str]] = set()

    @property
    def thrown_away(self) -> str:
        """Why an earlier store was not believed, or empty."""
        return self._sealed.thrown_away

    def load(self) -> None:
        """Read all rows."""
        self.loaded = True
        kept = self._sealed.all("row")
        try:
            self.rows = {name: _kept(json.loads(text)) for name, text in kept.items()}
        except NOT_KEPT:
            self._sealed.throw_away("its rows cannot be read")
            self.rows = {}

    def put_row(self, path: str, kept: Kept) -> None:
        """Keep a settled row in the place of an earlier one."""
        self.rows[path] = kept
        values = [kept.key, kept.settled_by, kept.print, kept.front, kept.row, kept.problems]
        self._put("row", path, json.dumps(values, ensure_ascii=False))

    def put_raw(self, path: str, text: str) -> None:
        """Keep a row as it was read: needed when tables change."""
        self._put("raw", path, text)

    def raw(self, path: str) -> Story | None:
        """A row as it was read, or None where it is not kept: a store may be thrown away in the midst of a build.

        Raises what `NOT_KEPT` names.
        """
        text = self._puts.get(("raw", path)) or self._sealed.get("raw", path)
        return None if text is None else form_of(Story).value(json.loads(text))

    def put_body(self, path: str, key: str, text: str) -> None:
        """Keep a body: its text, as `body_text` makes it, under the key of its row."""
        self._put("body", path, key + text)

    def body(self, path: str, key: str) -> Body | None:
        """The body that was read with this key, or None where it is not kept."""
        text = self._puts.get(("body", path)) or self._sealed.get("body", path)
        if text is None or not text.startswith(key):
            return None
        try:
            return form_of(Body).value(json.loads(text[len(key) :]))
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
        for path in self.rows.keys() - sources:
            del self.rows[path]
            self._drops |= {("row", path), ("raw", path), ("body", path)}
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
        self.rows, self._pictures = {}, {}

    def close(self) -> None:
        """Let go of the file."""
        self._sealed.close()


def row_text(row: Story) -> str:
    """A row as text."""
    return json.dumps(form_of(Story).plain(row), ensure_ascii=False)


def body_text(body: Body) -> str:
    """A body as text."""
    return json.dumps(form_of(Body).plain(body), ensure_ascii=False)


def _kept(values: list[Any]) -> Kept:
    key, settled_by, print_, front, row, problems = values
    if not isinstance(values, list) or not all(isinstance(each, str) for each in (key, settled_by, print_, front)):
        raise ValueError("no row")
    return Kept(key, settled_by, row, print_, front, problems)


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
