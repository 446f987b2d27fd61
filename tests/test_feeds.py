"""Feeds: ids that stay, addresses that lead home from anywhere, and nothing that a feed reader must not run."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from msgspec.structs import replace

from plugins.feeds import check_ids, feed_addresses, sections_of
from plugins.feeds.content import absolute, travelling, xml_text
from plugins.feeds.entry import PICTURE_TYPES, block_html, feed_picture, guid_of, id_of, last_change, rfc822
from plugins.newsroom.body import Body
from plugins.newsroom.edition import Edition, House, Sources
from plugins.newsroom.paper import Paper, Section
from plugins.newsroom.pictures import KNOWN_TYPES, Size, measure
from plugins.newsroom.problem import Complaint
from plugins.newsroom.story import Correction, CorrectionKind, Story
from plugins.newsroom.urls import Site
from plugins.newsroom.views import (
    Author,
    EmbedBlock,
    FeedEntry,
    FeedPicture,
    FeedView,
    GalleryBlock,
    HtmlBlock,
    Picture,
    Signup,
)
from plugins.press.templates import make_environment
from tests.conftest import NEWSLETTERS, NOW, PAPER, ROOT, picture, run_press, story
from tests.feed_rules import ATOM, CONTENT, DC, MEDIA, faults

HERE = "https://courier.example/2026/10/03/fair/"

# A story's HTML, elsewhere.

TRAVELS = {
    "a footnote's mark": (
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>',
        f'<sup><a href="{HERE}#fn:1">1</a></sup>',
    ),
    "a site's address": ('<a href="/about/">us</a>', '<a href="https://courier.example/about/">us</a>'),
    "a relative one": ('<img src="../a.png" alt="A">', '<img src="https://courier.example/2026/10/03/a.png" alt="A">'),
    "a query": ('<a href="?a=1&amp;b=2">q</a>', f'<a href="{HERE}?a=1&amp;b=2">q</a>'),
    "without a scheme": ('<a href="//x.example/">x</a>', '<a href="https://x.example/">x</a>'),
    "absolute": ('<a href="http://x.example/#a">x</a>', '<a href="http://x.example/#a">x</a>'),
    "mail, in entities": ('<a href="&#109;ailto:a@x.example">x</a>', '<a href="mailto:a@x.example">x</a>'),
    "a film of ours": (
        '<video controls src="a.mp4" poster="a.png"><track src="a.vtt"></video>',
        f'<video controls src="{HERE}a.mp4" poster="{HERE}a.png"><track src="{HERE}a.vtt"></video>',
    ),
    "a quotation's source": ('<q cite="#a">x</q>', f'<q cite="{HERE}#a">x</q>'),
    "entities stay": ("<p>a&nbsp;b &amp; &#8212; &lt;i&gt;</p>", "<p>a&nbsp;b &amp; &#8212; &lt;i&gt;</p>"),
    "bare signs": ("<p>R & D, a < b</p>", "<p>R &amp; D, a &lt; b</p>"),
    "quotes in a value": ("<p title='\"a\"'>b</p>", '<p title="&quot;a&quot;">b</p>'),
    "an ordinary table": ('<td colspan="2" style="text-align: right">1</td>', '<td colspan="2">1</td>'),
    "hidden stays hidden": ("<p hidden>x</p>", "<p hidden>x</p>"),
    "an attribute twice": ('<a href="#a" href="#b">x</a>', f'<a href="{HERE}#a">x</a>'),
    "closed at once": ("a<br/>b<div/>c", "a<br>b<div></div>c"),
    "several sizes": ('<img src="a.png" srcset="b.png 2x" sizes="9vw">', f'<img src="{HERE}a.png">'),
    "a comment": ("a<!-- b -->c", "ac"),
    "no tag at all": ("<![x", "&lt;![x"),
    "words": ("Plain words.", "Plain words."),
    "nothing": ("", ""),
}


PLAIN = "<h2>A &amp; b</h2>\n<p>It was <em>held</em>&#8212;<strong>twice</strong>.<br></p>\n<ul>\n<li>1 > 0</li>\n</ul>"


def test_plain_words_stay_as_they_are():
    assert travelling(PLAIN, HERE) == PLAIN
    # A tag that is not plain has all of it read and written anew, and that is the same.
    assert travelling(f"<i hidden></i>{PLAIN}", HERE) == f"<i hidden></i>{PLAIN}"
    assert travelling("<p>" + "words " * 5000 + "<", HERE) == "<p>" + "words " * 5000 + "&lt;"


@pytest.mark.parametrize("name", TRAVELS)
def test_what_a_story_holds_means_the_same_anywhere(name):
    typed, expected = TRAVELS[name]
    assert travelling(typed, HERE) == expected


GOES = {
    "script": "a<script>if (1 < 2) { '<p>' }</script>b",
    "script, in capitals": "a<SCRIPT src='x.js'></SCRIPT>b",
    "style": "a<style>p { color: red }</style>b",
    "form": "a<form action='/x'><p>Your address</p><input name=a><form></form></form>b",
    "button alone": "a<button>Send</button>b",
    "input alone": "a<input name=x>b",
    "select": "a<select><option>x</option></select>b",
    "textarea": "a<textarea>x</textarea>b",
    "object": "a<object data='x.swf'><embed src='x.swf'><p>x</p></object>b",
    "embed alone": "a<embed src='x.swf'>b",
    "drawing": "a<svg><a href='x'><path d='M0 0'/></a></svg>b",
    "no script": "a<noscript><p>x</p></noscript>b",
    "meta": "a<meta http-equiv=refresh content='0'><link rel=stylesheet href=x><base href=x>b",
    "an end alone": "a</form></script></iframe>b",
    "a picture from nowhere": "a<img src='data:image/png;base64,AA'><img><img src='javascript:x()'>b",
    "a frame without an address": "a<iframe srcdoc='<p>x</p>'></iframe>b",
    "a frame that would run": "a<iframe src='javascript:x()'></iframe>b",
}


@pytest.mark.parametrize("name", GOES)
def test_what_runs_frames_or_sends_goes(name):
    assert travelling(GOES[name], HERE) == "ab"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('<p onclick="x()" style="color: red" class="a" id="b" aria-label="c">d</p>', "<p>d</p>"),
        ('<a href="javascript:x()">d</a>', "<a>d</a>"),
        ('<a href=" java\nscript:x()">d</a>', "<a>d</a>"),
        ('<a href="&#x6a;avascript:x()">d</a>', "<a>d</a>"),
        ('<a href="http://[x">d</a>', "<a>d</a>"),
        ('<a href="//[x">d</a>', "<a>d</a>"),
        ('<video src="data:x" controls></video>', "<video controls></video>"),
        (
            '<iframe src="https://maps.example/?a=1&amp;b=2"><p>d</p></iframe>',
            '<a href="https://maps.example/?a=1&amp;b=2">https://maps.example/?a=1&amp;b=2</a>',
        ),
        ('<iframe src="/map/"></iframe>', '<a href="https://courier.example/map/">https://courier.example/map/</a>'),
    ],
)
def test_what_is_harmless_of_it_stays(typed, expected):
    assert travelling(typed, HERE) == expected


TAGS = ("p", "a", "form", "iframe", "script", "img", "svg", "b", "input", "!--", "![", "textarea", "picture")
SOUP = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag} href='x' src=y onload=z>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(["&", "<", ">", "&amp;", "&#106;", "'", '"', "/", "javascript:x()", "-->", " ", "words"]),
    )
).map("".join)


@settings(max_examples=200, deadline=None)
@given(SOUP)
def test_no_soup_of_tags_leaves_anything_that_runs_or_is_relative(soup):
    made = travelling(soup, HERE)
    tree = lxml_html.fragment_fromstring(made, create_parent="div")
    assert not tree.xpath("//script | //form | //iframe | //input | //textarea | //svg | //@onload | //comment()")
    assert {value.partition(":")[0] for value in tree.xpath("//@href | //@src")} <= {"https"}
    assert travelling(made, HERE) == made


def test_without_an_address_of_the_paper_links_stay_on_the_site():
    assert absolute("#fn:1", "/2026/10/03/fair/") == "/2026/10/03/fair/#fn:1"
    assert absolute("/about/", "/2026/10/03/fair/") == "/about/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\nc\rd é Տ 𝔸 \ue000 \ufffd", "a\tb\nc\rd é Տ 𝔸 \ue000 \ufffd"),
        ("a\x00\x01\x08\x0b\x0c\x0e\x1fb", "ab"),
        ("a\ud800\udfff\ufffe\uffffb", "ab"),
    ],
)
def test_text_holds_what_xml_can_hold(text, expected):
    assert xml_text(text) == expected


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_any_text_makes_a_document(text):
    root = etree.Element("a")
    root.text = xml_text(text)
    assert (etree.fromstring(etree.tostring(root)).text or "") == xml_text(text).replace("\r", "\r")


SHOWN = Picture("/a.png", 3, 2, 'A "stall"', "The <stall>.", "Ani")
FIGURE = (
    '<figure><img src="/a.png" width="3" height="2" alt="A &quot;stall&quot;">'
    "<figcaption>The &lt;stall&gt;. Ani</figcaption></figure>"
)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (HtmlBlock("<p>Words.</p>"), "<p>Words.</p>"),
        (SHOWN, FIGURE),
        (Picture("/a.png", 3, 2), '<figure><img src="/a.png" width="3" height="2" alt=""></figure>'),
        (GalleryBlock((SHOWN, SHOWN), "At <noon>"), f"<p><strong>At &lt;noon&gt;</strong></p>{FIGURE}{FIGURE}"),
        (GalleryBlock(()), ""),
        (
            EmbedBlock("https://x.example/?a&b", "Watch on X", "The <fair>", SHOWN),
            f'{FIGURE}<p><a href="https://x.example/?a&amp;b">The &lt;fair&gt; – Watch on X</a></p>',
        ),
        (EmbedBlock("https://x.example/", "Open on X"), '<p><a href="https://x.example/">Open on X</a></p>'),
        (Signup("signup-1", "daily", "Join us"), ""),
    ],
)
def test_a_block_in_plain_html(block, expected):
    assert block_html(block) == expected


# Ids and dates.


@pytest.mark.parametrize(
    ("row", "guid", "iri"),
    [
        (Story("a.md", lang="en", slug="fair"), "tag:courier.example,2026:en/fair", None),
        (Story("a.md", lang="hy", slug="տոն"), "tag:courier.example,2026:hy/տոն", None),
        (Story("a.md", lang="en", slug="fair", id="https://old.example/?p=12"), "https://old.example/?p=12", None),
        (
            Story("a.md", id="urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6"),
            "urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6",
            None,
        ),
        (
            Story("a.md", id="12 at http://old.example"),
            "12 at http://old.example",
            "tag:courier.example,2026:12%20at%20http%3A%2F%2Fold.example",
        ),
        (Story("a.md", id="4711"), "4711", "tag:courier.example,2026:4711"),
    ],
)
def test_an_id_is_the_storys_own_or_made_of_what_never_changes(row, guid, iri):
    assert guid_of(row, "courier.example") == guid
    assert id_of(row, "courier.example") == (iri or guid)


def test_a_paper_without_a_domain_has_ids_all_the_same():
    assert guid_of(Story("a.md", lang="en", slug="fair"), "") == "tag:localhost,2026:en/fair"


def test_an_id_that_two_stories_have_is_told_at_the_later_one():
    rows = [
        Story("a.md", lang="en", slug="fair"),
        Story("b.md", lang="hy", slug="fair"),
        Story("c.md", lang="en", slug="new", id="tag:courier.example,2026:en/fair", lines={"id": 5}),
        Story("d.md", id="x:1"),
        Story("e.md", id="x:2"),
    ]
    by_path = {row.path: row for row in rows}
    paper = Paper(domain="courier.example", languages=("en", "hy"))
    sources = Sources(frozenset(), lambda _path: Size(1, 1), by_path.__getitem__, lambda _path: Body(()))
    house = House(paper, NINE, Site())
    (problem,) = check_ids(
        Edition(house, sources, tuple(replace(row, lang=row.lang or "en") for row in rows), (), {}, {})
    )
    assert (problem.path, problem.line, problem.code, str(problem.severity)) == ("c.md", 5, "feed/same-id", "error")
    assert "a.md" in problem.message


NINE = datetime.fromisoformat("2026-10-03T09:30:00+04:00")


def changed(*days: str) -> tuple[Correction, ...]:
    return tuple(Correction(date.fromisoformat(day), CorrectionKind.CORRECTION, "It was forty.") for day in days)


@pytest.mark.parametrize(
    ("updated", "days", "expected"),
    [
        ("", (), "2026-10-03T09:30:00"),
        ("2026-10-04T12:00:00+04:00", (), "2026-10-04T12:00:00"),
        ("2026-10-03T09:00:00+04:00", (), "2026-10-03T09:30:00"),
        ("", ("2026-10-04",), "2026-10-04T00:00:01"),
        ("", ("2026-10-03",), "2026-10-03T09:30:01"),
        ("", ("2026-10-03", "2026-10-03"), "2026-10-03T09:30:02"),
        ("", ("2026-10-05", "2026-10-04", "2026-10-05"), "2026-10-05T00:00:02"),
        ("", ("2026-10-01",), "2026-10-03T09:30:01"),
        ("2026-10-04T12:00:00+04:00", ("2026-10-04",), "2026-10-04T12:00:00"),
        ("2026-10-05T12:00:00+04:00", ("2026-10-04",), "2026-10-05T12:00:00"),
        ("2026-10-04T12:00:00+04:00", ("2026-10-04", "2026-10-06"), "2026-10-06T00:00:01"),
    ],
)
def test_a_correction_moves_a_story(updated, days, expected):
    last = last_change(NINE, datetime.fromisoformat(updated) if updated else None, changed(*days))
    assert last.isoformat() == expected + "+04:00"


def test_every_further_correction_moves_it_further():
    days = ["2026-10-03", "2026-10-03", "2026-10-04", "2026-10-07", "2026-10-07", "2026-10-07"]
    moved = [last_change(NINE, None, changed(*days[:count])) for count in range(len(days) + 1)]
    assert moved == sorted(set(moved))


def test_a_date_of_rss():
    assert rfc822(NINE) == "Sat, 03 Oct 2026 09:30:00 +0400"


@pytest.mark.parametrize(
    ("url", "type_"),
    [("/a.jpg", "image/jpeg"), ("/a.JPEG", "image/jpeg"), ("/a.png", "image/png"), ("/a.svg", "image/svg+xml")],
)
def test_a_picture_says_what_it_is(url, type_):
    shown = feed_picture(replace(SHOWN, url=url), Size(3, 2, 99))
    assert (shown.type, shown.width, shown.height, shown.bytes) == (type_, 3, 2, 99)
    assert feed_picture(SHOWN, Complaint).bytes == 0


def test_every_kind_of_picture_has_a_media_type():
    assert {f".{ending}" for ending in PICTURE_TYPES} == set(KNOWN_TYPES)


def test_a_picture_is_weighed(tmp_path):
    data = picture(61, 41)
    (tmp_path / "a.png").write_bytes(data)
    assert measure(tmp_path / "a.png") == Size(61, 41, len(data))


def test_the_addresses_that_a_menu_may_name():
    paper = Paper(languages=("en", "hy"), sections={"sport": Section("sport"), "../x": Section("../x")})
    assert sections_of(paper) == ["sport"]
    assert list(feed_addresses(paper)) == [
        *("feeds/atom.xml", "feeds/rss.xml", "feeds/sport/atom.xml", "feeds/sport/rss.xml"),
        *("hy/feeds/atom.xml", "hy/feeds/rss.xml", "hy/feeds/sport/atom.xml", "hy/feeds/sport/rss.xml"),
    ]


# The checker can refuse.

GOOD_ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>tag:courier.example,2026:en/feeds/</id>
<title>The Courier</title>
<link rel="self" type="application/atom+xml" href="https://courier.example/feeds/atom.xml"/>
<link rel="alternate" type="text/html" href="https://courier.example/"/>
<updated>2026-10-04T10:00:00+04:00</updated>
<author><name>The Courier</name></author>
<entry>
<id>tag:courier.example,2026:en/fair</id>
<title>A fair</title>
<link rel="alternate" type="text/html" href="https://courier.example/2026/10/03/fair/"/>
<link rel="enclosure" type="image/png" length="99" href="https://courier.example/a.png"/>
<published>2026-10-03T09:30:00+04:00</published>
<updated>2026-10-04T10:00:00+04:00</updated>
<author><name>Ani Example</name><uri>https://courier.example/authors/ani-example/</uri></author>
<category term="Community"/>
<summary>It was held.</summary>
<content type="html">&lt;p&gt;It was &lt;a href="https://x.example/"&gt;held&lt;/a&gt;.&lt;/p&gt;</content>
</entry>
<entry>
<id>tag:courier.example,2026:en/cat</id>
<title>A cat</title>
<link rel="alternate" type="text/html" href="https://courier.example/2026/10/02/cat/"/>
<published>2026-10-02T09:30:00Z</published>
<updated>2026-10-02T09:30:00Z</updated>
<content type="html">Found.</content>
</entry>
</feed>
"""
GOOD_RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xml:lang="en" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>The Courier</title>
<link>https://courier.example/</link>
<description>News</description>
<language>en</language>
<lastBuildDate>Sun, 04 Oct 2026 10:00:00 +0400</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="https://courier.example/feeds/rss.xml"/>
<item>
<title>A fair</title>
<link>https://courier.example/2026/10/03/fair/</link>
<guid isPermaLink="false">tag:courier.example,2026:en/fair</guid>
<pubDate>Sat, 03 Oct 2026 09:30:00 +0400</pubDate>
<atom:updated>2026-10-04T10:00:00+04:00</atom:updated>
<dc:creator>Ani Example</dc:creator>
<content:encoded>&lt;p&gt;It was held.&lt;/p&gt;</content:encoded>
<enclosure url="https://courier.example/a.png" type="image/png" length="99"/>
<media:content url="https://courier.example/a.png" type="image/png" medium="image" width="3" height="2">
<media:credit>Ani</media:credit>
</media:content>
</item>
<item>
<title>A cat</title>
<link>https://courier.example/2026/10/02/cat/</link>
<guid isPermaLink="false">4711</guid>
<pubDate>Fri, 02 Oct 2026 09:30:00 GMT</pubDate>
<atom:updated>2026-10-02T09:30:00Z</atom:updated>
<dc:creator>Ani Example</dc:creator>
<content:encoded>Found.</content:encoded>
</item>
</channel>
</rss>
"""
BASE = "https://courier.example/feeds/"
FAIR = "tag:courier.example,2026:en/fair"

BAD_ATOM = {
    "no XML": ("</entry>\n</feed>", "</feed>", "no XML"),
    "a character that XML forbids": ("A fair", "A \x0bfair", "no XML"),
    "the same, escaped": ("A fair", "A &#11;fair", "no XML"),
    "another element": ("feed", "food", "is no feed"),
    "another namespace": ("2005/Atom", "2004/Atom", "is no feed"),
    "no language": (' xml:lang="en"', "", "xml:lang"),
    "no id": ("<id>tag:courier.example,2026:en/feeds/</id>", "", "has 0 of"),
    "two ids": ("<title>A cat", "<id>x:y</id><title>A cat", "has 2 of"),
    "no title": ("<title>A fair</title>", "", "has 0 of"),
    "an empty title": ("A fair", " ", "no plain text"),
    "tags in a title": ("A fair", "A <b>fair</b>", "no plain text"),
    "two titles": ("<title>A fair", "<title>x</title><title>A fair", "has 2 of"),
    "no date of the feed": ("<updated>2026-10-04T10:00:00+04:00</updated>\n<author>", "<author>", "has 0 of"),
    "an id that is no IRI": (FAIR, "fair 12", "no IRI"),
    "an id twice": ("en/cat", "en/fair", "stands twice"),
    "the feed's id in an entry": ("en/cat", "en/feeds/", "stands twice"),
    "a date of RSS": ("2026-10-03T09:30:00+04:00", "Sat, 03 Oct 2026 09:30:00 +0400", "RFC 3339"),
    "a date without a zone": ("2026-10-03T09:30:00+04:00", "2026-10-03T09:30:00", "RFC 3339"),
    "no such day": ("<updated>2026-10-02T09:30:00Z", "<updated>2026-10-32T09:30:00Z", "no day"),
    "updated before published": ("<updated>2026-10-02", "<updated>2026-10-01", "before it was published"),
    "updated after the feed": ("<updated>2026-10-02", "<updated>2026-11-01", "after its feed"),
    "the oldest first": ("published>2026-10-02", "published>2026-10-05", "newest story"),
    "no author": ("<author><name>The Courier</name></author>", "", "neither the feed"),
    "an author without a name": ("<name>Ani Example</name>", "", "no name"),
    "an empty author": ("<name>Ani Example</name>", "<name> </name>", "no name"),
    "an author's relative page": ("https://courier.example/authors/", "/authors/", "author's uri"),
    "no self": ('rel="self"', 'rel="via"', "0 self links"),
    "another self": ("feeds/atom.xml", "feed/atom.xml", "the feed lies at"),
    "a relative self": ("https://courier.example/feeds/atom.xml", "/feeds/atom.xml", "the self link"),
    "self of another type": ("application/atom+xml", "text/xml", "has the type"),
    "no page": (
        '<link rel="alternate" type="text/html" href="https://courier.example/2026/10/02/cat/"/>',
        "",
        "alternate",
    ),
    "a relative page": ("https://courier.example/2026", "/2026", "alternate link"),
    "an enclosure without a type": ('type="image/png" ', "", "no type"),
    "an enclosure of no length": ('length="99"', 'length="0"', "length"),
    "a category without a term": ('term="Community"', "", "no term"),
    "content as text": ('<content type="html">Found', "<content>Found", "type=html"),
    "an unknown element": ("<summary>", "<pubDate>x</pubDate><summary>", "may not stand"),
    "a relative link": ('"https://x.example/"', '"/x/"', "href in the content"),
    "a fragment": ('"https://x.example/"', '"#fn:1"', "href in the content"),
    "a relative picture": ("It was &lt;", 'It &lt;img src="a.png"&gt; was &lt;', "src in the content"),
    "a script": ("It was &lt;", "It &lt;script&gt;&lt;/script&gt; was &lt;", "script"),
    "a form": ("It was &lt;", "It &lt;form&gt;&lt;/form&gt; was &lt;", "form"),
    "a frame": ("It was &lt;", "It &lt;iframe&gt;&lt;/iframe&gt; was &lt;", "iframe"),
    "a handler": ("&lt;p&gt;", '&lt;p onclick="x()"&gt;', "onclick"),
    "a link that runs": ('"https://x.example/"', '"javascript:x()"', "href in the content"),
    "a comment": ("&lt;p&gt;", "&lt;p&gt;&lt;!-- true? --&gt;", "comment"),
}
BAD_RSS = {
    "no XML": ("</channel>", "", "no XML"),
    "no language": (' xml:lang="en"', "", "xml:lang"),
    "another version": ('version="2.0"', 'version="0.91"', "2.0"),
    "no channel": ("channel>", "food>", "one channel"),
    "no title": ("<title>The Courier</title>", "", "has 0 of"),
    "no link": ("<link>https://courier.example/</link>", "", "has 0 of"),
    "a relative link": ("<link>https://courier.example/<", "<link>/<", "channel's link"),
    "no description": ("<description>News</description>", "", "has 0 of"),
    "an empty description": (">News<", "><", "is empty"),
    "no self": ('rel="self"', 'rel="via"', "0 self links"),
    "another self": ("feeds/rss.xml", "feeds/atom.xml", "the feed lies at"),
    "a date of Atom": ("Sat, 03 Oct 2026 09:30:00 +0400", "2026-10-03T09:30:00+04:00", "RFC 822"),
    "the wrong weekday": ("Sat, 03", "Fri, 03", "another day of the week"),
    "no such day": ("Sat, 03 Oct", "Sat, 33 Oct", "no day"),
    "no date": ("<pubDate>Fri, 02 Oct 2026 09:30:00 GMT</pubDate>", "", "has 0 of"),
    "a bad date of the feed": ("Sun, 04 Oct 2026 10:00:00 +0400", "yesterday", "RFC 822"),
    "a bad date of a change": ("2026-10-04T10:00:00+04:00", "2026-10-04", "RFC 3339"),
    "the oldest first": ("Fri, 02", "Sun, 04", "newest story"),
    "no guid": ('<guid isPermaLink="false">4711</guid>', "", "has 0 of"),
    "an empty guid": ("4711", " ", "guid is empty"),
    "a guid twice": ("4711", FAIR, "stands twice"),
    "a guid that is an address": (' isPermaLink="false">4711', ">4711", "address"),
    "two guids": ("<title>A cat", '<guid isPermaLink="false">9</guid><title>A cat', "has 2 of"),
    "no author": ("<dc:creator>Ani Example</dc:creator>\n<content:encoded>Found", "<content:encoded>Found", "has 0 of"),
    "an empty author": ("Ani Example", " ", "is empty"),
    "a relative page": ("<link>https://courier.example/2026", "<link>/2026", "item's link"),
    "a relative enclosure": ('<enclosure url="https://courier.example', '<enclosure url="', "an enclosure"),
    "an enclosure without a length": (' length="99"', "", "no length"),
    "a relative picture": ('<media:content url="https://courier.example', '<media:content url="', "media:content"),
    "a picture without a size": (' width="3"', "", "no size"),
    "an empty credit": ("<media:credit>Ani", "<media:credit>", "its words"),
    "an unknown element": ("<pubDate>", "<published>x</published><pubDate>", "may not stand"),
    "a form": ("Found.", "Found. &lt;form&gt;&lt;/form&gt;", "form"),
    "a relative link in the text": ("Found.", '&lt;a href="/x/"&gt;Found&lt;/a&gt;', "href in the content"),
}


@pytest.mark.parametrize(("feed", "name"), [(GOOD_ATOM, "atom.xml"), (GOOD_RSS, "rss.xml")])
def test_the_rules_take_a_good_feed(feed, name):
    assert faults(feed.encode(), BASE + name) == []


@pytest.mark.parametrize("name", BAD_ATOM)
def test_the_rules_refuse_a_bad_atom_feed(name):
    old, new, said = BAD_ATOM[name]
    assert old in GOOD_ATOM
    found = faults(GOOD_ATOM.replace(old, new).encode(), BASE + "atom.xml")
    assert any(said in fault for fault in found), found


@pytest.mark.parametrize("name", BAD_RSS)
def test_the_rules_refuse_a_bad_rss_feed(name):
    old, new, said = BAD_RSS[name]
    assert old in GOOD_RSS
    found = faults(GOOD_RSS.replace(old, new).encode(), BASE + "rss.xml")
    assert any(said in fault for fault in found), found


def test_the_rules_refuse_what_is_no_feed():
    assert faults(b"<html/>", BASE) == ["<html> is no feed"]


# What the templates make of a view.

ENTRY = FeedEntry(
    id=FAIR,
    guid=FAIR,
    title="A fair",
    url=HERE,
    published="2026-10-03T09:30:00+04:00",
    updated="2026-10-04T10:00:00+04:00",
    pub_date="Sat, 03 Oct 2026 09:30:00 +0400",
    summary="It was held.",
    description="It was held.",
    html="<p>It was held.</p>",
    lang="en",
    authors=(Author("Ani Example", url="https://courier.example/authors/ani-example/"),),
    section="Community",
    topics=("harvest",),
    picture=FeedPicture("https://courier.example/a.png", "image/png", 3, 2, 99, "The stall.", "Ani"),
)
FEED = FeedView(
    id="tag:courier.example,2026:en/feeds/",
    title="The Courier",
    subtitle="News",
    url=BASE,
    site_url="https://courier.example/",
    updated="2026-10-04T10:00:00+04:00",
    build_date="Sun, 04 Oct 2026 10:00:00 +0400",
    lang="en",
    author="The Courier",
    entries=(ENTRY,),
    rights="© The Courier",
)
BARE = replace(ENTRY, summary="", description="", section="", topics=(), picture=None)
VIEWS = {
    "full": FEED,
    "without extras": replace(FEED, subtitle="", rights="", entries=(BARE,)),
    "without stories": replace(FEED, entries=(), build_date=""),
    "with a picture that nobody weighed": replace(
        FEED, entries=(replace(ENTRY, picture=FeedPicture("https://courier.example/a.png", "image/png", 3, 2)),)
    ),
}


def rendered(view: FeedView, form: str) -> bytes:
    env = make_environment([ROOT / "theme/templates"])
    made = replace(view, url=f"{BASE}{form}.xml")
    return env.get_template(f"machine/{form}.xml").render(feed=made).encode()


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize("name", VIEWS)
def test_every_view_makes_a_feed_that_keeps_the_rules(name, form):
    assert faults(rendered(VIEWS[name], form), f"{BASE}{form}.xml") == []


def test_an_enclosure_of_rss_needs_a_length_and_one_of_atom_does_not():
    view = VIEWS["with a picture that nobody weighed"]
    rss = etree.fromstring(rendered(view, "rss"))
    assert rss.find(".//enclosure") is None
    assert dict(rss.find(f".//{MEDIA}content").attrib) == {
        "url": "https://courier.example/a.png",
        "type": "image/png",
        "medium": "image",
        "width": "3",
        "height": "2",
    }
    assert b"length" not in rendered(view, "atom")


def test_a_paper_without_a_tagline_describes_itself_by_its_name():
    rss = etree.fromstring(rendered(VIEWS["without extras"], "rss"))
    assert rss.findtext("channel/description") == "The Courier"


# Feeds as they are built.


def feeds_of(output: Path) -> dict[str, bytes]:
    """Every feed of a site, by its path."""
    found = {path.relative_to(output).as_posix(): path.read_bytes() for path in sorted(output.rglob("feeds/**/*.xml"))}
    assert len(found) > 1
    return found


def faults_of(output: Path, address: str) -> list[str]:
    """The faults of all feeds, those of a pair included: Atom and RSS tell the same."""
    feeds = feeds_of(output)
    found = [f"{path}: {fault}" for path, data in feeds.items() for fault in faults(data, f"{address}/{path}")]
    for path in feeds:
        if path.endswith("atom.xml"):
            atom, rss = etree.fromstring(feeds[path]), etree.fromstring(feeds[path.replace("atom.xml", "rss.xml")])
            assert [each.findtext(ATOM + "content") for each in atom.iter(ATOM + "entry")] == [
                each.findtext(CONTENT + "encoded") for each in rss.iter("item")
            ]
            assert atom.xpath("//*[local-name()='entry']/*[local-name()='title']/text()") == rss.xpath(
                "//item/title/text()"
            )
    return found


def entry_of(site: Any, slug: str, path: str = "feeds/atom.xml") -> Any:
    """A story's entry or item."""
    root = etree.fromstring(site.text(path).encode())
    (found,) = [
        each
        for each in root.iter(ATOM + "entry", "item")
        if f"/{slug}/" in ((each.findtext("link") or "") + str(each.xpath("*[@rel='alternate']/@href")))
    ]
    return found


