"""Every page, style sheet and drawing of a built site, read by the Nu HTML checker, as validator.w3.org runs it.

    $ python tests/validate_pages.py output
    output/about/index.html:12: Stray end tag “p”. [error]

Warnings count as errors. The checker is a Java program in the npm package that `tests/validator/` pins by its hash; it
is put into the user's cache on first use, and no script of the package is run.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PACKAGE = Path(__file__).parent / "validator"
JAR = Path("node_modules/vnu-jar/build/dist/vnu.jar")
CHECKED = {".html": (), ".css": ("--css",), ".svg": ("--svg",)}
"""What is checked, by its ending, with the option that says so. All in one run (`--also-check-css`), the checker counts
the lines of pages one short."""

AT_ONCE = 1_000
"""Files for one run of the checker: a command line has an end."""

UNKNOWN_TO_THE_CHECKER = re.compile(
    # Its CSS part knows no container queries (CSS Containment 3; in every browser since 2023);
    # all else in the style sheet is checked.
    r"CSS: (?:Unrecognized at-rule “@container”|“container-(?:type|name)”: Property “[a-z-]+” doesn't exist\.)"
)


class CannotCheck(Exception):
    """Java, npm or the package is missing; the message says what to do."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One message of the checker."""

    path: str
    line: int
    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} [{self.kind}]"


def cache_folder(environ: Mapping[str, str]) -> Path:
    """Where this version of the checker is kept: outside the tree, and shared by all checkouts that pin it."""
    base = environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME") or "~").expanduser() / ".cache"
    version = hashlib.sha256((PACKAGE / "package-lock.json").read_bytes()).hexdigest()[:16]
    return Path(base) / "pressroom" / f"validator-{version}"


def fetch_checker(folder: Path) -> Path:
    """The checker's program, installed into the folder unless it is there. npm compares the package with its hash."""
    if (folder / JAR).is_file():
        return folder / JAR
    beside = folder.with_name(f"{folder.name}.{os.getpid()}")
    beside.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PACKAGE / name, beside / name)
    try:
        done = subprocess.run(
            [_program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=beside,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode != 0 or not (beside / JAR).is_file():
            raise CannotCheck(f"npm could not install the checker:\n{done.stderr.strip()}")
        # Only a whole folder gets the name that is looked for.
        try:
            beside.rename(folder)
        except OSError:
            if not (folder / JAR).is_file():
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder / JAR


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CannotCheck(f"{name} is not installed. On Debian: apt install default-jre-headless npm")
    return found


def checked_files(folder: Path) -> list[Path]:
    """What the checker can read of a built site, in order."""
    return sorted(path for path in folder.rglob("*") if path.suffix in CHECKED and path.is_file())


def run_checker(jar: Path, files: Sequence[Path]) -> list[dict[str, Any]]:
    """The checker's messages about these files, as it gives them. Raises CannotCheck where it does not run."""
    messages: list[dict[str, Any]] = []
    # In a locale without letters beyond ASCII, Java would not find /topics/գյումրի/.
    environ = {**os.environ, "LC_ALL": "C.UTF-8"}
    for suffix, options in CHECKED.items():
        alike = [str(path.resolve()) for path in files if path.suffix == suffix]
        for start in range(0, len(alike), AT_ONCE):
            command = [
                _program("java"),
                "-Xss2m",
                "-jar",
                str(jar),
                "--format",
                "json",
                "--stdout",
                "--exit-zero-always",
            ]
            command += [*options, *alike[start : start + AT_ONCE]]
            done = subprocess.run(
                command, capture_output=True, encoding="utf-8", errors="replace", env=environ, check=False
            )
            try:
                messages += json.loads(done.stdout)["messages"]
            except (ValueError, KeyError):
                said = (done.stderr or done.stdout).strip()
                raise CannotCheck(f"the checker did not run (it needs Java 17 or newer):\n{said}") from None
    return messages


def faults(messages: Iterable[Mapping[str, Any]], folder: Path, shown: str) -> Iterator[Fault]:
    """Errors and warnings among the checker's messages. shown: the folder's name as it is printed."""
    for each in messages:
        if UNKNOWN_TO_THE_CHECKER.match(str(each["message"])):
            continue
        path = Path(unquote(urlsplit(str(each.get("url", ""))).path))
        inside = path.relative_to(folder.resolve()).as_posix() if path.is_relative_to(folder.resolve()) else path
        # `info` with a subtype is a warning; one without (the language that it guessed) is told as well.
        kind = str(each.get("subType") or each["type"]) if each["type"] == "info" else str(each["type"])
        # What it calls the first line may be the one above the tag.
        line = int(each.get("lastLine") or 0)
        yield Fault(f"{shown}/{inside}", line, kind, " ".join(str(each["message"]).split()))


def validate(folder: Path, environ: Mapping[str, str]) -> tuple[int, list[Fault]]:
    """How many files were checked, and what is wrong with them. Raises CannotCheck."""
    files = checked_files(folder)
    if not any(path.suffix == ".html" for path in files):
        raise CannotCheck(f"there is no page in {folder}")
    jar = fetch_checker(cache_folder(environ))
    return len(files), sorted(set(faults(run_checker(jar, files), folder, str(folder))))


def main(arguments: Sequence[str]) -> int:
    """Status 0 where all is valid, 1 where something is not, 2 where nothing could be checked."""
    folder = Path(arguments[0] if arguments else "output")
    try:
        count, found = validate(folder, os.environ)
    except CannotCheck as fault:
        print(fault, file=sys.stderr)
        return 2
    for each in found:
        print(each)
    print(f"{count} files checked, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
