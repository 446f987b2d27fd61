"""The Markdown extension that takes a dateline out of a story's first paragraph.

    GYUMRI (Example Wire) — Growers …   →   <p>{slot}dateline{end} Growers …</p>   and the fact, as plain values

It works on the element tree after all inline markup is done and before escapes are undone, so the tree still shows what
was typed. Only the first block with text counts, and only where it is a Markdown paragraph; a dateline is cut at its
own last character, and what surrounds it is not touched. Where the cut would split emphasis, a link or raw HTML,
nothing is cut and the author is told.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from msgspec import Struct
from msgspec.structs import replace

from plugins.datelines.check import House, check_front_matter, check_second, check_style, check_unread
from plugins.datelines.dateline import Dateline
from plugins.datelines.fact import IN_TEXT, NAME, SECOND, Fact, Unread
from plugins.datelines.grammar import HEAD
from plugins.datelines.parse import Doubt, Parsed, examine, is_off, parse_dateline, read_front_matter
from plugins.datelines.render import as_html, render_dateline
from plugins.datelines.style import Styles
from plugins.datelines.tables import KNOWN_AGENCIES, folded, is_known_city, is_known_region
from plugins.newsroom.addresses import is_web_address
from plugins.newsroom.hooks import Outcome
from plugins.newsroom.paper import direction
from plugins.newsroom.problem import Complaint
from plugins.newsroom.story import Story
from plugins.newsroom.text import SLOT as SLOTS
from plugins.newsroom.text import resolve, visible_text

log = logging.getLogger(__name__)

SLOT = SLOTS.format("dateline")
"""What stands in the HTML where the dateline is printed later."""


class DatelineExtension(Extension):
    """Finds the dateline of one body after another. plain: prints it at once, for a Pelican without our press.

    styles: house style, in plain mode. lang: the language of a text that names none, in plain mode.
    """

    def __init__(self, *, plain: bool = False, styles: Styles | None = None, lang: str = "en") -> None:
        super().__init__()
        self.plain = plain
        self.styles = styles or Styles()
        self.lang = lang
        self._front = Story(path="")
        self._given: Dateline | None = None
        self._outcome: Outcome | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Run after everything that makes the tree, before escapes are undone (priority 0)."""
        read = self._print if self.plain else self._put_slot
        md.treeprocessors.register(_Reader(md, read), "dateline", 4)

    def begin(self, front: Story) -> None:
        """Forget the last file."""
        self._front = front
        self._given = read_front_matter(front.dateline) if front.dateline else None
        self._outcome = None

    def outcome(self) -> Outcome:
        """The fact as plain values. What is wrong with it is told when the paper's tables are known."""
        # Markdown does not run for an empty body; a dateline in the front matter is a fact all the same.
        return self._outcome or _outcome(Fact(self._given))

    def _put_slot(self, root: Element, md: Markdown) -> None:
        self._outcome = _outcome(read_tree(root, md, self._front, SLOT, given=self._given))

    def _print(self, root: Element, md: Markdown) -> None:
        """Print the dateline in its place, and leave it in the metadata, where Pelican's reader finds it."""
        # Pelican runs a summary through the same instance, after taking "meta" out: that is no story.
        if "meta" not in md.preprocessors:
            return
        meta: dict[str, list[Any]] = getattr(md, "Meta", {})
        lang = _first(meta, "lang").lower() or self.lang
        front = Story(path="", lang=lang, dateline=_first(meta, "dateline"))
        place = md.htmlStash.store("")
        stash = len(md.htmlStash.rawHtmlBlocks) - 1
        fact = read_tree(root, md, front, place, defer=False)
        house = House(style=self.styles.of(lang), lang=lang)
        for complaint in _complaints(fact, front.dateline, house):
            log.warning("%s: %s", complaint.code.name, complaint.message)
        dateline = fact.read and render_dateline(fact.read, lang, house.style)
        if dateline:
            rtl = direction(lang) == "rtl"
            ending = house.style.ending(dateline)
            md.htmlStash.rawHtmlBlocks[stash] = as_html(dateline, rtl=rtl, ending=ending)
        if dateline or front.dateline:
            meta["dateline"] = [dateline]


