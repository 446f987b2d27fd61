"""What is taken from Pelican without a promise (docs/decisions/0002): each still behaves as we rely on."""

from __future__ import annotations

import inspect
import logging
import weakref
from datetime import UTC

import pelican
import pytest
from pelican import Pelican
from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.log import FatalLogger
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name, load_plugins
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import SafeDatetime

from plugins.press import foreign, joint
from plugins.stories.body import INTRASITE_LINK
from tests.conftest import story


def test_pelican_is_the_release_that_was_read():
    assert pelican.__version__.startswith("4.12.")


def test_generators_are_chosen_by_get_generator_classes(build):
    plain = Pelican._get_generator_classes
    assert list(inspect.signature(plain).parameters) == ["self"]
    source = inspect.getsource(plain)
    for name in ("ArticlesGenerator", "PagesGenerator", "StaticGenerator"):
        assert name in source


def test_the_writer_is_asked_for_after_every_receiver_and_before_any_byte():
    source = inspect.getsource(Pelican.run)
    order = ["all_generators_finalized.send", "self._get_writer()", "generate_output(writer)", "signals.finalized.send"]
    assert [source.index(each) for each in order] == sorted(source.index(each) for each in order)


def test_plugins_are_loaded_by_init_plugins():
    assert "self.init_plugins()" in inspect.getsource(Pelican.__init__)
    assert [get_plugin_name(each) for each in load_plugins({"PLUGINS": ["plugins.stories"], "PLUGIN_PATHS": []})] == [
        "plugins.stories"
    ]


def test_the_output_is_wiped_only_by_delete_outputdir(build, tmp_path):
    site = build({"news/a.md": story()}, DELETE_OUTPUT_DIRECTORY=True)
    before = (site.output / "index.html").stat().st_mtime_ns
    site = build(DELETE_OUTPUT_DIRECTORY=True)
    assert (site.output / "index.html").stat().st_mtime_ns == before


@pytest.mark.parametrize("cls", [ArticlesGenerator, PagesGenerator, StaticGenerator])
def test_our_generators_override_every_step_of_pelicans(cls):
    steps = {
        name
        for name in (
            "generate_context",
            "check_disabled_readers",
            "refresh_metadata_intersite_links",
            "generate_output",
        )
        if hasattr(cls, name)
    }
    (ours,) = [each for each in vars(joint).values() if isinstance(each, type) and cls in each.__bases__]
    assert steps <= set(vars(ours))


def test_our_link_pattern_is_pelicans():
    class Settings:
        settings = {"INTRASITE_LINK_REGEX": DEFAULT_CONFIG["INTRASITE_LINK_REGEX"]}  # noqa: RUF012

    theirs = Content._get_intrasite_link_regex(Settings())
    samples = [
        '<a href="{filename}a.md">',
        "<a class='x' href='{static}/b.png?c'>",
        '<img alt="{filename}x" src="|static|c.png">',
        '<a href="plain.html">',
        "<p>{filename}text</p>",
        '<meta content="{foo}bar">',
    ]
    for sample in samples:
        ours = [(each["what"], each["value"], each["path"]) for each in INTRASITE_LINK.finditer(sample)]
        assert ours == [(each["what"], each["value"], each["path"]) for each in theirs.finditer(sample)], sample


def test_every_signal_that_is_asked_about_is_one_of_pelicans():
    assert all(hasattr(signals, name) for name in (*foreign.FULL, *foreign.UNSENT, *foreign.AT_THE_END))


def test_no_signal_of_pelicans_is_forgotten():
    """A new one would have no sender here, and nobody would know."""
    pure = {"initialized", "readers_init", "generator_init"}
    pure |= {f"{name}_generator_init" for name in ("article", "page", "static")}
    every = {name for name, value in vars(signals).items() if hasattr(value, "receivers") and not name[0].isupper()}
    assert every == {*foreign.FULL, *foreign.UNSENT, *foreign.AT_THE_END} | pure


def test_a_signal_names_its_receivers():
    def hear(_sender):
        """A receiver."""

    signals.content_object_init.connect(hear)
    (found,) = [each() for each in signals.content_object_init.receivers.values() if isinstance(each, weakref.ref)][-1:]
    assert found is hear


def test_an_article_takes_its_metadata_as_attributes_and_is_announced_when_it_is_made():
    heard: list[object] = []
    signals.content_object_init.connect(heard.append, weak=False)
    settings = {**DEFAULT_CONFIG, "PATH": ".", "OUTPUT_PATH": "output"}
    metadata = {"title": "A", "slug": "a", "date": SafeDatetime(2026, 10, 3, tzinfo=UTC), "summary": "B", "url": "x/"}
    article = Article("<p>C</p>", metadata, settings=settings, source_path="news/a.md", context={})
    assert heard == [article]
    assert (article._content, article._summary, article.override_url, article.url) == ("<p>C</p>", "B", "x/", "x/")
    assert article.get_relative_source_path() == "news/a.md"


def test_an_articles_address_follows_its_slug_and_language():
    settings = {**DEFAULT_CONFIG, "PATH": ".", "ARTICLE_URL": "{date:%Y}/{slug}/", "ARTICLE_LANG_URL": "{lang}/{slug}/"}
    metadata = {"title": "A", "slug": "a", "lang": "en", "date": SafeDatetime(2026, 10, 3, tzinfo=UTC)}
    article = Article("", metadata, settings=settings, source_path="a.md", context={})
    assert article.url == "2026/a/"
    article.slug = "b"
    assert article.url == "2026/b/"
    assert Article("", {**metadata, "lang": "hy"}, settings=settings, source_path="a.md", context={}).url == "hy/a/"


def test_links_of_an_article_are_resolved_by_the_two_maps_of_sources():
    class Row:
        url = "2026/b/"

    context = {"generated_content": {"news/b.md": Row()}, "static_content": {}, "localsiteurl": ""}
    settings = {**DEFAULT_CONFIG, "PATH": "."}
    text = '<a href="{filename}b.md#x">'
    article = Article(text, {"title": "A"}, settings=settings, source_path="news/a.md", context=context)
    assert article.content == '<a href="/2026/b/#x">'


def test_archives_of_periods_are_made_by_the_generator():
    assert list(inspect.signature(ArticlesGenerator._build_period_archives).parameters) == [
        *("self", "sorted_articles", "articles", "settings")
    ]


def test_a_filter_on_pelicans_logger_silences_a_stopped_build(caplog):
    logger = logging.getLogger("pelican")
    assert isinstance(logger, FatalLogger) or type(logger).__name__ == "FatalLogger"
    logger.addFilter(joint.QUIET)
    stopped = joint.BuildStopped([])
    logger.critical("%s", stopped, exc_info=(type(stopped), stopped, None))
    assert not caplog.records
