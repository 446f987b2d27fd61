"""Plain mode: sign-ups in the articles of an ordinary Pelican site, with any theme, none in its feeds or summaries.

    PLUGINS = ["plugins.newsletters"]
    NEWSLETTERS = {"placement": {…}, "lists": {…}}      or content/data/newsletters.toml

While Markdown runs only the places are noted, as comments of our own (`<!--newsletters:gap 240-->`): what an article's
section and language are is known later. When the article is made the comments become the blocks of `newsroom.body`,
the same placement as everywhere fills them, and what is printed stands between two comments by which a feed loses it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE
from pelican.contents import Article
from pelican.utils import strip_toc_elements_from_html, truncate_html_paragraphs, truncate_html_words

from plugins.newsletters.extension import NewsletterExtension
from plugins.newsletters.newsletter import OFF, Newsletters, check_signups, read_newsletters
from plugins.newsletters.placement import put_signups
from plugins.newsroom.body import Block, Gap, Html, Marker
from plugins.newsroom.gaps import KIND_OF_TAG, BlockKind, find_gaps
from plugins.newsroom.problem import Problem
from plugins.newsroom.story import Genre, Plain, Signups, Story
from plugins.newsroom.tables import Table, read_table
from plugins.newsroom.text import squeezed, visible_text
from plugins.newsroom.views import BodyBlock, Signup

logger = logging.getLogger(__name__)

STATE = "NEWSLETTERS_READ"
"""The key of Pelican's settings under which a build's newsletters lie once they are typed."""

START = "<!--newsletters:signup-->"
END = "<!--/newsletters:signup-->"
_NOTE = "<!--newsletters:"


def load_newsletters(settings: Mapping[str, Any]) -> tuple[Newsletters, list[Problem]]:
    """The setting NEWSLETTERS, or else content/data/newsletters.toml, or else no newsletters."""
    rows = settings.get("NEWSLETTERS")
    if isinstance(rows, Mapping):
        return read_newsletters(Table("the setting NEWSLETTERS", rows))
    path = Path(settings["PATH"], "data", "newsletters.toml")
    if not path.is_file():
        return Newsletters(), []
    table, problems = read_table("data/newsletters.toml", path.read_bytes())
    newsletters, more = read_newsletters(table)
    return newsletters, problems + more


class PlainExtension(NewsletterExtension):
    """Finds the marks, and leaves comments in the HTML: places, marks, findings, and how long the text is.

    lang: the language of articles that name none.
    """

    def __init__(self, lang: str = "") -> None:
        super().__init__()
        self.lang = lang

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Note the places when nothing else moves blocks any more, before text is unescaped (0)."""
        super().extendMarkdown(md)
        md.treeprocessors.register(_Places(md, self), "newsletters-places", 2)

    def applies(self, md: Markdown) -> bool:
        """Pelican converts an article's summary with the same Markdown, from which it first takes `meta` away."""
        return "meta" in md.preprocessors


