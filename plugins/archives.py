"""Archives: every section, year and month has its listing, and a listing's old pages never change.

    /community/           the newest 20 to 39 stories of the section
    /community/page/1/    its oldest 20, for ever
    /2026/   /2026/10/    the year by month, the month by story           /archive/   all years

Pages are counted from the oldest, so that a new story changes the listing's first page and no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plugins.newsroom import clock, hooks, showing
from plugins.newsroom.edition import Edition
from plugins.newsroom.story import Story
from plugins.newsroom.urls import listing
from plugins.newsroom.views import Anchor, ArchiveView, Content, ListingView, Page, Period


@dataclass(frozen=True)
class Sheet:
    """One page of a listing. number: from 1 at the oldest; 0 is the newest, at the bare address. stories: newest
    first.
    """

    number: int
    stories: Sequence[Story]


def sheets(oldest_first: Sequence[Story], size: int) -> list[Sheet]:
    """Cut a listing: full sheets from the oldest, and the rest (`size` to 2 × size − 1 stories) as the newest."""
    full = max(0, len(oldest_first) // size - 1)
    cut = [Sheet(number + 1, oldest_first[number * size : (number + 1) * size][::-1]) for number in range(full)]
    return [*cut, Sheet(0, oldest_first[full * size :][::-1])]


def make_listings(edition: Edition) -> Iterator[Page]:
    """Sections, years and months of each language."""
    for lang in edition.paper.languages:
        for section in edition.sections(lang):
            name = edition.paper.section(section).name(lang)
            yield from _paged(edition, lang, name, edition.in_section(lang, section), (section,))
        yield from _periods(edition, lang)


def _paged(edition: Edition, lang: str, title: str, stories: Sequence[Story], parts: tuple[str, ...]) -> Iterator[Page]:
    _ = edition.words(lang)
    cut = sheets(stories, edition.page_size)
    for index, sheet in enumerate(cut):
        yield _listing(
            edition,
            lang,
            title,
            sheet.stories,
            _sheet_parts(parts, sheet),
            older=_sheet_anchor(edition, lang, parts, cut[index - 1], _("Older stories")) if index else None,
            newer=_sheet_anchor(edition, lang, parts, cut[index + 1], _("Newer stories"))
            if index + 1 < len(cut)
            else None,
            oldest=_sheet_anchor(edition, lang, parts, cut[0], _("Oldest stories")) if index > 1 else None,
            newest=_sheet_anchor(edition, lang, parts, cut[-1], _("Newest stories")) if index + 2 < len(cut) else None,
        )


def _sheet_parts(parts: tuple[str, ...], sheet: Sheet) -> tuple[str, ...]:
    return (*parts, "page", str(sheet.number)) if sheet.number else parts


def _sheet_anchor(edition: Edition, lang: str, parts: tuple[str, ...], sheet: Sheet, name: str) -> Anchor:
    url = listing(lang, edition.paper.lang, *_sheet_parts(parts, sheet)).url
    return Anchor(name, edition.site.href(url))


def _listing(
    edition: Edition,
    lang: str,
    title: str,
    stories: Sequence[Story],
    parts: tuple[str, ...],
    *,
    newer: Anchor | None = None,
    older: Anchor | None = None,
    newest: Anchor | None = None,
    oldest: Anchor | None = None,
    crumbs: tuple[Anchor, ...] = (),
) -> Page:
    files: list[str] = []
    view = ListingView(
        title,
        tuple(showing.card(story, edition, files) for story in stories),
        newer=newer,
        older=older,
        newest=newest,
        oldest=oldest,
        crumbs=crumbs,
    )
    return _page(edition, lang, title, parts, "listing.html", {"listing": view}, tuple(dict.fromkeys(files)))


def _page(
    edition: Edition,
    lang: str,
    title: str,
    parts: tuple[str, ...],
    template: str,
    content: dict[str, Content],
    files: tuple[str, ...] = (),
) -> Page:
    address = listing(lang, edition.paper.lang, *parts)
    return Page(
        save_as=address.save_as,
        url=address.url,
        template=template,
        lang=lang,
        content=content,
        head=showing.head(edition, lang, address.url, title),
        furniture=showing.furniture(edition, lang, address.url),
        files=files,
    )


def _periods(edition: Edition, lang: str) -> Iterator[Page]:
    """The archive of years, each year by month, each month whole."""
    _ = edition.words(lang)
    months: dict[tuple[int, int], list[Story]] = {}
    for story in edition.listed(lang):
        local = showing.date_of(story).astimezone(edition.zone)
        months.setdefault((local.year, local.month), []).append(story)
    years = Counter[int]()
    for (year, _month), stories in months.items():
        years[year] += len(stories)
    archive = Anchor(_("Archive"), _href(edition, lang, "archive"))
    counted = [
        Period(str(year), _href(edition, lang, _year(year)), years[year]) for year in sorted(years, reverse=True)
    ]
    yield _page(
        edition,
        lang,
        _("Archive"),
        ("archive",),
        "archive.html",
        {"archive": ArchiveView(_("Archive"), tuple(counted))},
    )
    for year in sorted(years):
        periods = tuple(
            Period(clock.month_text(year, month, lang), _href(edition, lang, _year(year), f"{month:02}"), len(stories))
            for (of, month), stories in sorted(months.items(), reverse=True)
            if of == year
        )
        view = ArchiveView(str(year), periods, (archive,))
        yield _page(edition, lang, str(year), (_year(year),), "archive.html", {"archive": view})
    for (year, month), stories in sorted(months.items()):
        crumbs = (archive, Anchor(str(year), _href(edition, lang, _year(year))))
        title = clock.month_text(year, month, lang)
        yield _listing(edition, lang, title, stories[::-1], (_year(year), f"{month:02}"), crumbs=crumbs)


def _year(year: int) -> str:
    return f"{year:04}"


def _href(edition: Edition, lang: str, *parts: str) -> str:
    return edition.site.href(listing(lang, edition.paper.lang, *parts).url)


def register() -> None:
    """The listings of sections and of the archive."""
    hooks.pages.add("archives", make_listings)
