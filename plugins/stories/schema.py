"""What a story's author may say of it: one set of types that checks front matter, and writes its reference.

    date: 2026-10-03 09:30        →  Story.date == datetime(2026, 10, 3, 9, 30, tzinfo=+04:00)
    authors: Ani Example; Jane    →  Story.authors == (Author("Ani Example"), Author("Jane"))
    sumary: Forty growers came    →  3: front-matter/unknown-key: 'sumary' is not a key of a story

The models below are that set: `read_front_matter` checks with them, `json_schema` is what editors check with,
`reference_page` is docs/front-matter.md. Every value comes in as the text that was typed.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AbstractMapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Any

from msgspec import Struct
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails

from plugins.newsroom.hooks import ReaderSettings
from plugins.newsroom.problem import Code, Complaint, Problem, Severity
from plugins.newsroom.slugs import SLUG_LIMIT, slug_fault, slugify
from plugins.newsroom.story import Author, Correction, CorrectionKind, Genre, Kind, Photo, Plain, Signups, Status, Story
from plugins.stories import codes
from plugins.stories.dates import parse_date
from plugins.stories.faults import BadValue
from plugins.stories.frontmatter import Split
from plugins.stories.tree import Damaged, Listing, Mapping, Node, Scalar
from plugins.stories.values import (
    MARKUP,
    TITLE_LIMIT,
    as_address,
    as_alias,
    as_authors,
    as_category,
    as_lang,
    as_list_id,
    as_newsletter,
    as_number,
    as_photo,
    as_picture,
    as_slug,
    as_text,
    as_texts,
    as_title,
    choice_of,
    shape_of,
    slug_hint,
)

# --- The types -------------------------------------------------------------------------------------------------------


def _instant(value: object, info: ValidationInfo) -> dt.datetime:
    return parse_date(as_text(value), info.context.zone if info.context else "UTC")


def _day(value: object, info: ValidationInfo) -> dt.date:
    return _instant(value, info).date()


def _lang(value: object, info: ValidationInfo) -> str:
    return as_lang(value, info.context.languages if info.context else ())


class Form(Struct, frozen=True):
    """How a key is checked while it is typed. word: its type in the reference. schema: JSON Schema for editors."""

    word: str
    schema: AbstractMapping[str, Any]


class _Keys(BaseModel):
    """A group of keys; nothing else may stand in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _properties(keys: type[_Keys]) -> dict[str, Any]:
    """JSON Schema of each key: its form, what it means, an example."""
    found = {}
    for name, field in keys.model_fields.items():
        form = next(each for each in field.metadata if isinstance(each, Form))
        found[name] = {**form.schema, "description": field.description, "examples": field.examples}
    return found


def _object(keys: type[_Keys]) -> dict[str, Any]:
    """JSON Schema of a group of keys."""
    needed = [name for name, field in keys.model_fields.items() if field.is_required()]
    schema = {"type": "object", "properties": _properties(keys), "additionalProperties": False}
    return {**schema, "required": needed} if needed else schema


def _list_of(form: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [form, {"type": "array", "items": form}]}


def _one_of(kinds: type[StrEnum], *, may_be_empty: bool = True) -> Form:
    words = [*map(str, kinds), *([None] if may_be_empty else [])]
    return Form("word: " + ", ".join(f"`{kind}`" for kind in kinds), {"enum": words})


_DATE_FORM = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$"
# What an editor's YAML plugin makes of a text: `1984` is a number to it, `true` a truth, and nothing at all is null.
_ANY_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
_STRING: dict[str, Any] = {"type": ["string", "null"]}
_PATH: dict[str, Any] = {**_STRING, "pattern": "^(?!https?:|data:|//)"}
_LIST_ID: dict[str, Any] = {"type": ["string", "boolean", "null"]}
_SLUG_FORM = Form(
    "slug", {"type": ["string", "number", "null"], "maxLength": SLUG_LIMIT, "pattern": r"^[^\sA-Z/\\.%_]+$"}
)

