"""Heads of stories, many more: those that are datelines, those that are not, those that are in doubt."""

from __future__ import annotations

import pytest

from plugins.datelines.parse import Doubt, Parsed, examine

# Each head: as typed, dash included → places | agency | day, empty parts left out at the end.

ENGLISH = """
ALBANY, N.Y. — → ALBANY, N.Y.
ANN ARBOR, Mich. (AP) — → ANN ARBOR, Mich. | AP
AUSTIN, Texas — → AUSTIN, Texas
BATON ROUGE, La. — → BATON ROUGE, La.
BEVERLY HILLS, Calif. — → BEVERLY HILLS, Calif.
BIRMINGHAM, England — → BIRMINGHAM, England
BOISE, Idaho — → BOISE, Idaho
BURLINGTON, Vt. (Example Wire) – → BURLINGTON, Vt. | Example Wire
CALEXICO, Calif. (AP) -- → CALEXICO, Calif. | AP
CEDAR RAPIDS, Iowa — → CEDAR RAPIDS, Iowa
CHARLOTTETOWN, Prince Edward Island — → CHARLOTTETOWN, Prince Edward Island
CHICAGO (Reuters) - → CHICAGO | Reuters
COBB ISLAND, Md. — → COBB ISLAND, Md.
D'IBERVILLE, Miss. — → D'IBERVILLE, Miss.
DES MOINES, Iowa — → DES MOINES, Iowa
DUBLIN (PA) — → DUBLIN | PA
EAST LANSING, Mich. — → EAST LANSING, Mich.
EDGARTOWN, Mass. — → EDGARTOWN, Mass.
EL PASO, Texas — → EL PASO, Texas
FORT WORTH, Texas — → FORT WORTH, Texas
FORT-DE-FRANCE, Martinique — → FORT-DE-FRANCE, Martinique
FREDERICTON, N.B. — → FREDERICTON, N.B.
GUATEMALA CITY — → GUATEMALA CITY
HILO, Hawaii — → HILO, Hawaii
HONG KONG (Reuters) — → HONG KONG | Reuters
INTERNATIONAL FALLS, Minn. — → INTERNATIONAL FALLS, Minn.
JOHANNESBURG — → JOHANNESBURG
JUNEAU, Alaska — → JUNEAU, Alaska
KINGSTON, Ontario (CP) — → KINGSTON, Ontario | CP
LAKE PLACID, N.Y. — → LAKE PLACID, N.Y.
LOS ALAMOS, N.M. — → LOS ALAMOS, N.M.
LONDON/PARIS (Reuters) - → LONDON/PARIS | Reuters
MACOMB, Ill. — → MACOMB, Ill.
McLEAN, Va. — → McLEAN, Va.
MONTREAL — → MONTREAL
NASHVILLE, Tenn., June 3 — → NASHVILLE, Tenn. | | June 3
NEW DELHI, June 3 (PTI) — → NEW DELHI | PTI | June 3
NEW YORK, Sept. 11, 2026 (AP) — → NEW YORK | AP | Sept. 11, 2026
NUUK, Greenland — → NUUK, Greenland
OTTAWA, Dec 3 (Reuters) - → OTTAWA | Reuters | Dec 3
PAGO PAGO, American Samoa — → PAGO PAGO, American Samoa
PHILADELPHIA – → PHILADELPHIA
PORTLAND, Maine — → PORTLAND, Maine
PORTLAND, Ore. — → PORTLAND, Ore.
PORT OF SPAIN, Trinidad and Tobago — → PORT OF SPAIN, Trinidad and Tobago
PROVIDENCE, R.I. — → PROVIDENCE, R.I.
RIO DE JANEIRO (AP) — → RIO DE JANEIRO | AP
SAINT PAUL, Minn. — → SAINT PAUL, Minn.
SALT LAKE CITY — → SALT LAKE CITY
SAN JUAN, Puerto Rico — → SAN JUAN, Puerto Rico
SANTA FE, N.M. — → SANTA FE, N.M.
SIOUX FALLS, S.D. — → SIOUX FALLS, S.D.
ST. JOHN'S, Newfoundland and Labrador — → ST. JOHN'S, Newfoundland and Labrador
TEL AVIV, Israel (AFP) — → TEL AVIV, Israel | AFP
THE HAGUE, Netherlands — → THE HAGUE, Netherlands
TORONTO (The Canadian Press) — → TORONTO | The Canadian Press
UNITED NATIONS — → UNITED NATIONS
VATICAN CITY (AP) — → VATICAN CITY | AP
WALLA WALLA, Wash. — → WALLA WALLA, Wash.
WASHINGTON, D.C. — → WASHINGTON, D.C.
WASHINGTON (AP) — → WASHINGTON | AP
WATERTOWN (Example Wire) — → WATERTOWN | Example Wire
WATERTOWN, N.Y. — → WATERTOWN, N.Y.
WINSTON-SALEM, N.C. — → WINSTON-SALEM, N.C.
YELLOWSTONE NATIONAL PARK, Wyo. — → YELLOWSTONE NATIONAL PARK, Wyo.
YEREVAN and ROME — → YEREVAN/ROME
YEREVAN, Armenia, and TBILISI, Georgia — → YEREVAN, Armenia/TBILISI, Georgia
YEREVAN/TBILISI, Georgia — → YEREVAN/TBILISI, Georgia
YEREVAN (168 Zham) — → YEREVAN | 168 Zham
YEREVAN (ARKA) — → YEREVAN | ARKA
YEREVAN (Civilnet.am) — → YEREVAN | Civilnet.am
YEREVAN (Combined Sources) — → YEREVAN | Combined Sources
YEREVAN (Public Radio of Armenia) — → YEREVAN | Public Radio of Armenia
YEREVAN (RFE/RL, AP) — → YEREVAN | RFE/RL, AP
"""

