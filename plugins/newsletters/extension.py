"""`[newsletter]`, alone between two empty lines, says: here. Found on the element tree, after Markdown's inline stage.

    [newsletter]            →  <pressroom-marker />
    [newsletter: weekly]    →  <pressroom-marker name="weekly" />

A mark that stands where no sign-up can is a finding, and is taken out: readers never see the brackets.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from plugins.newsletters.codes import MARKER_INSIDE, REFERENCE, SECOND_MARKER
from plugins.newsroom.hooks import Finding, Outcome
from plugins.newsroom.problem import Complaint
from plugins.newsroom.story import Plain, Story

MARKER_TAG = "pressroom-marker"

_MARK = r"\[\s*newsletter\s*(?:[:\s]\s*(?P<name>[^\[\]\n]*?)\s*)?\]"
_WHOLE = re.compile(rf"\s*(?P<mark>{_MARK})\s*", re.IGNORECASE)
_LINE = re.compile(rf"(?P<start>^|\n)[ \t]*(?P<mark>{_MARK})[ \t]*(?=\n|\Z)", re.IGNORECASE)
_REFERENCE = re.compile(r"newsletter\s*(?::.*)?", re.IGNORECASE)

_EMPHASIS = frozenset({"em", "strong", "b", "i"})
_CODE = frozenset({"code", "pre"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PLACES = {
    "li": "a list",
    "dt": "a list",
    "dd": "a list",
    "blockquote": "a quote",
    "td": "a table",
    "th": "a table",
    "figure": "a picture",
    **dict.fromkeys(_HEADINGS, "a heading"),
}
_BLOCKS = frozenset({"p", "div", "section", "figcaption", "ul", "ol", "dl", "table", *_PLACES})
_GOES_WHEN_EMPTY = frozenset({"p", "li", "ul", "ol", "blockquote", *_HEADINGS})


class NewsletterExtension(Extension):
    """Finds the marks. The fact is `{"list": "weekly"}`, or `{"list": None}` for a mark without a name."""

    def __init__(self) -> None:
        super().__init__()
        self.fact: Plain = None
        self.seen: Counter[str] = Counter()
        self.findings: list[Finding] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Run after the inline stage (20) and before the tree is cut into blocks (3)."""
        md.treeprocessors.register(_Marks(md, self), "pressroom-newsletters", 4.5)

    def begin(self, _front: Story | None = None) -> None:
        """Forget the last file."""
        self.fact = None
        self.seen = Counter()
        self.findings = []

    def outcome(self) -> Outcome:
        """The mark that counts, and what is wrong with others."""
        return Outcome(self.fact, tuple(self.findings))

    def applies(self, _md: Markdown) -> bool:
        """Whether the text that is being converted is a story's body."""
        return True


class _Marks(Treeprocessor):
    def __init__(self, md: Markdown, extension: NewsletterExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        if not self.extension.applies(self.md):
            return
        for name in self.md.references:
            if _REFERENCE.fullmatch(name):
                self._find(
                    Complaint(
                        REFERENCE,
                        f"the link named [{name}] turns [newsletter] marks into links",
                        f"give the link another name: [{name}-page]: …",
                    ),
                    f"[{name}]:",
                )
        if "[" not in "".join(root.itertext()):
            return
        for child in list(root):
            if child.tag == "p" and (found := _WHOLE.fullmatch(_plain_text(child))):
                self._mark(root, child, found)
        self._take_out_others(root, "")

    def _mark(self, root: Element, element: Element, found: re.Match[str]) -> None:
        nth = self.extension.seen[found["mark"]]
        self.extension.seen[found["mark"]] += 1
        if self.extension.fact is not None:
            hint = "keep one; the sign-up at the end comes by itself"
            complaint = Complaint(SECOND_MARKER, "the story has a second newsletter mark", hint)
            self.extension.findings.append(Finding(complaint, found["mark"], nth))
            root.remove(element)
            return
        name = found["name"] or None
        self.extension.fact = {"list": name}
        tail = element.tail
        element.clear()
        element.tag = MARKER_TAG
        element.tail = tail
        if name:
            element.set("name", name)

    def _take_out_others(self, element: Element, place: str) -> bool:
        """Take out every mark that has a line of its own inside some other block; True where nothing else was in it.

        place: what the element stands in, for the message.
        """
        place = _PLACES.get(element.tag, place)
        marks = _take_marks(element) if element.tag in _BLOCKS else []
        for mark in marks:
            hint = "leave an empty line before and after it, at the left margin"
            complaint = Complaint(MARKER_INSIDE, f"the newsletter mark stands inside {place or 'a paragraph'}", hint)
            self._find(complaint, mark)
        emptied = bool(marks)
        for child in list(element):
            if child.tag not in _CODE and self._take_out_others(child, place):
                element.remove(child)
                emptied = True
        return emptied and element.tag in _GOES_WHEN_EMPTY and not len(element) and not (element.text or "").strip()

    def _find(self, complaint: Complaint, words: str) -> None:
        self.extension.findings.append(Finding(complaint, words))


def _plain_text(element: Element) -> str:
    """The text of an element that holds nothing but text and emphasis, as typed; else empty. Code is a quotation."""
    if len(element) and any(child.tag not in _EMPHASIS for child in element.iter() if child is not element):
        return ""
    return "".join(element.itertext())


def _take_marks(element: Element) -> list[str]:
    """The marks that have a line of their own in the text right inside a block, taken out of it."""
    marks: list[str] = []
    if not any("[" in (text or "") for text in (element.text, *(child.tail for child in element))):
        return marks
    children = list(element)

    def cut(text: str, *, starts: bool, ends: bool) -> str:
        """starts, ends: a line begins where the text does, ends where it does."""

        def take(found: re.Match[str]) -> str:
            if (found.start() == 0 and not found["start"] and not starts) or (found.end() == len(text) and not ends):
                return found[0]
            marks.append(found["mark"])
            return ""

        return _LINE.sub(take, text)

    def breaks(index: int) -> bool:
        """Whether a line ends at this child: before the first and after the last one, at a `<br>`, at a block."""
        return not 0 <= index < len(children) or children[index].tag == "br" or children[index].tag in _BLOCKS

    if element.text:
        element.text = cut(element.text, starts=True, ends=breaks(0))
    for index, child in enumerate(children):
        if child.tail:
            child.tail = cut(child.tail, starts=breaks(index), ends=breaks(index + 1))
    return marks
