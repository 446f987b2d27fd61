"""Markdown to blocks: the tree is cut between its top-level elements, and pictures and links become values.

    ![Two women](images/press.jpg "The oldest press."){credit="Ani Example"}   →
    Figure(src={static}images/press.jpg, …)
    [the fair](../2026/fair.md)                                               →  Link("filename", "../2026/fair.md")

The cutter works on Python-Markdown's element tree. Raw HTML is not in it but in a stash, where its addresses are marked
by `stories.rawlinks`; the finished HTML is then cut at these marks, and at Pelican's own link pattern: the one regex
over HTML in the house.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from msgspec.structs import replace

from plugins.newsroom import typography
from plugins.newsroom.addresses import split_address
from plugins.newsroom.body import Action, Block, Body, Embed, Figure, Gallery, Gap, Html, Link, Marker, Piece, Slot
from plugins.newsroom.gaps import KIND_OF_TAG, BlockKind, find_gaps
from plugins.newsroom.hooks import Finding
from plugins.newsroom.pictures import INLINE_PICTURE, REMOTE_PICTURE
from plugins.newsroom.problem import Code, Complaint, Severity
from plugins.newsroom.text import resolve, squeezed, text_of_html, visible_text
from plugins.stories.rawlinks import MARKED_LINK, kind_of_file, kind_of_link, marked, marked_value

OPEN_COMMENT = Code("story/open-comment", Severity.ERROR, "A comment in the text has no end, and would be printed.")

CUT = "\x02cut:{}\x03"
"""Stands between two blocks of the finished HTML. Markdown takes \\x02 out of its source, so no text can forge one."""

_CUT = re.compile("\x02cut:\\d+\x03")

INTRASITE_LINK = re.compile(
    r"""
    (?P<markup><[^\>]+(?:href|src|poster|data|cite|formaction|action|content)\s*=\s*)
    (?P<quote>["\'])
    (?P<path>[{|](?P<what>.*?)[|}](?P<value>.*?))
    (?P=quote)""",
    re.VERBOSE,
)
"""Pelican's pattern for links inside the site (`contents.py`, with its default INTRASITE_LINK_REGEX); a test
compares them."""

_DATELINE = "\x02slot:dateline\x03"
_MARK = re.compile("\x02slot:(?P<slot>[a-z-]+)\x03|" + MARKED_LINK)
_EMBED = re.compile(r"\[embed:[^\]]*\]", re.IGNORECASE)
_RAW_ONLY = re.compile(r"\s*\x02wzxhzdk:(\d+)\x03\s*")


@dataclass
class _Cut:
    """What the tree gives up while it is cut: one entry a top-level element."""

    kinds: list[BlockKind] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    blocks: list[Figure | Gallery | Embed | Marker | None] = field(default_factory=list)
    repeats: set[int] = field(default_factory=set)

    def add(self, kind: BlockKind, text: str, block: Figure | Gallery | Embed | Marker | None = None) -> None:
        """Take note of one element."""
        self.kinds.append(kind)
        self.texts.append(text)
        self.blocks.append(block)


class BodyExtension(Extension):
    """Cuts each document into blocks. `lang` is the story's and is set before each conversion."""

    def __init__(self) -> None:
        super().__init__()
        self.lang = "en"
        self.cut = _Cut()
        self.findings: list[Finding] = []

    def begin(self, lang: str) -> None:
        """Forget the last document."""
        self.lang = lang
        self.cut = _Cut()
        self.findings = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Cut after every other processor of the tree (unescaping, 0, comes later); set type before raw HTML is
        back (30).
        """
        md.treeprocessors.register(_Cutter(md, self), "pressroom-cut", 3)
        md.postprocessors.register(_Typesetter(md, self), "pressroom-typography", 35)


class _Cutter(Treeprocessor):
    def __init__(self, md: Markdown, extension: BodyExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        cut = self.extension.cut
        self._drop_comments(root)
        self._check_comments(root)
        for element in root.iter():
            if element.keys():
                _make_tokens(self.md, element)
        stash = self.md.htmlStash.rawHtmlBlocks
        stash[:] = [marked(raw) if isinstance(raw, str) else raw for raw in stash]
        for element in root:
            text = squeezed(visible_text(self.md, element))
            if _is_plain(element, text):
                cut.add(BlockKind.PARAGRAPH, text)
            else:
                self._cut(element, text)
            element.tail = "\n" + CUT.format(len(cut.kinds)) + "\n"

    def _cut(self, element: Element, text: str) -> None:
        """Take note of a top-level element and its visible text."""
        cut = self.extension.cut
        kind = self._kind(element, text)
        block = self._block(element, kind)
        if element.tag == "aside" and element.get("aria-hidden") == "true":
            cut.repeats.add(len(cut.kinds))
            text = ""
        if block or kind is BlockKind.EMBED:
            text = ""
        cut.add(BlockKind.FIGURE if isinstance(block, Figure) else kind, text, block)
        if block is None:
            self._check_pictures(element)

    def _drop_comments(self, root: Element) -> None:
        """An editor's `<!-- is this true? -->` is not for readers."""
        raw = self.md.htmlStash.rawHtmlBlocks
        for number, block in enumerate(raw):
            if isinstance(block, str) and _is_comment(block):
                raw[number] = ""
        for element in list(root) if "" in raw else ():
            found = _RAW_ONLY.fullmatch(element.text or "")
            if element.tag == "p" and not len(element) and found and raw[int(found[1])] == "":
                root.remove(element)

    def _check_comments(self, root: Element) -> None:
        """A comment that nothing closes would be printed as text, note and all."""
        if "<!--" not in "".join(root.itertext()):
            return
        inside = [(root, False)]
        while inside:
            element, in_code = inside.pop()
            in_code = in_code or element.tag in {"code", "pre"}
            if not in_code and any("<!--" in (text or "") for text in (element.text, *(each.tail for each in element))):
                complaint = Complaint(OPEN_COMMENT, "the comment that begins with <!-- has no end", "end it with -->")
                self.extension.findings.append(Finding(complaint, "<!--"))
            inside += [(each, in_code) for each in element]

    def _kind(self, element: Element, text: str) -> BlockKind:
        if element.tag == "div" and element.get("class") == "footnote":
            return BlockKind.FOOTNOTES
        if element.tag == "p" and not len(element) and (found := _RAW_ONLY.fullmatch(element.text or "")):
            raw = self.md.htmlStash.rawHtmlBlocks[int(found[1])]
            return BlockKind.CODE if isinstance(raw, str) and raw.startswith("<pre>") else BlockKind.RAW
        if element.tag == "p" and not text:
            return BlockKind.RAW if element.find(".//img") is None else BlockKind.FIGURE
        if element.tag == "p" and _EMBED.fullmatch(text):
            return BlockKind.EMBED
        if element.tag == "blockquote" and any(_is_pullquote(each) for each in element.iter()):
            return BlockKind.BOX
        return KIND_OF_TAG.get(element.tag, BlockKind.RAW)

    def _block(self, element: Element, kind: BlockKind) -> Figure | Gallery | Embed | Marker | None:
        if kind is BlockKind.MARKER:
            return Marker(element.get("name"))
        if element.tag == "pressroom-gallery":
            figures = [self._figure(picture) for picture in element]
            return Gallery(tuple(each for each in figures if each), self._words(element.get("title")))
        if element.tag == "pressroom-embed":
            return self._embed(element)
        picture = _lone_picture(element)
        return None if picture is None else self._figure(picture)

    def _figure(self, picture: Element) -> Figure | None:
        src = self._still(picture.get("src") or "")
        words = {key: self._words(picture.get(key)) for key in ("alt", "title", "credit")}
        return Figure(src, words["alt"] or None, words["title"], words["credit"]) if src else None

    def _embed(self, element: Element) -> Embed:
        still = element.get("still") or ""
        return Embed(
            element.get("url") or "",
            element.get("provider") or "",
            Action(element.get("action") or Action.OPEN),
            self._words(element.get("title")),
            self._still(_picture_token(still)) if still else None,
            self._words(element.get("credit")),
        )

    def _still(self, src: str) -> Link | None:
        """The file of a picture; one on another site is told, and is None."""
        if src.startswith("{static}"):
            return Link("static", src.removeprefix("{static}"))
        complaint = Complaint(
            REMOTE_PICTURE, f"the picture {src} is not in content/", "save it beside the story, and name that file"
        )
        self.extension.findings.append(Finding(complaint, src))
        return None

    def _words(self, text: str | None) -> str:
        return typography.characters(squeezed(resolve(self.md, text or "")), self.extension.lang)

    def _check_pictures(self, element: Element) -> None:
        for picture in element.iter("img"):
            src = picture.get("src", "")
            picture.attrib.pop("credit", None)
            if src.startswith("{static}"):
                complaint = Complaint(
                    INLINE_PICTURE,
                    "a picture inside a paragraph has neither caption nor credit",
                    "put it alone, between two empty lines",
                )
                self.extension.findings.append(Finding(complaint, src.removeprefix("{static}")))
            elif split_address(src).scheme in {"http", "https"} or src.startswith("//"):
                complaint = Complaint(
                    REMOTE_PICTURE,
                    f"the picture {src} is not in content/",
                    "save it beside the story, and name that file",
                )
                self.extension.findings.append(Finding(complaint, src))


class _Typesetter(Postprocessor):
    def __init__(self, md: Markdown, extension: BodyExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, text: str) -> str:
        """Set all blocks at once."""
        return typography.set_html(text, self.extension.lang)


def _is_comment(raw: str) -> bool:
    raw = raw.strip()
    return raw.startswith("<!--") and raw.find("-->") == len(raw) - 3


def _is_plain(element: Element, text: str) -> bool:
    """Whether an element is a paragraph of words and nothing else, as most are. text: all that readers see of it."""
    return element.tag == "p" and len(element) == 0 and text[:1] not in ("", "[") and "\x02" not in (element.text or "")


def _make_tokens(md: Markdown, element: Element) -> None:
    """Addresses inside the site become links that are resolved later: `{filename}`, `{static}`, `{site}`; all
    others stay.
    """
    if element.tag == "a" and (href := element.get("href")):
        what = kind_of_link(href)
        element.set("href", f"{{{what}}}{href}" if what else href)
    elif element.tag == "img" and (src := element.get("src")):
        element.set("src", _picture_token(src))
    elif isinstance(element.tag, str) and not element.tag.startswith("pressroom-"):
        # A film typed as `<video markdown="1" …>`: Markdown itself makes no other address.
        for name, value in list(element.items()):
            if value and (new := marked_value(element.tag, name, unescape(resolve(md, value)))) is not None:
                element.set(name, new)


def _picture_token(src: str) -> str:
    return "{static}" + src if kind_of_file(src) else src


def _is_pullquote(element: Element) -> bool:
    return "pullquote" in element.get("class", "").split()


def _lone_picture(element: Element) -> Element | None:
    """The `<img>` of a paragraph that holds nothing else."""
    if element.tag == "p" and len(element) == 1 and element[0].tag == "img":
        around = (element.text or "") + (element[0].tail or "")
        return None if around.strip() else element[0]
    return None


def make_body(html: str, cut: _Cut, lang: str = "") -> Body:
    """The blocks of a finished document. Neighbouring blocks with no gap worth keeping between them stay apart all
    the same.
    """
    chunks = [chunk.strip("\n") for chunk in _CUT.split(html)]
    blocks: list[Block] = []
    seen = 0
    dateline = next((index for index, chunk in enumerate(chunks) if _DATELINE in chunk), None)
    for index, (text_before, allowed) in enumerate(find_gaps(cut.kinds, cut.texts, lang, dateline)):
        blocks.append(cut.blocks[index] or Html(_pieces(chunks[index]), index in cut.repeats))
        blocks.append(Gap(text_before, allowed))
        seen = text_before
    told = [text for text, kind in zip(cut.texts, cut.kinds, strict=True) if kind is not BlockKind.FOOTNOTES]
    return Body(tuple(blocks), seen, len(" ".join(told).split()))


def _pieces(html: str) -> tuple[Piece, ...]:
    """HTML in pieces; most of it is one."""
    return (html,) if html and "\x02" not in html and "{" not in html and "|" not in html else tuple(pieces(html))


def pieces(html: str) -> Iterator[Piece]:
    """HTML cut at its links inside the site, and at its slots."""
    if "{" not in html and "|" not in html:
        yield from _marks(html)
        return
    position = 0
    for found in INTRASITE_LINK.finditer(html):
        yield from _marks(html[position : found.start("path")])
        yield Link(found["what"].strip().lower(), text_of_html(found["value"]))
        position = found.end("path")
    yield from _marks(html[position:])


def _marks(html: str) -> Iterator[Piece]:
    if html and "\x02" not in html:
        yield html
        return
    position = 0
    for found in _MARK.finditer(html):
        if before := html[position : found.start()]:
            yield before
        yield Slot(found["slot"]) if found["slot"] else Link(found["what"], unescape(found["value"]))
        position = found.end()
    if rest := html[position:]:
        yield rest


def with_lines(body: Body, lines: list[str], first_line: int) -> Body:
    """The same body with the line in the file of every link and marker; equal ones are found in order.

    lines: of the source, whose first is the file's `first_line`.
    """
    seen: Counter[str] = Counter()

    def line_of(words: str) -> int:
        # In raw HTML an address may be typed with `&amp;`.
        return find_line(lines, words, first_line, seen) or find_line(lines, escape(words), first_line, seen)

    def placed(link: Link) -> Link:
        return Link(link.what, link.value, line_of(link.value))

    def placed_figure(figure: Figure) -> Figure:
        return replace(figure, src=placed(figure.src))

    blocks: list[Block] = []
    for block in body.blocks:
        match block:
            case Gap() | Html(pieces=(str(),)):
                blocks.append(block)
            case Html() if any(isinstance(piece, Link) for piece in block.pieces):
                parts = tuple(placed(piece) if isinstance(piece, Link) else piece for piece in block.pieces)
                blocks.append(replace(block, pieces=parts))
            case Figure():
                blocks.append(placed_figure(block))
            case Gallery():
                blocks.append(replace(block, figures=tuple(placed_figure(figure) for figure in block.figures)))
            case Embed():
                blocks.append(replace(block, still=block.still and placed(block.still)))
            case Marker():
                blocks.append(Marker(block.name, line_of("[newsletter")))
            case _:
                blocks.append(block)
    return Body(tuple(blocks), body.characters, body.words)


def find_line(lines: list[str], words: str, first_line: int, seen: Counter[str]) -> int:
    """Where `words` stand for the (seen[words] + 1)th time, counted from the file's first line; 0 where they do not."""
    if not words:
        return 0
    wanted = seen[words]
    seen[words] += 1
    last = 0
    for number, line in enumerate(lines, start=first_line):
        found = line.count(words)
        if found:
            last = number
            if found > wanted:
                return number
            wanted -= found
    return last


def first_paragraph(cut: _Cut) -> str:
    """The text of the first paragraph, for a summary."""
    return next(
        (text for text, kind in zip(cut.texts, cut.kinds, strict=True) if text and kind is BlockKind.PARAGRAPH), ""
    )
