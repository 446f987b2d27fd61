"""What reading a dateline costs a story: `python -m tests.measure_datelines`.

The cost is the extension's own work on a story's finished tree, timed apart: the difference between two whole readings
drowns in the rest, which takes fifty times as long. Prints ms a story, the best of many rounds, and the whole reading.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from copy import deepcopy
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from plugins import datelines
from plugins.newsroom.hooks import ReaderSettings
from plugins.newsroom.story import Story
from plugins.stories.read import EXTENSIONS, Reader

SENTENCE = "Growers from forty villages set up their tables in the square on Saturday, and *nobody* went home. "
STORIES: Mapping[str, tuple[str, str]] = {
    "typed": ("", "GYUMRI, Armenia ([AP](https://ap.example)) — "),
    "in front matter": ("Gyumri, Armenia (AP)", ""),
    "doubtful": ("", "HARVEST — "),
    "none": ("", ""),
    "none, with a dash": ("", "The growers — forty of them, by their own count — came. "),
}
"""Kind of head → `dateline:`, and how the text begins."""


def source(kind: str) -> str:
    """A story of twelve paragraphs."""
    return STORIES[kind][1] + (SENTENCE * 4 + "\n\n") * 12


def cost(kind: str, rounds: int = 300) -> float:
    """Milliseconds that the extension takes for one story."""
    md = Markdown(extensions=list(EXTENSIONS), output_format="html")
    extension = datelines.read_dateline(ReaderSettings())
    extension.extendMarkdown(md)
    read = md.treeprocessors["dateline"]
    seen: list[Element] = []
    md.treeprocessors.register(_Keep(md, seen), "keep", 4.5)
    md.treeprocessors.deregister("dateline")
    md.convert(source(kind))
    story = Story("news/fair.md", lang="en", dateline=STORIES[kind][0])

    def once() -> float:
        tree = deepcopy(seen[0])
        started = time.perf_counter()
        extension.begin(story)
        read.run(tree)
        extension.outcome()
        return time.perf_counter() - started

    return 1000 * _best(once, rounds)


def whole(kind: str, rounds: int = 30) -> float:
    """Milliseconds that the whole reading of one story takes."""
    reader = Reader(ReaderSettings(), {"dateline": datelines.read_dateline})
    key = f"dateline: {STORIES[kind][0]}\n" if STORIES[kind][0] else ""
    data = f"---\ntitle: The fair\ndate: 2026-10-03\ncategory: news\n{key}---\n\n{source(kind)}".encode()

    def once() -> float:
        started = time.perf_counter()
        reader.read("news/fair.md", data)
        return time.perf_counter() - started

    return 1000 * _best(once, rounds)


class _Keep(Treeprocessor):
    """Keeps the tree as the dateline's own processor would get it."""

    def __init__(self, md: Markdown, seen: list[Element]) -> None:
        super().__init__(md)
        self._seen = seen

    def run(self, root: Element) -> None:
        self._seen.append(deepcopy(root))


def _best(once: Callable[[], float], rounds: int) -> float:
    return min(once() for _ in range(rounds))


if __name__ == "__main__":
    for each in STORIES:
        print(f"{each:20} {cost(each):6.3f} ms of {whole(each):6.2f} ms")
