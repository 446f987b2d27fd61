"""The `pelican` command as a process and a session of its own: to be killed, interrupted and looked after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tests.conftest import NOW, PAPER, ROOT, story, write_files


def large_paper(content: Path, name: str) -> Path:
    """A paper large enough that workers read and make it: 150 stories, 60 of which are in no paper of another name."""
    files = {
        f"community/{name if number < 60 else 'same'}-{number}.md": story(
            f"Story {number} of {name}", date=f"2026-{1 + number % 9:02}-{1 + number % 27:02} 10:00", tags="harvest"
        )
        for number in range(150)
    }
    # These words stand on every page.
    write_files(content, {"data/paper.toml": PAPER.replace("valley", name), **files})
    return content


def start(
    content: Path,
    kept: Path,
    jobs: int,
    *options: str,
    conf: str = "pelicanconf.py",
    checkout: Path = ROOT,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.Popen[str]:
    """`pelican` on content/ into kept/output, with its store in kept/.press; what it prints goes to kept/said.

    checkout: where the project lies.
    """
    kept.mkdir(exist_ok=True)
    command = [sys.executable, "-W", "error:This process:DeprecationWarning", "-m", "pelican", str(content), *options]
    command += ["-o", str(kept / "output"), "-s", conf, "-e", f'PRESS_PATH="{kept / ".press"}"']
    with (kept / "said").open("w") as said:
        return subprocess.Popen(
            command,
            cwd=checkout,
            env={**os.environ, "NOW": NOW, "COLUMNS": "200", **environment, "PRESS_JOBS": str(jobs)},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
            # A shell starts what runs in its background with Ctrl-C ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  a test has one thread
        )


def living(session: int) -> list[int]:
    """The processes of a session, but those that have ended and are not buried yet; sorted."""
    if not Path("/proc/self/stat").exists():
        listed = subprocess.run(["ps", "-A", "-o", "pid=,pgid=,stat="], capture_output=True, text=True, check=True)
        rows = [line.split() for line in listed.stdout.splitlines()]
        return sorted(int(pid) for pid, group, state in rows if int(group) == session and state[0] != "Z")
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, _group, of = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(of) == session and state != "Z":
            found.append(int(stat.parent.name))
    return sorted(found)


def wait_until(true: Callable[[], object], seconds: float = 60) -> bool:
    """Whether it becomes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def all_gone(build: subprocess.Popen[str]) -> bool:
    """Whether the build and its workers end soon."""
    return wait_until(lambda: not living(build.pid), 20)


def end(build: subprocess.Popen[str]) -> None:
    """Whatever a failed test has left."""
    for pid in living(build.pid):
        os.kill(pid, signal.SIGKILL)
    build.wait(20)


PLUGIN = '''
"""A plugin that stops at one story: at community/stop.md, when it is read or when its page is made."""

import os
import time
from pathlib import Path

from markdown import Extension

from plugins.newsroom import hooks

FOLDER = Path(__file__).parent.parent
AT = os.environ.get("STOP_AT", "")
HOW = os.environ.get("STOP_HOW", "wait")


def stop():
    (FOLDER / f"waiting-{os.getpid()}").touch()
    if HOW == "raise":
        raise ValueError("the plugin has a bug")
    while not (FOLDER / "go").exists():
        time.sleep(0.02)


class Stopping(Extension):
    def extendMarkdown(self, md):
        pass

    def begin(self, front):
        if AT == "read" and front.path == "community/stop.md":
            stop()

    def outcome(self):
        return hooks.Outcome()


def read_stopping(settings):
    return Stopping()


def place(story, blocks, edition):
    if AT == "make" and story.path == "community/stop.md":
        stop()
    return blocks


def register():
    hooks.reading.add("stopping", read_stopping)
    hooks.blocks.add("stopping", place)
'''


def with_stopping_plugin(folder: Path) -> str:
    """A settings file with a plugin that stops where STOP_AT says, names its process in `folder`, waits for `go`."""
    write_files(
        folder,
        {
            "code/stopping.py": PLUGIN,
            "stopping_conf.py": f"import sys\nsys.path[:0] = [{str(ROOT)!r}, {str(folder / 'code')!r}]\n"
            "from pelicanconf import *\nPLUGINS = [*PLUGINS, 'stopping']\n",
        },
    )
    return str(folder / "stopping_conf.py")
