"""Sitemaps: what search engines should know of, and robots.txt, which tells them where that stands.

/sitemap.xml     every page that may be found; an index of /sitemap-1.xml … where there are more than 50,000
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.newsroom import hooks
from plugins.newsroom.edition import House
from plugins.newsroom.views import Listed, Page, RobotsView, SitemapEntry, SitemapView

LIMIT = 50_000
"""Addresses in one sitemap, by sitemaps.org."""


def make_sitemaps(house: House, pages: Sequence[Listed]) -> Iterator[Page]:
    """The sitemap, or its index and its parts, and robots.txt."""
    address = house.site.absolute
    entries = [
        SitemapEntry(address(page.url) or house.site.href(page.url), page.lastmod)
        for page in sorted(pages, key=lambda page: page.url)
        if page.in_sitemap
    ]
    parts = [entries[start : start + LIMIT] for start in range(0, len(entries), LIMIT)] or [[]]
    if len(parts) == 1:
        yield _page("sitemap.xml", "machine/sitemap.xml", house, tuple(parts[0]))
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            yield _page(name, "machine/sitemap.xml", house, tuple(part))
        index = tuple(SitemapEntry(address(name) or house.site.href(name)) for name in names)
        yield _page("sitemap.xml", "machine/sitemap-index.xml", house, index)
    yield Page(
        save_as="robots.txt",
        url="robots.txt",
        template="machine/robots.txt",
        lang=house.paper.lang,
        content={"robots": RobotsView(address("sitemap.xml"))},
        in_sitemap=False,
    )


def _page(name: str, template: str, house: House, entries: tuple[SitemapEntry, ...]) -> Page:
    return Page(
        save_as=name,
        url=name,
        template=template,
        lang=house.paper.lang,
        content={"sitemap": SitemapView(entries)},
        in_sitemap=False,
    )


def register() -> None:
    """The sitemap, after all other pages are known."""
    hooks.closing_pages.add("sitemaps", make_sitemaps)
