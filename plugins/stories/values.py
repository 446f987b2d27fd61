"""One value of the front matter at a time: from what was typed to what it means.

    tags: harvest, Gyumri     →  ["harvest", "Gyumri"]
    priority: high            →  front-matter/not-a-number: 'high' is not a whole number

What was typed comes as a text, a list or a group of keys (dict). A value that cannot be used raises `BadValue`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from enum import StrEnum
from urllib.parse import urlsplit

from plugins.newsroom.pictures import REMOTE_PICTURE
from plugins.newsroom.slugs import slug_fault, slugify
from plugins.newsroom.text import squeezed
from plugins.stories import codes
from plugins.stories.faults import BadValue
from plugins.stories.tree import shown

TITLE_LIMIT = 300
"""Characters of the longest headline."""

MARKUP = re.compile(
    r"</?[A-Za-z][^<>]*>|<!--|\{(?:filename|static|attach|author|category|index|tag)\}|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);|\]\("
)


def as_text(value: object) -> str:
    """One line: white space folded to single spaces."""
    if not isinstance(value, str):
        raise BadValue(codes.WRONG_SHAPE, f"'{{key}}' must be one text, and {shape_of(value)} stands here")
    return squeezed(value)


def as_title(value: object) -> str:
    text = as_text(value)
    if len(text) > TITLE_LIMIT:
        raise BadValue(
            codes.TITLE_TOO_LONG,
            f"the title has {len(text)} characters, and {TITLE_LIMIT} are allowed",
            "say the rest in standfirst:",
        )
    return text


def shape_of(value: object) -> str:
    return "a list" if isinstance(value, list) else "a text" if isinstance(value, str) else "a group of keys"


def as_texts(value: object) -> list[object]:
    """The values of a list, or of a text that is parted as Pelican does it: at `;` where it has one, else at commas."""
    if isinstance(value, str):
        return [part for part in map(squeezed, value.split(";" if ";" in value else ",")) if part]
    if isinstance(value, list):
        return value
    raise BadValue(codes.WRONG_SHAPE, f"'{{key}}' must be a text or a list, and {shape_of(value)} stands here")


def as_authors(value: object) -> list[object]:
    each = [value] if isinstance(value, dict) else as_texts(value)
    return [{"name": name} if isinstance(name, str) else name for name in each]


def as_photo(value: object) -> object:
    return {"file": value} if isinstance(value, str) else value


def as_picture(value: object) -> str:
    """A path in content/; a picture on another site is refused."""
    text = as_text(value)
    if re.match(r"https?:|data:|//", text, re.IGNORECASE):
        message = f"the picture {shown(text, 80)} is not in content/"
        raise BadValue(REMOTE_PICTURE, message, "save it beside the story, and name that file")
    return text


def as_newsletter(value: object) -> object:
    """A list's id alone takes the middle, and the end stays as the paper has it; `off` takes both."""
    if not isinstance(value, str):
        return value
    return {"middle": value, "end": value} if value.strip().lower() == "off" else {"middle": value}


def as_list_id(value: object) -> str:
    text = as_text(value)
    return text.lower() if text.lower() == "off" else text


def as_number(value: object) -> int:
    text = as_text(value)
    if not re.fullmatch(r"[+-]?[0-9]{1,6}", text):
        raise BadValue(codes.NOT_A_NUMBER, f"'{text}' is not a whole number", "{key}: 1")
    return int(text)


def as_address(value: object) -> str:
    text = as_text(value)
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"\\]", text)
    except ValueError:
        good = False
    if not good:
        raise BadValue(
            codes.NOT_AN_ADDRESS, f"'{text}' is not an absolute web address", "{key}: https://wire.example/story"
        )
    return text


def as_alias(value: object) -> str:
    text = as_text(value)
    path = re.sub(r"^https?://[^/]*", "", text)
    why = ""
    if not path.startswith("/"):
        why = "does not begin with /"
    elif path != text:
        why = "names a whole address, and only the part after the host belongs here"
    elif re.search(r"[?#]", path):
        why = "has a ? or #, and a site of files cannot tell such addresses apart"
    elif re.search(r"[\s\\<>\"|*:]|//|/\.", path):
        why = "cannot be a path"
    if why:
        better = "/" + re.sub(r"[?#].*", "", path).lstrip("/")
        raise BadValue(
            codes.BAD_ALIAS,
            f"'{text}' {why}",
            f"{{key}}: {better}"
            if len(better) > 1 and not re.search(r"[\s\\<>\"|*:]|//|/\.", better)
            else "{key}: /2019/05/03/old-name/",
        )
    return text


def choice_of(kinds: type[StrEnum]) -> Callable[[object], StrEnum]:
    """A validator for one of a few words, in any case."""
    words = {str(kind): kind for kind in kinds}

    def choose(value: object) -> StrEnum:
        text = as_text(value)
        if kind := words.get(text.lower()):
            return kind
        near = get_close_matches(text.lower(), words, n=1)
        hint = f"did you mean {near[0]}?" if near else "one of: " + ", ".join(words)
        raise BadValue(codes.UNKNOWN_VALUE, f"'{text}' is no {{key}} that the paper knows", hint)

    return choose


def as_slug(value: object) -> str:
    text = unicodedata.normalize("NFC", as_text(value))
    if why := slug_fault(text):
        raise BadValue(codes.BAD_SLUG, f"the slug '{text}' {why}", slug_hint(text))
    return text


def slug_hint(text: str, key: str = "{key}") -> str:
    better = slugify(text)
    if not better or slug_fault(better):
        return f"{key}: harvest-fair" if not better else f"{key}: the-{better}"
    return f"{key}: {better}"


def as_category(value: object) -> str:
    text = as_text(value)
    if "," in text or ";" in text:
        first = slugify(re.split("[,;]", text)[0])
        raise BadValue(
            codes.BAD_CATEGORY,
            f"'{text}' names more than one section, and a story stands in one",
            f"{{key}}: {first or 'community'}",
        )
    section = slugify(text)
    if not section or slug_fault(section):
        raise BadValue(codes.BAD_CATEGORY, f"'{text}' cannot be the address of a section", "{key}: community")
    return section


def as_lang(value: object, languages: Sequence[str]) -> str:
    """The tag of one of the paper's languages, which are in lower case."""
    lang = as_text(value).lower()
    if lang not in languages:
        near = get_close_matches(lang.replace("_", "-"), languages, n=1)
        near = near or [each for each in languages if each[:2] == lang[:2]]
        hint = f"did you mean {near[0]}?" if near else f"it appears in: {', '.join(languages)}"
        raise BadValue(codes.UNKNOWN_LANGUAGE, f"the paper does not appear in '{lang}'", hint)
    return lang
