"""The house's own words in a language: what templates and plugins mark with `_("…")`, from theme/locale/{lang}.po.

    msgid "Older stories"
    msgstr "Ավելի վաղ"

English needs no catalogue. A tag falls back to its first part, and Western Armenian (`hyw`) to Eastern's words.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from plugins.newsroom.problem import Code, Complaint, Problem, Severity

NO_CATALOGUE = Code("words/no-catalogue", Severity.WARNING, "The theme has no words in one of the paper's languages.")
BAD_CATALOGUE = Code("words/bad-catalogue", Severity.ERROR, "A catalogue of words cannot be read.")

SOURCE = "en"
"""The language in which the house's words are written in code."""


def tags(lang: str) -> tuple[str, ...]:
    """The tags under which a language's words may lie, the nearest first."""
    base = lang.split("-", maxsplit=1)[0]
    return tuple(dict.fromkeys((lang, base, {"hyw": "hy"}.get(base, base))))


def catalogue_of(theme: Path, lang: str) -> Path | None:
    """The file of a language's words, or None."""
    files = (theme / "locale" / f"{tag}.po" for tag in tags(lang))
    return next((path for path in files if path.is_file()), None)


def words_of(theme: Path, lang: str) -> NullTranslations:
    """A language's words; English where there is no catalogue, or none that can be read."""
    path = catalogue_of(theme, lang)
    if path is None:
        return NullTranslations()
    try:
        return _translations(path.read_bytes())
    except ValueError:
        return NullTranslations()


@lru_cache(maxsize=16)
def _translations(data: bytes) -> NullTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(BytesIO(data), abort_invalid=True)
    except PoFileError as fault:
        raise ValueError(str(fault)) from None
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def check_catalogues(theme: Path, languages: tuple[str, ...]) -> list[Problem]:
    """A problem for each of the paper's languages whose words are missing or damaged."""
    problems = []
    for lang in languages:
        path = catalogue_of(theme, lang)
        if path is None:
            if SOURCE not in tags(lang):
                hint = "copy theme/locale/hy.po to that name, and put the words into it"
                complaint = Complaint(
                    NO_CATALOGUE, f"the house has no words in '{lang}': pages have English ones", hint
                )
                problems.append(complaint.at(f"theme/locale/{lang}.po"))
            continue
        try:
            _translations(path.read_bytes())
        except ValueError as fault:
            problems.append(
                Complaint(BAD_CATALOGUE, f"this catalogue cannot be read: {fault}").at(f"theme/locale/{path.name}")
            )
    return problems
