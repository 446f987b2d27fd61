"""Other people's Pelican plugins: every Article is made for them, and a rebuild is as right as without them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pelican import Pelican
from pelican.contents import Article, Category, Content, Static, Tag
from pelican.generators import Generator
from pelican.plugins import signals
from pelican.settings import read_settings
from pelican.utils import SafeDatetime

from plugins.newsroom.problem import Severity
from plugins.press import foreign, report
from plugins.press.joint import PressPelican
from plugins.press.output import TICK
from tests import equality
from tests.conftest import PAPER, ROOT, Site, picture, run_press, settings_for, snapshot, story, write_files

PLUGINS = (
    "plugins.stories",
    "plugins.fronts",
    "plugins.archives",
    "plugins.topics",
    "plugins.feeds",
    "plugins.sitemaps",
)
STORIES = {
    "community/a.md": story("Apples", "See [the next](b.md).", date="2026-10-01", tags="harvest"),
    "community/b.md": story("Bread", "![A loaf](/images/loaf.png)", date="2026-10-02", tags="harvest", authors="Ani"),
    "culture/c.md": story("Choirs", date="2026-10-03", category="culture", authors="Ani"),
    "images/loaf.png": picture(),
    "pages/about.md": "---\ntitle: About us\n---\n\nWe are a paper.\n",
}
NEIGHBOUR = (
    '{% if article is not none %}<i id="before">{{ article.prev_article.title if article.prev_article }}</i>{% endif %}'
)


def nothing(*_arguments: object, **_given: object) -> None:
    """A listener that does nothing; to listen is enough."""


@pytest.fixture
def listen() -> Callable[..., None]:
    """`listen("content_written", function)`: as a plugin of somebody else's does when it registers."""

    def connect(name: str, receiver: Callable[..., object] = nothing) -> None:
        signals.__dict__[name].connect(receiver, weak=False)

    return connect


@pytest.fixture
def make(build: Callable[..., Site]) -> Callable[..., Site]:
    """A build with few plugins; the first call writes the paper."""
    written: list[bool] = []

    def run(files: dict[str, str | bytes | None] | None = None, **settings: Any) -> Site:
        first = {} if written else STORIES
        written.append(True)
        return build({**first, **(files or {})}, **{"PLUGINS": list(PLUGINS), **settings})

    return run


@pytest.fixture
def with_article(tmp_path: Path) -> Callable[[str], dict[str, list[str]]]:
    """Settings by which a story's page begins with something of its Article."""

    def settings(what: str) -> dict[str, list[str]]:
        text = (ROOT / "theme/templates/story.html").read_text("utf-8")
        write_files(tmp_path / "own", {"story.html": text.replace("{% block main %}", "{% block main %}" + what)})
        return {"THEME_TEMPLATES_OVERRIDES": [str(tmp_path / "own")]}

    return settings


def shown(site: Site, save_as: str, id_: str = "before") -> str:
    (found,) = site.tree(save_as).xpath(f'//i[@id="{id_}"]')
    return str(found.text_content())


# --- Who listens -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "plugin"),
    [
        ("pelican.plugins.neighbors.neighbors", "pelican.plugins.neighbors"),
        ("pelican.plugins.neighbors", "pelican.plugins.neighbors"),
        ("pelican.plugins.neighbors_too", "pelican.plugins.neighbors_too"),
        ("elsewhere", "elsewhere"),
    ],
)
def test_a_listener_is_called_by_the_name_of_its_plugin(module, plugin):
    assert foreign.plugin_of(module, ["plugins.stories", "pelican.plugins.neighbors"]) == plugin


@pytest.mark.parametrize(("module", "own"), [("plugins.stories", True), ("plugins", True), ("pluginsx", False)])
def test_the_house_knows_its_own(module, own):
    assert foreign.is_own(module) is own


def test_a_partial_and_a_method_listen_for_their_modules(listen):
    class Plugin:
        def hear(self, _content: object) -> None:
            """Nothing."""

    plugin = Plugin()
    listen("content_object_init", partial(nothing, 1))
    signals.content_object_init.connect(plugin.hear)
    assert foreign.listeners(["content_object_init"], []) == [foreign.Listener(__name__, "content_object_init")]


def test_who_listens_to_one_sender_only_is_noticed_too(listen):
    signals.article_generator_finalized.connect(nothing, sender="x", weak=False)
    assert foreign.listeners(["article_generator_finalized"], [])


