"""Listings: pages of cards, counted from the oldest, so that a new story changes a listing's first page and no other.

/community/           the newest 20 to 39 stories of the section
/community/page/1/    its oldest 20, for ever
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plugins.newsroom import showing
from plugins.newsroom.edition import Edition
from plugins.newsroom.story import Story
from plugins.newsroom.urls import listing
from plugins.newsroom.views import Anchor, ArchiveView, Card, Content, ListingView, Page, Period


@dataclass(frozen=True)
class Sheet:
    """One page of a listing, its stories newest first. number: from 1 at the oldest; 0 is the newest, at the bare
    address.
    """

    number: int
    stories: Sequence[Story]


def sheets(oldest_first: Sequence[Story], size: int) -> list[Sheet]:
    """Cut a listing: full sheets from the oldest, and the rest (`size` to 2 × size − 1 stories) as the newest."""
    full = max(0, len(oldest_first) // size - 1)
    cut = [Sheet(number + 1, oldest_first[number * size : (number + 1) * size][::-1]) for number in range(full)]
    return [*cut, Sheet(0, oldest_first[full * size :][::-1])]


@dataclass(frozen=True)
class Spot:
    """Where a listing stands: a language, and the parts of its address (`("community",)`).

    langs: the languages in which it has a page, this one included; empty where its page is like no other.
    """

    edition: Edition
    lang: str
    parts: tuple[str, ...]
    langs: tuple[str, ...] = ()

    @property
    def href(self) -> str:
        """The address, ready to print."""
        return self.edition.site.href(listing(self.lang, self.edition.paper.lang, *self.parts).url)

    def below(self, *parts: str, langs: tuple[str, ...] = ()) -> Spot:
        """A spot below this one, in these languages."""
        return replace(self, parts=(*self.parts, *parts), langs=langs)

    def page(self, template: str, title: str, content: Mapping[str, Content], files: Sequence[str] = ()) -> Page:
        """The page of this spot. files: what it names of content/."""
        first = self.edition.paper.lang
        address = listing(self.lang, first, *self.parts)
        same = {lang: listing(lang, first, *self.parts).url for lang in self.langs}
        return Page(
            save_as=address.save_as,
            url=address.url,
            template=template,
            lang=self.lang,
            content=content,
            head=showing.head(self.edition, self.lang, address.url, title, alternates=same if len(same) > 1 else {}),
            furniture=showing.furniture(self.edition, self.lang, address.url, same),
            files=tuple(dict.fromkeys(files)),
        )


def index(
    spot: Spot, title: str, names: Mapping[str, str], groups: Mapping[str, Sequence[Story]]
) -> tuple[Page, list[str]]:
    """The page of all topics, or of all authors, by name with their counts; and their ids in that order.

    names, groups: id → name, id → stories. Each has its own page below `spot`, at its id.
    """
    order = sorted(names, key=lambda id_: (names[id_].casefold(), id_))
    periods = tuple(Period(names[id_], spot.below(id_).href, len(groups[id_])) for id_ in order)
    return spot.page("archive.html", title, {"archive": ArchiveView(title, periods)}), order


def whole(spot: Spot, title: str, newest_first: Sequence[Story], crumbs: tuple[Anchor, ...] = ()) -> Page:
    """A listing on one page."""
    files: list[str] = []
    view = ListingView(title, _cards(spot, newest_first, files), crumbs=crumbs)
    return spot.page("listing.html", title, {"listing": view}, files)


def paged(
    spot: Spot,
    title: str,
    oldest_first: Sequence[Story],
    *,
    intro: str = "",
    crumbs: tuple[Anchor, ...] = (),
    template: str = "listing.html",
    more: Mapping[str, Content] | None = None,
    more_files: Sequence[str] = (),
) -> Iterator[Page]:
    """A listing on as many pages as it needs. more: what else its template sees; more_files: what that names."""
    _ = spot.edition.words(spot.lang)
    cut = sheets(oldest_first, spot.edition.page_size)

    def leads_to(index: int, name: str, *, wanted: bool) -> Anchor | None:
        return Anchor(name, _at(spot, cut[index]).href) if wanted else None

    for index, sheet in enumerate(cut):
        files: list[str] = list(more_files)
        view = ListingView(
            title,
            _cards(spot, sheet.stories, files),
            intro=intro,
            older=leads_to(index - 1, _("Older stories"), wanted=index > 0),
            newer=leads_to(index + 1, _("Newer stories"), wanted=index + 1 < len(cut)),
            oldest=leads_to(0, _("Oldest stories"), wanted=index > 1),
            newest=leads_to(-1, _("Newest stories"), wanted=index + 2 < len(cut)),
            crumbs=crumbs,
        )
        yield _at(spot, sheet).page(template, title, {"listing": view, **(more or {})}, files)


def _at(spot: Spot, sheet: Sheet) -> Spot:
    return spot.below("page", str(sheet.number)) if sheet.number else spot


def _cards(spot: Spot, stories: Sequence[Story], files: list[str]) -> tuple[Card, ...]:
    return tuple(showing.card(story, spot.edition, files) for story in stories)
