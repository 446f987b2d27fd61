"""What house style says of a dateline: each fault with the whole dateline as it should be typed.

POTOMAC, MD - The path is swept.
    dateline/dash: 'POTOMAC, MD -' ends with a hyphen         hint: type POTOMAC, Md. —
    dateline/postal-code: 'MD' is a postal code               hint: type POTOMAC, Md. —
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from plugins.datelines.codes import (
    AGENCY_DIFFERS,
    AGENCY_NEAR,
    DASH,
    DAY,
    DOUBLE_SPACE,
    DOUBTFUL,
    GENRE,
    LOWER_CASE,
    POSTAL_CODE,
    REGION_MISSING,
    SECOND_PARAGRAPH,
    TWO_DIFFER,
    UNKNOWN_ABBREVIATION,
    UNREADABLE,
)
from plugins.datelines.dateline import Dateline, Place
from plugins.datelines.fact import Unread
from plugins.datelines.grammar import BLANK, DASHES, HYPHENS, city_kind
from plugins.datelines.near import nearest
from plugins.datelines.parse import is_off, read_front_matter
from plugins.datelines.places import Places
from plugins.datelines.render import capitals, render_dateline
from plugins.datelines.style import Style, Styles
from plugins.datelines.tables import (
    ALONE,
    CITIES,
    CITY_REGIONS,
    FOREIGN_ALONE,
    KNOWN_AGENCIES,
    OTHER_NAMES,
    POSTAL_CODES,
    US_ALONE,
    folded,
    is_known_city,
    right_abbreviation,
    same_agency,
)
from plugins.newsroom.paper import Agency
from plugins.newsroom.problem import Code, Complaint
from plugins.newsroom.story import Genre
from plugins.newsroom.text import shortened

OTHER_PLACES = dict.fromkeys(OTHER_NAMES, "")
UNDATED_GENRES = frozenset({Genre.OPINION, Genre.EDITORIAL, Genre.LETTER, Genre.REVIEW, Genre.OBITUARY})


class House(Struct, frozen=True):
    """What a paper's tables say to the datelines of one language."""

    places: Places = field(default_factory=Places)
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    style: Style = field(default_factory=Style)
    lang: str = "en"

    @classmethod
    def of(cls, lang: str, places: Places, agencies: Mapping[str, Agency], styles: Styles) -> House:
        """The house of a language."""
        return cls(places, agencies, styles.of(lang), lang)

    @property
    def english(self) -> bool:
        """Whether the built-in tables, which are English, speak of its cities."""
        return self.lang.split("-")[0] == "en"


# The dateline as it should be typed.


def corrected(dateline: Dateline, house: House, *, agency: str = "") -> str:
    """The whole dateline in house style, dash included, with every fault mended that can be; `Region` where a state or
    country is missing and not known. agency: whom it should credit, where that is somebody else.
    """
    places = tuple(_mended(place, house) for place in dateline.places) or (Place("CITY", "Region"),)
    given = replace(
        dateline, places=places, agency=agency or _agency_mended(dateline.agency, house), dash="", typed=False
    )
    shown = render_dateline(given, house.lang, house.style)
    return shown.text + house.style.ending(shown)


def _mended(place: Place, house: House) -> Place:
    city = capitals(place.city, house.lang, house.style.classical)
    if place.region:
        region = place.region[:1].upper() + place.region[1:]
        return Place(city, POSTAL_CODES.get(region) or right_abbreviation(region) or region)
    if row := house.places.find(place.city):
        missing = "Region" if house.english else ""
        return Place(city, "" if row.alone else row.region(house.lang) or missing)
    if stands_alone(place.city, house):
        return Place(city)
    if house.english and (region := CITY_REGIONS.get(folded(place.city), "")):
        return Place(city, region)
    near = None if is_known_city(place.city) else nearest_place(place.city, house)
    return near or Place(city, "Region" if house.english else "")


def stands_alone(city: str, house: House) -> bool:
    """Whether a city needs no region; in another language than English only a row of places.toml can ask for one."""
    row = house.places.find(city)
    return row.alone if row else folded(city) in ALONE


def nearest_place(city: str, house: House) -> Place | None:
    """The known place that an author may have meant, as it should be typed: PARI → PARIS; TBLISI → TBILISI, Georgia."""
    built_in = {**dict.fromkeys((*US_ALONE, *FOREIGN_ALONE), ""), **CITIES} if house.english else OTHER_PLACES
    names = {folded(name): Place(name, region) for name, region in built_in.items()}
    names |= {
        folded(name): Place(capitals(name, house.lang), "" if row.alone else row.region(house.lang))
        for row in house.places.rows.values()
        for name in row.all_names()
    }
    return names.get(nearest(city, names))