# --- An ordinary build -----------------------------------------------------------------------------------------------


def count_contents(monkeypatch: pytest.MonkeyPatch) -> list[Content]:
    made: list[Content] = []
    real = Content.__init__

    def counting(self: Content, *arguments: Any, **given: Any) -> None:
        made.append(self)
        real(self, *arguments, **given)

    monkeypatch.setattr(Content, "__init__", counting)
    return made


def test_an_ordinary_build_makes_no_article(build, monkeypatch):
    made = count_contents(monkeypatch)
    build(STORIES)
    build({"community/a.md": story("Apples anew", date="2026-10-01")})
    assert made == []


@pytest.mark.parametrize(
    "name", ["initialized", "generator_init", "article_generator_init", "readers_init", "finalized"]
)
def test_a_listener_that_needs_no_article_gets_none(name, make, listen, monkeypatch):
    made = count_contents(monkeypatch)
    listen(name)
    make()
    assert made == []


@pytest.mark.parametrize("name", foreign.FULL)
def test_a_listener_to_any_other_signal_has_every_article_made(name, make, listen, monkeypatch):
    made = count_contents(monkeypatch)
    listen(name)
    site = make()
    assert not site.stopped
    assert sum(isinstance(each, Article) for each in made) == 3


def test_a_generator_of_a_plugin_s_gets_the_lists(make, listen):
    titles: list[str] = []

    class Own(Generator):
        def generate_context(self) -> None:
            """What a plugin's generator reads."""
            titles.extend(article.title for article in self.context["articles"])

    listen("get_generators", lambda _pelican: Own)
    make()
    assert titles == ["Choirs", "Bread", "Apples"]


# --- Articles --------------------------------------------------------------------------------------------------------


def articles_of(make: Callable[..., Site], listen: Callable[..., None], files: Any = None, **settings: Any) -> Any:
    kept: list[Any] = []
    listen("all_generators_finalized", kept.extend)
    site = make(files, **settings)
    assert not site.stopped, site.problems
    return kept


def test_an_article_has_what_its_story_has(make, listen):
    keys = {"kicker": "Autumn", "summary": "A & B", "modified": "2026-10-04", "series": "fairs"}
    files = {"community/b.md": story("Bread", "Text, and [more](a.md).", date="2026-10-02 09:30", tags="x, y", **keys)}
    generator = articles_of(make, listen, files, EXTRA_KEYS=["series"])[0]
    article = next(each for each in generator.articles if each.slug == "b")
    assert (article.title, article.lang, article.status, article.kicker) == ("Bread", "en", "published", "Autumn")
    assert (article.date.isoformat(), article.modified.isoformat()[:10]) == ("2026-10-02T09:30:00+04:00", "2026-10-04")
    assert (article.category.name, article.category.url) == ("community", "community/")
    assert [(tag.name, tag.url) for tag in article.tags] == [("x", "topics/x/"), ("y", "topics/y/")]
    assert (article.summary, article.series, article.metadata["series"]) == ("A & B", "fairs", "fairs")
    assert (article.url, article.save_as) == ("2026/10/02/b/", "2026/10/02/b/index.html")
    assert article.content == '<p>Text, and <a href="/2026/10/01/a/">more</a>.</p>'
    assert article.get_relative_source_path() == "community/b.md"


def test_the_lists_are_pelican_s(make, listen):
    files = {
        "community/d.md": story("Draft", status="draft"),
        "community/h.md": story("Hidden", status="hidden"),
        "community/w.md": story("Withdrawn", status="withdrawn"),
        "community/e.md": story("Embargoed", embargo="2099-01-01"),
        "culture/hy/c.md": story("Երգչախումբ", date="2026-10-03", category="culture", lang="hy"),
        "data/paper.toml": PAPER + 'languages = ["en", "hy"]\n',
    }
    stories, pages, statics = articles_of(make, listen, files)
    assert [each.title for each in stories.articles] == ["Choirs", "Bread", "Apples"]
    assert [each.title for each in stories.translations] == ["Երգչախումբ"]
    assert stories.translations[0].translations == [stories.articles[0]]
    assert stories.translations[0].url == "hy/2026/10/03/c/"
    assert [each.title for each in stories.drafts] == ["Draft"]
    assert [each.title for each in stories.hidden_articles] == ["Hidden"]
    assert [(str(each), len(found)) for each, found in stories.categories] == [("community", 2), ("culture", 1)]
    assert [(str(each), len(found)) for each, found in stories.authors] == [("Ani", 2)]
    assert {str(each): len(found) for each, found in stories.tags.items()} == {"harvest": 2}
    assert stories.context["articles"] is stories.articles
    assert [(each.title, each.url) for each in pages.pages] == [("About us", "about/")]
    assert [(each.get_relative_source_path(), each.url) for each in statics.staticfiles] == [
        ("images/loaf.png", "images/loaf.png")
    ]
    assert all(isinstance(each, Static) for each in statics.staticfiles)


