"""Reading a dateline: whether the head of a paragraph is one, may be one, or is the beginning of a sentence.

    GYUMRI, Armenia (Example Wire) — Growers …      a dateline
    MANILA, Dec 3 (Reuters) - …     GLENDALE/PASADENA — …     ԵՐԵՎԱՆ, 28 ՓԵՏՐՎԱՐԻ, ԱՐՄԵՆՊՐԵՍ. …
    HARVEST — The word is old.                      a doubt: only the paper's own table can know such a place
    NATO — The alliance met.                        nothing of the kind

Where a head may as well be the beginning of a sentence it is left in the text, and a `Doubt` says why: a dateline that
is missed is told, a sentence that is eaten is not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from plugins.datelines.dateline import Dateline
from plugins.datelines.grammar import (
    BLANK,
    DASH_AT_END,
    HEAD,
    LATIN,
    LOWER_WORDS,
    MARK,
    OPENERS,
    QUOTES,
    Form,
    city_kind,
    cuts,
    form_of,
    has_capital,
    is_caps,
    is_georgian,
    trim,
    words,
)
from plugins.datelines.near import is_one_slip
from plugins.datelines.render import render_dateline
from plugins.datelines.style import Style
from plugins.datelines.tables import (
    ALONE,
    KNOWN_AGENCIES,
    NOT_PLACES,
    PLACE_BEGINNINGS,
    PLACE_ENDINGS,
    folded,
    is_known_city,
    is_known_region,
)


class Parsed(Struct, frozen=True):
    """A dateline that was found. start, end: the characters of the text that belong to it, the dash included."""

    dateline: Dateline
    start: int
    end: int


class Doubt(Struct, frozen=True):
    """What looks like a dateline and is not read. words: the characters in question.

    if_so: how it would be read if something else, the front matter, says that it is one. lower_case: all that is wrong
    is that its city is not in capitals. unknown: that places.toml has its places would settle it.
    """

    words: str
    reason: str
    if_so: Parsed | None = None
    lower_case: bool = False
    unknown: bool = False
    quiet: bool = False


def parse_dateline(text: str) -> Parsed | None:
    """The dateline at the beginning of a paragraph's visible text, or None where there is none or it is doubtful."""
    found = examine(text)
    return found if isinstance(found, Parsed) else None


def parse_front_matter(value: str, lang: str = "en", style: Style | None = None) -> Dateline | None:
    """The dateline of a front matter's `dateline:`, in house style; None where it has no form of one.

    Gyumri, Armenia (Example Wire)   →   GYUMRI, Armenia (Example Wire)
    """
    given = read_front_matter(value)
    return given and render_dateline(given, lang, style)


@lru_cache(maxsize=256)
def read_front_matter(value: str) -> Dateline | None:
    """The dateline of a front matter's `dateline:`, its words as typed; None where it has no form of one.

    Capitals and the dash may be left out there, since nothing else can stand in that place. `off` is none.
    """
    if not value.strip() or is_off(value):
        return None
    value = trim(DASH_AT_END.sub("", value))
    if len(value) > HEAD or "\n" in value:
        return None
    form = form_of(value)
    if value.endswith((".", "։")) and not (form and not form.day and is_known_region(form.places[-1].region)):
        value = trim(DASH_AT_END.sub("", value[:-1]))
        form = form_of(value)
    if form is None or not form.places or form.lost_agency or not all(city_kind(place.city) for place in form.places):
        return None
    return Dateline(value, form.places, form.agency, form.day, typed=False)


def is_off(value: str) -> bool:
    """Whether the front matter says `dateline: off`: the text begins with none, whatever it looks like."""
    return value.strip().casefold() == "off"


def examine(text: str) -> Parsed | Doubt | None:
    """What the beginning of a paragraph holds: a dateline, a doubtful one, or nothing of the kind.

    text: visible text; only its first `HEAD` characters can belong to a dateline.
    """
    start = len(text) - len(text.lstrip(BLANK))
    if start == len(text) or not text[start].isalnum() or not MARK.search(text, start, start + HEAD):
        return None
    for left, dash, rest in cuts(text[start : start + HEAD], text[start + HEAD :]):
        form = form_of(left)
        if form is None:
            continue
        verdict = _judge(form, dash, rest)
        if verdict is None:
            continue
        dateline = Dateline(left, form.places, form.agency, form.day, dash)
        parsed = Parsed(dateline, start, start + len(left + dash))
        if not verdict:
            return parsed
        unknown = bool(trim(rest)) and _judge(form, dash, rest, in_table=True) == ""
        return Doubt(left + dash, verdict, parsed, verdict == _LOWER_CASE, unknown, verdict == _ACRONYM)
    return _without_dash(text[start : start + HEAD])


_SENTENCE = "it may be the beginning of a sentence"
_LOWER_CASE = "its city is not in capitals"
_ACRONYM = "it is as short as an acronym"


