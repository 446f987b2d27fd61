"""The form of a head: cut at its dash, freed of agency and day, split into places.

    GLENDALE/PASADENA, Calif., June 3 (AP) —
        Form(places=(Place("GLENDALE"), Place("PASADENA", "Calif.")), agency="AP", day="June 3", in_brackets=True)

Only the form counts here; `parse` weighs whether a head of that form is a dateline or the beginning of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from plugins.datelines.dateline import Place
from plugins.datelines.tables import KNOWN_AGENCIES, folded, is_known_city

HEAD = 160
"""Characters at the beginning of a paragraph that are looked at; no dateline is longer."""

BLANK = " \t\n\r\f\v\u00a0\u2002\u2003\u2007\u2009\u200a\u200b\u200e\u200f\u202f\u2060\u061c\u3000\ufeff"
"""Spaces, also those that do not break, and marks of direction."""
DASHES = frozenset({"—", "–", "―", "——", "‒"})
HYPHENS = frozenset({"-", "--", "---"})
MARK = re.compile(r"[—–―‒(（\d-]")
"""What every dateline has at least one of: a dash, brackets, or a day before its full stop."""
_DASH = re.compile(rf"[{BLANK}]*(?:[—–―‒]+|-{{1,3}}(?!-))")
DASH_AT_END = re.compile(rf"(?:[{BLANK}]*(?:[—–―‒]+|--+)|[{BLANK}]+-)?[{BLANK}]*$")
_DIGIT = re.compile(r"\d")
_STOP = re.compile(r"[.․։:]")
_BRACKETS = re.compile(rf"^(?P<before>.*?)[{BLANK}]*[(（](?P<inside>[^()（）]*)[)）]$", re.DOTALL)
_LOST_BRACKET = re.compile(rf"^(?P<before>.*?)[{BLANK}]*\([{BLANK}]*\)?$", re.DOTALL)
_COMMA = re.compile(r"[,،，]")
LOWER_WORDS = frozenset(
    re.findall(r"\w+", "al and de del der des di do dos du e el en la las le les los of on sur the upon y")
)
_AND = re.compile(r",?\s+(?:and|et|und|и|և|y|e)\s+(?=[^\W\d_]{2})")
_PREFIX = re.compile(r"^(?:Mc|Mac|De|Du|La|Le|Van|Fitz|[OoDdLl]['’ʼ])(?=[^\W\d_]{2})")
_DOTTED = frozenset({"st.", "ste.", "ft.", "mt.", "pt.", "n.", "s.", "e.", "w.", "d.c."})
QUOTES = "\"'“”„«»‘’‹「『"
LATIN = re.compile(r"[A-Z]")
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}")
OPENERS = frozenset(
    {"a", "after", "an", "as", "at", "before", "by", "for", "from", "in", "near", "on", "since", "the", "until"}
)

_MONTHS = re.findall(
    r"\S+",
    """
    jan january janvier janv januar enero ene gennaio gen janeiro января январь янв січня հունվարի հունվար
    յունուար ocak يناير feb february février févr fevrier februar febrero febbraio fevereiro февраля февраль
    фев лютого փետրվարի փետրվար փետրուար şubat فبراير شباط mar march mars märz marzo março марта март
    березня մարտի մարտ mart مارس آذار apr april avril avr abril aprile апреля апрель апр квітня ապրիլի ապրիլ
    nisan أبريل ابريل نيسان may mai mayo maggio maio мая май травня մայիսի մայիս mayıs مايو أيار ايار jun
    june juin juni junio giugno junho июня июнь червня հունիսի հունիս յունիս haziran يونيو حزيران jul july
    juillet juil juli julio luglio julho июля июль липня հուլիսի հուլիս յուլիս temmuz يوليو تموز aug august
    août aout agosto августа август авг серпня օգոստոսի օգոստոս ağustos أغسطس اغسطس آب sep sept september
    septembre septiembre settembre setembro сентября сентябрь вересня սեպտեմբերի սեպտեմբեր eylül سبتمبر
    أيلول ايلول oct october octobre oktober okt octubre ottobre outubro октября октябрь окт жовтня
    հոկտեմբերի հոկտեմբեր ekim أكتوبر اكتوبر nov november novembre noviembre novembro ноября ноябрь листопада
    նոյեմբերի նոյեմբեր kasım نوفمبر dec december décembre déc decembre dezember dez diciembre dic dicembre
    dezembro декабря декабрь дек грудня դեկտեմբերի դեկտեմբեր aralık ديسمبر
    """,
)
_MONTHS_OF_TWO_WORDS = ("كانون الثاني", "كانون الأول", "تشرين الأول", "تشرين الثاني")
_MONTH = "(?:" + "|".join([*sorted(map(re.escape, _MONTHS), key=len, reverse=True), *_MONTHS_OF_TWO_WORDS]) + r")\.?"
_YEAR = r"(?:\d{4})"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th|er|º|\.)?"


@lru_cache(maxsize=1)
def _day() -> re.Pattern[str]:
    """Compiled when the first dateline is read: most builds read none."""
    return re.compile(
        rf"(?:{_NUMBER}\s+(?:de\s+)?{_MONTH}(?:\s+(?:de\s+)?{_YEAR}(?:\s*г\.|\s*թ\.)?)?"
        rf"|{_MONTH}\s+{_NUMBER}(?:\s+{_YEAR})?"
        rf"|(?:{_YEAR}\s*[年년]\s*)?\d{{1,2}}\s*[月월]\s*\d{{1,2}}\s*[日일]"
        rf"|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})",
        re.IGNORECASE,
    )


class Form(Struct, frozen=True):
    """A head taken apart. in_brackets: the agency stood so. lost_agency: brackets without one."""

    places: tuple[Place, ...]
    agency: str = ""
    day: str = ""
    in_brackets: bool = False
    lost_agency: bool = False


def trim(text: str) -> str:
    return text.strip(BLANK)


def is_georgian(char: str) -> bool:
    return "\u10d0" <= char <= "\u10ff"


def cuts(head: str, more: str) -> Iterator[tuple[str, str, str]]:
    """Where the head may end: (before, dash with the space before it, after). At its first dash; or at a full stop.

    A hyphen or short dash between two letters belongs to a name (PORT-AU-PRINCE), one inside brackets to an agency.
    """
    for found in _DASH.finditer(head):
        left, dash, rest = head[: found.start()], found[0], head[found.end() :]
        if left.count("(") + left.count("（") > left.count(")") + left.count("）") and trim(left)[-1:] not in "(（":
            continue
        bare = dash.strip(BLANK)
        bracket = left[-1:] in {")", "）"}
        if bare[0] in "-–‒" and not bare.startswith("--"):
            if dash == bare and not bracket:
                continue
            if bare == "-" and rest[:1].isdigit() and not bracket:
                continue
        yield left, dash, rest + more
        break
    if not _DIGIT.search(head, 0, 100):
        return
    for found in _STOP.finditer(head[:100]):
        left, rest = head[: found.start()], head[found.end() :]
        form = form_of(left) if not rest or rest[0] in BLANK else None
        if form and form.day and form.agency and form.places and not form.in_brackets and is_caps(form.agency):
            yield left, found[0], rest + more
            return


def form_of(left: str) -> Form | None:
    """`CITY, Region/CITY, Region, Day (Agency)` taken apart; None where a part has no such form."""
    agency, in_brackets, lost = "", False, False
    before = left
    if found := _BRACKETS.match(left):
        before, agency, in_brackets = found["before"], trim(found["inside"]), True
        lost = not agency
    elif found := _LOST_BRACKET.match(left):
        before, lost = found["before"], True
    if any(char in before for char in "()（）"):
        return None
    day = ""
    if agency and _day().fullmatch(agency):
        agency, day, in_brackets = "", agency, False
    parts = [trim(part) for part in _COMMA.split(before)]
    places = parts
    for index, part in enumerate(parts):
        if not (found := _day().match(part)):
            continue
        places, after = parts[:index], parts[index + 1 :]
        day, tail = found[0], trim(part[found.end() :])
        if not tail and after and re.fullmatch(_YEAR, after[0]):
            day, after = f"{day}, {after[0]}", after[1:]
        if tail and not after:
            after = [tail]
        elif tail:
            return None
        if after and (agency or len(after) > 1 or not is_caps(after[0])):
            return None
        agency = agency or (after[0] if after else "")
        break
    if agency and not is_agency(agency):
        return None
    if not places or places == [""]:
        return Form((), agency, day, in_brackets) if day and in_brackets else None
    found_places = places_of(", ".join(places))
    return Form(found_places, agency, day, in_brackets, lost) if found_places else None


def places_of(text: str) -> tuple[Place, ...]:
    """`GLENDALE/PASADENA, Calif.` and `BEIRUT and DAMASCUS` → both places; empty where one has no such form."""
    found = []
    for one in text.split("/"):
        joined = [_place_of(part) for part in _AND.split(one)]
        # Only towns that are known are joined by a word: TRINIDAD and TOBAGO, SMITH and SONS are one name.
        if len(joined) > 1 and all(place and (is_known_city(place.city) or place.region) for place in joined):
            found += joined
        else:
            found.append(_place_of(one))
    return tuple(place for place in found if place) if all(found) else ()


def _place_of(text: str) -> Place | None:
    city, *regions = [trim(part) for part in text.split(", ")]
    if not city_kind(city) or len(regions) > 2 or not all(map(is_region, regions)):
        return None
    return Place(city, ", ".join(regions))


def words(text: str) -> list[str]:
    return text.split()


def _is_name(text: str, extra: str = "") -> bool:
    """Whether text holds nothing but letters, their marks, spaces, and what joins or shortens words."""
    allowed = " \u00a0\n'’ʼʻ.-‐‑֊·" + extra
    return all(char.isalpha() or char in allowed or unicodedata.combining(char) for char in text)


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))


def is_cased(char: str) -> bool:
    return (char.isupper() or char.islower()) and not is_georgian(char)


def is_caps(text: str) -> bool:
    """Whether all letters that have case are capitals, and there is one. The ligature և and ß pass among capitals."""
    letters = [char for char in text if is_cased(char) and char not in "ևß"]
    return bool(letters) and all(char.isupper() for char in letters)


@lru_cache(maxsize=4096)
def city_kind(city: str) -> str:
    """`caps` (St. PAUL is not, McALLEN is), `mixed`, `caseless`; empty where it is no name of a city."""
    named = words(city)
    if not 1 <= len(named) <= 6 or len(city) > 60 or not _is_name(city) or not city[0].isalpha():
        return ""
    if any("." in word and word.casefold() not in _DOTTED for word in named) or not all(map(_has_letter, named)):
        return ""
    if not any(is_cased(char) for char in city):
        return "caseless" if len(named) <= 3 and len(city) <= 24 else ""
    pieces = [piece for word in named for piece in re.split(r"[-‐‑֊]", word) if piece]
    caps = [piece for piece in pieces if is_caps(_PREFIX.sub("", piece))]
    rest = [piece for piece in pieces if piece not in caps]
    if caps and pieces[0] in caps and all(piece in LOWER_WORDS for piece in rest):
        return "caps"
    return "mixed"


def is_region(region: str) -> bool:
    """Whether words can name a state or country: up to five, the first and all but `of`, `and` … with a capital."""
    named = words(region)
    if not 1 <= len(named) <= 5 or len(region) > 40 or not _is_name(region):
        return False
    return bool(named[0][0].isalpha()) and all(
        not is_cased(word[0]) or word[0].isupper() or word in LOWER_WORDS or folded(region) == region == word
        for word in named
    )


def is_agency(agency: str) -> bool:
    """Whether words can name an agency: up to eight, beginning with a letter or digit, without a sentence's marks."""
    if not agency[:1].isalnum() or len(agency) > 60 or len(words(agency)) > 8:
        return False
    if any(char in ':;!?"“”«»—–<>[]' for char in agency):
        return False
    return len(words(agency)) == 1 or not agency.islower()


def has_capital(agency: str) -> bool:
    """Whether an agency is written like a name: Reuters, 168.am, dpa; but not `the shop`, nor `bne IntelliNews`."""
    first = agency[:1]
    known = folded(agency) in KNOWN_AGENCIES or bool(DOMAIN.fullmatch(agency))
    return known or not first.islower() or is_georgian(first)