def test_a_link_of_an_article_follows_a_story_that_a_plugin_moves(make, listen):
    def move(generator: Any) -> None:
        next(each for each in generator.articles if each.slug == "b").slug = "moved"

    listen("article_generator_pretaxonomy", move)
    stories = articles_of(make, listen)[0]
    article = next(each for each in stories.articles if each.slug == "a")
    assert 'href="/2026/10/02/moved/"' in article.content


# --- What plugins do -------------------------------------------------------------------------------------------------


def find(generator: Any, slug: str) -> Any:
    return next(each for each in generator.articles if each.slug == slug)


@pytest.mark.parametrize("name", ["article_generator_pretaxonomy", "article_generator_finalized"])
def test_a_story_that_a_plugin_drops_is_nowhere(name, make, listen):
    listen(name, lambda generator: generator.articles.remove(find(generator, "c")))
    site = make()
    assert not site.stopped
    assert not [each for each, data in site.files().items() if b"Choirs" in data]
    assert not (site.output / "culture").exists()


def test_a_story_that_a_plugin_lets_skip_is_nowhere(make, listen):
    def skip(_generator: Any, metadata: dict[str, Any]) -> None:
        if metadata["title"] == "Choirs":
            metadata["status"] = "skip"

    listen("article_generator_context", skip)
    site = make()
    assert not [each for each, data in site.files().items() if b"Choirs" in data]


def test_an_article_that_a_plugin_spoils_stops_the_build(make, listen):
    def spoil(article: Any) -> None:
        if getattr(article, "title", "") == "Choirs":
            del article.title

    listen("content_object_init", spoil)
    site = make()
    assert site.stopped
    assert [each.path for each in site.problems if each.code == "plugin/failed"] == ["culture/c.md"]


def test_a_story_that_a_plugin_drops_and_another_links_to_is_told(make, listen):
    listen("article_generator_pretaxonomy", lambda generator: generator.articles.remove(find(generator, "b")))
    assert make().codes() >= {"link/broken"}


@pytest.mark.parametrize(
    ("change", "save_as", "words"),
    [
        ({"title": "Songs"}, "2026/10/03/c/index.html", "Songs"),
        ({"title": "Songs"}, "culture/index.html", "Songs"),
        ({"slug": "songs"}, "2026/10/03/songs/index.html", "Choirs"),
        ({"override_url": "songs/", "override_save_as": "songs/index.html"}, "songs/index.html", "Choirs"),
        ({"override_url": "songs/", "override_save_as": "songs/index.html"}, "index.html", 'href="/songs/"'),
        ({"date": SafeDatetime(2026, 9, 5, 8, tzinfo=ZoneInfo("Asia/Yerevan"))}, "2026/09/05/c/index.html", "Choirs"),
        ({"category": "music"}, "music/index.html", "Choirs"),
        ({"tags": ("choral",)}, "topics/choral/index.html", "Choirs"),
        ({"_summary": "In short."}, "culture/index.html", "In short."),
    ],
)
@pytest.mark.parametrize("name", ["article_generator_pretaxonomy", "article_generator_finalized"])
def test_what_a_plugin_changes_shows(name, change, save_as, words, make, listen):
    def apply(generator: Any) -> None:
        article = find(generator, "c")
        for key, value in change.items():
            if key == "category":
                value = Category(value, generator.settings)
            if key == "tags":
                value = [Tag(each, generator.settings) for each in value]
            setattr(article, key, value)

    listen(name, apply)
    site = make()
    assert not site.stopped, site.problems
    assert words in site.text(save_as)
    assert (site.output / "2026/10/03/c").exists() is (save_as.startswith(("2026/10/03/c", "c", "m", "t")))


