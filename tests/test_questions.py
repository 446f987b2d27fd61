"""What pages asked is kept by number, and what has another answer now follows from the states of sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plugins.newsroom.asked import QUESTIONS, Ask, answer_text
from plugins.newsroom.body import Body
from plugins.newsroom.edition import NO_PRINTS, Edition, House, Sources, arrange
from plugins.newsroom.paper import Paper
from plugins.newsroom.pictures import Size
from plugins.newsroom.story import Outline, Status, Story
from plugins.newsroom.urls import DAY_AND_NAME, DAY_AND_NAME_SAVED, Site
from plugins.press import questions
from plugins.press.questions import (
    A_TEXT,
    FOLLOWS,
    MISSING,
    Questions,
    asks_of,
    asks_text,
    differing,
    lists_differ,
    state_of,
)

NOW = datetime(2026, 11, 1, tzinfo=UTC)
FAIR = Outline("community/fair.md", lang="en", slug="fair", date=datetime(2026, 10, 3, tzinfo=UTC), section="community")


def edition(*sources: Outline, prints: Mapping[str, str] | None = None) -> Edition:
    known = {each.path: f"row-{each.status} front key lists" for each in sources} | dict(prints or {})
    found = Sources(
        frozenset(), lambda _path: Size(1, 1), Story, lambda _path: Body(()), lambda path: known.get(path, NO_PRINTS)
    )
    house = House(Paper(languages=("en",)), NOW, Site())
    return arrange(sources, house, found, pattern=DAY_AND_NAME, save_as=DAY_AND_NAME_SAVED)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (MISSING, MISSING, []),
        ("r f k l  /a/", "r f k l  /a/", []),
        ("r f k l  /a/", "R f k l  /a/", ["story", "row"]),
        ("r f k l  /a/", "r F k l  /a/", ["story"]),
        ("r f k l  /a/", "r f K l  /a/", ["story"]),
        ("r f k l  /a/", "r f k L  /a/", []),
        ("r f k l  /a/", "r f k l  /b/", ["story", "row", "url"]),
        ("r f k l  /a/", "r f k l held ", ["story", "row", "url", "is_withheld"]),
        (MISSING, "r f k l  /a b/", ["story", "row", "url"]),
        ("r f k l held ", MISSING, ["story", "row", "is_withheld"]),
    ],
)
def test_which_answers_differ_between_two_states(before, now, expected):
    assert list(differing(before, now)) == expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("r f k l  /a/", "R F K l  /a/", False),
        ("r f k l  /a/", "r f k L  /a/", True),
        ("r f k l  /a/", "r f k l held ", True),
        ("r f k l  /a/", "r f k l  /b/", True),
        (MISSING, "r f k l  /a/", True),
        ("r f k l held ", MISSING, True),
    ],
)
def test_when_lists_may_be_others(before, now, expected):
    assert lists_differ({"a.md": (before, now)}) is expected
    assert not lists_differ({})


HELD = replace(FAIR, status=Status.DRAFT)
MOVED = replace(FAIR, slug="harvest-fair")
EDITIONS = (
    edition(),
    edition(FAIR),
    edition(HELD),
    edition(MOVED),
    edition(FAIR, prints={FAIR.path: "other front key lists"}),
    edition(FAIR, prints={FAIR.path: "row-published other key lists"}),
    edition(FAIR, prints={FAIR.path: "row-published front other lists"}),
)


@pytest.mark.parametrize("before", EDITIONS)
@pytest.mark.parametrize("now", EDITIONS)
def test_what_differs_follows_from_a_state_that_does(before, now):
    """No question about a source may depend on more than its state."""
    found = set(differing(state_of(before, FAIR.path), state_of(now, FAIR.path)))
    for kind in FOLLOWS.keys() & QUESTIONS.keys():
        answers = [answer_text(QUESTIONS[kind](each, FAIR.path)) for each in (before, now)]
        assert (kind in found) >= (answers[0] != answers[1]), kind
    was, is_ = (each.sources.prints(FAIR.path).split(" ") for each in (before, now))
    assert ("row" in found) >= (was[0] != is_[0])
    assert ("story" in found) >= (was[:3] != is_[:3] or "url" in found)


def test_every_question_about_a_source_is_numbered_by_it():
    assert questions.ABOUT_SOURCES == ("story", "row", "url", "is_withheld", "related")
    assert {"url", "is_withheld", "related"} <= QUESTIONS.keys()


ASKS: st.SearchStrategy[Ask] = st.one_of(
    st.tuples(st.sampled_from(questions.ABOUT_SOURCES), st.sampled_from([f"{each}.md" for each in "abcdef"])),
    st.tuples(st.just("has_topic"), st.just("en"), st.text(max_size=3)),
)


def asked(asks: Iterable[tuple[Ask, str]]) -> tuple[Questions, dict[Ask, int]]:
    made = Questions()
    return made, {ask: made.number(ask, answer) for ask, answer in asks}


@given(st.lists(st.tuples(ASKS, st.text(max_size=5)), max_size=30))
def test_a_question_has_one_number_for_ever(asks):
    made, numbers = asked(asks)
    assert len(set(numbers.values())) == len(numbers)
    texts: dict[str, dict[str, str]] = {"source": {}, "ask": {}}
    for part in made.names():
        texts[part[0]][str(part[1])] = made.text(part)
    again = Questions.of(texts["source"], texts["ask"])
    assert (again.sources, again.states, again.related) == (made.sources, made.states, made.related)
    assert (again.others, again.answers) == (made.others, made.answers)
    assert {ask: again.number(ask, answer) for ask, answer in asks} == numbers


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_numbers_are_kept_as_text(numbers):
    assert list(asks_of(asks_text(numbers))) == numbers


def test_only_texts_in_which_something_has_changed_are_others():
    made, _ = asked([(("row", f"{number}.md"), "") for number in range(3 * A_TEXT)])
    again = Questions.of({str(number): made.text(("source", number)) for number in range(3)}, {})
    assert again.fresh == set()
    again.number(("row", "7.md"), "anything")
    assert again.fresh == set()
    again.settle({f"{A_TEXT}.md": (MISSING, "r f k l  /a/")})
    assert again.fresh == {("source", 1)}
    again.number(("related", "new.md"), "a sign\nold.md")
    again.number(("has_topic", "en", "harvest"), "true")
    assert again.fresh == {("source", 1), ("source", 3), ("ask", 0)}


def test_a_source_that_moved_is_known_by_both_states():
    made = Questions()
    first, second = edition(FAIR), edition(MOVED)
    made.settle(made.moved(first))
    assert made.moved(first) == {}
    assert made.moved(second) == {FAIR.path: (state_of(first, FAIR.path), state_of(second, FAIR.path))}
    made.settle(made.moved(second))
    assert made.moved(edition()) == {FAIR.path: (state_of(second, FAIR.path), MISSING)}
