"""A story as Pelican's Article, for plugins that wait for one; and the Article read back, as they have left it.

    Story(headline="Harvest fair", section="community", …)   →   Article.title, .category, .date, .tags, .content …
    article.title = "Harvest fair, in pictures"              →   Story(headline="Harvest fair, in pictures", …)

Titles and summaries are plain text, as in the row. The content is finished HTML; links inside it stay Pelican's
(`{filename}…`) until `article.content` is asked for, so that a story that a plugin moves is linked to where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from pelican.contents import Article, Author, Category, Content, Tag
from pelican.contents import Page as PelicanPage
from pelican.utils import SafeDatetime

from plugins.newsroom import showing
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.body import Embed, Figure, Gallery, Html, Link
from plugins.newsroom.edition import House
from plugins.newsroom.slugs import slugify
from plugins.newsroom.story import Author as Writer
from plugins.newsroom.story import Kind, Status, Story
from plugins.newsroom.text import squeezed, text_of_html

RESERVED = frozenset({"settings", "metadata", "translations", "source_path", "relative_source_path", "in_default_lang"})
"""Names of an Article's own that no key of the front matter may take."""

FACTS = ("kicker", "standfirst", "agency", "source")
"""What else of a row an Article has, under the same name, where it is not empty."""


class Facts(NamedTuple):
    """What of a story a plugin can change; as the row has it."""

    headline: str
    date: datetime | None
    updated: datetime | None
    section: str
    topics: tuple[str, ...]
    authors: tuple[str, ...]
    slug: str
    lang: str
    summary: str


def pelicans_settings(house: House, article_url: str, article_save_as: str) -> dict[str, object]:
    """Pelican's own settings as this paper has them, so that every address that it makes is one of the site's."""
    paper = house.paper
    found: dict[str, object] = {
        "DEFAULT_LANG": paper.lang,
        "TIMEZONE": paper.timezone,
        "SITENAME": paper.name(paper.lang),
    }
    for name, url, save_as in (
        ("ARTICLE_LANG", f"{{lang}}/{article_url}", f"{{lang}}/{article_save_as}"),
        ("PAGE", "{slug}/", "{slug}/index.html"),
        ("PAGE_LANG", "{lang}/{slug}/", "{lang}/{slug}/index.html"),
        ("CATEGORY", "{slug}/", "{slug}/index.html"),
        ("TAG", "topics/{slug}/", "topics/{slug}/index.html"),
        ("AUTHOR", "authors/{slug}/", "authors/{slug}/index.html"),
        ("STATIC", "{path}", "{path}"),
    ):
        found |= {f"{name}_URL": url, f"{name}_SAVE_AS": save_as}
    return found


def metadata_of(story: Story, house: House, settings: Mapping[str, Any]) -> dict[str, Any]:
    """What Pelican's reader would have found: the front matter, typed as Pelican types it."""
    zone = ZoneInfo(house.paper.timezone)
    found: dict[str, Any] = {"reader": "markdown"}
    found |= {key: value for key, value in story.extra.items() if not (hasattr(Article, key) or key in RESERVED)}
    found |= {"title": story.headline, "slug": story.slug, "lang": story.lang, "status": str(story.status)}
    found["summary"] = showing.summary(story)
    for key, instant in (("date", story.date), ("modified", story.updated)):
        if instant is not None:
            local = instant.astimezone(zone)
            found[key] = SafeDatetime.combine(local.date(), local.timetz())
    if story.kind is Kind.STORY or story.section:
        section = story.section or slugify(str(settings["DEFAULT_CATEGORY"]))
        found["category"] = _named(Category, section, section, settings)
        found["section"] = section
    if story.topics:
        found["tags"] = [_named(Tag, topic, slugify(topic), settings) for topic in story.topics]
    if story.authors:
        names = [author.name for author in story.authors]
        found["authors"] = [_named(Author, name, house.author_id(name), settings) for name in names]
        found["author"] = found["authors"][0]
    return found | {key: value for key in FACTS if (value := getattr(story, key))}


def _named(cls: Any, name: str, slug: str, settings: Mapping[str, Any]) -> Any:
    """A Category, Tag or Author with the slug that it has in the site's addresses."""
    made = cls(name, settings)
    made.slug = slug
    return made


def facts_of(get: Callable[[str], Any], zone: str) -> Facts:
    """What can be changed, of an Article's attributes or of its metadata. get: a name's value, or None."""
    return Facts(
        headline=_text(get("title")),
        date=_instant(get("date"), zone),
        updated=_instant(get("modified"), zone),
        section=_slug(get("category")),
        topics=tuple(_name(tag) for tag in get("tags") or ()),
        authors=tuple(_name(author) for author in get("authors") or ()),
        slug=str(get("slug") or ""),
        lang=str(get("lang") or "").lower(),
        summary=_text(get("summary")),
    )