def test_what_a_plugin_changes_in_the_metadata_shows(make, listen):
    def rename(_generator: Any, metadata: dict[str, Any]) -> None:
        metadata["title"] = metadata["title"].upper()

    listen("article_generator_context", rename)
    site = make()
    assert "CHOIRS" in site.text("index.html")


def test_a_story_that_a_plugin_holds_back_is_a_draft(make, listen):
    def hold(article: Any) -> None:
        if isinstance(article, Article) and article.title == "Choirs":
            article.status = "draft"

    listen("content_object_init", hold)
    site = make()
    assert not [each for each, data in site.files().items() if b"Choirs" in data]


def test_a_story_that_a_plugin_dates_into_the_future_waits(make, listen):
    told: list[str] = []

    def wait(generator: Any) -> None:
        find(generator, "c").date = SafeDatetime(2099, 1, 1, tzinfo=ZoneInfo("UTC"))

    listen("article_generator_finalized", wait)
    listen("article_generator_write_article", lambda _generator, content: told.append(content.title))
    site = make()
    assert not [each for each, data in site.files().items() if b"Choirs" in data]
    assert told == ["Bread", "Apples"]


def test_what_is_done_when_an_article_is_written_is_on_its_page(make, listen, with_article):
    def mark(_generator: Any, content: Any) -> None:
        content.mark = f"marked {content.slug}"

    listen("article_generator_write_article", mark)
    site = make(**with_article('<i id="before">{{ article.mark }}</i>'))
    assert shown(site, "2026/10/03/c/index.html") == "marked c"


def test_only_a_story_s_own_page_has_an_article(make, listen, tmp_path):
    text = (ROOT / "theme/templates/listing.html").read_text("utf-8")
    marked = text.replace("{% block main %}", '{% block main %}<i id="before">{{ article }}</i>')
    write_files(tmp_path / "own", {"listing.html": marked})
    listen("content_object_init")
    assert shown(make(THEME_TEMPLATES_OVERRIDES=[str(tmp_path / "own")]), "culture/index.html") == "None"


# --- Pages written ---------------------------------------------------------------------------------------------------


def test_every_page_is_told_at_every_build_when_it_is_in_place(make, listen):
    told: list[tuple[str, str]] = []

    def hear(path: str, context: dict[str, Any]) -> None:
        assert Path(path).is_file()
        thing = context.get("article") or context.get("page")
        told.append((context["output_file"], getattr(thing, "title", "")))

    listen("content_written", hear)
    site = make()
    pages = {name for name in site.files() if name.endswith(".html")}
    assert {name for name, _ in told} == pages
    assert told[:3] == [(f"2026/10/0{day}/{slug}/index.html", title) for day, slug, title in
                        ((3, "c", "Choirs"), (2, "b", "Bread"), (1, "a", "Apples"))]  # fmt: skip
    assert told[-1] == ("about/index.html", "About us")
    told.clear()
    make({"community/a.md": story("Apples anew", date="2026-10-01")})
    assert {name for name, _ in told} == pages


def shout(path: str, context: dict[str, Any]) -> None:
    """Rewrites a page, as minifiers do."""
    file = Path(path)
    file.write_bytes(file.read_bytes() + b"<!-- pressed -->")


def test_a_page_that_a_plugin_rewrites_stays_so_and_is_rewritten_once(make, listen):
    listen("content_written", shout)
    for files in (None, None, {"community/a.md": story("Apples anew", date="2026-10-01")}):
        site = make(files)
        assert not site.stopped
        for name, data in site.files().items():
            assert data.count(b"<!-- pressed -->") == name.endswith(".html"), name
    signals.content_written.receivers.clear()
    site = make()
    assert site.files() == fresh(site, PRESS_PLAIN=True).files()
    assert make().written.changed == ()


def fresh(site: Site, **settings: Any) -> Site:
    """The same paper built into a new folder."""
    folder = site.output.parent / "fresh"
    shutil.rmtree(folder, ignore_errors=True)
    return run_press(site.content, folder / "output", folder / ".press", **{"PLUGINS": list(PLUGINS), **settings})


def test_a_file_that_a_plugin_writes_at_the_end_is_its_own(make, listen):
    listen("finalized", lambda pelican: write_files(Path(pelican.output_path), {"own/list.txt": "mine"}))
    assert make().text("own/list.txt") == "mine"
    site = make({"community/a.md": story("Apples anew", date="2026-10-01")})
    assert not site.stopped
    assert site.text("own/list.txt") == "mine"
    assert not make().stopped
    signals.finalized.receivers.clear()
    make({"community/a.md": story("Apples once more", date="2026-10-01")})
    assert not (site.output / "own").exists()


