"""The house's own words: every one has its translation, and no page in another language shows an English one."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from plugins.desk.messages import collect, update
from plugins.press.words import tags, words_of
from tests.conftest import PAPER, ROOT, picture, story

CATALOGUES = sorted((ROOT / "theme/locale").glob("*.po"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_word_is_translated_with_its_placeholders(path):
    catalogue = read_po(BytesIO(path.read_bytes()))
    for message in catalogue:
        if not message.id:
            continue
        ids = [str(each) for each in (message.id if isinstance(message.id, tuple | list) else [message.id])]
        given = message.string if isinstance(message.string, tuple | list) else [message.string]
        strings = [str(each) for each in given]
        for string in strings:
            assert string, ids[0]
            assert set(re.findall(r"%\(\w+\)s", string)) == set(re.findall(r"%\(\w+\)s", ids[-1])), ids[0]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_the_catalogue_holds_exactly_the_words_of_the_house(path):
    assert path.read_bytes() == update(path, collect(ROOT)), "make messages"


@pytest.mark.parametrize(
    ("lang", "found"), [("hy", True), ("hyw", True), ("hy-am", True), ("en", False), ("fr", False)]
)
def test_a_tag_falls_back_to_its_first_part_and_western_armenian_to_eastern(lang, found):
    assert (words_of(ROOT / "theme", lang).gettext("Archive") == "Արխիվ") is found
    assert tags("hyw")[-1] == "hy"


def test_a_language_without_words_is_told(build):
    paper = PAPER + 'languages = ["en", "fr"]\n'
    site = build({"data/paper.toml": paper, "news/a.md": story()})
    assert not site.stopped
    assert "words/no-catalogue" in site.codes()


def armenian_paper() -> dict[str, str | bytes]:
    paper = (
        'languages = ["en", "hy"]\ntimezone = "Asia/Yerevan"\nurl = "https://courier.example"\n'
        'copyright = {en = "All rights reserved.", hy = "Բոլոր իրավունքները պաշտպանված են։"}\n'
        'tagline = {en = "Weekly", hy = "Շաբաթաթերթ"}\n'
        '[name]\nen = "The Courier"\nhy = "Առաքիչ"\n'
    )
    front = {"lang": "hy", "authors": "Անի Օրինակ; Լիլիթ Նմուշ", "tags": "բերք", "modified": "2026-10-05"}
    photo = "{file: /p.png, alt: Հրապարակը, caption: Տոնավաճառը շաբաթ օրը, credit: Անի Օրինակ}"
    corrections = "[{date: 2026-10-04, kind: correction, text: Այգեպանները քառասունն են։}]"
    files: dict[str, str | bytes] = {
        "data/paper.toml": paper,
        "data/sections.toml": '[community]\nen = "Community"\nhy = "Համայնք"\n',
        "p.png": picture(),
        "pages/hy/about.md": "---\ntitle: Մեր մասին\nlang: hy\nslug: about\n---\n\nՄենք թերթ ենք։\n",
        "community/hy/gone.md": story("Հանված", lang="hy", status="withdrawn", date="2026-09-01"),
    }
    for number in range(1, 8):
        keys = {**front, "date": f"2026-10-0{number}", "photo": photo, "corrections": corrections}
        files[f"community/hy/s-{number}.md"] = story(f"Տոնավաճառ {number}", "Տոնավաճառը բացվեց հրապարակում։", **keys)
    return files


SEEN = "//body//text()[normalize-space()] | //@aria-label | //@alt | //@title | //head/title/text()"
LATIN = re.compile(r"[A-Za-z]{2,}")


def test_a_page_in_armenian_has_no_english_text(build):
    site = build(armenian_paper(), PAGE_SIZE=3)
    pages = sorted((site.output / "hy").rglob("*.html"))
    assert len(pages) > 10
    for path in pages:
        tree = site.tree(path.relative_to(site.output).as_posix())
        for node in tree.xpath(SEEN):
            owner = node.getparent()
            lang = owner.xpath("ancestor-or-self::*[@lang][1]/@lang")[-1]
            if lang == "hy" and not node.startswith("https://"):  # addresses are printed on paper
                assert not LATIN.search(node), (path.name, node, owner.tag)
