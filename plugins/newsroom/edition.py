"""Arrange: all rows, the tables and the one `now` become an edition: what readers may see, in order, with its
addresses.

Withheld stories go first, before anything is counted, ordered, linked or copied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from operator import attrgetter
from urllib.parse import quote
from zoneinfo import ZoneInfo

from msgspec import Struct

from plugins.newsroom.body import Body, Link
from plugins.newsroom.paper import Paper
from plugins.newsroom.pictures import KNOWN_TYPES, MISSING, Size
from plugins.newsroom.problem import Code, Complaint, Problem, Severity
from plugins.newsroom.related import Related
from plugins.newsroom.slugs import slugify
from plugins.newsroom.story import Kind, Outline, Status, Story
from plugins.newsroom.urls import Address, Site, link_target, listing, page_address, story_address

BROKEN_LINK = Code("link/broken", Severity.ERROR, "A link inside the site leads to nothing.")
WITHHELD_LINK = Code(
    "link/withheld", Severity.ERROR, "A published story links to one that readers must not see yet.", leak=True
)
UNKNOWN_LINK = Code("link/unknown", Severity.ERROR, "A link has a form of Pelican's that this house does not serve.")
UNKNOWN_SECTION = Code("story/unknown-section", Severity.ERROR, "A story's section is not in sections.toml.")
NO_SUCH_PAIR = Code("story/translation-missing", Severity.ERROR, "`translation_of` names a story that is not there.")

UNSERVED = {
    "attach": "name the file with {static}, or by its plain path",
    "author": "",
    "category": "",
    "tag": "",
    "index": "",
}


def is_withheld(story: Outline, now: datetime) -> bool:
    """Whether readers must not see this at that instant. Faulty files count: what could not be read is not shown."""
    if story.fault or story.status is Status.DRAFT:
        return True
    date, embargo = story.date, story.embargo
    return (date is not None and date > now) or (embargo is not None and embargo > now)


def due_at(story: Outline) -> datetime | None:
    """When a story that waits will be seen; None where no clock will bring it out."""
    if story.fault or story.status is Status.DRAFT:
        return None
    date, embargo = story.date, story.embargo
    return max(date, embargo) if date and embargo else date or embargo


NO_PRINTS = "   "
"""Of a source that is not there: four prints in one text, each empty."""


class Sources(Struct, frozen=True):
    """What lies in content/, as far as an edition asks: every file's path, and how to measure and open one.

    measure: a picture's size, or why it has none. story, body: the whole row of a source, and its text.
    prints: of a source, four in one text, that change whenever its row does, settled; what its front matter says; its
    file; or its outline.
    """

    files: frozenset[str]
    measure: Callable[[str], Size | Complaint]
    story: Callable[[str], Story]
    body: Callable[[str], Body]
    prints: Callable[[str], str] = lambda _path: NO_PRINTS


@dataclass
class House:
    """What is the same for every page of a build.

    words: the house's own words in a language, as gettext gives them.
    plugin_urls: pages that plugins make and a menu may name, from the site's root.
    """

    paper: Paper
    now: datetime
    site: Site
    assets: Mapping[str, str] = field(default_factory=dict)
    show: Mapping[str, Callable[..., object]] = field(default_factory=dict)
    slots: Mapping[str, Callable[..., str]] = field(default_factory=dict)
    place: Sequence[Callable[..., object]] = ()
    entry_ends: Sequence[Callable[..., str]] = ()
    plugin_urls: frozenset[str] = frozenset()
    words: Callable[[str], Callable[[str], str]] = lambda _lang: str
    feed_size: int = 20
    page_size: int = 20

    @cached_property
    def zone(self) -> ZoneInfo:
        """The paper's time zone."""
        return ZoneInfo(self.paper.timezone)

    @cached_property
    def _writer_ids(self) -> dict[str, str]:
        return {name: writer.id for writer in self.paper.writers.values() for name in writer.spellings()}

    def author_id(self, name: str) -> str:
        """The id of an author: the row's that has this name, or the name as a slug."""
        return self._writer_ids.get(name) or slugify(name)


