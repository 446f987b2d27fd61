"""What pages asked when they were made, and what they were told: by number, so that a page's questions are a few bytes.

    ("row", "community/fair.md")     the source's number, and 1 for `row`
    ("has_topic", "en", "harvest")   a number of its own

Nearly all questions are about a source. Their answers follow from the state of the source, which is kept once: so a
build compares ten thousand states, instead of asking forty thousand questions again.
"""

from __future__ import annotations

from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Iterator, Mapping
from sys import byteorder, intern
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from msgspec.json import Decoder

from plugins.newsroom.asked import QUESTIONS, ROW, STORY, Ask, answer_text
from plugins.newsroom.edition import Edition
from plugins.press.sealed import to_text

FOLLOWS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {STORY: (0, 1, 2, 5), ROW: (0, 5), "url": (5,), "is_withheld": (4,)}
)
"""Question about a source → the parts of its state (`state_of`) from which the answer follows."""

ABOUT_SOURCES = (*FOLLOWS, "related")
"""The questions that are numbered by their source."""

_OF_SOURCES = MappingProxyType({kind: place for place, kind in enumerate(ABOUT_SOURCES)})

OTHER = 7
"""Of a question's number the last three bits: its place in `ABOUT_SOURCES`, or this for any other."""

LISTS = (3, 4, 5)
"""The parts from which lists are made: a page is listed otherwise only where one of them is another."""

MISSING = "     "
"""The state of a source that is not there."""

A_TEXT = 500
"""Sources, or questions, that are kept as one text: a build writes those among which something has changed."""

NO_QUESTION = (ValueError, TypeError, KeyError, IndexError, OverflowError)
"""What a text raises that holds no questions of ours."""

Part = tuple[str, int]
"""Which of the texts: `source` or `ask`, and its number."""

Moved = Mapping[str, tuple[str, str]]
"""Path of a source → its states in the last build and in this one, where these differ."""


class Change(NamedTuple):
    """A question, and its answer in the last build and in this one; about a source, its states."""

    ask: Ask
    before: str
    now: str


def state_of(edition: Edition, path: str) -> str:
    """What a source is like, in six parts: prints of row, front matter, file and outline; `held`; its address."""
    address = edition.addresses.get(path)
    held = "held" if path in edition.withheld else ""
    return f"{edition.sources.prints(path)} {held} {'' if address is None else '/' + address.url}"


def asks_text(numbers: Iterable[int]) -> str:
    """Numbers of questions as text."""
    made = array("I", numbers)
    if byteorder == "big":
        made.byteswap()
    return b2a_base64(made, newline=False).decode("ascii")


def asks_of(text: str) -> array[int]:
    """Back from the text. Raises ValueError."""
    made = array("I", a2b_base64(text))
    if byteorder == "big":
        made.byteswap()
    return made


