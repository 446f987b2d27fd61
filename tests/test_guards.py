"""What is read with guards is what is read without them, row and body; and a guard that is wrong is seen here."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import Pattern, SimpleTextInlineProcessor
from markdown.treeprocessors import InlineProcessor as InlineStage
from typogrify.filters import process_ignores

from plugins import datelines, markup, newsletters
from plugins.markup import extension as markup_extension
from plugins.newsroom import typography
from plugins.newsroom.hooks import ReaderSettings, ReadFact
from plugins.newsroom.text import _texts, resolve, squeezed, visible_text
from plugins.stories import body as body_of_blocks
from plugins.stories import guards
from plugins.stories.read import EXTENSIONS, Reader
from tests import bad_copy_format
from tests.conftest import ROOT

SETTINGS = ReaderSettings(languages=("en", "hy"))
FACTS: dict[str, ReadFact] = {
    "markup": markup.read_markup,
    "newsletter": newsletters.read_newsletter,
    "dateline": datelines.read_dateline,
}

# Texts

WORDS = [
    *("apples", "fair", "of", "forty", "R&D", "R & D", "AT&amp;T", "&copy;", "&#169;", "&", "Ելք", "'90s"),
    *("5'10\"", '"quoted', 'words"', "don't", "--", "...", "wait . . . no", "HTML", "x_y_z", "a*b*c", "2*3"),
    *("1984", "•", "¼", "*one*", "**two**", "***three***", "_four_", "__five__", "*un", "closed*", "**", "_", "*"),
    *("[", "]", "(", "!", "<", "`code`", "``a ` b``", "`", "\\*", "\\[", "\\\\", "\\", "\\`", "<b>", "</b>"),
    *("<!-- note -->", "<!--", "-->", "<?x?>", "<https://x.example/a>", "<ani@courier.example>"),
    *("https://x.example/a_b_c", "ani@courier.example", "a  \nb", '[a link](https://x.example "T")'),
    *("[rel](../fair.md)", "[ref][one]", "[one]", "[One][]", "[gone][two]", "[x](<a b>)", "![pic](images/a.jpg)"),
    *('![pic](images/a.jpg "Words"){credit="A"}', "![ref][one]", "![one]", "[![i](a.jpg)](b.md)", "[^1]"),
    *("[^note]", "{.big}", "{: #id }", "{", "}", ":::", "[embed: x]", "[newsletter]", "{.pullquote}", "|", "\\|"),
    *("*a _b_ c*", "*a [b*](c)", "**a `b** c`", "[a *b](c) d*", "<i>*x*</i>", "&lt;b>", "\x02", "\xa0", "\u2028"),
    *("~~~", "="),
]
LINES = [
    *("# Head", "Head #", "## Head ##", "#Head", "Head\n===", "Head\n---", "---", "***", "- - -", "_ _ _", "==="),
    *("-", "+", "- item", "* item", "+ item", "1. item", "7. item", "1) item", "٣. item", "- item\n- item"),
    *("1. item\n    - inner", "> quote", ">quote", "  > quote", "> > deep", "> quote\n{.pullquote}"),
    *("> quote\n{: .pullquote }", "> - list", "    code", "   three", "\tcode", "```\ncode *x*\n```"),
    *("~~~ python\nx\n~~~", "```", "term\n:   meaning", ":   meaning", "| a | b |\n|---|---|\n| 1 | 2 |"),
    *("a | b\n--|--\n1 | 2", "a |\n--|\n1 |", "| x", "[one]: https://x.example 'T'", "[two]:"),
    *("  [one]: <https://x.example>", "[^1]: A note.", "[^note]: A note\n    that goes on.", "*[HTML]: Hyper Text"),
    *("*[X]:", "<div>raw</div>", "<div markdown='1'>\n*inner*\n\n- a\n</div>", "<p>GYUMRI (AP) — x</p>"),
    *("<!-- a note -->", "<hr>", "::: note\n\ninside\n\n:::", "::: factbox Title", ":::", "   :::", "::: gallery"),
    *("text\n:::", "::: x", "<div>\n:::\n</div>", "[newsletter]", "[newsletter: weekly]"),
    *("text\n[newsletter]\ntext", "[embed: https://www.youtube.com/watch?v=abcdefghijk]"),
    *('[embed: https://x.example/a "What"]', "[embed: ]", "text\n[ embed : x ]"),
    *("![a](images/a.jpg)\n![b](/images/b.jpg)", "GYUMRI, Armenia (Example Wire) — Growers", "PARIS — The"),
    *("By Ani Example", "{.pullquote}", "{: .pulquote }", "", "  ", "a\\\nb", "a:\n\n- b", "=\n=", "+ + +", ": x"),
    *("_x_", "*x*", "#", ">", "[", "\x02wzxhzdk:0\x03", "| |", "1.", "a\n1. b"),
]


PLAIN = ("growers", "came", "to the square", "on Saturday.")


def prose(r: random.Random) -> str:
    """A paragraph: mostly plain words, with some markup."""
    words = [r.choice(WORDS if r.random() < 0.3 else PLAIN) for _ in range(r.randint(1, 14))]
    return "".join(word + r.choice((" ", " ", " ", " ", "\n", "", "  ")) for word in words)


def soup(r: random.Random) -> str:
    """Any characters that mean something to anybody."""
    return "".join(r.choice("*_`[]()<>!\\&#;:|-=+\"'.{}^~ \n\nab1\t") for _ in range(r.randint(1, 60)))


def indented(r: random.Random, text: str) -> str:
    """Inside something else: a list, a quote, a box."""
    first, others = r.choice(
        (("- ", "    "), ("> ", "> "), ("1. ", "    "), (":   ", "    "), ("    ", "    "), (" ", " "))
    )
    return first + text.replace("\n", "\n" + others)


def line(r: random.Random) -> str:
    """A block that is none of prose."""
    return r.choice(LINES)


def block(r: random.Random) -> str:
    text = r.choice((prose, prose, prose, line, line, soup))(r)
    while r.random() < 0.2:
        text = indented(r, text)
    return text


def body(seed: int) -> str:
    """The n-th of any number of bodies, each with some of every construct over time."""
    r = random.Random(seed)  # noqa: S311 (no secret)
    blocks = [block(r) + r.choice(("\n\n", "\n\n", "\n\n", "\n", "\n\n\n")) for _ in range(r.randint(1, 9))]
    named = ("[^1]: A note.\n\n", "[one]: https://x.example 'T'\n\n", "*[HTML]: Hyper Text\n\n")
    return "".join([*blocks, *(each for each in named if r.random() < 0.3)])


def source(seed: int) -> bytes:
    """A story of that body, in one of two languages."""
    r = random.Random(-seed)  # noqa: S311
    title = "".join(r.choice(WORDS[:24]) + " " for _ in range(4)).replace("\n", " ")
    lang = r.choice(("en", "en", "hy"))
    return f"---\ntitle: |-\n  {title}\ndate: 2026-10-03\ncategory: news\nlang: {lang}\n---\n\n{body(seed)}".encode()


def differences(one: Reader, two: Reader, sources: Iterator[tuple[str, bytes]]) -> Iterator[str]:
    """The sources that two readers read differently."""
    return (path for path, data in sources if one.read(path, data) != two.read(path, data))


def bodies(start: int, end: int) -> Iterator[tuple[str, bytes]]:
    return ((f"news/{seed}.md", source(seed)) for seed in range(start, end))


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    return ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*.md")))


@pytest.fixture
def with_guards() -> Reader:
    return Reader(SETTINGS, FACTS)


@pytest.fixture(scope="module")
def without() -> Reader:
    return Reader(SETTINGS, FACTS, guarded=False)


# Equal


def test_what_is_read_is_the_same(with_guards, without):
    assert next(differences(with_guards, without, bodies(0, 400)), None) is None


@pytest.mark.slow
def test_what_is_read_is_the_same_over_thousands(with_guards, without):
    assert next(differences(with_guards, without, bodies(400, 5_400)), None) is None


@pytest.mark.parametrize("folder", [ROOT / "content", bad_copy_format.FOLDER])
def test_copy_of_ours_is_read_the_same(folder, with_guards, without):
    assert next(differences(with_guards, without, files(folder)), None) is None


def test_a_plain_paragraph_is_cut_as_any_other(with_guards, monkeypatch):
    read = [with_guards.read(path, data) for path, data in bodies(0, 400)]
    monkeypatch.setattr(body_of_blocks, "_is_plain", lambda element, text: False)
    assert [with_guards.read(path, data) for path, data in bodies(0, 400)] == read


@given(st.text("a \n\x02\x03amp4;", max_size=20), st.sampled_from(["p", "li", "h2"]))
def test_what_is_seen_of_an_element_without_children_is_what_is_seen_of_any(text, tag):
    element = Element(tag)
    element.text = text
    md = Markdown()
    assert visible_text(md, element) == resolve(md, "".join(_texts(element)))


@given(st.text('a<="{}|\x02\x03 link:slot', max_size=12) | st.sampled_from(["", "\x02slot:a\x03", '<a href="{b}c">']))
def test_html_of_one_piece_is_cut_as_any_other(html):
    assert body_of_blocks._pieces(html) == tuple(body_of_blocks.pieces(html))


# Every guard is needed, and the bodies show it


def guarded_by(needed: dict[str, tuple[str, ...]]) -> Reader:
    """A reader with other guards of inline patterns than ours."""
    reader = Reader(SETTINGS, FACTS, guarded=False)
    guards.guard(reader._markdown, needed)
    return reader


@pytest.mark.parametrize("expression", guards.NEEDED)
def test_a_wrong_guard_of_a_pattern_is_seen(expression, without):
    wrong = guarded_by({**guards.NEEDED, expression: ("\ufffe",)})
    assert next(differences(wrong, without, bodies(0, 400)), None)


@pytest.mark.parametrize("kind", guards.NEEDED_IN_ALL)
def test_a_wrong_guard_of_documents_is_seen(kind, without):
    wrong = Reader(SETTINGS, FACTS, guarded=False)
    guards.guard(wrong._markdown, guards.NEEDED, {**guards.NEEDED_IN_ALL, kind: ("\ufffe",)})
    assert next(differences(wrong, without, bodies(0, 400)), None)


@pytest.mark.parametrize("character", sorted(guards.BEGINS_OTHERWISE))
def test_a_wrong_guard_of_blocks_is_seen(character, with_guards, without, monkeypatch):
    monkeypatch.setattr(guards, "BEGINS_OTHERWISE", guards.BEGINS_OTHERWISE - {character})
    assert next(differences(with_guards, without, bodies(0, 400)), None)


PROSE = [
    "Growers came.",
    "“Growers” came,\nforty of them",
    "a",
    "Ելք",
    "a\n1. b",
    "`a` [b](c)",
    "(a)",
    "![a](b)",
    "~~~",
    "{.a}",
]
NO_PROSE = [
    "",
    "\n",
    "\na",
    "a\n",
    " a",
    "    a",
    "# a",
    "a\n# b",
    "> a",
    "a\n> b",
    "a\n===",
    "a\n---",
    "- a",
    "* a",
    "+ a",
]
NO_PROSE += [
    "1. a",
    "٣. a",
    "a\n: b",
    "[a]: b",
    "a | b",
    "\x02wzxhzdk:0\x03",
    "a\n  > b",
    "___",
    "*[A]: b",
    "[newsletter]",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose(text):
    assert guards.is_prose(text)


@pytest.mark.parametrize("text", NO_PROSE)
def test_what_may_be_no_prose(text):
    assert not guards.is_prose(text)


# What no guard knows is tried


class Foreign(Extension):
    """Somebody else's pattern, or block, or stage."""

    def __init__(self, item: Any) -> None:
        super().__init__()
        self.item = item

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        if isinstance(self.item, Pattern):
            md.inlinePatterns.register(self.item, "foreign", 75)
        elif isinstance(self.item, type) and issubclass(self.item, InlineStage):
            md.treeprocessors.register(self.item(md), "inline", 20)
        else:
            md.parser.blockprocessors.register(self.item(md.parser), "foreign", 12)


