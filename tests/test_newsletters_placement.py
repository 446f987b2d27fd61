"""Where sign-ups land in whole bodies, against a slow search that never saw the code's gaps.

Bodies are made from blocks whose visible text is known; they go through the real reader and the real placement. The
search works on the list of blocks, writes the text out and tries one place after the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.datelines import read_dateline
from plugins.newsletters import read_newsletter
from plugins.newsletters.newsletter import Newsletters, Placement, SignupList
from plugins.newsletters.placement import put_signups
from plugins.newsroom.body import Block, Gap, Marker
from plugins.newsroom.hooks import ReaderSettings
from plugins.newsroom.problem import Severity
from plugins.newsroom.views import BodyBlock, Signup
from plugins.stories.read import Reader

READER = Reader(ReaderSettings(languages=("en", "hy")), {"newsletter": read_newsletter})
LISTS = {
    id_: SignupList(id_, name=id_.capitalize(), provider="buttondown", values={"username": (id_,)})
    for id_ in ("daily", "weekly", "sport")
}


def paper(*, min_words: int = 250, min_tail: int = 400) -> Newsletters:
    return Newsletters(LISTS, Placement("daily", "weekly", min_words, min_tail))


@dataclass(frozen=True)
class Part:
    """One block as an author types it, and what readers see of it. tail: what stands at the end of the file for it."""

    kind: str
    source: str
    seen: str = ""
    tail: str = ""


def typed(parts: Sequence[Part], *front: str) -> bytes:
    head = "\n".join(["title: A fair", "date: 2026-10-03", "category: news", *front])
    tails = dict.fromkeys(part.tail for part in parts if part.tail)
    return "\n\n".join([f"---\n{head}\n---", *(part.source for part in parts), *tails]).encode()


def shown(parts: Sequence[Part], newsletters: Newsletters, *front: str) -> tuple[int, list[Block | BodyBlock]]:
    """The words of a story, and its body with sign-ups, without gaps."""
    story, body = READER.read("news/2026/fair.md", typed(parts, *front))
    assert [problem for problem in story.problems if problem.severity is Severity.ERROR] == []
    placed = put_signups(story, body.blocks, body.words, newsletters)
    assert [block for block in placed if not isinstance(block, Signup)] == [
        block for block in body.blocks if not isinstance(block, Marker)
    ]
    return body.words, [block for block in placed if not isinstance(block, Gap)]


def where(blocks: Sequence[Block | BodyBlock]) -> list[tuple[int, str]]:
    """Each sign-up: after how many blocks of the text, and its list."""
    found, count = [], 0
    for block in blocks:
        if isinstance(block, Signup):
            found.append((count, block.list))
        else:
            count += 1
    return found


# The slow search.

BOXES = {"figure", "embed", "raw", "box", "rule", "code", "footnotes"}


def search(parts: Sequence[Part], min_words: int, min_tail: int) -> int | None:
    """After how many of the blocks that are printed the middle sign-up stands; None for nowhere.

    Tries the places from the end of the text to its beginning; the first that offends no rule is the one.
    """
    printed = [part for part in parts if part.kind not in {"comment", "marker"}]
    if len(" ".join(part.seen for part in printed).split()) < min_words:
        return None
    for count in range(len(printed) - 1, 0, -1):
        if not any(offends(printed, count, min_tail) for offends in RULES.values()):
            return count
    return None


def _before_the_second_paragraph(printed: Sequence[Part], count: int, _tail: int) -> bool:
    return not any(part.kind in {"paragraph", "colon"} for part in printed[: count - 1]) and count > 0


def _after_half(printed: Sequence[Part], count: int, _tail: int) -> bool:
    before = "".join(part.seen for part in printed[:count])
    after = "".join(part.seen for part in printed[count:])
    return len(before) > len(after) or not before


def _short_tail(printed: Sequence[Part], count: int, tail: int) -> bool:
    return len("".join(part.seen for part in printed[count:])) < tail


Rule = Callable[[Sequence[Part], int, int], bool]
"""Whether a sign-up after `count` blocks would offend it."""

RULES: dict[str, Rule] = {
    "after half of the text": _after_half,
    "too little text after it": _short_tail,
    "before the second paragraph": _before_the_second_paragraph,
    "under a heading": lambda printed, count, _: printed[count - 1].kind == "heading",
    "after a colon": lambda printed, count, _: printed[count - 1].seen.endswith(":"),
    "below a box": lambda printed, count, _: printed[count - 1].kind in BOXES,
    "above a box": lambda printed, count, _: printed[count].kind in BOXES,
    "before a list, quote or table": lambda printed, count, _: printed[count].kind in {"list", "quote", "table"},
}

# Bodies.

LETTERS = st.text("abcdefghijklmnoprstuvy", min_size=1, max_size=9)


def sentence(longest: int = 24) -> st.SearchStrategy[str]:
    return st.lists(LETTERS, min_size=1, max_size=longest).map(lambda words: " ".join(words).capitalize() + ".")


def paragraph(words: str) -> Part:
    return Part("paragraph", words, words)


def two_lines(words: str) -> Part:
    return Part("paragraph", words.replace(" ", "\n", 1), words)


def marked_up(words: str) -> Part:
    return Part("paragraph", f"**{words}** [Here](https://x.example/) &amp; there\\*", f"{words} Here & there*")


def colon(words: str) -> Part:
    return Part("colon", words[:-1] + ":", words[:-1] + ":")


def bold_colon(words: str) -> Part:
    return Part("colon", f"**{words[:-1]}:**", words[:-1] + ":")


def heading(words: str) -> Part:
    return Part("heading", f"## {words}", words)


def underlined(words: str) -> Part:
    return Part("heading", f"{words}\n-------", words)


def bullets(words: str) -> Part:
    return Part("list", f"- {words}\n- {words}", f"{words} {words}")


def numbers(words: str) -> Part:
    return Part("list", f"1. {words}\n2. The rest:", f"{words} The rest:")


def quote(words: str) -> Part:
    return Part("quote", f"> {words}", words)


def pullquote(words: str) -> Part:
    return Part("box", f"> {words}\n{{.pullquote}}", words)


def table(words: str) -> Part:
    return Part("table", f"| One | Two |\n|---|---|\n| {words} | 2 |", f"One Two {words} 2")


def figure(words: str) -> Part:
    return Part("figure", f'![{words}](images/a.png "{words}")')


def pictures(words: str) -> Part:
    return Part("figure", f"![{words}](a.png)\n![{words}](b.png)")


def embed(_words: str) -> Part:
    return Part("embed", "[embed: https://video.example/1]")


def aside(words: str) -> Part:
    return Part("raw", f"<aside>{words}</aside>", words)


def frame(_words: str) -> Part:
    return Part("raw", '<iframe src="https://video.example/1"></iframe>')


def video(_words: str) -> Part:
    return Part("raw", '<video src="a.mp4"></video>')


def rule(_words: str) -> Part:
    return Part("rule", "* * *")


def code(words: str) -> Part:
    return Part("code", f"```\n{words}\n```", words)


def indented(words: str) -> Part:
    return Part("code", f"    {words}\n    {words}", f"{words} {words}")


def comment(words: str) -> Part:
    return Part("comment", f"<!-- {words} -->")


def noted(words: str) -> Part:
    return Part(
        "paragraph", f"{words}[^1]", words, "[^1]: A note at the foot, with a dozen words that are not the story."
    )


def noted_colon(words: str) -> Part:
    return replace(noted(words[:-1] + ":"), kind="colon")


OTHERS = (
    *(two_lines, marked_up, colon, bold_colon, heading, underlined, bullets, numbers, quote, pullquote, table, figure),
    *(pictures, embed, aside, frame, video, rule, code, indented, comment, noted, noted_colon),
)
PARTS = st.one_of(
    st.builds(paragraph, sentence()),
    st.builds(lambda make, words: make(words), st.sampled_from(OTHERS), sentence(12)),
)
GROWS = {"list", "quote", "box", "code"}
"""Two of these in a row can be one to Markdown."""


def apart(parts: Sequence[Part]) -> list[Part]:
    """The blocks without those that Markdown would take for a part of the one before."""
    kept: list[Part] = []
    for part in parts:
        if not kept or not {kept[-1].kind, part.kind} <= GROWS:
            kept.append(part)
    return kept


BODIES = st.lists(PARTS, min_size=1, max_size=14).map(apart)
MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def footed(parts: Sequence[Part]) -> list[Part]:
    """The blocks as they are printed: the notes at the foot are one more."""
    foot = [Part("footnotes", "", "")] if any(part.tail for part in parts) else []
    return [*parts, *foot]


@MANY
@given(BODIES, st.integers(0, 60), st.integers(0, 250))
def test_the_middle_is_where_a_slow_search_finds_it(parts, min_words, min_tail):
    words, blocks = shown(parts, paper(min_words=min_words, min_tail=min_tail))
    printed = [part for part in footed(parts) if part.kind != "comment"]
    assert words == len(" ".join(part.seen for part in printed).split())
    assert len([block for block in blocks if not isinstance(block, Signup)]) == len(printed)
    expected = search(footed(parts), min_words, min_tail)
    middle = [] if expected is None else [(expected, "daily")]
    assert where(blocks) == [*middle, (len(printed), "weekly")]


@pytest.mark.parametrize("name", RULES)
@settings(MANY, max_examples=80)
@given(parts=BODIES, min_tail=st.integers(0, 250))
def test_no_sign_up_in_the_middle_stands(name, parts, min_tail):
    _, blocks = shown(parts, paper(min_words=0, min_tail=min_tail))
    printed = [part for part in footed(parts) if part.kind != "comment"]
    for count, list_ in where(blocks):
        if list_ == "daily":
            assert 0 < count < len(printed)
            assert not RULES[name](printed, count, min_tail)


@settings(MANY, max_examples=40)
@given(BODIES)
def test_a_short_story_has_none_in_its_middle(parts):
    words, blocks = shown(parts, paper(min_words=10_000, min_tail=0))
    assert [list_ for _, list_ in where(blocks)] == ["weekly"]
    assert words < 10_000


@settings(MANY, max_examples=40)
@given(BODIES, st.sampled_from(["newsletter: off", "newsletter: {middle: off, end: off}"]))
def test_off_removes_both(parts, front):
    assert where(shown(parts, paper(min_words=0, min_tail=0), front)[1]) == []


@settings(MANY, max_examples=60)
@given(BODIES, st.data(), st.sampled_from(["[newsletter]", "[newsletter: sport]"]))
def test_a_mark_is_the_place_whatever_the_rules_say(parts, data, mark):
    at = data.draw(st.integers(1, len(parts)))
    with_mark = [*parts[:at], Part("marker", mark), *parts[at:]]
    _, blocks = shown(with_mark, paper())
    before = len([part for part in parts[:at] if part.kind != "comment"])
    printed = len([part for part in footed(parts) if part.kind != "comment"])
    list_ = "sport" if "sport" in mark else "daily"
    end = [(printed, "weekly")] if printed > before else []
    assert where(blocks) == [(before, list_), *end]


@settings(MANY, max_examples=40)
@given(BODIES)
def test_naming_a_list_changes_the_list_and_no_place(parts):
    usual = where(shown(parts, paper(min_words=0, min_tail=0))[1])
    named = where(shown(parts, paper(min_words=0, min_tail=0), "newsletter: sport")[1])
    assert named == [(count, {"daily": "sport"}.get(list_, list_)) for count, list_ in usual]
    both = where(shown(parts, paper(min_words=0, min_tail=0), "newsletter: {middle: weekly, end: sport}")[1])
    assert both == [(count, {"daily": "weekly", "weekly": "sport"}[list_]) for count, list_ in usual]


@settings(MANY, max_examples=40)
@given(BODIES)
def test_ids_and_ranks(parts):
    _, blocks = shown(parts, paper(min_words=0, min_tail=0))
    signups = [block for block in blocks if isinstance(block, Signup)]
    assert [each.id for each in signups] == [f"signup-{number}" for number in range(1, len(signups) + 1)]
    assert signups[-1].level == 2
    printed = [part for part in footed(parts) if part.kind != "comment"]
    for count, list_ in where(blocks):
        if list_ == "daily":
            under = any(part.kind == "heading" for part in printed[:count])
            assert signups[0].level == (3 if under else 2)


@pytest.mark.parametrize(
    ("source", "level"),
    [("", 2), ("### A crosshead", 4), ("## One\n\n### Two", 4), ("### One\n\n## Two", 3), ("###### Six", 6)],
)
def test_the_heading_of_a_sign_up_is_one_below_the_one_it_stands_under(source, level):
    text = [paragraph("One."), Part("heading", source), paragraph("Two."), Part("marker", "[newsletter]")]
    _, blocks = shown([*text, paragraph("Three.")], paper())
    assert [block.level for block in blocks if isinstance(block, Signup)] == [level, 2]


# The model page: thirteen paragraphs, the sign-up after the sixth.

MODEL = (280, 240, 210, 250, 130, 330, 220, 160, 260, 230, 320, 170, 220)
FILLING = "the fair on the square was as full as ever and nobody went home before the band had played "


def of_length(number: int, length: int) -> Part:
    words = f"Paragraph {number}: " + FILLING * 5
    return paragraph(re.sub(r"\s.$", "ed", words[: length - 1]) + ".")


PARAGRAPHS = tuple(of_length(number, length) for number, length in enumerate(MODEL, start=1))


def halves(part: Part) -> list[Part]:
    cut = part.seen.index(" ", len(part.seen) // 2)
    return [paragraph(part.seen[:cut] + "."), paragraph(part.seen[cut + 1 :])]


def promising(part: Part) -> Part:
    return colon(part.seen)


PAGES: dict[str, tuple[Sequence[Part], int | None]] = {
    "the model": (PARAGRAPHS, 6),
    "a heading at the gap": ((*PARAGRAPHS[:6], heading("What they said"), *PARAGRAPHS[6:]), 6),
    "a heading before paragraph 6": ((*PARAGRAPHS[:5], heading("What they said"), *PARAGRAPHS[5:]), 7),
    "a short list after a colon": (
        (*PARAGRAPHS[:5], promising(PARAGRAPHS[5]), bullets("Apples"), *PARAGRAPHS[6:]),
        7,
    ),
    "a long list after a colon": (
        (*PARAGRAPHS[:5], promising(PARAGRAPHS[5]), bullets(PARAGRAPHS[6].seen), *PARAGRAPHS[6:]),
        5,
    ),
    "paragraph 6 split in two": ((*PARAGRAPHS[:5], *halves(PARAGRAPHS[5]), *PARAGRAPHS[6:]), 7),
    "a story of 200 words": (PARAGRAPHS[:4], None),
    "a figure at the gap": ((*PARAGRAPHS[:6], figure("A stall"), *PARAGRAPHS[6:]), 5),
    "an embed at the gap": ((*PARAGRAPHS[:6], embed(""), *PARAGRAPHS[6:]), 5),
    "a quote at the gap": ((*PARAGRAPHS[:6], quote("We came early."), *PARAGRAPHS[6:]), 7),
    "a pullquote at the gap": ((*PARAGRAPHS[:6], pullquote("We came early."), *PARAGRAPHS[6:]), 5),
    "notes at the foot": ((*PARAGRAPHS[:12], noted(PARAGRAPHS[12].seen)), 6),
    "a note to the desk at the gap": ((*PARAGRAPHS[:6], comment("true?"), *PARAGRAPHS[6:]), 6),
}


def test_the_model_page_is_as_measured():
    assert tuple(len(part.seen) for part in PARAGRAPHS) == MODEL
    assert sum(MODEL[:6]) * 2 <= sum(MODEL)
    assert 190 <= len(" ".join(part.seen for part in PARAGRAPHS[:4]).split()) <= 210


@pytest.mark.parametrize("name", PAGES)
def test_the_model_page_and_its_mutants(name):
    parts, expected = PAGES[name]
    assert search(footed(parts), 250, 400) == expected
    printed = len([part for part in footed(parts) if part.kind != "comment"])
    middle = [] if expected is None else [(expected, "daily")]
    assert where(shown(parts, paper())[1]) == [*middle, (printed, "weekly")]


# The paragraph with the dateline is not parted from the second, wherever it stands.

DATED = "GYUMRI, Armenia — " + FILLING * 3


@pytest.mark.parametrize(
    "before",
    [
        (),
        ("## At the fair",),
        ("![A stall](a.png)",),
        ("By Ani Example",),
        ("<h2>At the fair</h2>",),
    ],
    ids=["first", "heading", "figure", "byline", "raw"],
)
def test_no_sign_up_before_the_second_paragraph_of_a_dated_story(before):
    reader = Reader(ReaderSettings(), {"newsletter": read_newsletter, "dateline": read_dateline})
    text = "\n\n".join([*before, DATED, FILLING * 4, FILLING * 4])
    front = "title: A fair\ndate: 2026-10-03\ncategory: news\nauthors: Ani Example"
    story, body = reader.read("news/2026/fair.md", f"---\n{front}\n---\n\n{text}".encode())
    assert story.facts.get("dateline")
    gaps = [block for block in body.blocks if isinstance(block, Gap)]
    assert [gap.allowed for gap in gaps] == [*[False] * (len(before) + 1), True, False]


@pytest.mark.parametrize(
    ("lang", "last", "allowed"),
    [
        ("en", "they said:", False),
        ("en", "they said: “this:”", False),
        ("en", "(they said:)", False),
        ("en", "they said.", True),
        ("hy", "նրանք ասացին՝", False),
        ("hy-am", "նրանք ասացին՝", False),
        ("hy", "նրանք ասացին:", True),  # a typed colon stands for the Armenian full stop
    ],
)
def test_what_ends_a_line_that_promises(lang, last, allowed):
    text = f"One.\n\nTwo {last}\n\nThree."
    front = f"title: A fair\ndate: 2026-10-03\ncategory: news\nlang: {lang}"
    reader = Reader(ReaderSettings(languages=("en", "hy", "hy-am")))
    _, body = reader.read("news/2026/fair.md", f"---\n{front}\n---\n\n{text}".encode())
    assert [block.allowed for block in body.blocks if isinstance(block, Gap)] == [False, allowed, False]