def _agency_mended(agency: str, house: House) -> str:
    if row := house.agencies.get(agency):
        return row.name(house.lang)
    for typed, right in nearest_agencies(agency, house):
        agency = agency.replace(typed, right)
    return agency


def nearest_agencies(agency: str, house: House) -> Iterator[tuple[str, str]]:
    """(as typed, as it is known) for each agency of a dateline's brackets that is nearly one that is known."""
    names = {
        **KNOWN_AGENCIES,
        **{folded(name): name for row in house.agencies.values() for name in (row.id, *row.spellings())},
    }
    if not agency or folded(agency) in names:
        return
    for part in _parts(agency):
        if folded(part) not in names and (key := nearest(part, names, shortest=5)):
            yield part, names[key]


def _parts(agency: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,/،，]| and ", agency) if part.strip()]


# The faults.


def check_style(dateline: Dateline, rest: str = "", house: House | None = None) -> Iterator[Complaint]:
    """What house style says of one dateline alone. rest: the text after its dash, two characters at least."""
    house = house or House()
    if faults := list(_faults_of_style(dateline, rest, house)):
        whole = corrected(dateline, house)
        for code, message, more in faults:
            yield Complaint(code, message, f"type {whole}{more}")


def _faults_of_style(dateline: Dateline, rest: str, house: House) -> Iterator[tuple[Code, str, str]]:
    """The code of each fault, what it is, and what to do beside typing the whole dateline as it should be."""
    dash = dateline.dash.strip(BLANK)
    if dateline.typed and dash in HYPHENS and dash != house.style.dash:
        name = "a hyphen" if dash == "-" else "hyphens"
        yield DASH, f"'{_shown(dateline)}' ends with {name}", ""
    elif dateline.typed and dash in DASHES and house.style.spaced and _lacks_space(dateline, rest):
        yield DASH, f"no space stands on both sides of the dash of '{_shown(dateline)}'", ""
    if dateline.typed and re.match(r"[^\S\n]{2}", rest):
        yield DOUBLE_SPACE, f"two spaces stand after '{_shown(dateline)}'", " and one space"
    for place in dateline.places:
        yield from _fault_of_region(place)
    if dateline.day and not house.style.day:
        yield DAY, f"'{dateline.day}' stands in a dateline, where house style has no date", ""
    if dateline.typed and dateline.text.endswith(("(", ")")) and not (dateline.agency or dateline.day):
        yield DOUBTFUL, f"the brackets in '{dateline.text}' hold no agency", " or name the agency in them"


def _fault_of_region(place: Place) -> Iterator[tuple[Code, str, str]]:
    region = place.region
    if region in POSTAL_CODES:
        yield POSTAL_CODE, f"'{region}' is a postal code", ""
    elif region and (right := right_abbreviation(region)) is not None:
        more = "" if right else f" with '{region}' spelled out"
        yield UNKNOWN_ABBREVIATION, f"house style does not abbreviate like '{region}'", more


def check_regions(dateline: Dateline, house: House) -> Iterator[Complaint]:
    """Which cities lack their region. places.toml goes before the built-in tables.

    The built-in tables are English: in another language only a city that places.toml has, or nearly has, is checked. A
    place with a region is never unknown.
    """
    for place in dateline.places:
        if place.region or stands_alone(place.city, house):
            continue
        whole = corrected(dateline, house)
        row = house.places.find(place.city)
        region = row.region(house.lang) if row else CITY_REGIONS.get(folded(place.city), "")
        near = None if row or region or is_known_city(place.city) else nearest_place(place.city, house)
        if not house.english and not row and near is None:
            continue
        if region:
            hint = f"type {whole}"
        elif row:
            hint = f"type {whole} with its state or country; or say alone = true in its row of data/places.toml"
        elif near:
            hint = f"did you mean {whole}"
        else:
            hint = f"type {whole} with its state or country; or give {place.city} a row in data/places.toml"
        yield Complaint(REGION_MISSING, f"'{place.city}' is not a city that stands alone", hint)


