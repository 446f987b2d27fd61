"""What a page may see: frozen, plain, comparable.

One `Page` for each file of the site. A template gets the fields of `Page.content` and `head` and `furniture`, and
nothing
else: no list of all stories, no settings, no clock. Every address in a view is ready to print (`url` fields begin
with the
site's address or path); every date has its two forms; every word that needs smart quotes has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct, field


class Moment(Struct, frozen=True, cache_hash=True):
    """An instant or a day. iso: for machines, with offset; text: for readers, in the page's language."""

    iso: str
    text: str


class Anchor(Struct, frozen=True, cache_hash=True):
    """A name that leads somewhere; `url` is empty where no page exists for it. `current`: it is the page itself."""

    name: str
    url: str = ""
    current: bool = False


class LanguageLink(Struct, frozen=True, cache_hash=True):
    """The same page, or else the front, in another language. lang: BCP 47 tag; name: the language's own name."""

    lang: str
    name: str
    url: str
    current: bool = False
    same_page: bool = False


class MenuGroup(Struct, frozen=True, cache_hash=True):
    """A column of links in the footer."""

    title: str
    items: tuple[Anchor, ...]


class Furniture(Struct, frozen=True, cache_hash=True):
    """All around the body: the same on every page of one language, but for what is marked current."""

    name: str
    tagline: str
    lang: str
    direction: str
    home: Anchor
    menu: tuple[Anchor, ...]
    footer: tuple[MenuGroup, ...]
    social: tuple[Anchor, ...]
    languages: tuple[LanguageLink, ...]
    copyright: str
    stylesheet_url: str
    favicon_url: str
    favicon_type: str
    feed_url: str
    logo_url: str = ""


class Picture(Struct, frozen=True, cache_hash=True):
    """A picture with its words. width, height: pixels as shown (EXIF orientation applied)."""

    kind: ClassVar[str] = "figure"
    url: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""


class GalleryBlock(Struct, frozen=True):
    """Pictures of the body that stand as one group."""

    kind: ClassVar[str] = "gallery"
    pictures: tuple[Picture, ...]
    title: str = ""


class EmbedBlock(Struct, frozen=True):
    """A link to something on another site. action: `Watch on YouTube`. still: a picture of ours; its alt is empty."""

    kind: ClassVar[str] = "embed"
    url: str
    action: str
    title: str = ""
    still: Picture | None = None


class FeedLink(Struct, frozen=True):
    """A feed, as a page's `<head>` names it for feed readers. type: its media type."""

    title: str
    url: str
    type: str


class Head(Struct, frozen=True):
    """The page's `<head>`. canonical: absolute, or empty where the paper has no address yet.

    refresh: where the browser goes at once, for an address that a story has left.
    feeds: the nearest first: a section's on its pages, then the language's.
    """

    title: str
    description: str = ""
    canonical: str = ""
    robots: str = ""
    og_type: str = "website"
    og_title: str = ""
    image: Picture | None = None
    image_url: str = ""
    published: str = ""
    modified: str = ""
    alternates: tuple[LanguageLink, ...] = ()
    refresh: str = ""
    feeds: tuple[FeedLink, ...] = ()


class Card(Struct, frozen=True, cache_hash=True):
    """A story as shown on a front or in a listing."""

    headline: str
    url: str
    summary: str
    published: Moment
    kicker: str = ""
    section: Anchor | None = None
    byline: str = ""
    picture: Picture | None = None
    lang: str = ""


class Teaser(Struct, frozen=True):
    """A story as a line that leads to it."""

    headline: str
    url: str
    published: Moment


class Author(Struct, frozen=True, cache_hash=True):
    """One author in a byline; `note` is `Special to the Courier` and its like."""

    name: str
    note: str = ""
    url: str = ""


class Byline(Struct, frozen=True, cache_hash=True):
    """The printed line of credit. text: all of it in one line, for cards and feeds."""

    authors: tuple[Author, ...] = ()
    agency: Anchor | None = None
    text: str = ""


class HtmlBlock(Struct, frozen=True):
    """Finished HTML of the body; the only thing in any view that a template prints with `|safe`."""

    kind: ClassVar[str] = "html"
    html: str


