from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from pelican import Pelican
from pelican.settings import read_settings

from plugins import newsletters
from plugins.newsletters import plain
from plugins.newsletters.extension import MARKER_TAG, NewsletterExtension
from plugins.newsletters.newsletter import Newsletters, check_signups, read_newsletters
from plugins.newsletters.placement import place, put_signups
from plugins.newsletters.providers import CONTRACTS, Form, origin_of
from plugins.newsroom import hooks
from plugins.newsroom.asked import AskedEdition
from plugins.newsroom.body import Block, Body, Gap, Html, Marker
from plugins.newsroom.edition import Edition, House, Sources
from plugins.newsroom.paper import Paper
from plugins.newsroom.pictures import Size
from plugins.newsroom.story import Genre, Kind, Plain, Signups, Status, Story
from plugins.newsroom.tables import Table, read_table
from plugins.newsroom.urls import Address, Site
from plugins.newsroom.views import BodyBlock, Signup

UUID = "0d0e3c5e-4a1b-4a7e-9d7e-2f6f0c9a1b11"
OTHER_UUID = "7c1f2a90-3b5d-4e8f-a6c7-91d2e3f4a5b6"

TABLE = f"""
[placement.default]
middle = "daily"
end = "weekly"
[lists.daily]
name = "The Courier Daily"
invitation = "Get the Courier in your inbox:"
provider = "buttondown"
username = "courier"
privacy = "/privacy/"
[lists.weekly]
name = {{en = "The Courier Weekly", hy = "Շաբաթական"}}
provider = "listmonk"
url = "https://lists.courier.example/"
list = "{UUID}"
"""


def table(text: str) -> Table:
    read, problems = read_table("data/newsletters.toml", text.encode())
    assert problems == []
    return read


def paper_newsletters(text: str = TABLE) -> Newsletters:
    read, problems = read_newsletters(table(text))
    assert problems == []
    return read


# Providers: what the form holds.

PROVIDERS: dict[str, tuple[str, Form]] = {
    "activecampaign": (
        'account = "courier"\nform = 3\nor = "ab12"\nstory_field = "field[7]"',
        Form(
            "https://courier.activehosted.com/proc.php",
            "email",
            (
                *(
                    ("u", "3"),
                    ("f", "3"),
                    ("s", ""),
                    ("c", "0"),
                    ("m", "0"),
                    ("act", "sub"),
                    ("v", "2"),
                    ("or", "ab12"),
                ),
                ("field[7]", "en/fair"),
            ),
        ),
    ),
    "beehiiv": (
        'link = "https://courier.beehiiv.example/subscribe"',
        Form(link="https://courier.beehiiv.example/subscribe"),
    ),
    "brevo": (
        'account = "a1b2c3"\ntoken = "MUIFAJ-x_9"\nlang = "hyw-AM"',
        Form("https://a1b2c3.sibforms.com/serve/MUIFAJ-x_9", "EMAIL", (("locale", "hyw"),), "email_address_check"),
    ),
    "buttondown": (
        'username = "courier"\ntag = ["web", "story page"]',
        Form(
            "https://buttondown.com/api/emails/embed-subscribe/courier",
            "email",
            (("embed", "1"), ("tag", "web"), ("tag", "story page"), ("metadata__article", "en/fair")),
        ),
    ),
    "campaign-monitor": ('link = "https://courier.example/join"', Form(link="https://courier.example/join")),
    "emailoctopus": (
        f'form = "{UUID}"',
        Form(f"https://eocampaign1.com/form/{UUID}", "field_0", (), "hpc4b27b6e-eb38-11e9-be00-06b4694bee2a"),
    ),
    "form": (
        (
            'action = "https://mail.courier.example/join?list=1"\nemail_field = "user[mail]"\ntrap = "fax"\n'
            'story_field = "from"\nhidden = {source = "web"}'
        ),
        Form("https://mail.courier.example/join?list=1", "user[mail]", (("source", "web"), ("from", "en/fair")), "fax"),
    ),
    "ghost": ('url = "https://courier.example/"', Form(link="https://courier.example/#/portal/signup")),
    "kit": (
        'form = 1234567\nstory_field = "story"',
        Form("https://app.kit.com/forms/1234567/subscriptions", "email_address", (("fields[story]", "en/fair"),)),
    ),
    "link": ('link = "https://courier.example/join"', Form(link="https://courier.example/join")),
    "listmonk": (
        (
            f'url = "https://lists.courier.example/"\nlist = ["{UUID}", "{OTHER_UUID}"]\n'
            'thanks = "https://courier.example/thanks/"'
        ),
        Form(
            "https://lists.courier.example/subscription/form",
            "email",
            (("l", UUID), ("l", OTHER_UUID), ("next", "https://courier.example/thanks/")),
            "nonce",
        ),
    ),
    "mailchimp": (
        (
            'account = "courier"\nserver = "us21"\nuser = "a1b2c3"\nlist = "d4e5f6"\nform = "00a1b2"\n'
            'tags = [11, 12]\nstory_field = "MMERGE5"'
        ),
        Form(
            "https://courier.us21.list-manage.com/subscribe/post?u=a1b2c3&id=d4e5f6&f_id=00a1b2",
            "EMAIL",
            (("tags", "11,12"), ("subscribe", "Subscribe"), ("MMERGE5", "en/fair")),
            "b_a1b2c3_d4e5f6",
        ),
    ),
    "mailcoach": (
        (
            f'url = "https://mail.courier.example"\nlist = "{UUID}"\ntag = ["web", "fair"]\n'
            'thanks = "https://courier.example/thanks/"'
        ),
        Form(
            f"https://mail.courier.example/subscribe/{UUID}",
            "email",
            (
                ("tags", "web,fair"),
                ("redirect_after_subscribed", "https://courier.example/thanks/"),
                ("redirect_after_already_subscribed", "https://courier.example/thanks/"),
                ("redirect_after_subscription_pending", "https://courier.example/thanks/"),
            ),
        ),
    ),
    "mailerlite": ('link = "https://courier.example/join"', Form(link="https://courier.example/join")),
    "sendy": (
        'url = "https://sendy.courier.example"\nlist = "aB3dE"',
        Form("https://sendy.courier.example/subscribe", "email", (("list", "aB3dE"), ("subform", "yes")), "hp"),
    ),
    "substack": (
        'publication = "courier"',
        Form(
            "https://courier.substack.com/api/v1/free?nojs=true",
            "email",
            (
                ("first_url", "https://courier.example/fair/"),
                ("first_referrer", ""),
                ("current_url", "https://courier.example/fair/"),
                ("current_referrer", ""),
                ("referral_code", ""),
                ("source", "embed"),
            ),
        ),
    ),
}


