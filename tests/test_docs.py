"""What the docs promise is there, and what is there is in the docs.

The names are asked of the code (`tests/known_names.py`), the pages are read as their readers see them, and each check
is shown to fail where one name, link or heading is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from plugins.desk.schema import every_code, reference
from plugins.newsletters.providers import CONTRACTS
from plugins.stories.schema import json_schema
from tests import known_names
from tests.conftest import ROOT

DOCS = [
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
]
FENCE = re.compile(r"^(```+|~~~+)[^\n]*\n.*?^\1[ ]*$", re.DOTALL | re.MULTILINE)


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


# Reading a page.


def prose(text: str) -> str:
    """A page without what stands between fences."""
    return FENCE.sub("", text)


def rows(text: str) -> Iterator[tuple[str, ...]]:
    """The cells of each row of each table."""
    for line in prose(text).splitlines():
        if line.startswith("|"):
            yield tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|")))


def first_cells(text: str) -> frozenset[str]:
    """What stands in back-ticks in the first cell of a row."""
    return frozenset(name for cells in rows(text) for name in re.findall(r"`([^`]+)`", cells[0]))


def sections(text: str, level: int) -> dict[str, str]:
    """Heading → what stands below it, up to the next of its level or above; empty heading: what stands before."""
    parts = re.split(rf"^{'#' * level} (.+)$", prose(text), flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def anchors(text: str) -> frozenset[str]:
    """The fragments under which GitHub shows a page's headings: small letters, no signs, hyphens for spaces."""
    found: list[str] = []
    for heading in re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        found.append(f"{slug}-{found.count(slug)}" if slug in found else slug)
    return frozenset(found)


def links(text: str) -> Iterator[str]:
    """The targets of a page's links that lead to no other site."""
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(text))):
        if not re.match(r"[a-z]+:", target):
            yield target


def broken(name: str, text: str, texts: Mapping[str, str]) -> list[str]:
    """The links of one page that lead to no file, or to no heading. texts: the pages by their paths from the root."""
    wrong = []
    for target in links(text):
        path, _, fragment = target.partition("#")
        goal = (ROOT / name).parent.joinpath(path).resolve() if path else ROOT / name
        inside = goal.relative_to(ROOT).as_posix() if goal.is_relative_to(ROOT) else ""
        there = inside in texts or goal.exists()
        if not inside or not there or (fragment and fragment not in anchors(texts.get(inside, ""))):
            wrong.append(target)
    return wrong


# What is documented.


def key_cells(text: str) -> dict[tuple[str, str], frozenset[str]]:
    """(table, level) → the keys of tables.md that are explained there; a level is `footer.links`, empty for the top."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for heading, below in sections(text, 2).items():
        for sub, part in sections(below, 3).items():
            levels = re.findall(r"`([^`]+)`", sub) if sub else [""]
            for level in levels:
                key = (heading.removesuffix(".toml"), level)
                found[key] = found.get(key, frozenset()) | first_cells(part)
    return found


@cache
def table_keys() -> frozenset[tuple[str, str, str]]:
    """(table, level, key) of every key that the tables' readers take, but for those of newsletters' providers."""
    provider = {key for contract in CONTRACTS.values() for key in contract.fields} | {"hidden"}
    return frozenset(
        (name, ".".join(level), key)
        for name, read in known_names.tables().items()
        for level, keys in known_names.keys_of(name, read).items()
        for key in keys
        if not (name == "newsletters" and level == ("lists",) and key in provider)
    )


def front_matter_keys(schema: Mapping[str, object]) -> Iterator[str]:
    """Every key of the schema, those inside groups too, but for other spellings of one."""
    for name, value in schema.items():
        if name == "properties" and isinstance(value, Mapping):
            yield from (key for key, form in value.items() if not form.get("description", "").startswith("The same as"))
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, Mapping):
                yield from front_matter_keys(inner)


def without(text: str, name: str) -> str:
    """The page without the rows that explain a name."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("|") or f"`{name}`" not in line)


def missing(names: Iterable[str], text: str) -> list[str]:
    """The names that no row of the page explains."""
    return sorted(set(names) - first_cells(text))


def part(name: str, heading: str) -> str:
    return sections(page(name), 2)[heading]


SETTINGS = part("docs/settings.md", "Settings")
MAKE = part("docs/settings.md", "Variables of make")
ENVIRONMENT = part("docs/settings.md", "Variables of the environment") + MAKE
CASES = {
    "settings": (known_names.settings(), SETTINGS),
    "make": (known_names.make_variables(), MAKE),
    "environment": (known_names.environment_variables(), ENVIRONMENT),
    "front matter": (frozenset(front_matter_keys(json_schema())), page("docs/front-matter.md")),
    "codes": (frozenset(every_code()), page("docs/problems.md")),
}


@pytest.mark.parametrize(("names", "text"), CASES.values(), ids=CASES)
def test_every_name_is_documented(names, text):
    assert len(names) > 5
    assert missing(names, text) == []


@pytest.mark.parametrize(("names", "text"), CASES.values(), ids=CASES)
def test_a_name_that_is_taken_out_is_missed(names, text):
    for name in names:
        assert name in missing(names, without(text, name))


@pytest.mark.parametrize(
    ("kind", "extra"), [("settings", frozenset({"PATH"})), ("make", frozenset()), ("environment", frozenset())]
)
def test_every_name_that_is_explained_exists(kind, extra):
    names, text = CASES[kind]
    known = {*names, *extra, *(known_names.make_variables() if kind == "environment" else ())}
    explained = {name for name in first_cells(text) if name.isupper()}
    assert explained - known == set()


