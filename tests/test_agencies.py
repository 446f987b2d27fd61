"""agencies.toml: the names under which a dateline may credit a wire service."""

from __future__ import annotations

import pytest

from plugins.newsroom.paper import read_agencies
from plugins.newsroom.tables import Table
from tests.conftest import story

TABLE = """\
[example-wire]
name = "Example Wire"
url = "https://wire.example"
also = ["EXW", "The Example News Wire"]
"""


def test_every_spelling_of_an_agency():
    rows, problems = read_agencies(
        Table("x", {"w": {"name": {"en": "Wire", "hy": "Լար"}, "also": ["W"]}}), ("en", "hy")
    )
    assert not problems
    assert rows["w"].spellings() == ("Wire", "Լար", "W")


@pytest.mark.parametrize("also", ["EXW", ["EXW", 1], True])
def test_other_names_are_a_list_of_texts(also):
    _, problems = read_agencies(Table("x", {"w": {"name": "Wire", "also": also}}), ("en",))
    assert [problem.code for problem in problems] == ["table/wrong-type"]


@pytest.mark.parametrize("credit", ["Example Wire", "EXW", "The Example News Wire"])
def test_a_dateline_may_credit_any_of_them(build, credit):
    copy = story(body=f"GYUMRI, Armenia ({credit}) — Growers came.", agency="example-wire")
    site = build({"data/agencies.toml": TABLE, "news/fair.md": copy})
    assert not site.problems
    links = site.tree("2026/10/03/fair/index.html").xpath("//*[@class='dateline']//a/@href")
    assert links == ["https://wire.example"]


def test_a_name_that_is_in_no_row_is_told(build):
    copy = story(body="GYUMRI, Armenia (Another Desk) — Growers came.", agency="example-wire")
    assert build({"data/agencies.toml": TABLE, "news/fair.md": copy}).codes() == {"dateline/agency-differs"}
