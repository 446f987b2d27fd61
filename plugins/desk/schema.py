"""`make schema`: the front matter's JSON Schema for editors, and the pages of docs/ that are made from the code."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterable
from pathlib import Path

import plugins
from plugins.newsroom.hooks import codes_of
from plugins.newsroom.problem import Code


def write_reference(docs: Path) -> int:
    """Write every generated page of docs/; always 0."""
    for name, text in reference().items():
        (docs / name).write_text(text, "utf-8")
        print(docs / name)
    return 0


def reference() -> dict[str, str]:
    """File name in docs/ → its text."""
    from plugins.stories.schema import json_schema, reference_page

    return {
        "front-matter.schema.json": json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n",
        "front-matter.md": reference_page(),
        "problems.md": problems_page(every_code().values()),
    }


def every_code() -> dict[str, Code]:
    """Every problem code that any module of plugins/ names."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(plugins.__path__, "plugins.")
        if not found.name.endswith("__main__")
    ]
    return dict(codes_of(modules))


def problems_page(codes: Iterable[Code]) -> str:
    """docs/problems.md: each code, how grave it is, what it means."""
    lines = [
        "# Problems",
        "",
        "<!-- `make schema` writes this page from the code. -->",
        "",
        "Every problem has a code, which never changes its meaning. An *error* stops the build, and the last good site",
        "stays as it was; a *warning* is told, and stops it only with `STRICT=1`. In a story with `status: draft`",
        "nothing is an error but what would show held copy to readers.",
        "",
        "`content/data/checks.toml` makes a warning an error, turns it off, or spares the archive:",
        "",
        "```toml",
        '"photo/credit-missing" = "error"',
        '"photo/alt-missing" = {severity = "warning", since = 2026-01-01}',
        "```",
        "",
        "| code | severity | what it means |",
        "|---|---|---|",
        *(f"| `{code.name}` | {code.severity} | {code.meaning} |" for code in codes),
    ]
    return "\n".join(lines) + "\n"
