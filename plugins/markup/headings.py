"""The ranks of crossheads: whatever number of # an author types, the first rank below the headline is <h2>.

    ### The market        →  <h2>            # The market     →  <h2>
    #### In the morning   →  <h3>            ## The evening   →  <h3>

The title of a box is one rank below the crosshead under which it stands, so that no rank is ever left out.
"""

from __future__ import annotations

from collections.abc import Iterable

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Ranks:
    """Ranks typed one after the other, under a heading of rank `above`."""

    def __init__(self, above: int = 1) -> None:
        self.above = above
        self._typed: list[int] = []

    @property
    def current(self) -> int:
        """The rank of the heading that now holds."""
        return self.above + len(self._typed)

    def next(self, typed: int) -> int:
        """The rank of the next heading, at most 6. typed: the number of #."""
        while self._typed and self._typed[-1] >= typed:
            self._typed.pop()
        self._typed.append(typed)
        return min(self.current, 6)


def ranks(typed: Iterable[int], above: int = 1) -> list[int]:
    """The ranks of headings in order."""
    given = Ranks(above)
    return [given.next(each) for each in typed]