def test_every_provider_has_its_case():
    assert sorted(PROVIDERS) == sorted(CONTRACTS)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_form_of_provider(provider):
    fields, form = PROVIDERS[provider]
    read = paper_newsletters(f'[lists.daily]\nname = "Daily"\nprovider = "{provider}"\n{fields}')
    filled = read.lists["daily"].form(story="en/fair", lang="en", page="https://courier.example/fair/")
    assert filled == form
    assert filled.box == ("", "")
    # A form says no more without a story, and never holds a field that nobody filled.
    bare = read.lists["daily"].form()
    assert set(bare.hidden) <= set(form.hidden)
    assert (bare.action, bare.email_field, bare.trap, bare.link) == form_without_story(form)


def form_without_story(form: Form) -> tuple[str, str, str, str]:
    return (form.action, form.email_field, form.trap, form.link)


BOXES = {
    "brevo": ('account = "a1"\ntoken = "MUI-x"', ("OPT_IN", "1")),
    "form": (
        'action = "https://f.example/"\nemail_field = "email"\nconsent_field = "agree"',
        ("agree", "1"),
    ),
    "mailchimp": (
        'account = "courier"\nserver = "us21"\nuser = "a1"\nlist = "b2"\ngdpr = 6157',
        ("gdpr[6157]", "Y"),
    ),
    "sendy": ('url = "https://s.example"\nlist = "aB3"', ("gdpr", "true")),
}


def test_every_provider_that_takes_a_tick_has_its_case():
    assert sorted(BOXES) == sorted(name for name, contract in CONTRACTS.items() if contract.box[0])


@pytest.mark.parametrize("provider", BOXES)
def test_a_box_to_tick(provider):
    fields, box = BOXES[provider]
    row = f'[lists.daily]\nname = "Daily"\nprovider = "{provider}"\n{fields}\nconsent = "I agree."\n'
    assert paper_newsletters(row + "consent_box = true").lists["daily"].form().box == box
    assert paper_newsletters(row).lists["daily"].form().box == ("", "")


def origin_by_hand(url: str) -> str:
    """Everything up to the third slash."""
    return "/".join(url.split("/")[:3])


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_origins_of_a_form_are_where_the_browser_goes(provider):
    fields, form = PROVIDERS[provider]
    read = paper_newsletters(f'[lists.daily]\nname = "Daily"\nprovider = "{provider}"\n{fields}')
    thanks = {value for name, value in form.hidden if value.endswith("/thanks/")}
    expected = {origin_by_hand(form.action), *map(origin_by_hand, thanks)} if form.action else set()
    assert read.form_origins == tuple(sorted(expected))


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Lists.Example/subscribe?a=b", "https://lists.example"),
        ("https://lists.example:443/x", "https://lists.example"),
        ("https://lists.example:9000/x", "https://lists.example:9000"),
    ],
)
def test_origin(url, origin):
    assert origin_of(url) == origin


@pytest.mark.parametrize("provider", CONTRACTS)
def test_contract_fields_are_all_used(provider):
    contract = CONTRACTS[provider]
    texts = [contract.action, contract.query, contract.email_field, contract.trap, contract.story, contract.link]
    texts.append(contract.box[0])
    used = set(re.findall(r"\{(\w+?)(?:_joined)?\}", " ".join([*texts, *(value for _, value in contract.hidden)])))
    assert used - {"lang", "page"} == set(contract.fields)
    assert bool(contract.action) != bool(contract.link)


# Faults of the table, each with its line.

LIST = '[lists.daily]\nname = "Daily"\n'

GOOD_TABLES = {
    "empty": "",
    "lists only": LIST + 'provider = "buttondown"\nusername = "courier"',
    "off": '[placement.default]\nmiddle = "off"\nend = "off"',
    "all placements": LIST
    + 'provider = "kit"\nform = "123"\n[placement.section.news]\nmiddle = "daily"\n[placement.genre.letter]\n'
    'end = "off"\n[placement.lang.hy]\nmin_words = 100\n[placement.default]\nmin_tail = 0',
    "a town's own word": LIST + 'provider = "buttondown"\nusername = "know-your-town"',
    "a token with chance letters": LIST + 'provider = "brevo"\naccount = "a1"\ntoken = "MUIxxxABxxxx9"',
    "a box to tick": LIST
    + 'provider = "sendy"\nurl = "https://s.example"\nlist = "aB3"\nconsent = "I agree."\nconsent_box = true',
    "frequency and archive": LIST
    + 'provider = "kit"\nform = 1\nfrequency = {en = "Fridays"}\narchive = "https://a.example/1"',
    "archive on the site": LIST + 'provider = "kit"\nform = 1\narchive = "/letters/"',
    "feed": '[feed]\nlink = "daily"\n' + LIST + 'provider = "kit"\nform = 1',
    "feed off": '[feed]\nlink = "off"',
    "texts by language": LIST + 'provider = "kit"\nform = 1\ndescription = {en = "Daily", hy = "Ամեն օր"}\nlang = "hy"',
}

