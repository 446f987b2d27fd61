"""An invented archive of a weekly: the same stories every time, in the dialect of each generator.

    archive(1000)                 →   1,003 pieces, the oldest first, the last three newer than all others
    pressroom(piece, pieces)      →   the text of content/culture/2014/….md

About 620 words a story, 3 to 6 topics of 400 (most of them rare), 60 authors, 8 sections, 100 places, 20 years, eight
pictures that all share. The words are made of syllables, with common English words between, so that lengths,
punctuation and typographic passes have what they meet in real copy, and no text means anything.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

SECTIONS = ("politics", "world", "business", "technology", "science", "culture", "sport", "opinion")
NEWER = 3
"""Pieces at the archive's end that are not in it yet: each is there to be published."""
PICTURES = 8
WIDTH, HEIGHT = 900, 600

_FIRST, _LAST = datetime(2006, 1, 2, 6), datetime(2025, 12, 28, 18)  # noqa: DTZ001  each dialect gives the zone itself
_COMMON = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which "
    "one you were all her she there would their we him been has when who will no more if out so up said what its "
    "about than into them can only other time new some could these two may first then do"
)
_STARTS = (
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "z",
)
_MIDDLES = ("a", "e", "i", "o", "u", "ai", "ea", "ie", "ou")
_ENDS = ("", "", "", "n", "r", "l", "nd", "rk", "st", "m")


@dataclass(frozen=True, slots=True)
class Piece:
    """One story of the archive, in no dialect.

    date: without a zone; each dialect says UTC. picture: number of the lead picture. body: Markdown, in which
    `(story:12)` stands for a link to the twelfth piece and `(picture:3 "…")` for a picture.
    """

    slug: str
    headline: str
    date: datetime
    section: str
    topics: tuple[str, ...]
    author: str
    summary: str
    place: str
    picture: int
    caption: str
    body: str

    @property
    def path(self) -> str:
        """The file, from the folder of stories: `culture/2014/….md`."""
        return f"{self.section}/{self.date:%Y}/{self.slug}.md"

    @property
    def url(self) -> str:
        """The address from the site's root, the same with every generator: `/2014/03/09/…/`."""
        return f"/{self.date:%Y/%m/%d}/{self.slug}/"


Dialect = Callable[[Piece, Sequence[Piece]], str]


# --- Words -----------------------------------------------------------------------------------------------------------


def _word(random: Random, syllables: int) -> str:
    return "".join(random.choice(_STARTS) + random.choice(_MIDDLES) + random.choice(_ENDS) for _ in range(syllables))


def _different(count: int, make: Callable[[], str]) -> tuple[str, ...]:
    """`count` different words, in the order in which they were made."""
    made: dict[str, None] = {}
    while len(made) < count:
        made[make()] = None
    return tuple(made)


