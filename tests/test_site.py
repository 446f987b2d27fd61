"""The built site, as a reader, a feed reader and a search engine see it."""

from __future__ import annotations

import pytest

from tests.conftest import NEWSLETTERS, picture, story

SENTENCES = [
    "Growers from forty villages filled the square on Saturday as the council and the choir had asked them in spring.",
    "In a letter, the school board also said that the hall’s roof must be mended before the snow falls on the valley.",
    "The letter was read aloud from the steps of the library to a crowd that had come with baskets and small children.",
    "The board asked the town to “keep its promise to the pupils” and to name a day for the work that all can plan by.",
    "The town lent two ladders and a cart in the summer, after the storm that took the tiles from the market roof.",
    "Council members said last week that the offer made by the carpenters is better than the one from the city.",
    "The mayor made the same point afterwards. She spoke of a roof that would hold for longer than any other.",
    "The carpenters answered by putting a sample of the new tiles on a table. They did not say who had paid for it.",
    "“Our only wish is to see the hall dry by the time of the winter concert,” the leader of the choir told a meeting.",
    "The town and the valley’s villages have held a series of meetings since the storm, and spoke of the roof in each.",
    "The secretary of the council said in October that both sides plan to sign before the year is out.",
    "Meanwhile, the keeper of the hall said on Saturday that the two plans are less different than people say.",
    "“We agreed to the first plan in January,” he said, adding that he is ready to sign at the meeting on Monday.",
]


def wire_story() -> dict[str, str | bytes]:
    """A page in the shape of the model: caption, headline, dateline with agency, 13 paragraphs, two lists."""
    head = (
        '---\ntitle: "Valley asks town to mend the hall’s roof"\ndate: 2026-11-02 09:00\ncategory: community\n'
        "photo:\n  file: images/square.png\n  alt: A full square seen from the library steps\n"
        "  caption: Thousands gathered in the square on November 1, 2026\n  credit: Ani Example\n---\n\n"
    )
    body = "\n\n".join(["STEPANAVAN (Examplewire) — " + SENTENCES[0], *SENTENCES[1:]])
    return {
        "community/2026/roof.md": head + body + "\n",
        "community/2026/images/square.png": picture(120, 80),
        "data/newsletters.toml": NEWSLETTERS,
    }


def article_text(site, save_as: str) -> str:
    article = site.tree(save_as).xpath("//main//article")[0]
    return " ".join(article.text_content().replace("\xa0", " ").split())


def test_the_model_page_reads_as_printed(build):
    site = build(wire_story())
    assert not [problem for problem in site.problems if problem.severity == "error"]
    text = article_text(site, "2026/11/02/roof/index.html")
    dateline = "STEPANAVAN (Examplewire) —"
    expected = [
        *SENTENCES[1:6],
        "Get the Courier in your inbox:",
        *SENTENCES[6:],
        "Get the Courier Weekly in your inbox:",
    ]
    positions = [text.index(sentence) for sentence in (dateline + " " + SENTENCES[0], *expected)]
    assert positions == sorted(positions)
    assert text.count(dateline) == 1
    for once in (
        *SENTENCES,
        "Valley asks town to mend the hall’s roof",
        "Thousands gathered in the square on November 1, 2026",
    ):
        assert text.count(once) == 1, once


def test_the_lead_picture_has_its_words_and_its_size(build):
    site = build(wire_story())
    (image,) = site.tree("2026/11/02/roof/index.html").xpath("//main//figure//img")
    assert (image.get("width"), image.get("height")) == ("120", "80")
    assert image.get("alt") == "A full square seen from the library steps"
    assert image.get("src") == "/community/2026/images/square.png"
    assert (site.output / "community/2026/images/square.png").read_bytes() == picture(120, 80)
    caption = image.xpath("ancestor::figure//figcaption")[0].text_content()
    assert "Thousands gathered" in caption
    assert "Ani Example" in caption