def test_what_comes_beside_a_file_that_a_plugin_has_just_written_is_a_stray(make, listen):
    make()
    # The times of the folders above are to be believed, or the next build would open them anyway.
    time.sleep(TICK / 1e9)
    make({"culture/c.md": story("Choirs anew", date="2026-10-03", category="culture")})
    listen("finalized", lambda pelican: write_files(Path(pelican.output_path), {"2026/10/01/list.txt": "mine"}))
    site = make({"pages/about.md": "---\ntitle: About us all\n---\n\nText.\n"})
    write_files(site.output, {"2026/10/01/held.html": "somebody else's"})
    assert [problem.code for problem in make().problems if problem.severity == "error"] == ["output/stray"]


# --- When a plugin goes ----------------------------------------------------------------------------------------------


def test_when_the_plugin_goes_the_next_build_is_an_ordinary_one(make, listen, with_article, monkeypatch):
    own = with_article('{{ "<i>" if article else "" }}')
    listen("article_generator_pretaxonomy", lambda generator: generator.articles.remove(find(generator, "c")))
    assert not (make(**own).output / "culture").exists()
    signals.article_generator_pretaxonomy.receivers.clear()
    made = count_contents(monkeypatch)
    site = make()
    assert made == []
    assert site.files() == fresh(site, PRESS_PLAIN=True).files()
    assert "Choirs" in site.text("culture/index.html")
    assert make().written.changed == ()


def test_an_ordinary_build_s_notes_are_not_believed(make, listen):
    make()

    def rename(generator: Any) -> None:
        find(generator, "c").title = "Songs"

    listen("article_generator_finalized", rename)
    site = make()
    assert "Songs" in site.text("index.html")
    assert site.files() == fresh(site, PRESS_PLAIN=True).files()


# --- A plugin that connects late -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["initialized", "get_generators", "generator_init", "article_generator_init", "get_writer"]
)
def test_a_plugin_that_connects_late_is_served(name, make, listen):
    told: list[str] = []

    def hear(path: str, context: dict[str, Any]) -> None:
        told.append(context["output_file"])

    def connect(_sender: Any) -> None:
        signals.content_written.connect(hear, weak=False)

    listen(name, connect)
    site = make()
    assert not site.stopped
    assert "2026/10/03/c/index.html" in told


# --- Runs ------------------------------------------------------------------------------------------------------------


def test_a_second_run_of_one_process_is_as_right_as_the_first(make, listen, tmp_path):
    listen("article_generator_finalized", lambda generator: setattr(generator.articles[-1], "title", "The first"))
    make()
    pelican = PressPelican(
        settings_for(tmp_path / "content", tmp_path / "output", tmp_path / ".press", PLUGINS=list(PLUGINS))
    )
    for title in ("Choirs again", "Choirs once more"):
        write_files(tmp_path / "content", {"culture/c.md": story(title, date="2026-10-03", category="culture")})
        pelican.run()
        home = (tmp_path / "output/index.html").read_text("utf-8")
        assert title in home
        assert "The first" in home


def test_a_check_writes_nothing_and_tells_what_a_build_would(make, listen, tmp_path):
    before = make().files()
    listen("article_generator_pretaxonomy", lambda generator: generator.articles.remove(find(generator, "b")))
    listen("content_written", lambda path, context: pytest.fail(f"{path} {context}"))
    pelican = PressPelican(
        settings_for(tmp_path / "content", tmp_path / "output", tmp_path / ".press", PLUGINS=list(PLUGINS))
    )
    assert "link/broken" in {problem.code for problem in pelican.check()}
    assert snapshot(tmp_path / "output") == before


# --- What is told ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", foreign.UNSENT)
def test_a_listener_that_changes_nothing_is_told_so(name, make, listen):
    listen(name)
    site = make()
    (problem,) = [each for each in site.problems if each.code == "plugin/not-honoured"]
    assert (problem.severity, site.stopped) == (Severity.WARNING, False)
    assert __name__ in problem.message
    assert name in problem.message


def test_a_text_that_a_plugin_changes_is_told_with_its_file(make, listen):
    def change(article: Any) -> None:
        if isinstance(article, Article) and article.title == "Choirs":
            article._content = "<p>Another text.</p>"

    listen("content_object_init", change)
    site = make()
    assert [each.path for each in site.problems if each.code == "plugin/not-honoured"] == ["culture/c.md"]
    assert "Another text" not in site.text("2026/10/03/c/index.html")


