"""Words that stand in a body and that the extension cannot know: they are the house's, in the story's language."""

from __future__ import annotations

from html import escape

from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.story import Story

BACK = "footnote-back"
"""What the arrow below a footnote is called."""
TABLE = "table-name"
"""What a table without words in its head is called."""


def name_way_back(story: Story, edition: AskedEdition) -> str:
    """What the arrow below a footnote is called; its number follows."""
    _ = edition.words(story.lang)
    return escape(_("Back to the text from footnote"))


def name_table(story: Story, edition: AskedEdition) -> str:
    """What a table without words in its head is called."""
    _ = edition.words(story.lang)
    return escape(_("Table"))
