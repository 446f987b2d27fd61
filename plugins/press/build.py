"""One build, from content/ to the bytes of every file of the site. Writes nothing.

    scan → tables → read → arrange → views → render

All problems of all stages are collected; whoever called decides what they stop.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol

from plugins.newsroom import clock, hooks, showing, tables
from plugins.newsroom.body import Body
from plugins.newsroom.edition import BROKEN_LINK, Edition, Sources, arrange, due_at, is_withheld
from plugins.newsroom.paper import Paper, read_paper
from plugins.newsroom.pictures import MISSING, Size, measure
from plugins.newsroom.problem import Code, Complaint, Problem, Severity, judge, ordered
from plugins.newsroom.story import Kind, Status, Story
from plugins.newsroom.urls import PATTERN, BadPattern, Site, collisions, story_address
from plugins.newsroom.views import Page
from plugins.press.assets import Assets, theme_assets
from plugins.press.output import outside
from plugins.press.render import Renderer, render_all
from plugins.press.scan import Content, read_bytes, scan
from plugins.press.words import check_catalogues, words_of

NO_PUBLIC_ADDRESS = Code("paper/publish-address", Severity.ERROR, "The paper is published without an address.")
NO_PAGE = Code("story/no-page", Severity.ERROR, "A published story would have no page.")
BAD_NOW = Code("clock/not-an-instant", Severity.ERROR, "NOW holds something that is no date or time.")


class Progress(Protocol):
    """Told how far a build is."""

    def start(self, what: str, total: int) -> Callable[[], None]:
        """Begin a phase of `total` steps; the function returned is called after each."""


@dataclass(frozen=True)
class Plan:
    """What a build depends on, beyond the files that it finds. Paths are absolute.

    shown: what stands before a path of content/ in a message. plugins: modules' names, in order.
    siteurl: Pelican's SITEURL. environment: `NOW` and its like.
    """

    content: Path
    theme: Path
    template_folders: tuple[Path, ...]
    shown: str = "content/"
    plugins: tuple[str, ...] = ()
    siteurl: str = ""
    publish: bool = False
    article_url: str = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
    article_save_as: str = "{date:%Y}/{date:%m}/{date:%d}/{slug}/index.html"
    theme_folder: str = "theme"
    extra_keys: frozenset[str] = frozenset()
    allow_raw_html: bool = False
    ignore: tuple[str, ...] = ()
    feed_size: int = 20
    page_size: int = 20
    environment: Mapping[str, str] = field(default_factory=dict)
    adapt: Callable[[Any], None] | None = None


@dataclass(frozen=True)
class Built:
    """The whole site in memory, and what is wrong with it.

    files: save_as → bytes. stories: published ones. waiting: withheld ones that a clock will bring out.
    due: when the next of those appears, or None.
    """

    files: Mapping[str, bytes]
    problems: Sequence[Problem]
    stories: int = 0
    pages: int = 0
    drafts: int = 0
    waiting: int = 0
    due: datetime | None = None
    now: datetime | None = None


class NoProgress:
    """Tells nobody."""

    def start(self, what: str, total: int) -> Callable[[], None]:
        """Nothing to show."""
        return lambda: None


def build(plan: Plan, progress: Progress | None = None) -> Built:
    """Build the site. Faults in copy, tables and templates are problems of the result, never exceptions."""
    progress = progress or NoProgress()
    content = scan(plan.content, plan.ignore)
    paper, problems = load_paper(plan, content)
    problems += content.problems
    try:
        now = clock.read_now(plan.environment, paper.timezone)
        _try_pattern(plan, paper, now)
    except (clock.NotAnInstant, BadPattern) as fault:
        if isinstance(fault, clock.NotAnInstant):
            return Built({}, [Complaint(BAD_NOW, str(fault)).at("NOW")])
        return Built(
            {},
            [Complaint(PATTERN, str(fault), 'ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"').at("ARTICLE_URL")],
        )
    rows, bodies, unread = read_all(plan, paper, content, progress)
    rows = settle_rows(plan, rows, paper)
    problems += unread
    assets = theme_assets(plan.theme, plan.theme_folder)
    edition = _arrange(plan, paper, now, content, rows, bodies, assets)
    problems += _check_rows(plan, rows, paper)
    edition.check_withheld()
    pages = make_pages(plan, edition)
    problems += _check_public_address(plan, edition)
    extra = {path.removeprefix("extra/"): path for path in content.extra}
    problems += _check_made(edition, pages)
    showing.check_menu(edition, pages, extra)
    _check_site_links(edition, pages, extra)
    copies = _copies(edition, pages)
    problems += _check_addresses(plan, edition, pages, copies, extra, assets)
    files, failures = _render(plan, pages, progress)
    files |= dict(assets.files)
    for save_as, path in (*copies.items(), *extra.items()):
        data = read_bytes(plan.content, path)
        if isinstance(data, bytes):
            files[save_as] = data
        else:
            problems.append(data)
    problems += edition.problems
    copy = (replace(each, path=plan.shown + each.path) for each in _judged(problems, rows, paper))
    words = (judge(each, paper.rules) for each in check_catalogues(plan.theme, paper.languages))
    house = [*assets.problems, *(each for each in words if each), *failures, *outside(files)]
    waiting = [due for row in rows if is_withheld(row, now) and (due := due_at(row))]
    return Built(
        files=files,
        problems=ordered((*copy, *house)),
        stories=sum(story.status is Status.PUBLISHED for story in edition.stories),
        pages=len(pages),
        drafts=sum(row.status is Status.DRAFT for row in rows),
        waiting=len(waiting),
        due=min(waiting, default=None),
        now=now,
    )


def _try_pattern(plan: Plan, paper: Paper, now: datetime) -> None:
    story = Story("", date=now, slug="a-slug", section="news", lang=paper.lang)
    for pattern in (plan.article_url, plan.article_save_as):
        if "{slug}" not in pattern or pattern.startswith("/"):
            raise BadPattern(f"'{pattern}' must hold {{slug}}, and begin without a slash")
    if plan.article_save_as not in _served_as(plan.article_url):
        raise BadPattern(f"a story at '{plan.article_url}' cannot be served from '{plan.article_save_as}'")
    story_address(story, plan.article_url, plan.article_save_as, zone=paper.timezone, first_lang=paper.lang)


def _served_as(url: str) -> tuple[str, ...]:
    """The files from which a static host serves an address."""
    return (f"{url}index.html",) if url.endswith("/") else (url, f"{url}.html", f"{url}/index.html")


DOMAIN_TABLES = frozenset({"paper", "sections", "checks", "agencies", "bylines"})
"""Tables that the domain types itself, since everything needs them."""


@lru_cache(maxsize=4)
def all_codes(plugins: tuple[str, ...]) -> Mapping[str, Code]:
    """Every problem code of the house and of these plugins, by name: each stands at the top level of a module."""
    modules: dict[str, Any] = {}
    for root in ("plugins.newsroom", "plugins.press", *plugins):
        module = sys.modules.get(root) or importlib.import_module(root)
        modules[root] = module
        for inner in pkgutil.iter_modules(getattr(module, "__path__", [])):
            name = f"{root}.{inner.name}"
            # Only modules that are light: those which name codes say so by being called codes, or by being loaded.
            if inner.name == "codes" or name in sys.modules:
                modules[name] = importlib.import_module(name)
    return hooks.codes_of(modules.values())


def load_paper(plan: Plan, content: Content) -> tuple[Paper, list[Problem]]:
    """All tables of data/, each typed by whoever owns it."""
    problems: list[Problem] = []
    found: dict[str, tables.Table] = {}
    for path in content.tables:
        data = read_bytes(plan.content, path)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        table, more = tables.read_table(path, data)
        problems += more
        found[path.removeprefix("data/").removesuffix(".toml")] = table
    paper, more = read_paper(found, all_codes(plan.plugins))
    problems += more
    owners = hooks.tables.of(plan.plugins)
    for name in sorted(found.keys() - owners.keys() - DOMAIN_TABLES):
        hint = f"the tables are {', '.join(sorted({*DOMAIN_TABLES, *owners}))}"
        problems.append(found[name].problem(tables.UNKNOWN_TABLE, f"nothing reads the table '{name}'", hint=hint))
    typed: dict[str, Any] = {}
    for name, read in owners.items():
        typed[name], more = read(found.get(name, tables.Table(f"data/{name}.toml")))
        problems += more
    return replace(paper, data=typed), problems


def read_all(
    plan: Plan, paper: Paper, content: Content, progress: Progress
) -> tuple[list[Story], dict[str, Body], list[Problem]]:
    """Every source read: rows, bodies by path, and the files that could not be opened."""
    from plugins.stories.read import Reader

    settings = hooks.ReaderSettings(
        paper.timezone, paper.lang, paper.languages, plan.extra_keys, allow_raw_html=plan.allow_raw_html
    )
    reader = Reader(settings, hooks.reading.of(plan.plugins))
    rows: list[Story] = []
    bodies: dict[str, Body] = {}
    problems: list[Problem] = []
    tick = progress.start("reading", len(content.sources))
    for path in content.sources:
        data = read_bytes(plan.content, path)
        if isinstance(data, Problem):
            problems.append(data)
            rows.append(Story(path, fault=True))
        else:
            row, bodies[path] = reader.read(path, data)
            rows.append(row)
        tick()
    return rows, bodies, problems


def settle_rows(plan: Plan, rows: Iterable[Story], paper: Paper) -> list[Story]:
    """The rows with what the tables settle of them."""
    settled = list(rows)
    for step in hooks.rows.of(plan.plugins).values():
        settled = [row if row.fault else step(row, paper) for row in settled]
    return settled


def _arrange(
    plan: Plan,
    paper: Paper,
    now: datetime,
    content: Content,
    rows: Iterable[Story],
    bodies: Mapping[str, Body],
    assets: Assets,
) -> Edition:
    @cache
    def size(path: str) -> Size | Complaint:
        return measure(plan.content / path)

    sources = Sources(content.files, size, lambda path: bodies.get(path, Body()))
    site = Site.at(plan.siteurl, paper.url)
    edition = arrange(rows, paper, now, site, sources, pattern=plan.article_url, save_as=plan.article_save_as)
    return replace(
        edition,
        assets={"stylesheet": assets.stylesheet, "favicon": assets.favicon, **_own_pictures(edition)},
        show=hooks.facts.of(plan.plugins),
        slots=hooks.slots.of(plan.plugins),
        place=tuple(hooks.blocks.of(plan.plugins).values()),
        entry_ends=tuple(hooks.entry_ends.of(plan.plugins).values()),
        plugin_urls=frozenset(url for each in hooks.addresses.of(plan.plugins).values() for url in each(paper)),
        feed_size=plan.feed_size,
        page_size=plan.page_size,
        words=lambda lang: words_of(plan.theme, lang).gettext,
    )


def _own_pictures(edition: Edition) -> dict[str, str]:
    """The paper's favicon and logo, where paper.toml names files of content/."""
    named = {"favicon": edition.paper.favicon, "logo": edition.paper.logo}
    found = {}
    for key, path in named.items():
        path = path.lstrip("/")
        if path in edition.sources.files:
            found[key] = path
        elif path:
            table = edition.paper.table
            edition.problems.append(table.problem(MISSING, f"there is no picture '{path}' in content/", key))
    return found


