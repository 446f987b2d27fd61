"""What datelines are checked against where the paper's own tables say nothing: places and agencies of AP style.

    ATLANTA stands alone; SAVANNAH takes its state: SAVANNAH, Ga.; TBILISI its country: TBILISI, Georgia

Built-in names are English. `US_ALONE`, the states and the Canadian cities are AP's published lists. `FOREIGN_ALONE` and
`CITIES` are from general knowledge, unverified: a row of places.toml goes before them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache


@lru_cache(maxsize=4096)
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


_US_ALONE = _pairs("""
ATLANTA=Ga. | BALTIMORE=Md. | BOSTON=Mass. | CHICAGO=Ill. | CINCINNATI=Ohio |
CLEVELAND=Ohio | DALLAS=Texas | DENVER=Colo. | DETROIT=Mich. | HONOLULU=Hawaii |
HOUSTON=Texas | INDIANAPOLIS=Ind. | LAS VEGAS=Nev. | LOS ANGELES=Calif. | MIAMI=Fla. |
MILWAUKEE=Wis. | MINNEAPOLIS=Minn. | NEW ORLEANS=La. | NEW YORK=N.Y. | OKLAHOMA CITY=Okla. |
PHILADELPHIA=Pa. | PHOENIX=Ariz. | PITTSBURGH=Pa. | ST. LOUIS=Mo. | SALT LAKE CITY=Utah |
SAN ANTONIO=Texas | SAN DIEGO=Calif. | SAN FRANCISCO=Calif. | SEATTLE=Wash. |
WASHINGTON=D.C.
""")
US_ALONE = tuple(_US_ALONE)
"""The 30 cities of the United States that AP prints without a state."""

_CANADA_ALONE = _pairs("MONTREAL=Quebec | OTTAWA=Ontario | QUEBEC CITY=Quebec | TORONTO=Ontario")
CANADA_ALONE = tuple(_CANADA_ALONE)
"""Canadian cities without a province (AP)."""

_FOREIGN_ALONE = _pairs("""
BEIJING=China | BERLIN=Germany | BRUSSELS=Belgium | CAIRO=Egypt | DJIBOUTI=Djibouti |
DUBLIN=Ireland | GENEVA=Switzerland | GIBRALTAR= | GUATEMALA CITY=Guatemala | HAVANA=Cuba |
HELSINKI=Finland | HONG KONG= | ISLAMABAD=Pakistan | ISTANBUL=Turkey | JERUSALEM= |
JOHANNESBURG=South Africa | KUWAIT CITY=Kuwait | LONDON=England | LUXEMBOURG=Luxembourg |
MACAU= | MADRID=Spain | MEXICO CITY=Mexico | MILAN=Italy | MONACO=Monaco | MOSCOW=Russia |
MUNICH=Germany | NEW DELHI=India | PANAMA CITY=Panama | PARIS=France | PRAGUE=Czech Republic |
RIO DE JANEIRO=Brazil | ROME=Italy | SAN MARINO=San Marino | SAO PAULO=Brazil |
SHANGHAI=China | SINGAPORE=Singapore | STOCKHOLM=Sweden | SYDNEY=Australia | TOKYO=Japan |
VATICAN CITY= | VIENNA=Austria | ZURICH=Switzerland | UNITED NATIONS=
""")
FOREIGN_ALONE = tuple(_FOREIGN_ALONE)
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

KNOWN_AGENCIES: Mapping[str, str] = {
    folded(name): name
    for name in _names("""
AP | Associated Press | The Associated Press | Reuters | Thomson Reuters | AFP |
Agence France-Presse | UPI | AAP | PA | CP | The Canadian Press | Canadian Press | dpa | EFE |
ANSA | Xinhua | Kyodo | PTI | ANI | IANS | Yonhap | TASS | Interfax | RIA Novosti | Anadolu |
SANA | NNA | IRNA | Armenpress | Azatutyun | Azatutyun.am | RFE/RL | RFE | BBC | CNN | VOA |
Bloomberg | Рейтер | Рейтерс | ТАСС | Интерфакс | РИА Новости | АФП | Արմենպրես | Ազատություն |
رويترز | فرانس برس | أ ف ب | أ.ف.ب | ا ف ب | أسوشيتد برس | أ ب | د ب أ | الأناضول | سانا | وفا |
路透社 | 新华社 | 新華社 | 法新社 | 美联社 | 美聯社 | 中新社 | 中央社 | 共同社 |
共同 | 時事 | ロイター | 로이터 | 연합뉴스 | רויטרס |
ინტერპრესნიუსი
""")
}
"""Agencies by which a dateline is recognised where its city alone leaves a doubt, folded → as printed.

