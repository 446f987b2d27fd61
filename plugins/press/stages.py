"""From content/ to an edition, and to what makes pages of it: what a build does first, and all that a worker needs.

    scan → tables → read → arrange

Only what changed is read; `PRESS=0` reads everything. Problems are collected on the way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import TypeVar

from plugins.newsroom import clock, hooks
from plugins.newsroom.body import Body
from plugins.newsroom.edition import Edition, House, Sources, arrange
from plugins.newsroom.paper import Paper
from plugins.newsroom.problem import Problem
from plugins.newsroom.story import Story
from plugins.press import checks, reading
from plugins.press.assets import Assets, theme_assets
from plugins.press.crew import Crew
from plugins.press.handover import begin_build
from plugins.press.house import Prints, load_paper, make_house, make_prints
from plugins.press.ledger import Ledger
from plugins.press.making import Workshop
from plugins.press.output import stage_for
from plugins.press.phases import Phases, timed
from plugins.press.pictures import Pictures
from plugins.press.plan import NoProgress, Plan, Progress
from plugins.press.prints import TemplatePrints
from plugins.press.questions import Moved
from plugins.press.render import Renderer
from plugins.press.scan import Content, read_bytes, scan
from plugins.press.seen import Seen
from plugins.press.stale import changed_house
from plugins.press.store import Store
from plugins.press.templates import Packed
from plugins.press.words import words_of

T = TypeVar("T")

STORIES_HELD = 1000
"""Whole rows that are held at once: a story is on its own page, and soon after on a few others."""

BODIES_HELD = 32
"""Bodies that are held at once: what makes a story's page asks for its body more than once, one after the other."""


@dataclass
class Tools:
    """What a build works with. crew: None for one process. ledger: of the output. check: make nothing ready."""

    ledger: Ledger
    store: Store | None = None
    crew: Crew | None = None
    progress: Progress = field(default_factory=NoProgress)
    phases: Phases = field(default_factory=Phases)
    check: bool = False


