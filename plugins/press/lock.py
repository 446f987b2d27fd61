"""One build at a time: two that write into one folder would tear each other's site."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.press.output import CannotWrite


@contextmanager
def only_one(press: Path, tell: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of .press/; where another process holds it, call `tell` once and wait.

    A process that died holds none. On Windows, whose locks are of another kind, nobody waits. Raises CannotWrite.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    try:
        press.mkdir(parents=True, exist_ok=True)
        # Opened to append: the file's stamp stays.
        file = (press / "lock").open("a")
    except OSError as fault:
        raise CannotWrite(f"{(fault.strerror or str(fault)).lower()} ({fault.filename or press})") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
