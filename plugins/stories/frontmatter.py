"""The top of a story's file: front matter in one of two dialects, taken apart from the body.

    ---                                         Title: Harvest fair fills the square
    title: Harvest fair fills the square        Date: 2026-10-03 09:30
    tags: [harvest, Gyumri]                     Tags: harvest, Gyumri
    ---
                                                Growers from forty villages …
    Growers from forty villages …

Whatever the bytes are, as much is read as can be: a draft with a slip in it is still a draft.
"""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from plugins.newsroom.problem import Complaint, Problem
from plugins.stories import codes
from plugins.stories.plainlines import read_plain_lines
from plugins.stories.tree import Entry, Mapping, Scalar, Told, duplicate, read_yaml, shown, told

FILE_LIMIT = 5_000_000
"""Bytes of the largest file that is read as a story; the longest novel has about as many."""

FRONT_MATTER_LIMIT = 65_536
"""Characters of the longest front matter."""


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_MAY_BE_CONTROL = bytes({*range(0x20), 0x7F, 0xC2, 0xEF} - {*b"\t\n\r"})
"""Bytes of which each of those characters has one in UTF-8: text without them need not be searched."""
_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_BLANK = re.compile(r"^[ \t]*$", re.MULTILINE)
_HEADER = re.compile(r" {0,3}([A-Za-z0-9_-]+):[ \t]*(.*)")


class Split(Struct, frozen=True):
    """One file, taken apart.

    root: the front matter, None where nothing of it can be read. body: with LF line ends and without byte order mark;
    empty where it is not known where the body begins. body_line: the line of its first line, from 1.
    complete: no key can have been overlooked, so that an absent one is truly absent.
    block: the front matter as typed, for what must be found even in a broken one.
    """

    root: Mapping | None
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()
    complete: bool = True
    block: str = ""


def split(path: str, data: bytes) -> Split:
    """Take one file apart; never raises for what is in it. path: from content/, for the problems."""
    text, complaints, readable = _decode(data)
    found = _split_text(text, complaints) if text.strip() else Split(None, "", 1)
    # Of a file that is no text, nobody needs to hear that it has no title or no second ---.
    kept = [each for each in complaints if readable or each[1].code not in (codes.NO_FRONT_MATTER, codes.UNCLOSED)]
    return Split(
        root=found.root,
        body=found.body if readable else "",
        body_line=found.body_line,
        problems=tuple(complaint.at(path, line) for line, complaint in sorted(kept, key=lambda each: each[0])),
        complete=found.complete and readable,
        block=found.block,
    )


def _decode(data: bytes) -> tuple[str, list[Told], bool]:
    """The text with LF line ends, the faults of the bytes, and whether it is to be believed beyond its front matter.

    Undecodable bytes are read in the likeliest other encoding: a draft with a wrong byte in it is still a draft.
    """
    if len(data) > FILE_LIMIT:
        message = f"the file has {len(data) / 1_000_000:.1f} MB, and a story may have {FILE_LIMIT // 1_000_000}"
        text = data[:FRONT_MATTER_LIMIT].decode("utf-8-sig", "replace")
        return _printable(text), [told(0, codes.TOO_LARGE, message, "a story is text; put pictures beside it")], False
    if wide := _wide(data):
        message = f"the file is saved as {wide[:6].upper()}, not as UTF-8"
        text = data.decode(wide, "replace").lstrip("\ufeff")
        return _printable(text), [told(1, codes.NOT_UTF8, message, "save it with the encoding UTF-8")], False
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        text, complaint = _guess(data, fault.start)
        before = data[: fault.start]
        line = before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
        return _printable(text), [(line, complaint)], False
    text = _lf(text.lstrip("\ufeff"))
    if not text.strip():
        what = "nothing but white space" if data else "nothing"
        return "", [told(1, codes.EMPTY_FILE, f"the file holds {what}", "write the story, or delete the file")], False
    if len(data.translate(None, _MAY_BE_CONTROL)) < len(data) and (found := _CONTROL.search(text)):
        line = text.count("\n", 0, found.start()) + 1
        printable, count = _CONTROL.subn(" ", text)
        complaint = _control_complaint(found[0], count, nul="\0" in text)
        return printable, [(line, complaint)], "\0" not in text
    return text, [], True


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _printable(text: str) -> str:
    """The text with a space for each character that no text has, which would make YAML give up."""
    return _CONTROL.sub(" ", _lf(text))


def _wide(data: bytes) -> str:
    """The encoding of a text whose characters take two or four bytes each; empty where they do not.

    Without a byte order mark, its first two characters tell: those of front matter are ASCII, half of each is zero.
    """
    # UTF-32's mark begins with that of UTF-16.
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zero = [byte == 0 for byte in data[:4]]
    if zero == [False, True, False, True]:
        return "utf-16-le"
    return "utf-16-be" if zero == [True, False, True, False] else ""


def _guess(data: bytes, start: int) -> tuple[str, Complaint]:
    """The text of bytes that are not UTF-8 from `start` on, in the likeliest encoding, and the complaint."""
    byte = data[start : start + 1]
    seen = byte.decode("cp1252", "replace")
    guess = f" (in Windows-1252 or Latin-1 it would be '{seen}')" if seen.isprintable() and seen != "\ufffd" else ""
    message = f"the byte 0x{byte.hex().upper()} here is not UTF-8{guess}"
    hint = "save the file with the encoding UTF-8; editors offer it under 'Save with encoding' or 'Save as'"
    return data.decode("cp1252", "replace"), Complaint(codes.NOT_UTF8, message, hint)


