"""Where an editor would put a sign-up: between two blocks that can bear an interruption.

Never after a heading (it would part it from what it heads), beside a picture or an embed or another block of ours (two
boxes in a row), after a line that ends in a colon (it promises what follows), inside or before the footnotes, and not
before the second paragraph (the first, with the dateline, is not yet a story).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from types import MappingProxyType


class BlockKind(StrEnum):
    """What a top-level block of a body is, as far as its neighbours care."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    QUOTE = "quote"
    TABLE = "table"
    FIGURE = "figure"
    EMBED = "embed"
    CODE = "code"
    RULE = "rule"
    BOX = "box"
    RAW = "raw"
    MARKER = "marker"
    FOOTNOTES = "footnotes"
    NOTHING = "nothing"


KIND_OF_TAG = MappingProxyType(
    {
        "p": BlockKind.PARAGRAPH,
        "ul": BlockKind.LIST,
        "ol": BlockKind.LIST,
        "dl": BlockKind.LIST,
        "blockquote": BlockKind.QUOTE,
        "table": BlockKind.TABLE,
        "hr": BlockKind.RULE,
        "pre": BlockKind.CODE,
        "figure": BlockKind.FIGURE,
        "aside": BlockKind.BOX,
        "pressroom-marker": BlockKind.MARKER,
        "pressroom-gallery": BlockKind.FIGURE,
        "pressroom-embed": BlockKind.EMBED,
        **{f"h{level}": BlockKind.HEADING for level in range(1, 7)},
    }
)
"""What the elements of Markdown's tree, and our own in it, are as blocks."""


# Tuples: an enum's hash costs more than a look at four of its members.
_MAY_STAND_BEFORE = (BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.QUOTE, BlockKind.TABLE)
_MAY_STAND_AFTER = (BlockKind.PARAGRAPH, BlockKind.HEADING)
COLONS = {"": (":", "：", "︓"), "hy": ("՝", "`"), "hyw": ("՝", "`")}
"""What ends a line that promises a list or a quotation. In Armenian a typed colon is most often a full stop."""


def allowed_gap(before: BlockKind, before_text: str, after: BlockKind, lang: str = "") -> bool:
    """Whether a sign-up may stand between two blocks. before_text: the visible text of the one before, in `lang`."""
    if before not in _MAY_STAND_BEFORE or after not in _MAY_STAND_AFTER:
        return False
    promises = before_text.rstrip("*_”\"’'»)] ").endswith(COLONS.get(lang.partition("-")[0], COLONS[""]))
    return not promises


def find_gaps(
    kinds: Sequence[BlockKind], texts: Sequence[str], lang: str = "", dateline: int | None = None
) -> Iterator[tuple[int, bool]]:
    """For the place after each block: the characters of text before it, and whether a sign-up may stand there.

    texts: the blocks' visible text, in `lang`; that of footnotes is not counted. dateline: the block that bears it.
    """
    paragraphs = (at for at, kind in enumerate(kinds) if kind is BlockKind.PARAGRAPH and texts[at])
    opening = max(next(paragraphs, len(kinds)), -1 if dateline is None else dateline)
    seen = 0
    for index, kind in enumerate(kinds):
        if kind is not BlockKind.FOOTNOTES:
            seen += len(texts[index])
        after = kinds[index + 1] if index + 1 < len(kinds) else BlockKind.NOTHING
        yield seen, index > opening and allowed_gap(kind, texts[index], after, lang)
