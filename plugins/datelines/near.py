"""The nearest name: what an author meant who typed PARI, ALTANTA or Ruters.

nearest("ALTANTA", ["ATLANTA", "ATHENS"])  →  "ATLANTA"
"""

from __future__ import annotations

from collections.abc import Iterable

from plugins.datelines.tables import folded

FARTHEST = 2
SHORT = 5
"""Letters below which two slips make another word."""


def distance(one: str, other: str, limit: int = FARTHEST) -> int:
    """How many letters are left out, put in, changed, or swapped with their neighbour; `limit` + 1 where more are.

    Source: Damerau 1964, Levenshtein 1965; no letter is changed twice (optimal string alignment).
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        above, row = row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before = above
    return row[-1]


def is_one_slip(one: str, other: str) -> bool:
    """Whether `distance` is 1, quickly: for the reading of 10,000 files."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[at:], other[at:]
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return left[1:] == right or left == right[1:] or left[1:] == right[1:] or swapped


def nearest(typed: str, names: Iterable[str], *, shortest: int = 4) -> str:
    """The name nearest to what was typed, or empty: two slips at most, one in a word of fewer than five letters.

    Of several as near, the first. shortest: names and words with fewer letters are near to nothing.
    """
    key = folded(typed)
    best, found = FARTHEST + 1, ""
    for name in names:
        other = folded(name)
        length = min(len(key), len(other))
        if length < shortest:
            continue
        away = distance(key, other, FARTHEST if length >= SHORT else 1)
        if 0 < away < best and (away == 1 or length >= SHORT):
            best, found = away, name
    return found
