"""Front matter whose every line says plainly what it is, read without YAML: the same tree, several times as quickly.

    title: "Harvest fair fills the square"      a key and a text, in double quotes or in none
    tags: [harvest, "Gyumri"]                   a key and a list of texts
    photo:                                      a key, and below it, two spaces in, a list or a group of texts
      file: images/fair.jpg

Most front matter is such. Where one line is anything else, YAML reads them all: nothing is refused or mended here.
"""

from __future__ import annotations

import re

from plugins.stories.tree import Entry, Listing, Mapping, Node, Scalar

_KEY = "[A-Za-z_][A-Za-z0-9_-]{0,63}"
_QUOTED = r'"[^"\\\n]*+(?:\\"[^"\\\n]*+)*"'
# No sign of YAML's at its beginning; no comment in it, no key of its own, no space at its end.
_BARE = r"(?:[^\W_]|/)[^:#\n]*+(?::(?![ \n])[^:#\n]*+)*(?<! )"
_LISTED = rf"(?:{_QUOTED}|[^\W_][\w .'-]*+(?<! ))"
_TEXT = rf"(?:{_QUOTED}|{_BARE})"
# No group is repeated possessively: Python before 3.11.5 mistakes what such a one has matched (gh-106052).
_ENTRY = re.compile(
    rf"(?P<key>{_KEY}):(?: (?P<text>{_TEXT})\n| \[(?P<list>{_LISTED}(?:, {_LISTED})*)\]\n"
    rf"|\n(?P<group>(?:  {_KEY}: {_TEXT}\n)+)|\n(?P<items>(?:  - {_TEXT}\n)+))"
)
_IN_LIST = re.compile(_LISTED)


def read_plain_lines(block: str, line: int) -> Mapping | None:
    """The tree that YAML gives of such front matter, None for any other. line: that of the block's first line."""
    # Tabs, what YAML refuses and what it takes for the end of a line.
    if not block.replace("\n", "").isprintable():
        return None
    entries: dict[str, Entry] = {}
    at, end = 0, line
    while at < len(block):
        found = _ENTRY.match(block, at)
        if found is None or found["key"] in entries:
            return None
        value = _value(found, end)
        if value is None:
            return None
        entries[found["key"]] = Entry(found["key"], end, value)
        at, end = found.end(), end + found[0].count("\n")
    return Mapping(tuple(entries.values()), line) if entries else None


def _value(found: re.Match[str], line: int) -> Node | None:
    """What stands behind a key, or below it; None for a group that has a key twice."""
    typed = found[found.lastindex or 0]
    if found.lastgroup == "text":
        return _text(typed, line)
    if found.lastgroup == "list":
        return Listing(tuple([_text(each, line) for each in _IN_LIST.findall(typed)]), line)
    below = enumerate(typed[:-1].split("\n"), start=line + 1)
    if found.lastgroup == "items":
        return Listing(tuple([_text(each[4:], number) for number, each in below]), line + 1)
    group: dict[str, Entry] = {}
    for number, each in below:
        key, _, text = each[2:].partition(": ")
        if key in group:
            return None
        group[key] = Entry(key, number, _text(text, number))
    return Mapping(tuple(group.values()), line + 1)


def _text(typed: str, line: int) -> Scalar:
    if typed[0] == '"':
        return Scalar(typed[1:-1].replace('\\"', '"'), line, quoted=True)
    return Scalar(typed, line)