BAD_TABLES = {
    "list unknown in placement": (
        '[placement.default]\nmiddle = "daly"\n' + LIST + 'provider = "kit"\nform = 1',
        2,
        "newsletter/unknown-list-in-placement",
        "did you mean daily?",
    ),
    "list unknown in a section": (
        '[placement.section.news]\nend = "weekly"',
        2,
        "newsletter/unknown-list-in-placement",
        "content/data/newsletters.toml has no lists yet",
    ),
    "provider unknown": (
        LIST + 'provider = "butondown"',
        3,
        "newsletter/unknown-provider",
        'did you mean "buttondown"?',
    ),
    "provider not served": (
        LIST + 'provider = "newspack"',
        3,
        "newsletter/unknown-provider",
        '"form" and "link" serve',
    ),
    "no provider": (LIST, 1, "newsletter/missing-field", "one of"),
    "no name": ('[lists.daily]\nprovider = "kit"\nform = 1', 1, "newsletter/missing-field", "name ="),
    "no username": (LIST + 'provider = "buttondown"', 1, "newsletter/missing-field", 'username = "courier"'),
    "no list at all": (
        LIST + 'provider = "listmonk"\nurl = "https://l.example"\nlist = []',
        5,
        "newsletter/missing-field",
        UUID,
    ),
    "plain http": (
        LIST + f'provider = "listmonk"\nurl = "http://l.example"\nlist = "{UUID}"',
        4,
        "newsletter/insecure",
        'url = "https://l.example"',
    ),
    "privacy in plain http": (
        LIST + 'provider = "kit"\nform = 1\nprivacy = "http://c.example/p"',
        5,
        "newsletter/insecure",
        'privacy = "https://c.example/p"',
    ),
    "placeholder": (
        LIST + 'provider = "buttondown"\nusername = "YOUR_USERNAME"',
        4,
        "newsletter/placeholder",
        "your account",
    ),
    "placeholder in braces": (
        LIST + 'provider = "buttondown"\nusername = "{username}"',
        4,
        "newsletter/placeholder",
        "",
    ),
    "placeholder of dots": (LIST + 'provider = "link"\nlink = "https://..."', 4, "newsletter/placeholder", ""),
    "placeholder of zeros": (
        LIST + 'provider = "listmonk"\nurl = "https://l.example"\nlist = "00000000-0000-0000-0000-000000000000"',
        5,
        "newsletter/placeholder",
        "",
    ),
    "placeholder of crosses": (
        LIST + 'provider = "sendy"\nurl = "https://s.example"\nlist = "xxx"',
        5,
        "newsletter/placeholder",
        "",
    ),
    "no UUID": (
        LIST + 'provider = "listmonk"\nurl = "https://l.example"\nlist = "daily"',
        5,
        "newsletter/bad-id",
        f'list = "{UUID}"',
    ),
    "one of two no UUID": (
        LIST + f'provider = "listmonk"\nurl = "https://l.example"\nlist = ["{UUID}", "2"]',
        5,
        "newsletter/bad-id",
        UUID,
    ),
    "no number": (LIST + 'provider = "kit"\nform = "daily"', 4, "newsletter/bad-id", 'form = "1234567"'),
    "a path in a name": (LIST + 'provider = "buttondown"\nusername = "a/../b"', 4, "newsletter/bad-id", ""),
    "no address": (LIST + 'provider = "link"\nlink = "courier.example/join"', 4, "newsletter/bad-id", "https://"),
    "a script": (LIST + 'provider = "link"\nlink = "javascript:alert(1)"', 4, "newsletter/bad-id", ""),
    "a password": (LIST + 'provider = "link"\nlink = "https://me:secret@c.example/"', 4, "newsletter/bad-id", ""),
    "a port beyond all": (LIST + 'provider = "link"\nlink = "https://c.example:99999/"', 4, "newsletter/bad-id", ""),
    "an id with a capital": (
        '[lists.Daily]\nname = "D"\nprovider = "kit"\nform = 1',
        1,
        "newsletter/bad-id",
        "small letters",
    ),
    "a list called off": ('[lists.off]\nname = "D"\nprovider = "kit"\nform = 1', 1, "newsletter/bad-id", "not 'off'"),
    "key unknown": (
        LIST + 'provider = "buttondown"\nusername = "c"\ntags = "x"',
        5,
        "table/unknown-key",
        "did you mean tag?",
    ),
    "key of another provider": (LIST + 'provider = "kit"\nform = 1\nhidden = {a = "b"}', 5, "table/unknown-key", ""),
    "top key unknown": ('[list.daily]\nname = "D"', 1, "table/unknown-key", "did you mean lists?"),
    "placement by unknown": ('[placement.topic.fair]\nend = "off"', 1, "table/unknown-key", ""),
    "placement key unknown": ('[placement.default]\ntop = "off"', 2, "table/unknown-key", ""),
    "genre unknown": ('[placement.genre.opinon]\nend = "off"', 1, "table/bad-value", "did you mean opinion?"),
    "language unknown": (
        '[placement.lang.Հայ]\nend = "off"'.replace("Հայ", '"Հայ"'),
        1,
        "table/bad-value",
        "placement.lang.hy",
    ),
    "number below zero": ("[placement.default]\nmin_words = -1", 2, "table/bad-value", ""),
    "number in quotes": ('[placement.default]\nmin_words = "9"', 2, "table/wrong-type", ""),
    "text without language": (LIST + 'provider = "kit"\nform = 1\ninvitation = 5', 5, "table/wrong-type", "{en ="),
    "truth for an id": (LIST + 'provider = "kit"\nform = true', 4, "table/wrong-type", ""),
    "hidden numbers": (
        LIST + 'provider = "form"\naction = "https://f.example"\nemail_field = "email"\nhidden = {a = 1}',
        6,
        "table/wrong-type",
        "hidden =",
    ),
    "list that is none": ("[lists]\ndaily = 5", 2, "table/wrong-type", "[lists.daily]"),
    "empty name": (
        '[lists.daily]\nname = ""\nprovider = "kit"\nform = 1',
        2,
        "newsletter/missing-field",
        "name =",
    ),
    "archive in plain http": (
        LIST + 'provider = "kit"\nform = 1\narchive = "http://c.example/p"',
        5,
        "newsletter/insecure",
        'archive = "https://c.example/p"',
    ),
    "a box without words": (
        LIST + 'provider = "sendy"\nurl = "https://s.example"\nlist = "aB3"\nconsent_box = true',
        6,
        "newsletter/missing-field",
        "consent =",
    ),
    "a box that nobody reads": (
        LIST + 'provider = "kit"\nform = 1\nconsent = "I agree."\nconsent_box = true',
        6,
        "newsletter/missing-field",
        "take the line out",
    ),
    "a box without its field": (
        LIST + 'provider = "mailchimp"\naccount = "c"\nserver = "us1"\nuser = "a1"\nlist = "b2"\n'
        'consent = "I agree."\nconsent_box = true',
        9,
        "newsletter/missing-field",
        "add 'gdpr'",
    ),
    "feed to an unknown list": (
        '[feed]\nlink = "daly"\n' + LIST + 'provider = "kit"\nform = 1',
        2,
        "newsletter/unknown-list-in-placement",
        "did you mean daily?",
    ),
    "feed key unknown": ('[feed]\nlist = "daily"', 2, "table/unknown-key", "known here: link"),
    "privacy nowhere": (
        LIST + 'provider = "kit"\nform = 1\nprivacy = "privacy"',
        5,
        "table/bad-value",
        'privacy = "/privacy/"',
    ),
}


