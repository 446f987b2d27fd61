"""What an earlier build kept is believed only whole: a spoilt store or ledger is made anew, and runs nothing."""

from __future__ import annotations

import ast
import json
import pickle
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import asdict

from plugins.newsroom import hooks
from plugins.newsroom.job import Job
from plugins.press import build as press_build
from plugins.press import ledger, store
from plugins.press.joint import BuildStopped, PressPelican
from plugins.press.sealed import PAGE, Sealed
from tests.conftest import PAPER, ROOT, picture, settings_for, snapshot, story, write_files

PHOTO = "{file: b.png, alt: A thing, caption: Its caption, credit: Ani}"
STORIES: Mapping[str, str | bytes] = {
    "community/a.md": story("A", tags="harvest"),
    "community/b.md": story("B", photo=PHOTO, body="See [a](a.md)."),
    "community/b.png": picture(),
}
PAPERS: Mapping[str, Mapping[str, str | bytes]] = {
    "one": {"data/paper.toml": PAPER, **STORIES},
    # Every page is made anew, and every row settled anew.
    "two": {"data/paper.toml": PAPER.replace("valley", "hills"), **STORIES},
}


class Kept:
    """A folder that goes from one paper to the other and back, and what plain builds of both are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clean = {}
        for name, files in PAPERS.items():
            write_files(folder / name, files)
            assert self.build(name, "plain", PRESS_PLAIN=True) == []
            self.clean[name] = snapshot(folder / "plain/output")
            shutil.rmtree(folder / "plain")
        self.turn = "one"
        assert self.build("one") == []

    def build(self, name: str, folder: str = "kept", **settings: Any) -> list[str]:
        """One build; what it said of itself."""
        place = self.folder / folder
        pelican = PressPelican(settings_for(self.folder / name, place / "output", place / ".press", **settings))
        pelican.run()
        pelican.ledger.close()
        assert pelican.built is not None
        return list(pelican.built.said)

    def rebuild(self) -> list[str]:
        """Build the other paper, rightly; what the build said."""
        self.turn = "two" if self.turn == "one" else "one"
        said = self.build(self.turn)
        assert snapshot(self.folder / "kept/output") == self.clean[self.turn]
        return said

    def forget(self) -> None:
        """Begin with a good store and a good ledger: damage in what no build has read would stay."""
        for which in ("store", "ledger"):
            self.file(which).unlink()
        assert self.rebuild() == []

    def file(self, which: str) -> Path:
        """The store's file or the ledger's."""
        press = self.folder / "kept/.press"
        return press / "store.sqlite" if which == "store" else next(press.glob("ledgers/*.sqlite"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Kept:
    return Kept(tmp_path_factory.mktemp("kept"))


WHICH = pytest.mark.parametrize("which", ["store", "ledger"])


def _another_version(path: Path) -> None:
    with sqlite3.connect(path) as file:
        kinds = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    file.close()
    sealed = Sealed(path, tuple(kind for kind in kinds if kind != "state"), "0")
    sealed.change([("outline" if path.name == "store.sqlite" else "file", "x", "1")])
    sealed.close()


def _fewer_rows(path: Path) -> None:
    with sqlite3.connect(path) as file:
        for kind in ("outline", "file"):
            if file.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (kind,)).fetchone():
                file.execute(f"DELETE FROM {kind} WHERE name = (SELECT max(name) FROM {kind})")  # noqa: S608
    file.close()


def _turned_text(path: Path) -> None:
    with sqlite3.connect(path) as file:
        for kind in ("outline", "file"):
            if file.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (kind,)).fetchone():
                file.execute(f"UPDATE {kind} SET text = replace(text, 'a', 'b')")  # noqa: S608
    file.close()


def _folder(path: Path) -> None:
    path.unlink()
    write_files(path, {"inner/notes.txt": "x"})


DAMAGE: Mapping[str, Callable[[Path], object]] = {
    "a text file": lambda path: path.write_text("no database\n" * 900),
    "a folder": _folder,
    "noise": lambda path: path.write_bytes(Random(4).randbytes(40_000)),  # noqa: S311
    "the head zeroed": lambda path: path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:]),
    "every page but the head zeroed": lambda path: path.write_bytes(
        path.read_bytes()[:PAGE] + bytes(path.stat().st_size - PAGE)
    ),
    "another release": _another_version,
    "an entry less": _fewer_rows,
    "a letter turned": _turned_text,
}


@pytest.mark.parametrize("kinds", [("row",), ("body",), ("row", "body")])
def test_what_the_store_has_lost_is_read_again_and_kept(kept, kinds):
    kept.forget()
    with sqlite3.connect(kept.file("store")) as file:
        before = [file.execute(f"SELECT * FROM {kind} ORDER BY name").fetchall() for kind in kinds]  # noqa: S608
        for kind in kinds:
            file.execute(f"DELETE FROM {kind}")  # noqa: S608
    file.close()
    assert kept.rebuild() == []
    with sqlite3.connect(kept.file("store")) as file:
        assert [file.execute(f"SELECT * FROM {kind} ORDER BY name").fetchall() for kind in kinds] == before  # noqa: S608
    file.close()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_source_that_the_store_has_lost_and_that_is_gone_is_told(kept, jobs, monkeypatch):
    monkeypatch.setattr(press_build, "WORTH_A_CREW", -1000)
    kept.forget()
    before = snapshot(kept.folder / "kept/output")
    with sqlite3.connect(kept.file("store")) as file:
        file.execute("DELETE FROM body")
    file.close()
    other = "two" if kept.turn == "one" else "one"
    source = kept.folder / other / "community/b.md"
    text = source.read_text("utf-8")

    def take_away(_edition: object) -> Iterator[Job]:
        source.unlink()
        yield from ()

    take_away.__module__ = "plugins.stories"
    hooks.pages.add("take away", take_away)
    try:
        with pytest.raises(BuildStopped) as stopped:
            kept.build(other, PRESS_JOBS=jobs)
    finally:
        hooks.pages._contributions.pop("take away")
        source.write_text(text, "utf-8")
    (problem,) = stopped.value.problems
    assert (problem.code, problem.path) == ("file/unreadable", str(source))
    assert snapshot(kept.folder / "kept/output") == before
    kept.forget()


@WHICH
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_that_is_not_as_it_was_left_is_made_anew_and_this_is_said(kept, which, damage):
    DAMAGE[damage](kept.file(which))
    said = kept.rebuild()
    assert len(said) == 1
    assert said[0].startswith(f"the {which} was made anew: ")
    assert kept.rebuild() == []


@WHICH
def test_a_file_cut_short_anywhere_is_not_believed(kept, which):
    rng = Random(7)  # noqa: S311
    size = kept.file(which).stat().st_size
    beginnings = (0, 1, 15, 16, 99, 100, 512, 4095, 4096, 4097, PAGE - 1, PAGE, PAGE + 1)
    for length in (*beginnings, size - PAGE - 1, size - PAGE, size - 4096, size - 1, rng.randrange(size)):
        data = kept.file(which).read_bytes()
        kept.file(which).write_bytes(data[: min(length, len(data) - 1)])
        said = [line.partition(":")[0] for line in kept.rebuild()]
        # An empty file is what SQLite leaves before its first change; what is cut off its last page may be nothing.
        assert said == [f"the {which} was made anew"] * bool(length) or (not said and length > size - PAGE)
    kept.forget()


@WHICH
@pytest.mark.parametrize("number", [30, pytest.param(300, marks=pytest.mark.slow)])
def test_a_bit_that_turns_over_anywhere_changes_no_byte_of_the_site(kept, which, number):
    rng = Random(number)  # noqa: S311
    noticed = 0
    for _ in range(number):
        data = bytearray(kept.file(which).read_bytes())
        # Of so small a database most is empty.
        data[rng.choice([at for at, byte in enumerate(data) if byte])] ^= 1 << rng.randrange(8)
        kept.file(which).write_bytes(data)
        noticed += bool(kept.rebuild())
    assert noticed
    kept.forget()


@WHICH
def test_a_page_that_was_zeroed_changes_no_byte_of_the_site(kept, which):
    for page in range(kept.file(which).stat().st_size // PAGE):
        data = bytearray(kept.file(which).read_bytes())
        data[page * PAGE : (page + 1) * PAGE] = bytes(len(data[page * PAGE : (page + 1) * PAGE]))
        kept.file(which).write_bytes(data)
        kept.rebuild()
    kept.forget()


NO_ROWS = ["5", "null", '"text"', "{}", "[]", "[1, 2, 3, 4, 5]", '["k", "s", 5, [], []]', "[[[[[]]]]]", "", "{", "NaN"]


@pytest.mark.parametrize("kind", store.KINDS)
@pytest.mark.parametrize("text", NO_ROWS)
def test_what_is_sealed_and_no_value_of_ours_is_not_believed(kept, kind, text):
    name = {"picture": "community/b.png", "seen": "0"}.get(kind, "community/b.md")
    sealed = Sealed(kept.file("store"), store.KINDS, store.VERSION)
    key = str(json.loads(sealed.all("outline")["community/b.md"])[0])
    sealed.change([(kind, name, key + text if kind in {"row", "body"} else text)])
    sealed.close()
    said = kept.rebuild()
    assert bool(said) == (kind in {"outline", "seen"}), said


def row(name: str = "2026/10/03/b/index.html", **values: object) -> str:
    """A row of the ledger's as it would be right, but for these values."""
    entry = asdict(ledger.Entry("p", 1, 1, 1)) | values
    return json.dumps([name, list(entry.values())])


