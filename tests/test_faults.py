"""A build that is killed, or that the disk refuses, leaves a site that is whole or marked; the next build mends it."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from plugins.press import ledger as ledgers
from plugins.press import store
from plugins.press.ledger import Ledger
from plugins.press.sealed import Sealed
from tests import faults, real_builds
from tests.conftest import PAPER, picture, run_press, snapshot, story, write_files

FOREIGN = {".git/HEAD": b"ref: refs/heads/main\n", ".DS_Store": b"x"}
"""What lies in an output folder and is not ours."""

PHOTO = "{file: b.png, alt: A thing, caption: Its caption, credit: Ani}"
BOTH: Mapping[str, str | bytes] = {
    "data/paper.toml": PAPER,
    **{f"community/c{day}.md": story(f"Chess {day}", date=f"2026-09-0{day} 10:00") for day in range(1, 6)},
}
OLD: Mapping[str, str | bytes] = {
    **BOTH,
    "community/a.md": story("An old headline"),
    "community/b.md": story("B", photo=PHOTO, tags="harvest", authors="Ani Example"),
    "community/b.png": picture(),
    "extra/ads.txt": "one",
    "extra/page": "a file that becomes a folder",
    "extra/folder/inner.txt": "a folder that becomes a file",
}
PAPERS: Mapping[str, Mapping[str, str | bytes]] = {
    "old": OLD,
    "more": {**OLD, "data/paper.toml": PAPER.replace("valley", "hills"), "community/e.md": story("E", tags="harvest")},
    "new": {
        **BOTH,
        "community/a.md": story("A new headline"),
        "culture/d.md": story("D", category="culture", date="2025-01-02 09:00", photo=PHOTO),
        "culture/b.png": picture(30, 30),
        "extra/ads.txt": "two",
        "extra/page/inner.txt": "a file that becomes a folder",
        "extra/folder": "a folder that becomes a file",
    },
}
"""There and back, stories, pictures, files come and go. From old to more, nothing goes and all pages are made anew."""
SETTINGS: Mapping[str, Any] = {"PAGE_SIZE": 3}


class Newsroom:
    """Two papers, what plain builds of them are, and one folder that goes from the one to the other and back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = ""
        self.clean: dict[str, dict[str, bytes]] = {}
        for name, files in PAPERS.items():
            write_files(self.content(name), files)
            site = run_press(
                self.content(name), folder / f"{name}-plain", folder / "none", PRESS_PLAIN=True, **SETTINGS
            )
            assert not site.stopped, site.problems
            self.clean[name] = site.files()
        self.output = folder / "kept/output"
        self.press = folder / "kept/.press"
        write_files(self.output, FOREIGN)
        self.server = faults.Server(folder / "kept", **SETTINGS)
        self.bring("old")

    def content(self, name: str) -> Path:
        return self.folder / name

    def site(self) -> dict[str, bytes]:
        """The site as it lies there; what is not ours is as it was."""
        found = snapshot(self.output)
        assert {name: found.pop(name, b"") for name in FOREIGN} == FOREIGN
        return found

    def torn(self) -> bool:
        """What the ledger says, read from a copy: to open it would mend what the next build must."""
        copy = copied(self.press, self.folder / "copy").parent
        for path in sorted(copy.rglob("*.sqlite")):
            kinds, version = (
                (ledgers.KINDS, ledgers.VERSION) if "ledgers" in path.parts else (store.KINDS, store.VERSION)
            )
            sealed = Sealed(path, kinds, version)
            assert all(sealed.all(kind) is not None for kind in kinds)
            assert sealed.thrown_away == ""
            sealed.close()
            with sqlite3.connect(path) as file:
                assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            file.close()
        kept = Ledger(copy / ".press", copy / "output")
        kept.close()
        return kept.world.torn

    def bring(self, name: str) -> dict[str, Any]:
        """A build without a fault, which must leave the clean site. Nothing is done where it is there already."""
        if self.state == name:
            return {}
        done = self.server.build(self.content(name))
        assert (done["stopped"], done["raised"], done["said"]) == (False, "", []), done
        assert self.site() == self.clean[name]
        assert not self.torn()
        self.state = name
        return done

    def check(self, old: str = "old", new: str = "new") -> str:
        """After a fault: the old site, the new one, or one that is marked as torn."""
        site, torn = self.site(), self.torn()
        if site == self.clean[old]:
            return "old"
        if site == self.clean[new]:
            return "new"
        assert torn
        assert site.keys() <= self.clean[old].keys() | self.clean[new].keys()
        assert all(data in {self.clean[name].get(path) for name in (old, new)} for path, data in site.items())
        return "torn"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory) -> Iterator[Newsroom]:
    made = Newsroom(tmp_path_factory.mktemp("newsroom"))
    try:
        yield made
    finally:
        made.server.end()


def chosen(where: list[str], every: bool) -> list[int]:
    """Numbers of the points at which to strike: all, or the first and the last of each kind."""
    if every:
        return list(range(1, len(where) + 1))
    kinds: dict[str, list[int]] = {}
    for number, what in enumerate(where, 1):
        kinds.setdefault(" ".join(what.split()[: 1 + what.startswith("sql")]), []).append(number)
    return sorted({number for of_kind in kinds.values() for number in (of_kind[0], of_kind[-1])})


@pytest.fixture(params=["some points", pytest.param("every point", marks=pytest.mark.slow)])
def every(request) -> bool:
    return bool(request.param == "every point")


