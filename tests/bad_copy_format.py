"""Files of bad copy say themselves which problems they must cause.

    <!-- expect: 3 front-matter/unknown-key -->     in the body, one a line: the problem's line and code
    # expect: 3 front-matter/unknown-key            the same as a YAML comment, where no body can be read

A file without any such line is good copy: a near miss. A blank file can say nothing; what it must cause stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from plugins.newsroom.hooks import ReaderSettings

FOLDER = Path(__file__).parent / "bad_copy"

SETTINGS = ReaderSettings(zone="Asia/Yerevan", lang="en", languages=("en", "hy"))
"""The paper that all these files are written for: its clocks changed until 2011."""

_EXPECT = re.compile(rb"(?:<!--|#) expect: (\d+) ([a-z0-9-]+/[a-z0-9-]+)")

_STORY = """\
---
title: Sheets of the {slug} are kept beside the story
date: 2026-10-03
category: news
slug: {slug}
{comments}---

<!-- expect: {expect} -->

PARIS — {words}
"""


def expected(data: bytes) -> set[tuple[int, str]]:
    """The (line, code) pairs that a file must cause, and no others."""
    if not data.strip():
        return {(1, "file/empty")}
    return {(int(line), code.decode()) for line, code in _EXPECT.findall(data)}


def code_of(name: str) -> str:
    """The code that a file is about, by its name: `front-matter-tab.bad.md` is about `front-matter/tab`.

    `-bad` and `-good` serve where the file's name must be a slug.
    """
    stem = name.split(".", maxsplit=1)[0].removesuffix("-bad").removesuffix("-good")
    area = "front-matter" if stem.startswith("front-matter-") else stem.split("-")[0]
    return f"{area}/{stem[len(area) + 1 :]}"


def made() -> dict[str, bytes]:
    """Files too large to be kept: the one on either side of each limit."""

    def story(slug: str, expect: str, *, comments: str = "", words: str = "Growers came to the square.") -> bytes:
        text = _STORY.format(slug=slug, expect=expect, comments=comments, words=words)
        return (text if expect else text.replace("<!-- expect:  -->\n\n", "")).encode()

    def sheet(characters: int) -> str:
        return "# a line of figures that somebody pasted\n" * (characters // 41)

    return {
        "file-too-large.bad.md": story("too-large-bad", "0 file/too-large", words="Growers came. " * 400_000),
        "file-too-large.good.md": story("too-large-good", "", words="Growers came. " * 1_000),
        "front-matter-too-long.bad.md": story("too-long-bad", "1 front-matter/too-long", comments=sheet(70_000)),
        "front-matter-too-long.good.md": story("too-long-good", "", comments=sheet(60_000)),
    }


def files() -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every file, those on disk and those made here."""
    yield from sorted((path.name, path.read_bytes()) for path in FOLDER.iterdir() if path.is_file())
    yield from made().items()
