"""The proof that a rebuild is right: whatever was edited in between, it equals a plain build byte for byte.

A paper is edited at random, again and again: stories, tables, pictures, clock, theme, settings and plugins.
After each edit, folders that have seen all builds, on one worker and on two, are compared with a plain build
(`PRESS=0`) that has seen none. Every kind of edit is a function here; a test says how often each occurred.
"""

from __future__ import annotations

import importlib
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.conftest import NEWSLETTERS, PAPER, ROOT, Site, picture, run_press, snapshot, story, write_files

SECTIONS = ("community", "culture", "schools")
TOPICS = ("harvest", "chess", "choirs", "Գյումրի")
PLACES = ("VANADZOR, Armenia", "GORIS, Armenia", "DILIJAN, Armenia")
AUTHORS = ("Ani Example", "Jane Sample")
START = datetime(2026, 11, 1, 12, 0, tzinfo=ZoneInfo("Asia/Yerevan"))
STORIES = 38

PLUGIN = '''
"""A plugin of the paper's own: what it prints stands on a page and under every story."""

from plugins.newsroom import hooks
from plugins.newsroom.job import Job
from plugins.newsroom.views import NoticeView, Page

WORDS = "as of number {serial}"


def list_pages(edition):
    yield Job("own/index.html", print_own, tuple(edition.listed("en")[-2:]))


def print_own(job, edition):
    text = ", ".join(edition.story(each).headline for each in job.about)
    return Page("own/index.html", "own/", "notice.html", "en", {{"notice": NoticeView(WORDS, text)}},
                head=_head(edition), furniture=_furniture(edition))


def _head(edition):
    from plugins.newsroom import showing
    return showing.head(edition, "en", "own/", WORDS)


def _furniture(edition):
    from plugins.newsroom import showing
    return showing.furniture(edition, "en", "own/")


def end_entry(story, edition):
    return "<p>" + WORDS + "</p>"


def register():
    hooks.pages.add("own_plugin", list_pages)
    hooks.entry_ends.add("own_plugin", end_entry)
'''


@dataclass
class Paper:
    """A paper being edited. names: the stories' files; held: those that are, or were, withheld, so that none links to
    them. serial: makes each headline new.

    stopped: how many edits left a fault. following: the edit that must come next, so that two that belong together do.
    """

    folder: Path
    rng: random.Random
    names: list[str] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    serial: int = 0
    now: datetime = START
    page_size: int = 3
    siteurl: str = ""
    made: Counter[str] = field(default_factory=Counter)
    stopped: int = 0
    following: Callable[[Paper], None] | None = None

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def theme(self) -> Path:
        return self.folder / "theme"

    def fresh(self, name: str, **keys: object) -> None:
        """Write a story anew, with random front matter and a link to another."""
        self.serial += 1
        place, more = self.rng.choice(PLACES), "word after word, " * 20
        body = [f"{place} (Example Wire) — Sentence {self.serial} of the story, and {more}."]
        self.held -= {name}
        if keys.keys() & {"status", "embargo"}:
            self.held |= {name}
        others = [other for other in self.names if other != name and other not in self.held]
        if others and self.rng.random() < 0.4:
            body.append(f"See [another]({{filename}}/{self.rng.choice(others)}).")
        body += [f"Paragraph {number} of it, in plain words." for number in range(self.rng.randrange(1, 4))]
        if self.rng.random() < 0.2:
            body.append('![A thing](/images/other.png "Its caption."){credit="Ani"}')
        front: dict[str, object] = {
            "category": self.rng.choice(SECTIONS),
            "date": f"{self.now - timedelta(hours=self.rng.randrange(24 * 90)):%Y-%m-%d %H:%M}",
            "authors": self.rng.choice([*AUTHORS, "; ".join(AUTHORS)]),
            "tags": ", ".join(self.rng.sample(TOPICS, self.rng.randrange(1, 3))),
        }
        if self.rng.random() < 0.4:
            front["photo"] = "{file: /images/shared.png, alt: A thing, caption: Its caption, credit: Ani}"
        if self.rng.random() < 0.1:
            front["priority"] = self.rng.randrange(3)
        if "/hy/" in name:
            front["lang"] = "hy"
        write_files(self.content, {name: story(f"Story {self.serial}", "\n\n".join(body), **front, **keys)})

    def pick(self) -> str:
        return self.rng.choice(self.names)

    def pick_unlinked(self) -> str:
        """A story that no other links to: to take away one that is linked stops the build."""
        texts = "".join(path.read_text("utf-8") for path in self.content.rglob("*.md"))
        return self.rng.choice([name for name in self.names if f"/{name})" not in texts])