def content_of(site: Any, slug: str, path: str = "feeds/atom.xml") -> Any:
    html = entry_of(site, slug, path).findtext(ATOM + "content")
    return lxml_html.fragment_fromstring(html, create_parent="div")


def test_every_feed_of_the_sample_paper_keeps_the_rules(tmp_path):
    site = run_press(ROOT / "content", tmp_path / "output", tmp_path / ".press")
    assert not site.stopped, site.problems
    assert faults_of(site.output, "https://courier.example") == []
    assert len(feeds_of(site.output)) == 2 * 2 * (1 + 5)


BOTH = """\
name = {en = "The Courier & Co", hy = "Առաքիչ"}
tagline = {en = "News <of> the valley", hy = "Լուրեր"}
copyright = "© The Courier"
languages = ["en", "hy"]
timezone = "Asia/Yerevan"
url = "https://courier.example"
"""
SECTIONS = '[community]\nen = "Community"\nhy = "Համայնք"\n\n[culture]\nen = "Culture"\n\n[quiet]\nen = "Quiet"\n'
BODIES = (
    "GYUMRI, Armenia (Example Wire) — The fair was held.[^1]\n\n[^1]: As every year.",
    (
        "See [the first](/community/story-00.md), [about](/about/#us), [below](#below) and <ani@courier.example>."
        '\n\n## Below\n\nMore & "more" < most.'
    ),
    '![A stall](/images/a.png "The stall & its keeper."){credit="Ani Example"}\n\nWords.',
    "| a | b |\n|---|---:|\n| 1 | 2 |\n\n> A quotation.\n\n> Words that repeat.\n{.pullquote}",
    '[embed: https://www.youtube.com/watch?v=x&t=1 "A film"]\n\nWords.',
    '<form action="https://x.example/join"><input name="email"><button>Join secretform</button></form>\n\nWords.',
    '<iframe src="https://maps.example/?a=1&amp;b=2"></iframe>\n\n<script>secretscript()</script>\n\nWords.',
    (
        '<p onclick="x()" style="color:red">Raw <a href="#top">up</a> <a href="?a=1&amp;b">on</a> &#12;words.</p>'
        '\n\n<p><img src="data:x"></p>'
    ),
    "::: factbox The fair\nForty villages.\n:::\n\nWords.\n\n[newsletter]\n\nLast words.",
    "Տոնավաճառը բացվեց։ 𝔸 — “quoted” … and <b>bold</b>.",
)
LEAD = "{file: /images/a.png, alt: A stall, caption: The <stall>, credit: Ani}"
AUTHORS = ("Ani Example", "Ani Example; Jane Sample; Արամ Օրինակ", None, "Jane Sample")


