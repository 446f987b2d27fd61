"""Bylines: who wrote it, each author by name, guests as well as staff; and each author's page.

    authors:
      - Ani Example
      - {name: Jane Sample, note: Special to the Courier}          →   /authors/ani-example/   /authors/jane-sample/

bylines.toml lists the paper's own (`newsroom.writers`); a name one slip away from one of them is probably a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from plugins.newsroom import hooks, showing
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.body import Link
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.newsroom.listings import Spot, given_of, index, paged, sheet_page
from plugins.newsroom.paper import Paper
from plugins.newsroom.problem import Code, Complaint, Severity
from plugins.newsroom.story import Photo, Story
from plugins.newsroom.views import Anchor, AuthorView, Page
from plugins.newsroom.writers import Writer

NEAR_KNOWN = Code("byline/near-known", Severity.WARNING, "An author's name is one slip away from one in bylines.toml.")
NOT_A_NAME = Code("byline/not-a-name", Severity.ERROR, "An author's name begins with By, or with a title.")
UNKNOWN_AGENCY = Code("byline/unknown-agency", Severity.WARNING, "A story's agency is not in agencies.toml.")
IS_AGENCY = Code("byline/is-agency", Severity.ERROR, "An agency is named as an author.")

ALIKE = 0.88
"""How alike (difflib's ratio) two names must be to be taken for one mistyped."""

_BY = re.compile(r"by[\s:]+(?=\S)", re.IGNORECASE)
_TITLE = re.compile(r"(?:mr|mrs|ms|miss|dr|prof|sir|rev|hon)\.?\s+(?=\S)", re.IGNORECASE)


def check_authors(story: Story, paper: Paper) -> Iterator[tuple[str, Complaint]]:
    """A name holds a name and nothing else: machines read it too (Google's rules for author markup)."""
    known = {name for writer in paper.writers.values() for name in writer.spellings()}
    wires = {agency.name(story.lang).casefold(): agency.id for agency in paper.agencies.values()}
    for author in story.authors:
        for complaint in complaints_of(author.name, known, wires):
            yield "authors", complaint
    if story.agency and paper.agencies and story.agency not in paper.agencies:
        near = get_close_matches(story.agency, list(paper.agencies), n=1)
        hint = f"did you mean {near[0]}?" if near else f"the agencies are {', '.join(paper.agencies)}"
        yield "agency", Complaint(UNKNOWN_AGENCY, f"'{story.agency}' is not in agencies.toml", hint)


def complaints_of(name: str, known: set[str], wires: dict[str, str]) -> Iterator[Complaint]:
    """What is wrong with one name. known: the paper's own. wires: agencies' names, folded → id."""
    if name in known:
        return
    if found := _BY.match(name):
        yield Complaint(
            NOT_A_NAME, f"'{name}' begins with '{found[0].strip()}', which the page prints itself", name[found.end() :]
        )
    elif found := _TITLE.match(name):
        yield Complaint(NOT_A_NAME, f"'{name}' has a title in it", f"type {name[found.end() :]}")
    elif name.casefold() in wires or name in wires.values():
        id_ = wires.get(name.casefold(), name)
        yield Complaint(IS_AGENCY, f"'{name}' is an agency, not an author", f"agency: {id_}")
    elif near := get_close_matches(name, sorted(known), n=1, cutoff=ALIKE):
        yield Complaint(NEAR_KNOWN, f"'{name}' is not in bylines.toml", f"did you mean {near[0]}?")


def list_author_pages(edition: Edition) -> Iterator[Job]:
    """An index of authors and a page for each, in every language in which they have stories."""
    languages = edition.paper.languages
    for lang in languages:
        _ = edition.house.words(lang)
        top = Spot(edition.house, lang, ("authors",), tuple(each for each in languages if edition.authors(each)))
        authors = edition.authors(lang)
        if not authors:
            continue
        names = {id_: edition.author_name(lang, id_) for id_ in authors}
        job, order = index(top, _("Authors"), names, authors)
        yield job
        for id_ in order:
            crumbs = [(_("Authors"), top.parts)]
            spot = top.below(id_, langs=tuple(each for each in languages if id_ in edition.authors(each)))
            yield from paged(spot, names[id_], authors[id_], crumbs=crumbs, make=print_author, author=id_)


def print_author(job: Job, edition: AskedEdition) -> Page:
    """One sheet of an author's stories, with who the author is above it."""
    given = given_of(job)
    files: list[str] = []
    writer = edition.paper.writers.get(given["author"])
    view = author_view(edition, given["lang"], given["title"], writer, files)
    return sheet_page(job, edition, "author.html", {"author": view}, files)


def author_view(edition: AskedEdition, lang: str, name: str, writer: Writer | None, files: list[str]) -> AuthorView:
    """What an author's page says; of a guest, the name alone."""
    if writer is None:
        return AuthorView(name)
    portrait = None
    if writer.portrait:
        # A row of a table has no file of its own to be relative to: its path is from content/.
        row = Story(edition.paper.table.path.replace("paper.toml", "bylines.toml"))
        link = Link("static", "/" + writer.portrait.lstrip("/"), writer.line)
        portrait = showing.picture(link, Photo(writer.portrait, alt=""), row, edition, files)
    links = [Anchor(label.capitalize(), url) for label, url in writer.links.items()]
    if writer.email:
        links.append(Anchor(writer.email, f"mailto:{writer.email}"))
    return AuthorView(name, writer.text("role", lang), writer.text("bio", lang), portrait, tuple(links))


def register() -> None:
    """A check of each story's authors, and their pages."""
    hooks.checks.add("bylines", check_authors)
    hooks.pages.add("bylines", list_author_pages)
