from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from pelican import Pelican, signals
from pelican.settings import read_settings

from plugins import datelines
from plugins.datelines import DatelineExtension, DatelineView, PlaceView, Settings, codes
from plugins.datelines.check import House, check_regions, check_second, check_style, check_unread
from plugins.datelines.dateline import Dateline, Place
from plugins.datelines.extension import SLOT
from plugins.datelines.fact import Fact
from plugins.datelines.parse import Doubt, Parsed, examine, parse_dateline, parse_front_matter
from plugins.datelines.places import Places, read_places
from plugins.datelines.render import as_html, capitals, render_dateline, upper
from plugins.datelines.style import Style
from plugins.datelines.tables import CANADA_ALONE, COUNTRIES, STATES, US_ALONE, folded, right_abbreviation
from plugins.newsroom import hooks
from plugins.newsroom.hooks import Outcome, ReaderSettings
from plugins.newsroom.paper import Agency, Paper
from plugins.newsroom.problem import Complaint, Severity
from plugins.newsroom.story import Author, Genre, Story
from plugins.newsroom.tables import Table, read_table
from plugins.newsroom.urls import Site
from plugins.stories.read import EXTENSIONS, Reader

BAD_COPY = Path(__file__).parent / "bad_copy"

# Heads: (as typed, dash included; places; agency; day). Text follows each after a space.

SEEN_IN_PRINT = [
    ("STEPANAKERT (Azatutyun) —", "STEPANAKERT", "Azatutyun", ""),
    ("SOTK, Armenia —", "SOTK, Armenia", "", ""),
    ("POTOMAC, MD —", "POTOMAC, MD", "", ""),
    ("ORANGE COUNTY, Calif. –", "ORANGE COUNTY, Calif.", "", ""),
    ("WATERTOWN —", "WATERTOWN", "", ""),
    ("WATERTOWN, Mass. —", "WATERTOWN, Mass.", "", ""),
    ("GLENDALE/PASADENA —", "GLENDALE/PASADENA", "", ""),
    ("LOS ANGELES/NEW YORK –", "LOS ANGELES/NEW YORK", "", ""),
    ("YEREVAN / ROME —", "YEREVAN/ROME", "", ""),
    ("NEW YORK (New York Times) —", "NEW YORK", "New York Times", ""),
    ("BAYREUTH, Germany (New York Times) —", "BAYREUTH, Germany", "New York Times", ""),
    ("LONDON (The Telegraph) —", "LONDON", "The Telegraph", ""),
    ("ANKARA, Turkey (AP) —", "ANKARA, Turkey", "AP", ""),
    ("MOSCOW (RFE/RL) —", "MOSCOW", "RFE/RL", ""),
    ("YEREVAN (Armenpress) —", "YEREVAN", "Armenpress", ""),
    ("HARRISBURG -", "HARRISBURG", "", ""),
    ("QUEENS, N.Y. —", "QUEENS, N.Y.", "", ""),
    ("Fresno, 3 June 2016 (Valley Bee) –", "Fresno", "Valley Bee", "3 June 2016"),
    ("Fresno, June 3, 2016 (Valley Bee) –", "Fresno", "Valley Bee", "June 3, 2016"),
    ("3 June 2016 (Valley Bee) –", "", "Valley Bee", "3 June 2016"),
    ("SHUSHI ( —", "SHUSHI", "", ""),
    ("SHUSHI () —", "SHUSHI", "", ""),
    ("MANILA, Dec 3 (Reuters) -", "MANILA", "Reuters", "Dec 3"),
    ("BEIRUT, Lebanon, June 2 (UPI) —", "BEIRUT, Lebanon", "UPI", "June 2"),
    ("SYDNEY, July 30 AAP -", "SYDNEY", "AAP", "July 30"),
    ("PARIS (AFP) —", "PARIS", "AFP", ""),
]

LANGUAGES = [
    ("ԵՐԵՎԱՆ, 28 ՓԵՏՐՎԱՐԻ, ԱՐՄԵՆՊՐԵՍ.", "ԵՐԵՎԱՆ", "ԱՐՄԵՆՊՐԵՍ", "28 ՓԵՏՐՎԱՐԻ"),
    ("ԵՐԵՎԱՆ, 28 ՓԵՏՐՎԱՐԻ, ԱՐՄԵՆՊՐԵՍ։", "ԵՐԵՎԱՆ", "ԱՐՄԵՆՊՐԵՍ", "28 ՓԵՏՐՎԱՐԻ"),
    ("ԵՐԵՎԱՆ, 3 ՀՈԿՏԵՄԲԵՐԻ, ԱՐՄԵՆՊՐԵՍ․", "ԵՐԵՎԱՆ", "ԱՐՄԵՆՊՐԵՍ", "3 ՀՈԿՏԵՄԲԵՐԻ"),
    ("ԵՐԵՒԱՆ, 3 ՄԱՐՏԻ, ԱՐՄԵՆՊՐԵՍ.", "ԵՐԵՒԱՆ", "ԱՐՄԵՆՊՐԵՍ", "3 ՄԱՐՏԻ"),
    ("YEREVAN, FEBRUARY 28, ARMENPRESS.", "YEREVAN", "ARMENPRESS", "FEBRUARY 28"),
    ("ԵՐԵՎԱՆ —", "ԵՐԵՎԱՆ", "", ""),
    ("ԵՐևԱՆ —", "ԵՐևԱՆ", "", ""),
    ("ԳՅՈՒՄՐԻ (Արմենպրես) —", "ԳՅՈՒՄՐԻ", "Արմենպրես", ""),
    ("ՎԱՆԱՁՈՐ, Հայաստան —", "ՎԱՆԱՁՈՐ, Հայաստան", "", ""),
    ("ՍԱՆ ՖՐԱՆՑԻՍԿՈ, Կալիֆորնիա —", "ՍԱՆ ՖՐԱՆՑԻՍԿՈ, Կալիֆորնիա", "", ""),
    ("MANILLE, 3 décembre (Reuters) -", "MANILLE", "Reuters", "3 décembre"),
    ("PARIS, 1er août (AFP) —", "PARIS", "AFP", "1er août"),
    ("SAINT-ÉTIENNE, France —", "SAINT-ÉTIENNE, France", "", ""),
    ("GENÈVE —", "GENÈVE", "", ""),
    ("ÉVREUX (Example Wire) –", "ÉVREUX", "Example Wire", ""),
    ("МАНИЛА, 3 декабря (Рейтер) -", "МАНИЛА", "Рейтер", "3 декабря"),
    ("ГЮМРИ, Армения —", "ГЮМРИ, Армения", "", ""),
    ("РОСТОВ-НА-ДОНУ, Россия —", "РОСТОВ-НА-ДОНУ, Россия", "", ""),
    ("ВАШИНГТОН (ТАСС) —", "ВАШИНГТОН", "ТАСС", ""),
    ("КИЇВ, 3 травня (Reuters) —", "КИЇВ", "Reuters", "3 травня"),
    ("مانيلا، 3 ديسمبر (رويترز) -", "مانيلا", "رويترز", "3 ديسمبر"),
    ("بيروت (رويترز) —", "بيروت", "رويترز", ""),
    ("بيروت، ٣ كانون الأول (سانا) —", "بيروت", "سانا", "٣ كانون الأول"),
    ("القاهرة (AFP) -", "القاهرة", "AFP", ""),
    ("马尼拉，12月3日（路透社）-", "马尼拉", "路透社", "12月3日"),
    ("北京（新华社）—", "北京", "新华社", ""),
    ("東京, 2026年12月3日 (共同) -", "東京", "共同", "2026年12月3日"),
    ("서울, 12월 3일 (연합뉴스) -", "서울", "연합뉴스", "12월 3일"),
    ("თბილისი (Reuters) —", "თბილისი", "Reuters", ""),
    ("ירושלים (רויטרס) —", "ירושלים", "רויטרס", ""),
    ("ΑΘΗΝΑ (Reuters) —", "ΑΘΗΝΑ", "Reuters", ""),
    ("İSTANBUL, 3 Mayıs (Anadolu) —", "İSTANBUL", "Anadolu", "3 Mayıs"),
    ("BERLIN, 3. März (dpa) –", "BERLIN", "dpa", "3. März"),
    ("MADRID, 3 de mayo de 2026 (EFE) —", "MADRID", "EFE", "3 de mayo de 2026"),
]

