"""A real Pelican build of a small paper, in a folder of its own, with a clock that stands still."""

from __future__ import annotations

import locale
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html
from pelican.plugins import signals
from pelican.settings import read_settings

from plugins.newsroom.problem import Problem
from plugins.press.joint import BuildStopped, PressPelican
from plugins.press.output import Written

ROOT = Path(__file__).parent.parent
SPOKEN = locale.setlocale(locale.LC_ALL)
NOW = "2026-11-20T12:00+04:00"
PAPER = """\
name = "The Example Courier"
tagline = "News of the valley"
timezone = "Asia/Yerevan"
url = "https://courier.example"
"""
NEWSLETTERS = """\
[placement.default]
middle = "daily"
end = "weekly"

[lists.daily]
name = "The Courier Daily"
invitation = "Get the Courier in your inbox:"
provider = "buttondown"
username = "courier"

[lists.weekly]
name = "The Courier Weekly"
invitation = "Get the Courier Weekly in your inbox:"
provider = "listmonk"
url = "https://lists.courier.example"
list = "0d0e3c5e-4a1b-4a7e-9d7e-2f6f0c9a1b11"
"""


def story(title: str = "A fair in the square", body: str = "The fair was held.", **keys: object) -> str:
    """A valid story file; keys are further front matter, None takes one out."""
    front = {"title": title, "date": "2026-10-03 09:30", "category": "community", **keys}
    lines = [f"{key}: {value}" for key, value in front.items() if value is not None]
    return "\n".join(["---", *lines, "---", "", body, ""])


@dataclass
class Site:
    """One build's outcome. problems: all of them, with paths from content/. stopped: nothing was written.

    reasons: why each page was made.
    """

    output: Path
    content: Path
    problems: list[Problem]
    stopped: bool
    written: Written
    reasons: Mapping[str, str] = field(default_factory=dict)

    def codes(self) -> set[str]:
        return {problem.code for problem in self.problems}

    def text(self, save_as: str) -> str:
        return (self.output / save_as).read_text("utf-8")

    def tree(self, save_as: str) -> Any:
        return lxml_html.fromstring(self.text(save_as).encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))

    def files(self) -> dict[str, bytes]:
        return snapshot(self.output)


def terminal_environment() -> dict[str, str]:
    """The environment for a make as a person at a terminal starts it: nothing of the make that runs these tests."""
    return {key: value for key, value in os.environ.items() if key not in {"MAKEFLAGS", "MAKELEVEL", "PY"}}


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


def run_press(content: Path, output: Path, press: Path, *, conf: str = "pelicanconf.py", **settings: Any) -> Site:
    """One build in this process, by the project's own settings file."""
    stopped = False
    pelican = None
    try:
        pelican = PressPelican(settings_for(content, output, press, conf=conf, **settings))
        pelican.run()
        problems = list(pelican.built.problems) if pelican.built else []
    except BuildStopped as fault:
        problems, stopped = fault.problems, True
    shown = f"{content}/"
    problems = [
        Problem(each.path.removeprefix(shown), each.line, each.code, each.message, each.hint, each.severity, each.leak)
        for each in problems
    ]
    reasons = pelican.built.reasons if pelican and pelican.built else {}
    return Site(output, content, problems, stopped, pelican.written if pelican else Written(), reasons)


def settings_for(
    content: Path, output: Path, press: Path, *, conf: str = "pelicanconf.py", **settings: Any
) -> dict[str, Any]:
    """Pelican's settings for such a build."""
    override = {
        "PATH": str(content),
        "OUTPUT_PATH": str(output),
        "PRESS_PATH": str(press),
        "NOW": NOW,
        "PRESS_SILENT": True,
        # Tests run beside each other already; workers have their own (test_crew.py).
        "PRESS_JOBS": 1,
    }
    read: dict[str, Any] = read_settings(str(ROOT / conf), override={**override, **settings})
    return read


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Site]:
    """`build({"community/fair.md": story()})` writes the files into tmp_path/content and builds; again, it builds anew.

    A file given as None is removed first.
    """

    def run(files: Mapping[str, str | bytes | None] | None = None, **settings: Any) -> Site:
        content = tmp_path / "content"
        if not (content / "data/paper.toml").exists():
            write_files(content, {"data/paper.toml": PAPER})
        for name, text in (files or {}).items():
            if text is None:
                (content / name).unlink()
            else:
                write_files(content, {name: text})
        return run_press(content, tmp_path / "output", tmp_path / ".press", **settings)

    return run


@pytest.fixture(autouse=True)
def _process_as_it_was() -> Iterator[None]:
    """Pelican's signals and locale are the process's: what a test changes is as before after it."""
    every = [signal for signal in vars(signals).values() if hasattr(signal, "receivers")]
    before = [
        (signal, dict(signal.receivers), {key: set(value) for key, value in signal._by_sender.items()})
        for signal in every
    ]
    locale.setlocale(locale.LC_ALL, SPOKEN)  # Pelican sets the process's to that of its settings
    yield
    locale.setlocale(locale.LC_ALL, SPOKEN)
    for signal, receivers, by_sender in before:
        signal.receivers.clear()
        signal.receivers.update(receivers)
        signal._by_sender.clear()
        signal._by_sender.update(by_sender)


def picture(width: int = 60, height: int = 40, form: str = "PNG") -> bytes:
    """A small real picture."""
    from io import BytesIO

    from PIL import Image

    data = BytesIO()
    Image.new("RGB", (width, height), "#8a6").save(data, form)
    return data.getvalue()