def test_an_article_that_a_plugin_makes_itself_is_told(make, listen):
    def add(generator: Any) -> None:
        metadata = {"title": "New", "date": SafeDatetime(2026, 10, 1), "category": Category("x", generator.settings)}
        generator.articles.append(
            Article("", metadata, settings=generator.settings, source_path="none.md", context=generator.context)
        )

    listen("article_generator_pretaxonomy", add)
    assert "plugin/not-honoured" in make().codes()


@pytest.mark.parametrize("name", foreign.FULL)
def test_a_plugin_that_fails_stops_the_build_with_its_name(name, make, listen):
    def fail(*_arguments: object, **_given: object) -> None:
        raise ValueError("out of ink")

    listen(name, fail)
    if name == "all_generators_finalized":
        with pytest.raises(ValueError, match="out of ink"):
            make()
        return
    site = make()
    assert site.stopped
    (problem,) = [each for each in site.problems if each.code == "plugin/failed"]
    assert "out of ink" in problem.message
    assert problem.path.endswith("test_full_mode.py")


def test_a_plugin_of_somebody_s_own_is_served_and_named(make, tmp_path, monkeypatch):
    code = "from pelican.plugins import signals\n\n\ndef mark(article):\n    article.mark = 'of ours'\n\n\n"
    code += "def register():\n    signals.content_object_init.connect(mark)\n"
    write_files(tmp_path / "code", {"marking_plugin.py": code})
    monkeypatch.syspath_prepend(str(tmp_path / "code"))
    assert not make(PLUGINS=[*PLUGINS, "marking_plugin"]).stopped
    assert foreign.listeners(foreign.FULL, ["marking_plugin"]) == [
        foreign.Listener("marking_plugin", "content_object_init")
    ]


def test_what_a_plugin_wrote_before_another_failed_is_no_stranger(make, listen):
    def fail(_pelican: Any) -> None:
        raise ValueError("out of ink")

    listen("content_written")
    listen("finalized", lambda pelican: write_files(Path(pelican.output_path), {"own.txt": "mine"}))
    listen("finalized", fail)
    with pytest.raises(ValueError, match="out of ink"):
        make()
    signals.finalized.disconnect(fail)
    site = make()
    assert not site.stopped, site.problems
    assert site.text("own.txt") == "mine"


def test_the_report_names_the_plugin_and_what_it_cost(make, listen, tmp_path):
    make()
    listen("article_generator_finalized")
    pelican = PressPelican(
        settings_for(tmp_path / "content", tmp_path / "output", tmp_path / ".press", PLUGINS=list(PLUGINS))
    )
    pelican.run()
    assert pelican.built
    lines = report.summary(pelican.built, pelican.written, 1.0, "output")
    assert f"every page was made for the plugin {__name__} (article_generator_finalized)" in lines
    assert any(line.startswith("full mode: ") and " s for articles, " in line for line in lines)


# --- As in plain Pelican ---------------------------------------------------------------------------------------------


def test_signals_come_in_pelican_s_order(make, listen, tmp_path):
    heard: list[tuple[str, str]] = []
    names = (*foreign.FULL, "get_writer", "finalized")

    def note(name: str) -> Callable[..., None]:
        def hear(sender: Any, **given: Any) -> None:
            thing = given.get("content") or given.get("metadata") or (sender if isinstance(sender, Content) else None)
            title = thing.get("title", "") if isinstance(thing, dict) else getattr(thing, "title", "")
            heard.append((name, title))

        return hear

    for name in names:
        listen(name, note(name))
    make()
    ours = list(heard)
    heard.clear()
    override = {
        "PATH": str(tmp_path / "content"),
        "OUTPUT_PATH": str(tmp_path / "plain"),
        "ARTICLE_PATHS": ["community", "culture"],
        "PAGE_PATHS": ["pages"],
        "STATIC_PATHS": ["images"],
        "TIMEZONE": "Asia/Yerevan",
        "SITEURL": "https://courier.example",
        "DEFAULT_LANG": "en",
        "PLUGINS": [],
    }
    Pelican(read_settings(override=override)).run()

    def first(found: list[tuple[str, str]]) -> list[str]:
        return list(dict.fromkeys(name for name, _ in found if name != "page_generator_write_page"))

    def of(found: list[tuple[str, str]], title: str) -> list[str]:
        return [name for name, about in found if about == title]

    assert first(ours) == first(heard)
    for title in ("Choirs", "Bread", "Apples", "About us"):
        assert of(ours, title) == of(heard, title), title
    written = [title for name, title in ours if name == "article_generator_write_article"]
    assert written == [title for name, title in heard if name == "article_generator_write_article"]