HAZARDS = [
    ("ST. PAUL, Minn. —", "ST. PAUL, Minn.", "", ""),
    ("ST. LOUIS —", "ST. LOUIS", "", ""),
    ("SÃO PAULO —", "SÃO PAULO", "", ""),
    ("SA\u0303O PAULO —", "SA\u0303O PAULO", "", ""),
    ("ZÜRICH (Example Wire) —", "ZÜRICH", "Example Wire", ""),
    ("O'FALLON, Mo. —", "O'FALLON, Mo.", "", ""),
    ("O’FALLON, Mo. —", "O’FALLON, Mo.", "", ""),
    ("COEUR D'ALENE, Idaho —", "COEUR D'ALENE, Idaho", "", ""),
    ("PORT-AU-PRINCE, Haiti —", "PORT-AU-PRINCE, Haiti", "", ""),
    ("STRATFORD-UPON-AVON, England —", "STRATFORD-UPON-AVON, England", "", ""),
    ("STRATFORD-upon-AVON, England —", "STRATFORD-upon-AVON, England", "", ""),
    ("McALLEN, Texas —", "McALLEN, Texas", "", ""),
    ("DeKALB, Ill. —", "DeKALB, Ill.", "", ""),
    ("TBILISI, Georgia —", "TBILISI, Georgia", "", ""),
    ("SAVANNAH, Ga. —", "SAVANNAH, Ga.", "", ""),
    ("KANSAS CITY, Kan. —", "KANSAS CITY, Kan.", "", ""),
    ("CHARLESTON, W.Va. —", "CHARLESTON, W.Va.", "", ""),
    ("SARAJEVO, Bosnia and Herzegovina —", "SARAJEVO, Bosnia and Herzegovina", "", ""),
    ("BRAZZAVILLE, Republic of Congo —", "BRAZZAVILLE, Republic of Congo", "", ""),
    ("RIO DE JANEIRO —", "RIO DE JANEIRO", "", ""),
    ("RIO de JANEIRO —", "RIO de JANEIRO", "", ""),
    ("ABOARD AIR FORCE ONE —", "ABOARD AIR FORCE ONE", "", ""),
    ("ON THE MISSISSIPPI RIVER —", "ON THE MISSISSIPPI RIVER", "", ""),
    ("UNITED NATIONS (AP) —", "UNITED NATIONS", "AP", ""),
    ("GYUMRI, ARMENIA —", "GYUMRI, ARMENIA", "", ""),
    ("AYGEPAR, Tavush, Armenia —", "AYGEPAR, Tavush, Armenia", "", ""),
    ("WATERTOWN, Mass./YEREVAN —", "WATERTOWN, Mass./YEREVAN", "", ""),
    ("MARCH, England —", "MARCH, England", "", ""),
    ("WATCH HILL, R.I. —", "WATCH HILL, R.I.", "", ""),
    ("NEW\u00a0YORK\u00a0(AP)\u00a0—", "NEW\u00a0YORK", "AP", ""),
    ("YEREVAN\u202f—", "YEREVAN", "", ""),
    ("YEREVAN,\nArmenia —", "YEREVAN, Armenia", "", ""),
    ("YEREVAN --", "YEREVAN", "", ""),
    ("YEREVAN ---", "YEREVAN", "", ""),
    ("YEREVAN ―", "YEREVAN", "", ""),
    ("YEREVAN (AP)—", "YEREVAN", "AP", ""),
    ("YEREVAN (AP)-", "YEREVAN", "AP", ""),
    ("PARI —", "PARI", "", ""),
    ("NICE, France —", "NICE, France", "", ""),
    ("LA PAZ, Bolivia —", "LA PAZ, Bolivia", "", ""),
    ("GYUMRI (June 3) —", "GYUMRI", "", "June 3"),
    ("GYUMRI, June 3 —", "GYUMRI", "", "June 3"),
    ("YEREVAN (168.am) —", "YEREVAN", "168.am", ""),
    ("YEREVAN (town.example.org) —", "YEREVAN", "town.example.org", ""),
    ("BAKU (bne IntelliNews) —", "BAKU", "bne IntelliNews", ""),
    ("YEREVAN (Armenpress, Azatutyun) —", "YEREVAN", "Armenpress, Azatutyun", ""),
    ("FAIRTOWN (Town Wire) —", "FAIRTOWN", "Town Wire", ""),
    ("BOSTON, April 3 —", "BOSTON", "", "April 3"),
    ("GLENDALE, Calif., Nov. 3 —", "GLENDALE, Calif.", "", "Nov. 3"),
    ("CAMP CEDAR, Franklin, Mass. —", "CAMP CEDAR, Franklin, Mass.", "", ""),
    ("BEIRUT and DAMASCUS —", "BEIRUT/DAMASCUS", "", ""),
    ("BEIRUT, Lebanon, and DAMASCUS, Syria (AP) —", "BEIRUT, Lebanon/DAMASCUS, Syria", "AP", ""),
]

NOT_DATELINES = [
    "NATO — the alliance of thirty — met.",
    "NATO — The alliance met.",
    "UPDATE — The fair is open.",
    "UPDATE (AP) — The fair is open.",
    "BREAKING — The fair is open.",
    "BREAKING NEWS — The fair is open.",
    "Q — Why a fair?",
    "A — Because.",
    "EDITOR'S NOTE — This was printed before.",
    "EDITOR’S NOTE — This was printed before.",
    "“We will sing,” she said — ARMEN was there.",
    '"We will sing" — ARMEN',
    "UNESCO — The list grew.",
    "UN — The list grew.",
    "COVID-19 — The ward is empty.",
    "TV — The set is old.",
    "YES — The answer came.",
    "SUNDAY — The choir sings.",
    "PART TWO — The flood",
    "PHOTOS — The fair in pictures",
    "WATCH: The fair — live",
    "ՆԱՏՕ — Դաշինքը հավաքվեց",
    "СРОЧНО — Ярмарка открыта",
    "США — Ярмарка открыта",
    "The growers — forty of them — came.",
    "Growers, Armenia’s finest — came.",
    "Anna (the baker) — she of the loaves — came.",
    "On Saturday, June 3 — a warm day — they came.",
    "In 2016 - a dry year - they came.",
    "A. B. — The initials stood there.",
    "I — The first chapter",
    "GYUMRI has a fair. It is old — very old.",
    "GYUMRI, Armenia. The fair is open.",
    "GYUMRI",
    "GYUMRI, Armenia",
    "— Growers came.",
    "(AP) — Growers came.",
    "1915 — The year",
    "https://courier.example — The site",
    "WWW.COURIER.EXAMPLE — The site",
    "TOM/JERRY — the cat and the mouse",
    "THE FAIR, THE SQUARE, THE CHOIR, THE BAND — all were there",
    "FIRST, the growers came — then the choir",
    "WELL, Minister — the fair is open.",
    "PORT-AU-PRINCE-STYLE rum",
    "GYUMRI-YEREVAN — the road is open",
    "SMITH’S (the shop on the corner) — sells bread.",
    "SMITH’S (baker) — sells bread.",
    "SMITH (baker) — Growers came.",
    "SMITH (the Baker) — Growers came.",
    "In Gyumri, June 3 (Vardavar) — Growers came.",
    "On Saturday, June 3 (Vardavar) — Growers came.",
    "PARIS -5 degrees",
    "محمد (الرئيس) — قال",
    "وقال، إن المعرض — مفتوح",
    "他（笑）—我",
    "მან თქვა — კარგია",
    "",
    "   ",
    "\x02",
    "()",
    "/ —",
    ", —",
]