class Shout(BlockProcessor):
    def test(self, parent, block):
        return block.isupper()

    def run(self, parent, blocks):
        SubElement(parent, "h2").text = blocks.pop(0).title()


class OldPattern(Pattern):
    """One of the kind that matches a whole text."""

    def handleMatch(self, m):  # noqa: N802 (Python-Markdown's name)
        return m.group(2).upper()


class Stage(InlineStage):
    """Another inline stage."""


def guarded(item: Any) -> Markdown:
    md = Markdown(extensions=[*EXTENSIONS, Foreign(item)])
    guards.guard(md)
    return md


@pytest.mark.parametrize(
    ("pattern", "printed"),
    [
        (SimpleTextInlineProcessor(r"z+(came)"), "<p>Growers came.</p>"),
        (OldPattern("(zzcame)"), "<p>Growers ZZCAME.</p>"),
    ],
)
def test_a_foreign_pattern_is_always_tried(pattern, printed):
    assert guarded(pattern).convert("Growers zzcame.") == printed


@pytest.mark.parametrize(
    ("marks", "shortest"),
    [({"[", "[^", "![", "*"}, ("*", "[")), ({"", "["}, ("",)), ({"  \n"}, ("  \n",)), (set(), ())],
)
def test_a_text_without_the_shortest_marks_has_none_of_all(marks, shortest):
    assert guards._shortest(marks) == shortest


