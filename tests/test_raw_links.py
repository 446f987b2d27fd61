"""Links that authors type as HTML: where they lead, and what is told of those that lead nowhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.newsroom.body import Html, Link
from plugins.newsroom.hooks import ReaderSettings
from plugins.stories.body import pieces
from plugins.stories.rawlinks import kind_of_file, kind_of_link, marked
from plugins.stories.read import Reader
from tests.conftest import picture, story

KINDS = [
    ("/about/", "site"),
    ("/", "site"),
    ("/?q=1", "site"),
    ("/images/plan.pdf", "site"),
    ("fair.md", "filename"),
    ("../2026/fair.md#prices", "filename"),
    ("/news/fair.md?x", "filename"),
    ("fair.MD", "filename"),
    ("plan.pdf", "static"),
    ("./plan.pdf", "static"),
    ("../plan.pdf", "static"),
    ("other-story/", "static"),
    ("", ""),
    ("#prices", ""),
    ("?page=2", ""),
    ("//wire.example/x", ""),
    ("https://wire.example/x.md", ""),
    ("HTTPS://wire.example/", ""),
    ("mailto:desk@courier.example", ""),
    ("tel:+37410000000", ""),
    ("data:image/png;base64,AAAA", ""),
]


@pytest.mark.parametrize(("address", "kind"), KINDS)
def test_how_an_address_to_go_to_is_resolved(address, kind):
    assert kind_of_link(address) == kind


@pytest.mark.parametrize(("address", "kind"), KINDS)
def test_a_picture_is_always_a_file(address, kind):
    assert kind_of_file(address) == ("static" if kind else "")


def links(html: str) -> list[str]:
    return [str(piece) for piece in pieces(marked(html)) if isinstance(piece, Link)]


FOUND = [
    ('<a href="/about/">', ["{site}/about/"]),
    ("<a href='/about/'>", ["{site}/about/"]),
    ("<a href=/about/>", ["{site}/about/"]),
    ("<A HREF=/about/>", ["{site}/about/"]),
    ('<a title="5 > 4" href="/about/">', ["{site}/about/"]),
    ('<a\n  class="x"\n  href = "/about/"\n>', ["{site}/about/"]),
    ('<a href=" /ab\nout/ ">', ["{site}/about/"]),
    ('<a href="/?a=1&amp;b=2">', ["{site}/?a=1&b=2"]),
    ('<a href="&#47;about/">', ["{site}/about/"]),
    ('<a href="fair.md">a</a> <a href="/x/">b</a>', ["{filename}fair.md", "{site}/x/"]),
    ('<blockquote cite="/letters/1/">', ["{site}/letters/1/"]),
    ('<img src="a.png">', ["{static}a.png"]),
    ('<img src="/a.png" alt="">', ["{static}/a.png"]),
    ('<img src="a b.png"/>', ["{static}a b.png"]),
    ('<video src="a.mp4" poster="a.png" controls>', ["{static}a.mp4", "{static}a.png"]),
    ('<video src="{static}a.mp4" poster="{static}a.png">', ["{static}a.mp4", "{static}a.png"]),
    ('<source src="a.mp3"><track src="a.vtt">', ["{static}a.mp3", "{static}a.vtt"]),
    ('<img srcset="a.png 1x, b.png 2x" src="a.png">', ["{static}a.png", "{static}b.png", "{static}a.png"]),
    ('<img srcset="a,b.png, /c.png 2x,https://x.example/d.png 3x">', ["{static}a,b.png", "{static}/c.png"]),
    ('<a href="{filename}fair.md#x">', ["{filename}fair.md#x"]),
    ('<a href="|filename|fair.md">', ["{filename}fair.md"]),
    ('<a href="{author}ani">', ["{author}ani"]),
    ('<iframe src="/map/">', ["{site}/map/"]),
    ('<object data="plan.pdf">', ["{static}plan.pdf"]),
    ('<form action="/search/">', ["{site}/search/"]),
    ('<a href="/first/" href="/second/">', ["{site}/first/", "{site}/second/"]),
]

NONE = [
    "",
    "no tag",
    "a < b = c",
    "<p class='/x/'>",
    "<a>",
    "<a href>",
    '<a href="">',
    '<a href="#x">',
    '<a href="https://wire.example/">',
    '<a href="mailto:desk@courier.example">',
    '<a data-href="/x/">',
    '<a title="/x/">',
    '<a title="<a href=/x/>">',
    '<!-- <a href="/x/"> -->',
    '<script>document.write("<a href=/x/>")</script>',
    "<style>p { background: url(/x.png) } /* <a href=/x/> */</style>",
    '&lt;a href="/x/">',
    "</a href=/x/>",
    '<a href="/never-closed/"',
    '<img srcset="https://x.example/d.png 3x">',
    '<img src="data:image/png;base64,AAAA">',
    "<![",
    '<a href="\x02wzxhzdk:1\x03">',
    '<a href="/a\x02wzxhzdk:1\x03">',
]


@pytest.mark.parametrize(("html", "expected"), FOUND)
def test_addresses_in_html_are_found(html, expected):
    assert links(html) == expected


@pytest.mark.parametrize("html", NONE)
def test_html_without_an_address_inside_the_site_stays_as_typed(html):
    assert marked(html) == html


def test_a_tag_keeps_all_else_that_was_typed_in_it():
    said = "".join(
        str(piece) for piece in pieces(marked('<a class=\'a "b"\' download href="/x/?a&amp;b" title="A &amp; B">C</a>'))
    )
    assert said == '<a class="a &quot;b&quot;" download href="{site}/x/?a&b" title="A &amp; B">C</a>'


def test_a_srcset_keeps_its_sizes():
    said = "".join(
        "/" + piece.value if isinstance(piece, Link) else str(piece)
        for piece in pieces(marked('<img srcset="a.png 480w 320h, b.png, https://x.example/?a&amp;b 2x">'))
    )
    assert said == '<img srcset="/a.png 480w 320h, /b.png, https://x.example/?a&amp;b 2x">'


@given(st.text("<>a=\"'/! -&;{}|\x02\x03\n", max_size=60))
def test_no_text_is_lost_and_marking_never_raises(html):
    plain = re.sub("\x02link:[^\x03]*\x03", "", marked(html))
    assert plain == html or "\x02link:" in marked(html)


# In a story

READER = Reader(ReaderSettings())


def links_of(body: str) -> list[tuple[int, str]]:
    """(line of the body, link) of every link in blocks of HTML."""
    front = "---\ntitle: A fair\ndate: 2026-10-03\ncategory: news\n---\n"
    _, read = READER.read("news/fair.md", (front + body).encode())
    html = [block for block in read.blocks if isinstance(block, Html)]
    return [(each.line - 5, str(each)) for block in html for each in block.pieces if isinstance(each, Link)]


IN_STORIES = [
    ('A <a href="/a/">b</a>.', [(1, "{site}/a/")]),
    ('A [b](/a/) and\n<a href="/a/">b</a>.', [(1, "{site}/a/"), (2, "{site}/a/")]),
    ('<p>\n<a href="/a/?b&amp;c">b</a>\n</p>', [(2, "{site}/a/?b&c")]),
    (
        '<div markdown="1">\n\nA <a href="a.md">b</a> and [c](d.md).\n\n</div>',
        [(3, "{filename}a.md"), (3, "{filename}d.md")],
    ),
    (
        (
            '<blockquote markdown="1" cite="/x/">\n\n'
            '<video markdown="1" poster="b.png" src="a.mp4"></video>\n\n</blockquote>'
        ),
        [(1, "{site}/x/"), (3, "{static}b.png"), (3, "{static}a.mp4")],
    ),
    ('- a <a href="/a/">b</a>\n- c', [(1, "{site}/a/")]),
    ('| a | b |\n|---|---|\n| <a href="/a/">c</a> | d |', [(3, "{site}/a/")]),
    ('A note.[^1]\n\n[^1]: See <a href="/a/">b</a>.', [(3, "{site}/a/")]),
    ('`<a href="/a/">`', []),
    ('```\n<a href="/a/">\n```', []),
    ('    <a href="/a/">', []),
    ("<desk@courier.example> and <https://wire.example/>", []),
]


@pytest.mark.parametrize(("body", "expected"), IN_STORIES)
def test_links_in_html_have_their_lines(body, expected):
    assert links_of(body) == expected


BODY = """\
See <a href="/about/">us</a>, <a href="b.md#x">them</a>, <a href="plan.pdf">the plan</a>
and <a href="/humans.txt">who</a>.

