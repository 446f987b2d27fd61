"""Where the house meets Pelican: the one file that knows Pelican's private ways. docs/decisions/0002 says why each.

`PELICAN_CLASS = PressPelican` in pelicanconf.py. Pelican keeps settings, signals, plugins and its command line; our
generator makes the whole site, and no `Article` is ever made. Each private name used here has a contract test.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import logging
import os
import re
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, NoReturn

from pelican import Pelican
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.log import console
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name, load_plugins
from pelican.settings import DEFAULT_CONFIG

from plugins.newsroom.addresses import is_web_address, split_address
from plugins.newsroom.clock import process_environment
from plugins.newsroom.problem import Code, Complaint, Problem, Severity, has_errors
from plugins.newsroom.urls import is_inside
from plugins.press import report
from plugins.press.build import Tools, build
from plugins.press.crew import Crew, Lost, cores
from plugins.press.handover import Hand
from plugins.press.ledger import Ledger
from plugins.press.lock import only_one
from plugins.press.output import CANNOT_WRITE, CannotWrite, Written, strays
from plugins.press.plan import Built, Plan
from plugins.press.prints import NotComparable, print_of_setting
from plugins.press.store import Store
from plugins.press.writing import discard, write

PLUGIN = Code("plugin/failed", Severity.ERROR, "A plugin cannot be imported, or fails while it registers.")
SETTING = Code("setting/unknown", Severity.WARNING, "A setting in pelicanconf.py is read by nobody.")
BAD_SETTING = Code("setting/bad-value", Severity.ERROR, "A setting in pelicanconf.py has a value that cannot be used.")
NOT_SERVED = Code(
    "plugin/not-served",
    Severity.ERROR,
    "A plugin waits for a signal that this press does not send, so it would do nothing.",
)
WORKER_LOST = Code("press/worker-lost", Severity.ERROR, "A process that helped with the build has died.")
LOST_HINT = "build again; if it dies at the same file, PRESS_JOBS=1 make html shows what happens there"

OWN_SETTINGS = frozenset(
    {
        "ALLOW_RAW_HTML",
        "EXTRA_KEYS",
        "STRICT",
        "PUBLISH",
        "PAGE_SIZE",
        "PRESS_PATH",
        "PRESS_JOBS",
        "PRESS_PLAIN",
        "NEWSLETTERS",
    }
)
"""Settings of the house; a plugin's own begin with its name (`DATELINE_…`) and are read by it."""

UNSENT = (
    "article_generator_preread",
    "article_generator_context",
    "content_object_init",
    "article_generator_pretaxonomy",
    "article_generator_finalized",
    "article_generator_write_article",
    "page_generator_preread",
    "page_generator_context",
    "page_generator_finalized",
    "page_generator_write_page",
    "static_generator_preread",
    "static_generator_context",
    "static_generator_finalized",
    "content_written",
    "feed_generated",
    "feed_written",
)
"""Pelican's signals about articles, pages, files and feeds that have no sender here yet."""


class BuildStopped(Exception):
    """Problems that stop the build. They have been told already; Pelican's `main` ends with this exit code."""

    exitcode = 1

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(report.verdict(problems))
        self.problems = problems


class Checked(Exception):
    """The gate was reached in a run that only checks."""


class _Quiet(logging.Filter):
    """Keeps Pelican's `main` from logging a traceback for a fault in the copy."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], BuildStopped))


QUIET = _Quiet()


def _hush(_pelican: object) -> None:
    """Silence Pelican's console from its last signal to the end of its run."""
    console.quiet = True


