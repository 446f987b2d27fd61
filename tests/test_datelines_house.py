"""Datelines and the paper's own tables: house style, one id a place, pages, the editor's table, and what it costs."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins import datelines
from plugins.datelines import codes
from plugins.datelines.check import House, check_agency, check_front_matter, check_genre, check_style, corrected
from plugins.datelines.dateline import Dateline, Place
from plugins.datelines.fact import Fact, Unread
from plugins.datelines.near import distance, is_one_slip, nearest
from plugins.datelines.parse import parse_dateline, parse_front_matter, read_front_matter
from plugins.datelines.places import Places, read_places
from plugins.datelines.render import render_dateline
from plugins.datelines.style import Style, Styles, read_styles
from plugins.datelines.tables import region_key
from plugins.desk.datelines import Entry, as_table
from plugins.desk.datelines import datelines as datelines_command
from plugins.newsroom.body import Html, Slot
from plugins.newsroom.hooks import ReaderSettings
from plugins.newsroom.paper import Agency, Paper
from plugins.newsroom.story import Genre, Story
from plugins.newsroom.tables import Table, read_table
from plugins.stories.read import Reader
from tests.conftest import PAPER, ROOT, story
from tests.measure_datelines import STORIES, cost

# The nearest name.

DISTANCES = [
    ("paris", "paris", 0),
    ("pari", "paris", 1),
    ("altanta", "atlanta", 1),
    ("prais", "paris", 1),
    ("vandzor", "vanadzor", 1),
    ("vandzr", "vanadzor", 2),
    ("tblsi", "tbilisi", 2),
    ("ruters", "reuters", 1),
    ("rotues", "reuters", 3),
    ("", "ab", 2),
    ("paris", "lima", 3),
]


@pytest.mark.parametrize(("one", "other", "away"), DISTANCES)
def test_distance(one: str, other: str, away: int) -> None:
    assert distance(one, other) == distance(other, one) == away
    assert is_one_slip(one, other) is (away == 1)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_quick_way_says_the_same(one: str, other: str) -> None:
    assert is_one_slip(one, other) is (distance(one, other) == 1)


NEAR = [
    ("PARI", "PARIS"),
    ("pariss", "PARIS"),
    ("LIMAA", "LIMA"),
    ("REUTRES", "Reuters"),
    ("RUTRES", "Reuters"),
    ("ROME", ""),
    ("LMIAO", ""),
    ("LOMO", ""),
    ("AFP", ""),
    ("PARIS", ""),
]


@pytest.mark.parametrize(("typed", "found"), NEAR)
def test_nearest(typed: str, found: str) -> None:
    assert nearest(typed, ["AP", "LIMA", "PARIS", "Reuters"]) == found


# House style.

RENDERED = [
    ("Gyumri, Armenia (Example Wire)", "en", "GYUMRI, Armenia (Example Wire) —"),
    ("Manila, Philippines, Dec. 3 (Reuters)", "en", "MANILA, Philippines (Reuters) —"),
    ("Beijing/Moscow", "en-gb", "BEIJING/MOSCOW —"),
    ("Beirut and Damascus", "en", "BEIRUT/DAMASCUS —"),
    ("Manille, 3 décembre (Reuters)", "fr", "MANILLE, 3 décembre (Reuters) –"),
    ("Манила, 3 декабря (Рейтер)", "ru", "МАНИЛА, 3 декабря (Рейтер) —"),
    ("مانيلا, 3 ديسمبر (رويترز)", "ar", "مانيلا، 3 ديسمبر (رويترز) —"),
    ("马尼拉, 12月3日 (路透社)", "zh", "马尼拉，12月3日（路透社）—"),
    ("马尼拉", "zh-hant", "马尼拉—"),
    ("Երևան, 28 փետրվարի (Արմենպրես)", "hy", "ԵՐԵՎԱՆ, 28 ՓԵՏՐՎԱՐԻ, ԱՐՄԵՆՊՐԵՍ."),
    ("Երևան (Արմենպրես)", "hy", "ԵՐԵՎԱՆ (ԱՐՄԵՆՊՐԵՍ) —"),
    ("Երևան", "hy", "ԵՐԵՎԱՆ —"),
    ("Երևան", "hyw", "ԵՐԵՒԱՆ —"),
    ("Վանաձոր, Հայաստան", "hy", "ՎԱՆԱՁՈՐ, Հայաստան —"),
]


@pytest.mark.parametrize(("value", "lang", "printed"), RENDERED)
def test_each_language_has_its_style(value: str, lang: str, printed: str) -> None:
    dateline = parse_front_matter(value, lang)
    assert dateline is not None
    assert dateline.text + Styles().of(lang).ending(dateline) == printed
    again = parse_dateline(f"{printed} Growers came.")
    if not printed.startswith(("马", "ب")) or "（" in printed:
        assert again is not None
        assert again.dateline.says_the_same(dateline)


TABLE = """
[style.default]
dash = "–"
[style.en]
day = true
[style.hy]
classical = true
stop = ""
[style.fr]
between = " – "
agency = "（{agency}）"
capitals = []
"""


def styles(text: str = TABLE) -> Styles:
    read, problems = read_styles(read_table("data/datelines.toml", text.encode())[0])
    assert problems == []
    return read


def test_the_papers_table_goes_before_the_built_in_styles() -> None:
    table = styles()
    assert table.of("en") == table.of("en-us") == Style(dash="–", day=True)
    assert table.of("de") == Style(dash="–")
    assert (table.of("hy").classical, table.of("hy").stop, table.of("hy").day) == (True, "", True)
    assert table.of("hyw").agency == ", {agency}"
    dateline = read_front_matter("Paris/Lyon (AFP)")
    assert dateline is not None
    assert render_dateline(dateline, "fr", table.of("fr")).text == "Paris – Lyon（AFP）"


BAD_STYLES = [
    ("style = 1", "table/wrong-type", 1),
    ("colour = 1", "table/unknown-key", 1),
    ("[style]\nen = 1", "table/wrong-type", 2),
    ("[style.English]\nday = true", "table/bad-value", 1),
    ("[style.en]\ndsah = '-'", "table/unknown-key", 2),
    ("[style.en]\nday = 'yes'", "table/wrong-type", 2),
    ("[style.en]\ndash = 'x'", "table/bad-value", 2),
    ("[style.en]\nstop = '!'", "table/bad-value", 2),
    ("[style.en]\ncomma = ' '", "table/bad-value", 2),
    ("[style.en]\nagency = '(AP)'", "table/bad-value", 2),
    ("[style.en]\nagency = ' [{agency}]'", "table/bad-value", 2),
    ("[style.en]\ncapitals = ['town']", "table/bad-value", 2),
    ("[style.en]\ncapitals = [[]]", "table/bad-value", 2),
]


@pytest.mark.parametrize(("text", "code", "line"), BAD_STYLES)
def test_faults_of_the_style_table(text: str, code: str, line: int) -> None:
    _, problems = read_styles(read_table("data/datelines.toml", text.encode())[0])
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]


def test_no_style_table_closes_nothing() -> None:
    assert read_styles(Table("data/datelines.toml")) == (Styles(), [])


# What to type: the whole dateline.

PLACES = """
[gyumri]
en = "GYUMRI"
hy = "ԳՅՈՒՄՐԻ"
region = {en = "Armenia", hy = "Հայաստան"}
alone = true
also = ["LENINAKAN"]
[vanadzor]
en = "VANADZOR"
hy = "ՎԱՆԱՁՈՐ"
region = {en = "Armenia", hy = "Հայաստան"}
[watertown]
name = "WATERTOWN"
region = "Mass."
alone = true
[watertown-ny]
name = "WATERTOWN"
region = "N.Y."
[kaputan]
name = "KAPUTAN"
alone = true
[ani]
name = "ANI"
region = "Turkey"
"""
WIRES = {
    "example-wire": Agency("example-wire", {"name": "Example Wire", "hy": "Օրինակ"}, "https://wire.example"),
    "ap": Agency("ap", {"name": "The Associated Press"}),
}


def places(text: str = PLACES) -> Places:
    read, problems = read_places(read_table("data/places.toml", text.encode())[0])
    assert problems == []
    return read


CORRECTED = [
    ("GYUMRI, Armenia (AP) —", "en", "GYUMRI, Armenia (AP) —"),
    ("POTOMAC, MD -", "en", "POTOMAC, Md. —"),
    ("TORONTO, ON —", "en", "TORONTO, Ontario —"),
    ("ERIE, Penn. --", "en", "ERIE, Pa. —"),
    ("Gyumri, Armenia (Exampel Wire) —", "en", "GYUMRI, Armenia (Example Wire) —"),
    ("GYUMRI, armenia (example-wire) —", "en", "GYUMRI, Armenia (Example Wire) —"),
    ("VANADZOR (Ruters) —", "en", "VANADZOR, Armenia (Reuters) —"),
    ("LENINAKAN (AP) —", "en", "LENINAKAN (AP) —"),
    ("TBILISI, June 3 (AP) -", "en", "TBILISI, Georgia (AP) —"),
    ("ALTANTA (AP) —", "en", "ATLANTA (AP) —"),
    ("FAIRTOWN (AP) —", "en", "FAIRTOWN, Region (AP) —"),
    ("YEREVAN / ROME -", "en", "YEREVAN, Armenia/ROME —"),
    ("3 June 2016 (Valley Bee) –", "en", "CITY, Region (Valley Bee) —"),
    ("ՎԱՆԱՁՈՐ (Արմենպրես) -", "hy", "ՎԱՆԱՁՈՐ, Հայաստան (ԱՐՄԵՆՊՐԵՍ) —"),
    ("PARIS, 3 mai (AFP) --", "fr", "PARIS, 3 mai (AFP) –"),
]


@pytest.mark.parametrize(("head", "lang", "wanted"), CORRECTED)
def test_a_hint_is_the_whole_dateline(head: str, lang: str, wanted: str) -> None:
    dateline = read_front_matter(head)
    found = parse_dateline(f"{head} Growers came.")
    house = House(places(), WIRES, Styles().of(lang), lang)
    assert dateline is not None or found is not None
    assert corrected(found.dateline if found else dateline or Dateline(""), house) == wanted


@pytest.mark.parametrize(("head", "lang", "wanted"), CORRECTED)
def test_what_a_hint_says_has_no_fault(head: str, lang: str, wanted: str) -> None:
    house = House(places(), WIRES, Styles().of(lang), lang)
    found = parse_dateline(f"{wanted} Growers came.")
    assert found is not None
    assert [each.message for each in check_style(found.dateline, " G", house)] == []


AGENCIES = [
    ("Example Wire", "example-wire", []),
    ("example wire", "example-wire", []),
    ("Օրինակ", "example-wire", []),
    ("Example Wire", "", []),
    ("AP", "ap", []),
    ("Associated Press", "ap", []),
    ("AP, Example Wire", "ap", []),
    ("EW", "example-wire", []),
    ("Valley Bee", "valley-bee-2", [codes.AGENCY_DIFFERS]),
    ("Reuters", "ap", [codes.AGENCY_DIFFERS]),
    ("Reuters", "example-wire", [codes.AGENCY_DIFFERS]),
    ("Reuters", "", []),
    ("Ruters", "", [codes.AGENCY_NEAR]),
    ("Ruters", "ap", [codes.AGENCY_NEAR]),
    ("Exampel Wire", "example-wire", [codes.AGENCY_NEAR]),
    ("AFP, Ruters", "", [codes.AGENCY_NEAR]),
    ("ABP", "", []),
    ("SANB", "", []),
    ("Valley Bee", "", []),
    ("RFE/RL", "", []),
]


@pytest.mark.parametrize(("agency", "credited", "wanted"), AGENCIES)
def test_agencies(agency: str, credited: str, wanted: list[Any]) -> None:
    dateline = Dateline(f"PARIS ({agency})", (Place("PARIS"),), agency, dash=" —")
    found = list(check_agency(dateline, credited, House(agencies=WIRES)))
    assert [complaint.code for complaint in found] == wanted
    assert all("PARIS (" in complaint.hint for complaint in found)


def test_a_date_is_house_style_where_the_table_says_so() -> None:
    found = parse_dateline("MANILA, Philippines, Dec. 3 (Reuters) — The")
    assert found is not None
    assert [each.code for each in check_style(found.dateline, " T")] == [codes.DAY]
    assert list(check_style(found.dateline, " T", House(style=Style(day=True)))) == []


def test_other_hints() -> None:
    found = parse_dateline("PARIS — The")
    assert found is not None
    (genre,) = check_genre(found.dateline, Genre.OPINION)
    assert genre.hint == "delete PARIS — or change the genre"
    (differ,) = check_front_matter("Rome", found.dateline)
    assert differ.code is codes.TWO_DIFFER
    assert "ROME —" in differ.hint
    assert "PARIS —" in differ.hint


# One place, one id.

IDS = [
    ("GYUMRI", "", "gyumri"),
    ("Gyumri", "Armenia", "gyumri"),
    ("ԳՅՈՒՄՐԻ", "Հայաստան", "gyumri"),
    ("LENINAKAN", "", "gyumri"),
    ("GYUMRI", "Shirak, Armenia", "gyumri"),
    ("GYUMRI", "Texas", "gyumri-texas"),
    ("WATERTOWN", "", "watertown"),
    ("WATERTOWN", "Mass.", "watertown"),
    ("WATERTOWN", "MA", "watertown"),
    ("WATERTOWN", "Massachusetts", "watertown"),
    ("WATERTOWN", "N.Y.", "watertown-ny"),
    ("WATERTOWN", "New York", "watertown-ny"),
    ("WATERTOWN", "S.D.", "watertown-s-d"),
    ("PARIS", "", "paris"),
    ("PARIS", "France", "paris"),
    ("PARIS", "Texas", "paris-texas"),
    ("TBILISI", "", "tbilisi-georgia"),
    ("TBILISI", "Georgia", "tbilisi-georgia"),
    ("SAVANNAH", "Ga.", "savannah-ga"),
    ("SÃO PAULO", "", "sao-paulo"),
    ("SAO PAULO", "Brazil", "sao-paulo"),
    ("O’FALLON", "Mo.", "o-fallon-mo"),
    ("PORT-AU-PRINCE", "Haiti", "port-au-prince-haiti"),
    ("AYGEPAR", "Tavush, Armenia", "aygepar-tavush-armenia"),
    ("ՍԻՍԻԱՆ", "", "սիսիան"),
    ("北京", "", "北京"),
    ("KAPUTAN", "Armenia", "kaputan"),
]


@pytest.mark.parametrize(("city", "region", "id_"), IDS)
def test_ids(city: str, region: str, id_: str) -> None:
    assert places().id_of(Place(city, region)) == id_


def test_ids_without_a_table() -> None:
    assert Places().id_of(Place("WATERTOWN", "N.Y.")) == "watertown-n-y"
    assert Places().id_of(Place("WATERTOWN", "Mass.")) == "watertown-mass"
    assert Places().id_of(Place("WATERTOWN")) == "watertown"


def test_an_id_of_the_table_is_never_another_places() -> None:
    table = places('[paris]\nname = "PARIS"\nregion = "Texas"\n[rome]\nname = "NEW ROME"\n')
    assert table.id_of(Place("PARIS")) == "paris"
    assert table.id_of(Place("PARIS", "France")) == "paris-france-place"
    assert table.id_of(Place("ROME")) == "rome-italy-place"


def test_without_a_region_the_one_that_stands_alone_is_meant_or_the_only_one() -> None:
    two = '[a]\nname = "SALEM"\nregion = "Mass."\n[b]\nname = "SALEM"\nregion = "Ore."\n'
    assert places(two).find("SALEM") is None
    oregon = places(two).find("SALEM", "OR")
    assert oregon is not None
    assert oregon.id == "b"
    alone = places(two.replace('"Ore."', '"Ore."\nalone = true')).find("SALEM")
    assert alone is not None
    assert alone.id == "b"
    assert places('[a]\nname = "SALEM"\nregion = "Mass."\n').find("SALEM", "Ore.") is None


SHARED = [
    ('[a]\nname = "X"\nregion = "Mass."\n[b]\nname = "X"\nregion = "N.Y."', []),
    ('[a]\nname = "X"\nregion = "Mass."\n[b]\nname = "X"\nregion = "MA"', ["table/bad-value"]),
    ('[a]\nname = "X"\n[b]\nname = "X"\nregion = "N.Y."', ["table/bad-value"]),
    ('[a]\nname = "X"\nregion = "A"\nalone = true\n[b]\nname = "X"\nregion = "B"\nalone = true', ["table/bad-value"]),
    ('["a/b"]\nname = "X"', ["table/bad-value"]),
]


@pytest.mark.parametrize(("text", "wanted"), SHARED)
def test_two_rows_of_one_name_need_two_regions(text: str, wanted: list[str]) -> None:
    _, problems = read_places(read_table("data/places.toml", text.encode())[0])
    assert [problem.code for problem in problems] == wanted


def test_regions_that_are_one() -> None:
    assert region_key("MA") == region_key("Mass.") == region_key("massachusetts")
    assert region_key("Georgia") != region_key("Ga.")


@given(st.text(max_size=20), st.text(max_size=20))
def test_an_id_can_stand_in_an_address(city: str, region: str) -> None:
    id_ = Places().id_of(Place(city, region))
    assert id_
    assert not re.search(r"[\s/_?#%]", id_)
    assert Places().id_of(Place(city.upper(), region)) == Places().id_of(Place(city.upper(), region))


# A doubt that only the table can settle.


def read(source: str, **more: Any) -> tuple[Story, str]:
    """The row, and the page's HTML with the dateline in its slot as a paper with these places prints it."""
    reader = Reader(ReaderSettings(languages=("en", "hy", "ar", "zh")), {"dateline": datelines.read_dateline})
    row, body = reader.read("news/fair.md", source.encode())
    paper = Paper(**more)
    row = datelines.settle_dateline(row, paper)

    class Now:
        site = None

    now: Any = Now()
    now.paper = paper
    html = "".join(
        datelines.fill_dateline(row, now) if isinstance(piece, Slot) else str(piece)
        for block in body.blocks
        if isinstance(block, Html)
        for piece in block.pieces
    )
    return row, html.replace("&nbsp;", " ")


