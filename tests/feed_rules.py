"""What a feed must be, by RFC 4287 (Atom), the RSS 2.0 specification and this house: `faults(data, address)`.

The house asks for more than the two: every entry has its authors, an id that is no address of its own, a link to its
page and its whole text, in which every address is absolute and nothing runs, frames or sends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml import html as lxml_html

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
XML = "{http://www.w3.org/XML/1998/namespace}"

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d ([+-]\d{4}|GMT)"
)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
BANNED = ("script", "style", "form", "input", "button", "select", "textarea", "iframe", "frame", "object", "embed")
ADDRESSES = ("href", "src", "poster", "cite", "action", "data", "srcset")

ATOM_FEED = {
    "id": (1, 1),
    "title": (1, 1),
    "updated": (1, 1),
    "subtitle": (0, 1),
    "rights": (0, 1),
    "author": (0, 99),
    "link": (2, 9),
    "entry": (0, 999),
}
ATOM_ENTRY = {
    "id": (1, 1),
    "title": (1, 1),
    "updated": (1, 1),
    "published": (1, 1),
    "author": (0, 99),
    "link": (1, 9),
    "category": (0, 99),
    "summary": (0, 1),
    "content": (1, 1),
}
RSS_CHANNEL = {
    "title": (1, 1),
    "link": (1, 1),
    "description": (1, 1),
    "language": (1, 1),
    "copyright": (0, 1),
    "lastBuildDate": (0, 1),
    ATOM + "link": (1, 1),
    "item": (0, 999),
}
RSS_ITEM = {
    "title": (1, 1),
    "link": (1, 1),
    "guid": (1, 1),
    "pubDate": (1, 1),
    "description": (0, 1),
    "enclosure": (0, 1),
    ATOM + "updated": (1, 1),
    DC + "creator": (1, 99),
    "category": (0, 99),
    CONTENT + "encoded": (1, 1),
    MEDIA + "content": (0, 1),
}
"""What may stand in each, and how often at least and at most."""


def faults(data: bytes, address: str) -> list[str]:
    """What is wrong with a feed that lies at `address`; empty where nothing is."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError as fault:
        return [f"it is no XML: {fault}"]
    if root.tag == ATOM + "feed":
        return list(_atom(root, address))
    return list(_rss(root, address)) if root.tag == "rss" else [f"<{root.tag}> is no feed"]


def _atom(feed: Any, address: str) -> Iterator[str]:
    yield from _language(feed)
    yield from _counts(feed, {ATOM + name: count for name, count in ATOM_FEED.items()})
    entries = feed.findall(ATOM + "entry")
    last = _read(feed.findtext(ATOM + "updated") or "", RFC3339)
    yield from _atom_common(feed)
    yield from _links(feed, {"self": ("application/atom+xml", address), "alternate": ("text/html", "")})
    instants = []
    for entry in entries:
        yield from _counts(entry, {ATOM + name: count for name, count in ATOM_ENTRY.items()})
        yield from _atom_common(entry)
        yield from _links(entry, {"alternate": ("text/html", "")})
        yield from _date(entry.findtext(ATOM + "published") or "", RFC3339)
        published, updated = (_read(entry.findtext(ATOM + name) or "", RFC3339) for name in ("published", "updated"))
        if published and updated:
            instants.append(published)
            if updated < published:
                yield "an entry was updated before it was published"
            if last and updated > last:
                yield "an entry was updated after its feed"
        content = entry.find(ATOM + "content")
        if content is not None:
            yield from _html(content.text or "") if content.get("type") == "html" else ["content is not type=html"]
    if not feed.findall(ATOM + "author") and not (entries and all(entry.findall(ATOM + "author") for entry in entries)):
        yield "neither the feed nor each entry has an author"
    yield from _unique(each.text or "" for each in feed.iter(ATOM + "id"))
    yield from _newest_first(instants)


def _atom_common(element: Any) -> Iterator[str]:
    for each in element.findall(ATOM + "id"):
        if not IRI.fullmatch(each.text or ""):
            yield f"the id '{each.text}' is no IRI"
    for each in element.findall(ATOM + "updated"):
        yield from _date(each.text or "", RFC3339)
    for name in ("title", "subtitle", "summary", "rights"):
        for each in element.findall(ATOM + name):
            if len(each) or each.get("type", "text") != "text" or not (each.text or "").strip():
                yield f"<{name}> is no plain text"
    for person in element.findall(ATOM + "author"):
        names = person.findall(ATOM + "name")
        if len(names) != 1 or not (names[0].text or "").strip():
            yield "an author has no name"
        for uri in person.findall(ATOM + "uri"):
            yield from _address(uri.text or "", "an author's uri")
    for each in element.findall(ATOM + "category"):
        if not each.get("term"):
            yield "a category has no term"


