"""Fronts: the home page, with one lead, a few seconds and a row for each section. No story stands on it twice.

/       the front of the paper's first language        /hy/    of another
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from plugins.newsroom import hooks, showing
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.newsroom.listings import Spot, given_of, spot_of
from plugins.newsroom.story import Outline, Plain
from plugins.newsroom.urls import listing
from plugins.newsroom.views import Anchor, FrontSection, FrontView, Page

SECONDS = 4
"""Cards beside the lead."""
IN_ROW = 4
"""Cards in a section's row."""
NEWEST = 12
"""The lead is the story of highest priority among so many newest."""


def choose_front(newest_first: Sequence[Outline]) -> tuple[Outline | None, list[Outline]]:
    """The lead story and the seconds, from a language's stories, newest first."""
    if not newest_first:
        return None, []
    lead = max(newest_first[:NEWEST], key=lambda story: (story.priority, *story.order))
    return lead, [story for story in newest_first[: SECONDS + 1] if story is not lead][:SECONDS]


def list_fronts(edition: Edition) -> Iterator[Job]:
    """One home page a language."""
    for lang in edition.paper.languages:
        lead, seconds = choose_front(edition.listed(lang)[::-1])
        taken = {story.path for story in (lead, *seconds) if story}
        about = [*([lead] if lead else []), *seconds]
        rows: list[Plain] = []
        for section in edition.sections(lang):
            newest = edition.in_section(lang, section)[::-1][: IN_ROW + SECONDS + 1]
            stories = [story for story in newest if story.path not in taken][:IN_ROW]
            if stories:
                rows.append([section, len(stories)])
                about += stories
        yield Spot(edition.house, lang).job(print_front, about, seconds=len(seconds), rows=rows)


def print_front(job: Job, edition: AskedEdition) -> Page:
    """The home page: `job.about` holds the lead, the seconds, and each row's stories, in this order."""
    given, spot = given_of(job), spot_of(job, edition)
    lang = spot.lang
    files: list[str] = []
    cards = iter([showing.card(story, edition, files) for story in job.about])
    lead = next(cards, None)
    seconds = tuple(islice(cards, given["seconds"]))
    rows = []
    for section, count in given["rows"]:
        name = edition.paper.section(section).name(lang)
        rows.append(FrontSection(Anchor(name, spot.below(section).href), tuple(islice(cards, count))))
    view = FrontView(lead, seconds, tuple(rows))
    address = spot.address
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
    hooks.pages.add("fronts", list_fronts)
