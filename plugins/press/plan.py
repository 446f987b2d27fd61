"""What a build is told, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct, field

from plugins.newsroom.problem import Problem
from plugins.press.ledger import Entry, World


class Progress(Protocol):
    """Told how far a build is."""

    def start(self, what: str, total: int) -> Callable[[], None]:
        """Begin a phase of `total` steps; the function returned is called after each."""


class NoProgress:
    """Tells nobody."""

    def start(self, what: str, total: int) -> Callable[[], None]:
        """Nothing to show."""
        return lambda: None


class Plan(Struct, frozen=True):
    """What a build depends on, beyond the files that it finds. Paths are absolute.

    shown: what stands before a path of content/ in a message. plugins: modules' names, in order.
    siteurl: Pelican's SITEURL. environment: `NOW` and its like. press: the folder of the store and the ledgers.
    settings: the prints of settings that templates can see, by name; "" for one that has none.
    plainly: `PRESS=0`: believe nothing that an earlier build left. verify: `VERIFY=1`: believe no file's stamp.
    """

    content: Path
    theme: Path
    template_folders: tuple[Path, ...]
    output: Path
    press: Path
    shown: str = "content/"
    plugins: tuple[str, ...] = ()
    siteurl: str = ""
    publish: bool = False
    article_url: str = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
    article_save_as: str = "{date:%Y}/{date:%m}/{date:%d}/{slug}/index.html"
    theme_folder: str = "theme"
    extra_keys: frozenset[str] = frozenset()
    allow_raw_html: bool = False
    ignore: tuple[str, ...] = ()
    feed_size: int = 20
    page_size: int = 20
    environment: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    adapt: Callable[[Any], None] | None = None
    plainly: bool = False
    verify: bool = False


class Counts(Struct, frozen=True):
    """What the report says of a paper. due: when the next story appears, ISO 8601, or empty."""

    stories: int = 0
    pages: int = 0
    drafts: int = 0
    waiting: int = 0
    due: str = ""


class Built(Struct, frozen=True):
    """A site that lies ready, and what is wrong with it.

    entries: every file of it, by its path in the output. staged: those that change, each with the name of the file that
    lies ready in `stage`.
    gone: what earlier builds wrote and this one does not. world: what the pages were made with. reasons: why each page
    was made. fresh: how many sources were read. said: what a person should know of the build itself.
    changed_folders: of the output, where something came or went that no build did; None where all are to be opened.
    """

    problems: Sequence[Problem]
    entries: Mapping[str, Entry] = field(default_factory=dict)
    staged: Mapping[str, str] = field(default_factory=dict)
    stage: Path = Path()
    gone: Sequence[str] = ()
    world: World = field(default_factory=World)
    reasons: Mapping[str, str] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)
    now: datetime | None = None
    fresh: int = 0
    said: Sequence[str] = ()
    unchanged: bool = False
    changed_folders: frozenset[str] | None = None
