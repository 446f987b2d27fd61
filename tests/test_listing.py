"""A mended word asks nobody for pages that it cannot change; whoever lists by more than outlines is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pelican.settings import read_settings

from plugins.newsroom.job import Job
from plugins.press.build import Build
from tests.conftest import NEWSLETTERS, ROOT, picture, run_press, story

OURS = read_settings(str(ROOT / "pelicanconf.py"))["PLUGINS"]
LONG = "The fair was held. " * 30 + "It rained."
FILES = {
    "community/a.md": story("A", LONG, date="2026-10-01 09:00", tags="harvest", authors="Ani Example"),
    "community/b.md": story("B", date="2026-10-02 09:00", tags="harvest", authors="Ani Example", photo="b.png"),
    "community/b.png": picture(),
}

FEEDS = [f"feeds/{folder}{form}.xml" for folder in ("", "community/") for form in ("atom", "rss")]


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """Who is asked for pages, in the order of asking."""
    names: list[str] = []
    real = Build._list

    def noted(self: Build, name: str) -> Iterator[Job]:
        names.append(name)
        return real(self, name)

    monkeypatch.setattr(Build, "_list", noted)
    return names


def test_a_mended_word_asks_only_who_lists_a_stale_page(build, asked):
    build(FILES)
    everybody = list(asked)
    asked.clear()
    site = build({"community/a.md": str(FILES["community/a.md"]).replace("rained", "snowed")})
    assert not site.stopped
    assert set(asked) == {"stories", "feeds"} < set(everybody)
    assert "2026/10/01/a/index.html" in site.written.changed
    assert "sitemap.xml" not in site.written.changed
    assert "snowed" in site.text("2026/10/01/a/index.html")
    assert "snowed" in site.text("feeds/community/atom.xml")


def test_a_story_that_grows_past_min_words_has_a_sign_up_in_its_middle(build):
    """Its row is as before; its page is made for its text, and counts anew."""
    short = "\n\n".join(["The fair was held in the square. " * 5] * 7)
    files = {"data/newsletters.toml": NEWSLETTERS, "community/a.md": story("A", short)}
    before = build(files)
    assert not before.stopped, before.problems
    page = "2026/10/03/a/index.html"
    assert 'id="signup-2' not in before.text(page)
    after = build({"community/a.md": story("A", f"{short}\n\nIt rained in the evening, and again at night.")})
    assert 'id="signup-2' in after.text(page)
    assert after.reasons.keys() == {page, *FEEDS}


@pytest.mark.parametrize(
    "edit",
    [
        {"community/c.md": story("C")},
        {"community/b.md": None},
        {"community/b.md": story("B", date="2026-10-02 09:00", tags="chess", photo="b.png")},
        {"community/b.md": story("B", date="2026-10-02 09:00", tags="harvest", status="draft")},
        {"community/d.png": picture()},
        {"data/sections.toml": "[community]\nen = 'People'\n"},
    ],
    ids=["new", "gone", "topic", "held", "file", "table"],
)
def test_whatever_may_change_a_list_asks_everybody(build, asked, edit):
    build(FILES)
    everybody = set(asked)
    asked.clear()
    assert not build(edit).stopped
    assert set(asked) == everybody


def test_when_a_story_was_changed_is_in_the_sitemap(build, tmp_path):
    """No list changes with it, but the sitemap does: it must be made, with all pages in their order."""
    build(FILES)
    changed = str(FILES["community/a.md"]).replace("---\n\n", "modified: 2026-10-03 08:00\n---\n\n")
    site = build({"community/a.md": changed})
    assert not site.stopped
    assert "<lastmod>2026-10-03T08:00:00" in site.text("sitemap.xml")
    plain = run_press(site.content, tmp_path / "plain", tmp_path / "none", PRESS_PLAIN=True)
    assert site.text("sitemap.xml") == plain.text("sitemap.xml")


def test_who_lists_by_rows_is_noticed_and_asked_again(build, asked):
    settings = {"PLUGINS": [*OURS, "tests.lists_by_rows"]}
    site = build(FILES, **settings)
    assert not site.stopped, site.problems
    assert "/b/" not in site.text("loud/index.html")
    asked.clear()
    # The outline is as before; the headline is not.
    louder = story("B!", date="2026-10-02 09:00", tags="harvest", authors="Ani Example", photo="b.png")
    site = build({"community/b.md": louder}, **settings)
    assert "loud" in asked
    assert "/b/" in site.text("loud/index.html")
