"""Every link, fragment and picture of the whole output leads somewhere; and the checker that says so can find fault."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.conftest import ROOT, run_press, write_files
from tests.links import Built, Dead, dead_links, in_css, in_srcset, in_xml, why_dead

HOME = "https://courier.example"
SETS = [
    ("a.png", ["a.png"]),
    ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
    (" a.png 480w 20h , /b.png 2x,c.png ", ["a.png", "/b.png", "c.png"]),
    ("a,b.png 2x", ["a,b.png"]),
    ("", []),
]
STYLES = [
    ("p { background: url(a.png) }", ["a.png"]),
    ("p { background: url( 'a b.png' ), url(\"c.png\") }", ["a b.png", "c.png"]),
    ('@import "x.css"; @import url(y.css) print;', ["x.css", "y.css"]),
    ("/* url(gone.png) */ p { color: red }", []),
]
FEEDS = [
    ('<feed><link href="/a/"/><logo>/l.png</logo></feed>', ["/a/", "/l.png"]),
    ('<feed><content type="html">&lt;a href="/b/"&gt;x&lt;/a&gt;</content></feed>', ["/b/"]),
    ("<rss><link>/a/</link><guid>/b/</guid></rss>", ["/a/", "/b/"]),
    ('<rss><guid isPermaLink="false">tag:x</guid><enclosure url="/p.jpg"/></rss>', ["/p.jpg"]),
    ("<rss><description>Plain words.</description></rss>", []),
    ("<urlset><url><loc>/a/</loc></url></urlset>", ["/a/"]),
    ('<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="a.png"/></svg>', ["a.png"]),
]


@pytest.mark.parametrize(("typed", "expected"), SETS)
def test_the_pictures_of_a_set(typed, expected):
    assert list(in_srcset(typed)) == expected


@pytest.mark.parametrize(("text", "expected"), STYLES)
def test_the_addresses_of_a_style_sheet(text, expected):
    assert list(in_css(text)) == expected


@pytest.mark.parametrize(("text", "expected"), FEEDS)
def test_the_addresses_of_a_feed_a_sitemap_or_a_drawing(text, expected):
    assert list(in_xml(etree.fromstring(text))) == expected


FILES = {
    "index.html": '<h1 id="top">Front</h1>',
    "about/index.html": '<p id="us">We.</p><a name="old">Old.</a>',
    "2026/10/03/fair/index.html": "<p>The fair.</p>",
    "2026/10/03/fair/a b.png": "x",
    "topics/գյումրի/index.html": "<p>Gyumri.</p>",
    "404.html": "<p>Gone.</p>",
}
GOOD = [
    "/",
    "/about/",
    "/about/#us",
    "/about/#old",
    "/about/?q=1#us",
    "#",
    "a%20b.png",
    "a b.png",
    "../../../../about/",
    "/404.html",
    "/topics/%D5%A3%D5%B5%D5%B8%D6%82%D5%B4%D6%80%D5%AB/",
    "/topics/գյումրի/",
    f"{HOME}/about/#us",
    "//courier.example/about/",
    " /about/ ",
]
BEYOND = ["https://wire.example/gone/", "//wire.example/", "mailto:desk@courier.example", "tel:+1", "data:image/png,x"]
BAD = [
    ("/gone/", "there is no such file"),
    ("gone.png", "there is no such file"),
    ("/about", "it lacks the slash at its end"),
    ("/about/index", "there is no such file"),
    ("/About/", "there is no such file"),
    ("/about/#them", "the page has no such part"),
    ("#gone", "the page has no such part"),
    (f"{HOME}/gone/", "there is no such file"),
    ("http://courier.example/about/", "the site stands at https:"),
    ("", "it is empty"),
    ("https://[x", "it is no address"),
]


@pytest.fixture
def site(tmp_path):
    write_files(tmp_path, FILES)
    return Built(tmp_path, HOME)


BASE = f"{HOME}/2026/10/03/fair/"


@pytest.mark.parametrize("typed", GOOD)
def test_a_good_address_leads_somewhere(site, typed):
    assert why_dead(site, BASE, typed) == ""


@pytest.mark.parametrize("typed", BEYOND)
def test_an_address_beyond_the_site_is_not_looked_at(site, typed):
    assert why_dead(site, BASE, typed) is None


@pytest.mark.parametrize(("typed", "why"), BAD)
def test_a_dead_address_is_told_with_its_reason(site, typed, why):
    assert why_dead(site, BASE, typed) == why


def test_below_a_path_an_address_from_the_hosts_root_is_dead(tmp_path):
    write_files(tmp_path, FILES)
    site = Built(tmp_path, f"{HOME}/sub")
    assert why_dead(site, f"{HOME}/sub/", "/sub/about/") == ""
    assert why_dead(site, f"{HOME}/sub/", "about/") == ""
    assert why_dead(site, f"{HOME}/sub/", "/about/") == "the site begins at /sub/"


EVERYWHERE = {
    '<a href="/gone/">x</a>': "/gone/",
    '<img src="/gone.png">': "/gone.png",
    '<img srcset="/about/ 1x, /gone.png 2x">': "/gone.png",
    '<source srcset="/gone.webp">': "/gone.webp",
    '<video poster="/gone.png"></video>': "/gone.png",
    '<link rel="canonical" href="https://courier.example/gone/">': "https://courier.example/gone/",
    '<link rel="alternate" hreflang="hy" href="/hy/">': "/hy/",
    '<link rel="preload" as="image" imagesrcset="/gone.png 1x">': "/gone.png",
    '<meta property="og:image" content="https://courier.example/gone.png">': "https://courier.example/gone.png",
    '<meta property="og:url" content="/gone/">': "/gone/",
    '<meta http-equiv="refresh" content="0; url=/gone/">': "/gone/",
    "<style>p { background: url(/gone.png) }</style>": "/gone.png",
    '<p style="background: url(/gone.png)">x</p>': "/gone.png",
    '<form action="/gone/"></form>': "/gone/",
    '<blockquote cite="/gone/">x</blockquote>': "/gone/",
    '<script type="application/ld+json">{"a": [{"url": "https://courier.example/gone/"}]}</script>': f"{HOME}/gone/",
}


@pytest.mark.parametrize(("html", "address"), EVERYWHERE.items())
def test_wherever_it_stands_on_a_page_it_is_found(tmp_path, html, address):
    write_files(tmp_path, {**FILES, "page/index.html": f"<!doctype html><html><body>{html}</body></html>"})
    assert [(each.file, each.address) for each in dead_links(tmp_path, HOME)[1]] == [("page/index.html", address)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("theme/style.css", "p { background: url(gone.png) }"),
        ("theme/mark.svg", '<svg xmlns="http://www.w3.org/2000/svg"><image href="gone.png"/></svg>'),
        ("feeds/atom.xml", '<feed><content type="html">&lt;img src="gone.png"&gt;</content></feed>'),
        ("sitemap.xml", "<urlset><url><loc>gone.png</loc></url></urlset>"),
        ("robots.txt", "User-agent: *\nSitemap: gone.png\n"),
    ],
)
def test_wherever_else_it_stands_it_is_found(tmp_path, name, text):
    write_files(tmp_path, {**FILES, name: text})
    assert dead_links(tmp_path, HOME)[1] == [Dead(name, "gone.png", "there is no such file")]


@pytest.mark.parametrize(
    ("siteurl", "address"),
    [
        ("", "https://courier.example"),
        ("https://courier.example", "https://courier.example"),
        ("https://courier.example/some/path", "https://courier.example/some/path"),
    ],
)
def test_every_address_in_the_sample_paper_leads_somewhere(tmp_path, siteurl, address):
    settings = {"SITEURL": siteurl} if siteurl else {}
    output = tmp_path / "output"
    site = run_press(ROOT / "content", output, tmp_path / ".press", NOW="2026-11-23T12:00+04:00", **settings)
    assert not site.stopped, site.problems
    count, dead = dead_links(output, address)
    assert [str(each) for each in dead] == []
    assert count > 2_000
