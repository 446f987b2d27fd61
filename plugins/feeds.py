"""Feeds: the newest stories of each language, whole, for feed readers and for newsletters made from feeds.

    /feeds/atom.xml      /hy/feeds/atom.xml

An entry's id never changes with date, title or section, so that a correction is not sent twice. A feed holds no
sign-up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import escape

from plugins.newsroom import clock, hooks, showing
from plugins.newsroom.edition import Edition
from plugins.newsroom.problem import Code, Complaint, Severity
from plugins.newsroom.story import Story
from plugins.newsroom.urls import Site, listing
from plugins.newsroom.views import BodyBlock, EmbedBlock, FeedEntry, FeedView, GalleryBlock, HtmlBlock, Page, Picture

NO_ADDRESS = Code(
    "paper/no-address",
    Severity.WARNING,
    "The paper has no address, so feeds and sitemap hold addresses that work nowhere else.",
)


def make_feeds(edition: Edition) -> Iterator[Page]:
    """One Atom feed (RFC 4287) a language."""
    if not edition.site.address and not edition.paper.table.broken:
        hint = 'url = "https://courier.example" in data/paper.toml, or make publish SITEURL=https://…'
        complaint = Complaint(NO_ADDRESS, "the paper has no address for feeds, sitemap and canonical links", hint)
        edition.problems.append(complaint.at(edition.paper.table.path))
    # In a feed every address is absolute: the same views, for a site whose links begin with its whole address.
    abroad = replace(edition, site=Site(edition.site.address or edition.site.path, edition.site.address))
    for lang in edition.paper.languages:
        yield _feed(abroad, lang)


def _feed(edition: Edition, lang: str) -> Page:
    files: list[str] = []
    stories = edition.listed(lang)[-edition.feed_size :][::-1]
    url = showing.feed_url(edition, lang)
    entries = tuple(entry(story, edition, files) for story in stories)
    href = edition.site.href
    view = FeedView(
        id=f"tag:{edition.paper.domain or 'localhost'},2026:{lang}/feed",
        title=edition.paper.name(lang),
        subtitle=edition.paper.text("tagline", lang),
        url=href(url),
        site_url=href(listing(lang, edition.paper.lang).url),
        updated=max(
            (each.updated for each in entries), key=datetime.fromisoformat, default="1970-01-01T00:00:00+00:00"
        ),
        lang=lang,
        entries=entries,
        rights=edition.paper.text("copyright", lang),
    )
    return Page(
        save_as=url,
        url=url,
        template="machine/atom.xml",
        lang=lang,
        content={"feed": view},
        in_sitemap=False,
        files=tuple(dict.fromkeys(files)),
    )


def entry(story: Story, edition: Edition, files: list[str]) -> FeedEntry:
    """One story: the lead picture first, then the text with its dateline, all addresses absolute."""
    zone = edition.paper.timezone
    published = clock.moment(showing.date_of(story), story.lang, zone).iso
    updated = showing.updated(story)
    line = showing.byline(story, edition)
    names = [author.name for author in line.authors] or ([line.agency.name] if line.agency else [])
    section = showing.section_anchor(story, edition)
    url = edition.url(story)
    return FeedEntry(
        id=story.id or f"tag:{edition.paper.domain or 'localhost'},2026:{story.lang}/{story.slug}",
        title=story.headline,
        url=edition.site.href(url),
        published=published,
        updated=clock.moment(updated, story.lang, zone).iso if updated else published,
        summary=showing.summary(story),
        html=feed_html(story, edition, files),
        lang=story.lang,
        authors=tuple(names) or (edition.paper.name(story.lang),),
        section=section.name if section else "",
        topics=story.topics,
    )


def feed_html(story: Story, edition: Edition, files: list[str]) -> str:
    """The body as one piece of HTML, for readers that know nothing of our style sheet."""
    photo = showing.lead_photo(story, edition, files)
    shown = [*([photo] if photo else []), *showing.body_blocks(story, edition, files, with_inserts=False)]
    html = [said for block in shown if (said := block_html(block))]
    return "\n".join([*html, *(end for close in edition.entry_ends if (end := close(story, edition)))])


def block_html(block: BodyBlock) -> str:
    """One block in plain HTML: an embed is a link, a sign-up nothing."""
    match block:
        case HtmlBlock():
            return block.html
        case Picture():
            return figure_html(block)
        case GalleryBlock():
            title = f"<p><strong>{escape(block.title)}</strong></p>" if block.title else ""
            return title + "".join(figure_html(each) for each in block.pictures)
        case EmbedBlock():
            still = figure_html(block.still) if block.still else ""
            title = f"{escape(block.title)} – " if block.title else ""
            return f'{still}<p><a href="{escape(block.url)}">{title}{escape(block.action)}</a></p>'
        case _:
            return ""


def figure_html(shown: Picture) -> str:
    """A picture with its words, in plain HTML."""
    image = f'<img src="{escape(shown.url)}" width="{shown.width}" height="{shown.height}" alt="{escape(shown.alt)}">'
    said = " ".join(escape(text) for text in (shown.caption, shown.credit) if text)
    return f"<figure>{image}<figcaption>{said}</figcaption></figure>" if said else f"<figure>{image}</figure>"


def register() -> None:
    """The feeds."""
    hooks.pages.add("feeds", make_feeds)
