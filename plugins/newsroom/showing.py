"""From rows to what a page shows: cards, bylines, pictures, heads, furniture. Value in, frozen view out.

Each function gets the edition, in which what the tables say is looked up now, so that a changed row re-reads no story.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote

from msgspec.structs import replace

from plugins.newsroom import clock
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.body import Action, Block, Embed, Figure, Gallery, Html, Link, Slot
from plugins.newsroom.edition import House
from plugins.newsroom.paper import MenuEntry, Paper, direction
from plugins.newsroom.pictures import Size
from plugins.newsroom.problem import Code, Complaint, Problem, Severity
from plugins.newsroom.slugs import slugify
from plugins.newsroom.story import CorrectionKind, Outline, Photo, Story
from plugins.newsroom.tables import name_in
from plugins.newsroom.urls import listing
from plugins.newsroom.views import (
    Anchor,
    Author,
    BodyBlock,
    Byline,
    Card,
    CorrectionNote,
    EmbedBlock,
    FeedLink,
    Furniture,
    GalleryBlock,
    Head,
    HtmlBlock,
    LanguageLink,
    MenuGroup,
    Picture,
    Teaser,
)

NO_SLOT = Code("story/slot", Severity.ERROR, "A place in a story's text was reserved by a plugin that is not loaded.")
MENU_LINK = Code("paper/link-broken", Severity.ERROR, "A link of the menu or footer leads to no page of the site.")


def byline(story: Story, edition: AskedEdition) -> Byline:
    """The authors as typed, and the agency by its full name; the whole of it in one line too."""
    _ = edition.words(story.lang)
    authors = tuple(
        Author(author.name, author.note, _author_url(author.name, story, edition)) for author in story.authors
    )
    agency = agency_anchor(story, edition) if story.agency else None
    names = [f"{author.name}, {author.note}" if author.note else author.name for author in authors]
    if not names and agency:
        names = [agency.name]
    last = f" {_('and')} ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    return Byline(authors, agency, last)


def _author_url(name: str, story: Story, edition: AskedEdition) -> str:
    """The author's page, which is there if any published story has the name."""
    id_ = edition.author_id(name)
    if not edition.has_author(story.lang, id_):
        return ""
    return edition.site.href(listing(story.lang, edition.paper.lang, "authors", id_).url)


def topic_anchors(story: Story, edition: AskedEdition) -> tuple[Anchor, ...]:
    """The story's topics, each with its page where it has one."""

    def url(slug: str) -> str:
        known = edition.has_topic(story.lang, slug)
        return edition.site.href(listing(story.lang, edition.paper.lang, "topics", slug).url) if known else ""

    return tuple(Anchor(topic, url(slugify(topic))) for topic in story.topics)


def agency_anchor(story: Story, edition: AskedEdition) -> Anchor:
    """The agency by its name in agencies.toml and its site, or else as typed."""
    agency = edition.paper.agencies.get(story.agency)
    return Anchor(agency.name(story.lang), agency.url) if agency else Anchor(story.agency)


def section_anchor(story: Story, edition: AskedEdition) -> Anchor | None:
    """The section's name, and its page where it has one."""
    if not story.section:
        return None
    name = edition.paper.section(story.section).name(story.lang)
    if not edition.has_section(story.lang, story.section):
        return Anchor(name)
    return Anchor(name, edition.site.href(listing(story.lang, edition.paper.lang, story.section).url))


def picture(src: Link, words_: Photo | Figure, story: Story, edition: AskedEdition, files: list[str]) -> Picture | None:
    """A picture with its size, or None and a problem. files: gets the path to copy."""
    before = len(edition.notes.problems)
    url = edition.resolve(src, story, files=files)
    if len(edition.notes.problems) > before:
        return None
    size = edition.measure(files[-1])
    if not isinstance(size, Size):
        edition.complain(size, story, src.line)
        return None
    return Picture(url, size.width, size.height, words_.alt or "", words_.caption, words_.credit)


def lead_photo(story: Story, edition: AskedEdition, files: list[str]) -> Picture | None:
    """The story's own picture; the line of its fault is that of `photo.file`."""
    if story.photo is None:
        return None
    line = story.lines.get("photo.file", story.lines.get("photo", 0))
    # A file's name is no address: what would end its path there (#, ?) is part of it here.
    return picture(Link("static", quote(story.photo.file), line), story.photo, story, edition, files)


