"""What a worker is told, so that it makes pages as the parent would: the edition, as plain values, and its own store.

A worker was forked before anything was read. It loads the tables itself, gets the rows as one text, and arranges them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.newsroom import hooks
from plugins.newsroom.job import Job, Maker
from plugins.newsroom.plain import form_of
from plugins.newsroom.story import Plain, Story
from plugins.press.crew import Begin, Crew
from plugins.press.making import Batch
from plugins.press.plan import Plan
from plugins.press.reading import ReadingWorker, Sheets
from plugins.press.scan import Content
from plugins.press.stale import look_over
from plugins.press.store import Store

if TYPE_CHECKING:
    from plugins.press.build import Build

Task = list[tuple[int, str, str, list[str], Plain, str]]
"""number, maker, save_as, paths of the stories, what else is given, print of the file that lies there."""


ROWS_AT_ONCE = 500
"""Rows that are on their way at once, so that no process holds all of them twice."""


@dataclass(frozen=True)
class Handed:
    """An edition on its way, after its rows. now: ISO 8601; verify: believe no picture's stamp."""

    content: Content
    keys: Mapping[str, str]
    prints: Mapping[str, tuple[str, str]]
    now: str
    stage: Path
    check: bool
    verify: bool


def hand_over(build: Build, crew: Crew) -> None:
    """Tell every worker the edition of a build. Raises crew.Lost."""
    plain = form_of(Story).plain
    rows = list(build.sheets.rows.values())
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = [plain(row) for row in rows[start : start + ROWS_AT_ONCE]]
        crew.tell("rows", (start == 0, json.dumps(part, ensure_ascii=False)))
    now = build.house.now.isoformat()
    check, verify = build.tools.check, build.plan.verify
    crew.tell("edition", Handed(build.content, build.keys, build.sheets.prints(), now, build.stage, check, verify))


class Hand:
    """What a worker does: reads sources, takes over an edition, makes its pages."""

    def __init__(self, make_plan: Callable[[], Plan]) -> None:
        self._make_plan = make_plan
        self._plan: Plan | None = None
        self._reading: ReadingWorker | None = None
        self._build: Build | None = None
        self._rows: dict[str, Story] = {}

    def __call__(self, kind: str, task: Any, begin: Begin) -> Any:
        """Do one task of the crew."""
        if self._plan is None:
            # Only now are all plugins connected, and settings as a receiver may have left them.
            self._plan = self._make_plan()
            self._reading = ReadingWorker(self._plan.content, hooks.reading.of(self._plan.plugins))
        assert self._reading is not None
        if kind == "hash":
            return self._reading.hash(task)
        if kind == "look over":
            return look_over(self._plan.press, self._plan.output)
        if kind == "read":
            return self._reading.read(task, begin)
        if kind == "rows":
            return self._take_rows(*task)
        if kind == "edition":
            return self._take_over(task)
        return self._make(task, begin)

    def _take_rows(self, first: bool, rows: str) -> None:
        if first:
            self._build, self._rows = None, {}
        back = form_of(Story).value
        self._rows |= {row.path: row for row in map(back, json.loads(rows))}

    def _take_over(self, handed: Handed) -> None:
        from plugins.press.build import Build, Tools
        from plugins.press.ledger import Ledger

        assert self._plan is not None
        plan = replace(self._plan, environment={"NOW": handed.now}, verify=handed.verify)
        store = Store(plan.press)
        build = Build(plan, Tools(Ledger(plan.press, plan.output), store, check=handed.check))
        sheets = _Sheets(self._rows, handed.prints)
        # What the parent has found stands in the place of what this process would find.
        vars(build).update(content=handed.content, keys=dict(handed.keys), sheets=sheets, stage=handed.stage)
        self._build = build

    def _make(self, task: Task, begin: Begin) -> Batch:
        build = self._build
        assert build is not None
        by_path = build.edition.by_path
        jobs = [
            (number, Job(save_as, _maker(maker), tuple(by_path[path] for path in paths), given), held)
            for number, maker, save_as, paths, given, held in task
        ]
        return build.workshop.make(jobs, begin)


class _Sheets(Sheets):
    def __init__(self, rows: dict[str, Story], prints: Mapping[str, tuple[str, str]]) -> None:
        super().__init__(rows)
        self._prints = dict(prints)

    def prints(self) -> dict[str, tuple[str, str]]:
        return self._prints


def _maker(name: str) -> Maker:
    module, _, function = name.partition(":")
    found: Maker = getattr(import_module(module), function)
    return found