class Questions:
    """All questions of the pages of one output.

    sources: path → its place in `states` and `related`. related: the answers to that question, empty where it was not
    asked. others: any other question → its place in `answers`.
    fresh: which texts are others than in the last build; None for all.
    """

    def __init__(self) -> None:
        self.sources: dict[str, int] = {}
        self.states: list[str] = []
        self.related: list[str] = []
        self.others: dict[Ask, int] = {}
        self.answers: list[str] = []
        self.fresh: set[Part] | None = None

    def number(self, ask: Ask, answer: str) -> int:
        """The number of a question; its answer is kept, where that does not follow from a source's state."""
        kind = ask[0]
        if (place := _OF_SOURCES.get(kind)) is not None:
            at = self._place(ask[1])
            if kind == "related":
                self._answer(self.related, at, answer, "source")
            return at << 3 | place
        at = self.others.setdefault(ask, len(self.answers))
        if at == len(self.answers):
            self.answers.append("")
        self._answer(self.answers, at, answer, "ask")
        return at << 3 | OTHER

    def _place(self, path: str) -> int:
        count = len(self.states)
        at = self.sources.setdefault(path, count)
        if at == count:
            self.states.append(MISSING)
            self.related.append("")
            self._touch("source", at)
        return at

    def _answer(self, answers: list[str], at: int, answer: str, kind: str) -> None:
        if answers[at] != answer:
            answers[at] = answer
            self._touch(kind, at)

    def _touch(self, kind: str, at: int) -> None:
        if self.fresh is not None:
            self.fresh.add((kind, at // A_TEXT))

    def moved(self, edition: Edition) -> Moved:
        """The sources whose state is another than in the last build."""
        now = {path: state_of(edition, path) for path in (*edition.addresses, *edition.withheld)}
        for path in self.sources.keys() - now.keys():
            now[path] = state_of(edition, path)
        sources, states = self.sources, self.states
        before = {path: states[at] for path, at in sources.items()}
        return {
            path: (before.get(path, MISSING), state)
            for path, state in now.items()
            if before.get(path, MISSING) != state
        }

    def settle(self, moved: Moved) -> None:
        """From now on these are the states of these sources."""
        for path, (_before, now) in moved.items():
            self._answer(self.states, self._place(path), now, "source")

    def changed(self, edition: Edition, moved: Moved) -> dict[int, Change]:
        """The questions whose answers are others than in the last build, by number."""
        changed = {
            self.sources[path] << 3 | ABOUT_SOURCES.index(kind): Change((kind, path), before, now)
            for path, (before, now) in moved.items()
            if path in self.sources
            for kind in differing(before, now)
        }
        for path in {*moved, *edition.related.touched}:
            at = self.sources.get(path)
            if at is not None and (before := self.related[at]) and (text := edition.related.text(path)) != before:
                changed[at << 3 | ABOUT_SOURCES.index("related")] = Change(("related", path), before, text)
        for ask, at in self.others.items():
            answer = answer_text(QUESTIONS[ask[0]](edition, *ask[1:]))
            if answer != self.answers[at]:
                changed[at << 3 | OTHER] = Change(ask, self.answers[at], answer)
        return changed

    def related_texts(self) -> dict[str, str]:
        """Path → the answer to its `related`, where it was asked."""
        return {path: text for path, text in zip(self.sources, self.related, strict=True) if text}

    def told(self, changes: Iterable[Change]) -> None:
        """From now on these are the answers."""
        for ask, _before, now in changes:
            if ask[0] not in FOLLOWS:
                self.number(ask, now)

    # --- As texts -----------------------------------------------------------------------------------------------------

    def names(self) -> list[Part]:
        """All texts as which the questions are kept."""
        counts = {"source": len(self.states), "ask": len(self.answers)}
        return [(kind, number) for kind, count in counts.items() for number in range(-(-count // A_TEXT))]

    def text(self, part: Part) -> str:
        """One of them."""
        kind, number = part
        some = slice(number * A_TEXT, (number + 1) * A_TEXT)
        if kind == "source":
            columns: list[list[object]] = [list(self.sources)[some], self.states[some], self.related[some]]  # type: ignore[list-item]
        else:
            columns = [[list(ask) for ask in list(self.others)[some]], self.answers[some]]  # type: ignore[list-item]
        return to_text(columns)

    @classmethod
    def of(cls, sources: Mapping[str, str], asks: Mapping[str, str]) -> Questions:
        """Back from the texts, by number. Raises what `NO_QUESTION` names."""
        made = cls()
        made.fresh = set()
        for paths, states, related in _columns(sources, _SOURCES):
            if any(state.count(" ") < MISSING.count(" ") for state in states):
                raise ValueError("no state")
            made.sources |= {intern(path): len(made.sources) + at for at, path in enumerate(paths)}
            made.states += states
            made.related += related
        for some, answers in _columns(asks, _ASKS):
            for ask in some:
                made.others[ask] = len(made.others)
            made.answers += answers
        if len(made.sources) != len(made.states) or len(made.others) != len(made.answers):
            raise ValueError("a question stands twice")
        return made


def differing(before: str, now: str) -> Iterator[str]:
    """The questions about a source whose answers differ between two states."""
    was, is_ = parts_of(before), parts_of(now)
    for kind, places in FOLLOWS.items():
        if any(was[place] != is_[place] for place in places):
            yield kind


def parts_of(state: str) -> list[str]:
    """The six parts of a state."""
    return state.split(" ", 5)


def lists_differ(moved: Moved) -> bool:
    """Whether any source that has moved may be listed otherwise."""
    return any(
        was[place] != is_[place]
        for was, is_ in ((parts_of(before), parts_of(now)) for before, now in moved.values())
        for place in LISTS
    )


Columns = TypeVar("Columns", bound=tuple[list[Any], ...])

_SOURCES: Decoder[tuple[list[str], list[str], list[str]]] = Decoder(tuple[list[str], list[str], list[str]])
_ASKS: Decoder[tuple[list[Ask], list[str]]] = Decoder(tuple[list[Ask], list[str]])


def _columns(texts: Mapping[str, str], decoder: Decoder[Columns]) -> Iterator[Columns]:
    for number in range(len(texts)):
        columns = decoder.decode(texts[str(number)])
        if len({len(column) for column in columns}) != 1:
            raise ValueError("no questions")
        yield columns
