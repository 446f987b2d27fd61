"""Full mode: every Article is made, with Pelican's signals in Pelican's order, for plugins that wait for them.

    rows → Articles, signals, plugins → rows anew from what is left in the lists → pages, each with its `article`

No page is believed to be as it was: what a plugin hangs on an Article has no print. So every page is made and rendered
in this process, its bytes are compared, and nothing is noted that a later build without the plugin could believe.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace
from pelican.contents import Content, Static
from pelican.plugins import signals
from pelican.utils import order_content

from plugins.newsroom import clock
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.edition import Edition
from plugins.newsroom.problem import Complaint, Problem
from plugins.newsroom.story import Kind, Status, Story
from plugins.newsroom.urls import Address, BadPattern, link_target
from plugins.newsroom.views import Page
from plugins.press.articles import (
    Facts,
    changed,
    facts_of,
    facts_of_content,
    html_of,
    make_content,
    metadata_of,
    pair,
    pelicans_settings,
    set_address,
    status_of,
)
from plugins.press.build import Build
from plugins.press.foreign import NOT_HONOURED, PLUGIN, WRITTEN, Listener, heard, listeners, unheard
from plugins.press.ledger import Entry, World
from plugins.press.output import Written, put
from plugins.press.plan import Built, Plan
from plugins.press.render import Renderer
from plugins.press.stages import Tools
from plugins.press.words import words_of

STORY_LISTS = {
    Status.PUBLISHED: ("articles", "translations"),
    Status.HIDDEN: ("hidden_articles", "hidden_translations"),
    Status.DRAFT: ("drafts", "drafts_translations"),
}
PAGE_LISTS = {
    Status.PUBLISHED: ("pages", "translations"),
    Status.HIDDEN: ("hidden_pages", "hidden_translations"),
    Status.DRAFT: ("draft_pages", "draft_translations"),
}
"""Where Pelican's generators keep what they have made: the originals, and their translations."""

LISTS = {Kind.STORY: STORY_LISTS, Kind.PAGE: PAGE_LISTS}


class ShownWith(Renderer):
    """Renders a page with the Article whose page it is under the name `article`, which is None on any other page."""

    def __init__(self, plan: Plan, articles: Mapping[str, Content]) -> None:
        super().__init__(plan.template_folders, lambda lang: words_of(plan.theme, lang), plan.adapt)
        self.articles = articles
        self.shown: dict[str, Page] | None = None

    def render(self, page: Page) -> bytes | Problem:
        """The page's bytes, or what failed. `shown` keeps each page, where it is wanted."""
        page = replace(page, facts={**page.facts, "article": self.articles.get(page.save_as)})
        if self.shown is not None:
            self.shown[page.save_as] = page
        return super().render(page)


class FullBuild(Build):
    """A build that believes nothing of an earlier one, and leaves nothing to believe.

    articles: save_as → the Article of a story's own page. moved: path → where its Article stands.
    """

    def __init__(self, plan: Plan, tools: Tools) -> None:
        super().__init__(replace(plan, plainly=True), tools)
        self.articles: dict[str, Content] = {}
        self.moved: dict[str, Address] = {}

    @cached_property
    def edition(self) -> Edition:
        """What readers see, each story where its Article stands."""
        edition = super().edition
        moved = {path: address for path, address in self.moved.items() if path in edition.addresses}
        edition.addresses = {**edition.addresses, **moved}
        return edition

    def arrange_anew(self, rows: Mapping[str, Story], moved: Mapping[str, Address]) -> None:
        """From now on the edition is that of other rows; the store keeps those of the sources."""
        self.sheets.hold(dict(rows))
        self.moved = dict(moved)
        vars(self).pop("edition", None)

    def go_on_alone(self) -> None:
        """From now on this process does all: no other has the Articles."""
        vars(self)["crew"] = None

    @cached_property
    def renderer(self) -> ShownWith:
        """Makes bytes of views, with their Articles."""
        return ShownWith(self.plan, self.articles)

    @cached_property
    def world(self) -> World:
        """Nothing by which a later build could call a page unchanged."""
        return World()

    def _built(self, listed: Any) -> Built:
        built = super()._built(listed)
        entries = {name: Entry(entry.print, *entry.stamp) for name, entry in built.entries.items()}
        reasons = dict.fromkeys(built.reasons, "full mode, for a plugin")
        return replace(built, entries=entries, world=World(summary=self.world.summary), reasons=reasons)


