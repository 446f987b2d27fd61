"""What a newspaper's page has beside running text: fact boxes, notes, galleries, pull-quotes, films from elsewhere.

    ::: factbox The fair in numbers     > Growers came from forty villages.
    - 40 villages                       {.pullquote}
    :::
                                        [embed: https://youtu.be/… "The choir sings"]

And what it has not: scripts, frames, and tags or links that run something (`rawhtml`; ALLOW_RAW_HTML lets them be).
Adds no fact; boxes are part of the body, galleries and embeds are blocks of it.
"""

from __future__ import annotations

from html import escape

from plugins.markup.extension import BACK, TABLE, MarkupExtension
from plugins.newsroom import hooks
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.story import Story


def read_markup(settings: hooks.ReaderSettings) -> MarkupExtension:
    """The extension that reads boxes, pull-quotes and embeds, and looks at HTML."""
    return MarkupExtension(allow_raw_html=settings.allow_raw_html)


def name_way_back(story: Story, edition: AskedEdition) -> str:
    """What the arrow below a footnote is called; its number follows."""
    _ = edition.words(story.lang)
    return escape(_("Back to the text from footnote"))


def name_table(story: Story, edition: AskedEdition) -> str:
    """What a table without words in its head is called."""
    _ = edition.words(story.lang)
    return escape(_("Table"))


def register() -> None:
    """The extension, and the two words that it cannot know."""
    hooks.reading.add("markup", read_markup)
    hooks.slots.add(BACK, name_way_back)
    hooks.slots.add(TABLE, name_table)