ARMENIAN = """
ԵՐԵՎԱՆ (Արմենպրես) — → ԵՐԵՎԱՆ | Արմենպրես
ԵՐԵՒԱՆ — → ԵՐԵՒԱՆ
ԵՐԵՎԱՆ, 1 ՀՈՒՆՎԱՐԻ, ԱՐՄԵՆՊՐԵՍ։ → ԵՐԵՎԱՆ | ԱՐՄԵՆՊՐԵՍ | 1 ՀՈՒՆՎԱՐԻ
ԵՐԵՎԱՆ, 12 ՄԱՅԻՍԻ, ԱՐՄԵՆՊՐԵՍ: → ԵՐԵՎԱՆ | ԱՐՄԵՆՊՐԵՍ | 12 ՄԱՅԻՍԻ
ԵՐԵՎԱՆ, 5 ՕԳՈՍՏՈՍԻ, ԱՐՄԵՆՊՐԵՍ — → ԵՐԵՎԱՆ | ԱՐՄԵՆՊՐԵՍ | 5 ՕԳՈՍՏՈՍԻ
ԳՅՈՒՄՐԻ, 9 ՆՈՅԵՄԲԵՐԻ (Արմենպրես) — → ԳՅՈՒՄՐԻ | Արմենպրես | 9 ՆՈՅԵՄԲԵՐԻ
ԳՈՐԻՍ – → ԳՈՐԻՍ
ԴԻԼԻՋԱՆ, Հայաստան — → ԴԻԼԻՋԱՆ, Հայաստան
ԱՅԳԵՊԱՐ, Տավուշ — → ԱՅԳԵՊԱՐ, Տավուշ
ԼՈՍ ԱՆՋԵԼԵՍ, Կալիֆորնիա — → ԼՈՍ ԱՆՋԵԼԵՍ, Կալիֆորնիա
ՍՏԵՓԱՆԱԿԵՐՏ (Ազատություն) — → ՍՏԵՓԱՆԱԿԵՐՏ | Ազատություն
ԹԲԻԼԻՍԻ, Վրաստան — → ԹԲԻԼԻՍԻ, Վրաստան
ՓԱՐԻԶ (AFP) — → ՓԱՐԻԶ | AFP
ՆՅՈՒ ՅՈՐՔ — → ՆՅՈՒ ՅՈՐՔ
ՊԷՅՐՈՒԹ — → ՊԷՅՐՈՒԹ
ԵՐԵՎԱՆ/ԹԲԻԼԻՍԻ — → ԵՐԵՎԱՆ/ԹԲԻԼԻՍԻ
ՍԵՎԱՆ -- → ՍԵՎԱՆ
"""