def story_file(body: str, **keys: str) -> str:
    return story("The fair", body, category="news", **keys)


SETTLED = [
    ("KAPUTAN — Growers came.", "KAPUTAN —"),
    ("ANI — Growers came.", "ANI —"),
    ("KAPUTAN - Growers came.", "KAPUTAN -"),
    ("KAPUTAN/GYUMRI — Growers came.", "KAPUTAN/GYUMRI —"),
]


@pytest.mark.parametrize(("body", "printed"), SETTLED)
def test_a_row_of_the_table_makes_a_dateline_of_a_doubt(body: str, printed: str) -> None:
    row, html = read(story_file(body), data={"places": places()})
    assert f'<p><span class="dateline">{printed}</span> Growers came.</p>' in html
    assert row.excerpt == "Growers came."
    assert codes.DOUBTFUL not in {each.code for _, each in datelines.check_dateline(row, Paper())}


LEFT = [
    ("HARVEST — The word is old.", "HARVEST — The word is old.", True),
    ("FAO — The agency met.", "FAO — The agency met.", False),
    ("HARVEST -- The word's old.", "HARVEST — The word’s old.", True),
    ("KAPUTAN/HARVEST — The word is old.", "KAPUTAN/HARVEST — The word is old.", True),
]


@pytest.mark.parametrize(("body", "text", "told"), LEFT)
def test_without_a_row_its_words_stay_in_text_and_summary(body: str, text: str, told: bool) -> None:
    row, html = read(story_file(body), data={"places": places()})
    assert " ".join(unescape(re.sub("<[^>]*>", "", html)).split()) == text
    assert "dateline" not in html
    assert row.excerpt == text
    complaints = [each for _, each in datelines.check_dateline(row, Paper())]
    assert [each.code for each in complaints] == [codes.DOUBTFUL] * told
    assert all("data/places.toml" in each.hint and "dateline: off" in each.hint for each in complaints)