DOUBTFUL = [
    ("Yerevan — The fair is open.", "capitals"),
    ("Gyumri, Armenia — The fair is open.", "capitals"),
    ("Gyumri (AP) — The fair is open.", "capitals"),
    ("St. PAUL, Minn. — The fair is open.", "capitals"),
    ("LONDON — the city sleeps.", "small letter"),
    ("GYUMRI (Town Wire) — the growers came.", "small letter"),
    ("GYUMRI, armenia — The fair is open.", "no capital"),
    ("POLICE ARREST THREE — The fair went on.", "beginning of a sentence"),
    ("VANI — The fair is open.", "beginning of a sentence"),
    ("FAIRTOWN HILLS — “We came,” they said.", "speaker"),
    ("FAIRTOWN HILLS —", "nothing follows"),
    ("GYUMRI, THE SQUARE — Growers came.", "in capitals"),
    ("GYUMRI, Armenia (example-wire) — Growers came.", "its agency"),
    ("YEREVAN (AP) The fair is open.", "no dash"),
    ("HARVEST - The word is old.", "beginning of a sentence"),
    ("ANNA BAKER (Democrat) — The mayor came.", "beginning of a sentence"),
    ("FAIRTOWN — The fair is open.", "beginning of a sentence"),
    ("HARVEST — The word is old.", "beginning of a sentence"),
    ("SMITH and SONS — The shop is old.", "beginning of a sentence"),
    ("FAIRTOWN ( — The fair is open.", "beginning of a sentence"),
    ("WASHINGTON D.C. — Growers came.", "beginning of a sentence"),
]


@pytest.mark.parametrize(("head", "places", "agency", "day"), SEEN_IN_PRINT + LANGUAGES + HAZARDS)
def test_reads(head: str, places: str, agency: str, day: str) -> None:
    found = parse_dateline(f"{head} Growers came.")
    assert found is not None
    assert (found.start, found.end) == (0, len(head))
    assert found.dateline.text + found.dateline.dash == head
    assert "/".join(map(str, found.dateline.places)) == places
    assert (found.dateline.agency, found.dateline.day) == (agency, day)


@pytest.mark.parametrize("text", NOT_DATELINES)
def test_leaves_alone(text: str) -> None:
    assert examine(text) is None


@pytest.mark.parametrize(("text", "why"), DOUBTFUL)
def test_doubts(text: str, why: str) -> None:
    found = examine(text)
    assert isinstance(found, Doubt)
    assert why in found.reason
    assert text.startswith(found.words)
    assert found.if_so is not None
    assert parse_dateline(text) is None


@pytest.mark.parametrize("city", US_ALONE + CANADA_ALONE)
def test_every_city_that_stands_alone_is_read(city: str) -> None:
    found = parse_dateline(f"{city} — The fair is open.")
    assert found is not None
    assert found.dateline.places == (Place(city),)
    assert list(check_regions(found.dateline, House())) == []


@pytest.mark.parametrize("region", [*STATES.values(), *COUNTRIES])
def test_every_region_is_right_as_it_is_printed(region: str) -> None:
    found = parse_dateline(f"FAIRTOWN, {region} — The fair is open.")
    assert found is not None
    assert found.dateline.places == (Place("FAIRTOWN", region),)
    assert list(check_style(found.dateline, " The")) == []


def test_a_leading_blank_is_not_part_of_it() -> None:
    assert parse_dateline("\u00a0 YEREVAN — The") == Parsed(Dateline("YEREVAN", (Place("YEREVAN"),), dash=" —"), 2, 11)


def test_nothing_beyond_the_head_is_looked_at() -> None:
    assert examine("A" * 200 + " — The") is None
    assert examine("GYUMRI, " + "Armenia " * 30 + "— The") is None


FRONT = [
    ("Gyumri, Armenia (Example Wire)", "en", "GYUMRI, Armenia (Example Wire)"),
    ("GYUMRI, Armenia (Example Wire) —", "en", "GYUMRI, Armenia (Example Wire)"),
    ("Yerevan", "en", "YEREVAN"),
    ("yerevan", "en", "YEREVAN"),
    ("Beijing/Moscow", "en", "BEIJING/MOSCOW"),
    ("BEIRUT, Lebanon, June 2.", "en", "BEIRUT, Lebanon"),
    ("Beirut, Lebanon, June 2 (UPI)", "en", "BEIRUT, Lebanon (UPI)"),
    ("Paris, France", "en", "PARIS, France"),
    ("QUEZON CITY, Philippines", "en", "QUEZON CITY, Philippines"),
    ("St. Paul, Minn.", "en", "ST. PAUL, Minn."),
    ("Queens, N.Y.", "en", "QUEENS, N.Y."),
    ("Yerevan.", "en", "YEREVAN"),
    ("McAllen, Texas", "en", "McALLEN, Texas"),
    ("Port-au-Prince, Haiti", "en", "PORT-AU-PRINCE, Haiti"),
    ("Washington, D.C.", "en", "WASHINGTON, D.C."),
    ("Երևան", "hy", "ԵՐԵՎԱՆ"),
    ("Երևան", "hyw", "ԵՐԵՒԱՆ"),
    ("Վանաձոր, Հայաստան", "hy", "ՎԱՆԱՁՈՐ, Հայաստան"),
    ("İzmir, Türkiye", "tr", "İZMİR, Türkiye"),
    ("Diyarbakir", "tr", "DİYARBAKİR"),
    ("Москва (ТАСС)", "ru", "МОСКВА (ТАСС)"),
    ("بيروت (رويترز)", "ar", "بيروت (رويترز)"),
    ("马尼拉", "zh", "马尼拉"),
    ("თბილისი", "ka", "თბილისი"),
]
UNREADABLE = [
    "somewhere near the border. We think",
    "Gyumri (",
    "Gyumri ()",
    "(AP)",
    "—",
    "a, b, c, d",
    "12",
    "<b>Gyumri</b>",
    "Gyumri\nArmenia",
    "x" * 200,
    "Gyumri: Armenia",
    "On the road that leads from here to there",
]


@pytest.mark.parametrize(("value", "lang", "text"), FRONT)
def test_front_matter_is_put_into_house_style(value: str, lang: str, text: str) -> None:
    dateline = parse_front_matter(value, lang)
    assert dateline is not None
    assert (dateline.text, dateline.typed) == (text, False)
    assert dateline.text.startswith(dateline.places[0].city)


@pytest.mark.parametrize("value", [*UNREADABLE, "", "  ", "off", "Off"])
def test_front_matter_that_is_no_dateline(value: str) -> None:
    assert parse_front_matter(value) is None


def test_a_typed_dateline_is_never_restyled() -> None:
    found = parse_dateline("HARRISBURG - The fair")
    assert found is not None
    assert render_dateline(found.dateline) == found.dateline


UPPER = [
    ("Երևան", "hy", "ԵՐԵՎԱՆ"),
    ("Երևան", "hyw", "ԵՐԵՒԱՆ"),
    ("Երեւան", "hyw", "ԵՐԵՒԱՆ"),
    ("Երևան", "en", "ԵՐԵՒԱՆ"),
    ("izmir", "tr", "İZMİR"),
    ("Gəncə şəhəri", "az", "GƏNCƏ ŞƏHƏRİ"),
    ("Isparta ılıca", "tr", "ISPARTA ILICA"),
    ("izmir", "en", "IZMIR"),
    ("Gießen", "de", "GIESSEN"),
    ("Αθήνα", "el", "ΑΘΗΝΑ"),
    ("Ναύπλιο", "el", "ΝΑΥΠΛΙΟ"),
    ("São Paulo", "pt", "SÃO PAULO"),
    ("თბილისი", "ka", "თბილისი"),
    ("بيروت", "ar", "بيروت"),
    ("北京", "zh", "北京"),
    ("", "hy", ""),
]


