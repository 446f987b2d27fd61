"""After any edit a rebuild equals a plain build, byte for byte; and the proof of it can fail."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import pytest

from plugins.newsroom.job import Job
from plugins.newsroom.related import Related
from plugins.newsroom.urls import folders_of
from plugins.press import build as press_build
from plugins.press import ledger, output, questions, seen, stale, writing
from plugins.press.output import Stamp
from plugins.press.pictures import Pictures
from plugins.press.prints import TemplatePrints
from plugins.press.sealed import Sealed
from tests import equality
from tests.conftest import ROOT, Site, snapshot

STEPS = 60


class Crewed:
    """Builds by two workers, in a process of its own: one that forks may have one thread, and a test has more."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.build_on_request"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def press(self, paper: equality.Paper, folder: Path) -> bool:
        """Build; whether it was stopped."""
        assert self._process.stdin
        assert self._process.stdout
        request = {"content": str(paper.content), "folder": str(folder), "code": str(paper.folder / "code")}
        self._process.stdin.write(json.dumps({**request, "settings": equality.settings_of(paper)}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert answer["workers"] == 2
        return bool(answer["stopped"])

    def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        assert self._process.wait(30) == 0
        if self._process.stdout:
            self._process.stdout.close()


@contextmanager
def crewed() -> Iterator[Crewed]:
    crew = Crewed()
    try:
        yield crew
    finally:
        crew.end()


def edited(
    folder: Path,
    seed: int,
    steps: int,
    *,
    crew: Crewed | None = None,
    edits: tuple[Callable[[equality.Paper], None], ...] = equality.EDITS,
    press: Callable[[equality.Paper, Path], Site] = equality.press,
) -> equality.Paper:
    """Edit a paper again and again; after each edit every folder must be as a plain build would leave it."""
    paper = equality.start(folder, seed)
    press(paper, folder / "kept/one")
    if crew:
        crew.press(paper, folder / "kept/two")
    for step in range(steps):
        bring_back = equality.kept_aside(paper)
        made = equality.edit(paper, edits)
        site = press(paper, folder / "kept/one")
        two_stopped = crew.press(paper, folder / "kept/two") if crew else site.stopped
        plain = equality.plain(paper, folder / "plain")
        assert site.stopped == two_stopped == plain.stopped, (step, made, plain.problems)
        assert set(site.problems) == set(plain.problems), (step, made)
        paper.stopped += plain.stopped
        if plain.stopped:
            # A fault that stays would stop every build after it, and nothing would be compared.
            bring_back()
        else:
            assert equality.difference(site.output, plain.output) == [], (step, made)
            if crew:
                assert equality.difference(folder / "kept/two/output", plain.output) == [], (step, made, "two workers")
        shutil.rmtree(folder / "plain", ignore_errors=True)
    return paper


def test_after_random_edits_a_rebuild_equals_a_plain_build(tmp_path, record_property):
    with crewed() as crew:
        paper = edited(tmp_path, seed=1, steps=STEPS, crew=crew)
    record_property("edits", dict(paper.made))
    assert paper.stopped <= STEPS // 10, "a step whose build stops compares nothing"
    assert set(paper.made) == {each.__name__ for each in equality.EDITS}, paper.made


def test_damaged_folders_are_noticed_by_a_worker_and_a_stray_is_found_all_the_same(tmp_path):
    paper = equality.start(tmp_path, seed=1)
    with crewed() as crew:
        assert not crew.press(paper, tmp_path / "kept")
        before = snapshot(tmp_path / "kept/output")
        (path,) = (tmp_path / "kept/.press/ledgers").glob("*.sqlite")
        sealed = Sealed(path, ledger.KINDS, ledger.VERSION)
        sealed.change([("folder", "0", "{")])
        sealed.close()
        assert not crew.press(paper, tmp_path / "kept")
        assert snapshot(tmp_path / "kept/output") == before
        again = ledger.Ledger(tmp_path / "kept/.press", tmp_path / "kept/output")
        assert (again.thrown_away, len(again.folders)) == ("", len(folders_of(before)))
        again.close()
        deepest = max(before, key=lambda name: name.count("/"))
        (tmp_path / "kept/output" / deepest).with_name("held.html").write_text("somebody else's", "utf-8")
        assert crew.press(paper, tmp_path / "kept")


def test_the_paper_has_three_sheets_and_more_of_each_kind_of_listing(tmp_path):
    site = equality.press(equality.start(tmp_path, seed=1), tmp_path / "kept/one")
    sheets = {path.relative_to(site.output).as_posix() for path in site.output.rglob("page/2/index.html")}
    for kind in ("community", "culture", "schools", "topics/harvest", "authors/ani-example", "places/vanadzor-armenia"):
        assert f"{kind}/page/2/index.html" in sheets, sheets


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_after_two_thousand_random_edits_a_rebuild_equals_a_plain_build(tmp_path, seed):
    with crewed() as crew:
        paper = edited(tmp_path, seed=seed, steps=200, crew=crew if seed % 3 == 0 else None)
    assert min(paper.made[each.__name__] for each in equality.EDITS) >= 5, paper.made
    assert paper.stopped <= 20


Patch = Callable[[pytest.MonkeyPatch], None]


def _ignores_includes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TemplatePrints, "of", lambda self, name: self._add(name, set()) or frozenset({name}))


def _ignores_names(*begin: str) -> Patch:
    real = stale.changed_house

    def fewer(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
        return [name for name in real(before, now) if not name.startswith(begin)]

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stale, "changed_house", fewer)
        monkeypatch.setattr(press_build, "changed_house", fewer)

    return patch


def _answers_always(name: str) -> Patch:
    """A question about sources whose answer is believed never to change."""
    return lambda monkeypatch: monkeypatch.setattr(
        questions, "FOLLOWS", MappingProxyType({**questions.FOLLOWS, name: ()})
    )


def _ignores_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    real = press_build.Build._unchanged

    def unchanged(self: press_build.Build) -> object:
        if self.tools.ledger.world.summary:
            self.tools.ledger.world.summary["counts"][-1] = ""
        return real(self)

    monkeypatch.setattr(press_build.Build, "_unchanged", unchanged)


def _believes_every_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stale.Outputs, "print_of", _believe)
    monkeypatch.setattr(press_build, "stamp_of", lambda path: Stamp(1, 1, 1))


