"""A story as an entry of a feed: its id, its dates, its words, whole, and its lead picture.

tag:courier.example,2026:en/harvest-fair      whatever becomes of its date, its title and its section
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from email.utils import format_datetime
from html import escape
from urllib.parse import quote
from zoneinfo import ZoneInfo

from plugins.feeds.content import travelling, xml_text
from plugins.newsroom import clock, showing
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.pictures import Size
from plugins.newsroom.story import Correction, Outline, Story
from plugins.newsroom.views import (
    Author,
    BodyBlock,
    CorrectionNote,
    EmbedBlock,
    FeedEntry,
    FeedPicture,
    GalleryBlock,
    HtmlBlock,
    Picture,
)

PICTURE_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "svg": "image/svg+xml",
}

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def guid_of(story: Outline, domain: str) -> str:
    """The id of a story in feeds: its own `id:`, or one made of what never changes. domain: the paper's."""
    return story.id or f"tag:{domain or 'localhost'},2026:{story.lang}/{story.slug}"


def id_of(story: Outline, domain: str) -> str:
    """The same as an IRI, as Atom demands (RFC 4287, 4.2.6). `12 at http://old.example` of another system is none."""
    guid = guid_of(story, domain)
    return guid if _IRI.fullmatch(guid) else f"tag:{domain or 'localhost'},2026:{quote(guid, safe='')}"


def last_change(published: datetime, updated: datetime | None, corrections: Sequence[Correction]) -> datetime:
    """When readers were last told something new. published, updated: aware, in the paper's zone.

    A correction has a day and no hour: it counts from the first second of that day that can be, the next one of the
    same day a second later. So each moves the story, and none lies in the future.
    """
    last = max(published, updated) if updated else published
    days: list[date] = []
    for correction in sorted(corrections, key=lambda each: each.date):
        days.append(correction.date)
        if updated and updated.date() >= correction.date:
            continue  # `modified:` says when
        begin = datetime.combine(correction.date, time(), published.tzinfo)
        last = max(last, max(begin, published) + timedelta(seconds=days.count(correction.date)))
    return last


def rfc822(instant: datetime) -> str:
    """`Sat, 03 Oct 2026 09:30:00 +0400`, which RSS demands."""
    return format_datetime(instant)


def make_entry(story: Story, edition: AskedEdition, files: list[str]) -> FeedEntry:
    """One story, all addresses absolute (`edition` is of a site whose links are). files: gets what it names."""
    zone = ZoneInfo(edition.paper.timezone)
    published = showing.date_of(story).astimezone(zone)
    updated = last_change(published, story.updated and story.updated.astimezone(zone), story.corrections)
    photo = showing.lead_photo(story, edition, files)
    picture = feed_picture(photo, edition.measure(files[-1])) if photo else None
    section = showing.section_anchor(story, edition)
    summary = xml_text(showing.summary(story))
    url = edition.site.href(edition.url(story))
    return FeedEntry(
        id=xml_text(id_of(story, edition.paper.domain)),
        guid=xml_text(guid_of(story, edition.paper.domain)),
        title=xml_text(story.headline),
        url=url,
        published=clock.moment(published, story.lang, edition.paper.timezone).iso,
        updated=clock.moment(updated, story.lang, edition.paper.timezone).iso,
        pub_date=rfc822(published),
        summary=summary,
        description=escape(summary, quote=False),
        html=xml_text(entry_html(story, edition, photo, url, files)),
        lang=story.lang,
        authors=entry_authors(story, edition),
        section=xml_text(section.name) if section else "",
        topics=tuple(map(xml_text, story.topics)),
        picture=picture,
    )


def entry_authors(story: Story, edition: AskedEdition) -> tuple[Author, ...]:
    """Everyone in the byline; else the agency; else the paper."""
    line = showing.byline(story, edition)
    agency = [Author(line.agency.name, url=line.agency.url)] if line.agency else []
    paper = Author(edition.paper.name(story.lang))
    named = list(line.authors) or agency or [paper]
    return tuple(Author(xml_text(each.name), xml_text(each.note), each.url) for each in named)


def feed_picture(photo: Picture, size: object) -> FeedPicture:
    """The lead picture as a file of its own. size: what its measure says, with its bytes where they are known."""
    return FeedPicture(
        url=photo.url,
        type=PICTURE_TYPES[photo.url.rpartition(".")[2].lower()],
        width=photo.width,
        height=photo.height,
        bytes=size.bytes if isinstance(size, Size) else 0,
        caption=xml_text(photo.caption),
        credit=xml_text(photo.credit),
    )


def entry_html(story: Story, edition: AskedEdition, photo: Picture | None, page: str, files: list[str]) -> str:
    """The story as one piece of HTML: lead picture, text with its dateline, corrections, what plugins end it with."""
    shown = [*([photo] if photo else []), *showing.body_blocks(story, edition, files, with_inserts=False)]
    html = [block_html(block) for block in shown]
    html += [correction_html(note) for note in showing.corrections(story, edition)]
    html += [close(story, edition) for close in edition.entry_ends]
    return "\n".join(said for each in html if (said := travelling(each, page).strip()))


def block_html(block: BodyBlock) -> str:
    """One block in plain HTML: an embed is its still and a link, a sign-up nothing."""
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


def correction_html(note: CorrectionNote) -> str:
    """What was changed after publication, for readers who have the story already."""
    label, day = escape(note.label), escape(note.date.text)
    return f'<p><strong>{label}, <time datetime="{note.date.iso}">{day}</time>:</strong> {escape(note.text)}</p>'
