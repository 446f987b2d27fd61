"""The tables of docs/performance.md: pure text from costs, put between two comments of the page.

| wall time, s | Pressroom | Hugo |
|---|---|---|
| publish one story | 0.82 | 24.1 (29 ×) |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bench.generators import Step
from bench.measure import Cost

BEGIN = "<!-- bench: begin; `make bench` writes what follows -->"
END = "<!-- bench: end -->"
MEGABYTE = 1_000_000

Costs = Mapping[str, Mapping[Step, Cost]]
"""Generator → step → cost. The first generator is the one with which the others are compared."""


class NoMarks(ValueError):
    """A page without the two comments between which tables stand."""


@dataclass(frozen=True)
class Run:
    """How and where was measured. versions, files: generator → version, number of files of its site.

    loads: averages of the minute before the first build, and of the last. left_out: what was not
    measured, and why, in sentences.
    """

    stories: int
    rounds: int
    day: str
    machine: str
    loads: tuple[float, float]
    versions: Mapping[str, str]
    files: Mapping[str, int]
    left_out: Sequence[str] = ()


def seconds(value: float) -> str:
    """`0.82`, `24.1`, `141`: three figures, but not less than hundredths."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def times(value: float, ours: float) -> str:
    """How many times ours a figure is: `29 ×`, `1.3 ×`; empty where ours is nothing."""
    if not ours:
        return ""
    ratio = value / ours
    return f"{ratio:.0f} ×" if ratio >= 10 else f"{ratio:.1f} ×"


def _cell(figure: Callable[[Cost], float], shown: Callable[[Cost], str], cost: Cost | None, ours: Cost | None) -> str:
    if cost is None:
        return "–"
    if ours is None or cost is ours:
        return shown(cost)
    ratio = times(figure(cost), figure(ours))
    return f"{shown(cost)} ({ratio})" if ratio else shown(cost)


def table(title: str, costs: Costs, figure: Callable[[Cost], float], shown: Callable[[Cost], str]) -> list[str]:
    """Lines of one table: a row a step that anybody took, a column a generator. figure: what ratios are taken of."""
    names = list(costs)
    cell = partial(_cell, figure, shown)
    lines = [f"| {' | '.join([title, *names])} |", f"|{'---|' * (len(names) + 1)}"]
    for step in Step:
        ours = costs[names[0]].get(step)
        cells = [cell(costs[name].get(step), ours) for name in names]
        if set(cells) != {"–"}:
            lines.append(f"| {' | '.join([str(step), *cells])} |")
    return lines


def _memory(cost: Cost) -> str:
    together = f"{cost.peak / MEGABYTE:.0f}" if cost.peak else "?"
    return f"{together}, {cost.largest / MEGABYTE:.0f}"


def section(run: Run, costs: Costs) -> str:
    """Everything about one size of archive, with its heading."""
    how = "one round" if run.rounds == 1 else f"medians of {run.rounds} rounds"
    before, after = run.loads
    lines = [
        f"### {run.stories:,} stories",
        "",
        f"{run.day}, {how}, on {run.machine}; load average {before:.2f} before, {after:.2f} at the end.",
        "",
        *table("wall time, s", costs, lambda cost: cost.wall, lambda cost: seconds(cost.wall)),
        "",
        *table("processor time, s", costs, lambda cost: cost.cpu, lambda cost: seconds(cost.cpu)),
        "",
        *table("peak memory, MB: all processes, the largest", costs, lambda cost: cost.peak, _memory),
        "",
        "| | version | files of the site |",
        "|---|---|---|",
        *(f"| {name} | {run.versions[name]} | {run.files[name]:,} |" for name in costs),
        *(f"\n{sentence}" for sentence in run.left_out),
    ]
    return "\n".join(lines) + "\n"


def _stories(text: str) -> int:
    """The number in a section's heading."""
    found = re.match(r"### ([\d,]+) stories\n", text)
    return int(found[1].replace(",", "")) if found else 0


def replaced(page: str, new: str) -> str:
    """The page with a section in place of the one for as many stories; sections stand by size. Raises NoMarks."""
    before, begin, rest = page.partition(BEGIN)
    old, end, after = rest.partition(END)
    if not begin or not end:
        raise NoMarks(f"the page has no comments {BEGIN} and {END}")
    kept = [text.strip() + "\n" for text in re.split(r"(?m)^(?=### )", old) if text.strip()]
    sections = sorted([*(text for text in kept if _stories(text) != _stories(new)), new], key=_stories)
    body = "\n".join(each for each in sections if each)
    return f"{before}{BEGIN}\n\n{body}\n{END}{after}"