@pytest.mark.parametrize("name", GOOD_TABLES)
def test_good_table(name):
    assert read_newsletters(table(GOOD_TABLES[name]))[1] == []


@pytest.mark.parametrize("name", BAD_TABLES)
def test_bad_table(name):
    text, line, code, hint = BAD_TABLES[name]
    _, problems = read_newsletters(table(text))
    assert [(problem.line, problem.code) for problem in problems] == [(line, code)]
    assert hint in problems[0].hint


def test_faulty_list_is_left_out_and_its_placement_is_not_told_as_well():
    read, problems = read_newsletters(
        table('[placement.default]\nend = "daily"\n' + LIST + 'provider = "kit"\nform = "x y"')
    )
    assert read.lists == {}
    assert [problem.code for problem in problems] == ["newsletter/bad-id"]


def test_absent_table_is_empty():
    assert read_newsletters(Table("data/newsletters.toml")) == (Newsletters(), [])


# Which list.

POLICY = """
[placement.default]
middle = "a"
end = "b"
[placement.section.opinion]
middle = "off"
end = "c"
[placement.genre.letter]
middle = "d"
min_words = 10
[placement.lang.hy]
end = "e"
[placement.genre.obituary]
end = "b"
""" + "".join(f'[lists.{id_}]\nname = "{id_}"\nprovider = "kit"\nform = 1\n' for id_ in "abcde")


@pytest.mark.parametrize(
    ("section", "genre", "lang", "middle", "end"),
    [
        ("news", "report", "en", "a", "b"),
        ("opinion", "report", "en", "off", "c"),
        ("opinion", "letter", "en", "d", "c"),
        ("opinion", "letter", "hy", "d", "e"),
        ("news", "report", "hy-arevela", "a", "e"),
        ("news", "obituary", "en", None, "b"),
        ("news", "obituary", "hy", None, "b"),
        ("opinion", "sponsored", "hy", None, None),
        ("news", "correction", "en", None, None),
    ],
)
def test_most_specific_of_language_genre_section_default(section, genre, lang, middle, end):
    policy = paper_newsletters(POLICY).policy(section=section, genre=genre, lang=lang)
    assert (policy.middle, policy.end) == (middle, end)
    assert policy.min_words == (10 if genre == "letter" else 250)


# Where: lengths of paragraphs only. The first is the model page: after the sixth of thirteen.

MODEL = (280, 240, 210, 250, 130, 330, 220, 160, 260, 230, 320, 170, 220)


def gaps_of(lengths: tuple[int, ...], closed: frozenset[int] = frozenset({1})) -> list[Gap]:
    """One gap after each paragraph; the first and last are never open. closed: numbers of paragraphs, from 1."""
    gaps, seen = [], 0
    for number, length in enumerate(lengths, start=1):
        seen += length
        gaps.append(Gap(seen, number not in closed and number < len(lengths)))
    return gaps


@pytest.mark.parametrize(
    ("lengths", "closed", "words", "min_words", "min_tail", "after"),
    [
        pytest.param(MODEL, {1}, 500, 250, 400, 6, id="model page"),
        pytest.param(MODEL, {1, 6}, 500, 250, 400, 5, id="the one before, where that is closed"),
        pytest.param(MODEL, set(range(1, 7)), 500, 250, 400, None, id="never after half"),
        pytest.param(MODEL, {1}, 249, 250, 400, None, id="too short"),
        pytest.param(MODEL, {1}, 250, 250, 400, 6, id="just long enough"),
        pytest.param(MODEL, {1}, 500, 250, 1581, 5, id="a long tail moves it up"),
        pytest.param(MODEL, {1}, 500, 250, 3000, None, id="no tail is that long"),
        pytest.param((100, 100, 100, 100), set(), 300, 250, 0, 2, id="half itself is good"),
        pytest.param((100, 101, 100, 100), set(), 300, 250, 0, 1, id="beyond half is not"),
        pytest.param((0, 500, 500), set(), 300, 250, 0, 2, id="not before any text"),
        pytest.param((0, 501, 500), set(), 300, 250, 0, None, id="nothing before half but nothing"),
        pytest.param((1000,), set(), 300, 250, 0, None, id="one paragraph"),
        pytest.param((), set(), 0, 0, 0, None, id="no text"),
    ],
)
def test_place(lengths, closed, words, min_words, min_tail, after):
    found = place(gaps_of(lengths, frozenset(closed)), words, min_words=min_words, min_tail=min_tail)
    assert found == (None if after is None else after - 1)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=12),
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(0, 200),
)
def test_place_is_what_a_slow_search_finds(paragraphs, words, min_words, min_tail):
    """The search writes the text out, tries each place from the end, and counts what stands before and after it."""
    text = ["x" * length for length, _ in paragraphs]
    expected = None
    for index in reversed(range(len(text))):
        before, after = "".join(text[: index + 1]), "".join(text[index + 1 :])
        good = paragraphs[index][1] and before and len(before) <= len(after) and len(after) >= min_tail
        if good and words >= min_words:
            expected = index
            break
    gaps = [Gap(len("".join(text[: index + 1])), allowed) for index, (_, allowed) in enumerate(paragraphs)]
    assert place(gaps, words, min_words=min_words, min_tail=min_tail) == expected


