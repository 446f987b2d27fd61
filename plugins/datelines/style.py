"""House style: how a language prints a dateline that stands in front matter, and how it should be typed.

    [style.default]         GYUMRI, Armenia (Example Wire) —
    [style.hy]              ԵՐԵՎԱՆ, 28 ՓԵՏՐՎԱՐԻ, ԱՐՄԵՆՊՐԵՍ.

The built-in styles follow the Associated Press in English and the agencies' habits elsewhere; data/datelines.toml
(`[style.default]`, `[style.hy]` …) goes before them, key by key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from plugins.datelines.dateline import Dateline
from plugins.newsroom.problem import Problem
from plugins.newsroom.tables import BAD_VALUE, WRONG_TYPE, Table, unknown_keys, value_of

PARTS = ("city", "region", "day", "agency")


class Style(Struct, frozen=True):
    """How one language prints a dateline.

    dash: what ends it. spaced: a space stands before the dash. comma: between city and region, and before the day.
    between: two places. agency: its form, with the space or comma before it. capitals: the parts in capitals.
    day: a date inside is printed. stop: what ends a dateline with day and agency instead of the dash, or empty.
    classical: Armenian in the classical spelling, where և is ԵՒ in capitals.
    """

    dash: str = "—"
    spaced: bool = True
    comma: str = ", "
    between: str = "/"
    agency: str = " ({agency})"
    capitals: tuple[str, ...] = ("city",)
    day: bool = False
    stop: str = ""
    classical: bool = False

    def ending(self, dateline: Dateline) -> str:
        """What ends a dateline in this style, with the space before it."""
        if self.stop and self.day and dateline.day and dateline.agency:
            return self.stop
        return f" {self.dash}" if self.spaced else self.dash


BUILT_IN: Mapping[str, Mapping[str, Any]] = {
    "fr": {"dash": "–", "day": True},
    "ru": {"day": True},
    "hy": {"agency": ", {agency}", "capitals": ("city", "day", "agency"), "day": True, "stop": "."},
    "hyw": {"classical": True},
    "ar": {"comma": "، ", "day": True},
    "zh": {"comma": "，", "agency": "（{agency}）", "spaced": False, "day": True},
}
"""Language → what differs from the default, which is AP's."""


@dataclass(frozen=True)
class Styles:
    """datelines.toml: language, or `default`, → the keys that the paper sets."""

    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    _known: dict[str, Style] = field(default_factory=dict, repr=False, compare=False)

    def of(self, lang: str) -> Style:
        """The style of a language: the built-in one, then the paper's default, then the paper's own for it."""
        if lang not in self._known:
            self._known[lang] = self._made(lang)
        return self._known[lang]

    def _made(self, lang: str) -> Style:
        base = lang.split("-", maxsplit=1)[0]
        tags = [tag for tag in ({"hyw": "hy"}.get(base, ""), base, lang) if tag]
        keys: dict[str, Any] = {}
        for row in (
            *(BUILT_IN.get(tag, {}) for tag in tags),
            *(self.rows.get(tag, {}) for tag in ("default", *tags)),
        ):
            keys |= row
        return Style(**keys)


_LANGUAGE = re.compile(r"default|[a-z]{2,3}(-[a-z0-9]{2,8})*")
_TYPES = {"dash": str, "spaced": bool, "comma": str, "between": str, "agency": str, "capitals": list} | {
    "day": bool,
    "stop": str,
    "classical": bool,
}
_ENDS = re.compile(r"[—–―-]|--|---|——")
_AGENCY = re.compile(r"\s?[(（]\{agency\}[)）]|[,،，]\s?\{agency\}")
"""Forms that are read as an agency again."""
_STOPS = re.compile(r"[.․։:]?")


def read_styles(table: Table) -> tuple[Styles, list[Problem]]:
    """datelines.toml: `[style.default]` and `[style.<language>]`; a value that cannot be used is left out."""
    problems: list[Problem] = list(unknown_keys(table, table.rows, ("style",)))
    rows: dict[str, Mapping[str, Any]] = {}
    for lang, row in value_of(table, table.rows, "style", dict, {}, problems).items():
        place = ("style", lang)
        if not isinstance(row, Mapping):
            problems.append(
                table.problem(WRONG_TYPE, f"'{lang}' must be a table", *place, hint='[style.en]\ndash = "—"')
            )
            continue
        if not _LANGUAGE.fullmatch(lang):
            problems.append(table.problem(BAD_VALUE, f"'{lang}' is no language", *place, hint="[style.default]"))
            continue
        problems += unknown_keys(table, row, _TYPES, *place)
        rows[lang] = dict(_keys(table, row, problems, *place))
    return Styles(rows), problems


def _keys(table: Table, row: Mapping[str, Any], problems: list[Problem], *place: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, kind in _TYPES.items():
        if key not in row:
            continue
        before = len(problems)
        value = value_of(table, row, key, kind, None, problems, *place)
        if len(problems) > before:
            continue
        if wrong := _wrong(key, value):
            problems.append(table.problem(BAD_VALUE, f"'{key}' {wrong[0]}", *place, key, hint=wrong[1]))
        else:
            found[key] = tuple(value) if kind is list else value
    return found


def _wrong(key: str, value: Any) -> tuple[str, str] | None:
    """What is wrong with a value of the right type, and what to type."""
    if key == "dash" and not _ENDS.fullmatch(value):
        return "must be a dash, or hyphens", 'dash = "—"'
    if key == "stop" and not _STOPS.fullmatch(value):
        return "must be a full stop, or empty", 'stop = "."'
    if key in {"comma", "between"} and (not value.strip() or value.strip().isalnum()):
        return "must be the sign between two parts", f'{key} = "{"/" if key == "between" else ", "}"'
    if key == "agency" and not _AGENCY.fullmatch(value):
        return "must be {agency} in round brackets or after a comma", 'agency = " ({agency})"'
    if key == "capitals" and not all(part in PARTS for part in value):
        return f"may name these parts: {', '.join(PARTS)}", 'capitals = ["city"]'
    return None