Text = Annotated[str, BeforeValidator(as_text), Form("text", _ANY_TEXT)]
Slug = Annotated[str, BeforeValidator(as_slug), _SLUG_FORM]
Instant = Annotated[dt.datetime | None, BeforeValidator(_instant), Form("date", {**_STRING, "pattern": _DATE_FORM})]
Hold = Annotated[dt.datetime | None, BeforeValidator(_instant), Form("date", {"type": "string", "pattern": _DATE_FORM})]
ListId = Annotated[str | None, BeforeValidator(as_list_id), Form("list's id, or `off`", _LIST_ID)]


class AuthorKeys(_Keys):
    """One name in the byline."""

    name: Text = Field(description="The name as printed.", examples=["Jane Sample"])
    note: Text = Field("", description="Printed after the name.", examples=["Special to the Courier"])


class PhotoKeys(_Keys):
    """The lead picture."""

    file: Annotated[str, BeforeValidator(as_picture), Form("path", _PATH)] = Field(
        description="The picture's path, from the story's folder or, with a leading `/`, from content/.",
        examples=["images/fair.jpg"],
    )
    alt: Annotated[str | None, BeforeValidator(as_text), Form("text", _ANY_TEXT)] = Field(
        None,
        description='What the picture shows, for those who cannot see it. `""` says that it adds nothing to the text.',
        examples=["Growers at a stall with baskets"],
    )
    caption: Text = Field("", description="The sentence under the picture.", examples=["The fair on Saturday."])
    credit: Text = Field("", description="Who took it.", examples=["Ani Example"])


class NewsletterKeys(_Keys):
    """The sign-ups of one story, each by its place."""

    middle: ListId = Field(None, description="The list in the middle of the text.", examples=["daily"])
    end: ListId = Field(None, description="The list at the end of the text.", examples=["weekly"])


class CorrectionKeys(_Keys):
    """One public note that the story was changed."""

    date: Annotated[dt.date, BeforeValidator(_day), Form("date", {"type": "string", "pattern": _DATE_FORM})] = Field(
        description="The day of the change.", examples=["2026-10-04"]
    )
    kind: Annotated[CorrectionKind, BeforeValidator(choice_of(CorrectionKind)), _one_of(CorrectionKind)] = Field(
        CorrectionKind.CORRECTION,
        description="We were wrong, or unclear, or news moved on.",
        examples=["correction"],
    )
    text: Text = Field(description="What was changed.", examples=["The fair has forty growers, not thirty."])