# The body with sign-ups in it.

WORDS = 500
"""Enough for a sign-up in the middle."""


def body(lengths: tuple[int, ...] = MODEL, mark: tuple[int, str | None] | None = None) -> list[Block]:
    """Paragraphs with their gaps. mark: after which paragraph a marker stands, and its list."""
    blocks: list[Block] = []
    for number, gap in enumerate(gaps_of(lengths), start=1):
        blocks += [Html((f"<p>{number}</p>",)), gap]
        if mark and mark[0] == number:
            blocks += [Marker(mark[1]), Gap(gap.text_before, allowed=False)]
    return blocks


def story(**fields: Any) -> Story:
    usual: dict[str, Any] = {"lang": "en", "slug": "fair", "section": "news"}
    return Story("news/2026/fair.md", **usual | fields)


def where(blocks: tuple[Block | BodyBlock, ...]) -> list[tuple[int, str, str]]:
    """Each sign-up: after how many paragraphs, its list, its id."""
    found, paragraphs = [], 0
    for block in blocks:
        paragraphs += isinstance(block, Html)
        if isinstance(block, Signup):
            found.append((paragraphs, block.list, block.id))
        assert not isinstance(block, Marker)
    return found


@pytest.mark.parametrize(
    ("fields", "mark", "expected"),
    [
        ({}, None, [(6, "daily", "signup-1"), (13, "weekly", "signup-2")]),
        ({"signups": Signups(middle="weekly")}, None, [(6, "weekly", "signup-1"), (13, "weekly", "signup-2")]),
        ({"signups": Signups(end="off")}, None, [(6, "daily", "signup-1")]),
        ({"signups": Signups("off", "off")}, None, []),
        ({"signups": Signups("off", "off")}, (2, "daily"), []),
        ({"signups": Signups(middle="nosuch")}, None, [(13, "weekly", "signup-1")]),
        ({}, (2, None), [(2, "daily", "signup-1"), (13, "weekly", "signup-2")]),
        ({}, (9, "weekly"), [(9, "weekly", "signup-1"), (13, "weekly", "signup-2")]),
        ({"signups": Signups(middle="weekly")}, (2, None), [(2, "weekly", "signup-1"), (13, "weekly", "signup-2")]),
        ({}, (13, None), [(13, "daily", "signup-1")]),
        ({"signups": Signups(end="off")}, (13, None), [(13, "daily", "signup-1")]),
        ({"genre": Genre.OBITUARY}, None, []),
        ({"genre": Genre.SPONSORED}, None, []),
        ({"genre": Genre.CORRECTION}, None, []),
        ({"genre": Genre.OBITUARY, "signups": Signups(end="weekly")}, None, [(13, "weekly", "signup-1")]),
        ({"genre": Genre.OBITUARY}, (4, "daily"), [(4, "daily", "signup-1")]),
        ({"status": Status.WITHDRAWN}, (4, "daily"), []),
        ({"kind": Kind.PAGE}, (4, "daily"), []),
        ({"status": Status.HIDDEN}, None, [(6, "daily", "signup-1"), (13, "weekly", "signup-2")]),
    ],
)
def test_put_signups(fields, mark, expected):
    assert where(put_signups(story(**fields), body(mark=mark), WORDS, paper_newsletters())) == expected


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (None, [(13, "weekly", "signup-1")]),
        ((1, None), [(1, "daily", "signup-1"), (13, "weekly", "signup-2")]),
    ],
)
def test_a_short_story_has_one_in_its_middle_only_where_its_author_wants_it(mark, expected):
    assert where(put_signups(story(), body(mark=mark), 20, paper_newsletters())) == expected


@pytest.mark.parametrize("mark", [None, (2, None), (2, "daily")])
def test_no_table_puts_nothing_and_takes_marks_out(mark):
    placed = put_signups(story(), body(mark=mark), WORDS, Newsletters())
    assert where(placed) == []
    assert [block for block in placed if isinstance(block, Html)] == [
        block for block in body() if isinstance(block, Html)
    ]


def test_signup_of_a_story_in_another_language():
    text = TABLE.replace(
        'username = "courier"', 'username = "courier"\nlang = "hy"\nconsent = {en = "Yes.", hy = "Այո։"}'
    )
    first, second = (
        block for block in put_signups(story(), body(), WORDS, paper_newsletters(text)) if isinstance(block, Signup)
    )
    assert (first.lang, first.invitation, first.consent) == ("hy", "Get the Courier in your inbox:", "Այո։")
    assert (second.lang, second.invitation) == ("", "The Courier Weekly")
    armenian = put_signups(story(lang="hy"), body(), WORDS, paper_newsletters())
    assert [block.invitation for block in armenian if isinstance(block, Signup)][1] == "Շաբաթական"