@pytest.mark.parametrize("body", ["**HARVEST** — The word is old.", "[HARVEST](/x/) — The word is old."])
def test_a_doubt_with_markup_is_never_cut(body: str) -> None:
    row, html = read(story_file(body), data={"places": places('[harvest]\nname = "HARVEST"\nalone = true\n')})
    assert "<strong>HARVEST</strong>" in html or "HARVEST</a>" in html
    assert row.excerpt.startswith("HARVEST — The word")


def test_a_fact_survives_json() -> None:
    dateline = Dateline("PARIS", (Place("PARIS"),), dash=" —")
    for fact in (
        Fact(),
        Fact(dateline, "  ", words={"dateline": "PARIS"}),
        Fact(dateline, unknown=True, unread=Unread("PARIS —", "why", dateline, unknown=True)),
        Fact(unread=Unread("Paris —", "why", None, "advice", lower_case=True), second=dateline),
        Fact(dateline, left=True),
    ):
        assert Fact.from_plain(json.loads(json.dumps(fact.to_plain()))) == fact


# No character is lost: the text of the page is the text of the source.

HEADS = st.sampled_from(
    [
        *("GYUMRI", "YEREVAN", "KAPUTAN", "ANI", "HARVEST", "FAO", "NATO", "Gyumri", "ԵՐԵՎԱՆ,", "ԱՐՄԵՆՊՐԵՍ.", "بيروت"),
        *(
            "北京",
            "（路透社）",
            ",",
            "/",
            "(",
            ")",
            "(AP)",
            "(Reuters)",
            "—",
            "–",
            "-",
            "--",
            "and",
            "Armenia",
            "Calif.",
        ),
        *("MD", "June", "3", "2016", "*x*", "**", "_", "`", "[AP](https://ap.example)", "&nbsp;", "&amp;", "&", "\\-"),
        *("growers", "The", "'", '"', "“", "”", "By Ani Example\n"),
    ]
)
PARAGRAPHS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x02\x03\r"), max_size=80),
    st.lists(HEADS, max_size=12).map(" ".join),
    st.lists(HEADS, max_size=12).map("".join),
    st.builds(
        "{} — {}".format, st.sampled_from(["KAPUTAN", "HARVEST", "ANI", "FAO", "GYUMRI (AP)"]), st.text(max_size=40)
    ),
)