@pytest.mark.parametrize(
    "put",
    [
        *(("file", "0", text) for text in NO_ROWS),
        ("file", "zero", f"[{row()}]"),
        *(("file", "0", f"[{text}]") for text in ('["p", 0, 0, 0]', row(size="0"), row(asks=5), row(name="../p"))),
        *(("world", name, text) for name in ("house", "unsure") for text in ("5", '"x"', "{", "[5]")),
        *(("folder", "0", text) for text in ("5", "null", '"x"', "[]", "{", '{"a": "b"}', '{"a": null}')),
        *((kind, "0", text) for kind in ("source", "ask") for text in NO_ROWS),
        *(
            ("source", "0", text)
            for text in (
                '[["a.md"], ["s"]]',
                '[["a.md"], ["s"], [""]]',
                '[["a.md"], [5], [""]]',
                '[["a", "a"], ["", ""], ["", ""]]',
            )
        ),
        *(("ask", "0", text) for text in ('[[["row", 5]], ["x"]]', '[["row"], []]', '[["row"], [5]]')),
    ],
)
def test_what_is_sealed_and_no_part_of_a_ledger_is_not_believed(kept, put):
    sealed = Sealed(kept.file("ledger"), ledger.KINDS, ledger.VERSION)
    sealed.change([put])
    sealed.close()
    assert [line.partition(":")[0] for line in kept.rebuild()] == ["the ledger was made anew"]


