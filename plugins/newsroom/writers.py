"""The paper's own authors: bylines.toml, and which row a name in a byline belongs to.

    [ani-example]
    en = "Ani Example"
    hy = "Անի Օրինակյան"      →   /authors/ani-example/ and /hy/authors/ani-example/
    role = "Staff writer"

A guest needs no row: the name alone makes the address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from plugins.newsroom.addresses import split_address
from plugins.newsroom.problem import Problem
from plugins.newsroom.slugs import slug_fault, slugify
from plugins.newsroom.tables import BAD_VALUE, MISSING_KEY, WRONG_TYPE, Table, name_in, unknown_keys, value_of

TEXTS = ("role", "bio")
"""What readers see of an author; one text, or a table of texts by language."""


class Writer(Struct, frozen=True):
    """One row. names: `name`, or one a language. portrait: a picture's path from content/. links: name → address."""

    id: str
    names: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    portrait: str = ""
    email: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    line: int = 0

    def name(self, lang: str) -> str:
        """The name as it is printed in a language."""
        return name_in(self.names, lang, self.id)

    def text(self, key: str, lang: str) -> str:
        """The role or bio in a language, or empty."""
        value = self.texts.get(key, "")
        return name_in(value, lang) if isinstance(value, Mapping) else str(value)

    def spellings(self) -> frozenset[str]:
        """Every form of the name that a byline may have."""
        found: list[Any] = []
        for value in self.names.values():
            found += value.values() if isinstance(value, Mapping) else [value]
        return frozenset(name for name in found if isinstance(name, str))


def read_writers(table: Table, languages: tuple[str, ...]) -> tuple[dict[str, Writer], list[Problem]]:
    """bylines.toml: each row an id, a name, and what the author's page says."""
    problems: list[Problem] = []
    rows: dict[str, Writer] = {}
    for id_, row in table.rows.items():
        if not isinstance(row, Mapping):
            hint = f'[{id_}]\nname = "Ani Example"'
            problems.append(table.problem(WRONG_TYPE, f"'{id_}' must be a table", id_, hint=hint))
            continue
        if fault := slug_fault(id_):
            hint = f"[{slugify(id_)}]" if slugify(id_) else ""
            problems.append(
                table.problem(BAD_VALUE, f"the id '{id_}' {fault}, and is part of an address", id_, hint=hint)
            )
        problems += unknown_keys(table, row, ("name", *languages, *TEXTS, "portrait", "email", "links"), id_)
        for key in ("name", *languages, *TEXTS):
            value = row.get(key, "")
            each = value.values() if isinstance(value, Mapping) else [value]
            if not all(isinstance(text, str) for text in each):
                problems.append(table.problem(WRONG_TYPE, f"'{key}' must be text in quotes", id_, key))
        links = value_of(table, row, "links", dict, {}, problems, id_)
        for name, url in links.items():
            if not isinstance(url, str) or split_address(url).scheme not in {"http", "https", "mailto"}:
                problems.append(
                    table.problem(BAD_VALUE, f"the link '{name}' must be an https:// address", id_, "links", name)
                )
        writer = Writer(
            id_,
            {key: row[key] for key in ("name", *languages) if key in row},
            {key: row[key] for key in TEXTS if key in row},
            value_of(table, row, "portrait", str, "", problems, id_),
            value_of(table, row, "email", str, "", problems, id_),
            {name: url for name, url in links.items() if isinstance(url, str)},
            table.line(id_, "portrait"),
        )
        if not writer.spellings():
            problems.append(table.problem(MISSING_KEY, f"'{id_}' has no name", id_, hint='name = "Ani Example"'))
        rows[id_] = writer
    return rows, problems
