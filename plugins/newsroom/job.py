"""A job of the press: one page that is to be, before it is made.

    Job("2026/10/03/harvest/index.html", print_story, about=(harvest, *earlier))

To list the jobs of a paper is cheap, to make a page is not: so every build lists all, and makes those whose own
stories, or whose answers, are no longer the same. A job holds plain values and outlines only, and `make` is a
function of a module, so that another process can do it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.json import Encoder

from plugins.newsroom.story import Outline, Plain

if TYPE_CHECKING:
    from plugins.newsroom.asked import AskedEdition
    from plugins.newsroom.edition import House
    from plugins.newsroom.views import Listed, Page


Maker = Callable[["Job", "AskedEdition"], "Page"]
"""Makes the page of a job; a function at the top level of its module."""


class Job(Struct, frozen=True):
    """One file of the site, to be made by `make(job, edition)`.

    save_as: where it is written, from the output folder. about: the sources that it is made from, in outline, in order.
    given: whatever else was decided when the job was listed.
    """

    save_as: str
    make: Maker
    about: tuple[Outline, ...] = ()
    given: Plain = None

    @property
    def maker(self) -> str:
        """The name of `make`: `plugins.stories.pages:print_story`."""
        return _name_of(self.make)

    def print(self) -> str:
        """Sixteen hexadecimal digits, other ones for another job: who makes it, of which sources, with what."""
        return _print_of(self.make, [story.path for story in self.about], self.given)


ClosingMaker = Callable[["ClosingJob", "House"], "Page"]
"""Makes the page of a closing job; a function at the top level of its module."""


class ClosingJob(Struct, frozen=True):
    """A page that lists other pages, to be made by `make(job, house)` when all others are known.

    save_as: as of a job. about: the pages that it lists. given: whatever else was decided when the job was listed.
    """

    save_as: str
    make: ClosingMaker
    about: tuple[Listed, ...] = ()
    given: Plain = None

    def print(self) -> str:
        """Sixteen hexadecimal digits, other ones for another job."""
        return _print_of(self.make, self.about, self.given)


_encoded = Encoder(order="sorted").encode
"""As JSON, with keys in order."""


def _print_of(make: Maker | ClosingMaker, about: object, given: Plain) -> str:
    return hashlib.blake2b(_encoded([_name_of(make), about, given]), digest_size=8).hexdigest()


@lru_cache(maxsize=256)
def _name_of(make: Maker | ClosingMaker) -> str:
    return f"{make.__module__}:{make.__qualname__}"
