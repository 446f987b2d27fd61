"""The dateline: where a story was reported. The type, and what reads and prints it, without any knowledge of files.

    GYUMRI, Armenia (Example Wire) — Growers from forty villages …
        Dateline(text="GYUMRI, Armenia (Example Wire)", places=(Place("GYUMRI", "Armenia"),),
                 agency="Example Wire", dash=" —")
    MANILA, Dec 3 (Reuters) - …     GLENDALE/PASADENA — …     ԵՐԵՎԱՆ, 28 ՓԵՏՐՎԱՐԻ, ԱՐՄԵՆՊՐԵՍ. …

A typed dateline is printed as it was typed; one that stands in front matter is put into house style. Where a head may
as well be the beginning of a sentence it is left in the text, and a `Doubt` says what to type: a dateline that is
missed is told, a sentence that is eaten is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape

from plugins.datelines.codes import (
    DASH,
    DOUBLE_SPACE,
    GENRE,
    POSTAL_CODE,
    REGION_MISSING,
    TWO_DIFFER,
    UNKNOWN_ABBREVIATION,
    UNREADABLE,
)
from plugins.datelines.tables import (
    ALONE,
    CITY_REGIONS,
    FOREIGN_ALONE,
    KNOWN_AGENCIES,
    NOT_PLACES,
    PLACE_BEGINNINGS,
    PLACE_ENDINGS,
    POSTAL_CODES,
    US_ALONE,
    Places,
    folded,
    is_known_city,
    is_known_region,
    right_abbreviation,
)
from plugins.newsroom.problem import Complaint
from plugins.newsroom.story import Genre, Plain
from plugins.newsroom.text import shortened

HOUSE_DASH = "—"
UNDATED_GENRES = frozenset({Genre.OPINION, Genre.EDITORIAL, Genre.LETTER, Genre.REVIEW, Genre.OBITUARY})
HEAD = 160
"""Characters at the beginning of a paragraph that are looked at; no dateline is longer."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a dateline as typed: `GYUMRI`, `Armenia`. region: empty where the city stands alone."""

    city: str
    region: str = ""

    def __str__(self) -> str:
        return f"{self.city}, {self.region}" if self.region else self.city


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a story was reported, and by which agency.

    text: as typed, or in house style where it comes from front matter; without the dash. `text + dash` is all of it.
    day: the date inside it, as typed; never the time of publication.
    dash: what ends it, with the space before; empty is the house's.
    agency_url: where the agency's name led in the text. typed: it stood in the text, not in front matter.
    """

    text: str
    places: tuple[Place, ...] = ()
    agency: str = ""
    day: str = ""
    dash: str = ""
    agency_url: str = ""
    typed: bool = True

    def to_plain(self) -> dict[str, Plain]:
        """The dateline as JSON can hold it."""
        return {
            "text": self.text,
            "places": [{"city": place.city, "region": place.region} for place in self.places],
            "agency": self.agency,
            "day": self.day,
            "dash": self.dash,
            "agency_url": self.agency_url,
            "typed": self.typed,
        }

    @classmethod
    def from_plain(cls, fact: Plain) -> Dateline | None:
        """The dateline that `to_plain` gave, or None where a story has none."""
        if not isinstance(fact, Mapping):
            return None
        places = fact.get("places")
        return cls(
            text=str(fact.get("text", "")),
            places=tuple(
                Place(str(place.get("city", "")), str(place.get("region", "")))
                for place in (places if isinstance(places, list) else [])
                if isinstance(place, Mapping)
            ),
            agency=str(fact.get("agency", "")),
            day=str(fact.get("day", "")),
            dash=str(fact.get("dash", "")),
            agency_url=str(fact.get("agency_url", "")),
            typed=fact.get("typed") is not False,
        )

    def says_the_same(self, other: Dateline) -> bool:
        """Whether both name the same places, agency and day; case, accents and the kind of dash do not count."""

        def key(dateline: Dateline) -> tuple[object, ...]:
            places = tuple((folded(place.city), folded(place.region)) for place in dateline.places)
            return places, folded(dateline.agency), folded(dateline.day)

        return key(self) == key(other)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A dateline that was found. start, end: the characters of the text that belong to it, the dash included."""

    dateline: Dateline
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """What looks like a dateline and is not read. words: the characters in question; hint: what to type.

    if_so: how it would be read if something else, the front matter, says that it is one.
    """

    words: str
    reason: str
    hint: str = ""
    if_so: Parsed | None = None


