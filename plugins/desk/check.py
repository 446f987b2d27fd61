"""`make check`: every fault of the copy in one list, as text, as JSON or as annotations of a pull request."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from plugins.newsroom.problem import Problem, as_github, as_json, as_text, has_errors
from plugins.press.report import verdict


def settings_of(content: Path, conf: Path, output: Path, **more: Any) -> dict[str, Any]:
    """Pelican's settings for a run from Python, as the `pelican` command would have them."""
    from pelican.log import init
    from pelican.settings import read_settings

    for folder in (content, conf.parent):
        if not folder.is_dir():
            raise SystemExit(f"{folder} is no folder")
    init(level=logging.WARNING, handler=None)
    override = {"PATH": str(content.resolve()), "OUTPUT_PATH": str(output.resolve()), **more}
    settings: dict[str, Any] = read_settings(str(conf), override=override)
    return settings


def check(content: Path, conf: Path, output: Path, form: str) -> int:
    """Print all problems; 1 where they would stop the build."""
    from plugins.press.joint import BuildStopped

    settings = settings_of(content, conf, output, PRESS_SILENT=True)
    try:
        problems = settings["PELICAN_CLASS"](settings).check()
    except BuildStopped as stopped:
        problems = stopped.problems
    tell(problems, form)
    return int(has_errors(problems, strict=bool(settings.get("STRICT"))))


def tell(problems: list[Problem], form: str) -> None:
    """Print problems on standard output in one of the three forms."""
    if form == "json":
        print(as_json(problems))
        return
    for line in as_github(problems) if form == "github" else as_text(problems):
        print(line)
    if form == "text":
        print(verdict(problems))
