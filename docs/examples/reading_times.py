"""Reading times: how long a story takes to read, and a page of those that take a minute or two.

700 words   →   “3 minutes” above the story        /short-reads/   lists what takes two minutes or less
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from msgspec.structs import replace

from plugins.newsroom import hooks
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.newsroom.listings import Spot, paged
from plugins.newsroom.paper import Paper
from plugins.newsroom.story import Plain, Story
from plugins.newsroom.text import visible_text

FACT = "reading_time"
WORDS_A_MINUTE = 230
SHORT = 2
"""Minutes."""


def minutes(words: int) -> int:
    """Whole minutes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


class Count(Extension, Treeprocessor):
    """Counts the words of one text after the other. Kept are the minutes: most new sentences leave them as they are."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Run when all others have changed the text, and before it is cut into blocks (3)."""
        self.md = md
        md.treeprocessors.register(self, FACT, 3.2)

    def begin(self, _front: Story) -> None:
        """Forget the last story."""
        self.words = 0

    def run(self, root: Element) -> None:
        """Count what readers see of each block."""
        self.words = sum(len(visible_text(self.md, block).split()) for block in root)

    def outcome(self) -> hooks.Outcome:
        """The minutes, or None for a story without words."""
        return hooks.Outcome(minutes(self.words) if self.words else None)


def read_reading_time(_settings: hooks.ReaderSettings) -> Count:
    """The extension that finds the fact."""
    return Count()


def show_reading_time(story: Story, _edition: AskedEdition) -> Plain:
    """The fact `reading_time`, in minutes; None for a story without words."""
    return story.facts.get(FACT)


def add_minutes(story: Story, _paper: Paper) -> Story:
    """The row with its minutes: lists are made from what stands under a story, and see no more of it."""
    return replace(story, under={**story.under, FACT: story.facts[FACT]}) if FACT in story.facts else story


def list_short_reads(edition: Edition) -> Iterator[Job]:
    """The page of short stories, in each language that has any."""
    for lang in edition.paper.languages:
        _ = edition.house.words(lang)
        short = [story for story in edition.listed(lang) if story.under.get(FACT) in range(1, SHORT + 1)]
        if short:
            yield from paged(Spot(edition.house, lang, ("short-reads",)), _("Short reads"), short)


def register() -> None:
    """A fact of each story, what it is listed by, and a page."""
    hooks.reading.add(FACT, read_reading_time)
    hooks.facts.add(FACT, show_reading_time)
    hooks.rows.add("reading_times", add_minutes)
    hooks.pages.add("short_reads", list_short_reads)
