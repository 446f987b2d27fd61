"""The templates' environment: strict, escaped, and the same in every process."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import NullTranslations
from pathlib import Path

import jinja2


def make_environment(folders: Iterable[Path], translations: NullTranslations | None = None) -> jinja2.Environment:
    """An environment that finds templates in `folders` only, escapes all but .txt, and knows no unset name.

    Macros that are imported without context see globals and nothing else, so the environment has none of its own
    that could change from page to page, and none that is random.
    """
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        autoescape=lambda name: name is None or not name.endswith(".txt"),  # noqa: S701  robots.txt is no HTML
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        cache_size=-1,
    )
    env.install_gettext_translations(translations or NullTranslations(), newstyle=True)  # type: ignore[attr-defined]
    del env.globals["lipsum"]
    del env.filters["random"]
    return env
