"""The paper's newsletters and where it puts their sign-ups, as editors type them in newsletters.toml.

    [placement.default]
    middle = "daily"                    every story: the daily in the middle, the weekly at the end
    end = "weekly"
    [placement.section.opinion]
    middle = "off"                      but no box in the middle of an opinion
    [lists.daily]
    name = "The Courier Daily"
    invitation = "Get the Courier in your inbox:"
    provider = "buttondown"
    username = "courier"

The most specific row that says something wins, key by key: the story's language, then its genre, its section, the
default. Language comes first, since nobody has a use for a letter that they cannot read. Obituaries, corrections and
sponsored copy get a sign-up only where their own genre's row, or the story itself, asks for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from msgspec import Struct, field

from plugins.newsletters.codes import (
    BAD_ID,
    INSECURE,
    MISSING_FIELD,
    UNKNOWN_LIST,
    UNKNOWN_LIST_IN_PLACEMENT,
    UNKNOWN_PROVIDER,
)
from plugins.newsletters.providers import CONTRACTS, Contract, Field, Form, check_value, make_form
from plugins.newsroom.problem import Complaint, Problem
from plugins.newsroom.story import Genre, Kind, Status, Story
from plugins.newsroom.tables import BAD_VALUE, WRONG_TYPE, Table, name_in, unknown_keys, value_of

OFF = "off"
QUIET_GENRES = frozenset({Genre.OBITUARY, Genre.CORRECTION, Genre.SPONSORED})
MIN_WORDS = 250
MIN_TAIL = 400

Words = str | Mapping[str, str]
"""What readers see: one text for all languages, or one for each."""


class SignupList(Struct, frozen=True):
    """One newsletter. values: the provider's fields. own_inputs: hidden inputs of the editor's.

    privacy, archive: addresses of pages, `/privacy/` or `https://…`. consent_box: readers tick that they consent.
    lines: where keys stand in the table.
    """

    id: str
    name: Words
    provider: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_inputs: Mapping[str, str] = field(default_factory=dict)
    invitation: Words = ""
    description: Words = ""
    frequency: Words = ""
    consent: Words = ""
    consent_box: bool = False
    privacy: str = ""
    archive: str = ""
    lang: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def form(self, *, story: str = "", lang: str = "", page: str = "") -> Form:
        """The provider's form or link. story: which one it stands in, `en/harvest-fair`. lang: of the page.

        page: the page's whole address, where it is known.
        """
        return make_form(
            CONTRACTS[self.provider],
            self.values,
            self.own_inputs,
            story=story,
            lang=self.lang or lang,
            page=page,
            with_box=self.consent_box,
        )

    def language(self, lang: str) -> str:
        """The language in which a page in `lang` prints the list's words: its own, the page's, or else its name's."""
        wanted = self.lang or lang
        if isinstance(self.name, str) or in_language(self.name, wanted):
            return wanted
        return next(iter(self.name))

    def invite(self, lang: str) -> str:
        """The line above the form; without one, the newsletter's name."""
        return in_language(self.invitation, lang) or in_language(self.name, lang)


def in_language(words: Words, lang: str) -> str:
    """The words for a language."""
    return name_in({"name": words}, lang)


class Placement(Struct, frozen=True):
    """One row of [placement], or what a story's rows come to. middle, end: a list's id, `off`, or None.

    min_words: a shorter story has no sign-up in its middle. min_tail: characters of text that must follow that one.
    """

    middle: str | None = None
    end: str | None = None
    min_words: int | None = None
    min_tail: int | None = None


class Newsletters(Struct, frozen=True):
    """All of newsletters.toml; empty where the paper has none.

    feed_link: the list to which the end of each story in a feed leads, or empty. path: the table's, from content/.
    """

    lists: Mapping[str, SignupList] = field(default_factory=dict)
    default: Placement = Placement()
    sections: Mapping[str, Placement] = field(default_factory=dict)
    genres: Mapping[str, Placement] = field(default_factory=dict)
    langs: Mapping[str, Placement] = field(default_factory=dict)
    feed_link: str = ""
    path: str = "data/newsletters.toml"

    @property
    def form_origins(self) -> tuple[str, ...]:
        """Every origin to which a form of the paper is sent, sorted: for `form-action` of a Content-Security-Policy."""
        return tuple(sorted({origin for each in self.lists.values() for origin in each.form().origins}))

    def policy(self, *, section: str, genre: str, lang: str) -> Placement:
        """What the paper says of such a story, by the most specific of language, genre, section, default."""
        by_lang = self.langs.get(lang) or self.langs.get(lang.partition("-")[0])
        own = self.genres.get(genre)
        rows = [row for row in (by_lang, own, self.sections.get(section), self.default) if row is not None]
        asking = ([own] if own else []) if genre in QUIET_GENRES else rows
        return Placement(
            middle=next((row.middle for row in asking if row.middle is not None), None),
            end=next((row.end for row in asking if row.end is not None), None),
            min_words=next((row.min_words for row in rows if row.min_words is not None), MIN_WORDS),
            min_tail=next((row.min_tail for row in rows if row.min_tail is not None), MIN_TAIL),
        )

    def policy_for(self, story: Story) -> Placement:
        """What the paper says of this story."""
        return self.policy(section=story.section, genre=story.genre, lang=story.lang)

    def for_bare_marker(self, story: Story) -> str | None:
        """The list that `[newsletter]` means without a name: the story's, its policy's, or the paper's usual one."""
        policy = self.policy_for(story)
        ids = (
            story.signups.middle,
            policy.middle,
            self.default.middle,
            story.signups.end,
            policy.end,
            self.default.end,
        )
        return next((id_ for id_ in ids if id_ is not None and id_ != OFF), None)


