"""Sign-ups on the built site: the page of all, the thanks, links, feeds, and where none may be."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from plugins.newsletters.newsletter import Newsletters, SignupList
from plugins.newsletters.placement import make_signup
from tests.conftest import NEWSLETTERS, PAPER, story

TWO = 'languages = ["en", "hy"]\n' + PAPER
PRIVACY = "---\ntitle: Privacy\n---\n\nWe keep your address to ourselves."
SENTENCE = "The fair on the square was as full as ever and nobody went home early. "
LONG = "\n\n".join(f"P{number}. {SENTENCE * 3}" for number in range(1, 14))

LISTS = """\
[placement.default]
middle = "daily"
end = "weekly"
[lists.daily]
name = {en = "The Daily", hy = "Օրաթերթ"}
invitation = {en = "Get the Daily:", hy = "Ստացեք օրաթերթը՝"}
description = {en = "Five minutes.", hy = "Հինգ րոպե։"}
frequency = {en = "Every morning", hy = "Ամեն առավոտ"}
provider = "buttondown"
username = "courier"
privacy = "/privacy/#letters"
archive = "https://letters.example/daily/"
[lists.weekly]
name = "The Weekly"
provider = "listmonk"
url = "https://lists.courier.example"
list = "0d0e3c5e-4a1b-4a7e-9d7e-2f6f0c9a1b11"
thanks = "https://courier.example/newsletters/thanks/"
[lists.hayeren]
name = "Շաբաթական"
lang = "hy"
provider = "link"
link = "https://join.example/"
"""


def paper(lists: str = LISTS, **files: str) -> dict[str, str]:
    return {
        "data/paper.toml": TWO,
        "data/newsletters.toml": lists,
        "pages/privacy.md": PRIVACY,
        "community/fair.md": story(body=LONG, authors="Ani Example"),
        "community/hy/fair.md": story("Տոնավաճառ", LONG, lang="hy", authors="Ani Example"),
        **{name.replace("__", "/"): text for name, text in files.items()},
    }


def said(element) -> str:
    return " ".join(element.text_content().split())


def test_the_page_of_newsletters_shows_every_list(build):
    site = build(paper())
    assert not site.stopped, site.problems
    tree = site.tree("newsletters/index.html")
    assert [said(each) for each in tree.xpath("//main//h2")] == ["The Daily", "The Weekly", "Շաբաթական"]
    assert [said(each) for each in tree.xpath("//main//h3")] == [
        "Get the Daily:",
        "Sign up for The Weekly",
        "Բաժանորդագրվել՝ Շաբաթական",
    ]
    daily, weekly, armenian = tree.xpath("//section[@class='newsletter']")
    assert "Five minutes." in said(daily)
    assert "Every morning" in said(daily)
    assert daily.xpath(".//a[text()='Past issues']/@href") == ["https://letters.example/daily/"]
    assert daily.xpath(".//form/@action") == ["https://buttondown.com/api/emails/embed-subscribe/courier"]
    assert daily.xpath(".//input[@name='metadata__article']") == []  # no story led the reader here
    assert not weekly.xpath(".//a[text()='Past issues']")
    assert (armenian.get("lang"), armenian.xpath(".//form")) == ("hy", [])
    assert "Հայերեն" in said(armenian)
    assert armenian.xpath(".//p[@class='signup__form']/@lang") == ["en"]
    for section in tree.xpath("//main//section"):
        assert tree.xpath(f"//*[@id='{section.get('aria-labelledby')}']")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_page_stands_in_every_language_and_names_the_others(build):
    site = build(paper())
    tree = site.tree("hy/newsletters/index.html")
    assert tree.xpath("string(//h1)") == "Տեղեկագրեր"
    assert said(tree.xpath("//section[@class='newsletter']")[0]).startswith("Օրաթերթ Հինգ րոպե։ Ամեն առավոտ")
    assert tree.xpath("//link[@hreflang='en']/@href") == ["https://courier.example/newsletters/"]
    # A list that has a name for all languages is taken to be in the page's; its own language is said where it has one.
    assert tree.xpath("//section[@class='newsletter']/@lang") == []


def test_the_thanks_are_found_by_nobody_who_looks_for_them(build):
    site = build(paper())
    for path in ("newsletters/thanks/index.html", "hy/newsletters/thanks/index.html"):
        tree = site.tree(path)
        assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert tree.xpath("//link[@rel='canonical']") == []
    assert "inbox" in said(site.tree("newsletters/thanks/index.html").xpath("//main")[0])
    sitemap = site.text("sitemap.xml")
    assert "courier.example/newsletters/<" in sitemap
    assert "thanks" not in sitemap


@pytest.mark.parametrize("table", [None, "", '[placement.default]\nmiddle = "off"\n'])
def test_a_paper_without_lists_has_neither_page(build, table):
    site = build({"community/fair.md": story(body=LONG), **({"data/newsletters.toml": table} if table else {})})
    assert not site.stopped
    assert not [name for name in site.files() if "newsletters" in name]


def test_a_menu_may_name_the_page_and_leads_to_the_readers_own(build):
    menu = 'menu = [{name = "Letters", url = "/newsletters/"}]\n'
    site = build({**paper(), "data/paper.toml": menu + TWO})
    assert not site.stopped, site.problems
    assert site.tree("hy/index.html").xpath("//nav//a[text()='Letters']/@href") == ["/hy/newsletters/"]
    assert site.tree("newsletters/index.html").xpath("//nav//a[text()='Letters']/@aria-current") == ["page"]


def test_a_page_of_ones_own_at_that_address_is_told(build):
    site = build(
        paper(pages__newsletters_md="---\ntitle: Mine\n---\n\nText.").copy()
        | {"pages/newsletters.md": "---\ntitle: Mine\n---\n\nText."}
    )
    assert "url/collision" in site.codes()


def test_links_lead_to_the_readers_language_where_the_page_is_there(build):
    site = build(paper())
    path = "2026/10/03/fair/index.html"
    privacy = "//a[contains(@href, 'privacy')]/@href"
    assert set(site.tree(path).xpath(privacy)) == {"/privacy/#letters"}
    assert set(site.tree(f"hy/{path}").xpath(privacy)) == {"/privacy/#letters"}
    site = build({"pages/hy/privacy.md": "---\ntitle: Գաղտնիություն\nlang: hy\n---\n\nՄեր մասին։"})
    assert set(site.tree(path).xpath(privacy)) == {"/privacy/#letters"}
    assert set(site.tree(f"hy/{path}").xpath(privacy)) == {"/hy/privacy/#letters"}
    assert set(site.tree("hy/newsletters/index.html").xpath(privacy)) == {"/hy/privacy/#letters"}


@pytest.mark.parametrize(
    ("key", "target", "line", "hint"),
    [
        ("privacy", "/privcy/", 11, "write the page"),
        ("privacy", "/privacy", 11, "did you mean /privacy/?"),
        ("archive", "/letters/", 12, "write the page"),
    ],
)
def test_a_link_to_no_page_is_an_error_in_the_table(build, key, target, line, hint):
    before = {"privacy": "/privacy/#letters", "archive": "https://letters.example/daily/"}[key]
    site = build(paper(LISTS.replace(before, target)))
    assert [(problem.path, problem.line, problem.code) for problem in site.problems] == [
        ("data/newsletters.toml", line, "newsletter/link-broken")
    ]
    assert hint in site.problems[0].hint
    assert site.stopped


def test_a_file_that_is_copied_is_a_page_too(build):
    lists = LISTS.replace("/privacy/#letters", "/privacy.pdf")
    assert not build({**paper(lists), "extra/privacy.pdf": "%PDF"}).stopped


# The block on a story's page.


def test_a_story_has_two_forms_that_share_nothing(build):
    tree = build(paper()).tree("2026/10/03/fair/index.html")
    first, second = tree.xpath("//section[@class='signup']")
    assert [first.get("aria-labelledby"), second.get("aria-labelledby")] == ["signup-1-heading", "signup-2-heading"]
    for section in (first, second):
        (email,) = section.xpath(".//input[@type='email']")
        assert (email.get("autocomplete"), email.get("required")) == ("email", "")
        assert section.xpath(f".//label[@for='{email.get('id')}']")
        assert section.xpath("string(.//h2)")
    assert said(first.xpath(".//button")[0]) == "Sign up for The Daily"
    assert said(second.xpath(".//button")[0]) == "Sign up for The Weekly"
    assert first.xpath(".//input[@name='metadata__article']/@value") == ["en/fair"]
    hidden = {each.get("name"): each.get("value") for each in second.xpath(".//input[@type='hidden']")}
    assert hidden["next"] == "https://courier.example/newsletters/thanks/"
    (trap,) = second.xpath(".//input[@name='nonce']")
    assert (trap.get("value"), trap.get("tabindex"), trap.get("autocomplete")) == ("", "-1", "off")
    assert trap.xpath("ancestor::*[@aria-hidden='true']")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_under_a_crosshead_the_heading_is_one_rank_lower(build):
    text = LONG.replace("P3.", "## On the square\n\nP3.")
    tree = build(paper(community__fair_md="") | {"community/fair.md": story(body=text)}).tree(
        "2026/10/03/fair/index.html"
    )
    assert [each.tag for each in tree.xpath("//*[@class='signup__heading']")] == ["h3", "h2"]


def test_consent_is_a_sentence_or_a_box_that_nobody_has_ticked(build):
    row = 'consent = "I agree."\nconsent_box = true\nprovider = "sendy"\nurl = "https://s.example"\nlist = "aB3"\n'
    lists = '[placement.default]\nend = "daily"\n[lists.daily]\nname = "The Daily"\n' + row
    path = "2026/10/03/fair/index.html"
    tree = build(paper(lists)).tree(path)
    (box,) = tree.xpath("//form//input[@type='checkbox']")
    assert (box.get("name"), box.get("value"), box.get("required"), box.get("checked")) == ("gdpr", "true", "", None)
    assert tree.xpath(f"string(//label[@for='{box.get('id')}'])") == "I agree."
    assert tree.xpath("//p[@class='signup__consent']") == []
    tree = build(paper(lists.replace("consent_box = true\n", ""))).tree(path)
    assert tree.xpath("//input[@type='checkbox']") == []
    assert said(tree.xpath("//p[@class='signup__consent']")[0]) == "I agree."


WORDS = SignupList(
    "a", name={"en": "Daily", "hy": "Օրաթերթ"}, provider="link", values={"link": ("https://j.example/",)}
)


@pytest.mark.parametrize(
    ("changes", "lang", "invitation", "own", "page_lang", "name"),
    [
        ({}, "en", "Daily", "", "", "Daily"),
        ({}, "hy", "Օրաթերթ", "", "", "Օրաթերթ"),
        ({"lang": "hy"}, "en", "Օրաթերթ", "hy", "en", ""),
        ({"name": {"hy": "Օրաթերթ"}}, "en", "Օրաթերթ", "hy", "en", ""),
        ({"name": "Daily"}, "hy", "Daily", "", "", "Daily"),
        ({"invitation": {"en": "Get it:"}}, "hy", "Օրաթերթ", "", "", "Օրաթերթ"),
        ({"invitation": {"en": "Get it:"}}, "en", "Get it:", "", "", "Daily"),
    ],
)
def test_words_are_in_one_language_and_never_missing(changes, lang, invitation, own, page_lang, name):
    made = make_signup(replace(WORDS, **changes), lang=lang, number=1)
    assert (made.invitation, made.lang, made.page_lang, made.name) == (invitation, own, page_lang, name)


# Where no sign-up is.


def without_pages_with_forms(output: Path) -> list[Path]:
    pages = {"fair", "newsletters"}
    return [path for path in output.rglob("*") if path.is_file() and path.parent.name not in pages]


def test_lists_feeds_and_summaries_know_of_no_sign_up(build):
    site = build(paper())
    seen = without_pages_with_forms(site.output)
    assert len(seen) > 10
    for path in seen:
        if path.suffix in {".html", ".xml", ".json"}:
            text = path.read_text("utf-8")
            for leaked in ("Get the Daily", "embed-subscribe", "lists.courier.example", "Sign up for", "[newsletter"):
                assert leaked not in text, path
    head = site.tree("2026/10/03/fair/index.html").xpath("//head//@content")
    assert not [each for each in head if "Daily" in each]


def test_a_feed_carries_one_plain_link_where_the_table_asks_for_it(build):
    files = {
        **paper(LISTS + '[feed]\nlink = "weekly"\n'),
        "community/quiet.md": story("Nobody is asked", LONG, newsletter="off"),
        "community/obituary.md": story("Remembered", LONG, genre="obituary"),
        "community/asked.md": story("Asked all the same", LONG + "\n\n[newsletter]\n\nEnd.", genre="obituary"),
    }
    site = build(files)
    assert not site.stopped, site.problems
    feed = site.text("feeds/atom.xml")
    link = (
        "&lt;p&gt;&lt;a href=&#34;https://courier.example/newsletters/#newsletter-weekly&#34;&gt;"
        "Sign up for The Weekly&lt;/a&gt;&lt;/p&gt;"
    )
    assert feed.count(link) == feed.count("Sign up") == 2
    assert "&lt;form" not in feed
    armenian = site.text("hy/feeds/atom.xml")
    assert "https://courier.example/hy/newsletters/#newsletter-weekly" in armenian
    assert "newsletter-weekly" in site.text("newsletters/index.html")


def test_a_feed_links_to_no_list_by_itself(build):
    assert "newsletters" not in build(paper()).text("feeds/atom.xml")


def test_the_origins_of_all_forms_are_known(build):
    lists = build(paper()).output
    assert (lists / "newsletters/index.html").is_file()
    read = Newsletters({"a": WORDS})
    assert read.form_origins == ()
    two = {
        "b": SignupList("b", name="B", provider="buttondown", values={"username": ("b",)}),
        "a": SignupList(
            "a", name="A", provider="form", values={"action": ("https://a.example:8443/x",), "email_field": ("e",)}
        ),
    }
    assert Newsletters(two).form_origins == ("https://a.example:8443", "https://buttondown.com")


def test_a_sign_up_of_the_papers_own_table_needs_no_page_of_its_own(build):
    site = build({"data/newsletters.toml": NEWSLETTERS, "community/fair.md": story(body=LONG)})
    assert not site.stopped
    assert site.tree("newsletters/index.html").xpath("count(//form)") == 2
