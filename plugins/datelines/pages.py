"""What readers see of a story's places: the line under it, and the pages of places.

/places/             every place from which we reported, by state or country
/places/gyumri/      its stories, newest first; old sheets at /places/gyumri/page/1/ never change
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from plugins.datelines.dateline import Dateline, Place
from plugins.datelines.fact import NAME, Fact
from plugins.datelines.places import Places
from plugins.datelines.render import printed, render_dateline
from plugins.datelines.style import Styles
from plugins.datelines.tables import folded
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.newsroom.listings import Spot, given_of, page_at, paged, spot_of
from plugins.newsroom.paper import Paper
from plugins.newsroom.story import Outline, Plain, Status, Story
from plugins.newsroom.views import ArchiveView, Page, Period, PeriodGroup

TOP = "places"


class PlaceView(Struct, frozen=True):
    """A place as templates see it. region: as printed, empty where it stands alone. url: its page, or empty."""

    name: str
    region: str = ""
    id: str = ""
    url: str = ""


class DatelineView(Struct, frozen=True):
    """The dateline as templates see it.

    text: without the dash, as schema.org's `dateline` wants it. location_created: schema.org Places, for JSON-LD.
    """

    text: str
    places: tuple[PlaceView, ...] = ()
    location_created: tuple[Mapping[str, str], ...] = ()


def places_of(paper: Paper) -> Places:
    """The paper's places.toml."""
    found = paper.data.get("places")
    return found if isinstance(found, Places) else Places()


def styles_of(paper: Paper) -> Styles:
    """The paper's datelines.toml."""
    found = paper.data.get("datelines")
    return found if isinstance(found, Styles) else Styles()


def dateline_of(story: Story, paper: Paper) -> Dateline | None:
    """A story's dateline as it is printed: typed as typed, from front matter in house style."""
    dateline = Fact.of(story).read
    return dateline and render_dateline(dateline, story.lang, styles_of(paper).of(story.lang))


def view(story: Story, edition: AskedEdition) -> DatelineView | None:
    """The dateline and its places; a place is linked where its page is sure to list the story."""
    dateline = dateline_of(story, edition.paper)
    if dateline is None:
        return None
    places = places_of(edition.paper)
    views, created = [], []
    for place in dateline.places:
        id_, shown = places.id_of(place), places.printed(place, story.lang)
        region = shown.region or places.region(place, story.lang)
        url = Spot(edition, story.lang, (TOP, id_)).href if story.status is Status.PUBLISHED else ""
        views.append(PlaceView(shown.city, shown.region, id_, url))
        created.append({"@type": "Place", "name": shown.city, "address": str(Place(shown.city, region))})
    return DatelineView(" ".join(printed(dateline.text).split()), tuple(views), tuple(created))


def add_places(story: Story, paper: Paper) -> Story:
    """The row with the places under which it is listed: each an id, and the place as it is printed."""
    dateline = dateline_of(story, paper)
    if dateline is None:
        return story
    places = places_of(paper)
    pages: list[Plain] = [[places.id_of(place), place.city, place.region] for place in dateline.places]
    return replace(story, under={**story.under, NAME: pages})


def _pages_of(story: Outline) -> list[list[str]]:
    """What `add_places` has put under the story: id, city and region of each place."""
    pages = story.under.get(NAME)
    return cast("list[list[str]]", pages) if isinstance(pages, list) else []


def group_stories(edition: Edition, lang: str) -> dict[str, list[Outline]]:
    """Place id → the published stories of a language, oldest first."""
    groups: dict[str, list[Outline]] = {}
    for story in edition.listed(lang):
        for id_, _city, _region in _pages_of(story):
            group = groups.setdefault(id_, [])
            if not group or group[-1] is not story:
                group.append(story)
    return groups


def _typed(story: Outline, id_: str) -> Place:
    """A place as a story has it."""
    return next(Place(city, region) for of, city, region in _pages_of(story) if of == id_)


def list_place_pages(edition: Edition) -> Iterator[Job]:
    """The index of places and a page for each, in every language that has any."""
    places = places_of(edition.paper)
    by_lang = {lang: group_stories(edition, lang) for lang in edition.paper.languages}
    for lang, groups in by_lang.items():
        if not groups:
            continue
        _ = edition.house.words(lang)
        top = Spot(edition.house, lang, (TOP,), tuple(each for each in by_lang if by_lang[each]))
        # What a place without a row is called was settled by its first story, so that old pages stay as they are.
        first = {id_: _typed(group[0], id_) for id_, group in groups.items()}
        names = {id_: places.printed(place, lang) for id_, place in first.items()}
        order = sorted(groups, key=lambda id_: (folded(names[id_].city), folded(names[id_].region), id_))
        by_region: dict[str, list[Plain]] = {}
        for id_ in order:
            entry: Plain = [names[id_].city, id_, len(groups[id_])]
            by_region.setdefault(places.region(first[id_], lang), []).append(entry)
        headings = sorted(by_region, key=lambda name: (not name, folded(name), name))
        yield top.job(print_places, groups=[[name, by_region[name]] for name in headings])
        for id_ in order:
            spot = top.below(id_, langs=tuple(each for each in by_lang if id_ in by_lang[each]))
            yield from paged(spot, str(names[id_]), groups[id_], crumbs=[(_("Places"), top.parts)])


def print_places(job: Job, edition: AskedEdition) -> Page:
    """The index of places."""
    spot = spot_of(job, edition)
    _ = edition.words(spot.lang)
    groups = tuple(
        PeriodGroup(
            name or _("Elsewhere"), tuple(Period(city, spot.below(id_).href, count) for city, id_, count in entries)
        )
        for name, entries in given_of(job)["groups"]
    )
    return page_at(spot, edition, "archive.html", _("Places"), {"archive": ArchiveView(_("Places"), (), groups=groups)})
