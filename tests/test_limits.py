"""No text, however strange, hangs or breaks the reading of a story: what would is told with its line."""

from __future__ import annotations

import importlib
import random
import re
import time

import pytest

from plugins.newsroom import hooks
from plugins.newsroom.hooks import ReaderSettings
from plugins.newsroom.story import Story
from plugins.stories import limits
from plugins.stories.limits import DEEPEST, MOST, find_tangles
from plugins.stories.read import Reader
from tests.conftest import story


def told(text: str) -> list[tuple[int, str]]:
    """(line, message) of each limit that a body exceeds."""
    return [(each.line, each.complaint.message) for each in find_tangles(text)]


ONE_OF_EACH = {
    "headings": "# A\n\n",
    "pictures": "![A](a.png)\n\n",
    "lines of ::: that begin or end a box": "::: note\n\n",
    "pull-quotes": "> A\n{.pullquote}\n\n",
    "embeds": "[embed: https://youtu.be/a]\n\n",
    "sign-up marks": "[newsletter]\n\n",
    "lines of ``` or ~~~": "```\n\n",
    "links with their address elsewhere": "[a]: /b/\n\n",
    "footnotes": "A.[^1]\n\n",
    "abbreviations": "*[AB]: A\n\n",
    "definitions in a row": "A\n: B\n",
}


@pytest.mark.parametrize("most", MOST, ids=lambda most: most.what)
def test_as_many_as_there_may_be_are_good_and_one_more_is_told(most):
    one = ONE_OF_EACH[most.what]
    assert told(one * most.count) == []
    (line, message), *_ = told("First.\n\n" + one * (most.count + 1))
    assert message == f"there are more than {most.count:,} {most.what}"
    above = 2 + one.count("\n") * most.count
    assert above < line <= above + one.count("\n")


GOOD = [
    "",
    "Growers came.",
    "[" * 1_000,
    "A [link](/a/) and another [one](/b/).\n" * 5_000,
    "- [ ] a\n" * 5_000,
    "| [a](b) | [c](d) |\n" * 5_000,
    "a [ b\n\n" * 20_000,
    "5 < 6 and 7 > 2\n" * 10_000,
    '<p class="a">b</p>\n' * 10_000,
    "{.a}\n" * 20_000,
    "- " * DEEPEST + "a",
    "- " * 5_000,
    "* * *\n\n" * 5_000,
    "A\n: B\n\n" * 5_000,
    "Words of a long story, one after the other.\n\n" * 20_000,
]
BAD = [
    ("A.\n\n" + "[" * 5_000, 3, "'['"),
    ("A.\n\n" + "[a](" * 5_000, 3, "']('"),
    ("[a](b" * 5_000, 1, "']('"),
    ("[" * 5_000 + "]" * 5_000, 1, "'['"),
    ("a [ b\n" * 5_000, 1, "'['"),
    ("a {: b " * 5_000, 1, "'{'"),
    ("A.\n\n\n" + "<a " * 10_000, 4, "'<'"),
    ("<p\n\n" * 10_000, 1, "'<'"),
    ("<!-- a\n" * 10_000, 1, "'<'"),
    ("A.\n\n\n" + "Words. " * 30_000, 4, "a paragraph is longer than 200,000"),
    ("Words.\n\n" * 200_000, 1, "the text is longer than 1,000,000"),
    ("A.\n" + "- " * (DEEPEST + 1) + "a", 2, "lists in lists"),
    ("A.\n\n" + "1. " * 500 + "a", 3, "lists in lists"),
    ("A.\n\n" + "* 1) + " * 20 + "a", 3, "lists in lists"),
]


@pytest.mark.parametrize("text", GOOD, ids=lambda text: text[:12])
def test_what_people_type_is_below_every_limit(text):
    assert told(text) == []


@pytest.mark.parametrize(("text", "line", "said"), BAD, ids=[text[:12] for text, _, _ in BAD])
def test_what_would_take_minutes_is_told_with_its_line(text, line, said):
    (found,) = told(text)
    assert found[0] == line
    assert said in found[1]


@pytest.mark.parametrize("most", MOST, ids=lambda most: most.what)
def test_what_a_closer_look_needs_stands_in_each(most):
    assert len(most.needs) == 1
    assert ONE_OF_EACH[most.what].count(most.needs) >= len(most.pattern.findall(ONE_OF_EACH[most.what])) == 1


def test_nesting_is_found_where_a_line_begins():
    plain = re.compile(limits._NESTED.pattern.replace("\\n", "^", 1), re.MULTILINE)
    r = random.Random(5)  # noqa: S311
    marks = [*("- ", "* ", "1. ", ": ", "+\t") * 30, " ", "-", "*", "\n", "\n", "a"]
    texts = ["".join(r.choices(marks, k=r.randint(0, 200))) for _ in range(2_000)]
    starts = [found and found.start() for found in map(plain.search, texts)]
    assert starts == [found and found.start() for found in (limits._NESTED.search("\n" + text) for text in texts)]
    assert {type(each) for each in starts} == {int, type(None)}


def test_limits_are_looked_for_in_one_pass():
    text = "[(<{*_`\n" * 500_000
    began = time.perf_counter()
    list(find_tangles(text))
    assert time.perf_counter() - began < 60


# Read by the whole house


@pytest.fixture(scope="module")
def reader():
    plugins = importlib.import_module("pelicanconf").PLUGINS
    for name in plugins:
        importlib.import_module(name).register()
    return Reader(ReaderSettings(), hooks.reading.of(plugins))


def read(reader: Reader, body: str) -> Story:
    return reader.read("news/fair.md", story(body=body).encode())[0]