def card(story: Outline, edition: AskedEdition, files: list[str]) -> Card:
    """The story as fronts and listings show it."""
    return edition.once(story, files, _card)


def _card(story: Story, edition: AskedEdition, files: list[str]) -> Card:
    return Card(
        headline=story.headline,
        url=edition.site.href(edition.url(story)),
        summary=summary(story),
        published=clock.moment(date_of(story), story.lang, edition.paper.timezone),
        kicker=story.kicker,
        section=section_anchor(story, edition),
        byline=byline(story, edition).text,
        picture=lead_photo(story, edition, files),
        lang=story.lang,
    )


def teaser(story: Outline, edition: AskedEdition) -> Teaser:
    """The story as a line that leads to it."""
    return edition.once(story, [], _teaser)


def _teaser(story: Story, edition: AskedEdition, _files: list[str]) -> Teaser:
    moment = clock.moment(date_of(story), story.lang, edition.paper.timezone)
    return Teaser(story.headline, edition.site.href(edition.url(story)), moment)


def date_of(story: Outline) -> datetime:
    """A story's date; every story in an edition has one."""
    assert story.date is not None
    return story.date


def summary(story: Story) -> str:
    """One sentence: the author's, or the standfirst, or the first words of the text."""
    return story.summary or story.standfirst or story.excerpt


def updated(story: Story) -> datetime | None:
    """When readers were last told something new, if later than the date."""
    return story.updated if story.updated and story.date and story.updated > story.date else None


def corrections(story: Story, edition: AskedEdition) -> tuple[CorrectionNote, ...]:
    """The notes that the story was changed, oldest first."""
    _ = edition.words(story.lang)
    labels = {
        CorrectionKind.CORRECTION: _("Correction"),
        CorrectionKind.CLARIFICATION: _("Clarification"),
        CorrectionKind.UPDATE: _("Update"),
    }
    return tuple(
        CorrectionNote(str(each.kind), labels[each.kind], clock.day(each.date, story.lang), each.text)
        for each in sorted(story.corrections, key=lambda each: each.date)
    )


def body_blocks(
    story: Story, edition: AskedEdition, files: list[str], *, with_inserts: bool = True
) -> tuple[BodyBlock, ...]:
    """The body with its links, pictures and slots resolved, and what plugins put into it.

    with_inserts: False for feeds, which hold no sign-up, and no words twice.
    """
    blocks: Sequence[Block | BodyBlock] = edition.body(story).blocks
    if with_inserts:
        for place in edition.place:
            blocks = place(story, blocks, edition)  # type: ignore[assignment]
    shown: list[BodyBlock] = []
    for block in blocks:
        match block:
            case Html() if block.repeats and not with_inserts:
                continue
            case Html():
                html = "".join(_piece(piece, story, edition, files) for piece in block.pieces)
                if html.strip():
                    shown.append(HtmlBlock(html))
            case Figure():
                figure = picture(block.src, block, story, edition, files)
                if figure:
                    shown.append(figure)
            case Gallery():
                pictures = [picture(each.src, each, story, edition, files) for each in block.figures]
                shown.append(GalleryBlock(tuple(each for each in pictures if each), block.title))
            case Embed():
                shown.append(_embed(block, story, edition, files))
            case _ if block.kind in {"signup", "html", "figure", "gallery", "embed"}:
                shown.append(block)  # type: ignore[arg-type]
    return tuple(shown)


def _embed(block: Embed, story: Story, edition: AskedEdition, files: list[str]) -> EmbedBlock:
    _ = edition.words(story.lang)
    actions = {
        Action.WATCH: _("Watch on %(provider)s"),
        Action.LISTEN: _("Listen on %(provider)s"),
        Action.OPEN: _("Open on %(provider)s"),
    }
    # The link has words of its own: to a reader who cannot see the still, it adds nothing to them.
    words_ = Figure(Link("static", ""), credit=block.credit)
    still = picture(block.still, words_, story, edition, files) if block.still else None
    return EmbedBlock(block.url, actions[block.action] % {"provider": block.provider}, block.title, still)