# --- Plugins that people use -----------------------------------------------------------------------------------------


def test_neighbors_are_on_the_page_and_right_after_an_edit(make, with_article):
    plugins = {"PLUGINS": [*PLUGINS, "neighbors"], **with_article(NEIGHBOUR)}
    site = make(**plugins)
    assert shown(site, "2026/10/03/c/index.html") == "Bread"
    site = make({"community/b.md": story("Rye bread", date="2026-10-02")}, **plugins)
    assert shown(site, "2026/10/03/c/index.html") == "Rye bread"
    site = make({"community/b.md": None, "community/a.md": story("Apples", date="2026-10-01")}, **plugins)
    assert shown(site, "2026/10/03/c/index.html") == "Apples"
    assert make(**plugins).written.changed == ()


def test_the_sitemap_plugin_lists_every_page_after_an_edit(make):
    settings = {"PLUGINS": [*PLUGINS, "sitemap"], "SITEMAP": {"format": "txt", "exclude": ["404"]}}

    def listed(site: Site) -> set[str]:
        assert not site.stopped, site.problems
        return set(site.text("sitemap.txt").split())

    pages = listed(make(**settings))
    assert pages >= {"/2026/10/01/a/", "/2026/10/02/b/", "/2026/10/03/c/", "/about/", "/", "/culture/"}
    assert listed(make({"community/a.md": story("Apples anew", date="2026-10-01")}, **settings)) == pages
    more = listed(make({"community/n.md": story("New", date="2026-10-05")}, **settings))
    assert more == pages | {"/2026/10/05/n/"}


def test_after_random_edits_full_mode_equals_itself_without_a_store(tmp_path, listen):
    paper = equality.start(tmp_path, seed=7, stories=15)
    path = paper.theme / "templates/story.html"
    path.write_text(path.read_text("utf-8").replace("{% block main %}", "{% block main %}" + NEIGHBOUR), "utf-8")
    from pelicanconf import PLUGINS as ALL

    plugins = [*ALL, "own_plugin", "neighbors"]
    listen("content_written", shout)
    for step in range(15):
        kept = equality.press(paper, tmp_path / "kept/one", PLUGINS=plugins)
        plain = equality.press(paper, tmp_path / "plain", PLUGINS=plugins, PRESS_PLAIN=True)
        assert kept.stopped == plain.stopped, (step, plain.problems)
        assert set(kept.problems) == set(plain.problems), step
        if not plain.stopped:
            assert equality.difference(kept.output, plain.output) == [], step
            assert any(b'id="before"' in data for data in snapshot(kept.output).values())
        shutil.rmtree(tmp_path / "plain", ignore_errors=True)
        equality.edit(paper)


def test_the_command_with_two_workers_gives_the_same_bytes_and_says_why_it_took_longer(tmp_path):
    paper = equality.start(tmp_path, seed=3, stories=60)
    plugins = [*PLUGINS, "plugins.datelines", "plugins.newsletters", "neighbors"]
    same: dict[str, Any] = {"PLUGINS": plugins, "PAGE_SIZE": 3, "THEME": str(paper.theme)}
    told = {**same, "PRESS_PATH": str(tmp_path / "press")}
    settings = [f"{name}={json.dumps(value)}" for name, value in told.items()]
    command = [sys.executable, "-m", "pelican", str(paper.content), "-o", str(tmp_path / "out"), "-s", "pelicanconf.py"]
    environment = {**os.environ, "NOW": paper.now.isoformat(), "PRESS_JOBS": "2", "COLUMNS": "200"}
    done = subprocess.run(
        [*command, "-e", *settings], env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "made for the plugin pelican.plugins.neighbors (article_generator_finalized)" in done.stdout
    now = paper.now.isoformat()
    plain = run_press(paper.content, tmp_path / "plain", tmp_path / ".plain", PRESS_PLAIN=True, NOW=now, **same)
    assert equality.difference(tmp_path / "out", plain.output) == []