class NotMade(list[Any]):
    """Stands for Pelican's list of articles: it can be counted, for Pelican's closing line, and nothing else."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Any]:
        if not self._number:
            return iter(())
        raise TypeError("this press makes no Article objects; ask newsroom.hooks for what you need")


class PressPelican(Pelican):
    """Pelican, with our press in place of its generators of articles, pages and static files."""

    def __init__(self, settings: dict[str, Any]) -> None:
        logging.getLogger("pelican").addFilter(QUIET)
        self.told: list[Problem] = []
        self.silent = bool(settings.get("PRESS_SILENT"))
        self.checking = False
        self.built: Built | None = None
        self.written = Written()
        self._failed_on: tuple[tuple[str, int, int], ...] | None = None
        _prepare(settings, self)
        super().__init__(settings)
        # Forked here, while there is one thread: Pelican's `main` starts another before it calls `run`.
        number = jobs_of(settings)
        self.crew = Crew(number, lambda: Hand(lambda: plan_of(self.settings))) if number > 1 else None
        # Pelican would wipe the last good site before it has read a single file.
        self.delete_outputdir = False

    def init_plugins(self) -> None:
        """Load and register every plugin; where Pelican logs a failure and goes on without the plugin, stop."""
        problems = [problem for name in self.settings["PLUGINS"] if (problem := _import_problem(name))]
        if problems:
            self.stop(problems)
        self.plugins = []
        for plugin in load_plugins(self.settings):
            try:
                plugin.register()
            except (Exception, SystemExit) as fault:  # noqa: BLE001  whatever a plugin of anyone's raises is told with its name
                problems.append(_plugin_problem(get_plugin_name(plugin), "fails while it registers", fault))
            self.plugins.append(plugin)
        if problems:
            self.stop(problems)
        self.settings["PLUGINS"] = [get_plugin_name(plugin) for plugin in self.plugins]

    def run(self) -> None:
        """Build once. After a failure, the next run waits until a source has changed (`pelican -r` would spin)."""
        self._wait_for_a_change()
        started = time.perf_counter()
        # Ten thousand rows are no garbage: to look for it among them takes longer than all else.
        gc.disable()
        # Pelican's closing line counts articles and pages that it has not made; ours follows.
        signals.finalized.connect(_hush, sender=self)
        try:
            with only_one(Path(self.settings["PRESS_PATH"]), self._tell_to_wait):
                super().run()
        except BuildStopped:
            self._failed_on = _stamps(self.settings)
            raise
        except Checked:
            return
        finally:
            gc.freeze()
            gc.enable()
            console.quiet = False
            discard(Path(self.settings["PRESS_PATH"]), Path(self.output_path))
        if self.built and not self.silent:
            folder = os.path.relpath(self.output_path)
            for line in report.summary(self.built, self.written, time.perf_counter() - started, folder):
                console.print(line, highlight=False, soft_wrap=True, markup=False)

    def make(self) -> None:
        """Make the site ready beside the old one."""
        plan = plan_of(self.settings)
        self.ledger = Ledger(plan.press, plan.output)
        tools = Tools(self.ledger, check=self.checking)
        if not self.silent:
            tools.progress = report.ConsoleProgress(console)
        if not plan.plainly:
            tools.store = Store(plan.press)
            tools.crew = self.crew
        try:
            self.built = build(plan, tools)
        except Lost as lost:
            if self.crew:
                self.crew.dismiss()
                self.crew = None
            at = lost.at or "."
            how = f"signal {-lost.status}" if lost.status < 0 else f"status {lost.status}"
            complaint = Complaint(WORKER_LOST, f"the process that worked on this has died ({how})", LOST_HINT)
            self.stop([complaint.at(at)])
        except OSError as fault:
            complaint = Complaint(CANNOT_WRITE, f"the site cannot be made ready: {fault}", "make room")
            self.stop([complaint.at(str(plan.press))])
        finally:
            if tools.store is not None:
                tools.store.close()

    def _tell_to_wait(self) -> None:
        if not self.silent:
            console.print("another build is at work here: waiting for it", highlight=False)

    def check(self) -> list[Problem]:
        """Everything that a build would find fault with; writes nothing."""
        self.checking = True
        self.silent = True
        try:
            self.run()
        except BuildStopped as stopped:
            return stopped.problems
        return list(self.built.problems) if self.built else []

    def stop(self, problems: list[Problem]) -> NoReturn:
        """Tell the problems and end the run."""
        self._tell(problems)
        raise BuildStopped(problems)

    def _tell(self, problems: list[Problem]) -> None:
        if not self.silent:
            report.tell_problems(problems)

    def _wait_for_a_change(self) -> None:
        while self._failed_on is not None and self._failed_on == _stamps(self.settings):
            time.sleep(0.3)
        self._failed_on = None

    def _get_generator_classes(self) -> list[type[Generator]]:
        """Ours for Pelican's own; those of other plugins stay."""
        ours: dict[type, type[Generator] | None] = {
            ArticlesGenerator: StoriesGenerator,
            PagesGenerator: NoPagesGenerator,
            StaticGenerator: NoStaticGenerator,
        }
        return [ours.get(cls) or cls for cls in super()._get_generator_classes()]

    def _get_writer(self) -> Any:
        """The gate: after every receiver, before any byte."""
        writer = super()._get_writer()
        assert self.built is not None
        problems = [
            *_setting_problems(self.settings, self.plugins),
            *_unserved(self.settings["PLUGINS"]),
            *self.built.problems,
            *strays(
                Path(self.output_path),
                self.ledger.entries.keys() | self.built.entries.keys(),
                {} if process_environment().get("VERIFY") == "1" else self.ledger.world.folders,
            ),
        ]
        self.built = _with_problems(self.built, problems)
        if has_errors(problems, strict=bool(self.settings.get("STRICT"))):
            self.stop(problems)
        if self.checking:
            raise Checked
        self._tell(problems)
        return writer

    def put(self) -> None:
        """Write what was built."""
        assert self.built is not None
        progress = report.ConsoleProgress(console)
        tick = (lambda: None) if self.silent else progress.start("writing", len(self.built.staged))
        try:
            self.written = write(Path(self.output_path), self.built, self.ledger, tick)
        except CannotWrite as fault:
            complaint = Complaint(
                CANNOT_WRITE, f"the site cannot be written: {fault}", "make room, or name another OUTPUTDIR"
            )
            self.stop([complaint.at(str(self.output_path))])