@pytest.mark.parametrize(("text", "lang", "capital"), UPPER)
def test_upper(text: str, lang: str, capital: str) -> None:
    assert upper(text, lang) == capital
    assert upper(capital, lang) == capital


def test_classical_spelling_on_demand() -> None:
    assert upper("Երևան", "hy", classical=True) == "ԵՐԵՒԱՆ"
    assert capitals("ԵՐԵՎԱՆ", "hy", classical=True) == "ԵՐԵՎԱՆ"


@given(st.text(max_size=30))
def test_upper_is_settled_after_once(text: str) -> None:
    assert upper(upper(text, "hy"), "hy") == upper(text, "hy")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SÃO PAULO", "Sao Paulo"),
        ("ԵՐԵՎԱՆ", "Երևան"),
        ("ԵՐԵՒԱՆ", "Երևան"),
        ("O’FALLON", "o'fallon"),
        ("Zürich", "ZURICH"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


ABBREVIATIONS = [
    ("Pa.", None),
    ("Texas", None),
    ("Armenia", None),
    ("Հայաստան", None),
    ("Georgia", None),
    ("Penn.", "Pa."),
    ("Tex.", "Texas"),
    ("Mass", "Mass."),
    ("N. Y.", "N.Y."),
    ("W. Va.", "W.Va."),
    ("Californ.", "Calif."),
    ("Xyz.", ""),
]


@pytest.mark.parametrize(("region", "right"), ABBREVIATIONS)
def test_abbreviations(region: str, right: str | None) -> None:
    assert right_abbreviation(region) == right


STYLE = [
    ("GYUMRI, Armenia — The", []),
    ("GYUMRI, Armenia – The", []),
    ("PORT-AU-PRINCE, Haiti — The", []),
    ("GYUMRI, Armenia - The", [codes.DASH]),
    ("GYUMRI, Armenia -- The", [codes.DASH]),
    ("GYUMRI, Armenia --- The", [codes.DASH]),
    ("GYUMRI, Armenia—The", [codes.DASH]),
    ("GYUMRI, Armenia —The", [codes.DASH]),
    ("GYUMRI, Armenia –The", [codes.DASH]),
    ("GYUMRI, Armenia -The", [codes.DASH]),
    ("GYUMRI, Armenia —  The", [codes.DOUBLE_SPACE]),
    ("GYUMRI, Armenia —\nThe", []),
    ("GYUMRI, Armenia -  The", [codes.DASH, codes.DOUBLE_SPACE]),
    ("POTOMAC, MD — The", [codes.POSTAL_CODE]),
    ("TORONTO, ON — The", [codes.POSTAL_CODE]),
    ("ERIE, Penn. — The", [codes.UNKNOWN_ABBREVIATION]),
    ("AUSTIN, Tex. — The", [codes.UNKNOWN_ABBREVIATION]),
    ("BOSTON, Mass — The", [codes.UNKNOWN_ABBREVIATION]),
    ("ERIE, Penn./POTOMAC, MD — The", [codes.UNKNOWN_ABBREVIATION, codes.POSTAL_CODE]),
    ("ԵՐԵՎԱՆ, 28 ՓԵՏՐՎԱՐԻ, ԱՐՄԵՆՊՐԵՍ. Առաջին", [codes.DAY]),
    ("SHUSHI ( — The", [codes.DOUBTFUL]),
]


@pytest.mark.parametrize(("text", "wanted"), STYLE)
def test_style(text: str, wanted: list[Any]) -> None:
    found = parse_dateline(text)
    assert found is not None
    assert [complaint.code for complaint in check_style(found.dateline, text[found.end :])] == wanted


def test_a_house_may_end_its_datelines_with_a_hyphen() -> None:
    found = parse_dateline("MANILA, Dec 3 (Reuters) - The")
    assert found is not None
    assert list(check_style(found.dateline, " The", House(style=Style(dash="-", day=True)))) == []


def test_hints_say_what_to_type() -> None:
    found = parse_dateline("POTOMAC, MD - The")
    assert found is not None
    hints = [complaint.hint for complaint in check_style(found.dateline, " The")]
    assert hints == ["type POTOMAC, Md. —"] * 2


PLACES = b"""
[gyumri]
en = "GYUMRI"
hy = "\xd4\xb3\xd5\x85\xd5\x88\xd5\x92\xd5\x84\xd5\x90\xd4\xbb"
region = {en = "Armenia", hy = "\xd5\x80\xd5\xa1\xd5\xb5\xd5\xa1\xd5\xbd\xd5\xbf\xd5\xa1\xd5\xb6"}
alone = true
also = ["LENINAKAN"]
[vanadzor]
name = {en = "VANADZOR", hy = "\xd5\x8e\xd4\xb1\xd5\x86\xd4\xb1\xd5\x81\xd5\x88\xd5\x90"}
region = "Armenia"
[boston]
name = "BOSTON"
region = "England"
[fairtown]
"""


def places() -> Places:
    table, problems = read_table("data/places.toml", PLACES)
    read, more = read_places(table)
    assert [*problems, *more] == []
    return read


REGIONS = [
    ("PARIS", "en", None),
    ("ATLANTA", "en", None),
    ("SÃO PAULO", "en", None),
    ("GYUMRI", "en", None),
    ("LENINAKAN", "en", None),
    ("ԳՅՈՒՄՐԻ", "hy", None),
    ("Gyumri", "en", None),
    (
        "FAIRTOWN",
        "en",
        "type FAIRTOWN, Region — with its state or country; or say alone = true in its row of data/places.toml",
    ),
    (
        "OAK HILLS",
        "en",
        "type OAK HILLS, Region — with its state or country; or give OAK HILLS a row in data/places.toml",
    ),
    ("VANADZOR", "en", "type VANADZOR, Armenia —"),
    ("ՎԱՆԱՁՈՐ", "hy", "type ՎԱՆԱՁՈՐ, Armenia —"),
    ("ՍՅՈՒՆԻՔ", "hy", None),
    ("МОСКВА", "ru", None),
    ("BOSTON", "en", "type BOSTON, England —"),
    ("PARI", "en", "did you mean PARIS —"),
    ("ALTANTA", "en", "did you mean ATLANTA —"),
    ("GYUMR", "en", "did you mean GYUMRI —"),
    ("VANDZR", "en", "did you mean VANADZOR, Armenia —"),
    ("TBLISI", "en", "did you mean TBILISI, Georgia —"),
    ("TBILISI", "en", "type TBILISI, Georgia —"),
    ("HARRISBURG", "en", "type HARRISBURG, Pa. —"),
]


@pytest.mark.parametrize(("city", "lang", "hint"), REGIONS)
def test_regions(city: str, lang: str, hint: str | None) -> None:
    house = House(places(), lang=lang)
    found = list(check_regions(Dateline(city, (Place(city),)), house))
    assert [complaint.hint for complaint in found] == ([] if hint is None else [hint])
    assert all(complaint.code is codes.REGION_MISSING for complaint in found)
    assert list(check_regions(Dateline(city, (Place(city, "Somewhere"),)), house)) == []


def test_no_places_table_closes_nothing() -> None:
    assert read_places(Table("data/places.toml")) == (Places(), [])


BAD_PLACES = [
    ("gyumri = 1", "table/wrong-type", 1),
    ("[gyumri]\nen = 1", "table/wrong-type", 2),
    ("[gyumri]\nalone = 'yes'", "table/wrong-type", 2),
    ("[gyumri]\nalso = 'X'", "table/wrong-type", 2),
    ("[gyumri]\nalso = [1]", "table/wrong-type", 2),
    ("[gyumri]\nregion = 1", "table/wrong-type", 2),
    ("[gyumri]\nname = 1", "table/wrong-type", 2),
    ("[gyumri]\nregoin = 'Armenia'", "table/unknown-key", 2),
    ("[gyumri]\nen = 'GYUMRI'\n[leninakan]\nen = 'GYUMRI'", "table/bad-value", 3),
]


@pytest.mark.parametrize(("text", "code", "line"), BAD_PLACES)
def test_faults_of_the_places_table(text: str, code: str, line: int) -> None:
    table, _ = read_table("data/places.toml", text.encode())
    _, problems = read_places(table)
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]