def test_no_feed_holds_an_invitation_and_every_feed_the_dateline(build):
    site = build(wire_story())
    feed = site.text("feeds/atom.xml")
    assert "in your inbox" not in feed
    assert "<form" not in feed
    assert "STEPANAVAN (Examplewire) —" in feed
    assert SENTENCES[12].replace("“", "").split("”")[0][:30] in feed


def test_no_summary_holds_dateline_or_invitation(build):
    site = build(wire_story())
    description = site.tree("2026/11/02/roof/index.html").xpath("//meta[@name='description']/@content")[0]
    assert description.startswith("Growers from forty villages")
    for listing in ("index.html", "community/index.html", "2026/11/index.html"):
        assert "STEPANAVAN" not in site.text(listing)
        assert "in your inbox" not in site.text(listing)


@pytest.mark.parametrize(
    "page",
    [
        "index.html",
        "community/index.html",
        "2026/10/03/fair/index.html",
        "about/index.html",
        "archive/index.html",
        "2026/index.html",
        "2026/10/index.html",
        "feeds/atom.xml",
        "sitemap.xml",
        "robots.txt",
        "404.html",
    ],
)
def test_the_site_has_every_page_of_a_paper(build, page):
    site = build({"community/fair.md": story(), "pages/about.md": "---\ntitle: About us\n---\n\nWe are a paper.\n"})
    assert (site.output / page).stat().st_size > 0


def test_addresses_in_a_feed_are_absolute(build):
    body = (
        'See [the square](square.md), [about](/about/) and\n\n![A stall](images/stall.png "The stall."){credit="Ani"}'
    )
    site = build(
        {
            "community/fair.md": story(body=body),
            "community/square.md": story("The square"),
            "community/images/stall.png": picture(),
            "pages/about.md": "---\ntitle: About us\n---\n\nWe are a paper.\n",
        },
        SITEURL="https://papers.example/sub",
        conf="publishconf.py",
    )
    feed = site.text("feeds/atom.xml")
    for address in ("2026/10/03/square/", "about/", "community/images/stall.png"):
        assert f"https://papers.example/sub/{address}" in feed
    story_page = site.text("2026/10/03/fair/index.html")
    assert 'href="/sub/about/"' in story_page
    assert 'href="/sub/2026/10/03/square/"' in story_page
    assert 'rel="canonical" href="https://papers.example/sub/2026/10/03/fair/"' in story_page.replace("'", '"')
    assert "https://papers.example/sub/sitemap.xml" in site.text("robots.txt")
    assert "https://papers.example/sub/2026/10/03/fair/" in site.text("sitemap.xml")


WITHHELD = {
    "draft": {"status": "draft"},
    "embargo": {"embargo": "2026-11-20 12:01"},
    "future": {"date": "2026-11-21"},
}


@pytest.mark.parametrize("reason", WITHHELD)
def test_held_copy_is_in_no_output_of_any_kind(build, reason):
    keys = {"category": "secretsection", "tags": "secrettopic", "authors": "Secret Author", **WITHHELD[reason]}
    held = story("Secretheadline", "Secretbody ![Secretalt](images/secretpicture.png)", **keys)
    held = held.replace("title:", "photo: images/secretlead.png\ntitle:")
    site = build(
        {
            "community/fair.md": story(),
            "community/secretslug.md": held,
            "community/images/secretpicture.png": picture(61),
            "community/images/secretlead.png": picture(62),
        }
    )
    assert not site.stopped
    for name, data in site.files().items():
        assert "secret" not in name.lower(), name
        assert b"secret" not in data.lower(), name


def test_held_copy_appears_when_its_hour_comes(build):
    files = {"community/fair.md": story("At noon", date="2026-11-20 12:00")}
    assert not (build(files, NOW="2026-11-20T11:59:59+04:00").output / "2026/11/20/fair").exists()
    assert (build(files, NOW="2026-11-20T12:00:00+04:00").output / "2026/11/20/fair/index.html").exists()


def test_a_link_to_held_copy_stops_the_build(build):
    site = build(
        {"community/a.md": story(body="See [b](b.md)."), "community/b.md": story("B", status="draft")},
    )
    assert site.stopped
    assert [(problem.code, problem.line) for problem in site.problems if problem.severity == "error"] == [
        ("link/withheld", 7)
    ]


