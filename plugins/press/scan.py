"""What lies in content/: sources, tables, files to copy, and what no reader of ours can read."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from plugins.newsroom.problem import Code, Complaint, Problem, Severity

EXTENSION = Code(
    "file/extension",
    Severity.ERROR,
    "A text file in content/ has an ending that is not read: .MD, .txt, .rst, .markdown.",
)
UNREADABLE = Code("file/unreadable", Severity.ERROR, "A file or folder in content/ cannot be opened.")
LOOP = Code("file/symlink-loop", Severity.ERROR, "A symbolic link leads back to a folder that holds it.")
BAD_NAME = Code("file/bad-name", Severity.ERROR, "A file's name is not UTF-8, or holds a control character.")
SPECIAL = Code("file/special", Severity.ERROR, "Something in content/ is neither file nor folder.")

_COPY_ENDINGS = frozenset({".md", ".markdown", ".mkd", ".mdown", ".txt", ".rst", ".rest", ".html", ".htm"})
AT_ONCE = 1 << 16
"""Bytes of a file that are read at once: more than nearly every story has."""

_NEVER = frozenset({".git", ".DS_Store"})
_IGNORED = (".*", "*~", "#*#", "__pycache__", "*.swp", "Thumbs.db", "desktop.ini")


class Content(Struct, frozen=True):
    """sources: stories and pages. tables: `data/*.toml`. extra: files for the site's root. files: all that can be
    linked.

    All are paths from content/, with `/`, sorted.
    """

    sources: tuple[str, ...]
    tables: tuple[str, ...]
    extra: tuple[str, ...]
    files: frozenset[str]
    problems: tuple[Problem, ...]


def scan(root: Path, ignore: Iterable[str] = ()) -> Content:
    """Walk content/, links followed. Order does not depend on the file system's."""
    problems: list[Problem] = []
    found: list[str] = []
    _walk(os.fspath(root), "", (os.path.realpath(root),), Ignored.of((*_IGNORED, *ignore)), found, problems)
    found.sort()
    sources: list[str] = []
    tables: list[str] = []
    extra: list[str] = []
    files: list[str] = []
    for path in found:
        if path.endswith(".md") and not path.startswith(("extra/", "data/")):
            sources.append(path)
            continue
        top, _, rest = path.partition("/")
        ending = os.path.splitext(path)[1]
        if top == "extra" and rest:
            extra.append(path)
            files.append(path)
        elif top == "data" and rest:
            (tables if ending == ".toml" else files).append(path)
        elif ending.lower() in _COPY_ENDINGS:
            problems.append(_wrong_ending(path, ending))
        else:
            files.append(path)
    return Content(tuple(sources), tuple(tables), tuple(extra), frozenset(files), tuple(problems))


def _wrong_ending(path: str, ending: str) -> Problem:
    hint = f"rename it to {os.path.splitext(os.path.basename(path))[0]}.md"
    if ending.lower() in {".rst", ".rest", ".html", ".htm"}:
        hint = "write it in Markdown, in a file that ends in .md; a file to be copied as it is belongs in extra/"
    return Complaint(EXTENSION, f"a file that ends in '{ending}' is not read, so readers would never see it", hint).at(
        path
    )


class Ignored(Struct, frozen=True):
    """Whether a name fits one of the patterns. in_extra: there, names that begin with a dot are meant."""

    all: Callable[[str], object]
    in_extra: Callable[[str], object]

    @classmethod
    def of(cls, patterns: tuple[str, ...]) -> Ignored:
        """Shell patterns, as of `fnmatch`."""
        return cls(_fits(patterns), _fits(tuple(each for each in patterns if each != ".*")))


def _fits(patterns: tuple[str, ...]) -> Callable[[str], object]:
    return re.compile("|".join(fnmatch.translate(os.path.normcase(pattern)) for pattern in patterns)).match


def _walk(
    folder: str, prefix: str, above: tuple[str, ...], ignored: Ignored, found: list[str], problems: list[Problem]
) -> None:
    try:
        entries = list(os.scandir(folder))
    except OSError as fault:
        problems.append(
            Complaint(UNREADABLE, f"this folder cannot be opened: {_reason(fault)}").at(prefix.rstrip("/") or ".")
        )
        return
    # `.well-known/` and `.htaccess` in extra/ are meant for the site.
    is_ignored = ignored.in_extra if prefix.startswith("extra/") else ignored.all
    for entry in entries:
        name = entry.name
        path = prefix + name
        if name in _NEVER or is_ignored(name):
            continue
        if not _is_printable(name):
            shown = path.encode("utf-8", "backslashreplace").decode()
            message = "the name of this file or folder is not UTF-8, or holds a control character"
            problems.append(Complaint(BAD_NAME, message, "rename it").at(repr(shown)[1:-1]))
            continue
        if entry.is_file(follow_symlinks=False):
            found.append(path)
            continue
        try:
            mode = entry.stat().st_mode
        except OSError as fault:
            problems.append(
                Complaint(UNREADABLE, f"this leads nowhere: {_reason(fault)}", "take it out, or mend the link").at(path)
            )
            continue
        if stat.S_ISDIR(mode):
            real = os.path.realpath(entry.path) if entry.is_symlink() else f"{above[-1]}/{name}"
            if real in above:
                problems.append(
                    Complaint(LOOP, "this link leads back to a folder that it lies in", "take the link out").at(path)
                )
                continue
            _walk(entry.path, path + "/", (*above, real), ignored, found, problems)
        elif stat.S_ISREG(mode):
            found.append(path)
        else:
            problems.append(
                Complaint(SPECIAL, "this is neither a file nor a folder", "take it out of content/").at(path)
            )


def _is_printable(name: str) -> bool:
    """Python hides the bytes of a name that is not UTF-8 in lone surrogates, which no one can print."""
    return name.isprintable() or not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in name)


def _reason(fault: OSError) -> str:
    return (fault.strerror or str(fault)).lower()


def read_bytes(root: Path, path: str) -> bytes | Problem:
    """A file's bytes, or why they cannot be had."""
    try:
        # Ten thousand are read in every build: a file object would cost as much again as the reading.
        file = os.open(f"{root}/{path}", os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            parts = []
            # Only an empty answer is the end: a file on another machine may come in smaller parts.
            while part := os.read(file, AT_ONCE):
                parts.append(part)
            return b"".join(parts)
        finally:
            os.close(file)
    except OSError as fault:
        return Complaint(UNREADABLE, f"this file cannot be opened: {_reason(fault)}").at(path)
