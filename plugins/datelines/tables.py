"""What datelines are checked against: the built-in places of AP style, and the paper's own `places.toml`.

    ATLANTA stands alone; SAVANNAH takes its state: SAVANNAH, Ga.; TBILISI its country: TBILISI, Georgia

Built-in names are English. `US_ALONE`, the states and the Canadian cities are AP's published lists. `FOREIGN_ALONE` and
`CITIES` are from general knowledge, unverified: a row of places.toml goes before them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from plugins.newsroom.problem import Problem
from plugins.newsroom.tables import BAD_VALUE, WRONG_TYPE, Table, name_in, unknown_keys, value_of


def folded(name: str) -> str:
    """A name as it is compared: without case, accents, and kinds of apostrophe, hyphen and space.

    SÃO PAULO and Sao Paulo are one; ԵՐԵՎԱՆ, Երևան and ԵՐԵՒԱՆ are one.
    """
    name = name.casefold()
    if not name.isascii():
        name = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
        name = name.replace("եվ", "եւ")
        name = re.sub(r"[‐‑֊]", "-", re.sub(r"[’ʼʻ]", "'", name))
    return " ".join(name.split())


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.replace("\n", " ").split("|") if name.strip())


def _pairs(text: str) -> dict[str, str]:
    return dict(tuple(part.strip() for part in pair.split("=", 1)) for pair in _names(text))  # type: ignore[misc]


US_ALONE = _names("""
ATLANTA | BALTIMORE | BOSTON | CHICAGO | CINCINNATI | CLEVELAND | DALLAS | DENVER | DETROIT |
HONOLULU | HOUSTON | INDIANAPOLIS | LAS VEGAS | LOS ANGELES | MIAMI | MILWAUKEE | MINNEAPOLIS |
NEW ORLEANS | NEW YORK | OKLAHOMA CITY | PHILADELPHIA | PHOENIX | PITTSBURGH | ST. LOUIS |
SALT LAKE CITY | SAN ANTONIO | SAN DIEGO | SAN FRANCISCO | SEATTLE | WASHINGTON
""")
"""The 30 cities of the United States that AP prints without a state."""

CANADA_ALONE = _names("MONTREAL | OTTAWA | QUEBEC CITY | TORONTO")
"""Canadian cities without a province (AP)."""

FOREIGN_ALONE = _names("""
BEIJING | BERLIN | BRUSSELS | CAIRO | DJIBOUTI | DUBLIN | GENEVA | GIBRALTAR | GUATEMALA CITY |
HAVANA | HELSINKI | HONG KONG | ISLAMABAD | ISTANBUL | JERUSALEM | JOHANNESBURG | KUWAIT CITY |
LONDON | LUXEMBOURG | MACAU | MADRID | MEXICO CITY | MILAN | MONACO | MOSCOW | MUNICH |
NEW DELHI | PANAMA CITY | PARIS | PRAGUE | RIO DE JANEIRO | ROME | SAN MARINO | SAO PAULO |
SHANGHAI | SINGAPORE | STOCKHOLM | SYDNEY | TOKYO | VATICAN CITY | VIENNA | ZURICH |
UNITED NATIONS
""")
"""Cities elsewhere without a country. Unverified."""

STATES = _pairs("""
Alabama=Ala. | Arizona=Ariz. | Arkansas=Ark. | California=Calif. | Colorado=Colo. |
Connecticut=Conn. | Delaware=Del. | Florida=Fla. | Georgia=Ga. | Illinois=Ill. | Indiana=Ind. |
Kansas=Kan. | Kentucky=Ky. | Louisiana=La. | Maryland=Md. | Massachusetts=Mass. |
Michigan=Mich. | Minnesota=Minn. | Mississippi=Miss. | Missouri=Mo. | Montana=Mont. |
Nebraska=Neb. | Nevada=Nev. | New Hampshire=N.H. | New Jersey=N.J. | New Mexico=N.M. |
New York=N.Y. | North Carolina=N.C. | North Dakota=N.D. | Oklahoma=Okla. | Oregon=Ore. |
Pennsylvania=Pa. | Rhode Island=R.I. | South Carolina=S.C. | South Dakota=S.D. |
Tennessee=Tenn. | Vermont=Vt. | Virginia=Va. | Washington=Wash. | West Virginia=W.Va. |
Wisconsin=Wis. | Wyoming=Wyo. | Alaska=Alaska | Hawaii=Hawaii | Idaho=Idaho | Iowa=Iowa |
Maine=Maine | Ohio=Ohio | Texas=Texas | Utah=Utah
""")
"""State → how a dateline prints it. Eight are never abbreviated."""

POSTAL_STATES = _pairs("""
AL=Ala. | AZ=Ariz. | AR=Ark. | CA=Calif. | CO=Colo. | CT=Conn. | DE=Del. | FL=Fla. | GA=Ga. |
IL=Ill. | IN=Ind. | KS=Kan. | KY=Ky. | LA=La. | MD=Md. | MA=Mass. | MI=Mich. | MN=Minn. |
MS=Miss. | MO=Mo. | MT=Mont. | NE=Neb. | NV=Nev. | NH=N.H. | NJ=N.J. | NM=N.M. | NY=N.Y. |
NC=N.C. | ND=N.D. | OK=Okla. | OR=Ore. | PA=Pa. | RI=R.I. | SC=S.C. | SD=S.D. | TN=Tenn. |
VT=Vt. | VA=Va. | WA=Wash. | WV=W.Va. | WI=Wis. | WY=Wyo. | AK=Alaska | HI=Hawaii | ID=Idaho |
IA=Iowa | ME=Maine | OH=Ohio | TX=Texas | UT=Utah | DC=D.C. | PR=Puerto Rico
""")
"""Postal code of a state → what a dateline prints instead."""

POSTAL_PROVINCES = _pairs("""
AB=Alberta | BC=British Columbia | MB=Manitoba | NB=New Brunswick |
NL=Newfoundland and Labrador | NS=Nova Scotia | NT=Northwest Territories | NU=Nunavut |
ON=Ontario | PE=Prince Edward Island | QC=Quebec | SK=Saskatchewan | YT=Yukon
""")
"""Postal code of a Canadian province → its name, which AP spells out."""

POSTAL_CODES = POSTAL_STATES | POSTAL_PROVINCES

OLD_ABBREVIATIONS = _pairs("""
Ak.=Alaska | Cal.=Calif. | Col.=Colo. | Cali.=Calif. | Flor.=Fla. | Haw.=Hawaii | Id.=Idaho |
Ia.=Iowa | Kans.=Kan. | Ken.=Ky. | Me.=Maine | Mas.=Mass. | Mic.=Mich. | Nebr.=Neb. |
N.Mex.=N.M. | N. Mex.=N.M. | N. Car.=N.C. | N. Dak.=N.D. | O.=Ohio | Oh.=Ohio | Oreg.=Ore. |
Penn.=Pa. | Penna.=Pa. | S. Car.=S.C. | S. Dak.=S.D. | Tex.=Texas | Ut.=Utah | Wa.=Wash. |
W. Va.=W.Va. | W.V.=W.Va. | Wisc.=Wis. | N. Y.=N.Y. | N. J.=N.J. | N. H.=N.H. | N. C.=N.C. |
R. I.=R.I. | Arm.=Armenia | Ger.=Germany | Eng.=England | Leb.=Lebanon
""")
"""Abbreviations that are seen, → what a dateline prints instead."""

OTHER_ABBREVIATIONS = _names("""
D.C. | U.S. | U.K. | U.A.E. | U.S.S.R. | P.R. | Alta. | B.C. | Man. | N.B. | N.L. | N.S. |
N.W.T. | Ont. | P.E.I. | Que. | Sask. | D.R.C.
""")
"""Abbreviations beside the states' that pass: the capital's district, a few countries, Canadian provinces."""

COUNTRIES = _names("""
Afghanistan | Albania | Algeria | Andorra | Angola | Antigua and Barbuda | Argentina | Armenia |
Australia | Austria | Azerbaijan | Bahamas | Bahrain | Bangladesh | Barbados | Belarus |
Belgium | Belize | Benin | Bhutan | Bolivia | Bosnia | Bosnia-Herzegovina |
Bosnia and Herzegovina | Botswana | Brazil | Brunei | Bulgaria | Burkina Faso | Burundi |
Cambodia | Cameroon | Canada | Cape Verde | Central African Republic | Chad | Chile | China |
Colombia | Comoros | Congo | Republic of Congo | Costa Rica | Croatia | Cuba | Cyprus |
Czech Republic | Czechia | Denmark | Dominica | Dominican Republic | East Timor | Ecuador |
Egypt | El Salvador | England | Equatorial Guinea | Eritrea | Estonia | Eswatini | Ethiopia |
Fiji | Finland | France | Gabon | Gambia | Georgia | Germany | Ghana | Greece | Greenland |
Grenada | Guatemala | Guinea | Guinea-Bissau | Guyana | Haiti | Honduras | Hungary | Iceland |
India | Indonesia | Iran | Iraq | Ireland | Israel | Italy | Ivory Coast | Jamaica | Japan |
Jordan | Kazakhstan | Kenya | Kosovo | Kuwait | Kyrgyzstan | Laos | Latvia | Lebanon | Lesotho |
Liberia | Libya | Liechtenstein | Lithuania | Madagascar | Malawi | Malaysia | Maldives | Mali |
Malta | Mauritania | Mauritius | Mexico | Micronesia | Moldova | Mongolia | Montenegro |
Morocco | Mozambique | Myanmar | Namibia | Nepal | Netherlands | New Zealand | Nicaragua |
Niger | Nigeria | North Korea | North Macedonia | Northern Ireland | Norway | Oman | Pakistan |
Palau | Panama | Papua New Guinea | Paraguay | Peru | Philippines | Poland | Portugal |
Puerto Rico | Qatar | Romania | Russia | Rwanda | Samoa | Saudi Arabia | Scotland | Senegal |
Serbia | Seychelles | Sierra Leone | Slovakia | Slovenia | Solomon Islands | Somalia |
South Africa | South Korea | South Sudan | Spain | Sri Lanka | Sudan | Suriname | Sweden |
Switzerland | Syria | Taiwan | Tajikistan | Tanzania | Thailand | Togo | Tonga |
Trinidad and Tobago | Tunisia | Turkey | Türkiye | Turkmenistan | Uganda | Ukraine |
United Arab Emirates | United Kingdom | United States | Uruguay | Uzbekistan | Vanuatu |
Venezuela | Vietnam | Wales | West Bank | Gaza Strip | Western Sahara | Yemen | Zambia |
Zimbabwe | Artsakh | Karabakh | Nagorno-Karabakh
""")
"""Countries, and territories that datelines name like one. Used to recognise a region, never to forbid one."""

CITIES = _pairs("""
ABU DHABI=United Arab Emirates | ACCRA=Ghana | ADDIS ABABA=Ethiopia | AKHALKALAKI=Georgia |
ALBANY=N.Y. | ALEPPO=Syria | ALGIERS=Algeria | ALMATY=Kazakhstan | AMMAN=Jordan |
AMSTERDAM=Netherlands | ANJAR=Lebanon | ANKARA=Turkey | ANN ARBOR=Mich. | ARARAT=Armenia |
ARMAVIR=Armenia | ARTIK=Armenia | ASHTARAK=Armenia | ASTANA=Kazakhstan | ATHENS=Greece |
AUSTIN=Texas | BAGHDAD=Iraq | BAKU=Azerbaijan | BANGKOK=Thailand | BARCELONA=Spain |
BASEL=Switzerland | BATUMI=Georgia | BEIRUT=Lebanon | BELFAST=Northern Ireland |
BELGRADE=Serbia | BELMONT=Mass. | BERN=Switzerland | BERKELEY=Calif. | BEVERLY HILLS=Calif. |
BOGOTA=Colombia | BONN=Germany | BRATISLAVA=Slovakia | BROOKLYN=N.Y. | BUCHAREST=Romania |
BUDAPEST=Hungary | BUENOS AIRES=Argentina | BURBANK=Calif. | BYURAKAN=Armenia | CALI=Colombia |
CANBERRA=Australia | CAPE TOWN=South Africa | CARACAS=Venezuela | CHISINAU=Moldova |
COLOGNE=Germany | COPENHAGEN=Denmark | DAMASCUS=Syria | DAVOS=Switzerland | DEARBORN=Mich. |
DHAKA=Bangladesh | DILIJAN=Armenia | DIYARBAKIR=Turkey | DOHA=Qatar |
DUBAI=United Arab Emirates | EDINBURGH=Scotland | ECHMIADZIN=Armenia | ETCHMIADZIN=Armenia |
EREVAN=Armenia | FLORENCE=Italy | FORT LAUDERDALE=Fla. | FORT LEE=N.J. | FRANKFURT=Germany |
FRESNO=Calif. | GAVAR=Armenia | GENOA=Italy | GLENDALE=Calif. | GORIS=Armenia |
GYUMRI=Armenia | HAIFA=Israel | HAMBURG=Germany | HANOI=Vietnam | HARRISBURG=Pa. |
HARTFORD=Conn. | HRAZDAN=Armenia | IJEVAN=Armenia | JAKARTA=Indonesia | JERMUK=Armenia |
KABUL=Afghanistan | KAMPALA=Uganda | KAPAN=Armenia | KARACHI=Pakistan | KHARTOUM=Sudan |
KIEV=Ukraine | KINSHASA=Congo | KRAKOW=Poland | KUALA LUMPUR=Malaysia | KYIV=Ukraine |
LAGOS=Nigeria | LATAKIA=Syria | LIMA=Peru | LILLE=France | LISBON=Portugal |
LJUBLJANA=Slovenia | LODZ=Poland | LYON=France | MANAMA=Bahrain | MANILA=Philippines |
MARSEILLE=France | MEGHRI=Armenia | MELBOURNE=Australia | METZ=France | MINSK=Belarus |
MONTEVIDEO=Uruguay | MUMBAI=India | NAIROBI=Kenya | NAPLES=Italy | NEW BEDFORD=Mass. |
NEW BRITAIN=Conn. | NEW HAVEN=Conn. | NEW JULFA=Iran | NEWARK=N.J. | NICE=France |
NICOSIA=Cyprus | NOYEMBERYAN=Armenia | NUUK=Greenland | OMSK=Russia | OSLO=Norway |
OXFORD=England | PASADENA=Calif. | PARAMUS=N.J. | PESHAWAR=Pakistan |
PORT MORESBY=Papua New Guinea | PORTO=Portugal | PORT-AU-PRINCE=Haiti | PRETORIA=South Africa |
PROVIDENCE=R.I. | PYONGYANG=North Korea | QUITO=Ecuador | RABAT=Morocco | RACINE=Wis. |
REYKJAVIK=Iceland | RIGA=Latvia | RIYADH=Saudi Arabia | SACRAMENTO=Calif. | SANAA=Yemen |
SANTIAGO=Chile | SARAJEVO=Bosnia-Herzegovina | SEOUL=South Korea | SEVAN=Armenia |
SISIAN=Armenia | SKOPJE=North Macedonia | SOCHI=Russia | SOFIA=Bulgaria | SOTK=Armenia |
SPITAK=Armenia | STEPANAVAN=Armenia | STRASBOURG=France | TALLINN=Estonia |
TASHKENT=Uzbekistan | TAVUSH=Armenia | TBILISI=Georgia | TEHRAN=Iran | TEL AVIV=Israel |
THE HAGUE=Netherlands | TIRANA=Albania | TUNIS=Tunisia | TURIN=Italy | TYRE=Lebanon |
ULAANBAATAR=Mongolia | VAGHARSHAPAT=Armenia | VANADZOR=Armenia | VAYK=Armenia | VENICE=Italy |
VILNIUS=Lithuania | WARSAW=Poland | WORCESTER=Mass. | YEREVAN=Armenia | YEGHEGNADZOR=Armenia |
ZAGREB=Croatia
""")
"""Cities that are known and do not stand alone → the region to type. Unverified.