def add(paper: Paper) -> None:
    name = f"{paper.rng.choice(SECTIONS)}/2026/story-{paper.serial + 1}.md"
    paper.fresh(name)
    paper.names.append(name)


def add_in_armenian(paper: Paper) -> None:
    original = paper.pick()
    name = original.replace("/2026/", "/2026/hy/")
    if "/hy/" in original or name in paper.names:
        add(paper)
        return
    paper.fresh(name)
    paper.names.append(name)


def change(paper: Paper) -> None:
    name = paper.pick()
    paper.fresh(name)


def change_one_word(paper: Paper) -> None:
    path = paper.content / paper.pick()
    path.write_text(path.read_text("utf-8").replace("plain", "clear"), "utf-8")


def change_slug(paper: Paper) -> None:
    name = paper.pick()
    paper.fresh(name, slug=f"slug-{paper.serial}")


def hold(paper: Paper) -> None:
    name = paper.pick_unlinked()
    paper.fresh(name, status="draft")


def put_under_embargo(paper: Paper) -> None:
    name = paper.pick_unlinked()
    embargo = f"{paper.now + timedelta(hours=2):%Y-%m-%d %H:%M}"
    paper.following = move_clock
    paper.fresh(name, embargo=embargo)


def hide(paper: Paper) -> None:
    name = paper.pick()
    paper.fresh(name, status="hidden")


def delete(paper: Paper) -> None:
    if len(paper.names) > 6:
        name = paper.pick_unlinked()
        (paper.content / name).unlink()
        paper.names.remove(name)


def rename(paper: Paper) -> None:
    name = paper.pick_unlinked()
    paper.serial += 1
    new = name.rpartition("/")[0] + f"/renamed-{paper.serial}.md"
    (paper.content / name).rename(paper.content / new)
    paper.names[paper.names.index(name)] = new


def change_field(paper: Paper, key: str, value: str) -> None:
    """One line of one story's front matter, and nothing else."""
    path = paper.content / paper.pick()
    lines = [line for line in path.read_text("utf-8").split("\n") if not line.startswith(f"{key}: ")]
    lines.insert(1, f"{key}: {value}")
    path.write_text("\n".join(lines), "utf-8")


def change_title(paper: Paper) -> None:
    paper.serial += 1
    change_field(paper, "title", f"Another headline {paper.serial}")


def change_date(paper: Paper) -> None:
    change_field(paper, "date", f"{paper.now - timedelta(hours=paper.rng.randrange(24 * 90)):%Y-%m-%d %H:%M}")


def change_section(paper: Paper) -> None:
    change_field(paper, "category", paper.rng.choice(SECTIONS))


def change_topic(paper: Paper) -> None:
    change_field(paper, "tags", ", ".join(paper.rng.sample(TOPICS, 2)))


def change_author(paper: Paper) -> None:
    change_field(paper, "authors", paper.rng.choice([*AUTHORS, "Guest Writer"]))


def change_dateline(paper: Paper) -> None:
    path = paper.content / paper.pick()
    text = path.read_text("utf-8")
    for place in PLACES:
        text = text.replace(f"{place} (Example", "PLACE (Example")
    path.write_text(text.replace("PLACE (Example", f"{paper.rng.choice(PLACES)} (Example"), "utf-8")


