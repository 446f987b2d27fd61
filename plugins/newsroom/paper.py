"""The paper: all that its editors say in `content/data/`, typed once.

    name = "The Ararat Courier"
    languages = ["en", "hy"]
    timezone = "Asia/Yerevan"
    url = "https://courier.example"

`paper.toml` and `sections.toml`, `checks.toml` are typed here, since everything needs them; any other table is
typed by the
plugin that reads it (`hooks.tables`) and lies in `Paper.data`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct, field

from plugins.newsroom.addresses import split_address
from plugins.newsroom.problem import Code, Problem, Rule, Severity
from plugins.newsroom.tables import BAD_VALUE, MISSING_KEY, WRONG_TYPE, Table, name_in, unknown_keys, value_of
from plugins.newsroom.writers import Writer, read_writers

RTL_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


class MenuEntry(Struct, frozen=True):
    """One link of the menu or footer. target: as typed: `/about/` or an absolute address. place: where in
    paper.toml.
    """

    names: Mapping[str, Any]
    target: str
    line: int = 0

    def name(self, lang: str) -> str:
        """What the link is called in a language."""
        return name_in(self.names, lang, self.target)


class FooterGroup(Struct, frozen=True):
    """One column of the footer."""

    names: Mapping[str, Any]
    entries: tuple[MenuEntry, ...]


class Section(Struct, frozen=True):
    """One section; `order` is its place in the menu and on the home page."""

    id: str
    names: Mapping[str, Any] = field(default_factory=dict)
    order: int = 0

    def name(self, lang: str) -> str:
        """What readers call it; without a row, the id with a capital."""
        return name_in(self.names, lang, self.id.replace("-", " ").capitalize())


class Agency(Struct, frozen=True):
    """One wire service. url: its site, or empty. also: other names by which datelines credit it."""

    id: str
    names: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    also: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """Its name in a language, as a byline and a dateline print it."""
        return name_in(self.names, lang, self.id)

    def spellings(self) -> tuple[str, ...]:
        """Every name that a dateline may credit."""
        by_language = self.names.get("name")
        more = by_language.values() if isinstance(by_language, Mapping) else ()
        return tuple(name for name in (*self.names.values(), *more, *self.also) if isinstance(name, str))


class Paper(Struct, frozen=True):
    """What the paper says of itself. url: absolute, without the last slash, or empty. domain: for feed ids."""

    row: Mapping[str, Any] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    timezone: str = "UTC"
    url: str = ""
    domain: str = ""
    menu: tuple[MenuEntry, ...] = ()
    footer: tuple[FooterGroup, ...] = ()
    social: tuple[tuple[str, str], ...] = ()
    logo: str = ""
    favicon: str = ""
    sections: Mapping[str, Section] = field(default_factory=dict)
    sections_closed: bool = False
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    writers: Mapping[str, Writer] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    table: Table = field(default_factory=lambda: Table("data/paper.toml"))
    data: Mapping[str, Any] = field(default_factory=dict)

    def name(self, lang: str) -> str:
        """The paper's name."""
        return name_in(self.row, lang, "Untitled")

    def text(self, key: str, lang: str) -> str:
        """A sentence of paper.toml (tagline, description, copyright), in a language where it is given by language."""
        value = self.row.get(key, "")
        return name_in({"name": value}, lang) if isinstance(value, Mapping) else str(value)

    @property
    def lang(self) -> str:
        """The first language: its pages stand at the root of the site."""
        return self.languages[0]

    def section(self, section: str) -> Section:
        """The row of a section, or a row made from its id where sections.toml has none."""
        return self.sections.get(section) or Section(section, order=len(self.sections))


PAPER_KEYS = (
    *("name", "tagline", "description", "copyright", "languages", "timezone", "url", "domain"),
    *("menu", "footer", "social", "publisher", "logo", "favicon"),
)


def direction(lang: str) -> str:
    """`rtl` or `ltr`, for HTML's `dir`."""
    return "rtl" if lang.split("-", maxsplit=1)[0] in RTL_LANGUAGES else "ltr"


