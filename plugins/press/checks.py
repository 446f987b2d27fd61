"""Checks that need the whole site: two things at one address, links that lead to no page, a story without a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from plugins.newsroom.asked import SiteLink
from plugins.newsroom.edition import BROKEN_LINK, Edition, due_at
from plugins.newsroom.paper import Paper
from plugins.newsroom.problem import Code, Complaint, Problem, Severity, judge
from plugins.newsroom.story import Kind, Outline, Status
from plugins.newsroom.urls import BadPattern, all_differ, collisions, story_address
from plugins.newsroom.views import Listed
from plugins.press.assets import Assets
from plugins.press.plan import Plan

NO_PUBLIC_ADDRESS = Code("paper/publish-address", Severity.ERROR, "The paper is published without an address.")
NO_PAGE = Code("story/no-page", Severity.ERROR, "A published story would have no page.")


def try_pattern(plan: Plan, paper: Paper, now: datetime) -> None:
    """Raises BadPattern where ARTICLE_URL and ARTICLE_SAVE_AS cannot serve a story."""
    story = Outline("", date=now, slug="a-slug", section="news", lang=paper.lang)
    for pattern in (plan.article_url, plan.article_save_as):
        if "{slug}" not in pattern or pattern.startswith("/"):
            raise BadPattern(f"'{pattern}' must hold {{slug}}, and begin without a slash")
    if plan.article_save_as not in _served_as(plan.article_url):
        raise BadPattern(f"a story at '{plan.article_url}' cannot be served from '{plan.article_save_as}'")
    story_address(story, plan.article_url, plan.article_save_as, zone=paper.timezone, first_lang=paper.lang)


def _served_as(url: str) -> tuple[str, ...]:
    """The files from which a static host serves an address."""
    return (f"{url}index.html",) if url.endswith("/") else (url, f"{url}.html", f"{url}/index.html")


def check_public_address(plan: Plan, edition: Edition) -> Iterator[Problem]:
    """What is deployed needs an address for feeds, sitemap and canonical links; a preview does without."""
    if plan.publish and not edition.house.site.address:
        hint = "make publish SITEURL=https://courier.example, or url = in paper.toml"
        complaint = Complaint(NO_PUBLIC_ADDRESS, "a paper cannot be published without its address", hint)
        yield complaint.at(edition.paper.table.path)


def check_made(edition: Edition, sources: Collection[str]) -> Iterator[Problem]:
    """Whatever plugins are loaded, no published story may be without a page. sources: of all pages."""
    for story in (*edition.stories, *edition.pages):
        if story.path not in sources:
            complaint = Complaint(NO_PAGE, "no loaded plugin makes a page of this", 'add "plugins.stories" to PLUGINS')
            yield complaint.at(story.path)


def check_site_links(links: Iterable[SiteLink], known: Collection[str]) -> Iterator[Problem]:
    """A typed `/about/` must lead to a page, or to a file of extra/. known: all addresses and files of the site."""
    for target, path, link in links:
        target = "" if target == "." else target
        if target not in known and f"{target}/" not in known:
            complaint = Complaint(
                BROKEN_LINK,
                f"'{link.value}' leads to no page of the site",
                "link to a story by its file, as other-story.md",
            )
            yield complaint.at(path, link.line)


def check_addresses(
    plan: Plan,
    edition: Edition,
    pages: Iterable[Listed],
    copies: Mapping[str, str],
    extra: Mapping[str, str],
    assets: Assets,
) -> Iterator[Problem]:
    """Two things at one address. What the house makes comes first, so that the story is the one to be told.

    Stories that wait count as if they were out: their hour may come when nobody is looking.
    """
    zone, first = edition.paper.timezone, edition.paper.lang
    waiting = [
        (story_address(story, plan.article_url, plan.article_save_as, zone=zone, first_lang=first).save_as, story.path)
        for story in edition.withheld.values()
        if due_at(story) and story.kind is Kind.STORY
    ]
    theme = [(name, "the theme") for name, _ in assets.files]
    pages = list(pages)
    if all_differ([*(page.save_as for page in pages), *(name for name, _ in (*waiting, *theme)), *copies, *extra]):
        return
    made = [(page.save_as, f"the page /{page.url}") for page in pages if not page.source]
    typed = [*((page.save_as, page.source) for page in pages if page.source), *waiting]
    files = {source for _, source in typed} | set(copies.values()) | set(extra.values())
    for source, complaint in collisions([*theme, *made, *typed, *copies.items(), *extra.items()]):
        if source in files:
            yield complaint.at(source)
        else:
            yield replace(complaint, message=f"{source}: {complaint.message}").at(".")


def judged(problems: Iterable[Problem], outlines: Iterable[Outline], paper: Paper) -> list[Problem]:
    """Severities as this paper has them."""
    problems = list(problems)
    paths = {problem.path for problem in problems}
    by_path = {outline.path: outline for outline in outlines if outline.path in paths}
    judged = []
    for problem in problems:
        about = by_path.get(problem.path)
        dated = about.date.date() if about and about.date else None
        draft = about is not None and about.status is Status.DRAFT
        if result := judge(problem, paper.rules, dated=dated, draft=draft):
            judged.append(result)
    return judged
