"""Body markup beyond Markdown: boxes, galleries, pull-quotes, embeds, frames for tables, ranks; and HTML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from plugins.markup import read_markup
from plugins.markup.boxes import pair
from plugins.markup.embeds import PROVIDERS, check_address, parse_embed, provider_of
from plugins.markup.headings import ranks
from plugins.markup.rawhtml import check_html, scheme_of
from plugins.markup.source import Source, masked
from plugins.newsroom.body import Action, Body, Embed, Figure, Gallery, Gap, Html, Slot
from plugins.newsroom.hooks import ReaderSettings
from plugins.newsroom.story import Story
from plugins.stories.read import Reader
from tests.conftest import NEWSLETTERS, PAPER, picture, story

READER = Reader(ReaderSettings(), {"markup": read_markup})
RAW_READER = Reader(ReaderSettings(allow_raw_html=True), {"markup": read_markup})
FIRST_LINE = 7
"""The line of the file at which a body begins here."""


def read(body: str, reader: Reader = READER) -> tuple[Story, Body]:
    front = "---\ntitle: A fair\ndate: 2026-10-03\ncategory: news\n---\n\n"
    return reader.read("news/fair.md", (front + body).encode("utf-8", "replace"))


def html_of(body: Body) -> str:
    def said(piece: object) -> str:
        return "" if isinstance(piece, Slot) else str(piece)

    return "\n".join("".join(map(said, block.pieces)) for block in body.blocks if isinstance(block, Html))


def tree(text: str) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(f"<div>{html_of(read(text)[1])}</div>")


def codes(text: str, reader: Reader = READER) -> list[tuple[int, str]]:
    """(line of the body, code), in order."""
    problems, _ = read(text, reader)
    return [(each.line - FIRST_LINE + 1, each.code) for each in sorted(problems.problems)]


def text_of(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\xa0", " ").split())


# Fences

GOOD_FENCES = [
    ([(1, "::: factbox"), (3, ":::")], ["factbox"]),
    ([(1, ":::factbox  The   mill"), (3, "::::")], ["factbox The mill"]),
    ([(1, "::: NOTE"), (2, "  ::: ")], ["NOTE"]),
    ([(1, "::: note"), (2, ":::"), (3, "::: gallery"), (4, ":::")], ["note", "gallery"]),
]
BAD_FENCES = [
    ([(1, ":::")], [(1, "markup/stray-fence")]),
    ([(1, "::: note"), (2, ":::"), (3, ":::")], [(3, "markup/stray-fence")]),
    ([(1, "::: note")], [(1, "markup/unclosed-box")]),
    ([(1, "::: note"), (2, "::: note"), (3, ":::")], [(1, "markup/unclosed-box")]),
    ([(1, "::: note"), (2, "::: factbox"), (3, ":::"), (4, ":::")], [(2, "markup/nested-box")]),
    ([(1, "::: fact"), (3, ":::")], [(1, "markup/unknown-box")]),
    ([(1, "::: {.note}")], [(1, "markup/unknown-box")]),
    ([(1, "::: box"), (2, "::: note"), (3, ":::"), (4, ":::")], [(1, "markup/unknown-box")]),
]


@pytest.mark.parametrize(("typed", "boxes"), GOOD_FENCES)
def test_fences_are_paired(typed, boxes):
    paired = pair(typed)
    assert paired.findings == ()
    assert [fence.rest for fence in paired.fences if fence.is_box] == boxes


@pytest.mark.parametrize(("typed", "expected"), BAD_FENCES)
def test_a_fence_without_its_other_half_is_told(typed, expected):
    assert [(each.line, each.complaint.code.name) for each in pair(typed).findings] == expected


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("facbox", "did you mean ::: factbox?"), ("{.note}", "did you mean ::: note?"), ("xyz", "factbox, gallery, note")],
)
def test_an_unknown_box_has_a_hint(typed, hint):
    assert hint in pair([(1, f"::: {typed}")]).findings[0].complaint.hint


# Ranks

RANKS = [
    ([2, 2, 3, 2], [2, 2, 3, 2]),
    ([3, 3, 4], [2, 2, 3]),
    ([1, 2, 1], [2, 3, 2]),
    ([2, 4, 6, 2], [2, 3, 4, 2]),
    ([4, 2, 3], [2, 2, 3]),
    ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
    ([], []),
]


@pytest.mark.parametrize(("typed", "expected"), RANKS)
def test_crossheads_begin_at_h2_and_skip_no_rank(typed, expected):
    assert ranks(typed) == expected


@given(st.lists(st.integers(1, 6), max_size=12))
def test_no_rank_is_ever_skipped(typed):
    before = 1
    for rank in ranks(typed):
        assert 2 <= rank <= before + 1 or rank == 6
        before = rank


# Embeds

GOOD_EMBEDS = [
    ("[embed: https://youtu.be/a_b_c]", ("https://youtu.be/a_b_c", "YouTube", "", "", "")),
    (
        "[Embed: <http://www.youtube.com/watch?v=1&t=2>]",
        ("https://www.youtube.com/watch?v=1&t=2", "YouTube", "", "", ""),
    ),
    ("[embed: https://www.youtube.com/embed/x]", ("https://www.youtube.com/watch?v=x", "YouTube", "", "", "")),
    (
        "[embed: https://www.youtube-nocookie.com/embed/x/]",
        ("https://www.youtube.com/watch?v=x", "YouTube", "", "", ""),
    ),
    ("[embed: https://player.vimeo.com/video/12]", ("https://vimeo.com/12", "Vimeo", "", "", "")),
    ('[embed: https://vimeo.com/1 "The choir"]', ("https://vimeo.com/1", "Vimeo", "The choir", "", "")),
    ("[embed: https://vimeo.com/1 “The choir”]  ", ("https://vimeo.com/1", "Vimeo", "The choir", "", "")),
    (
        '[embed: https://m.youtube.com/x "A [b]"]{still="images/a b.jpg" credit=Ani}',
        ("https://m.youtube.com/x", "YouTube", "A [b]", "images/a b.jpg", "Ani"),
    ),
    (
        "[embed: https://a.b.bandcamp.com/x] { still='x.png' }",
        ("https://a.b.bandcamp.com/x", "Bandcamp", "", "x.png", ""),
    ),
]
NO_EMBEDS = ["[embed]", "[embed: ]", "[embedded: x]", "[embed: a b]", "x [embed: https://vimeo.com/1]", "[embed: x] y"]
BAD_EMBEDS = [
    ("[embed: youtu.be/x]", "markup/embed"),
    ("[embed: //youtu.be/x]", "markup/embed"),
    ("[embed: javascript:x]", "markup/embed"),
    ("[embed: https://[x]", None),
    ("[embed: https://elsewhere.example/x]", "markup/unknown-provider"),
    ("[embed: https://notyoutube.com/x]", "markup/unknown-provider"),
    ("[embed: https://youtube.com.elsewhere.example/x]", "markup/unknown-provider"),
    ("[embed: https://youtube.com@elsewhere.example/x]", "markup/unknown-provider"),
    ("[embed: https://youtu.be/x]{width=3}", "markup/embed"),
    ("[embed: https://youtu.be/x]{still}", "markup/embed"),
]


@pytest.mark.parametrize(("typed", "expected"), GOOD_EMBEDS)
def test_an_embed_is_read(typed, expected):
    found = parse_embed(typed)
    assert found
    assert found.complaints == ()
    assert found.provider
    assert (found.url, found.provider.name, found.title, found.still, found.credit) == expected


@pytest.mark.parametrize("typed", NO_EMBEDS)
def test_what_is_no_embed_is_none(typed):
    assert parse_embed(typed) is None


@pytest.mark.parametrize(("typed", "code"), BAD_EMBEDS)
def test_a_faulty_embed_is_told(typed, code):
    found = parse_embed(typed)
    assert [each.code.name for each in found.complaints] == [code] if found else code is None


def test_an_unknown_site_is_told_with_the_list_of_those_that_are_known():
    complaint = check_address("https://elsewhere.example/x")[2][0]
    for name in {each.name for each in PROVIDERS.values()}:
        assert name in complaint.hint


@pytest.mark.parametrize("host", sorted(PROVIDERS))
def test_a_host_is_known_below_itself_and_nowhere_else(host):
    assert provider_of(host) == provider_of(f"www.{host}") == PROVIDERS[host]
    assert provider_of(f"{host}.elsewhere.example") is None


# HTML

GOOD_COPY = [
    "a < b and c > d",
    "a <b, I <3 it, 5 > 3 -> <- <--",
    "<https://x.example> and <ani@courier.example>",
    "`<script>` and ``<iframe> ` ``",
    "```\n<script>alert(1)</script>\n<iframe>\n```",
    "~~~html\n<b onclick=x>\n~~~",
    "    <script>alert(1)</script>",
    "&lt;script&gt; &#60;script> AT&T &amp; more",
    "<!-- <script> -->",
    "text <!-- <b onclick=x> --> more",
    "<details open><summary>x</summary>y</details>",
    "H<sub>2</sub>O, x<sup>2</sup>, <mark>x</mark> <small>y</small> x<br>y<br/>z<wbr>",
    "<abbr title='y'>z</abbr> <bdi>q</bdi> <time datetime='2026-10-03'>x</time>",
    "<figure><img src='images/x.png' alt='x' width='3' height='3'><figcaption>x</figcaption></figure>",
    "<aside aria-label='x' role='note' class='lead' id='x' lang='hy' dir='ltr'>x</aside>",
    "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
    "<a href='https://x.example' target='_blank' rel='noopener'>x</a> [x](tel:+374) [x](mailto:a@b.example)",
    "<video src='film.mp4' poster='x.png' controls></video>",
    "[x](#part) [x](?a=javascript:1) [x](/about/) [x](https://x.example/?u=javascript:1)",
    "He said javascript: is a word, data: another, onclick= a third",
    "**b**{.lead} {not attributes}",
    "| A | B |\n|:-:|--:|\n| 1 | 2 |",
    "<p class='x' markdown='1'>*x*</p>",
    "Term\n:   said of <b>it</b>",
    "[x]: https://a.example\n\n[x]",
]
BAD_COPY = [
    ("<script>alert(1)</script>", "<script>"),
    ("x <script>alert(1)</script>", "<script>"),
    ("<SCRIPT>x</SCRIPT>", "<script>"),
    ("> <script>x</script>", "<script>"),
    ("- <script>x</script>", "<script>"),
    ("::: factbox\n\nx <script>x</script>\n:::", "<script>"),
    ("<iframe src='https://a.example'></iframe>", "<iframe>"),
    ("<iframe markdown=1></iframe>", "<iframe>"),
    ("<object data=x></object>", "<object>"),
    ("<embed src=x>", "<embed>"),
    ("<svg><use/></svg>", "<svg>"),
    ("<math><mi>x</mi></math>", "<math>"),
    ("<style>p{}</style>", "<style>"),
    ("<form action=x></form>", "<form>"),
    ("<base href=x>", "<base>"),
    ("<meta http-equiv=refresh>", "<meta>"),
    ("<template><p></template>", "<template>"),
    ("your <name here> please", "<name>"),
    ("x<y and z>w", "<y>"),
    ("<?php x ?>", "<?php"),
    ("<!DOCTYPE html>", "<!DOCTYPE"),
    ("<!--><b>x</b>-->", "<!-->"),
    ("<div onclick='x'>y</div>", "onclick"),
    ("<div\nonclick=x>y</div>", "onclick"),
    ("x <b onmouseover=y>z</b>", "onmouseover"),
    ("<img src=x.png onerror=alert(1)>", "onerror"),
    ("<div markdown=1 onclick=x>\n*x*\n</div>", "onclick"),
    ("<p style='color:red'>x</p>", "style"),
    ('**b**{onclick="x"}', "onclick"),
    ("**b**{see below}", "see"),
    ("[x](https://y.example){onclick=x}", "onclick"),
    ("## H {onclick=x}", "onclick"),
    ("```{.python onclick=x}\ny\n```", "onclick"),
    ("x[^1]\n\n[^1]: <b onclick=x>y</b>", "onclick"),
    ("[x](javascript:alert(1))", "javascript:"),
    ("[x](JavaScript:alert(1))", "javascript:"),
    ("[x](&#106;avascript:alert(1))", "javascript:"),
    ("[x](javascript&colon;alert(1))", "javascript:"),
    ("[x]\n\n[x]: javascript:alert(1)", "javascript:"),
    ("<a href=' javascript:x'>y</a>", "javascript:"),
    ("<a href='java&#10;script:x'>y</a>", "javascript:"),
    ("[x](vbscript:x)", "vbscript:"),
    ("[x](data:text/html,x)", "data:"),
]


@pytest.mark.parametrize("typed", GOOD_COPY)
def test_ordinary_copy_raises_no_alarm(typed):
    assert codes(typed) == []


@pytest.mark.parametrize(("typed", "named"), BAD_COPY)
def test_html_that_no_story_may_hold_is_told_with_its_name(typed, named):
    problems = [each for each in read("First.\n\n" + typed)[0].problems if each.code == "markup/raw-html"]
    assert named in problems[0].message
    assert problems[0].line >= FIRST_LINE + 2
    assert problems[0].hint


@pytest.mark.parametrize(("typed", "_named"), BAD_COPY)
def test_who_must_may_allow_raw_html(typed, _named):
    assert codes(typed, RAW_READER) == []


@pytest.mark.parametrize("typed", ["<img src='https://a.example/x.png'>", "<video src='//a.example/x.mp4'></video>"])
def test_a_picture_or_film_from_elsewhere_is_told_in_html_too(typed):
    assert codes(typed) == [(1, "photo/remote")]


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("javascript:x", "javascript"),
        (" \x01java\nscr\tipt:x", "javascript"),
        ("&#x6a;avascript&colon;x", "javascript"),
        ("/a:b", ""),
        ("#a:b", ""),
        ("a/b:c", ""),
        ("{filename}a:b", ""),
        ("", ""),
    ],
)
def test_a_scheme_is_read_as_browsers_do(address, scheme):
    assert scheme_of(address) == scheme


def test_an_unfinished_tag_is_told():
    assert [fault.words for fault in check_html("<p>x <img src=x ")]


def test_what_stands_in_code_and_comments_gives_no_line():
    source = Source(masked("```\n<b>\n```\n`<b>` <!-- <b>\n<b> --> x <b>\n<b> <b>"))
    assert [source.line_of("<b>") for _ in range(4)] == [5, 6, 6, 6]
    assert source.line_of("<i>") == source.line_of("") == 0


# Boxes


def test_a_factbox_is_an_aside_with_a_name():
    (box,) = tree("Text.\n\n::: factbox The *mill*\n- one wheel\n:::\n\nMore.").xpath("./aside")
    (title,) = box.xpath("./h2")
    assert box.get("class") == "factbox"
    assert box.get("aria-labelledby") == title.get("id")
    assert title.xpath("./em")
    assert text_of(box) == "The mill one wheel"


def test_a_note_says_that_it_is_one_and_may_come_first():
    found, body = read("::: note\nThe name was misspelt.\n:::\n\nGrowers came.")
    (box,) = lxml_html.fromstring(f"<div>{html_of(body)}</div>").xpath("./aside")
    assert (box.get("class"), box.get("role"), box.get("aria-labelledby")) == ("note", "note", None)
    assert found.excerpt == "Growers came."


def test_a_box_ends_the_paragraph_or_list_above_it_and_begins_one_below():
    found = tree("- one\n- two\n::: note\nChanged.\n:::\nText *goes*\non.")
    assert [each.tag for each in found] == ["ul", "aside", "p"]


def test_titles_stand_one_rank_below_their_crosshead():
    found = tree("::: note A\nx\n:::\n\n### One\n\n::: factbox B\n# Inner\n\nx\n:::\n\n#### Two\n\n::: note C\nx\n:::")
    headings = found.xpath(".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
    assert [(each.tag, each.text) for each in headings] == [
        ("h2", "A"),
        ("h2", "One"),
        ("h3", "B"),
        ("h4", "Inner"),
        ("h3", "Two"),
        ("h4", "C"),
    ]
    ids = found.xpath(".//@id")
    assert len(ids) == len(set(ids)) == 3


def test_a_dateline_is_found_below_a_note(build):
    body = "::: note\nThe name was misspelt.\n:::\n\nGYUMRI, Armenia — Growers came."
    site = build({"news/fair.md": story(body=body)})
    assert "dateline/doubtful" not in site.codes()
    assert site.tree("2026/10/03/fair/index.html").xpath("//p/*[contains(@class, 'dateline')]")


def test_a_gallery_holds_figures_with_their_words():
    typed = '::: gallery The *mill*\n![A](a.png "Cap \'a\'"){credit="Ani"}\n![B](b.png)\n\n![C](/c.png)\n:::'
    (gallery,) = [block for block in read(typed)[1].blocks if isinstance(block, Gallery)]
    assert gallery.title == "The mill"
    assert [(each.src.value, each.alt, each.caption, each.credit) for each in gallery.figures] == [
        ("a.png", "A", "Cap ‘a’", "Ani"),
        ("b.png", "B", "", ""),
        ("/c.png", "C", "", ""),
    ]
    assert [each.src.line - FIRST_LINE + 1 for each in gallery.figures] == [2, 3, 5]


def test_words_in_a_gallery_are_told_and_not_lost():
    body = read("::: gallery\n![A](a.png)\n\nWords of it.\n:::")[1]
    assert "Words" in html_of(body)
    assert [block for block in body.blocks if isinstance(block, Figure)]


# Pull-quotes

QUOTED = "The mill turns again, and the miller “sings” for *all* of us.\n\n"


@pytest.mark.parametrize(
    "quote",
    [
        "> The mill turns again\n{.pullquote}",
        "> the miller\n> sings for all\n{: .pullquote }",
        "> The mill turns … for all of us.\n>\n> — The miller\n{.pullquote}",
        "> The mill turns again\n> -- The miller\n{.pullquote}",
    ],
)
def test_a_pullquote_that_repeats_the_text_is_heard_once(quote):
    body = read(QUOTED + quote + "\n\nMore.")[1]
    (shown,) = [block for block in body.blocks if isinstance(block, Html) and block.repeats]
    (aside,) = lxml_html.fromstring(f"<div>{shown.pieces[0]}</div>").xpath("./aside[@class='pullquote']")
    assert aside.get("aria-hidden") == "true"
    assert "pullquote}" not in html_of(body)
    assert body.words == len(QUOTED.split()) + 1


@pytest.mark.parametrize("quote", ["> The wheel is new.\n{.pullquote}", "> The [mill](/about/) turns\n{.pullquote}"])
def test_a_pullquote_with_words_or_a_link_of_its_own_is_heard(quote):
    body = read(QUOTED + quote)[1]
    assert not [block for block in body.blocks if isinstance(block, Html) and block.repeats]
    assert "aria-hidden" not in html_of(body)
    assert body.words > len(QUOTED.split())


@pytest.mark.parametrize("quote", ["> The mill turns\n> — The miller", "> The *mill* turns\n> – The miller"])
def test_the_name_below_a_pullquote_is_a_paragraph_of_its_own(quote):
    paragraphs = tree(QUOTED + quote + "\n{.pullquote}").xpath("./aside/p")
    assert [text_of(each) for each in paragraphs] == ["The mill turns", f"{quote[-12]} The miller"]


def test_a_pullquote_and_a_quote_are_not_joined():
    found = tree(QUOTED + "> A.\n\n> The mill turns\n{.pullquote}\n\n> B.\n\nText\n> the miller\n{.pullquote}")
    assert [each.tag for each in found] == ["p", "blockquote", "aside", "blockquote", "p", "aside"]


# Tables and footnotes


def test_a_table_scrolls_in_a_frame_that_the_keyboard_reaches():
    table = '| "Boat" | Days & more |\n|---|--:|\n| 1 | 2 |'
    for typed in (table, f"::: factbox\n{table}\n:::", f"- item\n\n    {table}".replace("\n|", "\n    |")):
        (frame,) = tree(typed).xpath(".//table/..")
        assert (frame.tag, frame.get("role"), frame.get("tabindex")) == ("div", "group", "0")
        assert frame.get("aria-label") == "“Boat”, Days & more"


def test_the_way_back_from_a_footnote_is_called_in_the_pages_language(build):
    paper = PAPER + 'languages = ["en", "hy"]\n'
    body = "Text[^1] and text[^2].\n\n|   |\n|---|\n| x |\n\n[^1]: One.\n[^2]: Two."
    site = build({"data/paper.toml": paper, "news/a.md": story(body=body), "news/hy/a.md": story("Ա", body, lang="hy")})
    for page, said, table in (
        ("2026/10/03/a/index.html", "Back to the text from footnote", "Table"),
        ("hy/2026/10/03/a/index.html", "Վերադառնալ տեքստ՝ ծանոթագրություն", "Աղյուսակ"),
    ):
        found = site.tree(page)
        assert found.xpath("//a[@class='footnote-backref']/@aria-label") == [f"{said} 1", f"{said} 2"]
        assert not found.xpath("//a[@class='footnote-backref']/@title")
        assert found.xpath("//table/../@aria-label") == [table]


# Embeds on the page


def test_an_embed_becomes_a_block():
    typed = 'Text.\n\n[embed: https://youtu.be/_a_ "The choir\'s *song*"]{still="images/c.png"}\n\nMore.'
    (embed,) = [block for block in read(typed)[1].blocks if isinstance(block, Embed)]
    assert (embed.url, embed.provider, embed.action) == ("https://youtu.be/_a_", "YouTube", Action.WATCH)
    assert embed.title == "The choir’s *song*"
    assert embed.still
    assert (embed.still.value, embed.still.line) == ("images/c.png", FIRST_LINE + 2)


def test_a_still_from_elsewhere_is_told():
    assert codes('[embed: https://youtu.be/x]{still="https://a.example/x.png"}') == [(1, "photo/remote")]


EVERYTHING = """\
GYUMRI, Armenia — Growers from forty villages came to the square[^1].

