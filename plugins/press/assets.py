"""The theme's own files: one style sheet with a name that changes with its content, and everything else as it is.

theme/static/css/main.css  and what it imports   →   theme/style.3f2a91c0.css
theme/static/favicon.svg                         →   theme/favicon.svg
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from plugins.newsroom.problem import Code, Complaint, Problem, Severity

NO_STYLE = Code("theme/style-missing", Severity.ERROR, "The theme's style sheet, or one that it imports, is not there.")

_IMPORT = re.compile(r"""^@import\s+url\(["']?([^"')]+)["']?\)(?:\s+layer\(([^)]*)\))?\s*;\s*$""", re.MULTILINE)


class StyleFault(ValueError):
    """A style sheet that cannot be bundled."""


class Assets(Struct, frozen=True):
    """files: (save_as, bytes). stylesheet, favicon: addresses from the site's root."""

    files: tuple[tuple[str, bytes], ...]
    stylesheet: str
    favicon: str
    problems: tuple[Problem, ...] = ()


def bundle(sheet: Path, above: tuple[Path, ...] = ()) -> str:
    """A style sheet with its imports in their place, each in the layer that its line names.

    `@import url("tokens.css") layer(tokens);` stands alone on a line. Raises StyleFault.
    above: the sheets that import this one.
    """
    if sheet in above:
        raise StyleFault(f"{sheet.name} imports itself")
    try:
        text = sheet.read_text("utf-8")
    except UnicodeDecodeError:
        raise StyleFault(f"{sheet.name} is not UTF-8 text") from None
    except OSError as fault:
        raise StyleFault(f"{sheet.name} cannot be opened: {(fault.strerror or str(fault)).lower()}") from None

    def imported(found: re.Match[str]) -> str:
        inner = bundle(sheet.parent / found[1], (*above, sheet)).strip()
        return f"@layer {found[2]} {{\n{inner}\n}}\n" if found[2] else f"{inner}\n"

    return _IMPORT.sub(imported, text)


def theme_assets(theme: Path, folder: str) -> Assets:
    """Everything that the theme brings to the site. folder: where it goes there (Pelican's THEME_STATIC_DIR)."""
    static = theme / "static"
    files: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    stylesheet = f"{folder}/style.css"
    try:
        style = bundle(static / "css" / "main.css").encode()
        stylesheet = f"{folder}/style.{hashlib.sha256(style).hexdigest()[:8]}.css"
        files.append((stylesheet, style))
    except StyleFault as fault:
        problems.append(Complaint(NO_STYLE, str(fault)).at("theme/static/css/main.css"))
    for path in _files(static):
        name = path.relative_to(static).as_posix()
        if not name.startswith("css/"):
            files.append((f"{folder}/{name}", path.read_bytes()))
    return Assets(tuple(files), stylesheet, f"{folder}/favicon.svg", tuple(problems))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