None whose country is disputed, and none that shares its name with another well-known place: a hint decides neither.
"""

KNOWN_AGENCIES = frozenset(
    map(
        folded,
        _names("""
AP | Associated Press | The Associated Press | Reuters | Thomson Reuters | AFP |
Agence France-Presse | UPI | AAP | PA | CP | The Canadian Press | Canadian Press | dpa | EFE |
ANSA | Xinhua | Kyodo | PTI | ANI | IANS | Yonhap | TASS | Interfax | RIA Novosti | Anadolu |
SANA | NNA | IRNA | Armenpress | Azatutyun | Azatutyun.am | RFE/RL | RFE | BBC | CNN | VOA |
Bloomberg | Рейтер | Рейтерс | ТАСС | Интерфакс | РИА Новости | АФП | Արմենպրես | Ազատություն |
رويترز | فرانس برس | أ ف ب | أ.ف.ب | ا ف ب | أسوشيتد برس | أ ب | د ب أ | الأناضول | سانا | وفا |
路透社 | 新华社 | 新華社 | 法新社 | 美联社 | 美聯社 | 中新社 | 中央社 | 共同社 |
共同 | 時事 | ロイター | 로이터 | 연합뉴스 | רויטרס |
ინტერპრესნიუსი
"""),
    )
)
"""Agencies by which a dateline is recognised where its city alone leaves a doubt. Not a list of who may be credited."""

NOT_PLACES = frozenset(
    map(
        folded,
        _names("""