def _outcome(fact: Fact) -> Outcome:
    return Outcome(fact.to_plain() or None)


def _complaints(fact: Fact, front: str, house: House) -> Iterator[Complaint]:
    """What can be told without tables."""
    yield from check_front_matter(front, fact.read, house)
    if fact.read:
        yield from check_style(fact.read, fact.after, house)
    if fact.unread:
        yield from check_unread(fact.unread, house)
    if fact.second:
        yield from check_second(fact.second, house)


class _Reader(Treeprocessor):
    """Hands the finished tree to the extension."""

    def __init__(self, md: Markdown, read: Callable[[Element, Markdown], None]) -> None:
        super().__init__(md)
        self._read = read

    def run(self, root: Element) -> None:
        self._read(root, self.md)


def _first(meta: dict[str, list[Any]], key: str) -> str:
    return " ".join(str(text) for text in meta.get(key, [])).strip()


def read_tree(
    root: Element, md: Markdown, front: Story, slot: str, *, defer: bool = True, given: Dateline | None = None
) -> Fact:
    """Cut the dateline out of a tree and put `slot` in its place.

    One in the front matter gets its slot before the first words, unless the text has the same, or has another, which
    then stays what is printed. What is wrong with the front matter itself is for `check_front_matter` to say.
    defer: a head whose place no built-in table has is cut out too, for the paper's table to settle.
    given: the dateline of the front matter, where it has been read.
    """
    if is_off(front.dateline):
        return Fact()
    given = given or (read_front_matter(front.dateline) if front.dateline else None)
    blocks = _text_blocks(root, md, front)
    block = next(blocks, None)
    if block is None:
        return Fact(given)
    may_defer = partial(_is_first_text, root, md, block) if defer and given is None else _never
    fact = _take(block, md, slot, given, front, may_defer)
    if not (fact.dateline and fact.dateline.typed):
        second = _second(next(blocks, None), md)
        if second:
            fact = replace(fact, second=second, words={**fact.words, SECOND: _first_line(second.text)})
    if given is None:
        return fact
    # With both, the front matter's line is the dateline's; what is typed has a line of its own.
    words = {IN_TEXT if key == NAME else key: text for key, text in fact.words.items()}
    if fact.dateline is None:
        _put_at_start(root, block, slot)
    return replace(fact, dateline=fact.dateline or given, words=words)


def _never() -> bool:
    return False


def _is_first_text(root: Element, md: Markdown, block: Element) -> bool:
    """Whether a block is the paragraph from which the excerpt is taken."""
    return block is next(
        (each for each in root if each.tag == "p" and _raw_block(each, md) is None and visible_text(md, each).strip()),
        None,
    )


def _second(block: Element | None, md: Markdown) -> Dateline | None:
    """The dateline with which the second paragraph plainly begins: of a known town or state, or by a known agency."""
    if block is None or block.tag != "p" or _raw_block(block, md) is not None:
        return None
    found = parse_dateline("".join(run.text for run in _paragraph_runs(block, md, HEAD)))
    if found is None or not found.dateline.places:
        return None
    dateline = found.dateline
    known = folded(dateline.agency) in KNOWN_AGENCIES or all(
        is_known_city(place.city) or is_known_region(place.region) for place in dateline.places
    )
    return dateline if known else None


# The tree. Text in it is not yet what readers see: raw HTML, entities and escapes are tokens.

