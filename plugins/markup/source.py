"""Where in the source something stands that was found in the tree, which knows no lines.

```                         what stands in code and in comments is never what was found
<script>
```
A <script> in the text.     line 4
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from markdown.extensions.fenced_code import FencedBlockPreprocessor

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


@dataclass
class Source:
    """A body's lines without code and comments. seen: how often words have been asked for. taken: lines given out."""

    lines: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    taken: set[int] = field(default_factory=set)

    def line_of(self, words: str) -> int:
        """The line, from 1, at which `words` stand for the next time; the last one if they stand no more; else 0."""
        words = words.partition("\n")[0].strip().lower()
        if not words:
            return 0
        wanted = self.seen[words]
        self.seen[words] += 1
        last = 0
        for number, line in enumerate(self.lines, start=1):
            found = line.lower().count(words)
            if found:
                last = number
                if found > wanted:
                    return number
                wanted -= found
        return last

    def take(self, pattern: str, before: str = "") -> int:
        """The first line, from 1, that holds `pattern` and was not taken yet, taken now; 0 if there is none.

        before: what the line above it must begin with.
        """
        for number, line in enumerate(self.lines, start=1):
            if number in self.taken or not re.search(pattern, line, re.IGNORECASE):
                continue
            if not before or re.match(before, self.lines[number - 2] if number > 1 else ""):
                self.taken.add(number)
                return number
        return 0


def masked(text: str) -> list[str]:
    """The lines of a text, with nothing in those of code and comments."""
    for pattern in (FencedBlockPreprocessor.FENCED_BLOCK_RE, _COMMENT, _CODE):
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text.split("\n")
