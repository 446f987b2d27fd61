"""A plugin of somebody else's: a page of loud stories, which it finds by their headlines, and no outline has these."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.newsroom import hooks
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.newsroom.listings import Spot, whole


def list_loud(edition: Edition) -> Iterator[Job]:
    """/loud/: stories whose headline cries out."""
    loud = [story for story in edition.listed("en") if edition.sources.story(story.path).headline.endswith("!")]
    yield whole(Spot(edition.house, "en", ("loud",)), "Loud", loud[::-1])


def register() -> None:
    """The page."""
    hooks.pages.add("loud", list_loud)
