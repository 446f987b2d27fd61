"""Many small rows as few texts: to read a hundred texts takes a tenth of the time of reading ten thousand.

A build writes only those texts in which something has changed. A row stays in its text for as long as it is kept, and a
new one goes into the last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence


class Places:
    """Which text holds the row of each name. size: rows that are kept as one text. numbers: name → text, from 0."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.numbers: dict[str, int] = {}

    def put(self, names: Iterable[str], number: int) -> None:
        """These stand in that text."""
        self.numbers |= dict.fromkeys(names, number)

    def drop(self, names: Iterable[str]) -> set[int]:
        """These are kept no more; the texts that held them."""
        return {number for name in names if (number := self.numbers.pop(name, None)) is not None}

    def of(self, names: Iterable[str]) -> set[int]:
        """The texts that hold these; those that none holds get a place, in their order."""
        names = list(names)
        self._give([name for name in names if name not in self.numbers])
        return {self.numbers[name] for name in names}

    def _give(self, names: Sequence[str]) -> None:
        if not names:
            return
        numbers = list(self.numbers.values())
        last = max(numbers, default=0)
        room = self._size - numbers.count(last)
        for at, name in enumerate(names):
            self.numbers[name] = last if at < room else last + 1 + (at - room) // self._size

    def names(self, wanted: Collection[int] | None = None) -> dict[int, list[str]]:
        """The names in the texts that are wanted, by number; None for all. One without a name is not among them."""
        found: dict[int, list[str]] = {}
        for name, number in self.numbers.items():
            if wanted is None or number in wanted:
                found.setdefault(number, []).append(name)
        return dict(sorted(found.items()))