FACTS = [
    Dateline("YEREVAN", (Place("YEREVAN"),), dash=" —"),
    Dateline("GYUMRI, Armenia (AP)", (Place("GYUMRI", "Armenia"),), "AP", "", "", "https://ap.example", typed=False),
    Dateline("3 June (Reuters)", (), "Reuters", "3 June", " –"),
]


@pytest.mark.parametrize("dateline", FACTS)
def test_a_fact_survives_json(dateline: Dateline) -> None:
    assert Dateline.from_plain(json.loads(json.dumps(dateline.to_plain()))) == dateline


@pytest.mark.parametrize("fact", [None, "x", 1, [], False])
def test_no_fact_is_no_dateline(fact: Any) -> None:
    assert Dateline.from_plain(fact) is None


HTML = [
    ("YEREVAN — X", {}, '<span class="dateline">YEREVAN —</span>'),
    ("GYUMRI -- X", {}, '<span class="dateline">GYUMRI —</span>'),
    ("O'FALLON, Mo. — X", {}, '<span class="dateline">O’FALLON, Mo. —</span>'),
    ("GYUMRI (A&B) — X", {}, '<span class="dateline">GYUMRI (A&amp;B) —</span>'),
    (
        "GYUMRI (AP) — X",
        {"agency_url": 'https://ap.example/?a=1&b="'},
        '<span class="dateline">GYUMRI (<a href="https://ap.example/?a=1&amp;b=&quot;">AP</a>) —</span>',
    ),
    ("بيروت (AFP) — X", {"rtl": True}, '<span class="dateline">بيروت (<bdi>AFP</bdi>) —</span>'),
    (
        "بيروت (AFP) — X",
        {"rtl": True, "agency_url": "https://afp.example"},
        '<span class="dateline">بيروت (<a href="https://afp.example"><bdi>AFP</bdi></a>) —</span>',
    ),
]


@pytest.mark.parametrize(("text", "options", "html"), HTML)
def test_printed(text: str, options: Mapping[str, Any], html: str) -> None:
    found = parse_dateline(text)
    assert found is not None
    assert as_html(found.dateline, **options) == html


def test_the_house_dash_ends_what_front_matter_says() -> None:
    dateline = parse_front_matter("Gyumri, Armenia")
    assert dateline is not None
    assert as_html(dateline) == '<span class="dateline">GYUMRI, Armenia —</span>'
    assert as_html(dateline, ending=" -") == '<span class="dateline">GYUMRI, Armenia -</span>'


# On the tree.


def convert(source: str, **front: Any) -> tuple[str, Outcome]:
    extension = DatelineExtension()
    md = Markdown(extensions=[*EXTENSIONS, extension], output_format="html")
    extension.begin(Story(path="news/fair.md", **front))
    return md.convert(source), extension.outcome()


def fact_of(outcome: Outcome) -> dict[str, Any]:
    assert isinstance(outcome.fact, dict)
    return outcome.fact


def told_of(outcome: Outcome) -> list[Complaint]:
    """What is left to tell of a head that was not read, and of a second paragraph."""
    fact = Fact.from_plain(outcome.fact)
    told = list(check_unread(fact.unread, House())) if fact.unread else []
    return told + (list(check_second(fact.second, House())) if fact.second else [])


CUT = [
    ("GYUMRI (AP) — Growers came.", "<p>@ Growers came.</p>"),
    ("GYUMRI (AP) —  Growers came.", "<p>@  Growers came.</p>"),
    ("GYUMRI (AP) — *Growers* came.", "<p>@ <em>Growers</em> came.</p>"),
    ("**GYUMRI (AP)** — Growers came.", "<p>@ Growers came.</p>"),
    ("**GYUMRI (AP) —** Growers came.", "<p>@ Growers came.</p>"),
    ("***GYUMRI*** (*AP*) — Growers came.", "<p>@ Growers came.</p>"),
    ("GYUMRI ([AP](https://ap.example)) — Growers [came](/x).", '<p>@ Growers <a href="/x">came</a>.</p>'),
    ("GYUMRI&nbsp;(AP)&nbsp;&mdash;&nbsp;Growers", "<p>@&nbsp;Growers</p>"),
    ("GYUMRI \\(AP\\) \\- Growers\\*", "<p>@ Growers*</p>"),
    ("GYUMRI (A&B) — Growers & co", "<p>@ Growers &amp; co</p>"),
    ("GYUMRI (A&amp;B) — Growers", "<p>@ Growers</p>"),
    ("GYUMRI (AP) — Growers[^1]\n\n[^1]: Forty.", "<p>@ Growers<sup"),
    ("*[AP]: Agency\n\nGYUMRI (AP) — Growers AP", '<p>@ Growers <abbr title="Agency">AP</abbr></p>'),
    ("GYUMRI,\nArmenia — Growers", "<p>@ Growers</p>"),
    ("![](x.png) GYUMRI (AP) — Growers", '<p><img alt="" src="x.png"> @ Growers</p>'),
    ("<!-- true? -->\n\nGYUMRI (AP) — Growers", "<p>@ Growers</p>"),
    ("<!-- true? --> GYUMRI (AP) — Growers", "<p>@ Growers</p>"),
    ("# The fair\n\nGYUMRI (AP) — Growers", "<h1>The fair</h1>\n<p>@ Growers</p>"),
    ("![A stall](x.png)\n\nGYUMRI (AP) — Growers", "<p>@ Growers</p>"),
    ("<figure><figcaption>A stall.</figcaption></figure>\n\nGYUMRI (AP) — Growers", "<p>@ Growers</p>"),
    ("[newsletter]\n\nGYUMRI (AP) — Growers", "<p>@ Growers</p>"),
    ("By Ani Example\n\nGYUMRI (AP) — Growers", "<p>By Ani Example</p>\n<p>@ Growers</p>"),
    ("BY ANI EXAMPLE AND JANE SAMPLE\n\nGYUMRI (AP) — Growers", "<p>@ Growers</p>"),
    ("GYUMRI (AP) — Growers\n\nGORIS (AP) — Bakers", "<p>GORIS (AP) — Bakers</p>"),
    ("GYUMRI (AP) — <b>Growers</b>", "<p>@ <b>Growers</b></p>"),
    ("GYUMRI (AP) —\n{: .lead}\n", '<p class="lead">@</p>'),
    ("By Ani Example\nGYUMRI (AP) — Growers came.", "<p>By Ani Example\n@ Growers came.</p>"),
    ("By Ani Example  \nGYUMRI (AP) — Growers came.", "<p>By Ani Example<br>\n@ Growers came.</p>"),
    ("*By Ani Example*\nGYUMRI (AP) — Growers came.", "<p><em>By Ani Example</em>\n@ Growers came.</p>"),
]


@pytest.mark.parametrize(("source", "html"), CUT)
def test_cut_out_of_the_first_paragraph(source: str, html: str) -> None:
    made, outcome = convert(source)
    assert html.replace("@", SLOT) in made
    assert made.count(SLOT) == 1
    assert told_of(outcome) == []
    fact = fact_of(outcome)
    assert fact["places"][0]["city"] == "GYUMRI"
    assert fact["words"]["dateline"]
    assert any(fact["words"]["dateline"] in line for line in source.split("\n"))


def test_the_agencys_link_is_kept() -> None:
    for source in ("GYUMRI ([AP](https://ap.example)) — X", "GYUMRI [(AP)](https://ap.example) — X"):
        assert fact_of(convert(source)[1])["agency_url"] == "https://ap.example"


