"""A rebuild says why each page was made (`WHY=1`), and where the time went (`PROFILE=1`)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from plugins.press.joint import PressPelican
from plugins.press.phases import Phases
from plugins.press.profile import as_lines, owner_of
from tests.conftest import NOW, PAPER, ROOT, picture, settings_for, story, write_files

FAIR = "2026/10/03/fair/index.html"
CHOIR = "2026/10/04/choir/index.html"


@pytest.fixture
def paper(tmp_path):
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    write_files(
        tmp_path / "content",
        {
            "data/paper.toml": PAPER,
            "community/fair.md": story(photo="{file: a.png, alt: A, caption: C, credit: D}", tags="harvest"),
            "community/choir.md": story("A choir", body="See [it](fair.md).", date="2026-10-04", authors="Ani Example"),
            "community/a.png": picture(),
        },
    )
    built(tmp_path)
    return tmp_path


def built(paper: Path, **settings: Any) -> dict[str, str]:
    """Why each page was made."""
    settings = {"THEME": str(paper / "theme"), **settings}
    pelican = PressPelican(settings_for(paper / "content", paper / "output", paper / ".press", **settings))
    pelican.run()
    assert pelican.built
    return dict(pelican.built.reasons)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_nothing_changed_and_nothing_is_made(paper):
    assert built(paper) == {}


def test_a_body_that_changed(paper):
    edit(paper / "content/community/fair.md", "was held", "was held again")
    assert built(paper)[FAIR] == "body changed"


def test_front_matter_that_changed_and_who_shows_it(paper):
    edit(paper / "content/community/fair.md", "A fair in the square", "Another headline")
    reasons = built(paper)
    assert reasons[FAIR] == "front matter changed"
    assert reasons[CHOIR] == reasons["index.html"] == "changed: community/fair.md"


def test_a_link_whose_target_moved(paper):
    edit(paper / "content/community/fair.md", "title:", "slug: great-fair\ntitle:")
    reasons = built(paper)
    assert reasons["2026/10/03/great-fair/index.html"] == "new"
    assert "another address: community/fair.md" in reasons[CHOIR]


def test_a_template_that_changed_deep_down(paper):
    edit(paper / "theme/templates/components/moment.html", "<time", "<time data-x")
    assert built(paper)[FAIR] == "template changed: components/moment.html"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"SITEURL": "https://courier.example/sub"}, "changed: setting SITEURL"),
        ({"PAGE_SIZE": 3}, "changed: setting PAGE_SIZE"),
        ({"JINJA_FILTERS": {"shout": str.upper}}, "changed: setting JINJA_FILTERS"),
    ],
    ids=["address", "page size", "filter"],
)
def test_a_setting_that_changed(paper, settings, expected):
    assert set(built(paper, **settings).values()) == {expected, "it lists other pages"}


def test_a_table_and_a_style_that_changed(paper):
    write_files(paper / "content", {"data/agencies.toml": '[wire]\nname = "Example Wire"\n'})
    assert built(paper)[FAIR] == "changed: data/agencies.toml"
    edit(paper / "theme/static/css/tokens.css", "{", "{ ")
    assert built(paper)[FAIR] == "changed: the style sheet or another asset"


def test_a_picture_that_changed(paper):
    write_files(paper / "content", {"community/a.png": picture(90, 20)})
    assert built(paper)[FAIR] == "picture changed: community/a.png"


def test_a_file_that_somebody_spoilt(paper):
    (paper / "output" / FAIR).write_text("spoilt")
    assert built(paper)[FAIR] == "its file was changed or removed"


def test_a_neighbour_and_a_topic_that_came(paper):
    write_files(paper / "content", {"community/new.md": story("New", date="2026-10-03 12:00", tags="harvest, chess")})
    reasons = built(paper)
    assert reasons[CHOIR] == "its stories are others"
    assert reasons["topics/harvest/index.html"] == "its stories are others"
    assert reasons["topics/chess/index.html"] == "new"
    assert FAIR not in reasons


def run(paper: Path, **environment: str) -> str:
    command = [sys.executable, "-m", "pelican", "content", "-o", "output", "-s", str(ROOT / "pelicanconf.py")]
    done = subprocess.run(
        command,
        cwd=paper,
        env={**os.environ, "NOW": NOW, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_command_tells_why_and_where_the_time_went(paper):
    assert "1 body changed" not in run(paper)
    edit(paper / "content/community/fair.md", "was held", "was held once more")
    said = run(paper, WHY="1")
    assert f"{FAIR}: body changed" in said
    assert re.search(r"\d pages made: .*1 body changed", said)
    edit(paper / "content/community/fair.md", "once more", "for the last time")
    said = run(paper, PROFILE="1")
    assert re.search(r"by phase\n +\d+ ms", said)
    assert "reading" in said
    assert re.search(r"by plugin and library\n( +\d+ ms .*\n)* +\d+ ms +\d+%  plugins\.stories\n", said)


def test_phases_count_each_second_once():
    phases = Phases()
    with phases.phase("outer"):
        with phases.phase("inner"):
            sum(range(20000))
        with phases.phase("inner"):
            sum(range(20000))
    assert list(phases.seconds) == ["outer", "inner"]
    assert phases.seconds["inner"] > phases.seconds["outer"] >= 0


def test_whose_code_a_file_is():
    assert owner_of(str(ROOT / "plugins/datelines/parse.py"), ROOT) == "plugins.datelines"
    assert owner_of(str(ROOT / "plugins/topics.py"), ROOT) == "plugins.topics"
    assert owner_of(re.__file__, ROOT) == owner_of("~", ROOT) == "Python itself"
    assert owner_of(str(Path(pytest.__file__)), ROOT) == "pytest"
    assert owner_of("/x/theme/templates/story.html", ROOT) == "templates"


def test_the_table_names_the_longest_first_and_sums_the_rest():
    lines = list(as_lines("t", {f"p{number:02}": number / 1000 for number in range(15)}))
    assert lines[0] == "t"
    assert lines[1].endswith("p14")
    assert lines[-1].endswith("everything else")
    assert len(lines) == 14
