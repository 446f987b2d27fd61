"""Stories: Markdown with front matter becomes a page that readers can trust.

    content/community/2026/harvest.md   →   /2026/10/03/harvest/

Adds no fact; every other plugin's fact hangs on the rows that are read here.
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins.newsroom import hooks
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.newsroom.paper import Paper
from plugins.newsroom.problem import Code, Complaint, Severity
from plugins.newsroom.story import Kind, Story

EMPTY_BODY = Code("story/empty", Severity.WARNING, "A story has no text.")


def check_text(story: Story, _paper: Paper) -> Iterator[tuple[str, Complaint]]:
    """A story with neither words nor a picture is a slip."""
    if story.kind is Kind.STORY and story.blank and story.photo is None:
        yield "body", Complaint(EMPTY_BODY, "the story has no text", "write it below the second ---")


def list_pages(edition: Edition) -> Iterator[Job]:
    """Stories, static pages, the addresses that they had before, and the page for those that lead nowhere."""
    from plugins.stories.pages import list_missing_pages, list_moved_pages, list_static_pages, list_stories

    yield from list_stories(edition)
    yield from list_static_pages(edition)
    yield from list_moved_pages(edition)
    yield from list_missing_pages(edition)


def register() -> None:
    """A check of each story, and the pages of stories."""
    hooks.checks.add("stories", check_text)
    hooks.pages.add("stories", list_pages)
