"""The body of a story as blocks, as it was read: nothing in it depends on the world outside the file.

A sign-up, a link's URL, a picture's size and the site's address are resolved later, when a page's view is made.

    Growers from forty villages …      Html(pieces=("<p>", Slot("dateline"), " Growers from forty villages …</p>"))
                                       Gap(text_before=240, allowed=True)
    ![Two women](images/press.jpg)     Figure(src="images/press.jpg", alt="Two women", …)
    [newsletter: weekly]               Marker(name="weekly")
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct


class Link(Struct, frozen=True, array_like=True, tag=True):
    """An address inside the site, still as Pelican writes it: `{filename}../2026/fair.md#prices`.

    what: `filename` (a source file), `static` (a file that is copied) or `site` (an address of the site, as `/about/`);
    other words are Pelican's for listings.
    value: what follows the closing brace, relative to the story's folder or, with a leading `/`, to content/.
    line: where it stands in the source, from 1; 0 where that is not known.
    """

    what: str
    value: str
    line: int = 0

    def __str__(self) -> str:
        return f"{{{self.what}}}{self.value}"


class Slot(Struct, frozen=True, array_like=True, tag=True):
    """A place inside a block that a plugin fills when the view is made, named like the plugin's fact."""

    name: str


Piece = str | Link | Slot


class Html(Struct, frozen=True, array_like=True, tag=True):
    """Finished HTML of one or more top-level blocks, cut at its links and slots.

    repeats: it only displays words that stand in the text anyway (a pull-quote), so that feeds leave it out.
    """

    kind: ClassVar[str] = "html"
    pieces: tuple[Piece, ...]
    repeats: bool = False


class Figure(Struct, frozen=True, array_like=True, tag=True):
    """A picture that stands alone in the body. `alt` is None where the author wrote none."""

    kind: ClassVar[str] = "figure"
    src: Link
    alt: str | None = None
    caption: str = ""
    credit: str = ""


class Gallery(Struct, frozen=True, array_like=True, tag=True):
    """Pictures that are shown as one group."""

    kind: ClassVar[str] = "gallery"
    figures: tuple[Figure, ...]
    title: str = ""


class Action(StrEnum):
    """What a reader does with an embed on the site that it belongs to."""

    WATCH = "watch"
    LISTEN = "listen"
    OPEN = "open"


class Embed(Struct, frozen=True, array_like=True, tag=True):
    """Something on another site, shown as a link and, if the author gave one, a still from content/.

    provider: the site's name for readers.
    """

    kind: ClassVar[str] = "embed"
    url: str
    provider: str
    action: Action = Action.OPEN
    title: str = ""
    still: Link | None = None
    credit: str = ""


class Gap(Struct, frozen=True, array_like=True, tag=True):
    """A place between two top-level blocks.

    text_before: characters of visible text before it.
    allowed: an editor would put a sign-up here.
    """

    kind: ClassVar[str] = "gap"
    text_before: int
    allowed: bool


class Marker(Struct, frozen=True, array_like=True, tag=True):
    """`[newsletter]` or `[newsletter: weekly]` alone on a line; `name` is None where no list was named."""

    kind: ClassVar[str] = "marker"
    name: str | None = None
    line: int = 0


Block = Html | Figure | Gallery | Embed | Gap | Marker


class Body(Struct, frozen=True, array_like=True):
    """All blocks in order. `characters` and `words` count the visible text; lists and tables do, footnotes do not."""

    blocks: tuple[Block, ...]
    characters: int = 0
    words: int = 0

    def links(self) -> Iterator[Link]:
        """Every link inside the site, pictures' sources included, in order of appearance."""
        for block in self.blocks:
            match block:
                case Html():
                    yield from (piece for piece in block.pieces if isinstance(piece, Link))
                case Figure():
                    yield block.src
                case Gallery():
                    yield from (figure.src for figure in block.figures)
                case Embed() if block.still:
                    yield block.still
