"""Related stories: earlier ones with topics in common; the fewer stories a topic had by then, the more it counts.

    harvest, Gyumri      →      the last stories about harvests in Gyumri, then about either

A list looks back from its story's own date, and weighs each topic as of that date: so it stays as it was printed,
whatever comes later. Only a story that comes, goes or changes its topics before it makes it another; and so the lists
of the last build serve again but for those.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from math import isqrt
from typing import TYPE_CHECKING

from plugins.newsroom.slugs import slugify
from plugins.newsroom.story import Kind, Status

if TYPE_CHECKING:
    from plugins.newsroom.edition import Edition
    from plugins.newsroom.story import Outline

HELD = 6
"""Related stories of each; a page leaves out those that it shows anyway."""
HELD_TEXTS = 1000
"""Lists that are held at once."""
LOOKED_AT = 30
"""The newest stories of each topic before a story's date: who wrote of it years ago is found by the topic's page."""

BELOW = 2**32
"""More than any place among the stories of a language."""


class Related:
    """The related stories of an edition, as texts that can be kept: what a list is made from, then its paths.

    before: path → such a text, of the last build; empty where there is none. moved: the sources that may be others
    than in that build; None for all.
    """

    def __init__(self, edition: Edition, before: Mapping[str, str], moved: Collection[str] | None = None) -> None:
        self._edition = edition
        self._before = before
        self._moved = moved
        # A page asks, and what it was told is kept with it.
        self.text = lru_cache(maxsize=HELD_TEXTS)(self._text)
        self._postings: dict[tuple[str, str], Sequence[int]] = {}

    def _text(self, path: str) -> str:
        """The related stories of one; empty for what stands in no list."""
        before = self._before.get(path, "")
        if before and path not in self.touched and self._is_as_before(path, before):
            return before
        sign = self._sign(path)
        return "\n".join([sign, *self._found(path)]) if sign else ""

    def _is_as_before(self, path: str, before: str) -> bool:
        if self._moved is not None and path not in self._moved:
            return True
        return before.partition("\n")[0] == self._sign(path)

    @cached_property
    def touched(self) -> frozenset[str]:
        """The stories before which, or at whose instant, a story of one of their topics has come, gone or changed."""
        touched: set[str] = set()
        for (lang, topic), since in self._since.items():
            for story in reversed(self._edition.topics(lang).get(topic, ()) if lang in self._languages else ()):
                if story.order[0] < since:
                    break
                touched.add(story.path)
        return frozenset(touched)

    @property
    def _languages(self) -> Sequence[str]:
        return self._edition.paper.languages

    def _sign(self, path: str) -> str:
        """All of a listed story on which any list depends; empty for what stands in no list."""
        story = self._edition.by_path.get(path)
        listed = story is not None and story.kind is Kind.STORY and story.status is Status.PUBLISHED
        return _sign(story) if story is not None and listed else ""

    @cached_property
    def _since(self) -> dict[tuple[str, str], float]:
        """Language and topic → since when its stories may be others than in the last build."""
        since: dict[tuple[str, str], float] = {}
        moved = {*self._before, *self._edition.by_path} if self._moved is None else self._moved
        for path in moved if self._before else ():
            before, now = self._before.get(path, "").partition("\n")[0], self._sign(path)
            if before != now:
                for key, at in (*_keys(before), *_keys(now)):
                    since[key] = min(at, since.get(key, at))
        return since

    @cached_property
    def _places(self) -> dict[str, int]:
        """Path → its place among the stories of its language, oldest first."""
        edition = self._edition
        return {
            story.path: place for lang in edition.paper.languages for place, story in enumerate(edition.listed(lang))
        }

    def _found(self, path: str) -> Iterator[str]:
        edition = self._edition
        story = edition.by_path[path]
        # Of each place its weight, and below that the place itself: among equals, the later story comes first.
        weights: dict[int, int] = {}
        for topic in _topics(story):
            places = self._of_topic(story.lang, topic)
            count = bisect_left(places, self._places[path])
            # In whole numbers, so that every machine weighs alike: of a hundred times as many, each counts a tenth.
            weight = (1_000_000 // isqrt(10_000 * max(1, count))) * BELOW
            for place in places[max(0, count - LOOKED_AT) : count]:
                weights[place] = weights.get(place, place) + weight
        best = sorted(weights.values(), reverse=True)[:HELD]
        listed = edition.listed(story.lang)
        return (listed[weight % BELOW].path for weight in best)

    def _of_topic(self, lang: str, topic: str) -> Sequence[int]:
        """The places of a topic's stories."""
        if (lang, topic) not in self._postings:
            self._postings[lang, topic] = [self._places[story.path] for story in self._edition.topics(lang)[topic]]
        return self._postings[lang, topic]


def _topics(story: Outline) -> dict[str, None]:
    return dict.fromkeys(filter(None, map(slugify, story.topics)))


def _sign(story: Outline) -> str:
    at, priority, slug = story.order
    return " ".join([repr(at), story.lang, str(priority), slug, *_topics(story)])


def _keys(sign: str) -> Iterator[tuple[tuple[str, str], float]]:
    """Each topic that a sign names, with its language; and the story's instant."""
    if sign:
        at, lang, _priority, _slug, *topics = sign.split(" ")
        for topic in topics:
            yield (lang, topic), float(at)