def check_signups(story: Story, newsletters: Newsletters) -> Iterator[tuple[str, Complaint]]:
    """Every list that a story names must be there; yields the key of `Story.lines` at which it is named."""
    if story.status is Status.WITHDRAWN or story.kind is Kind.PAGE:
        return
    named: dict[str, str] = {}
    for key, id_ in (("middle", story.signups.middle), ("end", story.signups.end)):
        if id_ is not None and id_ != OFF:
            named.setdefault(id_, f"newsletter.{key}" if f"newsletter.{key}" in story.lines else "newsletter")
    fact = story.facts.get("newsletter")
    if isinstance(fact, dict):
        typed = fact.get("list")
        if isinstance(typed, str):
            named.setdefault(typed, "marker")
        elif newsletters.for_bare_marker(story) is None:
            hint = _choices(newsletters, "[newsletter: {}]")
            yield "marker", Complaint(UNKNOWN_LIST, "no newsletter is set for this mark", hint)
    for id_, key in named.items():
        if id_ not in newsletters.lists:
            yield key, Complaint(UNKNOWN_LIST, f"there is no newsletter '{id_}'", _did_you_mean(id_, newsletters.lists))


def _did_you_mean(id_: str, lists: Iterable[str]) -> str:
    known = sorted(lists)
    near = get_close_matches(id_.lower(), known, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"the newsletters are {', '.join(known)}" if known else "content/data/newsletters.toml has no lists yet"


def _choices(newsletters: Newsletters, form: str) -> str:
    known = sorted(newsletters.lists)
    return " or ".join(form.format(id_) for id_ in known) if known else _did_you_mean("", known)


# Reading the table.

_WORDS = ("name", "invitation", "description", "frequency", "consent")
_LIST_KEYS = (*_WORDS, "provider", "consent_box", "privacy", "archive", "lang")
_PLACEMENT_KEYS = ("middle", "end", "min_words", "min_tail")
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_LANG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")


def read_newsletters(table: Table) -> tuple[Newsletters, list[Problem]]:
    """newsletters.toml, typed. A list with a fault is left out; a placement that names it is not told as well."""
    problems: list[Problem] = list(unknown_keys(table, table.rows, ("placement", "lists", "feed")))
    rows = value_of(table, table.rows, "lists", dict, {}, problems)
    lists: dict[str, SignupList] = {}
    for id_, row in rows.items():
        signup_list = _read_list(table, id_, row, problems)
        if signup_list is not None:
            lists[id_] = signup_list
    placement = value_of(table, table.rows, "placement", dict, {}, problems)
    problems += unknown_keys(table, placement, ("default", "section", "genre", "lang"), "placement")
    newsletters = Newsletters(
        lists,
        _read_placement(table, placement.get("default", {}), rows, problems, "placement", "default"),
        _read_placements(table, placement, "section", rows, problems),
        _read_placements(table, placement, "genre", rows, problems),
        _read_placements(table, placement, "lang", rows, problems),
        _read_feed(table, rows, problems),
        table.path,
    )
    return newsletters, problems


def _read_list(table: Table, id_: str, row: Any, problems: list[Problem]) -> SignupList | None:
    before = len(problems)
    here = ("lists", id_)
    if not _ID.fullmatch(id_) or id_ == OFF:
        hint = "small letters, digits and dashes, and not 'off'"
        problems.append(table.problem(BAD_ID, f"'{id_}' cannot be a list's id", *here, hint=hint))
    if not isinstance(row, Mapping):
        problems.append(table.problem(WRONG_TYPE, f"'{id_}' must be a table", *here, hint=f"[lists.{id_}]"))
        return None
    contract = _contract(table, row, problems, *here)
    known = (*_LIST_KEYS, *contract.fields, *(("hidden",) if contract.own_inputs else ())) if contract else row
    problems += unknown_keys(table, row, known, *here)
    words = {key: _words(table, row, key, problems, *here) for key in _WORDS}
    names = row.get("name", "")
    if not names or (isinstance(names, Mapping) and not all(names.values())):
        at = (*here, "name") if "name" in row else here
        problems.append(
            table.problem(MISSING_FIELD, f"the list '{id_}' has no name", *at, hint='name = "The Courier Weekly"')
        )
    lang = value_of(table, row, "lang", str, "", problems, *here).lower()
    if lang and not _LANG.fullmatch(lang):
        problems.append(table.problem(BAD_VALUE, f"'{lang}' is no language", *here, "lang", hint='lang = "hy"'))
    privacy, archive = (_address(table, row, key, problems, *here) for key in ("privacy", "archive"))
    consent_box = value_of(table, row, "consent_box", bool, False, problems, *here)
    if consent_box and contract:
        problems += _check_box(table, row, contract, *here)
    values = _values(table, row, contract, problems, *here) if contract else {}
    own_inputs = _own_inputs(table, row, problems, *here) if contract and contract.own_inputs else {}
    if len(problems) > before:
        return None
    return SignupList(
        id_,
        provider=row["provider"],
        values=values,
        own_inputs=own_inputs,
        consent_box=consent_box,
        privacy=privacy,
        archive=archive,
        lang=lang,
        lines={key: table.line(*here, key) for key in ("privacy", "archive")},
        **words,
    )


def _contract(table: Table, row: Mapping[str, Any], problems: list[Problem], *here: str) -> Contract | None:
    provider = value_of(table, row, "provider", str, "", problems, *here)
    known = sorted(CONTRACTS)
    if provider in CONTRACTS:
        return CONTRACTS[provider]
    if "provider" not in row:
        hint = f"one of {', '.join(known)}"
        problems.append(table.problem(MISSING_FIELD, f"the list '{here[-1]}' has no provider", *here, hint=hint))
    elif provider:
        near = get_close_matches(provider.lower(), known, n=1)
        hint = f'did you mean "{near[0]}"?' if near else f'one of {", ".join(known)}; "form" and "link" serve any other'
        problems.append(
            table.problem(UNKNOWN_PROVIDER, f"there is no provider '{provider}'", *here, "provider", hint=hint)
        )
    return None


def _words(table: Table, row: Mapping[str, Any], key: str, problems: list[Problem], *here: str) -> Words:
    value = row.get(key, "")
    each = list(value.values()) if isinstance(value, Mapping) else [value]
    if not all(isinstance(text, str) for text in each):
        message = f"'{key}' must be text in quotes, or a table of texts by language"
        problems.append(table.problem(WRONG_TYPE, message, *here, key, hint=f'{key} = {{en = "…", hy = "…"}}'))
        return ""
    return value if isinstance(value, str) else dict(value)


def _address(table: Table, row: Mapping[str, Any], key: str, problems: list[Problem], *here: str) -> str:
    """A page of the paper (`/privacy/`), or an https address."""
    value: str = value_of(table, row, key, str, "", problems, *here)
    if value.lower().startswith("http://"):
        hint = f'{key} = "https://{value[len("http://") :]}"'
        problems.append(table.problem(INSECURE, f"'{key}' is plain http", *here, key, hint=hint))
    elif value and not re.fullmatch(r"https://[^\s\"'<>]+|/(?!/)[^\s\"'<>]*", value):
        message = f"'{value}' is no address of a page"
        problems.append(table.problem(BAD_VALUE, message, *here, key, hint=f'{key} = "/{key}/"'))
    return value


def _check_box(table: Table, row: Mapping[str, Any], contract: Contract, *here: str) -> Iterator[Problem]:
    """A box to tick needs words beside it, and a provider that takes it."""
    if not row.get("consent"):
        hint = 'consent = "I agree to get this newsletter by e-mail."'
        yield table.problem(MISSING_FIELD, "a box to tick needs words beside it", *here, "consent_box", hint=hint)
    if not contract.takes_consent(row):
        wants = re.findall(r"\{(\w+)\}", contract.box[0])
        hint = f"add '{wants[0]}'" if wants else "take the line out: whoever sends the form has agreed to its words"
        message = f"{row['provider']} cannot be told that a box was ticked" + (" here" if wants else "")
        yield table.problem(MISSING_FIELD, message, *here, "consent_box", hint=hint)


def _read_feed(table: Table, lists: Mapping[str, Any], problems: list[Problem]) -> str:
    """The list that feeds link to, or empty."""
    feed = value_of(table, table.rows, "feed", dict, {}, problems)
    problems += unknown_keys(table, feed, ("link",), "feed")
    id_: str = value_of(table, feed, "link", str, "", problems, "feed")
    if id_ in ("", OFF) or id_ in lists:
        return "" if id_ == OFF else id_
    hint = _did_you_mean(id_, lists)
    problems.append(table.problem(UNKNOWN_LIST_IN_PLACEMENT, f"there is no list '{id_}'", "feed", "link", hint=hint))
    return ""


def _values(
    table: Table, row: Mapping[str, Any], contract: Contract, problems: list[Problem], *here: str
) -> dict[str, tuple[str, ...]]:
    """The provider's fields as texts; an id that was typed as a number is one too."""
    values: dict[str, tuple[str, ...]] = {}
    for key, wanted in contract.fields.items():
        if key in row:
            values[key] = tuple(_checked(table, row[key], wanted, problems, *here, key))
        elif wanted.required:
            message = f"the list '{here[-1]}' has no '{key}', which {row['provider']} needs"
            problems.append(table.problem(MISSING_FIELD, message, *here, hint=f'{key} = "{wanted.shape.example}"'))
    return values


def _checked(table: Table, value: Any, wanted: Field, problems: list[Problem], *here: str) -> Iterator[str]:
    key = here[-1]
    each = value if wanted.many and isinstance(value, list) else [value]
    if not each:
        problems.append(
            table.problem(MISSING_FIELD, f"'{key}' is empty", *here, hint=f'{key} = "{wanted.shape.example}"')
        )
    for one in each:
        if not isinstance(one, str | int) or isinstance(one, bool):
            kinds = "text in quotes, or a list of texts" if wanted.many else "text in quotes"
            problems.append(table.problem(WRONG_TYPE, f"'{key}' must be {kinds}", *here))
            continue
        complaint = check_value(key, str(one), wanted.shape)
        if complaint:
            problems.append(table.problem(complaint.code, complaint.message, *here, hint=complaint.hint))
        yield str(one)


def _own_inputs(table: Table, row: Mapping[str, Any], problems: list[Problem], *here: str) -> dict[str, str]:
    value = value_of(table, row, "hidden", dict, {}, problems, *here)
    if not all(isinstance(text, str) for text in value.values()):
        problems.append(
            table.problem(
                WRONG_TYPE, "'hidden' must hold texts in quotes", *here, "hidden", hint='hidden = {source = "web"}'
            )
        )
        return {}
    return dict(value)


def _read_placements(
    table: Table, placement: Mapping[str, Any], kind: str, lists: Mapping[str, Any], problems: list[Problem]
) -> dict[str, Placement]:
    """The rows for sections, genres or languages, by id."""
    rows = value_of(table, placement, kind, dict, {}, problems, "placement")
    found: dict[str, Placement] = {}
    for id_, row in rows.items():
        here = ("placement", kind, id_)
        if kind == "genre" and id_ not in list(Genre):
            near = get_close_matches(id_.lower(), list(Genre), n=1)
            hint = f"did you mean {near[0]}?" if near else f"the genres are {', '.join(Genre)}"
            problems.append(table.problem(BAD_VALUE, f"there is no genre '{id_}'", *here, hint=hint))
        if kind == "lang" and not _LANG.fullmatch(id_.lower()):
            problems.append(table.problem(BAD_VALUE, f"'{id_}' is no language", *here, hint="[placement.lang.hy]"))
        found[id_.lower() if kind == "lang" else id_] = _read_placement(table, row, lists, problems, *here)
    return found


def _read_placement(table: Table, row: Any, lists: Mapping[str, Any], problems: list[Problem], *here: str) -> Placement:
    if not isinstance(row, Mapping):
        problems.append(table.problem(WRONG_TYPE, f"'{here[-1]}' must be a table", *here, hint=f"[{'.'.join(here)}]"))
        return Placement()
    problems += unknown_keys(table, row, _PLACEMENT_KEYS, *here)
    ids: dict[str, str | None] = {}
    for key in ("middle", "end"):
        id_ = value_of(table, row, key, str, None, problems, *here)
        if id_ is not None and id_ != OFF and id_ not in lists:
            hint = _did_you_mean(id_, lists)
            problems.append(
                table.problem(UNKNOWN_LIST_IN_PLACEMENT, f"there is no list '{id_}'", *here, key, hint=hint)
            )
            id_ = None
        ids[key] = id_
    numbers: dict[str, int | None] = {}
    for key in ("min_words", "min_tail"):
        number = value_of(table, row, key, int, None, problems, *here)
        if number is not None and number < 0:
            problems.append(table.problem(BAD_VALUE, f"'{key}' cannot be less than 0", *here, key))
            number = None
        numbers[key] = number
    return Placement(ids["middle"], ids["end"], numbers["min_words"], numbers["min_tail"])