_TOKEN = re.compile("\x02(?:wzxhzdk:(?P<stash>\\d+)|(?P<text>\\d+|amp)|[^\x02\x03]*)\x03")
_ENTITY = re.compile(r"&#?\w+;")
_PASSED = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hr", "figure", "img", "picture", "script", "style"})
_RAW_PASSED = re.compile(r"\s*<(figure|picture|img|h[1-6]|hr|script|style|iframe|video|audio|svg)\b", re.IGNORECASE)
_RAW_CODE = re.compile(r"\s*<(?:pre|div class=\"codehilite)\b", re.IGNORECASE)
_MARK = re.compile(r"\[(?:newsletter|embed)\b[^\]\n]*\]")
_BYLINE = re.compile(r"(?:by|par|von|por|di|от)\s+(?=[^\W\d_])", re.IGNORECASE)
_PLAIN_INLINE = frozenset({"em", "strong", "b", "i", "u", "cite", "abbr", "a"})


class _Run(Struct, frozen=True):
    """Visible text of one stretch of a paragraph.

    index: which of the paragraph's own strings it stands in (0 its text, n the tail of child n), or `inside` child n.
    offset: where `text` begins in that string, for a stretch that holds exactly these characters; `raw` is how many
    characters of the string stand for it. opaque: something that cannot be moved (raw HTML, another's token).
    """

    text: str
    index: int
    inside: bool
    offset: int
    raw: int
    opaque: bool = False


def _runs(raw: str, md: Markdown, index: int, inside: bool = False) -> Iterator[_Run]:
    """A string of the tree as stretches: plain text, and one for each token."""
    at = 0
    for found in _TOKEN.finditer(raw):
        if found.start() > at:
            yield _Run(raw[at : found.start()], index, inside, at, found.start() - at)
        text, opaque = _token_text(found, md)
        yield _Run(text, index, inside, found.start(), len(found[0]), opaque)
        at = found.end()
    if at < len(raw):
        yield _Run(raw[at:], index, inside, at, len(raw) - at)


def _token_text(found: re.Match[str], md: Markdown) -> tuple[str, bool]:
    """What readers see of a token, and whether it is more than text."""
    stashed = md.htmlStash.rawHtmlBlocks[int(found["stash"])] if found["stash"] else ""
    is_text = found["text"] or (isinstance(stashed, str) and _ENTITY.fullmatch(stashed))
    return resolve(md, found[0]), not is_text


def _paragraph_runs(element: Element, md: Markdown, limit: int) -> list[_Run]:
    """The stretches of a paragraph, its children's with their number, until `limit` characters are there."""
    runs: list[_Run] = []
    length = 0
    for run in _all_runs(element, md):
        runs.append(run)
        length += len(run.text)
        if length >= limit:
            break
    return runs


def _all_runs(element: Element, md: Markdown) -> Iterator[_Run]:
    yield from _runs(element.text or "", md, 0)
    for number, child in enumerate(element, start=1):
        yield from _child_runs(child, md, number)
        yield from _runs(child.tail or "", md, number)


def _child_runs(child: Element, md: Markdown, number: int) -> Iterator[_Run]:
    if child.tag not in _PLAIN_INLINE:
        text = "\n" if child.tag == "br" else visible_text(md, child)
        yield _Run(text, number, True, 0, 0, opaque=True)
        return
    yield from _runs(child.text or "", md, number, inside=True)
    for each in child:
        yield from _child_runs(each, md, number)
        yield from _runs(each.tail or "", md, number, inside=True)


def _text_blocks(root: Element, md: Markdown, front: Story) -> Iterator[Element]:
    """The top-level blocks with text of the story's own: comments, pictures, headings, bylines are passed."""
    for element in root:
        if not isinstance(element.tag, str) or element.tag in _PASSED:
            continue
        raw = _raw_block(element, md)
        if raw is not None and _RAW_PASSED.match(_without_comments(raw)):
            continue
        text = visible_text(md, element).strip()
        if not text or _MARK.fullmatch(text) or (raw is None and element.tag == "p" and _is_byline(text, front)):
            continue
        yield element


def _without_comments(raw: str) -> str:
    return re.sub(r"<!--.*?-->", "", raw, flags=re.DOTALL)