def _with_problems(built: Built, problems: list[Problem]) -> Built:
    from dataclasses import replace

    return replace(built, problems=problems)


class StoriesGenerator(ArticlesGenerator):
    """Makes the whole site: rows, edition, views, bytes. Fires no signal about articles, since there are none."""

    press: PressPelican

    def generate_context(self) -> None:
        """Build everything in memory."""
        press = _press_of(self.settings)
        press.make()
        assert press.built is not None
        self.articles = NotMade(press.built.counts.stories)
        self.drafts = NotMade(press.built.counts.drafts)
        self.context["articles"] = self.articles

    def check_disabled_readers(self) -> None:
        """Every file that is not read has been told already (file/extension)."""

    def refresh_metadata_intersite_links(self) -> None:
        """Links were resolved when views were made."""

    def generate_output(self, writer: Any) -> None:
        """Put the site in its place."""
        _press_of(self.settings).put()


class NoPagesGenerator(PagesGenerator):
    """Pages are views like all others. Stands in the list since Pelican looks it up at the end."""

    def generate_context(self) -> None:
        """Nothing to read."""
        self.context["pages"] = []

    def check_disabled_readers(self) -> None:
        """Nothing to check."""

    def refresh_metadata_intersite_links(self) -> None:
        """Nothing to refresh."""

    def generate_output(self, writer: Any) -> None:
        """Nothing to write."""


class NoStaticGenerator(StaticGenerator):
    """Files are copied only if a published page names them; Pelican's would copy held copy's pictures too."""

    def generate_context(self) -> None:
        """Nothing to find."""
        self.staticfiles: list[Any] = []
        self.context["staticfiles"] = []

    def check_disabled_readers(self) -> None:
        """Nothing to check."""

    def generate_output(self, writer: Any) -> None:
        """Nothing to copy."""


def _press_of(settings: dict[str, Any]) -> PressPelican:
    press = settings["PRESS"]
    assert isinstance(press, PressPelican)
    return press


def _prepare(settings: dict[str, Any], press: PressPelican) -> None:
    """What core reads for itself, and what this class cannot do without. Stops where a setting cannot be used."""
    settings["PRESS"] = press
    settings["CACHE_CONTENT"] = settings["LOAD_CONTENT_CACHE"] = False
    settings["STATIC_PATHS"] = []
    settings.setdefault("PRESS_PATH", ".press")
    problems = list(bad_settings(settings))
    if problems:
        press.stop(problems)
    settings["PLUGINS"] = list(settings["PLUGINS"])


def _texts(value: object) -> bool:
    return isinstance(value, list | tuple | set | frozenset) and all(isinstance(each, str) for each in value)


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _folder_name(value: object) -> bool:
    return isinstance(value, str) and is_inside(value)


def _plugins(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(each, str | ModuleType) for each in value)


def _address_or_nothing(value: object) -> bool:
    parts = split_address(value) if isinstance(value, str) else None
    return value == "" or (is_web_address(value) and parts is not None and not (parts.query or parts.fragment))


def _dict(value: object) -> bool:
    return isinstance(value, dict)


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


