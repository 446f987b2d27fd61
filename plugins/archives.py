"""Archives: every section, year and month has its listing.

/community/     the section     /2026/   the year by month     /2026/10/   the month by story     /archive/   all years
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from plugins.newsroom import clock, hooks, showing
from plugins.newsroom.edition import Edition
from plugins.newsroom.listings import Spot, paged, whole
from plugins.newsroom.story import Story
from plugins.newsroom.views import Anchor, ArchiveView, Page, Period


def make_listings(edition: Edition) -> Iterator[Page]:
    """Sections, years and months of each language."""
    months = {lang: _by_month(edition, lang) for lang in edition.paper.languages}
    for lang in edition.paper.languages:
        for section in edition.sections(lang):
            name = edition.paper.section(section).name(lang)
            langs = tuple(each for each in months if edition.in_section(each, section))
            yield from paged(Spot(edition, lang, (section,), langs), name, edition.in_section(lang, section))
        yield from _archive(edition, lang, months)


def _by_month(edition: Edition, lang: str) -> dict[tuple[int, int], list[Story]]:
    """The language's stories by year and month in the paper's zone, oldest first."""
    months: dict[tuple[int, int], list[Story]] = {}
    for story in edition.listed(lang):
        local = showing.date_of(story).astimezone(edition.zone)
        months.setdefault((local.year, local.month), []).append(story)
    return months


def _archive(
    edition: Edition, lang: str, by_lang: Mapping[str, Mapping[tuple[int, int], Sequence[Story]]]
) -> Iterator[Page]:
    """The archive of years, each year by month, each month whole. by_lang: the stories of each language by month."""
    months = by_lang[lang]
    years = Counter[int]()
    for (year, _month), stories in months.items():
        years[year] += len(stories)

    def spot(year: int, *month: int) -> Spot:
        wanted = (year, *month)
        langs = tuple(each for each in by_lang if any(key[: len(wanted)] == wanted for key in by_lang[each]))
        return Spot(edition, lang, (f"{year:04}", *(f"{each:02}" for each in month)), langs)

    _ = edition.words(lang)
    name = _("Archive")
    top = Spot(edition, lang, ("archive",), edition.paper.languages)
    up = Anchor(name, top.href)
    counted = (Period(str(year), spot(year).href, years[year]) for year in sorted(years, reverse=True))
    yield top.page("archive.html", name, {"archive": ArchiveView(name, tuple(counted))})
    for year in sorted(years):
        periods = (
            Period(clock.month_text(year, month, lang), spot(year, month).href, len(stories))
            for (of, month), stories in sorted(months.items(), reverse=True)
            if of == year
        )
        view = ArchiveView(str(year), tuple(periods), (up,))
        yield spot(year).page("archive.html", str(year), {"archive": view})
    for (year, month), stories in sorted(months.items()):
        title = clock.month_text(year, month, lang)
        yield whole(spot(year, month), title, stories[::-1], (up, Anchor(str(year), spot(year).href)))


def register() -> None:
    """The listings of sections and of the archive."""
    hooks.pages.add("archives", make_listings)
