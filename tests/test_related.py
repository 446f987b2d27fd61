"""Related stories: earlier ones with topics in common, the same whether found anew or kept from the last build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import isqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.newsroom.body import Body
from plugins.newsroom.edition import Edition, House, Sources, arrange
from plugins.newsroom.paper import Paper
from plugins.newsroom.pictures import Size
from plugins.newsroom.related import HELD, LOOKED_AT, Related
from plugins.newsroom.story import Outline, Status, Story
from plugins.newsroom.urls import Site

START = datetime(2026, 10, 1, tzinfo=UTC)
PATTERN = "{date:%Y}/{slug}/"


def outline(slug: str, day: float, topics: str, lang: str = "en", **more: object) -> Outline:
    made = Outline(
        f"news/{slug}.md", lang=lang, slug=slug, date=START + timedelta(days=day), topics=tuple(topics.split())
    )
    return made if not more else Outline(**{name: getattr(made, name) for name in made.__struct_fields__} | more)


def edition(stories: Sequence[Outline], before: Mapping[str, str] | None = None) -> Edition:
    sources = Sources(frozenset(), lambda _path: Size(1, 1), Story, lambda _path: Body(()))
    house = House(Paper(languages=("en", "hy")), START + timedelta(days=400), Site())
    made = arrange(stories, house, sources, pattern=PATTERN, save_as=f"{PATTERN}index.html")
    made.related_before = before or {}
    return made


def related(stories: Sequence[Outline], slug: str) -> list[str]:
    found = edition(stories).related.text(f"news/{slug}.md").split("\n")[1:]
    return [path.removeprefix("news/").removesuffix(".md") for path in found]


OLD = outline("old", 1, "harvest")


@pytest.mark.parametrize(
    ("stories", "expected"),
    [
        ([], []),
        ([OLD], ["old"]),
        ([outline("old", 1, "chess")], []),
        ([outline("old", 1, "Harvest")], ["old"]),  # topics are known by their slugs
        ([outline("later", 9, "harvest")], []),
        ([outline("old", 1, "harvest", "hy")], []),
        ([outline("old", 1, "harvest", status=Status.HIDDEN)], []),
        ([OLD, outline("newer", 2, "harvest")], ["newer", "old"]),
        ([outline("both", 1, "harvest fair"), outline("newer", 2, "harvest")], ["both", "newer"]),
        # One story of a rare topic counts more than one of a topic that many have had.
        (
            [outline("rare", 0, "fair"), *(outline(f"often-{day}", day, "harvest") for day in range(1, 5))],
            ["rare", "often-4", "often-3", "often-2", "often-1"],
        ),
        # How many will have it one day does not count.
        (
            [OLD, outline("fair", 2, "fair"), *(outline(f"later-{day}", 6 + day, "fair") for day in range(9))],
            ["fair", "old"],
        ),
        (
            [outline(f"s-{day}", day / 10, "harvest") for day in range(9)],
            [f"s-{day}" for day in range(8, 8 - HELD, -1)],
        ),
        # Of a topic, the newest are looked at, and no more.
        (
            [
                outline("both", -9, "harvest fair"),
                *(outline(f"s-{at:02}", at / 99, "harvest") for at in range(LOOKED_AT)),
            ],
            ["both", *(f"s-{at}" for at in range(LOOKED_AT - 1, LOOKED_AT - HELD, -1))],
        ),
    ],
)
def test_which_stories_are_related(stories, expected):
    assert related([*stories, outline("this", 5, "harvest fair")], "this") == expected


def test_a_story_that_is_in_no_list_has_none():
    stories = [OLD, outline("this", 5, "harvest", status=Status.HIDDEN)]
    assert edition(stories).related.text("news/this.md") == ""


STORIES = st.dictionaries(
    st.sampled_from("abcdefghij"),
    st.tuples(st.integers(0, 6), st.sets(st.sampled_from("xyz"), max_size=3), st.sampled_from(("en", "hy"))),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(STORIES, min_size=2, max_size=5))
def test_lists_kept_from_the_last_build_are_those_that_would_be_found(papers):
    before: dict[str, str] = {}
    for paper in papers:
        stories = [outline(slug, day, " ".join(topics), lang) for slug, (day, topics, lang) in paper.items()]
        anew, again = edition(stories), edition(stories, before)
        found = {story.path: anew.related.text(story.path) for story in stories}
        assert {story.path: again.related.text(story.path) for story in stories} == found
        before = found


@settings(max_examples=200, deadline=None)
@given(STORIES)
def test_the_best_are_those_that_a_slow_search_finds(paper):
    made = edition([outline(slug, day, " ".join(topics), lang) for slug, (day, topics, lang) in paper.items()])
    for story in made.stories:
        listed = list(made.listed(story.lang))
        earlier = listed[: listed.index(story)]
        weights: dict[int, int] = {}
        for topic in story.topics:
            alike = [place for place, other in enumerate(earlier) if topic in other.topics]
            for place in alike[-LOOKED_AT:]:
                weights[place] = weights.get(place, 0) + 1_000_000 // isqrt(10_000 * len(alike))
        best = sorted(weights, key=lambda place: (weights[place], place), reverse=True)[:HELD]
        assert made.related.text(story.path).split("\n")[1:] == [earlier[place].path for place in best]


def test_a_new_story_has_no_list_found_anew_but_its_own(monkeypatch):
    stories = [outline(f"s-{day}", day, "harvest fair") for day in range(9)]
    kept = edition(stories)
    before = {story.path: kept.related.text(story.path) for story in stories}
    new = edition([*stories, outline("new", 20, "harvest")], before)
    found: list[str] = []
    real = Related._found

    def noted(self: Related, path: str) -> Iterator[str]:
        found.append(path)
        return real(self, path)

    monkeypatch.setattr(Related, "_found", noted)
    for story in new.stories:
        new.related.text(story.path)
    assert found == ["news/new.md"]
