"""Every page of docs/jobs/, and docs/write-a-plugin.md, does what it says.

Its files are written and its commands typed, in a fresh copy of the project; the answers must be as promised:

```console                  a command after `$`, and what it answers; `…` stands for anything
`a/file.md`:                what follows is the whole file
In `a/file`, at the end:    (or: after the line `…`, instead of the line `…`) what follows is put there
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import NOW, ROOT, picture, terminal_environment, write_files

USER = {f"GIT_{who}_{what}": "Ani" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
PAGES = [*sorted((ROOT / "docs/jobs").glob("*.md")), ROOT / "docs/write-a-plugin.md"]
PARTS = ("Makefile", "pelicanconf.py", "publishconf.py", "requirements.txt", ".ci", "content", "theme", "plugins")
BLOCK = re.compile(r"^([^\n]*)\n\n```([a-z]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
WHOLE = re.compile(r"`([^`]+)`:")
EDIT = re.compile(r"In `([^`]+)`, (?:(at the end)|after the line `([^`]+)`|instead of the line `([^`]+)`):")


@dataclass(frozen=True)
class Step:
    """One block of a page. lead: the line above it."""

    lead: str
    kind: str
    text: str


def steps(page: str) -> Iterator[Step]:
    """The blocks of a page that somebody types."""
    for lead, kind, text in BLOCK.findall(page):
        if kind == "console" or WHOLE.fullmatch(lead) or EDIT.fullmatch(lead):
            yield Step(lead, kind, text)


def typed(console: str) -> Iterator[tuple[str, str]]:
    """Each command with the answer that the page promises."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, _, answer = part.partition("\n")
        yield command, answer


def is_answer(promised: str, given: str) -> bool:
    """`…` alone on a line stands for any lines, even none; elsewhere for anything in its line."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in promised.splitlines()
    )
    return re.fullmatch(pattern, given) is not None


def edit(text: str, lead: str, added: str) -> str:
    """A file after the edit that the page asks for; the line named must be there, once."""
    found = EDIT.fullmatch(lead)
    assert found, lead
    _, at_end, after, instead = found.groups()
    if at_end:
        return text.rstrip("\n") + "\n" + added
    line = (after or instead) + "\n"
    assert text.count(f"\n{line}") == 1, f"no line {line!r}, or several"
    return text.replace(f"\n{line}", f"\n{line if after else ''}{added}")


@dataclass(frozen=True)
class Newsroom:
    """A fresh copy of the project, and someone at its terminal."""

    root: Path

    def type(self, command: str) -> tuple[int, str]:
        run = subprocess.run(  # noqa: S602  as a person types it
            command,
            shell=True,
            cwd=self.root,
            env={**terminal_environment(), **USER, "NOW": NOW, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return run.returncode, run.stdout

    def follow(self, step: Step) -> None:
        if whole := WHOLE.fullmatch(step.lead):
            path = self.root / whole[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, "utf-8")
        elif found := EDIT.fullmatch(step.lead):
            path = self.root / found[1]
            path.write_text(edit(path.read_text("utf-8"), step.lead, step.text), "utf-8")
        else:
            for command, promised in typed(step.text):
                status, given = self.type(command)
                assert is_answer(promised, given), f"$ {command}\n{given}\n--- and the page says\n{promised}"
                assert (status != 0) == ("make: ***" in promised), f"$ {command}\n{given}"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """The project as it is cloned, with its packages in place."""
    root = tmp_path / "paper"
    root.mkdir()
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, root / name)
    (root / ".venv/bin").mkdir(parents=True)
    for name, module in (("python", ""), ("pelican", "-m pelican"), ("ghp-import", "-m ghp_import")):
        program = root / ".venv/bin" / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n', "utf-8")
        program.chmod(0o755)
    shutil.copy(root / "requirements.txt", root / ".venv/installed-requirements.txt")
    # A repository with a remote, and what somebody who moves a paper in has at hand after pelican-import.
    for command in ("init -q", "init -q --bare ../origin.git", "remote add origin ../origin.git"):
        subprocess.run(["git", *command.split()], cwd=root, check=True, capture_output=True)
    shutil.copytree(ROOT / "tests/wordpress", root, dirs_exist_ok=True)
    photos = {f"uploads/2019/05/{name}.jpg": picture(form="JPEG") for name in ("run", "mill", "one", "two")}
    write_files(root, {**photos, "uploads/2019/05/rules.pdf": "%PDF-1.4"})
    return Newsroom(root)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_does_what_it_says(page, newsroom):
    for step in steps(page.read_text("utf-8")):
        newsroom.follow(step)


# The reader of the pages.


@pytest.mark.parametrize(
    ("promised", "given"),
    [
        ("no problems\n", "no problems\n"),
        ("…\n2 errors\n", "a\nb\n2 errors\n"),
        ("…\n2 errors\n", "2 errors\n"),
        ("… s; no problems\n", "0.3 s; no problems\n"),
        ("", ""),
    ],
)
def test_an_answer_as_promised(promised, given):
    assert is_answer(promised, given)


@pytest.mark.parametrize(
    ("promised", "given"),
    [
        ("no problems\n", "1 error\n"),
        ("", "a warning\n"),
        ("a\nb\n", "b\na\n"),
        ("a\n", "a\nb\n"),
        ("…\nb\n", "b\nc\n"),
    ],
)
def test_an_answer_other_than_promised(promised, given):
    assert not is_answer(promised, given)


def test_an_edit_is_put_where_the_page_says():
    assert edit("a\nb\n", "In `x`, at the end:", "c\n") == "a\nb\nc\n"
    assert edit("a\nb\nd\n", "In `x`, after the line `b`:", "c\n") == "a\nb\nc\nd\n"
    assert edit("a\nb\nd\n", "In `x`, instead of the line `b`:", "c\n") == "a\nc\nd\n"
    with pytest.raises(AssertionError):
        edit("a\nb\n", "In `x`, after the line `c`:", "d\n")


def test_every_page_has_something_to_type():
    for page in PAGES:
        found = list(steps(page.read_text("utf-8")))
        assert any(step.kind == "console" for step in found), page.name


def test_a_page_that_is_wrong_is_found(newsroom):
    newsroom.follow(Step("", "console", "$ echo one\none\n"))
    with pytest.raises(AssertionError):
        newsroom.follow(Step("", "console", "$ echo one\ntwo\n"))
    with pytest.raises(AssertionError):
        newsroom.follow(Step("", "console", "$ false\n"))