def pair_by_name(paper: Paper) -> None:
    armenian = [name for name in paper.names if "/hy/" in name]
    english = [name for name in paper.names if "/hy/" not in name]
    if armenian and english:
        original = (paper.content / paper.rng.choice(english)).stem
        paper.fresh(paper.rng.choice(armenian), translation_of=original, slug=f"hy-{paper.serial}")


def give_row(paper: Paper) -> None:
    """A row more in each table that readers see."""
    paper.serial += 1
    number = paper.serial
    for name, row in {
        "agencies": f'[wire-{number}]\nname = "Example Wire"\nurl = "https://wire.example/{number}"\n',
        "bylines": f'[ani-{number}]\nname = "Ani Example"\nrole = "Writer {number}"\n',
        "places": f'[goris-{number}]\nen = "GORIS"\nhy = "ԳՈՐԻՍ"\nregion = "Armenia"\n',
    }.items():
        write_files(paper.content, {f"data/{name}.toml": row})


def change_row(paper: Paper) -> None:
    paper.serial += 1
    rows = [
        f'[{each}]\nen = "{each.capitalize()} {paper.serial}"\norder = {paper.rng.randrange(9)}\n' for each in SECTIONS
    ]
    write_files(paper.content, {"data/sections.toml": "".join(rows)})


def remove_rows(paper: Paper) -> None:
    name = paper.rng.choice(("agencies", "bylines", "places", "sections"))
    (paper.content / f"data/{name}.toml").unlink(missing_ok=True)


def change_picture(paper: Paper) -> None:
    name = paper.rng.choice(("shared", "other"))
    write_files(paper.content, {f"images/{name}.png": picture(paper.rng.randrange(20, 90), 30)})


def change_newsletters(paper: Paper) -> None:
    paper.serial += 1
    text = NEWSLETTERS.replace("in your inbox", f"in your inbox {paper.serial}")
    write_files(paper.content, {"data/newsletters.toml": text + '\n[placement.section.culture]\nmiddle = "off"\n'})


def move_clock(paper: Paper) -> None:
    paper.now += timedelta(hours=paper.rng.choice([3, 30]))


def change_setting(paper: Paper) -> None:
    paper.siteurl = "" if paper.siteurl else "https://courier.example/sub"


def change_page_size(paper: Paper) -> None:
    paper.page_size = 7 - paper.page_size


def change_template(paper: Paper) -> None:
    paper.serial += 1
    page = paper.theme / "templates" / paper.rng.choice(["story.html", "listing.html", "machine/atom.xml"])
    text = page.read_text("utf-8").rstrip()
    page.write_text(f"{text}\n{{# number {paper.serial} #}}\n", "utf-8")


def change_macro(paper: Paper) -> None:
    paper.serial += 1
    name = paper.rng.choice(["byline", "card"])
    path = paper.theme / f"templates/components/{name}.html"
    text = path.read_text("utf-8")
    before, mark, after = text.partition("class=")
    path.write_text(f'{before}data-serial="{paper.serial}" {mark}{after}', "utf-8")


def change_style(paper: Paper) -> None:
    paper.serial += 1
    path = paper.theme / "static/css/tokens.css"
    path.write_text(path.read_text("utf-8") + f"/* {paper.serial} */\n", "utf-8")


def change_words(paper: Paper) -> None:
    path = paper.theme / "locale/hy.po"
    paper.serial += 1
    text = path.read_text("utf-8")
    start = text.index('msgid "Archive"')
    end = text.index("\n\n", start)
    path.write_text(f'{text[:start]}msgid "Archive"\nmsgstr "Արխիվ {paper.serial}"{text[end:]}', "utf-8")


def change_plugin(paper: Paper) -> None:
    paper.serial += 1
    write_plugin(paper)


def change_file_for_readers(paper: Paper) -> None:
    paper.serial += 1
    write_files(paper.content, {"extra/ads.txt": f"number {paper.serial}"})


def spoil_the_output(paper: Paper) -> None:
    """Somebody edits, or loses, a file of the site itself."""
    for output in (paper.folder / "kept").glob("*/output"):
        pages = sorted(output.rglob("*.html"))
        if pages:
            page = paper.rng.choice(pages)
            page.write_text("spoilt") if paper.rng.random() < 0.5 else page.unlink()


