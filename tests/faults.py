"""Builds that fail on purpose, as lines of JSON on standard input ask for; ends with the input.

Each build runs in a process of its own, forked from this one, which has no threads. Python tells its audit hook of
every file that is about to be opened for writing, renamed, removed, and of every folder made or removed; a connection
of our own tells of every statement of SQL. At the n-th of these the process kills itself, or the disk refuses.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from plugins.newsroom.problem import as_text
from plugins.press.joint import BuildStopped, PressPelican
from tests.conftest import ROOT, settings_for

CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink"})
"""Audit events that change a folder."""

FAULTS = {"full": errno.ENOSPC, "denied": errno.EACCES}
"""How a disk refuses what is written. Beside these: "kill", and "unreadable", of what is read from a database."""

READS = ("SELECT", "PRAGMA", "BEGIN DEFERRED", "END")


class Points:
    """Counts what a build is about to write below `folder`, and strikes at number `at`; 0 never strikes.

    Only the process that made it counts. where: what each was.
    """

    def __init__(self, folder: Path, fault: str, at: int) -> None:
        self.folder = f"{folder}/"
        self.fault = fault
        self.at = at
        self.where: list[str] = []
        sys.addaudithook(self._heard)
        sqlite3.connect = partial(sqlite3.connect, factory=partial(_Connection, self))  # type: ignore[assignment]

    def _heard(self, event: str, about: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = about
            if isinstance(path, str | os.PathLike) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                self._reach(f"open {mode}", os.fspath(path))
        elif event in CHANGES:
            self._reach(event, os.fspath(about[0]))

    def _reach(self, what: str, path: str) -> None:
        ours = isinstance(path, str) and path.startswith(self.folder) and self.fault != "unreadable"
        if ours and self._strikes(f"{what} {path}"):
            number = FAULTS[self.fault]
            raise OSError(number, os.strerror(number), path)

    def reach_statement(self, statement: str) -> None:
        """Before a statement of SQL, and after a COMMIT."""
        if statement.startswith(READS) != (self.fault == "unreadable"):
            return
        if self._strikes(f"sql {statement}"):
            raise sqlite3.OperationalError("database or disk is full" if self.fault == "full" else "disk I/O error")

    def _strikes(self, what: str) -> bool:
        self.where.append(what.replace(self.folder, ""))
        if len(self.where) != self.at:
            return False
        if self.fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        return True


class _Connection(sqlite3.Connection):
    def __init__(self, points: Points, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._points = points

    def execute(self, statement: str, *parameters: Any) -> sqlite3.Cursor:
        self._points.reach_statement(statement)
        done = super().execute(statement, *parameters)
        if statement == "COMMIT" and self._points.fault == "kill":
            self._points.reach_statement("(after COMMIT)")
        return done

    def executemany(self, statement: str, rows: Iterable[Any]) -> sqlite3.Cursor:
        self._points.reach_statement(statement)
        return super().executemany(statement, rows)


def build(request: dict[str, Any]) -> dict[str, Any]:
    """One build: whether it was stopped, what it said, and every point at which it wrote."""
    folder = Path(request["folder"])
    points = Points(folder, request["fault"], request["at"])
    settings = settings_for(Path(request["content"]), folder / "output", folder / ".press", **request["settings"])
    stopped, said, raised, problems = False, [], "", []
    try:
        pelican = PressPelican(settings)
        pelican.run()
        said = list(pelican.built.said) if pelican.built else []
    except BuildStopped as fault:
        stopped, problems = True, list(as_text(fault.problems))
    except BaseException as fault:  # noqa: BLE001  whatever it is, the test is told
        raised = repr(fault)
    return {"stopped": stopped, "said": said, "raised": raised, "problems": problems, "where": points.where}


def serve() -> None:
    """Build, and answer what became of it; a process that died answers with its signal."""
    # Loaded once, not by each forked process.
    for name in (*importlib.import_module("pelicanconf").PLUGINS, "plugins.stories.read", "babel.dates", "nh3"):
        importlib.import_module(name)
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if not pid:
            try:
                print(json.dumps(build(request)), flush=True)
            finally:
                os._exit(0)
        _, status = os.waitpid(pid, 0)
        if os.WIFSIGNALED(status):
            print(json.dumps({"killed": os.WTERMSIG(status)}), flush=True)


class Server:
    """This module in a process of its own: `build` asks it for a build below `folder`."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        self.settings = settings
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def build(self, content: Path, fault: str = "kill", at: int = 0) -> dict[str, Any]:
        """One build with a fault at its `at`-th point, 0 for none; what `build` above gives, or {"killed": signal}."""
        assert self._process.stdin
        assert self._process.stdout
        request = {"content": str(content), "folder": str(self.folder), "fault": fault, "at": at}
        self._process.stdin.write(json.dumps({**request, "settings": self.settings}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def end(self) -> None:
        """Let the process go."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        assert self._process.wait(30) == 0


if __name__ == "__main__":
    serve()
