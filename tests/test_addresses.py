"""Links are for ever: an edit of title or section moves nothing, one of the date moves a story only to another day.

A feed entry's id, by which feed readers know what they have shown, stays whatever is edited.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from plugins.newsroom.addresses import is_web_address
from tests.conftest import PAPER, Site, story

ZONE = ZoneInfo("Asia/Yerevan")
ATOM = "{http://www.w3.org/2005/Atom}"

STORIES: dict[str, dict[str, Any]] = {
    "community/fair.md": {"title": "A fair in the square"},
    "culture/choirs.md": {"title": "Choirs in a courtyard", "date": "2026-10-03 23:59", "category": "culture"},
    "culture/midnight.md": {"title": "A concert at midnight", "date": "2026-10-04 00:00", "category": "culture"},
    "schools/hy/garden.md": {"title": "Դպրոցի այգին", "date": "2026-09-01", "lang": "hy", "category": "schools"},
    "schools/roof.md": {"title": "A roof", "slug": "the-roof", "date": "2026-09-02T20:30:00Z", "category": "schools"},
    "sport/chess.md": {"title": "Chess", "id": "tag:courier.example,1998:chess", "category": "sport"},
}
"""Front matter by file: one near midnight, one just after it, one in another language, one dated in another zone."""

TABLES = {"data/paper.toml": PAPER + 'languages = ["en", "hy"]\n'}


def files(edits: dict[str, Any] | None = None) -> dict[str, str]:
    """The stories, each with the same edits."""
    return {path: story(**{"body": f"{path} was seen.", **front, **(edits or {})}) for path, front in STORIES.items()}


def entries(site: Site) -> dict[str, tuple[str, str]]:
    """Source file → the path of its page, and its id in the feed."""
    assert not site.stopped, site.problems
    found = {}
    for feed in ("feeds/atom.xml", "hy/feeds/atom.xml"):
        for entry in etree.fromstring(site.text(feed).encode()).iter(f"{ATOM}entry"):
            content = entry.findtext(f"{ATOM}content")
            (path,) = [path for path in STORIES if path in content]
            url = urlsplit(entry.find(f"{ATOM}link[@rel='alternate']").get("href")).path
            assert (site.output / url.lstrip("/") / "index.html").is_file()
            found[path] = (url, entry.findtext(f"{ATOM}id"))
    assert found.keys() == STORIES.keys()
    return found


def test_addresses_and_ids_are_those_that_readers_have(build):
    assert entries(build({**TABLES, **files()})) == {
        "community/fair.md": ("/2026/10/03/fair/", "tag:courier.example,2026:en/fair"),
        "culture/choirs.md": ("/2026/10/03/choirs/", "tag:courier.example,2026:en/choirs"),
        "culture/midnight.md": ("/2026/10/04/midnight/", "tag:courier.example,2026:en/midnight"),
        "schools/hy/garden.md": ("/hy/2026/09/01/garden/", "tag:courier.example,2026:hy/garden"),
        "schools/roof.md": ("/2026/09/03/the-roof/", "tag:courier.example,2026:en/the-roof"),
        "sport/chess.md": ("/2026/10/03/chess/", "tag:courier.example,1998:chess"),
    }


MOVE_NOTHING: list[dict[str, Any]] = [
    {"title": "Another title altogether"},
    {"title": '"Առանց լատինատառի"'},
    {"category": "opinion"},
    {"category": None},
    {"title": "New", "category": "opinion", "modified": "2026-11-01 10:00"},
    {"summary": "Another summary.", "tags": "harvest, Gyumri", "authors": "Ani Example"},
    {"priority": 5, "genre": "feature", "kicker": "Autumn"},
]


@pytest.mark.parametrize("edits", MOVE_NOTHING, ids=", ".join)
def test_an_edit_of_what_stands_in_a_story_moves_nothing(build, edits):
    before = entries(build({**TABLES, **files()}))
    assert entries(build(files(edits))) == before
    assert entries(build(files())) == before


def test_a_story_moved_to_another_folder_keeps_its_address(build):
    before = entries(build({**TABLES, **files()}))
    moved = build({"community/fair.md": None, "culture/2026/fair.md": files()["community/fair.md"]})
    assert entries(moved) == before


SHIFTS = [
    timedelta(minutes=1),
    timedelta(minutes=-1),
    timedelta(hours=3),
    timedelta(hours=-5),
    timedelta(days=1),
    timedelta(days=-40),
    timedelta(days=365),
]


def dated(front: dict[str, Any]) -> datetime:
    """A story's instant, in the paper's zone."""
    when = datetime.fromisoformat(str(front.get("date", "2026-10-03 09:30")))
    return (when if when.tzinfo else when.replace(tzinfo=ZONE)).astimezone(ZONE)


@pytest.mark.parametrize("shift", SHIFTS, ids=str)
def test_a_change_of_the_date_moves_a_story_only_to_another_day_of_the_paper(build, shift):
    before = entries(build({**TABLES, **files()}))
    new = {path: dated(front) + shift for path, front in STORIES.items()}
    edited = {
        path: story(**{"body": f"{path} was seen.", **front, "date": f"{new[path]:%Y-%m-%d %H:%M}"})
        for path, front in STORIES.items()
    }
    after = entries(build(edited, NOW="2027-12-01T12:00+04:00"))
    moved = 0
    for path, front in STORIES.items():
        assert after[path][1] == before[path][1]
        assert f"/{new[path]:%Y/%m/%d}/" in after[path][0]
        assert (after[path][0] == before[path][0]) == (new[path].date() == dated(front).date())
        assert after[path][0].rsplit("/", 2)[1:] == before[path][0].rsplit("/", 2)[1:]
        moved += after[path][0] != before[path][0]
    assert moved == len(STORIES) or abs(shift) < timedelta(days=1)


def test_the_same_instant_in_another_zone_is_the_same_day_of_the_paper(build):
    """20:30 in London's winter is past midnight in the paper's."""
    before = entries(build({**TABLES, **files()}))
    edited = {
        path: story(
            **{"body": f"{path} was seen.", **front, "date": dated(front).astimezone(ZoneInfo(zone)).isoformat()}
        )
        for (path, front), zone in zip(
            STORIES.items(),
            ["UTC", "Europe/London", "Asia/Tokyo", "UTC", "Asia/Yerevan", "Pacific/Auckland"],
            strict=True,
        )
    }
    assert entries(build(edited)) == before


def test_a_correction_changes_when_an_entry_was_updated_and_not_its_id(build):
    site = build({**TABLES, **files()})
    before = entries(site)
    assert entries(build(files({"modified": "2026-11-10 10:00"}))) == before
    assert "2026-11-10T10:00:00+04:00" in site.text("feeds/atom.xml")


WEB = ["https://wire.example", "http://wire.example:8080/a?b#c", "HTTPS://wire.example/", "https://user@wire.example/"]
NO_WEB = [
    *(
        "",
        "wire.example",
        "/about/",
        "//wire.example/",
        "mailto:desk@wire.example",
        "ftp://wire.example/",
        "https:///a",
    ),
    *("https://", "https://[x", "https://wire.example:port/", "https://wire.example/a b", "https://wire.example/\n"),
    *("https://wire.example/\x00", "https://:80/", None, 5),
]


@pytest.mark.parametrize("address", WEB)
def test_an_address_of_the_web(address):
    assert is_web_address(address)


@pytest.mark.parametrize("address", NO_WEB)
def test_what_is_no_address_of_the_web(address):
    assert not is_web_address(address)
