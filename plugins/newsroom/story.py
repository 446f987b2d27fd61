"""A story: the piece of journalism, as one frozen row of plain values.

The body is kept apart (`newsroom.body`); the row is what 10,000 of are held in memory at every build.

    title: Harvest fair fills the square     →  Story(headline="Harvest fair fills the square",
    date: 2026-10-03 09:30                             date=datetime(2026, 10, 3, 9, 30, tzinfo=…),
    category: community                                section="community", …)

Front matter keeps Pelican's keys, all else uses the paper's words; `PAPER_WORDS` is the one place where they meet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from plugins.newsroom.problem import Problem

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
"""What JSON can hold: what a plugin may keep of a story between two builds."""

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


@dataclass(frozen=True, slots=True)
class Author:
    """One name in the byline; `note` is printed after it (`Special to the Courier`)."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """The lead picture. `alt` is None where the author wrote none; an empty one says: it adds nothing."""

    file: str
    alt: str | None = None
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """One public note that the story was changed after publication."""

    date: date
    kind: CorrectionKind
    text: str


@dataclass(frozen=True, slots=True)
class Signups:
    """What a story says of its sign-ups: a list's id, `off`, or None where it says nothing."""

    middle: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One source file, read.

    path: from content/, with `/`. lang: lower-case BCP 47 tag, always set. slug: set, never from the title.
    headline, kicker, standfirst, summary, photo's words: plain text with typographic characters.
    excerpt: the first words of the body without its dateline, for where there is no `summary`.
    date, updated, embargo: aware. words: of visible text.
    facts: what plugins found in the text, by the fact's name. lines: where a key or fact stands in the file, from 1.
    fault: the file could not be read as a story; nothing else in the row is to be believed then but path and problems.
    """

    path: str
    kind: Kind = Kind.STORY
    lang: str = ""
    slug: str = ""
    headline: str = ""
    date: datetime | None = None
    status: Status = Status.PUBLISHED
    updated: datetime | None = None
    embargo: datetime | None = None
    section: str = ""
    topics: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    agency: str = ""
    kicker: str = ""
    standfirst: str = ""
    summary: str = ""
    excerpt: str = ""
    photo: Photo | None = None
    genre: Genre = Genre.REPORT
    signups: Signups = Signups()
    corrections: tuple[Correction, ...] = ()
    dateline: str = ""
    translation_of: str = ""
    aliases: tuple[str, ...] = ()
    priority: int = 0
    id: str = ""
    source: str = ""
    extra: Mapping[str, Plain] = field(default_factory=dict)
    words: int = 0
    facts: Mapping[str, Plain] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    fault: bool = False

    @property
    def order(self) -> tuple[float, int, str]:
        """The paper's total order, ascending: date, then priority, then slug."""
        return (self.date.timestamp() if self.date else 0.0, self.priority, self.slug)