def _judge(form: Form, dash: str, rest: str, *, in_table: bool = False) -> str | None:
    """Why a head of this form is doubtful; "" where it is a dateline, None where it is plainly none.

    in_table: as if places.toml had its places.
    """
    if not form.places:
        return ""
    cities = [place.city for place in form.places]
    regions = [place.region for place in form.places if place.region]
    known_agency = folded(form.agency) in KNOWN_AGENCIES
    known_region = any(map(is_known_region, regions))
    known_city = in_table or all(map(is_known_city, cities))
    if not known_region and any(map(_is_lead_in, cities)):
        return None
    kinds = {city_kind(city) for city in cities}
    if kinds == {"caseless"}:
        return _judge_caseless(form, known_agency)
    if kinds != {"caps"}:
        return _judge_mixed(form, rest, known=known_agency or known_region or known_city)
    if form.lost_agency:
        return "" if known_city or all(map(_is_plausible, cities)) else _SENTENCE
    if any(map(str.islower, regions)):
        return "its region has no capital" if known_agency or known_region else None
    sure = known_region or known_agency or (bool(form.day) and (bool(form.agency) or not _begins_small(rest)))
    if form.agency and not has_capital(form.agency):
        # Half a sentence stands in brackets more often than such an agency: only a place that is known speaks for it.
        if not (sure or known_city):
            return None
        return "" if not form.agency.islower() else "its agency has no capital"
    return "" if sure else _judge_unsure(form, dash, rest, known_city=known_city)


def _judge_unsure(form: Form, dash: str, rest: str, *, known_city: bool) -> str | None:
    """Cities in capitals with neither a known region nor a known agency: what follows the dash must bear them out."""
    cities = [place.city for place in form.places]
    regions = [place.region for place in form.places if place.region]
    if any(len(city) < 3 for city in cities):
        return None
    if _begins_small(rest):
        return "a small letter follows its dash" if known_city or form.agency or regions else None
    if any(map(is_caps, regions)):
        return "its region is not known, and in capitals"
    if known_city or regions:
        return ""
    if not all(map(_is_plausible, cities)):
        if any(len(words(city)) > 4 or words(city)[0].casefold() in OPENERS - {"the"} for city in cities):
            return None
        if form.agency and all(len(words(city)) == 1 for city in cities):
            return ""
        return _ACRONYM if any(len(city) < 4 for city in cities) else _SENTENCE
    if form.agency:
        return ""
    follow = trim(rest)[:1]
    if not follow:
        return "nothing follows its dash"
    if dash.strip(BLANK) == "-":
        return _SENTENCE
    return "it may be the name of a speaker" if follow in QUOTES else ""


def _begins_small(rest: str) -> bool:
    follow = trim(rest)[:1]
    return follow.islower() and not is_georgian(follow)


def _judge_mixed(form: Form, rest: str, *, known: bool) -> str | None:
    """A city not in capitals: with day and agency an aggregator's dateline, else a doubt where a name is known."""
    named = words(form.places[0].city)
    if named[0].casefold() in OPENERS or len(named) > 3:
        return None
    if form.day and form.in_brackets and has_capital(form.agency) and not _begins_small(rest):
        return ""
    return _LOWER_CASE if known else None


def _judge_caseless(form: Form, known_agency: bool) -> str | None:
    """Without capitals only brackets tell: with an agency that is known, or in Latin capitals, or after a day."""
    if not form.in_brackets:
        return None
    return "" if known_agency or form.day or LATIN.match(form.agency) else None


def _is_lead_in(city: str) -> bool:
    return folded(city) in NOT_PLACES or any(
        folded(word.rstrip(".")) in NOT_PLACES for word in words(city) if word not in LOWER_WORDS
    )


def _is_plausible(city: str) -> bool:
    """Whether a city may stand without region or agency: a known one, one slip from it, `LAKE …`, `… HILLS`.

    One word that no table has may be anything: HARVEST — is no town, FAIRTOWN — is.
    """
    if is_known_city(city):
        return True
    key = folded(city)
    # Where the first letter slipped, the last two did not.
    alike = (name for name in ALONE if len(name) > 4 and (name[0] == key[0] or name[-2:] == key[-2:]))
    if len(key) > 3 and any(is_one_slip(key, name) for name in alike):
        return True
    named = key.split()
    return len(named) > 1 and (named[0] in PLACE_BEGINNINGS or named[-1] in PLACE_ENDINGS)


def _without_dash(head: str) -> Doubt | None:
    """`YEREVAN (AP) The …`: all of a dateline but its dash."""
    found = re.match(r"[^()\n]{3,60}\([^()\n]{2,40}\)", head)
    form = form_of(found[0]) if found else None
    if not found or not form or not form.places or form.lost_agency or folded(form.agency) not in KNOWN_AGENCIES:
        return None
    if any(city_kind(place.city) != "caps" or _is_lead_in(place.city) for place in form.places):
        return None
    return Doubt(found[0], "no dash ends it", Parsed(Dateline(found[0], form.places, form.agency), 0, len(found[0])))
