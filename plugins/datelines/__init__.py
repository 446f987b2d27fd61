"""The dateline: where a story was reported, printed before its first sentence.

    GYUMRI, Armenia (Example Wire) — Growers from forty villages brought their harvest to the square on Saturday.

Authors type it so, or say `dateline: Gyumri, Armenia (Example Wire)` in the front matter. It is read once, checked
against house style, and printed on the page, in feeds and in what search engines are told. The fact is `dateline`.

With a plain Pelican (no press) the same plugin prints `<span class="dateline">` in the text and gives
`article.dateline`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pelican import Pelican, signals
from pelican.contents import Article, Content, Page

from plugins.datelines.dateline import (
    HOUSE_DASH,
    Dateline,
    Place,
    as_html,
    check_front_matter,
    check_genre,
    check_regions,
    parse_dateline,
    parse_front_matter,
    printed,
    render_dateline,
    upper,
)
from plugins.datelines.extension import SLOT, DatelineExtension
from plugins.datelines.tables import Places, folded, read_places
from plugins.newsroom import hooks
from plugins.newsroom.paper import direction
from plugins.newsroom.problem import Complaint
from plugins.newsroom.story import Story

if TYPE_CHECKING:
    from plugins.newsroom.edition import Edition
    from plugins.newsroom.paper import Paper

__all__ = [
    "SLOT", "Dateline", "DatelineExtension", "DatelineView", "Place", "PlaceView", "Settings",
    "parse_dateline", "parse_front_matter", "register", "render_dateline", "upper",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What a plain Pelican's settings file may say.

    dash: `DATELINE_DASH`, what the house ends a dateline with.
    classical_armenian: `DATELINE_CLASSICAL_ARMENIAN`, և is ԵՒ in capitals, not ԵՎ.
    lang: Pelican's `DEFAULT_LANG`, the language of a text that names none.
    """

    dash: str = HOUSE_DASH
    classical_armenian: bool = False
    lang: str = "en"

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> Settings:
        """The settings from Pelican's, with defaults for what is not set or has the wrong type."""
        dash = settings.get("DATELINE_DASH")
        return cls(
            dash=dash.strip() if isinstance(dash, str) and dash.strip() else cls().dash,
            classical_armenian=settings.get("DATELINE_CLASSICAL_ARMENIAN") is True,
            lang=str(settings.get("DEFAULT_LANG", cls().lang)).lower(),
        )


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place as templates see it. id: its row in places.toml, or empty."""

    city: str
    region: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class DatelineView:
    """The dateline as templates see it. text: without the dash, as schema.org's `dateline` wants it."""

    text: str
    places: tuple[PlaceView, ...] = ()


def read_dateline(settings: hooks.ReaderSettings) -> DatelineExtension:
    """Reads a body's dateline."""
    return DatelineExtension(lang=settings.lang)


def check_dateline(story: Story, paper: Paper) -> Iterator[tuple[str, Complaint]]:
    """What needs the front matter or the tables: two datelines that differ, a city without its region, the genre."""
    dateline = Dateline.from_plain(story.facts.get("dateline"))
    complaints = list(check_front_matter(story.dateline, dateline, story.lang))
    if dateline:
        complaints += check_regions(dateline, _places(paper), story.lang)
        complaints += check_genre(dateline, story.genre)
    for complaint in complaints:
        yield "dateline", complaint


def show_dateline(story: Story, edition: Edition) -> DatelineView | None:
    """The fact for templates."""
    dateline = Dateline.from_plain(story.facts.get("dateline"))
    if dateline is None:
        return None
    rows = ((place, _places(edition.paper).find(place.city)) for place in dateline.places)
    places = tuple(PlaceView(printed(place.city), place.region, row.id if row else "") for place, row in rows)
    return DatelineView(" ".join(printed(dateline.text).split()), places)


def fill_dateline(story: Story, edition: Edition) -> str:
    """The dateline in the text, its agency linked where agencies.toml knows an address."""
    dateline = Dateline.from_plain(story.facts.get("dateline"))
    if dateline is None:
        return ""
    url = _agency_url(dateline.agency, edition.paper) if dateline.agency else ""
    return as_html(dateline, agency_url=url, rtl=direction(story.lang) == "rtl")


def _places(paper: Paper) -> Places:
    found = paper.data.get("places")
    return found if isinstance(found, Places) else Places()


def _agency_url(typed: str, paper: Paper) -> str:
    """The site of the agency whose id or name, in any language, was typed; or empty."""
    key = folded(typed)
    for agency in paper.agencies.values():
        names = {agency.id, *(name for name in agency.names.values() if isinstance(name, str))}
        if any(folded(name) == key for name in names):
            return agency.url
    return ""


def prepare_plain_pelican(pelican: Pelican) -> None:
    """Give Pelican's own Markdown reader the extension; a press reads by the hooks above."""
    if any(each.__module__.startswith("plugins.press") for each in type(pelican).__mro__):
        return
    settings = Settings.read(pelican.settings)
    extension = DatelineExtension(
        plain=True, house_dash=settings.dash, classical=settings.classical_armenian, lang=settings.lang
    )
    markdown = pelican.settings["MARKDOWN"]
    pelican.settings["MARKDOWN"] = {**markdown, "extensions": [*markdown.get("extensions", ()), extension]}


def set_dateline(content: Content) -> None:
    """`article.dateline`: a Dateline or None. What another reader (reStructuredText) left as text is parsed."""
    if not isinstance(content, Article | Page):
        return
    value = getattr(content, "dateline", None)
    if isinstance(value, str):
        settings = Settings.read(content.settings)
        value = parse_front_matter(value, str(content.lang), settings.classical_armenian)
    content.dateline = value if isinstance(value, Dateline) else None


def register() -> None:
    """What the plugin contributes."""
    hooks.tables.add("places", read_places)
    hooks.reading.add("dateline", read_dateline)
    hooks.checks.add("dateline", check_dateline)
    hooks.facts.add("dateline", show_dateline)
    hooks.slots.add("dateline", fill_dateline)
    signals.initialized.connect(prepare_plain_pelican)
    signals.content_object_init.connect(set_dateline)
