"""Fronts: the home page, with one lead, a few seconds and a row for each section. No story stands on it twice.

/       the front of the paper's first language        /hy/    of another
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.newsroom import hooks, showing
from plugins.newsroom.edition import Edition
from plugins.newsroom.story import Story
from plugins.newsroom.urls import listing
from plugins.newsroom.views import Anchor, FrontSection, FrontView, Page

SECONDS = 4
"""Cards beside the lead."""
IN_ROW = 4
"""Cards in a section's row."""
NEWEST = 12
"""The lead is the story of highest priority among so many newest."""


def choose_front(newest_first: Sequence[Story]) -> tuple[Story | None, list[Story]]:
    """The lead story and the seconds, from a language's stories, newest first."""
    if not newest_first:
        return None, []
    lead = max(newest_first[:NEWEST], key=lambda story: (story.priority, *story.order))
    return lead, [story for story in newest_first[: SECONDS + 1] if story is not lead][:SECONDS]


def make_fronts(edition: Edition) -> Iterator[Page]:
    """One home page a language."""
    for lang in edition.paper.languages:
        yield _front(edition, lang)


def _front(edition: Edition, lang: str) -> Page:
    files: list[str] = []
    lead, seconds = choose_front(edition.listed(lang)[::-1])
    taken = {story.path for story in (lead, *seconds) if story}
    rows = []
    for section in edition.sections(lang):
        stories = [
            story
            for story in edition.in_section(lang, section)[::-1][: IN_ROW + SECONDS + 1]
            if story.path not in taken
        ]
        if stories:
            name = edition.paper.section(section).name(lang)
            anchor = Anchor(name, edition.site.href(listing(lang, edition.paper.lang, section).url))
            rows.append(FrontSection(anchor, tuple(showing.card(story, edition, files) for story in stories[:IN_ROW])))
    view = FrontView(
        lead=showing.card(lead, edition, files) if lead else None,
        seconds=tuple(showing.card(story, edition, files) for story in seconds),
        sections=tuple(rows),
    )
    address = listing(lang, edition.paper.lang)
    fronts = {each: listing(each, edition.paper.lang).url for each in edition.paper.languages}
    return Page(
        save_as=address.save_as,
        url=address.url,
        template="front.html",
        lang=lang,
        content={"front": view},
        head=showing.head(
            edition,
            lang,
            address.url,
            edition.paper.name(lang),
            description=edition.paper.text("description", lang) or edition.paper.text("tagline", lang),
            alternates=fronts if len(fronts) > 1 else {},
        ),
        furniture=showing.furniture(edition, lang, address.url, fronts),
        files=tuple(dict.fromkeys(files)),
    )


def register() -> None:
    """The home pages."""
    hooks.pages.add("fronts", make_fronts)
