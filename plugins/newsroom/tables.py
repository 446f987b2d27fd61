"""The small tables that editors own: `content/data/*.toml`, read with the line of every key.

    sections.toml
    1  [community]
    2  en = "Community"     →  Table("data/sections.toml", {"community": {"en": "Community"}}), .line("community",
    "en") == 2

A fault in a table is a Problem like one in a story: file, line, what to type.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from msgspec import Struct, field

from plugins.newsroom.problem import Code, Complaint, Problem, Severity

UNREADABLE = Code("table/unreadable", Severity.ERROR, "A table in data/ is no TOML, or not UTF-8.")
UNKNOWN_KEY = Code("table/unknown-key", Severity.ERROR, "A table in data/ has a key that nothing reads.")
WRONG_TYPE = Code(
    "table/wrong-type", Severity.ERROR, "A value in a table has the wrong type: text where a number belongs."
)
MISSING_KEY = Code("table/missing-key", Severity.ERROR, "A row of a table lacks a key that it needs.")
BAD_VALUE = Code("table/bad-value", Severity.ERROR, "A value in a table has the right type but cannot be used.")
UNKNOWN_TABLE = Code("table/unknown", Severity.ERROR, "A file in data/ is no table that any plugin reads.")

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")


class Table(Struct, frozen=True):
    """One table as typed. path: from content/. rows: TOML's own types. lines: (key, key, …) → line, from 1.

    broken: it could not be read, and what it lacks is no fault of its own.
    """

    path: str
    rows: Mapping[str, Any] = field(default_factory=dict)
    broken: bool = False
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    def line(self, *keys: str) -> int:
        """Where a key stands, or else the first one inside it, or the nearest one above it; 0 for the whole file."""
        if keys and keys not in self.lines:
            # `[placement.topic.fair]` gives `placement.topic` no line of its own.
            inside = next((line for known, line in self.lines.items() if known[: len(keys)] == keys), 0)
            if inside:
                return inside
        for length in range(len(keys), 0, -1):
            if line := self.lines.get(keys[:length]):
                return line
        return 0

    def problem(self, code: Code, message: str, *keys: str, hint: str = "") -> Problem:
        """A problem at a key."""
        return Complaint(code, message, hint).at(self.path, self.line(*keys))


def read_table(path: str, data: bytes) -> tuple[Table, list[Problem]]:
    """Parse one table; one that cannot be read is empty and comes with its problem."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        return Table(path, broken=True), [
            Complaint(UNREADABLE, "this is not UTF-8 text", "save the file as UTF-8").at(path, line)
        ]
    try:
        rows = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        found = re.search(r"\(at line (\d+), column \d+\)", str(fault))
        message = re.sub(r" \(at .*\)$", "", str(fault))
        line = int(found[1]) if found else text.count("\n") + 1
        return Table(path, broken=True), [Complaint(UNREADABLE, f"this is not TOML: {message}").at(path, line)]
    table = Table(path, rows, lines=dict(_lines(text)))
    return table, list(_control_characters(table, rows))


def _control_characters(table: Table, value: Any, *place: str) -> Iterator[Problem]:
    """No text that readers see may hold one: XML cannot."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _control_characters(table, each, *place, key)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _control_characters(table, each, *place, str(index))
    elif isinstance(value, str) and (found := _CONTROL.search(value)):
        yield table.problem(BAD_VALUE, f"a control character (U+{ord(found[0]):04X}) stands in this text", *place)


def _lines(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Where keys and headers stand. Keys inside a multi-line string can be found too; nobody asks for those."""
    header: tuple[str, ...] = ()
    counts: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _HEADER.match(line):
            header = _keys(found[2])
            if found[1] == "[[":
                index = counts.get(header, 0)
                counts[header] = index + 1
                if not index:
                    yield header, number
                header = (*header, str(index))
            yield header, number
        elif found := _KEY.match(line):
            yield (*header, *_keys(found[1])), number


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(
        part.strip().strip("\"'") for part in re.findall(r"""[^."']+|"[^"]*"|'[^']*'""", dotted) if part.strip()
    )


def unknown_keys(
    table: Table, row: Mapping[str, Any], known: Iterable[str], *place: str, what: str = "key"
) -> Iterator[Problem]:
    """A problem for each key of `row` that is not `known`, with the nearest known one as the hint."""
    known = sorted(known)
    for key in row:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
            yield table.problem(UNKNOWN_KEY, f"unknown {what} '{key}'", *place, key, hint=hint)


TYPE_WORDS = {str: "text in quotes", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


def value_of(
    table: Table, row: Mapping[str, Any], key: str, kind: type, default: Any, problems: list[Problem], *place: str
) -> Any:
    """`row[key]` if it has this type, else `default` and a problem; absent is `default`, without one."""
    value = row.get(key, default)
    if key in row and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
        problems.append(table.problem(WRONG_TYPE, f"'{key}' must be {TYPE_WORDS[kind]}", *place, key))
        return default
    return value


def name_in(row: Mapping[str, Any], lang: str, default: str = "") -> str:
    """What a row is called in a language: its own name for it, or `name` for all, or else the first that it has.

    `name` may itself be a table by language. `hyw` falls back to `hy`, as every tag does to its first part.
    """
    names = row.get("name")
    if isinstance(names, Mapping):
        row = {**row, **names}
        names = None
    for tag in (lang, lang.split("-", maxsplit=1)[0], {"hyw": "hy"}.get(lang, "")):
        value = row.get(tag)
        if tag and isinstance(value, str):
            return value
    return names if isinstance(names, str) else default
