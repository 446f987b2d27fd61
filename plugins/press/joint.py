"""Where the house meets Pelican, and knows its private ways. docs/decisions/0002 says why each.

`PELICAN_CLASS = PressPelican` in pelicanconf.py. Pelican keeps settings, signals, plugins and its command line; our
generator makes the whole site, and no `Article` is made unless somebody else's plugin waits for one (`full.py`). Each
private name used here has a contract test.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import logging
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

from msgspec.structs import replace
from pelican import Pelican
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.log import console
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name, load_plugins
from pelican.settings import DEFAULT_CONFIG

from plugins.newsroom.addresses import is_web_address, split_address
from plugins.newsroom.clock import process_environment
from plugins.newsroom.problem import Code, Complaint, Problem, Severity, has_errors
from plugins.newsroom.story import Kind
from plugins.newsroom.urls import is_inside
from plugins.press import report
from plugins.press.afterwards import adopt, keep_all
from plugins.press.build import build
from plugins.press.crew import Crew, Lost, cores
from plugins.press.foreign import AT_THE_END, FULL, Listener, PluginFailed, is_own, listeners, plugin_of, plugin_problem
from plugins.press.foreign import unheard as unheard_listeners
from plugins.press.handover import Hand, start_reading
from plugins.press.ledger import Ledger
from plugins.press.lock import only_one
from plugins.press.output import CANNOT_WRITE, CannotWrite, Written, strays
from plugins.press.phases import Phases
from plugins.press.plan import Built, Plan
from plugins.press.prints import NotComparable, print_of_setting
from plugins.press.stages import Tools
from plugins.press.store import Store
from plugins.press.writing import discard, write

if TYPE_CHECKING:
    from cProfile import Profile

    from plugins.press.full import Full

SETTING = Code("setting/unknown", Severity.WARNING, "A setting in pelicanconf.py is read by nobody.")
BAD_SETTING = Code("setting/bad-value", Severity.ERROR, "A setting in pelicanconf.py has a value that cannot be used.")
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


MANY_OBJECTS = 50_000
"""With so many made in one run, the process is near its end, and to look for garbage among them is a waste."""


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
        self.full: Full | None = None
        self.profile: Profile | None = None
        self.phases = Phases()
        self.core: dict[type, Generator] = {}
        self._theirs: list[str] = []
        self._failed_on: tuple[tuple[str, int, int], ...] | None = None
        _prepare(settings, self)
        super().__init__(settings)
        # Forked here, while there is one thread: Pelican's `main` starts another before it calls `run`.
        number = jobs_of(settings)
        self.crew = Crew(number, lambda: Hand(lambda: plan_of(self.settings))) if number > 1 else None
        if self.crew:
            start_reading(self.crew, Path(settings["PRESS_PATH"]))
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
                problems.append(plugin_problem(get_plugin_name(plugin), "fails while it registers", fault))
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
        self.full = None
        self.phases = Phases()
        self.profile = _new_profile() if process_environment().get("PROFILE") == "1" else None
        try:
            self._run_alone()
        except BuildStopped:
            self._failed_on = _stamps(self.settings)
            raise
        except Checked:
            return
        finally:
            if gc.get_count()[0] > MANY_OBJECTS:
                gc.freeze()
            gc.enable()
            console.quiet = False
            discard(Path(self.settings["PRESS_PATH"]), Path(self.output_path))
        if self.built and not self.silent:
            folder = os.path.relpath(self.output_path)
            lines = report.summary(self.built, self.written, time.perf_counter() - started, folder)
            if process_environment().get("WHY") == "1":
                lines = [*report.reasons(self.built), *lines]
            if self.profile is not None:
                lines += _profile_lines(self.profile, self.phases)
            for line in lines:
                console.print(line, highlight=False, soft_wrap=True, markup=False)

    def _run_alone(self) -> None:
        press = Path(self.settings["PRESS_PATH"])
        try:
            with only_one(press, self._tell_to_wait), self._keeping_what_plugins_leave():
                if self.profile is not None:
                    self.profile.runcall(super().run)
                else:
                    super().run()
        except KeyboardInterrupt:
            # Pelican's `main` would say so, and end as if the site had been built. 130 is what shells make of Ctrl-C.
            raise SystemExit(130) from None
        except CannotWrite as fault:
            complaint = Complaint(CANNOT_WRITE, f"the press has no place to work: {fault}", "make room")
            self.stop([complaint.at(str(press))])

    def make(self) -> None:
        """Make the site ready beside the old one."""
        plan = plan_of(self.settings)
        tools = self._tools(plan)
        with self._told(tools, plan, last=True):
            self.built = build(plan, tools)

    def _tools(self, plan: Plan) -> Tools:
        self.ledger = Ledger(plan.press, plan.output)
        tools = Tools(self.ledger, check=self.checking, phases=self.phases)
        if not self.silent:
            tools.progress = report.ConsoleProgress(console)
        if not plan.plainly:
            tools.store = Store(plan.press)
            tools.crew = self.crew
        return tools

    @contextmanager
    def _told(self, tools: Tools, plan: Plan, *, last: bool = False) -> Iterator[None]:
        """Stop and tell why, where a worker dies, the disk is full or a plugin fails. last: close the store."""
        done = False
        try:
            yield
            done = True
        except Lost as lost:
            if self.crew:
                self.crew.dismiss()
                self.crew = None
            at = lost.at or "."
            how = f"signal {-lost.status}" if lost.status < 0 else f"status {lost.status}"
            complaint = Complaint(WORKER_LOST, f"the process that worked on this has died ({how})", LOST_HINT)
            self.stop([complaint.at(at)])
        except PluginFailed as fault:
            self.stop([fault.problem])
        except OSError as fault:
            complaint = Complaint(CANNOT_WRITE, f"the site cannot be made ready: {fault}", "make room")
            self.stop([complaint.at(str(plan.press))])
        finally:
            if tools.store is not None and (last or not done):
                tools.store.close()

    # --- Full mode (full.py) ------------------------------------------------------------------------------------------

    def listeners(self) -> list[Listener]:
        """Who needs Articles: listeners of others' plugins, and generators of theirs, which get Pelican's lists."""
        plugins = self.settings["PLUGINS"]
        generators = [Listener(plugin_of(module, plugins), "get_generators") for module in self._theirs]
        return sorted({*listeners(FULL, plugins), *generators})

    def make_contents(self, generator: Generator, kind: Kind) -> bool:
        """Fill the lists of Pelican's generator of articles, or pages, if a plugin needs them; whether it was done."""
        if self.full is None:
            return False
        with self._told(self.full.build.tools, self.full.build.plan):
            self.full.make_contents(generator, kind)
        return True

    def make_statics(self, generator: Generator) -> bool:
        """The same for its generator of files."""
        if self.full is None:
            return False
        with self._told(self.full.build.tools, self.full.build.plan):
            self.full.make_statics(generator)
        return True

    def begin_full(self) -> None:
        """From now on this run makes Articles, if somebody needs them and the settings can be used."""
        if not (why := self.listeners()):
            return
        plan = plan_of(self.settings)
        # Nobody asks for it in most papers, and to load it takes a hundredth of a second.
        from plugins.press.full import Full, FullBuild

        full = Full(FullBuild(plan, self._tools(plan)), why, tuple(self.settings["PLUGINS"]))
        if full.can_begin():
            self.full = full

    def _make_late(self) -> None:
        """A plugin has connected since sources were read: the same, now."""
        self.begin_full()
        for cls, kind in ((StoriesGenerator, Kind.STORY), (NoPagesGenerator, Kind.PAGE)):
            self.make_contents(self.core[cls], kind)
        self.make_statics(self.core[NoStaticGenerator])

    def _make_fully(self) -> None:
        if self.full is None:
            if not self.listeners():
                return
            self._make_late()
        if self.full is not None:
            tools, plan = self.full.build.tools, self.full.build.plan
            with self._told(tools, plan, last=True):
                stories, pages, statics = (
                    self.core[cls] for cls in (StoriesGenerator, NoPagesGenerator, NoStaticGenerator)
                )
                self.built = self.full.make_pages(stories, pages, statics)

    def tell_written(self, generator: Generator, kind: Kind, writer: Any) -> None:
        """Send `content_written` where it is waited for."""
        if self.full is not None:
            with self._told(self.full.build.tools, self.full.build.plan):
                self.full.tell_written(generator, Path(self.output_path), kind, writer)

    @contextmanager
    def _keeping_what_plugins_leave(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            # The site is torn, and the next build mends it: it must know which files are plugins', and no stranger's.
            if self.full is not None and self.full.has_put:
                adopt(Path(self.output_path), self.ledger)
            raise
        self._keep_what_plugins_left()

    def _keep_what_plugins_left(self) -> None:
        """After Pelican's last signal: the ledger gets what plugins have made of the site."""
        if self.checking or self.built is None:
            return
        try:
            if self.full is not None:
                keep_all(Path(self.output_path), self.built, self.ledger)
                self.built = replace(self.built, said=[*self.built.said, *self.full.report()])
            elif listeners(AT_THE_END, self.settings["PLUGINS"]):
                adopt(Path(self.output_path), self.ledger)
        except OSError as fault:
            self._cannot_write(fault)
        # A plugin's file was taken away with all else that no page of ours is, and may have been written again.
        removed = tuple(name for name in self.written.removed if not os.path.lexists(f"{self.output_path}/{name}"))
        self.written = replace(self.written, removed=removed)

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
        classes = super()._get_generator_classes()
        self._theirs = [cls.__module__ for cls in classes if not (cls in ours or _is_pelicans(cls.__module__))]
        return [ours.get(cls) or cls for cls in classes]

    def _get_writer(self) -> Any:
        """The gate: after every receiver, before any byte."""
        writer = super()._get_writer()
        self._make_fully()
        assert self.built is not None
        told = list(self.full.problems) if self.full else list(unheard_listeners(self.settings["PLUGINS"]))
        problems = [
            *_setting_problems(self.settings, self.plugins),
            *told,
            *self.built.problems,
            *strays(
                Path(self.output_path),
                self.ledger.entries.keys() | self.built.entries.keys(),
                self.ledger.folders,
                self.built.changed_folders,
            ),
        ]
        self.built = replace(self.built, problems=problems)
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
            if self.full is not None:
                self.written = self.full.put(Path(self.output_path), self.built, tick)
            else:
                self.written = write(Path(self.output_path), self.built, self.ledger, tick)
        except (CannotWrite, OSError) as fault:
            self._cannot_write(fault)

    def _cannot_write(self, fault: Exception) -> NoReturn:
        message, hint = f"the site cannot be written: {fault}", "make room, or name another OUTPUTDIR"
        self.stop([Complaint(CANNOT_WRITE, message, hint).at(str(self.output_path))])


def _new_profile() -> Profile:
    from cProfile import Profile

    return Profile()


def _profile_lines(profile: Profile, phases: Phases) -> Iterator[str]:
    from plugins.press.profile import as_lines, by_owner

    yield from as_lines("by phase", phases.seconds)
    yield from as_lines("by plugin and library", by_owner(profile, Path(__file__).resolve().parents[2]))


def _is_pelicans(module: str) -> bool:
    """Whether a generator is Pelican's own, or the house's."""
    return is_own(module) or (module.startswith("pelican.") and not module.startswith("pelican.plugins."))


class StoriesGenerator(ArticlesGenerator):
    """Makes the whole site: rows, edition, views, bytes. Sends signals about articles only where Articles are made."""

    def generate_context(self) -> None:
        """Build everything in memory; in full mode, only the Articles."""
        press = _press_of(self.settings)
        press.core[StoriesGenerator] = self
        press.begin_full()
        if press.make_contents(self, Kind.STORY):
            return
        press.make()
        assert press.built is not None
        self.articles = NotMade(press.built.counts.stories)
        self.drafts = NotMade(press.built.counts.drafts)
        self.context["articles"] = self.articles

    def check_disabled_readers(self) -> None:
        """Every file that is not read has been told already (file/extension)."""

    def refresh_metadata_intersite_links(self) -> None:
        """Links were resolved when views were made; an Article's summary is settled as Pelican settles it."""
        if _press_of(self.settings).full:
            super().refresh_metadata_intersite_links()

    def generate_output(self, writer: Any) -> None:
        """Put the site in its place."""
        press = _press_of(self.settings)
        press.put()
        press.tell_written(self, Kind.STORY, writer)


class NoPagesGenerator(PagesGenerator):
    """Pages are views like all others. Stands in the list since Pelican looks it up at the end."""

    def generate_context(self) -> None:
        """Nothing to read, but in full mode."""
        press = _press_of(self.settings)
        press.core[NoPagesGenerator] = self
        if not press.make_contents(self, Kind.PAGE):
            self.context["pages"] = []

    def check_disabled_readers(self) -> None:
        """Nothing to check."""

    def refresh_metadata_intersite_links(self) -> None:
        """Nothing to refresh, but in full mode."""
        if _press_of(self.settings).full:
            super().refresh_metadata_intersite_links()

    def generate_output(self, writer: Any) -> None:
        """Nothing to write: pages stand with the stories."""
        _press_of(self.settings).tell_written(self, Kind.PAGE, writer)


class NoStaticGenerator(StaticGenerator):
    """Files are copied only if a published page names them; Pelican's would copy held copy's pictures too."""

    def generate_context(self) -> None:
        """Nothing to find, but in full mode."""
        press = _press_of(self.settings)
        press.core[NoStaticGenerator] = self
        if not press.make_statics(self):
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
    plain = process_environment().get("PRESS") == "0" or settings.get("PRESS_PLAIN")
    if plain or process_environment().get("PROFILE") == "1":
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
        return plugin_problem(name, "cannot be imported", fault)
    except (Exception, SystemExit) as fault:  # noqa: BLE001  whatever a plugin of anyone's raises is told with its name
        return plugin_problem(name, "cannot be imported", fault)
    return None


def _setting_problems(settings: dict[str, Any], plugins: list[Any]) -> Iterator[Problem]:
    """Settings that are in nobody's list, with the nearest that is."""
    names = {get_plugin_name(plugin).rpartition(".")[2].upper() for plugin in plugins}
    own = {f"{form}_" for name in names for form in (name, re.sub(r"S$", "", name))}
    known = set(DEFAULT_CONFIG) | OWN_SETTINGS | PELICANS_OTHERS | names
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
