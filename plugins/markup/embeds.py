"""A film, a recording or a map on another site: a still and a link, and nothing that asks that site before a click.

    [embed: https://youtu.be/abc "The choir sings"]                          →  a link, "Watch on YouTube"
    [embed: https://youtu.be/abc "The choir sings"]{still="images/choir.jpg" credit="Ani Example"}

The list of sites is closed: a link to a site that is not in it is an ordinary link, and is typed as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit, urlunsplit

from msgspec import Struct

from plugins.markup.codes import EMBED, UNKNOWN_PROVIDER
from plugins.newsroom.body import Action
from plugins.newsroom.problem import Complaint

HOW = '[embed: https://youtu.be/… "What it shows"]'


class Provider(Struct, frozen=True):
    """A site that may be embedded. name: as readers know it. action: what a reader does there."""

    name: str
    action: Action = Action.OPEN


def _providers() -> Mapping[str, Provider]:
    watch = {
        "YouTube": ("youtube.com", "youtu.be", "youtube-nocookie.com"),
        "Vimeo": ("vimeo.com",),
        "Dailymotion": ("dailymotion.com", "dai.ly"),
        "TikTok": ("tiktok.com",),
        "Twitch": ("twitch.tv",),
    }
    listen = {
        "SoundCloud": ("soundcloud.com",),
        "Spotify": ("open.spotify.com",),
        "Bandcamp": ("bandcamp.com",),
        "Mixcloud": ("mixcloud.com",),
        "Apple Podcasts": ("podcasts.apple.com",),
    }
    see = {
        "Facebook": ("facebook.com", "fb.watch"),
        "Instagram": ("instagram.com",),
        "X": ("x.com", "twitter.com"),
        "Bluesky": ("bsky.app",),
        "Threads": ("threads.net", "threads.com"),
        "Telegram": ("t.me",),
        "Flickr": ("flickr.com", "flic.kr"),
        "OpenStreetMap": ("openstreetmap.org", "osm.org"),
        "Google Maps": ("maps.google.com", "maps.app.goo.gl"),
        "Datawrapper": ("datawrapper.dwcdn.net", "datawrapper.de"),
        "Flourish": ("flourish.studio",),
        "DocumentCloud": ("documentcloud.org",),
        "Internet Archive": ("archive.org",),
        "Wikimedia Commons": ("commons.wikimedia.org",),
    }
    groups = ((Action.WATCH, watch), (Action.LISTEN, listen), (Action.OPEN, see))
    return {host: Provider(name, action) for action, sites in groups for name, hosts in sites.items() for host in hosts}


PROVIDERS = MappingProxyType(_providers())
"""Host → site. A host below one of these (`m.youtube.com`, `choir.bandcamp.com`) is the same site."""


@dataclass(frozen=True, slots=True)
class Embed:
    """What an author typed. provider: None where the site is not in the list, or there is no address."""

    url: str
    title: str = ""
    still: str = ""
    credit: str = ""
    provider: Provider | None = None
    complaints: tuple[Complaint, ...] = field(default=(), compare=False)


BEGINNING = re.compile(r"[ ]{0,3}\[\s*embed\s*:", re.IGNORECASE)
_WHOLE = re.compile(
    r"""[ ]{0,3}\[\s*embed\s*:\s*
    <?(?P<url>[^\s<>"“\[\]]+)>?
    (?:\s+(?:"(?P<title>[^"\n]*)"|“(?P<curly>[^”\n]*)”))?\s*\]
    [ ]*(?:\{(?P<more>[^{}\n]*)\})?[ ]*""",
    re.IGNORECASE | re.VERBOSE,
)
_PAIR = re.compile(r"""\s*([\w.#:-]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""")


def parse_embed(line: str) -> Embed | None:
    """What stands alone on a line, None where it is no embed at all. What is wrong with it comes as complaints."""
    found = _WHOLE.fullmatch(line)
    if not found:
        return None
    url, provider, complaints = check_address(found["url"])
    more: dict[str, str] = {}
    for name, *values in _PAIR.findall(found["more"] or ""):
        value = next((each for each in values if each), "")
        if name in {"still", "credit"} and value:
            more[name] = unescape(value)
        else:
            hint = '{still="images/choir.jpg" credit="Ani Example"}'
            complaints = (*complaints, Complaint(EMBED, f"an embed has no '{name}'", hint))
    title = unescape(found["title"] or found["curly"] or "")
    return Embed(url, title, more.get("still", ""), more.get("credit", ""), provider, complaints)


def check_address(typed: str) -> tuple[str, Provider | None, tuple[Complaint, ...]]:
    """The address to link to, the site that it belongs to, and what is wrong with it."""
    url = unescape(typed)
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removesuffix(".")
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in {"http", "https"} or not host:
        return url, None, (Complaint(EMBED, f"'{typed}' is no full address", HOW),)
    provider = provider_of(host)
    if provider is None:
        known = ", ".join(sorted({each.name for each in PROVIDERS.values()}))
        hint = f"make it a plain link: [what it is]({url}). The sites are {known}"
        return url, None, (Complaint(UNKNOWN_PROVIDER, f"{host} is not among the sites that can be embedded", hint),)
    return urlunsplit(_page_of(parts._replace(scheme="https"))), provider, ()


def provider_of(host: str) -> Provider | None:
    """The site that a host belongs to: its own entry, or that of a domain above it."""
    labels = host.lower().split(".")
    above = (".".join(labels[at:]) for at in range(len(labels) - 1))
    return next((PROVIDERS[each] for each in above if each in PROVIDERS), None)


def _page_of(parts: SplitResult) -> SplitResult:
    """The page that people look at, where the address is that of a frame for other sites."""
    first, _, rest = parts.path.lstrip("/").partition("/")
    host = (parts.hostname or "").removeprefix("www.")
    if first == "embed" and rest and host in {"youtube.com", "youtube-nocookie.com"}:
        return parts._replace(netloc="www.youtube.com", path="/watch", query=f"v={rest.rstrip('/')}")
    if first == "video" and rest and host == "player.vimeo.com":
        return parts._replace(netloc="vimeo.com", path=f"/{rest}")
    return parts
