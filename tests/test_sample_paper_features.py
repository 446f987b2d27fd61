"""The sample paper uses everything: a key, a box or a genre that nobody writes is one that nobody looks at."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from plugins import datelines, markup, newsletters
from plugins.markup.boxes import BOXES
from plugins.newsroom.body import Body, Marker
from plugins.newsroom.hooks import ReaderSettings, ReadFact
from plugins.newsroom.story import CorrectionKind, Genre, Kind, Status, Story
from plugins.stories.read import Reader
from plugins.stories.schema import AuthorKeys, CorrectionKeys, NewsletterKeys, PageKeys, PhotoKeys, StoryKeys
from tests.conftest import ROOT, Site, run_press
from tests.draw_sample_pictures import PICTURES

CONTENT = ROOT / "content"
DAY = "2026-11-23T12:00+04:00"
"""After the newest story, and before the one under embargo."""

LISTS = "section[contains(@class, 'signup')]"
FEATURES = {
    # What stands above the text.
    "kicker": "//span[@class='story__kicker']",
    "standfirst": "//p[@class='story__standfirst']",
    "no standfirst, no kicker": "//header[@class='story__header'][not(.//*[contains(@class, 'kicker')])]"
    "[not(p[@class='story__standfirst'])]",
    "updated": "//p[@class='story__times'][count(.//time) = 2]",
    "one author": "//address[count(.//*[@class='byline__author']) = 1]",
    "two authors": "//address[count(.//*[@class='byline__author']) = 2]",
    "guest author with a note": "//*[@class='byline__author'][contains(., 'Nora Instance')]/*[@class='byline__note']",
    "authors and agency": "//address[.//*[@class='byline__author']][*[@class='byline__agency']]",
    "agency alone": "//address[*[@class='byline__agency']][not(.//*[@class='byline__author'])]",
    "agency with a site": "//*[@class='byline__agency']/a[starts-with(@href, 'https://')]",
    "agency without a site": "//*[@class='byline__agency'][not(a)]",
    "lead picture": "//div[@class='story__photo']//figcaption",
    "upright lead picture": "//div[@class='story__photo']/figure[contains(@class, 'figure--tall')]",
    "no lead picture": "//article[@class='story'][not(div[@class='story__photo'])]",
    # The dateline.
    "dateline": "//*[@class='dateline']",
    "dateline of a town that stands alone": "//*[@class='dateline'][starts-with(., 'YEREVAN —')]",
    "dateline with region": "//*[@class='dateline'][contains(., 'SEVAN, Armenia')]",
    "dateline with agency": "//*[@class='dateline'][contains(., '(Example Wire)')]",
    "dateline with two places": "//*[@class='dateline'][contains(., 'GYUMRI/VANADZOR')]",
    "dateline from front matter": "//article[.//h1[contains(., 'book fair')]]//*[@class='dateline']",
    "Armenian dateline with day and agency": "//*[@class='dateline'][contains(., 'ՆՈՅԵՄԲԵՐԻ')]",
    "no dateline": "//article[@class='story'][not(.//*[@class='dateline'])]",
    "two places below": "//p[@class='story__source'][count(a[contains(@href, '/places/')]) = 2]",
    # The text.
    "crosshead": "//div[@class='body']/h2",
    "crosshead of the second rank": "//div[@class='body']/h3",
    "list": "//div[@class='body']/ul",
    "numbered list": "//div[@class='body']/ol",
    "list in a list": "//div[@class='body']/ol/li/ul",
    "long, list-heavy text": "//div[@class='body'][count(.//li) > 24]",
    "definitions": "//article[@class='story']//dl/dd",
    "table": "//div[@class='body']//table",
    "table wider than a phone": "//div[@class='body']//table[count(.//th) > 9]",
    "aligned column": "//td[@style]",
    "footnote": "//div[@class='footnote']//li",
    "abbreviation": "//abbr[@title]",
    "subscript typed as HTML": "//div[@class='body']//sub",
    "code": "//div[@class='body']//pre",
    "rule": "//div[@class='body']/hr",
    "quotation": "//div[@class='body']//blockquote",
    "pull-quote with a name": "//*[contains(@class, 'pullquote')][count(p) = 2]",
    "pull-quote that repeats": "//*[contains(@class, 'pullquote')][@aria-hidden='true']",
    "fact box with a title": "//*[@class='factbox']//*[self::h2 or self::h3]",
    "note": "//*[@class='note']",
    "gallery with a title": "//figure[@class='gallery'][figcaption][count(figure) > 2]",
    "picture in the text": "//div[@class='body']/figure[contains(@class, 'figure')]//small[@class='figure__credit']",
    "embed with a still": "//div[@class='body']/figure/a[img][cite]",
    "embed without a still": "//div[@class='body']/figure/a[not(img)][cite]",
    "link to a story": "//div[@class='body']//p//a[contains(@href, '/2026/')]",
    "link to a page": "//article[@class='story']//p//a[@href='/corrections/']",
    "link to a file": "//div[@class='body']//a[contains(@href, '.csv')]",
    # Below the text.
    "correction": "//p[contains(@class, 'corrections__note--correction')]",
    "clarification": "//p[contains(@class, 'corrections__note--clarification')]",
    "update": "//p[contains(@class, 'corrections__note--update')]",
    "two notes": "//section[@class='corrections'][count(p) = 2]",
    "source": "//p[@class='story__source']/a[starts-with(@href, 'https://wire.example/2')]",
    "topic": "//a[starts-with(@href, '/topics/')]",
    "topic in another script": "//a[starts-with(@href, '/hy/topics/')][contains(., 'Գյումրի')]",
    "earlier stories": "//section[@class='earlier']//article",
    "related stories": "//section[@class='related']//li/a",
    # Sign-ups.
    "sign-up in the middle and at the end": f"//div[@class='body'][count({LISTS}) = 2]",
    "sign-up at the end alone": f"//div[@class='body'][count({LISTS}) = 1]",
    "no sign-up": f"//article[@class='story']//div[@class='body'][not({LISTS})]",
    "sign-up that is a link": f"//div[@class='body']/{LISTS}[not(.//form)]//a",
    "sign-up of the other list in the middle": f"//article[.//h1[contains(., 'Sixty-four')]]//{LISTS}[1]"
    "[contains(., 'Courier Weekly')]",
    # Other pages, and what machines read.
    "slug in another script": "//link[@rel='canonical'][contains(@href, '%D5%A3') or contains(@href, 'գ')]",
    "page in the other language": "//link[@rel='alternate'][@hreflang='hy']",
    "address that a story once had": "//meta[@http-equiv='refresh'][contains(@content, '/book-fair/')]",
    "address that a page once had": "//meta[@http-equiv='refresh'][contains(@content, '/about/')]",
    "hidden story": "//head[meta[@name='robots']][contains(title, 'How we count a crowd')]",
    "withdrawn story": "//h1[@class='notice__headline'][. = 'Withdrawn']",
    "author with portrait, role, bio and links": "//header[@class='author'][img][.//*[@class='author__role']]"
    "[.//*[@class='author__bio']][.//*[@class='author__links']]",
    "author without a row": "//h1[@class='author__name'][. = 'Nora Instance']",
    "places by country": "//section[h2[. = 'Armenia']]//a[contains(@href, '/places/')]",
    "lead of the front with a picture": "//article[contains(@class, 'card--lead')][img]",
    "row of a section": "//section[@class='front-row'][h2/a[@href='/schools/']]",
    "archive": "//a[@href='/2025/']",
    "page of newsletters": "//main[.//h1]//a[@href='https://library.example/one-book-a-month']",
}
"""What a reader may meet → where it is found on some page."""

Row = tuple[Story, Body]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("sample")
    return run_press(CONTENT, folder / "output", folder / ".press", NOW=DAY)


@pytest.fixture(scope="module")
def trees(site: Site) -> dict[str, Any]:
    parser = lxml_html.HTMLParser(encoding="utf-8")
    return {
        path.relative_to(site.output).as_posix(): lxml_html.fromstring(path.read_bytes(), parser=parser)
        for path in sorted(site.output.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Every story and page of the paper as read, held ones too."""
    facts: dict[str, ReadFact] = {
        "markup": markup.read_markup,
        "dateline": datelines.read_dateline,
        "newsletter": newsletters.read_newsletter,
    }
    reader = Reader(ReaderSettings(zone="Asia/Yerevan", languages=("en", "hy")), facts)
    paths = [path for path in sorted(CONTENT.rglob("*.md")) if "extra" not in path.parts]
    return [reader.read(path.relative_to(CONTENT).as_posix(), path.read_bytes()) for path in paths]


