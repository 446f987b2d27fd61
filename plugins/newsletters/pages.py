"""The page of all newsletters, the one that thanks, and where else a newsletter is named.

    /newsletters/           every list: what it is, how often it comes, its form, its past issues
    /newsletters/thanks/    where a provider may send readers when the form is sent; no search engine lists it

A paper without lists has neither page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from msgspec.structs import replace

from plugins.newsletters.codes import LINK_BROKEN
from plugins.newsletters.newsletter import Newsletters, SignupList, in_language
from plugins.newsletters.placement import choose, make_signup
from plugins.newsroom import showing
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.body import Marker
from plugins.newsroom.edition import Edition
from plugins.newsroom.job import Job
from plugins.newsroom.listings import Spot, spot_of
from plugins.newsroom.paper import Paper
from plugins.newsroom.problem import Complaint, Problem
from plugins.newsroom.story import Story
from plugins.newsroom.urls import listing
from plugins.newsroom.views import Listed, NewsletterEntry, NewslettersView, NoticeView, Page

HERE = "newsletters"
THANKS = (HERE, "thanks")


def addresses(paper: Paper, newsletters: Newsletters) -> Iterator[str]:
    """The page of newsletters in each of the paper's languages, from the site's root."""
    if newsletters.lists:
        for lang in paper.languages:
            yield listing(lang, paper.lang, HERE).url


def local_href(edition: AskedEdition, path: str, lang: str) -> str:
    """A page's `/privacy/` ready to print, in the reader's language where the page is there in it: /hy/privacy/."""
    path, sign, tail = path.partition("#")
    target = showing.local_target(edition, path, lang)
    if not edition.has_page(target):
        target = path.lstrip("/")
    return edition.site.href(target) + sign + tail


def list_pages(edition: Edition, newsletters: Newsletters) -> Iterator[Job]:
    """The newsletters, and the thanks, in each language."""
    if newsletters.lists:
        for lang in edition.paper.languages:
            yield Spot(edition.house, lang, (HERE,)).job(print_newsletters)
            yield Spot(edition.house, lang, THANKS).job(print_thanks)


def newsletters_of(paper: Paper) -> Newsletters:
    """The paper's newsletters.toml."""
    found = paper.data.get("newsletters")
    return found if isinstance(found, Newsletters) else Newsletters()


def _everywhere(spot: Spot, edition: AskedEdition) -> dict[str, str]:
    """Language → the address of the same page in it."""
    return {each: listing(each, edition.paper.lang, *spot.parts).url for each in edition.paper.languages}


def print_newsletters(job: Job, edition: AskedEdition) -> Page:
    """All newsletters on one page."""
    spot = spot_of(job, edition)
    lang, same, newsletters = spot.lang, _everywhere(spot, edition), newsletters_of(edition.paper)
    _ = edition.words(lang)
    title = _("Newsletters")
    entries = tuple(
        make_entry(each, edition, lang, number) for number, each in enumerate(newsletters.lists.values(), start=1)
    )
    return Page(
        save_as=job.save_as,
        url=same[lang],
        template="newsletters.html",
        lang=lang,
        content={"newsletters": NewslettersView(title, entries, newsletters.form_origins)},
        head=showing.head(edition, lang, same[lang], title, alternates=same if len(same) > 1 else {}),
        furniture=showing.furniture(edition, lang, same[lang], same),
    )


def make_entry(signup_list: SignupList, edition: AskedEdition, lang: str, number: int) -> NewsletterEntry:
    """One newsletter on the page of all. number: from 1, down the page."""
    signup = make_signup(
        signup_list,
        lang=lang,
        number=number,
        href=lambda path: local_href(edition, path, lang),
        page=edition.site.absolute(listing(lang, edition.paper.lang, HERE).url),
    )
    own = signup_list.language(lang)
    _ = edition.words(own)
    name, archive = in_language(signup_list.name, own), signup_list.archive
    # What stands above the box need not stand in it again.
    invitation = in_language(signup_list.invitation, own)
    invitation = invitation or _("Sign up for %(newsletter)s") % {"newsletter": name}
    return NewsletterEntry(
        id=fragment(signup_list),
        name=name,
        signup=replace(signup, invitation=invitation, description="", level=3),
        description=signup.description,
        frequency=in_language(signup_list.frequency, own),
        language=showing.language_name(own) if own != lang else "",
        archive_url=local_href(edition, archive, lang) if archive.startswith("/") else archive,
        lang=signup.lang,
    )


def fragment(signup_list: SignupList) -> str:
    """Where on the page a list stands."""
    return f"newsletter-{signup_list.id}"


def print_thanks(job: Job, edition: AskedEdition) -> Page:
    """Where a provider may send readers who have joined."""
    spot = spot_of(job, edition)
    lang, same = spot.lang, _everywhere(spot, edition)
    _ = edition.words(lang)
    title = _("Thank you")
    text = _("Now look into your inbox: if a message from us is there, open the link in it to confirm your address.")
    return Page(
        save_as=job.save_as,
        url=same[lang],
        template="notice.html",
        lang=lang,
        content={"notice": NoticeView(title, text)},
        head=showing.head(edition, lang, same[lang], title, robots="noindex"),
        furniture=showing.furniture(edition, lang, same[lang], same),
        in_sitemap=False,
    )


def check_links(edition: Edition, newsletters: Newsletters, pages: Sequence[Listed]) -> Iterator[Problem]:
    """Every `privacy` and `archive` that is a page of the paper must be there."""
    typed = [
        (each, key, value)
        for each in newsletters.lists.values()
        for key, value in (("privacy", each.privacy), ("archive", each.archive))
        if value.startswith("/")
    ]
    if not typed:
        return
    known = {page.url for page in pages} | {
        path.removeprefix("extra/") for path in edition.sources.files if path.startswith("extra/")
    }
    for each, key, value in typed:
        target = value.partition("#")[0].lstrip("/")
        if target not in known:
            hint = f"did you mean /{target}/?" if f"{target}/" in known else "write the page, or take the line out"
            complaint = Complaint(LINK_BROKEN, f"'{value}' leads to no page of the site", hint)
            yield complaint.at(newsletters.path, each.lines.get(key, 0))


def entry_end(story: Story, edition: AskedEdition, newsletters: Newsletters) -> str:
    """A plain link for the end of a story in a feed, where the paper wants one and the story has some sign-up."""
    signup_list = newsletters.lists.get(newsletters.feed_link)
    fact = story.facts.get("newsletter")
    marker = Marker() if fact is not None else None
    if signup_list is None or not any(choose(story, newsletters, marker)):
        return ""
    own = signup_list.language(story.lang)
    _ = edition.words(own)
    text = _("Sign up for %(newsletter)s") % {"newsletter": in_language(signup_list.name, own)}
    url = edition.site.href(listing(story.lang, edition.paper.lang, HERE).url) + "#" + fragment(signup_list)
    said = f' lang="{escape(own)}"' if own != story.lang else ""
    return f'<p{said}><a href="{escape(url)}">{escape(text)}</a></p>'
