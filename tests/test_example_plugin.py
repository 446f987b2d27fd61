"""The plugin that docs/write-a-plugin.md prints: it is the file, and the file works in a real build."""

from __future__ import annotations

import re

import pytest
from pelican.settings import read_settings

from docs.examples.reading_times import minutes
from plugins.newsroom import hooks
from tests.conftest import ROOT, story

PAGE = (ROOT / "docs/write-a-plugin.md").read_text("utf-8")
EXAMPLES = ROOT / "docs/examples"
SETTINGS = {"PLUGINS": [*read_settings(str(ROOT / "pelicanconf.py"))["PLUGINS"], "docs.examples.reading_times"]}
LONG = "The fair was held in the square. " * 200


@pytest.mark.parametrize(("words", "expected"), [(1, 1), (230, 1), (345, 2), (700, 3), (2300, 10)])
def test_minutes(words, expected):
    assert minutes(words) == expected


@pytest.mark.parametrize("name", ["reading_times.py", "reading_times.html"])
def test_the_page_prints_the_file(name):
    printed = re.findall(r"```[a-z]*\n(.*?)```", PAGE, re.DOTALL)
    assert (EXAMPLES / name).read_text("utf-8") in printed


def test_the_page_lists_every_hook():
    assert re.findall(
        r"^\| `([a-z_]+)` \|", PAGE.partition("## What a plugin can contribute")[2].partition("\n## ")[0], re.MULTILINE
    ) == [hook.name for hook in hooks.ALL]


@pytest.fixture
def our_templates(tmp_path):
    """A folder with the theme's story.html, changed as the page says."""
    line = '      {{ moment(moment=story.published, label=_("Published")) }}\n'
    text = (ROOT / "theme/templates/story.html").read_text("utf-8")
    assert f"after the line `{line[:-1]}`:" in PAGE
    assert line in text
    folder = tmp_path / "our-templates"
    folder.mkdir()
    added = (EXAMPLES / "reading_times.html").read_text("utf-8")
    (folder / "story.html").write_text(text.replace(line, line + added), "utf-8")
    return str(folder)


def shown(site, save_as):
    return [" ".join(each.text_content().split()) for each in site.tree(save_as).find_class("reading-time")]


def test_a_story_shows_its_reading_time(build, our_templates):
    site = build({"news/long.md": story(body=LONG)}, THEME_TEMPLATES_OVERRIDES=[our_templates], **SETTINGS)
    assert not site.problems
    assert shown(site, "2026/10/03/long/index.html") == ["6 minutes"]


def test_a_story_without_words_shows_none(build, our_templates):
    site = build({"news/none.md": story(body="")}, THEME_TEMPLATES_OVERRIDES=[our_templates], **SETTINGS)
    assert shown(site, "2026/10/03/none/index.html") == []


def test_short_stories_have_a_page_of_their_own(build):
    files = {
        "news/short.md": story("A short story"),
        "news/long.md": story("A long story", LONG),
        "news/held.md": story("A held story", status="draft"),
    }
    site = build(files, **SETTINGS)
    text = site.text("short-reads/index.html")
    assert "A short story" in text
    assert "A long story" not in text
    assert "A held story" not in text


def test_a_sentence_more_makes_the_page_again_only_with_another_number_of_minutes(build):
    site = build({"news/short.md": story(), "news/shorter.md": story()}, **SETTINGS)
    assert "/short/" in site.text("short-reads/index.html")
    longer = build({"news/short.md": story(body="The fair was held.\n\nIt rained.")}, **SETTINGS)
    assert "2026/10/03/short/index.html" in longer.reasons
    assert "short-reads/index.html" not in longer.reasons
    long = build({"news/short.md": story(body=f"The fair was held.\n\n{LONG}")}, **SETTINGS)
    assert "/short/" not in long.text("short-reads/index.html")


def test_without_the_plugin_nothing_changes(build):
    site = build({"news/short.md": story()})
    assert not (site.output / "short-reads").exists()
    assert shown(site, "2026/10/03/short/index.html") == []
