"""Markdown's work, done only where it can find something: the output is the library's own, byte for byte.

    Growers from forty villages came.    no [, *, ` or < in it: none of fifteen patterns is tried, and the block,
                                         which begins like prose, is offered to one block processor instead of twenty

Most lines of a newspaper are such. A guard is a fact about one regular expression or one class: what must stand in a
text for it to match. Whatever the tables below do not know is tried always, so that an extension of somebody else's
needs no guard to be right; and where a new Markdown names its parts otherwise, guards fall off and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, preprocessors
from markdown import blockprocessors as blocks
from markdown import inlinepatterns as inline
from markdown.extensions import abbr, attr_list, def_list, fenced_code, footnotes, md_in_html, sane_lists, tables
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, AtomicString

FOOTNOTE_RE = r"\[\^([^\]]*)\]"

NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        inline.BACKTICK_RE: ("`",),
        inline.ESCAPE_RE: ("\\",),
        FOOTNOTE_RE: ("[^",),
        inline.REFERENCE_RE: ("[",),
        inline.LINK_RE: ("[",),
        inline.IMAGE_LINK_RE: ("![",),
        inline.IMAGE_REFERENCE_RE: ("![",),
        inline.AUTOLINK_RE: ("<",),
        inline.AUTOMAIL_RE: ("<",),
        inline.LINE_BREAK_RE: ("  \n",),
        inline.HTML_RE: ("<",),
        inline.ENTITY_RE: ("&",),
        r"\*|_": ("*", "_"),
    }
)
"""Regular expression of an inline pattern → strings of which one must stand in a text that it matches."""

PASSES_PROSE = frozenset(
    {
        blocks.EmptyBlockProcessor,
        blocks.ListIndentProcessor,
        blocks.CodeBlockProcessor,
        blocks.HashHeaderProcessor,
        blocks.SetextHeaderProcessor,
        blocks.HRProcessor,
        blocks.OListProcessor,
        blocks.UListProcessor,
        blocks.BlockQuoteProcessor,
        blocks.ReferenceProcessor,
        blocks.ParagraphProcessor,
        abbr.AbbrBlockprocessor,
        def_list.DefListIndentProcessor,
        def_list.DefListProcessor,
        footnotes.FootnoteBlockProcessor,
        md_in_html.MarkdownInHtmlProcessor,
        sane_lists.SaneOListProcessor,
        sane_lists.SaneUListProcessor,
        tables.TableProcessor,
    }
)
"""Block processors that leave prose to the last of them, which makes a paragraph of it. A class of ours says so itself,
by an attribute `passes_prose`.
"""

BEGINS_OTHERWISE = frozenset(["", *" #>=-_*+:["])
"""The first characters of a line that may be no prose; the empty one is that of an empty line. Tabs are spaces here."""


NEEDED_IN_ALL: Mapping[type, tuple[str, ...]] = MappingProxyType(
    {
        attr_list.AttrListTreeprocessor: ("{",),
        fenced_code.FencedBlockPreprocessor: ("```", "~~~"),
        md_in_html.HtmlBlockPreprocessor: ("<", "&"),
        preprocessors.NormalizeWhitespace: ("\n ", "\t", "\r", "\x02", "\x03"),
    }
)
"""Class of a processor of whole documents → strings of which one must stand in a document that it changes."""


def guard(
    md: Markdown,
    needed: Mapping[str, tuple[str, ...]] = NEEDED,
    needed_in_all: Mapping[type, tuple[str, ...]] = NEEDED_IN_ALL,
) -> None:
    """Put the guards into a Markdown that has all its extensions."""
    if type(md.treeprocessors["inline"]) is InlineProcessor and hasattr(InlineProcessor, _APPLY):
        md.treeprocessors.register(GuardedInline(md, needed), "inline", 20)
    if all(_passes_prose(each) for each in md.parser.blockprocessors):
        md.parser.blockprocessors.register(_Prose(md.parser), "pressroom-prose", 1000)
    _guard_lines(md, needed_in_all)
    tree = _of(md.treeprocessors, "attr_list")
    if type(tree) in needed_in_all:
        md.treeprocessors.register(_GuardedTree(md, tree, needed_in_all[type(tree)]), "attr_list", 8)


def _guard_lines(md: Markdown, needed: Mapping[type, tuple[str, ...]]) -> None:
    for name, priority, kind in _LINES:
        inner = _of(md.preprocessors, name)
        if type(inner) in needed:
            md.preprocessors.register(kind(md, inner, needed[type(inner)]), name, priority)


def _of(registry: Any, name: str) -> Any:
    return registry[name] if name in registry else None  # noqa: SIM401 (a Registry has no get)


# Whole documents


class _GuardedLines(preprocessors.Preprocessor):
    """A preprocessor that is asked only where it may change a line."""

    def __init__(self, md: Markdown, inner: preprocessors.Preprocessor, needed: tuple[str, ...]) -> None:
        super().__init__(md)
        self._inner = inner
        self._needed = needed

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return self._inner.run(lines) if any(each in text for each in self._needed) else self._unchanged(lines)

    def _unchanged(self, lines: list[str]) -> list[str]:
        return lines


class _GuardedWhiteSpace(_GuardedLines):
    """The one that puts empty lines at the end, too: it gets the last line in any case."""

    def _unchanged(self, lines: list[str]) -> list[str]:
        return [*lines[:-1], *self._inner.run(lines[-1:])]


_LINES = (
    ("normalize_whitespace", 30, _GuardedWhiteSpace),
    ("fenced_code_block", 25, _GuardedLines),
    ("html_block", 20, _GuardedLines),
)
"""Name, priority and guard of preprocessors."""


class _GuardedTree(Treeprocessor):
    """A processor of the tree that is asked only where its text holds something for it."""

    def __init__(self, md: Markdown, inner: Treeprocessor, needed: tuple[str, ...]) -> None:
        super().__init__(md)
        self._inner = inner
        self._needed = needed

    def run(self, root: Element) -> Element | None:
        text = "".join(root.itertext())
        return self._inner.run(root) if any(each in text for each in self._needed) else None


# Inside a block

_APPLY = "_InlineProcessor__applyPattern"


class GuardedInline(InlineProcessor):
    """Markdown's own inline stage, which passes by each pattern that cannot match, and each text that none can.

    It overrides one private method of the library and calls one: to the library, trying a pattern in vain and not
    trying it are the same.
    """

    def __init__(self, md: Markdown, needed: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(md)
        self._needed = needed
        self._patterns: list[Any] = []
        self._plan: list[tuple[Any, tuple[str, ...]]] = []
        self._marks: tuple[str, ...] = ()
        self._apply: Any = getattr(self, _APPLY)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns that are registered now. Text without a mark is put aside meanwhile."""
        self._look_at_patterns()
        plain = [(each, each.text) for each in tree.iter() if each.text and self._is_plain(each.text)]
        for element, _text in plain:
            element.text = None
        tree = super().run(tree, ancestors)
        for element, text in plain:
            element.text = text
        return tree

    def _look_at_patterns(self) -> None:
        patterns = list(self.inlinePatterns)
        if patterns != self._patterns:
            self._patterns = patterns
            self._plan = [(each, self._needed.get(_expression(each), ("",))) for each in patterns]
            self._marks = _shortest({INLINE_PLACEHOLDER_PREFIX, *(each for _, needed in self._plan for each in needed)})

    def _is_plain(self, text: str) -> bool:
        """Whether no pattern can match in a text."""
        for mark in self._marks:  # noqa: SIM110 (a generator would cost as much as the rest)
            if mark in text:
                return False
        return True

    def _InlineProcessor__handleInline(self, data: str, index: int = 0) -> str:  # noqa: N802 (the library's name)
        """The text with a placeholder for all that a pattern from this index on has found."""
        if isinstance(data, AtomicString):
            return data
        start = 0
        while index < len(self._plan):
            pattern, needed = self._plan[index]
            for each in needed:
                if each in data:
                    data, matched, start = self._apply(pattern, data, index, start)
                    index += not matched
                    break
            else:
                index += 1
                start = 0
        return data


def _shortest(marks: set[str]) -> tuple[str, ...]:
    """Those in which no other stands: where none of these is in a text, none of all is."""
    return tuple(sorted(each for each in marks if not any(other in each for other in marks - {each})))


def _expression(pattern: Any) -> str:
    """The regular expression that a pattern is tried by; empty for one of the old kind, which must match a whole."""
    return pattern.getCompiledRegExp().pattern if isinstance(pattern, inline.InlineProcessor) else ""


# Blocks


class _Prose(blocks.ParagraphProcessor):
    """Makes a paragraph of a block of which no other processor can make anything, and of those like it that follow."""

    def test(self, parent: Element, block: str) -> bool:
        return is_prose(block)

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        while blocks and is_prose(blocks[0]):
            super().run(parent, blocks)


def is_prose(block: str) -> bool:
    """Whether a block can be nothing but a paragraph; no is always a safe answer."""
    if "|" in block or "\x02" in block or block[:1].isdecimal():
        return False
    return BEGINS_OTHERWISE.isdisjoint([line[:1] for line in block.split("\n")])


def _passes_prose(processor: object) -> bool:
    return type(processor) in PASSES_PROSE or getattr(processor, "passes_prose", False) is True
