"""Views: a page for each story, and for each page that is no story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from plugins.newsroom import clock, showing
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.newsroom.story import Outline, Plain, Status, Story
from plugins.newsroom.views import Anchor, Content, NoticeView, Page, Picture, StaticPageView, StoryView

EARLIER = 3
"""Cards under a story: the stories just before it in its section."""

RELATED = 4
"""Headlines under these: earlier stories of the same topics."""


def list_stories(edition: Edition) -> Iterator[Job]:
    """One page a story; a withdrawn one says only that it was withdrawn."""
    addresses = edition.addresses
    for story, earlier in edition.with_earlier(EARLIER):
        save_as = addresses[story.path].save_as
        if story.status is Status.WITHDRAWN:
            yield Job(save_as, print_withdrawn, (story,))
        else:
            yield Job(save_as, print_story, (story, *earlier), _pairs(story, edition))


def list_static_pages(edition: Edition) -> Iterator[Job]:
    """/about/, /masthead/ and their like, from content/pages/."""
    for story in edition.pages:
        save_as = edition.addresses[story.path].save_as
        make = print_withdrawn if story.status is Status.WITHDRAWN else print_static
        yield Job(save_as, make, (story,), _pairs(story, edition))


def _pairs(story: Outline, edition: Edition) -> Plain:
    """Language → source of the same story in it; None where it stands alone."""
    found = edition.translations(story) if story.status is Status.PUBLISHED else []
    return {other.lang: other.path for other in found} if found else None


def print_story(job: Job, edition: AskedEdition) -> Page:
    """A story's page: `job.about` holds it, and the stories before it."""
    story, earlier = edition.story(job.about[0]), job.about[1:]
    files: list[str] = []
    url = edition.url(story)
    zone = edition.paper.timezone
    updated = showing.updated(story)
    facts = {name: show(story, edition) for name, show in edition.show.items()}
    view = StoryView(
        headline=story.headline,
        url=edition.site.absolute(url) or edition.site.href(url),
        lang=story.lang,
        section=showing.section_anchor(story, edition),
        byline=showing.byline(story, edition),
        published=clock.moment(showing.date_of(story), story.lang, zone),
        photo=showing.lead_photo(story, edition, files),
        blocks=showing.body_blocks(story, edition, files),
        kicker=story.kicker,
        standfirst=story.standfirst,
        updated=clock.moment(updated, story.lang, zone) if updated else None,
        corrections=showing.corrections(story, edition),
        topics=showing.topic_anchors(story, edition),
        places=tuple(Anchor(place.name, place.url) for place in getattr(facts.get("dateline"), "places", ())),
        source=Anchor(story.source, story.source) if story.source else None,
        earlier=tuple(showing.card(other, edition, files) for other in earlier),
        related=tuple(showing.teaser(other, edition) for other in _related(story, earlier, edition)),
    )
    modified = view.updated or view.published
    times = view.published.iso, modified.iso
    return _page(job, edition, "story.html", {"story": view}, view.photo, files, times, facts)


def _related(story: Story, earlier: Sequence[Outline], edition: AskedEdition) -> Sequence[Outline]:
    shown = {other.path for other in earlier}
    return [other for other in edition.related(story) if other.path not in shown][:RELATED]


def print_static(job: Job, edition: AskedEdition) -> Page:
    """A static page."""
    story = edition.story(job.about[0])
    files: list[str] = []
    photo = showing.lead_photo(story, edition, files)
    blocks = showing.body_blocks(story, edition, files)
    view = StaticPageView(story.headline, blocks, story.standfirst, photo)
    return _page(job, edition, "page.html", {"page": view}, photo, files)


