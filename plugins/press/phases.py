"""Where a build's time goes: seconds by phase, each without the phases inside it; and by plugin."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Phases:
    """Seconds by name, in the order in which the phases began. One may be entered more than once."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._open: list[tuple[str, float]] = []

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count the time until the block ends; what it counts inside is taken from its own."""
        started = time.perf_counter()
        self.seconds.setdefault(name, 0.0)
        self._open.append((name, 0.0))
        try:
            yield
        finally:
            took = time.perf_counter() - started
            _, inside = self._open.pop()
            self.seconds[name] += took - inside
            if self._open:
                outer, others = self._open[-1]
                self._open[-1] = (outer, others + took)

    def add(self, name: str, seconds: float) -> None:
        """Count time that was measured elsewhere."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds


S = TypeVar("S", bound=Any)


def timed(name: str) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """A method that counts as a phase of its object's run."""

    def decorate(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        @wraps(method)
        def counted(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
            with self.phases.phase(name):
                return method(self, *args, **kwargs)

        return counted  # type: ignore[return-value]

    return decorate
