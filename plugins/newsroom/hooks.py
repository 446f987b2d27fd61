"""What a plugin contributes, and where: one `Hook` for each place in the flow of copy.

    def register() -> None:
        hooks.reading.add("dateline", read_dateline)      # read: a Markdown extension and the fact that it yields
        hooks.rows.add("datelines", settle_dateline)      # arrange: a row as the tables would have it
        hooks.checks.add("datelines", check_dateline)     # arrange: what needs the tables
        hooks.facts.add("dateline", show_dateline)        # views: the fact as a template sees it
        hooks.pages.add("places", make_place_pages)       # views: pages

A hook keeps contributions by name, in the order in which they came; adding a name again replaces it, so that a plugin
may be registered more than once in a process. A build takes only what its own plugins have added (`Hook.of`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from msgspec import Struct

from plugins.newsroom.problem import Code, Complaint
from plugins.newsroom.story import Plain, Story

if TYPE_CHECKING:
    from plugins.newsroom.asked import AskedEdition
    from plugins.newsroom.body import Block
    from plugins.newsroom.edition import Edition, House
    from plugins.newsroom.job import ClosingJob, Job
    from plugins.newsroom.paper import Paper
    from plugins.newsroom.problem import Problem
    from plugins.newsroom.tables import Table
    from plugins.newsroom.views import BodyBlock, Listed

T = TypeVar("T")


class Hook(Generic[T]):
    """The contributions to one place in the flow."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._contributions: dict[str, tuple[str, T]] = {}

    def add(self, name: str, contribution: T) -> None:
        """Contribute under `name`; `contribution` is a function or class of the plugin's own module."""
        self._contributions[name] = (getattr(contribution, "__module__", ""), contribution)

    def of(self, plugins: Iterable[str]) -> dict[str, T]:
        """What the named plugin modules, and the modules inside them, have contributed."""
        roots = tuple(plugins)
        return {
            name: contribution
            for name, (module, contribution) in self._contributions.items()
            if any(module == root or module.startswith(root + ".") for root in roots)
        }

    def clear(self) -> None:
        """Forget everything; for tests that register plugins of their own."""
        self._contributions.clear()


class ReaderSettings(Struct, frozen=True):
    """All that reading a file depends on, but the file: part of the key under which a row is kept.

    zone: IANA name of the paper's time zone. lang: the paper's first language. languages: all, lower case.
    extra_keys: front-matter keys that are allowed beyond ours. allow_raw_html: HTML in a story is not looked at.
    """

    zone: str = "UTC"
    lang: str = "en"
    languages: tuple[str, ...] = ("en",)
    extra_keys: frozenset[str] = frozenset()
    allow_raw_html: bool = False


class Finding(Struct, frozen=True):
    """A complaint about the body, and the words in the source at which it stands (they give the line).

    nth: which occurrence of these words is meant, from 0; None: one after the other.
    line: its line in the body, from 1, where that is known without looking for the words; else 0.
    """

    complaint: Complaint
    words: str = ""
    nth: int | None = None
    line: int = 0


class Outcome(Struct, frozen=True):
    """What an extension found in one body."""

    fact: Plain = None
    findings: tuple[Finding, ...] = ()


class StoryExtension(Protocol):
    """A `markdown.Extension` that also yields a fact. One instance serves one process, file after file."""

    def extendMarkdown(self, md: Any) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register processors on the Markdown instance (Python-Markdown's own protocol)."""

    def begin(self, front: Story) -> None:
        """Forget the last file; `front` is the new one's row with nothing but its front matter."""

    def outcome(self) -> Outcome:
        """What was found since `begin`."""


ReadFact = Callable[[ReaderSettings], StoryExtension]
SettleRow = Callable[[Story, "Paper"], Story]
"""The row with what only the tables can settle; most rows come back as they are."""
CheckStory = Callable[[Story, "Paper"], Iterator[tuple[str, Complaint]]]
"""Yields (a key of `Story.lines` or "", complaint)."""
ShowFact = Callable[[Story, "AskedEdition"], object]
"""The fact as templates see it: a frozen view, or None."""
FillSlot = Callable[[Story, "AskedEdition"], str]
"""Finished, escaped HTML for `Slot(name)`."""
PlaceBlocks = Callable[[Story, Sequence["Block | BodyBlock"], "AskedEdition"], Sequence["Block | BodyBlock"]]
"""The body with blocks of the plugin's own put in."""
CloseEntry = Callable[[Story, "AskedEdition"], str]
"""Finished, escaped HTML that follows a story in a feed, with absolute addresses; or empty."""
ListAddresses = Callable[["Paper"], Iterable[str]]
"""Addresses, from the site's root, of pages that the plugin makes for this paper and a menu may name."""
ListPages = Callable[["Edition"], Iterator["Job"]]
"""The jobs of the plugin's pages; a page is made only when something that it is made from has changed."""
CheckPages = Callable[["Edition", Sequence["Listed"]], Iterator["Problem"]]
"""Problems that can be told when all pages are known."""
ListClosingPages = Callable[["House", Sequence["Listed"]], Iterator["ClosingJob"]]
"""The jobs of pages that list other pages (a sitemap); gets all that `pages` lists, and nothing else."""

ReadTable = Callable[["Table"], "tuple[Any, list[Problem]]"]
"""Types a table that the plugin owns; the result lies in `Paper.data` under the table's name. An absent table is
empty."""

tables: Hook[ReadTable] = Hook("tables")
reading: Hook[ReadFact] = Hook("reading")
rows: Hook[SettleRow] = Hook("rows")
checks: Hook[CheckStory] = Hook("checks")
facts: Hook[ShowFact] = Hook("facts")
slots: Hook[FillSlot] = Hook("slots")
blocks: Hook[PlaceBlocks] = Hook("blocks")
entry_ends: Hook[CloseEntry] = Hook("entry_ends")
addresses: Hook[ListAddresses] = Hook("addresses")
pages: Hook[ListPages] = Hook("pages")
page_checks: Hook[CheckPages] = Hook("page_checks")
closing_pages: Hook[ListClosingPages] = Hook("closing_pages")

ALL: tuple[Hook[Any], ...] = (
    *(tables, reading, rows, checks, facts, slots, blocks),
    *(entry_ends, addresses, pages, page_checks, closing_pages),
)


def codes_of(modules: Iterable[object]) -> Mapping[str, Code]:
    """Every problem code that stands at the top level of these modules, by name."""
    found = {value.name: value for module in modules for value in vars(module).values() if isinstance(value, Code)}
    return dict(sorted(found.items()))
