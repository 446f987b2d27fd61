"""Making pages: a job becomes a view, the view bytes, and the bytes a file that lies ready, with notes of what was
asked.

One process does it all, or every worker of the crew does a part: the code is the same, and so are the bytes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from msgspec.json import Decoder

from plugins.newsroom.asked import ROW, Ask, AskedEdition, Notes, SiteLink, answer_text
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.newsroom.problem import Problem
from plugins.newsroom.urls import is_inside
from plugins.newsroom.views import Listed, Page
from plugins.press.output import FRESH
from plugins.press.prints import print_of
from plugins.press.render import Renderer
from plugins.press.sealed import to_text

Begin = Callable[[str], None]

Wanted = tuple[int, Job, str]
"""A job with its number, and the print of the file that lies in its place, empty where there is none."""


class Made(NamedTuple):
    """A page as it was made. Plain values, so that a worker can give them.

    number: of its job; two jobs may want the same place, which is told later.
    print: of its bytes. staged: the file that lies ready, empty where the site has these bytes already.
    asks: numbers into the batch's questions. notes: as of `notes_text`.
    """

    save_as: str
    template: str
    url: str
    lang: str
    source: str
    lastmod: str
    in_sitemap: bool
    files: list[str]
    notes: str
    asks: list[int]
    print: str
    staged: str
    number: int = 0

    def listed(self) -> Listed:
        """What a sitemap needs of it."""
        return Listed(self.save_as, self.url, self.lang, self.source, self.lastmod, self.in_sitemap)


@dataclass
class Batch:
    """What was made of some jobs. asks: questions with their answers; failures: what is wrong with a template.

    unread: a source that cannot be opened any more, so that not all was made.
    """

    made: list[Made]
    asks: list[tuple[Ask, str]]
    failures: list[Problem]
    unread: Problem | None = None


class Workshop:
    """Makes pages of one edition. stage: the folder in which they lie ready, or None where none is wanted.

    output: the site as it is. who: what the names of files in the stage begin with. held: while pages are made, the
    store is read and not written.
    """

    def __init__(
        self,
        edition: Edition,
        renderer: Renderer,
        stage: Path | None,
        output: Path,
        who: str,
        held: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._edition = AskedEdition(edition)
        self._renderer = renderer
        self._stage = None if stage is None else str(stage)
        self._output = str(output)
        self._who = who
        self._held = held
        self._number = 0
        self._fresh: set[str] = set()

    def make(self, jobs: Iterable[Wanted], begin: Begin) -> Batch:
        """Make these pages."""
        batch = Batch([], [], [])
        numbers: dict[Ask, int] = {}
        with self._held():
            for number, job, held in jobs:
                begin(job.about[0].path if len(job.about) == 1 else job.save_as)
                self._edition.notes = notes = Notes()
                for story in job.about:
                    self._edition.note(ROW, story.path)
                page = job.make(job, self._edition)
                self._add(batch, numbers, page, notes, held, number)
        return batch

    def finish(self, pages: Iterable[tuple[Page, str]]) -> Batch:
        """Pages that are made already: only rendered."""
        batch = Batch([], [], [])
        for page, held in pages:
            self._add(batch, {}, page, Notes(), held, 0)
        return batch

    def _add(self, batch: Batch, numbers: dict[Ask, int], page: Page, notes: Notes, held: str, number: int) -> None:
        data = self._renderer.render(page)
        if isinstance(data, Problem):
            batch.failures.append(data)
            data = b""
        for ask, answer in notes.asks.items():
            if ask not in numbers:
                numbers[ask] = len(numbers)
                batch.asks.append((ask, answer_text(answer)))
        batch.made.append(
            Made(
                page.save_as,
                page.template,
                page.url,
                page.lang,
                page.source,
                page.lastmod,
                page.in_sitemap,
                list(page.files),
                notes_text(notes),
                [numbers[ask] for ask in notes.asks],
                print_ := print_of(data),
                "" if held == print_ else self.put_ready(page.save_as, data),
                number,
            )
        )

    def put_ready(self, save_as: str, data: bytes) -> str:
        """Lay bytes ready beside the site, where it does not have them; the name of the file there, or empty.

        What needs a folder of its own lies in one already: a whole folder is put into its place as quickly as a file.
        """
        if self._stage is None:
            return ""
        if self._needs_folder(save_as):
            name = f"{FRESH}/{save_as}"
        elif _holds(f"{self._output}/{save_as}", data):
            return ""
        else:
            self._number += 1
            name = f"{self._who}-{self._number}"
        with open(f"{self._stage}/{name}", "wb") as file:
            file.write(data)
        return name

    def _needs_folder(self, save_as: str) -> bool:
        """Whether the site has no folder for it; then the stage has one from now on."""
        folder = save_as.rpartition("/")[0]
        if folder in self._fresh:
            return True
        if not folder or not is_inside(save_as) or os.path.isdir(f"{self._output}/{folder}"):
            return False
        make_folder(f"{self._stage}/{FRESH}/{folder}")
        self._fresh.add(folder)
        return True


def notes_text(notes: Notes) -> str:
    """The problems of a page and the addresses that were typed in it; empty where there are none."""
    found = notes.problems, notes.site_links
    return to_text(found) if any(found) else ""


def notes_of(text: str) -> tuple[list[Problem], list[SiteLink]]:
    """Back from the text. Raises ValueError."""
    return _NOTES.decode(text)


_NOTES: Decoder[tuple[list[Problem], list[SiteLink]]] = Decoder(tuple[list[Problem], list[SiteLink]])


def make_folder(path: str) -> None:
    """Make a folder, and those above it: which are there as a rule, so that nobody looks for them first."""
    try:
        os.mkdir(path)
    except FileNotFoundError:
        above = os.path.dirname(path)
        if not above:
            raise
        make_folder(above)
        make_folder(path)
    except FileExistsError:
        pass  # another worker's


def _holds(path: str, data: bytes) -> bool:
    """Whether these bytes lie there, in a file and not behind a link."""
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(data):
            return False
        with open(path, "rb") as file:
            return file.read() == data
    except OSError:
        return False
