"""A story's HTML for feed readers: on somebody else's page, without our style sheet, our scripts and our address.

    <a class="footnote-ref" href="#fn:1">1</a>   →   <a href="https://courier.example/2026/10/03/fair/#fn:1">1</a>

The finished HTML is read tag by tag and written anew. What a feed may not hold goes with all that is in it; a frame
becomes a link to what it showed.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

from plugins.newsroom.addresses import split_address

GONE = (
    frozenset({"script", "style", "template", "noscript", "svg", "canvas", "head", "title", "noembed", "noframes"})
    | frozenset({"form", "button", "select", "textarea", "datalist", "dialog"})
    | frozenset({"object", "applet", "frameset", "map", "xmp"})
)
"""Elements that go with all that is in them: they run, send, or show what feed readers cannot."""

GONE_ALONE = frozenset({"input", "embed", "link", "meta", "base", "param", "area", "keygen"})
"""The same, of elements that hold nothing."""

FRAMES = frozenset({"iframe", "frame"})

VOID = frozenset({"br", "col", "hr", "img", "source", "track", "wbr"})
"""HTML Standard, 13.1.2: elements without an end tag, but those that go."""

ADDRESSES = frozenset({"cite", "href", "poster", "src"})
FETCHED = frozenset({"poster", "src"})
NEEDS_SRC = frozenset({"img", "source", "track"})

ATTRIBUTES = ADDRESSES | {
    *("abbr", "alt", "colspan", "controls", "datetime", "dir", "download", "height", "hidden", "hreflang", "kind"),
    *("label", "lang", "open", "preload", "reversed", "rowspan", "scope", "span", "srclang", "start", "title"),
    *("translate", "type", "value", "width"),
}
"""What is kept. Classes and styles mean nothing elsewhere; an `id` would stand once for each entry of a feed."""

SCHEMES = frozenset({"", "http", "https", "mailto", "tel", "sms", "geo", "xmpp", "irc", "ircs", "ftp", "magnet"})
"""What a link in a feed may begin with; none, where the paper has no address yet."""

WEB = frozenset({"", "http", "https"})
"""What a feed reader may fetch by itself."""

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PLAIN = re.compile(
    r"""(?: [^<&]++
          | & (?: \#\d++ | [A-Za-z]++ \d*+ ) ;
          | </?(?: p|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|em|strong|b|i|u|s|small|sub|sup|code|pre|br|hr|table|t[rhd] )>
        )*""",
    re.VERBOSE,
)
"""Words between tags that mean the same everywhere: most of a paper, and there is nothing to do in it."""


def xml_text(text: str) -> str:
    """The text without the characters that no XML document may hold (XML 1.0, 2.2), escaped or not."""
    return _FORBIDDEN.sub("", text)


def travelling(html: str, page: str) -> str:
    """A piece of a story's HTML as it may stand anywhere. page: the address of the story's own page."""
    if _PLAIN.fullmatch(html):
        return html
    parser = _Traveller(page)
    try:
        parser.feed(html)
        parser.close()
    except AssertionError:
        # html.parser gives up so on a `<![` that opens nothing it knows; readers see it as text.
        parser.parts.append(escape(parser.rawdata, quote=False))
    return "".join(parser.parts)


def absolute(address: str, page: str) -> str:
    """Where an address on the story's page leads, from anywhere; empty where a feed may not lead there."""
    address = re.sub(r"[\t\n\r]", "", address).strip("".join(map(chr, range(0x21))))
    if split_address(address).scheme not in SCHEMES:
        return ""
    try:
        return urljoin(page, address)
    except ValueError:  # `//[x`
        return ""


class _Traveller(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.page = page
        self.parts: list[str] = []
        self._gone = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._gone:
            self._depth += tag == self._gone
        elif tag in GONE or tag in FRAMES:
            self._gone, self._depth = tag, 1
            if tag in FRAMES:
                self._write_frame(dict(attrs).get("src") or "")
        elif tag not in GONE_ALONE:
            self._write_tag(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID | GONE_ALONE:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._gone:
            self._depth -= tag == self._gone
            if not self._depth:
                self._gone = ""
        elif tag not in VOID | GONE | GONE_ALONE | FRAMES:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._gone:
            self.parts.append(data.replace("&", "&amp;").replace("<", "&lt;"))

    def handle_entityref(self, name: str) -> None:
        if not self._gone:
            self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        if not self._gone:
            self.parts.append(f"&#{name};")

    def _write_tag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = {name: value for name, value in reversed(attrs) if name in ATTRIBUTES}  # the first of two counts
        for name in ADDRESSES & kept.keys():
            url = absolute(kept[name] or "", self.page)
            if name in FETCHED and not (kept[name] and split_address(url).scheme in WEB):
                url = ""
            kept[name] = url
            if not url:
                del kept[name]
        if tag in NEEDS_SRC and "src" not in kept:
            return
        said = (name if value is None else f'{name}="{escape(value)}"' for name, value in reversed(kept.items()))
        self.parts.append(f"<{' '.join([tag, *said])}>")

    def _write_frame(self, src: str) -> None:
        url = absolute(src, self.page) if src else ""
        if url and split_address(url).scheme in WEB:
            self.parts.append(f'<a href="{escape(url)}">{escape(url, quote=False)}</a>')
