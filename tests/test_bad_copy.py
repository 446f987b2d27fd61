"""All bad files together, in one build: exactly the problems that each states, no more and no fewer."""

from __future__ import annotations

from plugins.desk.schema import every_code
from plugins.newsroom.problem import Severity
from tests.bad_copy_format import code_of, expected, files
from tests.conftest import NEWSLETTERS, PAPER, picture, story, write_files

CODES_OF_FILES = (
    *("front-matter/", "file/", "dateline/", "newsletter/", "story/", "link/", "photo/"),
    *("byline/", "url/", "markup/"),
)
"""Areas whose faults stand in a source; tables, settings, templates and plugins have tests of their own."""
NOT_IN_A_FILE = {
    "file/extension",  # the fault is the file's name: test_input.py
    "file/symlink-loop",
    "file/special",
    "file/bad-name",
    "file/unreadable",
    "url/collision",
    "url/outside",
    "url/pattern",
    "photo/unreadable",
    "story/no-page",  # a plugin is missing
    "story/slot",  # a plugin is missing
    "story/unknown-section",  # the paper has no sections.toml: test_input.py
    "newsletter/bad-id",  # faults of newsletters.toml: test_newsletters.py
    "newsletter/insecure",
    "newsletter/link-broken",
    "newsletter/missing-field",
    "newsletter/placeholder",
    "newsletter/unknown-list-in-placement",
    "newsletter/unknown-provider",
}


def bad_files() -> dict[str, bytes]:
    return {f"news/{name}": data for name, data in files()}


def stated() -> set[tuple[str, int, str]]:
    return {(path, line, code) for path, data in bad_files().items() for line, code in expected(data)}


def test_all_bad_files_in_one_build_give_exactly_what_they_state(build, tmp_path):
    write_files(
        tmp_path / "content",
        {
            "data/paper.toml": PAPER,
            "data/newsletters.toml": NEWSLETTERS,
            "data/bylines.toml": '[ani-example]\nname = "Ani Example"\n',
            "data/agencies.toml": '[example-wire]\nname = "Example Wire"\n',
            "news/images/here.png": picture(),
            "news/waiting/draft.md": story("Waiting", category="news", status="draft"),
        },
    )
    site = build(bad_files())
    assert site.stopped
    found = {(problem.path, problem.line, problem.code) for problem in site.problems}
    assert found - stated() == set()
    assert stated() - found == set()


def test_every_code_of_a_file_has_a_bad_file():
    wanted = {name for name in every_code() if name.startswith(CODES_OF_FILES)} - NOT_IN_A_FILE
    assert wanted - {code for _, _, code in stated()} == set()


def test_every_problem_says_what_to_type(build, tmp_path):
    site = build(bad_files())
    for problem in site.problems:
        assert problem.message.strip(), problem
        assert len(problem.message) < 400, problem
        assert "Traceback" not in problem.message, problem
        assert problem.severity in set(Severity), problem


def test_good_near_misses_are_good(build):
    good = {path: data for path, data in bad_files().items() if not expected(data)}
    assert len(good) > 20
    site = build({**good, "data/newsletters.toml": NEWSLETTERS, "news/images/here.png": picture()})
    assert [str(problem) for problem in site.problems] == []
    assert site.written.changed


def test_every_bad_file_has_a_good_near_miss():
    bad = {code_of(path.removeprefix("news/")) for path, data in bad_files().items() if expected(data)}
    good = {code_of(path.removeprefix("news/")) for path, data in bad_files().items() if not expected(data)}
    assert {code for code in bad if code in every_code()} - good == set()
