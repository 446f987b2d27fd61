"""Sitemaps: what search engines should know of, and robots.txt, which tells them where that stands.

/sitemap.xml             every page that may be found; where there are more than 1,000, an index of
/sitemap-stories-1.xml   the oldest thousand stories, for ever, and so on; and of
/sitemap-pages-1.xml     all else
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.newsroom import hooks
from plugins.newsroom.edition import House
from plugins.newsroom.job import ClosingJob
from plugins.newsroom.views import Listed, Page, RobotsView, SitemapEntry, SitemapView

A_MAP = 1000
"""Addresses in one sitemap. 50,000 are allowed (sitemaps.org); but a new story makes its sitemap anew."""


def list_sitemaps(_house: House, pages: Sequence[Listed]) -> Iterator[ClosingJob]:
    """The sitemap, or its index and its parts, and robots.txt. pages: stories among them are the oldest first."""
    wanted = [page for page in pages if page.in_sitemap]
    if len(wanted) <= A_MAP:
        yield ClosingJob("sitemap.xml", print_sitemap, _by_url(wanted))
    else:
        parts = dict(_parts(wanted))
        for name, part in parts.items():
            yield ClosingJob(name, print_sitemap, part)
        yield ClosingJob("sitemap.xml", print_index, given=list(parts))
    yield ClosingJob("robots.txt", print_robots)


def _by_url(pages: Sequence[Listed]) -> tuple[Listed, ...]:
    return tuple(sorted(pages, key=lambda page: page.url))


def _parts(pages: Sequence[Listed]) -> Iterator[tuple[str, tuple[Listed, ...]]]:
    """Each part of the sitemap by the name of its file."""
    stories = tuple(page for page in pages if page.source)
    others = _by_url([page for page in pages if not page.source])
    for what, some in (("stories", stories), ("pages", others)):
        for start in range(0, len(some), A_MAP):
            yield f"sitemap-{what}-{start // A_MAP + 1}.xml", some[start : start + A_MAP]


def print_sitemap(job: ClosingJob, house: House) -> Page:
    """Addresses of pages, with the time of their last change."""
    entries = tuple(SitemapEntry(_address(page.url, house), page.lastmod) for page in job.about)
    return _page(job.save_as, "machine/sitemap.xml", house, SitemapView(entries))


def print_index(job: ClosingJob, house: House) -> Page:
    """Addresses of the parts."""
    names = job.given if isinstance(job.given, list) else []
    entries = tuple(SitemapEntry(_address(str(name), house)) for name in names)
    return _page(job.save_as, "machine/sitemap-index.xml", house, SitemapView(entries))


def print_robots(job: ClosingJob, house: House) -> Page:
    """What robots may read, and where the sitemap stands."""
    return _page(job.save_as, "machine/robots.txt", house, RobotsView(house.site.absolute("sitemap.xml")))


def _address(url: str, house: House) -> str:
    return house.site.absolute(url) or house.site.href(url)


def _page(save_as: str, template: str, house: House, view: SitemapView | RobotsView) -> Page:
    content = {"robots" if isinstance(view, RobotsView) else "sitemap": view}
    return Page(save_as, save_as, template, house.paper.lang, content, in_sitemap=False)


def register() -> None:
    """The sitemap, after all other pages are known."""
    hooks.closing_pages.add("sitemaps", list_sitemaps)
