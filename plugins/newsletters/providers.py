"""What each newsletter provider's form holds, so that it works as a plain HTML form with JavaScript off.

    [lists.daily]
    provider = "buttondown"     →  POST https://buttondown.com/api/emails/embed-subscribe/courier
    username = "courier"           email=…  embed=1  metadata__article=en/harvest-fair

A provider whose form needs JavaScript, or answers a plain form with something that no reader should see, gets a link to
its own sign-up page instead. Where a contract comes from stands in `evidence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import urlsplit

from msgspec import Struct, field

from plugins.newsletters.codes import BAD_ID, INSECURE, PLACEHOLDER
from plugins.newsroom.problem import Complaint


class Evidence(StrEnum):
    """How sure a contract is."""

    DOCUMENTED = "documented"  # in the provider's manual or source
    PUBLISHED = "published"  # in the code that the provider gives its customers to paste
    PRACTICE = "practice"  # works on public sites; the provider promises nothing
    OWN = "own"  # whatever the editor says


class Shape(Struct, frozen=True):
    """What a value must look like. words: for the message; example: for the hint."""

    pattern: str
    words: str
    example: str
    is_url: bool = False


WORD = Shape(r"[A-Za-z0-9][A-Za-z0-9_.-]*", "letters, digits, dots and dashes only", "courier")
NUMBER = Shape(r"[0-9]+", "digits only", "1234567")
HEX = Shape(r"[0-9a-f]+", "the digits 0-9 and a-f only", "a1b2c3d4e5")
UUID = Shape(
    r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    "a UUID: 32 digits 0-9 and a-f in five groups",
    "0d0e3c5e-4a1b-4a7e-9d7e-2f6f0c9a1b11",
)
HOST = Shape(
    r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?", "one part of a host name: letters, digits and dashes", "courier"
)
SERVER = Shape(r"[a-z]{2}[0-9]+", "two letters and a number", "us21")
INPUT = Shape(r"[A-Za-z_][A-Za-z0-9_-]*(?:\[[A-Za-z0-9_-]*\])*", "the name of a form's field", "email")
TEXT = Shape(r"[^\x00-\x1f]+", "one line of text", "website")
URL = Shape(
    r"https://[^\s\"'<>\\]+", "an address that begins with https://", "https://lists.courier.example", is_url=True
)


class Field(Struct, frozen=True):
    """One key that a list must or may have for its provider. many: a list of values is welcome too."""

    shape: Shape
    required: bool = True
    many: bool = False


class Contract(Struct, frozen=True):
    """One provider. In every text, `{key}` stands for the value of a field; what holds an absent one is left out.

    action: where the form is sent, or empty. link: the provider's own page, where there is no form.
    hidden: names and values of hidden inputs; a value that is one `{key}` is repeated for each of a field's values.
    query: what the action ends in where its field is there. trap: the name of the input that must stay empty.
    story: the name of the input that tells which story a reader signed up from, or empty. box: name and value of the
    checkbox by which a reader consents. own_inputs: the editor may add hidden inputs, as `hidden = {name = "value"}`.

    Besides its fields a text may name `{page}`, the whole address of the page on which the form stands, `{lang}`, its
    language, and `{key_joined}`, all of a field's values with commas between them.
    """

    evidence: Evidence
    fields: Mapping[str, Field]
    action: str = ""
    query: str = ""
    email_field: str = "email"
    hidden: tuple[tuple[str, str], ...] = ()
    trap: str = ""
    story: str = ""
    box: tuple[str, str] = ("", "")
    link: str = ""
    own_inputs: bool = False

    def takes_consent(self, keys: Iterable[str]) -> bool:
        """Whether a list with these keys can have a box to tick."""
        return bool(self.box[0]) and set(re.findall(r"\{(\w+)\}", self.box[0])) <= set(keys)


class Form(Struct, frozen=True):
    """A contract with a list's values in it. Either `action` or `link` is set."""

    action: str = ""
    email_field: str = "email"
    hidden: tuple[tuple[str, str], ...] = ()
    trap: str = ""
    link: str = ""
    box: tuple[str, str] = ("", "")

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the browser goes when the form is sent, as `https://host[:port]`: its address, and where that leads on.

        A Content-Security-Policy's `form-action` must allow each; none for a link.
        """
        onward = (value for name, value in self.hidden if name in REDIRECTS)
        return tuple(dict.fromkeys(origin_of(url) for url in (self.action, *onward) if url))


REDIRECTS = frozenset(
    {
        *("next", "redirect_after_subscribed"),
        *("redirect_after_already_subscribed", "redirect_after_subscription_pending"),
    }
)
"""Hidden inputs that hold the page on which readers land."""


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, as a Content-Security-Policy names them."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port not in {None, 443} else ""
    return f"{parts.scheme}://{parts.hostname}{port}"


_MUST_ID = Field(WORD)
_STORY_FIELD = Field(INPUT, required=False)
_TAGS = Field(TEXT, required=False, many=True)
_THANKS = Field(URL, required=False)
_HOSTED_PAGE = Contract(Evidence.OWN, {"link": Field(URL)}, link="{link}")

CONTRACTS: Mapping[str, Contract] = MappingProxyType(
    {
        "activecampaign": Contract(
            Evidence.PRACTICE,
            {"account": Field(HOST), "form": Field(NUMBER), "or": Field(HEX), "story_field": _STORY_FIELD},
            action="https://{account}.activehosted.com/proc.php",
            hidden=(
                *(("u", "{form}"), ("f", "{form}"), ("s", ""), ("c", "0"), ("m", "0")),
                *(("act", "sub"), ("v", "2"), ("or", "{or}")),
            ),
            story="{story_field}",
        ),
        # Its embed is an iframe that contacts the provider before any reader acts.
        "beehiiv": _HOSTED_PAGE,
        "brevo": Contract(
            Evidence.PRACTICE,
            {"account": Field(HOST), "token": _MUST_ID, "story_field": _STORY_FIELD},
            action="https://{account}.sibforms.com/serve/{token}",
            email_field="EMAIL",
            hidden=(("locale", "{lang}"),),
            trap="email_address_check",
            story="{story_field}",
            box=("OPT_IN", "1"),
        ),
        "buttondown": Contract(
            Evidence.DOCUMENTED,
            {"username": _MUST_ID, "tag": _TAGS},
            action="https://buttondown.com/api/emails/embed-subscribe/{username}",
            hidden=(("embed", "1"), ("tag", "{tag}")),
            story="metadata__article",
        ),
        # Its newer forms are sent by JavaScript only.
        "campaign-monitor": _HOSTED_PAGE,
        "emailoctopus": Contract(
            Evidence.PRACTICE,
            {"form": Field(UUID), "story_field": _STORY_FIELD},
            action="https://eocampaign1.com/form/{form}",
            email_field="field_0",
            trap="hpc4b27b6e-eb38-11e9-be00-06b4694bee2a",
            story="{story_field}",
        ),
        "form": Contract(
            Evidence.OWN,
            {
                "action": Field(URL),
                "email_field": Field(INPUT),
                "trap": Field(INPUT, required=False),
                "consent_field": Field(INPUT, required=False),
                "story_field": _STORY_FIELD,
            },
            action="{action}",
            email_field="{email_field}",
            trap="{trap}",
            story="{story_field}",
            box=("{consent_field}", "1"),
            own_inputs=True,
        ),
        # Its form wants a token that only its script can fetch.
        "ghost": Contract(Evidence.PRACTICE, {"url": Field(URL)}, link="{url}/#/portal/signup"),
        "kit": Contract(
            Evidence.PRACTICE,
            {"form": Field(NUMBER), "story_field": _STORY_FIELD},
            action="https://app.kit.com/forms/{form}/subscriptions",
            email_field="email_address",
            story="fields[{story_field}]",
        ),
        "link": _HOSTED_PAGE,
        # A nonce that is not empty makes it answer 502.
        "listmonk": Contract(
            Evidence.DOCUMENTED,
            {"url": Field(URL), "list": Field(UUID, many=True), "thanks": _THANKS},
            action="{url}/subscription/form",
            hidden=(("l", "{list}"), ("next", "{thanks}")),
            trap="nonce",
        ),
        "mailchimp": Contract(
            Evidence.PUBLISHED,
            {
                "account": Field(HOST),
                "server": Field(SERVER),
                "user": Field(HEX),
                "list": Field(HEX),
                "form": Field(HEX, required=False),
                "tags": Field(NUMBER, required=False, many=True),
                "gdpr": Field(NUMBER, required=False),
                "story_field": _STORY_FIELD,
            },
            action="https://{account}.{server}.list-manage.com/subscribe/post?u={user}&id={list}",
            query="&f_id={form}",
            email_field="EMAIL",
            hidden=(("tags", "{tags_joined}"), ("subscribe", "Subscribe")),
            trap="b_{user}_{list}",
            story="{story_field}",
            box=("gdpr[{gdpr}]", "Y"),
        ),
        "mailcoach": Contract(
            Evidence.DOCUMENTED,
            {"url": Field(URL), "list": Field(UUID), "tag": _TAGS, "thanks": _THANKS},
            action="{url}/subscribe/{list}",
            hidden=(
                ("tags", "{tag_joined}"),
                ("redirect_after_subscribed", "{thanks}"),
                ("redirect_after_already_subscribed", "{thanks}"),
                ("redirect_after_subscription_pending", "{thanks}"),
            ),
        ),
        # A plain form is answered with JSON, which the reader would be left looking at.
        "mailerlite": _HOSTED_PAGE,
        "sendy": Contract(
            Evidence.PUBLISHED,
            {"url": Field(URL), "list": _MUST_ID, "story_field": _STORY_FIELD},
            action="{url}/subscribe",
            hidden=(("list", "{list}"), ("subform", "yes")),
            trap="hp",
            story="{story_field}",
            box=("gdpr", "true"),
        ),
        "substack": Contract(
            Evidence.PRACTICE,
            {"publication": Field(HOST)},
            action="https://{publication}.substack.com/api/v1/free?nojs=true",
            hidden=(
                *(("first_url", "{page}"), ("first_referrer", ""), ("current_url", "{page}"), ("current_referrer", "")),
                *(("referral_code", ""), ("source", "embed")),
            ),
        ),
    }
)

_PLACEHOLDER = re.compile(
    r"""
    (?-i:YOUR) | \byour[-_ ]?(?:username|user|account|list|form|id|name|token|site|domain|server|newsletter)
    | [<>{}…] | \.\.\.
    | (?<![a-z0-9])(?:x{3,}|todo)(?![a-z0-9]) | x{5,}
    | change[-_ ]?me | placeholder
    | 0{8}-0{4}
    """,
    re.IGNORECASE | re.VERBOSE,
)


def check_value(key: str, value: str, shape: Shape) -> Complaint | None:
    """What is wrong with a value for a provider: left from an example, sent in the open, or of the wrong shape."""
    example = f'{key} = "{shape.example}"'
    if _PLACEHOLDER.search(value):
        return Complaint(
            PLACEHOLDER, f"'{key}' still holds '{value}' from an example", "copy the value from your account"
        )
    if shape.is_url and value.lower().startswith("http://"):
        return Complaint(INSECURE, f"'{key}' is plain http", f'{key} = "https://{value[len("http://") :]}"')
    if not re.fullmatch(shape.pattern, value) or (shape.is_url and not _is_whole(value)):
        return Complaint(BAD_ID, f"'{value}' cannot be '{key}': it must be {shape.words}", example)
    return None


def _is_whole(url: str) -> bool:
    """Whether an address has a host, a usable port, and no password in it."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return False