@dataclass
class Edition:
    """What readers see of the paper at `now`, in outline: all of it, for those who decide which pages there are.

    A page itself is made from what `newsroom.asked` answers, so that it never sees the list of all stories.

    stories: published, hidden and withdrawn ones, oldest first in the paper's total order. pages: static pages by path.
    withheld: what readers must not see, by path. addresses: where each path of the two stands.
    problems: what arranging brought to light. related_before, moved: as of `Related`.
    """

    house: House
    sources: Sources
    stories: tuple[Outline, ...]
    pages: tuple[Outline, ...]
    withheld: Mapping[str, Outline]
    addresses: Mapping[str, Address]
    problems: list[Problem] = field(default_factory=list)
    related_before: Mapping[str, str] = field(default_factory=dict)
    moved: Collection[str] | None = None

    @property
    def paper(self) -> Paper:
        """What the editors say in data/."""
        return self.house.paper

    @cached_property
    def by_path(self) -> Mapping[str, Outline]:
        """Every story and page that readers see."""
        return {story.path: story for story in (*self.stories, *self.pages)}

    @cached_property
    def _listed(self) -> dict[str, list[Outline]]:
        by_lang: dict[str, list[Outline]] = {lang: [] for lang in self.paper.languages}
        for story in self.stories:
            if story.status is Status.PUBLISHED:
                by_lang[story.lang].append(story)
        return by_lang

    def listed(self, lang: str) -> Sequence[Outline]:
        """The published stories of a language, oldest first: all that a list, a count or a feed may hold."""
        return self._listed[lang]

    @cached_property
    def _by_section(self) -> dict[tuple[str, str], list[Outline]]:
        groups: dict[tuple[str, str], list[Outline]] = defaultdict(list)
        for lang in self.paper.languages:
            for story in self.listed(lang):
                groups[lang, story.section].append(story)
        return dict(groups)

    def in_section(self, lang: str, section: str) -> Sequence[Outline]:
        """A section's published stories, oldest first."""
        return self._by_section.get((lang, section), ())

    def _grouped(
        self, names: Callable[[Outline], Iterable[str]], id_of: Callable[[str], str]
    ) -> dict[str, dict[str, list[Outline]]]:
        """Language → id → its published stories, oldest first. names: of a story, each with an id or an empty one."""
        groups: dict[str, dict[str, list[Outline]]] = {}
        ids: dict[str, str] = {}
        for lang in self.paper.languages:
            found: dict[str, list[Outline]] = {}
            by_name: dict[str, list[Outline]] = {}
            for story in self.listed(lang):
                for name in names(story):
                    group = by_name.get(name)
                    if group is None:
                        if (id_ := ids.get(name)) is None:
                            id_ = ids[name] = id_of(name)
                        group = by_name[name] = found.setdefault(id_, [])
                    if not group or group[-1] is not story:
                        group.append(story)
            found.pop("", None)
            groups[lang] = found
        return groups

    @cached_property
    def _topics(self) -> dict[str, dict[str, list[Outline]]]:
        return self._grouped(attrgetter("topics"), slugify)

    def topics(self, lang: str) -> Mapping[str, Sequence[Outline]]:
        """A language's topics by slug, with their stories, oldest first."""
        return self._topics[lang]

    def topic_name(self, lang: str, slug: str) -> str:
        """A topic as the oldest story that has it spells it: later spellings change no page."""
        return next(name for name in self.topics(lang)[slug][0].topics if slugify(name) == slug)

    @cached_property
    def _authors(self) -> dict[str, dict[str, list[Outline]]]:
        return self._grouped(lambda story: [author.name for author in story.authors], self.house.author_id)

    def authors(self, lang: str) -> Mapping[str, Sequence[Outline]]:
        """A language's authors by id, with their stories, oldest first."""
        return self._authors[lang]

    def author_name(self, lang: str, id_: str) -> str:
        """An author's name in a language: the row's, or as the oldest story spells it."""
        if writer := self.paper.writers.get(id_):
            return writer.name(lang)
        return next(
            author.name for author in self.authors(lang)[id_][0].authors if self.house.author_id(author.name) == id_
        )

    def sections(self, lang: str) -> list[str]:
        """The sections that have stories in a language, in the paper's order."""
        ids = {section for of, section in self._by_section if of == lang and section}
        return sorted(ids, key=lambda id_: (self.paper.section(id_).order, id_))

    def with_earlier(self, count: int) -> Iterator[tuple[Outline, tuple[Outline, ...]]]:
        """Each story, with the `count` of the same section just before it, newest first; they stay the same once
        printed. What stands in no list has none before it.
        """
        latest: dict[tuple[str, str], tuple[Outline, ...]] = {}
        for story in self.stories:
            if story.status is not Status.PUBLISHED or not story.section:
                yield story, ()
                continue
            of = story.lang, story.section
            before = latest.get(of, ())
            yield story, before
            latest[of] = (story, *before[: count - 1])

    @cached_property
    def related(self) -> Related:
        """Which stories have topics in common."""
        return Related(self, self.related_before, self.moved)

    @cached_property
    def _pairs(self) -> dict[tuple[Kind, str], list[Outline]]:
        """What is there in a language besides the first, with the same in any."""
        published = [story for story in (*self.stories, *self.pages) if story.status is Status.PUBLISHED]
        groups: dict[tuple[Kind, str], list[Outline]] = {
            _pair(story): [] for story in published if story.lang != self.paper.lang
        }
        for story in published if groups else ():
            if (group := groups.get(_pair(story))) is not None:
                group.append(story)
        return groups

    def translations(self, story: Outline) -> list[Outline]:
        """The same story in the paper's other languages, in the paper's order of languages."""
        group = self._pairs.get(_pair(story), ()) if self._pairs else ()
        if len(group) < 2:
            return []
        order = self.paper.languages.index
        return sorted((other for other in group if other.lang != story.lang), key=lambda other: order(other.lang))

    @cached_property
    def known_urls(self) -> frozenset[str]:
        """Addresses that a menu may name, as far as rows tell: fronts, sections, stories and pages, plugins' own."""
        first = self.paper.lang
        urls = {address.url for address in self.addresses.values()} | self.house.plugin_urls
        for lang in self.paper.languages:
            urls.add(listing(lang, first).url)
            urls |= {listing(lang, first, name).url for name in ("archive", "topics", "authors", "places")}
            urls |= {listing(lang, first, section).url for section in self.sections(lang)}
        return frozenset(urls)

    def url(self, story: Outline) -> str:
        """Where a story or page stands, from the site's root."""
        return self.addresses[story.path].url

    def line_of(self, story: Outline, key: str) -> int:
        """Where a key of the front matter stands in a story's file, from 1; 0 where it does not."""
        return self.sources.story(story.path).lines.get(key, 0)


