"""`make new TITLE="…" SECTION=…`: a story file that is valid from the first minute, as a draft."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

from unidecode import unidecode

from plugins.desk.check import settings_of
from plugins.newsroom.clock import NotAnInstant, process_environment, read_now
from plugins.newsroom.paper import Paper
from plugins.newsroom.slugs import slug_fault
from plugins.press.house import load_paper
from plugins.press.joint import plan_of
from plugins.press.scan import scan

WORDS_IN_SLUG = 8
LETTERS_IN_SLUG = 80


def new(
    content: Path, conf: Path, *, title: str | None, section: str | None, date: str | None, lang: str | None
) -> int:
    """Write the file and print its path; 1 and a reason where that cannot be done. No existing file is touched."""
    environment = process_environment()
    settings = settings_of(content, conf, Path("output"), PRESS_SILENT=True)
    paper, _ = load_paper(plan_of(settings), scan(content))
    title = " ".join((title or environment.get("TITLE", "")).split())
    section = (section or environment.get("SECTION", "")).strip()
    lang = (lang or environment.get("STORY_LANG", "") or paper.lang).strip().lower()
    try:
        when = _when(date or environment.get("DATE", ""), paper)
    except NotAnInstant as fault:
        return _refuse(str(fault))
    if reason := refusal(title, section, lang, paper):
        return _refuse(reason)
    slug = slug_of(title)
    path = content / section / f"{when.year:04}" / (f"{slug}.md" if lang == paper.lang else f"{slug}.{lang}.md")
    if path.exists():
        return _refuse(f"{path} is already there")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text_of(title, section, when, slug, lang, with_slug=path.stem != slug), "utf-8")
    print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    return 0


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


def _when(typed: str, paper: Paper) -> datetime:
    zone = ZoneInfo(paper.timezone)
    if not typed:
        return read_now(process_environment(), paper.timezone)
    try:
        when = datetime.fromisoformat(typed)
        return when.astimezone(zone) if when.tzinfo else when.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        raise NotAnInstant(f"DATE={typed} is no date: write it like 2026-10-03 or '2026-10-03 09:30'") from None


def refusal(title: str, section: str, lang: str, paper: Paper) -> str:
    """Why a story cannot be made of these, or nothing."""
    if not title:
        return 'give the headline: make new TITLE="Harvest fair fills the square" SECTION=community'
    if not slug_of(title):
        return "the headline needs at least one letter or digit"
    if fault := slug_fault(slug_of(title)):
        return f"'{slug_of(title)}' cannot be an address, since it {fault}: begin with another headline"
    if lang not in paper.languages:
        return f"'{lang}' is no language of the paper: {', '.join(paper.languages)}"
    if not section:
        return f"give the section: SECTION={next(iter(paper.sections), 'news')}"
    if not re.fullmatch(r"[\w-]+", section):
        return f"'{section}' is no section: letters, digits and hyphens"
    if paper.sections_closed and section not in paper.sections:
        near = get_close_matches(section, list(paper.sections), n=1)
        return f"'{section}' is no section of the paper; " + (
            f"did you mean {near[0]}?" if near else f"the sections are {', '.join(paper.sections)}"
        )
    return ""


def slug_of(title: str) -> str:
    """The headline in plain letters, at most eight words: it is an address for ever."""
    # Unidecode reads the Armenian ligature և as "ew"; it is said, and spelt since 1922, "ev".
    plain = unidecode(unicodedata.normalize("NFC", title).replace("և", "եվ")).lower().replace("'", "")
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:WORDS_IN_SLUG])[:LETTERS_IN_SLUG].strip("-")


def text_of(title: str, section: str, when: datetime, slug: str, lang: str, *, with_slug: bool) -> str:
    """The file. A JSON string is a YAML string, whatever quotes and colons the headline holds."""
    lines = [
        "---",
        f"title: {json.dumps(title, ensure_ascii=False)}",
        f"date: {when:%Y-%m-%d %H:%M}",
        f"category: {section}",
        *([f"slug: {slug}", f"lang: {lang}"] if with_slug else []),
        "status: draft",
        "authors:",
        "summary:",
        "---",
        "",
        "Write the story here, and take `status: draft` out when it may be seen.",
        "",
    ]
    return "\n".join(lines)
