"""HTML in a story: what shows words is welcome, what runs, frames, sends or asks another site is not.

    <details><summary>The rules</summary>…</details>      welcome
    <script src="https://…">                              an error, with its line
    **bold**{onclick="…"}, [a link](javascript:…)          errors too, though no tag was typed

The lists are those of nh3 (ammonia), with what editors need beside them. ALLOW_RAW_HTML switches all of this off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser

import nh3
from msgspec import Struct

from plugins.markup.codes import RAW_HTML
from plugins.newsroom.pictures import REMOTE_PICTURE
from plugins.newsroom.problem import Complaint

_MEDIA = frozenset({"audio", "video", "source", "track"})

TAGS = frozenset(
    nh3.ALLOWED_TAGS
    | _MEDIA
    | {"address", "aside", "details", "figcaption", "figure", "mark", "picture", "section", "small", "summary"}
    | {"abbr", "bdi", "ruby", "rb", "rp", "rt", "sub", "sup", "tfoot", "time"}
)

_EVERYWHERE = frozenset({"class", "dir", "hidden", "id", "lang", "role", "tabindex", "title", "translate"})
"""Attributes of every element; those that begin with `aria-` come on top."""

_MORE = {
    "a": {"download", "href", "hreflang", "name", "rel", "target", "type"},
    "abbr": {"title"},
    "audio": {"controls", "loop", "muted", "preload", "src"},
    "data": {"value"},
    "details": {"name", "open"},
    "img": {"alt", "decoding", "height", "loading", "src", "width"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "source": {"src", "type"},
    "time": {"datetime"},
    "track": {"default", "kind", "label", "src", "srclang"},
    "video": {"controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"},
}

ATTRIBUTES = {
    tag: frozenset(nh3.ALLOWED_ATTRIBUTES.get(tag, frozenset()) | _MORE.get(tag, set()))
    for tag in TAGS | nh3.ALLOWED_ATTRIBUTES.keys()
}

SCHEMES = frozenset(nh3.ALLOWED_URL_SCHEMES)
_ADDRESSES = frozenset({"cite", "href", "poster", "src"})
_FETCHED = frozenset({"poster", "src"})
"""What a browser asks for by itself, before a reader acts."""

_RUNS = frozenset(
    {"applet", "base", "button", "embed", "form", "frame", "iframe", "input", "link", "meta", "object"}
) | {
    "script",
    "select",
    "style",
    "textarea",
}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ALIGNED = re.compile(r"text-align:\s*(?:left|right|center|justify);?")


class Fault(Struct, frozen=True):
    """What is wrong, and the words by which it may be found in the source, the best ones first."""

    complaint: Complaint
    words: tuple[str, ...]


def check_html(html: str) -> Iterator[Fault]:
    """The faults of a piece of raw HTML: one or more tags, with text between them."""
    parser = _Tags()
    try:
        parser.feed(html)
        if re.match(r"<[a-zA-Z/!?]", parser.rawdata):
            # A tag that nothing closes would swallow what follows it on the page.
            parser.others.append(parser.rawdata)
        parser.close()
    except AssertionError:
        # html.parser gives up so on a `<![` that opens nothing it knows.
        parser.others.append(parser.rawdata)
    for tag, attributes, typed in parser.tags:
        yield from check_element(tag, attributes, typed)
    for typed in parser.others:
        yield Fault(_complaint(f"'{_short(typed)}' is no tag that a story may hold"), (typed,))


def check_element(tag: str, attributes: Iterable[tuple[str, str | None]], typed: str = "") -> Iterator[Fault]:
    """The faults of one tag. typed: as it stands in the source, empty for one that Markdown has made."""
    tag = tag.lower()
    if tag not in TAGS:
        yield Fault(_complaint(f"<{tag}> is no tag that a story may hold", _instead(tag)), (typed, f"<{tag}"))
        return
    for name, value in attributes:
        yield from _check_attribute(tag, name.lower(), value or "", typed)


def _check_attribute(tag: str, name: str, value: str, typed: str) -> Iterator[Fault]:
    allowed = name in ATTRIBUTES[tag] or name in _EVERYWHERE or name.startswith("aria-")
    if name == "style" and tag in {"td", "th"} and _ALIGNED.fullmatch(value.strip()):
        return  # what a table's line of |---:| becomes
    if not allowed:
        hint = "take it out" if name.startswith("on") or name == "style" else "take it out, or take out the { }"
        yield Fault(_complaint(f"<{tag}> has the attribute '{name}', which no story may hold", hint), (typed, name))
    elif name in _ADDRESSES and (scheme := scheme_of(value)):
        if scheme not in SCHEMES:
            hint = "link to a page by its address, or to a file by its path"
            complaint = _complaint(f"'{_short(value)}' begins with {scheme}:, which no link may", hint)
            yield Fault(complaint, (typed, value, value.partition(":")[2]))
        elif name in _FETCHED and typed:
            yield Fault(_remote(value), (typed, value))
    elif name in _FETCHED and typed and value.strip().startswith("//"):
        yield Fault(_remote(value), (typed, value))


def scheme_of(address: str) -> str:
    """The scheme of an address as a browser reads it, lower case; empty for one without.

    WHATWG URL Standard, 4.4: control characters and spaces around an address go, tabs and line ends inside it too.
    """
    address = re.sub(r"[\t\n\r]", "", unescape(address)).lstrip("".join(map(chr, range(0x21))))
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def _remote(value: str) -> Complaint:
    return Complaint(
        REMOTE_PICTURE, f"{_short(value)} is not in content/", "save it beside the story, and name that file"
    )


def _complaint(message: str, hint: str = "take it out") -> Complaint:
    return Complaint(RAW_HTML, message, hint)


def _instead(tag: str) -> str:
    if tag in {"iframe", "embed", "object", "frame"}:
        return 'take it out; a film or a map is [embed: https://… "What it shows"]'
    if tag in _RUNS:
        return "take it out"
    return f"take it out, or type &lt;{tag}> if readers are to see it"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"


class _Tags(HTMLParser):
    """Collects tags with what was typed, and whatever is neither tag, text nor a plain comment."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: list[tuple[str, list[tuple[str, str | None]], str]] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs, self.get_starttag_text() or f"<{tag}"))

    def handle_comment(self, data: str) -> None:
        # HTML Standard, 13.2.5.43: a browser ends these earlier than others do.
        if data.startswith((">", "->")) or "--!>" in data:
            self.others.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.others.append(f"<!{decl}")

    def unknown_decl(self, data: str) -> None:
        self.others.append(f"<![{data}")

    def handle_pi(self, data: str) -> None:
        self.others.append(f"<?{data}")