ARABIC = """
بيروت (رويترز) - → بيروت | رويترز
القاهرة، 3 يناير (رويترز) - → القاهرة | رويترز | 3 يناير
دمشق، 12 أيار (سانا) — → دمشق | سانا | 12 أيار
عمّان (أ ف ب) — → عمّان | أ ف ب
الرباط، 1 مارس (أ.ف.ب) - → الرباط | أ.ف.ب | 1 مارس
حلب (سانا) – → حلب | سانا
بغداد (AFP) — → بغداد | AFP
غزة، 2 تشرين الثاني (وفا) — → غزة | وفا | 2 تشرين الثاني
"""

FRENCH = """
PARIS, 3 décembre (Reuters) - → PARIS | Reuters | 3 décembre
LYON, France (AFP) – → LYON, France | AFP
MARSEILLE (AFP) – → MARSEILLE | AFP
GENÈVE, 12 févr (Reuters) — → GENÈVE | Reuters | 12 févr
BRUXELLES (Belga) – → BRUXELLES | Belga
ÉREVAN (AFP) — → ÉREVAN | AFP
BEYROUTH — → BEYROUTH
SAINT-DENIS, France — → SAINT-DENIS, France
L'HAŸ-LES-ROSES, France — → L'HAŸ-LES-ROSES, France
AIX-EN-PROVENCE, France (AFP) – → AIX-EN-PROVENCE, France | AFP
ATHÈNES, 1er mai (AFP) — → ATHÈNES | AFP | 1er mai
LE CAIRE (AFP) – → LE CAIRE | AFP
QUÉBEC (La Presse) — → QUÉBEC | La Presse
ALEP et DAMAS — → ALEP/DAMAS
"""

RUSSIAN = """
МОСКВА — → МОСКВА
МОСКВА (ТАСС) – → МОСКВА | ТАСС
МОСКВА, 3 декабря (РИА Новости) — → МОСКВА | РИА Новости | 3 декабря
ЕРЕВАН, 28 февраля (Рейтер) - → ЕРЕВАН | Рейтер | 28 февраля
САНКТ-ПЕТЕРБУРГ (Интерфакс) — → САНКТ-ПЕТЕРБУРГ | Интерфакс
НЬЮ-ЙОРК, 5 мая (ТАСС) — → НЬЮ-ЙОРК | ТАСС | 5 мая
ВАНАДЗОР, Армения — → ВАНАДЗОР, Армения
МОСКВА/ПЕКИН — → МОСКВА/ПЕКИН
МОСКВА и ЕРЕВАН — → МОСКВА/ЕРЕВАН
КИЕВ, 3 травня (Reuters) — → КИЕВ | Reuters | 3 травня
"""

CHINESE = """
马尼拉，12月3日（路透社）- → 马尼拉 | 路透社 | 12月3日
马尼拉，12月3日（路透社）— → 马尼拉 | 路透社 | 12月3日
北京，1月5日（新华社）—— → 北京 | 新华社 | 1月5日
上海（中新社）— → 上海 | 中新社
台北（中央社）— → 台北 | 中央社
華盛頓（美聯社）— → 華盛頓 | 美聯社
巴黎（法新社）— → 巴黎 | 法新社
東京（共同）— → 東京 | 共同
"""

OTHERS = """
WIEN, 3. Mai (dpa) – → WIEN | dpa | 3. Mai
MÜNCHEN (dpa) – → MÜNCHEN | dpa
MADRID, 3 mayo (EFE) — → MADRID | EFE | 3 mayo
CIUDAD DE MÉXICO (EFE) — → CIUDAD DE MÉXICO | EFE
ROMA (ANSA) – → ROMA | ANSA
TORINO, 12 ottobre (ANSA) – → TORINO | ANSA | 12 ottobre
LISBOA, 3 de maio (Lusa) — → LISBOA | Lusa | 3 de maio
İZMİR (Anadolu) — → İZMİR | Anadolu
ΘΕΣΣΑΛΟΝΙΚΗ — → ΘΕΣΣΑΛΟΝΙΚΗ
ЛЬВІВ — → ЛЬВІВ
서울 (연합뉴스) - → 서울 | 연합뉴스
ירושלים (AP) — → ירושלים | AP
"""

READ = [
    tuple(line.split(" → "))
    for table in (ENGLISH, ARMENIAN, ARABIC, FRENCH, RUSSIAN, CHINESE, OTHERS)
    for line in table.strip().split("\n")
]