NOT_CUT = [
    ("**GYUMRI (AP) — Growers** came.", "emphasis"),
    ("[GYUMRI (AP) — Growers](https://x.example) came.", "emphasis"),
    ("[GYUMRI](https://x.example) (AP) — Growers came.", "link"),
    ("GYUMRI ([AP](/agencies/)) — Growers came.", "link"),
    ("GYUMRI ([AP](javascript:x)) — Growers came.", "link"),
    ("<b>GYUMRI</b> (AP) — Growers came.", "raw HTML"),
    ('<span class="drop-cap">G</span>YUMRI (AP) — Growers came.', "raw HTML"),
    ("GYUMRI <!-- sure? --> (AP) — Growers came.", "raw HTML"),
    ("GYUMRI[^1] (AP) — Growers came.\n\n[^1]: Forty.", "raw HTML"),
    ("`GYUMRI` (AP) — Growers came.", "raw HTML"),
    ("<p>GYUMRI (AP) — Growers came.</p>", "raw HTML"),
    ("<div markdown='1'>\n\nGYUMRI (AP) — Growers came.\n\n</div>", "list"),
    ("- GYUMRI (AP) — Growers came.", "list"),
    ("1915. GYUMRI (AP) — Growers came.", "list"),
    ("> GYUMRI (AP) — Growers came.", "quotation"),
]


@pytest.mark.parametrize(("source", "why"), NOT_CUT)
def test_left_where_it_stands_and_told(source: str, why: str) -> None:
    made, outcome = convert(source)
    assert SLOT not in made
    fact = Fact.from_plain(outcome.fact)
    assert fact.dateline is None
    (complaint,) = told_of(outcome)
    assert complaint.code is codes.DOUBTFUL
    assert why in complaint.message
    assert complaint.hint.startswith(("type GYUMRI", "if it is one, type GYUMRI"))
    assert all(any(words in line for line in source.split("\n")) for words in fact.words.values())


LEFT = [
    "    GYUMRI (AP) — Growers came.",
    "```\nGYUMRI (AP) — Growers came.\n```",
    "Growers came.\n\nThey sang.\n\nGYUMRI (AP) — They sang.",
    "Growers came.\n\n> GYUMRI (AP) — They sang.",
    "Growers came.\n\n- GYUMRI (AP) — They sang.",
    "Growers came.\n\nFAIRTOWN (Town Wire) — They sang.",
    "Growers came.\n\nFAIRTOWN HILLS — They sang.",
    "Growers came.\n\nHARVEST — They sang.",
    "Growers came.\n\nYerevan — They sang.",
    "# GYUMRI (AP) — Growers",
    "NATO — The alliance met.",
    "| GYUMRI | fair |\n|---|---|\n| a | b |",
    "",
    "---",
    "![GYUMRI (AP) — Growers](x.png)",
]


@pytest.mark.parametrize("source", LEFT)
def test_left_and_not_told(source: str) -> None:
    made, outcome = convert(source)
    assert SLOT not in made
    assert outcome == Outcome()


IN_SECOND = [
    "Growers came.\n\nGYUMRI (AP) — They sang.",
    "Growers came.\n\nGYUMRI — They sang.",
    "Growers came.\n\nFAIRTOWN, Armenia — They sang.",
    "Growers came.\n\n![A stall](x.png)\n\nGYUMRI (AP) — They sang.",
    "<p>Growers came.</p>\n\nGYUMRI (AP) — They sang.",
    "- Growers\n\nGYUMRI (AP) — They sang.",
    "Growers came.\n\n**GYUMRI (AP) — They** sang.",
]


@pytest.mark.parametrize("source", IN_SECOND)
def test_a_dateline_in_the_second_paragraph_is_told(source: str) -> None:
    made, outcome = convert(source)
    assert SLOT not in made
    (complaint,) = told_of(outcome)
    assert complaint.code is codes.SECOND_PARAGRAPH
    assert "begin the first paragraph with " in complaint.hint


def test_a_round_up_may_have_several_datelines() -> None:
    assert told_of(convert("GYUMRI (AP) — Growers\n\nGORIS (AP) — Bakers")[1]) == []


def test_a_dateline_in_front_matter_and_in_the_second_paragraph_is_told() -> None:
    (complaint,) = told_of(convert("Growers.\n\nGYUMRI (AP) — Bakers", dateline="Gyumri (AP)")[1])
    assert complaint.code is codes.SECOND_PARAGRAPH


def test_one_extension_serves_file_after_file() -> None:
    extension = DatelineExtension()
    md = Markdown(extensions=[extension])
    extension.begin(Story(path="a.md"))
    md.convert("GYUMRI (AP) — Growers")
    extension.begin(Story(path="b.md"))
    md.reset().convert("Growers")
    assert extension.outcome() == Outcome()


FRONT_PLACED = [
    ("Growers came.", "<p>@ Growers came.</p>"),
    ("*Growers* came.", "<p>@ <em>Growers</em> came.</p>"),
    ("# The fair\n\nGrowers came.", "<h1>The fair</h1>\n<p>@ Growers came.</p>"),
    ("By Ani Example\n\nGrowers came.", "<p>By Ani Example</p>\n<p>@ Growers came.</p>"),
    ("- Growers", "<p>@</p>\n<ul>"),
    ("<p>Growers</p>", "<p>@</p>\n\n<p>Growers</p>"),
    ("GYUMRI, Armenia (AP) — Growers came.", "<p>@ Growers came.</p>"),
    ("Gyumri, Armenia (AP) — Growers came.", "<p>@ Growers came.</p>"),
]


@pytest.mark.parametrize(("source", "html"), FRONT_PLACED)
def test_front_matter_is_printed_once(source: str, html: str) -> None:
    made, outcome = convert(source, dateline="Gyumri, Armenia (AP)")
    assert re.sub(r"\n+", "\n", html.replace("@", SLOT)) in re.sub(r"\n+", "\n", made)
    assert made.count(SLOT) == 1
    fact = fact_of(outcome)
    assert fact["places"] == [{"city": fact["text"].split(",")[0], "region": "Armenia"}]
    assert told_of(outcome) == []


def test_front_matter_counts_without_a_text() -> None:
    assert fact_of(convert("", dateline="Gyumri")[1])["text"] == "Gyumri"


def test_off_takes_words_for_what_they_are() -> None:
    made, outcome = convert("FAIRTOWN — The growers came.", dateline="off")
    assert (made, outcome) == ("<p>FAIRTOWN — The growers came.</p>", Outcome())