<p><img src="images/a.png" alt="A wheel"> <video poster="/news/images/a.png"></video></p>
"""
FILES = {
    "news/a.md": story("A", BODY, category="news"),
    "news/b.md": story("B", '<a id="x">B</a>.', category="news"),
    "news/plan.pdf": b"%PDF",
    "news/images/a.png": picture(),
    "pages/about.md": "---\ntitle: About us\n---\n\nA paper.\n",
    "extra/humans.txt": "Ani",
}


@pytest.mark.parametrize(
    ("siteurl", "root"), [("", ""), ("https://courier.example", ""), ("https://courier.example/sub", "/sub")]
)
def test_links_in_html_work_wherever_the_site_stands(build, siteurl, root):
    site = build(FILES, SITEURL=siteurl)
    assert not site.stopped, site.problems
    text = site.tree("2026/10/03/a/index.html").xpath("//*[@class='body']")[0]
    assert text.xpath(".//@href") == [
        f"{root}/about/",
        f"{root}/2026/10/03/b/#x",
        f"{root}/news/plan.pdf",
        f"{root}/humans.txt",
    ]
    assert text.xpath(".//@src | .//@poster") == [f"{root}/news/images/a.png"] * 2
    assert (site.output / "news/images/a.png").is_file()
    assert (site.output / "news/plan.pdf").is_file()


def test_in_a_feed_they_are_absolute(build):
    site = build(FILES, SITEURL="https://courier.example/sub")
    feed = site.text("feeds/atom.xml")
    assert "https://courier.example/sub/about/" in feed
    assert 'href="/' not in feed.replace("&#34;", '"').replace("&quot;", '"')


def test_a_link_in_html_to_what_is_withheld_is_told(build):
    held = {"news/held.md": story("Held", category="news", status="draft")}
    site = build({"news/a.md": story("A", 'See <a href="held.md">it</a>.', category="news"), **held})
    assert site.stopped
    assert {(each.path, each.line, each.code) for each in site.problems if each.severity == "error"} == {
        ("news/a.md", 7, "link/withheld")
    }
