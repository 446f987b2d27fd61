"""`python -m plugins.desk move-in OLD --export export.xml`: what pelican-import made of a WordPress export, as copy.

    OLD/orchard-run.md         Title: Orchard run           sport/2019/orchard-run.md     title: "Orchard run"
                               Author: ani              →                                 authors: ["Ani Example"]
                               Category: Sport, Valley                                    category: sport
                               <figure><img src=…>                                        ![…](/uploads/2019/05/run.jpg)

pelican-import turns the texts into Markdown and loses half of what the export says of them. So the texts are taken from
its files, and all else from the export itself: authors by name, sections by id, tags, language, lead picture, alt
texts, the id that feeds had, and the address where it differs from the new one. No file that is there is touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from plugins.desk.check import settings_of
from plugins.markup.embeds import provider_of
from plugins.newsroom.paper import Paper
from plugins.newsroom.slugs import slugify
from plugins.newsroom.story import Kind, Story
from plugins.newsroom.text import text_of_html
from plugins.newsroom.urls import page_address, story_address
from plugins.press.house import load_paper
from plugins.press.joint import plan_of
from plugins.press.plan import Plan
from plugins.press.scan import scan

UPLOADS = "/uploads/"
"""Where the pictures of wp-content/uploads/ lie in content/."""
TAKEN = {"publish": "", "draft": "draft"}
"""WordPress' status of what pelican-import takes → ours; empty where it needs no word."""
LEFT = frozenset({"future", "pending", "private"})
"""What it leaves out without a word."""


class Attachment(Struct, frozen=True):
    """A file of the old site. url: its address there. alt, caption: as its editors typed them."""

    url: str
    alt: str = ""
    caption: str = ""


class Item(Struct, frozen=True):
    """A post or page of the export. name: its slug there, not quoted, or its number; slug: what can be one here.

    date: as the old site's clock had it, or empty.
    sections: (id, name), the first is the one it stands in. pair: what its translations have in common, or empty.
    address: its path on the old site, not quoted, or empty. photo: the id of its lead picture.
    """

    kind: Kind
    name: str
    slug: str
    title: str
    date: str = ""
    status: str = "publish"
    secret: bool = False
    author: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    lang: str = ""
    pair: str = ""
    summary: str = ""
    address: str = ""
    guid: str = ""
    photo: str = ""


class Export(Struct, frozen=True, dict=True):
    """An export file, read. home: the old site's address, without a slash at the end. attachments: by their ids."""

    home: str
    items: tuple[Item, ...]
    attachments: Mapping[str, Attachment] = field(default_factory=dict)

    def picture(self, url: str) -> Attachment | None:
        """The attachment that an address in a text means, in whatever size."""
        return self._by_file.get(_full_size(url))

    @cached_property
    def _by_file(self) -> dict[str, Attachment]:
        return {_full_size(each.url): each for each in self.attachments.values()}

    @cached_property
    def pairs(self) -> dict[tuple[str, str], str]:
        """(pair, language) → the slug of the piece in that language."""
        return {(item.pair, item.lang): item.slug for item in self.items if item.pair}


# The export.


def read_export(data: bytes) -> Export:
    """An export file (WXR). Raises ParseError where it is no XML."""
    channel = ET.fromstring(data).find("channel")
    if channel is None:
        raise ET.ParseError("this is no WordPress export: it has no channel")
    names = {
        _text(each, "author_login"): _text(each, "author_display_name") or _text(each, "author_login")
        for each in channel.findall("{*}author")
    }
    rows = channel.findall("item")
    items = [_item(row, names) for row in rows if _text(row, "post_type") in {"post", "page"}]
    attachments = {_text(row, "post_id"): _attachment(row) for row in rows if _text(row, "post_type") == "attachment"}
    return Export(_text(channel, "base_blog_url").rstrip("/"), tuple(items), attachments)


def _text(row: ET.Element, tag: str) -> str:
    found = row.find(f"{{*}}{tag}")
    return (found.text or "").strip() if found is not None else ""


