"""Boxes between two lines of colons, found before Markdown looks at the lines.

    ::: factbox The fair in numbers       a fact box with a title; without one it has none
    - 40 villages
    :::                                   ends it

`note` is an editors' note, `gallery` a group of pictures. No box stands inside another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from msgspec import Struct

from plugins.markup.codes import NESTED_BOX, STRAY_FENCE, UNCLOSED_BOX, UNKNOWN_BOX
from plugins.newsroom.hooks import Finding
from plugins.newsroom.problem import Complaint

BOXES = ("factbox", "gallery", "note")

FENCE = re.compile(r"[ ]{0,3}:::")
"""A line that begins or ends a box: colons at the left margin."""

_TYPED = re.compile(r"\s*:{3,}\s*(?P<rest>.*?)\s*")


@dataclass(eq=False)
class Fence:
    """One line of colons. line: in the body, from 1. parents: fences open around it. end, begin: its other line."""

    line: int
    rest: str
    parents: tuple[Fence, ...] = ()
    end: Fence | None = None
    begin: Fence | None = None

    @property
    def name(self) -> str:
        """The kind of box, in lower case; empty for a line that ends one."""
        return self.rest.partition(" ")[0].lower()

    @property
    def title(self) -> str:
        """What follows the kind."""
        return self.rest.partition(" ")[2].strip()

    @property
    def is_box(self) -> bool:
        """Whether this line begins a box that can be made."""
        return self.name in BOXES and self.end is not None and not any(each.is_closed_box for each in self.parents)

    @property
    def is_closed_box(self) -> bool:
        return self.name in BOXES and self.end is not None


class Fences(Struct, frozen=True):
    """The lines of colons in a body, paired, and what is wrong with them."""

    fences: tuple[Fence, ...]
    findings: tuple[Finding, ...] = ()


def pair(typed: Iterable[tuple[int, str]]) -> Fences:
    """Pair the lines of colons. typed: (line in the body, the line as typed), in order."""
    fences: list[Fence] = []
    stack: list[Fence] = []
    for line, text in typed:
        found = _TYPED.fullmatch(text)
        fence = Fence(line, " ".join(found["rest"].split()) if found else "", tuple(stack))
        fences.append(fence)
        if fence.rest:
            stack.append(fence)
        elif stack:
            fence.begin = stack.pop()
            fence.begin.end = fence
    return Fences(tuple(fences), tuple(_findings(fences)))


def _findings(fences: Sequence[Fence]) -> Iterable[Finding]:
    for fence in fences:
        if not fence.rest:
            if fence.begin is None:
                complaint = Complaint(STRAY_FENCE, "this line of ::: ends no box", "delete it, or begin a box above it")
                yield Finding(complaint, line=fence.line)
        elif fence.name not in BOXES:
            near = get_close_matches(fence.name.strip("{}."), BOXES, n=1)
            hint = f"did you mean ::: {near[0]}?" if near else f"the boxes are {', '.join(BOXES)}"
            yield Finding(Complaint(UNKNOWN_BOX, f"'{fence.name}' is no kind of box", hint), line=fence.line)
        elif fence.end is None:
            inner = next((each for each in fences if fence in each.parents), None)
            where = f"before line {inner.line} of the text" if inner and inner.rest else "where it ends"
            complaint = Complaint(
                UNCLOSED_BOX, f"the {fence.name} is never ended", f"type ::: on a line of its own {where}"
            )
            yield Finding(complaint, line=fence.line)
        elif not fence.is_box:
            outer = next(each for each in reversed(fence.parents) if each.is_closed_box)
            complaint = Complaint(
                NESTED_BOX, f"the {fence.name} stands inside a {outer.name}", f"end the {outer.name} first, with :::"
            )
            yield Finding(complaint, line=fence.line)