def parse_dateline(text: str) -> Parsed | None:
    """The dateline at the beginning of a paragraph's visible text, or None where there is none or it is doubtful."""
    found = examine(text)
    return found if isinstance(found, Parsed) else None


def parse_front_matter(value: str, lang: str = "en", classical: bool = False) -> Dateline | None:
    """The dateline of a front matter's `dateline:`, in house style; None where it has no form of one.

    Gyumri, Armenia (Example Wire)   →   GYUMRI, Armenia (Example Wire)

    Capitals and the dash may be left out there, since nothing else can stand in that place. `off` is none.
    """
    if not value.strip() or is_off(value):
        return None
    value = _trim(_DASH_AT_END.sub("", value))
    if len(value) > HEAD or "\n" in value:
        return None
    form = _form_of(value)
    if value.endswith((".", "։")) and not (form and not form.day and is_known_region(form.places[-1].region)):
        value = _trim(_DASH_AT_END.sub("", value[:-1]))
        form = _form_of(value)
    if form is None or not form.places or form.lost_agency or not all(_city_kind(place.city) for place in form.places):
        return None
    dateline = Dateline(value, form.places, form.agency, form.day, typed=False)
    if all(_city_kind(place.city) == "caseless" for place in form.places):
        return dateline
    return render_dateline(dateline, lang, classical)


def render_dateline(dateline: Dateline, lang: str = "en", classical: bool = False) -> Dateline:
    """A dateline in house style, `CITY, Region, Day (Agency)`; one that was typed stays as typed.

    classical: Armenian in the classical spelling, where և is ԵՒ.
    """
    if dateline.typed:
        return dateline
    places = tuple(Place(capitals(place.city, lang, classical), place.region) for place in dateline.places)
    text = ", ".join(part for part in ("/".join(map(str, places)), dateline.day) if part)
    if dateline.agency:
        text += f" ({dateline.agency})"
    return replace(dateline, text=text, places=places)


def capitals(city: str, lang: str, classical: bool = False) -> str:
    """A city in capitals, but for a prefix that keeps its small letters: McAllen → McALLEN. Capitals stay as typed."""
    if _city_kind(city) == "caps":
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
    return "".join(char if _is_georgian(char) else char.upper() for char in text)


def examine(text: str) -> Parsed | Doubt | None:
    """What the beginning of a paragraph holds: a dateline, a doubtful one, or nothing of the kind.

    text: visible text; only its first `HEAD` characters can belong to a dateline.
    """
    start = len(text) - len(text.lstrip(_BLANK))
    if start == len(text) or not (text[start].isalnum()):
        return None
    for left, dash, rest in _cuts(text[start : start + HEAD], text[start + HEAD :]):
        form = _form_of(left)
        if form is None:
            continue
        words = left + dash
        verdict = _judge(form, dash, rest)
        if verdict is None:
            continue
        dateline = Dateline(left, form.places, form.agency, form.day, dash)
        parsed = Parsed(dateline, start, start + len(words))
        return Doubt(words, verdict, _example(form), parsed) if verdict else parsed
    return _without_dash(text[start : start + HEAD])