def _item(row: ET.Element, names: Mapping[str, str]) -> Item:
    terms = [
        (each.get("domain", ""), unquote(each.get("nicename", "")), each.text or "") for each in row.iter("category")
    ]
    by_domain = {domain: [(id_, unescape(name)) for of, id_, name in terms if of == domain] for domain, _, _ in terms}
    author = _text(row, "creator")
    date = _text(row, "post_date")[:16]
    parts = urlsplit(_text(row, "link"))
    number = _text(row, "post_id")
    name = unquote(_text(row, "post_name")) or number
    return Item(
        kind=Kind.PAGE if _text(row, "post_type") == "page" else Kind.STORY,
        name=name,
        slug=slugify(name) or number,
        title=" ".join(unescape(_text(row, "title")).split()),
        date="" if date.startswith("0000") else date,
        status=_text(row, "status"),
        secret=bool(_text(row, "post_password")),
        author=names.get(author, author),
        sections=tuple(by_domain.get("category", ())),
        tags=tuple(name for _, name in by_domain.get("post_tag", ())),
        lang=next((id_ for id_, _ in by_domain.get("language", ())), ""),
        pair=next((id_ for id_, _ in by_domain.get("post_translations", ())), ""),
        summary=" ".join(text_of_html(_excerpt(row)).split()),
        address="" if parts.query else unquote(parts.path),
        guid=_text(row, "guid"),
        photo=_meta(row, "_thumbnail_id"),
    )


def _attachment(row: ET.Element) -> Attachment:
    caption = " ".join(text_of_html(_excerpt(row)).split())
    return Attachment(_text(row, "attachment_url"), _meta(row, "_wp_attachment_image_alt"), caption)


def _excerpt(row: ET.Element) -> str:
    """`excerpt:encoded`, beside which `content:encoded` has the same last name."""
    return next((each.text or "" for each in row.findall("{*}encoded") if "excerpt" in each.tag), "")


def _meta(row: ET.Element, key: str) -> str:
    return next(
        (_text(each, "meta_value") for each in row.findall("{*}postmeta") if _text(each, "meta_key") == key), ""
    )


# The text.

_GROUP = re.compile(r"^<!-- wp:gallery.*?^<!-- /wp:gallery -->$", re.DOTALL | re.MULTILINE)
_FIGURE = re.compile(r"^<figure\b.*?^</figure>$", re.DOTALL | re.MULTILINE)
_NOTES = re.compile(r"^(?:<!-- ?/?(?:wp:.*|more.*|nextpage) ?-->|</?(?:p|div)(?: [^>]*)?>) *$\n*", re.MULTILINE)
_TAG = re.compile(r"^\[?<(?:img|iframe)\b[^>]*>(?:</iframe>)?(?:\]\([^)]*\))?$", re.MULTILINE)
_PICTURE = re.compile(r"^\[?!\[([^\]]*)\]\(([^\s)]+)(?: \"([^\"]*)\")?\)(?:\]\([^)]*\))?$", re.MULTILINE)
_GALLERY = re.compile(r"^\\?\[gallery\b[^\]\n]*\bids=\"([\d, ]+)\"[^\]\n]*\]$", re.MULTILINE)
_EMBED = re.compile(r"^(?:\\?\[embed[^\]\n]*\])?<?(https?:[^\s>\[\\]+)>?(?:\\?\[/embed\\?\])?$", re.MULTILINE)
_SHORTCODE = re.compile(r"\\\[(?:/\w|[\w-]+ \w+=|(?:gallery|caption|embed|audio|video|playlist)\b)")
_SIZE = re.compile(r"(?:-\d+x\d+|-scaled)(?=\.\w+$)")


class _Figure(HTMLParser):
    """Pictures with their captions, and the address of what is embedded among them."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[list[str]] = []
        self.title = ""
        self.address = ""
        self._caption: list[str] | None = None
        self._of_group = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A picture, a frame of another site, the beginning of a caption."""
        values = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.pictures.append([values.get("src", ""), values.get("alt", ""), ""])
        elif tag == "iframe":
            self.address = values.get("src", "")
        elif tag == "figcaption":
            self._caption = []
            self._of_group = "blocks-gallery-caption" in values.get("class", "")

    def handle_endtag(self, tag: str) -> None:
        """A caption is that of the last picture, or of all."""
        if tag != "figcaption" or self._caption is None:
            return
        words = " ".join("".join(self._caption).split())
        self._caption = None
        if self._of_group or not self.pictures:
            self.title = words
        else:
            self.pictures[-1][2] = words

    def handle_data(self, data: str) -> None:
        """Words of a caption, or an address that stands by itself."""
        if self._caption is not None:
            self._caption.append(data)
        elif data.strip():
            self.address = data.strip()