def corrected(text: str, day: str) -> str:
    """A story's file with a correction of that day."""
    note = f"corrections:\n  - {{date: {day}, kind: correction, text: It was <40>.}}\n"
    return text.replace("---\n\n", f"{note}---\n\n", 1)


def big_paper() -> dict[str, str | bytes | None]:
    """About forty stories, of every shape that a feed must stand."""
    files: dict[str, str | bytes | None] = {
        "data/paper.toml": BOTH,
        "data/sections.toml": SECTIONS,
        "data/newsletters.toml": NEWSLETTERS + '\n[feed]\nlink = "weekly"\n',
        "images/a.png": picture(),
        "pages/about.md": "---\ntitle: About us\n---\n\n## Us {#us}\n\nWe are a paper.\n",
        "community/held.md": story("Held secretheld", "Held.", status="draft"),
        "community/hidden.md": story("Hidden secrethidden", "Hidden.", status="hidden"),
        "community/gone.md": story("Gone secretgone", "Gone.", status="withdrawn"),
        "community/waits.md": story("Waits secretwaits", "Waits.", embargo="2027-01-01"),
    }
    begin = datetime.fromisoformat("2026-10-01T08:00:00")
    for number in range(40):
        lang = "hy" if number % 4 == 3 else "en"
        front: dict[str, object] = {
            "date": f"{begin + timedelta(hours=7 * (number // 2)):%Y-%m-%d %H:%M}",  # two of each instant
            "category": ("community", "culture")[number % 2],
            "lang": lang,
            "authors": AUTHORS[number % 4],
            "tags": "harvest, R&D" if number % 3 else None,
            "summary": '"A < B & C"' if number % 5 == 1 else None,
            "agency": "example-wire" if number % 4 == 2 else None,
            "id": {7: "4711 at http://old.example", 8: "https://old.example/?p=8&a"}.get(number),
            "photo": LEAD if number % 3 == 0 else None,
            "modified": "2026-11-01 10:00" if number % 6 == 5 else None,
        }
        text = story(f"'Story {number} & <b>its</b> \"title\"'", BODIES[number % len(BODIES)], **front)
        folder = f"community/{'hy/' if lang == 'hy' else ''}"
        files[f"{folder}story-{number:02}.md"] = corrected(text, "2026-11-02") if number % 7 == 1 else text
    return files


