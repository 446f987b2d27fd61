"""Making pages: what lies ready beside the site, and where."""

from __future__ import annotations

from datetime import UTC, datetime
from gettext import NullTranslations
from pathlib import Path

import pytest

from plugins.newsroom.body import Body
from plugins.newsroom.edition import Edition, House, Sources
from plugins.newsroom.paper import Paper
from plugins.newsroom.pictures import Size
from plugins.newsroom.story import Story
from plugins.newsroom.urls import Site
from plugins.press import making
from plugins.press.making import Workshop
from plugins.press.output import FRESH
from plugins.press.render import Renderer

HELD = b"held"
OTHER = b"else"


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Of a site that has files and links, to each other and to nothing."""
    output, stage = tmp_path / "output", tmp_path / "stage"
    (output / "folder").mkdir(parents=True)
    for name in ("index.html", "file", "folder/index.html"):
        (output / name).write_bytes(HELD)
    for name, target in {"link.html": "index.html", "nowhere.html": "gone", "linked": "folder", "lost": "gone"}.items():
        (output / name).symlink_to(target)
    stage.mkdir()
    sources = Sources(frozenset(), lambda _path: Size(1, 1), Story, lambda _path: Body(()))
    edition = Edition(House(Paper(), datetime(2026, 10, 3, tzinfo=UTC), Site()), sources, (), (), {}, {})
    return Workshop(edition, Renderer([], lambda _lang: NullTranslations()), stage, output, "p1")


@pytest.mark.parametrize("name", ["index.html", "folder/index.html", "linked/index.html"])
def test_bytes_that_the_site_has_need_not_lie_ready(workshop, tmp_path, name):
    assert workshop.put_ready(name, HELD) == ""
    assert not list((tmp_path / "stage").iterdir())


@pytest.mark.parametrize(
    "name", ["index.html", "folder/index.html", "folder/new.html", "new.html", "nowhere.html", "folder", "../a/b.html"]
)
def test_other_bytes_lie_ready_under_a_number(workshop, tmp_path, name):
    ready = workshop.put_ready(name, OTHER)
    assert ready == "p1-1"
    assert (tmp_path / "stage" / ready).read_bytes() == OTHER


def test_a_file_takes_the_place_of_a_link_to_the_same_bytes(workshop):
    assert workshop.put_ready("link.html", HELD) == "p1-1"


@pytest.mark.parametrize("name", ["new/index.html", "new/deep/index.html", "file/index.html", "lost/index.html"])
def test_what_needs_a_folder_lies_ready_in_it(workshop, tmp_path, name):
    beside = name.replace("index", "other")
    assert [workshop.put_ready(each, HELD) for each in (name, beside)] == [f"{FRESH}/{name}", f"{FRESH}/{beside}"]
    assert (tmp_path / "stage" / FRESH / name).read_bytes() == HELD
    assert not (tmp_path / "output/gone").exists()


def test_a_folder_in_the_stage_may_be_anothers(workshop, tmp_path):
    (tmp_path / "stage" / FRESH / "new").mkdir(parents=True)
    assert workshop.put_ready("new/index.html", HELD) == f"{FRESH}/new/index.html"


def test_a_stage_that_has_gone_is_made_again_or_told(workshop, tmp_path, monkeypatch):
    (tmp_path / "stage").rmdir()
    assert workshop.put_ready("new/deep/index.html", HELD) == f"{FRESH}/new/deep/index.html"
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    empty.rmdir()
    with pytest.raises(FileNotFoundError):
        making.make_folder("stage/new")