class PageKeys(_Keys):
    """What any file may say, a story or a page."""

    title: Annotated[
        str,
        BeforeValidator(as_title),
        Form("text", {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": TITLE_LIMIT}),
    ] = Field(
        "",
        description="The headline: plain text on one line. With a colon in it, it needs quotes.",
        examples=["Harvest fair fills the square"],
    )
    date: Instant = Field(
        None,
        description="When it is published, in the paper's time zone. With an hour, another zone's offset may follow.",
        examples=["2026-10-03 09:30", "2026-10-03", "2026-10-03T09:30+04:00"],
    )
    modified: Instant = Field(
        None, description="When its text last changed in substance.", examples=["2026-10-04 12:00"]
    )
    lang: Annotated[
        str, BeforeValidator(_lang), Form("language", {**_STRING, "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$"})
    ] = Field(
        "",
        description="The language that it is written in, one of the paper's; without it, the paper's first.",
        examples=["en"],
    )
    slug: Slug = Field(
        "",
        description="The last part of its address: lower-case letters and digits of any script and single hyphens. "
        "Without it, the file's name. It never changes after publication.",
        examples=["harvest-fair"],
    )
    status: Annotated[Status, BeforeValidator(choice_of(Status)), _one_of(Status, may_be_empty=False)] = Field(
        Status.PUBLISHED,
        description="A draft is in no output; what is hidden has its page but stands in no list; "
        "what is withdrawn leaves a note.",
        examples=["draft"],
    )
    standfirst: Text = Field(
        "", description="The sentence under the headline.", examples=["Growers from forty villages came."]
    )
    summary: Text = Field(
        "",
        description="One sentence for cards, feeds and search engines; without it, the text's first words.",
        examples=["The autumn fair drew growers from forty villages."],
    )
    photo: Annotated[
        PhotoKeys | None,
        BeforeValidator(as_photo),
        Form("path, or group of keys", {"anyOf": [_PATH, _object(PhotoKeys)]}),
    ] = Field(
        None,
        description="The lead picture.",
        examples=[
            {"file": "images/fair.jpg", "alt": "Growers at a stall", "caption": "The fair.", "credit": "Ani Example"}
        ],
    )
    translation_of: Slug = Field(
        "",
        description="The slug of the same piece in another language, where the two slugs differ.",
        examples=["harvest-fair"],
    )
    aliases: Annotated[
        list[Annotated[str, BeforeValidator(as_alias)]],
        BeforeValidator(as_texts),
        Form("list of paths", _list_of({"type": ["string", "null"], "pattern": "^/"})),
    ] = Field([], description="Earlier addresses on this site, which lead here.", examples=[["/2019/05/03/fair/"]])


class StoryKeys(PageKeys):
    """What only a story may say."""

    category: Annotated[
        str, BeforeValidator(as_category), Form("section's id", {"type": ["string", "number", "null"]})
    ] = Field("", description="The section that it stands in.", examples=["community"])
    genre: Annotated[Genre, BeforeValidator(choice_of(Genre)), _one_of(Genre)] = Field(
        Genre.REPORT, description="The type of work, as readers and search engines are told it.", examples=["report"]
    )
    kicker: Text = Field("", description="The short label above the headline.", examples=["Autumn"])
    authors: Annotated[
        list[AuthorKeys],
        BeforeValidator(as_authors),
        Form(
            "list of names",
            {"anyOf": [*_list_of({"anyOf": [{"type": ["string", "null"]}, _object(AuthorKeys)]})["anyOf"]]},
        ),
    ] = Field(
        [],
        description="The byline, in its order. On one line, names are parted by `;` or, where there is none, "
        "by commas. `author` is read too.",
        examples=[["Ani Example", {"name": "Jane Sample", "note": "Special to the Courier"}]],
    )
    agency: Annotated[str, BeforeValidator(as_text), Form("agency's id", _STRING)] = Field(
        "", description="The wire service that supplied the copy.", examples=["example-wire"]
    )
    dateline: Text = Field(
        "",
        description="Where it was reported, instead of typing it at the head of the text.",
        examples=["GYUMRI, Armenia"],
    )
    tags: Annotated[list[Text], BeforeValidator(as_texts), Form("list of texts", _list_of(_ANY_TEXT))] = Field(
        [], description="Its topics. On one line they are parted like `authors`.", examples=[["harvest", "Gyumri"]]
    )
    newsletter: Annotated[
        NewsletterKeys | None,
        BeforeValidator(as_newsletter),
        Form("list's id, or `off`, or group of keys", {"anyOf": [_LIST_ID, _object(NewsletterKeys)]}),
    ] = Field(
        None,
        description="The list whose sign-up stands in the middle; a group names middle and end; `off` takes both out.",
        examples=["weekly", "off", {"middle": "daily", "end": "off"}],
    )
    corrections: Annotated[
        list[CorrectionKeys],
        Form("list of groups of keys", {"type": ["array", "null"], "items": _object(CorrectionKeys)}),
    ] = Field(
        [],
        description="What was changed after publication, printed with the story.",
        examples=[[{"date": "2026-10-04", "kind": "correction", "text": "The fair has forty growers."}]],
    )
    embargo: Hold = Field(
        None, description="Not to be seen by anyone before this instant.", examples=["2026-10-03 18:00"]
    )
    priority: Annotated[int, BeforeValidator(as_number), Form("whole number", {"type": ["integer", "null"]})] = Field(
        0, description="Among stories of the same instant, the highest comes first.", examples=["1"]
    )
    id: Text = Field(
        "",
        description="Its id in feeds, where it came from a site that gave it one; it never changes.",
        examples=["tag:courier.example:2019/fair"],
    )
    source: Annotated[str, BeforeValidator(as_address), Form("web address", {**_STRING, "pattern": "^https?://"})] = (
        Field(
            "", description="Where the piece first appeared, if elsewhere.", examples=["https://wire.example/harvest"]
        )
    )


KEYS: AbstractMapping[Kind, type[PageKeys]] = {Kind.STORY: StoryKeys, Kind.PAGE: PageKeys}
NEEDED: AbstractMapping[Kind, tuple[str, ...]] = {Kind.STORY: ("title", "date"), Kind.PAGE: ("title",)}
HOLDS = ("status", "embargo")
"""Keys that hold a story back: one that is typed and left empty was meant to, and publishes nothing."""

# --- Reading ---------------------------------------------------------------------------------------------------------

OTHER_WORDS: AbstractMapping[str, str] = {
    **dict.fromkeys(("headline", "head", "hed", "heading", "name"), "title"),
    **dict.fromkeys(("publish", "published", "pubdate", "publish_date", "publishdate", "created", "time"), "date"),
    **dict.fromkeys(("updated", "lastmod", "last_modified", "update", "changed"), "modified"),
    **dict.fromkeys(("section", "sections", "categories", "desk", "rubric"), "category"),
    **dict.fromkeys(("keywords", "topics", "topic", "keyword", "labels"), "tags"),
    **dict.fromkeys(("description", "excerpt", "abstract"), "summary"),
    **dict.fromkeys(("subtitle", "subhead", "subheading", "dek", "deck", "lede", "lead"), "standfirst"),
    **dict.fromkeys(("byline", "by", "writer", "writers", "reporter"), "authors"),
    **dict.fromkeys(
        ("image", "picture", "cover", "thumbnail", "featured_image", "og_image", "caption", "alt", "credit"), "photo"
    ),
    **dict.fromkeys(("wire",), "agency"),
    **dict.fromkeys(("language", "locale"), "lang"),
    **dict.fromkeys(("draft", "published_status", "state"), "status"),
    **dict.fromkeys(("signup", "signups", "newsletters", "subscribe"), "newsletter"),
    **dict.fromkeys(("translation", "translations", "translation_id"), "translation_of"),
    **dict.fromkeys(("redirect_from", "redirects", "redirect"), "aliases"),
    **dict.fromkeys(("guid", "uid", "feed_id"), "id"),
    **dict.fromkeys(("original", "canonical", "canonical_url", "original_url"), "source"),
    **dict.fromkeys(("type", "kind", "format"), "genre"),
    **dict.fromkeys(("weight", "order", "rank"), "priority"),
    **dict.fromkeys(("permalink", "basename"), "slug"),
    **dict.fromkeys(("location", "place", "city"), "dateline"),
    **dict.fromkeys(("label", "eyebrow", "overline"), "kicker"),
}
"""Words of other systems → our key."""

NOT_HERE: AbstractMapping[str, str] = {
    "settings": "the paper's settings stand in pelicanconf.py, not in a story",
    "url_format": "all stories' addresses are made alike, by ARTICLE_URL in pelicanconf.py; slug: is the last part",
    "url": "a story's address is its date and its slug: type slug:, and aliases: for an old address",
    "save_as": "a story's address is its date and its slug: type slug:, and aliases: for an old address",
    "template": "all stories use the same template; for another look, say what it is: genre:",
}
"""Words that Pelican reads and this paper does not, and what to do instead."""

_DRAFT = re.compile(r"""^status[ \t]*:[ \t]*["']?draft["']?[ \t]*(?:#.*)?$""", re.MULTILINE | re.IGNORECASE)


def read_front_matter(path: str, split: Split, settings: ReaderSettings, kind: Kind) -> Story:
    """The row with what its front matter says, and every fault of it. path: from content/.

    Nothing is raised for a fault: what can be known is filled in, and `fault` is True where an error was found.
    """
    stem = _stem(path)
    if split.root is None:
        status = _raw_status(split)
        return Story(path, kind, settings.lang, slugify(stem), status=status, problems=split.problems, fault=True)
    sheet = _Sheet(path, split.root, kind, settings)
    sheet.take_keys()
    keys = sheet.typed_keys()
    sheet.check_texts()
    updated = sheet.check_order(keys)
    sheet.check_needed(split.complete)
    slug = keys.slug or (sheet.slug_of_file(stem) if split.complete and sheet.is_blank("slug") else slugify(stem))
    problems = (*split.problems, *sheet.problems)
    return _row(
        path,
        kind,
        keys,
        lang=keys.lang or settings.lang,
        slug=slug,
        status=keys.status if "status" in sheet.values else _raw_status(split),
        updated=updated,
        extra=sheet.extra,
        problems=problems,
        lines=sheet.lines,
        fault=any(problem.severity is Severity.ERROR for problem in problems),
    )


def _stem(path: str) -> str:
    """The file's name without its last extension, composed as slugs are: macOS writes `é` as two characters."""
    name = path.rsplit("/", 1)[-1]
    return unicodedata.normalize("NFC", name[: name.rfind(".")] if "." in name else name)


def _raw_status(split: Split) -> Status:
    """A draft stays one while its front matter is broken: half-typed copy must not stop the paper."""
    return Status.DRAFT if split.problems and _DRAFT.search(split.block) else Status.PUBLISHED


def _row(path: str, kind: Kind, keys: PageKeys, **more: Any) -> Story:
    """The keys in the paper's words. more: the fields that need more than their key to be known."""
    story = keys if isinstance(keys, StoryKeys) else _NO_STORY
    photo, newsletter = keys.photo, story.newsletter
    return Story(
        path=path,
        kind=kind,
        headline=keys.title,
        date=keys.date,
        embargo=story.embargo,
        section=story.category,
        topics=tuple(dict.fromkeys(tag for tag in story.tags if tag)),
        authors=tuple(Author(each.name, each.note) for each in story.authors),
        agency=story.agency,
        kicker=story.kicker,
        standfirst=keys.standfirst,
        summary=keys.summary,
        photo=Photo(photo.file, photo.alt, photo.caption, photo.credit) if photo else None,
        genre=story.genre,
        signups=Signups(newsletter.middle, newsletter.end) if newsletter else Signups(),
        corrections=tuple(Correction(each.date, each.kind, each.text) for each in story.corrections),
        dateline=story.dateline,
        translation_of=keys.translation_of,
        aliases=tuple(keys.aliases),
        priority=story.priority,
        id=story.id,
        source=story.source,
        **more,
    )


_NO_STORY = StoryKeys()


class _Sheet:
    """One front matter while it is read: the values still as text, their lines, the faults so far."""

    def __init__(self, path: str, root: Mapping, kind: Kind, settings: ReaderSettings) -> None:
        self.path = path
        self.root = root
        self.kind = kind
        self.settings = settings
        self.keys = KEYS[kind]
        self.values: dict[str, Any] = {}
        self.extra: dict[str, Plain] = {}
        self.seen: dict[str, Node] = {}
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []
        # What misspelt keys were probably meant to be: those are not told again as absent.
        self.meant: set[str] = set()

    def say(self, line: int, code: Code, message: str, hint: str = "") -> None:
        """Note one fault."""
        self.problems.append(Complaint(code, message, hint).at(self.path, line))

    def take_keys(self) -> None:
        """Fill `values` with the keys that are ours and not empty, `extra` with the paper's own; complain of others."""
        known = self.keys.model_fields
        for entry in self.root.entries:
            key = "authors" if entry.key == "author" and self.kind is Kind.STORY else entry.key
            if key in known:
                if key in self.seen:
                    self.say(
                        entry.line,
                        codes.DUPLICATE_KEY,
                        f"'author' and 'authors' are one key, and it stands in line {self.lines[key]} already",
                        "keep one of the two",
                    )
                    continue
                self.seen[key] = entry.value
                self.lines[key] = entry.line
                value = None if _is_damaged(entry.value) else self.plain(entry.value, key)
                if value is not None:
                    self.values[key] = value
            elif key in self.settings.extra_keys:
                self.lines[key] = entry.line
                if not _is_damaged(entry.value):
                    self.extra[key] = self.plain(entry.value, key)
            else:
                self.unknown(entry.line, key, self.keys)

    def plain(self, node: Node, place: str) -> Any:
        """The node as lists, groups and texts, None where it is empty; notes the line of each part under `place`."""
        match node:
            case Scalar():
                return node.text if node.text.strip() or (node.quoted and place == "photo.alt") else None
            case Listing():
                kept: list[Any] = []
                for item in node.items:
                    part = f"{place}.{len(kept)}"
                    self.lines[part] = item.line
                    if (value := self.plain(item, part)) is not None:
                        kept.append(value)
                return kept
            case Mapping():
                group = {}
                for entry in node.entries:
                    part = f"{place}.{entry.key}"
                    self.lines[part] = entry.line
                    if (value := self.plain(entry.value, part)) is not None:
                        group[entry.key] = value
                return group
        return None

    def unknown(self, line: int, key: str, keys: type[_Keys], within: str = "") -> None:
        """Complain of a key that nothing reads, with the one that was probably meant."""
        known = list(keys.model_fields)
        word = key.lower().replace("-", "_").replace(" ", "_")
        place = f"of '{within}'" if within else f"of a {self.kind}"
        if not within and self.kind is Kind.PAGE and (key in StoryKeys.model_fields or key == "author"):
            self.say(
                line,
                codes.UNKNOWN_KEY,
                f"'{key}' is a key of stories, and this file is a page",
                "delete it, or move the file out of pages/",
            )
            return
        if not within and word in NOT_HERE:
            self.say(line, codes.UNKNOWN_KEY, f"'{key}' is not a key {place}", NOT_HERE[word])
            return
        near = word if word in known else "" if within else OTHER_WORDS.get(word, "")
        if near not in known:
            near = next(iter(get_close_matches(word, known, n=1)), "")
        hint = f"did you mean {near}?" if near else f"known here: {', '.join(known)}"
        if not near and not within:
            hint = "the keys stand in docs/front-matter.md; one of the paper's own belongs in the setting EXTRA_KEYS"
        elif not within:
            self.meant.add(near)
        self.say(line, codes.UNKNOWN_KEY, f"'{key}' is not a key {place}", hint)

    def typed_keys(self) -> PageKeys:
        """The values typed; those that cannot be are told and left out."""
        try:
            return self.keys.model_validate(self.values, context=self.settings)
        except ValidationError as fault:
            errors = fault.errors(include_url=False, include_input=False)
        for error in errors:
            self.explain(error)
        wrong = {error["loc"][0] for error in errors}
        self.values = {key: value for key, value in self.values.items() if key not in wrong}
        return self.keys.model_validate(self.values, context=self.settings)

    def explain(self, error: ErrorDetails) -> None:
        """Note what pydantic found, at the line of the part that it found it in."""
        place = [str(part) for part in error["loc"]]
        names = [part for part in place if not part.isdigit()]
        top, key = names[0], names[-1]
        line = next(line for length in range(len(place), 0, -1) if (line := self.lines.get(".".join(place[:length]))))
        match error["type"]:
            case "extra_forbidden":
                self.unknown(line, key, _GROUPS[top], top)
            case "missing":
                self.say(
                    line,
                    codes.MISSING_KEY,
                    f"'{top}' has no '{key}'",
                    f"{key}: {_as_yaml(_example(_GROUPS[top], key))}",
                )
            case "value_error" if isinstance(found := error["ctx"]["error"], BadValue):
                code, hint = found.complaint.code, found.complaint.hint.replace("{key}", key)
                if code is codes.WRONG_SHAPE:
                    hint = f"{top}: {_as_yaml(_example(self.keys, top))}"
                self.say(line, code, found.complaint.message.replace("{key}", key), hint)
            case _:
                # What is left are pydantic's own words for a text where a group or list belongs, or the reverse.
                self.say(
                    line,
                    codes.WRONG_SHAPE,
                    self.shape_words(top, place),
                    f"{top}: {_as_yaml(_example(self.keys, top))}",
                )

    def shape_words(self, top: str, place: list[str]) -> str:
        """What a key takes, and what stands there instead."""
        value: Any = self.values[top]
        for part in place[1:]:
            value = value[int(part)] if isinstance(value, list) else value
        if len(place) > 1:
            return f"{shape_of(value)} stands inside '{top}' where it cannot"
        form = next(each for each in self.keys.model_fields[top].metadata if isinstance(each, Form))
        return f"'{top}' takes a {form.word}, and {shape_of(value)} stands here"

    def check_texts(self) -> None:
        """Warn of markup where plain text is printed."""
        for place, text in _plain_texts(self.values):
            if found := MARKUP.search(text):
                key = place.rsplit(".", 1)[-1]
                shown = found[0] if found[0] != "](" else "[…](…)"
                self.say(
                    self.lines[place],
                    codes.MARKUP,
                    f"'{shown}' in {key} is printed as typed: only plain text is read here",
                    "leave the markup out",
                )

    def check_needed(self, complete: bool) -> None:
        """Complain of what is absent or empty. complete: all keys of the file are known."""
        for key in NEEDED[self.kind]:
            if key not in self.seen:
                if complete and key not in self.meant:
                    example = _as_yaml(_example(self.keys, key))
                    self.say(self.root.line, codes.MISSING_KEY, f"the {self.kind} has no '{key}'", f"{key}: {example}")
            elif isinstance(value := self.seen[key], Scalar) and not value.text.strip():
                self.say(
                    self.lines[key],
                    codes.EMPTY_KEY,
                    f"'{key}' is empty",
                    f"{key}: {_as_yaml(_example(self.keys, key))}",
                )
        for key in HOLDS:
            if key in self.seen and self.is_blank(key):
                example = _as_yaml(_example(self.keys, key))
                hint = f"{key}: {example}; if nothing is to be held back, delete the line"
                self.say(self.lines[key], codes.EMPTY_HOLD, f"'{key}' is empty, so it would hold nothing back", hint)
        if self.kind is Kind.STORY and complete and "category" not in self.meant and self.is_blank("category"):
            self.say(
                self.lines.get("category", self.root.line),
                codes.NO_CATEGORY,
                "the story has no category, so it stands in no section",
                "category: community",
            )

    def check_order(self, keys: PageKeys) -> dt.datetime | None:
        """The instant of the last change; warns of one before publication.

        A change on the day of publication, without an hour, is as late as the publication itself.
        """
        if not (keys.date and keys.modified and keys.modified < keys.date):
            return keys.modified
        has_hour = len(self.values["modified"].strip()) > len("2026-10-03")
        if not has_hour and keys.modified.date() == keys.date.date():
            return keys.date
        message = f"it was changed on {self.values['modified']}, before its date {self.values['date']}"
        hint = "a story that is published anew keeps its first date"
        self.say(self.lines["modified"], codes.MODIFIED_BEFORE_DATE, message, hint)
        return keys.modified

    def slug_of_file(self, stem: str) -> str:
        """The slug that the file's name gives, or else the nearest one and a complaint about the whole file."""
        why = slug_fault(stem)
        if not why:
            return stem
        message = f"the file's name '{stem}' {why}, so it cannot be the slug"
        self.say(0, codes.BAD_FILE_NAME, message, f"rename it, or type {slug_hint(stem, 'slug')}")
        return slugify(stem)

    def is_blank(self, key: str) -> bool:
        """Whether a key is absent or has no value."""
        value = self.seen.get(key)
        return value is None or (isinstance(value, Scalar) and not value.text.strip())


_GROUPS: AbstractMapping[str, type[_Keys]] = {
    "authors": AuthorKeys,
    "photo": PhotoKeys,
    "newsletter": NewsletterKeys,
    "corrections": CorrectionKeys,
}
"""The keys that hold groups of keys."""


def _is_damaged(node: Node) -> bool:
    """Whether a part of a value could not be read; that has been told, and the rest of it would only mislead."""
    match node:
        case Damaged():
            return True
        case Listing(items, _):
            return any(map(_is_damaged, items))
        case Mapping(entries, _):
            return any(_is_damaged(entry.value) for entry in entries)
    return False


def _plain_texts(values: AbstractMapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(place, text) of each text that readers see as typed."""
    photo, corrections = values.get("photo"), values.get("corrections")
    each: list[tuple[str, object]] = [(key, values.get(key)) for key in ("title", "kicker", "standfirst", "summary")]
    if isinstance(photo, dict):
        each += [(f"photo.{key}", photo.get(key)) for key in ("alt", "caption", "credit")]
    if isinstance(corrections, list):
        each += [
            (f"corrections.{n}.text", item.get("text")) for n, item in enumerate(corrections) if isinstance(item, dict)
        ]
    return ((place, text) for place, text in each if isinstance(text, str))


def _example(keys: type[_Keys], key: str) -> Any:
    return (keys.model_fields[key].examples or [""])[0]


def _as_yaml(value: object) -> str:
    """An example as an author types it, on one line."""
    match value:
        case list():
            return "[" + ", ".join(map(_as_yaml, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{key}: {_as_yaml(part)}" for key, part in value.items()) + "}"
    text = str(value)
    return f'"{text}"' if re.search(r"[,\[\]{}#]|: ", text) else text


# --- What the types say of themselves --------------------------------------------------------------------------------


def json_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a story's front matter, for editors that check while one types."""
    properties = _properties(StoryKeys)
    properties["author"] = {**properties["authors"], "description": "The same as `authors`."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a story",
        "description": "What the author of a story may say of it. `make schema` writes this file.",
        "type": "object",
        "properties": dict(sorted(properties.items())),
        "required": list(NEEDED[Kind.STORY]),
        "additionalProperties": False,
    }


_INTRODUCTION = """\
<!-- `make schema` writes this file from plugins/stories/schema.py: change it there. -->

# Front matter

What stands at the top of a story's file, between two lines `---`, one `key: value` a line:

```
---
title: Harvest fair fills the square
date: 2026-10-03 09:30
category: community
---

GYUMRI, Armenia (Example Wire) — Growers from forty villages …
```

Pelican's plain headers (`Title: …`, without `---`, up to the first blank line) are read too; they hold texts only,
no lists or groups.

- Every value is read as the text that was typed: `title: Yes` is a headline. A text needs quotes where it has a colon
  and a space or a ` #` in it, or begins with one of `` [ ] { } , & * ! | > % @ ` " ' `` or with `- ` or `? `.
- A date is `2026-10-03` or `2026-10-03 09:30`, in the paper's time zone, or has its offset: `2026-10-03 09:30+04:00`.
- A comment has a line of its own, which begins with `#`.
- Texts are plain: no Markdown, no HTML. Quotation marks and dashes become typographic ones.
- An unknown key is an error, unless the setting `EXTRA_KEYS` lists it.
- A key without a value is taken as absent; but an empty `status:` or `embargo:` is an error, and the story stays
  unpublished: somebody meant to hold it back.
"""


def reference_page() -> str:
    """docs/front-matter.md."""
    story_only = [key for key in StoryKeys.model_fields if key not in PageKeys.model_fields]
    parts = [
        _INTRODUCTION,
        "## Keys of stories and pages\n",
        _table(PageKeys, PageKeys.model_fields, needed=NEEDED[Kind.STORY]),
        "Files under `content/pages/` need no date.\n",
        "## Keys of stories only\n",
        _table(StoryKeys, story_only),
    ]
    for key, keys in sorted(_GROUPS.items()):
        parts += [f"## Keys in `{key}`\n", _table(keys, keys.model_fields)]
    return "\n".join(parts)


def _table(keys: type[_Keys], names: Iterable[str], needed: Iterable[str] = ()) -> str:
    rows = ["| key | means | type | example | needed |", "|---|---|---|---|---|"]
    needed = set(needed)
    for name in names:
        field = keys.model_fields[name]
        form = next(each for each in field.metadata if isinstance(each, Form))
        examples = "<br>".join(f"`{name}: {_as_yaml(example)}`" for example in field.examples or ())
        yes = "yes" if field.is_required() or name in needed else ""
        rows.append(f"| `{name}` | {field.description} | {form.word} | {examples} | {yes} |")
    return "\n".join(rows) + "\n"
