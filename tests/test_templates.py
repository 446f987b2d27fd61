"""The theme alone: its templates with views made by hand, and the rules that its sources keep."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from gettext import NullTranslations
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import nodes
from lxml import etree
from lxml import html as lxml_html
from markupsafe import Markup, escape
from msgspec.structs import replace
from PIL import ImageColor

from plugins.newsroom.views import (
    Anchor,
    ArchiveView,
    Author,
    AuthorView,
    Byline,
    Card,
    CorrectionNote,
    FeedEntry,
    FeedLink,
    FeedPicture,
    FeedView,
    FrontSection,
    FrontView,
    Furniture,
    Head,
    HtmlBlock,
    LanguageLink,
    ListingView,
    MenuGroup,
    Moment,
    NewsletterEntry,
    NewslettersView,
    NoticeView,
    Period,
    Picture,
    RobotsView,
    Signup,
    SignupField,
    SitemapEntry,
    SitemapView,
    StaticPageView,
    StoryView,
    Teaser,
)
from plugins.press.render import Renderer
from plugins.press.templates import HouseEnvironment, Remembered, make_environment, printed
from tests.conftest import ROOT

TEMPLATES = ROOT / "theme/templates"
CSS = ROOT / "theme/static/css"
SOURCES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file())
SHEETS = sorted(path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css"))
ENV = make_environment([TEMPLATES])

HARD = "Fish & \"chips\" <b>for</b> 'all' &amp; {{ 7 * 7 }} <script>alert(1)</script>"

# Views made by hand: a factory each, whose keywords change what a test is about.

PUBLISHED = Moment("2026-10-03T09:30:00+04:00", "October 3, 2026")
UPDATED = Moment("2026-10-04T11:00:00+04:00", "October 4, 2026")
SQUARE = Picture("/images/square.png", 1200, 800, "A full square", "The square on Saturday.", "Ani Example")
COMMUNITY = Anchor("Community", "/community/")
BYLINE = Byline(
    (Author("Ani Example", "", "/authors/ani-example/"), Author("Jane Sample", "Special to the Courier")),
    Anchor("Example Wire", "https://wire.example/"),
    "Ani Example and Jane Sample, Special to the Courier",
)


def furniture(**changes: Any) -> Furniture:
    made = Furniture(
        name="The Example Courier",
        tagline="News of the valley",
        lang="en",
        direction="ltr",
        home=Anchor("The Example Courier", "/"),
        menu=(Anchor("Community", "/community/", current=True), Anchor("Archive", "/archive/")),
        footer=(MenuGroup("The paper", (Anchor("About us", "/about/"),)),),
        social=(Anchor("Mastodon", "https://social.example/@courier"),),
        languages=(),
        copyright="The Example Courier",
        stylesheet_url="/theme/main.css",
        favicon_url="/theme/favicon.svg",
        favicon_type="image/svg+xml",
        feed_url="/feeds/atom.xml",
    )
    return replace(made, **changes)


def head(**changes: Any) -> Head:
    return replace(Head("A fair in the square – The Example Courier", og_title="A fair in the square"), **changes)


def card(**changes: Any) -> Card:
    made = Card(
        headline="A fair in the square",
        url="/2026/10/03/fair/",
        summary="Forty villages came.",
        published=PUBLISHED,
        kicker="Autumn",
        section=COMMUNITY,
        byline=BYLINE.text,
        picture=SQUARE,
        lang="en",
    )
    return replace(made, **changes)


BARE_CARD = Card("A fair in the square", "/2026/10/03/fair/", "", PUBLISHED)


def signup(**changes: Any) -> Signup:
    made = Signup(
        id="signup-1",
        list="daily",
        invitation="Get the Courier in your inbox:",
        description="Every morning.",
        action="https://lists.example/subscribe",
        hidden=(SignupField("l", "0d0e3c5e"),),
        trap="nonce",
        consent="You can leave at any time.",
        privacy_url="/privacy/",
    )
    return replace(made, **changes)


def story(**changes: Any) -> StoryView:
    made = StoryView(
        headline="A fair in the square",
        url="/2026/10/03/fair/",
        lang="en",
        section=COMMUNITY,
        byline=BYLINE,
        published=PUBLISHED,
        blocks=(
            HtmlBlock("<p>Growers filled the <em>square</em>.</p>"),
            signup(),
            replace(SQUARE, url="/images/press.png", caption="The oldest press.", credit="Jane Sample"),
            signup(id="signup-2", list="weekly", invitation="Get the Courier Weekly:"),
        ),
        kicker="Autumn",
        standfirst="Forty villages, one square.",
        updated=UPDATED,
        photo=SQUARE,
        corrections=(
            CorrectionNote("correction", "Correction", Moment("2026-10-04", "October 4, 2026"), "Forty, not thirty."),
            CorrectionNote("update", "Update", Moment("2026-10-05", "October 5, 2026"), "The fair was extended."),
        ),
        topics=(Anchor("harvest", "/topics/harvest/"), Anchor("Gyumri")),
        source=Anchor("Example Gazette", "https://gazette.example/"),
        earlier=(card(headline="Lost cat found", url="/2026/08/21/cat/"), BARE_CARD),
        related=(Teaser("A poor harvest", "/2024/10/05/poor/", Moment("2024-10-05", "October 5, 2024")),),
    )
    return replace(made, **changes)


def bare_story(**changes: Any) -> StoryView:
    made = StoryView("A fair", "/2026/10/03/fair/", "en", None, Byline(), PUBLISHED, (HtmlBlock("<p>Yes.</p>"),))
    return replace(made, **changes)


def front(**changes: Any) -> FrontView:
    made = FrontView(
        lead=card(),
        seconds=(card(url="/2/"), BARE_CARD),
        sections=(
            FrontSection(COMMUNITY, (card(url="/3/"), card(url="/4/", picture=None), BARE_CARD)),
            FrontSection(Anchor("Sport"), (BARE_CARD,)),
        ),
    )
    return replace(made, **changes)


def listing(**changes: Any) -> ListingView:
    made = ListingView(
        title="Community",
        cards=(card(), BARE_CARD),
        intro="What neighbours do.",
        newer=Anchor("Newer stories", "/community/page/4/"),
        older=Anchor("Older stories", "/community/page/2/"),
        newest=Anchor("Newest stories", "/community/"),
        oldest=Anchor("Oldest stories", "/community/page/1/"),
        crumbs=(Anchor("Archive", "/archive/"), Anchor("2026", "/2026/"), Anchor("October", current=True)),
    )
    return replace(made, **changes)


ARCHIVE = ArchiveView(
    "2026", (Period("October 2026", "/2026/10/", 12), Period("May 2026", "/2026/05/", 1)), (Anchor("Archive", "/a/"),)
)


def entry(**changes: Any) -> FeedEntry:
    made = FeedEntry(
        id="tag:courier.example,2026:en/fair",
        guid="tag:courier.example,2026:en/fair",
        title="A fair in the square",
        url="https://courier.example/2026/10/03/fair/",
        published=PUBLISHED.iso,
        updated=UPDATED.iso,
        pub_date="Sat, 03 Oct 2026 09:30:00 +0400",
        summary="Forty villages came.",
        description="Forty villages came.",
        html='<p>Growers & <a href="https://courier.example/">others</a>.</p>',
        lang="en",
        authors=(Author("Ani Example", url="https://courier.example/authors/ani-example/"), Author("Jane Sample")),
        section="Community",
        topics=("harvest",),
        picture=FeedPicture("https://courier.example/images/a.jpg", "image/jpeg", 3, 2, 99, "A stall", "Ani Example"),
    )
    return replace(made, **changes)


BARE_ENTRY = entry(
    id="tag:courier.example,2026:en/cat",
    guid="12 at http://old.example",
    authors=(),
    section="",
    topics=(),
    summary="",
    description="",
    picture=None,
)


def feed(**changes: Any) -> FeedView:
    made = FeedView(
        id="tag:courier.example,2026:en/feeds/",
        title="The Example Courier",
        subtitle="News of the valley",
        url="https://courier.example/feeds/atom.xml",
        site_url="https://courier.example/",
        updated=UPDATED.iso,
        build_date="Sun, 04 Oct 2026 10:00:00 +0400",
        lang="en",
        author="The Example Courier",
        entries=(entry(), BARE_ENTRY),
        rights="The Example Courier",
    )
    return replace(made, **changes)


SITEMAP = SitemapView(
    (SitemapEntry("https://courier.example/?a=1&b=2", "2026-10-03"), SitemapEntry("https://courier.example/about/"))
)

AUTHOR = AuthorView(
    "Ani Example",
    "Staff writer",
    "Ani writes about the valley.",
    Picture("/images/ani.jpg", 300, 400),
    (Anchor("Mastodon", "https://social.example/@ani"),),
)

NEWSLETTERS = NewslettersView(
    "Newsletters",
    (
        NewsletterEntry(
            id="daily",
            name="The Courier Daily",
            signup=signup(name="The Courier Daily", level=3, box=SignupField("agree", "yes")),
            description="Every morning, in five minutes.",
            frequency="Daily",
            language="English",
            archive_url="https://lists.example/archive/",
        ),
        NewsletterEntry("weekly", "Շաբաթաթերթ", signup(id="signup-2", level=3, lang="hy", page_lang="en"), lang="hy"),
    ),
)

FULL_HEAD = head(
    description="Forty villages came.",
    canonical="https://courier.example/2026/10/03/fair/",
    robots="max-image-preview:large",
    og_type="article",
    image=SQUARE,
    image_url="https://courier.example/images/square.png",
    published=PUBLISHED.iso,
    modified=UPDATED.iso,
    alternates=(LanguageLink("hy", "Հայերեն", "https://courier.example/hy/2026/10/03/fair/"),),
    feeds=(FeedLink("The Example Courier (Atom)", "/feeds/atom.xml", "application/atom+xml"),),
)
TWO_LANGUAGES = (LanguageLink("en", "English", "/", current=True), LanguageLink("hy", "Հայերեն", "/hy/"))
ON_FRONT = furniture(home=Anchor("The Example Courier", "/", current=True), languages=TWO_LANGUAGES)
WITH_LOGO = furniture(logo_url="/images/logo.svg", tagline="", menu=(), footer=(), social=(), feed_url="", copyright="")

PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "story": ("story.html", {"story": story(), "head": FULL_HEAD}),
    "story, bare": ("story.html", {"story": bare_story()}),
    "page": ("page.html", {"page": StaticPageView("About us", (HtmlBlock("<p>Yes.</p>"),), "Who we are.", SQUARE)}),
    "page, bare": ("page.html", {"page": StaticPageView("About us", (HtmlBlock("<p>Yes.</p>"),))}),
    "front": ("front.html", {"front": front(), "furniture": ON_FRONT}),
    "front, lead alone": ("front.html", {"front": front(seconds=(), sections=())}),
    "front, empty": ("front.html", {"front": FrontView(None, (), ())}),
    "listing": ("listing.html", {"listing": listing()}),
    "listing, empty": ("listing.html", {"listing": ListingView("Community", ())}),
    "author": ("author.html", {"author": AUTHOR, "listing": listing(title="Ani Example")}),
    "author, bare": ("author.html", {"author": AuthorView("Ani"), "listing": ListingView("Ani", (BARE_CARD,))}),
    "archive": ("archive.html", {"archive": ARCHIVE}),
    "archive, empty": ("archive.html", {"archive": ArchiveView("Archive", ())}),
    "newsletters": ("newsletters.html", {"newsletters": NEWSLETTERS}),
    "notice": ("notice.html", {"notice": NoticeView("Page not found", "Nothing is here."), "furniture": WITH_LOGO}),
}
MACHINES: dict[str, dict[str, Any]] = {
    "machine/atom.xml": {"feed": feed()},
    "machine/rss.xml": {"feed": feed()},
    "machine/sitemap.xml": {"sitemap": SITEMAP},
    "machine/sitemap-index.xml": {"sitemap": SITEMAP},
    "machine/robots.txt": {"robots": RobotsView("https://courier.example/sitemap.xml")},
}


def render(template: str, env: jinja2.Environment = ENV, **context: Any) -> str:
    if template.endswith(".html"):
        context = {"head": head(), "furniture": furniture(), **context}
    return env.get_template(template).render(context)


def parse(text: str) -> Any:
    return lxml_html.document_fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))


def tree(template: str, **context: Any) -> Any:
    return parse(render(template, **context))


def component(name: str, **arguments: Any) -> Any:
    """What one macro prints, in a `<div>`."""
    macro = getattr(ENV.get_template(f"components/{name}.html").module, name)
    return lxml_html.fromstring(f"<div>{macro(**arguments)}</div>")


def has_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def by_class(element: Any, name: str) -> list[Any]:
    return list(element.xpath(f".//*[{has_class(name)}]"))


def one(element: Any, name: str) -> Any:
    (found,) = by_class(element, name)
    return found


def text(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_every_template_is_rendered_here():
    pages = {source for source in SOURCES if "/" not in source or source.startswith("machine/")}
    assert pages == {template for template, _ in PAGES.values()} | set(MACHINES)


# What holds on every page.


@pytest.fixture(params=PAGES, ids=str)
def page(request: pytest.FixtureRequest) -> Any:
    template, context = PAGES[request.param]
    return tree(template, **context)


def test_a_page_is_standards_mode_html():
    assert render("notice.html", notice=NoticeView("No", "No.")).startswith("<!doctype html>\n")


def test_a_page_has_one_h1_with_words_and_skips_no_rank(page):
    (title,) = page.xpath("//main//h1")
    assert text(title)
    ranks = [int(each.tag[1]) for each in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert ranks.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(ranks)), ranks


def test_a_page_has_one_of_each_landmark_and_navs_with_names_of_their_own(page):
    assert [len(page.xpath(f"//body/{name}")) for name in ("header", "main", "footer")] == [1, 1, 1]
    names = page.xpath("//nav/@aria-label")
    assert len(names) == len(page.xpath("//nav"))
    assert len(names) == len(set(names))
    skip = page.xpath("//body/a[1]/@href")
    assert skip == ["#main"]
    assert page.xpath("//main[@id='main'][@tabindex='-1']")


def test_ids_are_unique_and_every_reference_to_one_is_good(page):
    ids = Counter(page.xpath("//@id"))
    assert [each for each, times in ids.items() if times > 1] == []
    for names in page.xpath("//@aria-labelledby | //@aria-describedby"):
        assert set(names.split()) <= set(ids), names
    for target in page.xpath("//@href[starts-with(., '#')]"):
        assert target[1:] in ids


def test_a_label_is_for_a_field_and_every_field_has_one(page):
    fields = page.xpath("//input[not(@type='hidden')]/@id | //select/@id | //textarea/@id")
    assert sorted(page.xpath("//label/@for")) == sorted(fields)
    assert len(fields) == len(page.xpath("//input[not(@type='hidden')]"))


def test_a_picture_has_its_size_and_an_alternative(page):
    for image in page.xpath("//img"):
        assert image.get("alt") is not None
        if image.get("class") != "nameplate__logo":
            assert int(image.get("width")) > 0
            assert int(image.get("height")) > 0


def test_every_time_is_for_machines_too(page):
    day = r"\d{4}-\d\d-\d\d"
    for each in page.xpath("//time/@datetime"):
        assert re.fullmatch(rf"{day}(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?", each), each
    for each in page.xpath(f"//*[{has_class('card__meta')} or {has_class('story__times')}]//time/@datetime"):
        assert "T" in each


def test_nothing_is_empty(page):
    for element in page.xpath("//h1|//h2|//h3|//p|//ul|//ol|//li|//a|//nav|//section|//figcaption|//address|//span"):
        assert text(element) or element.xpath(".//img"), lxml_html.tostring(element)


def test_a_page_brings_no_script_no_style_and_nobody_else(page):
    assert page.xpath("//script | //style | //iframe | //@style | //@*[starts-with(name(), 'on')]") == []
    loaded = page.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href")
    assert [each for each in loaded if not each.startswith("/") or each.startswith("//")] == []


def test_a_page_says_its_language_and_its_title(page):
    assert page.get("lang") == "en"
    assert page.get("dir") == "ltr"
    assert page.xpath("string(//head/title)").strip()
    assert page.xpath("//meta[@charset='utf-8']")
    assert page.xpath("//meta[@property='og:title']/@content") == ["A fair in the square"]


def test_a_template_that_asks_for_what_is_not_there_fails():
    with pytest.raises(jinja2.UndefinedError, match="'furniture' is undefined"):
        ENV.get_template("notice.html").render(head=head(), notice=NoticeView("No", "No."))


# The head.


def test_a_full_head_says_it_all():
    page = tree("story.html", story=story(), head=FULL_HEAD)
    said = {each.get("property") or each.get("name"): each.get("content") for each in page.xpath("//meta[@content]")}
    assert said["description"] == said["og:description"] == "Forty villages came."
    assert said["og:type"] == "article"
    assert said["og:url"] == page.xpath("//link[@rel='canonical']/@href")[0] == FULL_HEAD.canonical
    assert said["og:image"] == FULL_HEAD.image_url
    assert said["og:image:alt"] == "A full square"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "800")
    assert said["article:published_time"] == PUBLISHED.iso
    assert said["article:modified_time"] == UPDATED.iso
    assert page.xpath("//link[@hreflang='hy']/@href") == ["https://courier.example/hy/2026/10/03/fair/"]
    assert page.xpath("//link[@type='application/atom+xml']/@href") == ["/feeds/atom.xml"]


def test_a_bare_head_promises_nothing():
    page = tree("story.html", story=bare_story(), head=Head("A fair"), furniture=WITH_LOGO)
    names = set(page.xpath("//meta/@property | //meta/@name"))
    assert names == {"viewport", "color-scheme", "og:site_name", "og:type", "og:title"}
    assert page.xpath("//meta[@property='og:title']/@content") == ["A fair"]
    assert {each.split()[0] for each in page.xpath("//link/@rel")} == {"icon", "stylesheet"}


def test_a_page_that_is_not_to_be_found_says_so():
    page = tree("notice.html", notice=NoticeView("No", "No."), head=head(robots="noindex"))
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


# Words are words.


def test_a_headline_with_signs_is_the_same_everywhere_and_never_markup():
    card_ = card(headline=HARD, kicker="", summary=HARD, byline=HARD)
    page = tree("story.html", story=story(headline=HARD, earlier=(card_,)), head=head(title=HARD, og_title=HARD))
    assert page.xpath("string(//h1)") == HARD
    assert page.xpath("string(//title)") == HARD
    assert page.xpath("//meta[@property='og:title']/@content") == [HARD]
    assert one(page, "card__link").text_content() == HARD
    assert one(page, "card__byline").text_content() == HARD
    assert page.xpath("//script | //b") == []
    others: list[tuple[str, dict[str, Any]]] = [
        ("page.html", {"page": StaticPageView(HARD, ())}),
        ("listing.html", {"listing": ListingView(HARD, ())}),
        ("archive.html", {"archive": ArchiveView(HARD, ())}),
        ("author.html", {"author": AuthorView(HARD, HARD, HARD), "listing": ListingView(HARD, ())}),
        ("newsletters.html", {"newsletters": NewslettersView(HARD, ())}),
        ("notice.html", {"notice": NoticeView(HARD, HARD)}),
    ]
    for template, context in others:
        assert tree(template, **context).xpath("string(//h1)") == HARD


def test_a_headline_with_signs_is_the_same_in_a_feed():
    root = etree.fromstring(render("machine/atom.xml", feed=feed(entries=(entry(title=HARD, summary=HARD),))).encode())
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == HARD
    assert root.findtext(f"{ATOM}entry/{ATOM}summary") == HARD


def test_every_field_with_signs_is_escaped():
    anchor = Anchor(HARD, f"/?q={HARD}")
    picture = Picture(f"/{HARD}", 3, 2, HARD, HARD, HARD)
    form = Signup(
        HARD, HARD, HARD, HARD, f"/{HARD}", HARD, (SignupField(HARD, HARD),), HARD, HARD, HARD, f"/{HARD}", HARD
    )
    shown = StoryView(
        HARD,
        HARD,
        HARD,
        anchor,
        Byline((Author(HARD, HARD, HARD), Author(HARD)), anchor, HARD),
        Moment(HARD, HARD),
        (picture, form, replace(form, id="link", action="", link=HARD)),
        HARD,
        HARD,
        Moment(HARD, HARD),
        picture,
        (CorrectionNote(HARD, HARD, Moment(HARD, HARD), HARD),),
        (anchor, Anchor(HARD)),
        anchor,
        earlier=(Card(HARD, HARD, HARD, Moment(HARD, HARD), HARD, anchor, HARD, picture, HARD),),
        related=(Teaser(HARD, HARD, Moment(HARD, HARD)),),
    )
    links = (LanguageLink(HARD, HARD, HARD, current=True), LanguageLink(HARD, HARD, HARD))
    around = Furniture(
        HARD, HARD, HARD, HARD, anchor, (anchor,), (MenuGroup(HARD, (anchor,)),), (anchor,), links, *[HARD] * 5
    )
    heading = Head(HARD, HARD, HARD, HARD, HARD, HARD, picture, HARD, HARD, HARD, links)
    source = render("story.html", story=shown, head=heading, furniture=around)
    assert parse(source).xpath("//script | //b") == []
    assert "<script" not in source
    assert "49" not in source
    assert source.count(HARD) == 0


@pytest.mark.parametrize("field", ["headline", "standfirst", "kicker"])
def test_a_story_of_300_characters_in_a_field_keeps_them_all(field):
    long = "Անվերջ " * 20 + "w" * 160
    page = tree("story.html", story=story(**{field: long}), head=head(title=long))
    assert one(page, f"story__{field}").text_content() == long
    assert page.xpath("string(//title)") == long


# Any letter that front matter can hold: control characters are refused when a file is read.
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=80) | st.text(
    "<>&\"'{}%#=/ab -!;", min_size=1, max_size=40
)


def tags(page: Any) -> list[str]:
    return [element.tag for element in page.iter() if isinstance(element.tag, str)]


def page_of(headline: str, summary: str, caption: str) -> Any:
    return tree(
        "story.html",
        story=story(
            headline=headline,
            standfirst=summary,
            photo=replace(SQUARE, caption=caption, alt=caption),
            blocks=(signup(invitation=summary),),
            earlier=(),
        ),
        head=head(title=headline, og_title=headline, description=summary),
    )


PLAIN = tags(page_of("Plain", "words", "here"))


@settings(max_examples=150, deadline=None)
@given(WORDS, WORDS, WORDS)
def test_any_text_comes_out_as_it_went_in(headline, summary, caption):
    page = page_of(headline, summary, caption)
    assert page.xpath("string(//h1)") == headline
    assert page.xpath("string(//title)") == headline
    assert page.xpath("//meta[@property='og:title']/@content") == [headline]
    assert one(page, "story__standfirst").text_content() == summary
    assert one(page, "signup__heading").text_content() == summary
    assert page.xpath("//meta[@name='description']/@content") == [summary]
    assert one(page, "figure__caption").text_content() == caption
    assert one(page, "figure__image").get("alt") == caption
    assert tags(page) == PLAIN


@settings(max_examples=100, deadline=None)
@given(WORDS, WORDS)
def test_any_text_comes_out_of_a_card_and_a_feed_as_it_went_in(headline, summary):
    shown = component("card", card=card(headline=headline, summary=summary, kicker=""))
    assert one(shown, "card__link").text_content() == headline
    assert one(shown, "card__summary").text_content() == summary
    source = render("machine/atom.xml", feed=feed(entries=(entry(title=headline, html=summary),)))
    root = etree.fromstring(source.encode())
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == headline
    assert root.findtext(f"{ATOM}entry/{ATOM}content") == summary


# A story.


def test_a_story_reads_in_the_order_of_a_newspaper():
    said = text(tree("story.html", story=story()).xpath("//article[@class='story']")[0])
    order = [
        "Community",
        "Autumn",
        "A fair in the square",
        "Forty villages, one square.",
        "By Ani Example and Jane Sample, Special to the Courier",
        "Example Wire",
        "Published October 3, 2026",
        "Updated October 4, 2026",
        "The square on Saturday. Ani Example",
        "Growers filled the square.",
        "Get the Courier in your inbox:",
        "The oldest press. Jane Sample",
        "Get the Courier Weekly:",
        "Source: Example Gazette",
        "Corrections and updates",
        "Correction October 4, 2026 Forty, not thirty.",
        "Update October 5, 2026 The fair was extended.",
        "Topics",
    ]
    positions = [said.index(each) for each in order]
    assert positions == sorted(positions)


def test_a_bare_story_has_headline_date_and_text_and_no_more():
    page = tree("story.html", story=bare_story())
    assert text(page.xpath("//main")[0]) == "A fair Published October 3, 2026 Yes."
    for name in ("story__labels", "story__standfirst", "byline", "figure", "corrections", "topics", "earlier"):
        assert by_class(page, name) == []


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        (Byline((Author("Ani"),)), "By Ani"),
        (Byline((Author("Ani"), Author("Ben"))), "By Ani and Ben"),
        (Byline((Author("Ani"), Author("Ben"), Author("Cy"))), "By Ani, Ben and Cy"),
        (Byline((Author("Ani", "Dilijan"), Author("Ben"))), "By Ani, Dilijan and Ben"),
        (Byline((Author("Ani"),), Anchor("Example Wire")), "By Ani Example Wire"),
        (Byline((), Anchor("Example Wire")), "Example Wire"),
        (Byline(), ""),
    ],
)
def test_a_byline_reads_as_printed(byline, expected):
    assert text(component("byline", byline=byline)) == expected


def test_an_author_without_a_page_is_no_link():
    shown = component("byline", byline=BYLINE)
    assert shown.xpath(".//address//a[@rel='author']/@href") == ["/authors/ani-example/"]
    assert shown.xpath(".//a/@href") == ["/authors/ani-example/", "https://wire.example/"]


def test_a_correction_is_named_and_dated():
    page = tree("story.html", story=story())
    section = one(page, "corrections")
    assert section.get("aria-labelledby") == section.xpath("h2/@id")[0]
    assert [text(each) for each in by_class(section, "corrections__label")] == ["Correction", "Update"]
    assert section.xpath(".//time/@datetime") == ["2026-10-04", "2026-10-05"]
    assert len(by_class(section, "corrections__note--correction")) == 1


def test_a_topic_without_a_page_is_no_link():
    assert component("topics", topics=story().topics).xpath(".//li/a/@href") == ["/topics/harvest/"]


@pytest.mark.parametrize(("section", "title"), [(COMMUNITY, "Earlier in Community"), (None, "Earlier")])
def test_earlier_stories_stand_under_their_section(section, title):
    earlier = one(tree("story.html", story=story(section=section)), "earlier")
    assert text(earlier.xpath("h2")[0]) == title
    assert len(earlier.xpath(".//article//h3")) == 2


def test_related_stories_are_lines_that_lead_to_them():
    related = one(tree("story.html", story=story()), "related")
    assert text(related.xpath("h2")[0]) == "Related stories"
    assert related.xpath(".//li/a/@href") == ["/2024/10/05/poor/"]
    assert [text(item) for item in related.xpath(".//li")] == ["A poor harvest October 5, 2024"]
    assert tree("story.html", story=bare_story()).xpath("//section[@class='related']") == []


def test_a_section_without_a_page_is_no_link():
    page = tree("story.html", story=bare_story(section=Anchor("Sport")))
    assert one(page, "story__section").tag == "span"


# Pictures.


def test_a_figure_in_the_body_keeps_caption_and_credit():
    _photo, figure = tree("story.html", story=story()).xpath("//article//figure")
    assert text(figure.xpath("figcaption")[0]) == "The oldest press. Jane Sample"
    assert text(one(figure, "figure__credit")) == "Jane Sample"
    assert figure.xpath("img/@alt") == ["A full square"]
    assert figure.xpath("img/@loading") == ["lazy"]


def test_the_lead_photo_does_not_wait():
    photo = one(tree("story.html", story=story()), "story__photo").xpath(".//img")[0]
    assert photo.get("loading") is None
    assert photo.get("fetchpriority") == "high"


@pytest.mark.parametrize(
    ("caption", "credit", "said"), [("The fair.", "", "The fair."), ("", "Ani", "Ani"), ("", "", None)]
)
def test_a_figure_without_words_has_no_caption(caption, credit, said):
    shown = component("figure", picture=replace(SQUARE, caption=caption, credit=credit))
    assert [text(each) for each in shown.xpath(".//figcaption")] == ([said] if said else [])


def test_an_upright_figure_is_known_as_one():
    assert by_class(component("figure", picture=replace(SQUARE, height=1600)), "figure--tall")
    assert not by_class(component("figure", picture=SQUARE), "figure--tall")


# Cards.


@pytest.mark.parametrize("rank", ["lead", "second", "feature", "standard", "row"])
@pytest.mark.parametrize("shown", [card(), BARE_CARD], ids=["full", "bare"])
def test_a_card_has_one_link_and_a_silent_picture(rank, shown):
    (article,) = component("card", card=shown, rank=rank).xpath("article")
    assert article.xpath(".//@href") == ["/2026/10/03/fair/"]
    assert article.xpath("count(.//h3//a)") == 1
    assert article.xpath(".//img/@alt") == ([""] if shown.picture else [])
    assert article.xpath(".//time/@datetime") == [PUBLISHED.iso]
    assert f"card--{rank}" in article.get("class").split()


def test_a_bare_card_has_headline_and_date_alone():
    assert text(component("card", card=BARE_CARD, section=True)) == "A fair in the square October 3, 2026"


def test_a_card_shows_what_it_is_asked_to():
    shown = component("card", card=card(), level=2, picture=False, summary=False, section=True)
    assert text(shown) == f"Autumn: A fair in the square Community {BYLINE.text} October 3, 2026"
    assert shown.xpath("count(.//img)") == 0
    assert shown.xpath("count(.//h2)") == 1


def test_a_card_says_its_language():
    assert component("card", card=card(lang="hy")).xpath("article/@lang") == ["hy"]
    assert component("card", card=BARE_CARD).xpath("article/@lang") == []


# Sign-ups.


def test_a_sign_up_is_a_plain_form():
    shown = component("signup", signup=signup())
    (form,) = shown.xpath(".//form")
    assert (form.get("method"), form.get("action")) == ("post", "https://lists.example/subscribe")
    assert shown.xpath("string(.//h2)") == "Get the Courier in your inbox:"
    assert text(one(shown, "signup__description")) == "Every morning."
    (email,) = form.xpath(".//input[@type='email']")
    assert email.get("name") == "email"
    assert email.get("required") is not None
    assert email.get("autocomplete") == "email"
    assert form.xpath(f".//label[@for='{email.get('id')}']/text()") == ["Your e-mail address"]
    assert [(each.get("name"), each.get("value")) for each in form.xpath(".//input[@type='hidden']")] == [
        ("l", "0d0e3c5e")
    ]
    assert text(form.xpath(".//button[@type='submit']")[0]) == "Sign up"


def test_a_trap_is_out_of_every_readers_way():
    (trap,) = component("signup", signup=signup()).xpath(".//input[@name='nonce']")
    assert trap.get("tabindex") == "-1"
    assert trap.get("autocomplete") == "off"
    assert trap.get("value") == ""
    assert trap.getparent().get("aria-hidden") == "true"
    assert component("signup", signup=signup(trap="")).xpath("count(.//input[@type='text'])") == 0


@pytest.mark.parametrize(
    ("changes", "said", "links"),
    [
        ({}, "You can leave at any time. How we use your address", ["/privacy/"]),
        ({"consent": ""}, "How we use your address", ["/privacy/"]),
        ({"privacy_url": ""}, "You can leave at any time.", []),
        ({"consent": "", "privacy_url": ""}, None, []),
    ],
)
def test_a_sign_up_says_what_becomes_of_the_address(changes, said, links):
    shown = component("signup", signup=signup(**changes))
    assert [text(each) for each in by_class(shown, "signup__consent")] == ([said] if said else [])
    assert shown.xpath(f".//*[{has_class('signup__consent')}]//@href") == links


def test_a_sign_up_without_a_description_has_none():
    assert by_class(component("signup", signup=signup(description="")), "signup__description") == []


def test_a_sign_up_that_is_a_link_has_no_form():
    shown = component("signup", signup=signup(action="", link="https://lists.example/join", privacy_url=""))
    assert shown.xpath("count(.//form | .//input)") == 0
    (link,) = shown.xpath(".//a")
    assert link.get("href") == "https://lists.example/join"
    assert link.get("aria-describedby") == shown.xpath(".//h2/@id")[0]


def test_a_sign_up_that_leads_nowhere_is_not_there():
    assert text(component("signup", signup=signup(action="", link=""))) == ""


def test_a_sign_up_in_another_language_says_so():
    assert component("signup", signup=signup(lang="hy")).xpath("section/@lang") == ["hy"]
    assert component("signup", signup=signup()).xpath("section/@lang") == []


def test_a_box_to_tick_holds_the_consent_and_comes_unticked():
    shown = component("signup", signup=signup(box=SignupField("agree", "yes")))
    (box,) = shown.xpath(".//input[@type='checkbox']")
    assert (box.get("name"), box.get("value")) == ("agree", "yes")
    assert box.get("required") is not None
    assert box.get("checked") is None
    assert shown.xpath(f".//label[@for='{box.get('id')}']/text()") == ["You can leave at any time."]
    assert [text(each) for each in by_class(shown, "signup__consent")] == ["How we use your address"]


def test_the_houses_words_in_a_sign_up_are_in_the_pages_language():
    shown = component("signup", signup=signup(lang="hy", page_lang="en", box=SignupField("agree", "yes")))
    spoken = {
        name: shown.xpath(f"string(.//{name}/ancestor-or-self::*[@lang][1]/@lang)")
        for name in ("h2", "button", "label[contains(@for, '-email')]", "label[contains(@for, '-box')]", "a")
    }
    assert list(spoken.values()) == ["hy", "en", "en", "hy", "en"]


@pytest.mark.parametrize("way", [{}, {"action": "", "link": "https://lists.example/join"}])
def test_a_button_can_name_the_newsletter(way):
    shown = component("signup", signup=signup(name="The Courier Daily", **way))
    assert text(one(shown, "signup__button")) == "Sign up for The Courier Daily"


def test_a_sign_ups_heading_takes_its_rank():
    assert text(component("signup", signup=signup(level=4)).xpath(".//h4")[0]) == "Get the Courier in your inbox:"


def test_the_page_of_newsletters_says_what_each_is():
    page = tree("newsletters.html", newsletters=NEWSLETTERS)
    daily, weekly = by_class(page, "newsletter")
    assert (daily.get("id"), weekly.get("id"), weekly.get("lang")) == ("daily", "weekly", "hy")
    assert [text(each) for each in by_class(daily, "newsletter__fact")] == ["Daily", "English", "Past issues"]
    assert daily.xpath(".//li/a/@href") == ["https://lists.example/archive/"]
    assert text(one(daily, "newsletter__description")) == "Every morning, in five minutes."
    assert [len(each.xpath(".//form")) for each in (daily, weekly)] == [1, 1]
    assert by_class(weekly, "newsletter__facts") + by_class(weekly, "newsletter__description") == []


def test_two_sign_ups_on_a_page_share_no_id():
    ids = tree("story.html", story=story()).xpath(f"//*[{has_class('signup')}]//@id")
    assert len(ids) == len(set(ids)) == 6


# Fronts, listings, archives, notices.


def test_a_front_ranks_its_stories():
    page = tree("front.html", front=front(), furniture=ON_FRONT)
    assert text(page.xpath("//h1")[0]) == "The Example Courier: front page"
    assert [len(by_class(page, f"card--{rank}")) for rank in ("lead", "second", "feature", "standard")] == [1, 2, 2, 2]
    rows = by_class(page, "front-row")
    assert [text(row.xpath("h2")[0]) for row in rows] == ["Community", "Sport"]
    assert [row.xpath("h2/a/@href") for row in rows] == [["/community/"], []]
    assert one(page, "nameplate__link").get("aria-current") == "page"


def test_an_empty_front_says_so():
    page = tree("front.html", front=FrontView(None, (), ()))
    assert text(one(page, "empty")) == "Nothing has been published yet."
    assert page.xpath("count(//main//article)") == 0


def test_a_listing_shows_its_cards():
    page = tree("listing.html", listing=listing())
    assert text(page.xpath("//h1")[0]) == "Community"
    assert text(one(page, "listing__intro")) == "What neighbours do."
    assert page.xpath("count(//main//article//h2)") == 2
    assert by_class(page, "empty") == []


def test_an_empty_listing_says_so():
    page = tree("listing.html", listing=ListingView("Sport", ()))
    assert text(one(page, "empty")) == "There are no stories here yet."


def test_a_pager_leads_to_newer_and_older_pages():
    pager = one(tree("listing.html", listing=listing()), "pager")
    assert pager.xpath(".//a[@rel='prev']/@href") == ["/community/page/4/"]
    assert pager.xpath(".//a[@rel='next']/@href") == ["/community/page/2/"]
    assert pager.xpath(".//a/@href") == [
        "/community/",
        "/community/page/4/",
        "/community/page/2/",
        "/community/page/1/",
    ]


def test_a_listing_of_one_page_has_no_pager_and_no_crumbs():
    page = tree("listing.html", listing=ListingView("Sport", (BARE_CARD,)))
    assert by_class(page, "pager") + by_class(page, "crumbs") == []


def test_a_pager_shows_the_ways_that_there_are():
    shown = component("pager", newest=None, newer=None, older=Anchor("Older", "/1/"), oldest=None)
    assert shown.xpath(".//a/@href") == ["/1/"]
    assert shown.xpath(".//a/@rel") == ["next"]


def test_crumbs_lead_back_and_mark_the_page_itself():
    crumbs = one(tree("listing.html", listing=listing()), "crumbs")
    assert [text(each) for each in crumbs.xpath(".//li")] == ["Archive", "2026", "October"]
    assert crumbs.xpath(".//a/@href") == ["/archive/", "/2026/"]
    assert crumbs.xpath(".//*[@aria-current='page']/text()") == ["October"]


def test_an_author_is_introduced_above_the_stories():
    page = tree("author.html", author=AUTHOR, listing=listing())
    (header,) = page.xpath("//main//header")
    assert text(header) == "Ani Example Staff writer Ani writes about the valley. Mastodon"
    assert header.xpath(".//img/@alt") == [""]
    assert header.xpath(".//a[@rel='me']/@href") == ["https://social.example/@ani"]
    assert page.xpath("count(//main//article//h2)") == 2
    assert page.xpath("//a[@rel='next']/@href") == ["/community/page/2/"]


def test_an_author_of_whom_nothing_is_known_has_a_name():
    page = tree("author.html", author=AuthorView("Ani"), listing=ListingView("Ani", (BARE_CARD,)))
    assert text(page.xpath("//main//header")[0]) == "Ani"
    assert page.xpath("count(//main//img)") == 0


def test_an_archive_counts_its_stories():
    page = tree("archive.html", archive=ARCHIVE)
    assert [text(each) for each in by_class(page, "periods__item")] == ["October 2026 12 stories", "May 2026 1 story"]
    assert [each.get("href") for each in by_class(page, "periods__link")] == ["/2026/10/", "/2026/05/"]
    assert text(one(page, "crumbs")) == "Archive"


def test_a_notice_leads_home():
    page = tree("notice.html", notice=NoticeView("Page not found", "Nothing is here."))
    assert text(page.xpath("//main")[0]) == "Page not found Nothing is here. To the front page"
    assert page.xpath("//main//a/@href") == ["/"]


# Furniture.


@pytest.mark.parametrize(("languages", "times"), [((), 0), (TWO_LANGUAGES[:1], 0), (TWO_LANGUAGES, 1)])
def test_languages_are_offered_where_there_is_a_choice(languages, times):
    page = tree("notice.html", notice=NoticeView("No", "No."), furniture=furniture(languages=languages))
    assert len(by_class(page, "languages")) == times


def test_a_language_names_itself_in_itself():
    shown = component("languages", links=TWO_LANGUAGES)
    links = [(a.get("lang"), a.get("hreflang"), a.get("aria-current"), a.text) for a in shown.xpath(".//a")]
    assert links == [("en", "en", "true", "English"), ("hy", "hy", None, "Հայերեն")]


def test_a_page_from_right_to_left_says_so():
    page = tree("story.html", story=story(lang="ar"), furniture=furniture(lang="ar", direction="rtl"))
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert set(page.xpath("//input[@type='email']/@dir")) == {"ltr"}


def test_the_menu_marks_where_the_reader_is():
    page = tree("notice.html", notice=NoticeView("No", "No."))
    assert page.xpath("//nav//a[@aria-current='page']/text()") == ["Community"]


def test_a_logo_is_named_as_the_paper():
    page = tree("notice.html", notice=NoticeView("No", "No."), furniture=WITH_LOGO)
    assert page.xpath(f"//*[{has_class('nameplate__name')}]//img/@alt") == ["The Example Courier"]
    assert [text(each) for each in page.xpath("//footer//p")] == ["The Example Courier"]
    assert page.xpath("count(//nav)") == 0


def test_paper_shows_the_address():
    page = tree("story.html", story=bare_story(), head=head(canonical="https://courier.example/fair/"))
    assert text(one(page, "print-only")) == "https://courier.example/fair/"


# For machines.

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"


def test_a_feed_has_what_rfc_4287_requires():
    root = etree.fromstring(render("machine/atom.xml", feed=feed()).encode())
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text
        assert re.fullmatch(INSTANT, element.findtext(f"{ATOM}updated"))
        alternates = element.xpath("*[local-name()='link'][@rel='alternate']")
        assert [each.get("type") for each in alternates] == ["text/html"]
    assert root.xpath("*[local-name()='link'][@rel='self']/@href") == ["https://courier.example/feeds/atom.xml"]
    # An entry without an author is the feed's own.
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "The Example Courier"
    assert root.findtext(f"{ATOM}subtitle") == "News of the valley"
    assert root.findtext(f"{ATOM}rights") == "The Example Courier"


def test_an_entry_says_who_when_and_what():
    root = etree.fromstring(render("machine/atom.xml", feed=feed()).encode())
    first, bare = root.findall(f"{ATOM}entry")
    assert [each.text for each in first.iter(f"{ATOM}name")] == ["Ani Example", "Jane Sample"]
    assert [each.get("term") for each in first.iter(f"{ATOM}category")] == ["Community", "harvest"]
    assert first.findtext(f"{ATOM}published") == PUBLISHED.iso
    assert first.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    content = first.find(f"{ATOM}content")
    assert content.get("type") == "html"
    assert content.text == entry().html
    assert len(content) == 0
    for name in ("author", "category", "summary"):
        assert bare.find(f"{ATOM}{name}") is None


def test_a_feed_without_stories_or_extras_is_a_feed():
    root = etree.fromstring(render("machine/atom.xml", feed=feed(entries=(), subtitle="", rights="")).encode())
    assert [etree.QName(each).localname for each in root] == ["id", "title", "link", "link", "updated", "author"]


@pytest.mark.parametrize(
    ("template", "top", "item"),
    [("machine/sitemap.xml", "urlset", "url"), ("machine/sitemap-index.xml", "sitemapindex", "sitemap")],
)
def test_a_sitemap_lists_addresses(template, top, item):
    root = etree.fromstring(render(template, sitemap=SITEMAP).encode())
    assert root.tag == SITEMAPS + top
    assert [each.tag for each in root] == [SITEMAPS + item] * 2
    assert [each.findtext(f"{SITEMAPS}loc") for each in root] == [each.loc for each in SITEMAP.entries]
    assert [each.findtext(f"{SITEMAPS}lastmod") for each in root] == ["2026-10-03", None]
    assert len(etree.fromstring(render(template, sitemap=SitemapView(())).encode())) == 0


def test_robots_are_welcome_and_shown_the_sitemap():
    with_map = render("machine/robots.txt", robots=RobotsView("https://courier.example/sitemap.xml?a&b"))
    assert with_map == "User-agent: *\nDisallow:\n\nSitemap: https://courier.example/sitemap.xml?a&b\n"
    assert render("machine/robots.txt", robots=RobotsView("")) == "User-agent: *\nDisallow:\n"


# The house's own words.


class Shouted(NullTranslations):
    """A language in which every word of the house is in capitals."""

    def gettext(self, message: str) -> str:
        return message.upper().replace("%(PAPER)S", "%(paper)s").replace("%(SECTION)S", "%(section)s")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return (msgid1 if n == 1 else msgid2).upper().replace("%(COUNT)S", "%(count)s")


@pytest.mark.parametrize(
    ("template", "context", "said"),
    [
        ("story.html", {"story": story()}, [">BY<", "AND ", "PUBLISHED", "EARLIER IN Community", "SIGN UP", "TOPICS"]),
        ("archive.html", {"archive": ARCHIVE}, ["12 STORIES", "1 STORY"]),
        ("front.html", {"front": front()}, ["The Example Courier: FRONT PAGE", "TOP STORIES", "MORE FROM The "]),
        ("listing.html", {"listing": listing()}, ["OLDER STORIES", "NEWEST", "YOU ARE HERE"]),
        ("notice.html", {"notice": NoticeView("No", "No.")}, ["TO THE FRONT PAGE", "SKIP TO THE CONTENT", "NEWS FEED"]),
    ],
)
def test_the_houses_words_are_in_the_pages_language(template, context, said):
    source = render(template, make_environment([TEMPLATES], Shouted()), **context)
    assert [each for each in said if each not in source] == []


# The rules of the sources. Each finder is a pure function, tried on faults first.

READ_ALOUD = {"alt", "title", "aria-label", "aria-description", "placeholder", "summary"}
MACHINES_WORDS = {"rank"}
"""A macro's arguments that are no words for readers."""
TRANSLATED = {"_", "gettext", "ngettext"}
PLAIN_NODES = (nodes.Output, nodes.If, nodes.For, nodes.Macro, nodes.Block, nodes.Extends, nodes.FromImport)


