"""What an edition says of its stories is what a slow search of all of them finds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.newsroom.body import Body
from plugins.newsroom.edition import Edition, House, Sources, arrange, due_at
from plugins.newsroom.paper import Paper
from plugins.newsroom.pictures import Size
from plugins.newsroom.slugs import slugify
from plugins.newsroom.story import Outline, Status, Story
from plugins.newsroom.urls import Site

START = datetime(2026, 10, 1, tzinfo=UTC)
LANGUAGES = ("en", "hy", "ru")


def edition(stories: list[Outline], languages: tuple[str, ...] = LANGUAGES) -> Edition:
    sources = Sources(frozenset(), lambda _path: Size(1, 1), Story, lambda _path: Body(()))
    house = House(Paper(languages=languages), START + timedelta(days=400), Site())
    return arrange(stories, house, sources, pattern="{slug}/", save_as="{slug}/index.html")


OUTLINES = st.lists(
    st.builds(
        Outline,
        path=st.integers(0, 10_000).map("news/{}.md".format),
        slug=st.sampled_from("abcd"),
        date=st.integers(0, 6).map(lambda day: START + timedelta(days=day)),
        lang=st.sampled_from(LANGUAGES),
        section=st.sampled_from(("", "news", "sport")),
        status=st.sampled_from((Status.PUBLISHED, Status.PUBLISHED, Status.PUBLISHED, Status.HIDDEN, Status.DRAFT)),
        topics=st.lists(st.sampled_from(("Fair", "fair", "chess", "")), max_size=3).map(tuple),
        translation_of=st.sampled_from(("", "", "a", "b")),
    ),
    max_size=12,
    unique_by=lambda outline: outline.path,
)


@settings(max_examples=300, deadline=None)
@given(OUTLINES, st.integers(1, 3))
def test_before_a_story_stand_those_of_its_section_newest_first(stories, count):
    made = edition(stories)
    found = list(made.with_earlier(count))
    assert [story for story, _ in found] == list(made.stories)
    for story, earlier in found:
        if story.status is not Status.PUBLISHED or not story.section:
            assert earlier == ()
            continue
        group = list(made.in_section(story.lang, story.section))
        assert list(earlier) == group[: group.index(story)][::-1][:count]


@settings(max_examples=300, deadline=None)
@given(OUTLINES)
def test_translations_are_the_same_story_in_other_languages_in_the_order_of_these(stories):
    made = edition(stories)
    published = [story for story in made.stories if story.status is Status.PUBLISHED]
    for story in published:
        of = story.translation_of or story.slug
        same = [other for other in published if (other.translation_of or other.slug) == of and other.lang != story.lang]
        found = made.translations(story)
        assert sorted(other.path for other in found) == sorted(other.path for other in same)
        assert [LANGUAGES.index(other.lang) for other in found] == sorted(LANGUAGES.index(other.lang) for other in same)


@settings(max_examples=300, deadline=None)
@given(OUTLINES)
def test_a_topic_has_each_of_its_stories_once_oldest_first(stories):
    made = edition(stories)
    for lang in LANGUAGES:
        listed = made.listed(lang)
        slugs = {slugify(name) for story in listed for name in story.topics} - {""}
        assert {slug: list(found) for slug, found in made.topics(lang).items()} == {
            slug: [story for story in listed if slug in map(slugify, story.topics)] for slug in slugs
        }


@pytest.mark.parametrize(
    ("date", "embargo", "due"), [(None, None, None), (1, None, 1), (None, 2, 2), (1, 2, 2), (2, 1, 2), (1, 1, 1)]
)
def test_a_story_is_due_when_both_its_date_and_its_embargo_have_come(date, embargo, due):
    days = [day and START + timedelta(days=day) for day in (date, embargo, due)]
    assert due_at(Outline("a.md", date=days[0], embargo=days[1])) == days[2]