def test_every_feed_of_a_big_paper_keeps_the_rules(build):
    site = build(
        big_paper(), ALLOW_RAW_HTML=True, FEED_MAX_ITEMS=50, SITEURL="https://papers.example/sub", conf="publishconf.py"
    )
    assert not site.stopped, site.problems
    assert faults_of(site.output, "https://papers.example/sub") == []
    feeds = feeds_of(site.output)
    assert len(feeds) == 2 * 2 * (1 + 3)
    assert len(list(etree.fromstring(feeds["feeds/atom.xml"]).iter(ATOM + "entry"))) == 30
    for path, data in feeds.items():
        text = data.decode()
        assert "secret" not in text, path
        assert "in your inbox" not in text, path
        for tag in ("form", "script", "iframe", "input", "button"):
            assert f"&lt;{tag}" not in text, path
            assert f"<{tag}" not in text, path


def test_a_preview_without_an_address_has_feeds_that_can_be_read(build):
    site = build({"data/paper.toml": 'name = "The Courier"\n', "community/fair.md": story(body="A[^1].\n\n[^1]: B.")})
    assert site.codes() >= {"paper/no-address"}
    assert "/2026/10/03/fair/#fn:1" in content_of(site, "fair").xpath("//@href")
    for data in feeds_of(site.output).values():
        etree.fromstring(data)


