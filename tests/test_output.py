"""What lies ready comes to its place, whatever an earlier build or somebody else has left there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from plugins.press.output import put
from tests.conftest import write_files

NAME = "news/fair/index.html"


def _a_file(output: Path) -> None:
    write_files(output, {NAME: "old"})


def _a_folder(output: Path) -> None:
    write_files(output, {f"{NAME}/old": "old", f"{NAME}/older/old": "old"})


def _a_file_for_its_folder(output: Path) -> None:
    write_files(output, {"news/fair": "old"})


def _a_file_for_the_folder_above(output: Path) -> None:
    write_files(output, {"news": "old"})


def _an_empty_folder(output: Path) -> None:
    (output / "news/fair").mkdir(parents=True)


LEFT: Mapping[str, Callable[[Path], None]] = {
    "nothing": lambda _output: None,
    "an empty folder": _an_empty_folder,
    "a file": _a_file,
    "a folder": _a_folder,
    "a file for its folder": _a_file_for_its_folder,
    "a file for the folder above": _a_file_for_the_folder_above,
}


@pytest.mark.parametrize("left", LEFT)
def test_a_file_comes_to_its_place_whatever_stands_there(tmp_path, left):
    output = tmp_path / "output"
    output.mkdir()
    LEFT[left](output)
    write_files(tmp_path / "stage", {"p1-1": "new"})
    ticks: list[int] = []
    assert put(output, tmp_path / "stage", {NAME: "p1-1"}, [], lambda: ticks.append(1)) == ()
    assert (output / NAME).read_text("utf-8") == "new"
    assert [path for path in output.rglob("*") if path.is_file()] == [output / NAME]
    assert ticks == [1]


def test_a_file_that_does_not_lie_ready_any_more_is_told(tmp_path):
    write_files(tmp_path / "output", {NAME: "old"})
    with pytest.raises(FileNotFoundError):
        put(tmp_path / "output", tmp_path / "stage", {NAME: "p1-1"}, [], lambda: None)
    assert (tmp_path / "output" / NAME).read_text("utf-8") == "old"
