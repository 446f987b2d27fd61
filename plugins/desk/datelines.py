"""`make datelines`: every dateline of the paper in one table, for an editor's eye.

    content/community/2026/fair.md:28   GYUMRI, Armenia (Example Wire) —   gyumri   Example Wire

Drafts and stories that wait are in it, and marked; so are the heads that look like datelines and are not read.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, to_builtins

from plugins.datelines import check_dateline
from plugins.datelines.fact import IN_TEXT, NAME, Fact
from plugins.datelines.pages import dateline_of, places_of, styles_of
from plugins.datelines.render import printed
from plugins.desk.check import settings_of
from plugins.newsroom.edition import is_withheld
from plugins.newsroom.paper import Paper
from plugins.newsroom.problem import judge
from plugins.newsroom.story import Status, Story
from plugins.press.joint import plan_of
from plugins.press.ledger import Ledger
from plugins.press.stages import Stages, Tools
from plugins.press.store import Store


class Entry(Struct, frozen=True):
    """One line of the table.

    place: the file and line. state: `draft`, `waiting` and their like, or empty where readers see the story. printed:
    the dateline as the page shows it, dash included; empty where a head is not read. places: ids. problems: codes.
    """

    story: str
    state: str
    printed: str
    places: tuple[str, ...]
    agency: str
    problems: tuple[str, ...]


def datelines(content: Path, conf: Path, output: Path, form: str) -> int:
    """Print the table; always 0: to complain is what `make check` is for."""
    settings = settings_of(content, conf, output, PRESS_SILENT=True)
    settings["PELICAN_CLASS"](settings)  # registers the plugins
    plan = plan_of(settings)
    build = Stages(plan, Tools(Ledger(plan.press, plan.output), Store(plan.press)))
    now = build.house.now
    entries = [
        entry
        for row in map(build.story, build.sheets.kept)
        if not row.fault
        and (entry := entry_of(row, build.paper, plan.shown, _state(row, waiting=is_withheld(row, now))))
    ]
    if form == "json":
        print(json.dumps({"datelines": to_builtins(entries)}, ensure_ascii=False, indent=2))
    else:
        for line in as_table(entries):
            print(line)
    return 0


def _state(story: Story, *, waiting: bool) -> str:
    if story.status is not Status.PUBLISHED:
        return str(story.status)
    return "waiting" if waiting else ""


def entry_of(story: Story, paper: Paper, shown: str, state: str) -> Entry | None:
    """A story's line, or None where it has nothing like a dateline. shown: what stands before a path of content/."""
    fact = Fact.of(story)
    told = [
        complaint.code.name
        for _key, complaint in check_dateline(story, paper)
        if judge(complaint.at(story.path), paper.rules, dated=story.date.date() if story.date else None)
    ]
    dateline = dateline_of(story, paper)
    if dateline is None and not told and not fact.left:
        return None
    line = story.lines.get(IN_TEXT, story.lines.get(NAME, story.lines.get("body", 0)))
    ids = tuple(places_of(paper).id_of(place) for place in dateline.places) if dateline else ()
    text = ""
    if dateline:
        ending = dateline.dash or styles_of(paper).of(story.lang).ending(dateline)
        text = " ".join(printed(dateline.text + ending).split())
    place = f"{shown}{story.path}:{line}"
    return Entry(place, state, text, ids, dateline.agency if dateline else "", tuple(dict.fromkeys(told)))


HEADINGS = ("story", "dateline", "places", "agency", "problems")


def as_table(entries: Iterable[Entry]) -> Iterator[str]:
    """The entries in columns, a count below."""
    rows = [
        (
            f"{entry.story} [{entry.state}]" if entry.state else entry.story,
            entry.printed or "–",
            ", ".join(entry.places),
            entry.agency,
            ", ".join(f"! {code}" for code in entry.problems),
        )
        for entry in entries
    ]
    yield from _columns([HEADINGS, *rows])
    marked = sum(bool(row[-1]) for row in rows)
    yield f"{len(rows)} datelines, {marked} with problems: make check says what to type"


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns that a text takes on a terminal: two for each Chinese sign, none for a mark over a letter."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