@dataclass
class Made:
    """An Article as it was made: its row, what it was made of, and its HTML."""

    story: Story
    content: Content
    before: Facts
    text: str


@dataclass
class Full:
    """One run in full mode. why: who asks for it. plugins: all that are loaded.

    seconds: what was spent on Articles, and on pages. made: by path. begun: every source for which one was to be made.
    has_put: the site may be ours no longer.
    """

    build: FullBuild
    why: list[Listener]
    plugins: tuple[str, ...]
    made: dict[str, Made] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    has_put: bool = False

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[what] = self.seconds.get(what, 0.0) + time.perf_counter() - started

    @property
    def zone(self) -> str:
        """The paper's time zone."""
        return self.build.paper.timezone

    def can_begin(self) -> bool:
        """Whether the settings can be used; if not, an ordinary build says what is wrong with them."""
        try:
            self.build.house  # noqa: B018
        except (clock.NotAnInstant, BadPattern):
            return False
        return True

    # --- Articles and Pages -------------------------------------------------------------------------------------------

    def make_contents(self, generator: Any, kind: Kind) -> None:
        """Fill the lists of Pelican's generator of articles, or of pages, with its signals."""
        build = self.build
        build.sheets  # noqa: B018  reading is not what a plugin costs
        with self._timed("articles"):
            ours = pelicans_settings(build.house, build.plan.article_url, build.plan.article_save_as)
            generator.settings.update(ours)
            generator.context.update(ours)
            self._know_sources(generator)
            found = self._make_all(generator, kind)
            for status, (originals, translations) in LISTS[kind].items():
                lists = self._listed_of(found, status)
                setattr(generator, originals, lists[0])
                setattr(generator, translations, lists[1])
            if kind is Kind.STORY:
                self._tell_taxonomy(generator)
            else:
                generator.context |= {name: getattr(generator, name) for name, _ in PAGE_LISTS.values()}
                self._send("page_generator_finalized", generator)

    def _know_sources(self, generator: Any) -> None:
        """Pelican resolves a link by this map; what readers must not see, and what is no source, is None in it."""
        edition = self.build.edition
        known = generator.context["generated_content"]
        for path in self.build.sheets.kept:
            known.setdefault(path, edition.addresses.get(path))

    def _make_all(self, generator: Any, kind: Kind) -> list[Any]:
        edition = self.build.edition
        drafts = [row for row in edition.withheld.values() if row.status is Status.DRAFT and not row.fault]
        rows = edition.stories if kind is Kind.STORY else edition.pages
        asked = AskedEdition(edition)
        wanted = sorted([*rows, *(row for row in drafts if row.kind is kind)], key=attrgetter("order"))
        made = [
            self._make(generator, self.build.story(story.path), asked)
            for story in wanted
            if story.status is not Status.WITHDRAWN
        ]
        return [content for content in reversed(made) if content is not None]

    def _make(self, generator: Any, story: Story, asked: AskedEdition) -> Content | None:
        name = "article" if story.kind is Kind.STORY else "page"
        self.begun.add(story.path)
        self._send(f"{name}_generator_preread", generator, about=story.path)
        metadata = metadata_of(story, asked, generator.settings)
        before = facts_of(metadata.get, self.zone)
        text = html_of(story, asked)
        self._send(f"{name}_generator_context", generator, about=story.path, metadata=metadata)
        if metadata.get("status") == "skip":
            return None
        with heard("content_object_init", story.path):
            content = make_content(story, text, metadata, generator.settings, generator.context)
        address = self.build.edition.addresses.get(story.path)
        if address and not {"url", "save_as"} & metadata.keys() and facts_of_content(content, self.zone) == before:
            set_address(content, address.url, address.save_as)
        if not content.is_valid():
            message = "a plugin has left this article without a title, a date, a status or an address that can be used"
            self.problems.append(Complaint(PLUGIN, message).at(self.build.plan.shown + story.path))
            return None
        self.made[story.path] = Made(story, content, before, text)
        if story.status is not Status.DRAFT:
            generator.context["generated_content"][story.path] = content
            generator.add_static_links(content)
            if story.photo:
                generator.context["static_links"].add(link_target(story.path, quote(story.photo.file))[0])
        return content

    def _listed_of(self, found: Iterable[Any], status: Status) -> tuple[list[Any], list[Any]]:
        keys = {path: made.story.translation_of for path, made in self.made.items()}
        originals, translations = pair((each for each in found if status_of(each) is status), keys)
        return originals, translations

    def _tell_taxonomy(self, generator: Any) -> None:
        """As Pelican does between its two signals; only originals stand in the lists."""
        settings, context = generator.settings, generator.context
        for name, _ in STORY_LISTS.values():
            setattr(generator, name, order_content(getattr(generator, name), settings["ARTICLE_ORDER_BY"]))
        self._send("article_generator_pretaxonomy", generator)
        for article in generator.articles:
            if hasattr(article, "category"):
                generator.categories[article.category].append(article)
            for tag in getattr(article, "tags", ()):
                generator.tags[tag].append(article)
            for author in getattr(article, "authors", ()):
                generator.authors[author].append(article)
        newest_first = settings["NEWEST_FIRST_ARCHIVES"]
        generator.dates = sorted(generator.articles, key=attrgetter("date"), reverse=newest_first)
        generator.period_archives = generator._build_period_archives(generator.dates, generator.articles, settings)
        generator.categories = sorted(generator.categories.items(), reverse=settings["REVERSE_CATEGORY_ORDER"])
        generator.authors = sorted(generator.authors.items())
        for name in ("articles", "drafts", "hidden_articles", "dates", "categories", "authors", "related_posts"):
            context[name] = getattr(generator, name)
        context["tags"] = list(generator.tags.items())
        context["period_archives"] = generator.period_archives
        self._send("article_generator_finalized", generator)

    def make_statics(self, generator: Any) -> None:
        """Fill Pelican's list of files with those that readers' stories name, with its signals."""
        with self._timed("articles"):
            linked = sorted(path for path in generator.context["static_links"] if path in self.build.content.files)
            generator.staticfiles = []
            for path in linked:
                with heard("static_generator_context", path):
                    static = self._read_static(generator, path)
                generator.staticfiles.append(static)
                generator.add_source_path(static, static=True)
            generator.context["staticfiles"] = generator.staticfiles
            self._send("static_generator_finalized", generator)

    def _read_static(self, generator: Any, path: str) -> Content:
        static: Content = generator.readers.read_file(
            base_path=generator.path,
            path=path,
            content_class=Static,
            fmt="static",
            context=generator.context,
            preread_signal=signals.static_generator_preread,
            preread_sender=generator,
            context_signal=signals.static_generator_context,
            context_sender=generator,
        )
        return static

    def _send(self, name: str, sender: Any, about: str = "", **given: Any) -> None:
        with heard(name, about):
            signals.__dict__[name].send(sender, **given)

    # --- Rows and pages -----------------------------------------------------------------------------------------------

    def make_pages(self, stories: Any, pages: Any, statics: Any) -> Built:
        """The site, from what the plugins have left in the lists of Pelican's generators."""
        with self._timed("articles"):
            self._derive(stories, pages)
            self.problems += unheard(self.plugins)
            self.problems += self._unhonoured(statics)
            self._tell_writing(stories, pages)
        with self._timed("pages"):
            self.build.go_on_alone()
            if listeners([WRITTEN], self.plugins):
                self.build.renderer.shown = {}
            return self.build.done()

    def _derive(self, stories: Any, pages: Any) -> None:
        """Rows anew from the lists: what is in none is gone, what has changed is as it is there."""
        made = self.made
        rows = {path: self.build.story(path) for path in self.build.sheets.kept if path not in self.begun}
        moved: dict[str, Address] = {}
        found: dict[str, Content] = {}
        for generator, kind in ((stories, Kind.STORY), (pages, Kind.PAGE)):
            for status, names in LISTS[kind].items():
                for content in chain.from_iterable(getattr(generator, name) for name in names):
                    path = str(content.get_relative_source_path())
                    if path not in made:
                        message = "an article that a plugin has made itself has no source, and gets no page"
                        self.problems.append(self._complaint(message, path))
                    elif path not in rows:
                        rows[path] = self._row(made[path], content, status)
                        if status is not Status.DRAFT:
                            moved[path] = Address(content.url.lstrip("/"), content.save_as.lstrip("/"))
                            found[path] = content
        # Sources keep their order, on which the order of what is equal in all else depends.
        self.build.arrange_anew({path: rows[path] for path in self.build.sheets.kept if path in rows}, moved)
        # A date that a plugin has put into the future withholds a story, as its author's would.
        addresses = self.build.edition.addresses
        self.build.articles |= {addresses[path].save_as: each for path, each in found.items() if path in addresses}

    def _row(self, made: Made, content: Content, status: Status) -> Story:
        after = facts_of_content(content, self.zone)
        if after.lang not in self.build.paper.languages:
            after = after._replace(lang=made.before.lang)
        row = made.story if status is Status.DRAFT else changed(made.story, made.before, after)
        return row if row.status is status else replace(row, status=status)

    def _unhonoured(self, statics: Any) -> Iterator[Problem]:
        """What plugins have done to Articles that no page shows."""
        for path, made in self.made.items():
            if made.content._content != made.text:
                message = "a plugin has changed this article's text, and its page shows the text as it was written"
                yield self._complaint(message, path)
        for static in statics.staticfiles:
            path = str(static.get_relative_source_path())
            if static.save_as != path:
                yield self._complaint("a plugin has moved this file, which stays at its own address", path)

    def _complaint(self, message: str, path: str) -> Problem:
        hint = "docs/write-a-plugin.md says what a plugin made for Pelican can do"
        return Complaint(NOT_HONOURED, message, hint).at(self.build.plan.shown + path)

    def _tell_writing(self, stories: Any, pages: Any) -> None:
        """Before any page is rendered, so that what a listener does to an Article is seen on all of them."""
        for content in self._in_order(stories, STORY_LISTS):
            self._send("article_generator_write_article", stories, about=str(content), content=content)
        for content in self._in_order(pages, PAGE_LISTS):
            self._send("page_generator_write_page", pages, about=str(content), content=content)

    def _in_order(self, generator: Any, lists: Mapping[Status, tuple[str, str]]) -> list[Any]:
        """As Pelican writes them, of those that readers see: translations, originals, hidden ones."""
        names = [name for status in (Status.PUBLISHED, Status.HIDDEN) for name in reversed(lists[status])]
        shown = set(map(id, self.build.articles.values()))
        return [each for name in names for each in getattr(generator, name) if id(each) in shown]

    # --- Writing ------------------------------------------------------------------------------------------------------

    def put(self, output: Path, built: Built, tick: Callable[[], None]) -> Written:
        """Bring the site to its place; the ledger calls it torn until all plugins are done. Raises OSError."""
        self.has_put = True
        output.mkdir(parents=True, exist_ok=True)
        self.build.tools.ledger.mark_torn(built.staged)
        removed = put(output, built.stage, built.staged, built.gone, tick)
        return Written(tuple(sorted(built.staged)), removed, len(built.entries) - len(built.staged))

    def tell_written(self, generator: Any, output: Path, kind: Kind, writer: Any) -> None:
        """Send `content_written` for each page of HTML: those of static pages, or all others, stories first."""
        with self._timed("pages"):
            shown = self.build.renderer.shown or {}
            own = [each.save_as.lstrip("/") for each in self._in_order(generator, LISTS[kind])]
            others = [] if kind is Kind.PAGE else [each for each in shown if each not in self.build.articles]
            for save_as in (*own, *others):
                if save_as in shown and save_as.endswith((".html", ".htm")):
                    context = self._context_of(generator, shown[save_as], kind)
                    with heard(WRITTEN, save_as):
                        signals.content_written.send(str(output / save_as), context=context)
            name = "article" if kind is Kind.STORY else "page"
            self._send(f"{name}_writer_finalized", generator, writer=writer)

    def _context_of(self, generator: Any, page: Page, kind: Kind) -> dict[str, Any]:
        """What Pelican would have rendered the page with, and what we have."""
        context = {**generator.context, **page.context(), "output_file": page.save_as}
        if kind is Kind.PAGE:
            context["page"] = context.pop("article")
        return context

    def report(self) -> list[str]:
        """Which plugins asked for it, and what it cost: a line each."""
        signals_of: dict[str, list[str]] = {}
        for listener in self.why:
            signals_of.setdefault(listener.plugin, []).append(listener.signal)
        cost = ", ".join(f"{seconds:.1f} s for {what}" for what, seconds in self.seconds.items())
        lines = [f"every page was made for the plugin {name} ({', '.join(each)})" for name, each in signals_of.items()]
        return [*lines, f"full mode: {cost}"]