class BareWords(HTMLParser):
    """Collects the letters that stand in text, or in an attribute that is read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found += re.findall(r"\w[\w ]*", data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in READ_ALOUD:
                self.found += re.findall(r"\w[\w ]*", value or "")


def source_text(node: nodes.Node) -> Iterator[str]:
    """What a template prints as it is, in order; whatever is computed is one sign that is no letter."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(node, nodes.Output):
            yield "¤"
        elif isinstance(child, nodes.Stmt):
            yield from source_text(child)


def constant_words(node: nodes.Node) -> Iterator[str]:
    """Words that an expression prints without a translation."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in TRANSLATED:
        for keyword in node.kwargs:
            yield from constant_words(keyword.value)
    elif isinstance(node, nodes.Keyword) and node.key in MACHINES_WORDS:
        return
    elif isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield from re.findall(r"\w[\w ]*", node.value)
    else:
        for child in node.iter_child_nodes():
            yield from constant_words(child)


def call_faults(name: str, parsed: nodes.Template) -> Iterator[str]:
    """Tests and filters that see through StrictUndefined, or past the escaping."""
    for test in parsed.find_all(nodes.Test):
        if test.name in {"defined", "undefined"}:
            yield f"is {test.name}"
    for filter_ in parsed.find_all(nodes.Filter):
        if filter_.name in {"default", "d"}:
            yield f"{filter_.name}()"
        is_html_block = isinstance(filter_.node, nodes.Getattr) and filter_.node.attr == "html"
        if filter_.name == "safe" and not (is_html_block and name == "components/body.html"):
            yield "safe"


def statement_faults(parsed: nodes.Template) -> Iterator[str]:
    """Names that a fingerprint cannot follow, context that is not passed, logic, text that no one sees."""
    for loader in parsed.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        template = getattr(loader, "template", None)
        if not (isinstance(template, nodes.Const) and isinstance(template.value, str)):
            yield "a name that is not constant"
        if getattr(loader, "with_context", False):
            yield "with context"
    for statement in parsed.find_all(nodes.Stmt):
        if not isinstance(statement, PLAIN_NODES):
            yield f"more than if and for: {type(statement).__name__}"
    if parsed.find(nodes.Extends):
        for top in parsed.body:
            if isinstance(top, nodes.Output) and "".join(source_text(top)).strip():
                yield "printed outside blocks"


def word_faults(parsed: nodes.Template) -> Iterator[str]:
    """Words of the house that no catalogue can translate."""
    reader = BareWords()
    reader.feed("".join(source_text(parsed)))
    reader.close()
    words = list(reader.found)
    for output in parsed.find_all(nodes.Output):
        words += [
            word
            for child in output.nodes
            if not isinstance(child, nodes.TemplateData)
            for word in constant_words(child)
        ]
    return (f"bare word: {word.strip()}" for word in words)


def template_faults(name: str, source: str) -> list[str]:
    parsed = ENV.parse(source)
    words = word_faults(parsed) if name.endswith((".html", ".xml")) else ()
    return [*call_faults(name, parsed), *statement_faults(parsed), *words]


GOOD_TEMPLATES = [
    '<p class="a{% if x %} b{% endif %}">{{ x }} – {{ _("Read") }}</p>',
    "{% trans count=n %}{{ count }} story{% pluralize %}{{ count }} stories{% endtrans %}",
    '<img alt="" src="a.png"><a aria-label="{{ _("Menu") }}" href="/archive/">{{ n }}</a>',
    '{% extends "layouts/base.html" %}\n{% from "components/card.html" import card %}\n{% block main %}{% endblock %}',
    '{{ card(card=x, rank="lead") }}{# a comment: words #}',
    "<h{{ level }}>{{ x }}</h{{ level }}>",
]
BAD_TEMPLATES = [
    ("{% if x is defined %}{% endif %}", "is defined"),
    ("{% if x is not undefined %}{% endif %}", "is undefined"),
    ("{{ x|default(1) }}", "default()"),
    ("{{ x|d(1) }}", "d()"),
    ("{{ x|safe }}", "safe"),
    ("{{ block.html|safe }}", "safe"),
    ("{% include x %}", "a name that is not constant"),
    ('{% include ["a.html", "b.html"] %}', "a name that is not constant"),
    ('{% extends "a" ~ ".html" %}', "a name that is not constant"),
    ('{% from "a.html" import a with context %}', "with context"),
    ('{% include "a.html" %}', "with context"),
    ("{% set x = 1 %}", "more than if and for: Assign"),
    ("{% autoescape false %}{{ x }}{% endautoescape %}", "more than if and for: ScopedEvalContextModifier"),
    ('{% extends "a.html" %}<p>{{ x }}</p>', "printed outside blocks"),
    ("<p>Read</p>", "bare word: Read"),
    ("<p>{{ x }} and {{ y }}</p>", "bare word: and"),
    ("<p>Կարդալ</p>", "bare word: Կարդալ"),
    ('<img alt="A picture" src="x">', "bare word: A picture"),
    ('<a aria-label="Menu {{ x }}" href="x">{{ x }}</a>', "bare word: Menu"),
    ("{% for x in y %}{% if x %}<p>One</p>{% else %}{{ x }}{% endif %}{% endfor %}", "bare word: One"),
    ("{% macro x() %}<p>Two</p>{% endmacro %}", "bare word: Two"),
    ("{{ 'Read' if x else '' }}", "bare word: Read"),
    ("{{ x ~ ' and ' }}", "bare word: and"),
    ('{{ moment(moment=x, label="Published") }}', "bare word: Published"),
]


@pytest.mark.parametrize("source", GOOD_TEMPLATES)
def test_a_good_template_has_no_fault(source):
    assert template_faults("some.html", source) == []


@pytest.mark.parametrize(("source", "fault"), BAD_TEMPLATES)
def test_a_fault_of_a_template_is_found(source, fault):
    assert fault in template_faults("some.html", source)


@pytest.mark.parametrize("name", SOURCES)
def test_a_template_keeps_the_rules(name):
    assert template_faults(name, (TEMPLATES / name).read_text("utf-8")) == []


def test_finished_html_is_printed_in_one_place():
    found = [name for name in SOURCES if re.search(r"\|\s*safe\b", (TEMPLATES / name).read_text("utf-8"))]
    assert found == ["components/body.html"]


@pytest.mark.parametrize("name", [name for name in SOURCES if name.startswith(("components/", "furniture/"))])
def test_a_component_is_one_macro_of_the_files_name(name):
    parsed = ENV.parse((TEMPLATES / name).read_text("utf-8"))
    assert [macro.name for macro in parsed.find_all(nodes.Macro)] == [Path(name).stem]
    outside = "".join("".join(source_text(top)) for top in parsed.body if isinstance(top, nodes.Output))
    assert outside.strip() == ""
    for loaded in parsed.find_all(nodes.FromImport):
        assert isinstance(loaded.template, nodes.Const)
        assert loaded.names == [Path(loaded.template.value).stem]


# The style sheets.

COLOUR_FUNCTION = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark)\(", re.IGNORECASE
)
COLOURED = re.compile(r"color|background|^border|outline|shadow|^fill$|^stroke$|decoration|rule|^--")
PHYSICAL = re.compile(
    r"(scroll-)?(margin|padding|border|inset)-(left|right|top|bottom)(-.*)?"
    r"|(left|right|top|bottom)|((min|max)-)?(width|height)"
)
FOUR_SIDES = re.compile(r"(scroll-)?(margin|padding)|inset|border-(width|style|color)")
DARK = "@media screen and (prefers-color-scheme: dark)"


def without_comments(source: str) -> str:
    return re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)


def pieces(source: str) -> Iterator[tuple[str, str]]:
    """`("rule", ".card")`, `("declaration", "color: red")` and `("statement", "@import …")`, in order."""
    held = ""
    for part in re.findall(r'"[^"]*"|[{};]|[^"{};]+', without_comments(source)):
        if part not in "{};":
            held += part
            continue
        said, held = " ".join(held.split()), ""
        if said:
            yield ("rule" if part == "{" else "statement" if said.startswith("@") else "declaration", said)


def declaration_faults(name: str, declared: str) -> Iterator[str]:
    property_, _, value = (part.strip() for part in declared.partition(":"))
    is_palette = name == "tokens.css" and property_.startswith("--palette-")
    words = set(re.findall(r"[a-z]+", re.sub(r"--[\w-]+", "", value.lower())))
    named = COLOURED.search(property_) and "font" not in property_ and words & set(ImageColor.colormap)
    if (COLOUR_FUNCTION.search(value) or named) and not is_palette:
        yield f"colour: {declared}"
    if name != "tokens.css" and "--palette-" in declared:
        yield f"palette: {declared}"
    sides = value.split()
    if (
        PHYSICAL.fullmatch(property_)
        or (property_ in {"text-align", "float", "clear"} and value in {"left", "right"})
        or (FOUR_SIDES.fullmatch(property_) and len(sides) == 4 and "(" not in value and sides[1] != sides[3])
        or "translateX(" in value
    ):
        yield f"physical: {declared}"
    if "!important" in value and name not in {"print.css", "utilities.css"}:
        yield f"important: {declared}"


def sheet_faults(name: str, source: str) -> list[str]:
    faults: list[str] = []
    for kind, said in pieces(source):
        if kind == "declaration":
            faults += declaration_faults(name, said)
        elif kind == "rule":
            selector = re.sub(r'"[^"]*"', "", said)
            if not said.startswith("@") and "#" in selector:
                faults.append(f"id: {said}")
            if "prefers-color-scheme" in said and (said, name) != (DARK, "tokens.css"):
                faults.append(f"dark: {said}")
    return faults


GOOD_SHEETS = [
    ("a.css", "a { color: var(--colour-text); /* red */ margin-inline: auto; text-align: start }"),
    ("a.css", '.card:not(:has(> img)) { background: none } a[href^="#"] { color: inherit }'),
    ("a.css", "@media (min-width: 62em) { .a { padding: 1em 2em 3em 2em; inline-size: 3ch } }"),
    ("a.css", ".a { border: 1px solid transparent; color: currentColor; outline-color: Highlight }"),
    ("a.css", ".a { font-family: Tan, serif; white-space: nowrap }"),
    ("tokens.css", ":root { --palette-ink: #111; --colour-text: var(--palette-ink) }"),
    ("tokens.css", f"{DARK} {{ :root {{ --colour-text: var(--palette-moon) }} }}"),
    ("print.css", ".a { display: none !important }"),
]
BAD_SHEETS = [
    ("a.css", "a { color: #123 }", "colour: color: #123"),
    ("a.css", "a { color: rgb(1 2 3) }", "colour: color: rgb(1 2 3)"),
    ("a.css", "a { border: 1px solid red }", "colour: border: 1px solid red"),
    ("a.css", "a { box-shadow: 0 0 1px Black }", "colour: box-shadow: 0 0 1px Black"),
    ("a.css", "a { --accent: tomato }", "colour: --accent: tomato"),
    ("tokens.css", ":root { --colour-text: #111 }", "colour: --colour-text: #111"),
    ("a.css", "a { color: var(--palette-ink) }", "palette: color: var(--palette-ink)"),
    ("a.css", "a { --palette-ink: inherit }", "palette: --palette-ink: inherit"),
    ("a.css", "a { margin-left: 1em }", "physical: margin-left: 1em"),
    ("a.css", "a { left: 0 }", "physical: left: 0"),
    ("a.css", "a { width: 3em }", "physical: width: 3em"),
    ("a.css", "a { border-top-width: 0 }", "physical: border-top-width: 0"),
    ("a.css", "a { text-align: left }", "physical: text-align: left"),
    ("a.css", "a { padding: 1em 2em 1em 3em }", "physical: padding: 1em 2em 1em 3em"),
    ("a.css", "@media print { a { float: right } }", "physical: float: right"),
    ("a.css", "a { color: inherit !important }", "important: color: inherit !important"),
    ("a.css", "#top { color: inherit }", "id: #top"),
    ("a.css", "@media print { a:not(#b) { color: inherit } }", "id: a:not(#b)"),
    ("a.css", f"{DARK} {{ a {{ color: inherit }} }}", f"dark: {DARK}"),
    ("tokens.css", "@media (prefers-color-scheme: dark) { a { b: c } }", "dark: @media (prefers-color-scheme: dark)"),
]


@pytest.mark.parametrize(("name", "source"), GOOD_SHEETS)
def test_a_good_sheet_has_no_fault(name, source):
    assert sheet_faults(name, source) == []


@pytest.mark.parametrize(("name", "source", "fault"), BAD_SHEETS)
def test_a_fault_of_a_sheet_is_found(name, source, fault):
    assert sheet_faults(name, source) == [fault]


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_keeps_the_rules(name):
    assert sheet_faults(name, (CSS / name).read_text("utf-8")) == []


def test_the_main_sheet_imports_every_other_once_into_a_layer_that_it_declares():
    statements = [said for kind, said in pieces((CSS / "main.css").read_text("utf-8")) if kind == "statement"]
    declared = statements[0].removeprefix("@layer ").split(", ")
    imports = [re.fullmatch(r'@import url\("([\w/.-]+)"\) layer\((\w+)\)', said) for said in statements[1:]]
    found = [match.groups() for match in imports if match]
    assert len(found) == len(imports)
    assert sorted(name for name, _ in found) == [name for name in SHEETS if name != "main.css"]
    assert list(dict.fromkeys(layer for _, layer in found)) == declared


@pytest.mark.parametrize("folder", ["components", "furniture"])
def test_every_component_has_its_sheet_and_every_sheet_its_component(folder):
    sheets = {Path(name).stem for name in SHEETS if name.startswith(f"{folder}/")}
    assert sheets == {Path(name).stem for name in SOURCES if name.startswith(f"{folder}/")}


@pytest.mark.parametrize("name", [name for name in SHEETS if name.startswith(("components/", "furniture/"))])
def test_a_components_sheet_styles_that_component_alone(name):
    own = Path(name).stem
    for kind, said in pieces((CSS / name).read_text("utf-8")):
        if kind == "rule" and not said.startswith("@"):
            assert re.search(rf"\.{own}(__|--|\b)", said), said


BODY_MARKUP = {"dateline", "factbox", "footnote", "gallery", "note", "pullquote"}
"""Classes that Markdown gives to what stands in a text."""


def test_every_rule_is_for_something_that_is_printed():
    styled = {
        match
        for name in SHEETS
        for kind, said in pieces((CSS / name).read_text("utf-8"))
        if kind == "rule" and not said.startswith("@")
        for match in re.findall(r"\.([a-z][\w-]*)", re.sub(r'"[^"]*"', "", said))
    }
    printed: set[str] = set()
    for template, context in PAGES.values():
        printed.update(*(names.split() for names in tree(template, **context).xpath("//@class")))
    tall = component("figure", picture=replace(SQUARE, height=1600)).xpath(".//figure/@class")
    printed.update(*(names.split() for names in tall))
    assert styled - printed - BODY_MARKUP == set()


def test_every_role_that_is_used_is_set():
    sources = [(CSS / name).read_text("utf-8") for name in SHEETS]
    declared = [said for source in sources for kind, said in pieces(source) if kind == "declaration"]
    given_ = {said.partition(":")[0] for said in declared if said.startswith("--")}
    assert given_ == {used for said in declared for used in re.findall(r"var\((--[\w-]+)", said)}


def test_a_card_is_printed_once_for_the_same_card_and_anew_for_another():
    env = make_environment([TEMPLATES])
    page = env.from_string('{% from "components/card.html" import card %}{{ card(card=one) }}{{ card(card=other) }}')
    one, other = BARE_CARD, replace(BARE_CARD, headline="Another headline")
    twice = [page.render(one=one, other=other) for _ in range(2)]
    assert twice[0] == twice[1]
    assert twice[0].count("Another headline") == 1
    # Jinja's own name for it: should it change, nothing would be remembered any more.
    module: Any = env.get_template("components/card.html")._get_default_module()
    assert type(module.card) is Remembered


def test_arguments_that_are_equal_and_not_the_same_print_differently():
    module: Any = make_environment([TEMPLATES]).from_string("{% macro m(x) %}{{ x }}{% endmacro %}").module
    macro = Remembered(module.m)
    assert [macro(x=1), macro(x=True), macro(x=1.0), macro(x=[1])] == ["1", "True", "1.0", "[1]"]


class Html(NamedTuple):
    """Has HTML of its own to print."""

    text: str

    def __html__(self) -> str:
        return f"<b>{self.text}</b>"


@given(st.one_of(st.text(), st.text().map(Markup), st.integers(), st.booleans(), st.none(), st.builds(Html, st.text())))
def test_what_is_printed_is_what_jinja_would_escape(value):
    assert str(printed(value)) == str(escape(value))
    page = make_environment([TEMPLATES]).from_string("{{ x }}{% macro m(x) %}{{ x }}{% endmacro %}{{ m(x=x) }}")
    assert page.render(x=value) == str(escape(value)) * 2


def test_a_page_prints_texts_without_marking_them():
    # Names of Jinja's and of MarkupSafe's: should they change, each text would be marked as escaped again.
    assert type(printed("A & B")) is str
    assert "environment.printed(" in str(make_environment([TEMPLATES]).compile("{{ x }}", raw=True))


def renderer_of(folder: Path) -> Renderer:
    return Renderer([folder], lambda _lang: NullTranslations())


def test_what_another_process_compiled_is_not_compiled_again(tmp_path, monkeypatch):
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    names = [path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")]
    (tmp_path / "templates/broken.html").write_text("{% if %}", "utf-8")
    packed = renderer_of(tmp_path / "templates").compile("en", [*names, "broken.html", "gone.html"])
    assert len(packed) == len(names)
    (tmp_path / "templates/front.html").write_text("{{ 1 + 1 }}", "utf-8")
    renderer = renderer_of(tmp_path / "templates")
    renderer.take_over(packed)
    compiled: list[str] = []
    compile_ = HouseEnvironment.compile

    def count(self: HouseEnvironment, source: str, name: str, *more: Any) -> Any:
        compiled.append(name)
        return compile_(self, source, name, *more)

    monkeypatch.setattr(HouseEnvironment, "compile", count)
    for name in names:
        renderer.environment("hy").get_template(name)
    assert compiled == ["front.html"]
    assert renderer.environment("hy").get_template("front.html").render() == "2"