def test_damaged_folders_are_told_also_where_nothing_has_changed(kept):
    assert kept.build(kept.turn) == []
    sealed = Sealed(kept.file("ledger"), ledger.KINDS, ledger.VERSION)
    sealed.change([("folder", "0", "{")])
    sealed.close()
    assert [line.partition(":")[0] for line in kept.build(kept.turn)] == ["the ledger was made anew"]
    assert snapshot(kept.folder / "kept/output") == kept.clean[kept.turn]
    assert kept.build(kept.turn) == []


def test_the_store_of_another_checkout_with_other_texts_changes_no_byte(kept):
    other = kept.folder / "other"
    write_files(other, {**PAPERS["one"], "community/a.md": story("Other"), "community/b.md": story("Others")})
    kept.build("other", "elsewhere")
    shutil.copy(kept.folder / "elsewhere/.press/store.sqlite", kept.file("store"))
    kept.rebuild()


class Bomb:
    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return exec, ("raise SystemExit('a text of the store was run')",)


def test_a_value_that_holds_code_runs_none(kept):
    bomb = pickle.dumps(Bomb(), protocol=0).decode("ascii")
    with pytest.raises(SystemExit):
        pickle.loads(bomb.encode())  # noqa: S301  it is a real one
    for kind in store.KINDS:
        for text in (bomb, json.dumps(bomb), json.dumps(["__import__('os')._exit(3)"] * 5)):
            sealed = Sealed(kept.file("store"), store.KINDS, store.VERSION)
            sealed.change([(kind, "community/b.md", text)])
            sealed.close()
            kept.rebuild()


