"""The check of pages: it finds what is broken, and the theme's templates are valid in every state that tests know."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_press
from tests.test_templates import PAGES, render
from tests.validate_pages import CannotCheck, Fault, cache_folder, checked_files, faults, main, validate

PAGE = (
    '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>A fair</title>\n<h1>A fair</h1>\n{}\n</html>\n'
)

MESSAGES = [
    ({"type": "error", "lastLine": 3, "message": "Stray end tag “p”."}, ("error", 3)),
    ({"type": "error", "firstLine": 2, "lastLine": 3, "message": "Over two lines."}, ("error", 3)),
    ({"type": "info", "subType": "warning", "lastLine": 1, "message": "Do not."}, ("warning", 1)),
    ({"type": "info", "message": "Told."}, ("info", 0)),
    ({"type": "non-document-error", "message": "Cannot be read."}, ("non-document-error", 0)),
    ({"type": "error", "lastLine": 1, "message": "CSS: Unrecognized at-rule “@contain”"}, ("error", 1)),
]
PASSED_OVER = [
    "CSS: Unrecognized at-rule “@container”",
    "CSS: “container-type”: Property “container-type” doesn't exist.",
]


@pytest.mark.parametrize(("message", "expected"), MESSAGES)
def test_every_message_is_a_fault(message, expected, tmp_path):
    url = (tmp_path / "a page/index.html").as_uri()
    (found,) = faults([{**message, "url": url}], tmp_path, "output")
    assert (found.path, found.kind, found.line) == ("output/a page/index.html", *expected)
    assert str(found).startswith(f"output/a page/index.html:{expected[1]}: ")


@pytest.mark.parametrize("message", PASSED_OVER)
def test_what_the_checker_has_not_learnt_yet_is_no_fault(message, tmp_path):
    assert list(faults([{"type": "error", "message": message}], tmp_path, "output")) == []


def test_the_cache_lies_where_the_user_keeps_such_things(tmp_path):
    assert cache_folder({"XDG_CACHE_HOME": str(tmp_path), "HOME": "/home/ani"}).parent == tmp_path / "pressroom"
    assert cache_folder({"HOME": "/home/ani"}).parent == Path("/home/ani/.cache/pressroom")


def test_a_folder_without_a_page_is_not_called_valid(tmp_path, capsys):
    with pytest.raises(CannotCheck):
        validate(tmp_path, os.environ)
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "no page" in capsys.readouterr().err


def test_the_package_is_pinned_by_its_hash_and_names_no_registry():
    text = (ROOT / "tests/validator/package-lock.json").read_text("utf-8")
    assert '"integrity": "sha512-' in text
    assert "http" not in text


BROKEN = [
    ("<p><div></p>", "No “p” element in scope but a “p” end tag seen."),
    ('<img src="a.png">', "An “img” element must have an “alt” attribute"),
    ('<p id="a"></p><p id="a"></p>', "Duplicate ID “a”."),
    ('<a href="https://[x">x</a>', "Bad value “https://[x” for attribute “href”"),
    ('<p align="left">x</p>', "The “align” attribute on the “p” element is obsolete."),
    ("<section><p>No heading</p></section>", "Section lacks heading."),
]


@pytest.mark.slow
def test_a_broken_page_is_told_with_its_line(tmp_path):
    for number, (body, _) in enumerate(BROKEN):
        (tmp_path / f"{number}.html").write_text(PAGE.format(body), "utf-8")
    (tmp_path / "գյումրի.html").write_text(PAGE.format("<p>A paper.</p>"), "utf-8")
    (tmp_path / "bad.css").write_text("p { colour: red }\n@container (width > 1px) { p { color: red } }\n", "utf-8")
    (tmp_path / "bad.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><p/></svg>', "utf-8")
    count, found = validate(tmp_path, os.environ)
    assert count == len(BROKEN) + 3
    for number, (_, message) in enumerate(BROKEN):
        said = [each for each in found if each.path == f"{tmp_path}/{number}.html"]
        assert any(each.message.startswith(message) and each.line == 6 for each in said), said
    broken = {*(f"{number}.html" for number in range(len(BROKEN))), "bad.css", "bad.svg"}
    assert {Path(each.path).name for each in found} == broken
    assert main([str(tmp_path)]) == 1


@pytest.mark.slow
@pytest.mark.parametrize("siteurl", ["", "https://courier.example/sub"])
def test_the_sample_paper_is_valid(tmp_path, siteurl):
    settings = {"SITEURL": siteurl} if siteurl else {}
    output, now = tmp_path / "output", "2026-11-23T12:00+04:00"
    site = run_press(ROOT / "content", output, tmp_path / ".press", NOW=now, **settings)
    assert not site.stopped
    count, found = validate(site.output, os.environ)
    assert found == []
    assert count == len(checked_files(site.output)) > 90


@pytest.mark.slow
def test_every_template_is_valid_in_every_state(tmp_path):
    for number, (template, content) in enumerate(PAGES.values()):
        (tmp_path / f"{number}.html").write_text(render(template, **content), "utf-8")
    count, found = validate(tmp_path, os.environ)
    names = {f"{number}.html": name for number, name in enumerate(PAGES)}
    assert [(names[Path(each.path).name], each.line, each.message) for each in found] == []
    assert count > 10


def test_faults_are_ordered_by_file_and_line():
    assert Fault("a", 2, "error", "x") < Fault("a", 10, "error", "x") < Fault("b", 1, "error", "x")
