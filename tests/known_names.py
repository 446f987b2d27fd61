"""The names that people may type, asked of the code itself: settings, variables, the keys of every table.

Nothing here is a list to keep up: a key is known because a table's reader takes it, a variable because the Makefile or
a module reads it.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from pelican.settings import read_settings

from plugins.newsletters.providers import CONTRACTS
from plugins.newsroom import hooks
from plugins.newsroom.paper import read_paper
from plugins.newsroom.problem import Problem
from plugins.newsroom.story import Genre
from plugins.newsroom.tables import UNKNOWN_KEY, Table
from plugins.press.house import DOMAIN_TABLES, all_codes
from plugins.press.joint import OWN_SETTINGS, SETTINGS
from tests.conftest import ROOT

SOURCES = (*sorted((ROOT / "plugins").rglob("*.py")), ROOT / "pelicanconf.py", ROOT / "publishconf.py")
ENVIRONMENT_READERS = (*SOURCES, ROOT / "tests/browser/find_browser.py")
RUN_TIME = frozenset({"PRESS", "PRESS_SILENT", "NOW", "PELICAN_CLASS"})
"""Settings that the code sets for itself, or that only pelicanconf.py's own first line needs."""

ReadTable = Callable[[Table], list[Problem]]
Put = Callable[[dict[str, Any]], dict[str, Any]]
"""Puts a row into its place in a table."""
Keys = Mapping[tuple[str, ...], frozenset[str]]
"""Where in a table (`("footer", "links")`; empty for its top, or for its rows) → the keys that may stand there."""

# --- Tables ----------------------------------------------------------------------------------------------------------

STRANGE = "zzzzzz"
DEPTH = 2
"""A table's keys lie no deeper: `placement.section.<id>.middle`, `footer.links.url`."""
ANY_ROW = ("a-row", "default", "en", *Genre)
"""Ids that rows may have: some rows are by language, by genre, or for the default."""


def tables() -> dict[str, ReadTable]:
    """Every table that the house and its plugins read, by name."""
    plugins = tuple(read_settings(str(ROOT / "pelicanconf.py"))["PLUGINS"])
    for name in plugins:
        importlib.import_module(name).register()
    codes = all_codes(plugins)

    def in_paper(name: str) -> ReadTable:
        return lambda table: read_paper({name: table}, codes)[1]

    def of_plugin(read: hooks.ReadTable) -> ReadTable:
        return lambda table: read(table)[1]

    owned = {name: of_plugin(read) for name, read in hooks.tables.of(plugins).items()}
    return {**{name: in_paper(name) for name in DOMAIN_TABLES}, **owned}


def keys_of(name: str, read: ReadTable) -> Keys:
    """All keys of a table, found by typing a strange one at every place and reading which the message offers."""
    ids = (*ANY_ROW, next(iter(all_codes(())))) if name == "checks" else ANY_ROW
    # What may stand in a row can depend on another of its keys.
    rows: tuple[dict[str, Any], ...] = ({}, *({"provider": each} for each in CONTRACTS if name == "newsletters"))
    found: dict[tuple[str, ...], frozenset[str]] = {}

    def ask(place: tuple[str, ...], put: Put, *, in_row: bool = False) -> None:
        answers = [_offered(read(Table(f"data/{name}.toml", put({STRANGE: 1, **row})))) for row in rows]
        offered = frozenset[str]().union(*answers)
        if offered:
            found[place] = found.get(place, frozenset()) | offered
            for key in offered if len(place) < DEPTH else ():
                ask((*place, key), _inside(put, key), in_row=in_row)
                ask((*place, key), _inside(put, key, in_list=True), in_row=in_row)
        elif not in_row:
            for id_ in ids:
                ask(place, _inside(put, id_), in_row=True)

    ask((), dict)
    return found


def _inside(put: Put, key: str, *, in_list: bool = False) -> Put:
    return lambda value: put({key: [value] if in_list else value})


def _offered(problems: list[Problem]) -> frozenset[str]:
    """The keys that are known where the strange one stood; language tags are none."""
    for problem in problems:
        if problem.code == UNKNOWN_KEY.name and STRANGE in problem.message:
            keys = problem.hint.removeprefix("known here: ").split(", ")
            return frozenset(key for key in keys if key != "en")
    return frozenset()


# --- Settings and variables ------------------------------------------------------------------------------------------


def settings() -> frozenset[str]:
    """Every setting that the code reads or the settings files set, Pelican's own among them."""
    found = {*SETTINGS, *OWN_SETTINGS}
    for path in (ROOT / "pelicanconf.py", ROOT / "publishconf.py"):
        found |= {
            target.id
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
    for path in SOURCES:
        tree = ast.parse(path.read_text("utf-8"))
        found |= {name for name in _looked_up(tree, "settings") if name.isupper()}
        found |= set(_of_settings_class(path, tree))
    return frozenset(found) - RUN_TIME


def _of_settings_class(path: Any, tree: ast.Module) -> Iterator[str]:
    """What a plugin's `Settings` documents of itself: each of its fields names its setting in the docstring."""
    if not any(isinstance(node, ast.ClassDef) and node.name == "Settings" for node in tree.body):
        return
    name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    cls = importlib.import_module(name).Settings
    assert issubclass(cls, Struct)
    told = re.findall(r"`([A-Z_]+)`", cls.__doc__ or "")
    assert len(told) == len(cls.__struct_fields__), f"{name}.Settings: one `SETTING` for each field, in its docstring"
    yield from told


def _looked_up(tree: ast.AST, ending: str) -> Iterator[str]:
    """The constants with which something whose name ends so is asked: `settings["X"]`, `os.environ.get("X")`."""
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value=asked, slice=ast.Constant(value=str(name))):
                pass
            case ast.Call(func=ast.Attribute(value=asked, attr="get"), args=[ast.Constant(value=str(name)), *_]):
                pass
            case _:
                continue
        if ast.unparse(asked).endswith(ending):
            yield name


def environment_variables() -> frozenset[str]:
    """Every variable of the environment that the code reads."""
    found: set[str] = set()
    for path in ENVIRONMENT_READERS:
        tree = ast.parse(path.read_text("utf-8"))
        for ending in ("environ", "environment"):
            found |= set(_looked_up(tree, ending))
    return frozenset(name for name in found if name.isupper()) - {"PATH"}


def make_variables() -> frozenset[str]:
    """Every variable that a person may give to make."""
    text = (ROOT / "Makefile").read_text("utf-8")
    named = re.findall(r"^([A-Z][A-Z0-9_]*) *[?:]?=", text, re.MULTILINE)
    used = re.findall(r"\$\(([A-Z][A-Z0-9_]*)\)", text)
    carried = re.findall(r"foreach name,([A-Z_ ]+)", text)
    return frozenset({*named, *used, *" ".join(carried).split()}) - {"CURDIR", "BASEDIR"}


def make_targets() -> frozenset[str]:
    """Every command that `make` lists."""
    return frozenset(re.findall(r"^([a-z0-9_-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