def _page(
    job: Job,
    edition: AskedEdition,
    template: str,
    content: Mapping[str, Content],
    photo: Picture | None,
    files: Sequence[str],
    times: tuple[str, str] | None = None,
    facts: Mapping[str, object] | None = None,
) -> Page:
    """What a story's page and a static page have in common. files: what the page names of content/. times: as of
    `showing.head`.
    """
    story = edition.story(job.about[0])
    url = edition.url(story)
    listed = story.status is Status.PUBLISHED
    same = _same_page(job, edition) if listed else {}
    return Page(
        save_as=job.save_as,
        url=url,
        template=template,
        lang=story.lang,
        content=content,
        head=showing.head(
            edition,
            story.lang,
            url,
            story.headline,
            description=showing.summary(story),
            image=photo,
            robots="" if listed else "noindex",
            alternates=same if len(same) > 1 else {},
            times=times,
        ),
        furniture=showing.furniture(edition, story.lang, url, same),
        source=story.path,
        lastmod=times[1] if times else "",
        in_sitemap=listed,
        files=tuple(dict.fromkeys(files)),
        facts=facts or {},
    )


def print_withdrawn(job: Job, edition: AskedEdition) -> Page:
    """Whatever made the paper take it back may stand in its headline too, so nothing of the story is printed."""
    story = job.about[0]
    _ = edition.words(story.lang)
    url = edition.url(story)
    return Page(
        save_as=job.save_as,
        url=url,
        template="notice.html",
        lang=story.lang,
        content={"notice": NoticeView(_("Withdrawn"), _("What stood here has been withdrawn."))},
        head=showing.head(edition, story.lang, url, _("Withdrawn"), robots="noindex"),
        furniture=showing.furniture(edition, story.lang, url),
        source=story.path,
        in_sitemap=False,
    )


def list_moved_pages(edition: Edition) -> Iterator[Job]:
    """A page at every address that a story once had (`aliases:`), which sends readers on without a server's help."""
    for story in (*edition.stories, *edition.pages):
        if story.status is not Status.WITHDRAWN:
            for alias in story.aliases:
                old = alias.lstrip("/")
                served = old if old.endswith((".html", ".htm")) else f"{old.rstrip('/')}/index.html"
                yield Job(served, print_moved, (story,), old)


def print_moved(job: Job, edition: AskedEdition) -> Page:
    """The page that sends on."""
    story, old = edition.story(job.about[0]), str(job.given)
    _ = edition.words(story.lang)
    url = edition.url(story)
    here = edition.site.href(url)
    head = showing.head(edition, story.lang, url, story.headline, robots="noindex")
    return Page(
        save_as=job.save_as,
        url=old,
        template="notice.html",
        lang=story.lang,
        content={
            "notice": NoticeView(_("Moved"), _("This page has another address now."), Anchor(story.headline, here))
        },
        head=replace(head, canonical=edition.site.absolute(url), refresh=here),
        furniture=showing.furniture(edition, story.lang, old),
        source=story.path,
        in_sitemap=False,
    )


def list_missing_pages(_edition: Edition) -> Iterator[Job]:
    """404.html, which hosts serve for an address that leads nowhere."""
    yield Job("404.html", print_missing)


def print_missing(_job: Job, edition: AskedEdition) -> Page:
    """What readers see at an address that leads nowhere; so its links may depend on no folder."""
    lang = edition.paper.lang
    _ = edition.words(lang)
    return Page(
        save_as="404.html",
        url="404.html",
        template="notice.html",
        lang=lang,
        content={
            "notice": NoticeView(
                _("Page not found"), _("There is nothing at this address. It may be mistyped, or the page has moved.")
            )
        },
        head=showing.head(edition, lang, "404.html", _("Page not found"), robots="noindex"),
        furniture=showing.furniture(edition, lang, "404.html"),
        in_sitemap=False,
    )


def _same_page(job: Job, edition: AskedEdition) -> dict[str, str]:
    """Language → address of the same story there, itself included, in the paper's order."""
    story = job.about[0]
    pairs = job.given if isinstance(job.given, dict) else {}
    group = {story.lang: edition.url(story), **{lang: edition.url_of(str(path)) for lang, path in pairs.items()}}
    return {lang: group[lang] for lang in edition.paper.languages if lang in group}