def _check_rows(plan: Plan, rows: Iterable[Story], paper: Paper) -> Iterator[Problem]:
    checks = hooks.checks.of(plan.plugins).values()
    for row in rows:
        if row.fault:
            continue
        for check in checks:
            for key, complaint in check(row, paper):
                yield complaint.at(row.path, row.lines.get(key, row.lines.get("body", 0)))


def make_pages(plan: Plan, edition: Edition) -> list[Page]:
    """Every page of the site, those that list others last."""
    pages = [page for make in hooks.pages.of(plan.plugins).values() for page in make(edition)]
    for close in hooks.closing_pages.of(plan.plugins).values():
        pages += list(close(edition, list(pages)))
    return pages


def _check_public_address(plan: Plan, edition: Edition) -> Iterator[Problem]:
    """What is deployed needs an address for feeds, sitemap and canonical links; a preview does without."""
    if plan.publish and not edition.site.address:
        hint = "make publish SITEURL=https://courier.example, or url = in paper.toml"
        complaint = Complaint(NO_PUBLIC_ADDRESS, "a paper cannot be published without its address", hint)
        yield complaint.at(edition.paper.table.path)


def _check_made(edition: Edition, pages: Iterable[Page]) -> Iterator[Problem]:
    """Whatever plugins are loaded, no published story may be without a page."""
    made = {page.source for page in pages}
    for story in (*edition.stories, *edition.pages):
        if story.path not in made:
            complaint = Complaint(NO_PAGE, "no loaded plugin makes a page of this", 'add "plugins.stories" to PLUGINS')
            yield complaint.at(story.path)


