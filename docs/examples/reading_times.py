"""Reading times: how long a story takes to read, and a page of those that take a minute or two.

700 words   →   “3 minutes” above the story        /short-reads/   lists what takes two minutes or less
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plugins.newsroom import hooks
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.newsroom.listings import Spot, paged
from plugins.newsroom.paper import Paper
from plugins.newsroom.story import Story

NAME = "reading_times"
WORDS_A_MINUTE = 230
SHORT = 2
"""Minutes."""


def minutes(words: int) -> int:
    """Whole minutes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def show_reading_time(story: Story, _edition: AskedEdition) -> int | None:
    """The fact `reading_time`, in minutes; None for a story without words."""
    return minutes(story.words) if story.words else None


def add_minutes(story: Story, _paper: Paper) -> Story:
    """The row with its minutes: lists are made from what stands under a story, and see no more of it."""
    return replace(story, under={**story.under, NAME: minutes(story.words)}) if story.words else story


def list_short_reads(edition: Edition) -> Iterator[Job]:
    """The page of short stories, in each language that has any."""
    for lang in edition.paper.languages:
        _ = edition.house.words(lang)
        short = [story for story in edition.listed(lang) if story.under.get(NAME) in range(1, SHORT + 1)]
        if short:
            yield from paged(Spot(edition.house, lang, ("short-reads",)), _("Short reads"), short)


def register() -> None:
    """A fact of each story, what it is listed by, and a page."""
    hooks.facts.add("reading_time", show_reading_time)
    hooks.rows.add(NAME, add_minutes)
    hooks.pages.add("short_reads", list_short_reads)