UPDATE | UPDATED | UPDATES | BREAKING | NEWS | EXCLUSIVE | CORRECTION | CORRECTIONS |
CLARIFICATION | ANALYSIS | OPINION | EDITORIAL | COMMENTARY | EDITOR'S | EDITORS | EDITOR |
NOTE | NOTES | WATCH | WATCHED | VIDEO | VIDEOS | PHOTO | PHOTOS | PICTURES | LIVE | LISTEN |
PODCAST | REPORT | REPORTS | REVIEW | INTERVIEW | FEATURE | PROFILE | OBITUARY | IMPORTANT |
ATTENTION | WARNING | ALERT | URGENT | NOTICE | ADVISORY | REMINDER | DEVELOPING | SPOILER |
BACKGROUND | CONTEXT | SUMMARY | ABSTRACT | INTRODUCTION | CONCLUSION | PROLOGUE | EPILOGUE |
CHAPTER | PART | QUESTION | ANSWER | Q&A | FAQ | HOW | WHY | WHAT | WHEN | WHERE | WHO | WHICH |
YES | NO | OK | WELL | HELLO | DEAR | THANKS | CONGRATULATIONS | HAPPY | TODAY | TOMORROW |
YESTERDAY | TONIGHT | CAPTION | SOURCE | CREDIT | ADVERTISEMENT | SPONSORED | EMBARGOED |
EMBARGO | FIRST | SECOND | THIRD | FINALLY | ALSO | BUT | AND | OR | NOT | THIS | THAT | THESE |
THOSE | IT | HE | SHE | WE | YOU | THEY | I | STATEMENT | QUOTE | TRANSCRIPT | MEMORIAM |
DISCLAIMER | DISCLOSURE | ERRATUM | SUBSCRIBE | TL;DR | FACT | FACTS | SPORTS | NATO | UN | EU |
US | USA | UK | UAE | USSR | UNESCO | UNICEF | UNHCR | OSCE | OPEC | ASEAN | BRICS | NASA |
FBI | CIA | NSA | IMF | WHO | WTO | IAEA | INTERPOL | FIFA | UEFA | NBA | NFL | NHL | MLB |
COVID | COVID-19 | BREXIT | AIDS | HIV | AGBU | ANCA | ARF | AMAA | AYF | AAA | AUA | ANC |
ADL | USAID | EAEU | CSTO | PACE | HAMAS | HEZBOLLAH | ISIS | DAESH | GDP | CEO | NGO |
MISE À JOUR | EXCLUSIF | URGENT | ANALYSE | ENTRETIEN | VIDÉO | ОБНОВЛЕНО | СРОЧНО | ВИДЕО |
ФОТО | МНЕНИЕ | АНАЛИЗ | ЭКСКЛЮЗИВ | НАТО | ООН | США | ЕС | ОБСЕ | ՀՐԱՏԱՊ | ԹԱՐՄԱՑՎԱԾ |
ՏԵՍԱՆՅՈՒԹ | ՖՈՏՈ | ՆԱՏՕ | ՆԱՏՈ | ՄԱԿ | ԱՄՆ | ԵՄ | ԵԱՀԿ | ԿԱՐԾԻՔ | ՎԵՐԼՈՒԾՈՒԹՅՈՒՆ | ՀԱՐՑԱԶՐՈՒՅՑ |
MONDAY | TUESDAY | WEDNESDAY | THURSDAY | FRIDAY | SATURDAY | SUNDAY | JANUARY | FEBRUARY |
MARCH | APRIL | MAY | JUNE | JULY | AUGUST | SEPTEMBER | OCTOBER | NOVEMBER | DECEMBER |
SPRING | SUMMER | AUTUMN | WINTER | CHRISTMAS | EASTER
"""),
    )
)
"""Words in capitals with which sentences and labels begin. A head with one is a dateline only with a known region.