def test_a_pattern_that_came_later_is_tried():
    md = guarded(SimpleTextInlineProcessor("(nothing)"))
    assert md.convert("Growers zzcame.") == "<p>Growers zzcame.</p>"
    md.inlinePatterns.register(SimpleTextInlineProcessor(r"z+(came)"), "later", 70)
    assert md.reset().convert("Growers zzcame.") == "<p>Growers came.</p>"


def test_with_a_foreign_block_every_block_is_offered_to_it():
    md = guarded(Shout)
    assert "pressroom-prose" not in md.parser.blockprocessors
    assert md.convert("GROWERS CAME") == "<h2>Growers Came</h2>"


def test_a_foreign_inline_stage_stays():
    md = guarded(Stage)
    assert type(md.treeprocessors["inline"]) is Stage


def test_all_of_ours_is_guarded(with_guards):
    """None of these is an error for readers, only slow: a new Markdown may have changed an expression or a name."""
    md = with_guards._markdown
    assert [each for each in md.inlinePatterns if each.getCompiledRegExp().pattern not in guards.NEEDED] == []
    assert type(md.treeprocessors["inline"]) is guards.GuardedInline
    assert {"_InlineProcessor__handleInline", "_InlineProcessor__applyPattern"} <= set(vars(InlineStage))
    assert "pressroom-prose" in md.parser.blockprocessors
    assert {type(each).__name__ for each in md.preprocessors} >= {"_GuardedWhiteSpace", "_GuardedLines"}
    assert type(md.treeprocessors["attr_list"]) is guards._GuardedTree