def _pair(story: Outline) -> tuple[Kind, str]:
    """What a story has in common with its translations."""
    return story.kind, story.translation_of or story.slug


def arrange(rows: Iterable[Outline], house: House, sources: Sources, *, pattern: str, save_as: str) -> Edition:
    """The edition of these rows at the house's `now`, with the problems that need more than one file.

    pattern, save_as: Pelican's ARTICLE_URL and ARTICLE_SAVE_AS; raises BadPattern where they cannot be filled.
    """
    paper = house.paper
    kept: list[Outline] = []
    withheld: dict[str, Outline] = {}
    for row in rows:
        if is_withheld(row, house.now):
            withheld[row.path] = row
        else:
            kept.append(row)
    stories = sorted((row for row in kept if row.kind is Kind.STORY), key=lambda row: row.order)
    pages = sorted((row for row in kept if row.kind is Kind.PAGE), key=lambda row: row.path)
    problems: list[Problem] = []
    addresses: dict[str, Address] = {
        story.path: story_address(story, pattern, save_as, zone=paper.timezone, first_lang=paper.lang)
        for story in stories
    }
    addresses |= {page.path: page_address(page, first_lang=paper.lang) for page in pages}
    edition = Edition(house, sources, tuple(stories), tuple(pages), withheld, addresses, problems)
    problems += check_sections(edition)
    problems += check_pairs(edition)
    return edition


