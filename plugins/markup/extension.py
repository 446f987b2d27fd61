"""The Markdown extension: lines of colons, pull-quotes and embeds become elements, and the tree is looked over.

Boxes are `<figure>`s until the end, since whoever looks in the tree for a story's first words passes over figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, BlockQuoteProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from plugins.markup.boxes import FENCE, Fence, pair
from plugins.markup.codes import EMBED, EMPTY_BOX, GALLERY, PULLQUOTE, STRAY_FENCE
from plugins.markup.embeds import BEGINNING, HOW, parse_embed
from plugins.markup.headings import HEADINGS, Ranks
from plugins.markup.rawhtml import TAGS, Fault, check_element, check_html
from plugins.markup.slots import BACK, TABLE
from plugins.markup.source import Source, masked
from plugins.newsroom import typography
from plugins.newsroom.hooks import Finding, Outcome
from plugins.newsroom.problem import Complaint
from plugins.newsroom.story import Story
from plugins.newsroom.text import SLOT, resolve, shortened, squeezed, visible_text

LINK = "pressroom-link"
"""The element of an embed of which nobody knows more than its address, while blocks are read."""

_AT = "\x02at:{}\x03"
_AT_LINE = re.compile("\x02at:(\\d+)\x03")
_OPEN = re.compile("\x02box:(\\d+)\x03")
_END = "\x02box:end\x03"


@dataclass
class _State:
    """What is known of one document. typed: its source. boxes, pullquotes: the elements made for them."""

    lang: str = "en"
    typed: str = ""
    fences: tuple[Fence, ...] = ()
    boxes: list[tuple[Element, Fence]] = field(default_factory=list)
    pullquotes: list[Element] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def source(self) -> Source:
        """The lines of the source; most documents are never asked for them."""
        return Source(masked(self.typed))

    def find(self, complaint: Complaint, line: int, words: str = "") -> None:
        self.findings.append(Finding(complaint, words, line=line))


class MarkupExtension(Extension):
    """Body markup beyond Markdown. Yields no fact. allow_raw_html: HTML is not looked at."""

    def __init__(self, *, allow_raw_html: bool = False) -> None:
        super().__init__()
        self.allow_raw_html = allow_raw_html
        self.state = _State()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Fences are numbered when white space is normal (30), and read when code and HTML are out of the way
        (25, 20). The tree is looked over before it is cut into blocks (3); tables get their frame after that.
        """
        md.preprocessors.register(_NumberFences(md, self), "pressroom-fence-lines", 29)
        md.preprocessors.register(_ReadFences(md, self), "pressroom-fences", 18)
        md.parser.blockprocessors.register(_Boxes(md.parser, self), "pressroom-boxes", 120)
        md.parser.blockprocessors.register(_Embeds(md.parser, self), "pressroom-embeds", 119)
        md.parser.blockprocessors.register(_Pullquotes(md.parser, self), "pressroom-pullquotes", 21)
        md.treeprocessors.register(_Paragraphs(md), "pressroom-links", 40)
        md.treeprocessors.register(_Finish(md, self), "pressroom-markup", 3.5)
        md.treeprocessors.register(_FrameTables(md, self), "pressroom-tables", 2.5)

    def begin(self, front: Story) -> None:
        """Forget the last file."""
        self.state = _State(front.lang or "en")

    def outcome(self) -> Outcome:
        """What is wrong with the markup; no fact."""
        return Outcome(None, tuple(self.state.findings))


