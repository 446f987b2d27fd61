"""What reading keeps of a story's dateline, and what the paper's tables make of it before anything is shown.

    GYUMRI, Armenia (AP) — The fair …     Fact(dateline=…)
    HARVEST — The word is old.            Fact(dateline=…, unknown=True): if places.toml has HARVEST, it is one;
                                          if not, the words are printed as they stand, and in the summary too

Reading cannot see a table, so that a new row re-reads no story; `settle` asks it at every build.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from plugins.datelines.dateline import Dateline
from plugins.datelines.places import Places
from plugins.newsroom import typography
from plugins.newsroom.story import Plain, Story
from plugins.newsroom.text import shortened

NAME = "dateline"
IN_TEXT = "dateline.text"
SECOND = "dateline.second"
"""Keys of `Story.lines`: the dateline, its words in the text where front matter has one too, a second paragraph's."""

EXCERPT = 200
"""Characters of an excerpt; as many as reading gives it."""


class Unread(Struct, frozen=True):
    """What looks like a dateline and was left in the text. typed: its words; dateline: how it would be read.

    reason: why it was left. advice: what else to do than to type it right. lower_case: its city's letters alone kept it
    from being read. unknown: it is of a place that no built-in table has.
    """

    typed: str
    reason: str
    dateline: Dateline | None = None
    advice: str = ""
    lower_case: bool = False
    unknown: bool = False


class Fact(Struct, frozen=True):
    """All that reading found.

    after: the two characters after the dash.
    unknown: the dateline is one only if places.toml has its places. left: it is none, its words stay in the text.
    unread: a head that was not taken. second: a dateline that begins the second paragraph. words: key of `Story.lines`
    → the words in the source by which its line is found.
    """

    dateline: Dateline | None = None
    after: str = ""
    unknown: bool = False
    left: bool = False
    unread: Unread | None = None
    second: Dateline | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def read(self) -> Dateline | None:
        """The story's dateline."""
        return None if self.unknown or self.left else self.dateline

    def to_plain(self) -> dict[str, Plain]:
        """The fact as JSON can hold it: the dateline's own keys, and beside them those that are set."""
        plain: dict[str, Plain] = self.dateline.to_plain() if self.dateline else {}
        if self.unread:
            unread: dict[str, Plain] = {"typed": self.unread.typed, "reason": self.unread.reason}
            unread["dateline"] = self.unread.dateline.to_plain() if self.unread.dateline else None
            unread |= {
                "advice": self.unread.advice,
                "lower_case": self.unread.lower_case,
                "unknown": self.unread.unknown,
            }
            plain["unread"] = unread
        more: dict[str, Plain] = {
            "after": self.after,
            "unknown": self.unknown,
            "left": self.left,
            "second": self.second.to_plain() if self.second else None,
            "words": dict(self.words),
        }
        return plain | {key: value for key, value in more.items() if value}

    @classmethod
    def of(cls, story: Story) -> Fact:
        """The fact of a story; an empty one where reading found nothing."""
        return cls.from_plain(story.facts.get(NAME))

    @classmethod
    def from_plain(cls, plain: Plain) -> Fact:
        """The fact that `to_plain` gave."""
        if not isinstance(plain, Mapping):
            return cls()
        words = plain.get("words")
        return cls(
            dateline=Dateline.from_plain(plain),
            after=str(plain.get("after", "")),
            unknown=plain.get("unknown") is True,
            left=plain.get("left") is True,
            unread=_unread(plain.get("unread")),
            second=Dateline.from_plain(plain.get("second")),
            words={key: str(text) for key, text in words.items()} if isinstance(words, Mapping) else {},
        )


def _unread(plain: Plain) -> Unread | None:
    if not isinstance(plain, Mapping):
        return None
    return Unread(
        str(plain.get("typed", "")),
        str(plain.get("reason", "")),
        Dateline.from_plain(plain.get("dateline")),
        str(plain.get("advice", "")),
        plain.get("lower_case") is True,
        plain.get("unknown") is True,
    )


def settle(story: Story, places: Places) -> Story:
    """The story with its doubt settled: its dateline is one if places.toml has every place of it, else plain text."""
    plain = story.facts.get(NAME)
    if not isinstance(plain, Mapping) or plain.get("unknown") is not True:
        return story
    fact = Fact.from_plain(plain)
    if fact.dateline is None:
        return story
    if all(places.find(place.city, place.region) for place in fact.dateline.places):
        settled = replace(fact, unknown=False, unread=None)
        return replace(story, facts={**story.facts, NAME: settled.to_plain()})
    settled = replace(fact, unknown=False, left=True)
    excerpt = shortened(f"{left_words(settled, story.lang)} {story.excerpt}", EXCERPT)
    return replace(story, excerpt=excerpt, facts={**story.facts, NAME: settled.to_plain()})


def left_words(fact: Fact, lang: str) -> str:
    """The words that stay in the text, as the paper sets type."""
    if fact.dateline is None:
        return ""
    return typography.characters(fact.dateline.text + fact.dateline.dash, lang)