Not a list of who may be credited.
"""

_SAME_AGENCY = tuple(
    frozenset(map(folded, names.split("=")))
    for names in _names("""
AP=Associated Press=The Associated Press | AFP=Agence France-Presse | CP=Canadian Press=The Canadian Press |
RFE/RL=RFE=Azatutyun=Azatutyun.am=Ազատություն | Reuters=Thomson Reuters=Рейтер=Рейтерс=رويترز=路透社 |
Armenpress=Արմենպրես | TASS=ТАСС
""")
)
"""Names of one agency."""

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

OTHER_NAMES = _names("""
AMBLER | ARLINGTON | AURORA | CAMBRIDGE | CHARLESTON | COLUMBIA | COLUMBUS | DOVER | DURHAM | FRANKLIN |
GLOUCESTER | GREENVILLE | JACKSON | LEXINGTON | MANCHESTER | MIDDLETOWN | NEWPORT | NEWTON | PEORIA |
PLYMOUTH | PORTLAND | PORTSMOUTH | QUEENS | RICHMOND | ROCHESTER | SALEM | SPRINGFIELD | TRENTON |
WALTHAM | WATERTOWN | WINDSOR | STEPANAKERT | KHANKENDI | SHUSHI | SHUSHA | HADRUT | MARTUNI | MARTAKERT |
LENINAKAN | LENINGRAD | CONSTANTINOPLE | SMYRNA | TIFLIS | BOMBAY | CALCUTTA | SAIGON |
ԵՐԵՎԱՆ | ԳՅՈՒՄՐԻ | ՎԱՆԱՁՈՐ | ԱՇՏԱՐԱԿ | ԴԻԼԻՋԱՆ | ԳՈՐԻՍ | ՍԵՎԱՆ | ԿԱՊԱՆ | ՍԻՍԻԱՆ | ԱՐՄԱՎԻՐ | ԱՐԱՐԱՏ |
ԱՐՏԱՇԱՏ | ԱԲՈՎՅԱՆ | ՀՐԱԶԴԱՆ | ԻՋԵՎԱՆ | ՎԱՂԱՐՇԱՊԱՏ | ԷՋՄԻԱԾԻՆ | ԱՐԹԻԿ | ՍՊԻՏԱԿ | ՍՏԵՓԱՆԱՎԱՆ | ԳԱՎԱՌ |
ՄԵՂՐԻ | ՋԵՐՄՈՒԿ | ԵՂԵԳՆԱՁՈՐ | ՎԱՅՔ | ԲՅՈՒՐԱԿԱՆ | ՍՏԵՓԱՆԱԿԵՐՏ | ՇՈՒՇԻ | ԹԲԻԼԻՍԻ | ՄՈՍԿՎԱ | ՓԱՐԻԶ |
ԼՈՆԴՈՆ | ԲԵՅՐՈՒԹ | ՊԷՅՐՈՒԹ | ԹԵՀՐԱՆ | ԱԹԵՆՔ | ՎԱՇԻՆԳՏՈՆ | ՆՅՈՒ ՅՈՐՔ | ԼՈՍ ԱՆՋԵԼԵՍ | ԲՈՍՏՈՆ |
ԲԵՌԼԻՆ | ԲՐՅՈՒՍԵԼ | ՎԻԵՆՆԱ | ՀՌՈՄ | ԱՆԿԱՐԱ | ՍՏԱՄԲՈՒԼ | ԴԱՄԱՍԿՈՍ | ՀԱԼԵՊ | ԲԱՔՈՒ | ԵՐՈՒՍԱՂԵՄ | ՊԵԿԻՆ |
ՏՈԿԻՈ | ԺՆԵՎ | ՄԱԴՐԻԴ | ՍԱՆԿՏ ՊԵՏԵՐԲՈՒՐԳ |
МОСКВА | САНКТ-ПЕТЕРБУРГ | ЕРЕВАН | ГЮМРИ | ВАНАДЗОР | ТБИЛИСИ | БАКУ | КИЕВ | МИНСК | ПАРИЖ | ЛОНДОН |
ВАШИНГТОН | НЬЮ-ЙОРК | БЕРЛИН | БРЮССЕЛЬ | ЖЕНЕВА | ВЕНА | РИМ | МАДРИД | ПЕКИН | ТОКИО | СТАМБУЛ | АНКАРА |
ТЕГЕРАН | БЕЙРУТ | ДАМАСК | КАИР | АСТАНА | ТАШКЕНТ | РОСТОВ-НА-ДОНУ | КРАСНОДАР | СОЧИ | СТЕПАНАКЕРТ |
КИЇВ | ЛЬВІВ | ОДЕСА | ХАРКІВ | МАНИЛА |
GENÈVE | BRUXELLES | LONDRES | MOSCOU | ÉREVAN | BEYROUTH | ATHÈNES | VIENNE | PÉKIN | LE CAIRE | JÉRUSALEM |
TÉHÉRAN | DAMAS | ALEP | LISBONNE | BUCAREST | VARSOVIE | GYOUMRI | MANILLE | ALGER | BORDEAUX | TOULOUSE |
VALENCE | ROMA | MILANO | TORINO | FIRENZE | VENEZIA | WIEN | MÜNCHEN | GENF | MOSKAU | ERIWAN | JEREWAN |
PRAG | KÖLN | MOSCÚ | GINEBRA | CIUDAD DE MÉXICO | LISBOA | ΑΘΗΝΑ | ΘΕΣΣΑΛΟΝΙΚΗ | ΛΕΥΚΩΣΙΑ | İZMİR | ANTALYA
""")
"""Places of which nothing but the name is known: it is shared by several, or disputed, or not English. Unverified.

