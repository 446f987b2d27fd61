"""What a build says: a bar on a terminal, plain lines elsewhere, and at the end what was done and what to mend."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from plugins.newsroom.problem import Problem, Severity, as_text
from plugins.press.output import Written
from plugins.press.plan import Built


class ConsoleProgress:
    """Shows each phase on Pelican's own console: a bar where it is a terminal, else one line."""

    def __init__(self, console: Any) -> None:
        self._console = console

    def start(self, what: str, total: int) -> Callable[[], None]:
        """A phase of `total` steps."""
        if not self._console.is_terminal:
            self._console.print(f"{what} {total} {'file' if total == 1 else 'files'}", highlight=False)
            return lambda: None
        return self._bar(what, total)

    def _bar(self, what: str, total: int) -> Callable[[], None]:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        bar = Progress(
            TextColumn(f"{what:>10}"), BarColumn(), MofNCompleteColumn(), console=self._console, transient=True
        )
        task = bar.add_task(what, total=total)
        bar.start()
        done = 0

        def tick() -> None:
            nonlocal done
            done += 1
            bar.advance(task)
            if done == total:
                bar.stop()

        if not total:
            bar.stop()
        return tick


def count(number: int, one: str, many: str = "") -> str:
    """`1 story`, `2 stories`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def tell_problems(problems: Sequence[Problem]) -> None:
    """All problems, on standard error."""
    for line in as_text(problems):
        print(line, file=sys.stderr)


def verdict(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning`, or `no problems`."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    said = [count(errors, "error")] * bool(errors) + [count(warnings, "warning")] * bool(warnings)
    return ", ".join(said) or "no problems"


SHOWN_REASONS = 5
"""Reasons in the report, the most frequent first."""


def reasons(built: Built) -> list[str]:
    """`WHY=1`: each page that changes, and why it was made."""
    return [
        f"{save_as}: {built.reasons.get(save_as, 'a file of content/ or of the theme')}" for save_as in built.staged
    ]


def made(built: Built) -> str:
    """`19 pages made: 12 its stories are others, 6 changed: news/fair.md, 1 new`; empty where none was."""
    counted = Counter(built.reasons.values())
    if not counted:
        return ""
    shown = [f"{number} {reason}" for reason, number in counted.most_common(SHOWN_REASONS)]
    more = len(built.reasons) - sum(number for _, number in counted.most_common(SHOWN_REASONS))
    return f"{count(len(built.reasons), 'page')} made: " + "; ".join([*shown, *([f"{more} more"] if more else [])])


def summary(built: Built, written: Written, seconds: float, folder: str) -> list[str]:
    """The report that ends a build."""
    counts = built.counts
    held = [count(counts.drafts, "draft")] * bool(counts.drafts) + [f"{counts.waiting} waiting"] * bool(counts.waiting)
    changes = f"{count(len(written.changed), 'file')} written, {len(written.removed)} removed"
    lines = [
        f"{count(counts.stories, 'story', 'stories')}" + (f" ({', '.join(held)})" if held else ""),
        f"{count(counts.pages, 'page')}; {changes}, {written.unchanged} unchanged in {folder}",
        *([told] if (told := made(built)) else []),
        f"{seconds:.1f} s; {verdict(built.problems)}",
    ]
    if counts.due:
        due = datetime.fromisoformat(counts.due).isoformat(sep=" ", timespec="minutes")
        lines.append(f"next story appears {due}: build again then")
    return [*built.said, *lines]
