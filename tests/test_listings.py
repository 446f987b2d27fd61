"""Listings in two languages name each other wherever both exist."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import PAPER, story

BODY = "GYUMRI, Armenia (Example Wire) — The fair was held."
BOTH: dict[str, Any] = {"body": BODY, "authors": "Ani Example", "tags": "harvest"}
FILES = {
    "data/paper.toml": PAPER + 'languages = ["en", "hy"]\n',
    "data/places.toml": '[gyumri]\nen = "GYUMRI"\nhy = "ԳՅՈՒՄՐԻ"\nregion = "Armenia"\nalone = true\n',
    "community/a.md": story("A", **BOTH),
    "community/hy/b.md": story("Բ", **{**BOTH, "body": "ԳՅՈՒՄՐԻ — Տոնավաճառ։"}, lang="hy"),
    "culture/c.md": story(
        "C", "PARIS — Songs.", category="culture", authors="Jane Sample", tags="choirs", date="2025-05-01"
    ),
}
PAIRS = [
    "",
    "community/",
    "archive/",
    "2026/",
    "2026/10/",
    "topics/",
    "topics/harvest/",
    "authors/",
    "authors/ani-example/",
    "places/",
    "places/gyumri/",
]
ALONE = ["culture/", "2025/", "2025/05/", "topics/choirs/", "authors/jane-sample/", "places/paris/"]


@pytest.fixture
def site(build):
    found = build(FILES, SITEURL="https://courier.example/sub")
    assert not found.stopped, found.problems
    return found


def alternates(site, path: str) -> list[tuple[str, str]]:
    links = site.tree(f"{path}index.html").xpath("//link[@rel='alternate'][@hreflang]")
    return [(link.get("hreflang"), link.get("href")) for link in links]


def switch(site, path: str) -> list[str]:
    return list(site.tree(f"{path}index.html").xpath("//nav[contains(@class, 'languages')]//a/@href"))


def test_a_listing_names_the_same_one_in_the_other_language(site):
    for path in PAIRS:
        expected = [("en", f"https://courier.example/sub/{path}"), ("hy", f"https://courier.example/sub/hy/{path}")]
        assert alternates(site, path) == expected, path
        assert alternates(site, f"hy/{path}") == expected, path
        assert switch(site, path) == switch(site, f"hy/{path}") == [f"/sub/{path}", f"/sub/hy/{path}"], path


def test_a_listing_that_no_other_language_has_names_none_and_leads_to_the_front(site):
    for path in ALONE:
        assert alternates(site, path) == [], path
        assert switch(site, path)[1] == "/sub/hy/", path
        assert not (site.output / "hy" / path / "index.html").exists(), path


def test_only_the_newest_sheets_are_alike(build):
    more = {f"community/s{number}.md": story(f"S {number}", BODY) for number in range(5)}
    site = build({**FILES, **more}, PAGE_SIZE=2)
    assert alternates(site, "community/")
    assert (site.output / "community/page/1/index.html").is_file()
    assert alternates(site, "community/page/1/") == []