SETTINGS: Mapping[str, tuple[Callable[[object], bool], str]] = MappingProxyType(
    {
        "PLUGINS": (_plugins, 'a list of plugins: ["plugins.stories", …]'),
        "SITEURL": (_address_or_nothing, '"https://courier.example", or "" for a preview'),
        "ARTICLE_URL": (_text, '"{date:%Y}/{date:%m}/{date:%d}/{slug}/"'),
        "ARTICLE_SAVE_AS": (_text, '"{date:%Y}/{date:%m}/{date:%d}/{slug}/index.html"'),
        "PAGE_SIZE": (_count, "a number of cards: 20"),
        "FEED_MAX_ITEMS": (_count, "a number of stories: 20"),
        "EXTRA_KEYS": (_texts, 'a list of names: ["shorthand"]'),
        "IGNORE_FILES": (_texts, 'a list of patterns: ["*.bak"]'),
        "THEME_TEMPLATES_OVERRIDES": (_texts, 'a list of folders: ["our-templates"]'),
        "THEME_STATIC_DIR": (_folder_name, 'the name of a folder: "theme"'),
        "JINJA_FILTERS": (_dict, "{}"),
        "JINJA_GLOBALS": (_dict, "{}"),
        "JINJA_TESTS": (_dict, "{}"),
        "PRESS_PATH": (_text, '".press"'),
    }
)
"""The settings that the press reads: what each must be, and an example for the message."""


def bad_settings(settings: Mapping[str, Any]) -> Iterator[Problem]:
    """A problem for each setting whose value cannot be used."""
    for name, (fits, example) in SETTINGS.items():
        if name in settings and not fits(settings[name]):
            complaint = Complaint(BAD_SETTING, f"{name} = {settings[name]!r} cannot be used", f"it must be {example}")
            yield complaint.at("pelicanconf.py")
    content, output = (Path(settings[name]).resolve() for name in ("PATH", "OUTPUT_PATH"))
    if content.is_relative_to(output) or output.is_relative_to(content):
        message = f"the site {output} and the copy {content} cannot lie in one another"
        yield Complaint(BAD_SETTING, message, "name another OUTPUTDIR").at("pelicanconf.py")


def plan_of(settings: dict[str, Any]) -> Plan:
    """Pelican's settings as a build needs them; the one place that knows their names."""
    content = Path(settings["PATH"])
    theme = Path(settings["THEME"])
    overrides = tuple(Path(folder) for folder in settings["THEME_TEMPLATES_OVERRIDES"])
    environment = dict(process_environment())
    if settings.get("NOW"):
        environment["NOW"] = str(settings["NOW"])

    def adapt(env: Any) -> None:
        env.filters.update(settings["JINJA_FILTERS"])
        env.globals.update(settings["JINJA_GLOBALS"])
        env.tests.update(settings["JINJA_TESTS"])

    shown = os.path.relpath(content)
    return Plan(
        content=content,
        theme=theme,
        template_folders=(*overrides, theme / "templates"),
        output=Path(settings["OUTPUT_PATH"]),
        press=Path(settings["PRESS_PATH"]),
        shown=f"{content}/" if shown.startswith("..") else f"{shown}/",
        plugins=tuple(settings["PLUGINS"]),
        siteurl=settings["SITEURL"],
        publish=bool(settings.get("PUBLISH")),
        article_url=settings["ARTICLE_URL"],
        article_save_as=settings["ARTICLE_SAVE_AS"],
        theme_folder=settings["THEME_STATIC_DIR"],
        extra_keys=frozenset(settings.get("EXTRA_KEYS", ())),
        allow_raw_html=bool(settings.get("ALLOW_RAW_HTML")),
        ignore=tuple(settings["IGNORE_FILES"]),
        feed_size=settings["FEED_MAX_ITEMS"],
        page_size=settings.get("PAGE_SIZE", 20),
        environment=environment,
        settings=_prints_of(settings),
        adapt=adapt,
        plainly=environment.get("PRESS") == "0" or bool(settings.get("PRESS_PLAIN")),
        verify=environment.get("VERIFY") == "1",
    )


PRINTED = (
    *("SITEURL", "PUBLISH", "ARTICLE_URL", "ARTICLE_SAVE_AS", "THEME_STATIC_DIR", "EXTRA_KEYS", "ALLOW_RAW_HTML"),
    *("IGNORE_FILES", "FEED_MAX_ITEMS", "PAGE_SIZE", "JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS"),
)
"""Settings on which pages depend: named, so that no path of a machine is among them."""


