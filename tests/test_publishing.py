"""Publishing one story changes the pages that it stands on, and no others, by this test's own reckoning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.conftest import NEWSLETTERS, PAPER, Site, run_press, story, write_files

SECTIONS = ("business", "community", "culture", "schools", "sport")
TOPICS = ("chess", "choirs", "harvest", "trains", "water")
AUTHORS = ("Ani Example", "Jane Sample", "Guest Writer")
PLACES = ("GORIS", "DILIJAN", "KAPAN")
PAGE_SIZE = 10
FEED = 20


@dataclass(frozen=True)
class Piece:
    """A story as this test knows it; number: from the oldest, which is its date too."""

    number: int
    section: str
    topics: tuple[str, ...]
    author: str
    place: str

    @property
    def slug(self) -> str:
        return f"story-{self.number}"

    @property
    def day(self) -> tuple[str, str, str]:
        """Year, month, day: 100 stories a month, beginning in January 2024."""
        months = self.number // 100
        return f"{2024 + months // 12}", f"{1 + months % 12:02}", f"{1 + self.number % 100 // 4:02}"

    @property
    def page(self) -> str:
        return f"{'/'.join(self.day)}/{self.slug}/index.html"

    @property
    def file(self) -> str:
        return f"content/{self.section}/{self.day[0]}/{self.slug}.md"

    def text(self) -> str:
        date = f"{'-'.join(self.day)} {8 + self.number % 4:02}:00"
        keys = {"category": self.section, "tags": ", ".join(self.topics), "authors": self.author, "date": date}
        body = f"{self.place}, Armenia (Example Wire) — The fair was held."
        return story(f"Story {self.number}", body, slug=self.slug, **keys)


@dataclass
class Archive:
    """All stories, oldest first."""

    pieces: list[Piece] = field(default_factory=list)

    def of(self, **keys: str) -> list[Piece]:
        """The stories with this section, author or place; topics by `topic`."""
        topic = keys.pop("topic", None)
        return [
            each
            for each in self.pieces
            if all(getattr(each, key) == value for key, value in keys.items())
            and (topic is None or topic in each.topics)
        ]


def piece(number: int) -> Piece:
    """Of a paper whose sections, topics, authors and places take turns, none in step with another."""
    topics = (TOPICS[number % 5], TOPICS[(number // 5 + 1) % 5])
    return Piece(
        number, SECTIONS[number % 5], tuple(dict.fromkeys(topics)), AUTHORS[number % 3], PLACES[number // 2 % 3]
    )


def changed_sheets(top: str, before: int) -> Iterator[str]:
    """The sheets that change when one story joins `before` others in a listing.

    The newest sheet holds 10 to 19; the twentieth makes a full sheet of the older ten, which so gets an address of its
    own, and the full sheet before it another neighbour. All older ones stay as they are.
    """
    yield f"{top}/index.html"
    full, full_before = max(0, (before + 1) // PAGE_SIZE - 1), max(0, before // PAGE_SIZE - 1)
    if full > full_before:
        yield f"{top}/page/{full}/index.html"
        if full > 1:
            yield f"{top}/page/{full - 1}/index.html"


def sheets(top: str, stories: int) -> Iterator[str]:
    """The addresses of a listing's sheets."""
    yield f"{top}/"
    yield from (f"{top}/page/{number}/" for number in range(1, max(0, stories // PAGE_SIZE - 1) + 1))


def listings(archive: Archive) -> Iterator[str]:
    """The addresses of all pages of a paper that are no stories and that search engines should know of."""
    yield from ("", "archive/", "topics/", "authors/", "places/", "newsletters/")
    yield from {f"{piece.day[0]}/" for piece in archive.pieces}
    yield from {f"{piece.day[0]}/{piece.day[1]}/" for piece in archive.pieces}
    for section in SECTIONS:
        yield from sheets(section, len(archive.of(section=section)))
    for author in AUTHORS:
        yield from sheets(f"authors/{author.lower().replace(' ', '-')}", len(archive.of(author=author)))
    for place in PLACES:
        yield from sheets(f"places/{place.lower()}-armenia", len(archive.of(place=place)))
    for topic in TOPICS:
        yield from sheets(f"topics/{topic}", len(archive.of(topic=topic)))


def sitemaps(archive: Archive) -> dict[str, list[str]]:
    """What stands in each sitemap: one of all, or an index of such with a thousand each, stories the oldest first."""
    stories = [piece.page.removesuffix("index.html") for piece in archive.pieces]
    others = sorted(listings(archive))
    if len(stories) + len(others) <= 1000:
        return {"sitemap.xml": sorted([*stories, *others])}
    maps = {
        f"sitemap-{what}-{start // 1000 + 1}.xml": some[start : start + 1000]
        for what, some in (("stories", stories), ("pages", others))
        for start in range(0, len(some), 1000)
    }
    return {**maps, "sitemap.xml": list(maps)}


def reckoned(archive: Archive, new: Piece) -> set[str]:
    """Every file that publishing `new` changes, in a paper of one language where it is the newest story."""
    year, month, _day = new.day
    found = {new.page, "index.html", "archive/index.html", f"{year}/index.html"}
    before, after = sitemaps(archive), sitemaps(replace(archive, pieces=[*archive.pieces, new]))
    found |= {name for name in after if before.get(name) != after[name]}
    found.add(f"{year}/{month}/index.html")
    found |= {f"feeds/{form}.xml" for form in ("atom", "rss")}
    found |= {f"feeds/{new.section}/{form}.xml" for form in ("atom", "rss")}
    # Each index prints how many stories a name has.
    found |= {"topics/index.html", "authors/index.html", "places/index.html"}
    place = f"{new.place.lower()}-armenia"
    found |= set(changed_sheets(new.section, len(archive.of(section=new.section))))
    found |= set(changed_sheets(f"authors/{new.author.lower().replace(' ', '-')}", len(archive.of(author=new.author))))
    found |= set(changed_sheets(f"places/{place}", len(archive.of(place=new.place))))
    for topic in new.topics:
        found |= set(changed_sheets(f"topics/{topic}", len(archive.of(topic=topic))))
    return found


def feeds(archive: Archive, piece: Piece) -> Iterator[str]:
    """The feeds that hold a story: the newest of the paper, and the newest of its section."""
    for folder, stories in (("feeds", archive.pieces), (f"feeds/{piece.section}", archive.of(section=piece.section))):
        if piece in stories[-FEED:]:
            yield from (f"{folder}/{form}.xml" for form in ("atom", "rss"))


def build(folder: Path, pieces: Iterable[Piece]) -> Site:
    write_files(folder, {each.file: each.text() for each in pieces})
    return run_press(
        folder / "content",
        folder / "output",
        folder / ".press",
        PAGE_SIZE=PAGE_SIZE,
        FEED_MAX_ITEMS=FEED,
        SITEURL="https://courier.example",
    )


def published(folder: Path, stories: int, *, more: int) -> None:
    """A paper of so many stories; then one after the other is published."""
    write_files(folder / "content", {"data/paper.toml": PAPER, "data/newsletters.toml": NEWSLETTERS})
    archive = Archive([piece(number) for number in range(stories)])
    first = build(folder, archive.pieces)
    assert not first.stopped, first.problems[:3]
    for name, addresses in sitemaps(archive).items():
        assert re.findall("<loc>https://courier.example/(.*)</loc>", first.text(name)) == addresses
    filled = 0
    for number in range(stories, stories + more):
        new = piece(number)
        site = build(folder, [new])
        assert not site.stopped, site.problems[:3]
        assert site.written.removed == ()
        expected = reckoned(archive, new)
        assert set(site.written.changed) == expected, number
        filled += any("/page/" in name for name in expected)
        archive.pieces.append(new)
    assert filled, "no sheet became full: more stories are needed"
    # A word in its first paragraph changes its page, the feeds that hold it whole, and cards without another summary.
    last = archive.pieces[-1]
    path = folder / last.file
    path.write_text(path.read_text("utf-8").replace("was held", "was not held"), "utf-8")
    changed = set(build(folder, []).written.changed)
    assert {last.page, *feeds(archive, last)} <= changed
    assert changed <= reckoned(replace(archive, pieces=archive.pieces[:-1]), last)


def test_a_sentence_more_makes_no_list_again(tmp_path):
    """How long a story is stands on no card: its page and the feeds that hold it are made, and nothing else."""
    write_files(tmp_path / "content", {"data/paper.toml": PAPER, "data/newsletters.toml": NEWSLETTERS})
    archive = Archive([piece(number) for number in range(110)])
    first = build(tmp_path, archive.pieces)
    assert not first.stopped, first.problems[:3]
    held = []
    for changed in (archive.pieces[0], archive.pieces[60], archive.pieces[-1]):
        text = changed.text() + "\nIt rained in the evening.\n"
        write_files(tmp_path, {changed.file: text})
        site = build(tmp_path, [])
        assert not site.stopped, site.problems[:3]
        expected = {changed.page, *feeds(archive, changed)}
        assert set(site.written.changed) == expected
        assert site.reasons.keys() == expected
        held.append(len(expected) - 1)
    assert held == [0, 2, 4], "one story is to be in no feed, one in its section's alone, one in the paper's too"


def test_publishing_into_a_hundred(tmp_path):
    published(tmp_path, 92, more=12)


@pytest.mark.slow
def test_publishing_into_two_thousand(tmp_path):
    published(tmp_path, 1990, more=14)
