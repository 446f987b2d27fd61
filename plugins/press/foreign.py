"""Other people's Pelican plugins: who of them listens to what, and so whether Articles must be made.

    pelican.plugins.neighbors waits for article_generator_finalized   →   full mode: every Article is made

A plugin of the house (`plugins.…`) works by `newsroom.hooks`; a signal of Pelican's tells it nothing here. Whoever else
listens is served as Pelican would serve them. Who listens is asked of the signals themselves, so that a plugin that
connects late is noticed too.
"""

from __future__ import annotations

import os
import traceback
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from msgspec import Struct
from pelican.plugins import signals

from plugins.newsroom.problem import Code, Complaint, Problem, Severity

PLUGIN = Code("plugin/failed", Severity.ERROR, "A plugin cannot be imported, or fails while it registers or listens.")
NOT_HONOURED = Code(
    "plugin/not-honoured",
    Severity.WARNING,
    "A plugin made for Pelican does something that has no effect on this press.",
)

ARTICLES = (
    *("article_generator_preread", "article_generator_context", "content_object_init"),
    *("article_generator_pretaxonomy", "article_generator_finalized"),
    *("page_generator_preread", "page_generator_context", "page_generator_finalized"),
    *("static_generator_preread", "static_generator_context", "static_generator_finalized"),
    "all_generators_finalized",
    *("article_generator_write_article", "article_writer_finalized"),
    *("page_generator_write_page", "page_writer_finalized"),
)
"""Signals that a listener can hear only where Articles are made."""

WRITTEN = "content_written"
"""Whoever listens to it must hear of every page, at every build."""

FULL = (*ARTICLES, WRITTEN)
"""Signals that are sent in full mode alone."""

AT_THE_END = ("finalized", "get_generators")
"""Signals with which a plugin can write files of its own into the site, Articles or none."""

UNSENT = ("get_writer", "feed_generated", "feed_written")
"""Signals whose listeners change nothing here: feeds are pages, and the press writes them all."""

OWN = "plugins"
"""The package of the house: its plugins work with the press by hooks, and with plain Pelican by signals."""


class PluginFailed(Exception):
    """A plugin has raised something while it listened; `problem` says which, where and what."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Listener(Struct, frozen=True, order=True):
    """A plugin, by its name in PLUGINS or else its module's, and the signal that it waits for."""

    plugin: str
    signal: str


def is_own(module: str) -> bool:
    """Whether a module is the house's."""
    return module == OWN or module.startswith(f"{OWN}.")


def plugin_of(module: str, plugins: Iterable[str]) -> str:
    """The plugin, of those that are loaded, that a module belongs to; else the module itself."""
    return max((each for each in plugins if f"{module}.".startswith(f"{each}.")), key=len, default=module)


def listeners(names: Iterable[str], plugins: Sequence[str]) -> list[Listener]:
    """Who listens to these signals and is not of the house; sorted. plugins: the names of those that are loaded."""
    found = set()
    for name in names:
        for reference in list(signals.__dict__[name].receivers.values()):
            receiver = reference() if isinstance(reference, weakref.ref) else reference
            module = _module_of(receiver)
            if receiver is not None and not is_own(module):
                found.add(Listener(plugin_of(module, plugins), name))
    return sorted(found)


def _module_of(receiver: Any) -> str:
    while hasattr(receiver, "func"):  # functools.partial
        receiver = receiver.func
    return str(getattr(receiver, "__module__", None) or "")


def unheard(plugins: Sequence[str]) -> Iterator[Problem]:
    """A warning for each listener to a signal that changes nothing here."""
    for listener in listeners(UNSENT, plugins):
        message = f"the plugin '{listener.plugin}' waits for {listener.signal}, which changes nothing here"
        yield Complaint(NOT_HONOURED, message, "docs/write-a-plugin.md says what works").at("pelicanconf.py")


@contextmanager
def heard(signal: str, about: str = "") -> Iterator[None]:
    """Send a signal inside. Raises PluginFailed with the plugin's file and line for whatever a listener raises.

    about: the source that it is about, or empty. Pelican would drop the story and go on.
    """
    try:
        yield
    except (Exception, SystemExit) as fault:  # whatever a plugin of anyone's raises is told with its name
        what = f"fails while it listens to {signal}" + (f" for {about}" if about else "")
        raise PluginFailed(plugin_problem("", what, fault)) from fault


def plugin_problem(name: str, what: str, fault: BaseException) -> Problem:
    """The problem of a plugin that raised something, at the place where it did. name: empty for one that listened."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if "importlib" not in frame.filename]
    last = frames[-1] if len(frames) > 1 else None
    path = os.path.relpath(last.filename) if last else "pelicanconf.py"
    plugin = f"the plugin '{name}'" if name else "a plugin"
    message = f"{plugin} {what}: {type(fault).__name__}: {fault}"
    return Complaint(PLUGIN, message, "mend it, or take it out of PLUGINS").at(path, (last.lineno or 0) if last else 0)
