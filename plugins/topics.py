"""Topics: what stories are about, each topic a page.

tags: harvest, Gyumri      →      /topics/harvest/   /topics/gyumri/   and all of them at /topics/
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins.newsroom import hooks
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.newsroom.listings import Spot, index, paged


def list_topic_pages(edition: Edition) -> Iterator[Job]:
    """An index of topics and a page for each, in every language that has any."""
    languages = edition.paper.languages
    for lang in languages:
        _ = edition.house.words(lang)
        top = Spot(edition.house, lang, ("topics",), tuple(each for each in languages if edition.topics(each)))
        topics = edition.topics(lang)
        if not topics:
            continue
        names = {slug: edition.topic_name(lang, slug) for slug in topics}
        job, order = index(top, _("Topics"), names, topics)
        yield job
        for slug in order:
            spot = top.below(slug, langs=tuple(each for each in languages if slug in edition.topics(each)))
            yield from paged(spot, names[slug], topics[slug], crumbs=[(_("Topics"), top.parts)])


def register() -> None:
    """The topics' pages."""
    hooks.pages.add("topics", list_topic_pages)
