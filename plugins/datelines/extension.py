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
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from plugins.datelines.codes import DOUBTFUL
from plugins.datelines.dateline import (
    HEAD,
    HOUSE_DASH,
    Dateline,
    Doubt,
    Parsed,
    as_html,
    check_front_matter,
    check_style,
    examine,
    is_off,
    parse_front_matter,
)
from plugins.datelines.tables import is_web_address
from plugins.newsroom.hooks import Finding, Outcome
from plugins.newsroom.paper import direction
from plugins.newsroom.problem import Complaint
from plugins.newsroom.story import Plain, Story
from plugins.newsroom.text import SLOT as SLOTS
from plugins.newsroom.text import resolve, shortened, visible_text

log = logging.getLogger(__name__)

SLOT = SLOTS.format("dateline")
"""What stands in the HTML where the dateline is printed later."""


class DatelineExtension(Extension):
    """Finds the dateline of one body after another. plain: prints it at once, for a Pelican without our press.

    house_dash: what the house ends a dateline with. classical: Armenian in the classical spelling.
    lang: the language of a text that names none, in plain mode.
    """

    def __init__(
        self, *, plain: bool = False, house_dash: str = HOUSE_DASH, classical: bool = False, lang: str = "en"
    ) -> None:
        super().__init__()
        self.plain = plain
        self.house_dash = house_dash
        self.classical = classical
        self.lang = lang
        self._front = Story(path="")
        self._outcome = Outcome()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Run after everything that makes the tree, before escapes are undone (priority 0)."""
        read = self._print if self.plain else self._put_slot
        md.treeprocessors.register(_Reader(md, read), "dateline", 4)

    def begin(self, front: Story) -> None:
        """Forget the last file."""
        self._front = front
        # Markdown does not run for an empty body; a dateline in the front matter is a fact all the same.
        given = parse_front_matter(front.dateline, front.lang or self.lang, self.classical) if front.dateline else None
        self._outcome = Outcome(given.to_plain() if given else None)

    def outcome(self) -> Outcome:
        """The dateline as plain values, and what is wrong with it."""
        return self._outcome

    def _put_slot(self, root: Element, md: Markdown) -> None:
        found = read_tree(root, md, self._front, SLOT, house_dash=self.house_dash, classical=self.classical)
        fact: Plain = None
        if found.dateline:
            fact = found.dateline.to_plain()
            if not self._front.dateline:
                fact["words"] = found.words
        self._outcome = Outcome(fact, found.findings)

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
        found = read_tree(root, md, front, place, house_dash=self.house_dash, classical=self.classical)
        complaints = [finding.complaint for finding in found.findings]
        complaints += check_front_matter(front.dateline, found.dateline, lang, self.classical)
        for complaint in complaints:
            log.warning("%s: %s", complaint.code.name, complaint.message)
        if found.dateline:
            rtl = direction(lang) == "rtl"
            md.htmlStash.rawHtmlBlocks[stash] = as_html(found.dateline, rtl=rtl, house_dash=self.house_dash)
        if found.dateline or front.dateline:
            meta["dateline"] = [found.dateline]


class _Reader(Treeprocessor):
    """Hands the finished tree to the extension."""

    def __init__(self, md: Markdown, read: Callable[[Element, Markdown], None]) -> None:
        super().__init__(md)
        self._read = read

    def run(self, root: Element) -> None:
        self._read(root, self.md)


def _first(meta: dict[str, list[Any]], key: str) -> str:
    return " ".join(str(text) for text in meta.get(key, [])).strip()


@dataclass(frozen=True, slots=True)
class Found:
    """What a tree held. words: the beginning of a typed dateline as it surely stands in one line of the source."""

    dateline: Dateline | None = None
    words: str = ""
    findings: tuple[Finding, ...] = ()


def read_tree(
    root: Element, md: Markdown, front: Story, slot: str, *, house_dash: str = HOUSE_DASH, classical: bool = False
) -> Found:
    """Cut the dateline out of a tree and put `slot` in its place.

    One in the front matter gets its slot before the first words, unless the text has the same, or has another, which
    then stays what is printed. What is wrong with the front matter itself is for `check_front_matter` to say.
    """
    if is_off(front.dateline):
        return Found()
    given = parse_front_matter(front.dateline, front.lang or "en", classical)
    block = _first_block(root, md, front)
    found = Found() if block is None else _take(block, md, slot, given, house_dash)
    if given is None or found.dateline:
        return found
    if block is not None:
        _put_at_start(root, block, slot)
    return replace(found, dateline=given)


# The tree. Text in it is not yet what readers see: raw HTML, entities and escapes are tokens.

_TOKEN = re.compile("\x02(?:wzxhzdk:(?P<stash>\\d+)|(?P<text>\\d+|amp)|[^\x02\x03]*)\x03")
_ENTITY = re.compile(r"&#?\w+;")
_PASSED = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hr", "figure", "img", "picture", "script", "style"})
_RAW_PASSED = re.compile(r"\s*<(figure|picture|img|h[1-6]|hr|script|style|iframe|video|audio|svg)\b", re.IGNORECASE)
_RAW_CODE = re.compile(r"\s*<(?:pre|div class=\"codehilite)\b", re.IGNORECASE)
_MARK = re.compile(r"\[(?:newsletter|embed)\b[^\]\n]*\]")
_BYLINE = re.compile(r"(?:by|par|von|por|di|от)\s+(?=[^\W\d_])", re.IGNORECASE)
_PLAIN_INLINE = frozenset({"em", "strong", "b", "i", "u", "cite", "abbr", "a"})


@dataclass(frozen=True, slots=True)
class _Run:
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


def _first_block(root: Element, md: Markdown, front: Story) -> Element | None:
    """The first top-level block with text of the story's own: comments, pictures, headings, bylines are passed."""
    for element in root:
        if not isinstance(element.tag, str) or element.tag in _PASSED:
            continue
        raw = _raw_block(element, md)
        if raw is not None and _RAW_PASSED.match(_without_comments(raw)):
            continue
        text = visible_text(md, element).strip()
        if not text or _MARK.fullmatch(text) or (raw is None and element.tag == "p" and _is_byline(text, front)):
            continue
        return element
    return None


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