UPDATE (AP) — is none, WATCH HILL, R.I. — and MARCH, England — are.
"""

PLACE_BEGINNINGS = frozenset(
    _names("""
aboard | al | bad | cape | east | el | fort | ft. | grand | isle | kfar | la | lake | las | le | les | los | lower |
mount | mt. | north | nor | port | porto | puerto | saint | san | sankt | santa | santo | sao | south | st. | ste. |
tel | upper | villa | west
""")
)
"""First words of a place's name, without case and accents."""

PLACE_ENDINGS = frozenset(
    _names("""
airport | base | bay | beach | bridge | camp | canyon | city | county | creek | district | falls | forest | garden |
gardens | grove | harbor | harbour | heights | hill | hills | hollow | island | islands | junction | lake | landing |
mills | mountain | oaks | park | pass | peak | port | province | rapids | ridge | river | rock | shores | springs |
station | strip | town | township | vale | valley | village | woods
""")
)
"""Last words of a place's name."""

ALONE = frozenset(map(folded, US_ALONE + CANADA_ALONE + FOREIGN_ALONE))
CITY_REGIONS: Mapping[str, str] = {folded(city): region for city, region in CITIES.items()}
ABBREVIATIONS = frozenset(STATES.values()) | frozenset(OTHER_ABBREVIATIONS)
REGIONS = frozenset(
    folded(name) for name in (*STATES, *ABBREVIATIONS, *POSTAL_PROVINCES.values(), *COUNTRIES, *OLD_ABBREVIATIONS)
)