def _links(element: Any, wanted: dict[str, tuple[str, str]]) -> Iterator[str]:
    found: Counter[str] = Counter()
    for link in element.findall(ATOM + "link"):
        rel, href = link.get("rel", "alternate"), link.get("href") or ""
        found[rel] += 1
        yield from _address(href, f"the {rel} link")
        if not MEDIA_TYPE.fullmatch(link.get("type") or ""):
            yield f"the {rel} link has no type"
        if rel == "enclosure" and not re.fullmatch(r"[1-9]\d*", link.get("length", "1")):
            yield "an enclosure's length is no number"
        if rel in wanted:
            type_, target = wanted[rel]
            if link.get("type") != type_:
                yield f"the {rel} link has the type {link.get('type')}"
            if target and unquote(href) != target:
                yield f"the self link leads to {href}, and the feed lies at {target}"
    for rel in wanted:
        if found[rel] != 1:
            yield f"there are {found[rel]} {rel} links"


def _rss(root: Any, address: str) -> Iterator[str]:
    yield from _language(root)
    if root.get("version") != "2.0":
        yield "the version is not 2.0"
    channels = root.findall("channel")
    if len(channels) != 1 or len(root) != 1:
        yield "there is not one channel"
        return
    (channel,) = channels
    yield from _counts(channel, RSS_CHANNEL)
    for name in ("title", "description", "language"):
        if not all((each.text or "").strip() for each in channel.findall(name)):
            yield f"<{name}> is empty"
    yield from _address(channel.findtext("link") or "", "the channel's link")
    yield from _links(channel, {"self": ("application/rss+xml", address)})
    for each in channel.findall("lastBuildDate"):
        yield from _date(each.text or "", RFC822)
    instants = []
    for item in channel.findall("item"):
        yield from _counts(item, RSS_ITEM)
        yield from _item(item)
        if published := _read(item.findtext("pubDate") or "", RFC822):
            instants.append(published)
    yield from _unique(each.text or "" for each in channel.iter("guid"))
    yield from _newest_first(instants)


def _item(item: Any) -> Iterator[str]:
    yield from _address(item.findtext("link") or "", "an item's link")
    yield from _date(item.findtext("pubDate") or "", RFC822)
    yield from _date(item.findtext(ATOM + "updated") or "", RFC3339)
    for guid in item.findall("guid"):
        if guid.get("isPermaLink") != "false":
            yield "a guid says that it is an address"
        if not (guid.text or "").strip():
            yield "a guid is empty"
    for name in ("title", DC + "creator", "category"):
        if not all((each.text or "").strip() and not len(each) for each in item.findall(name)):
            yield f"<{name}> is empty"
    for text in (item.findtext("description"), item.findtext(CONTENT + "encoded")):
        yield from _html(text or "")
    for file in item.findall("enclosure"):
        yield from _address(file.get("url") or "", "an enclosure")
        if not MEDIA_TYPE.fullmatch(file.get("type") or "") or not re.fullmatch(r"[1-9]\d*", file.get("length") or ""):
            yield "an enclosure has no type or no length"
    for file in item.findall(MEDIA + "content"):
        yield from _address(file.get("url") or "", "a media:content")
        if file.get("medium") != "image" or not all((file.get(side) or "").isdigit() for side in ("width", "height")):
            yield "a media:content has no medium or no size"
        if any(each.tag not in {MEDIA + "credit", MEDIA + "description"} or not each.text for each in file):
            yield "a media:content holds something else than its words"


def _language(root: Any) -> Iterator[str]:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", root.get(XML + "lang") or ""):
        yield "there is no xml:lang"


def _counts(element: Any, allowed: dict[str, tuple[int, int]]) -> Iterator[str]:
    found = Counter(each.tag for each in element if isinstance(each.tag, str))
    for name in found.keys() - allowed.keys():
        yield f"<{name}> may not stand in <{element.tag}>"
    for name, (least, most) in allowed.items():
        if not least <= found[name] <= most:
            yield f"<{element.tag}> has {found[name]} of <{name}>"


def _read(text: str, pattern: re.Pattern[str]) -> datetime | None:
    """The instant, or None where the text is none in this form."""
    if not pattern.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text) if pattern is RFC3339 else parsedate_to_datetime(text)
    except ValueError:
        return None


def _date(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    if not pattern.fullmatch(text):
        yield f"'{text}' is no {'RFC 3339' if pattern is RFC3339 else 'RFC 822'} date"
        return
    read = _read(text, pattern)
    if read is None:
        yield f"'{text}' is no day"
    elif pattern is RFC822 and text[:3] != DAYS[read.weekday()]:
        yield f"'{text}' is another day of the week"


def _address(text: str, what: str) -> Iterator[str]:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or re.search(r"\s", text):
        yield f"{what} is no absolute address: '{text}'"


def _html(text: str) -> Iterator[str]:
    if not text.strip():
        return
    tree = lxml_html.fragment_fromstring(text, create_parent="div")
    for element in tree.iter():
        if not isinstance(element.tag, str):
            yield "a comment stands in the content"
            continue
        if element.tag in BANNED:
            yield f"<{element.tag}> stands in the content"
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style":
                yield f"the attribute {name} stands in the content"
            if name in ADDRESSES and urlsplit(value).scheme not in {"mailto", "tel"}:
                yield from _address(value, f"a {name} in the content")


def _unique(ids: Iterator[str]) -> Iterator[str]:
    yield from (f"the id '{id_}' stands twice" for id_, count in Counter(ids).items() if count > 1)


def _newest_first(instants: list[datetime]) -> Iterator[str]:
    if instants != sorted(instants, reverse=True):
        yield "the newest story does not come first"
