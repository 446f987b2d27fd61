"""Where things stand: addresses are settled once, and links are for ever.

harvest.md of 3 October 2026     →  /2026/10/03/harvest/     written to 2026/10/03/harvest/index.html
the same in a second language    →  /hy/2026/10/03/harvest/
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from msgspec import Struct

from plugins.newsroom.addresses import split_address
from plugins.newsroom.problem import Code, Complaint, Severity
from plugins.newsroom.story import Outline

COLLISION = Code("url/collision", Severity.ERROR, "Two things would be written to one address of the site.")
OUTSIDE = Code("url/outside", Severity.ERROR, "An address would lie outside the site's folder.")
PATTERN = Code("url/pattern", Severity.ERROR, "ARTICLE_URL or ARTICLE_SAVE_AS holds a field that no story has.")


class BadPattern(ValueError):
    """A URL pattern cannot be filled; the message says why."""


class Address(Struct, frozen=True):
    """url: from the site's root, without leading slash, not yet quoted. save_as: the file, from the output folder."""

    url: str
    save_as: str


class Site(Struct, frozen=True):
    """Where the site will stand. path: what a link begins with (`/sub` or empty). address: the absolute root, or
    empty.
    """

    path: str = ""
    address: str = ""

    @classmethod
    def at(cls, siteurl: str, home: str) -> Site:
        """siteurl: Pelican's SITEURL, empty in a preview. home: the paper's own address, for what must be absolute."""
        return cls(split_address(siteurl).path.rstrip("/"), (siteurl or home).rstrip("/"))

    def href(self, url: str) -> str:
        """The address as a link on any page: root-relative, so that a copy of the site works on any host."""
        return f"{self.path}/{quoted(url)}"

    def absolute(self, url: str) -> str:
        """The address as other sites see it; empty where the paper has no address yet."""
        return f"{self.address}/{quoted(url)}" if self.address else ""


SAFE = "/&=+,;:@!$'()*~"
"""What stays unquoted in an address; letters of any script are written as UTF-8 percent escapes (RFC 3987)."""


@lru_cache(maxsize=8192)
def quoted(url: str) -> str:
    """An address as it stands in HTML and feeds. A page names two dozen, most of them what other pages name too."""
    return quote(url, safe=SAFE)


def folder(url: str) -> Address:
    """An address that ends in a slash."""
    url = url.strip("/")
    return Address(f"{url}/" if url else "", f"{url}/index.html" if url else "index.html")


DAY_AND_NAME = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
DAY_AND_NAME_SAVED = f"{DAY_AND_NAME}index.html"
"""The form of addresses that most papers have: filled ten times as fast as by `format`."""


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def story_address(story: Outline, pattern: str, save_as: str, *, zone: str, first_lang: str) -> Address:
    """Where a story stands, by Pelican's ARTICLE_URL and ARTICLE_SAVE_AS. The day is the paper's. Raises BadPattern."""
    date = (story.date or _EPOCH).astimezone(ZoneInfo(zone))
    prefix = "" if story.lang == first_lang else f"{story.lang}/"
    if pattern == DAY_AND_NAME and save_as == DAY_AND_NAME_SAVED:
        url = f"{prefix}{_day_path(date.year, date.month, date.day)}{story.slug}/"
        return Address(url, f"{url}index.html")
    values = {"date": date, "slug": story.slug, "lang": story.lang, "category": story.section, "section": story.section}
    try:
        url = prefix + pattern.format(**values).lstrip("/")
        return Address(url, prefix + save_as.format(**values).lstrip("/"))
    except (KeyError, IndexError, ValueError, AttributeError) as fault:
        raise BadPattern(f"'{pattern}' or '{save_as}' cannot be filled: {fault}") from None


@lru_cache(maxsize=8192)
def _day_path(year: int, month: int, day: int) -> str:
    return f"{year:04}/{month:02}/{day:02}/"


def page_address(story: Outline, *, first_lang: str) -> Address:
    """Where a static page stands: /about/, /hy/about/."""
    prefix = "" if story.lang == first_lang else f"{story.lang}/"
    return folder(f"{prefix}{story.slug}")


@lru_cache(maxsize=8192)
def listing(lang: str, first_lang: str, *parts: str) -> Address:
    """Where a listing stands: /community/, /hy/2026/10/."""
    return folder("/".join(("" if lang == first_lang else lang, *parts)))


def _key(save_as: str) -> str:
    """Equal for two files that cannot both be served everywhere: by case, by normal form, `x.html` against `x/`."""
    if save_as.isascii():
        save_as = save_as.lower()
    else:
        save_as = unicodedata.normalize("NFC", unicodedata.normalize("NFC", save_as).casefold())
    return save_as.removesuffix("/index.html").removesuffix(".html") if save_as != "index.html" else ""


def folders_of(names: Iterable[str]) -> set[str]:
    """All folders in which these files lie, the output itself (as "") among them."""
    found = {""}
    for name in names:
        folder = name.rpartition("/")[0]
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def all_differ(files: Sequence[str]) -> bool:
    """Whether no two of them collide; found in a tenth of the time that it takes to tell which do."""
    names = "\n".join(files)
    if names.isascii() and names.count("\n") == len(files) - 1:
        # As `_key` does with each, but for `index.html`, for which this may ask to look closer.
        keys = f"{names}\n".lower().replace("/index.html\n", "\n").replace(".html\n", "\n").split("\n")[:-1]
    else:
        keys = [_key(save_as) for save_as in files]
    return len(set(keys)) == len(files) and folders_of(files).isdisjoint(files)


def collisions(files: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Complaint]]:
    """files: (save_as, what it comes from). Yields the later source of each pair and the complaint that names the
    first.
    """
    first: dict[str, tuple[str, str]] = {}
    folders: dict[str, str] = {}
    for save_as, source in files:
        key = _key(save_as)
        if key in first:
            other_save_as, other = first[key]
            also = "" if other_save_as == save_as else f" (as {other_save_as})"
            yield (
                source,
                Complaint(
                    COLLISION,
                    f"this would be written to {save_as}, where {other} already stands{also}",
                    "give one of the two another slug",
                ),
            )
            continue
        first[key] = (save_as, source)
        parent = save_as.rpartition("/")[0]
        while parent and parent not in folders:
            folders[parent] = source
            parent = parent.rpartition("/")[0]
    # A file cannot stand where a folder must be: `about` from extra/ against about/index.html.
    for save_as, source in first.values():
        if save_as in folders and folders[save_as] != source:
            yield (
                source,
                Complaint(
                    COLLISION, f"{save_as} is a file here and a folder for {folders[save_as]}", "rename one of the two"
                ),
            )


def is_inside(save_as: str) -> bool:
    """Whether a path stays in the folder that it is written to."""
    if save_as[:1].isalnum() and ".." not in save_as and "\\" not in save_as and "\0" not in save_as:
        return True
    normal = posixpath.normpath(save_as)
    return (
        bool(save_as)
        and not save_as.startswith("/")
        and "\\" not in save_as
        and "\0" not in save_as
        and normal != ".."
        and not normal.startswith("../")
        and normal != "."
    )


def link_target(source: str, value: str) -> tuple[str, str]:
    """(path from content/, fragment and query) that a link typed in `source` names; the path may climb out with
    `..`.
    """
    parts = split_address(value)
    path = unquote(parts.path)
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(source), path)
    tail = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    return posixpath.normpath(joined), tail
