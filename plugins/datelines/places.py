"""Places: what data/places.toml says, and the one id that a place has however a dateline writes it.

    WATERTOWN, Mass.  →  watertown-mass       WATERTOWN, N.Y.  →  watertown-n-y
    GYUMRI, LENINAKAN, ԳՅՈՒՄՐԻ               →  gyumri, the row that has these names

A row is found by its city and its region; a place without a row has an id made from the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from plugins.datelines.dateline import Place
from plugins.datelines.render import printed
from plugins.datelines.tables import ALONE, CITY_REGIONS, STATES, folded, region_key
from plugins.newsroom.problem import Problem
from plugins.newsroom.tables import BAD_VALUE, WRONG_TYPE, Table, name_in, unknown_keys, value_of


class PlaceRow(Struct, frozen=True, dict=True):
    """One row of places.toml. region: as printed after the city. alone: printed without it. also: other names."""

    id: str
    names: Mapping[str, Any] = field(default_factory=dict)
    regions: Mapping[str, Any] = field(default_factory=dict)
    alone: bool = False
    also: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """The city as a dateline prints it in a language."""
        return name_in(self.names, lang, self.id.replace("-", " ").upper())

    def region(self, lang: str) -> str:
        """The region in a language, or empty."""
        return name_in(self.regions, lang)

    @cached_property
    def region_keys(self) -> frozenset[str]:
        """Its region in every language, as regions are compared."""
        return frozenset(region_key(text) for text in self.regions.values())

    def all_names(self) -> tuple[str, ...]:
        """Every name, in every language, old ones too; the id's where it has none."""
        return (*self.names.values(), *self.also) or (self.name(""),)


class Places(Struct, frozen=True):
    """places.toml: rows by id, and every name of every row, folded, → the ids of the rows that have it."""

    rows: Mapping[str, PlaceRow] = field(default_factory=dict)
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, city: str, region: str = "") -> PlaceRow | None:
        """The row of a place, case and accents apart, in any language.

        With a region: the row of that region, or else one that names none. Without: the row that stands alone, or else
        the only one of that name.
        """
        rows = [self.rows[id_] for id_ in self.ids.get(folded(city), ())]
        if region:
            keys = {region_key(region), *map(region_key, region.split(", "))}
            of_region = [row for row in rows if keys & row.region_keys]
            return next(iter([*of_region, *(row for row in rows if not row.regions)]), None)
        alone = [row for row in rows if row.alone]
        return alone[0] if alone else rows[0] if len(rows) == 1 else None

    def id_of(self, place: Place) -> str:
        """The id under which a place has its page: its row's, or one made from city and region.

        GYUMRI → gyumri-armenia, PARIS and PARIS, France → paris, PARIS, Texas → paris-texas
        """
        if row := self.find(place.city, place.region):
            return row.id
        key, region = folded(place.city), place.region
        alone = key in ALONE and (not region or region_key(region) == region_key(ALONE[key]))
        region = "" if alone else region or CITY_REGIONS.get(key, "")
        made = _slug(place.city, region)
        if made in self.rows:  # an id of another place
            made = _slug(place.city, region or ALONE.get(key, ""), "place")
        return made

    def printed(self, place: Place, lang: str) -> Place:
        """A place as lists name it: its row's words, or as typed; without region where it stands alone."""
        if row := self.find(place.city, place.region):
            return Place(row.name(lang), "" if row.alone else row.region(lang))
        key = folded(place.city)
        alone = key in ALONE and (not place.region or region_key(place.region) == region_key(ALONE[key]))
        region = "" if alone else place.region or CITY_REGIONS.get(key, "")
        return Place(printed(place.city), region)

    def region(self, place: Place, lang: str) -> str:
        """The state or country under which lists put a place, spelled out; empty where it is not known."""
        if row := self.find(place.city, place.region):
            return _STATES.get(row.region(lang), row.region(lang))
        key = folded(place.city)
        region = place.region or ALONE.get(key) or CITY_REGIONS.get(key, "")
        region = region.rpartition(", ")[2]
        return _STATES_BY_KEY.get(region_key(region), region)


_STATES = {printed_: name for name, printed_ in STATES.items()} | {"Ga.": "Georgia (U.S.)"}
_STATES_BY_KEY = {folded(printed_): name for printed_, name in _STATES.items()}
"""Both for headings, where the state must not stand among the towns of the country Georgia."""