def _piece(piece: str | Link | Slot, story: Story, edition: AskedEdition, files: list[str]) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Link):
        return edition.resolve(piece, story, files=files).replace("&", "&amp;").replace('"', "&quot;")
    fill = edition.slots.get(piece.name)
    if fill is None:
        complaint = Complaint(
            NO_SLOT, f"no loaded plugin prints the {piece.name}", f'add "plugins.{piece.name}s" to PLUGINS'
        )
        edition.complain(complaint, story, story.lines.get("body", 0))
        return ""
    return fill(story, edition)


def furniture(
    edition: AskedEdition, lang: str, url: str, other_languages: Mapping[str, str] | None = None
) -> Furniture:
    """All around the body, with what is the page itself marked. other_languages: language → the same page's address
    there.
    """
    # On most pages nothing of it is the page itself: then it is the same for all of them, but for the languages.
    here = url if url in _targets(edition, lang) else None
    common = edition.remember(("furniture", lang, here), lambda: _furniture(edition, lang, here))
    if len(edition.paper.languages) < 2:
        return common
    return replace(common, languages=_language_links(edition, lang, other_languages or {}))


def _targets(edition: AskedEdition, lang: str) -> frozenset[str]:
    """Every address that furniture of a language may mark as the page itself."""

    def make() -> frozenset[str]:
        entries = [*menu(edition, lang), *(entry for group in edition.paper.footer for entry in group.entries)]
        typed = {entry.target for entry in entries if entry.target.startswith("/")}
        local = {local_target(edition, target, lang) for target in typed}
        return frozenset({listing(lang, edition.paper.lang).url, *local, *(target.lstrip("/") for target in typed)})

    return edition.remember(("targets", lang), make)


def _furniture(edition: AskedEdition, lang: str, url: str | None) -> Furniture:
    """But for the links to other languages."""
    paper, site = edition.paper, edition.site
    home = listing(lang, paper.lang).url
    return Furniture(
        name=paper.name(lang),
        tagline=paper.text("tagline", lang),
        lang=lang,
        direction=direction(lang),
        home=Anchor(paper.name(lang), site.href(home), current=url == home),
        menu=tuple(_entry(entry, edition, lang, url) for entry in menu(edition, lang)),
        footer=tuple(
            MenuGroup(name_in(group.names, lang), tuple(_entry(entry, edition, lang, url) for entry in group.entries))
            for group in paper.footer
        ),
        social=tuple(Anchor(name.capitalize(), address) for name, address in paper.social),
        languages=(),
        copyright=paper.text("copyright", lang),
        stylesheet_url=site.href(edition.assets["stylesheet"]),
        favicon_url=site.href(edition.assets["favicon"]),
        favicon_type=FAVICON_TYPES.get(edition.assets["favicon"].rpartition(".")[2], "image/png"),
        feed_url=site.href(feed_url(paper, lang)) if has_feeds(edition, lang) else "",
        logo_url=site.href(edition.assets["logo"]) if "logo" in edition.assets else "",
    )


FAVICON_TYPES = {"svg": "image/svg+xml", "ico": "image/x-icon", "png": "image/png"}


FEED_FORMS = {"atom": "application/atom+xml", "rss": "application/rss+xml"}
"""The forms that each feed has, and their media types."""


def feed_url(paper: Paper, lang: str, section: str = "", form: str = "atom") -> str:
    """The address of a language's feed, or of a section's in it, from the site's root."""
    return listing(lang, paper.lang, "feeds", *filter(None, [section])).url + f"{form}.xml"


def feed_title(paper: Paper, lang: str, section: str = "") -> str:
    """What readers find a feed under: `The Courier`, `The Courier – Community`."""
    return f"{paper.name(lang)} – {paper.section(section).name(lang)}" if section else paper.name(lang)


def has_feeds(edition: House, lang: str) -> bool:
    """Whether a loaded plugin makes feeds."""
    return feed_url(edition.paper, lang) in edition.plugin_urls


def feed_links(edition: AskedEdition, lang: str, url: str) -> tuple[FeedLink, ...]:
    """The feeds that a page at `url` names: those of the section whose page it is, and the language's."""
    if not has_feeds(edition, lang):
        return ()
    section = url.removeprefix(listing(lang, edition.paper.lang).url).partition("/")[0]
    return edition.remember(("feeds", lang, section), lambda: _feed_links(edition, lang, section))


