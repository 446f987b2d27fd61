"""Which pages must be made again, and why, in words that a person at the paper knows.

A page is as it would be made now if its job is the same, each question that it asked has the same answer, what all
pages are made with is the same, and its file lies as it was left. Whoever doubts it: `PRESS=0` makes all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from plugins.newsroom.asked import QUESTIONS, Ask, answer_text
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.press.ledger import Entry, Ledger, World
from plugins.press.output import Stamp, print_of_file, stamp_of
from plugins.press.prints import TemplatePrints

SHOWN = 3
"""Names in a reason before it says how many more there are."""


def look_over(ledger: Ledger, output: Path) -> frozenset[str]:
    """The files of the ledger that do not lie as they were left."""
    return frozenset(name for name, entry in ledger.entries.items() if stamp_of(f"{output}/{name}") != entry.stamp)


@dataclass
class Outputs:
    """The files of the output, as far as they are asked for. verify: read each, whatever its stamp says.

    others: files of the ledger that do not lie as they were left, where somebody has looked already.
    """

    output: Path
    verify: bool = False
    stamps: dict[str, Stamp] = field(default_factory=dict)
    others: frozenset[str] | None = None

    def as_it_lies(self, save_as: str, entry: Entry) -> Entry:
        """The entry of a file whose bytes are right, with its stamp as it is now."""
        stamp = self.stamps[save_as]
        return entry if entry.stamp == stamp else entry._replace(stamp=stamp)

    def print_of(self, save_as: str, entry: Entry | None) -> str:
        """The print of the file that lies there: the ledger's where the stamp is the one it was left with."""
        if self.others is not None and entry is not None and save_as not in self.others:
            self.stamps[save_as] = entry.stamp
            return entry.print
        path = f"{self.output}/{save_as}"
        stamp = stamp_of(path)
        if stamp is None:
            return ""
        if entry is not None and stamp == entry.stamp and not self.verify:
            self.stamps[save_as] = stamp
            return entry.print
        found = print_of_file(Path(path))
        if found and entry is not None and found == entry.print:
            self.stamps[save_as] = stamp
        return found


@dataclass
class Found:
    """stale: number of a job → why it must be done. held: path in the output → print of what lies there.

    answers: by number of the question, where it is another than before.
    """

    stale: dict[int, str]
    held: dict[str, str]
    answers: dict[int, str]


class Change(NamedTuple):
    """A question, and its answer in the last build and in this one."""

    ask: Ask
    before: str
    now: str


def changed_asks(world: World, edition: Edition) -> dict[int, Change]:
    """The questions of the last build whose answers are others now, by number, with these answers."""
    changed: dict[int, Change] = {}
    for (ask, number), answer in zip(world.asks.items(), world.answers, strict=True):
        now = answer_text(QUESTIONS[ask[0]](edition, *ask[1:]))
        if now != answer:
            changed[number] = Change(ask, answer, now)
    return changed


def changed_house(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What all pages are made with and is not as it was: names, sorted. A print that is empty fits nothing."""
    names = before.keys() | now.keys()
    return sorted(name for name in names if not now.get(name) or before.get(name) != now.get(name))


def find_stale(
    jobs: Sequence[Job],
    prints: Sequence[str],
    ledger: Ledger,
    edition: Edition,
    house: Mapping[str, str],
    templates: TemplatePrints,
    outputs: Outputs,
) -> Found:
    """prints: of the jobs, in their order."""
    held: dict[str, str] = {}
    stale: dict[int, str] = {}
    common = _of_house(changed_house(ledger.world.house, house))
    changed = changed_asks(ledger.world, edition) if not common else {}
    of_template: dict[str, str] = {}
    for number, (job, print_) in enumerate(zip(jobs, prints, strict=True)):
        entry = ledger.entries.get(job.save_as)
        held[job.save_as] = outputs.print_of(job.save_as, entry)
        record = entry.record if entry else None
        if entry is None or record is None:
            stale[number] = "new"
        elif common:
            stale[number] = common
        elif record.job != print_:
            stale[number] = "its stories are others" if len(job.about) > 1 else "its place or its kind has changed"
        elif changed and not changed.keys().isdisjoint(record.asks):
            stale[number] = _of_asks(job, [changed[ask] for ask in record.asks if ask in changed])
        elif why := _of_template(record.template, templates, of_template):
            stale[number] = why
        elif held[job.save_as] != entry.print:
            stale[number] = "its file was changed or removed"
    return Found(stale, held, {number: change.now for number, change in changed.items()})


def _of_template(template: str, templates: TemplatePrints, known: dict[str, str]) -> str:
    if template not in known:
        names = templates.changed(template)
        known[template] = f"template changed: {_some(names)}" if names else ""
    return known[template]


def _of_house(names: Collection[str]) -> str:
    return f"changed: {_some(sorted(names))}" if names else ""


def _of_asks(job: Job, changes: Iterable[Change]) -> str:
    return _some(sorted(set(_words(job, list(changes)))))


def _words(job: Job, changes: Sequence[Change]) -> Iterator[str]:
    own = job.about[0].path if job.about else ""
    whole = next((each for each in changes if each.ask == ("story", own)), None)
    if whole is not None:
        # row, front matter, file, address
        before, now = whole.before.split(" "), whole.now.split(" ")
        yield "front matter changed" if before[1] != now[1] else "body changed" if before[2] != now[2] else "moved"
    for each in changes:
        name, *about = each.ask
        if about[:1] == [own] and whole is not None:
            continue
        yield f"{_MEANING.get(name, name)}: {' '.join(about)}".removesuffix(": ")


_MEANING = {
    "story": "changed",
    "row": "changed",
    "url": "another address",
    "is_withheld": "held or let go",
    "size": "picture changed",
    "related": "related stories changed",
    "has_file": "file come or gone",
    "has_section": "section come or gone",
    "has_topic": "topic come or gone",
    "has_author": "author come or gone",
    "has_page": "page come or gone",
    "sections": "sections changed",
    "everything": "files come or gone",
}
"""What a changed answer means."""


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
