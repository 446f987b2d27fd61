"""The dateline: where a story was reported, printed before its first sentence.

    GYUMRI, Armenia (Example Wire) — Growers from forty villages brought their harvest to the square on Saturday.

Authors type it so, or say `dateline: Gyumri, Armenia (Example Wire)` in the front matter. It is read once, checked
against house style, and printed on the page, in feeds and in what search engines are told. Each place has a page of
its own. The fact is `dateline`.

With a plain Pelican (no press) the same plugin prints `<span class="dateline">` in the text and gives
`article.dateline`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from pelican import Pelican, signals
from pelican.contents import Article, Content, Page

from plugins.datelines.check import (
    House,
    check_agency,
    check_front_matter,
    check_genre,
    check_regions,
    check_second,
    check_style,
    check_unread,
)
from plugins.datelines.dateline import Dateline, Place
from plugins.datelines.extension import SLOT, DatelineExtension
from plugins.datelines.fact import IN_TEXT, NAME, SECOND, Fact, left_words, settle
from plugins.datelines.pages import (
    DatelineView,
    PlaceView,
    add_places,
    dateline_of,
    list_place_pages,
    places_of,
    styles_of,
    view,
)
from plugins.datelines.parse import parse_dateline, parse_front_matter
from plugins.datelines.places import read_places
from plugins.datelines.render import as_html, render_dateline, upper
from plugins.datelines.style import Styles, read_styles
from plugins.datelines.tables import folded
from plugins.newsroom import hooks
from plugins.newsroom.paper import direction
from plugins.newsroom.problem import Complaint
from plugins.newsroom.story import Story

if TYPE_CHECKING:
    from plugins.newsroom.asked import AskedEdition
    from plugins.newsroom.paper import Paper

__all__ = [
    "SLOT", "Dateline", "DatelineExtension", "DatelineView", "Place", "PlaceView", "Settings",
    "parse_dateline", "parse_front_matter", "register", "render_dateline", "upper",
]  # fmt: skip


class Settings(Struct, frozen=True):
    """What a plain Pelican's settings file may say.

    dash: `DATELINE_DASH`, what the house ends a dateline with; empty is each language's own.
    classical_armenian: `DATELINE_CLASSICAL_ARMENIAN`, և is ԵՒ in capitals, not ԵՎ.
    lang: Pelican's `DEFAULT_LANG`, the language of a text that names none.
    """

    dash: str = ""
    classical_armenian: bool = False
    lang: str = "en"

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> Settings:
        """The settings from Pelican's, with defaults for what is not set or has the wrong type."""
        dash = settings.get("DATELINE_DASH")
        return cls(
            dash=dash.strip() if isinstance(dash, str) else "",
            classical_armenian=settings.get("DATELINE_CLASSICAL_ARMENIAN") is True,
            lang=str(settings.get("DEFAULT_LANG", cls().lang)).lower(),
        )

    def styles(self) -> Styles:
        """House style as these settings have it."""
        default: dict[str, Any] = {"dash": self.dash} if self.dash else {}
        return Styles({"default": default, "hy": {"classical": True} if self.classical_armenian else {}})


def read_dateline(settings: hooks.ReaderSettings) -> DatelineExtension:
    """Reads a body's dateline."""
    return DatelineExtension(lang=settings.lang)


def settle_dateline(story: Story, paper: Paper) -> Story:
    """The row with a doubtful dateline settled by places.toml."""
    return add_places(settle(story, places_of(paper)), paper) if NAME in story.facts else story


def check_dateline(story: Story, paper: Paper) -> Iterator[tuple[str, Complaint]]:
    """All that is wrong with a story's dateline, by the paper's tables."""
    fact = Fact.of(story)
    house = House.of(story.lang, places_of(paper), paper.agencies, styles_of(paper))
    in_text = IN_TEXT if IN_TEXT in story.lines else NAME
    for complaint in check_front_matter(story.dateline, fact.read, house):
        yield NAME, complaint
    if fact.read:
        complaints = [*check_style(fact.read, fact.after, house), *check_regions(fact.read, house)]
        complaints += check_agency(fact.read, story.agency, house)
        complaints += check_genre(fact.read, story.genre)
        for complaint in complaints:
            yield in_text, complaint
    if fact.unread:
        for complaint in check_unread(fact.unread, house):
            yield in_text, complaint
    if fact.second:
        for complaint in check_second(fact.second, house):
            yield SECOND, complaint


def show_dateline(story: Story, edition: AskedEdition) -> DatelineView | None:
    """The fact for templates."""
    return view(story, edition)


def fill_dateline(story: Story, edition: AskedEdition) -> str:
    """The dateline in the text, its agency linked where agencies.toml knows an address."""
    dateline = dateline_of(story, edition.paper)
    if dateline is None:
        return escape(left_words(Fact.of(story), story.lang), quote=False)
    url = _agency_url(dateline.agency, edition.paper) if dateline.agency else ""
    ending = styles_of(edition.paper).of(story.lang).ending(dateline)
    return as_html(dateline, agency_url=url, rtl=direction(story.lang) == "rtl", ending=ending)


def _agency_url(typed: str, paper: Paper) -> str:
    """The site of the agency whose id or name, in any language, was typed; or empty."""
    key = folded(typed)
    for agency in paper.agencies.values():
        if any(folded(name) == key for name in (agency.id, *agency.spellings())):
            return agency.url
    return ""


def prepare_plain_pelican(pelican: Pelican) -> None:
    """Give Pelican's own Markdown reader the extension; a press reads by the hooks above."""
    if any(each.__module__.startswith("plugins.press") for each in type(pelican).__mro__):
        return
    settings = Settings.read(pelican.settings)
    extension = DatelineExtension(plain=True, styles=settings.styles(), lang=settings.lang)
    markdown = pelican.settings["MARKDOWN"]
    pelican.settings["MARKDOWN"] = {**markdown, "extensions": [*markdown.get("extensions", ()), extension]}


def set_dateline(content: Content) -> None:
    """`article.dateline`: a Dateline or None. What another reader (reStructuredText) left as text is parsed."""
    if not isinstance(content, Article | Page):
        return
    value = getattr(content, "dateline", None)
    if isinstance(value, str):
        lang = str(content.lang)
        value = parse_front_matter(value, lang, Settings.read(content.settings).styles().of(lang))
    content.dateline = value if isinstance(value, Dateline) else None


def register() -> None:
    """What the plugin contributes."""
    hooks.tables.add("places", read_places)
    hooks.tables.add("datelines", read_styles)
    hooks.reading.add("dateline", read_dateline)
    hooks.rows.add("dateline", settle_dateline)
    hooks.checks.add("dateline", check_dateline)
    hooks.facts.add("dateline", show_dateline)
    hooks.slots.add("dateline", fill_dateline)
    hooks.pages.add("places", list_place_pages)
    signals.initialized.connect(prepare_plain_pelican)
    signals.content_object_init.connect(set_dateline)
