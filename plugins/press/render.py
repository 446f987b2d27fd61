"""Views to bytes. Every page is rendered before any is written, so that a template's fault leaves the last site
whole.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from gettext import NullTranslations
from pathlib import Path

import jinja2

from plugins.newsroom.problem import Code, Complaint, Problem, Severity
from plugins.newsroom.views import Page
from plugins.press.templates import Compiled, Packed, make_environment

FAILED = Code(
    "template/failed",
    Severity.ERROR,
    "A template of the theme failed: an unknown name, a syntax fault, a missing template.",
)


class Renderer:
    """Renders pages with one environment a language. folders: where templates lie, the first that has one wins."""

    def __init__(
        self,
        folders: Iterable[Path],
        words: Callable[[str], NullTranslations],
        adapt: Callable[[jinja2.Environment], None] | None = None,
    ) -> None:
        self._folders = [folder.resolve() for folder in folders]
        self._words = words
        self._adapt = adapt
        self._compiled = Compiled()
        self._environments: dict[str, jinja2.Environment] = {}

    def environment(self, lang: str) -> jinja2.Environment:
        """The language's environment, with the settings' own filters and globals."""
        if lang not in self._environments:
            env = make_environment(self._folders, self._words(lang), self._compiled)
            if self._adapt:
                self._adapt(env)
            self._environments[lang] = env
        return self._environments[lang]

    def compile(self, lang: str, names: Iterable[str]) -> Packed:
        """Templates, compiled for another process; one that cannot be is left to it, which tells why."""
        for name in names:
            with suppress(Exception):
                self.environment(lang).get_template(name)
        return self._compiled.packed()

    def take_over(self, compiled: Packed) -> None:
        """What another process of this build has compiled."""
        self._compiled.unpack(compiled)

    def render(self, page: Page) -> bytes | Problem:
        """The page's bytes, or what failed, with template, line and story."""
        try:
            return self.environment(page.lang).get_template(page.template).render(page.context()).encode()
        except jinja2.TemplateSyntaxError as fault:
            return self._problem(
                page, Path(fault.filename or fault.name or page.template), fault.lineno, str(fault.message)
            )
        except jinja2.TemplateNotFound as fault:
            place = self._place(fault)
            message = f"there is no template '{fault.name}' in the theme"
            return self._problem(page, *(place or (Path(page.template), 0)), message)
        except UnicodeDecodeError as fault:
            return self._problem(page, Path(page.template), 0, f"it is not UTF-8 text: {fault.reason}")
        except (
            jinja2.TemplateError,
            ArithmeticError,
            LookupError,
            TypeError,
            ValueError,
            AttributeError,
            RuntimeError,
        ) as fault:
            place = self._place(fault)
            if place is None:
                raise  # not the template's fault, but ours
            return self._problem(page, *place, f"{type(fault).__name__}: {fault}")

    def _place(self, fault: BaseException) -> tuple[Path, int] | None:
        """The innermost template on the way to the fault: Jinja gives its frames the template's file and line."""
        frames = traceback.extract_tb(fault.__traceback__)
        for frame in reversed(frames):
            if any(Path(frame.filename).is_relative_to(folder) for folder in self._folders):
                return Path(frame.filename), frame.lineno or 0
        return None

    def _problem(self, page: Page, template: Path, line: int, message: str) -> Problem:
        made_for = f"while making {page.save_as}" + (f" of {page.source}" if page.source else "")
        return Complaint(FAILED, f"{message} ({made_for})").at(self._shown(template), line)

    def _shown(self, template: Path) -> str:
        for folder in self._folders:
            if template.is_relative_to(folder):
                return f"{folder.parent.name}/{folder.name}/{template.relative_to(folder).as_posix()}"
        return f"theme/templates/{template.as_posix()}"


def render_all(
    pages: Iterable[Page], renderer: Renderer, tick: Callable[[], None]
) -> Iterator[tuple[Page, bytes | Problem]]:
    """Each page with its bytes or its problem."""
    for page in pages:
        yield page, renderer.render(page)
        tick()
