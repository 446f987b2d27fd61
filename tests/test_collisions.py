"""Two files of the site collide where not every host can serve both; a quick look finds none only where none is."""

from __future__ import annotations

import unicodedata
from itertools import combinations
from pathlib import PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.newsroom.urls import all_differ, collisions

NAMES = ["a", "A", "b", "index", "index.html", "a.html", "A.HTML", "a.html.html", "é", "e\u0301", "ß", "ss", "a\nb"]
FILES = st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map("/".join), max_size=8, unique=True)


def served(save_as: str) -> str:
    """What is equal for two files of which a host may serve only one."""
    if save_as == "index.html":
        return ""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", save_as).casefold())
    return folded.removesuffix("/index.html").removesuffix(".html")


def collide(one: str, other: str) -> bool:
    """The definition, of two files."""
    file_and_folder = PurePosixPath(one) in PurePosixPath(other).parents or PurePosixPath(other) in (
        PurePosixPath(one).parents
    )
    return served(one) == served(other) or file_and_folder


@given(FILES)
@example(["index.html", "index/index.html"])
@example(["index.html", "index"])
@example(["a/index.html", "a.html"])
@example(["a/index.html/b", "a/index.html"])
@example(["a\nb", "a"])
def test_a_collision_is_told_where_two_files_collide_and_nowhere_else(files):
    told = list(collisions([(name, str(number)) for number, name in enumerate(files)]))
    assert bool(told) == any(collide(one, other) for one, other in combinations(files, 2))
    assert not (told and all_differ(files))


def test_a_quick_look_sees_that_files_differ():
    assert all_differ(["index.html", "2026/10/03/fair/index.html", "topics/fair/page/1/index.html", "feeds/rss.xml"])
    assert all_differ(["index.html", "2026/10/03/տոնավաճառ/index.html"])
    assert all_differ([])


@pytest.mark.parametrize(
    ("files", "later"),
    [
        ([("a/index.html", "a.md"), ("A/index.html", "b.md")], "b.md"),
        ([("a/index.html", "a.md"), ("a.html", "b.md")], "b.md"),
        ([("about", "extra/about"), ("about/team/index.html", "team.md")], "extra/about"),
        ([("é/index.html", "a.md"), ("e\u0301/index.html", "b.md")], "b.md"),
    ],
)
def test_the_later_of_two_is_told(files, later):
    assert [source for source, _ in collisions(files)] == [later]
