"""The crew: whatever becomes of a worker, of the parent or of a task, it is told, nothing hangs, and nobody stays."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import real_builds
from tests.conftest import ROOT, snapshot, story, write_files
from tests.crew_at_work import CASES
from tests.real_builds import all_gone, living, wait_until


@pytest.mark.parametrize("case", [case for case in CASES if case != "left alone"])
def test_a_crew_at_work(case):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.crew_at_work", case],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    # The workers print nothing, and neither does the parent.
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_workers_leave_with_their_parent_however_it_goes(tmp_path, how):
    told = tmp_path / "workers"
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.crew_at_work", "left alone", str(told)],
        cwd=ROOT,
        start_new_session=True,
        text=True,
    )
    assert wait_until(lambda: told.exists() and len(told.read_text().split()) == 2)
    assert living(parent.pid) == sorted([parent.pid, *map(int, told.read_text().split())])
    parent.send_signal(how)
    assert parent.wait(20) == -how
    assert all_gone(parent)


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A large paper, built once, by a settings file whose plugin stops at a story when it is told to."""
    content = real_builds.large_paper(tmp_path / "content", "old")
    build = real_builds.start(content, tmp_path / "kept", 2, conf=real_builds.with_stopping_plugin(tmp_path))
    assert build.wait(120) == 0, (tmp_path / "kept/said").read_text()
    # Every page must be made anew, 60 stories read, and one of them stops the plugin.
    real_builds.large_paper(content, "new")
    write_files(content, {"community/stop.md": story("Stop here", tags="harvest")})
    return tmp_path


@pytest.fixture
def start(paper) -> Iterator[Start]:
    """Starts `pelican` on the paper; whatever it leaves is ended after the test."""
    begun: list[subprocess.Popen[str]] = []

    def run(*options: str, jobs: int = 2, **environment: str) -> subprocess.Popen[str]:
        conf = str(paper / "stopping_conf.py")
        build = real_builds.start(paper / "content", paper / "kept", jobs, *options, conf=conf, environment=environment)
        begun.append(build)
        return build

    yield run
    for build in begun:
        real_builds.end(build)


def waiting(folder: Path) -> int:
    """The process that stands at the story."""
    assert wait_until(lambda: list(folder.glob("waiting-*"))), (folder / "kept/said").read_text()
    (found,) = folder.glob("waiting-*")
    return int(found.name.partition("-")[2])


def said(folder: Path) -> str:
    return (folder / "kept/said").read_text()


AT = {"read": "community/stop.md", "make": "2026/10/03/stop/index.html"}
"""What a worker is told to have worked on: the file that it read, or the page that it made."""

STAGES = pytest.mark.parametrize("stage", AT)


@STAGES
def test_a_worker_that_is_killed_is_told_with_its_file_and_the_last_site_stays(paper, start, stage):
    before = snapshot(paper / "kept/output")
    build = start(STOP_AT=stage)
    worker = waiting(paper)
    assert worker != build.pid
    assert worker in living(build.pid)
    os.kill(worker, signal.SIGKILL)
    assert build.wait(60) == 1
    assert f"{AT[stage]}: press/worker-lost: " in said(paper)
    assert "Traceback" not in said(paper)
    assert snapshot(paper / "kept/output") == before
    assert all_gone(build)


@STAGES
def test_a_bug_in_a_worker_is_told_with_its_traceback_and_the_last_site_stays(paper, start, stage):
    before = snapshot(paper / "kept/output")
    build = start(STOP_AT=stage, STOP_HOW="raise")
    assert build.wait(60) == 1
    assert "ValueError: the plugin has a bug" in said(paper)
    assert f"RuntimeError: {AT[stage]}: Traceback" in said(paper)
    assert waiting(paper) != build.pid
    assert snapshot(paper / "kept/output") == before
    assert all_gone(build)


@STAGES
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_ends_everyone_and_the_last_site_stays(paper, start, stage, jobs):
    before = snapshot(paper / "kept/output")
    build = start(jobs=jobs, STOP_AT=stage)
    assert (waiting(paper) == build.pid) == (jobs == 1)
    assert len(living(build.pid)) == (3 if jobs == 2 else 1)
    os.killpg(build.pid, signal.SIGINT)
    assert build.wait(60) != 0
    (paper / "go").touch()
    assert all_gone(build)
    assert "Traceback" not in said(paper)
    assert snapshot(paper / "kept/output") == before
    # And the next build goes on as if nothing had been.
    after = start()
    assert after.wait(60) == 0, said(paper)
    assert "was made anew" not in said(paper)


@STAGES
def test_workers_leave_when_their_parent_is_killed_while_they_work(paper, start, stage):
    build = start(STOP_AT=stage)
    waiting(paper)
    os.kill(build.pid, signal.SIGKILL)
    build.wait(20)
    (paper / "go").touch()
    assert all_gone(build)
    assert start().wait(60) == 0, said(paper)


def test_one_and_two_workers_say_the_same(paper, start):
    outcomes = []
    for jobs in (1, 2):
        for folder in ("output", ".press"):
            (paper / "kept" / folder).rename(paper / f"{folder}-{jobs}")
        assert start(jobs=jobs).wait(60) == 0
        outcomes.append(re.sub(r"\d+\.\d s", "… s", said(paper)))
    assert outcomes[0] == outcomes[1]


def test_a_watching_build_keeps_its_workers_and_ends_with_ctrl_c(paper, start):
    build = start("-r")
    page = paper / "kept/output/2026/10/03/stop/index.html"
    assert wait_until(lambda: page.exists() and "unchanged in" in said(paper)), said(paper)
    workers = living(build.pid)
    # All pages are made anew, by the same workers.
    real_builds.large_paper(paper / "content", "third")
    write_files(paper / "content", {"community/stop.md": story("Another headline", tags="harvest")})
    assert wait_until(lambda: "Another headline" in page.read_text() and said(paper).count("unchanged in") > 1), said(
        paper
    )
    assert living(build.pid) == workers
    os.killpg(build.pid, signal.SIGINT)
    build.wait(20)
    assert all_gone(build)
    assert "Traceback" not in said(paper)