def _control_complaint(character: str, count: int, *, nul: bool) -> Complaint:
    """character: the first of `count` in the file. nul: one of them is NUL."""
    more = f", and {count - 1} more like it in the file" if count > 1 else ""
    hint = "delete it: it was probably pasted with the text"
    if nul:
        hint = "this is no text file, or it was damaged: save it with the encoding UTF-8"
    elif "\x7f" < character < "\xa0":
        hint = "it was probably a quotation mark or a dash before the file was converted: type it again"
    return Complaint(codes.CONTROL_CHARACTER, f"the control character U+{ord(character):04X} stands here{more}", hint)


def _split_text(text: str, complaints: list[Told]) -> Split:
    """Take apart a text that is not blank; faults are added to `complaints`."""
    start = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, start) + 1
    opening = _OPENING.match(text, start)
    if not opening and not _HEADER.match(text, start):
        message = "the file begins with its text: nothing says title or date"
        hint = "begin the file with a line ---, then title: and date:, then a line ---"
        complaints.append(told(1, codes.NO_FRONT_MATTER, message, hint))
        return Split(None, text, 1)
    if start:
        message = "a blank line stands before the front matter"
        complaints.append(told(1, codes.BLANK_LINE_FIRST, message, "delete it: the file begins with the front matter"))
    line = text.count("\n", 0, start) + 1
    if opening:
        return _split_yaml(text, opening.end(), line, complaints)
    return _split_headers(text, start, line, complaints)


def _split_yaml(text: str, begin: int, line: int, complaints: list[Told]) -> Split:
    """begin: of the first line after the opening fence, which stands on `line`."""
    closing = _CLOSING.search(text, begin)
    hint = "put a line --- between the keys and the text"
    if not closing:
        complaints.append(told(line, codes.UNCLOSED, "the front matter begins here but no second --- ends it", hint))
        blank = _BLANK.search(text, begin, begin + FRONT_MATTER_LIMIT)
        block = text[begin : blank.start() if blank else begin + FRONT_MATTER_LIMIT]
        # Where it ends is a guess, so what cannot be read may be the story itself: no complaints about that.
        return Split(read_yaml(block, line + 1, []), "", line, complete=False, block=block)
    block, body = text[begin : closing.start()], text[closing.end() + 1 :]
    body_line = text.count("\n", 0, closing.start()) + 2
    if len(block) > FRONT_MATTER_LIMIT:
        message = f"the front matter has {len(block):,} characters, and {FRONT_MATTER_LIMIT:,} are allowed"
        complaints.append(told(line, codes.TOO_LONG, message, hint))
        return Split(None, body, body_line, complete=False, block=block[:FRONT_MATTER_LIMIT])
    root = read_plain_lines(block, line + 1) or read_yaml(block, line + 1, complaints)
    return Split(root, body, body_line, block=block)


def _split_headers(text: str, start: int, line: int, complaints: list[Told]) -> Split:
    """Pelican's plain headers from `start`, which stands on `line`, to the first blank line."""
    blank = _BLANK.search(text, start)
    end = blank.start() if blank else len(text)
    block = text[start:end]
    if len(block) > FRONT_MATTER_LIMIT:
        message = f"the headers have {len(block):,} characters, and {FRONT_MATTER_LIMIT:,} are allowed"
        complaints.append(told(line, codes.TOO_LONG, message, "put a blank line between the headers and the text"))
        return Split(None, "", line, complete=False, block=block[:FRONT_MATTER_LIMIT])
    values: dict[str, tuple[int, list[str]]] = {}
    current: list[str] = []
    bad: list[Told] = []
    for at, typed in enumerate(block.split("\n"), start=line):
        if found := _HEADER.match(typed):
            key, current = found[1].lower(), [found[2].strip()]
            if key in values:
                complaints.append((at, duplicate(key, values[key][0])))
            else:
                values[key] = (at, current)
        elif typed.expandtabs(4).startswith("    "):
            current.append(typed.strip())
        elif typed:
            bad.append((at, _bad_header(typed)))
    # After the first slip all that follows may be the story's text, which is no header either.
    complaints += bad[:1]
    entries = tuple(Entry(key, at, Scalar(" ".join(filter(None, parts)), at)) for key, (at, parts) in values.items())
    body_line = text.count("\n", 0, end) + 2
    return Split(Mapping(entries, line), text[blank.end() + 1 :] if blank else "", body_line, block=block)


def _bad_header(typed: str) -> Complaint:
    if typed.rstrip() in ("---", "..."):
        message, hint = (
            "--- ends the front matter here but does not begin it",
            "put a line --- at the top of the file too",
        )
    else:
        message = f"'{shown(typed)}' is neither 'Key: value' nor indented by four spaces"
        hint = "put a blank line between the headers and the text"
        if typed.lstrip().startswith("- "):
            hint = "a list is read between two lines ---; here, write the values on one line: Tags: one, two"
    return Complaint(codes.BAD_HEADER, message, hint)