# Regular expressions that were turned so that `re` finds their first character at once: their plain forms


PLAIN_HTML = re.compile(
    "<!--.*?(?:-->|\\Z)"
    "|</?[A-Za-z][^\\s/>]*+(?:[^>=]|=\\s*+\"[^\"]*+(?:\"|\\Z)|=\\s*+'[^']*+(?:'|\\Z)|=)*+(?:>|\\Z)"
    "|<[!?/][^>]*+(?:>|\\Z)"
    "|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    "|\x02[^\x02\x03]*\x03(?:(?<=\x02amp\x03)#[0-9]{1,7};)?|[\ufdd0-\ufdef]",
    re.DOTALL,
)
PLAIN_WORTH_IT = re.compile(r"[\"']|--|\.\.\.|\.[ \xa0]\.[ \xa0]\.")
PLAIN_WORK = re.compile(r"[\"'“”‘’]|--+|\.(?:\.\.+|(?<![.…]\.)[ \xa0]\.[ \xa0]\.(?!\.))")
LEFT_OVER = re.compile(r"(?:^|\n)\s*:::|\n\s*:::|\[\s*embed\s*:|\{:?\s*\.pull-?quote\b", re.IGNORECASE)
MARKS = [
    *("\x02", "\x03", "\x02slot:a\x03", "\x02amp\x03#97;", "\x02wzxhzdk:1\x03", "\ufdd0", "\ufdd4", "&amp;"),
    *("&#39;", "&x", ". . .", "<a href=\"x>y\" b='z'>", "</a>", "<p>", "<!-- ", "-->", "<!x", "<?", "</", "< "),
    *('="', "a", " ", "\n", "“", "’", "…", "\xa0", "--", "---", "-", ".", "..", "...", "....", '"', "'", "<", ">"),
    *("&", ";", "=", "/", "#", ":::", "[embed:", "[ EMBED :", "{.pull", "{:.pull-quote}", "{: .pullquote", "quote"),
    *("[", "{", ":", "::", "<code>", "</code>", "<PRE x>", "</pre>", "<kbd", "</KBD>", "ſ", "<ſtyle>", "</style>"),
]


def pieces() -> Iterator[str]:
    """Texts of these."""
    r = random.Random(7)  # noqa: S311
    return ("".join(r.choices(MARKS, k=r.randint(0, 12))) for _ in range(20_000))


def found(expression: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [each.span() for each in expression.finditer(text)]


@pytest.mark.parametrize(
    ("turned", "plain"),
    [
        (typography._IN_HTML, PLAIN_HTML),
        (typography._WORK, PLAIN_WORK),
        (typography._WORTH_IT, PLAIN_WORTH_IT),
    ],
)
def test_a_turned_expression_finds_the_same(turned, plain):
    assert next((text for text in pieces() if found(turned, text) != found(plain, text)), None) is None


def test_nothing_that_is_left_over_is_passed_by():
    may_be = markup_extension._MAY_BE_LEFT_OVER
    left_over = [text for text in pieces() if LEFT_OVER.search(text)]
    assert all(may_be.search(text) for text in left_over)
    assert all(any(mark in text for mark in markup_extension._LEFT_OVER_BEGINS) for text in left_over)


def test_text_that_stays_as_typed_is_parted_as_typogrify_does():
    tags = [*typography._UNSET]
    wrong = (text for text in pieces() if text and typography._parted(text) != process_ignores(text, tags))
    assert next(wrong, None) is None


def test_white_space_is_squeezed_as_one_expression_does_it():
    r = random.Random(11)  # noqa: S311
    texts = ["".join(r.choices(" \t\r\n\f\v\u00a0\x1cab.", k=r.randint(0, 9))) for _ in range(20_000)]
    assert [squeezed(each) for each in texts] == [re.sub(r"[ \t\r\n\f\v]+", " ", each).strip() for each in texts]


def test_white_space_is_not_set():
    assert typography.set_html(" \n\t\u00a0", "en") == " \n\t\u00a0"