def change_nothing(_paper: Paper) -> None:
    """A rebuild of what is built."""


EDITS: tuple[Callable[[Paper], None], ...] = (
    *(add, add_in_armenian, change, change_one_word, change_slug, delete, rename),
    *(change_title, change_date, change_section, change_topic, change_author, change_dateline, pair_by_name),
    *(hold, put_under_embargo, hide, move_clock),
    *(give_row, change_row, remove_rows, change_newsletters),
    *(change_template, change_macro, change_style, change_words, change_plugin, change_setting, change_page_size),
    *(change_picture, change_file_for_readers, spoil_the_output, change_nothing),
)


def write_plugin(paper: Paper) -> None:
    write_files(paper.folder, {"code/own_plugin.py": PLUGIN.format(serial=paper.serial)})


def start(folder: Path, seed: int, stories: int = STORIES) -> Paper:
    """A paper with three sheets and more of each section, in two languages, with shared pictures, links and pairs."""
    paper = Paper(folder, random.Random(seed))  # noqa: S311
    shutil.copytree(ROOT / "theme", paper.theme)
    write_plugin(paper)
    write_files(
        paper.content,
        {
            "data/paper.toml": PAPER + 'languages = ["en", "hy"]\n',
            "data/newsletters.toml": NEWSLETTERS,
            "images/shared.png": picture(),
            "images/other.png": picture(30, 30),
            "pages/about.md": "---\ntitle: About us\n---\n\nWe are a paper.\n",
        },
    )
    for _ in range(stories - stories // 5):
        add(paper)
    for _ in range(stories // 5):
        add_in_armenian(paper)
    return paper


def edit(paper: Paper, edits: tuple[Callable[[Paper], None], ...] = EDITS) -> str:
    """One random edit, of the kinds that came least until now; its name."""
    fewest = min(paper.made[each.__name__] for each in edits)
    chosen = paper.following or paper.rng.choice([each for each in edits if paper.made[each.__name__] == fewest])
    paper.following = None
    chosen(paper)
    paper.made[chosen.__name__] += 1
    return chosen.__name__


def kept_aside(paper: Paper) -> Callable[[], None]:
    """The copy and the state of a paper as they are; the function returned brings them back."""
    files, names, held = snapshot(paper.content), list(paper.names), set(paper.held)

    def bring_back() -> None:
        shutil.rmtree(paper.content)
        write_files(paper.content, files)
        paper.names, paper.held, paper.following = names, held, None

    return bring_back


def settings_of(paper: Paper) -> dict[str, Any]:
    """What a build of the paper is told."""
    code = paper.folder / "code"
    return {
        "NOW": paper.now.isoformat(),
        "PAGE_SIZE": paper.page_size,
        "SITEURL": paper.siteurl,
        "THEME": str(paper.theme),
        "PLUGIN_PATHS": [str(code)],
    }


def press(paper: Paper, folder: Path, **settings: Any) -> Site:
    """Build into a folder that may have seen earlier builds, in this process."""
    forget_plugin()
    sys.path.insert(0, str(paper.folder / "code"))
    try:
        plugins = [*importlib.import_module("pelicanconf").PLUGINS, "own_plugin"]
        return run_press(
            paper.content,
            folder / "output",
            folder / ".press",
            **{**settings_of(paper), "PLUGINS": plugins, **settings},
        )
    finally:
        sys.path.remove(str(paper.folder / "code"))


def forget_plugin() -> None:
    """What a new process would not know."""
    sys.modules.pop("own_plugin", None)
    importlib.invalidate_caches()
    sys.dont_write_bytecode = True


def plain(paper: Paper, folder: Path) -> Site:
    """The yardstick: everything read and made, on one core, with nothing kept."""
    return press(paper, folder, PRESS_PLAIN=True)


def difference(one: Path, other: Path) -> list[str]:
    """The files in which two output folders differ."""
    first, second = snapshot(one), snapshot(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
