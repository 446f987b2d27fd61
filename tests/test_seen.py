"""A source that lies as it did is not opened again; one that may be another is, whatever its time says."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.press.output import TICK
from plugins.press.seen import A_TEXT, Seen, changed, rows_of
from tests.conftest import Site, story

READER = "reader"


def settle() -> None:
    """Until what was just saved may be believed."""
    time.sleep(2 * TICK / 1e9)


def opened(build: Callable[..., Site], *arguments: object, **settings: object) -> tuple[list[str], Site]:
    """The sources that a build opens, and what it makes."""
    names: list[str] = []
    on = True

    def note(event: str, details: tuple[object, ...]) -> None:
        if on and event == "open" and str(details[0]).endswith(".md"):
            names.append(Path(str(details[0])).name)

    # A hook of this kind cannot be taken out again.
    sys.addaudithook(note)
    site = build(*arguments, **settings)
    on = False
    return sorted(set(names)), site


FILES = {f"community/{name}.md": story(name.upper(), body=f"Text of {name}.") for name in "abcd"}
EVERY = ["a.md", "b.md", "c.md", "d.md"]


@pytest.fixture
def paper(build: Callable[..., Site], tmp_path: Path) -> Path:
    """A paper of four stories that was built; its content/."""
    build(FILES)
    settle()
    build()
    return tmp_path / "content"


def save_in_secret(path: Path, text: str) -> None:
    """Another text of the same length in the same file, which bears the old time."""
    before = path.stat()
    with path.open("r+", encoding="utf-8") as file:
        file.write(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (before.st_size, before.st_mtime_ns, before.st_ino)


def put_another_in_its_place(path: Path, text: str) -> None:
    before, beside = path.stat(), path.with_suffix(".new")
    beside.write_text(text, "utf-8")
    os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
    beside.replace(path)


def test_where_nothing_was_saved_no_source_is_opened(build, paper):
    assert opened(build)[0] == []


@pytest.mark.parametrize("save", [Path.write_text, save_in_secret, put_another_in_its_place])
def test_only_a_source_that_was_saved_is_opened_whatever_its_time_says(build, paper, save):
    for text in ("Text of x.", "Text of y."):
        save(paper / "community/b.md", story("B", body=text))
        names, site = opened(build)
        assert names == ["b.md"]
        assert text in site.text("2026/10/03/b/index.html")
        settle()
        build()


def test_a_new_source_is_opened_and_one_that_is_gone_is_forgotten(build, paper):
    names, _ = opened(build, {"community/e.md": story("E"), "community/a.md": None})
    assert names == ["e.md"]
    settle()
    build()
    names, site = opened(build, {"community/a.md": FILES["community/a.md"]})
    assert names == ["a.md"]
    assert "2026/10/03/e/index.html" in site.files()


def test_a_fresh_checkout_is_opened_once_and_makes_no_page(build, paper):
    before = build().files()
    shutil.copytree(paper, paper.with_name("copy"))
    shutil.rmtree(paper)
    paper.with_name("copy").rename(paper)
    settle()
    names, site = opened(build)
    assert names == EVERY
    assert (site.written.changed, site.files()) == ((), before)
    assert opened(build)[0] == []


def test_verify_opens_every_source(build, paper, monkeypatch):
    monkeypatch.setenv("VERIFY", "1")
    assert opened(build)[0] == EVERY


def test_where_the_reader_is_another_every_source_is_opened(build, paper):
    assert opened(build, EXTRA_KEYS=["shorthand"])[0] == EVERY
    assert opened(build, EXTRA_KEYS=["shorthand"])[0] == []
    assert opened(build)[0] == EVERY
    assert opened(build)[0] == []


def test_a_change_right_after_a_build_is_noticed(build, paper):
    """Nothing but the clock's own tick tells."""
    for letter in "cdefghijklmnopqrstuv":
        text = f"Text of {letter}."
        save_in_secret(paper / "community/b.md", story("B", body=text))
        assert text in build().text("2026/10/03/b/index.html")


def test_a_source_that_cannot_be_opened_is_told_each_time(build, paper):
    (paper / "community/b.md").unlink()
    (paper / "community/b.md").symlink_to(paper / "gone.md")
    for _ in range(2):
        assert "file/unreadable" in build().codes()


# --- How it is kept ---------------------------------------------------------------------------------------------------


def seen(content: Path, texts: dict[str, str] | None = None, reader: str = READER) -> Seen:
    return Seen(content, reader, texts or {})


def kept(content: Path, names: list[str], texts: dict[str, str] | None = None, reader: str = READER) -> dict[str, str]:
    """What is kept after a build that has opened all that was not known, and how much of it was written."""
    one = seen(content, texts, reader)
    known = one.known(names, None)
    one.look(name for name in names if name not in known)
    found = dict(texts or {})
    for number, text in one.texts({name: f"key of {name}" for name in names}):
        if text is None:
            del found[number]
        else:
            found[number] = text
    return found


def sources(folder: Path, number: int) -> list[str]:
    names = [f"{at:05}.md" for at in range(number)]
    for name in names:
        (folder / name).write_text(name, "utf-8")
    settle()
    return names


@pytest.mark.parametrize("number", [0, 1, A_TEXT - 1, A_TEXT, A_TEXT + 1, 2 * A_TEXT + 1])
def test_what_is_kept_is_known_again(tmp_path, number):
    names = sources(tmp_path, number)
    texts = kept(tmp_path, names)
    assert [len(rows_of(text).rows) for text in texts.values()] == [
        min(A_TEXT, number - start) for start in range(0, number, A_TEXT)
    ]
    assert seen(tmp_path, texts).known(names, None) == {name: f"key of {name}" for name in names}
    assert [path for text in texts.values() for path in changed(tmp_path, rows_of(text).rows)] == []


def test_only_the_text_that_holds_what_was_saved_is_kept_anew(tmp_path):
    names = sources(tmp_path, 2 * A_TEXT)
    before = kept(tmp_path, names)
    (tmp_path / names[A_TEXT]).write_text("other", "utf-8")
    settle()
    after = kept(tmp_path, names, before)
    assert [number for number in before if before[number] != after[number]] == ["1"]
    # One that goes leaves its place, and a new one takes the last text that has room.
    gone = kept(tmp_path, names[1:], after)
    assert [number for number in after if after[number] != gone[number]] == ["0"]
    assert kept(tmp_path, names[:A_TEXT], gone).keys() == {"0", "1"} - {"1"}


def test_what_another_reader_knew_is_not_believed_and_goes(tmp_path):
    names = sources(tmp_path, 3)
    texts = kept(tmp_path, names)
    assert seen(tmp_path, texts, "another").known(names, None) == {}
    assert kept(tmp_path, [], texts, "another") == {}
    assert rows_of(kept(tmp_path, names, texts, "another")["0"]).reader == "another"


def test_what_was_saved_in_the_tick_in_which_it_was_looked_at_is_not_believed(tmp_path):
    (tmp_path / "a.md").write_text("a", "utf-8")
    assert kept(tmp_path, ["a.md"]) == {}
    settle()
    assert kept(tmp_path, ["a.md"]) != {}


def test_what_a_worker_has_found_is_believed(tmp_path):
    names = sources(tmp_path, 3)
    texts = kept(tmp_path, names)
    assert seen(tmp_path, texts).known(names, [names[1]]).keys() == {names[0], names[2]}
