"""What no story holds, and what would keep Markdown busy for minutes: told with its line before it is converted.

    [[[[[[[[[[[[ …     for each of ten thousand brackets that nothing closes, Markdown looks through the rest
    - - - - - - - …    a list in a list in a list, until Python gives up

Each limit is far above anything that a person types, and far below where reading is felt. Looking takes one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from plugins.newsroom.hooks import Finding
from plugins.newsroom.problem import Complaint
from plugins.stories.codes import TANGLED

MOST_BRACKETS = 3_000_000
"""Characters between brackets and what closes them, all brackets together; Markdown looks at so many in a second."""

MOST_TAGS = 10_000_000
"""The same between `<` and `>`, where looking is quicker."""

LONGEST = 1_000_000
"""Characters of a body: a novel."""

LONGEST_PARAGRAPH = 200_000
"""Characters without an empty line: a list or a table of thousands."""

DEEPEST = 20
"""Marks of lists and quotes at the beginning of one line."""


class Most(Struct, frozen=True):
    """How many of one thing a story may hold.

    needs: a character that stands in each at least once, so that few stories need a closer look. pattern: matches
    where each stands. alone: counted in each paragraph.
    """

    what: str
    needs: str
    pattern: re.Pattern[str]
    count: int
    alone: bool = False


MOST = (
    Most("headings", "\n", re.compile(r"^[ ]{0,3}(?:#|(?:=+|-+)[ \t]*$)", re.MULTILINE), 1_000),
    Most("pictures", "!", re.compile(r"!\["), 1_000),
    Most("lines of ::: that begin or end a box", ":", re.compile(r"^[ \t]*:::", re.MULTILINE), 400),
    Most("pull-quotes", "{", re.compile(r"\{:?[ ]*\.pullquote"), 100),
    Most("embeds", "[", re.compile(r"\[\s*embed", re.IGNORECASE), 300),
    Most("sign-up marks", "[", re.compile(r"\[\s*newsletter", re.IGNORECASE), 300),
    Most("lines of ``` or ~~~", "\n", re.compile(r"^[ \t]*(?:`{3}|~{3})", re.MULTILINE), 500),
    Most("footnotes", "^", re.compile(r"\[\^"), 1_000),
    Most("abbreviations", "[", re.compile(r"^[ ]{0,3}\*\[", re.MULTILINE), 300),
    Most("links with their address elsewhere", "]", re.compile(r"^[ ]{0,3}\[[^\]\n]*\]:", re.MULTILINE), 1_000),
    Most("definitions in a row", ":", re.compile(r"^[ ]{0,3}:[ \t]", re.MULTILINE), 60, alone=True),
)

_COUNTED = frozenset({*(each.needs for each in MOST), *"[]{<"})

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
# Looked for in a text that has a line end before it: `\n` is found at once, `^` is tried at each character.
_NESTED = re.compile(
    r"\n(?![ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$)"  # `- - - -` is a line across the page
    rf"[ \t]*(?:(?:[-+*]|\d+[.)]|:)[ \t]+){{{DEEPEST + 1}}}",
    re.MULTILINE,
)
_BRACKET = re.compile(r"\]\(|[\[\])}{]")
_TAG = re.compile(r"<(?=[A-Za-z!/?])|>")
_CLOSES: Mapping[str, str] = {"]": "[", "](": "[", ")": "](", "}": "{", ">": "<"}
_HINT = "take it out, or make two stories of it"

TOO_DEEP = Finding(
    Complaint(TANGLED, "lists, quotes or boxes are nested so deeply that they cannot be read", "take some marks out")
)
"""What is told where Python gave up all the same."""


def find_tangles(text: str) -> Iterator[Finding]:
    """A finding for each limit that a body exceeds, with its line in the body, from 1."""
    whole = [len(text)]
    counts = {each: text.count(each) for each in _COUNTED}
    for each in MOST:
        # The last line has no line end of its own.
        if counts[each.needs] + 1 > each.count:
            at = _exceeds(text, each, _paragraph_ends(text) if each.alone else whole)
            if at is not None:
                message = f"there are more than {each.count:,} {each.what}"
                yield _finding(text, at, message, "leave an empty line after each" if each.alone else _HINT)
    yield from _too_long(text)
    if found := _NESTED.search("\n" + text):
        message = f"there are lists in lists, more than {DEEPEST} deep"
        yield _finding(text, found.start(), message, "take some marks out")
    where = []
    if (counts["["] + counts["]"] + counts["{"]) * len(text) > MOST_BRACKETS:
        where.append(_unclosed(text, _BRACKET, _paragraph_ends(text), MOST_BRACKETS))
    if counts["<"] * len(text) > MOST_TAGS:
        # A tag may go on over an empty line, a bracket may not.
        where.append(_unclosed(text, _TAG, whole, MOST_TAGS))
    for at in where:
        if at is not None:
            mark = text[at].replace("]", "](")
            yield _finding(text, at, f"hundreds of '{mark}' stand open from here on, and nothing closes them", _HINT)


def _too_long(text: str) -> Iterator[Finding]:
    if len(text) > LONGEST:
        yield _finding(text, 0, f"the text is longer than {LONGEST:,} characters", "make several stories of it")
    if len(text) > LONGEST_PARAGRAPH:
        start = 0
        for end in _paragraph_ends(text):
            if end - start > LONGEST_PARAGRAPH:
                message = f"a paragraph is longer than {LONGEST_PARAGRAPH:,} characters"
                first = start + len(text[start:end]) - len(text[start:end].lstrip())
                yield _finding(text, first, message, "put empty lines into it, or make several stories of it")
                break
            start = end


def _paragraph_ends(text: str) -> list[int]:
    return [*(found.start() for found in _PARAGRAPH.finditer(text)), len(text)]


def _finding(text: str, at: int, message: str, hint: str) -> Finding:
    return Finding(Complaint(TANGLED, message, hint), line=text.count("\n", 0, at) + 1)


def _exceeds(text: str, most: Most, ends: Iterable[int]) -> int | None:
    """Where the first one too many stands in one of the parts, or None. ends: of the parts, in order."""
    found = most.pattern.finditer(text)
    at = next(found, None)
    for end in ends:
        seen = 0
        while at is not None and at.start() < end:
            seen += 1
            if seen > most.count:
                return at.start()
            at = next(found, None)
    return None


def _unclosed(text: str, pattern: re.Pattern[str], ends: Iterable[int], most: int) -> int | None:
    """Where the first opening stands that is closed late or never, in the part with which it all becomes too much.

    Markdown looks for the end of each opening, and comes back to look for that of the next.
    """
    work = start = 0
    for end in ends:
        longest, where = 0, start
        for at, length in _spans(text, pattern, start, end):
            work += length
            if length > longest:
                longest, where = length, at
            if work > most:
                return where
        start = end
    return None


def _spans(text: str, pattern: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """(where, characters to what closes it or to the end) for each opening in a part, those never closed last."""
    open_: dict[str, list[int]] = {opening: [] for opening in _CLOSES.values()}
    for found in pattern.finditer(text, start, end):
        mark, at = found[0], found.start()
        if mark in _CLOSES and (waiting := open_[_CLOSES[mark]]):
            first = waiting.pop()
            yield first, at - first
        if mark in open_:
            open_[mark].append(at)
    for left in open_.values():
        yield from ((at, end - at) for at in left)