def body_of(text: str, export: Export) -> str:
    """The Markdown of pelican-import as our authors would type it. Pictures lead to `/uploads/`, links to this site."""
    text = _PICTURE.sub(lambda found: _picture(found[2], found[1], found[3] or "", export), text)
    text = _GROUP.sub(lambda found: _figure(found[0], export, in_group=True), text)
    text = _NOTES.sub("", text)
    text = _FIGURE.sub(lambda found: _figure(found[0], export), text)
    text = _TAG.sub(lambda found: _figure(found[0].partition("](")[0].strip("[]"), export), text)
    text = _GALLERY.sub(lambda found: _gallery_of(re.findall(r"\d+", found[1]), export), text)
    text = _EMBED.sub(_embed, text)
    bare = re.sub("^https?://", "", export.home)
    for home in (f"https://{bare}", f"http://{bare}") if bare else ():
        text = text.replace(f"]({home}/wp-content{UPLOADS}", f"]({UPLOADS}").replace(f"]({home}/", "](/")
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _figure(html: str, export: Export, *, in_group: bool = False) -> str:
    """A figure as Markdown; one that holds neither pictures nor an address stays, for `make check` to find."""
    figure = _Figure()
    figure.feed(html)
    figure.close()
    pictures = [_picture(src, alt, caption, export) for src, alt, caption in figure.pictures]
    if not pictures:
        return f"[embed: {figure.address}]" if re.fullmatch(r"https?://\S+", figure.address) else html
    if len(pictures) == 1 and not in_group:
        return pictures[0]
    return "\n".join([f"::: gallery {figure.title}".rstrip(), *pictures, ":::"])


def _embed(found: re.Match[str]) -> str:
    """WordPress makes a film of an address alone on a line; where the site is none that may be embedded, it stays."""
    return f"[embed: {found[1]}]" if provider_of(urlsplit(found[1]).hostname or "") else found[0]


def _gallery_of(ids: Iterable[str], export: Export) -> str:
    found = [export.attachments[id_] for id_ in ids if id_ in export.attachments]
    return "\n".join(["::: gallery", *(_picture(each.url, each.alt, each.caption, export) for each in found), ":::"])


def _picture(src: str, alt: str, caption: str, export: Export) -> str:
    """One picture. pelican-import writes the caption into the alt text, so the export's goes before it."""
    known = export.picture(src)
    alt = known.alt if known and known.alt else "" if alt == caption else alt
    title = ' "{}"'.format(caption.replace('"', "”")) if caption else ""
    return f"![{alt}]({path_of(src, export)}{title})"


def path_of(url: str, export: Export) -> str:
    """`…/wp-content/uploads/2019/05/run-1024x683.jpg` → `/uploads/2019/05/run.jpg`; any other address stays."""
    _, found, rest = url.partition("/wp-content/uploads/")
    known = export.picture(url)
    if not found:
        return url
    return UPLOADS + (known.url.partition("/wp-content/uploads/")[2] if known else rest)


def _full_size(url: str) -> str:
    return _SIZE.sub("", url.partition("/wp-content/uploads/")[2] or url)


# The file.


class House(Struct, frozen=True):
    """What a moved story must fit: the paper, and the form of its addresses."""

    paper: Paper
    plan: Plan

    def lang(self, item: Item) -> str:
        """An item's language, where the paper appears in it; else the paper's first."""
        return item.lang if item.lang in self.paper.languages else self.paper.lang

    def address(self, item: Item) -> str:
        """Where it will stand, with a slash before it."""
        zone, first = self.paper.timezone, self.paper.lang
        date = datetime.fromisoformat(item.date).replace(tzinfo=ZoneInfo(zone)) if item.date else None
        section = item.sections[0][0] if item.sections else ""
        story = Story("", kind=item.kind, lang=self.lang(item), slug=item.slug, date=date, section=slugify(section))
        if item.kind is Kind.PAGE:
            return "/" + page_address(story, first_lang=first).url
        plan = self.plan
        return "/" + story_address(story, plan.article_url, plan.article_save_as, zone=zone, first_lang=first).url

    def path(self, item: Item) -> Path:
        """Its file, from content/: section, year, slug; a folder for each language but the first."""
        lang = self.lang(item)
        name = f"{item.slug}.md"
        below = (lang,) if lang != self.paper.lang else ()
        if item.kind is Kind.PAGE:
            return Path("pages", *below, name)
        section = slugify(item.sections[0][0]) if item.sections else "no-section"
        return Path(section, item.date[:4] or "undated", *below, name)