@pytest.fixture(scope="module")
def stories(rows: list[Row]) -> list[Story]:
    return [row for row, _ in rows if row.kind is Kind.STORY]


def test_nothing_is_wrong_with_it(site: Site) -> None:
    assert [str(problem) for problem in site.problems] == []


@pytest.mark.parametrize("feature", FEATURES)
def test_a_reader_meets(trees: dict[str, Any], feature: str) -> None:
    assert [page for page, tree in trees.items() if tree.xpath(FEATURES[feature])], feature


def test_every_genre_status_kind_of_note_and_box_is_used(rows: list[Row], stories: list[Story]) -> None:
    assert {story.genre for story in stories} == set(Genre)
    assert {story.status for story in stories} == set(Status)
    assert {note.kind for story in stories for note in story.corrections} == set(CorrectionKind)
    typed = "\n".join((CONTENT / row.path).read_text("utf-8") for row, _ in rows)
    assert [box for box in BOXES if f"\n::: {box}" not in typed] == []
    assert {"html", "figure", "gallery", "embed", "gap", "marker"} == {
        block.kind for _, body in rows for block in body.blocks
    }
    assert {each.name for _, body in rows for each in body.blocks if isinstance(each, Marker)} == {None, "weekly"}


@pytest.mark.parametrize("key", StoryKeys.model_fields)
def test_a_story_uses_the_key(stories: list[Story], key: str) -> None:
    assert [story.path for story in stories if key in story.lines], key


