"""Every address in a built site, and those of them that lead nowhere.

    about/index.html: /2026/10/03/fair/#prices: the page has no such part

Looks in pages (`href`, `src`, `srcset`, `poster`, social networks' pictures, canonical and alternate links, what a page
sends readers on to, JSON-LD), style sheets, drawings, feeds with the HTML inside them, sitemaps and robots.txt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

ATTRIBUTES = ("action", "cite", "data", "formaction", "href", "longdesc", "poster", "src")
SETS = ("imagesrcset", "srcset")
METAS = ("og:audio", "og:image", "og:url", "og:video", "twitter:image")
_IN_CSS = re.compile(r"""(?:url\(\s*|@import\s+(?!url\())(?:"([^"]*)"|'([^']*)'|([^"')\s;]+))""")
_CANDIDATE = re.compile(r"(\S*[^\s,])(?:\s+[^,]*)?,?")
_REFRESH = re.compile(r"\s*\d+\s*[;,]\s*url\s*=\s*(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Dead:
    """An address that leads nowhere. file: where it stands, from the output folder."""

    file: str
    address: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}: {self.address}: {self.why}"


@dataclass
class Built:
    """A built site. address: where it will stand, without a slash at the end: `https://courier.example/sub`."""

    folder: Path
    address: str
    _parts: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file's path from the folder."""
        return frozenset(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())

    def parts(self, file: str) -> frozenset[str]:
        """The parts of a page that a fragment can name."""
        if file not in self._parts:
            tree = _html((self.folder / file).read_bytes())
            self._parts[file] = frozenset(map(str, tree.xpath("//@id | //a/@name")))
        return self._parts[file]

    def url(self, file: str) -> str:
        """A file's address."""
        shown = file.removesuffix("index.html") if f"/{file}".endswith("/index.html") else file
        return f"{self.address}/{quote(shown)}"


def dead_links(folder: Path, address: str) -> tuple[int, list[Dead]]:
    """How many addresses inside the site were looked at, and those that lead nowhere, in order."""
    site = Built(folder, address)
    count = 0
    found = set()
    for file, typed in sorted(set(addresses(site))):
        why = why_dead(site, site.url(file), typed)
        count += why is not None
        if why:
            found.add(Dead(file, typed, why))
    return count, sorted(found)


def why_dead(site: Built, base: str, typed: str) -> str | None:
    """Why an address leads nowhere; empty where it leads somewhere, None where it leads beyond the site."""
    try:
        parts = urlsplit(urljoin(base, typed.strip()))
    except ValueError:
        return "it is no address"
    home = urlsplit(site.address)
    if parts.scheme not in {"http", "https"} or parts.netloc != home.netloc:
        return None
    if not typed.strip():
        return "it is empty"
    if parts.scheme != home.scheme:
        return f"the site stands at {home.scheme}:"
    if not parts.path.startswith(f"{home.path}/"):
        return f"the site begins at {home.path}/"
    path = unquote(parts.path.removeprefix(f"{home.path}/"))
    file = f"{path}index.html" if path.endswith("/") or not path else path
    if file not in site.files:
        return "it lacks the slash at its end" if f"{path}/index.html" in site.files else "there is no such file"
    if parts.fragment and file.endswith(".html") and unquote(parts.fragment) not in site.parts(file):
        return "the page has no such part"
    return ""


def addresses(site: Built) -> Iterator[tuple[str, str]]:
    """(file, address as it stands there) of every address in the site."""
    for file in sorted(site.files):
        data = (site.folder / file).read_bytes()
        match file.rpartition(".")[2]:
            case "html":
                found = in_html(_html(data))
            case "css":
                found = in_css(data.decode("utf-8"))
            case "xml" | "svg":
                found = in_xml(etree.fromstring(data))
            case "txt" if file == "robots.txt":
                found = iter(re.findall(r"(?im)^sitemap:\s*(\S+)", data.decode("utf-8")))
            case _:
                continue
        for address in found:
            yield file, address


def _html(data: bytes) -> Any:
    return lxml_html.fromstring(data, parser=lxml_html.HTMLParser(encoding="utf-8"))


def in_html(tree: Any) -> Iterator[str]:
    """The addresses of a page, or of a piece of HTML."""
    for name in ATTRIBUTES:
        yield from map(str, tree.xpath(f"//@{name}"))
    for name in SETS:
        for typed in tree.xpath(f"//@{name}"):
            yield from in_srcset(typed)
    for meta in tree.xpath("//meta[@content]"):
        if (meta.get("property") or meta.get("name") or "").lower() in METAS:
            yield meta.get("content")
        elif (meta.get("http-equiv") or "").lower() == "refresh" and (found := _REFRESH.match(meta.get("content"))):
            yield found[1].strip("'\" ")
    for style in (*tree.xpath("//style/text()"), *tree.xpath("//@style")):
        yield from in_css(style)
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from _in_json(json.loads(script))


def in_srcset(typed: str) -> Iterator[str]:
    """`a.png 1x, b.png 2x` → a.png, b.png."""
    for found in _CANDIDATE.finditer(typed.strip()):
        yield found[1]


def in_css(text: str) -> Iterator[str]:
    """The addresses of a style sheet."""
    for found in _IN_CSS.finditer(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        yield found[1] or found[2] or found[3] or ""


def in_xml(tree: Any) -> Iterator[str]:
    """The addresses of a feed, a sitemap or a drawing, those in a feed's HTML too."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        text = (element.text or "").strip()
        for attribute, value in element.attrib.items():
            if etree.QName(attribute).localname in {"href", "src", "url", "stylesheet"}:
                yield str(value)
        if (name in {"loc", "logo", "icon", "url", "comments", "link", "uri"} and text) or (
            name == "guid" and element.get("isPermaLink", "true") == "true"
        ):
            yield text
        elif text.startswith("<") and (element.get("type") == "html" or name in {"encoded", "description"}):
            yield from in_html(_html(f"<div>{text}</div>".encode()))


def _in_json(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for key, each in value.items():
                # `@id` only names a thing, and `@context` a vocabulary.
                if key not in {"@context", "@id"}:
                    yield from _in_json(each)
        case list():
            for each in value:
                yield from _in_json(each)
        case str() if value.startswith(("https://", "http://", "/")):
            yield value