def test_hooks_place_and_check_by_the_papers_table():
    paper = Paper(data={"newsletters": paper_newsletters()})
    sources = Sources(frozenset(), lambda path: Size(1, 1), lambda path: story(), lambda path: Body((), words=WORDS))
    site = Site("/sub", "https://courier.example/sub")
    now = datetime(2026, 10, 4, tzinfo=UTC)
    here = {story().path: Address("fair/", "fair/index.html")}
    edition = AskedEdition(Edition(House(paper, now, site), sources, (), (), {}, here))
    placed = newsletters.place_signups(story(), body(), edition)
    assert [block.privacy_url for block in placed if isinstance(block, Signup)] == ["/sub/privacy/", ""]
    found = list(newsletters.check_newsletter(story(signups=Signups("dayly")), paper))
    assert [(key, complaint.code.name, complaint.hint) for key, complaint in found] == [
        ("newsletter", "newsletter/unknown-list", "did you mean daily?")
    ]
    assert list(newsletters.check_newsletter(story(), Paper())) == []


HOOKS = {
    "tables": "read_newsletters",
    "checks": "check_newsletter",
    "blocks": "place_signups",
    "pages": "list_newsletter_pages",
    "page_checks": "check_newsletter_links",
    "addresses": "list_newsletter_addresses",
    "entry_ends": "end_feed_entry",
}


def test_register_adds_its_hooks():
    newsletters.register()
    found = {hook.name: hook.of(["plugins.newsletters"]) for hook in hooks.ALL}
    added = {name: each for name, each in found.items() if each}
    assert added == {
        "reading": {"newsletter": newsletters.read_newsletter},
        **{hook: {"newsletters": getattr(newsletters, name)} for hook, name in HOOKS.items()},
    }


@pytest.mark.parametrize(
    ("fields", "text", "expected"),
    [
        ({}, TABLE, []),
        ({"signups": Signups("daily", "off")}, TABLE, []),
        ({"signups": Signups("wekly", "wekly")}, TABLE, ["newsletter"]),
        (
            {"signups": Signups("daily", "wekly"), "lines": {"newsletter": 5, "newsletter.end": 7}},
            TABLE,
            ["newsletter.end"],
        ),
        ({"facts": {"newsletter": {"list": "weekly"}}}, TABLE, []),
        ({"facts": {"newsletter": {"list": None}}}, TABLE, []),
        ({"facts": {"newsletter": {"list": "wekly"}}}, TABLE, ["marker"]),
        ({"facts": {"newsletter": {"list": None}}}, "", ["marker"]),
        ({"signups": Signups("daily")}, "", ["newsletter"]),
        ({"signups": Signups("off", "off")}, "", []),
        ({"signups": Signups("wekly"), "status": Status.WITHDRAWN}, TABLE, []),
        ({"facts": {"newsletter": {"list": None}}, "genre": Genre.OBITUARY}, TABLE, []),
    ],
)
def test_unknown_lists(fields, text, expected):
    found = list(check_signups(story(**fields), paper_newsletters(text)))
    assert [key for key, _ in found] == expected
    assert {complaint.code.name for _, complaint in found} <= {"newsletter/unknown-list"}
    assert all(complaint.hint for _, complaint in found)


# The mark in the text.

EXTENSIONS = ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "sane_lists", "tables")


def convert(text: str) -> tuple[str, hooks.Outcome]:
    extension = NewsletterExtension()
    html = Markdown(extensions=[*EXTENSIONS, extension], output_format="html").convert(text)
    return html, extension.outcome()


MARKS = {
    "[newsletter]": None,
    "[newsletter: weekly]": "weekly",
    "[newsletter:weekly]": "weekly",
    "[Newsletter : weekly ]": "weekly",
    "[newsletter weekly]": "weekly",
    "[newsletter:]": None,
    "  [newsletter]": None,
    "**[newsletter: weekly]**": "weekly",
    "[newsletter: the weekly]": "the weekly",
    "[newsletter]\n{.wide}": None,
}


@pytest.mark.parametrize("mark", MARKS)
def test_mark(mark):
    html, outcome = convert(f"One.\n\n{mark}\n\nTwo.")
    (element,) = lxml.html.fromstring(f"<div>{html}</div>").findall(MARKER_TAG)
    assert dict(element.attrib) == ({"name": MARKS[mark]} if MARKS[mark] else {})
    assert not element.text_content().strip()
    assert outcome == hooks.Outcome({"list": MARKS[mark]})


@pytest.mark.parametrize(
    "text",
    [
        r"\[newsletter]",
        "`[newsletter]`",
        "    [newsletter]",
        "```\n[newsletter]\n```",
        "The [newsletter] comes on Fridays.",
        "The letter\n[newsletter] comes on Fridays.",
        "[newsletters]",
        "[our newsletter]",
        "[newsletter](https://letters.example)",
        "- `[newsletter]`",
        "- see [newsletter]",
        "- *a* [newsletter]",
        "[*one*](https://a.example)[newsletter]",
    ],
)
def test_no_mark(text):
    html, outcome = convert(text)
    assert outcome == hooks.Outcome()
    assert "newsletter" in html
    assert MARKER_TAG not in html


INSIDE = {
    "- One\n- [newsletter]": ("a list", "One"),
    "- One\n\n- [newsletter: weekly]": ("a list", "One"),
    "- One\n    - [newsletter]": ("a list", "One"),
    "1. One\n\n    [newsletter]": ("a list", "One"),
    "> One\n>\n> [newsletter]": ("a quote", "One"),
    "> [newsletter]": ("a quote", ""),
    "One\n[newsletter]\ntwo": ("a paragraph", "One two"),
    "One  \n[newsletter]": ("a paragraph", "One"),
    "*One*\n[newsletter]": ("a paragraph", "One"),
    "## [newsletter]": ("a heading", ""),
    "| One | two |\n|---|---|\n| [newsletter] | three |": ("a table", "One two three"),
    "One\n: [newsletter]": ("a list", "One"),
    '<div markdown="1">\n\nOne\n\n[newsletter]\n\n</div>': ("a paragraph", "One"),
}