def test_a_fragment_leads_to_the_storys_page(build):
    site = build({"community/fair.md": story(body="Held.[^1] See [below](#below).\n\n## Below {#below}\n\n[^1]: B.")})
    links = content_of(site, "fair").xpath("//a/@href")
    assert f"{HERE}#fn:1" in links
    assert f"{HERE}#fnref:1" in links
    assert f"{HERE}#below" in links


def test_a_feed_names_every_author(build):
    files = {
        "community/two.md": story(authors="Ani Example; Jane Sample"),
        "community/wire.md": story("W", agency="example-wire"),
        "community/none.md": story("N"),
        "data/agencies.toml": '[example-wire]\nname = "Example Wire"\nurl = "https://wire.example"\n',
    }
    site = build(files)
    expected = {"two": ["Ani Example", "Jane Sample"], "wire": ["Example Wire"], "none": ["The Example Courier"]}
    for slug, names in expected.items():
        atom = entry_of(site, slug)
        assert [each.text for each in atom.iter(ATOM + "name")] == names
        assert [each.text for each in entry_of(site, slug, "feeds/rss.xml").iter(DC + "creator")] == names
    uris = [each.text for each in entry_of(site, "two").iter(ATOM + "uri")]
    assert uris == [f"https://courier.example/authors/{name}/" for name in ("ani-example", "jane-sample")]


