r"""What a reader sees of an element, while Python-Markdown still keeps half of it in its stash.

At the end of Markdown's tree stage the text holds placeholders: `\x02wzxhzdk:3\x03` for raw HTML and entities,
`\x0242\x03` for an escaped character, `\x02amp\x03` for an ampersand, and our own tokens. This module turns them back.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

SLOT = "\x02slot:{}\x03"
"""A place that a plugin fills later: `SLOT.format("dateline")` in an element's text."""

_TOKEN = re.compile(r"\x02(?:wzxhzdk:(?P<raw>\d+)|(?P<escaped>\d+)|(?P<amp>amp)|slot:[a-z-]+|[^\x02\x03]*)\x03")
_ENTITY = re.compile(r"\x02amp\x03#(\d{1,7});")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe", "object", "head"})


class _Text(HTMLParser):
    """Collects the text between tags; comments, declarations and what no reader sees are dropped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in {"br", "p", "li", "td", "th", "div", "tr"}:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


def text_of_html(html: str) -> str:
    """The visible text of a piece of HTML."""
    if "<" not in html:
        return unescape(html)
    parser = _Text()
    try:
        parser.feed(html)
        parser.close()
    except AssertionError:
        # html.parser gives up so on `<![` that opens nothing it knows; readers see it as text.
        return unescape(html)
    return "".join(parser.parts)


def resolve(md: Any, text: str) -> str:
    """`text` with Python-Markdown's placeholders turned back into what a reader sees; slots are empty.

    md: the `markdown.Markdown` whose stash the placeholders point into.
    """
    if "\x02" not in text:
        return text

    def seen(found: re.Match[str]) -> str:
        if found["raw"] is not None:
            blocks = md.htmlStash.rawHtmlBlocks
            raw = blocks[int(found["raw"])] if int(found["raw"]) < len(blocks) else ""
            return text_of_html(raw if isinstance(raw, str) else "".join(raw.itertext()))
        if found["escaped"] is not None:
            return chr(int(found["escaped"]))
        return "&" if found["amp"] else ""

    # `<ani@courier.example>` is written in entities against harvesters: \x02amp\x03#97; is one letter.
    text = _ENTITY.sub(lambda found: chr(min(int(found[1]), 0x10FFFF)), text)
    return _TOKEN.sub(seen, text)


def visible_text(md: Any, element: Any) -> str:
    """All that a reader sees of an element of the tree, footnote marks left out, white space as it stands."""
    if element.tag == "p" and len(element) == 0:
        return resolve(md, element.text or "")
    return resolve(md, "".join(_texts(element)))


def _texts(element: Any) -> list[str]:
    parts: list[str] = []
    stack = [(element, False)]
    while stack:
        node, done = stack.pop()
        if done:
            parts.append(node.tail or "")
            continue
        if node.tag == "sup" and (node.get("id") or "").startswith("fnref"):
            continue
        if isinstance(node.tag, str):
            parts.append(node.text or "")
        for child in reversed(list(node)):
            stack.append((child, True))
            stack.append((child, False))
        if node.tag in {"br", "li", "td", "th", "dt", "dd"}:
            parts.append(" ")
    return parts


def squeezed(text: str) -> str:
    """One line: runs of white space become one space; no-break spaces stay what they are."""
    text = text.replace("\n", " ")
    if "  " in text or "\t" in text or "\r" in text or "\f" in text or "\v" in text:
        text = _SPACES.sub(" ", text)
    return text.strip()


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters: whole sentences if the first fit well, else whole words and an ellipsis."""
    text = squeezed(text)
    if len(text) <= limit:
        return text
    head = text[: limit + 1]
    ends = [found.end() for found in re.finditer(r"[.!?։。؟][”’»\"')]*(?=\s)", head)]
    if ends and ends[-1] >= limit // 2:
        return head[: ends[-1]]
    cut = head.rfind(" ", 0, limit)
    return head[: cut if cut > 0 else limit - 1].rstrip(" ,;:—–-") + "…"