def test_a_story_that_nests_too_deeply_is_told_and_the_next_one_is_read(reader):
    before = reader.read("news/fair.md", story(body="- a\n\nB.").encode())
    # Each level on a line of its own, which the limits do not look for.
    deep = "".join("    " * depth + "- a\n" for depth in range(400))
    found = read(reader, deep)
    assert [(each.code, each.line) for each in found.problems] == [("story/tangled", 7)]
    assert found.fault
    assert reader.read("news/fair.md", story(body="- a\n\nB.").encode()) == before


def test_a_build_names_the_line_and_stops(build):
    site = build({"news/a.md": story("A", "One.\n\n" + "[" * 5_000), "news/b.md": story("B")})
    assert site.stopped
    assert [(each.path, each.line, each.code) for each in site.problems] == [("news/a.md", 9, "story/tangled")]


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_held_copy_that_cannot_be_read_is_told_too(build, status):
    site = build({"news/a.md": story("A", "[" * 5_000, status=status), "news/b.md": story("B")})
    assert [(each.line, each.code) for each in site.problems] == [(8, "story/tangled")]


REPEATED = (
    *(
        "[",
        "[ ",
        "![",
        "[a](",
        "[a](b",
        "[a][",
        "[a](<b",
        '[a](b "',
        "[a](/b/) ",
        "]",
        "[]",
        "[a]:",
        "[a]:\n",
        "[^",
        "[^1]",
    ),
    *("*", "*a ", "**a ", "***a ", "a**b", "*a_ ", "_", "_a ", "a* ", "*a **a ", "*[", "\\*", "\\"),
    *("`", "` a ", "`a", "\\`", "``x` ", "```\n", "``` a\n\n", "```{", "~", "~~~\n", "~~~\n\n"),
    *(">", "> ", "> a\n", ">\n", "> a\n{.pullquote}\n\n", "> > a\n\n"),
    *(
        "<",
        "<a ",
        "<a>",
        "<div>",
        "<div>\n",
        "<!--",
        "a <!-- ",
        "<?",
        "<![CDATA[",
        "<a href='",
        "</",
        "</p>",
        "<p\n",
        "<p\n\n",
    ),
    *(
        "<div markdown='1'>\n",
        "a <b>",
        "<pre>\n\n",
        "<script>",
        "<http:",
        "<a@",
        "<https://a.b> ",
        "<a@b.c> ",
        "&",
        "&#",
        "&amp;",
    ),
    *(
        "- ",
        "- a\n",
        "- a\n\n",
        "1. ",
        "1. a\n",
        "* ",
        "    ",
        "\t",
        "#",
        "# a\n",
        "# a {:",
        "a\n===\n",
        "-",
        "---\n",
        "a\n\n",
        "a\n",
    ),
    *("a  \n", " ", "\n", "a-", "1", "1/", "A.", "a", "ab ", ".", "—", '"', "'a ", '"a ', "(", "wzxhzdk:0"),
    *(
        "|",
        "a|",
        "|-",
        "a|b\n",
        "a|b\n-|-\n",
        "|`",
        "\\|",
        "{",
        "{.a ",
        "a {.a}\n\n",
        "*a*{ ",
        "![a](b.png)\n\n",
        "![a](b){credit=",
    ),
    *(
        "a\n: b\n",
        "a\n: b\n\n",
        ": ",
        ":::\n",
        "::: note\n\n",
        "::: note\n\na\n\n:::\n\n",
        "[embed: ",
        "[embed: https://youtu.be/a]\n\n",
    ),
    *(
        "[newsletter]\n\n",
        "[newsletter:",
        "A, ",
        "PARIS (A) ",
        "AB ",
        "PARIS — ",
        "PARIS — a\n\n",
        "(A ",
        "*[`",
        "![*_<`",
        "<[",
        "[<",
    ),
)
NUMBERED = {
    "footnotes": lambda n: "".join(f"[^{i}]" for i in range(n)) + "\n\n" + "".join(f"[^{i}]: x\n" for i in range(n)),
    "abbreviations": lambda n: "".join(f"*[a{i}]: b\n" for i in range(n)) + "a1 " * n,
    "references": lambda n: "".join(f"[a{i}]: b\n" for i in range(n)) + "[a1] " * n,
    "stairs": lambda n: "".join("    " * i + "- a\n" for i in range(int((2 * n) ** 0.5))),
    "quoted stairs": lambda n: "".join("> " * i + "a\n" for i in range(int((2 * n) ** 0.5))),
    "fences": lambda n: "".join("~" * i + "\n" for i in range(3, 3 + int((2 * n) ** 0.5))),
    "backticks": lambda n: " ".join("`" * i for i in range(1, int((2 * n) ** 0.5))),
    "table": lambda n: "a|b\n-|-\n" + "a|b\n" * n,
    "wide table": lambda n: "a|" * n + "\n" + "-|" * n + "\n" + "a|" * n,
    "attributes": lambda n: "a\n{: " + ".a " * n + "}",
    "attribute": lambda n: "# a { " + 'a="' * n + "}",
    "pairs of brackets": lambda n: "[" * n + "]" * n,
    "white space inside": lambda n: "a" + " " * n + "b",
}


@pytest.mark.parametrize("name", [*REPEATED, *NUMBERED])
def test_strange_text_is_read(reader, name):
    _took(reader, name, 600)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*REPEATED, *NUMBERED])
def test_much_strange_text_is_read_in_seconds(reader, name):
    assert _took(reader, name, 20_000) < 60


def _took(reader: Reader, name: str, count: int) -> float:
    """Seconds that a story took to be read, or to be told."""
    body = NUMBERED[name](count) if name in NUMBERED else name * count
    began = time.perf_counter()
    read(reader, body)
    return time.perf_counter() - began