def check_style(dateline: Dateline, rest: str = "", house_dash: str = HOUSE_DASH) -> Iterator[Complaint]:
    """What house style says of one dateline alone. rest: the text after its dash."""
    dash = dateline.dash.strip(_BLANK)
    shown = f"{dateline.text} {house_dash}"
    if dateline.typed and dash in _HYPHENS and dash != house_dash:
        name = "a hyphen" if dash == "-" else "hyphens"
        yield Complaint(DASH, f"'{_shown(dateline)}' ends with {name}", f"type {shown}")
    elif dateline.typed and dash in _DASHES and _lacks_space(dateline, rest):
        yield Complaint(DASH, f"no space stands on both sides of the dash of '{_shown(dateline)}'", f"type {shown}")
    if dateline.typed and re.match(r"[^\S\n]{2}", rest):
        yield Complaint(DOUBLE_SPACE, f"two spaces stand after '{_shown(dateline)}'", "leave one")
    for place in dateline.places:
        yield from _check_region(place)


def check_front_matter(
    value: str, dateline: Dateline | None, lang: str = "en", classical: bool = False
) -> Iterator[Complaint]:
    """What is wrong with a front matter's `dateline:`. dateline: the story's, from whichever place."""
    if not value.strip() or is_off(value):
        return
    given = parse_front_matter(value, lang, classical)
    if given is None:
        short = _shortened(value)
        hint = "write it like dateline: GYUMRI, Armenia (Example Wire)"
        yield Complaint(UNREADABLE, f"'{short}' cannot be read as a dateline", hint)
    elif dateline is None or not dateline.typed:
        yield from check_style(given)
    elif not given.says_the_same(dateline):
        message = f"the front matter says '{given.text}', the text '{_shortened(dateline.text)}'"
        yield Complaint(TWO_DIFFER, message, "keep the right one and delete the other")


def check_genre(dateline: Dateline, genre: Genre) -> Iterator[Complaint]:
    """Opinion and its like are written at a desk: they have no dateline."""
    if genre in UNDATED_GENRES:
        message = f"a story of genre '{genre}' has no dateline"
        yield Complaint(GENRE, message, f"delete '{_shortened(dateline.text)}', or change the genre")


def is_off(value: str) -> bool:
    """Whether the front matter says `dateline: off`: the text begins with none, whatever it looks like."""
    return value.strip().casefold() == "off"


def check_regions(dateline: Dateline, places: Places, lang: str = "en") -> Iterator[Complaint]:
    """Which cities lack their region. places: places.toml, which goes before the built-in tables.

    The built-in tables are English: in another language only a city that places.toml has is checked.
    """
    for place in dateline.places:
        row = places.find(place.city)
        if place.region or (row.alone if row else folded(place.city) in ALONE or not lang.startswith("en")):
            continue
        region = row.region(lang) if row else CITY_REGIONS.get(folded(place.city), "")
        if region:
            hint = f"type {place.city}, {region}"
        elif near := _nearest(place.city, places):
            hint = f"did you mean {near}?"
        else:
            hint = f"type {place.city}, and its state or country; or give it a row in data/places.toml"
        yield Complaint(REGION_MISSING, f"'{place.city}' is not a city that stands alone", hint)


def as_html(dateline: Dateline, *, agency_url: str = "", rtl: bool = False, house_dash: str = HOUSE_DASH) -> str:
    """The dateline as a page prints it, escaped, the dash inside.

    agency_url: where the agency's name leads, unless the text said so itself. rtl: the page runs from right to left, so
    that an agency's Latin name must not turn the brackets around.
    """
    text, dash = printed(dateline.text), printed(dateline.dash or f" {house_dash}")
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


# What follows reads the form of a head: cut it at its dash, take off agency and day, split the rest into places.

