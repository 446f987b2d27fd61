"""Of the folders of an output all are known or none, and a build reads and writes those in which something happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.press.folders import TEXTS, Folders, times_from
from plugins.press.ledger import Entry, Ledger, World
from plugins.press.output import changed_folders

MANY = {"": 1} | {f"2026/{number}": number + 2 for number in range(3000)}


class Shelf:
    """Texts that are kept, and a note of those that were read."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.unsure: list[str] = []
        self.read: list[str] = []

    def folders(self) -> Folders:
        self.read = []
        return Folders(self.unsure, self.get, self.every) if self.texts or self.unsure else Folders()

    def get(self, number: str) -> dict[str, int]:
        self.read.append(number)
        return times_from(self.texts.get(number, "{}"))

    def every(self) -> dict[str, dict[str, int]]:
        self.read += self.texts
        return {number: times_from(text) for number, text in self.texts.items()}

    def keep(self, folders: Folders, numbers: set[str]) -> None:
        texts = folders.texts(numbers)
        self.texts = {number: text for number, text in self.texts.items() if number not in numbers} | texts
        self.unsure = sorted(folders.unsure)


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf()
    folders = made.folders()
    made.keep(folders, folders.put(MANY, anew=True))
    return made


def test_what_is_put_is_known_again(shelf):
    assert dict(shelf.folders().times()) == MANY
    assert len(shelf.folders()) == len(MANY)
    assert sorted(shelf.folders()) == sorted(MANY)
    assert len(shelf.texts) == TEXTS


@pytest.mark.parametrize(
    ("times", "gone", "most"),
    [
        ({"2026/7": 9, "2026/new": 8}, [], 2),
        ({}, ["2026/7"], 1),
        ({"2026/7": 0}, [], 1),
        ({"2026/7": 9}, [], 1),
        ({"2026/7": MANY["2026/7"]}, [], 0),
        ({}, ["never was"], 0),
        ({}, [], 0),
    ],
)
def test_only_the_texts_of_the_folders_in_question_are_read_and_written(shelf, times, gone, most):
    folders = shelf.folders()
    numbers = folders.put(times, gone)
    assert len(numbers) <= most
    assert len(shelf.read) <= len(times) + len(gone)
    shelf.keep(folders, numbers)
    assert dict(shelf.folders().times()) == {name: time for name, time in (MANY | times).items() if name not in gone}


def test_one_that_is_to_be_opened_is_known_without_a_time_until_it_has_one(shelf):
    folders = shelf.folders()
    shelf.keep(folders, folders.put({"2026/7": 0, "own": 0}))
    again = shelf.folders()
    assert again.unsure == {"2026/7", "own"}
    assert "own" in again
    shelf.keep(again, again.put({"2026/7": 5}, gone=["own"]))
    assert shelf.unsure == []
    assert dict(shelf.folders().times()) == MANY | {"2026/7": 5}


def test_one_that_was_asked_for_is_read_once(shelf):
    folders = shelf.folders()
    assert [name in folders for name in ("2026/7", "2026/7", "2026/x")] == [True, True, False]
    assert len(shelf.read) <= 2
    assert bool(folders)
    assert 5 not in folders


def test_where_none_is_known_what_is_put_is_not_known_either(shelf):
    folders = shelf.folders()
    folders.forget()
    assert not folders
    numbers = folders.put({"": 5, "2026": 6})
    assert not folders
    shelf.keep(folders, numbers)
    assert (shelf.texts, shelf.unsure) == ({}, [])


def test_what_is_put_anew_takes_the_place_of_all(shelf):
    folders = shelf.folders()
    shelf.keep(folders, folders.put({"": 5, "x": 0}, anew=True))
    assert dict(shelf.folders().times()) == {"": 5, "x": 0}


def test_for_another_file_all_are_given_or_none(shelf):
    """Where only some were read, the others cannot be had any more."""
    folders = shelf.folders()
    assert "2026/7" in folders
    assert folders.texts() == {}
    assert not folders
    whole = shelf.folders()
    assert len(whole) == len(MANY)
    assert whole.texts() == shelf.texts


def test_where_none_is_known_the_output_itself_is_opened(tmp_path):
    assert changed_folders(tmp_path, Folders()) == [""]


def test_a_folder_that_has_no_time_is_opened_even_where_it_is_not_there(tmp_path):
    folders = Folders()
    folders.put({"": tmp_path.stat().st_mtime_ns, "gone": 0}, anew=True)
    assert changed_folders(tmp_path, folders) == ["gone"]


@pytest.mark.parametrize("damaged", ["0", "7"])
def test_a_ledger_whose_folders_cannot_be_read_knows_none_and_is_kept_whole(tmp_path: Path, damaged: str):
    def opened() -> Ledger:
        return Ledger(tmp_path / ".press", tmp_path / "output")

    kept = opened()
    entries = {name: Entry("p", 1, 1, 1) for name in ("a.html", "b.html")}
    kept.keep(entries, World(root="r"), kept.folders.put(MANY, anew=True))
    kept._sealed.change([("folder", damaged, "{")])  # as a disk or a hand may leave it
    kept.close()
    kept = opened()
    kept.load()
    kept.load_questions()
    assert dict(kept.folders.times()) == {}
    assert "folders" in kept.thrown_away
    kept.keep(entries, World(root="s"), kept.folders.put({"": 7}))
    kept.close()
    again = opened()
    again.load()
    assert (again.thrown_away, again.entries.keys(), again.world.root) == ("", entries.keys(), "s")
    assert not again.folders
    again.close()


def test_a_ledger_whose_folders_prove_damaged_before_the_first_rename_is_marked_torn_whole(tmp_path: Path):
    def opened() -> Ledger:
        return Ledger(tmp_path / ".press", tmp_path / "output")

    kept = opened()
    entries = {name: Entry("p", 1, 1, 1) for name in ("a.html", "b.html")}
    kept.keep(entries, World(root="r"), kept.folders.put(MANY, anew=True))
    kept._sealed.change([("folder", "0", "{")])  # as a disk or a hand may leave it
    kept.close()
    kept = opened()
    kept.load()
    kept.load_questions()
    assert dict(kept.folders.times()) == {}
    kept.mark_torn(["new.html"])
    kept.close()
    torn = opened()
    torn.load()
    assert (torn.thrown_away, torn.world.torn, torn.world.root) == ("", True, "r")
    assert torn.entries.keys() == {*entries, "new.html"}
    assert not torn.folders
    torn.keep({**torn.entries, "new.html": Entry("q", 1, 1, 1)}, World(root="s"), torn.folders.put({"": 1}, anew=True))
    torn.close()
    again = opened()
    again.load()
    assert (again.thrown_away, again.world.torn, dict(again.folders.times())) == ("", False, {"": 1})
    again.close()
