"""What a newspaper's page has beside running text: fact boxes, notes, galleries, pull-quotes, films from elsewhere.

    ::: factbox The fair in numbers     > Growers came from forty villages.
    - 40 villages                       {.pullquote}
    :::
                                        [embed: https://youtu.be/… "The choir sings"]

And what it has not: scripts, frames, and tags or links that run something (`rawhtml`; ALLOW_RAW_HTML lets them be).
Adds no fact; boxes are part of the body, galleries and embeds are blocks of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.markup.slots import BACK, TABLE, name_table, name_way_back
from plugins.newsroom import hooks

if TYPE_CHECKING:
    from plugins.markup.extension import MarkupExtension


def read_markup(settings: hooks.ReaderSettings) -> MarkupExtension:
    """The extension that reads boxes, pull-quotes and embeds, and looks at HTML."""
    # Loaded only where a story is read: most builds read few, in a worker.
    from plugins.markup.extension import MarkupExtension

    return MarkupExtension(allow_raw_html=settings.allow_raw_html)


def register() -> None:
    """The extension, and the two words that it cannot know."""
    hooks.reading.add("markup", read_markup)
    hooks.slots.add(BACK, name_way_back)
    hooks.slots.add(TABLE, name_table)