def _prints_of(settings: Mapping[str, Any]) -> dict[str, str]:
    prints = {}
    for name in PRINTED:
        try:
            prints[name] = print_of_setting(settings.get(name))
        except NotComparable:
            prints[name] = ""
    return prints


def jobs_of(settings: Mapping[str, Any]) -> int:
    """How many processes work at once: PRESS_JOBS of the shell or of the settings, or every core."""
    typed = str(process_environment().get("PRESS_JOBS") or settings.get("PRESS_JOBS") or "")
    if str(process_environment().get("PRESS")) == "0" or settings.get("PRESS_PLAIN"):
        return 1
    return max(1, min(int(typed), 64)) if typed.isdecimal() else cores()


def _import_problem(name: object) -> Problem | None:
    """Import a plugin that is named by its own full name; Pelican finds its short names itself."""
    if not isinstance(name, str):
        return None
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as fault:
        if fault.name == name and importlib.util.find_spec(f"pelican.plugins.{name}"):
            return None
        return _plugin_problem(name, "cannot be imported", fault)
    except (Exception, SystemExit) as fault:  # noqa: BLE001  whatever a plugin of anyone's raises is told with its name
        return _plugin_problem(name, "cannot be imported", fault)
    return None


def _plugin_problem(name: str, what: str, fault: BaseException) -> Problem:
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if "importlib" not in frame.filename]
    last = frames[-1] if len(frames) > 1 else None
    path = os.path.relpath(last.filename) if last else "pelicanconf.py"
    message = f"the plugin '{name}' {what}: {type(fault).__name__}: {fault}"
    return Complaint(PLUGIN, message, "mend it, or take it out of PLUGINS").at(path, (last.lineno or 0) if last else 0)


def _setting_problems(settings: dict[str, Any], plugins: list[Any]) -> Iterator[Problem]:
    """Settings that are in nobody's list, with the nearest that is."""
    own = {re.sub(r"s$", "", get_plugin_name(plugin).rpartition(".")[2]).upper() + "_" for plugin in plugins}
    known = set(DEFAULT_CONFIG) | OWN_SETTINGS | PELICANS_OTHERS
    for name in sorted(settings):
        if name in known or name.startswith(tuple(own)) or not name.isupper():
            continue
        near = get_close_matches(name, sorted(known), n=1, cutoff=0.75)
        yield Complaint(SETTING, f"no one reads the setting {name}", f"did you mean {near[0]}?" if near else "").at(
            "pelicanconf.py"
        )


PELICANS_OTHERS = frozenset(
    {
        "TIMEZONE",
        "PRESS",
        "PRESS_SILENT",
        "NOW",
        "DEBUG",
        "FEED_DOMAIN",
        "SITESUBTITLE",
        "BIND",
        "PORT",
        "PYGMENTS_RST_OPTIONS",
        "OUTPUT_PATH",
        "PATH",
        "AUTHOR",
    }
)
"""Names that are set at run time, or that Pelican reads without a default."""


def _unserved(ours: list[str]) -> Iterator[Problem]:
    """Someone else's plugin that waits for a signal with no sender: it would do nothing, and nobody would know."""
    for name in UNSENT:
        for receiver in signals.__dict__[name].receivers_for(None):
            module = getattr(receiver, "__module__", "")
            if not any(module == own or module.startswith(own + ".") for own in OUR_PLUGINS) and any(
                module == each or module.startswith(each + ".") for each in ours
            ):
                message = f"the plugin '{module}' waits for {name}, which this press does not send"
                yield Complaint(NOT_SERVED, message, "take it out of PLUGINS").at("pelicanconf.py")


OUR_PLUGINS = ("plugins",)
"""Plugins of the house work with the press by newsroom.hooks, and with plain Pelican by these signals."""


def _stamps(settings: dict[str, Any]) -> tuple[tuple[str, int, int], ...]:
    """What a run depends on, by size and time: enough to see that someone has saved a file."""
    found = []
    for root in (settings["PATH"], settings["THEME"]):
        for folder, _folders, files in os.walk(root):
            for name in files:
                path = os.path.join(folder, name)
                try:
                    state = os.stat(path)
                except OSError:
                    continue
                found.append((path, state.st_size, state.st_mtime_ns))
    return tuple(sorted(found))