def keys_of(item: Item, export: Export, house: House) -> Iterator[tuple[str, Any]]:
    """The front matter, key by key; empty ones are left out later."""
    lang = house.lang(item)
    yield "title", item.title
    story = item.kind is Kind.STORY
    if story:
        yield "date", item.date
        yield "category", slugify(item.sections[0][0]) if item.sections else ""
    yield "lang", lang if lang != house.paper.lang else ""
    yield "status", "draft" if item.secret else TAKEN.get(item.status, "draft")
    yield "translation_of", _pair_of(item, export, house)
    if story:
        yield "authors", [item.author] if item.author else []
        yield "tags", [*item.tags, *(name for _, name in item.sections[1:])]
    yield "summary", item.summary
    yield "photo", _photo(item, export)
    yield "aliases", [item.address] if item.address not in {"", "/", house.address(item)} else []
    if story:
        yield "id", item.guid


def _pair_of(item: Item, export: Export, house: House) -> str:
    """The slug of the same piece in the paper's first language, where it is another."""
    slug = export.pairs.get((item.pair, house.paper.lang), "")
    return slug if slug != item.slug else ""


def _photo(item: Item, export: Export) -> dict[str, str]:
    found = export.attachments.get(item.photo)
    if found is None:
        return {}
    words = {"alt": found.alt, "caption": found.caption}
    return {"file": path_of(found.url, export), **{key: text for key, text in words.items() if text}}


def front_matter(keys: Iterable[tuple[str, Any]]) -> str:
    """YAML, in which every text that is not plainly one stands in quotes (a JSON value is a YAML value)."""
    plain = {"date", "category", "lang", "status", "translation_of"}
    lines = []
    for key, value in keys:
        if isinstance(value, dict) and value:
            lines += [f"{key}:", *(f"  {each}: {json.dumps(text, ensure_ascii=False)}" for each, text in value.items())]
        elif value:
            lines.append(f"{key}: {value if key in plain else json.dumps(value, ensure_ascii=False)}")
    return "\n".join(["---", *lines, "---", "", ""])


def move_in(old: Path, export_file: Path, content: Path, conf: Path) -> int:
    """Write the files and tell what was left; 1 where nothing can be read."""
    if not old.is_dir() or not export_file.is_file():
        print(f"there is no {export_file if old.is_dir() else old}")
        return 1
    try:
        export = read_export(export_file.read_bytes())
    except ET.ParseError as fault:
        print(f"{export_file}: this cannot be read as a WordPress export: {fault}")
        return 1
    plan = plan_of(settings_of(content, conf, Path("output"), PRESS_SILENT=True))
    house = House(load_paper(plan, scan(content))[0], plan)
    texts = dict(_texts(old))
    told: list[str] = []
    counts = dict.fromkeys(Kind, 0)
    for item in export.items:
        text = texts.pop((item.kind, item.name), None)
        if item.status in LEFT:
            told.append(f"not moved: '{item.title}' ({item.status})")
        if text is None:
            continue
        path = content / house.path(item)
        if path.exists():
            told.append(f"not moved: '{item.title}': {path} is already there")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        body = body_of(text, export)
        path.write_text(front_matter(keys_of(item, export, house)) + body, "utf-8")
        counts[item.kind] += 1
        if item.secret:
            told.append(f"{path}: had a password, and is a draft now")
        if _SHORTCODE.search(body):
            told.append(f"{path}: holds a shortcode of WordPress, which readers would see as typed")
    if sections := write_sections(export, content):
        told.append(f"{sections}: made from the categories; put them in order")
    told += [f"not moved: {slug}: the export does not name it" for _, slug in texts]
    for line in told:
        print(line)
    print(f"moved into {content}: stories {counts[Kind.STORY]}, pages {counts[Kind.PAGE]}")
    return 0


def write_sections(export: Export, content: Path) -> Path | None:
    """sections.toml with the categories in which stories stand, unless the paper has one."""
    path = content / "data/sections.toml"
    stories = [item for item in export.items if item.sections and item.kind is Kind.STORY and item.status in TAKEN]
    names = {slugify(item.sections[0][0]): item.sections[0][1] for item in stories}
    if path.exists() or not names:
        return None
    rows = [f"[{id_}]\nname = {json.dumps(names[id_], ensure_ascii=False)}\n" for id_ in sorted(names)]
    path.write_text("\n".join(rows), "utf-8")
    return path


def _texts(old: Path) -> Iterator[tuple[tuple[Kind, str], str]]:
    """(story or page, slug) → the Markdown below the headers, of each file of pelican-import."""
    for path in sorted(old.rglob("*.md")):
        head, _, text = path.read_text("utf-8").partition("\n\n")
        slug = next((line[6:] for line in head.splitlines() if line.startswith("Slug: ")), path.stem)
        yield (Kind.PAGE if path.parent.name == "pages" else Kind.STORY, unquote(slug)), text