def _slug(*parts: str) -> str:
    """Names as an address: letters and digits of any script, hyphens between; stable for every way to type them."""
    folded_parts = [folded(parts[0]), *(" ".join(map(region_key, part.split(", "))) for part in parts[1:])]
    return re.sub(r"[\W_]+", "-", " ".join(folded_parts)).strip("-") or "place"


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def _rows(table: Table, known: Iterable[str], problems: list[Problem]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Each row that is a table; keys that are neither `known` nor language tags are problems."""
    for id_, row in table.rows.items():
        if not re.fullmatch(r"[\w-]+", id_):
            hint = "small letters, digits and hyphens: it is the address of the place's page"
            problems.append(table.problem(BAD_VALUE, f"'{id_}' is no id", id_, hint=hint))
            continue
        if not isinstance(row, Mapping):
            problems.append(table.problem(WRONG_TYPE, f"'{id_}' must be a table", id_, hint=f'[{id_}]\nname = "…"'))
            continue
        strange = {key: value for key, value in row.items() if key in known or not _LANGUAGE.fullmatch(key)}
        problems += unknown_keys(table, strange, known, id_)
        yield id_, row


def _texts(table: Table, row: Mapping[str, Any], key: str, problems: list[Problem], id_: str) -> tuple[str, ...]:
    value = value_of(table, row, key, list, [], problems, id_)
    if not all(isinstance(text, str) for text in value):
        problems.append(table.problem(WRONG_TYPE, f"'{key}' must be a list of texts", id_, key, hint=f'{key} = ["…"]'))
    return tuple(text for text in value if isinstance(text, str))


def _by_language(
    table: Table, row: Mapping[str, Any], key: str, problems: list[Problem], id_: str
) -> Mapping[str, Any]:
    """A text, or a table of texts by language, as such a table; anything else is a problem."""
    value = row.get(key, {})
    texts = value if isinstance(value, Mapping) else {"name": value}
    if not all(isinstance(text, str) for text in texts.values()):
        problems.append(table.problem(WRONG_TYPE, f"'{key}' must be text, or a table of texts by language", id_, key))
        return {}
    return texts


def _names_of(table: Table, id_: str, row: Mapping[str, Any], problems: list[Problem]) -> dict[str, str]:
    """The row's names: language tag, or `name` for all languages, → text."""
    names = dict(_by_language(table, row, "name", problems, id_))
    for key, value in row.items():
        if not _LANGUAGE.fullmatch(key):
            continue
        if isinstance(value, str):
            names[key] = value
        else:
            problems.append(table.problem(WRONG_TYPE, f"'{key}' must be text in quotes", id_, key))
    return names


def _index(table: Table, rows: Mapping[str, PlaceRow], problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    """Every name, folded, → the ids of its rows. Two rows may share a name if their regions tell them apart."""
    index: dict[str, tuple[str, ...]] = {}
    for id_, row in rows.items():
        for text in row.all_names():
            others = index.get(folded(text), ())
            if id_ in others:
                continue
            for other in others:
                if not _told_apart(rows[other], row):
                    hint = "give each of the two its own region, or take the name out of one"
                    problems.append(table.problem(BAD_VALUE, f"'{text}' is a name of '{other}' too", id_, hint=hint))
                    break
            index[folded(text)] = (*others, id_)
    return index


def _told_apart(one: PlaceRow, other: PlaceRow) -> bool:
    if one.alone and other.alone:
        return False
    return bool(one.regions and other.regions) and not one.region_keys & other.region_keys


def read_places(table: Table) -> tuple[Places, list[Problem]]:
    """places.toml: each row an id, the city's names by language, its region, whether it stands alone, other names."""
    problems: list[Problem] = []
    rows: dict[str, PlaceRow] = {}
    for id_, row in _rows(table, ("name", "region", "alone", "also"), problems):
        rows[id_] = PlaceRow(
            id_,
            _names_of(table, id_, row, problems),
            _by_language(table, row, "region", problems, id_),
            value_of(table, row, "alone", bool, False, problems, id_),
            _texts(table, row, "also", problems, id_),
        )
    return Places(rows, _index(table, rows, problems)), problems