class Stages:
    """From content/ to what readers see. Each stage is made when the next asks for it."""

    def __init__(self, plan: Plan, tools: Tools) -> None:
        self.plan = plan
        self.tools = tools
        self.problems: list[Problem] = []
        self.stage = stage_for(plan.press, plan.output)
        self.phases = tools.phases
        self._moved: Moved | None = None
        self._compiled: Iterator[Packed] = iter(())
        self._listing = False
        self._listed_by_rows = False

    def _keep_sources(self) -> None:
        """What was learnt of sources by opening them."""
        if self.tools.store is not None:
            self.tools.store.keep_seen(self.seen, self.keys)

    def _load_store(self) -> None:
        if self.tools.store is not None and not self.tools.store.loaded:
            with self.phases.phase("loading the store"):
                self.tools.store.load(len(self.content.sources))

    @cached_property
    @timed("finding files")
    def content(self) -> Content:
        """What lies in content/."""
        found = scan(self.plan.content, self.plan.ignore)
        self.problems += found.problems
        return found

    @cached_property
    @timed("tables")
    def paper(self) -> Paper:
        """The tables, typed."""
        paper, problems = load_paper(self.plan, self.content)
        self.problems += problems
        return paper

    @cached_property
    @timed("the theme's files")
    def assets(self) -> Assets:
        """The theme's own files."""
        return theme_assets(self.plan.theme, self.plan.theme_folder)

    @cached_property
    @timed("tables")
    def house(self) -> House:
        """What is the same for every page."""
        now = clock.read_now(self.plan.environment, self.paper.timezone)
        checks.try_pattern(self.plan, self.paper, now)
        house, problems = make_house(self.plan, self.paper, now, self.content, self.assets)
        self.problems += problems
        return house

    @cached_property
    def settings(self) -> hooks.ReaderSettings:
        """What reading a source depends on."""
        paper, plan = self.paper, self.plan
        return hooks.ReaderSettings(
            paper.timezone, paper.lang, paper.languages, plan.extra_keys, allow_raw_html=plan.allow_raw_html
        )

    @cached_property
    @timed("prints of code and settings")
    def prints(self) -> Prints:
        """Prints of code, settings and tables."""
        found = {path: read_bytes(self.plan.content, path) for path in self.content.tables}
        tables = {path: data for path, data in found.items() if isinstance(data, bytes)}
        return make_prints(self.plan, self.settings, self.house, tables)

    @cached_property
    def by(self) -> reading.ReadBy:
        """How sources are read."""
        facts = hooks.reading.of(self.plan.plugins)
        return reading.ReadBy(self.plan.content, self.settings, facts, self.prints.reader)

    @cached_property
    def seen(self) -> Seen:
        """The sources as builds have opened them."""
        assert self.tools.store is not None
        return self.tools.store.seen(self.plan.content, self.prints.reader)

    @cached_property
    def _changed_sources(self) -> Callable[[], list[str] | None]:
        """A worker looks at the sources that builds have opened; None where nobody has looked."""
        crew, store, plan = self.tools.crew, self.tools.store, self.plan
        if not crew or not store or plan.verify or store.sources < reading.WORTH_A_CREW:
            return lambda: None
        answers = crew.ahead("sources", len(crew) - 1, (plan.press, plan.content))
        return lambda: next(answers)

    @cached_property
    @timed("finding changed sources")
    def keys(self) -> dict[str, str]:
        """The print of each source's bytes."""
        if self._begins_anew:
            return {path: kept.key for path, kept in self.sheets.kept.items()}
        sources, known = self.content.sources, {}
        if self.tools.store is not None:
            if not self.plan.verify:
                known = self.seen.known(sources, self._changed_sources())
            self.seen.look(path for path in sources if path not in known)
        keys, problems = reading.hash_all(self.by, [path for path in sources if path not in known], self.crew)
        self.problems += problems
        keys |= known
        return {path: keys[path] for path in sources if path in keys}

    @cached_property
    def crew(self) -> Crew | None:
        """The crew, told of this build; None where there is none, or nothing that it could take from a store."""
        crew = self.tools.crew if self.tools.store else None
        if crew:
            begin_build(self, crew)
        return crew

    @cached_property
    def _begins_anew(self) -> bool:
        """Whether every source will be read, so that none need be hashed before."""
        return self.tools.store is not None and self.tools.store.is_empty

    @cached_property
    def settle_by(self) -> reading.SettleBy:
        """How rows are settled and checked."""
        steps, each = hooks.rows.of(self.plan.plugins).values(), hooks.checks.of(self.plan.plugins).values()
        return reading.SettleBy(self.paper, tuple(steps), tuple(each), self.prints.settler)

    @cached_property
    @timed("reading")
    def sheets(self) -> reading.Sheets:
        """Every source, read and settled."""
        store = self.tools.store
        if store is None:
            self._while_others_read()
            tick = self.tools.progress.start("reading", len(self.content.sources))
            return reading.read_plainly(self.by, self.settle_by, self.content.sources, tick)
        self._load_store()
        start = partial(self.tools.progress.start, "reading")
        if self._begins_anew:
            self.seen.look(self.content.sources)
            keys = dict.fromkeys(self.content.sources, "")
        else:
            keys = self.keys
        sheets = reading.read_all(self.by, self.settle_by, keys, store, self.crew, start, self._while_others_read)
        store.forget_all_but(sheets.kept, self.content.files)
        return sheets

    def _while_others_read(self) -> None:
        """What this process may do meanwhile."""

    @cached_property
    def pictures(self) -> Pictures:
        """The files that pages show or link to."""
        return Pictures(self.plan.content, self.tools.store, verify=self.plan.verify)

    @cached_property
    @timed("arranging")
    def edition(self) -> Edition:
        """What readers see."""
        story, body = lru_cache(STORIES_HELD)(self.story), lru_cache(BODIES_HELD)(self._body)
        known = (self.pictures.size, story, body, self.sheets.prints)
        sources = Sources(self.content.files, *map(self._noted, known))  # type: ignore[arg-type]
        edition = arrange(
            self.sheets.outlines,
            self.house,
            sources,
            pattern=self.plan.article_url,
            save_as=self.plan.article_save_as,
        )
        self._compare(edition)
        return edition

    def _compare(self, edition: Edition) -> None:
        """Tell it what the last build found of related stories, if the same code found it."""
        world = self.tools.ledger.world
        questions = world.questions
        if questions.sources and not self.plan.plainly and not changed_house(world.house, self.prints.house):
            edition.related_before = questions.related_texts()
            edition.moved = self.moved_sources(edition).keys()

    def moved_sources(self, edition: Edition) -> Moved:
        """The sources that are others than when the last build was made."""
        if self._moved is None:
            self._moved = self.tools.ledger.world.questions.moved(edition)
        return self._moved

    def story(self, path: str) -> Story:
        """The whole row of a source, settled. Raises reading.CannotRead."""
        sheets, store = self.sheets, self.tools.store
        if (held := sheets.stories.get(path)) is not None:
            return held
        assert store is not None
        return reading.story_of(store, self.by, self.settle_by, sheets.kept[path])

    def _body(self, path: str) -> Body:
        sheets, store = self.sheets, self.tools.store
        if store is None:
            return sheets.bodies[path]
        return reading.body_of(store, self.by, self.keys[path], path)

    def _noted(self, get: Callable[[str], T]) -> Callable[[str], T]:
        """The same; whether a page was listed by it is noted, since a list may then be another where no outline is."""

        def noted(path: str) -> T:
            self._listed_by_rows = self._listed_by_rows or self._listing
            return get(path)

        return noted

    @cached_property
    @timed("templates")
    def renderer(self) -> Renderer:
        """Makes bytes of views."""
        return make_renderer(self.plan)

    @cached_property
    @timed("templates")
    def templates(self) -> TemplatePrints:
        """Which templates each page loads."""
        return TemplatePrints(self.renderer.environment(self.paper.lang), self.tools.ledger.world.templates)

    @cached_property
    def workshop(self) -> Workshop:
        """Makes pages in this process."""
        for compiled in self._compiled:
            self.renderer.take_over(compiled)
        stage, store = None if self.tools.check else self.stage, self.tools.store
        held = store.held if store else nullcontext
        return Workshop(self.edition, self.renderer, stage, self.plan.output, f"p{os.getpid()}", held)


def make_renderer(plan: Plan) -> Renderer:
    """Makes bytes of views."""
    return Renderer(plan.template_folders, lambda lang: words_of(plan.theme, lang), plan.adapt)
