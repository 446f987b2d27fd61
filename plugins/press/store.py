"""The store of one checkout: each source as it was read, so that it is read again only when it changes.

An outline is kept with what the tables settle of it and with the problems that the checks find: every build loads them
all. The whole row, as it was read, and the body lie apart, for they are needed only when a page is made. Nothing in it
depends on where the site will stand, so every output shares it. It may be deleted, or carried to another machine:
sources are known by their bytes, and where their stamps are no longer those that were seen, they are opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.json import Decoder
from msgspec.structs import force_setattr, replace

from plugins.newsroom.body import Body
from plugins.newsroom.pictures import Size
from plugins.newsroom.problem import Complaint, Problem
from plugins.newsroom.story import Outline, Plain, Story
from plugins.press.output import Stamp
from plugins.press.sealed import Put, Sealed, texts, to_text
from plugins.press.seen import Seen, changed, rows_of

T = TypeVar("T")

VERSION = "6"
"""Of the forms in which outlines, rows, bodies and stamps are kept."""

WORTH_SHARING = 30_000
"""With fewer outlines, the memory of what many have in common is not worth the time to find it."""

KINDS = ("outline", "row", "body", "picture", "seen")


class Kept(Struct, frozen=True, array_like=True):
    """What every build knows of a source. key: print of its bytes and of the reader.

    settled_by: print of the tables and checks that made the rest: the outline, and `problems`.
    prints: as of `edition.Sources`. settles: the tables change more of the row than what its outline has.
    """

    key: str
    settled_by: str
    prints: str
    outline: Outline
    settles: bool = True
    problems: tuple[Problem, ...] = ()


class Picture(Struct, frozen=True, array_like=True):
    """A file of content/ that some page names: its stamp, the print of its bytes, and its size or why it has none."""

    stamp: Stamp
    print: str
    size: Size | Complaint | None = None


def store_path(press: Path) -> Path:
    """Where the store of `.press/` lies."""
    return press / "store.sqlite"


class Store:
    """Outlines, rows, bodies and pictures by path. In memory until `save`."""

    def __init__(self, press: Path) -> None:
        self._sealed = Sealed(store_path(press), KINDS, VERSION)
        self.kept: dict[str, Kept] = {}
        self.loaded = False
        self._pictures: dict[str, Picture] | None = None
        self._reader = KeptReader()
        self._puts: dict[tuple[str, str], str] = {}
        self._drops: set[tuple[str, str]] = set()

    @property
    def thrown_away(self) -> str:
        """Why an earlier store was not believed, or empty."""
        return self._sealed.thrown_away

    @property
    def is_empty(self) -> bool:
        """Whether no source is kept."""
        return not self.sources

    @property
    def sources(self) -> int:
        """How many sources are kept."""
        return self._sealed.count("outline")

    def load(self, sources: int) -> None:
        """Read all outlines. sources: how many there will be."""
        self.loaded = True
        self._reader = KeptReader(share=is_large(sources))
        try:
            for part in self._sealed.parts("outline"):
                self.kept |= zip(part, self._reader.many(texts(part)), strict=True)
        except ValueError:
            self._sealed.throw_away("its outlines cannot be read")
        if self.thrown_away:
            self.kept = {}

    def put(self, path: str, text: str) -> None:
        """Keep an outline in the place of an earlier one. text: of what belongs to it (`Kept`), as `to_text` makes it.

        Raises ValueError.
        """
        self.kept[path] = self._reader.one(text)
        self._put("outline", path, text)

    def put_row(self, path: str, key: str, text: str) -> None:
        """Keep a whole row as it was read, under the key of its outline. text: of it, as `to_text` makes it."""
        self._put("row", path, key + text)

    def held(self) -> AbstractContextManager[None]:
        """A while in which many rows and bodies are read, and none written."""
        return self._sealed.held()

    def row(self, path: str, key: str, under: Mapping[str, Plain] | None = None) -> Story | None:
        """The row that was read with this key, or None where it is not kept: a store may be thrown away in the midst of
        a build. under: as the tables have settled it, in the place of what was read.
        """
        row = self._get("row", path, key, _ROW)
        return replace(row, under=under) if row and under else row

    def put_body(self, path: str, key: str, text: str) -> None:
        """Keep a body: its text, as `to_text` makes it, under the key of its outline."""
        self._put("body", path, key + text)

    def body(self, path: str, key: str) -> Body | None:
        """The body that was read with this key, or None where it is not kept."""
        return self._get("body", path, key, _BODY)

    def _get(self, kind: str, path: str, key: str, form: Decoder[T]) -> T | None:
        text = self._puts.get((kind, path)) or self._sealed.get(kind, path)
        if text is None or not text.startswith(key):
            return None
        try:
            return form.decode(text[len(key) :])
        except ValueError:
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
                self._pictures = {name: _PICTURE.decode(text) for name, text in kept.items()}
            except ValueError:
                self._pictures = {}
        return self._pictures

    def put_picture(self, path: str, picture: Picture) -> None:
        """Keep what was learnt of a file."""
        if self.pictures.get(path) != picture:
            self.pictures[path] = picture
            self._put("picture", path, to_text(picture))

    def seen(self, content: Path, reader: str) -> Seen:
        """The sources as they were last opened. reader: print of the code and settings by which they are known."""
        try:
            return Seen(content, reader, self._sealed.all("seen"))
        except ValueError:
            self._sealed.throw_away("its list of opened sources cannot be read")
            return Seen(content, reader, {})

    def changed_sources(self, content: Path) -> list[str] | None:
        """The sources that may be others than when they were last opened; None where that is not kept."""
        try:
            texts = self._sealed.all("seen").values()
            found = [path for text in texts for path in changed(content, rows_of(text).rows)]
        except ValueError:
            return None
        return None if self.thrown_away else found

    def keep_seen(self, seen: Seen, keys: Mapping[str, str]) -> None:
        """Keep how sources lay when they were opened. keys: of all sources."""
        for number, text in seen.texts(keys):
            if text is None:
                self._drop("seen", number)
            else:
                self._put("seen", number, text)

    def forget_all_but(self, sources: Iterable[str], files: Iterable[str]) -> None:
        """Let go of what is no longer in content/."""
        sources, files = set(sources), set(files)
        for path in self.kept.keys() - sources:
            del self.kept[path]
            for kind in ("outline", "row", "body"):
                self._drop(kind, path)
        for path in self.pictures.keys() - files:
            del self.pictures[path]
            self._drop("picture", path)

    def _put(self, kind: str, name: str, text: str) -> None:
        self._puts[kind, name] = text
        self._drops.discard((kind, name))

    def _drop(self, kind: str, name: str) -> None:
        self._puts.pop((kind, name), None)
        self._drops.add((kind, name))

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


_ROW, _BODY, _KEPT, _PICTURE = Decoder(Story), Decoder(Body), Decoder(list[Kept]), Decoder(Picture)
"""Each raises ValueError for a text that is no such value."""


def is_large(sources: int) -> bool:
    """Whether a paper has so many sources that what their outlines have in common should be held once."""
    return sources >= WORTH_SHARING


class KeptReader:
    """Reads what is kept of sources. share: hold once what many outlines have in common, as places and authors are."""

    def __init__(self, *, share: bool = False) -> None:
        self._share = share
        self._seen: dict[object, Any] = {}

    def one(self, text: str) -> Kept:
        """Back from the text of one. Raises ValueError."""
        (made,) = self.many(f"[{text}]")
        return made

    def many(self, text: str) -> list[Kept]:
        """Back from a JSON array of them. Raises ValueError."""
        made = _KEPT.decode(text)
        if self._share:
            for kept in made:
                self._hold_once(kept)
        return made

    def _hold_once(self, kept: Kept) -> None:
        outline = kept.outline
        for name in ("path", "lang", "section"):
            force_setattr(outline, name, intern(getattr(outline, name)))
        force_setattr(outline, "topics", tuple(map(intern, outline.topics)))
        force_setattr(outline, "authors", self._seen.setdefault(outline.authors, outline.authors))
        force_setattr(outline, "under", self._seen.setdefault(to_text(outline.under), outline.under))
        force_setattr(kept, "settled_by", intern(kept.settled_by))
