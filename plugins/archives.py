"""Archives: every section, year and month has its listing.

/community/     the section     /2026/   the year by month     /2026/10/   the month by story     /archive/   all years
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from plugins.newsroom import clock, hooks, showing
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.newsroom.listings import Spot, given_of, page_at, paged, print_sheet, spot_of, whole
from plugins.newsroom.story import Outline, Plain
from plugins.newsroom.views import Anchor, ArchiveView, Page, Period


def list_archives(edition: Edition) -> Iterator[Job]:
    """Sections, years and months of each language."""
    months = {lang: _by_month(edition, lang) for lang in edition.paper.languages}
    for lang in edition.paper.languages:
        for section in edition.sections(lang):
            name = edition.paper.section(section).name(lang)
            langs = tuple(each for each in months if edition.in_section(each, section))
            yield from paged(Spot(edition.house, lang, (section,), langs), name, edition.in_section(lang, section))
        yield from _archive(edition, lang, months)


def _by_month(edition: Edition, lang: str) -> dict[tuple[int, int], list[Outline]]:
    """The language's stories by year and month in the paper's zone, oldest first."""
    months: dict[tuple[int, int], list[Outline]] = {}
    for story in edition.listed(lang):
        local = showing.date_of(story).astimezone(edition.house.zone)
        months.setdefault((local.year, local.month), []).append(story)
    return months


def _archive(
    edition: Edition, lang: str, by_lang: Mapping[str, Mapping[tuple[int, int], Sequence[Outline]]]
) -> Iterator[Job]:
    """The archive of years, each year by month, each month whole. by_lang: the stories of each language by month."""
    months = by_lang[lang]
    years = Counter[int]()
    for (year, _month), stories in months.items():
        years[year] += len(stories)

    def spot(year: int, *month: int) -> Spot:
        wanted = (year, *month)
        langs = tuple(each for each in by_lang if any(key[: len(wanted)] == wanted for key in by_lang[each]))
        return Spot(edition.house, lang, (f"{year:04}", *(f"{each:02}" for each in month)), langs)

    top = Spot(edition.house, lang, ("archive",), edition.paper.languages)
    yield top.job(print_archive, years=[[year, years[year]] for year in sorted(years, reverse=True)])
    for year in sorted(years):
        counts: list[Plain] = [
            [month, len(stories)] for (of, month), stories in sorted(months.items(), reverse=True) if of == year
        ]
        yield spot(year).job(print_year, year=year, months=counts)
    _ = edition.house.words(lang)
    up = (_("Archive"), top.parts)
    for (year, month), stories in sorted(months.items()):
        crumbs = (up, (str(year), (f"{year:04}",)))
        yield whole(spot(year, month), "", stories[::-1], crumbs, make=print_month, month=[year, month])


def print_archive(job: Job, edition: AskedEdition) -> Page:
    """All years, the latest first."""
    given, spot = given_of(job), spot_of(job, edition)
    _ = edition.words(spot.lang)
    name = _("Archive")
    periods = tuple(Period(str(year), _at(spot, year).href, count) for year, count in given["years"])
    return page_at(spot, edition, "archive.html", name, {"archive": ArchiveView(name, periods)})


def print_year(job: Job, edition: AskedEdition) -> Page:
    """A year by month, the latest first."""
    given, spot = given_of(job), spot_of(job, edition)
    _ = edition.words(spot.lang)
    up = Anchor(_("Archive"), replace(spot, parts=("archive",)).href)
    year = given["year"]
    periods = tuple(
        Period(clock.month_text(year, month, spot.lang), _at(spot, year, month).href, count)
        for month, count in given["months"]
    )
    view = ArchiveView(str(year), periods, (up,))
    return page_at(spot, edition, "archive.html", str(year), {"archive": view})


def print_month(job: Job, edition: AskedEdition) -> Page:
    """A month's stories. What it is called is found only now: most months of an archive never change."""
    given = given_of(job)
    title = clock.month_text(*given["month"], spot_of(job, edition).lang)
    return print_sheet(replace(job, given={**given, "title": title}), edition)


def _at(spot: Spot, year: int, *month: int) -> Spot:
    return replace(spot, parts=(f"{year:04}", *(f"{each:02}" for each in month)))


def register() -> None:
    """The listings of sections and of the archive."""
    hooks.pages.add("archives", list_archives)