def read_paper(tables: Mapping[str, Table], codes: Mapping[str, Code]) -> tuple[Paper, list[Problem]]:
    """The paper from its tables by name. codes: what checks.toml may speak of. Faults leave the default in place."""
    table = tables.get("paper") or Table("data/paper.toml")
    sections, checks, agencies = tables.get("sections"), tables.get("checks"), tables.get("agencies")
    problems: list[Problem] = list(unknown_keys(table, table.rows, PAPER_KEYS))
    languages = _languages(table, problems)
    row = table.rows
    if not table.rows.get("name") and not table.broken:
        problems.append(
            table.problem(
                MISSING_KEY, "'name' is missing: what is the paper called?", hint='name = "The Example Courier"'
            )
        )
    problems += _wrong_texts(table, row, ("name", "tagline", "description", "copyright"))
    url = _site_url(table, problems)
    domain = value_of(table, row, "domain", str, split_address(url).hostname or "", problems)
    publisher = value_of(table, row, "publisher", dict, {}, problems)
    problems += unknown_keys(table, publisher, ("name", "url", "logo"), "publisher")
    problems += _wrong_texts(table, publisher, ("name", "url", "logo"), "publisher")
    rules, more = read_rules(checks, codes) if checks else ({}, [])
    problems += more
    rows, more = read_sections(sections, languages) if sections else ({}, [])
    problems += more
    wires, more = read_agencies(agencies, languages) if agencies else ({}, [])
    problems += more
    writers, more = read_writers(tables["bylines"], languages) if "bylines" in tables else ({}, [])
    problems += more
    paper = Paper(
        row=row,
        languages=languages,
        timezone=_timezone(table, problems),
        url=url,
        domain=domain,
        menu=tuple(_entries(table, row.get("menu", []), problems, languages, "menu")),
        footer=tuple(_footer(table, problems, languages)),
        social=tuple(_social(table, problems)),
        logo=value_of(table, row, "logo", str, "", problems),
        favicon=value_of(table, row, "favicon", str, "", problems),
        sections=rows,
        sections_closed=sections is not None,
        agencies=wires,
        writers=writers,
        rules=rules,
        table=table,
    )
    return paper, problems


def _wrong_texts(table: Table, row: Mapping[str, Any], keys: Iterable[str], *place: str) -> list[Problem]:
    """Texts that readers see may be one for all languages or a table by language."""
    problems = []
    for key in keys:
        value = row.get(key, "")
        each = value.values() if isinstance(value, Mapping) else [value]
        if not all(isinstance(text, str) for text in each):
            problems.append(
                table.problem(
                    WRONG_TYPE, f"'{key}' must be text in quotes, or a table of texts by language", *place, key
                )
            )
    return problems


def _site_url(table: Table, problems: list[Problem]) -> str:
    url: str = value_of(table, table.rows, "url", str, "", problems).rstrip("/")
    if url and (split_address(url).scheme not in {"http", "https"} or not split_address(url).hostname):
        problems.append(
            table.problem(BAD_VALUE, f"'{url}' is no site's address", "url", hint='url = "https://courier.example"')
        )
        return ""
    return url


def _languages(table: Table, problems: list[Problem]) -> tuple[str, ...]:
    value = value_of(table, table.rows, "languages", list, ["en"], problems)
    tags = [tag.lower() for tag in value if isinstance(tag, str)]
    wrong = len(tags) != len(value) or not tags or len(set(tags)) != len(tags)
    if wrong or not all(part.isalnum() for tag in tags for part in tag.split("-")):
        problems.append(
            table.problem(
                BAD_VALUE, "'languages' must list different language tags", "languages", hint='languages = ["en", "hy"]'
            )
        )
        return ("en",)
    return tuple(tags)


def _timezone(table: Table, problems: list[Problem]) -> str:
    zone: str = value_of(table, table.rows, "timezone", str, "UTC", problems)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append(
            table.problem(BAD_VALUE, f"there is no time zone '{zone}'", "timezone", hint='write it like "Asia/Yerevan"')
        )
        return "UTC"
    return zone


def _entries(
    table: Table, entries: Any, problems: list[Problem], languages: tuple[str, ...], *place: str
) -> list[MenuEntry]:
    found: list[MenuEntry] = []
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        problems.append(
            table.problem(
                WRONG_TYPE, f"'{place[-1]}' must be a list of links", *place, hint='{name = "About", url = "/about/"}'
            )
        )
        return found
    for index, entry in enumerate(entries):
        here = (*place, str(index))
        problems += unknown_keys(table, entry, ("name", "url", *languages), *here)
        problems += _wrong_texts(table, entry, ("name", *languages), *here)
        url = entry.get("url")
        if not isinstance(url, str) or not (
            url.startswith("/") or split_address(url).scheme in {"http", "https", "mailto", "tel"}
        ):
            problems.append(
                table.problem(
                    BAD_VALUE,
                    "a link needs a 'url' that begins with / or https://",
                    *here,
                    "url",
                    hint='url = "/about/"',
                )
            )
            continue
        found.append(
            MenuEntry({key: value for key, value in entry.items() if key != "url"}, url, table.line(*here, "url"))
        )
    return found


def _footer(table: Table, problems: list[Problem], languages: tuple[str, ...]) -> list[FooterGroup]:
    groups = []
    value = table.rows.get("footer", [])
    if not isinstance(value, list) or not all(isinstance(group, Mapping) for group in value):
        problems.append(table.problem(WRONG_TYPE, "'footer' must be a list of columns: [[footer]]", "footer"))
        return []
    for index, group in enumerate(value):
        entries = _entries(table, group.get("links", []), problems, languages, "footer", str(index), "links")
        problems += unknown_keys(table, group, ("name", "links", *languages), "footer", str(index))
        groups.append(FooterGroup({key: each for key, each in group.items() if key != "links"}, tuple(entries)))
    return groups