_BLANK = " \t\n\r\f\v\u00a0\u2002\u2003\u2007\u2009\u200a\u200b\u200e\u200f\u202f\u2060\u061c\u3000\ufeff"
"""Spaces, also those that do not break, and marks of direction."""
_DASHES = frozenset({"—", "–", "―", "——", "‒"})
_HYPHENS = frozenset({"-", "--", "---"})
_DASH = re.compile(rf"[{_BLANK}]*(?:[—–―‒]+|-{{1,3}}(?!-))")
_DASH_AT_END = re.compile(rf"(?:[{_BLANK}]*(?:[—–―‒]+|--+)|[{_BLANK}]+-)?[{_BLANK}]*$")
_STOP = re.compile(r"[.․։:]")
_BRACKETS = re.compile(rf"^(?P<before>.*?)[{_BLANK}]*[(（](?P<inside>[^()（）]*)[)）]$", re.DOTALL)
_LOST_BRACKET = re.compile(rf"^(?P<before>.*?)[{_BLANK}]*\([{_BLANK}]*\)?$", re.DOTALL)
_COMMA = re.compile(r"[,،，]")
_LOWER_WORDS = frozenset(
    re.findall(r"\w+", "al and de del der des di do dos du e el en la las le les los of on sur the upon y")
)
_PREFIX = re.compile(r"^(?:Mc|Mac|De|Du|La|Le|Van|Fitz|[OoDdLl]['’ʼ])(?=[^\W\d_]{2})")
_DOTTED = frozenset({"st.", "ste.", "ft.", "mt.", "pt.", "n.", "s.", "e.", "w.", "d.c."})
_QUOTES = "\"'“”„«»‘’‹「『"
_LATIN = re.compile(r"[A-Z]")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}")
_OPENERS = frozenset(
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
_DAY = re.compile(
    rf"(?:{_NUMBER}\s+(?:de\s+)?{_MONTH}(?:\s+(?:de\s+)?{_YEAR}(?:\s*г\.|\s*թ\.)?)?"
    rf"|{_MONTH}\s+{_NUMBER}(?:\s+{_YEAR})?"
    rf"|(?:{_YEAR}\s*[年년]\s*)?\d{{1,2}}\s*[月월]\s*\d{{1,2}}\s*[日일]"
    rf"|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Form:
    """A head taken apart. in_brackets: the agency stood so. lost_agency: brackets without one."""

    places: tuple[Place, ...]
    agency: str = ""
    day: str = ""
    in_brackets: bool = False
    lost_agency: bool = False


def _shortened(text: str) -> str:
    return shortened(text, 60)


def _trim(text: str) -> str:
    return text.strip(_BLANK)


def _shown(dateline: Dateline) -> str:
    return " ".join((dateline.text + dateline.dash).split())


def _lacks_space(dateline: Dateline, rest: str) -> bool:
    """Whether a dash touches a word. Scripts without capitals have their own habits."""
    has_case = any(_city_kind(place.city) != "caseless" for place in dateline.places)
    return has_case and (dateline.dash[:1] in _DASHES or bool(rest[:1].strip(_BLANK)))


def _is_georgian(char: str) -> bool:
    return "\u10d0" <= char <= "\u10ff"


def _cuts(head: str, more: str) -> Iterator[tuple[str, str, str]]:
    """Where the head may end: (before, dash with the space before it, after). At its first dash; or at a full stop.

    A hyphen or short dash between two letters belongs to a name (PORT-AU-PRINCE), one inside brackets to an agency.
    """
    for found in _DASH.finditer(head):
        left, dash, rest = head[: found.start()], found[0], head[found.end() :]
        if left.count("(") + left.count("（") > left.count(")") + left.count("）") and _trim(left)[-1:] not in "(（":
            continue
        bare = dash.strip(_BLANK)
        bracket = left[-1:] in {")", "）"}
        if bare[0] in "-–‒" and not bare.startswith("--"):
            if dash == bare and not bracket:
                continue
            if bare == "-" and rest[:1].isdigit() and not bracket:
                continue
        yield left, dash, rest + more
        break
    for found in _STOP.finditer(head[:100]):
        left, rest = head[: found.start()], head[found.end() :]
        form = _form_of(left) if not rest or rest[0] in _BLANK else None
        if form and form.day and form.agency and form.places and not form.in_brackets and _is_caps(form.agency):
            yield left, found[0], rest + more
            return


def _form_of(left: str) -> _Form | None:
    """`CITY, Region/CITY, Region, Day (Agency)` taken apart; None where a part has no such form."""
    agency, in_brackets, lost = "", False, False
    before = left
    if found := _BRACKETS.match(left):
        before, agency, in_brackets = found["before"], _trim(found["inside"]), True
        lost = not agency
    elif found := _LOST_BRACKET.match(left):
        before, lost = found["before"], True
    if any(char in before for char in "()（）"):
        return None
    day = ""
    if agency and _DAY.fullmatch(agency):
        agency, day, in_brackets = "", agency, False
    parts = [_trim(part) for part in _COMMA.split(before)]
    places = parts
    for index, part in enumerate(parts):
        if not (found := _DAY.match(part)):
            continue
        places, after = parts[:index], parts[index + 1 :]
        day, tail = found[0], _trim(part[found.end() :])
        if not tail and after and re.fullmatch(_YEAR, after[0]):
            day, after = f"{day}, {after[0]}", after[1:]
        if tail and not after:
            after = [tail]
        elif tail:
            return None
        if after and (agency or len(after) > 1 or not _is_caps(after[0])):
            return None
        agency = agency or (after[0] if after else "")
        break
    if agency and not _is_agency(agency):
        return None
    if not places or places == [""]:
        return _Form((), agency, day, in_brackets) if day and in_brackets else None
    found_places = _places_of(", ".join(places))
    return _Form(found_places, agency, day, in_brackets, lost) if found_places else None


def _places_of(text: str) -> tuple[Place, ...]:
    """`GLENDALE/PASADENA, Calif.` → both places; empty where one of them has no such form."""
    found = []
    for one in text.split("/"):
        city, *regions = [_trim(part) for part in one.split(", ")]
        if not _city_kind(city) or len(regions) > 2 or not all(map(_is_region, regions)):
            return ()
        found.append(Place(city, ", ".join(regions)))
    return tuple(found)


def _words(text: str) -> list[str]:
    return text.split()


def _is_name(text: str, extra: str = "") -> bool:
    """Whether text holds nothing but letters, their marks, spaces, and what joins or shortens words."""
    allowed = " \u00a0\n'’ʼʻ.-‐‑֊·" + extra
    return all(char.isalpha() or char in allowed or unicodedata.combining(char) for char in text)


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))