def _raw_block(element: Element, md: Markdown) -> str | None:
    """The raw HTML (or code) that a `<p>` only stands for, None where it is a real paragraph."""
    if element.tag != "p" or len(element):
        return None
    found = _TOKEN.fullmatch((element.text or "").strip())
    if not found or not found["stash"]:
        return None
    stashed = md.htmlStash.rawHtmlBlocks[int(found["stash"])]
    return stashed if isinstance(stashed, str) and stashed.lstrip().startswith("<") else None


def _is_byline(text: str, front: Story) -> bool:
    """Whether a paragraph is a typed byline: `By Ani Example`, or short and beginning with an author's name."""
    if len(text) > 100 or "\n" in text or text.endswith((".", ":", "?", "!")):
        return False
    if any(text.casefold().startswith(author.name.casefold()) for author in front.authors if author.name):
        return "—" not in text
    if not _BYLINE.match(text) or examine(text) is not None:
        return False
    words = text.split()
    return len(words) <= 12 and all(
        word[:1].isupper() or not word[:1].isalpha() or len(word) <= 3 for word in words[1:6]
    )


def _take(
    element: Element, md: Markdown, slot: str, given: Dateline | None, front: Story, may_defer: Callable[[], bool]
) -> Fact:
    """The dateline typed at the start of the first block, cut out, or what kept it from being taken."""
    raw = _raw_block(element, md)
    if element.tag != "p" or raw is not None:
        return _unread_elsewhere(element, md, raw)
    runs = _paragraph_runs(element, md, 2 * HEAD)
    text = "".join(run.text for run in runs)
    found = _after_byline(text, front) or examine(text)
    settled = isinstance(found, Doubt) and found.if_so and given and given.says_the_same(found.if_so.dateline)
    if isinstance(found, Doubt) and found.if_so and found.if_so.dateline.dash and settled:
        found = found.if_so
    if found is None:
        return Fact()
    if isinstance(found, Doubt):
        if found.unknown and found.if_so and may_defer() and (fact := _deferred(element, runs, found, text, slot)):
            return fact
        return _unread(found, _source_words(runs, found.words))
    words = _source_words(runs, text[found.start : found.end])
    reason, url = _cut(element, runs, found, slot)
    if reason:
        unread = Unread(text[found.start : found.end], reason, found.dateline, "without markup")
        return Fact(unread=unread, words={NAME: words} if words else {})
    dateline = replace(found.dateline, agency_url=url)
    return Fact(dateline, text[found.end :][:2], words={NAME: words} if words else {})


def _after_byline(text: str, front: Story) -> Parsed | None:
    """The dateline in the second line of a paragraph whose first is a byline."""
    line, end, rest = text.partition("\n")
    found = examine(rest) if end and _is_byline(line.strip(), front) else None
    if not isinstance(found, Parsed):
        return None
    at = len(line) + 1
    return replace(found, start=found.start + at, end=found.end + at)


def _deferred(element: Element, runs: list[_Run], doubt: Doubt, text: str, slot: str) -> Fact | None:
    """A head that the paper's own table must settle, cut out; None where it holds markup, which would be lost."""
    parsed = doubt.if_so
    if parsed is None:
        return None
    span = _span(runs, parsed)
    if span.split or span.begin[0] or span.end[0] or any(run.inside or run.opaque for run in span.runs):
        return None
    words = _source_words(runs, doubt.words)
    _cut(element, runs, parsed, slot)
    fact = Fact(parsed.dateline, text[parsed.end :][:2], unknown=True)
    return replace(
        fact, unread=None if doubt.quiet else _unread(doubt, "").unread, words={NAME: words} if words else {}
    )


def _unread(doubt: Doubt, words: str) -> Fact:
    if doubt.quiet:
        return Fact()
    dateline = doubt.if_so.dateline if doubt.if_so else None
    unread = Unread(doubt.words, doubt.reason, dateline, lower_case=doubt.lower_case, unknown=doubt.unknown)
    return Fact(unread=unread, words={NAME: words} if words else {})


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()


