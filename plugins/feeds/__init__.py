"""Feeds: the newest stories whole, for feed readers and for newsletters made from feeds.

    /feeds/atom.xml             /feeds/rss.xml                  the paper
    /feeds/community/atom.xml   /feeds/community/rss.xml        a section
    /hy/feeds/atom.xml          …                               the same in another language

An entry's id never changes with date, title or section, so that a correction is not sent twice. A feed holds no
sign-up. A section of sections.toml has its feeds before its first story, and after its last: an address that someone
follows does not go away.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from plugins.feeds.codes import NO_ADDRESS, SAME_ID
from plugins.feeds.content import xml_text
from plugins.feeds.entry import guid_of, make_entry, rfc822
from plugins.newsroom import hooks, showing
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.edition import Edition, due_at
from plugins.newsroom.job import Job
from plugins.newsroom.listings import given_of
from plugins.newsroom.paper import Paper
from plugins.newsroom.problem import Complaint, Problem
from plugins.newsroom.slugs import slug_fault
from plugins.newsroom.story import Kind, Outline, Status
from plugins.newsroom.urls import listing
from plugins.newsroom.views import FeedView, Page

NEVER = "1970-01-01T00:00:00+00:00"
"""When a feed without stories was last changed: Atom demands an instant, and the clock would change the file."""


def sections_of(paper: Paper) -> list[str]:
    """The sections that have feeds whether they have stories or not."""
    return [id_ for id_ in paper.sections if not slug_fault(id_)]


def feed_addresses(paper: Paper) -> Iterator[str]:
    """What a menu may name: `/feeds/rss.xml`, `/hy/feeds/community/atom.xml`."""
    for lang in paper.languages:
        for section in ("", *sections_of(paper)):
            for form in showing.FEED_FORMS:
                yield showing.feed_url(paper, lang, section, form)


def check_ids(edition: Edition) -> Iterator[Problem]:
    """A problem for each story whose id in feeds an earlier one has."""
    domain = edition.paper.domain
    seen: dict[str, Outline] = {}
    for story in ever_listed(edition):
        first = seen.setdefault(guid_of(story, domain), story)
        if first is not story:
            message = f"this has the id of {first.path} in feeds, '{guid_of(story, domain)}'"
            complaint = Complaint(SAME_ID, message, "give one of the two another id, or take its id: out")
            yield complaint.at(story.path, edition.line_of(story, "id"))


def ever_listed(edition: Edition) -> Iterator[Outline]:
    """Every story that feeds may hold, now or when its hour comes: then nobody may be looking."""
    for lang in edition.paper.languages:
        yield from edition.listed(lang)
    for story in edition.withheld.values():
        if due_at(story) and story.kind is Kind.STORY and story.status is Status.PUBLISHED:
            yield story


def list_feeds(edition: Edition) -> Iterator[Job]:
    """The feeds of each language and of its sections, each in Atom (RFC 4287) and in RSS 2.0."""
    paper = edition.paper
    if not edition.house.site.address and not paper.table.broken:
        hint = 'url = "https://courier.example" in data/paper.toml, or make publish SITEURL=https://…'
        complaint = Complaint(NO_ADDRESS, "the paper has no address for feeds, sitemap and canonical links", hint)
        edition.problems.append(complaint.at(paper.table.path))
    edition.problems.extend(check_ids(edition))
    for lang in paper.languages:
        for section in ("", *dict.fromkeys((*sections_of(paper), *edition.sections(lang)))):
            stories = edition.in_section(lang, section) if section else edition.listed(lang)
            newest = tuple(stories[-edition.house.feed_size :][::-1])
            for form in showing.FEED_FORMS:
                save_as = showing.feed_url(paper, lang, section, form)
                yield Job(save_as, print_feed, newest, {"lang": lang, "section": section, "form": form})


def print_feed(job: Job, edition: AskedEdition) -> Page:
    """One feed of the job's stories, newest first."""
    # In a feed every address is absolute: the same views, for a site whose links begin with its whole address.
    edition = edition.abroad
    given = given_of(job)
    lang, section, form = given["lang"], given["section"], given["form"]
    files: list[str] = []
    entries = tuple(edition.once(story, files, make_entry) for story in job.about)
    paper, href = edition.paper, edition.site.href
    followed = [section] if section and edition.has_section(lang, section) else []
    last = max((datetime.fromisoformat(each.updated) for each in entries), default=None)
    view = FeedView(
        id=f"tag:{paper.domain or 'localhost'},2026:{lang}/feeds/{section}",
        title=xml_text(showing.feed_title(paper, lang, section)),
        subtitle=xml_text(paper.text("tagline", lang)),
        url=href(job.save_as),
        site_url=href(listing(lang, paper.lang, *followed).url),
        updated=last.isoformat(timespec="seconds") if last else NEVER,
        build_date=rfc822(last) if last else "",
        lang=lang,
        author=xml_text(paper.name(lang)),
        entries=entries,
        rights=xml_text(paper.text("copyright", lang)),
    )
    return Page(
        save_as=job.save_as,
        url=job.save_as,
        template=f"machine/{form}.xml",
        lang=lang,
        content={"feed": view},
        in_sitemap=False,
        files=tuple(dict.fromkeys(files)),
    )


def register() -> None:
    """The feeds, and their addresses."""
    hooks.addresses.add("feeds", feed_addresses)
    hooks.pages.add("feeds", list_feeds)