@pytest.mark.parametrize("text", INSIDE)
def test_mark_inside_is_a_finding_and_readers_do_not_see_it(text):
    where_, seen = INSIDE[text]
    html, outcome = convert(text)
    assert [finding.complaint.code.name for finding in outcome.findings] == ["newsletter/marker-inside"]
    assert where_ in outcome.findings[0].complaint.message
    assert outcome.findings[0].words in text
    assert outcome.fact is None
    assert lxml.html.fromstring(f"<div>{html}</div>").text_content().split() == seen.split()


def test_second_mark_is_a_finding_and_goes():
    html, outcome = convert("One.\n\n[newsletter]\n\nTwo.\n\n[newsletter: weekly]\n\nThree.")
    assert [(finding.complaint.code.name, finding.words) for finding in outcome.findings] == [
        ("newsletter/second-marker", "[newsletter: weekly]")
    ]
    assert outcome.fact == {"list": None}
    assert html.count(MARKER_TAG) == 2
    assert "weekly" not in html


@pytest.mark.parametrize("name", ["newsletter", "Newsletter", "newsletter: weekly"])
def test_reference_that_turns_marks_into_links(name):
    _, outcome = convert(f"One.\n\n[newsletter]\n\n[{name}]: /letters/")
    assert [finding.complaint.code.name for finding in outcome.findings] == ["newsletter/reference"]
    assert outcome.findings[0].words == f"[{name.lower()}]:"


def test_one_instance_serves_file_after_file():
    extension = NewsletterExtension()
    markdown = Markdown(extensions=[extension])
    facts: dict[str, Plain] = {"[newsletter]": {"list": None}, "One.": None, "[newsletter: a]": {"list": "a"}}
    for text, fact in facts.items():
        extension.begin(story())
        markdown.reset().convert(text)
        assert extension.outcome() == hooks.Outcome(fact)


# Plain mode: an ordinary Pelican with its own theme.

SENTENCE = "The fair on the square was as full as ever and nobody went home early. "


def long_text(paragraphs: int = 13, *, mark: str = "", after: int = 0) -> str:
    parts = [f"P{number}. {SENTENCE * 3}".strip() for number in range(1, paragraphs + 1)]
    if mark:
        parts.insert(after, mark)
    return "\n\n".join(parts)


def plain_story(title: str, text: str, **headers: str) -> str:
    fields = {"Title": title, "Date": "2026-10-03", "Category": "News"} | headers
    return "".join(f"{key}: {value}\n" for key, value in fields.items()) + f"\n{text}\n"


def build(tmp_path: Path, files: dict[str, str], **settings: Any) -> Path:
    """An ordinary Pelican build of these content files; returns the output folder."""
    for name, text in files.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    output = tmp_path / "output"
    wanted = {
        "PATH": str(tmp_path / "content"),
        "OUTPUT_PATH": str(output),
        "PLUGINS": ["plugins.newsletters"],
        "THEME": "simple",
        "SITEURL": "https://plain.example",
        "FEED_ALL_ATOM": "feeds/all.atom.xml",
        "FEED_ALL_RSS": "feeds/all.rss.xml",
        "RSS_FEED_SUMMARY_ONLY": False,
        "CACHE_CONTENT": False,
        "LOAD_CONTENT_CACHE": False,
        "ARTICLE_EXCLUDES": ["data"],
        "TIMEZONE": "UTC",
        "NEWSLETTERS": tomllib.loads(TABLE),
    }
    Pelican(read_settings(override=wanted | settings)).run()
    return output


def page(output: Path, name: str) -> Any:
    return lxml.html.parse(str(output / name)).getroot()


def order(tree: Any) -> list[str]:
    """The paragraphs and sign-ups of an article, in order: `P1`, `daily`."""
    found = []
    for element in tree.find(".//article").iter("p", "section"):
        text = element.text_content()
        if element.tag == "section":
            found.append("daily" if "in your inbox" in text else "weekly")
        elif re.match(r"P\d+\.", text):
            found.append(text.split(".", maxsplit=1)[0])
    return found


