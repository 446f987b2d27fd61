"""The rules of the house that no reader of a diff should have to remember."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCES = sorted((ROOT / "plugins").rglob("*.py"))
PLUGINS = sorted(
    path
    for path in (ROOT / "plugins").iterdir()
    if path.name not in {"__init__.py", "__pycache__", "newsroom", "press", "desk"}
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_every_module_says_what_it_is_for(path):
    assert (ast.get_docstring(tree_of(path)) or "").strip()


@pytest.mark.parametrize("path", [path for path in SOURCES if "newsroom" in path.parts], ids=name_of)
def test_the_domain_knows_neither_pelican_nor_the_plugins(path):
    for name in imports(tree_of(path)):
        assert not name.startswith("pelican"), name
        assert not name.startswith("plugins.") or name.startswith("plugins.newsroom"), name


@pytest.mark.parametrize("path", [path for path in SOURCES if not {"press", "desk"} & set(path.parts)], ids=name_of)
def test_a_plugin_knows_its_own_files_and_the_domain_alone(path):
    own = "plugins." + path.relative_to(ROOT / "plugins").parts[0].removesuffix(".py")
    for name in imports(tree_of(path)):
        if name.startswith("plugins."):
            assert name.startswith(("plugins.newsroom", own)), name


@pytest.mark.parametrize("path", [path for path in SOURCES if "press" not in path.parts], ids=name_of)
def test_only_the_press_uses_pelicans_private_names(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pelican"):
            assert "._" not in (node.module or "")
            assert not any(alias.name.startswith("_") for alias in node.names)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_module_keeps_state(path):
    for node in tree_of(path).body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]:
            continue
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.List | ast.Set):
            pytest.fail(f"line {node.lineno}: a list or set that anyone may change; make it a tuple or frozenset")
    assert not [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Global)]


@pytest.mark.parametrize("path", PLUGINS, ids=name_of)
def test_a_plugin_registers_last_and_has_a_test(path):
    module = path / "__init__.py" if path.is_dir() else path
    functions = [node for node in tree_of(module).body if isinstance(node, ast.FunctionDef)]
    assert functions[-1].name == "register"
    assert ast.get_docstring(functions[-1])
    tests = " ".join(test.read_text("utf-8") for test in (ROOT / "tests").glob("test_*.py"))
    assert path.stem.rstrip("s") in tests


@pytest.mark.parametrize("path", PLUGINS, ids=name_of)
def test_every_plugin_is_in_the_table_and_in_the_settings(path):
    assert f"`{path.stem}`" in (ROOT / "plugins/__init__.py").read_text("utf-8")
    assert f'"plugins.{path.stem}"' in (ROOT / "pelicanconf.py").read_text("utf-8")


def test_pydantic_and_markdown_are_imported_only_when_a_file_is_read():
    code = (
        "import sys; import pelicanconf; import importlib\n"
        "for name in pelicanconf.PLUGINS: importlib.import_module(name)\n"
        "print([name for name in ('pydantic', 'yaml', 'babel', 'typogrify') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_file_is_named_for_nothing():
    banned = {"utils", "helpers", "common", "core", "misc"}
    assert not [name_of(path) for path in SOURCES if path.stem in banned or banned & set(path.parts)]


def test_no_group_is_repeated_possessively():
    """Python before 3.11.5 mistakes what it has matched where there is a choice in the group (gh-106052); Debian 12 has
    such a one. The one that is there is followed by what always matches, and both give the same.
    """
    found = {
        path.relative_to(ROOT).as_posix(): len(re.findall(r"\)[*+?]\+(?![+=])", path.read_text("utf-8")))
        for path in sorted((ROOT / "plugins").rglob("*.py"))
    }
    assert {path: number for path, number in found.items() if number} == {"plugins/newsroom/typography.py": 1}
