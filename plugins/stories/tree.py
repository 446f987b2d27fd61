"""Front matter as a tree of texts, each with its line; YAML is read by its failsafe schema.

    authors:                  Mapping(Entry("authors", 1, Listing((
      - Ani Example      →        Scalar("Ani Example", 2),
      - Yes                       Scalar("Yes", 3)))))

`Yes`, `1984`, `off` and `2026-10-03` stay the text that was typed, and nothing is constructed.
A fault in one key does not hide the others: what can be read is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from msgspec import Struct

from plugins.newsroom.problem import Code, Complaint
from plugins.stories import codes

DEPTH_LIMIT = 8
"""Levels of nesting; the deepest key of ours, `corrections.0.text`, stands on the third."""

Told = tuple[int, Complaint]
"""A line and the complaint about it."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TOP_KEY = re.compile(r"""["']?[^\W\d][\w-]*["']?[ \t]*:""")
# Of a line without white space at its end: to look for that here costs the square of a long run of spaces.
_KEY_AND_VALUE = re.compile(r"""(\s*(?:- +)*["']?[^\s"':]+["']?\s*):\s+(\S.*)""")
_COMMENT = re.compile(r"\s+(#.*)")
_GLUED_DASH = re.compile(r"^ *-[^\s\d-]", re.MULTILINE)
# Only a tab that indents is a fault; of the others, PyYAML and libyaml think differently.
_INNER_TAB = re.compile(r"(?<=\S)[ \t]*\t")
# YAML 1.1 takes these for line ends, editors and Git do not; a byte order mark inside a text is a leftover of pasting.
_UNSEEN = {0x2028: " ", 0x2029: " ", 0xFEFF: None}


class Scalar(Struct, frozen=True):
    """A text as typed, without its quotes. `quoted`: it had some, so that an empty one is meant."""

    text: str
    line: int
    quoted: bool = False


class Damaged(Struct, frozen=True):
    """A value that stands in the file but cannot be read; its problem has been told."""

    line: int


class Listing(Struct, frozen=True):
    """A YAML list."""

    items: tuple[Node, ...]
    line: int


class Entry(Struct, frozen=True):
    """One key and its value; `line` is the key's."""

    key: str
    line: int
    value: Node


class Mapping(Struct, frozen=True):
    """Keys and values in the order of the file, each key once."""

    entries: tuple[Entry, ...]
    line: int

    def get(self, key: str) -> Entry | None:
        """The entry of a key."""
        return next((entry for entry in self.entries if entry.key == key), None)


Node = Scalar | Damaged | Listing | Mapping


def told(line: int, code: Code, message: str, hint: str = "") -> Told:
    """A complaint and its line."""
    return line, Complaint(code, message, hint)


def duplicate(key: str, first: int) -> Complaint:
    """The complaint about a key that stands in line `first` already."""
    return Complaint(codes.DUPLICATE_KEY, f"'{key}' stands in line {first} already", "keep one of the two")


def shown(text: str, limit: int = 50) -> str:
    """What was typed, on one line and short enough for a message."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def read_yaml(block: str, line: int, complaints: list[Told]) -> Mapping | None:
    """The front matter's tree; `line` is that of the block's first line. Faults are added to `complaints`.

    Where YAML fails, every top-level key is read by itself, so that each fault is told with its own line
    and hides no other key.
    """
    if not block.isascii():
        block = block.translate(_UNSEEN)
    if "\t" in block:
        block = _INNER_TAB.sub(" ", block)
    found: list[Told] = []
    root, failure = _compose(block, line, found)
    if failure:
        return _read_pieces(block, line, failure, complaints)
    complaints += found
    if root is None or isinstance(root, Mapping):
        return Mapping(root.entries if root else (), line)
    what = "a list" if isinstance(root, Listing) else "a text"
    hint = "write one 'key: value' a line: title: Harvest fair fills the square"
    complaints.append(told(root.line, codes.NOT_KEYS, f"the front matter is {what} instead of keys and values", hint))
    return None


def _read_pieces(block: str, line: int, failure: Told, complaints: list[Told]) -> Mapping:
    """What can be read of a block that YAML as a whole cannot, because of `failure`."""
    entries: dict[str, Entry] = {}
    failures: list[Told] = []
    for piece, first in _pieces(block, line):
        found: list[Told] = []
        node, broken = _compose(piece, first, found)
        if broken is None and isinstance(node, Scalar | Listing):
            broken = (first, _no_key(piece.strip().split("\n")[0]))
        if broken is None:
            complaints += found
        else:
            failures.append(broken)
            if key := _TOP_KEY.match(piece):
                node = Mapping((Entry(key[0][:-1].strip(" \t\"'"), first, Damaged(first)),), first)
        for entry in node.entries if isinstance(node, Mapping) else ():
            if entry.key in entries:
                complaints.append((entry.line, duplicate(entry.key, entries[entry.key].line)))
            else:
                entries[entry.key] = entry
    complaints += failures or [failure]
    return Mapping(tuple(entries.values()), line)


def _pieces(block: str, line: int) -> Iterator[tuple[str, int]]:
    """The block cut before every line that begins with a key, each piece with its first line's number."""
    piece: list[str] = []
    first = line
    for number, typed in enumerate(block.split("\n"), start=line):
        if _TOP_KEY.match(typed) and piece:
            yield "\n".join(piece) + "\n", first
            piece, first = [], number
        piece.append(typed)
    yield "\n".join(piece), first


def _compose(block: str, line: int, complaints: list[Told]) -> tuple[Node | None, Told | None]:
    """The tree of a piece of YAML, None where it holds nothing but comments, or why it cannot be read.

    What is refused without making the piece unreadable goes to `complaints`.
    """
    builder = _Builder(block, line, complaints)
    try:
        for event in yaml.parse(block, Loader=_Loader):
            if failure := builder.take(event):
                return None, failure
    except yaml.MarkedYAMLError as fault:
        return None, _explain(fault, block.split("\n"), line)
    except yaml.YAMLError as fault:
        return None, told(line, codes.BAD_YAML, f"this cannot be read as YAML: {shown(str(fault), 80)}")
    return builder.root, None


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; in a mapping, `key` waits for its value or is None."""

    line: int
    is_mapping: bool
    in_brackets: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    key: Scalar | None = None

    def closed(self) -> Node:
        """The finished list or mapping."""
        if self.is_mapping:
            return Mapping(tuple(self.entries.values()), self.line)
        return Listing(tuple(self.items), self.line)


class _Builder:
    """Builds a tree from PyYAML's events, without recursion: the depth of a file is its author's choice."""

    def __init__(self, block: str, line: int, complaints: list[Told]) -> None:
        self.line = line
        self.complaints = complaints
        self.root: Node | None = None
        self.open: list[_Open] = []
        # Only such a block can hold a text that is cut off, or a list that is read as a text.
        self.lines = block.split("\n") if " #" in block or _GLUED_DASH.search(block) else []

    def take(self, event: Any) -> Told | None:
        """Take one event; what makes the whole unreadable is returned."""
        line = event.start_mark.line + self.line
        match event:
            case yaml.ScalarEvent():
                self.refuse(event, line)
                quoted = event.style in ("'", '"')
                if self.lines and not quoted and event.style not in ("|", ">"):
                    self.complaints += _cut_off(self.lines, event, line)
                    if self.open and not self.open[-1].in_brackets:
                        self.complaints += _read_on(self.lines, event, line)
                return self.put(Scalar(event.value, line, quoted))
            case yaml.CollectionStartEvent():
                self.refuse(event, line)
                if len(self.open) == DEPTH_LIMIT:
                    message = f"this is nested more than {DEPTH_LIMIT} levels deep"
                    return told(line, codes.TOO_DEEP, message, "no key needs that: look for a stray bracket or indent")
                self.open.append(_Open(line, isinstance(event, yaml.MappingStartEvent), bool(event.flow_style)))
            case yaml.CollectionEndEvent():
                return self.put(self.open.pop().closed())
            case yaml.AliasEvent():
                key = self.open[-1].key if self.open else None
                if key is None or key.text != "<<":
                    message = f"*{event.anchor} repeats a value from elsewhere, which is not read here"
                    hint = "type the value again; a text that begins with * needs quotes"
                    self.complaints.append(told(line, codes.ALIAS, message, hint))
                return self.put(Damaged(line))
        return None

    def refuse(self, event: Any, line: int) -> None:
        """Complain of an anchor or a tag."""
        if event.anchor is not None:
            message = f"&{event.anchor} names a value, which is not read here"
            self.complaints.append(
                told(line, codes.ANCHOR, message, "delete it; a text that begins with & needs quotes")
            )
        if event.tag is not None:
            message = f"{event.tag.replace('tag:yaml.org,2002:', '!!')} types a value, which is not read here"
            self.complaints.append(told(line, codes.TAG, message, "delete it; a text that begins with ! needs quotes"))

    def put(self, node: Node) -> Told | None:
        """Put a finished node where it belongs."""
        if not self.open:
            self.root = node
            return None
        place = self.open[-1]
        if not place.is_mapping:
            place.items.append(node)
        elif place.key is not None:
            self.give(place, place.key, node)
        elif isinstance(node, Scalar):
            place.key = node
        else:
            hint = "quote a text that begins with [ or { or ?"
            return told(node.line, codes.BAD_YAML, "a key must be a word", hint)
        return None

    def give(self, mapping: _Open, key: Scalar, value: Node) -> None:
        """Give a key its value."""
        mapping.key = None
        if key.text == "<<":
            message = "<< merges other keys in, which is not read here"
            self.complaints.append(told(key.line, codes.MERGE_KEY, message, "type the keys out"))
        elif key.text in mapping.entries:
            self.complaints.append((key.line, duplicate(key.text, mapping.entries[key.text].line)))
        else:
            mapping.entries[key.text] = Entry(key.text, key.line, value)


def _cut_off(lines: list[str], event: Any, line: int) -> Iterator[Told]:
    """A complaint where a # follows an unquoted text on its line: YAML drops it and all behind it as a comment.

    event: the text's, in `lines`. Nobody can tell a note to the desk from `Room # 5`, so the hint serves both.
    """
    begin, end = event.start_mark, event.end_mark
    typed = lines[end.line]
    if comment := _COMMENT.match(typed, end.column):
        hint = "put the comment on a line of its own; if it belongs to the text, put the whole text in quotes"
        found = _key_and_value(typed)
        # In brackets, or where the text began on another line, what follows the key is not the text.
        if found and begin.line == end.line and (not event.value or begin.column == found.start(2)):
            hint += f": {_key_of(found)}: {_in_quotes(found[2])}"
        yield told(line, codes.COMMENT, f"'{shown(comment[1])}' is dropped: outside quotes # begins a comment", hint)


def _read_on(lines: list[str], event: Any, line: int) -> Iterator[Told]:
    """A complaint where a line of an unquoted text begins with `-b`: YAML reads on, and a list was meant.

    event: the text's, in `lines`.
    """
    begin, end = event.start_mark, event.end_mark
    first = begin.line + 1 if lines[begin.line][: begin.column].strip() else begin.line
    for index in range(first, end.line + 1 if event.value else first):
        if _GLUED_DASH.match(lines[index]):
            yield index - begin.line + line, _no_space(lines[index].strip())
            return


def _no_space(typed: str) -> Complaint:
    """The complaint about `-b`."""
    message = f"'{shown(typed)}' has no space after its dash"
    hint = f"- {shown(typed[1:])}; a text that begins with a dash needs quotes"
    return Complaint(codes.BAD_YAML, message, hint)


def _key_and_value(typed: str) -> re.Match[str] | None:
    """Key and value of a line; what stands before the key is in the first group."""
    return _KEY_AND_VALUE.match(typed.rstrip())


def _key_of(found: re.Match[str]) -> str:
    """The key in a match of `_KEY_AND_VALUE`, without its indent and dashes."""
    return found[1].strip().removeprefix("- ").strip()


def _in_quotes(text: str) -> str:
    """The text as YAML's quoted scalar, without the stray quotes that it already has at its ends."""
    bare = text.strip()
    if len(bare) > 1 and bare[0] in "'\"" and bare[0] == bare[-1]:
        bare = bare[1:-1]
    elif bare[:1] in ("'", '"') and bare.count(bare[0]) == 1:
        bare = bare[1:]
    return f'"{bare}"' if '"' not in bare and "\\" not in bare else "'" + bare.replace("'", "''") + "'"


def _no_key(typed: str) -> Complaint:
    if _GLUED_DASH.match(typed):
        return _no_space(typed)
    if found := re.match(r"([\w-]+):(\S.*)", typed):
        return Complaint(
            codes.BAD_YAML, f"'{shown(typed)}' has no space after its colon", f"{found[1]}: {found[2].strip()}"
        )
    return Complaint(
        codes.BAD_YAML,
        f"'{shown(typed)}' is not 'key: value'",
        "if the story's text begins here, put a line --- before it; if it goes on with the line above, indent it",
    )


_PLAIN_WORDS: tuple[tuple[str, str, str], ...] = (
    ("unexpected end of stream", "a quotation mark is opened here but not closed", "close it at the end of the text"),
    (
        "unknown escape character",
        "a backslash in double quotes begins a code",
        "use single quotes around a text with backslashes",
    ),
    ("',' or ']'", "a list in [ ] is not closed, or one of its commas is missing", "tags: [one, two]"),
    (
        "',' or '}'",
        "keys in { } are not closed, or a comma between them is missing",
        "{name: Jane Sample, note: Special to the Courier}",
    ),
    (
        "entries are not allowed",
        "a dash begins a list, which needs a line of its own",
        "begin the list on the next line, or put the text in quotes",
    ),
)
"""A piece of PyYAML's message, what it means to an author, what to type."""


def _explain(fault: yaml.MarkedYAMLError, lines: list[str], first: int) -> Told:
    """PyYAML's message as an author understands it, at the line where the slip was made."""
    index, column = _place(fault, lines)
    for number in {index, fault.problem_mark.line if fault.problem_mark else index}:
        indent = re.match(r"\s*", lines[min(number, len(lines) - 1)])
        if indent and "\t" in indent[0]:
            return told(number + first, codes.TAB, "this line is indented with a tab", "indent with two spaces")
    problem, typed = fault.problem or "", lines[index]
    found = _key_and_value(typed)
    if "mapping values are not allowed" in problem:
        return _explain_colon(found, lines, index, column, first)
    if "could not find expected ':'" in problem:
        return index + first, _no_key(typed.strip())
    code, message, hint = _in_plain_words(problem, typed, found)
    return told(index + first, code, message, hint)


def _place(fault: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int]:
    """(index of the line, column) of the slip. What is never closed is missed far below the line that opens it."""
    mark = fault.problem_mark
    if (fault.context or "").startswith(("while scanning", "while parsing a quoted", "while parsing a flow")):
        mark = fault.context_mark or mark
    index = min(mark.line, len(lines) - 1) if mark else 0
    while index and not lines[index].strip():
        index -= 1
    return index, mark.column if mark and mark.line == index else 0


def _explain_colon(found: re.Match[str] | None, lines: list[str], index: int, column: int, first: int) -> Told:
    """A colon where YAML wants none: in a text without quotes, or after a key in the wrong column."""
    if found and column > len(found[1]):
        message = f"the text of '{_key_of(found)}' has a colon in it and no quotes"
        return told(index + first, codes.UNQUOTED_COLON, message, f"{_key_of(found)}: {_in_quotes(found[2])}")
    if index and lines[index - 1].strip() and ":" not in lines[index - 1]:
        return index - 1 + first, _no_key(lines[index - 1].strip())
    hint = "begin it in the same column; a text with a colon needs quotes"
    return told(index + first, codes.BAD_YAML, "this key is indented further than the one before", hint)


def _in_plain_words(problem: str, typed: str, found: re.Match[str] | None) -> tuple[Code, str, str]:
    """Code, message and hint for PyYAML's `problem` in the line `typed`; found: its key and value, if it has them."""
    quoted = f"{_key_of(found)}: {_in_quotes(found[2])}" if found else ""
    if "tag handle" in problem:
        return codes.TAG, "! types a value, which is not read here", f"a text that begins with ! needs quotes: {quoted}"
    for words, message, hint in _PLAIN_WORDS:
        if words in problem:
            return codes.BAD_YAML, message, quoted if quoted and "quotation" in message else hint
    if found and (sign := found[2][:1]) and sign in "\"'":
        return codes.BAD_YAML, f"the text of '{_key_of(found)}' goes on after its closing {sign}", quoted
    if found and sign in "@`%*&!|>?,[]{}":
        return codes.BAD_YAML, f"a text that begins with {sign} needs quotes", quoted
    hint = "look at its indent: keys that belong together begin in the same column"
    return codes.BAD_YAML, f"'{shown(typed)}' does not fit the lines before it", hint
