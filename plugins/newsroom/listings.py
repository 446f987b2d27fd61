"""Listings: pages of cards, counted from the oldest, so that a new story changes a listing's first page and no other.

/community/           the newest 20 to 39 stories of the section
/community/page/1/    its oldest 20, for ever
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from plugins.newsroom import showing
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.edition import House
from plugins.newsroom.job import Job, Maker
from plugins.newsroom.story import Outline, Plain
from plugins.newsroom.urls import Address, listing
from plugins.newsroom.views import Anchor, ArchiveView, Content, ListingView, Page, Period

Crumb = tuple[str, Sequence[str]]
"""What lies above a listing: its name, and the parts of its address."""


class Sheet(Struct, frozen=True):
    """One page of a listing, its stories newest first. number: from 1 at the oldest; 0 is the newest, at the bare
    address.
    """

    number: int
    stories: Sequence[Outline]


def sheets(oldest_first: Sequence[Outline], size: int) -> list[Sheet]:
    """Cut a listing: full sheets from the oldest, and the rest (`size` to 2 × size − 1 stories) as the newest."""
    full = max(0, len(oldest_first) // size - 1)
    cut = [Sheet(number + 1, oldest_first[number * size : (number + 1) * size][::-1]) for number in range(full)]
    return [*cut, Sheet(0, oldest_first[full * size :][::-1])]


class Spot(Struct, frozen=True):
    """Where a listing stands: a language, and the parts of its address (`("community",)`).

    langs: the languages in which it has a page, this one included; empty where its page is like no other.
    """

    house: House
    lang: str
    parts: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()

    @property
    def address(self) -> Address:
        """Its address and its file."""
        return listing(self.lang, self.house.paper.lang, *self.parts)

    @property
    def href(self) -> str:
        """The address, ready to print."""
        return self.house.site.href(self.address.url)

    def below(self, *parts: str, langs: tuple[str, ...] = ()) -> Spot:
        """A spot below this one, in these languages."""
        return Spot(self.house, self.lang, (*self.parts, *parts), langs)

    def job(self, make: Maker, about: Sequence[Outline] = (), **given: Plain) -> Job:
        """The job of this spot's page. given: what else `make` is to know; it finds the spot by `spot_of`."""
        return Job(
            self.address.save_as,
            make,
            tuple(about),
            {**given, "lang": self.lang, "parts": list(self.parts), "langs": list(self.langs)},
        )


def given_of(job: Job) -> Mapping[str, Any]:
    """What was given to a listing's job."""
    assert isinstance(job.given, dict)
    return job.given


def spot_of(job: Job, edition: AskedEdition) -> Spot:
    """The spot whose page a job makes."""
    given = given_of(job)
    return Spot(edition, given["lang"], tuple(given["parts"]), tuple(given["langs"]))


def page_at(
    spot: Spot,
    edition: AskedEdition,
    template: str,
    title: str,
    content: Mapping[str, Content],
    files: Sequence[str] = (),
) -> Page:
    """The page of a spot. files: what it names of content/."""
    address, first = spot.address, edition.paper.lang
    same = {lang: listing(lang, first, *spot.parts).url for lang in spot.langs}
    return Page(
        save_as=address.save_as,
        url=address.url,
        template=template,
        lang=spot.lang,
        content=content,
        head=showing.head(edition, spot.lang, address.url, title, alternates=same if len(same) > 1 else {}),
        furniture=showing.furniture(edition, spot.lang, address.url, same),
        files=tuple(dict.fromkeys(files)),
    )


def index(
    spot: Spot, title: str, names: Mapping[str, str], groups: Mapping[str, Sequence[Outline]]
) -> tuple[Job, list[str]]:
    """The page of all topics, or of all authors, by name with their counts; and their ids in that order.

    names, groups: id → name, id → stories. Each has its own page below `spot`, at its id.
    """
    order = sorted(names, key=lambda id_: (names[id_].casefold(), id_))
    entries: list[Plain] = [[names[id_], id_, len(groups[id_])] for id_ in order]
    return spot.job(print_index, title=title, entries=entries), order


def print_index(job: Job, edition: AskedEdition) -> Page:
    """An index: names with their counts."""
    given, spot = given_of(job), spot_of(job, edition)
    periods = tuple(Period(name, spot.below(id_).href, count) for name, id_, count in given["entries"])
    return page_at(spot, edition, "archive.html", given["title"], {"archive": ArchiveView(given["title"], periods)})


def whole(
    spot: Spot,
    title: str,
    newest_first: Sequence[Outline],
    crumbs: Sequence[Crumb] = (),
    *,
    make: Maker | None = None,
    **given: Plain,
) -> Job:
    """A listing on one page. crumbs: what lies above it. make, given: as of `paged`."""
    return spot.job(make or print_sheet, newest_first, title=title, crumbs=_plain(crumbs), **given)


def paged(
    spot: Spot,
    title: str,
    oldest_first: Sequence[Outline],
    *,
    crumbs: Sequence[Crumb] = (),
    make: Maker | None = None,
    **given: Plain,
) -> Iterator[Job]:
    """A listing on as many pages as it needs. make: who prints a sheet, if not `print_sheet`; given: what that is
    told.
    """
    cut = sheets(oldest_first, spot.house.page_size)
    for index, sheet in enumerate(cut):
        place = spot.below("page", str(sheet.number)) if sheet.number else spot
        yield place.job(
            make or print_sheet,
            sheet.stories,
            title=title,
            crumbs=_plain(crumbs),
            depth=len(spot.parts),
            older=cut[index - 1].number if index > 0 else None,
            newer=cut[index + 1].number if index + 1 < len(cut) else None,
            oldest=cut[0].number if index > 1 else None,
            newest=0 if index + 2 < len(cut) else None,
            **given,
        )


def print_sheet(job: Job, edition: AskedEdition) -> Page:
    """One sheet of a listing."""
    return sheet_page(job, edition, "listing.html", {})


def sheet_page(
    job: Job, edition: AskedEdition, template: str, more: Mapping[str, Content], more_files: Sequence[str] = ()
) -> Page:
    """One sheet of a listing, by a template of its own. more: what else that sees; more_files: what this names."""
    given, spot = given_of(job), spot_of(job, edition)
    _ = edition.words(spot.lang)
    files = list(more_files)
    top = replace(spot, parts=spot.parts[: given.get("depth", len(spot.parts))])

    def leads_to(which: str, name: str) -> Anchor | None:
        number = given.get(which)
        return None if number is None else Anchor(name, (top.below("page", str(number)) if number else top).href)

    view = ListingView(
        given["title"],
        tuple(showing.card(story, edition, files) for story in job.about),
        older=leads_to("older", _("Older stories")),
        newer=leads_to("newer", _("Newer stories")),
        oldest=leads_to("oldest", _("Oldest stories")),
        newest=leads_to("newest", _("Newest stories")),
        crumbs=tuple(Anchor(name, replace(spot, parts=tuple(parts)).href) for name, parts in given["crumbs"]),
    )
    return page_at(spot, edition, template, given["title"], {"listing": view, **more}, files)


def _plain(crumbs: Sequence[Crumb]) -> list[Plain]:
    return [[name, list(parts)] for name, parts in crumbs]