def test_a_lead_picture_comes_with_its_words(build):
    photo = "{file: images/a.png, alt: A stall, caption: The stall., credit: Ani Example}"
    data = picture(61, 41)
    site = build(
        {"community/fair.md": story(photo=photo), "community/images/a.png": data, "community/b.md": story("B")}
    )
    url = "https://courier.example/community/images/a.png"
    figure = content_of(site, "fair").xpath("./figure")[0]
    assert figure.xpath("./img/@src") == [url]
    assert figure.xpath("string(./figcaption)") == "The stall. Ani Example"
    (link,) = entry_of(site, "fair").xpath("*[@rel='enclosure']")
    assert dict(link.attrib) == {"rel": "enclosure", "type": "image/png", "length": str(len(data)), "href": url}
    item = entry_of(site, "fair", "feeds/rss.xml")
    assert dict(item.find("enclosure").attrib) == {"url": url, "type": "image/png", "length": str(len(data))}
    media = item.find(MEDIA + "content")
    assert (media.get("url"), media.get("width"), media.get("height")) == (url, "61", "41")
    assert media.findtext(MEDIA + "credit") == "Ani Example"
    assert media.findtext(MEDIA + "description") == "The stall."
    assert entry_of(site, "b", "feeds/rss.xml").find("enclosure") is None
    assert not entry_of(site, "b").xpath("*[@rel='enclosure']")