def check_sections(edition: Edition) -> Iterator[Problem]:
    """With a sections.toml, a story's section must stand there."""
    paper = edition.paper
    if not paper.sections_closed:
        return
    for story in (*edition.stories, *edition.withheld.values()):
        if story.section and story.section not in paper.sections:
            near = get_close_matches(story.section, list(paper.sections), n=1)
            hint = f"did you mean {near[0]}?" if near else f"the sections are {', '.join(paper.sections)}"
            complaint = Complaint(UNKNOWN_SECTION, f"'{story.section}' is no section of the paper", hint)
            yield complaint.at(story.path, edition.line_of(story, "category"))


def check_pairs(edition: Edition) -> Iterator[Problem]:
    """`translation_of` must name the slug of a story in another language, published or waiting."""
    pairs = [story for story in edition.stories if story.translation_of]
    if not pairs:
        return
    langs: dict[str, set[str]] = defaultdict(set)
    for story in (*edition.stories, *edition.withheld.values()):
        langs[story.slug].add(story.lang)
    for story in pairs:
        if not langs.get(story.translation_of, set()) - {story.lang}:
            near = get_close_matches(story.translation_of, list(langs), n=1)
            complaint = Complaint(
                NO_SUCH_PAIR,
                f"there is no story '{story.translation_of}' in another language",
                f"did you mean {near[0]}?" if near else "give the other story's slug",
            )
            yield complaint.at(story.path, edition.line_of(story, "translation_of"))


def check_withheld(edition: Edition) -> Iterator[Problem]:
    """What a story that waits would find missing when its hour comes: told now, while someone is looking."""
    for waiting in edition.withheld.values():
        if waiting.fault:
            continue
        story = edition.sources.story(waiting.path)
        links = list(edition.sources.body(story.path).links())
        if story.photo:
            line = story.lines.get("photo.file", story.lines.get("photo", 0))
            links.append(Link("static", quote(story.photo.file), line))
        for link in links:
            target, _ = link_target(story.path, link.value)
            if link.what == "static" and target not in edition.sources.files:
                yield no_such_file(edition, link, target).at(story.path, link.line)
            elif link.what == "filename" and target not in edition.addresses and target not in edition.withheld:
                yield no_such_source(edition, link, target).at(story.path, link.line)


def no_such_source(edition: Edition, link: Link, target: str) -> Complaint:
    """Why a link to a source leads nowhere. target: path from content/."""
    if target in edition.withheld:
        return Complaint(WITHHELD_LINK, f"'{link.value}' is not published", "take the link out until it is")
    near = get_close_matches(target, list(edition.addresses), n=1)
    return Complaint(
        BROKEN_LINK, f"'{link.value}' leads to no story or page", f"did you mean /{near[0]}?" if near else ""
    )


def no_such_file(edition: Edition, link: Link, target: str) -> Complaint:
    """Why a link to a file leads nowhere. target: path from content/."""
    if link.value.startswith("www."):
        return Complaint(BROKEN_LINK, f"'{link.value}' is no address", f"type https://{link.value}")
    if not target.lower().endswith(KNOWN_TYPES):
        near = get_close_matches(target, [*edition.addresses, *sorted(edition.sources.files)], n=1)
        hint = f"did you mean /{near[0]}?" if near else "link to a story by its file, as other-story.md"
        return Complaint(BROKEN_LINK, f"'{link.value}' leads to no file, story or page", hint)
    near = get_close_matches(target, sorted(edition.sources.files), n=1)
    return Complaint(
        MISSING,
        f"there is no file '{link.value}'",
        f"did you mean /{near[0]}?" if near else "is it saved, and added?",
    )