def _believe(self: stale.Outputs, save_as: str, entry: object) -> str:
    found = getattr(entry, "print", "")
    self.stamps[save_as] = getattr(entry, "stamp", Stamp(0, 0, 0))
    return str(found)


BROKEN: Mapping[str, Patch] = {
    "an include": _ignores_includes,
    "a table": _ignores_names("data/"),
    "a setting": _ignores_names("setting "),
    "a plugin's code": _ignores_names("plugins' code"),
    "the words of a language": _ignores_names("words"),
    "the style sheet": _ignores_names("the style sheet"),
    "a picture": lambda monkeypatch: monkeypatch.setattr(
        Pictures, "_known", lambda self, path: self._store and self._store.picture(path)
    ),
    "a removal": lambda monkeypatch: monkeypatch.setattr(output, "_remove", lambda folder, name: False),
    "a rename": _answers_always("url"),
    "a story's text": _answers_always("story"),
    "another story's headline": _answers_always("row"),
    "a neighbour": lambda monkeypatch: monkeypatch.setattr(
        Job, "print", lambda self: f"{self.maker} {self.about[0].path if self.about else ''}"
    ),
    "topics in common": lambda monkeypatch: monkeypatch.setattr(Related, "touched", frozenset()),
    "what is listed": lambda monkeypatch: monkeypatch.setattr(press_build, "lists_differ", lambda moved: False),
    "a source": lambda monkeypatch: monkeypatch.setattr(seen, "_fits", lambda row, path: True),
    "the clock": _ignores_the_clock,
    "a spoilt file": _believes_every_stamp,
    "what was written": lambda monkeypatch: monkeypatch.setattr(writing, "put", lambda *_arguments: ()),
}
"""Presses that ignore something."""


@pytest.mark.parametrize("ignored", BROKEN)
def test_the_proof_catches_a_press_that_ignores(ignored, tmp_path, monkeypatch):
    """The plain build is made by a whole press: a fault that both had would not show."""

    def broken_press(paper: equality.Paper, folder: Path) -> Site:
        with monkeypatch.context() as patch:
            BROKEN[ignored](patch)
            return equality.press(paper, folder)

    with pytest.raises(AssertionError, match=r"html|xml|png|txt|css|stopped|Problem"):
        edited(tmp_path, seed=1, steps=STEPS, press=broken_press)