class _NumberFences(Preprocessor):
    """Puts each fence's line number behind it, before code and HTML are taken out."""

    def __init__(self, md: Markdown, extension: MarkupExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        self.extension.state.typed = typed = "\n".join(lines)
        if ":::" not in typed:
            return lines
        return [
            f"{line}{_AT.format(number)}" if FENCE.match(line) else line for number, line in enumerate(lines, start=1)
        ]


class _ReadFences(Preprocessor):
    """Fences become blocks of their own. Those in code and comments are none."""

    def __init__(self, md: Markdown, extension: MarkupExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        state = self.extension.state
        if ":::" not in state.typed:
            return lines
        self._clean_stash()
        typed = [(int(found[1]), _AT_LINE.sub("", line)) for line in lines if (found := _AT_LINE.search(line))]
        paired = pair(typed)
        state.fences = paired.fences
        state.findings += paired.findings
        state.source.taken |= {fence.line for fence in paired.fences}
        by_line = {fence.line: number for number, fence in enumerate(paired.fences)}
        read: list[str] = []
        for line in lines:
            found = _AT_LINE.search(line)
            if not found:
                read.append(line)
                continue
            number = by_line[int(found[1])]
            read += ["", _block_for(paired.fences[number], number), ""]
        return read

    def _clean_stash(self) -> None:
        raw: list[Any] = self.md.htmlStash.rawHtmlBlocks
        for number, block in enumerate(raw):
            if isinstance(block, str):
                if not block.lstrip().startswith(("<!--", "<pre")):
                    self._tell(block)
                raw[number] = _AT_LINE.sub("", block)
                continue
            for element in block.iter():
                self._tell(element.text or "")
                self._tell(element.tail or "")
                element.text = element.text and _no_fences(element.text)
                element.tail = element.tail and _no_fences(element.tail)

    def _tell(self, text: str) -> None:
        for found in _AT_LINE.finditer(text):
            complaint = Complaint(STRAY_FENCE, "this line of ::: stands inside HTML", "end the HTML before the box")
            self.extension.state.find(complaint, int(found[1]))


def _no_fences(text: str) -> str:
    return re.sub(":{3,}([^\n]*)\x02at:\\d+\x03", r"\1", text)


def _block_for(fence: Fence, number: int) -> str:
    """A box's first line, its last line, or the words of a line that is neither, which readers of a draft still see."""
    if fence.is_box:
        return f"\x02box:{number}\x03"
    if fence.begin and fence.begin.is_box:
        return _END
    return fence.rest


class _Boxes(BlockProcessor):
    """All blocks from one fence to the next become the content of an element."""

    passes_prose = True

    def __init__(self, parser: Any, extension: MarkupExtension) -> None:
        super().__init__(parser)
        self.extension = extension

    def test(self, parent: Element, block: str) -> bool:
        return bool(_OPEN.fullmatch(block.strip())) or block.strip() == _END

    def run(self, parent: Element, blocks: list[str]) -> None:
        found = _OPEN.fullmatch(blocks.pop(0).strip())
        inner: list[str] = []
        ends = [at for at, block in enumerate(blocks) if block.strip() == _END]
        if not found or not ends:
            return
        inner = blocks[: ends[0]]
        del blocks[: ends[0] + 1]
        fence = self.extension.state.fences[int(found[1])]
        element = SubElement(parent, "figure")
        self.extension.state.boxes.append((element, fence))
        if fence.title:
            SubElement(element, "h2").text = fence.title
        self.parser.parseBlocks(element, inner)


class _Embeds(BlockProcessor):
    """A block that is nothing but `[embed: …]`."""

    passes_prose = True

    def __init__(self, parser: Any, extension: MarkupExtension) -> None:
        super().__init__(parser)
        self.extension = extension

    def test(self, parent: Element, block: str) -> bool:
        line = block.strip("\n")
        return parent is self.parser.root and bool(BEGINNING.match(line)) and parse_embed(line) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        typed = blocks.pop(0).strip("\n")
        found = parse_embed(typed)
        assert found is not None
        state = self.extension.state
        line = state.source.take(re.escape(typed.strip()))
        for complaint in found.complaints:
            state.find(complaint, line, typed.strip())
        if found.provider is None:
            paragraph = SubElement(parent, LINK)
            link = SubElement(paragraph, "a", {"href": found.url}) if "//" in found.url else paragraph
            link.text = AtomicString(found.title or found.url)
            return
        said = {"url": found.url, "title": found.title, "still": found.still, "credit": found.credit}
        SubElement(
            parent, "pressroom-embed", {**said, "provider": found.provider.name, "action": found.provider.action.value}
        )


class _Paragraphs(Treeprocessor):
    """A link alone becomes a paragraph when all blocks are read: before, `:   words` below would take it for a term."""

    def run(self, root: Element) -> None:
        for element in root:
            if element.tag == LINK:
                element.tag = "p"


class _Pullquotes(BlockQuoteProcessor):
    """A quote with `{.pullquote}` on the line after it. Markdown itself would give that to the quote's last paragraph,
    and join the quote with one that follows.
    """

    passes_prose = True
    LAST = re.compile(r"\n[ ]{0,3}\{:?[ ]*\.pullquote[ ]*\}[ ]*\Z")

    def __init__(self, parser: Any, extension: MarkupExtension) -> None:
        super().__init__(parser)
        self.extension = extension

    def test(self, parent: Element, block: str) -> bool:
        return parent is self.parser.root and bool(self.LAST.search(block)) and super().test(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = self.LAST.sub("", blocks.pop(0))
        found = self.RE.search(block)
        assert found is not None
        self.parser.parseBlocks(parent, [block[: found.start()]])
        element = SubElement(parent, "figure")
        state = self.extension.state
        state.pullquotes.append(element)
        state.source.take(r"^[ ]{0,3}\{:?[ ]*\.pullquote[ ]*\}[ ]*$", before=r"[ ]{0,3}>")
        self.parser.state.set("blockquote")
        self.parser.parseChunk(element, "\n".join(self.clean(line) for line in block[found.start() :].split("\n")))
        self.parser.state.reset()


_CODE = frozenset({"code", "pre"})
_MAY_BE_LEFT_OVER = re.compile(r"[\[{:](?:(?<=\[)\s*e|(?<=\{):?\s*\.p|(?<=:)::)", re.IGNORECASE)
"""What a line of colons, an embed or a pull-quote's mark holds at the least."""
_LEFT_OVER_BEGINS = ("[", "{", ":::")
"""Of these, one stands in a text that holds such."""
_SAMENESS = re.compile(r"\W+")
_DASHES = ("—", "–", "--", "―")


class _Finish(Treeprocessor):
    """Boxes get their names and ranks; what slipped through to readers is told."""

    def __init__(self, md: Markdown, extension: MarkupExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        state = self.extension.state
        if not self.extension.allow_raw_html:
            self._check_html(root)
        text = "".join(root.itertext())
        some_left_over = any(mark in text for mark in _LEFT_OVER_BEGINS)
        for element in list(root.iter()):
            if some_left_over or element.keys():
                self._check_left_over(element)
        self._rank_headings(root)
        for number, (element, fence) in enumerate(state.boxes, start=1):
            self._finish_box(root, element, fence, number)
        for element in state.pullquotes:
            self._finish_pullquote(root, element)
        for number, link in enumerate((a for a in root.iter("a") if a.get("class") == "footnote-backref"), start=1):
            # The title that Markdown gives is English on every page.
            link.attrib.pop("title", None)
            link.set("aria-label", f"{SLOT.format(BACK)} {number}")

    # HTML

    def _check_html(self, root: Element) -> None:
        state = self.extension.state
        for fault in self._faults(root):
            line = next((line for words in fault.words if (line := state.source.line_of(words))), 0)
            state.find(fault.complaint, line, fault.words[-1])

    def _faults(self, root: Element) -> Iterator[Fault]:
        for raw in self.md.htmlStash.rawHtmlBlocks:
            if isinstance(raw, str) and "<" in raw:
                yield from check_html(raw)
        for element in root.iter():
            if not element.keys() and element.tag in TAGS:
                continue
            if isinstance(element.tag, str) and not element.tag.startswith("pressroom-"):
                attributes = [
                    (name, unescape(resolve(self.md, value or "")))
                    for name, value in element.attrib.items()
                    if not (element.tag == "img" and name == "credit")
                ]
                yield from check_element(element.tag, attributes)

    # What readers would see as typed

    def _check_left_over(self, element: Element) -> None:
        if not isinstance(element.tag, str) or element.tag in _CODE:
            return
        texts = [element.text or "", *(child.tail or "" for child in element)]
        if any(map(_MAY_BE_LEFT_OVER.search, texts)):
            self._tell_left_over(texts)
        classes = (element.get("class") or "").split()
        if "pullquote" in classes or (
            classes and element.tag in {"p", "blockquote"} and get_close_matches("pullquote", classes, n=1, cutoff=0.8)
        ):
            self._tell_pullquote(next(each for each in classes if get_close_matches("pullquote", [each], cutoff=0.8)))

    def _tell_left_over(self, texts: list[str]) -> None:
        """texts: of one element; the first begins a block."""
        state = self.extension.state
        for number, text in enumerate(texts):
            for _ in re.finditer(r"(?:^|\n)\s*:::" if number == 0 else r"\n\s*:::", text):
                hint = "begin and end a box at the left margin, with an empty line around it"
                complaint = Complaint(STRAY_FENCE, "this line of ::: stands where no box can", hint)
                state.find(complaint, state.source.take(":::"), ":::")
            for _ in re.finditer(r"\[\s*embed\s*:", text, re.IGNORECASE):
                hint = f"leave an empty line before and after it, and type {HOW}"
                complaint = Complaint(
                    EMBED, "an embed is not alone between two empty lines, or not written as it must be", hint
                )
                state.find(complaint, state.source.take(r"\[\s*embed\s*:"), "[embed")
            for _ in re.finditer(r"\{:?\s*\.pull-?quote\b", text, re.IGNORECASE):
                self._tell_pullquote()

    def _tell_pullquote(self, name: str = "pullquote") -> None:
        hint = "type it on the line after a quote, at the left margin: > The words.  and below them  {.pullquote}"
        if name != "pullquote":
            hint = "did you mean {.pullquote}?"
        complaint = Complaint(PULLQUOTE, f"{{.{name}}} makes no pull-quote here", hint)
        state = self.extension.state
        state.find(complaint, state.source.take(re.escape(name)), name)

    # Ranks

    def _rank_headings(self, root: Element) -> None:
        boxes = {id(element): fence for element, fence in self.extension.state.boxes}
        ranks = Ranks()
        for element in root:
            fence = boxes.get(id(element))
            if element.tag in HEADINGS:
                element.tag = HEADINGS[ranks.next(int(element.tag[1])) - 1]
            if len(element) == 0 or element.tag in HEADINGS:
                continue
            inner = Ranks(ranks.current)
            headings = [each for each in element.iter() if each.tag in HEADINGS]
            for number, heading in enumerate(headings):
                is_title = number == 0 and fence is not None and bool(fence.title)
                heading.tag = HEADINGS[inner.next(0 if is_title else int(heading.tag[1])) - 1]

    # Boxes

    def _finish_box(self, root: Element, element: Element, fence: Fence, number: int) -> None:
        state = self.extension.state
        if not visible_text(self.md, element).strip() and element.find(".//img") is None:
            complaint = Complaint(
                EMPTY_BOX, f"the {fence.name} is empty", "write between its two lines, or delete them"
            )
            state.find(complaint, fence.line)
        if fence.name == "gallery":
            self._finish_gallery(root, element, fence)
            return
        element.tag = "aside"
        element.set("class", fence.name)
        if fence.name == "note":
            element.set("role", "note")
        if fence.title and len(element) and element[0].tag in HEADINGS:
            element[0].set("id", element[0].get("id") or f"{fence.name}-{number}")
            element.set("aria-labelledby", element[0].get("id") or "")

    def _finish_gallery(self, root: Element, element: Element, fence: Fence) -> None:
        """Pictures alone, in paragraphs or one below the other. One with other things in it stays as it was typed."""
        inside = list(element)[1 if fence.title else 0 :]
        pictures = [child for block in inside for child in block]
        words = [visible_text(self.md, block) for block in inside]
        if not pictures and not any(word.strip() for word in words):
            element.tag = "div"
            return
        others = [
            block for block in inside if block.tag != "p" or any(child.tag not in {"img", "br"} for child in block)
        ]
        said = next((squeezed(word) for word in words if word.strip()), "")
        if others or said:
            what = f"'{shortened(said, 60)}'" if said else "something else"
            complaint = Complaint(
                GALLERY, f"the gallery holds {what} beside its pictures", "put it above or below the gallery"
            )
            self.extension.state.find(complaint, fence.line)
            at = list(root).index(element)
            root[at : at + 1] = list(element)
            return
        title = visible_text(self.md, element[0]) if fence.title else ""
        tail = element.tail
        element.clear()
        element.tag, element.tail = "pressroom-gallery", tail
        element.set("title", title)
        for picture in pictures:
            if picture.tag == "img":
                picture.tail = None
                element.append(picture)

    # Pull-quotes

    def _finish_pullquote(self, root: Element, element: Element) -> None:
        element.tag = "aside"
        element.set("class", "pullquote")
        _part_name(element)
        if element.find(".//a") is None and self._repeats(root, element):
            # Its words come again, or have come: who listens to the page hears them once.
            element.set("aria-hidden", "true")

    def _repeats(self, root: Element, element: Element) -> bool:
        """Whether the words of a pull-quote, but for the name below them, stand in the text."""
        quotes = self.extension.state.pullquotes
        told = [visible_text(self.md, each) for each in root if not any(each is quote for quote in quotes)]
        text = _same(" ".join(told))
        lines = visible_text(self.md, element).split("\n")
        said = " ".join(line for line in lines if not line.strip().startswith(_DASHES))
        parts = [part for each in re.split(r"…|\.\.\.", said) if (part := _same(each).strip())]
        return bool(parts) and all(f" {part} " in f" {text} " for part in parts)


def _part_name(quote: Element) -> None:
    """`— Ani Example` on the last line of a quote becomes a paragraph of its own."""
    last = quote[-1] if len(quote) else None
    if last is None or last.tag != "p":
        return
    text = (last[-1].tail if len(last) else last.text) or ""
    words, _, name = text.rpartition("\n")
    if not name.strip().startswith(_DASHES) or not (words.strip() or len(last)):
        return
    if len(last):
        last[-1].tail = words
    else:
        last.text = words
    last.tail, tail = "\n", last.tail
    paragraph = SubElement(quote, "p")
    paragraph.text, paragraph.tail = name.strip(), tail


def _same(text: str) -> str:
    return _SAMENESS.sub(" ", text.casefold())


class _FrameTables(Treeprocessor):
    """A wide table scrolls in a frame of its own, which the keyboard reaches and which is called as its head says."""

    def __init__(self, md: Markdown, extension: MarkupExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        if next(root.iter("table"), None) is None:
            return
        for parent in list(root.iter()):
            for at, table in enumerate(list(parent)):
                if table.tag == "table":
                    heads = [squeezed(visible_text(self.md, head)) for head in table.iter("th")]
                    name = shortened(", ".join(head for head in heads if head), 120)
                    # A group and no region: a page with ten tables must not have ten landmarks more.
                    frame = Element("div", {"role": "group", "tabindex": "0"})
                    name = typography.characters(name, self.extension.state.lang) or SLOT.format(TABLE)
                    # The typesetter takes no attribute with a hyphen for one, and would set a bare & in it.
                    frame.set("aria-label", name.replace("&", AMP_SUBSTITUTE + "amp;"))
                    frame.tail, table.tail = table.tail, None
                    frame.append(table)
                    parent[at] = frame