def _is_cased(char: str) -> bool:
    return (char.isupper() or char.islower()) and not _is_georgian(char)


def _is_caps(text: str) -> bool:
    """Whether all letters that have case are capitals, and there is one. The ligature և and ß pass among capitals."""
    letters = [char for char in text if _is_cased(char) and char not in "ևß"]
    return bool(letters) and all(char.isupper() for char in letters)


def _city_kind(city: str) -> str:
    """`caps` (St. PAUL is not, McALLEN is), `mixed`, `caseless`; empty where it is no name of a city."""
    words = _words(city)
    if not 1 <= len(words) <= 6 or len(city) > 60 or not _is_name(city) or not city[0].isalpha():
        return ""
    if any("." in word and word.casefold() not in _DOTTED for word in words) or not all(map(_has_letter, words)):
        return ""
    if not any(_is_cased(char) for char in city):
        return "caseless" if len(words) <= 3 and len(city) <= 24 else ""
    pieces = [piece for word in words for piece in re.split(r"[-‐‑֊]", word) if piece]
    caps = [piece for piece in pieces if _is_caps(_PREFIX.sub("", piece))]
    rest = [piece for piece in pieces if piece not in caps]
    if caps and pieces[0] in caps and all(piece in _LOWER_WORDS for piece in rest):
        return "caps"
    return "mixed"