NONE = """
A CAPELLA — The choir sings.
ALERT — The pass is closed.
ANALYSIS: What the fair means — and what not
ANSWER — Forty.
AGBU — The union met.
AUA — The university opens.
Anna — she of the loaves — came.
By noon — or a little later — the square was full.
CORRECTION — The fair has forty growers.
COVID — The ward is empty.
Children, Mr. Example says — and he knows — like apples.
DEAR READER — The paper changes.
EU — The union met.
EXCLUSIVE — The fair moves.
FIRST — The growers came.
FIFA — The cup is old.
FOR SALE — A bicycle.
FRIDAY — The choir sings.
From Gyumri to Goris — a long way — they walked.
GDP — The figure grew.
GROWERS AND BAKERS — The fair is open.
HAPPY NEW YEAR — The square was full.
HOW TO BAKE — The bread of the valley
Hello, World — it said.
I AM HERE — he wrote.
IMF — The fund met.
IMPORTANT — Bring a spoon.
In YEREVAN (AP) nobody slept.
JULY — The month of apricots
LIVE — The fair
MONDAY — Closed
NASA — The rocket stood.
NO — The answer came.
NOTE — Bring a spoon.
OPEC — The cartel met.
OPINION — Why benches
PART ONE — The flood
PHOTO — A stall
PODCAST — The fair
Q&A — The mayor
QUESTION — Why?
REVIEW — A fox and a hen
THIS WEEK — The choir sings.
TODAY — The fair is open.
TV — The set is old.
UAE — The team won.
UK — The team won.
USA — The team won.
VIDEO — A fair
WHO — The agency met.
WHY NOW — The mayor explains.
YEREVAN
YEREVAN (AP
YEREVAN, where the fair is
Yerevan has a fair (AP) of its own.
YEREVAN-BASED GROWERS came — all forty.
ՄԱԿ — Կազմակերպությունը հավաքվեց։
ԱՄՆ — Թիմը հաղթեց։
ՀՐԱՏԱՊ — Լեռնանցքը փակ է։
Անին՝ իր քրոջ հետ — եկավ։
ВИДЕО — Ярмарка
ООН — Организация собралась.
НАТО — Альянс собрался.
Анна — пекарь — пришла.
EXCLUSIF — La foire
VIDÉO — La foire
Anne — la boulangère — est venue.
قال (الوزير) إن المعرض مفتوح
محمد، الذي جاء — قال
他说—我来了
北京很大—真的
""".strip().split("\n")

DOUBT = """
HARVEST — The word is old.
BREAD — The price is up.
VIOLINS — The hall was full.
SARKISSIAN — The mayor came.
TUMO — The center opened.
THE FAIR — Forty growers came.
CHESS CLUB — The match is over.
RED APPLES — The tree is old.
ԲԵՐՔԸ — Այգին մեծ է։
ХЛЕБ — Цена выросла.
PAIN — Le prix monte.
Boston — The fair is open.
London — The fair is open.
Paris (AFP) — The fair is open.
Tbilisi, Georgia — The fair is open.
Москва (ТАСС) — Ярмарка открыта.
Երևան (Արմենպրես) — Տոնավաճառը բացվեց։
PARIS — the city of light — slept.
WASHINGTON — the general, not the city — came.
YEREVAN (AP) The fair is open.
GYUMRI (Reuters) Growers came.
GYUMRI, THE OLD TOWN — Growers came.
GYUMRI, armenia (AP) — Growers came.
""".strip().split("\n")


@pytest.mark.parametrize(("head", "wanted"), READ)
def test_is_a_dateline(head: str, wanted: str) -> None:
    found = examine(f"{head} Growers came.")
    assert isinstance(found, Parsed)
    assert (found.start, found.end) == (0, len(head))
    dateline = found.dateline
    said = " | ".join(("/".join(map(str, dateline.places)), dateline.agency, dateline.day))
    assert said.replace(" |  | ", " | | ").rstrip(" |") == wanted


@pytest.mark.parametrize("text", NONE)
def test_is_no_dateline(text: str) -> None:
    found = examine(text)
    assert found is None or (isinstance(found, Doubt) and found.quiet)


@pytest.mark.parametrize("text", DOUBT)
def test_is_in_doubt(text: str) -> None:
    found = examine(text)
    assert isinstance(found, Doubt)
    assert not found.quiet
    assert found.reason


def test_there_are_many() -> None:
    assert len({head for head, _ in READ} | set(NONE) | set(DOUBT)) > 220
