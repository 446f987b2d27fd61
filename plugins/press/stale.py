"""Which pages must be made again, and why, in words that a person at the paper knows.

A page is as it would be made now if its job is the same, each question that it asked has the same answer, what all
pages are made with is the same, and its file lies as it was left. Whoever doubts it: `PRESS=0` makes all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plugins.newsroom.asked import ROW, STORY
from plugins.newsroom.job import Job
from plugins.press.ledger import Entry
from plugins.press.output import NOT_YET, Stamp, print_of_file, stamp_of
from plugins.press.prints import TemplatePrints
from plugins.press.questions import Change, asks_of, parts_of

SHOWN = 3
"""Names in a reason before it says how many more there are."""


def look_over(stamps: Iterable[tuple[str, Stamp]], output: Path) -> frozenset[str]:
    """The files that do not lie as they were left. stamps: name and stamp of each, as of then."""
    return frozenset(name for name, stamp in stamps if stamp_of(f"{output}/{name}") != stamp)


@dataclass
class Outputs:
    """The files of the output, as far as they are asked for. verify: read each, whatever its stamp says.

    others: files of the ledger that do not lie as they were left, where somebody has looked already.
    """

    output: Path
    verify: bool = False
    stamps: dict[str, Stamp] = field(default_factory=dict)
    others: frozenset[str] | None = None

    def is_as_left(self, save_as: str, entry: Entry | None) -> bool:
        """Whether somebody has seen that a file lies as the ledger says."""
        return self.others is not None and entry is not None and save_as not in self.others

    def as_it_lies(self, save_as: str, entry: Entry) -> Entry:
        """The entry of a file whose bytes are right, with its stamp as it is now."""
        return entry if self.is_as_left(save_as, entry) else entry.stamped(self.stamp_of(save_as, entry))

    def stamp_of(self, save_as: str, entry: Entry | None) -> Stamp:
        """The stamp of a file whose bytes are right, once its print was asked for."""
        if entry is not None and self.is_as_left(save_as, entry):
            return entry.stamp
        return self.stamps.get(save_as, NOT_YET)

    def print_of(self, save_as: str, entry: Entry | None) -> str:
        """The print of the file that lies there: the ledger's where the stamp is the one it was left with."""
        if entry is not None and self.is_as_left(save_as, entry):
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


def changed_house(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What all pages are made with and is not as it was: names, sorted. A print that is empty fits nothing."""
    names = before.keys() | now.keys()
    return sorted(name for name in names if not now.get(name) or before.get(name) != now.get(name))


class Watch:
    """Says of a page whether what it was made from is another, and why. changed: questions with other answers."""

    def __init__(self, changed: Mapping[int, Change], templates: TemplatePrints, outputs: Outputs) -> None:
        self.changed = changed
        self._numbers = frozenset(changed)
        self._templates = templates
        self._outputs = outputs
        self._of_template: dict[str, str] = {}

    def why(self, save_as: str, entry: Entry) -> str | list[Change]:
        """Empty where nothing is; else the reason, or the questions on which it depends."""
        if self._numbers and not self._numbers.isdisjoint(asks := asks_of(entry.asks)):
            return [self.changed[ask] for ask in asks if ask in self._numbers]
        why = self._of_template.get(entry.template)
        if why is None:
            why = self._of_template[entry.template] = _of_template(entry.template, self._templates)
        if why:
            return why
        if self._outputs.is_as_left(save_as, entry) or self._outputs.print_of(save_as, entry) == entry.print:
            return ""
        return "its file was changed or removed"


def find_stale(
    jobs: Sequence[Job],
    prints: Sequence[str],
    entries: Mapping[str, Entry],
    house: Collection[str],
    watch: Watch,
) -> dict[int, str]:
    """Number of a job → why it must be done. prints: of the jobs, in their order. house: what of it has changed."""
    stale: dict[int, str] = {}
    common = _of_house(house)
    for number, (job, print_) in enumerate(zip(jobs, prints, strict=True)):
        entry = entries.get(job.save_as)
        if entry is None or not entry.job:
            stale[number] = "new"
        elif common:
            stale[number] = common
        elif entry.job != print_:
            stale[number] = "its stories are others" if len(job.about) > 1 else "its place or its kind has changed"
        elif why := watch.why(job.save_as, entry):
            stale[number] = reason(job, why)
    return stale


def reason(job: Job, why: str | Sequence[Change]) -> str:
    """Why a page is stale, in words. why: as of `Watch.why`."""
    return why if isinstance(why, str) else _some(sorted(set(_words(job, why))))


def _of_template(template: str, templates: TemplatePrints) -> str:
    names = templates.changed(template)
    return f"template changed: {_some(names)}" if names else ""


def _of_house(names: Collection[str]) -> str:
    return f"changed: {_some(sorted(names))}" if names else ""


def _words(job: Job, changes: Sequence[Change]) -> Iterator[str]:
    own = job.about[0].path if job.about else ""
    whole = next((each for each in changes if each.ask == (STORY, own)), None)
    if whole is not None:
        before, now = parts_of(whole.before), parts_of(whole.now)
        yield "front matter changed" if before[1] != now[1] else "body changed" if before[2] != now[2] else "moved"
    for each in changes:
        name, *about = each.ask
        if about[:1] == [own] and whole is not None:
            continue
        yield f"{_MEANING.get(name, name)}: {' '.join(about)}".removesuffix(": ")


_MEANING = {
    STORY: "changed",
    ROW: "changed",
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