class Language:
    """The words of an archive: a vocabulary of which few words are frequent, topics, authors, places."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)  # noqa: S311  the same every time is what it is for
        rare = _different(4000, lambda: _word(random, random.choice((1, 2, 2, 3))))
        common = _COMMON.split()
        self.vocabulary = (*common, *rare)
        weights = [*(1.3 / len(common) for _ in common), *(0.3 / (at + 20) for at in range(len(rare)))]
        self.weights = list(accumulate(weights))
        self.topics = _different(400, lambda: " ".join(_word(random, 2) for _ in range(random.choice((1, 1, 2)))))
        self.topic_weights = list(accumulate((at + 8) ** -0.7 for at in range(len(self.topics))))
        self.authors = _different(60, lambda: f"{_word(random, 2).capitalize()} {_word(random, 3).capitalize()}")
        self.places = _different(100, lambda: _word(random, 3).upper())

    def words(self, random: Random, count: int) -> list[str]:
        """Words by their frequency."""
        return random.choices(self.vocabulary, cum_weights=self.weights, k=count)

    def phrase(self, random: Random, count: int) -> str:
        """Words with a capital and no stop."""
        return " ".join(self.words(random, count)).capitalize()

    def sentence(self, random: Random, target: str = "") -> str:
        """A sentence of 7 to 26 words. target: what a link in it leads to, if one is wanted."""
        count = random.randint(7, 26)
        words = self.words(random, count)
        chance, at = random.random(), random.randrange(count - 2)
        if chance < 0.08:
            words[at] = random.choice(("GDP", "TV", "VAT", "EU"))
        elif chance < 0.16:
            words[at] = str(random.randint(2, 9000))
        elif chance < 0.24:
            words[at + 1] = random.choice(("don't", "it's", "they'd", "country's", "won't"))
        elif chance < 0.29:
            words[at] = f"**{words[at]}**" if random.random() < 0.4 else f"*{words[at]}*"
        elif target:
            words[at : at + 2] = [f"[{words[at]} {words[at + 1]}]({target})"]
        if count > 12:
            words[len(words) // 2] += random.choice((",", ",", ",", " —", " --"))
        text = " ".join(words)
        text = text[0].upper() + text[1:]
        return f'"{text}," said {random.choice(self.authors)}.' if random.random() < 0.16 else f"{text}."


def _wrapped(text: str, width: int = 100) -> str:
    """Text in lines of about `width`: long stretches of it, since links hold no line breaks."""
    lines, line = list[str](), ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


def _paragraph(language: Language, random: Random, links: list[str]) -> str:
    """Sentences, or now and then what stands between paragraphs. links: where it may lead; what it uses goes out."""
    chance = random.random()
    if chance < 0.05:
        return f"## {language.phrase(random, 4)}"
    if chance < 0.09:
        return f'> "{language.phrase(random, 30)}"'
    if chance < 0.12:
        return "\n".join(f"- {language.phrase(random, random.randint(5, 14))}" for _ in range(random.randint(3, 6)))
    if chance < 0.135:
        picture = random.randrange(PICTURES)
        return f'![{language.phrase(random, 5)}](picture:{picture} "{language.phrase(random, 8)}")'
    sentences = [
        language.sentence(random, links.pop() if links and random.random() < 0.1 else "")
        for _ in range(random.randint(2, 4))
    ]
    return _wrapped(" ".join(sentences))


def _body(language: Language, random: Random, links: list[str]) -> str:
    wanted = min(1500, max(200, int(random.gammavariate(4, 140)) + 35))
    paragraphs = [_wrapped(" ".join(language.sentence(random) for _ in range(3)))]
    written = len(paragraphs[0].split())
    while written < wanted:
        paragraphs.append(_paragraph(language, random, links))
        written += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs) + "\n"


# --- Pieces ----------------------------------------------------------------------------------------------------------


def _piece(language: Language, seed: int, index: int, stories: int) -> Piece:
    random = Random(f"{seed}/{index}")  # noqa: S311
    step = (_LAST - _FIRST) / max(1, stories)
    date = _FIRST + step * index + timedelta(minutes=random.randint(0, 50))
    if index >= stories:
        date = _LAST + timedelta(hours=3 * (index - stories + 1))
    headline = language.phrase(random, random.randint(5, 9))
    if random.random() < 0.15:
        headline += f': "{" ".join(language.words(random, 2))}"'
    slug = re.sub(r"[^a-z]+", "-", headline.lower()).strip("-")[:50].strip("-")
    topics = dict.fromkeys(random.choices(language.topics, cum_weights=language.topic_weights, k=9))
    earlier = [f"story:{random.randrange(min(index, stories))}" for _ in range(random.randint(0, 2) if index else 0)]
    outside = [f"https://example.org/{random.choice(language.vocabulary)}/{random.randint(1, 999)}" for _ in range(3)]
    author = random.choice(language.authors)
    return Piece(
        slug=f"{slug}-{index}",
        headline=headline,
        date=date.replace(second=0, microsecond=0),
        section=random.choice(SECTIONS),
        topics=tuple(topics)[: random.randint(3, 6)],
        author=author,
        summary=" ".join(language.sentence(random) for _ in range(2)).replace("*", ""),
        place=random.choice(language.places),
        picture=random.randrange(PICTURES),
        caption=language.phrase(random, 9),
        body=_body(language, random, outside + earlier),
    )


def archive(stories: int, seed: int = 7) -> tuple[Piece, ...]:
    """So many pieces, the oldest first, and NEWER more that are newer than all of them."""
    language = Language(seed)
    return tuple(_piece(language, seed, index, stories) for index in range(stories + NEWER))


def facts(pieces: Sequence[Piece]) -> Mapping[str, float]:
    """What an archive is like: words and topics a story."""
    return {
        "words": sum(len(each.body.split()) for each in pieces) / len(pieces),
        "topics": sum(len(each.topics) for each in pieces) / len(pieces),
    }


# --- Dialects --------------------------------------------------------------------------------------------------------

_TARGET = re.compile(r"\((story|picture):(\d+)")


def _with_targets(body: str, story: Callable[[int], str], picture: str) -> str:
    """The body with links as a dialect writes them. picture: an address with `{}` for the number."""
    return _TARGET.sub(
        lambda found: f"({story(int(found[2]))}" if found[1] == "story" else f"({picture.format(found[2])}", body
    )


def _text(value: str) -> str:
    """A scalar of YAML in double quotes."""
    return json.dumps(value, ensure_ascii=False)


def _texts(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def pressroom(piece: Piece, pieces: Sequence[Piece]) -> str:
    """Front matter as our authors type it; links by file."""
    body = _with_targets(piece.body, lambda at: f"{{filename}}/{pieces[at].path}", "/images/picture-{}.png")
    return (
        f"---\ntitle: {_text(piece.headline)}\ndate: {piece.date:%Y-%m-%d %H:%M}\ncategory: {piece.section}\n"
        f"authors: {_texts([piece.author])}\ntags: {_texts(piece.topics)}\nsummary: {_text(piece.summary)}\n"
        f"dateline: {_text(f'{piece.place}, Armenia')}\n"
        f"photo:\n  file: /images/picture-{piece.picture}.png\n  alt: {_text(f'A view of {piece.caption.lower()}')}\n"
        f"  caption: {_text(piece.caption)}\n  credit: {_text(piece.author)}\n---\n\n{body}"
    )


def plain(piece: Piece, pieces: Sequence[Piece]) -> str:
    """The headers of a plain Pelican; links by file."""
    body = _with_targets(piece.body, lambda at: f"{{filename}}/{pieces[at].path}", "/images/picture-{}.png")
    return (
        f"Title: {piece.headline}\nDate: {piece.date:%Y-%m-%d %H:%M}\nSlug: {piece.slug}\nCategory: {piece.section}\n"
        f"Author: {piece.author}\nTags: {', '.join(piece.topics)}\nSummary: {piece.summary}\n"
        f"Dateline: {piece.place}, Armenia\nPhoto: {piece.picture}\nCaption: {piece.caption}\n\n{body}"
    )


def yaml(piece: Piece, pieces: Sequence[Piece]) -> str:
    """YAML for Hugo and Eleventy, with a key for each kind of listing; links by address."""
    body = _with_targets(piece.body, lambda at: pieces[at].url, "/images/picture-{}.png")
    return (
        f"---\ntitle: {_text(piece.headline)}\ndate: {piece.date:%Y-%m-%dT%H:%M}:00Z\nslug: {piece.slug}\n"
        f"desk: {piece.section}\nauthors: {_texts([piece.author])}\ntopics: {_texts(piece.topics)}\n"
        f"places: {_texts([piece.place])}\nyears: {_texts([f'{piece.date:%Y}'])}\n"
        f"months: {_texts([f'{piece.date:%Y-%m}'])}\nsummary: {_text(piece.summary)}\nphoto: {piece.picture}\n"
        f"caption: {_text(piece.caption)}\n---\n\n{body}"
    )


# --- Files -----------------------------------------------------------------------------------------------------------


def picture(number: int) -> bytes:
    """A PNG of plain bands."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    bands = b"".join(b"\0" + bytes((number * 30, y // 60 * 20, 160)) * WIDTH for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(bands)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def tables() -> dict[str, str]:
    """The tables of the invented paper, by their paths from content/."""
    sections = "".join(
        f'[{section}]\nname = "{section.capitalize()}"\norder = {at}\n\n' for at, section in enumerate(SECTIONS, 1)
    )
    paper = 'name = "The Bench Courier"\nlanguages = ["en"]\ntimezone = "UTC"\nurl = "https://courier.example"\n'
    return {"data/paper.toml": paper, "data/sections.toml": sections}


def write(folder: Path, piece: Piece, text: str) -> None:
    """Put one story into the folder of stories."""
    path = folder / piece.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def write_archive(folder: Path, pieces: Sequence[Piece], dialect: Dialect) -> None:
    """Every piece of the archive but the newer ones."""
    for piece in pieces[:-NEWER]:
        write(folder, piece, dialect(piece, pieces))


def write_pictures(folder: Path) -> None:
    """The eight pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(PICTURES):
        (folder / f"picture-{number}.png").write_bytes(picture(number))