def _is_region(region: str) -> bool:
    """Whether words can name a state or country: up to five, the first and all but `of`, `and` … with a capital."""
    words = _words(region)
    if not 1 <= len(words) <= 5 or len(region) > 40 or not _is_name(region):
        return False
    return bool(words[0][0].isalpha()) and all(
        not _is_cased(word[0]) or word[0].isupper() or word in _LOWER_WORDS or folded(region) == region == word
        for word in words
    )


def _is_agency(agency: str) -> bool:
    """Whether words can name an agency: up to eight, beginning with a letter or digit, without a sentence's marks."""
    if not agency[:1].isalnum() or len(agency) > 60 or len(_words(agency)) > 8:
        return False
    if any(char in ':;!?"“”«»—–<>[]' for char in agency):
        return False
    return len(_words(agency)) == 1 or not agency.islower()


def _has_capital(agency: str) -> bool:
    """Whether an agency is written like a name: Reuters, 168.am, dpa; but not `the shop`, nor `bne IntelliNews`."""
    first = agency[:1]
    known = folded(agency) in KNOWN_AGENCIES or bool(_DOMAIN.fullmatch(agency))
    return known or not first.islower() or _is_georgian(first)


_SENTENCE = "it may be the beginning of a sentence"


def _judge(form: _Form, dash: str, rest: str) -> str | None:
    """Why a head of this form is doubtful; "" where it is a dateline, None where it is plainly none."""
    if not form.places:
        return ""
    cities = [place.city for place in form.places]
    regions = [place.region for place in form.places if place.region]
    known_agency = folded(form.agency) in KNOWN_AGENCIES
    known_region = any(map(is_known_region, regions))
    known_city = all(map(is_known_city, cities))
    if not known_region and any(map(_is_lead_in, cities)):
        return None
    kinds = {_city_kind(city) for city in cities}
    if kinds == {"caseless"}:
        return _judge_caseless(form, known_agency)
    if kinds != {"caps"}:
        return _judge_mixed(form, rest, known=known_agency or known_region or known_city)
    if form.lost_agency:
        return "" if all(map(_is_plausible, cities)) else None
    if any(map(str.islower, regions)):
        return "its region has no capital" if known_agency or known_region else None
    sure = known_region or known_agency or (bool(form.day) and (bool(form.agency) or not _begins_small(rest)))
    if form.agency and not _has_capital(form.agency):
        # Half a sentence stands in brackets more often than such an agency: only a place that is known speaks for it.
        if not (sure or known_city):
            return None
        return "" if not form.agency.islower() else "its agency has no capital"
    return "" if sure else _judge_unsure(form, dash, rest, known_city=known_city)


def _judge_unsure(form: _Form, dash: str, rest: str, *, known_city: bool) -> str | None:
    """Cities in capitals with neither a known region nor a known agency: what follows the dash must bear them out."""
    cities = [place.city for place in form.places]
    regions = [place.region for place in form.places if place.region]
    if any(len(city) < 3 for city in cities):
        return None
    if _begins_small(rest):
        return "a small letter follows its dash" if known_city or form.agency or regions else None
    if any(map(_is_caps, regions)):
        return "its region is not known, and in capitals"
    if known_city or regions:
        return ""
    if not all(map(_is_plausible, cities)):
        if any(len(_words(city)) > 4 or (len(city) < 4 and not form.agency) for city in cities):
            return None
        return "" if form.agency and all(len(_words(city)) == 1 for city in cities) else _SENTENCE
    if form.agency:
        return ""
    follow = _trim(rest)[:1]
    if not follow:
        return "nothing follows its dash"
    if dash.strip(_BLANK) == "-":
        return _SENTENCE
    return "it may be the name of a speaker" if follow in _QUOTES else ""


