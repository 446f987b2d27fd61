"""The crew: forked processes that read sources and make pages, so that every core has work.

They are forked before Pelican starts its first thread, get tasks and give plain values through pipes, print nothing,
and leave when the parent does. A worker that dies is an error with the name of what it was working on, never a hang.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from mmap import PAGESIZE, mmap
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, NamedTuple

Task = Callable[[Any], Any]
Begin = Callable[[str], None]
"""Called by a worker with the name of what it begins, so that its death can be told with that name."""


class Lazily(Sequence[Any]):
    """So many tasks, each made when a worker is free for it: ten thousand need not be held."""

    def __init__(self, count: int, make: Callable[[int], Any]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: Any) -> Any:
        return self._make(at)


class Lost(Exception):
    """A worker has died. `at`: what it was working on, or empty."""

    def __init__(self, at: str, status: int) -> None:
        super().__init__(at)
        self.at = at
        self.status = status


class _Slate:
    """What a worker is working on, in memory that its parent sees too: to send each name would cost both a call."""

    def __init__(self) -> None:
        self._memory = mmap(-1, PAGESIZE)

    def write(self, name: str) -> None:
        data = name.encode("utf-8", "surrogatepass")[: PAGESIZE - 1] + b"\0"
        self._memory[: len(data)] = data

    def read(self) -> str:
        # Its writer may have died in the midst of a name.
        return self._memory[:].partition(b"\0")[0].decode("utf-8", "replace")


@dataclass
class _Worker:
    pid: int
    pipe: Connection
    slate: _Slate
    tickets: set[int] = field(default_factory=set)


class _Waiting(NamedTuple):
    """A task that waits. tasks, at: where it is to be had. who: whose it is, or None."""

    ticket: int
    kind: str
    tasks: Sequence[Any]
    at: int
    who: int | None


class Crew:
    """Workers, each with what `make` gives to do a task; begun and ended by whoever has made the crew.

    A worker has one task at a time, and those that were given ahead; more wait here. Answers come back under the ticket
    of their task, so that one kind of work may begin before another is done.
    """

    def __init__(self, number: int, make: Callable[[], Callable[[str, Any, Begin], Any]]) -> None:
        """Fork `number` workers; `make` is called in each, and gives what does its tasks."""
        self._workers: list[_Worker] = []
        self._waiting: deque[_Waiting] = deque()
        self._stretches: list[deque[_Waiting]] = []
        self._answers: dict[int, Any] = {}
        self._tickets = count()
        self._first = 0
        for _ in range(number):
            ours, theirs = Pipe()
            slate = _Slate()
            pid = os.fork()
            if pid == 0:
                _work(theirs, slate, [ours, *(worker.pipe for worker in self._workers)], make)
            theirs.close()
            self._workers.append(_Worker(pid, ours, slate))

    def __len__(self) -> int:
        return len(self._workers)

    def start(self, kind: str, who: int) -> None:
        """What a worker does first, with no answer; before all tasks. Raises Lost."""
        self._send(self._workers[who], (kind, None, next(self._tickets), False))

    def tell(self, kind: str, task: Any) -> None:
        """The same task for every worker, with no answer; when all else is done. Raises Lost."""
        # A worker that waits to be heard and a parent that waits to be read would wait for ever.
        while self._waiting or any(self._stretches) or any(worker.tickets for worker in self._workers):
            self._listen()
        for worker in self._workers:
            self._send(worker, (kind, task, next(self._tickets), False))

    def map(self, kind: str, tasks: Sequence[Any], who: int | None = None, *, stretches: bool = False) -> Iterator[Any]:
        """Each task's answer, in the order of tasks. Raises Lost, and what a worker raised as RuntimeError.

        Work begins at once, also before the first answer is asked for: the parent may do something else meanwhile.
        who: the only worker that does them, by number; None for whoever is free.
        stretches: tasks beside one another have much in common, so each worker begins in a place of its own, and one
        that is done helps another from its end; answers come in any order.
        """
        tickets = [next(self._tickets) for _ in range(len(tasks))]
        waiting = [_Waiting(ticket, kind, tasks, at, who) for at, ticket in enumerate(tickets)]
        if stretches:
            size = -(-len(waiting) // len(self)) or 1
            self._stretches = [deque(waiting[start : start + size]) for start in range(0, len(waiting), size)]
        else:
            self._waiting.extend(waiting)
        self._give()
        return self._collect_any(set(tickets)) if stretches else self._collect(tickets)

    def ahead(self, kind: str, who: int, task: Any = None) -> Iterator[Any]:
        """The answer to one small task, which a worker does as soon as it has done what it was given before.

        What waits here, waits until somebody listens; a parent that computes for long does not. Raises as `map` does.
        """
        ticket = next(self._tickets)
        worker = self._workers[who]
        worker.tickets.add(ticket)
        self._send(worker, (kind, task, ticket, True))
        return self._collect([ticket])

    def _collect(self, tickets: Iterable[int]) -> Iterator[Any]:
        for ticket in tickets:
            while ticket not in self._answers:
                self._listen()
            yield self._answers.pop(ticket)

    def _collect_any(self, tickets: set[int]) -> Iterator[Any]:
        while tickets:
            while not (ready := tickets & self._answers.keys()):
                self._listen()
            tickets -= ready
            for ticket in sorted(ready):
                yield self._answers.pop(ticket)

    def _give(self) -> None:
        """A waiting task to each worker that has none."""
        for number, worker in enumerate(self._workers):
            if not worker.tickets and (task := self._next(number)) is not None:
                worker.tickets.add(task.ticket)
                self._send(worker, (task.kind, task.tasks[task.at], task.ticket, True))

    def _next(self, number: int) -> _Waiting | None:
        """The task that a worker does next, taken from those that wait."""
        for task in self._waiting:
            if task.who in {None, number}:
                self._waiting.remove(task)
                return task
        if number < len(self._stretches) and self._stretches[number]:
            return self._stretches[number].popleft()
        longest = max(self._stretches, key=len, default=None)
        return longest.pop() if longest else None

    def _send(self, worker: _Worker, message: tuple[str, Any, int, bool]) -> None:
        try:
            worker.pipe.send(message)
        except OSError:
            raise self._lost(worker) from None

    def _listen(self) -> None:
        """Wait for what one worker or more have to say."""
        speaking = {worker.pipe: worker for worker in self._workers}
        for pipe in wait(list(speaking)):
            worker = speaking[pipe]  # type: ignore[index]
            try:
                what, value, ticket = worker.pipe.recv()
            except (EOFError, OSError):
                raise self._lost(worker) from None
            worker.tickets.discard(ticket)
            if ticket < self._first:
                continue
            if what == "failed":
                # The build ends with it: what else was asked for, nobody wants to hear in the next.
                self._first = next(self._tickets)
                self._forget()
                self._answers.clear()
                at = worker.slate.read()
                raise RuntimeError(f"{at}: {value}" if at else value)
            self._answers[ticket] = value
        self._give()

    def _lost(self, worker: _Worker) -> Lost:
        self._workers.remove(worker)
        worker.pipe.close()
        _, status = os.waitpid(worker.pid, 0)
        return Lost(worker.slate.read(), os.waitstatus_to_exitcode(status))

    def dismiss(self) -> None:
        """Send all workers home, whatever they are doing."""
        for worker in self._workers:
            worker.pipe.close()
            try:
                os.kill(worker.pid, signal.SIGKILL)
                os.waitpid(worker.pid, 0)
            except (ProcessLookupError, ChildProcessError):
                continue
        self._workers = []
        self._forget()

    def _forget(self) -> None:
        """Nobody wants what still waits."""
        self._waiting.clear()
        self._stretches = []


def _work(
    pipe: Connection,
    slate: _Slate,
    others: Iterable[Connection],
    make: Callable[[], Callable[[str, Any, Begin], Any]],
) -> None:
    """A worker's whole life; never returns."""
    status = 1
    try:
        # Ctrl-C reaches the whole group: the parent decides what it means.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for other in others:
            other.close()
        _listen(pipe, slate, make())
        status = 0
    except (EOFError, BrokenPipeError, ConnectionResetError):
        status = 0
    finally:
        # Nothing of the parent's may run here: no handlers, no buffers written twice.
        os._exit(status)


def _listen(pipe: Connection, slate: _Slate, serve: Callable[[str, Any, Begin], Any]) -> None:
    while True:
        kind, task, ticket, answered = pipe.recv()
        try:
            value = serve(kind, task, slate.write)
        except MemoryError:
            raise
        except Exception as fault:  # noqa: BLE001  a bug travels to the parent, which ends the build with it
            pipe.send(("failed", _told(fault), ticket))
            continue
        if answered:
            pipe.send(("done", value, ticket))


def _told(fault: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(fault))


def cores(platform: str = sys.platform) -> int:
    """How many processes can run at once here; 1 where forking is not safe."""
    if platform == "linux" and hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1 if platform == "darwin" else 1