def _source_words(runs: list[_Run], words: str) -> str:
    """The part of these words that surely stands in one line of the source: no token, no markup, no line end inside."""
    if not words:
        return ""
    for run in runs:
        piece = _first_line(run.text.lstrip()[: len(words)])
        if piece and run.raw == len(run.text) and piece in words:
            return piece
    first = _first_line(words)
    return first if any(run.raw == len(run.text) and first in run.text for run in runs) else ""


def _unread_elsewhere(element: Element, md: Markdown, raw: str | None) -> Fact:
    """A dateline in a list, a quotation, a table or raw HTML is not read; where it is plainly one, say so."""
    is_code = element.tag == "pre" or (raw is not None and _RAW_CODE.match(raw))
    found = None if is_code else examine(visible_text(md, element).lstrip())
    if not isinstance(found, Parsed):
        return Fact()
    typed = found.dateline.text + found.dateline.dash
    where = "a list, quotation, table or box" if raw is None else "raw HTML"
    advice = "in a paragraph of its own, or in the front matter as dateline:"
    return Fact(unread=Unread(typed, f"it stands in {where}", found.dateline, advice), words={NAME: _first_line(typed)})


class _Span(Struct, frozen=True):
    """Where a head stands in a paragraph. runs: the stretches that hold it.

    begin, end: (number of the paragraph's string, offset in it). An offset None means the child itself begins or ends
    the head: the whole string before it is kept, or the whole string after it.
    split: the head ends inside a child.
    """

    runs: tuple[_Run, ...]
    begin: tuple[int, int | None]
    end: tuple[int, int | None]
    split: bool


def _span(runs: list[_Run], found: Parsed) -> _Span:
    inside: list[_Run] = []
    at = 0
    begin: tuple[int, int | None] = (0, 0)
    end: tuple[int, int | None] = (0, 0)
    split = False
    for run in runs:
        start, at = at, at + len(run.text)
        if not inside and at <= found.start:
            continue
        if start >= found.end:
            split = split or (run.inside and inside[-1].inside and run.index == inside[-1].index)
            break
        if not inside:
            begin = (run.index - 1, None) if run.inside else (run.index, run.offset + found.start - start)
        inside.append(run)
        if run.inside:
            end = (run.index, None)
            split = at > found.end
        else:
            is_token = run.raw != len(run.text)
            end = (run.index, run.offset + (run.raw if is_token else min(found.end, at) - start))
    return _Span(tuple(inside), begin, end, split)


def _cut(element: Element, runs: list[_Run], found: Parsed, slot: str) -> tuple[str, str]:
    """Put `slot` in place of a paragraph's characters; (why it cannot be done, or empty; where the agency's name led).

    The head may run over children (emphasis, the agency's link) only if it holds each of them whole.
    """
    span = _span(runs, found)
    if span.split:
        return "it ends inside emphasis or a link", ""
    if any(run.opaque for run in span.runs):
        return "raw HTML, a picture or a note stands inside", ""
    (begin, begin_at), (end, end_at) = span.begin, span.end
    covered = list(element)[begin:end]
    url = ""
    for link in (link for child in covered for link in child.iter("a")):
        url = link.get("href", "")
        if not is_web_address(url) or "".join(link.itertext()).strip(" ()") != found.dateline.agency:
            return "it holds a link that is not on its agency", ""
    strings = [element.text or "", *(child.tail or "" for child in element)]
    before = strings[begin][:begin_at]
    rest = strings[end][end_at or 0 :]
    for child in covered:
        element.remove(child)
    if begin:
        element[begin - 1].tail = before + slot + rest
    else:
        element.text = before + slot + rest
    return "", url


def _put_at_start(root: Element, first: Element | None, slot: str) -> None:
    """Print a front matter's dateline at the start of the first paragraph, or before other text in one of its own."""
    if first is None:
        return
    if first.tag == "p" and not (len(first) == 0 and _TOKEN.fullmatch((first.text or "").strip())):
        first.text = f"{slot} {first.text or ''}"
        return
    paragraph = Element("p")
    paragraph.text, paragraph.tail = slot, "\n"
    root.insert(list(root).index(first), paragraph)