class SignupField(Struct, frozen=True):
    """One hidden input of a sign-up form."""

    name: str
    value: str


class Signup(Struct, frozen=True):
    """One form, or one link, with which a reader joins a newsletter.

    id: unique on its page. action: the provider's address for the form, empty where only `link` can serve.
    email_field: what the provider calls the address. trap: the name of the honeypot, empty where it has none.
    lang: of the newsletter's words, empty where it is the page's. page_lang: of the page, where it is not `lang`.
    level: of the heading, from 2, so that it fits among those of the text. name: the newsletter's, for the button.
    box: the checkbox by which a reader agrees to `consent`, None where sending the form says so.
    """

    kind: ClassVar[str] = "signup"
    id: str
    list: str
    invitation: str
    description: str = ""
    action: str = ""
    email_field: str = "email"
    hidden: tuple[SignupField, ...] = ()
    trap: str = ""
    link: str = ""
    consent: str = ""
    privacy_url: str = ""
    lang: str = ""
    page_lang: str = ""
    level: int = 2
    name: str = ""
    box: SignupField | None = None


BodyBlock = HtmlBlock | Picture | GalleryBlock | EmbedBlock | Signup


class CorrectionNote(Struct, frozen=True):
    """One correction, clarification or update, as readers see it."""

    kind: str
    label: str
    date: Moment
    text: str


class StoryView(Struct, frozen=True):
    """A story on its own page."""

    headline: str
    url: str
    lang: str
    section: Anchor | None
    byline: Byline
    published: Moment
    blocks: tuple[BodyBlock, ...]
    kicker: str = ""
    standfirst: str = ""
    updated: Moment | None = None
    photo: Picture | None = None
    corrections: tuple[CorrectionNote, ...] = ()
    topics: tuple[Anchor, ...] = ()
    source: Anchor | None = None
    earlier: tuple[Card, ...] = ()
    related: tuple[Teaser, ...] = ()
    places: tuple[Anchor, ...] = ()


class StaticPageView(Struct, frozen=True):
    """A page that is no story: about, masthead, privacy."""

    headline: str
    blocks: tuple[BodyBlock, ...]
    standfirst: str = ""
    photo: Picture | None = None


class FrontSection(Struct, frozen=True):
    """One section's row on the home page."""

    section: Anchor
    cards: tuple[Card, ...]


class FrontView(Struct, frozen=True):
    """The home page: one lead, a few seconds, then a row a section. No story stands twice."""

    lead: Card | None
    seconds: tuple[Card, ...]
    sections: tuple[FrontSection, ...]


class ListingView(Struct, frozen=True):
    """A page of cards: a section, a month. newer/older/newest/oldest are None where there is none."""

    title: str
    cards: tuple[Card, ...]
    intro: str = ""
    newer: Anchor | None = None
    older: Anchor | None = None
    newest: Anchor | None = None
    oldest: Anchor | None = None
    crumbs: tuple[Anchor, ...] = ()


class AuthorView(Struct, frozen=True):
    """An author, above the list of their stories. portrait's alt is empty: the name stands beside it."""

    name: str
    role: str = ""
    bio: str = ""
    portrait: Picture | None = None
    links: tuple[Anchor, ...] = ()


class Period(Struct, frozen=True):
    """One year or month of the archive, or one place; count: its stories."""

    name: str
    url: str
    count: int


class PeriodGroup(Struct, frozen=True):
    """Entries under a heading of their own: the places of one country."""

    name: str
    periods: tuple[Period, ...]


class ArchiveView(Struct, frozen=True):
    """The archive by year, or a year by month; the places by country, in groups."""

    title: str
    periods: tuple[Period, ...]
    crumbs: tuple[Anchor, ...] = ()
    groups: tuple[PeriodGroup, ...] = ()


class FeedPicture(Struct, frozen=True):
    """A story's lead picture, for feed readers that show it beside the text.

    type: its media type. width, height: pixels. bytes: the file's size, 0 where it is not known.
    """

    url: str
    type: str
    width: int
    height: int
    bytes: int = 0
    caption: str = ""
    credit: str = ""