def facts_of_content(content: Content, zone: str) -> Facts:
    """The same of an Article or Page as it is now. A summary that a plugin has put beside it counts, as in Pelican."""
    facts = facts_of(lambda name: None if name == "summary" else getattr(content, name, None), zone)
    return facts._replace(summary=_text(getattr(content, "_summary", content.metadata.get("summary"))))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _name(value: Any) -> str:
    return str(getattr(value, "name", value))


def _slug(value: Any) -> str:
    return "" if value is None else str(getattr(value, "slug", None) or slugify(str(value)))


def _instant(value: Any, zone: str) -> datetime | None:
    if not isinstance(value, datetime):
        return None
    plain = datetime.combine(value.date(), value.timetz())
    return plain if plain.tzinfo else plain.replace(tzinfo=ZoneInfo(zone))


def changed(story: Story, before: Facts, after: Facts) -> Story:
    """The row with what differs between the two: what a plugin has not touched stays as it was, to the letter."""
    found: dict[str, Any] = {
        name: value
        for name, was, value in zip(Facts._fields, before, after, strict=True)
        if value != was and (value or name in {"updated", "topics", "authors", "summary"})
    }
    if "authors" in found:
        notes = {author.name: author for author in story.authors}
        found["authors"] = tuple(notes.get(name) or Writer(name) for name in found["authors"])
    for name in found.keys() & {"headline", "summary"}:
        found[name] = squeezed(text_of_html(found[name])) if "<" in found[name] else found[name]
    return replace(story, **found) if found else story


def html_of(story: Story, edition: AskedEdition) -> str:
    """A body as HTML, with Pelican's links, and without what plugins put between its blocks."""
    parts: list[str] = []
    for block in edition.body(story).blocks:
        match block:
            case Html():
                parts += [_piece(piece, story, edition) for piece in block.pieces]
            case Figure():
                parts.append(_figure(block, story, edition))
            case Gallery():
                parts += [_figure(figure, story, edition) for figure in block.figures]
            case Embed():
                parts.append(f'<p><a href="{escape(block.url)}">{escape(block.title or block.provider)}</a></p>')
    return "".join(parts)


def _piece(piece: Any, story: Story, edition: AskedEdition) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Link):
        return _address(piece, story, edition)
    fill = edition.slots.get(piece.name)
    return fill(story, edition) if fill else ""


def _address(link: Link, story: Story, edition: AskedEdition) -> str:
    return escape(edition.resolve(link, story, files=[]) if link.what == "site" else str(link))


def _figure(figure: Figure, story: Story, edition: AskedEdition) -> str:
    words = " ".join(escape(each) for each in (figure.caption, figure.credit) if each)
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    image = f'<img src="{_address(figure.src, story, edition)}" alt="{escape(figure.alt or "")}">'
    return f"<figure>{image}{caption}</figure>"


def make_content(
    story: Story, text: str, metadata: dict[str, Any], settings: dict[str, Any], context: dict[str, Any]
) -> Content:
    """The Article, or Page; sends `content_object_init`. text: its HTML. metadata: as listeners have left it."""
    cls = Article if story.kind is Kind.STORY else PelicanPage
    return cls(
        content=text,
        metadata=metadata,
        settings=settings,
        source_path=str(Path(settings["PATH"]).absolute() / story.path),
        context=context,
    )


def set_address(content: Content, url: str, save_as: str) -> None:
    """Let an Article or Page stand where the press puts it, where Pelican's own patterns would not."""
    if content.url != url:
        content.override_url = url
    if content.save_as != save_as:
        content.override_save_as = save_as


def pair(contents: Iterable[Any], keys: Mapping[str, str]) -> tuple[list[Any], list[Any]]:
    """Originals and translations, each with the others of its group in `translations`.

    keys: path of a source → what it translates. The default language's is the original; where there is none, all are.
    """
    groups: dict[str, list[Any]] = {}
    for content in contents:
        key = keys.get(content.get_relative_source_path()) or content.slug
        groups.setdefault(key, []).append(content)
    originals: list[Any] = []
    translations: list[Any] = []
    for group in groups.values():
        first = [each for each in group if each.in_default_lang] or group
        originals += first
        translations += [each for each in group if not any(each is other for other in first)]
        for each in group:
            each.translations = [other for other in group if other is not each]
    return originals, translations


def status_of(content: Content) -> Status:
    """The status that a plugin may have given it; a word that the house does not know means: not out."""
    status = str(content.status)
    return Status(status) if status in set(Status) else Status.DRAFT
