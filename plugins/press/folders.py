"""The folders of one output, each with the time at which something last came or went there.

They are kept as a fixed number of texts, by a sum of each name: a build that publishes one story reads and writes the
few texts that hold its folders, of the twenty thousand that a large paper has. All of them are known or none: a folder
that is missing here is opened only where the one above it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from zlib import crc32

from msgspec.json import Decoder

from plugins.press.sealed import to_text

TEXTS = 512
"""So many texts, however many folders there are."""

Times = dict[str, int]
"""Folder → time, in nanoseconds."""

_TIMES: Decoder[Times] = Decoder(Times)


def times_from(text: str) -> Times:
    """Back from a text. Raises ValueError."""
    return _TIMES.decode(text)


class Folders(Collection[str]):
    """The folders of which the last build knew when something came or went there, read when somebody asks.

    unsure: those of which it did not know; the next build opens them. get: the times of one text, by its number;
    every: of all.
    """

    def __init__(
        self,
        unsure: Iterable[str] = (),
        get: Callable[[str], Times] | None = None,
        every: Callable[[], Mapping[str, Times]] | None = None,
    ) -> None:
        self.unsure = set(unsure)
        self._get = get
        self._every = every
        self._texts: dict[str, Times] = {}
        self._is_whole = every is not None

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (name in self.unsure or name in self._times(_number(name)))

    def __bool__(self) -> bool:
        """Whether any is known: the output itself is, then."""
        return "" in self

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.times())

    def __len__(self) -> int:
        return sum(1 for _ in self.times())

    def times(self) -> Iterator[tuple[str, int]]:
        """All of them, each with its time; 0 for one that is to be opened."""
        self._load()
        yield from ((name, 0) for name in self.unsure)
        for times in self._texts.values():
            yield from times.items()

    def _times(self, number: str) -> Times:
        if number not in self._texts:
            self._texts[number] = self._get(number) if self._get else {}
        return self._texts[number]

    def _load(self) -> None:
        if self._every:
            found, self._get, self._every = self._every(), None, None
            self._texts = {**found, **self._texts}

    def forget(self) -> None:
        """From now on none is known."""
        self.unsure, self._texts, self._get, self._every, self._is_whole = set(), {}, None, None, False

    def put(self, times: Mapping[str, int], gone: Iterable[str] = (), *, anew: bool = False) -> set[str]:
        """From now on these are their times, 0 for one that is to be opened, and those that are gone are known no more;
        the numbers of the texts that differ. anew: there are no others.
        """
        if anew:
            self.forget()
            self._is_whole = True
        changed: dict[str, Times] = {}
        for name in (*times, *gone):
            number = _number(name)
            if number not in changed:
                changed[number] = dict(self._times(number))
            changed[number].pop(name, None)
            self.unsure.discard(name)
        for name, time in times.items():
            if time:
                changed[_number(name)][name] = time
            else:
                self.unsure.add(name)
        differing = {number for number, some in changed.items() if some != self._texts.get(number)}
        self._texts |= changed
        if not self._is_whole:
            self.forget()
        return differing if self._is_whole and not anew else set(map(str, range(TEXTS)))

    def texts(self, numbers: Iterable[str] | None = None) -> dict[str, str]:
        """As texts, those that hold anything, by number. numbers: of those that are wanted; None for all that were
        read: where not all were, none is known from then on.
        """
        if numbers is None:
            if self._every:
                self.forget()
            numbers = self._texts
        found = {number: self._texts.get(number) for number in sorted(numbers)}
        return {number: to_text(times) for number, times in found.items() if times}


def _number(name: str) -> str:
    return str(crc32(name.encode("utf-8", "surrogatepass")) % TEXTS)