They are only recognised: no hint adds a region to one of them.
"""

_ALONE_REGIONS = {**_US_ALONE, **_CANADA_ALONE, **_FOREIGN_ALONE}
ALONE: Mapping[str, str] = {folded(city): region for city, region in _ALONE_REGIONS.items()}
"""City that stands alone, folded → the state or country that it would have; empty where it has none to print."""
_KNOWN_NAMES = frozenset(map(folded, OTHER_NAMES))
CITY_REGIONS: Mapping[str, str] = {folded(city): region for city, region in CITIES.items()}
ABBREVIATIONS = frozenset(STATES.values()) | frozenset(OTHER_ABBREVIATIONS)
REGIONS = frozenset(
    folded(name) for name in (*STATES, *ABBREVIATIONS, *POSTAL_PROVINCES.values(), *COUNTRIES, *OLD_ABBREVIATIONS)
)


_STATE_KEYS: Mapping[str, str] = {
    folded(name): folded(printed) for name, printed in STATES.items() if name != "Georgia"
}
"""The state Georgia is Ga.; `Georgia` is the country."""


def _without_dots(abbreviation: str) -> str:
    return abbreviation.replace(".", "").replace(" ", "").casefold()


_WITHOUT_DOTS: Mapping[str, str] = {_without_dots(each): each for each in sorted(ABBREVIATIONS) if each.endswith(".")}


def is_known_city(city: str) -> bool:
    """Whether the built-in tables hold a city, alone, with a region, or by its name only."""
    return (key := folded(city)) in ALONE or key in CITY_REGIONS or key in _KNOWN_NAMES


def is_known_region(region: str) -> bool:
    """Whether a region is a state, province or country of the built-in tables, in whatever spelling."""
    return region in POSTAL_CODES or all(folded(part) in REGIONS for part in region.split(", "))


def region_key(region: str) -> str:
    """A region as it is compared: MA, Mass. and Massachusetts are one, and so are Armenia and ARMENIA."""
    region = POSTAL_CODES.get(region, region)
    region = OLD_ABBREVIATIONS.get(region, region)
    return _STATE_KEYS.get(folded(region), folded(region))


def same_agency(one: str, other: str) -> bool:
    """Whether two names, as typed, are built-in names of one agency, or equal."""
    pair = {folded(one), folded(other)}
    return len(pair) == 1 or any(pair <= names for names in _SAME_AGENCY)


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