def test_an_embed_is_its_still_and_a_link(build):
    body = '[embed: https://www.youtube.com/watch?v=x "The fair"]{still="images/a.png"}\n\nWords.'
    site = build({"community/fair.md": story(body=body), "community/images/a.png": picture()})
    assert not site.stopped, site.problems
    content = content_of(site, "fair")
    assert content.xpath("//img/@src") == ["https://courier.example/community/images/a.png"]
    (link,) = content.xpath("//a")
    assert link.get("href") == "https://www.youtube.com/watch?v=x"
    assert link.text_content() == "The fair – Watch on YouTube"


def test_what_only_repeats_or_invites_is_left_out(build):
    body = "The mill turned again. " + "Words and words. " * 60
    text = f"{body}\n\n> The mill turned again.\n{{.pullquote}}\n\n{body}\n\n[newsletter]\n\n{body}"
    site = build({"community/fair.md": story(body=text), "data/newsletters.toml": NEWSLETTERS})
    assert not site.stopped, site.problems
    assert site.tree("2026/10/03/fair/index.html").xpath("//form")
    for path in ("feeds/atom.xml", "feeds/rss.xml"):
        feed = site.text(path)
        assert feed.count("The mill turned again.") == 4  # the summary, and three paragraphs
        assert "inbox" not in feed


def test_a_correction_is_told_and_moves_the_entry(build):
    before = entry_of(build({"community/fair.md": story()}), "fair")
    site = build({"community/fair.md": corrected(story(), "2026-10-05")})
    after = entry_of(site, "fair")
    assert before.findtext(ATOM + "updated") == "2026-10-03T09:30:00+04:00"
    assert after.findtext(ATOM + "updated") == "2026-10-05T00:00:01+04:00"
    assert after.findtext(ATOM + "published") == before.findtext(ATOM + "published")
    assert after.findtext(ATOM + "id") == before.findtext(ATOM + "id")
    assert etree.fromstring(site.text("feeds/atom.xml").encode()).findtext(ATOM + "updated") == (
        after.findtext(ATOM + "updated")
    )
    assert "Correction, October 5, 2026: It was <40>." in content_of(site, "fair").text_content()
    item = entry_of(site, "fair", "feeds/rss.xml")
    assert item.findtext("pubDate") == "Sat, 03 Oct 2026 09:30:00 +0400"
    assert item.findtext(ATOM + "updated") == after.findtext(ATOM + "updated")


EDITS: dict[str, dict[str, Any]] = {
    "title": {"title": "Another headline"},
    "section": {"category": "culture"},
    "date": {"date": "2026-10-07 12:00"},
    "author": {"authors": "Jane Sample"},
    "summary": {"summary": "In other words."},
    "all": {"title": "Another", "category": "culture", "date": "2025-01-01", "modified": "2026-10-09", "tags": "x"},
}


@pytest.mark.parametrize("own", ["", "https://old.example/?p=12", "12 at http://old.example"])
def test_no_edit_changes_an_id(build, own):
    def ids() -> set[str]:
        found = [
            (path, element.text)
            for path, data in feeds_of(build().output).items()
            for element in etree.fromstring(data).xpath("//*[local-name()='entry']/*[local-name()='id'] | //guid")
        ]
        assert len(found) == 4
        assert len({text for _, text in found}) == (2 if " " in own else 1)
        return {text for _, text in found}

    kept: dict[str, Any] = {"id": own or None}
    build({"community/fair.md": story(**kept)})
    before = ids()
    assert own in before or "tag:courier.example,2026:en/fair" in before
    for edit in EDITS.values():
        build({"community/fair.md": story(**{**edit, **kept})})
        assert ids() == before


def test_two_stories_with_one_id_stop_the_build(build):
    site = build({"community/a.md": story(id="x:1"), "community/b.md": story("B", id="x:1")})
    assert site.stopped
    assert [(each.path, each.line, each.code) for each in site.problems if each.code.startswith("feed/")] == [
        ("community/b.md", 5, "feed/same-id")
    ]


def test_the_id_of_a_story_that_waits_counts(build):
    waiting = story("B", id="x:1", embargo="2026-12-01")
    site = build({"community/b.md": story(id="x:1"), "community/a.md": waiting, "community/c.md": story(id="x:2")})
    assert [(each.path, each.code) for each in site.problems] == [("community/a.md", "feed/same-id")]
    draft = build({"community/a.md": story("B", id="x:1", status="draft")})
    assert not draft.problems


def test_a_section_has_its_own_stories_and_its_own_name(build):
    site = build(
        {
            "data/paper.toml": BOTH,
            "data/sections.toml": SECTIONS,
            "community/a.md": story("Ours"),
            "culture/b.md": story("Theirs", category="culture"),
            "culture/hy/c.md": story("Մերը", "Բացվեց։", category="culture", lang="hy"),
        }
    )
    assert not site.stopped, site.problems
    expected = {
        "feeds/atom.xml": ("The Courier & Co", "", {"Ours", "Theirs"}),
        "feeds/community/atom.xml": ("The Courier & Co – Community", "community/", {"Ours"}),
        "feeds/culture/atom.xml": ("The Courier & Co – Culture", "culture/", {"Theirs"}),
        "hy/feeds/atom.xml": ("Առաքիչ", "hy/", {"Մերը"}),
        "hy/feeds/culture/atom.xml": ("Առաքիչ – Culture", "hy/culture/", {"Մերը"}),
        # Nothing stands in these yet, so what they follow is the front.
        "hy/feeds/community/atom.xml": ("Առաքիչ – Համայնք", "hy/", set()),
        "feeds/quiet/atom.xml": ("The Courier & Co – Quiet", "", set()),
    }
    ids = set()
    for path, (title, page, stories) in expected.items():
        root = etree.fromstring(site.text(path).encode())
        assert root.findtext(ATOM + "title") == title
        assert root.xpath("./*[@rel='alternate']/@href") == [f"https://courier.example/{page}"]
        assert {each.findtext(ATOM + "title") for each in root.iter(ATOM + "entry")} == stories
        ids.add(root.findtext(ATOM + "id"))
    assert len(ids) == len(expected)
    assert faults_of(site.output, "https://courier.example") == []