Values = Mapping[str, tuple[str, ...]]
"""A list's fields: key → its values; an absent field has no key."""


class _Filler(Struct, frozen=True):
    """Fills texts of a contract with one list's values."""

    values: Mapping[str, str] = field(default_factory=dict)

    def fill(self, text: str) -> str:
        """The text with its fields in place, or empty where one of them is absent."""
        try:
            return text.format_map(self.values)
        except KeyError:
            return ""


def make_form(
    contract: Contract,
    values: Values,
    own_inputs: Mapping[str, str],
    *,
    story: str = "",
    lang: str = "",
    page: str = "",
    with_box: bool = False,
) -> Form:
    """The form of one list. values: checked by shape. story: `en/harvest-fair`. lang: `hy`. Both may be empty.

    page: the whole address of the page, empty where the paper has none yet. with_box: the reader ticks a box.
    """
    known = {key: each[0].rstrip("/") if key == "url" else each[0] for key, each in values.items()}
    known |= {f"{key}_joined": ",".join(each) for key, each in values.items()}
    if lang:
        known["lang"] = lang.partition("-")[0]
    if page:
        known["page"] = page
    filler = _Filler(known)
    if contract.link:
        return Form(link=filler.fill(contract.link))
    hidden: list[tuple[str, str]] = []
    for name, text in contract.hidden:
        if text.startswith("{") and text[1:-1] in values:
            hidden += [(name, value) for value in values[text[1:-1]]]
        elif not text or filler.fill(text):
            hidden.append((name, filler.fill(text)))
    hidden += own_inputs.items()
    if story and (name := filler.fill(contract.story)):
        hidden.append((name, story))
    return Form(
        filler.fill(contract.action) + filler.fill(contract.query),
        filler.fill(contract.email_field),
        tuple(hidden),
        filler.fill(contract.trap),
        box=(filler.fill(contract.box[0]), contract.box[1]) if with_box else ("", ""),
    )