def test_hidden_stories_have_a_page_and_stand_in_no_list(build):
    site = build({"community/fair.md": story("Hushhush", status="hidden"), "community/b.md": story("B")})
    assert "Hushhush" in site.text("2026/10/03/fair/index.html")
    assert "noindex" in site.text("2026/10/03/fair/index.html")
    for name, data in site.files().items():
        assert name == "2026/10/03/fair/index.html" or b"Hushhush" not in data, name


def test_a_withdrawn_story_answers_with_a_note(build):
    site = build(
        {"community/fair.md": story("Wrongwrong", "Wrongbody", status="withdrawn"), "community/b.md": story("B")}
    )
    assert "withdrawn" in site.text("2026/10/03/fair/index.html").lower()
    assert not [name for name, data in site.files().items() if b"Wrong" in data]


def test_a_second_paper_shows_nothing_of_the_first(build):
    site = build(
        {
            "data/paper.toml": 'name = "The Other Gazette"\nurl = "https://other.example"\n',
            "news/a.md": story(category="news"),
        }
    )
    for name, data in site.files().items():
        assert b"Ararat" not in data, name
        assert b"Example Courier" not in data, name
    assert "The Other Gazette" in site.text("index.html")


def test_a_second_language_stands_under_its_own_path(build):
    paper = 'name = {en = "The Courier", hy = "Առաքիչ"}\nlanguages = ["en", "hy"]\nurl = "https://courier.example"\n'
    site = build(
        {
            "data/paper.toml": paper,
            "community/fair.md": story(),
            "community/hy/fair.md": story("Տոնավաճառ", "Տոնավաճառը բացվեց։", lang="hy"),
            "community/hy/alone.md": story("Միայնակ", "Միայն հայերեն։", lang="hy"),
        }
    )
    assert "Տոնավաճառ" in site.text("hy/2026/10/03/fair/index.html")
    assert "Տոնավաճառ" not in site.text("index.html") + site.text("feeds/atom.xml")
    assert "Միայնակ" in site.text("hy/community/index.html")
    assert "Առաքիչ" in site.text("hy/index.html")
    alternates = site.tree("2026/10/03/fair/index.html").xpath("//link[@rel='alternate'][@hreflang]")
    assert {(link.get("hreflang"), link.get("href")) for link in alternates} == {
        ("en", "https://courier.example/2026/10/03/fair/"),
        ("hy", "https://courier.example/hy/2026/10/03/fair/"),
    }
    assert not site.tree("hy/2026/10/03/alone/index.html").xpath("//link[@rel='alternate'][@hreflang]")


def test_type_is_set_in_english_and_left_alone_elsewhere(build):
    paper = 'name = "C"\nlanguages = ["en", "hy"]\nurl = "https://courier.example"\n'
    body = "He said \"yes\" -- or 'no'... R & D in the last two words"
    site = build(
        {
            "data/paper.toml": paper,
            "community/a.md": story('"\\"Fair\\" & the town\'s -- hall..."', body),
            "community/hy/b.md": story("'\"Fair\" -- b'", body, lang="hy"),
        }
    )
    page = site.tree("2026/10/03/a/index.html")
    assert page.xpath("//h1")[0].text_content().strip() == "“Fair” & the town’s — hall…"
    text = page.xpath("//main//article")[0].text_content()
    assert "He said “yes” — or ‘no’… R & D in the last two\xa0words" in text
    assert page.xpath("//span[@class='amp']")
    assert not page.xpath("//span[@class='caps'] | //span[@class='dquo']")
    assert (
        "He said \"yes\" -- or 'no'..."
        in site.tree("hy/2026/10/03/b/index.html").xpath("//main//article")[0].text_content()
    )