def test_a_section_keeps_its_feeds_when_its_last_story_goes(build):
    sections = {"data/sections.toml": '[community]\nen = "Community"\n\n[sport]\nen = "Sport"\n'}
    site = build({**sections, "community/a.md": story(), "sport/b.md": story("B", category="sport")})
    assert site.text("feeds/sport/rss.xml").count("<item>") == 1
    again = build({"sport/b.md": story("B", category="sport", status="withdrawn")})
    assert again.text("feeds/sport/rss.xml").count("<item>") == 0
    assert faults_of(again.output, "https://courier.example") == []


def test_without_a_table_of_sections_those_with_stories_have_feeds(build):
    site = build({"community/a.md": story(), "community/b.md": story("B", category="Բերքի տոն")})
    section = "բերքի-տոն"
    assert sorted(path for path in feeds_of(site.output) if path.endswith("rss.xml")) == [
        "feeds/community/rss.xml",
        "feeds/rss.xml",
        f"feeds/{section}/rss.xml",
    ]
    assert faults_of(site.output, "https://courier.example") == []
    assert quote(section) in site.text(f"feeds/{section}/rss.xml")


def test_a_feed_holds_the_newest_and_as_many_as_are_asked_for(build):
    files = {f"community/s{n}.md": story(f"S{n}", date=f"2026-10-0{n}") for n in range(1, 8)}
    site = build(files, FEED_MAX_ITEMS=3)
    assert etree.fromstring(site.text("feeds/rss.xml").encode()).xpath("//item/title/text()") == ["S7", "S6", "S5"]


def test_no_text_breaks_a_feed(build):
    title = '"A \\"fair\\" ]]> & <b>bold</b> &#12; 𝔸"'
    body = "Words &#12; ]]> &lt;script> <b title='&#12;'>bold</b> ![x](a.png)"
    site = build(
        {"community/fair.md": story(title, body, tags="']]>'"), "community/a.png": picture()}, ALLOW_RAW_HTML=True
    )
    assert not site.stopped, site.problems
    assert faults_of(site.output, "https://courier.example") == []
    page_title = site.tree("2026/10/03/fair/index.html").xpath("string(//h1)").strip()
    assert entry_of(site, "fair").findtext(ATOM + "title") == page_title


def test_rss_has_its_description_as_html_and_atom_as_text(build):
    site = build({"community/fair.md": story(summary="'a < b & c'")})
    assert entry_of(site, "fair").findtext(ATOM + "summary") == "a < b & c"
    assert entry_of(site, "fair", "feeds/rss.xml").findtext("description") == "a &lt; b &amp; c"


# Feeds as pages name them.


def named(site: Any, page: str) -> list[tuple[str, str]]:
    links = site.tree(page).xpath("//head/link[@rel='alternate'][@type]")
    assert {link.get("type") for link in links} <= {"application/atom+xml", "application/rss+xml"}
    return [(link.get("href"), link.get("title")) for link in links]


def test_pages_name_the_feeds_that_are_theirs(build):
    site = build(
        {
            "data/paper.toml": BOTH,
            "community/a.md": story(),
            "community/hy/c.md": story("Մերը", "Բացվեց։", lang="hy"),
            **{f"community/s{n}.md": story(f"S{n}") for n in range(5)},
        },
        PAGE_SIZE=2,
    )
    front = [
        ("/feeds/atom.xml", "The Courier & Co"),
        ("/feeds/rss.xml", "The Courier & Co"),
    ]
    section = [
        ("/feeds/community/atom.xml", "The Courier & Co – Community"),
        ("/feeds/community/rss.xml", "The Courier & Co – Community"),
    ]
    assert named(site, "index.html") == front
    assert named(site, "community/index.html") == section + front
    assert named(site, "community/page/1/index.html") == section + front
    assert named(site, "2026/10/03/a/index.html") == front
    assert named(site, "404.html") == front
    assert [href for href, _ in named(site, "hy/index.html")] == ["/hy/feeds/atom.xml", "/hy/feeds/rss.xml"]
    assert [href for href, _ in named(site, "hy/community/index.html")][:1] == ["/hy/feeds/community/atom.xml"]
    for page in site.output.rglob("*.html"):
        for href, _ in named(site, page.relative_to(site.output).as_posix()):
            assert (site.output / href.lstrip("/")).is_file(), href


def test_pages_under_a_path_name_the_feeds_there(build):
    site = build({"community/a.md": story()}, SITEURL="https://papers.example/sub", conf="publishconf.py")
    assert [href for href, _ in named(site, "index.html")] == ["/sub/feeds/atom.xml", "/sub/feeds/rss.xml"]


def test_a_menu_may_name_a_feed(build):
    menu = (
        'menu = [{name = "RSS", url = "/feeds/community/rss.xml"}, {name = "Later", url = "/feeds/quiet/atom.xml"}]\n'
    )
    sections = '[community]\nname = "Community"\n\n[quiet]\nname = "Quiet & calm"\n'
    files = {"data/paper.toml": PAPER + menu, "data/sections.toml": sections, "community/a.md": story()}
    site = build(files)
    assert not site.problems
    assert site.tree("index.html").xpath("//nav//a[text()='RSS']/@href") == ["/feeds/community/rss.xml"]
    gone = build({"data/paper.toml": PAPER + menu.replace("quiet", "nowhere")})
    assert gone.codes() == {"paper/link-broken"}


def test_without_the_plugin_no_page_names_a_feed(build):
    plugins = ["stories", "markup", "datelines", "bylines", "photos", "fronts", "archives", "topics", "sitemaps"]
    site = build({"community/a.md": story()}, PLUGINS=[f"plugins.{name}" for name in plugins])
    assert not site.stopped, site.problems
    assert not list(site.output.rglob("feeds"))
    for page in site.output.rglob("*.html"):
        assert "feeds/" not in page.read_text("utf-8"), page


def test_a_clock_alone_changes_no_feed(build):
    files = {"community/fair.md": story(), "data/sections.toml": '[community]\nname = "C"\n\n[quiet]\nname = "Q"\n'}
    before = feeds_of(build(files).output)
    assert feeds_of(build(NOW="2026-12-24T12:00+04:00").output) == before
    assert NOW not in "".join(data.decode() for data in before.values())
