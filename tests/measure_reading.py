"""What reading a story costs, by phase: `python -m tests.measure_reading [folder of stories]`.

Prints ms of processor time a story: for the whole, with and without the guards of `stories.guards` in turn, then for
each phase of it. The clock that parts the phases costs some time too, so their sum is a little more than the whole.
"""

from __future__ import annotations

import gc
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

from plugins import datelines, markup, newsletters
from plugins.newsroom.hooks import ReaderSettings, ReadFact
from plugins.stories.frontmatter import split
from plugins.stories.read import Reader, kind_of
from plugins.stories.schema import read_front_matter

Source = tuple[str, bytes]
"""A path from content/, and the bytes of the file."""

_SENTENCES = (
    "Growers from forty villages set up their tables in the square on Saturday, and nobody went home early. ",
    '"We have not seen so many since I was a girl," said Ani Example, who came with her mother\'s baskets. ',
    "The prices -- of apples above all -- were *lower* than last year. ",
    "More is told in [the report](https://courier.example/report/), which the council has not read. ",
    "It rained at noon. ",
)


def invented(number: int) -> Source:
    """The n-th of any number of stories of some five hundred words."""
    paragraphs = [
        "".join(
            _SENTENCES[(number * 7 + at * 3 + each * each) % len(_SENTENCES)] for each in range(3 + (at + number) % 4)
        )
        for at in range(12)
    ]
    paragraphs.insert(4, "## The market")
    paragraphs.insert(7, "- apples\n- pears, of *three* kinds\n- quinces")
    paragraphs.insert(9, '![Two women at a press](images/press.jpg "The oldest press."){credit="Ani Example"}')
    front = (
        f"---\ntitle: Harvest fair number {number}\ndate: 2026-10-03 09:30\ncategory: community\n"
        "authors: [Ani Example, Jane Sample]\ntags: harvest, Gyumri, market\nsummary: Forty villages came.\n"
        "photo:\n  file: images/fair.jpg\n  alt: Growers at a stall\n  caption: The fair.\n  credit: Ani Example\n---\n"
    )
    text = "\n\n".join(paragraphs)
    return f"community/fair-{number}.md", f"{front}\nGYUMRI, Armenia (Example Wire) — {text}\n".encode()


def found(folder: Path) -> list[Source]:
    """Every story below a folder."""
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*.md"))]


def reader(*, guarded: bool = True) -> Reader:
    """A reader with the extensions of our plugins."""
    facts: dict[str, ReadFact] = {
        "markup": markup.read_markup,
        "newsletter": newsletters.read_newsletter,
        "dateline": datelines.read_dateline,
    }
    return Reader(ReaderSettings(), facts, guarded)


def whole(sources: Iterable[Source], *, guarded: bool = True) -> float:
    """Seconds that reading takes, all in all."""
    one = reader(guarded=guarded)
    started = time.process_time()
    for path, data in sources:
        one.read(path, data)
    return time.process_time() - started


def phases(sources: Iterable[Source]) -> dict[str, float]:
    """Seconds by phase."""
    one = reader()
    spent: defaultdict[str, float] = defaultdict(float)

    def timed(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            started = time.process_time()
            result = call(*arguments)
            spent[name] += time.process_time() - started
            return result

        return run

    md = one._markdown
    stages: dict[str, Any] = {"pre": md.preprocessors, "tree": md.treeprocessors, "post": md.postprocessors}
    for kind, processors in stages.items():
        for name in [each.name for each in processors._priority]:
            each = processors[name]
            each.run = timed(f"{kind}: {name}", each.run)
    md.parser.parseDocument = timed("blocks", md.parser.parseDocument)  # type: ignore[method-assign]
    md.serializer = timed("serializer", md.serializer)
    md.convert = timed("all of Markdown", md.convert)  # type: ignore[method-assign]
    settings = ReaderSettings()
    for path, data in sources:
        parts = timed("front matter: split and YAML", split)(path, data)
        timed("front matter: types", read_front_matter)(path, parts, settings, kind_of(path))
        timed("all of Reader.read", one.read)(path, data)
    return spent


def main(folder: str = "") -> None:
    """Print the table: medians of five rounds."""
    sources = found(Path(folder)) if folder else [invented(number) for number in range(300)]
    whole(sources[:40])
    gc.collect()
    gc.freeze()
    turns = [(whole(sources), whole(sources, guarded=False)) for _ in range(5)]
    for words, seconds in zip(("a story", "without guards"), zip(*turns, strict=True), strict=True):
        print(f"{1000 * median(seconds) / len(sources):7.3f} ms {words}")
    rounds = [phases(sources) for _ in range(5)]
    for name in sorted(rounds[0], key=lambda each: -rounds[0][each]):
        print(f"{1000 * median(each[name] for each in rounds) / len(sources):7.3f}  {name}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