def _without_dots(abbreviation: str) -> str:
    return abbreviation.replace(".", "").replace(" ", "").casefold()


_WITHOUT_DOTS: Mapping[str, str] = {_without_dots(each): each for each in sorted(ABBREVIATIONS) if each.endswith(".")}


def is_known_city(city: str) -> bool:
    """Whether the built-in tables hold a city, alone or with a region."""
    return (key := folded(city)) in ALONE or key in CITY_REGIONS


def is_known_region(region: str) -> bool:
    """Whether a region is a state, province or country of the built-in tables, in whatever spelling."""
    return region in POSTAL_CODES or all(folded(part) in REGIONS for part in region.split(", "))


def right_abbreviation(region: str) -> str | None:
    """What to type for an abbreviation that house style does not know; empty if nothing is near, None if it is right.

    Penn. → Pa.; Mass → Mass.; Xyz. → ""; Armenia → None
    """
    if region in ABBREVIATIONS or region in COUNTRIES:
        return None
    if region in OLD_ABBREVIATIONS:
        return OLD_ABBREVIATIONS[region]
    if right := _WITHOUT_DOTS.get(_without_dots(region)):
        return right
    if not region.endswith("."):
        return None
    near = get_close_matches(region, sorted(ABBREVIATIONS), n=1, cutoff=0.7)
    return near[0] if near else ""


