"""What one command costs: wall time, processor time, memory, of the command and of every process that it starts.

Time is the kernel's account of the command and of the children it waited for, as GNU time takes it, and, where
`adopt_orphans` was called, of those that it did not wait for. Memory is sampled every 20 ms from /proc: the sum of what
the processes have resident, so that pages which forked processes share are counted in each. Beside it stands the
largest single process, which is what GNU time prints.
"""

from __future__ import annotations

import ctypes
import os
import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

EVERY = 0.02
"""Seconds between two samples of memory."""
_PATIENCE = 2.0
"""Seconds that processes may live on after the command that left them behind."""
_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of linux/prctl.h."""


class Failed(Exception):
    """A command that ended with another status than 0, or did not do what it should. The text ends with its words."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and bytes. peak: of all processes together, 0 where the system has no /proc; largest: of one process."""

    wall: float
    cpu: float
    peak: float
    largest: float


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure by itself."""
    return Cost(
        wall=median(each.wall for each in costs),
        cpu=median(each.cpu for each in costs),
        peak=median(each.peak for each in costs),
        largest=median(each.largest for each in costs),
    )


def _read(path: Path) -> str:
    """A file of /proc; empty when its process has gone meanwhile."""
    try:
        return path.read_text("utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def family(pid: int) -> Iterator[int]:
    """A process and all that come from it."""
    yield pid
    tasks = Path(f"/proc/{pid}/task")
    try:
        threads = list(tasks.iterdir())
    except (FileNotFoundError, ProcessLookupError):
        return
    for thread in threads:
        for child in _read(thread / "children").split():
            yield from family(int(child))


def memory(pid: int) -> tuple[int, int]:
    """Bytes that a process has resident, and the most it ever had since its program began; 0 when it has gone."""
    found = re.findall(r"^Vm(HWM|RSS):\s+(\d+) kB", _read(Path(f"/proc/{pid}/status")), re.MULTILINE)
    kilobytes = {name: int(number) for name, number in found}
    return 1024 * kilobytes.get("RSS", 0), 1024 * kilobytes.get("HWM", 0)


def adopt_orphans() -> None:
    """Become, on Linux, the parent of processes that outlive theirs, so that their time can be asked for: prctl(2)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _orphans(pids: Iterable[int]) -> Iterator[resource.struct_rusage]:
    """What adopted processes have used, once they end; one that goes on for long is left alone."""
    until = time.monotonic() + _PATIENCE
    for pid in pids:
        while time.monotonic() < until:
            try:
                ended, _, usage = os.wait4(pid, os.WNOHANG)
            except ChildProcessError:
                break
            if ended:
                yield usage
                break
            time.sleep(EVERY / 4)


class _Sampler(threading.Thread):
    """Notes the highest memory of a family of processes, and who was in it, until it is told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.largest = 0
        self.seen: set[int] = set()
        self.done = threading.Event()
        self._pid = pid

    def run(self) -> None:
        while not self.done.wait(EVERY):
            members = list(family(self._pid))
            self.seen.update(members)
            figures = [memory(pid) for pid in members]
            self.peak = max(self.peak, sum(now for now, _ in figures))
            self.largest = max(self.largest, *(most for _, most in figures))


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> Cost:
    """The cost of one command in a folder; what it says goes to `log`. Raises Failed.

    What earlier commands left to be written to the disk is written first, so that it is not charged to this one.
    """
    os.sync()
    with log.open("wb") as said:
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  the commands are this package's own
            command, cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        sampler = _Sampler(process.pid)
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        sampler.done.set()
        sampler.join()
        usages = [usage, *_orphans(sampler.seen - {process.pid})]
    if process.returncode:
        words = log.read_text("utf-8", errors="replace").splitlines()[-15:]
        raise Failed("\n".join([f"{command[0]} ended with status {process.returncode}", *words]))
    cpu = sum(each.ru_utime + each.ru_stime for each in usages)
    # The kernel's own figure holds what this process had when it forked. It serves where there is no /proc: on macOS,
    # where it is bytes.
    return Cost(wall, cpu, sampler.peak, sampler.largest or usage.ru_maxrss)