class TestPlain:
    def test_two_signups_on_the_page_and_none_elsewhere(self, tmp_path):
        output = build(
            tmp_path,
            {
                "fair.md": plain_story("Fair", long_text()),
                "short.md": plain_story("Short", "P1. Only a few words."),
                "off.md": plain_story("Off", long_text(), Newsletter="off"),
                "summary.md": plain_story("Summary", long_text(), Summary="[newsletter] in a summary is text."),
                "pages/about.md": "Title: About\n\n" + long_text(),
            },
            SUMMARY_MAX_LENGTH=None,
        )
        paragraphs = [f"P{number}" for number in range(1, 14)]
        tree = page(output, "fair.html")
        assert order(tree) == [*paragraphs[:6], "daily", *paragraphs[6:], "weekly"]
        assert order(page(output, "short.html")) == ["P1", "weekly"]
        assert order(page(output, "off.html")) == paragraphs
        assert not page(output, "pages/about.html").findall(".//form")
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        assert {label.get("for") for label in tree.iter("label")} <= set(ids)
        first = tree.findall(".//form")[0]
        assert (first.get("method"), first.get("action")) == (
            "post",
            "https://buttondown.com/api/emails/embed-subscribe/courier",
        )
        assert dict(first.form_values()) == {"embed": "1", "metadata__article": "en/fair"}
        assert first.find(".//input[@type='email']").get("name") == "email"
        assert "https://plain.example/privacy/" in [link.get("href") for link in tree.iter("a")]
        for path in output.rglob("*"):
            if path.is_file() and path.name not in {"fair.html", "short.html", "summary.html"}:
                text = path.read_text(encoding="utf-8")
                assert "newsletters:" not in text, path
                assert "buttondown" not in text, path
                assert "Sign up" not in text, path
        assert "[newsletter] in a summary is text." in (output / "index.html").read_text(encoding="utf-8")
        atom = (output / "feeds" / "all.atom.xml").read_text(encoding="utf-8")
        rss = (output / "feeds" / "all.rss.xml").read_text(encoding="utf-8")
        assert "P13." in atom
        assert "P13." in rss

    def test_feed_content_is_what_it_is_without_the_plugin(self, tmp_path):
        files = {"fair.md": plain_story("Fair", long_text() + "\n\n<!-- a note -->")}
        with_plugin = build(tmp_path / "with", files)
        without = build(tmp_path / "without", files, PLUGINS=[], MARKDOWN={"extension_configs": {}})
        for name in ("all.atom.xml", "all.rss.xml"):
            assert (with_plugin / "feeds" / name).read_text("utf-8") == (without / "feeds" / name).read_text("utf-8")

    @pytest.mark.parametrize("typogrify", [False, True])
    def test_mark_wins_over_the_middle(self, tmp_path, typogrify):
        text = long_text(mark="[newsletter: weekly]", after=2)
        output = build(tmp_path, {"fair.md": plain_story("Fair", text)}, TYPOGRIFY=typogrify)
        assert order(page(output, "fair.html"))[:4] == ["P1", "P2", "weekly", "P3"]

    def test_gaps_keep_off_headings_pictures_and_colons(self, tmp_path):
        parts = long_text(12).split("\n\n")
        parts[4] = parts[4].rstrip(".") + ":"
        parts.insert(6, "![A cat](https://pictures.example/cat.png)")
        output = build(tmp_path, {"fair.md": plain_story("Fair", "\n\n".join(parts))})
        assert order(page(output, "fair.html"))[:6] == ["P1", "P2", "P3", "P4", "daily", "P5"]

    @pytest.mark.parametrize(
        ("headers", "settings", "after"),
        [({}, {}, "P5"), ({"Lang": "hy"}, {}, "P6"), ({}, {"DEFAULT_LANG": "hy"}, "P6")],
    )
    def test_a_colon_is_a_full_stop_in_armenian(self, tmp_path, headers, settings, after):
        parts = long_text().split("\n\n")
        parts[5] = parts[5].rstrip(".") + ":"
        output = build(tmp_path, {"fair.md": plain_story("Fair", "\n\n".join(parts), **headers)}, **settings)
        found = order(page(output, "fair-hy.html" if headers else "fair.html"))
        assert found[found.index("daily") - 1] == after

    def test_links_in_a_summary_that_the_plugin_makes_are_resolved(self, tmp_path):
        text = long_text().replace("P1.", "P1. [Other]({filename}other.md)")
        files = {"fair.md": plain_story("Fair", text), "other.md": plain_story("Other", "P1. Short.")}
        output = build(tmp_path, files)
        index = page(output, "index.html")
        assert "https://plain.example/other.html" in [link.get("href") for link in index.iter("a")]
        assert "{filename}" not in (output / "index.html").read_text(encoding="utf-8")

    def test_summary_is_pelicans_own(self, tmp_path):
        files = {"fair.md": plain_story("Fair", long_text(mark="[newsletter]", after=1))}
        with_plugin = build(tmp_path / "with", files)
        files = {"fair.md": plain_story("Fair", long_text())}
        without = build(tmp_path / "without", files, PLUGINS=[], MARKDOWN={"extension_configs": {}})
        assert (with_plugin / "index.html").read_text("utf-8") == (without / "index.html").read_text("utf-8")

    def test_table_in_the_data_folder(self, tmp_path):
        files = {"fair.md": plain_story("Fair", long_text()), "data/newsletters.toml": TABLE}
        assert "daily" in order(page(build(tmp_path, files, NEWSLETTERS=None), "fair.html"))

    def test_no_table_puts_nothing_and_leaves_no_trace(self, tmp_path):
        output = build(tmp_path, {"fair.md": plain_story("Fair", long_text())}, NEWSLETTERS=None)
        assert "newsletters" not in (output / "fair.html").read_text(encoding="utf-8")

    def test_faults_are_logged(self, tmp_path, caplog):
        text = long_text(mark="- [newsletter]", after=2)
        build(
            tmp_path,
            {"fair.md": plain_story("Fair", text, Newsletter="wekly")},
            NEWSLETTERS={"placement": {"default": {"middle": "nosuch"}}},
        )
        messages = [record.getMessage() for record in caplog.records if record.name == plain.logger.name]
        assert ["newsletter/unknown-list-in-placement" in messages[0], "marker-inside" in messages[1]] == [True, True]
        assert messages[2].startswith("fair.md: newsletter/unknown-list: there is no newsletter 'wekly'")
        assert "[newsletter]" not in (tmp_path / "output" / "fair.html").read_text(encoding="utf-8")


def test_plain_signup_is_escaped():
    signup = Signup(
        id='a"b',
        list="x",
        invitation="<b>",
        description='"&',
        action='https://x.example/?a="&b',
        email_field='"><i>',
        trap='"',
    )
    html = plain.render_signup(signup, "en")
    tree = lxml.html.fromstring(html)
    assert tree.find(".//form").get("action") == 'https://x.example/?a="&b'
    assert tree.find(".//i") is None
    assert tree.find(".//b") is None


@pytest.mark.parametrize(("lang", "words"), [("en", "Sign up"), ("hy", "Բաժանորդագրվել"), ("fr", "Sign up")])
def test_plain_link_in_the_pages_language(lang, words):
    html = plain.render_signup(Signup(id="signup-1", list="x", invitation="Join:", link="https://x.example/join"), lang)
    link = lxml.html.fromstring(html).find(".//a")
    assert (link.get("href"), link.text) == ("https://x.example/join", words)
