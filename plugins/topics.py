"""Topics: what stories are about, each topic a page.

tags: harvest, Gyumri      →      /topics/harvest/   /topics/gyumri/   and all of them at /topics/
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins.newsroom import hooks
from plugins.newsroom.edition import Edition
from plugins.newsroom.listings import Spot, index, paged
from plugins.newsroom.views import Anchor, Page


def make_topic_pages(edition: Edition) -> Iterator[Page]:
    """An index of topics and a page for each, in every language that has any."""
    languages = edition.paper.languages
    for lang in languages:
        _ = edition.words(lang)
        top = Spot(edition, lang, ("topics",), tuple(each for each in languages if edition.topics(each)))
        topics = edition.topics(lang)
        if not topics:
            continue
        names = {slug: edition.topic_name(lang, slug) for slug in topics}
        page, order = index(top, _("Topics"), names, topics)
        yield page
        for slug in order:
            spot = top.below(slug, langs=tuple(each for each in languages if slug in edition.topics(each)))
            yield from paged(spot, names[slug], topics[slug], crumbs=(Anchor(_("Topics"), top.href),))


def register() -> None:
    """The topics' pages."""
    hooks.pages.add("topics", make_topic_pages)
