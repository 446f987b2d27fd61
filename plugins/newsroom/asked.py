"""The edition as one page may see it: it answers questions, and notes each, so that a rebuild costs what changed.

    edition.has_topic("en", "harvest")     →   True, and the page is noted to depend on that answer

A page is made again when the answer to one of its questions is another one; a page that nobody asked about costs
nothing. So whatever depends on stories is a question here, and there is no way to the list of all of them. What is the
same for every page of the build (paper, site, assets, words) is a plain attribute: where it changes, all pages are
made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar, cast

from plugins.newsroom.body import Body, Link
from plugins.newsroom.edition import (
    UNKNOWN_LINK,
    UNSERVED,
    Edition,
    House,
    no_such_file,
    no_such_source,
)
from plugins.newsroom.pictures import Size
from plugins.newsroom.problem import Complaint, Problem
from plugins.newsroom.story import Outline, Plain, Story
from plugins.newsroom.urls import Site, link_target

T = TypeVar("T")

REMEMBERED = 6_000
"""Cards and their like that are held at once: pages are made in the order of time, so that old ones are not wanted."""

Ask = tuple[str, ...]
"""A question: its name, and what it is about: `("has_topic", "en", "harvest")`."""

SiteLink = tuple[str, str, Link]
"""An address that was typed: where it leads, the source that has it, and the link itself."""


@dataclass
class Notes:
    """What making one page brought to light.

    asks: the questions that were asked, with their answers. site_links: addresses like `/about/` that were typed in a
    source, with its path, to be checked when all pages are known.
    """

    asks: dict[Ask, Plain] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    site_links: list[SiteLink] = field(default_factory=list)

    def add(self, other: Notes) -> None:
        """Note all that the other notes."""
        self.asks |= other.asks
        self.problems += other.problems
        self.site_links += other.site_links


def _url(edition: Edition, path: str) -> str:
    address = edition.addresses.get(path)
    return "" if address is None else "/" + address.url


def _is_withheld(edition: Edition, path: str) -> bool:
    return path in edition.withheld


def _size(edition: Edition, path: str) -> Plain:
    size = edition.sources.measure(path)
    return [size.width, size.height, size.bytes] if isinstance(size, Size) else f"{size.message}\n{size.hint}"


def _everything(edition: Edition) -> str:
    """Every address and every file: what a "did you mean" chooses from."""
    names = [*sorted(edition.addresses), "", *sorted(edition.sources.files)]
    return hashlib.blake2b("\n".join(names).encode(), digest_size=8).hexdigest()


QUESTIONS: Mapping[str, Callable[..., Plain]] = MappingProxyType(
    {
        "url": _url,
        "is_withheld": _is_withheld,
        "size": _size,
        "related": lambda edition, path: edition.related.text(path),
        "everything": _everything,
        "has_file": lambda edition, path: path in edition.sources.files,
        "has_section": lambda edition, lang, id_: bool(edition.in_section(lang, id_)),
        "has_topic": lambda edition, lang, slug: slug in edition.topics(lang),
        "has_author": lambda edition, lang, id_: id_ in edition.authors(lang),
        "has_page": lambda edition, url: url in edition.known_urls,
        "sections": lambda edition, lang: list(edition.sections(lang)),
    }
)
"""Every question that has an answer, as a plain value."""

ROW, STORY = "row", "story"
"""What is only noted: that a page depends on whatever a card may show of a source; or on all that its own page may."""


class AskedEdition(House):
    """What making a page may ask. abroad: every link begins with the site's whole address, as feeds need it."""

    def __init__(self, edition: Edition, *, abroad: bool = False) -> None:
        vars(self).update(vars(edition.house))
        self._edition = edition
        self.notes = Notes()
        self._remembered: dict[tuple[object, ...], tuple[object, Notes]] = {}
        self._abroad: AskedEdition | None = None
        if abroad:
            self.site = Site(self.site.address or self.site.path, self.site.address)

    @property
    def abroad(self) -> AskedEdition:
        """The same for what is read elsewhere; it notes in the same place."""
        if self._abroad is None:
            self._abroad = AskedEdition(self._edition, abroad=True)
        self._abroad.notes = self.notes
        return self._abroad

    def ask(self, name: str, *about: str) -> Plain:
        """The answer to a question, noted."""
        asks, ask = self.notes.asks, (name, *about)
        if ask not in asks:
            asks[ask] = QUESTIONS[name](self._edition, *about)
        return asks[ask]

    def note(self, name: str, path: str) -> None:
        """Note that the page depends on a source: on its `ROW`, or on the whole `STORY`."""
        self.notes.asks.setdefault((name, path), "")

    def story(self, outline: Outline) -> Story:
        """The whole row of a story or page."""
        self.note(ROW, outline.path)
        return self._edition.sources.story(outline.path)

    def url(self, story: Outline) -> str:
        """Where a story or page stands, from the site's root."""
        return str(self.ask("url", story.path))[1:]

    def url_of(self, path: str) -> str:
        """Where the story or page of a source stands, from the site's root; the source must be in the edition."""
        return str(self.ask("url", path))[1:]

    def body(self, story: Outline) -> Body:
        """A story's text."""
        self.note(STORY, story.path)
        return self._edition.sources.body(story.path)

    def measure(self, path: str) -> Size | Complaint:
        """How large a picture of content/ is shown, or why that cannot be told."""
        self.ask("size", path)
        return self._edition.sources.measure(path)

    def has_section(self, lang: str, id_: str) -> bool:
        """Whether a section has a page in a language."""
        return bool(self.ask("has_section", lang, id_))

    def has_topic(self, lang: str, slug: str) -> bool:
        """Whether a topic has a page in a language."""
        return bool(self.ask("has_topic", lang, slug))

    def has_author(self, lang: str, id_: str) -> bool:
        """Whether an author has a page in a language."""
        return bool(self.ask("has_author", lang, id_))

    def has_page(self, url: str) -> bool:
        """Whether an address, from the site's root, is one that a menu may name."""
        return bool(self.ask("has_page", url))

    def related(self, story: Outline) -> list[Outline]:
        """Earlier stories that have topics in common with this one, those with most first."""
        paths = str(self.ask("related", story.path)).split("\n")[1:]
        return [self._edition.by_path[path] for path in paths]

    def sections(self, lang: str) -> list[str]:
        """The sections that have stories in a language, in the paper's order."""
        found = self.ask("sections", lang)
        return [str(id_) for id_ in found] if isinstance(found, list) else []

    def once(self, story: Outline, files: list[str], make: Callable[[Story, AskedEdition, list[str]], T]) -> T:
        """What `make` makes of a story and ten pages show alike: made once, and each of them noted to depend on the
        same.

        files: gets what it names of content/.
        """

        def made() -> tuple[T, tuple[str, ...]]:
            named: list[str] = []
            return make(self.story(story), self, named), tuple(named)

        value, named = self.remember((make, story.path), made)
        files += named
        return value

    def remember(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gives, made once for the key, and each page that wants it noted to depend on the same."""
        kept = self._remembered.get(key)
        if kept is None:
            outer, self.notes = self.notes, Notes()
            kept = self._remembered[key] = (make(), self.notes)
            self.notes = outer
            if len(self._remembered) > REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
        made, notes = kept
        self.notes.add(notes)
        return cast("T", made)

    def complain(self, complaint: Complaint, story: Outline, line: int = 0) -> None:
        """Note a problem of a story."""
        self.notes.problems.append(complaint.at(story.path, line))

    def resolve(self, link: Link, story: Outline, *, files: list[str]) -> str:
        """The address that a link typed in a story leads to, ready to print; a broken one is noted, and stays as typed.

        files: gets the path of a file that must be copied for the link to work.
        """
        target, tail = link_target(story.path, link.value)
        if link.what == "filename":
            if url := str(self.ask("url", target)):
                return self.site.href(url[1:]) + tail
            self.ask("is_withheld", target)
            self.ask("everything")
            self.complain(no_such_source(self._edition, link, target), story, link.line)
        elif link.what == "static":
            if not target.endswith(".md") and self.ask("has_file", target):
                files.append(target)
                return self.site.href(target) + tail
            self.ask("everything")
            self.complain(no_such_file(self._edition, link, target), story, link.line)
        elif link.what == "site" and self.ask("has_file", target):
            files.append(target)
            return self.site.href(target) + tail
        elif link.what == "site":
            self.notes.site_links.append((target, story.path, link))
            slash = "/" if link.value.split("?")[0].split("#")[0].endswith("/") else ""
            return self.site.href("" if target == "." else target + slash) + tail
        else:
            hint = UNSERVED.get(link.what) or "link to the page by its address, like /community/"
            unknown = Complaint(UNKNOWN_LINK, f"'{link}' is no link that can be followed here", hint)
            self.complain(unknown, story, link.line)
        return str(link)


def answer_text(answer: Plain) -> str:
    """An answer as text: equal for equal answers, in every process."""
    if isinstance(answer, bool):
        return "true" if answer else "false"
    return answer if isinstance(answer, str) else json.dumps(answer, sort_keys=True, ensure_ascii=False)