def _feed_links(edition: AskedEdition, lang: str, section: str) -> tuple[FeedLink, ...]:
    paper = edition.paper
    of = [section, ""] if section and edition.has_section(lang, section) else [""]
    return tuple(
        FeedLink(
            feed_title(paper, lang, each),
            edition.site.href(feed_url(paper, lang, each, form)),
            type_,
        )
        for each in of
        for form, type_ in FEED_FORMS.items()
    )


def menu(edition: AskedEdition, lang: str) -> Sequence[MenuEntry]:
    """The menu of paper.toml, or else the sections that have stories."""
    if edition.paper.menu:
        return edition.paper.menu
    return [MenuEntry({"name": edition.paper.section(id_).name(lang)}, f"/{id_}/") for id_ in edition.sections(lang)]


def local_target(edition: House, target: str, lang: str) -> str:
    """A menu's `/about/` as an address from the site's root, in a language: /hy/about/ where the language is not
    the first.

    An address that already names a language, or a file (`/feeds/atom.xml`), stays.
    """
    path = target.lstrip("/")
    first = path.split("/", 1)[0]
    if lang == edition.paper.lang or first in edition.paper.languages[1:] or (path and not path.endswith("/")):
        return path
    return f"{lang}/{path}"


def _entry(entry: MenuEntry, edition: AskedEdition, lang: str, url: str | None) -> Anchor:
    if not entry.target.startswith("/"):
        return Anchor(entry.name(lang), entry.target)
    target = local_target(edition, entry.target, lang)
    if not edition.has_page(target) and target != entry.target.lstrip("/"):
        target = entry.target.lstrip("/")
    return Anchor(entry.name(lang), edition.site.href(target), current=target == url)


def _language_links(edition: AskedEdition, lang: str, same: Mapping[str, str]) -> tuple[LanguageLink, ...]:
    return tuple(
        LanguageLink(
            each,
            language_name(each),
            edition.site.href(same.get(each, listing(each, edition.paper.lang).url)),
            current=each == lang,
            same_page=each in same,
        )
        for each in edition.paper.languages
    )


@lru_cache(maxsize=256)
def language_name(lang: str) -> str:
    """The language's name in itself: `English`, `հայերեն`."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(clock.locale_of(lang)).get_display_name()
    except (UnknownLocaleError, ValueError):
        return lang
    return (name or lang)[:1].upper() + (name or lang)[1:]


def head(
    edition: AskedEdition,
    lang: str,
    url: str,
    title: str,
    *,
    description: str = "",
    image: Picture | None = None,
    robots: str = "",
    alternates: Mapping[str, str] | None = None,
    og_title: str = "",
    times: tuple[str, str] | None = None,
) -> Head:
    """The `<head>` of a page. alternates: language → address from the site's root, the page itself included.

    times: of a story, when it was published and when it was last changed, for machines.
    """
    site, name = edition.site, edition.paper.name(lang)
    absolute_image = ""
    if image and site.address:
        absolute_image = site.address + image.url.removeprefix(site.path)
    return Head(
        title=name if title == name or not title else f"{title} – {name}",
        description=description,
        canonical="" if robots.startswith("noindex") else site.absolute(url),
        robots=robots or "max-image-preview:large",
        og_type="article" if times else "website",
        og_title=og_title or title or name,
        image=image,
        image_url=absolute_image,
        published=times[0] if times else "",
        modified=times[1] if times else "",
        alternates=tuple(
            LanguageLink(
                each,
                language_name(each),
                site.absolute(address) or site.href(address),
                same_page=True,
                current=each == lang,
            )
            for each, address in (alternates or {}).items()
        ),
        feeds=feed_links(edition, lang, url),
    )


def check_menu(house: House, known: Collection[str]) -> Iterator[Problem]:
    """Every link of the menu and footer that begins with a slash must lead to something. known: all addresses."""
    entries = [*house.paper.menu, *(entry for group in house.paper.footer for entry in group.entries)]
    for entry in entries:
        target = entry.target.lstrip("/").split("#")[0].split("?")[0]
        if entry.target.startswith("/") and target not in known:
            slashed = f"{target}/"
            hint = f"did you mean /{slashed}?" if slashed in known else ""
            complaint = Complaint(MENU_LINK, f"'{entry.target}' leads to no page of the site", hint)
            yield complaint.at(house.paper.table.path, entry.line)
