"""Slugs: the last part of a story's address, settled once.

Harvest Fair, 2026!   →  harvest-fair-2026
Բերքի տոնը            →  բերքի-տոնը
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SLUG_LIMIT = 100
"""Characters of the longest slug."""

SLUG_BYTES = 200
"""Bytes of the longest slug: file systems take 255 for a name, and a suffix must fit too."""

_WINDOWS_NAMES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
_IN_SLUGS = frozenset({"Ll", "Lm", "Lo", "Mn", "Mc", "Nd"})


@lru_cache(maxsize=65536)
def slugify(text: str) -> str:
    """The nearest slug: lower case, letters and digits of any script, single hyphens; may be empty.

    `Harvest Fair, 2026!` → `harvest-fair-2026`
    """
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    kept = "".join(each if unicodedata.category(each) in _IN_SLUGS else "" if each in "'’՚" else "-" for each in text)
    slug = re.sub("-+", "-", kept).strip("-")[:SLUG_LIMIT]
    while len(slug.encode()) > SLUG_BYTES:
        slug = slug[:-1]
    return slug.strip("-")


def slug_fault(slug: str) -> str:
    """Why a text cannot be a slug, in words that follow it; empty where it can."""
    if not slug:
        return "is empty"
    if len(slug) > SLUG_LIMIT or len(slug.encode()) > SLUG_BYTES:
        return f"is longer than {SLUG_LIMIT} characters or {SLUG_BYTES} bytes"
    if slug != slug.lower():
        return "has capitals in it"
    if slug.isascii() and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) and slug not in _WINDOWS_NAMES:
        return ""
    if slug in _WINDOWS_NAMES:
        return "is a name that Windows keeps for itself"
    for each in slug:
        if each != "-" and unicodedata.category(each) not in _IN_SLUGS:
            return f"has {_character(each)} in it"
    if slug.startswith("-") or slug.endswith("-") or "--" in slug:
        return "has a hyphen at an end or two in a row"
    return ""


def _character(each: str) -> str:
    names = {
        " ": "a space",
        "/": "a slash",
        "\\": "a backslash",
        ".": "a dot",
        "%": "a percent sign",
        "_": "an underscore",
    }
    return names.get(each) or (f"'{each}'" if each.isprintable() else f"U+{ord(each):04X}")