class _Places(Treeprocessor):
    def __init__(self, md: Markdown, extension: PlainExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        if not self.extension.applies(self.md):
            return
        shown = [element for element in root if not self._is_comment(element)]
        kinds = [self._kind(element) for element in shown]
        texts = [
            "" if kind is BlockKind.FOOTNOTES else squeezed(visible_text(self.md, element))
            for kind, element in zip(kinds, shown, strict=True)
        ]
        seen = 0
        for element, kind, gap in zip(shown, kinds, list(find_gaps(kinds, texts, self._lang())), strict=True):
            seen, allowed = gap
            if kind is BlockKind.MARKER:
                name = element.get("name", "")
                element.clear()
                self._note(element, "marker", name.encode().hex())
            elif allowed:
                place = Element("p")
                self._note(place, "gap", str(seen))
                root.insert(list(root).index(element) + 1, place)
        self._note(SubElement(root, "p"), "total", str(seen), str(sum(len(text.split()) for text in texts)))
        for finding in self.extension.outcome().findings:
            self._note(SubElement(root, "p"), "fault", str(finding.complaint.at("")).encode().hex())
        self.extension.begin()

    def _lang(self) -> str:
        """What the article's headers, which Markdown's own extension has read, say of its language."""
        headers: Mapping[str, list[str]] = getattr(self.md, "Meta", {})
        return (headers.get("lang") or [self.extension.lang])[0].lower()

    def _note(self, element: Element, *words: str) -> None:
        """Make the element a comment of ours."""
        element.tag = "p"
        element.text = self.md.htmlStash.store(f"{_NOTE}{' '.join(words)}-->")
        element.tail = "\n"

    def _raw(self, element: Element) -> str | None:
        """The raw HTML that this block is, or None where it is none."""
        found = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
        if element.tag != "p" or len(element) or found is None:
            return None
        return str(self.md.htmlStash.rawHtmlBlocks[int(found[1])])

    def _is_comment(self, element: Element) -> bool:
        raw = (self._raw(element) or "").strip()
        return raw.startswith("<!--") and raw.find("-->") == len(raw) - len("-->")

    def _kind(self, element: Element) -> BlockKind:
        if element.tag == "div" and element.get("class") == "footnote":
            return BlockKind.FOOTNOTES
        if self._raw(element) is not None:
            return BlockKind.RAW
        if element.tag == "p" and element.find(".//img") is not None and not "".join(element.itertext()).strip():
            return BlockKind.FIGURE
        return KIND_OF_TAG.get(element.tag, BlockKind.RAW)


def blocks_of(content: str) -> tuple[tuple[Block, ...], int, list[str]]:
    """An article's HTML as blocks, its words, and the faults that were noted in it; the comments are gone."""
    first, *rest = content.split(_NOTE)
    blocks: list[Block] = [Html((first,))]
    words = 0
    faults: list[str] = []
    for part in rest:
        note, _, html = part.partition("-->")
        match note.split(" "):
            case ["gap", text_before]:
                blocks.append(Gap(int(text_before), allowed=True))
            case ["marker", name]:
                blocks.append(Marker(bytes.fromhex(name).decode() or None))
            case ["total", text_before, count]:
                blocks.append(Gap(int(text_before), allowed=False))
                words = int(count)
            case ["fault", text]:
                faults.append(bytes.fromhex(text).decode())
        html = html.removeprefix("\n")
        if html:
            blocks.append(Html((html,)))
    return tuple(blocks), words, faults


def story_of(article: Any, fact: Plain) -> Story:
    """What placement asks of a story, from Pelican's article and its plain headers."""
    typed = str(article.metadata.get("newsletter", "")).strip()
    genre = str(article.metadata.get("genre", "")).strip().lower()
    category = getattr(article, "category", None)
    return Story(
        path=article.relative_source_path or "",
        lang=article.lang,
        slug=article.slug,
        section=getattr(category, "slug", ""),
        genre=Genre(genre) if genre in list(Genre) else Genre.REPORT,
        signups=Signups(OFF, OFF) if typed.lower() == OFF else Signups(middle=typed or None),
        facts={} if fact is None else {"newsletter": fact},
    )


def add_signups(content: Any) -> None:
    """Give an article its sign-ups and, where its author wrote none, a summary without them; clean any other content.

    The summary's links inside the site are resolved by Pelican, as those of any that stands in FORMATTED_FIELDS.
    """
    settings = content.settings
    # Pelican offers no other way to change what a reader has read than this attribute.
    html = content._content  # noqa: SLF001
    if STATE not in settings or not isinstance(html, str) or _NOTE not in html:
        return
    blocks, words, faults = blocks_of(html)
    clean = "".join(_printed(blocks, ""))
    content._content = clean  # noqa: SLF001
    if not isinstance(content, Article):
        return
    marker = next((block for block in blocks if isinstance(block, Marker)), None)
    story = story_of(content, {"list": marker.name} if marker else None)
    newsletters: Newsletters = settings[STATE]
    for fault in faults:
        logger.error("%s%s", story.path, fault)
    for _, complaint in check_signups(story, newsletters):
        logger.error("%s", complaint.at(story.path))
    placed = put_signups(story, blocks, words, newsletters, lambda path: f"{settings['SITEURL']}{path}")
    if not any(isinstance(block, Signup) for block in placed):
        return
    content._content = "".join(_printed(placed, story.lang))  # noqa: SLF001
    if "summary" not in content.metadata:
        content.metadata["summary"] = summary_of(clean, settings)


def _printed(blocks: Sequence[Block | BodyBlock], lang: str) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Html):
            yield from (str(piece) for piece in block.pieces)
        elif isinstance(block, Signup):
            yield f"\n{START}{render_signup(block, lang)}{END}\n"


