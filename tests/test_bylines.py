"""Bylines and topics: names that are names, and a page for each."""

from __future__ import annotations

import pytest

from plugins.bylines import complaints_of
from tests.conftest import PAPER, picture, story

KNOWN = {"Ani Example", "Անի Օրինակ"}
WIRES = {"example wire": "example-wire"}

BAD = [
    ("By Ani Example", "byline/not-a-name", "Ani Example"),
    ("by: Ani Example", "byline/not-a-name", "Ani Example"),
    ("Dr. Jane Sample", "byline/not-a-name", "type Jane Sample"),
    ("Prof Jane Sample", "byline/not-a-name", "type Jane Sample"),
    ("Example Wire", "byline/is-agency", "agency: example-wire"),
    ("example-wire", "byline/is-agency", "agency: example-wire"),
    ("Ani Exampel", "byline/near-known", "did you mean Ani Example?"),
    ("Ani  Example.", "byline/near-known", "did you mean Ani Example?"),
]
GOOD = ["Ani Example", "Անի Օրինակ", "Jane Sample", "Byron Sample", "Drew Sample", "Missy Sample", "The Editors", "Mr"]


@pytest.mark.parametrize(("name", "code", "hint"), BAD)
def test_what_is_no_name_is_told(name, code, hint):
    (complaint,) = complaints_of(name, KNOWN, WIRES)
    assert (complaint.code.name, complaint.hint) == (code, hint)


@pytest.mark.parametrize("name", GOOD)
def test_names_are_no_fault(name):
    assert not list(complaints_of(name, KNOWN, WIRES))


TABLES: dict[str, str | bytes] = {
    "data/paper.toml": PAPER + 'languages = ["en", "hy"]\n',
    "data/bylines.toml": (
        '[ani-example]\nen = "Ani Example"\nhy = "Անի Օրինակ"\nrole = {en = "Staff writer", hy = "Թղթակից"}\n'
        'bio = "Ani writes."\nportrait = "images/ani.png"\nemail = "ani@courier.example"\n'
        'links = {mastodon = "https://social.example/@ani"}\n'
    ),
    "images/ani.png": picture(50, 50),
}


def paper() -> dict[str, str | bytes]:
    return {
        **TABLES,
        "news/a.md": story("A", authors="Ani Example; Jane Sample", tags="harvest, Gyumri"),
        "news/b.md": story("B", authors="Ani Example", tags="Harvest", date="2026-10-04"),
        "news/hy/c.md": story("Գ", authors="Անի Օրինակ", tags="բերք", lang="hy"),
        "news/draft.md": story("D", authors="Secret Author", tags="secret", status="draft"),
    }


def headlines(site, page: str) -> list[str]:
    return [each.text_content().strip() for each in site.tree(page).xpath("//main//article//h2")]


def test_an_author_has_a_page_in_each_language_under_one_id(build):
    site = build(paper())
    assert headlines(site, "authors/ani-example/index.html") == ["B", "A"]
    assert headlines(site, "hy/authors/ani-example/index.html") == ["Գ"]
    page = site.tree("authors/ani-example/index.html")
    text = " ".join(page.xpath("//main")[0].text_content().split())
    assert page.xpath("//main//h1")[0].text_content() == "Ani Example"
    for said in ("Staff writer", "Ani writes.", "Mastodon", "ani@courier.example"):
        assert said in text
    assert page.xpath("//main//img/@src")[0] == "/images/ani.png"
    assert "Թղթակից" in site.text("hy/authors/ani-example/index.html")
    assert (site.output / "images/ani.png").exists()


def test_a_guest_has_a_page_without_a_row(build):
    site = build(paper())
    assert headlines(site, "authors/jane-sample/index.html") == ["A"]


def test_names_and_topics_of_a_story_lead_to_their_pages(build):
    site = build(paper())
    page = site.tree("2026/10/03/a/index.html")
    assert page.xpath("//a[@rel='author']/@href") == ["/authors/ani-example/", "/authors/jane-sample/"]
    assert page.xpath("//a[@class='topics__link']/@href") == ["/topics/harvest/", "/topics/gyumri/"]


def test_a_topic_has_one_page_however_it_is_spelt_and_the_oldest_spelling(build):
    site = build(paper())
    assert headlines(site, "topics/harvest/index.html") == ["B", "A"]
    assert site.tree("topics/harvest/index.html").xpath("//main//h1")[0].text_content() == "harvest"
    assert (site.output / "hy/topics/բերք/index.html").exists()
    index = site.tree("topics/index.html").xpath("//main//a[contains(@class, 'periods__link')]/@href")
    assert index == ["/topics/gyumri/", "/topics/harvest/"]


def test_a_draft_makes_neither_author_nor_topic(build):
    site = build(paper())
    assert not [name for name, data in site.files().items() if b"ecret" in data or "secret" in name]


def test_a_name_on_a_hidden_story_alone_leads_nowhere(build):
    site = build({**TABLES, "news/a.md": story("A", authors="Jane Sample", tags="x", status="hidden")})
    page = site.tree("2026/10/03/a/index.html")
    assert not page.xpath("//a[@rel='author']")
    assert not (site.output / "authors/jane-sample").exists()
    assert not (site.output / "topics").exists()


ROWS = [
    ("ani = 'x'\n", "table/wrong-type", 1),
    ("[Ani]\nname = 'Ani'\n", "table/bad-value", 1),
    ("[ani]\nrole = 'x'\n", "table/missing-key", 1),
    ("[ani]\nname = 'Ani'\nrol = 'x'\n", "table/unknown-key", 3),
    ("[ani]\nname = 1\n", "table/wrong-type", 2),
    ("[ani]\nname = 'Ani'\nportrait = 'gone.png'\n", "photo/missing", 3),
    ("[ani]\nname = 'Ani'\n[ani.links]\nx = 'javascript:1'\n", "table/bad-value", 4),
]


@pytest.mark.parametrize(("text", "code", "line"), ROWS)
def test_a_fault_in_the_table_of_authors_has_its_line(build, text, code, line):
    site = build({"data/bylines.toml": text, "news/a.md": story(authors="Ani")})
    assert site.stopped
    assert (code, "data/bylines.toml", line) in [(each.code, each.path, each.line) for each in site.problems]
