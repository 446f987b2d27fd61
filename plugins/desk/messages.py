"""`make messages`: collect the house's words from templates and plugins, and bring every catalogue up to date.

A word that is new stands in theme/locale/*.po with an empty translation; one that has gone is taken out.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PLURALS = {"hy": "nplurals=2; plural=(n != 1);"}
"""CLDR has two forms for Armenian, where Babel writes one; two is also what a catalogue without a locale has."""

SOURCES = (
    ("theme/templates", (("**.html", "jinja2"), ("**.xml", "jinja2"), ("**.txt", "jinja2"))),
    ("plugins", (("**.py", "python"),)),
)
OPTIONS = {"**.html": {"newstyle_gettext": "true", "trimmed": "true"}}


def collect(root: Path) -> Catalog:
    """Every word marked with `_("…")` or `{% trans %}` in templates and plugins, in a stable order."""
    words = Catalog(fuzzy=False)
    for folder, methods in SOURCES:
        found = sorted(extract_from_dir(str(root / folder), list(methods), OPTIONS), key=lambda each: each[:2])
        for name, _line, message, _comments, _context in found:
            words.add(message, locations=[(f"{folder}/{name}", 0)])
    return words


def update(path: Path, words: Catalog) -> bytes:
    """A catalogue with exactly these words: translations that are there stay, others are empty. Nothing is guessed."""
    lang = path.stem
    before = read_po(BytesIO(path.read_bytes())) if path.exists() else Catalog()
    after = Catalog(locale=None if lang in PLURALS else lang, fuzzy=False)
    for message in words:
        if message.id:
            kept = before.get(message.id)
            locations = [(name, 0) for name, _ in message.locations]
            after.add(message.id, kept.string if kept else None, locations=locations)
    data = BytesIO()
    write_po(data, after, width=100, sort_output=True, omit_header=True, include_lineno=False)
    plural = PLURALS.get(lang, f"nplurals={after.num_plurals}; plural={after.plural_expr};")
    header = (
        f"# The house's words in {lang}. `make messages` collects them; the translations are typed here.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {lang}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plural}\\n"\n\n'
    )
    return header.encode() + data.getvalue().strip() + b"\n"


def write_messages(root: Path) -> int:
    """Update every catalogue of theme/locale/; always 0."""
    words = collect(root)
    for path in sorted((root / "theme/locale").glob("*.po")):
        path.write_bytes(update(path, words))
        print(path.relative_to(root))
    return 0
