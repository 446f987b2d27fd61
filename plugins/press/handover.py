"""What a worker is told, so that it reads sources and makes pages as the parent would.

A worker was forked before anything was known. It gets what the parent has found of content/ and of the settings, reads
the tables itself, and gets the outline of every source when it is to make pages; whole rows and bodies it takes from
the store.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job, Maker
from plugins.newsroom.problem import Problem
from plugins.newsroom.story import Plain
from plugins.press.crew import Begin, Crew
from plugins.press.house import Prints
from plugins.press.ledger import Ledger
from plugins.press.making import Batch
from plugins.press.output import changed_folders
from plugins.press.plan import Plan
from plugins.press.reading import Answer, CannotRead, Sheets, hash_share, read_one, settle_one
from plugins.press.scan import Content
from plugins.press.sealed import to_text
from plugins.press.stale import look_over
from plugins.press.store import Kept, KeptReader, Store, is_large, store_path
from plugins.press.templates import Packed

if TYPE_CHECKING:
    from plugins.press.stages import Stages

Task = list[tuple[int, str, str, list[str], Plain, str]]
"""number, maker, save_as, paths of the stories, what else is given, print of the file that lies there."""

OUTLINES_AT_ONCE = 1000
"""Outlines that are on their way at once, so that no process holds all of them twice."""

YOUNG = 20_000
"""Objects that a worker makes before it looks for garbage among them: few of ours are ever any."""


class Begun(Struct, frozen=True):
    """A build that begins. content: without its sources, of which there are `sources`. now: ISO 8601; verify: believe
    no picture's stamp.
    """

    sources: int
    content: Content
    prints: Prints
    now: str
    verify: bool
    check: bool


def begin_build(build: Stages, crew: Crew) -> None:
    """Tell every worker of a build. Raises crew.Lost."""
    content = replace(build.content, sources=(), problems=())
    number = len(build.content.sources)
    crew.tell(
        "begin", Begun(number, content, build.prints, build.house.now.isoformat(), build.plan.verify, build.tools.check)
    )


def hand_over(build: Stages, crew: Crew) -> None:
    """Tell every worker the edition of a build. Raises crew.Lost."""
    rows = list(build.sheets.kept.values())
    for start in range(0, len(rows), OUTLINES_AT_ONCE):
        # No page is made from the prints of its sources: whoever keeps what it asked has them.
        part = rows[start : start + OUTLINES_AT_ONCE]
        crew.tell("outlines", to_text([Kept(each.key, "", "", each.outline, each.settles) for each in part]))
    crew.tell("arrange", None)


class Hand:
    """What a worker does: reads sources, takes over an edition, makes its pages."""

    def __init__(self, make_plan: Callable[[], Plan]) -> None:
        self._make_plan = make_plan
        self._plan: Plan | None = None
        self._build: Stages | None = None
        self._kept: dict[str, Kept] = {}
        self._reader = KeptReader()
        gc.set_threshold(YOUNG, 50, 100)

    def __call__(self, kind: str, task: Any, begin: Begin) -> Any:
        """Do one task of the crew."""
        if kind == "load":
            return _load()
        if kind == "sources":
            with closing(Store(task[0])) as store:
                return store.changed_sources(task[1])
        if self._plan is None:
            # Only now are all plugins connected, and settings as a receiver may have left them.
            self._plan = self._make_plan()
        if kind == "begin":
            return self._begin(task)
        assert self._build is not None
        return getattr(self, f"_{kind}")(self._build, task, begin)

    def _begin(self, begun: Begun) -> None:
        from plugins.press.stages import Stages, Tools

        assert self._plan is not None
        plan = replace(self._plan, environment={"NOW": begun.now}, verify=begun.verify)
        build = Stages(plan, Tools(Ledger(plan.press, plan.output), Store(plan.press), check=begun.check))
        # What the parent has found stands in the place of what this process would find.
        vars(build).update(content=begun.content, prints=begun.prints)
        self._build, self._kept = build, {}
        self._reader = KeptReader(share=is_large(begun.sources))

    @staticmethod
    def _folders(build: Stages, _task: None, _begin: Begin) -> list[str] | None:
        ledger = build.tools.ledger
        found = changed_folders(build.plan.output, ledger.folders)
        return None if ledger.thrown_away else found

    @staticmethod
    def _look(build: Stages, _task: None, _begin: Begin) -> list[str] | None:
        ledger = build.tools.ledger
        try:
            found = list(look_over(ledger.stamps(), build.plan.output))
        except ValueError:
            return None
        return None if ledger.thrown_away else found

    @staticmethod
    def _hash(build: Stages, paths: Sequence[str], _begin: Begin) -> list[str]:
        return hash_share(build.by, paths)

    @staticmethod
    def _warm(build: Stages, _task: None, _begin: Begin) -> None:
        build.by.reader  # noqa: B018  to load Markdown and all that it needs takes a tenth of a second

    @staticmethod
    def _read(build: Stages, paths: Sequence[str], begin: Begin) -> list[Answer | Problem]:
        answers = []
        for path in paths:
            begin(path)
            answers.append(read_one(build.by, build.settle_by, path))
        return answers

    @staticmethod
    def _compile(build: Stages, task: tuple[str, Sequence[str]], _begin: Begin) -> Packed:
        return build.renderer.compile(*task)

    @staticmethod
    def _settle(build: Stages, keys: Sequence[tuple[str, str]], begin: Begin) -> list[tuple[str, str]]:
        store = build.tools.store
        assert store is not None
        answers = []
        for path, key in keys:
            begin(path)
            answers.append(settle_one(build.by, build.settle_by, store, path, key))
        return answers

    def _outlines(self, _build: Stages, part: str, _begin: Begin) -> None:
        self._kept |= {kept.outline.path: kept for kept in self._reader.many(part)}

    def _arrange(self, build: Stages, _task: None, _begin: Begin) -> None:
        self._edition(build)

    def _make(self, build: Stages, task: Task, begin: Begin) -> Batch:
        by_path = self._edition(build).by_path
        jobs = [
            (number, Job(save_as, _maker(maker), tuple(by_path[path] for path in paths), given), held)
            for number, maker, save_as, paths, given, held in task
        ]
        try:
            return build.workshop.make(jobs, begin)
        except CannotRead as fault:
            return Batch([], [], [], fault.problem)

    def _edition(self, build: Stages) -> Edition:
        if "edition" not in vars(build):
            # The store as it is now: at the beginning there may have been none, or another.
            build.tools.store = Store(build.plan.press)
            vars(build).update(sheets=Sheets(self._kept), keys={path: kept.key for path, kept in self._kept.items()})
            build.edition  # noqa: B018
            # All of it is wanted until the end: whoever looks for garbage need not look here.
            gc.freeze()
        return build.edition


def _load() -> None:
    """Load what reading needs, which takes a tenth of a second, while the parent looks at what there is."""
    # Whatever is wrong with them is told when somebody reads.
    with suppress(Exception):
        import_module("plugins.stories.read")


def start_reading(crew: Crew, press: Path) -> None:
    """Tell the workers to make ready to read, where nothing is kept and every source will be. Raises crew.Lost."""
    if not store_path(press).exists():
        for who in range(len(crew)):
            crew.start("load", who)


def _maker(name: str) -> Maker:
    module, _, function = name.partition(":")
    found: Maker = getattr(import_module(module), function)
    return found