def test_code_and_raw_html_stay_as_typed(build):
    body = 'A `"quoted" -- thing` here.\n\n<div><b>"raw" -- text</b></div>\n\n    "indented" -- code'
    text = (
        build({"c/a.md": story(body=body)}).tree("2026/10/03/a/index.html").xpath("//main//article")[0].text_content()
    )
    for typed in ('"quoted" -- thing', '"raw" -- text', '"indented" -- code'):
        assert typed in text


def test_an_editors_comment_never_reaches_readers(build):
    body = "One.\n\n<!-- is this -- true? secretremark -->\n\nTwo <!-- secretinline --> three."
    site = build({"c/a.md": story(body=body)})
    assert not [name for name, data in site.files().items() if b"secret" in data]


def test_only_files_that_a_page_names_are_copied(build):
    site = build(
        {
            "c/a.md": story(body="A [list](list.pdf)."),
            "c/list.pdf": b"%PDF",
            "c/unused.png": picture(),
            "extra/ads.txt": "x",
        }
    )
    assert (site.output / "c/list.pdf").read_bytes() == b"%PDF"
    assert (site.output / "ads.txt").exists()
    assert not (site.output / "c/unused.png").exists()


def test_every_story_has_the_head_that_others_read(build):
    page = build(wire_story()).tree("2026/11/02/roof/index.html")
    properties = {meta.get("property"): meta.get("content") for meta in page.xpath("//meta[@property]")}
    assert properties["og:type"] == "article"
    assert properties["og:title"] == "Valley asks town to mend the hall’s roof"
    assert properties["og:url"] == "https://courier.example/2026/11/02/roof/"
    assert properties["og:image"] == "https://courier.example/community/2026/images/square.png"
    assert properties["article:published_time"] == "2026-11-02T09:00:00+04:00"
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://courier.example/2026/11/02/roof/"]
    assert page.xpath("//link[@rel='icon']")
    assert page.xpath("//html/@lang") == ["en"]


def test_a_full_listing_page_never_changes_again(build):
    files = {f"c/story-{n:02}.md": story(f"Story {n}", date=f"2026-10-{n:02}") for n in range(1, 8)}
    first = build(files, PAGE_SIZE=3)
    oldest = first.text("community/page/1/index.html")
    assert [
        card.text_content().strip()
        for card in first.tree("community/page/1/index.html").xpath("//main//article//h2 | //main//article//h3")
    ] == [
        "Story 3",
        "Story 2",
        "Story 1",
    ]
    assert len(first.tree("community/index.html").xpath("//main//article")) == 4
    again = build({"c/story-08.md": story("Story 8", date="2026-10-08")}, PAGE_SIZE=3)
    assert again.text("community/page/1/index.html") == oldest
    assert not (again.output / "community/page/2").exists()
    more = build({"c/story-09.md": story("Story 9", date="2026-10-09")}, PAGE_SIZE=3)
    assert (more.output / "community/page/2/index.html").exists()


def test_an_address_that_a_story_once_had_leads_to_it(build):
    site = build(
        {
            "community/fair.md": story("The fair", aliases="[/2019/05/03/old-fair/, /old.html]"),
            "pages/about.md": "---\ntitle: About us\naliases: /who-we-are/\n---\n\nWe are a paper.\n",
            "community/held.md": story("Held", status="draft", aliases="/held-before/"),
        }
    )
    assert not [problem for problem in site.problems if problem.severity == "error"]
    for old, new in (
        ("2019/05/03/old-fair/index.html", "2026/10/03/fair/"),
        ("old.html", "2026/10/03/fair/"),
        ("who-we-are/index.html", "about/"),
    ):
        page = site.tree(old)
        assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url=/{new}"]
        assert page.xpath("//link[@rel='canonical']/@href") == [f"https://courier.example/{new}"]
        assert f"/{new}" in page.xpath("//main//a/@href")
        assert old.removesuffix("index.html") not in site.text("sitemap.xml")
    assert not (site.output / "held-before").exists()


def test_an_old_address_may_not_be_one_that_is_taken(build):
    site = build({"community/fair.md": story(aliases="/community/")})
    assert site.stopped
    assert "url/collision" in site.codes()