def check_agency(dateline: Dateline, credited: str, house: House) -> Iterator[Complaint]:
    """Whether the agency is mistyped, or another than the byline's. credited: the story's `agency`, an id, or empty."""
    if not dateline.agency:
        return
    near = list(nearest_agencies(dateline.agency, house))
    for typed, right in near:
        message = f"the agency '{typed}' is not known, and nearly {right}"
        yield Complaint(AGENCY_NEAR, message, f"did you mean {corrected(dateline, house)}")
    if not credited or near:
        return
    row = house.agencies.get(credited)
    names = (credited, *row.spellings()) if row else (credited,)
    typed_names = (dateline.agency, *_parts(dateline.agency))
    if any(_is_same(typed, name) for typed in typed_names for name in names):
        return
    right = row.name(house.lang) if row else credited
    hint = f"type {corrected(dateline, house, agency=right)} or change agency: in the front matter"
    yield Complaint(AGENCY_DIFFERS, f"the dateline credits {dateline.agency}, the byline {right}", hint)


def _is_same(typed: str, name: str) -> bool:
    """Whether two names are one agency's: equal, a name and its id, built-in names, or one the other's initials."""
    if same_agency(typed, name) or _letters(typed) == _letters(name):
        return True
    return folded(typed) in _initials(name) or folded(name) in _initials(typed)


def _letters(name: str) -> str:
    """`Example Wire` and `example-wire` without what tells them apart."""
    return re.sub(r"[\W_]+", "", folded(name))


def _initials(name: str) -> set[str]:
    words = [word for word in re.split(r"[\s-]+", folded(name)) if word]
    letters = "".join(word[0] for word in words)
    return {letters, letters.removeprefix("t")} if len(words) > 1 else set()


def check_front_matter(value: str, dateline: Dateline | None, house: House | None = None) -> Iterator[Complaint]:
    """What is wrong with a front matter's `dateline:` alone. dateline: the story's, from whichever place."""
    if not value.strip() or is_off(value):
        return
    house = house or House()
    given = read_front_matter(value)
    if given is None:
        hint = "write it like dateline: GYUMRI, Armenia (Example Wire)"
        yield Complaint(UNREADABLE, f"'{shortened(value, 60)}' cannot be read as a dateline", hint)
    elif dateline and dateline.typed and not given.says_the_same(dateline):
        own = render_dateline(given, house.lang, house.style).text
        message = f"the front matter says '{own}', the text '{shortened(dateline.text, 60)}'"
        hint = f"keep the right one, {corrected(given, house)} or {corrected(dateline, house)} and delete the other"
        yield Complaint(TWO_DIFFER, message, hint)


def check_genre(dateline: Dateline, genre: Genre) -> Iterator[Complaint]:
    """Opinion and its like are written at a desk: they have no dateline."""
    if genre in UNDATED_GENRES:
        message = f"a story of genre '{genre}' has no dateline"
        yield Complaint(GENRE, message, f"delete {_shown(dateline)} or change the genre")


def check_unread(unread: Unread, house: House) -> Iterator[Complaint]:
    """What looks like a dateline and was left in the text."""
    typed = shortened(unread.typed, 60)
    whole = corrected(unread.dateline, house) if unread.dateline else "CITY, Region —"
    if unread.lower_case:
        hint = f"type {whole} or say dateline: {whole.removesuffix(house.style.dash).strip()} in the front matter"
        yield Complaint(LOWER_CASE, f"'{typed}' is not read as a dateline: {unread.reason}", hint)
        return
    hint = f"type {whole}{' ' + unread.advice if unread.advice else ''}"
    if unread.unknown:
        hint = (
            f"if it is one, type {whole} with its state or country, or give the place a row in data/places.toml; "
            "if not, say dateline: off in the front matter"
        )
    elif not unread.advice:
        hint = f"if it is one, {hint} or say it in the front matter as dateline: which settles it"
    yield Complaint(DOUBTFUL, f"'{typed}' looks like a dateline but is not read as one: {unread.reason}", hint)


def check_second(second: Dateline, house: House) -> Iterator[Complaint]:
    """A dateline that begins the second paragraph, where the first has none."""
    hint = f"begin the first paragraph with {corrected(second, house)}"
    yield Complaint(SECOND_PARAGRAPH, f"'{_shown(second)}' begins the second paragraph", hint)


def _shown(dateline: Dateline) -> str:
    return shortened(" ".join((dateline.text + dateline.dash).split()), 60)


def _lacks_space(dateline: Dateline, rest: str) -> bool:
    """Whether a dash touches a word. Scripts without capitals have their own habits."""
    has_case = any(city_kind(place.city) != "caseless" for place in dateline.places)
    return has_case and (dateline.dash[:1] in DASHES or bool(rest[:1].strip(BLANK)))
