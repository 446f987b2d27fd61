"""Printing a dateline: capitals by the rules of each language, house style, and the span on the page.

    Place("Երևան")  →  ԵՐԵՎԱՆ        <span class="dateline">GYUMRI, Armenia (<a href="…">Example Wire</a>) —</span>

A typed dateline is printed as it was typed; one that stands in front matter is put into house style.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import escape

from msgspec.structs import replace

from plugins.datelines.dateline import Dateline, Place
from plugins.datelines.grammar import city_kind, is_georgian
from plugins.datelines.style import Style, Styles


def render_dateline(dateline: Dateline, lang: str = "en", style: Style | None = None) -> Dateline:
    """A dateline in house style, `CITY, Region, Day (Agency)`; one that was typed stays as typed.

    style: the language's built-in one where none is given. A day that the style does not print is left out.
    """
    if dateline.typed:
        return dateline
    style = style or Styles().of(lang)

    def cased(text: str, part: str) -> str:
        return upper(text, lang, style.classical) if part in style.capitals else text

    places = tuple(
        Place(
            capitals(place.city, lang, style.classical) if "city" in style.capitals else place.city,
            cased(place.region, "region"),
        )
        for place in dateline.places
    )
    day = cased(dateline.day, "day") if style.day else ""
    agency = cased(dateline.agency, "agency")
    shown = style.between.join(str(place).replace(", ", style.comma) for place in places)
    text = style.comma.join(part for part in (shown, day) if part)
    if agency:
        # Without brackets and without a day before it, an agency would be read as a region.
        plain = Style().agency if "(" not in style.agency and "（" not in style.agency and not day else style.agency
        text += plain.replace("{agency}", agency)
    return replace(dateline, text=text, places=places, agency=agency, day=day)


@lru_cache(maxsize=4096)
def capitals(city: str, lang: str, classical: bool = False) -> str:
    """A city in capitals, but for a prefix that keeps its small letters: McAllen → McALLEN. Capitals stay as typed."""
    if city_kind(city) == "caps":
        return city
    return re.sub(
        r"[^\s-]+",
        lambda word: (
            "Mc" + upper(word[0][2:], lang, classical)
            if re.match(r"Mc[A-Z]", word[0])
            else upper(word[0], lang, classical)
        ),
        city,
    )


def upper(text: str, lang: str, classical: bool = False) -> str:
    """Text in capitals, by the rules of its language; scripts without capitals stay as they are.

    hy: Երևան → ԵՐԵՎԱՆ. hyw, and hy where `classical`: ԵՐԵՒԱՆ. tr, az: İzmir → İZMİR. el: Αθήνα → ΑΘΗΝΑ.
    Source: Unicode gives the ligature և as ԵՒ (SpecialCasing.txt); the reformed spelling writes ԵՎ.
    """
    base = lang.lower().split("-")[0]
    if base in {"hy", "hyw"}:
        text = text.replace("և", "ԵՒ" if base == "hyw" or classical else "ԵՎ")
    elif base in {"tr", "az"}:
        text = text.replace("i", "İ")
    elif base == "el":
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).replace("\u0301", ""))
    return "".join(char if is_georgian(char) else char.upper() for char in text)


def as_html(dateline: Dateline, *, agency_url: str = "", rtl: bool = False, ending: str = " —") -> str:
    """The dateline as a page prints it, escaped, the dash inside.

    agency_url: where the agency's name leads, unless the text said so itself. rtl: the page runs from right to left, so
    that an agency's Latin name must not turn the brackets around. ending: the house's, for one without its own.
    """
    text, dash = printed(dateline.text), printed(dateline.dash or ending)
    agency = printed(dateline.agency)
    at = text.rfind(agency) if agency else -1
    if at < 0:
        return f'<span class="dateline">{escape(text + dash, quote=False)}</span>'
    name = escape(agency, quote=False)
    if rtl:
        name = f"<bdi>{name}</bdi>"
    if url := dateline.agency_url or agency_url:
        name = f'<a href="{escape(url)}">{name}</a>'
    before, after = escape(text[:at], quote=False), escape(text[at + len(agency) :] + dash, quote=False)
    return f'<span class="dateline">{before}{name}{after}</span>'


def printed(text: str) -> str:
    """Typed text with typographic apostrophes and dashes: O'FALLON → O’FALLON, -- → —."""
    return re.sub(r"--+", "—", re.sub(r"(?<=\w)'(?=\w)", "’", text))
