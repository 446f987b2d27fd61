"""Which pages must be made again, and why, in words that a person at the paper knows.

A page is as it would be made now if its job is the same, each question that it asked has the same answer, what all pages
are made with is the same, and its file lies as it was left. Whoever doubts it: `PRESS=0` makes all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plugins.newsroom.asked import QUESTIONS, Ask, answer_text
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.press.ledger import Entry, Ledger, World
from plugins.press.output import Stamp, print_of_file, stamp_of
from plugins.press.prints import TemplatePrints

SHOWN = 3
"""Names in a reason before it says how many more there are."""


@dataclass
class Outputs:
    """The files of the output, as far as they are asked for. verify: read each, whatever its stamp says."""

    output: Path
    verify: bool = False
    stamps: dict[str, Stamp] = field(default_factory=dict)

    def print_of(self, save_as: str, entry: Entry | None) -> str:
        """The print of the file that lies there: the ledger's where the stamp is the one it was left with."""
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


def changed_asks(world: World, edition: Edition) -> dict[int, tuple[Ask, str]]:
    """The questions of the last build whose answers are others now, by number, with these answers."""
    changed: dict[int, tuple[Ask, str]] = {}
    for (ask, number), answer in zip(world.asks.items(), world.answers, strict=True):
        now = answer_text(QUESTIONS[ask[0]](edition, *ask[1:]))
        if now != answer:
            changed[number] = (ask, now)
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
            stale[number] = _of_asks(job, [changed[ask][0] for ask in record.asks if ask in changed])
        elif why := _of_template(record.template, templates, of_template):
            stale[number] = why
        elif held[job.save_as] != entry.print:
            stale[number] = "its file was changed or removed"
    return Found(stale, held, {number: answer for number, (_, answer) in changed.items()})


def _of_template(template: str, templates: TemplatePrints, known: dict[str, str]) -> str:
    if template not in known:
        names = templates.changed(template)
        known[template] = f"template changed: {_some(names)}" if names else ""
    return known[template]


def _of_house(names: Collection[str]) -> str:
    return f"changed: {_some(sorted(names))}" if names else ""


def _of_asks(job: Job, asks: Iterable[Ask]) -> str:
    return _some(sorted(set(_words(job, asks))))


def _words(job: Job, asks: Iterable[Ask]) -> Iterator[str]:
    own = job.about[0].path if job.about else ""
    asks = list(asks)
    row_changed = any(ask == ("row", own) for ask in asks)
    for name, *about in asks:
        if name == "story" and about[0] == own:
            if not row_changed:
                yield "text changed"
        elif name == "row":
            yield "story changed" if about[0] == own and job.given is None else f"changed: {about[0]}"
        elif name in _MEANING:
            yield f"{_MEANING[name]}: {' '.join(about)}".removesuffix(": ")


_MEANING = {
    "story": "changed",
    "url": "another address",
    "is_withheld": "held or let go",
    "size": "picture changed",
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