@pytest.mark.parametrize(
    ("key", "within"),
    [
        (key, within)
        for key, keys in (
            ("authors", AuthorKeys),
            ("photo", PhotoKeys),
            ("newsletter", NewsletterKeys),
            ("corrections", CorrectionKeys),
        )
        for within in keys.model_fields
    ],
)
def test_a_story_uses_the_key_within(stories: list[Story], key: str, within: str) -> None:
    lines = {line for story in stories for line in story.lines}
    assert [line for line in lines if line.startswith(f"{key}.") and line.endswith(f".{within}")], (key, within)


def test_front_matter_is_written_in_both_forms(stories: list[Story]) -> None:
    first = {(CONTENT / story.path).read_text("utf-8").partition("\n")[0] for story in stories}
    assert "---" in first
    assert [line for line in first if line.startswith("Title: ")]


def test_pages_have_aliases(rows: list[Row]) -> None:
    used = {key for row, _ in rows if row.kind is Kind.PAGE for key in row.lines}
    assert {"title", "summary", "lang", "aliases"} <= used & set(PageKeys.model_fields)


def test_it_is_as_long_and_as_armenian_as_it_should_be(stories: list[Story]) -> None:
    assert 24 <= len(stories) <= 32
    assert Counter(story.lang for story in stories)["hy"] == 5
    slugs = Counter(story.translation_of or story.slug for story in stories)
    assert sorted(slug for slug, count in slugs.items() if count == 2) == [
        "book-fair",
        "courtyard-choirs",
        "harvest-fair",
    ]
    assert [story.path for story in stories if story.translation_of] == ["culture/2025/hy/book-fair.md"]


def test_both_agencies_are_named_by_stories(stories: list[Story]) -> None:
    assert {story.agency for story in stories if story.agency} == {"example-wire", "valley-press"}


def test_what_is_held_is_nowhere(site: Site, stories: list[Story]) -> None:
    held = [story for story in stories if story.status is Status.DRAFT or story.embargo]
    withdrawn = [story for story in stories if story.status is Status.WITHDRAWN]
    assert {story.slug for story in held} == {"bell-returns", "unfinished-mural"}
    assert [story.slug for story in withdrawn] == ["giant-pumpkin"]
    for name, data in site.files().items():
        for story in (*held, *withdrawn):
            assert story.headline.encode() not in data, name
            assert story.photo is None or Path(story.photo.file).name.encode() not in data, name


def test_feeds_keep_an_old_id_and_end_with_a_plain_link(site: Site) -> None:
    feeds = [path.read_text("utf-8") for path in sorted((site.output / "feeds").rglob("*.xml"))]
    assert [feed for feed in feeds if "https://old.courier.example/?p=417" in feed]
    assert [feed for feed in feeds if "/newsletters/#" in feed]
    assert not [feed for feed in feeds if "<form" in feed]


def test_every_picture_of_it_is_drawn_by_the_script() -> None:
    there = {path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*") if path.suffix in {".png", ".jpg"}}
    assert there == set(PICTURES)
    assert [name for name in there if (CONTENT / name).stat().st_size > 60_000] == []
