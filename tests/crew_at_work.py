"""A crew in a process that has one thread, as `pelican` has when it forks: python -m tests.crew_at_work <case>."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.press.crew import Begin, Crew, Lost


class Hand:
    """Does what a task says. told: what every worker was told."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def __call__(self, kind: str, task: Any, begin: Begin) -> Any:
        begin(f"task {str(task)[:20]}")
        match kind:
            case "double":
                return task * 2
            case "raise":
                raise ValueError(f"a bug at {task}")
            case "die" if task == 3:
                os.kill(os.getpid(), signal.SIGKILL)
            case "leave" if task == 3:
                os._exit(7)
            case "told" | "note":
                self.told.append(task)
            case "what was told":
                time.sleep(0.05)
                return os.getpid(), self.told
        return task


def answers(crew: Crew, kind: str, tasks: list[Any]) -> list[Any]:
    return sorted(crew.map(kind, tasks))


def maps(number: int) -> None:
    crew = Crew(number, Hand)
    assert len(crew) == number
    for size in (0, 1, 2, 3, 100):
        assert answers(crew, "double", list(range(size))) == [each * 2 for each in range(size)]
        found = crew.map("double", list(range(size)), stretches=True)
        assert sorted(found) == [each * 2 for each in range(size)]
        assert list(crew.map("double", list(range(size)), who=number - 1)) == [each * 2 for each in range(size)]
    # Larger than any pipe holds, both ways.
    assert answers(crew, "double", ["x" * 3_000_000] * 5) == ["x" * 6_000_000] * 5
    crew.dismiss()


def goes_ahead() -> None:
    """A busy worker gets two small tasks more, of which it is not asked before others; then there is a bug in one."""
    crew = Crew(2, Hand)
    crew.start("note", 0)
    first, second = crew.ahead("what was told", 0), crew.ahead("double", 0, "x")
    assert answers(crew, "double", [1, 2]) == [2, 4]
    assert (next(second), next(first)[1]) == ("xx", [None])
    with pytest.raises(RuntimeError, match=r"^task y: (.|\n)*ValueError: a bug at y"):
        next(crew.ahead("raise", 0, "y"))
    assert answers(crew, "double", [1, 2]) == [2, 4]
    crew.dismiss()


def tells() -> None:
    crew = Crew(2, Hand)
    crew.tell("told", "x" * 1_000_000)
    crew.tell("told", 2)
    found = dict(crew.map("what was told", [0] * 10))
    assert len(found) == 2
    assert all(told == ["x" * 1_000_000, 2] for told in found.values())
    crew.dismiss()


def divides() -> None:
    """Whose a task is; and neighbours go to one worker, but for those with which another helps it at the end."""
    crew = Crew(2, Hand)
    pids = [{pid for pid, _told in crew.map("what was told", [0] * 4, who=who)} for who in (0, 1)]
    assert [len(each) for each in pids] == [1, 1]
    assert pids[0] != pids[1]
    crew.tell("told", 0)
    for task in crew.map("note", list(range(100)), stretches=True):
        assert task in range(100)
    told = sorted(dict(crew.map("what was told", [0] * 10)).values())
    assert [each[0] for each in told] == [0, 0]
    assert sorted([*told[0][1:], *told[1][1:]]) == list(range(100))
    # One begins with the first, the other in the middle.
    assert [each[1] for each in told] == [0, 50]
    crew.dismiss()


def dies(kind: str, status: int) -> None:
    crew = Crew(2, Hand)
    with pytest.raises(Lost) as lost:
        answers(crew, kind, list(range(10)))
    assert (lost.value.at, lost.value.status) == ("task 3", status)
    crew.dismiss()


def dies_idle() -> None:
    """Between two tasks, and all of them: whoever comes first is told."""
    crew = Crew(2, Hand)
    assert answers(crew, "double", [1, 2]) == [2, 4]
    for worker in crew._workers:
        os.kill(worker.pid, signal.SIGKILL)
    for use in (lambda: answers(crew, "double", [1, 2, 3]), lambda: crew.tell("told", "x" * 1_000_000)):
        with pytest.raises(Lost) as lost:
            use()
        assert lost.value.status == -signal.SIGKILL
    crew.dismiss()


def raises() -> None:
    """A bug is told with where it stands; and the crew serves on."""
    crew = Crew(2, Hand)
    for _ in range(3):
        with pytest.raises(RuntimeError, match=r"^task \d: Traceback(.|\n)*ValueError: a bug at \d"):
            answers(crew, "raise", list(range(10)))
        assert answers(crew, "double", list(range(20))) == [each * 2 for each in range(20)]
        crew.tell("told", "x" * 1_000_000)
    crew.dismiss()


def abandoned() -> None:
    """A build that was stopped in the middle leaves answers that nobody wants."""
    crew = Crew(2, Hand)
    for _ in range(3):
        begun = iter(crew.map("double", ["x" * 1_000_000] * 8))
        next(begun)
        del begun
        crew.tell("told", "y" * 1_000_000)
        assert answers(crew, "double", [1, 2, 3]) == [2, 4, 6]
    crew.dismiss()


def dismissed() -> None:
    crew = Crew(3, Hand)
    crew.map("what was told", [0] * 10)
    crew.dismiss()
    crew.dismiss()
    assert len(crew) == 0
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def left_alone() -> None:
    """Ends, or is ended, without a word to its workers; a file says who they are."""
    crew = Crew(2, Hand)
    assert answers(crew, "double", [1, 2]) == [2, 4]
    Path(sys.argv[2]).write_text(" ".join(str(worker.pid) for worker in crew._workers))
    time.sleep(60)


CASES: dict[str, Callable[[], None]] = {
    "one": lambda: maps(1),
    "two": lambda: maps(2),
    "three": lambda: maps(3),
    "goes ahead": goes_ahead,
    "tells": tells,
    "divides": divides,
    "dies": lambda: dies("die", -signal.SIGKILL),
    "leaves": lambda: dies("leave", 7),
    "dies idle": dies_idle,
    "raises": raises,
    "abandoned": abandoned,
    "dismissed": dismissed,
    "left alone": left_alone,
}

if __name__ == "__main__":
    CASES[sys.argv[1]]()
