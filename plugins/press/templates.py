"""The templates' environment: strict, escaped, and the same in every process."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, MutableMapping
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
import markupsafe
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext, Expr
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

Packed = list[tuple[str, str, bytes]]
"""Compiled templates: Jinja's key, checksum of the text, and code."""


class Compiled(jinja2.BytecodeCache):
    """Compiled templates of one build: each is compiled once, however many languages print by it."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled of the same text."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._codes[bucket.key, bucket.checksum] = bucket.code

    def packed(self) -> Packed:
        """All that was compiled, for another process of the same build."""
        return [(*key, marshal.dumps(code)) for key, code in self._codes.items() if code is not None]

    def unpack(self, packed: Packed) -> None:
        """Take over what a process of ours has compiled: never a file's bytes, which could be anyone's."""
        self._codes |= {(key, checksum): marshal.loads(code) for key, checksum, code in packed}  # noqa: S302


REMEMBERED = frozenset(
    {
        "components/card.html",
        "components/moment.html",
        "furniture/footer.html",
        "furniture/nameplate.html",
        "furniture/navigation.html",
    }
)
"""Templates whose macros are asked for the same thing by many pages: a card stands in ten lists, a menu on every
page.
"""


HELD = 6_000
"""What a macro printed and is held at once; pages are made in the order of time, so that old cards are not wanted."""


class Remembered:
    """A macro that prints once for the same arguments. It sees nothing else: it is imported without context."""

    def __init__(self, macro: Macro) -> None:
        self._macro = macro
        self._printed: dict[object, str] = {}

    @jinja2.pass_eval_context
    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """What the macro prints. A template's call brings its evaluation context first, as it would for a macro."""
        context = args[0] if args and isinstance(args[0], EvalContext) else None
        given = args if context is None else args[1:]
        escaped = None if context is None else context.autoescape
        key = (escaped, given, tuple(kwargs.items()), *map(type, given), *map(type, kwargs.values()))
        try:
            return self._printed[key]
        except KeyError:
            printed = self._printed[key] = self._macro(*args, **kwargs)
            if len(self._printed) > HELD:
                del self._printed[next(iter(self._printed))]
            return printed
        except TypeError:  # an argument that may change
            return self._macro(*args, **kwargs)


class HouseTemplate(jinja2.Template):
    """A template whose macros remember what they printed, where it is one of `REMEMBERED`.

    Jinja has no public way to the module of an imported template. Should it ever call this method by another name, the
    same is printed, more slowly; a test notices.
    """

    _made: TemplateModule | None = None

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        # Globals are the same for all templates and pages: what was made for one serves every other.
        if self._made is None:
            self._made = super()._get_default_module(ctx)
            if self.name in REMEMBERED:
                for name, value in vars(self._made).items():
                    if isinstance(value, Macro):
                        setattr(self._made, name, Remembered(value))
        return self._made


_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""What `escape` does to a text before it marks it as escaped, which takes five times as long."""


def printed(value: object) -> str:
    """What `escape` gives, as a text that is only to be joined: whether it is marked makes no difference then."""
    if type(value) is str:
        return _escaped(value)
    return value if type(value) is Markup else escape(value)


class HouseCode(CodeGenerator):
    """The Python code of templates. What a page prints is joined at once, and nobody asks again whether it is escaped.

    Should Jinja call this method by another name, the same is printed, more slowly; a test notices.
    """

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.printed(")
        else:
            super()._output_child_pre(node, frame, finalize)


class HouseEnvironment(jinja2.Environment):
    """An environment whose templates are the house's."""

    template_class = HouseTemplate
    code_generator_class = HouseCode
    printed = staticmethod(printed)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One flat dictionary: the globals are constants of the build, and to look through layers takes longer."""
        return {**self.globals, **(d or {})}


def _underscore(words: NullTranslations) -> Callable[..., Markup]:
    """`_("Earlier in %(section)s", section=…)` as Jinja's own does it, but for a look through the template's context: a
    page has eight of them.
    """

    @cache
    def text_of(message: str) -> Markup:
        return Markup(words.gettext(message))  # noqa: S704  the house's own words, escaped where they are typed

    @cache
    def plain(message: str) -> Markup:
        return text_of(message) % {}

    def underscore(message: str, **variables: object) -> Markup:
        return text_of(message) % variables if variables else plain(message)

    return underscore


def make_environment(
    folders: Iterable[Path], translations: NullTranslations | None = None, compiled: Compiled | None = None
) -> jinja2.Environment:
    """An environment that finds templates in `folders` only, escapes all but .txt, and knows no unset name.

    Macros that are imported without context see globals and nothing else, so the environment has none of its own
    that could change from page to page, and none that is random. compiled: shared by environments of the same folders.
    """
    env = HouseEnvironment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        autoescape=lambda name: name is None or not name.endswith(".txt"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=compiled,
    )
    words = translations or NullTranslations()
    env.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    env.globals["_"] = _underscore(words)
    del env.globals["lipsum"]
    del env.filters["random"]
    return env
