"""A reader who liked a story is asked, once in its middle and once at its end, for an address to send the paper to.

    [newsletter]                    in the text, alone between two empty lines: here
    newsletter: weekly              in the front matter: this list in the middle
    newsletter: off                 none in this story

Which list stands where, and which provider serves it, is said in content/data/newsletters.toml. The forms are plain
HTML and work with JavaScript off; feeds and summaries never hold one. /newsletters/ shows all lists. With an ordinary
Pelican, without this house's press, the plugin works by itself (`plain`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pelican import signals

from plugins.newsletters import pages, plain
from plugins.newsletters.extension import NewsletterExtension
from plugins.newsletters.newsletter import check_signups, read_newsletters
from plugins.newsletters.placement import put_signups
from plugins.newsroom import hooks

if TYPE_CHECKING:
    from plugins.newsroom.asked import AskedEdition
    from plugins.newsroom.body import Block
    from plugins.newsroom.edition import Edition
    from plugins.newsroom.job import Job
    from plugins.newsroom.paper import Paper
    from plugins.newsroom.problem import Complaint, Problem
    from plugins.newsroom.story import Story
    from plugins.newsroom.views import BodyBlock, Listed


def read_newsletter(_settings: hooks.ReaderSettings) -> NewsletterExtension:
    """The extension that finds `[newsletter]`."""
    return NewsletterExtension()


def check_newsletter(story: Story, paper: Paper) -> Iterator[tuple[str, Complaint]]:
    """Every list that a story names must be in the table."""
    return check_signups(story, pages.newsletters_of(paper))


def place_signups(
    story: Story, blocks: Sequence[Block | BodyBlock], edition: AskedEdition
) -> Sequence[Block | BodyBlock]:
    """The body with its sign-ups in place."""
    return put_signups(
        story,
        blocks,
        edition.body(story).words,
        pages.newsletters_of(edition.paper),
        lambda path: pages.local_href(edition, path, story.lang),
        edition.site.absolute(edition.url(story)),
    )


def list_newsletter_pages(edition: Edition) -> Iterator[Job]:
    """/newsletters/ and /newsletters/thanks/, in each language."""
    return pages.list_pages(edition, pages.newsletters_of(edition.paper))


def check_newsletter_links(edition: Edition, listed: Sequence[Listed]) -> Iterator[Problem]:
    """When all pages are known, a problem for each link of newsletters.toml that leads to none."""
    return pages.check_links(edition, pages.newsletters_of(edition.paper), listed)


def list_newsletter_addresses(paper: Paper) -> Iterable[str]:
    """What a menu may call `/newsletters/`."""
    return pages.addresses(paper, pages.newsletters_of(paper))


def end_feed_entry(story: Story, edition: AskedEdition) -> str:
    """One plain link after a story in a feed, where `[feed]` asks for it."""
    return pages.entry_end(story, edition, pages.newsletters_of(edition.paper))


def open_plain_build(pelican: Any) -> None:
    """Before each run of an ordinary Pelican: type the table, and listen. The press calls the hooks instead."""
    if any(each.__module__.startswith("plugins.press") for each in type(pelican).__mro__):
        return
    newsletters, problems = plain.load_newsletters(pelican.settings)
    for problem in problems:
        plain.logger.error("%s", problem)
    pelican.settings[plain.STATE] = newsletters
    extensions = pelican.settings["MARKDOWN"].setdefault("extensions", [])
    if not any(isinstance(each, plain.PlainExtension) for each in extensions):
        extensions.append(plain.PlainExtension(pelican.settings["DEFAULT_LANG"]))
    signals.content_object_init.connect(add_signups)
    signals.feed_generated.connect(clean_feed)


def add_signups(content: Any) -> None:
    """Plain mode: an article is made."""
    plain.add_signups(content)


def clean_feed(_context: Any, feed: Any) -> None:
    """Plain mode: a feed is about to be written."""
    plain.clean_feed(feed)


def register() -> None:
    """What newsletters add to the house."""
    hooks.tables.add("newsletters", read_newsletters)
    hooks.reading.add("newsletter", read_newsletter)
    hooks.checks.add("newsletters", check_newsletter)
    hooks.blocks.add("newsletters", place_signups)
    hooks.pages.add("newsletters", list_newsletter_pages)
    hooks.page_checks.add("newsletters", check_newsletter_links)
    hooks.addresses.add("newsletters", list_newsletter_addresses)
    hooks.entry_ends.add("newsletters", end_feed_entry)
    signals.get_generators.connect(open_plain_build)