def visible(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@settings(max_examples=300, deadline=None)
@given(PARAGRAPHS, st.sampled_from(["hy", "ar"]))
@example("KAPUTAN — Growers", "hy")
@example("HARVEST — <b>Growers</b> & co", "hy")
@example("By Ani Example\nGYUMRI (AP) — Growers", "hy")
def test_the_text_of_the_page_is_the_text_of_the_source(body: str, lang: str) -> None:
    source = story("The fair", body.replace("\x02", "").replace("\x03", ""), category="news", lang=lang)
    languages = ReaderSettings(languages=("en", "hy", "ar"))
    plain_row, plain = Reader(languages).read("news/fair.md", source.encode())
    if plain_row.fault:
        return
    wanted = visible("".join(str(each) for block in plain.blocks if isinstance(block, Html) for each in block.pieces))
    row, html = read(source, data={"places": places()})
    # A dateline is printed with a typographic dash and apostrophe, whatever the language.
    same = str.maketrans({"’": "'"})
    assert re.sub("--+", "—", visible(html)).translate(same) == re.sub("--+", "—", wanted).translate(same)
    assert row.fault is False


# A built paper.

TWO_LANGUAGES = PAPER + 'languages = ["en", "hy"]\n'


def small_paper() -> dict[str, str | bytes]:
    return {
        "data/paper.toml": TWO_LANGUAGES,
        "data/places.toml": PLACES,
        "data/agencies.toml": '[example-wire]\nname = "Example Wire"\nurl = "https://wire.example"\n',
        "community/a.md": story("A", "GYUMRI (Example Wire) — Growers came.", date="2026-10-01", agency="example-wire"),
        "community/b.md": story("B", "LENINAKAN — Bakers came.", date="2026-10-02"),
        "community/c.md": story("C", "WATERTOWN, Mass. — Singers came.", date="2026-10-03"),
        "community/d.md": story("D", "WATERTOWN, N.Y. — Dancers came.", date="2026-10-04"),
        "community/e.md": story("E", "WATERTOWN/GYUMRI — Runners came.", date="2026-10-05"),
        "community/f.md": story("F", "It rained.", date="2026-10-06", dateline="Paris, Texas"),
        "community/g.md": story("G", "Nobody came.", date="2026-10-07"),
        "community/h.md": story("H", "LYON, France — Held.", status="draft"),
        "community/i.md": story("I", "ROME — Hidden.", status="hidden"),
        "community/j.md": story("J", "MILAN — Gone.", status="withdrawn"),
        "community/k.md": story("K", "VIENNA — Later.", date="2027-01-01"),
        "community/hy/a.md": story("Ա", "ԳՅՈՒՄՐԻ — Եկան այգեպանները։", lang="hy", date="2026-10-01"),
    }


def test_the_places_of_a_small_paper(build: Any) -> None:
    site = build(small_paper())
    assert [str(problem) for problem in site.problems if "dateline" in problem.code] == []
    found = {path for path in site.files() if "places/" in path}
    assert found == {
        "places/index.html",
        "places/gyumri/index.html",
        "places/watertown/index.html",
        "places/watertown-ny/index.html",
        "places/paris-texas/index.html",
        "hy/places/index.html",
        "hy/places/gyumri/index.html",
    }
    headlines = {
        path: [each.text_content().strip() for each in site.tree(path).find_class("card__headline")]
        for path in found
        if path.count("/") > 1 and not path.endswith("places/index.html")
    }
    assert headlines == {
        "places/gyumri/index.html": ["E", "B", "A"],
        "places/watertown/index.html": ["E", "C"],
        "places/watertown-ny/index.html": ["D"],
        "places/paris-texas/index.html": ["F"],
        "hy/places/gyumri/index.html": ["Ա"],
    }
    index = site.tree("places/index.html")
    sections = [
        (section.find("h2").text_content(), [" ".join(item.text_content().split()) for item in section.iter("li")])
        for section in index.xpath("//main//section")
    ]
    assert sections == [
        ("Armenia", ["GYUMRI 3 stories"]),
        ("Massachusetts", ["WATERTOWN 2 stories"]),
        ("New York", ["WATERTOWN 1 story"]),
        ("Texas", ["PARIS 1 story"]),
    ]
    assert site.tree("places/gyumri/index.html").find(".//h1").text_content() == "GYUMRI"
    assert site.tree("hy/places/gyumri/index.html").find(".//h1").text_content() == "ԳՅՈՒՄՐԻ"
    (line,) = site.tree("2026/10/05/e/index.html").find_class("story__source")
    links = [(link.text_content(), link.get("href")) for link in line.iter("a")]
    assert links == [("WATERTOWN", "/places/watertown/"), ("GYUMRI", "/places/gyumri/")]
    (hidden,) = site.tree("2026/10/03/i/index.html").find_class("story__source")
    assert list(hidden.iter("a")) == []
    assert site.tree("2026/10/07/g/index.html").find_class("story__source") == []


def test_a_place_is_paged_from_the_oldest(build: Any) -> None:
    files = {f"news/s-{day}.md": story(f"S{day}", "PARIS — Text.", date=f"2026-10-0{day}") for day in range(1, 8)}
    site = build(files, PAGE_SIZE=2)
    found = {
        path: [each.text_content().strip() for each in site.tree(path).find_class("card__headline")]
        for path in site.files()
        if path.startswith("places/paris/")
    }
    assert found == {
        "places/paris/page/1/index.html": ["S2", "S1"],
        "places/paris/page/2/index.html": ["S4", "S3"],
        "places/paris/index.html": ["S7", "S6", "S5"],
    }


def test_no_dateline_no_pages(build: Any) -> None:
    assert not [path for path in build({"news/a.md": story()}).files() if "places" in path and path.endswith(".html")]


def test_only_the_text_and_the_feed_have_the_dateline(build: Any) -> None:
    site = build(small_paper())
    feed = site.text("feeds/atom.xml")
    assert feed.count("LENINAKAN —") == 1
    summaries = re.findall(r"<summary[^>]*>(.*?)</summary>", feed, re.DOTALL)
    assert "Bakers came." in summaries
    assert not any("—" in each for each in summaries)
    for path in site.files():
        if not path.endswith(".html"):
            continue
        page = site.tree(path)
        said = page.xpath("//meta[@name='description' or @property='og:title']/@content | //title/text()")
        said += [each.text_content() for each in page.find_class("card__summary")]
        assert not any(re.search(r"[A-ZԱ-Ֆ]{4,}.* —", text) for text in said), path
    card = site.tree("community/index.html").xpath("//p[@class='card__summary']/text()")
    assert {"Growers came.", "Bakers came.", "Runners came."} <= set(card)


def test_house_style_is_looked_up_when_the_view_is_made(build: Any) -> None:
    site = build(small_paper())
    (span,) = site.tree("2026/10/06/f/index.html").find_class("dateline")
    assert span.text_content() == "PARIS, Texas —"
    site = build({"data/datelines.toml": '[style.default]\ndash = "–"\ncapitals = []\n'})
    (span,) = site.tree("2026/10/06/f/index.html").find_class("dateline")
    assert span.text_content() == "Paris, Texas –"
    (typed,) = site.tree("2026/10/02/b/index.html").find_class("dateline")
    assert typed.text_content() == "LENINAKAN —"


def test_a_settled_doubt_in_a_built_paper(build: Any) -> None:
    files = {
        "data/places.toml": '[kaputan]\nname = "KAPUTAN"\nregion = "Armenia"\nalone = true\n',
        "news/a.md": story("A", "KAPUTAN — Growers came.", category="news"),
        "news/b.md": story("B", "HARVEST — The word is old.", category="news", slug="b"),
    }
    site = build(files)
    told = [(each.path, each.code) for each in site.problems if each.code.startswith("dateline/")]
    assert told == [("news/b.md", "dateline/doubtful")]
    summaries = set(site.tree("news/index.html").xpath("//p[@class='card__summary']/text()"))
    assert summaries == {"Growers came.", "HARVEST — The word is old."}
    assert "places/kaputan/index.html" in site.files()
    assert not site.tree("2026/10/03/b/index.html").find_class("dateline")


LINES = [
    ("Growers.\n\nGYUMRI, Armenia — Text.", {}, ("dateline/second-paragraph", 9)),
    ("GYUMRI, Armenia - Text.", {"dateline": "Gyumri, Armenia"}, ("dateline/dash", 8)),
    ("Growers.", {"dateline": "Gyumri, Arm."}, ("dateline/unknown-abbreviation", 5)),
    ("GORIS, Armenia — Text.", {"dateline": "Gyumri, Armenia"}, ("dateline/two-differ", 5)),
]


@pytest.mark.parametrize(("body", "keys", "wanted"), LINES)
def test_a_fault_is_told_at_its_own_line(build: Any, body: str, keys: dict[str, str], wanted: Any) -> None:
    site = build({"news/a.md": story("A", body, **keys)})
    assert [(each.code, each.line) for each in site.problems if each.code.startswith("dateline/")] == [wanted]


# The editor's table.


def test_make_datelines_on_the_sample(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    status = datelines_command(ROOT / "content", ROOT / "pelicanconf.py", tmp_path / "output", "text")
    lines = capsys.readouterr().out.splitlines()
    assert status == 0
    assert lines[0].split() == ["story", "dateline", "places", "agency", "problems"]
    (fair,) = [line for line in lines if "/2026/harvest-fair.md" in line]
    assert re.split(r"\s{2,}", fair)[1:] == ["GYUMRI, Armenia (Example Wire) —", "gyumri", "Example Wire"]
    assert [line for line in lines if "[draft]" in line]
    starts = {
        line.index(word) for line in lines[1:-1] for word in re.findall(r"(?:GYUMRI|YEREVAN)[^ ,]* ?—?", line)[:1]
    }
    assert starts == {lines[0].index("dateline")}
    assert not (tmp_path / "output").exists()


def test_make_datelines_as_json(build: Any, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    build({**small_paper(), "community/l.md": story("L", "POTOMAC, MD - Swept.\n")})
    capsys.readouterr()
    status = datelines_command(tmp_path / "content", ROOT / "pelicanconf.py", tmp_path / "output", "json")
    entries = {entry["story"].rpartition("/")[2]: entry for entry in json.loads(capsys.readouterr().out)["datelines"]}
    assert status == 0
    assert entries["l.md:7"] | {"story": ""} == {
        "story": "",
        "state": "",
        "printed": "POTOMAC, MD -",
        "places": ["potomac-md"],
        "agency": "",
        "problems": ["dateline/dash", "dateline/postal-code"],
    }
    assert entries["h.md:8"]["state"] == "draft"
    assert entries["k.md:7"]["state"] == "waiting"
    assert "g.md:7" not in entries


def test_the_table_is_aligned() -> None:
    entries = [
        Entry("a.md:7", "", "PARIS —", ("paris",), "", ()),
        Entry("long/name.md:7", "draft", "北京（新华社）—", ("北京",), "新华社", ("dateline/dash",)),
    ]
    assert list(as_table(entries)) == [
        "story                   dateline         places  agency  problems",
        "a.md:7                  PARIS —          paris",
        "long/name.md:7 [draft]  北京（新华社）—  北京    新华社  ! dateline/dash",
        "2 datelines, 1 with problems: make check says what to type",
    ]


@pytest.mark.parametrize("kind", sorted(STORIES))
def test_reading_costs_next_to_nothing(kind: str) -> None:
    """Under 0.1 ms on an idle machine, as docs/datelines.md says; five times that is allowed on a busy one."""
    assert cost(kind, rounds=50) < 0.5