def _check_site_links(edition: Edition, pages: Iterable[Page], extra: Iterable[str]) -> None:
    """A typed `/about/` must lead to a page, or to a file of extra/."""
    known = {page.url for page in pages} | {page.save_as for page in pages} | set(extra)
    for target, story, link in edition.site_links:
        target = "" if target == "." else target
        if target not in known and f"{target}/" not in known:
            complaint = Complaint(
                BROKEN_LINK,
                f"'{link.value}' leads to no page of the site",
                "link to a story by its file, as other-story.md",
            )
            edition.complain(complaint, story, link.line)


def _copies(edition: Edition, pages: Iterable[Page]) -> dict[str, str]:
    """The files of content/ that some page names: where each goes → where it is."""
    named = {path for page in pages for path in page.files}
    named |= {edition.assets[key] for key in ("favicon", "logo") if edition.assets.get(key) in edition.sources.files}
    return {path: path for path in sorted(named)}


def _check_addresses(
    plan: Plan,
    edition: Edition,
    pages: Iterable[Page],
    copies: Mapping[str, str],
    extra: Mapping[str, str],
    assets: Assets,
) -> Iterator[Problem]:
    """Two things at one address. What the house makes comes first, so that the story is the one to be told.

    Stories that wait count as if they were out: their hour may come when nobody is looking.
    """
    zone, first = edition.paper.timezone, edition.paper.lang
    made = [(page.save_as, f"the page /{page.url}") for page in pages if not page.source]
    typed = [(page.save_as, page.source) for page in pages if page.source]
    typed += [
        (story_address(story, plan.article_url, plan.article_save_as, zone=zone, first_lang=first).save_as, story.path)
        for story in edition.withheld.values()
        if due_at(story) and story.kind is Kind.STORY
    ]
    theme = [(name, "the theme") for name, _ in assets.files]
    files = {source for _, source in typed} | set(copies.values()) | set(extra.values())
    for source, complaint in collisions([*theme, *made, *typed, *copies.items(), *extra.items()]):
        if source in files:
            yield complaint.at(source)
        else:
            yield replace(complaint, message=f"{source}: {complaint.message}").at(".")


def _render(plan: Plan, pages: Sequence[Page], progress: Progress) -> tuple[dict[str, bytes], list[Problem]]:
    renderer = Renderer(plan.template_folders, lambda lang: words_of(plan.theme, lang), plan.adapt)
    files: dict[str, bytes] = {}
    failures: dict[tuple[str, int, str], Problem] = {}
    tick = progress.start("rendering", len(pages))
    for page, result in render_all(pages, renderer, tick):
        if isinstance(result, bytes):
            files[page.save_as] = result
        else:
            # One broken template breaks a thousand pages alike: the first of them is told.
            failures.setdefault((result.path, result.line, result.message.partition(" (while")[0]), result)
    return files, list(failures.values())


def _judged(problems: Iterable[Problem], rows: Iterable[Story], paper: Paper) -> list[Problem]:
    """Severities as this paper has them; a story's own problems come with its row."""
    by_path = {row.path: row for row in rows}
    judged = []
    for problem in (*problems, *(each for row in by_path.values() for each in row.problems)):
        row = by_path.get(problem.path)
        dated = row.date.date() if row and row.date else None
        draft = row is not None and row.status is Status.DRAFT
        if result := judge(problem, paper.rules, dated=dated, draft=draft):
            judged.append(result)
    return judged
