"""Prints: short texts that are equal where two things are, in every process and on every machine.

What a page is made with, besides what it asks of the edition, is the same for all: settings, tables, words, plugins'
code, templates. Each has a print under a name that a person knows, so that a rebuild can say which of them has
changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import BuiltinFunctionType, FunctionType
from typing import Any

import jinja2
from jinja2 import meta, nodes


def print_of(*texts: str | bytes) -> str:
    """Sixteen hexadecimal digits."""
    made = hashlib.blake2b(digest_size=8)
    for text in texts:
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        made.update(b"%d:" % len(data))
        made.update(data)
    return made.hexdigest()


def packages() -> str:
    """Python, and what is installed beside it: one release more or less is another print."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    names = sorted(path.name for folder in folders for path in Path(folder).glob("*.dist-info"))
    return print_of(sys.version, *names)


def code_of(modules: Iterable[str]) -> str:
    """The source text of these modules, and of all that lies in their packages."""
    parts: list[str | bytes] = []
    for name in sorted(set(modules)):
        for path, shown in _sources(name):
            parts += [shown, path.read_bytes()]
    return print_of(*parts)


def _sources(name: str) -> Iterator[tuple[Path, str]]:
    module = sys.modules.get(name)
    spec = module.__spec__ if module is not None else importlib.util.find_spec(name)
    origin = spec.origin if spec else None
    if origin is None or not origin.endswith(".py"):
        return
    path = Path(origin)
    if path.name != "__init__.py":
        yield path, name
        return
    for each in sorted(path.parent.rglob("*.py")):
        yield each, f"{name}/{each.relative_to(path.parent).as_posix()}"


class NotComparable(ValueError):
    """A value that looks different in every process: nothing that is made with it can be called unchanged."""


def plain_setting(value: Any) -> Any:
    """A setting as JSON can hold it; a function is its name and the text of its file. Raises NotComparable."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Path):
        return value.name
    if isinstance(value, Mapping):
        return {str(key): plain_setting(each) for key, each in sorted(value.items(), key=lambda item: str(item[0]))}
    if isinstance(value, set | frozenset):
        return sorted((plain_setting(each) for each in value), key=str)
    if isinstance(value, list | tuple):
        return [plain_setting(each) for each in value]
    if isinstance(value, partial):
        return [plain_setting(value.func), plain_setting(value.args), plain_setting(value.keywords)]
    if isinstance(value, BuiltinFunctionType):
        return value.__qualname__
    if isinstance(value, FunctionType) and value.__closure__ is None:
        text = Path(value.__code__.co_filename).read_bytes()
        return [value.__module__, value.__qualname__, value.__code__.co_firstlineno, print_of(text)]
    if isinstance(value, type):
        return [value.__module__, value.__qualname__, code_of([value.__module__])]
    raise NotComparable(f"a {type(value).__name__} looks different in every process")


def print_of_setting(value: Any) -> str:
    """The print of a setting's value. Raises NotComparable."""
    return print_of(json.dumps(plain_setting(value), sort_keys=True, ensure_ascii=False))


ANY = "*"
"""Stands among a template's names where it loads one by a name that is no constant: any may be meant."""


class TemplatePrints:
    """Which templates a page loads, as Jinja tells: extends, includes and imports, and theirs.

    env: finds and parses them. known: what an earlier build found: name → [print, names that it loads].
    A template that is not there counts too: to write it is a change.
    """

    def __init__(self, env: jinja2.Environment, known: Mapping[str, list[Any]]) -> None:
        self._env = env
        self._known = known
        self._names: dict[str, frozenset[str]] = {}
        self.found: dict[str, list[Any]] = {}

    def of(self, template: str) -> frozenset[str]:
        """The names of all templates that a page of this one loads; `found` has the print of each."""
        if template not in self._names:
            names: set[str] = set()
            self._add(template, names)
            self._names[template] = frozenset(names)
        return self._names[template]

    def changed(self, template: str) -> list[str]:
        """Which of them are others than in the earlier build, sorted."""
        return sorted(name for name in self.of(template) if self._known.get(name, [None])[0] != self.found[name][0])

    def _add(self, name: str, names: set[str]) -> None:
        if name in names:
            return
        names.add(name)
        if name not in self.found:
            self.found[name] = self._look(name)
        loads = self.found[name][1]
        for other in self._env.list_templates() if ANY in loads else loads:
            self._add(other, names)

    def _look(self, name: str) -> list[Any]:
        assert self._env.loader is not None
        try:
            source = self._env.loader.get_source(self._env, name)[0]
        except (jinja2.TemplateNotFound, UnicodeDecodeError):
            return ["", []]
        print_ = print_of(source)
        if (known := self._known.get(name)) and known[0] == print_:
            return known
        try:
            tree = self._env.parse(source)
        except jinja2.TemplateSyntaxError:
            return [print_, []]
        loads = {each for each in meta.find_referenced_templates(tree) if each is not None}
        # `"a" if x else "b"` is no constant, and neither is a list with one such name in it.
        free = any(not _is_constant(each) for each in _loads(tree))
        return [print_, [ANY] if free else sorted(loads)]


def _loads(tree: nodes.Template) -> Iterator[nodes.Expr]:
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        yield node.template  # type: ignore[attr-defined]


def _is_constant(name: nodes.Expr) -> bool:
    if isinstance(name, nodes.List | nodes.Tuple):
        return all(_is_constant(each) for each in name.items)
    return isinstance(name, nodes.Const)