def test_nothing_that_could_run_a_stored_value_is_used_in_the_house():
    forbidden = {"pickle", "marshal", "shelve", "dill", "dbm", "eval", "exec", "compile"}
    for path in sorted((ROOT / "plugins").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [node.func.id] if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else []
            if path.name == "templates.py":
                # What a worker compiled comes by its pipe, in which whatever it says is pickled anyway; no file has it.
                names = [name for name in names if name != "marshal"]
            assert forbidden.isdisjoint(names), (path, names)


def test_a_ledger_that_turns_out_damaged_only_when_it_is_written_is_made_anew_whole(tmp_path):
    names = [f"{number}/index.html" for number in range(400)]
    kept = ledger.Ledger(tmp_path / ".press", tmp_path / "output")
    entries = {name: ledger.Entry("p", 1, 1, 1) for name in names}
    kept.keep(entries, ledger.World(root="r"), kept.folders.put({"": 5, "7": 6, "8": 0}, anew=True))
    kept.close()
    path = next(tmp_path.glob(".press/ledgers/*.sqlite"))
    with sqlite3.connect(path) as file:
        (root,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_world_1'").fetchone()
        (size,) = file.execute("PRAGMA page_size").fetchone()
    file.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(data)
    kept = ledger.Ledger(tmp_path / ".press", tmp_path / "output")
    kept.load()
    assert kept.thrown_away == ""
    kept.mark_torn(["new.html"])
    assert kept.thrown_away
    kept.close()
    again = ledger.Ledger(tmp_path / ".press", tmp_path / "output")
    again.load()
    assert again.thrown_away == ""
    assert again.world.torn
    assert again.entries.keys() == {*names, "new.html"}
    # Not all of its folders could be read any more.
    assert not again.folders
    again.close()


def test_a_file_that_was_held_may_be_changed_by_another_and_is_read_anew(tmp_path):
    one = Sealed(tmp_path / "a.sqlite", ("row",), "1")
    one.change([("row", "fair.md", "A")])
    other = Sealed(tmp_path / "a.sqlite", ("row",), "1")
    with one.held():
        assert one.get("row", "fair.md") == "A"
    other.change([("row", "fair.md", "B")])
    assert one.get("row", "fair.md") == "B"


def test_a_file_that_proves_damaged_while_it_is_held_is_let_go(tmp_path):
    sealed = Sealed(tmp_path / "a.sqlite", ("row",), "1")
    sealed.change([("row", "fair.md", "A")])
    with sqlite3.connect(tmp_path / "a.sqlite") as file:
        file.execute("UPDATE row SET text = 'B'")
    file.close()
    with sealed.held():
        assert sealed.get("row", "fair.md") is None
    assert sealed.thrown_away
    with sealed.held():
        assert sealed.get("row", "fair.md") is None
