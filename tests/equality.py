"""The proof that a rebuild is right: whatever was edited in between, it equals a clean build byte for byte.

A small paper is edited at random, again and again; after each edit the folder that has seen all builds is compared with
one that has seen none. Every kind of edit is a function here; a test says how often each occurred.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.conftest import NEWSLETTERS, PAPER, Site, picture, run_press, snapshot, story, write_files

SECTIONS = ("community", "culture", "schools")
START = datetime(2026, 11, 1, 12, 0, tzinfo=ZoneInfo("Asia/Yerevan"))


@dataclass
class Paper:
    """A paper being edited. names: the stories' files. serial: makes each headline new."""

    content: Path
    rng: random.Random
    names: list[str] = field(default_factory=list)
    serial: int = 0
    now: datetime = START
    page_size: int = 3
    made: Counter[str] = field(default_factory=Counter)

    def fresh(self, name: str, **keys: object) -> None:
        """Write a story anew, with random front matter and a link to another."""
        self.serial += 1
        body = [f"VANADZOR, Armenia (Example Wire) — Sentence {self.serial} of the story."]
        others = [other for other in self.names if other != name]
        if others and self.rng.random() < 0.4:
            body.append(f"See [another](/{self.rng.choice(others)}).".replace("(/", "({filename}/"))
        body += [f"Paragraph {number} of it, in plain words." for number in range(self.rng.randrange(4))]
        front: dict[str, object] = {
            "category": self.rng.choice(SECTIONS),
            "date": f"{self.now - timedelta(hours=self.rng.randrange(24 * 90)):%Y-%m-%d %H:%M}",
            "authors": self.rng.choice(["Ani Example", "Jane Sample", "Ani Example; Jane Sample"]),
        }
        if self.rng.random() < 0.4:
            front["photo"] = "{file: /images/shared.png, alt: A thing, caption: Its caption, credit: Ani}"
        write_files(self.content, {name: story(f"Story {self.serial}", "\n\n".join(body), **front, **keys)})

    def pick(self) -> str:
        return self.rng.choice(self.names)


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
    paper.fresh(name, lang="hy")
    paper.names.append(name)


def change(paper: Paper) -> None:
    name = paper.pick()
    paper.fresh(name, **({"lang": "hy"} if "/hy/" in name else {}))


def change_one_word(paper: Paper) -> None:
    path = paper.content / paper.pick()
    path.write_text(path.read_text("utf-8").replace("plain", "clear").replace("Sentence", "Phrase"), "utf-8")


def change_slug(paper: Paper) -> None:
    name = paper.pick()
    paper.fresh(name, slug=f"slug-{paper.serial}", **({"lang": "hy"} if "/hy/" in name else {}))


def hold(paper: Paper) -> None:
    name = paper.pick()
    paper.fresh(name, status="draft", **({"lang": "hy"} if "/hy/" in name else {}))


def put_under_embargo(paper: Paper) -> None:
    name = paper.pick()
    embargo = f"{paper.now + timedelta(hours=2):%Y-%m-%d %H:%M}"
    paper.fresh(name, embargo=embargo, **({"lang": "hy"} if "/hy/" in name else {}))


def hide(paper: Paper) -> None:
    name = paper.pick()
    paper.fresh(name, status="hidden", **({"lang": "hy"} if "/hy/" in name else {}))


def delete(paper: Paper) -> None:
    if len(paper.names) > 6:
        name = paper.pick()
        (paper.content / name).unlink()
        paper.names.remove(name)


def rename(paper: Paper) -> None:
    name = paper.pick()
    paper.serial += 1
    new = name.rpartition("/")[0] + f"/renamed-{paper.serial}.md"
    (paper.content / name).rename(paper.content / new)
    paper.names[paper.names.index(name)] = new


def change_table(paper: Paper) -> None:
    paper.serial += 1
    write_files(
        paper.content,
        {
            "data/agencies.toml": f'[wire]\nname = "Example Wire {paper.serial}"\nurl = "https://wire.example"\n',
            "data/sections.toml": "".join(
                f'[{each}]\nen = "{each.capitalize()} {paper.serial}"\norder = {paper.rng.randrange(9)}\n'
                for each in SECTIONS
            ),
        },
    )


def remove_table(paper: Paper) -> None:
    for name in ("agencies", "sections"):
        (paper.content / f"data/{name}.toml").unlink(missing_ok=True)


def change_picture(paper: Paper) -> None:
    write_files(paper.content, {"images/shared.png": picture(paper.rng.randrange(20, 90), 30)})


def change_newsletters(paper: Paper) -> None:
    paper.serial += 1
    text = NEWSLETTERS.replace("in your inbox", f"in your inbox {paper.serial}")
    write_files(paper.content, {"data/newsletters.toml": text + '\n[placement.section.culture]\nmiddle = "off"\n'})


def move_clock(paper: Paper) -> None:
    paper.now += timedelta(hours=paper.rng.choice([1, 3, 30]))


def change_setting(paper: Paper) -> None:
    paper.page_size = 7 - paper.page_size


EDITS: tuple[Callable[[Paper], None], ...] = (
    add,
    add,
    add_in_armenian,
    change,
    change_one_word,
    change_slug,
    hold,
    put_under_embargo,
    hide,
    delete,
    rename,
    change_table,
    remove_table,
    change_picture,
    change_newsletters,
    move_clock,
    change_setting,
)


def start(folder: Path, seed: int) -> Paper:
    """A paper of twelve stories in two languages, with a shared picture and links between them."""
    paper = Paper(folder / "content", random.Random(seed))  # noqa: S311
    write_files(
        paper.content,
        {
            "data/paper.toml": PAPER + 'languages = ["en", "hy"]\n',
            "data/newsletters.toml": NEWSLETTERS,
            "images/shared.png": picture(),
            "pages/about.md": "---\ntitle: About us\n---\n\nWe are a paper.\n",
        },
    )
    for _ in range(10):
        add(paper)
    for _ in range(2):
        add_in_armenian(paper)
    return paper


def edit(paper: Paper) -> str:
    """One random edit; its name."""
    chosen = paper.rng.choice(EDITS)
    chosen(paper)
    paper.made[chosen.__name__] += 1
    return chosen.__name__


def press(paper: Paper, folder: Path) -> Site:
    """Build into a folder that may have seen earlier builds."""
    return run_press(
        paper.content, folder / "output", folder / ".press", NOW=paper.now.isoformat(), PAGE_SIZE=paper.page_size
    )


def difference(one: Path, other: Path) -> list[str]:
    """The files in which two output folders differ."""
    first, second = snapshot(one), snapshot(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