@dataclass(frozen=True)
class PlaceRow:
    """One row of places.toml. region: as printed after the city. alone: printed without it. also: other names."""

    id: str
    names: Mapping[str, Any] = field(default_factory=dict)
    regions: Mapping[str, Any] = field(default_factory=dict)
    alone: bool = False
    also: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """The city as a dateline prints it in a language."""
        return name_in(self.names, lang, self.id.replace("-", " ").upper())

    def region(self, lang: str) -> str:
        """The region in a language, or empty."""
        return name_in(self.regions, lang)


@dataclass(frozen=True)
class Places:
    """places.toml: rows by id, and every name of every row, folded, → id."""

    rows: Mapping[str, PlaceRow] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    def find(self, city: str) -> PlaceRow | None:
        """The row that has this name in any language, case and accents apart."""
        return self.rows.get(self.ids.get(folded(city), ""))


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def _rows(table: Table, known: Iterable[str], problems: list[Problem]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Each row that is a table; keys that are neither `known` nor language tags are problems."""
    for id_, row in table.rows.items():
        if not isinstance(row, Mapping):
            problems.append(table.problem(WRONG_TYPE, f"'{id_}' must be a table", id_, hint=f'[{id_}]\nname = "…"'))
            continue
        strange = {key: value for key, value in row.items() if key in known or not _LANGUAGE.fullmatch(key)}
        problems += unknown_keys(table, strange, known, id_)
        yield id_, row


def _texts(table: Table, row: Mapping[str, Any], key: str, problems: list[Problem], id_: str) -> tuple[str, ...]:
    value = value_of(table, row, key, list, [], problems, id_)
    if not all(isinstance(text, str) for text in value):
        problems.append(table.problem(WRONG_TYPE, f"'{key}' must be a list of texts", id_, key, hint=f'{key} = ["…"]'))
    return tuple(text for text in value if isinstance(text, str))


def _by_language(
    table: Table, row: Mapping[str, Any], key: str, problems: list[Problem], id_: str
) -> Mapping[str, Any]:
    """A text, or a table of texts by language, as such a table; anything else is a problem."""
    value = row.get(key, {})
    texts = value if isinstance(value, Mapping) else {"name": value}
    if not all(isinstance(text, str) for text in texts.values()):
        problems.append(table.problem(WRONG_TYPE, f"'{key}' must be text, or a table of texts by language", id_, key))
        return {}
    return texts


def _names_of(table: Table, id_: str, row: Mapping[str, Any], problems: list[Problem]) -> dict[str, str]:
    """The row's names: language tag, or `name` for all languages, → text."""
    names = dict(_by_language(table, row, "name", problems, id_))
    for key, value in row.items():
        if not _LANGUAGE.fullmatch(key):
            continue
        if isinstance(value, str):
            names[key] = value
        else:
            problems.append(table.problem(WRONG_TYPE, f"'{key}' must be text in quotes", id_, key))
    return names


def _index(table: Table, names: Mapping[str, Iterable[str]], problems: list[Problem]) -> dict[str, str]:
    """Every name, folded, → the id of its row; a name of two rows is a problem and stays with the first."""
    index: dict[str, str] = {}
    for id_, texts in names.items():
        for text in texts:
            first = index.setdefault(folded(text), id_)
            if first != id_:
                problems.append(table.problem(BAD_VALUE, f"'{text}' is a name of '{first}' too", id_))
    return index


def read_places(table: Table) -> tuple[Places, list[Problem]]:
    """places.toml: each row an id, the city's names by language, its region, whether it stands alone, other names."""
    problems: list[Problem] = []
    rows: dict[str, PlaceRow] = {}
    for id_, row in _rows(table, ("name", "region", "alone", "also"), problems):
        rows[id_] = PlaceRow(
            id_,
            _names_of(table, id_, row, problems),
            _by_language(table, row, "region", problems, id_),
            value_of(table, row, "alone", bool, False, problems, id_),
            _texts(table, row, "also", problems, id_),
        )
    names = {id_: (*row.names.values(), *row.also) or (row.name(""),) for id_, row in rows.items()}
    return Places(rows, _index(table, names, problems)), problems


def is_web_address(url: str) -> bool:
    """Whether a link may lead there: http or https, with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
