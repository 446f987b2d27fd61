"""A story: the piece of journalism, as one frozen row of plain values.

The body is kept apart (`newsroom.body`). Of the row itself, a build holds only the outline of each in memory: what
lists, addresses and the order of stories are made from. The rest is fetched for the pages that are made.

    title: Harvest fair fills the square     →  Story(headline="Harvest fair fills the square",
    date: 2026-10-03 09:30                             date=datetime(2026, 10, 3, 9, 30, tzinfo=…),
    category: community                                section="community", …)

Front matter keeps Pelican's keys, all else uses the paper's words; `PAPER_WORDS` is the one place where they meet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from msgspec import Struct, field

from plugins.newsroom.problem import Problem

Plain = None | bool | int | float | str | list[Any] | dict[str, Any]
"""What JSON can hold, `Any` standing for the same again: what a plugin may keep of a story between two builds."""

PAPER_WORDS = {
    "title": "headline",
    "category": "section",
    "tags": "topics",
    "modified": "updated",
}
"""Front-matter key → the paper's word, where the two differ."""


class Status(StrEnum):
    """Whether readers see a story: only `published`; `hidden` has its page but stands in no list or feed."""

    PUBLISHED = "published"
    DRAFT = "draft"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class Genre(StrEnum):
    """The type of work, as readers and search engines are told it."""

    REPORT = "report"
    ANALYSIS = "analysis"
    BACKGROUND = "background"
    FEATURE = "feature"
    INTERVIEW = "interview"
    OPINION = "opinion"
    EDITORIAL = "editorial"
    LETTER = "letter"
    REVIEW = "review"
    OBITUARY = "obituary"
    CORRECTION = "correction"
    SPONSORED = "sponsored"


class CorrectionKind(StrEnum):
    """We were wrong / it was unclear / news moved on."""

    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    UPDATE = "update"


class Kind(StrEnum):
    """A story, or a page that is no story (about, masthead)."""

    STORY = "story"
    PAGE = "page"


class Author(Struct, frozen=True, array_like=True):
    """One name in the byline; `note` is printed after it (`Special to the Courier`)."""

    name: str
    note: str = ""


class Photo(Struct, frozen=True, array_like=True):
    """The lead picture. `alt` is None where the author wrote none; an empty one says: it adds nothing."""

    file: str
    alt: str | None = None
    caption: str = ""
    credit: str = ""


class Correction(Struct, frozen=True, array_like=True):
    """One public note that the story was changed after publication."""

    date: date
    kind: CorrectionKind
    text: str


class Signups(Struct, frozen=True, array_like=True):
    """What a story says of its sign-ups: a list's id, `off`, or None where it says nothing."""

    middle: str | None = None
    end: str | None = None


class Outline(Struct, frozen=True, array_like=True):
    """What is known of every source at every build: enough to order it, to group it, and to give it an address.

    path: from content/, with `/`. lang: lower-case BCP 47 tag, always set. slug: set, never from the title.
    date, embargo: aware. under: what else its lists are made from, by plugin (`dateline`: its places).
    fault: the file could not be read as a story; nothing else is to be believed then but path and problems.
    """

    path: str
    kind: Kind = Kind.STORY
    lang: str = ""
    slug: str = ""
    date: datetime | None = None
    status: Status = Status.PUBLISHED
    embargo: datetime | None = None
    section: str = ""
    topics: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    translation_of: str = ""
    aliases: tuple[str, ...] = ()
    priority: int = 0
    genre: Genre = Genre.REPORT
    id: str = ""
    under: Mapping[str, Plain] = field(default_factory=dict)
    fault: bool = False

    @property
    def order(self) -> tuple[float, int, str]:
        """The paper's total order, ascending: date, then priority, then slug."""
        return (self.date.timestamp() if self.date else 0.0, self.priority, self.slug)


class Story(Outline, frozen=True, array_like=True):
    """One source file, read.

    headline, kicker, standfirst, summary, photo's words: plain text with typographic characters.
    excerpt: the first words of the body without its dateline, for where there is no `summary`.
    blank: its body has no visible words. How many it has is the body's to say: a list would change with the count.
    updated: aware.
    facts: what plugins found in the text, by the fact's name. lines: where a key or fact stands in the file, from 1.
    """

    headline: str = ""
    updated: datetime | None = None
    agency: str = ""
    kicker: str = ""
    standfirst: str = ""
    summary: str = ""
    excerpt: str = ""
    blank: bool = False
    photo: Photo | None = None
    signups: Signups = Signups()
    corrections: tuple[Correction, ...] = ()
    dateline: str = ""
    source: str = ""
    extra: Mapping[str, Plain] = field(default_factory=dict)
    facts: Mapping[str, Plain] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)

    def outline(self) -> Outline:
        """The part of it that every build holds."""
        return Outline(*_OUTLINED(self))


OUTLINED = Outline.__struct_fields__
"""The names of an outline's fields."""

_OUTLINED = attrgetter(*OUTLINED)
