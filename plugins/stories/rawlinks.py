"""Links in HTML that an author typed: they lead where Markdown's would, and are checked as those are.

    <a href="/about/">us</a>              as [us](/about/): an address of the site
    <a href="../2026/fair.md">fair</a>    as [fair](../2026/fair.md): the story's page, wherever that stands
    <img src="images/press.jpg" alt="">   as ![](images/press.jpg): a file beside the story, copied to the site
    <a href="https://wire.example/">      left as it is, and so are #fragments and mailto:

Such HTML never enters Markdown's tree. A parser finds its addresses; each gets a mark at which the page is cut later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from html.parser import HTMLParser

from plugins.newsroom.addresses import split_address

MARKED_LINK = "\x02link:(?P<what>[^\x02\x03 ]+) (?P<value>[^\x02\x03]*)\x03"
"""A link in the finished HTML: what it names, and its address as it would stand in an attribute. Markdown takes \\x02
out of its source, so no text can forge one."""

_SOURCE = re.compile(r"\.(?:md|markdown|mkd|mdown)$", re.IGNORECASE)
_LEADS_ELSEWHERE = re.compile("[A-Za-z][A-Za-z0-9+.-]*:|//|#|\\?|\\{|\\||\x02")
"""How an address begins that needs no resolving: a scheme, another host, this page itself, or Pelican's own form. One
that begins with a placeholder is `mailto:`, which Markdown writes in entities for <ani@courier.example>."""
_PELICANS = re.compile(r"[{|](?P<what>[^{}| ]+)[|}](?P<value>.*)", re.DOTALL)

_LEADS = frozenset({"action", "cite", "formaction", "href"})
"""Attributes with an address to which somebody goes."""
_SHOWS = frozenset({"poster", "src"})
"""Attributes with an address that the browser fetches."""
_MEDIA = frozenset({"audio", "img", "source", "track", "video"})
"""Elements whose `src` is a file that lies in content/; a frame's or a script's may be a page of the site as well."""

_WHITE = " \t\n\r\f"


def kind_of_link(address: str) -> str:
    """How an address to which readers go is resolved (`Link.what`); empty for one that leads elsewhere."""
    if not address or _LEADS_ELSEWHERE.match(address):
        return ""
    if _SOURCE.search(split_address(address).path):
        return "filename"
    return "site" if address.startswith("/") else "static"


def kind_of_file(address: str) -> str:
    """How the address of a picture or a film is resolved; empty for one on another site."""
    return "static" if address and not _LEADS_ELSEWHERE.match(address) else ""


def marked(html: str) -> str:
    """The same HTML with a mark for each address inside the site. A tag without one stays as it was typed."""
    if "=" not in html or "<" not in html:
        return html
    parser = _Tags(html)
    try:
        parser.feed(html)
        parser.close()
    except AssertionError:
        # html.parser gives up so on `<![` that opens nothing it knows; what follows is no HTML then.
        pass
    pieces: list[str] = []
    position = 0
    for start, typed, tag, attributes in parser.found:
        if (new := _marked_tag(typed, tag, attributes)) is not None:
            pieces += [html[position:start], new]
            position = start + len(typed)
    return "".join([*pieces, html[position:]])


def _marked_tag(typed: str, tag: str, attributes: list[tuple[str, str | None]]) -> str | None:
    values = [None if value is None else marked_value(tag, name, value) for name, value in attributes]
    if values == [None] * len(values):
        return None
    said = "".join(
        f" {name}" if old is None else f' {name}="{escape(old) if new is None else new}"'
        for (name, old), new in zip(attributes, values, strict=True)
    )
    return f"<{tag}{said}{' /' if typed.endswith('/>') else ''}>"


def marked_value(tag: str, name: str, value: str) -> str | None:
    """An attribute's value, escaped, with a mark for each address inside the site; None where it has none.

    value: as the browser reads it, entities resolved.
    """
    if "\x02" in value:
        return None  # a placeholder of Markdown's, of which no file or page has the name
    if name == "srcset":
        candidates = list(_candidates(value))
        new = ", ".join(" ".join([_mark(url, kind_of_file) or escape(url), *size]) for url, *size in candidates)
        return new if "\x02link:" in new else None
    if name in _LEADS or (name in _SHOWS and tag not in _MEDIA) or (tag, name) == ("object", "data"):
        return _mark(value, kind_of_link)
    return _mark(value, kind_of_file) if name in _SHOWS else None


def _mark(address: str, kind: Callable[[str], str]) -> str | None:
    # WHATWG URL Standard, 4.4: white space around an address goes, tabs and line ends inside it too.
    address = re.sub(r"[\t\n\r]", "", address).strip(_WHITE)
    if found := _PELICANS.fullmatch(address):
        return f"\x02link:{escape(found['what'].lower())} {escape(found['value'])}\x03"
    what = kind(address)
    return f"\x02link:{what} {escape(address)}\x03" if what else None


def _candidates(srcset: str) -> Iterator[list[str]]:
    """Each picture of a `srcset` with its size: `a.png 2x, b.png` → [a.png, 2x], [b.png].

    HTML Standard, 4.8.4.2.1: a comma inside an address is part of it, one at its end is not.
    """
    rest = srcset.strip(_WHITE + ",")
    while rest:
        address, rest = (*rest.split(maxsplit=1), "")[:2]
        if address.endswith(","):
            yield [address.rstrip(",")]
        else:
            size, _, rest = rest.partition(",")
            yield [address, *size.split()]
        rest = rest.strip(_WHITE + ",")


class _Tags(HTMLParser):
    """Collects the start tags of a text: where each stands, as typed, its name and its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str, str, list[tuple[str, str | None]]]] = []
        self._lines = [0, *(found.end() for found in re.finditer("\n", html))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        self.found.append((self._lines[line - 1] + column, self.get_starttag_text() or "", tag, attrs))
