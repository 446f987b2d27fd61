"""Where a build's time went: by phase of the build, and by plugin and library (`make html PROFILE=1`).

Everything is measured in one process, and measuring takes time itself: the shares tell more than the seconds.
"""

from __future__ import annotations

import pstats
import sysconfig
from collections import defaultdict
from collections.abc import Iterator, Mapping
from cProfile import Profile
from pathlib import Path

Place = tuple[str, int, str]
"""A function: file, line, name. A file of `~` is a function that is written in C."""

STANDARD = "Python itself"
SHOWN = 12
"""Plugins and libraries that are named; what is left is one line."""


def owner_of(path: str, root: Path) -> str:
    """Whose code a file is: `plugins.datelines`, `markdown`, `templates`. root: the project's folder."""
    if path in {"~", ""} or path.startswith("<frozen"):
        return STANDARD
    if path.endswith((".html", ".xml", ".txt")) or path == "<template>":
        return "templates"
    file = Path(path)
    if file.is_relative_to(root / "plugins"):
        first = file.relative_to(root / "plugins").parts[0]
        return f"plugins.{first.removesuffix('.py')}"
    for kind in ("purelib", "platlib"):
        folder = Path(sysconfig.get_path(kind))
        if file.is_relative_to(folder):
            return file.relative_to(folder).parts[0].removesuffix(".py")
    return STANDARD if file.is_relative_to(Path(sysconfig.get_path("stdlib"))) else file.name


def by_owner(profile: Profile, root: Path) -> dict[str, float]:
    """Seconds by plugin and library. What Python does for somebody counts as theirs who asked for it."""
    stats: Mapping[Place, tuple[int, int, float, float, Mapping[Place, tuple[int, int, float, float]]]]
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    seconds: dict[str, float] = defaultdict(float)
    for (path, _line, _name), (_calls, _all, own, _with_inner, callers) in stats.items():
        owner = owner_of(path, root)
        if owner != STANDARD or not callers:
            seconds[owner] += own
            continue
        asked = sum(part[2] for part in callers.values()) or 1.0
        for (caller, _, _), part in callers.items():
            seconds[owner_of(caller, root)] += own * part[2] / asked
    return seconds


def as_lines(title: str, seconds: Mapping[str, float]) -> Iterator[str]:
    """A table: the longest first."""
    total = sum(seconds.values()) or 1.0
    ordered = sorted(seconds.items(), key=lambda item: (-item[1], item[0]))
    shown, rest = ordered[:SHOWN], sum(took for _, took in ordered[SHOWN:])
    yield title
    for name, took in [*shown, *([("everything else", rest)] if rest else [])]:
        yield f"  {took * 1000:8.0f} ms  {took / total:4.0%}  {name}"