def visible(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def printed_in(html: str, outcome: Outcome) -> str:
    """The page's text with the dateline as it was typed in its slot."""
    dateline = Dateline.from_plain(outcome.fact)
    return html.replace(SLOT, dateline.text + dateline.dash if dateline else "")


WORDS = st.sampled_from(
    [
        "GYUMRI",
        "NATO",
        "YEREVAN",
        "PARIS",
        "Gyumri",
        "growers",
        "The",
        ",",
        ".",
        "/",
        "(",
        ")",
        "(AP)",
        "(Reuters)",
        "—",
        "–",
        "-",
        "--",
        "---",
        "Armenia",
        "Calif.",
        "MD",
        "June",
        "3",
        "2016",
        "ԵՐԵՎԱՆ",
        "ԱՐՄԵՆՊՐԵՍ",
        "28",
        "ՓԵՏՐՎԱՐԻ",
        "بيروت",
        "北京",
        "（路透社）",
        "，",
        "*",
        "**",
        "_",
        "`",
        "[",
        "]",
        "[AP](https://ap.example)",
        "[x](/y)",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "&nbsp;",
        "&amp;",
        "&mdash;",
        "&",
        "\\",
        "\\-",
        "\\*",
        "#",
        ">",
        "1.",
        "\xa0",
        "\n",
        "\n\n",
        "'",
        '"',
        "“",
        "”",
        "!",
        "![a](b.png)",
        "[^1]",
        ":",
        ";",
        "{.x}",
    ]
)
PARAGRAPHS = st.one_of(
    st.lists(WORDS, max_size=14).map(" ".join),
    st.lists(WORDS, max_size=14).map("".join),
    st.text(max_size=60),
    st.builds(
        lambda city, region, agency, dash, rest: f"{city}{region}{agency}{dash}{rest}",
        st.sampled_from(["GYUMRI", "**GYUMRI**", "LOS ANGELES/ROME", "ST. PAUL", "ԵՐԵՎԱՆ", "Yerevan", "*PARIS"]),
        st.sampled_from(["", ", Armenia", ", Calif.", ", MD", ",\nFrance", ", June 3"]),
        st.sampled_from(["", " (AP)", " ([AP](https://ap.example))", " (A&B)", "&nbsp;(AP)", " (", " *(AP)*"]),
        st.sampled_from([" — ", "—", " - ", " -- ", "&nbsp;&mdash; ", " —* ", " —  ", " "]),
        st.text(max_size=30),
    ),
)


@settings(max_examples=400, deadline=None)
@given(PARAGRAPHS)
@example("GYUMRI (AP) — Growers")
@example("**GYUMRI (AP) —** \\*Growers & co")
@example("GYUMRI ([AP](https://ap.example)) — <b>x</b>")
def test_no_character_is_lost(source: str) -> None:
    assume("\x02" not in source and "\x03" not in source)
    made, outcome = convert(source)
    plain = Markdown(extensions=list(EXTENSIONS), output_format="html").convert(source)
    assert visible(printed_in(made, outcome)) == visible(plain)
    assert made.count(SLOT) == (Fact.from_plain(outcome.fact).dateline is not None)


@settings(max_examples=200, deadline=None)
@given(PARAGRAPHS)
def test_front_matter_loses_no_character_either(source: str) -> None:
    assume("\x02" not in source and "\x03" not in source)
    made, outcome = convert(source, dateline="Gyumri, Armenia (AP)")
    plain = visible(Markdown(extensions=list(EXTENSIONS), output_format="html").convert(source))
    fact = fact_of(outcome)
    if fact["typed"]:
        assert visible(printed_in(made, outcome)) == plain
    else:
        assert visible(made.replace(SLOT, "")) == plain
    assert made.count(SLOT) <= 1


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=200), PARAGRAPHS))
def test_a_head_is_the_beginning_of_its_text(text: str) -> None:
    found = examine(text)
    if isinstance(found, Parsed):
        assert text[found.start : found.end] == found.dateline.text + found.dateline.dash
        assert text[: found.start].strip() == ""
        list(check_style(found.dateline, text[found.end :]))
        list(check_regions(found.dateline, House()))
    elif isinstance(found, Doubt):
        assert found.words in text
    if dateline := parse_front_matter(text):
        assert parse_front_matter(dateline.text) == dateline


def test_reading_takes_no_time() -> None:
    """Less than 0.1 ms a story; ten times that is allowed here, since the machine has other work."""
    heads = [f"{head} Growers from forty villages came to the square." for head, *_ in SEEN_IN_PRINT + HAZARDS]
    heads += NOT_DATELINES
    started = time.perf_counter()
    for _ in range(10):
        for head in heads:
            examine(head)
    assert (time.perf_counter() - started) / (10 * len(heads)) < 0.001


# In the house.


def edition(**paper: Any) -> Any:
    return SimpleNamespace(paper=Paper(**paper), now=datetime(2026, 10, 3, tzinfo=UTC), site=Site())


def read(source: str) -> Story:
    reader = Reader(ReaderSettings(languages=("en", "hy", "ar")), {"dateline": datelines.read_dateline})
    return reader.read("news/fair.md", source.encode())[0]


def story_file(body: str, **keys: str) -> str:
    front = {"title": "The fair", "date": "2026-10-03", "category": "news", **keys}
    return "\n".join(["---", *(f"{key}: {value}" for key, value in front.items()), "---", "", body, ""])


WIRES = {"example-wire": Agency("example-wire", {"name": "Example Wire", "hy": "Օրինակ"}, "https://wire.example")}


@pytest.mark.parametrize("name", ["Example Wire", "EXAMPLE WIRE", "Example-wire", "Օրինակ"])
def test_the_slot_links_a_known_agency(name: str) -> None:
    story = read(story_file(f"GYUMRI, Armenia ({name}) — Growers came."))
    wanted = f'<span class="dateline">GYUMRI, Armenia (<a href="https://wire.example">{name}</a>) —</span>'
    assert datelines.fill_dateline(story, edition(agencies=WIRES)) == wanted


def test_the_slot_without_tables() -> None:
    story = read(story_file("GYUMRI, Armenia (Example Wire) — Growers came."))
    assert datelines.fill_dateline(story, edition()) == '<span class="dateline">GYUMRI, Armenia (Example Wire) —</span>'
    assert datelines.fill_dateline(read(story_file("Growers came.")), edition()) == ""


def test_a_page_from_right_to_left_isolates_the_agency() -> None:
    story = read(story_file("بيروت (AFP) - قال", lang="ar"))
    assert "<bdi>AFP</bdi>" in datelines.fill_dateline(story, edition())


def test_the_fact_for_templates() -> None:
    story = read(story_file("GYUMRI,\nArmenia/O'FALLON, Mo. — Growers came."))
    view = datelines.show_dateline(story, edition(data={"places": places()}))
    assert view == DatelineView(
        "GYUMRI, Armenia/O’FALLON, Mo.",
        (
            PlaceView("GYUMRI", "", "gyumri", "/places/gyumri/"),
            PlaceView("O’FALLON", "Mo.", "o-fallon-mo", "/places/o-fallon-mo/"),
        ),
        (
            {"@type": "Place", "name": "GYUMRI", "address": "GYUMRI, Armenia"},
            {"@type": "Place", "name": "O’FALLON", "address": "O’FALLON, Mo."},
        ),
    )
    assert datelines.show_dateline(read(story_file("Growers came.")), edition()) is None


def test_the_excerpt_begins_after_the_dateline() -> None:
    assert read(story_file("GYUMRI, Armenia — Growers came.")).excerpt == "Growers came."


def faults(story: Story, paper: Paper) -> set[tuple[int, str]]:
    """(line, code) of all that is told of a story."""
    story = datelines.settle_dateline(story, paper)
    checked = {(story.lines[key], complaint.code.name) for key, complaint in datelines.check_dateline(story, paper)}
    return {(problem.line, problem.code) for problem in story.problems} | checked


@pytest.mark.parametrize("path", sorted(BAD_COPY.glob("dateline-*.md")), ids=lambda path: path.stem)
def test_bad_copy(path: Path) -> None:
    text = path.read_text("utf-8")
    wanted = {(int(line), code) for line, code in re.findall(r"<!-- expect: (\d+) (\S+) -->", text)}
    assert faults(read(text), Paper()) == wanted
    assert bool(wanted) == path.stem.endswith("-bad")


def test_every_code_has_bad_copy_and_a_near_miss() -> None:
    told = {
        code
        for path in BAD_COPY.glob("dateline-*.md")
        for code in re.findall(r"<!-- expect: \d+ (\S+) -->", path.read_text("utf-8"))
    }
    every = hooks.codes_of([codes])
    assert told == set(every)
    assert all((BAD_COPY / f"{name.replace('/', '-')}-good.md").is_file() for name in every)
    errors = {name for name, code in every.items() if code.severity is Severity.ERROR}
    assert errors == {"dateline/two-differ", "dateline/unreadable"}


@pytest.mark.parametrize("genre", list(Genre))
def test_genres(genre: Genre) -> None:
    story = read(story_file("BOSTON — A bench was set up.", genre=genre.value))
    told = {code for _, code in faults(story, Paper())}
    undated = {Genre.OPINION, Genre.EDITORIAL, Genre.LETTER, Genre.REVIEW, Genre.OBITUARY}
    assert told == ({"dateline/genre"} if genre in undated else set())


def test_an_authors_own_name_is_a_byline() -> None:
    source = "Ani Example\n\nGYUMRI (AP) — Growers"
    assert convert(source, authors=(Author("Ani Example"),))[1].fact is not None
    assert fact_of(convert(source)[1]).keys() == {"second", "words"}


