"""The archive of `make bench` is a faultless paper, and its tables say what was measured. Nothing here is timed."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from bench import __main__ as bench
from bench import corpus, generators, measure, table
from bench.generators import Generator, Step
from bench.measure import Cost, Failed
from tests.conftest import ROOT, run_press, terminal_environment

STORIES = 30
PIECES = corpus.archive(STORIES)
OURS = Cost(wall=0.8, cpu=1.2, peak=300e6, largest=90e6)
THEIRS = Cost(wall=24.06, cpu=40.0, peak=1500e6, largest=1400e6)
RUN = table.Run(
    stories=10_000,
    rounds=3,
    day="2026-11-20",
    machine="2 × Example CPU",
    loads=(0.1, 2),
    versions={"Pressroom": "0.1.0", "Hugo": "0.1"},
    files={"Pressroom": 13_000, "Hugo": 12_999},
    left_out=["Eleventy is skipped: node is not installed."],
)
COSTS = {"Pressroom": dict.fromkeys(Step, OURS), "Hugo": {Step.COLD: THEIRS}}
PAGE = f"# Costs\n\n{table.BEGIN}\n{table.END}\n\nThe end.\n"


# The archive.


def test_the_archive_is_the_same_every_time():
    assert corpus.archive(STORIES) == PIECES
    assert corpus.archive(STORIES, seed=8) != PIECES


def test_the_archive_is_like_a_weeklys():
    pieces = corpus.archive(400)
    facts = corpus.facts(pieces)
    assert 580 < facts["words"] < 680
    assert 4.3 < facts["topics"] < 4.7
    assert {piece.section for piece in pieces} == set(corpus.SECTIONS)
    assert len({piece.path for piece in pieces}) == len(pieces)
    assert [piece.date for piece in pieces] == sorted(piece.date for piece in pieces)
    assert pieces[-1].date.year - pieces[0].date.year == 19


@pytest.mark.parametrize("dialect", [corpus.pressroom, corpus.plain, corpus.yaml])
def test_every_dialect_tells_the_whole_story(dialect):
    linking = next(piece for piece in PIECES if "(story:" in piece.body and "(picture:" in piece.body)
    text = dialect(linking, PIECES)
    assert "(story:" not in text
    assert "(picture:" not in text
    for words in (linking.author, linking.place, linking.caption, *linking.topics, linking.body.split("\n")[0]):
        assert words in text


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """The paper with its first newer story, built by our press."""
    folder = tmp_path_factory.mktemp("bench")
    content = folder / "content"
    for name, text in corpus.tables().items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")
    corpus.write_pictures(content / "images")
    corpus.write_archive(content, PIECES, corpus.pressroom)
    new = generators.newer_story(PIECES, 0)
    corpus.write(content, new, corpus.pressroom(new, PIECES))
    return run_press(content, folder / "output", folder / ".press")


def test_our_press_finds_no_fault_in_the_archive(paper):
    assert paper.problems == []
    assert not paper.stopped


def test_every_piece_has_its_page_at_the_address_that_is_looked_at(paper):
    for piece in PIECES[: STORIES + 1]:
        assert generators.TAG in paper.text(f"{piece.url.lstrip('/')}index.html")


def test_a_newer_story_stands_on_the_front(paper):
    assert PIECES[STORIES].url in paper.text("index.html")


# The edits.


def fake(folder, template, dialect=corpus.plain) -> Generator:
    """A generator of which only the files are looked at."""
    (folder / template).parent.mkdir(parents=True, exist_ok=True)
    (folder / template).write_text(f"{generators.TAG}>", "utf-8")
    return Generator("it", "1", folder, ("true",), dialect, "content", template, "site", memory=("memory",))


def test_reset_undoes_every_edit(tmp_path):
    one = fake(tmp_path, "theme/story.html")
    corpus.write_archive(tmp_path / "content", PIECES, one.dialect)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for step in Step:
        generators.edit(one, step, PIECES, turn=1)
    (tmp_path / "site").mkdir()
    (tmp_path / "memory").write_text("kept", "utf-8")
    edited = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    changed = {path for path in edited if before.get(path) != edited[path]}
    assert {path.name for path in changed} == {
        "story.html",
        "memory",
        f"{generators.old_story(PIECES).slug}.md",
        f"{PIECES[STORIES + 1].slug}.md",
    }
    generators.reset(one, PIECES)
    assert (tmp_path / generators.AWAY / "memory-1").read_text("utf-8") == "kept"
    generators.clear_away(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "template",
    [
        "theme/templates/story.html",
        "bench/plain/theme/templates/article.html",
        "bench/hugo/layouts/page.html",
        "bench/eleventy/src/_includes/story.njk",
    ],
)
def test_every_template_has_the_tag_that_is_edited(template):
    assert (ROOT / template).read_text("utf-8").count(generators.TAG) == 1


@pytest.mark.parametrize(
    ("step", "text", "right"),
    [
        (Step.COLD, f"{generators.TAG}>", True),
        (Step.COLD, "", False),
        (Step.TYPO, f"{generators.TAG}>", False),
        (Step.TYPO, f"{generators.SEEN} story was&nbsp;mended.", True),
        (Step.TEMPLATE, f"{generators.TAG}>", False),
        (Step.TEMPLATE, f"{generators.OTHER_TAG}>", True),
    ],
)
def test_a_build_that_did_not_do_the_work_fails(step, text, right, tmp_path):
    one = fake(tmp_path, "story.html")
    piece, _ = generators.expected(step, PIECES, 0)
    page = tmp_path / "site" / piece.url.lstrip("/") / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(text, "utf-8")
    if right:
        assert generators.build(one, step, PIECES, 0).wall > 0
    else:
        with pytest.raises(Failed, match="is not as it should be"):
            generators.build(one, step, PIECES, 0)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("no-such-program",), "Hugo is skipped: no-such-program is not installed"),
        ((sys.executable, "-c", "exit('no registry')"), "Hugo is skipped: it cannot be installed: no registry"),
        ((sys.executable, "-c", "exit(3)"), "Hugo is skipped: it cannot be installed: no reason was given"),
    ],
)
def test_a_generator_that_cannot_be_had_is_left_out_with_a_word(command, words, tmp_path):
    with pytest.raises(Failed, match=f"^{words}$"):
        generators.install("Hugo", command, folder=tmp_path)


# Measuring.


def test_the_cost_of_a_command_counts_its_children(tmp_path):
    child = "x = bytearray(60_000_000); import time; time.sleep(0.4)"
    command = (sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])")
    cost = measure.run(command, tmp_path, os.environ, tmp_path / "log")
    assert cost.wall > 0.4
    assert cost.cpu > 0
    assert cost.largest > 60e6
    # The parent's own memory comes on top; without /proc it is not known.
    assert cost.peak > cost.largest or not cost.peak


def test_a_command_that_fails_is_told_with_its_last_words(tmp_path):
    command = (sys.executable, "-c", "import sys; sys.exit('the ink is out')")
    with pytest.raises(Failed, match=r"ended with status 1\nthe ink is out"):
        measure.run(command, tmp_path, os.environ, tmp_path / "log")


def test_the_middle_is_taken_figure_by_figure():
    costs = [Cost(1, 30, 5, 0), Cost(2, 10, 6, 0), Cost(9, 20, 4, 0)]
    assert measure.middle(costs) == Cost(2, 20, 5, 0)


# The tables.


@pytest.mark.parametrize(("value", "text"), [(0.123, "0.12"), (9.5, "9.50"), (24.06, "24.1"), (141.2, "141")])
def test_seconds(value, text):
    assert table.seconds(value) == text


@pytest.mark.parametrize(
    ("value", "ours", "text"), [(24, 0.8, "30 ×"), (1.3, 1, "1.3 ×"), (0.5, 1, "0.5 ×"), (2, 0, "")]
)
def test_times(value, ours, text):
    assert table.times(value, ours) == text


def test_a_section_says_what_was_measured():
    lines = table.section(RUN, COSTS).splitlines()
    assert lines[0] == "### 10,000 stories"
    assert "medians of 3 rounds" in lines[2]
    assert "load average 0.10 before, 2.00 at the end" in lines[2]
    assert "| wall time, s | Pressroom | Hugo |" in lines
    assert f"| {Step.COLD} | 0.80 | 24.1 (30 ×) |" in lines
    assert f"| {Step.TYPO} | 0.80 | – |" in lines
    assert f"| {Step.COLD} | 300, 90 | 1500, 1400 (5.0 ×) |" in lines
    assert "| Hugo | 0.1 | 12,999 |" in lines
    assert lines[-1] == "Eleventy is skipped: node is not installed."


def test_memory_that_could_not_be_sampled_is_not_made_up():
    costs = {name: {Step.COLD: replace(OURS, peak=0)} for name in ("Pressroom", "Hugo")}
    assert f"| {Step.COLD} | ?, 90 | ?, 90 |" in table.section(RUN, costs).splitlines()


def test_a_run_replaces_the_tables_of_its_size_alone():
    small, large = table.section(replace(RUN, stories=900), COSTS), table.section(RUN, COSTS)
    page = table.replaced(table.replaced(PAGE, large), small)
    assert page.index("### 900 stories") < page.index("### 10,000 stories")
    assert page.startswith("# Costs\n")
    assert page.endswith("\n\nThe end.\n")
    newer = table.section(replace(RUN, day="2026-11-21"), COSTS)
    assert table.replaced(page, newer) == page.replace(large, newer)
    assert table.replaced(page, small) == page


@pytest.mark.parametrize("page", ["", table.BEGIN, table.END, f"{table.END}{table.BEGIN}"])
def test_a_page_without_marks_is_refused(page):
    with pytest.raises(table.NoMarks):
        table.replaced(page, table.section(RUN, COSTS))


def test_the_real_page_has_the_marks():
    page = (ROOT / "docs/performance.md").read_text("utf-8")
    assert table.section(RUN, COSTS) in table.replaced(page, table.section(RUN, COSTS))


@pytest.mark.parametrize(
    ("only", "stories", "names"),
    [
        ([], 1000, ["pressroom", "hugo", "eleventy", "pelican"]),
        ([], 10_000, ["pressroom", "hugo", "eleventy"]),
        (["pelican"], 10_000, ["pressroom", "pelican"]),
        (["hugo"], 1000, ["pressroom", "hugo"]),
    ],
)
def test_who_is_measured(only, stories, names):
    found, left_out = bench.chosen(only, stories)
    assert found == names
    assert bool(left_out) == (not only and stories > bench.PELICAN_UP_TO)


@pytest.mark.parametrize("wrong", [["--stories", "0"], ["--rounds", "0"], ["--stories", "many"], ["--only", "else"]])
def test_a_wrong_argument_is_told(wrong, capsys):
    with pytest.raises(SystemExit):
        bench.main(wrong)
    assert "python -m bench: error:" in capsys.readouterr().err


def test_make_hands_on_what_is_typed():
    shown = subprocess.run(
        ["make", "-n", "bench", "N=50", "ROUNDS=1", "BENCHDIR=a folder"],
        cwd=ROOT,
        env=terminal_environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "-m bench --stories '50' --rounds '1' --folder 'a folder'" in shown.splitlines()[-1]