def _social(table: Table, problems: list[Problem]) -> list[tuple[str, str]]:
    value = value_of(table, table.rows, "social", dict, {}, problems)
    for name, url in value.items():
        if not isinstance(url, str) or split_address(url).scheme not in {"http", "https"}:
            problems.append(table.problem(BAD_VALUE, f"social '{name}' must be an https:// address", "social", name))
    return [(name, url) for name, url in value.items() if isinstance(url, str)]


def read_sections(table: Table, languages: tuple[str, ...]) -> tuple[dict[str, Section], list[Problem]]:
    """sections.toml: each row an id, its names by language, its order."""
    problems: list[Problem] = []
    rows: dict[str, Section] = {}
    for id_, row in table.rows.items():
        if not isinstance(row, Mapping):
            problems.append(
                table.problem(WRONG_TYPE, f"'{id_}' must be a table", id_, hint=f'[{id_}]\nen = "{id_.capitalize()}"')
            )
            continue
        problems += unknown_keys(table, row, ("name", "order", *languages), id_)
        problems += _wrong_texts(table, row, ("name", *languages), id_)
        order = value_of(table, row, "order", int, len(rows) + 1, problems, id_)
        rows[id_] = Section(id_, {key: value for key, value in row.items() if key != "order"}, order)
    return rows, problems


def read_agencies(table: Table, languages: tuple[str, ...]) -> tuple[dict[str, Agency], list[Problem]]:
    """agencies.toml: each row an id, its names by language, its site."""
    problems: list[Problem] = []
    rows: dict[str, Agency] = {}
    for id_, row in table.rows.items():
        if not isinstance(row, Mapping):
            problems.append(
                table.problem(WRONG_TYPE, f"'{id_}' must be a table", id_, hint=f'[{id_}]\nname = "Example Wire"')
            )
            continue
        problems += unknown_keys(table, row, ("name", "url", "also", *languages), id_)
        problems += _wrong_texts(table, row, ("name", *languages), id_)
        url = value_of(table, row, "url", str, "", problems, id_)
        if url and split_address(url).scheme not in {"http", "https"}:
            problems.append(table.problem(BAD_VALUE, f"'{url}' is no https:// address", id_, "url"))
            url = ""
        also = value_of(table, row, "also", list, [], problems, id_)
        if not all(isinstance(name, str) for name in also):
            message = "'also' must be a list of texts"
            problems.append(table.problem(WRONG_TYPE, message, id_, "also", hint='also = ["EW"]'))
        names = {key: value for key, value in row.items() if key not in {"url", "also"}}
        if not any(isinstance(name, (str, Mapping)) for name in names.values()):
            problems.append(
                table.problem(MISSING_KEY, f"the agency '{id_}' has no name", id_, hint='name = "Example Wire"')
            )
        rows[id_] = Agency(id_, names, url, tuple(name for name in also if isinstance(name, str)))
    return rows, problems


def read_rules(table: Table, codes: Mapping[str, Code]) -> tuple[dict[str, Rule], list[Problem]]:
    """checks.toml: `"dateline/hyphen" = "off"`, or a table with `severity` and `since`. An error cannot be lowered."""
    problems: list[Problem] = []
    rules: dict[str, Rule] = {}
    known = sorted(codes)
    for code, value in table.rows.items():
        if code not in known:
            near = get_close_matches(code, known, n=1)
            hint = f'did you mean "{near[0]}"?' if near else "docs/problems.md lists all codes"
            problems.append(table.problem(BAD_VALUE, f"there is no check '{code}'", code, hint=hint))
            continue
        row = value if isinstance(value, Mapping) else {"severity": value}
        severity, since = row.get("severity"), row.get("since")
        problems += unknown_keys(table, row, ("severity", "since"), code)
        if severity is not None and severity not in list(Severity):
            problems.append(
                table.problem(BAD_VALUE, f"'{severity}' is no severity", code, hint='"error", "warning" or "off"')
            )
            severity = None
        if since is not None and type(since) is not date:
            problems.append(table.problem(BAD_VALUE, "'since' must be a day", code, hint="since = 2026-01-01"))
            since = None
        if codes[code].severity is Severity.ERROR and severity in {Severity.WARNING, Severity.OFF}:
            message = f"'{code}' is always an error: something would be lost, false or broken"
            problems.append(table.problem(BAD_VALUE, message, code, hint="take the line out"))
            continue
        rules[code] = Rule(Severity(severity) if severity else None, since)
    return rules, problems
