"""Bylines: who wrote it, each author by name, guests as well as staff.

    authors:
      - Ani Example
      - {name: Jane Sample, note: Special to the Courier}

bylines.toml lists the paper's own; a name one slip away from one of them is probably a slip.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from plugins.newsroom import hooks
from plugins.newsroom.paper import Paper
from plugins.newsroom.problem import Code, Complaint, Problem, Severity
from plugins.newsroom.story import Story
from plugins.newsroom.tables import MISSING_KEY, WRONG_TYPE, Table, name_in, unknown_keys

NEAR_KNOWN = Code("byline/near-known", Severity.WARNING, "An author's name is one slip away from one in bylines.toml.")

KEYS = ("name", "en", "hy", "role", "bio", "portrait", "email", "links")
ALIKE = 0.88
"""How alike (difflib's ratio) two names must be to be taken for one mistyped."""


@dataclass(frozen=True)
class Writer:
    """One row of bylines.toml."""

    id: str
    row: Mapping[str, Any] = field(default_factory=dict)

    def name(self, lang: str) -> str:
        """The name as it is printed in a language."""
        return name_in(self.row, lang, self.id)

    def names(self) -> set[str]:
        """Every form of the name that a byline may have."""
        said = (self.row.get(key) for key in ("name", "en", "hy"))
        by_language = [each.values() if isinstance(each, Mapping) else [each] for each in said]
        return {name for each in by_language for name in each if isinstance(name, str)}


def read_bylines(table: Table) -> tuple[dict[str, Writer], list[Problem]]:
    """bylines.toml: each row an id and a name, and what the author's page says."""
    problems: list[Problem] = []
    rows: dict[str, Writer] = {}
    for id_, row in table.rows.items():
        if not isinstance(row, Mapping):
            problems.append(
                table.problem(WRONG_TYPE, f"'{id_}' must be a table", id_, hint=f'[{id_}]\nname = "Ani Example"')
            )
            continue
        problems += unknown_keys(table, row, KEYS, id_)
        writer = Writer(id_, row)
        if not writer.names():
            problems.append(table.problem(MISSING_KEY, f"'{id_}' has no name", id_, hint='name = "Ani Example"'))
        rows[id_] = writer
    return rows, problems


def check_authors(story: Story, paper: Paper) -> Iterator[tuple[str, Complaint]]:
    """A name that is nearly, but not quite, one of the paper's own."""
    known = {name for writer in paper.data.get("bylines", {}).values() for name in writer.names()}
    for author in story.authors:
        if author.name in known:
            continue
        near = get_close_matches(author.name, sorted(known), n=1, cutoff=ALIKE)
        if near:
            yield (
                "authors",
                Complaint(NEAR_KNOWN, f"'{author.name}' is not in bylines.toml", f"did you mean {near[0]}?"),
            )


def register() -> None:
    """The table of authors, and a check of each story's."""
    hooks.tables.add("bylines", read_bylines)
    hooks.checks.add("bylines", check_authors)