def _begins_small(rest: str) -> bool:
    follow = _trim(rest)[:1]
    return follow.islower() and not _is_georgian(follow)


def _judge_mixed(form: _Form, rest: str, *, known: bool) -> str | None:
    """A city not in capitals: with day and agency an aggregator's dateline, else a doubt where a name is known."""
    words = _words(form.places[0].city)
    if words[0].casefold() in _OPENERS or len(words) > 3:
        return None
    if form.day and form.in_brackets and _has_capital(form.agency) and not _begins_small(rest):
        return ""
    return "its city is not in capitals" if known else None


def _judge_caseless(form: _Form, known_agency: bool) -> str | None:
    """Without capitals only brackets tell: with an agency that is known, or in Latin capitals, or after a day."""
    if not form.in_brackets:
        return None
    return "" if known_agency or form.day or _LATIN.match(form.agency) else None


def _is_lead_in(city: str) -> bool:
    return folded(city) in NOT_PLACES or any(
        folded(word.rstrip(".")) in NOT_PLACES for word in _words(city) if word not in _LOWER_WORDS
    )


def _is_plausible(city: str) -> bool:
    """Whether a city that no table has may be one without region or agency: one long word, or `LAKE …`, `… HILLS`."""
    if is_known_city(city):
        return True
    key = folded(city)
    if any(len(name) > 4 and _is_one_slip(key, name) for name in ALONE):
        return True
    words = key.split()
    if len(words) > 1:
        return words[0] in PLACE_BEGINNINGS or words[-1] in PLACE_ENDINGS
    latin = words[0].isascii()
    return len(words[0]) >= 5 and not (latin and not re.search("[aeiouy]", words[0]))


def _example(form: _Form) -> str:
    """What to type instead of a doubtful head, as far as it can be known."""
    if not form.places:
        return ""
    place = form.places[0]
    city = capitals(place.city, "en")
    region = place.region[:1].upper() + place.region[1:] or CITY_REGIONS.get(folded(city), "")
    if not region and folded(city) not in ALONE:
        region = "Region"
    text = f"{city}, {region}" if region else city
    text += f" ({form.agency})" if form.agency else ""
    return f"if it is one, type it like {text} — Text; or say dateline: {text} in the front matter, which settles it"


def _without_dash(head: str) -> Doubt | None:
    """`YEREVAN (AP) The …`: all of a dateline but its dash."""
    found = re.match(r"[^()\n]{3,60}\([^()\n]{2,40}\)", head)
    form = _form_of(found[0]) if found else None
    if not found or not form or not form.places or form.lost_agency or folded(form.agency) not in KNOWN_AGENCIES:
        return None
    if any(_city_kind(place.city) != "caps" or _is_lead_in(place.city) for place in form.places):
        return None
    return Doubt(found[0], "no dash ends it", _example(form))


def _check_region(place: Place) -> Iterator[Complaint]:
    region = place.region
    if region in POSTAL_CODES:
        yield Complaint(POSTAL_CODE, f"'{region}' is a postal code", f"type {place.city}, {POSTAL_CODES[region]}")
        return
    right = right_abbreviation(region) if region else None
    if right is not None:
        hint = f"type {place.city}, {right}" if right else "spell it out"
        yield Complaint(UNKNOWN_ABBREVIATION, f"house style does not abbreviate like '{region}'", hint)


def _nearest(city: str, places: Places) -> str:
    """The stand-alone city that is one slip away: PARI → PARIS; or empty."""
    names: Iterable[str] = (
        *US_ALONE,
        *FOREIGN_ALONE,
        *(name for row in places.rows.values() if row.alone for name in (*row.names.values(), *row.also)),
    )
    key = folded(city)
    return next((name for name in names if _is_one_slip(key, folded(name))), "")


def _is_one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter left out, put in, changed, or swapped with the next."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[at:], other[at:]
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return left[1:] == right or left == right[1:] or left[1:] == right[1:] or swapped