def _take(element: Element, md: Markdown, slot: str, given: Dateline | None, house_dash: str) -> Found:
    """The dateline typed at the start of the first block, cut out, or what kept it from being taken."""
    raw = _raw_block(element, md)
    if element.tag != "p" or raw is not None:
        return _doubt_elsewhere(element, md, raw)
    runs = _paragraph_runs(element, md, 2 * HEAD)
    text = "".join(run.text for run in runs)
    found = examine(text)
    if isinstance(found, Doubt) and found.if_so and given and given.says_the_same(found.if_so.dateline):
        found = found.if_so
    if found is None:
        return _doubt_after_byline(text)
    if isinstance(found, Doubt):
        return _doubted(found.words, found.reason, found.hint, _source_words(runs, found.words))
    words = _source_words(runs, text[found.start : found.end])
    reason, url = _cut(element, runs, found, slot)
    if reason:
        hint = "type it without markup, or say it in the front matter as dateline:"
        return _doubted(text[found.start : found.end], reason, hint, words)
    dateline = replace(found.dateline, agency_url=url)
    complaints = list(check_style(dateline, text[found.end :], house_dash))
    if dateline.text.endswith(("(", ")")) and not (dateline.agency or dateline.day):
        message = f"the brackets in '{dateline.text}' hold no agency"
        complaints.append(Complaint(DOUBTFUL, message, "name the agency in them, or delete them"))
    return Found(dateline, words, tuple(Finding(complaint, words) for complaint in complaints))


def _doubted(typed: str, reason: str, hint: str, words: str) -> Found:
    message = f"'{shortened(typed, 60)}' looks like a dateline but is not read as one: {reason}"
    return Found(findings=(Finding(Complaint(DOUBTFUL, message, hint), words),))


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
    return ""


def _doubt_elsewhere(element: Element, md: Markdown, raw: str | None) -> Found:
    """A dateline in a list, a quotation, a table or raw HTML is not read; where it is plainly one, say so."""
    is_code = element.tag == "pre" or (raw is not None and _RAW_CODE.match(raw))
    found = None if is_code else examine(visible_text(md, element).lstrip())
    if not isinstance(found, Parsed):
        return Found()
    typed = found.dateline.text + found.dateline.dash
    where = "a list, quotation, table or box" if raw is None else "raw HTML"
    hint = "begin the story with a paragraph of its own, or say it in the front matter as dateline:"
    return _doubted(typed, f"it stands in {where}", hint, _first_line(typed))


def _doubt_after_byline(text: str) -> Found:
    """`By Ani Example`, then a dateline in the next line of the same paragraph."""
    line, _, rest = text.partition("\n")
    found = examine(rest) if _BYLINE.match(line) and len(line) <= 100 else None
    if not isinstance(found, Parsed):
        return Found()
    typed = found.dateline.text + found.dateline.dash
    return _doubted(typed, "a byline stands before it", "leave an empty line before it", _first_line(typed))


@dataclass(frozen=True, slots=True)
class _Span:
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