def strike(
    newsroom: Newsroom, start: str, goal: str, fault: str, *, every: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Builds from start to goal, each with a fault at another point: what was about to happen, and the answer."""
    newsroom.bring(start)
    where = newsroom.server.build(newsroom.content(goal), fault)["where"]
    newsroom.state = goal
    for at in chosen(where, every):
        newsroom.bring(start)
        newsroom.state = ""
        done = newsroom.server.build(newsroom.content(goal), fault, at)
        # A folder that an earlier fault has left need not be made again: the points are not the same each time.
        reached = done.get("where", where)
        if len(reached) >= at:
            yield reached[at - 1], done


@pytest.mark.parametrize(
    ("start", "goal"), [("old", "new"), pytest.param("new", "old", marks=pytest.mark.slow)], ids=["there", "back"]
)
def test_a_build_that_is_killed_wherever_it_writes_is_mended_by_the_next(newsroom, every, start, goal):
    found = set()
    for number, (_what, done) in enumerate(strike(newsroom, start, goal, "kill", every=every)):
        assert done == {"killed": signal.SIGKILL}
        found.add(newsroom.check())
        # An editor may go on, or take everything back.
        newsroom.bring(start if number % 3 else goal)
    assert found == {"old", "new", "torn"}


@pytest.mark.parametrize("fault", ["full", pytest.param("denied", marks=pytest.mark.slow)])
def test_a_disk_that_refuses_wherever_a_build_writes_is_told_and_mended(newsroom, every, fault):
    told = 0
    for number, (what, done) in enumerate(strike(newsroom, "old", "new", fault, every=every)):
        assert done["raised"] == "", what
        if done["stopped"]:
            told += 1
            assert [line for line in done["problems"] if "output/cannot-write" in line], (what, done)
        else:
            # A folder that is there already need not be made, and an empty one that stays is in nobody's way.
            assert what.startswith(("os.mkdir", "os.rmdir")), what
            assert newsroom.site() == newsroom.clean["new"]
        newsroom.check()
        newsroom.bring("old" if number % 3 else "new")
    assert told > 5


def test_what_cannot_be_read_of_store_or_ledger_is_made_anew(newsroom, every):
    """Both may be read in vain: the site is made without them. A change of them needs to be counted, and is refused."""
    found = set()
    for what, done in strike(newsroom, "old", "more", "unreadable", every=every):
        assert done["raised"] == "", what
        if done["stopped"]:
            assert "SELECT count(*)" in what, done
            assert any("output/cannot-write" in problem for problem in done["problems"]), done
            found.add(newsroom.check(new="more"))
        else:
            assert newsroom.site() == newsroom.clean["more"], what
            assert [line for line in done["said"] if "was made anew: " in line] or "count(*)" in what, (what, done)
            found.add("anew")
        newsroom.bring("more")
    assert "anew" in found


def test_a_file_of_somebody_else_that_comes_after_a_kill_stops_the_next_build_and_stays(newsroom):
    newsroom.bring("old")
    where = newsroom.bring("new")["where"]
    newsroom.bring("old")
    fourth = [number for number, what in enumerate(where, 1) if what.startswith("os.rename")][3]
    newsroom.server.build(newsroom.content("new"), "kill", fourth)
    newsroom.state = ""
    assert newsroom.check() == "torn"
    mine = newsroom.output / "feeds/mine.txt"
    mine.write_text("mine")
    done = newsroom.server.build(newsroom.content("new"))
    assert done["stopped"]
    assert "output/stray" in done["problems"][0]
    assert mine.read_text() == "mine"
    mine.unlink()
    newsroom.bring("new")


@pytest.mark.parametrize("number", [6, pytest.param(50, marks=pytest.mark.slow)])
def test_a_real_build_killed_at_any_moment_leaves_no_process_and_no_lock_and_is_mended(tmp_path, number):
    rng = Random(number)  # noqa: S311
    kept = tmp_path / "kept"
    papers, clean = {}, {}
    for name in ("old", "new"):
        papers[name] = real_builds.large_paper(tmp_path / name, name)
        clean[name] = run_press(papers[name], tmp_path / f"{name}-plain", tmp_path / "none", PRESS_PLAIN=True).files()
    assert real_builds.start(papers["old"], kept, 2).wait(120) == 0
    assert snapshot(kept / "output") == clean["old"]
    seconds, killed, turn = 3.0, 0, 0
    while killed < number:
        goal = "old" if turn % 2 else "new"
        build = real_builds.start(papers[goal], kept, 1 + turn // 2 % 2)
        turn += 1
        # Builds take as long as the machine has other things to do: never longer than one that came to its end.
        try:
            moment = rng.uniform(0.25, 1.0) * seconds
            assert build.wait(moment) == 0
            seconds = max(0.5, min(seconds, moment))
        except subprocess.TimeoutExpired:
            os.kill(build.pid, signal.SIGKILL)
            killed += build.wait(20) == -signal.SIGKILL
        assert real_builds.all_gone(build)
        with (kept / ".press/lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ledger = Ledger(copied(kept / ".press", tmp_path / "copy"), tmp_path / "copy/output")
        ledger.close()
        assert ledger.thrown_away == ""
        assert snapshot(kept / "output") in (clean["old"], clean["new"]) or ledger.world.torn
        mended = run_press(papers[goal], kept / "output", kept / ".press")
        assert not mended.stopped, mended.problems
        assert mended.files() == clean[goal]
        assert turn < 10 * number


def copied(press: Path, folder: Path) -> Path:
    """The folder of store and ledgers, to be looked at: to open them would mend what the next build must."""
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(press, folder / ".press"))