def summary_of(html: str, settings: Mapping[str, Any]) -> str:
    """What Pelican makes of a text without a summary: SUMMARY_MAX_PARAGRAPHS, then SUMMARY_MAX_LENGTH words."""
    paragraphs = settings.get("SUMMARY_MAX_PARAGRAPHS")
    if paragraphs is not None:
        html = truncate_html_paragraphs(html, paragraphs)
    if settings["SUMMARY_MAX_LENGTH"] is not None:
        html = truncate_html_words(html, settings["SUMMARY_MAX_LENGTH"], settings["SUMMARY_END_SUFFIX"])
    return str(strip_toc_elements_from_html(html))


def without_signups(html: str) -> str:
    """HTML without what stands between our two comments."""
    while (start := html.find(START)) >= 0 and (end := html.find(END, start)) >= 0:
        html = html[:start].removesuffix("\n") + html[end + len(END) :].removeprefix("\n")
    return html


def clean_feed(feed: Any) -> None:
    """Take the sign-ups out of a feed, before it is written."""
    for item in feed.items:
        for key in ("content", "description"):
            if item.get(key):
                item[key] = without_signups(item[key])


_WORDS = {
    "en": ("Your e-mail address", "Sign up", "How we use your address"),
    "hy": ("Ձեր էլ. հասցեն", "Բաժանորդագրվել", "Ինչպես ենք օգտագործում ձեր հասցեն"),
}


def render_signup(signup: Signup, lang: str) -> str:
    """One sign-up as HTML that stands in any theme: a form that needs no script, or a link. lang: of the page."""
    address, submit, privacy = _WORDS.get((signup.lang or lang).partition("-")[0], _WORDS["en"])
    heading, email = f"{signup.id}-heading", f"{signup.id}-email"
    parts = [
        _open("section", class_="signup", aria_labelledby=heading, lang=signup.lang),
        f"{_open('p', id=heading)}<strong>{escape(signup.invitation)}</strong></p>",
        f"<p>{escape(signup.description)}</p>" if signup.description else "",
    ]
    if signup.action:
        parts.append(_open("form", method="post", action=signup.action))
        parts += [
            f'<input type="hidden" name="{escape(each.name)}" value="{escape(each.value)}">' for each in signup.hidden
        ]
        if signup.trap:
            # Off the screen rather than hidden: robots fill in what they take for visible.
            parts += [
                '<div style="position:absolute;left:-10000px" aria-hidden="true">',
                f'<input type="text" name="{escape(signup.trap)}" value="" tabindex="-1" autocomplete="off"></div>',
            ]
        parts += [
            f'<label for="{escape(email)}">{escape(address)}</label> ',
            f'<input type="email" id="{escape(email)}" name="{escape(signup.email_field)}"',
            ' autocomplete="email" required> ',
            f'<button type="submit">{escape(submit)}</button></form>',
        ]
    else:
        parts.append(f"<p>{_open('a', href=signup.link, aria_describedby=heading)}{escape(submit)}</a></p>")
    link = f"{_open('a', href=signup.privacy_url)}{escape(privacy)}</a>" if signup.privacy_url else ""
    if signup.consent or link:
        parts.append(f"<p>{escape(signup.consent)} {link}</p>")
    return "".join([*parts, "</section>"])


def _open(tag: str, **attributes: str) -> str:
    """An opening tag; an attribute without a value is left out."""
    written = (f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value)
    return f"<{tag}{''.join(written)}>"
