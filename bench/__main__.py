"""`python -m bench`: builds the archive with every generator, and writes what it cost into docs/performance.md.

Rounds are interleaved: in each, every step is taken by every generator before the next step begins, so that a slow
minute of the machine meets all of them. Each round begins with no site and no memory of an earlier build.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import corpus, generators, table
from bench.corpus import Piece
from bench.generators import ROOT, Generator, Step
from bench.measure import Cost, Failed, adopt_orphans, middle

PAUSE = 70.0
"""Seconds before a round begins anew: what the last one replaced may not slow it down (`generators.put_away`)."""

PELICAN_UP_TO = 2000
"""Stories above which plain Pelican is left out: its time grows with the square of the archive."""


def say(text: str) -> None:
    """Progress, on standard error."""
    sys.stderr.write(f"{text}\n")


def machine() -> str:
    """`2 × Example CPU 3 GHz, 8 GB, Linux 6.8`: as much of it as the system tells."""
    model = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.partition(":")[2].strip() for line in cpuinfo.read_text("utf-8").splitlines() if "model name" in line
        ]
        model = names[0] if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{os.cpu_count()} × {model}, {memory:.0f} GB, {platform.system()} {platform.release()}"


def chosen(only: Sequence[str], stories: int) -> tuple[list[str], list[str]]:
    """The generators to measure, ours first, and sentences on those left out."""
    names = ["pressroom", *(name for name in generators.ALL if name != "pressroom" and (not only or name in only))]
    if "pelican" in names and stories > PELICAN_UP_TO and "pelican" not in only:
        names.remove("pelican")
        limit = f"Plain Pelican is measured up to {PELICAN_UP_TO:,} stories"
        return names, [f"{limit}: its time grows faster than the archive, and no figure is guessed from a smaller one."]
    return names, []


def prepare(names: Sequence[str], pieces: Sequence[Piece], folder: Path) -> tuple[list[Generator], list[str]]:
    """The generators that can be had, each with its copy of the archive, and sentences on the others."""
    ready, missing = list[Generator](), list[str]()
    for name in names:
        home = folder / str(len(pieces) - corpus.NEWER) / name
        try:
            generator = generators.ALL[name](home, folder / "tools")
        except Failed as fault:
            say(str(fault))
            missing.append(f"{fault}.")
            continue
        corpus.write_archive(generator.folder / generator.stories, pieces, generator.dialect)
        ready.append(generator)
    return ready, missing


def measured(
    ready: Sequence[Generator], pieces: Sequence[Piece], rounds: int
) -> tuple[Mapping[str, Mapping[Step, Cost]], Mapping[str, int]]:
    """The median cost of every step, and the number of files, by generator. Raises Failed."""
    costs: dict[str, dict[Step, list[Cost]]] = {each.name: defaultdict(list) for each in ready}
    files: dict[str, int] = {}
    for turn in range(rounds):
        for generator in ready:
            generators.reset(generator, pieces)
        if turn:
            time.sleep(PAUSE)
        for step in Step:
            for generator in ready:
                if step not in generator.steps:
                    continue
                generators.edit(generator, step, pieces, turn)
                cost = generators.build(generator, step, pieces, turn)
                costs[generator.name][step].append(cost)
                say(f"round {turn + 1}: {generator.name}, {step}: {cost.wall:.2f} s, {cost.peak / 1e6:.0f} MB")
                if step is Step.COLD:
                    files[generator.name] = generators.files_of(generator)
    return {name: {step: middle(each) for step, each in steps.items()} for name, steps in costs.items()}, files


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the section of the page."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="What a build costs, beside other generators.")
    parser.add_argument("--stories", type=int, default=10_000, help="how many stories the archive has (10,000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured; medians are told (3)")
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench", help="where archives and tools lie (.bench)")
    parser.add_argument("--page", type=Path, default=ROOT / "docs/performance.md", help="the page that gets the tables")
    parser.add_argument(
        "--only", nargs="*", default=[], choices=list(generators.ALL), help="beside Pressroom, only these"
    )
    given = parser.parse_args(arguments)
    if given.stories < 1 or given.rounds < 1:
        parser.error("--stories and --rounds are numbers from 1")
    # A page without marks is told before anything is built.
    table.replaced(given.page.read_text("utf-8"), "")
    load = os.getloadavg()[0]
    adopt_orphans()
    names, left_out = chosen(given.only, given.stories)
    say(f"writing {given.stories:,} stories for {', '.join(names)} into {given.folder}")
    pieces = corpus.archive(given.stories)
    ready, missing = prepare(names, pieces, given.folder.resolve())
    try:
        costs, files = measured(ready, pieces, given.rounds)
    except Failed as fault:
        say(str(fault))
        return 1
    finally:
        generators.clear_away(given.folder)
    run = table.Run(
        stories=given.stories,
        rounds=given.rounds,
        day=f"{datetime.now(UTC):%Y-%m-%d}",
        machine=machine(),
        loads=(load, os.getloadavg()[0]),
        versions={each.name: each.version for each in ready},
        files=files,
        left_out=[*missing, *left_out],
    )
    given.page.write_text(table.replaced(given.page.read_text("utf-8"), table.section(run, costs)), "utf-8")
    say(f"{given.page} has the tables")
    return 0


if __name__ == "__main__":
    sys.exit(main())