def test_what_the_plugin_contributes() -> None:
    datelines.register()
    for hook, name in [
        (hooks.tables, "places"),
        (hooks.tables, "datelines"),
        (hooks.rows, "dateline"),
        (hooks.pages, "places"),
        (hooks.reading, "dateline"),
        (hooks.checks, "dateline"),
        (hooks.facts, "dateline"),
        (hooks.slots, "dateline"),
    ]:
        assert name in hook.of(["plugins.datelines"])  # type: ignore[attr-defined]


def test_in_a_built_paper(build: Any) -> None:
    site = build(
        {
            "data/agencies.toml": '[example-wire]\nname = "Example Wire"\nurl = "https://wire.example"\n',
            "data/places.toml": '[gyumri]\nen = "GYUMRI"\nregion = "Armenia"\nalone = true\n',
            "community/fair.md": story_file(
                "GYUMRI (Example Wire) — Growers came.\n\nThey sang.", category="community"
            ),
            "community/well.md": story_file("A well was dug.", category="community", dateline="Goris"),
        }
    )
    assert [(each.path, each.line, each.code) for each in site.problems if each.code.startswith("dateline/")] == [
        ("community/well.md", 5, "dateline/region-missing")
    ]
    (fair,) = site.tree("2026/10/03/fair/index.html").find_class("dateline")
    assert fair.text_content() == "GYUMRI (Example Wire) —"
    assert fair.find("a").get("href") == "https://wire.example"
    assert " ".join(fair.getparent().text_content().split()) == "GYUMRI (Example Wire) — Growers came."
    (well,) = site.tree("2026/10/03/well/index.html").find_class("dateline")
    assert well.text_content() == "GORIS —"


# A plain Pelican.


@pytest.fixture
def _registered() -> Iterator[None]:
    yield
    signals.initialized.disconnect(datelines.prepare_plain_pelican)
    signals.content_object_init.disconnect(datelines.set_dateline)


ARTICLE = "Title: The fair\nDate: 2026-10-03\n{headers}\n\n{body}\n"


def build_plain(folder: Path, files: Mapping[str, str], **more: Any) -> tuple[dict[str, str], dict[str, Any]]:
    """The HTML of each article by slug, and the articles' datelines."""
    content = folder / "content"
    content.mkdir()
    for name, text in files.items():
        (content / name).write_text(text, encoding="utf-8")
    seen: dict[str, Any] = {}

    def note(generator: Any) -> None:
        seen.update({article.slug: article.dateline for article in generator.articles})

    signals.article_generator_finalized.connect(note)
    try:
        options = {
            "PATH": str(content),
            "OUTPUT_PATH": str(folder / "output"),
            "THEME": "simple",
            "PLUGINS": ["plugins.datelines"],
            "SITEURL": "https://courier.example",
            "TIMEZONE": "UTC",
            "SLUGIFY_SOURCE": "basename",
            "CACHE_CONTENT": False,
            **more,
        }
        Pelican(read_settings(override=options)).run()
    finally:
        signals.article_generator_finalized.disconnect(note)
    pages = {path.stem: path.read_text("utf-8") for path in (folder / "output").glob("*.html")}
    return pages, seen


def entry(html: str) -> Any:
    return lxml.html.fromstring(html).find(".//article")


@pytest.mark.usefixtures("_registered")
def test_a_plain_pelican_prints_the_span(tmp_path: Path) -> None:
    files = {
        "typed.md": ARTICLE.format(headers="", body="GYUMRI, Armenia ([AP](https://ap.example)) — Growers came."),
        "front.md": ARTICLE.format(
            headers="Dateline: Gyumri, Armenia\nSummary: GORIS (AP) — In short.", body="Growers came."
        ),
        "both.md": ARTICLE.format(headers="Dateline: Gyumri, Armenia", body="GYUMRI, Armenia — Growers came."),
        "none.md": ARTICLE.format(headers="", body="Growers came."),
        "off.md": ARTICLE.format(headers="Dateline: off", body="FAIRTOWN — Growers came."),
        "bad.md": ARTICLE.format(headers="Dateline: nobody knows. We asked", body="Growers came."),
        "list.md": ARTICLE.format(headers="Dateline: Gyumri", body="- Growers came."),
        "hy.md": ARTICLE.format(headers="Lang: hy\nDateline: Երևան", body="Եկան։"),
        "rest.rst": "The fair\n########\n\n:date: 2026-10-03\n:dateline: Gyumri, Armenia\n\nGrowers came.\n",
    }
    pages, seen = build_plain(tmp_path, files, TYPOGRIFY=True, TYPOGRIFY_OMIT_FILTERS=["caps", "widont"])
    (span,) = entry(pages["typed"]).xpath(".//p/span[@class='dateline']")
    assert span.text_content() == "GYUMRI, Armenia (AP) —"
    assert span.find("a").get("href") == "https://ap.example"
    assert " ".join(entry(pages["typed"]).find(".//p").text_content().split()) == (
        "GYUMRI, Armenia (AP) — Growers came."
    )
    for slug in ("front", "both"):
        text = entry(pages[slug]).find(".//p").text_content()
        assert " ".join(text.split()) == "GYUMRI, Armenia — Growers came."
    (summary,) = re.findall(r"<p>.*GORIS.*</p>", pages["index"])
    assert summary == "<p>GORIS (AP) — In short.</p>"
    for slug in ("none", "off", "bad"):
        assert not entry(pages[slug]).find_class("dateline")
    assert entry(pages["list"]).find("p/span[@class='dateline']").text_content() == "GYUMRI —"
    assert "\x02" not in "".join(pages.values())
    assert "wzxhzdk" not in "".join(pages.values())
    assert seen["typed"].places == (Place("GYUMRI", "Armenia"),)
    assert seen["typed"].agency == "AP"
    assert seen["front"].text == seen["rest"].text == "GYUMRI, Armenia"
    assert seen["none"] is seen["off"] is seen["bad"] is None
    assert [page for page in pages if page.startswith("hy")]


@pytest.mark.usefixtures("_registered")
def test_a_plain_pelican_tells_faults_in_its_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    files = {
        "a.md": ARTICLE.format(headers="", body="HARRISBURG, Pa. - Growers came."),
        "b.md": ARTICLE.format(headers="Dateline: Goris", body="YEREVAN — Growers came."),
    }
    build_plain(tmp_path, files)
    assert "dateline/dash" in caplog.text
    assert "dateline/two-differ" in caplog.text


@pytest.mark.usefixtures("_registered")
def test_settings_of_a_plain_pelican(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    files = {
        "dash.md": ARTICLE.format(headers="Dateline: Gyumri, Armenia", body="Growers came."),
        "typed.md": ARTICLE.format(headers="", body="HARRISBURG, Pa. - Growers came."),
        "armenian.md": ARTICLE.format(headers="Dateline: Երևան", body="Եկան։"),
    }
    options = {"DATELINE_DASH": "-", "DATELINE_CLASSICAL_ARMENIAN": True, "DEFAULT_LANG": "hy"}
    pages, _ = build_plain(tmp_path, files, **options)
    assert entry(pages["dash"]).find_class("dateline")[0].text_content() == "GYUMRI, Armenia -"
    assert entry(pages["armenian"]).find_class("dateline")[0].text_content() == "ԵՐԵՒԱՆ -"
    assert "dateline/" not in caplog.text


def test_settings_of_the_wrong_type_are_the_defaults() -> None:
    assert Settings.read({}) == Settings()
    assert Settings.read({"DATELINE_DASH": 3, "DATELINE_CLASSICAL_ARMENIAN": "yes"}) == Settings()


def test_a_press_is_left_alone() -> None:
    class PressPelican(Pelican):
        def __init__(self) -> None:
            self.settings: dict[str, Any] = {"MARKDOWN": {"extensions": []}}

    PressPelican.__module__ = "plugins.press.joint"
    pelican = PressPelican()
    datelines.prepare_plain_pelican(pelican)
    assert pelican.settings == {"MARKDOWN": {"extensions": []}}
