"""The house of a build: the paper's tables typed, its assets, and the prints of all that every page is made with."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from plugins.newsroom import hooks, tables
from plugins.newsroom.edition import House
from plugins.newsroom.paper import Paper, read_paper
from plugins.newsroom.pictures import MISSING
from plugins.newsroom.problem import Code, Problem
from plugins.newsroom.urls import Site
from plugins.press.assets import Assets
from plugins.press.plan import Plan
from plugins.press.prints import code_of, packages, print_of
from plugins.press.scan import Content, read_bytes
from plugins.press.words import catalogue_of, words_of

DOMAIN_TABLES = frozenset({"paper", "sections", "checks", "agencies", "bylines"})
"""Tables that the domain types itself, since everything needs them."""


@lru_cache(maxsize=4)
def all_codes(plugins: tuple[str, ...]) -> Mapping[str, Code]:
    """Every problem code of the house and of these plugins, by name: each stands at the top level of a module."""
    modules: dict[str, Any] = {}
    for root in ("plugins.newsroom", "plugins.press", *plugins):
        module = sys.modules.get(root) or importlib.import_module(root)
        modules[root] = module
        for inner in pkgutil.iter_modules(getattr(module, "__path__", [])):
            name = f"{root}.{inner.name}"
            # Only modules that are light: those which name codes say so by being called codes, or by being loaded.
            if inner.name == "codes" or name in sys.modules:
                modules[name] = importlib.import_module(name)
    return hooks.codes_of(modules.values())


def load_paper(plan: Plan, content: Content) -> tuple[Paper, list[Problem]]:
    """All tables of data/, each typed by whoever owns it."""
    problems: list[Problem] = []
    found: dict[str, tables.Table] = {}
    for path in content.tables:
        data = read_bytes(plan.content, path)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        table, more = tables.read_table(path, data)
        problems += more
        found[path.removeprefix("data/").removesuffix(".toml")] = table
    paper, more = read_paper(found, all_codes(plan.plugins))
    problems += more
    owners = hooks.tables.of(plan.plugins)
    for name in sorted(found.keys() - owners.keys() - DOMAIN_TABLES):
        hint = f"the tables are {', '.join(sorted({*DOMAIN_TABLES, *owners}))}"
        problems.append(found[name].problem(tables.UNKNOWN_TABLE, f"nothing reads the table '{name}'", hint=hint))
    typed: dict[str, Any] = {}
    for name, read in owners.items():
        typed[name], more = read(found.get(name, tables.Table(f"data/{name}.toml")))
        problems += more
    return replace(paper, data=typed), problems


class Prints(Struct, frozen=True):
    """Prints of code and settings. reader: of all that reading a file depends on, settler: of what settles and checks
    it.

    house: name → print of what every page is made with; empty where a value has none that would fit again.
    """

    reader: str
    settler: str
    house: Mapping[str, str]


def make_house(
    plan: Plan, paper: Paper, now: datetime, content: Content, assets: Assets
) -> tuple[House, list[Problem]]:
    """What is the same for every page."""
    own, problems = _own_pictures(paper, content)
    house = House(
        paper=paper,
        now=now,
        site=Site.at(plan.siteurl, paper.url),
        assets={"stylesheet": assets.stylesheet, "favicon": assets.favicon, **own},
        show=hooks.facts.of(plan.plugins),
        slots=hooks.slots.of(plan.plugins),
        place=tuple(hooks.blocks.of(plan.plugins).values()),
        entry_ends=tuple(hooks.entry_ends.of(plan.plugins).values()),
        plugin_urls=frozenset(url for each in hooks.addresses.of(plan.plugins).values() for url in each(paper)),
        feed_size=plan.feed_size,
        page_size=plan.page_size,
        words=lru_cache(maxsize=32)(lambda lang: words_of(plan.theme, lang).gettext),
    )
    return house, problems


def _own_pictures(paper: Paper, content: Content) -> tuple[dict[str, str], list[Problem]]:
    """The paper's favicon and logo, where paper.toml names files of content/."""
    named = {"favicon": paper.favicon, "logo": paper.logo}
    found: dict[str, str] = {}
    problems = []
    for key, path in named.items():
        path = path.lstrip("/")
        if path in content.files:
            found[key] = path
        elif path:
            problems.append(paper.table.problem(MISSING, f"there is no picture '{path}' in content/", key))
    return found, problems


def make_prints(plan: Plan, settings: hooks.ReaderSettings, house: House, found: Mapping[str, bytes]) -> Prints:
    """found: the tables' bytes by path."""
    installed = packages()
    readers = {
        each.__module__.rpartition(".")[0] or each.__module__ for each in hooks.reading.of(plan.plugins).values()
    }
    reading = code_of(("plugins.newsroom", "plugins.stories", *(each.__module__ for each in _reading(plan)), *readers))
    code = code_of(("plugins.newsroom", "plugins.press", *plan.plugins))
    tables_ = {f"data/{path.removeprefix('data/')}": print_of(data) for path, data in sorted(found.items())}
    return Prints(
        reader=print_of(installed, reading, repr(_settings_plain(settings))),
        settler=print_of(code, repr(tables_)),
        house={
            "Python or a package": installed,
            "plugins' code": code,
            "the style sheet or another asset": print_of(repr(sorted(house.assets.items()))),
            "words": print_of(*_catalogues(plan, house.paper)),
            **{f"setting {name}": value for name, value in plan.settings.items()},
            **tables_,
        },
    )


def _reading(plan: Plan) -> list[Any]:
    return list(hooks.reading.of(plan.plugins).values())


def _settings_plain(settings: hooks.ReaderSettings) -> list[object]:
    return [
        settings.zone,
        settings.lang,
        settings.languages,
        sorted(settings.extra_keys),
        settings.allow_raw_html,
    ]


def _catalogues(plan: Plan, paper: Paper) -> list[bytes]:
    paths = [catalogue_of(plan.theme, lang) for lang in paper.languages]
    return [path.read_bytes() if path else b"" for path in paths]