class FeedEntry(Struct, frozen=True):
    """One story in a feed. html: the body with absolute addresses, without sign-ups.

    id: an IRI, for Atom. guid: the same for RSS, or what `id:` says where that is no IRI.
    published, updated: RFC 3339. pub_date: the first of the two by RFC 822, for RSS.
    summary: plain text. description: the same as HTML, for RSS.
    """

    id: str
    guid: str
    title: str
    url: str
    published: str
    updated: str
    pub_date: str
    summary: str
    description: str
    html: str
    lang: str
    authors: tuple[Author, ...] = ()
    section: str = ""
    topics: tuple[str, ...] = ()
    picture: FeedPicture | None = None


class FeedView(Struct, frozen=True):
    """A feed, for Atom (RFC 4287) and RSS 2.0 alike. All addresses are absolute.

    url: of the feed itself. site_url: of the page that it follows. author: the paper, for entries without one.
    updated: RFC 3339. build_date: the same by RFC 822, empty where the feed has no story.
    """

    id: str
    title: str
    subtitle: str
    url: str
    site_url: str
    updated: str
    build_date: str
    lang: str
    author: str
    entries: tuple[FeedEntry, ...]
    rights: str = ""


class SitemapEntry(Struct, frozen=True):
    """One address in a sitemap. lastmod: W3C date or instant, or empty."""

    loc: str
    lastmod: str = ""


class SitemapView(Struct, frozen=True):
    """At most 50,000 addresses, or in an index as many sitemaps (sitemaps.org)."""

    entries: tuple[SitemapEntry, ...]


class RobotsView(Struct, frozen=True):
    """robots.txt; sitemap_url is absolute, or empty."""

    sitemap_url: str


class NewsletterEntry(Struct, frozen=True):
    """One newsletter on the page of all. id: for links to it. language: what it is written in, where not the page's."""

    id: str
    name: str
    signup: Signup
    description: str = ""
    frequency: str = ""
    language: str = ""
    archive_url: str = ""
    lang: str = ""


class NewslettersView(Struct, frozen=True):
    """The page of all newsletters. form_origins: where its forms are sent, sorted, as `https://host`."""

    title: str
    entries: tuple[NewsletterEntry, ...]
    form_origins: tuple[str, ...] = ()


class NoticeView(Struct, frozen=True):
    """A page that says one thing: 404. link: where to go on, if anywhere."""

    headline: str
    text: str
    link: Anchor | None = None


Content = (
    StoryView
    | StaticPageView
    | FrontView
    | ListingView
    | AuthorView
    | ArchiveView
    | FeedView
    | SitemapView
    | RobotsView
    | NewslettersView
    | NoticeView
)


class Page(Struct, frozen=True):
    """One file of the site: a template and all that it may see.

    save_as: where it is written, from the output folder. url: the address that readers and the sitemap use, without
    the site.
    content: as the template calls it: `story`, `page`, `front`, `listing`, `author`, `archive`, `feed`, `sitemap`,
    `robots`, `newsletters`, `notice`.
    source: the content file to name when the template fails, or empty. lastmod: for the sitemap; in_sitemap: listed
    there.
    files: what the page names of content/ and so has copied (pictures, `{static}` files), as paths from there.
    facts: what plugins add, each under the name of its fact (`dateline`), None where a story has none.
    """

    save_as: str
    url: str
    template: str
    lang: str
    content: Mapping[str, Content]
    head: Head | None = None
    furniture: Furniture | None = None
    source: str = ""
    lastmod: str = ""
    in_sitemap: bool = True
    files: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)

    def context(self) -> dict[str, object]:
        """The template's whole world."""
        context: dict[str, object] = {**self.facts, **self.content}
        if self.head is not None:
            context["head"] = self.head
        if self.furniture is not None:
            context["furniture"] = self.furniture
        return context


class Listed(Struct, frozen=True, array_like=True, gc=False):
    """What is known of every page of the site when all are made: what a sitemap needs. Fields as of `Page`."""

    save_as: str
    url: str
    lang: str
    source: str
    lastmod: str
    in_sitemap: bool
