"""What the docs promise is there, and what is there is in the docs."""

from __future__ import annotations

import re

import pytest

from plugins.desk.schema import every_code, reference
from tests.conftest import ROOT

DOCS = [
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
]


@pytest.mark.parametrize("name", ["front-matter.schema.json", "front-matter.md", "problems.md"])
def test_generated_pages_are_as_the_code_says(name):
    assert (ROOT / "docs" / name).read_text("utf-8") == reference()[name], "make schema"


def test_every_problem_code_is_documented_and_well_formed():
    text = (ROOT / "docs/problems.md").read_text("utf-8")
    codes = every_code()
    assert len(codes) > 40
    for name, code in codes.items():
        assert re.fullmatch(r"[a-z-]+/[a-z0-9-]+", name)
        assert code.meaning.endswith(".")
        assert f"`{name}`" in text


def test_every_code_named_in_the_docs_exists():
    areas = {name.partition("/")[0] for name in every_code()}
    for page in DOCS:
        for area, fact in re.findall(r"`([a-z-]+)/([a-z0-9-]+)`", page.read_text("utf-8")):
            assert area not in areas or f"{area}/{fact}" in every_code(), (page.name, area, fact)


def test_every_make_target_named_in_the_docs_exists():
    targets = set(re.findall(r"^([a-z0-9_-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in DOCS:
        for target in re.findall(r"`make ([a-z0-9_-]+)", page.read_text("utf-8")):
            assert target in targets, (page.name, target)


def test_every_file_that_a_page_links_to_exists():
    for page in DOCS:
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", prose):
            if target.endswith((".md", ".json")) or "/" in target:
                assert (page.parent / target).exists(), (page.name, target)


def test_every_target_is_in_the_readme_or_the_operators_page():
    text = (ROOT / "README.md").read_text("utf-8") + (ROOT / "docs/for-operators.md").read_text("utf-8")
    for target in re.findall(r"^([a-z0-9_-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE):
        assert target == "help" or f"make {target}" in text or f"`{target}`" in text, target
