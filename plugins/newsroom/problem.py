"""A fault in the copy, as a value.

    content/news/2026/flood.md:4: dateline/region-missing: 'PARI' is not a city that stands alone [warning]
        hint: did you mean PARIS?

A check is pure and knows no files: it yields a `Complaint`. Who called it knows the place and makes it a `Problem`.
Problems are collected, sorted and printed once; only then does a build stop.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct, structs
from msgspec.structs import replace


class Severity(StrEnum):
    """What a fault does to the build: an error stops it, a warning is told, `off` is not even told."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


class Code(Struct, frozen=True, array_like=True):
    """One kind of fault: its stable name `area/fact`, how grave it is, and what it means in one sentence.

    leak: the fault would show held copy to readers, so it stays an error in a draft too.
    """

    name: str
    severity: Severity
    meaning: str
    leak: bool = False


class Complaint(Struct, frozen=True, array_like=True, tag=True):
    """A fault without a place. `hint` is what to type instead, or empty."""

    code: Code
    message: str
    hint: str = ""

    def at(self, path: str, line: int = 0) -> Problem:
        """The same fault at a place: `path` from the content folder, `line` from 1, or 0 for the whole file."""
        return Problem(path, line, self.code.name, self.message, self.hint, self.code.severity, self.code.leak)


class Problem(Struct, frozen=True, order=True, array_like=True):
    """A fault with its place: plain values, ordered by path and line. draft: in a story that is not out yet."""

    path: str
    line: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    leak: bool = False
    draft: bool = False

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        text = f"{place}: {self.code}: {self.message} [{self.severity}]"
        return f"{text}\n    hint: {self.hint}" if self.hint else text


class Rule(Struct, frozen=True):
    """What an editor says of one code in checks.toml. `since` spares stories dated before it."""

    severity: Severity | None = None
    since: date | None = None


def judge(
    problem: Problem, rules: Mapping[str, Rule], *, dated: date | None = None, draft: bool = False
) -> Problem | None:
    """The problem with the severity that it has in this paper, or None where it is off.

    dated: the day of the story that holds the fault, None where it has none.
    draft: the story is `status: draft`; nothing but a leak is an error there.
    """
    rule = rules.get(problem.code, Rule())
    severity = rule.severity or problem.severity
    if rule.since and dated and dated < rule.since:
        severity = Severity.OFF
    if draft and not problem.leak and severity is Severity.ERROR:
        severity = Severity.WARNING
    return None if severity is Severity.OFF else replace(problem, severity=severity, draft=draft)


def has_errors(problems: Iterable[Problem], *, strict: bool = False) -> bool:
    """Whether these problems stop the build; `strict` counts warnings as errors, but for those of drafts."""
    return any(problem.severity is Severity.ERROR or (strict and not problem.draft) for problem in problems)


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by path, line and code."""
    return sorted(set(problems))


SHOWN_PER_CODE = 20


def as_text(problems: Iterable[Problem], *, root: str = "") -> Iterator[str]:
    """The report for a terminal: the first 20 of each code in full, then a count of the rest.

    root: put before each path, so that an editor can open it.
    """
    seen: Counter[str] = Counter()
    for problem in ordered(problems):
        seen[problem.code] += 1
        if seen[problem.code] <= SHOWN_PER_CODE:
            yield str(replace(problem, path=root + problem.path))
    for code, count in sorted(seen.items()):
        if count > SHOWN_PER_CODE:
            yield f"… and {count - SHOWN_PER_CODE} more of {code}"


def as_json(problems: Iterable[Problem], *, root: str = "") -> str:
    """All problems as one JSON document: {"problems": [{path, line, code, message, hint, severity}]}."""
    rows = [structs.asdict(replace(problem, path=root + problem.path)) for problem in ordered(problems)]
    for row in rows:
        del row["leak"], row["draft"]
    return json.dumps({"problems": rows}, ensure_ascii=False, indent=2)


def as_github(problems: Iterable[Problem], *, root: str = "") -> Iterator[str]:
    """One workflow command a problem, which GitHub shows beside the line of a pull request.

    Source: GitHub's manual, "Workflow commands": `%`, line ends, and in properties `:` and `,` are escaped.
    """
    for problem in ordered(problems):
        place = f"file={_escaped(root + problem.path, in_property=True)}"
        if problem.line:
            place += f",line={problem.line}"
        text = f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message
        yield f"::{problem.severity} {place},title={_escaped(problem.code, in_property=True)}::{_escaped(text)}"


def _escaped(text: str, *, in_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text