The choir sang on the steps of the library, and the mill turned again for the first time in years.

::: note Editors' note
The name of the mill was misspelt.
:::

They came with baskets and small children, and stayed until the evening bell.

> the mill turned again
> — The miller
{.pullquote}

They came again on Sunday, with more baskets.

::: factbox The fair in "numbers"
- 40 villages

| Boat | Days |
|------|-----:|
| Morning | 7 |
:::

## The evening

::: gallery The fair
![A stall](images/a.png "A stall."){credit="Ani Example"}
![A tall door](images/b.png "The door.")
:::

[embed: https://www.youtube.com/embed/x "The choir sings"]{still="images/a.png" credit="Ani Example"}

[embed: https://choir.bandcamp.com/track/y]

The end of it.

[^1]: The square has no name.
"""
FILES = {
    "news/fair.md": story(body=EVERYTHING),
    "news/images/a.png": picture(60, 40),
    "news/images/b.png": picture(40, 60),
}


def test_a_page_shows_it_all(build):
    site = build(FILES)
    assert [str(problem) for problem in site.problems] == []
    page = site.tree("2026/10/03/fair/index.html")
    gallery = page.xpath("//figure[@class='gallery']")[0]
    assert text_of(gallery.xpath("./figcaption")[0]) == "The fair"
    assert gallery.xpath("./figure/img/@width") == ["60", "40"]
    assert [text_of(each) for each in gallery.xpath("./figure/figcaption")] == ["A stall. Ani Example", "The door."]
    first, second = page.xpath("//main//figure/a")
    assert first.get("href") == "https://www.youtube.com/watch?v=x"
    assert text_of(first) == "The choir sings Watch on YouTube"
    assert first.xpath("./img/@src") == ["/news/images/a.png"]
    assert first.xpath("./img/@alt") == [""]
    assert text_of(first.xpath("../figcaption")[0]) == "Ani Example"
    assert text_of(second) == "Listen on Bandcamp"
    assert (site.output / "news/images/b.png").exists()


def test_a_feed_has_pictures_and_links_and_says_nothing_twice(build):
    content = build(FILES).text("feeds/atom.xml")
    assert content.count("the mill turned again") == 1
    assert "https://www.youtube.com/watch?v=x" in content
    assert content.count("/news/images/a.png") == 2
    assert "Watch on YouTube" in content
    assert "iframe" not in content


def test_no_sign_up_stands_in_or_beside_a_block(build):
    body = read(EVERYTHING)[1]
    blocks = list(body.blocks)
    for at, block in enumerate(blocks):
        beside = [blocks[at - 1], *blocks[at + 1 : at + 2]]
        if isinstance(block, Gap) and block.allowed:
            assert not [each for each in beside if isinstance(each, Gallery | Embed)]
            assert not [each for each in beside if isinstance(each, Html) and "<aside" in str(each.pieces[0])]
    page = build({**FILES, "data/newsletters.toml": NEWSLETTERS}).tree("2026/10/03/fair/index.html")
    assert not page.xpath("//aside//form | //figure//form")


def test_the_picture_of_a_gallery_or_an_embed_must_be_there(build):
    site = build({"news/fair.md": story(body=EVERYTHING)})
    assert site.stopped
    lines = sorted(problem.line for problem in site.problems if problem.code == "photo/missing")
    assert [EVERYTHING.splitlines()[line - FIRST_LINE][:6] for line in lines] == ["![A st", "![A ta", "[embed"]


def test_a_setting_allows_raw_html(build):
    files = {"news/fair.md": story(body="Text.\n\n<script>turn()</script>")}
    assert build(files).stopped
    assert not build(files, ALLOW_RAW_HTML=True).stopped


def test_an_embed_that_is_not_in_the_list_stays_a_link_in_a_draft():
    assert tree("[embed: https://elsewhere.example/_x_ 'x']").xpath(".//a") == []
    (link,) = tree('[embed: https://elsewhere.example/_x_ "The *film*"]').xpath(".//a")
    assert (link.get("href"), text_of(link)) == ("https://elsewhere.example/_x_", "The *film*")


# Any text

FENCES = ["::: factbox", "::: note Title", "::: gallery", "::: facbox", "::: factbox {#x}", ":::", "::::", " :::"]
TYPED = [
    *FENCES,
    "    ::: note",
    "> quote",
    "> ::: note",
    "{.pullquote}",
    "[embed: https://youtu.be/a_b_c]",
    "[embed: https://no.example/]",
    "[embed:",
    "- item",
    "1. one",
    "    code",
    "```",
    "~~~",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<div markdown=1>",
    "<script>",
    "</script>",
    '![a](x.png "c"){credit}',
    "| a | b |",
    "|---|---|",
    "[^1]",
    "[^1]: note",
    ":   said",
    "# H",
    "### H",
    "*[HTML]: x",
    "---",
    "a < b",
    "&amp;",
    "\r",
    "",
]
LINES = st.lists(
    st.one_of(
        st.sampled_from(TYPED),
        st.text(max_size=6),
        st.lists(st.sampled_from(TYPED), min_size=2, max_size=3).map(" ".join),
    ),
    max_size=14,
)


@settings(max_examples=300, deadline=None)
@given(LINES)
def test_reading_any_text_never_raises_and_leaves_no_mark(lines):
    text = "\n".join(lines)
    found, body = read(text)
    assert "\x02" not in html_of(body)
    assert "\x03" not in html_of(body)
    for problem in found.problems:
        assert FIRST_LINE - 2 <= problem.line <= FIRST_LINE + len(re.findall(r"\r\n?|\n", text))


KINDS = [
    "{}",
    "{}",
    "- {}",
    "> {}",
    "## {}",
    "::: note {}",
    "::: factbox {}",
    "::: facbox {}",
    "::: gallery {}",
    "",
    "",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(KINDS), st.sampled_from([":::", "{{.pullquote}}"])), max_size=14))
def test_no_typed_word_is_lost(kinds):
    text = "\n".join(kind.format(f"word{number}x") for number, kind in enumerate(kinds))
    body = read(text)[1]
    titles = " ".join(block.title for block in body.blocks if isinstance(block, Gallery))
    shown = html_of(body) + titles
    words = re.findall(r"word\d+x", text)
    assert [word for word in words if shown.count(word) != 1] == []


def test_a_definition_below_an_embed_that_is_only_a_link():
    reader = Reader(ReaderSettings(), {"markup": read_markup})
    front = b"---\ntitle: A fair\ndate: 2026-10-03\ncategory: news\n---\n\n"
    _, body = reader.read("news/fair.md", front + b'[embed: https://x.example/a "What"]\n\n:   A word')
    assert 'href="https://x.example/a"' in str(body)
    assert "word" in str(body)