def test_every_key_of_every_table_is_documented():
    cells = key_cells(page("docs/tables.md"))
    assert {name for name, _, _ in table_keys()} == set(known_names.tables())
    assert [each for each in sorted(table_keys()) if each[2] not in cells.get(each[:2], ())] == []


def test_every_key_in_tables_md_exists():
    known = table_keys()
    explained = {(*place, key) for place, keys in key_cells(page("docs/tables.md")).items() for key in keys if place[0]}
    assert explained - known == set()


def test_a_key_of_a_table_that_is_taken_out_is_missed():
    text = page("docs/tables.md")
    for table, level, key in table_keys():
        cells = key_cells(without(text, key))
        assert key not in cells.get((table, level), ()), (table, level, key)


def test_every_key_of_a_provider_is_documented():
    cells = first_cells(page("docs/newsletters.md")) | {
        name for row in rows(page("docs/newsletters.md")) for name in re.findall(r"`([a-z_]+)`", " ".join(row[2:4]))
    }
    assert {key for contract in CONTRACTS.values() for key in contract.fields} - cells == set()


@pytest.mark.parametrize("name", ["front-matter.schema.json", "front-matter.md", "problems.md"])
def test_generated_pages_are_as_the_code_says(name):
    assert page(f"docs/{name}") == reference()[name], "make schema"


def test_every_problem_code_is_well_formed():
    codes = every_code()
    assert len(codes) > 40
    for name, code in codes.items():
        assert re.fullmatch(r"[a-z-]+/[a-z0-9-]+", name)
        assert code.meaning.endswith(".")


def test_every_code_named_in_the_docs_exists():
    areas = {name.partition("/")[0] for name in every_code()}
    for path in DOCS:
        for area, fact in re.findall(r"`([a-z-]+)/([a-z0-9-]+)`", path.read_text("utf-8")):
            assert area not in areas or f"{area}/{fact}" in every_code(), (path.name, area, fact)


# Commands.


def named_targets(text: str) -> frozenset[str]:
    """The targets of make that a page names: in back-ticks, or typed in a fenced block."""
    typed = "\n".join(found[0] for found in FENCE.finditer(text))
    in_fences = re.findall(r"^(?:\$ |.*&& )?make ([a-z][a-z0-9_-]*)", typed, re.MULTILINE)
    return frozenset({*in_fences, *re.findall(r"`(?:[^`\n]*&& |[A-Z]+=\S+ )?make ([a-z][a-z0-9_-]*)", prose(text))})


def test_every_make_target_named_in_the_docs_exists():
    for path in DOCS:
        assert named_targets(path.read_text("utf-8")) <= known_names.make_targets(), path.name


def test_every_target_is_in_the_operators_page():
    named = named_targets(page("docs/for-operators.md"))
    assert known_names.make_targets() - named - {"help"} == set()
    for target in known_names.make_targets() - {"help"}:
        assert target not in named_targets(page("docs/for-operators.md").replace(f"make {target}", "make")), target


# Links.


@pytest.fixture(scope="module")
def texts():
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in DOCS}


@pytest.mark.parametrize("name", [path.relative_to(ROOT).as_posix() for path in DOCS])
def test_every_link_and_fragment_leads_somewhere(name, texts):
    assert broken(name, texts[name], texts) == []


@pytest.mark.parametrize(
    ("target", "wrong"),
    [
        ("for-authors.md", False),
        ("for-authors.md#photos", False),
        ("#the-paper", False),
        ("../README.md#two-commands", False),
        ("decisions/", False),
        ("https://else.example/#x", False),
        ("for-autors.md", True),
        ("for-authors.md#fotos", True),
        ("#no-such-heading", True),
        ("../../outside.md", True),
        ("decisions/#x", True),
    ],
)
def test_a_link(target, wrong, texts):
    text = f"# Page\n\n## The paper\n\n[it]({target})\n"
    found = broken("docs/page.md", text, {**texts, "docs/page.md": text})
    assert found == ([target] if wrong else [])


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("A Content-Security-Policy", "a-content-security-policy"),
        ("datelines.toml: house style", "datelinestoml-house-style"),
        ("`.press/`", "press"),
        ("The site's address", "the-sites-address"),
        ("Pelican's that count here", "pelicans-that-count-here"),
    ],
)
def test_an_anchor(heading, anchor):
    assert anchors(f"# Page\n\n## {heading}\n\n```\n# no heading\n```\n") == {"page", anchor}


def test_two_headings_of_one_name_have_two_anchors():
    assert anchors("## See\n\n## See\n") == {"see", "see-1"}


def reached(start: str, texts: Mapping[str, str]) -> set[str]:
    """The pages to which links lead from one page, by way of others too."""
    found, todo = set[str](), [start]
    while todo:
        name = todo.pop()
        found.add(name)
        for target in links(texts[name]):
            goal = (ROOT / name).parent.joinpath(target.partition("#")[0]).resolve()
            inside = goal.relative_to(ROOT).as_posix() if goal.is_relative_to(ROOT) else ""
            todo += [inside] if inside in texts and inside not in found else []
    return found


def test_every_page_is_reached_from_the_readme(texts):
    pages = {name for name in texts if not Path(name).is_relative_to("docs/decisions")}
    assert pages - reached("README.md", texts) == set()


def test_a_page_that_nobody_links_to_is_found(texts):
    assert "docs/alone.md" not in reached("README.md", {**texts, "docs/alone.md": "# Alone\n"})
