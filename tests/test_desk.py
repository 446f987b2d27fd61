"""The commands, run as people run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from plugins.desk.new import slug_of
from tests.conftest import PAPER, ROOT, snapshot, story, write_files


def desk(*words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "plugins.desk", *words],
        cwd=ROOT,
        env={**os.environ, "NOW": "2026-11-20T12:00+04:00", **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def pelican(content: Path, output: Path, *words: str, env: dict[str, str] | None = None, conf: str = "pelicanconf.py"):
    override = f'PRESS_PATH="{output.parent / ".press"}"'
    return subprocess.run(
        [sys.executable, "-m", "pelican", str(content), "-o", str(output), "-s", conf, "-e", override, *words],
        cwd=ROOT,
        env={**os.environ, "NOW": "2026-11-20T12:00+04:00", **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def paper(tmp_path):
    write_files(
        tmp_path / "content",
        {
            "data/paper.toml": PAPER,
            "data/sections.toml": '[community]\nen = "Community"\n[culture]\nen = "Culture"\n',
            "community/fair.md": story(),
        },
    )
    return tmp_path


def test_the_pelican_command_by_hand_gives_the_site_and_a_report(paper):
    done = pelican(paper / "content", paper / "output")
    assert done.returncode == 0, done.stderr
    assert (paper / "output/2026/10/03/fair/index.html").exists()
    for said in ("reading 1 file", "making", "writing", "1 story", "written", "no problems"):
        assert said in done.stdout
    assert not done.stderr


def test_a_fault_in_the_copy_ends_pelican_with_a_report_and_no_traceback(paper):
    write_files(paper / "content", {"community/bad.md": story(date="3 October", nonsense="x")})
    done = pelican(paper / "content", paper / "output")
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert f"{paper}/content/community/bad.md:3: front-matter/" in done.stderr
    assert f"{paper}/content/community/bad.md:5: front-matter/unknown-key" in done.stderr
    assert "hint: " in done.stderr
    assert not (paper / "output").exists()


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_check_tells_all_in_three_forms_and_writes_nothing(paper, form):
    write_files(paper / "content", {"community/bad.md": story(date="3 October", nonsense='"x, y: 100%"')})
    before = snapshot(paper)
    done = desk("check", "--content", str(paper / "content"), "--output", str(paper / "output"), "--format", form)
    assert done.returncode == 1, done.stderr
    assert not done.stderr
    assert snapshot(paper) == before
    if form == "json":
        problems = json.loads(done.stdout)["problems"]
        assert {(each["line"], each["severity"]) for each in problems} == {(3, "error"), (5, "error")}
    elif form == "github":
        lines = done.stdout.splitlines()
        assert all(
            re.match(r"::error file=[^,:]+bad\.md,line=\d+,title=front-matter/[a-z-]+::\S", line) for line in lines
        )
    else:
        assert "2 errors" in done.stdout


def test_check_of_a_good_paper_is_silent_and_zero(paper):
    done = desk("check", "--content", str(paper / "content"), "--output", str(paper / "output"), "--format", "github")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_new_writes_a_valid_draft_and_prints_its_path(paper):
    title = 'It\'s "5: 00" #1 — Fair & $HOME `x`'
    done = desk("new", "--content", str(paper / "content"), env={"TITLE": title, "SECTION": "culture"})
    assert done.returncode == 0, done.stderr
    path = Path(done.stdout.strip())
    assert path == paper / "content/culture/2026/its-5-00-1-fair-home-x.md"
    path.write_text(path.read_text("utf-8").replace("status: draft\n", ""), "utf-8")
    built = pelican(paper / "content", paper / "output")
    assert built.returncode == 0, built.stderr
    page = (paper / "output/2026/11/20/its-5-00-1-fair-home-x/index.html").read_text("utf-8")
    assert "It’s “5: 00” #1 — Fair &amp; $HOME `x`" in page
    again = desk("new", "--content", str(paper / "content"), env={"TITLE": title, "SECTION": "culture"})
    assert again.returncode == 1
    assert "already there" in again.stderr


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"TITLE": "", "SECTION": "culture"}, "TITLE="),
        ({"TITLE": "A", "SECTION": ""}, "SECTION="),
        ({"TITLE": "A", "SECTION": "cultur"}, "did you mean culture?"),
        ({"TITLE": "A", "SECTION": "../x"}, "no section"),
        ({"TITLE": "…", "SECTION": "culture"}, "letter"),
        ({"TITLE": "A", "SECTION": "culture", "STORY_LANG": "fr"}, "no language"),
        ({"TITLE": "A", "SECTION": "culture", "DATE": "soon"}, "no date"),
    ],
)
def test_new_says_what_it_needs(paper, env, said):
    done = desk("new", "--content", str(paper / "content"), env=env)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Harvest fair fills the square", "harvest-fair-fills-the-square"),
        ("Երևանի տոնավաճառ", "erevani-tonavacharh"),
        ("It’s the mayor's 5%", "its-the-mayors-5"),
        ("One two three four five six seven eight nine", "one-two-three-four-five-six-seven-eight"),
        ("São Paulo — Zürich", "sao-paulo-zurich"),
    ],
)
def test_a_slug_is_plain_letters(title, slug):
    assert slug_of(title) == slug


def wait_for(what, seconds: float = 30.0):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


def test_serve_builds_serves_and_builds_again_on_a_change(paper):
    command = [sys.executable, "-m", "plugins.desk", "serve", "--port", "0"]
    for name, path in (("--content", "content"), ("--output", "output")):
        command += [name, str(paper / path)]
    option = f'--pelican-option=-ePRESS_PATH="{paper / ".press"}"'
    log = (paper / "log").open("w")
    server = subprocess.Popen([*command, option], cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_for(lambda: "the site is at" in (paper / "log").read_text())
        (address,) = re.findall(r"http://\S+/", (paper / "log").read_text())
        address = address.replace("localhost", "127.0.0.1")

        def page(url: str) -> tuple[int, str]:
            try:
                with urllib.request.urlopen(address + url, timeout=5) as answer:  # noqa: S310
                    return answer.status, answer.read().decode()
            except urllib.error.HTTPError as fault:
                return fault.code, fault.read().decode()

        wait_for(lambda: page("2026/10/03/fair/")[0] == 200)
        status, text = page("nowhere/")
        assert status == 404
        assert "Page not found" in text
        write_files(paper / "content", {"community/fair.md": story("Changed while served")})
        wait_for(lambda: "Changed while served" in page("2026/10/03/fair/")[1])
        write_files(paper / "content", {"community/fair.md": story(date="bad")})
        wait_for(lambda: "front-matter/" in (paper / "log").read_text())
        assert "Changed while served" in page("2026/10/03/fair/")[1]
        write_files(paper / "content", {"community/fair.md": story("Mended")})
        wait_for(lambda: "Mended" in page("2026/10/03/fair/")[1])
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=20)
        log.close()
    assert "Traceback" not in (paper / "log").read_text()


def test_a_port_that_is_taken_is_told(paper):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = desk(
            "serve", "--content", str(paper / "content"), "--output", str(paper / "output"), "--port", str(port)
        )
    assert done.returncode == 1
    assert f"PORT={port + 1}" in done.stderr


def git(folder: Path, *words: str) -> str:
    command = ["git", "-c", "user.name=Ani", "-c", "user.email=ani@courier.example", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def test_publishing_twice_to_a_branch_with_a_sub_path_takes_away_what_is_gone(paper):
    """`make github` with the project's own Makefile, a bare repository and the real ghp-import."""
    checkout = paper / "checkout"
    names = ("theme", "plugins", "pelicanconf.py", "publishconf.py", "Makefile", "requirements.txt", ".ci")
    checkout.mkdir()
    for name in names:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, checkout / name)
    (paper / "content").rename(checkout / "content")
    write_files(checkout / "content", {"community/gone.md": story("Soon gone")})
    git(paper, "init", "-q", "--bare", "bare.git")
    git(checkout, "init", "-q")
    git(checkout, "remote", "add", "origin", str(paper / "bare.git"))
    scripts = Path(sys.executable).parent
    # The environment of this test stands for the one that make would install.
    venv = ["VENV=" + str(scripts.parent), "environment=true"]
    identity = {
        f"GIT_{role}_{key}": "ani@courier.example" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **identity, "NOW": "2026-11-20T12:00+04:00"}
    command = ["make", "github", "SITEURL=https://papers.example/courier", *venv]

    def publish() -> set[str]:
        done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return set(git(paper / "bare.git", "ls-tree", "-r", "--name-only", "gh-pages").split())

    first = publish()
    assert {"2026/10/03/fair/index.html", "2026/10/03/gone/index.html", ".nojekyll"} <= first
    page = git(paper / "bare.git", "show", "gh-pages:2026/10/03/fair/index.html")
    assert 'href="/courier/community/"' in page
    assert "https://papers.example/courier/2026/10/03/fair/" in page
    (checkout / "content/community/gone.md").unlink()
    second = publish()
    assert "2026/10/03/gone/index.html" not in second
    assert "Soon gone" not in git(paper / "bare.git", "grep", "-h", "-e", "paper", "gh-pages", "--", "*.html", "*.xml")
    assert first - second == {"2026/10/03/gone/index.html"}
