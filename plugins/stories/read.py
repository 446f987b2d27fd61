"""Read: one file to one Story and its Body. Pure: the same bytes and settings give the same values, in any process.

Nothing is looked up here but what stands in the file: no table, no other story, no picture, no clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown import Markdown
from msgspec.structs import replace

from plugins.newsroom import typography
from plugins.newsroom.body import Body, Marker
from plugins.newsroom.hooks import Finding, ReaderSettings, ReadFact, StoryExtension
from plugins.newsroom.problem import Problem
from plugins.newsroom.story import Correction, Kind, Photo, Plain, Story
from plugins.newsroom.text import shortened
from plugins.stories.body import BodyExtension, find_line, first_paragraph, make_body, with_lines
from plugins.stories.frontmatter import split
from plugins.stories.guards import guard
from plugins.stories.limits import TOO_DEEP, find_tangles
from plugins.stories.schema import read_front_matter

EXTENSIONS = ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "sane_lists", "tables")
"""Python-Markdown's own, as docs/for-authors.md promises them."""

EXCERPT = 200
"""Characters of a summary that is taken from the text; search engines show about as many."""


@dataclass
class Reader:
    """Reads file after file in one process; holds what is costly to make, and nothing of any file.

    facts: the plugins' extensions by the name of the fact that each yields. guarded: where Markdown can find nothing it
    does not look (`stories.guards`); without, the same comes out more slowly.
    """

    settings: ReaderSettings
    facts: Mapping[str, ReadFact] = field(default_factory=dict)
    guarded: bool = True

    def __post_init__(self) -> None:
        self._body = BodyExtension()
        self._extensions: dict[str, StoryExtension] = {name: make(self.settings) for name, make in self.facts.items()}
        self._markdown = Markdown(
            extensions=[*EXTENSIONS, self._body, *self._extensions.values()],  # type: ignore[list-item]
            output_format="html",
        )
        if self.guarded:
            guard(self._markdown)

    def read(self, path: str, data: bytes) -> tuple[Story, Body]:
        """The row and the body of one file; never raises for a fault in it. path: from content/, with `/`."""
        source = split(path, data)
        story = read_front_matter(path, source, self.settings, kind_of(path))
        if story.fault and not source.body:
            return story, Body(())
        self._body.begin(story.lang)
        for extension in self._extensions.values():
            extension.begin(story)
        html = self._convert(source.body)
        if not isinstance(html, str):
            tangled = _placed(html, path, source.body.split("\n"), source.body_line)
            return replace(story, fault=True, problems=(*story.problems, *tangled)), Body(())
        lines = source.body.split("\n")
        body = with_lines(make_body(html, self._body.cut, story.lang), lines, source.body_line)
        outcomes = {name: extension.outcome() for name, extension in self._extensions.items()}
        findings = [*self._body.findings, *(each for outcome in outcomes.values() for each in outcome.findings)]
        story = replace(
            story,
            **_typeset(story),
            excerpt=shortened(typography.characters(first_paragraph(self._body.cut), story.lang), EXCERPT),
            blank=not body.words,
            facts={name: outcome.fact for name, outcome in outcomes.items() if outcome.fact is not None},
            problems=(*story.problems, *_placed(findings, path, lines, source.body_line)),
            lines={**story.lines, **_lines_in_body(body, outcomes, lines, source.body_line)},
        )
        return story, body

    def _convert(self, text: str) -> str | list[Finding]:
        """The body as HTML, or what makes it one that cannot be converted."""
        if tangles := list(find_tangles(text)):
            return tangles
        try:
            return self._markdown.reset().convert(text)
        except RecursionError:
            # Markdown breaks off inside a list, and would take the next story for a part of it: a new one is needed.
            self.__post_init__()
            return [TOO_DEEP]


def kind_of(path: str) -> Kind:
    """Files under pages/ are pages, all others are stories."""
    return Kind.PAGE if path.split("/", 1)[0] == "pages" else Kind.STORY


def _placed(findings: list[Finding], path: str, lines: list[str], first_line: int) -> list[Problem]:
    seen: Counter[str] = Counter()
    problems = []
    for each in findings:
        if each.line:
            problems.append(each.complaint.at(path, first_line + each.line - 1))
            continue
        words = each.words.split("\n")[0]
        counted = seen if each.nth is None else Counter({words: each.nth})
        line = find_line(lines, words, first_line, counted) or _first_text(lines, first_line)
        problems.append(each.complaint.at(path, line))
    return problems


def _first_text(lines: list[str], first_line: int) -> int:
    return next((number for number, line in enumerate(lines, start=first_line) if line.strip()), first_line)


def _lines_in_body(body: Body, outcomes: Mapping[str, object], lines: list[str], first_line: int) -> dict[str, int]:
    """Where in the body a fact stands: a dateline in the first line with text, a marker where it was typed."""
    found = {"body": _first_text(lines, first_line)}
    for block in body.blocks:
        if isinstance(block, Marker):
            found.setdefault("marker", block.line)
    for name, outcome in outcomes.items():
        fact: Plain = getattr(outcome, "fact", None)
        words = fact.get("words") if isinstance(fact, dict) else None
        # One fact may stand in several lines: its words are then given for each key of `lines`.
        for key, each in (words if isinstance(words, dict) else {name: words}).items():
            if isinstance(each, str) and each:
                found[key] = find_line(lines, each, first_line, Counter()) or found["body"]
    return found


def _typeset(story: Story) -> dict[str, Any]:
    """The row's texts with typographic characters, by field."""

    def set_(text: str) -> str:
        return typography.characters(text, story.lang)

    photo = story.photo and Photo(
        story.photo.file,
        None if story.photo.alt is None else set_(story.photo.alt),
        set_(story.photo.caption),
        set_(story.photo.credit),
    )
    return {
        "headline": set_(story.headline),
        "kicker": set_(story.kicker),
        "standfirst": set_(story.standfirst),
        "summary": set_(story.summary),
        "photo": photo,
        "corrections": tuple(Correction(each.date, each.kind, set_(each.text)) for each in story.corrections),
    }
