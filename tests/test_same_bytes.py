"""Two clean builds give the same bytes, whatever differs between the machines, and so does a plain one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import real_builds
from tests.conftest import NEWSLETTERS, PAPER, ROOT, picture, snapshot, story, write_files

Environment = Mapping[str, str]

ONE: Environment = {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
OTHER: Mapping[str, tuple[int, Environment]] = {
    "another hash seed": (1, {"PYTHONHASHSEED": "2"}),
    "another zone": (1, {"TZ": "America/Lima"}),
    "another locale": (1, {"LC_ALL": "C.UTF-8"}),
    "two workers": (2, {}),
    "three workers, and all else": (3, {"PYTHONHASHSEED": "77", "TZ": "Pacific/Chatham", "LC_ALL": "C.UTF-8"}),
    "a plain build": (1, {"PRESS": "0"}),
    "a plain build, and all else": (3, {"PRESS": "0", "PYTHONHASHSEED": "78", "TZ": "UTC", "LC_ALL": "C.UTF-8"}),
}


def write_paper(content: Path) -> None:
    """Two languages, pairs, pictures, topics, places, authors, held copy; large enough for workers."""
    real_builds.large_paper(content, "valley")
    photo = "{file: /images/a.png, alt: A thing, caption: Its caption, credit: Ani}"
    files: dict[str, str | bytes] = {
        "data/paper.toml": PAPER + 'languages = ["en", "hy"]\n',
        "data/newsletters.toml": NEWSLETTERS,
        "images/a.png": picture(),
        "extra/ads.txt": "x",
        "pages/about.md": "---\ntitle: About us\n---\n\nWe are a paper.\n",
        "community/draft.md": story("Draft", status="draft"),
        "community/later.md": story("Later", embargo="2027-01-01 10:00"),
    }
    for number in range(20):
        keys = {"tags": "harvest, chess, Գյումրի", "authors": "Ani Example; Jane Sample", "photo": photo}
        link = f"See [another](/community/same-{100 + number}.md)."
        body = f"GORIS, Armenia (Example Wire) — A fair.\n\n{link}\n\n[newsletter]"
        files[f"culture/{number}.md"] = story(f"Fair {number}", body, slug=f"fair-{number}", **keys)
        files[f"culture/hy/{number}.md"] = story(f"Տոն {number}", "Տոն էր։", slug=f"fair-{number}", lang="hy", **keys)
    write_files(content, files)


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> tuple[Path, dict[str, bytes]]:
    """The paper, and its site as one machine builds it."""
    folder = tmp_path_factory.mktemp("first")
    write_paper(folder / "content")
    build = real_builds.start(folder / "content", folder / "kept", 1, environment=ONE)
    assert build.wait(120) == 0, (folder / "kept/said").read_text()
    return folder / "content", snapshot(folder / "kept/output")


@pytest.mark.parametrize("what", OTHER)
def test_the_same_bytes_with(what, first, tmp_path):
    content, site = first
    jobs, environment = OTHER[what]
    build = real_builds.start(content, tmp_path / "kept", jobs, environment={**ONE, **environment})
    assert build.wait(120) == 0, (tmp_path / "kept/said").read_text()
    found = snapshot(tmp_path / "kept/output")
    assert [name for name in site.keys() | found.keys() if site.get(name) != found.get(name)] == []


def test_the_same_bytes_from_another_checkout_whose_files_lie_in_another_order(first, tmp_path):
    content, site = first
    checkout = tmp_path / "a checkout's place, with spaces"
    for folder in ("plugins", "theme"):
        shutil.copytree(ROOT / folder, checkout / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pelicanconf.py", "requirements.txt"):
        shutil.copy(ROOT / name, checkout / name)
    for path in sorted(content.rglob("*"), reverse=True):
        if path.is_file():
            write_files(checkout / "content", {path.relative_to(content).as_posix(): path.read_bytes()})
    build = real_builds.start(checkout / "content", tmp_path / "kept", 2, checkout=checkout, environment=ONE)
    assert build.wait(120) == 0, (tmp_path / "kept/said").read_text()
    found = snapshot(tmp_path / "kept/output")
    assert [name for name in site.keys() | found.keys() if site.get(name) != found.get(name)] == []
    assert not [name for name, data in found.items() if str(checkout).encode() in data]
