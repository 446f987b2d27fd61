"""A reader joins a newsletter from a story's page: Chromium with JavaScript off, a real form, a real mail.

The paper stands at its own address and the newsletter server at that of newsletters.toml; the browser is told that both
hosts are this machine, and that no other is anywhere. Only the scheme is another than on the built pages: this machine
has no certificates for those names.
"""

from __future__ import annotations

import http.server
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import default
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, Route, sync_playwright

from plugins.desk.serve import SiteHandler
from plugins.newsletters.newsletter import read_newsletters
from plugins.newsroom.tables import read_table
from tests.browser.find_browser import find_browser
from tests.browser.listmonk_contract import Listmonk, Mailbox, mail_sink, serve_listmonk
from tests.browser.test_sample_paper import AXE, FLAGS
from tests.conftest import PAPER, ROOT, run_press, story, write_files

pytestmark = pytest.mark.browser

PAPER_AT = "http://courier.example"
LISTS_AT = "http://lists.courier.example"
WEEKLY = "0d0e3c5e-4a1b-4a7e-9d7e-2f6f0c9a1b11"
STORY = "/2026/09/01/school-roof/"
THANKS = f"{PAPER_AT}/newsletters/thanks/"
READER = "reader@post.example"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signups")
    site = run_press(ROOT / "content", folder / "output", folder / ".press", NOW="2026-11-23T12:00+04:00")
    assert not site.stopped, site.problems
    return site.output


@pytest.fixture(scope="module")
def without_tls(output: Path) -> Path:
    """The built paper, with plain http for its own hosts."""
    copy = output.parent / "plain"
    shutil.copytree(output, copy)
    for path in copy.rglob("*.html"):
        path.write_bytes(in_the_open(path.read_text("utf-8")).encode())
    return copy


def in_the_open(text: str) -> str:
    for host in (PAPER_AT, LISTS_AT):
        text = text.replace(host.replace("http:", "https:"), host)
    return text


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


def launch(playwright: Playwright, hosts: dict[str, str] | None = None) -> Browser:
    """hosts: name → where on this machine it is; with any given, there are no others."""
    rules = [f"MAP {host} {here.removeprefix('http://')}" for host, here in (hosts or {}).items()]
    flags = ["--host-resolver-rules=" + ",".join([*rules, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"])] if rules else []
    plain = "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable"
    return playwright.chromium.launch(executable_path=str(find_browser(os.environ)), args=[*FLAGS, plain, *flags])


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


@contextmanager
def served(folder: Path, policy: str = "") -> Iterator[str]:
    """A folder on a free port of this machine. policy: a Content-Security-Policy for its pages."""

    class Silent(SiteHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def end_headers(self) -> None:
            if policy:
                self.send_header("Content-Security-Policy", policy)
            super().end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def paper_here(output: Path) -> Iterator[str]:
    with served(output) as address:
        yield address


def policy() -> str:
    """The sample paper's form-action, from what the plugin says of its forms."""
    table, _ = read_table("data/newsletters.toml", (ROOT / "content/data/newsletters.toml").read_bytes())
    newsletters, problems = read_newsletters(table)
    assert problems == []
    return in_the_open("default-src 'self'; form-action " + " ".join(newsletters.form_origins))


@dataclass
class Loop:
    """A reader at the paper, and all that stands behind it. asked: the hosts to which the browser turned."""

    page: Page
    listmonk: Listmonk
    box: Mailbox
    asked: set[str] = field(default_factory=set)

    def weekly(self) -> Any:
        """The form of the weekly on the story's page."""
        return self.page.locator("section.signup").filter(has=self.page.get_by_role("heading", name="Courier Weekly"))

    def link_in_mail(self) -> str:
        assert self.box.arrived.wait(5)
        (envelope,) = self.box.mails
        assert envelope.rcpt_tos == [READER]
        mail = BytesParser(policy=default).parsebytes(envelope.content)
        (link,) = re.findall(rf"{re.escape(LISTS_AT)}\S+", mail.get_content())
        return str(link)


@contextmanager
def reading(playwright: Playwright, folder: Path, policy: str) -> Iterator[Loop]:
    with mail_sink() as (box, port), served(folder, policy) as paper:
        listmonk = Listmonk({WEEKLY: "The Courier Weekly"}, LISTS_AT, port, frozenset({THANKS}))
        with serve_listmonk(listmonk) as lists:
            browser = launch(playwright, {"courier.example": paper, "lists.courier.example": lists})
            page = browser.new_page(java_script_enabled=False)
            loop = Loop(page, listmonk, box)
            page.on("request", lambda request: loop.asked.add("/".join(request.url.split("/")[:3])))
            page.goto(PAPER_AT + STORY)
            yield loop
            browser.close()


@pytest.fixture
def loop(playwright: Playwright, without_tls: Path) -> Iterator[Loop]:
    with reading(playwright, without_tls, policy()) as started:
        yield started


def test_from_the_story_to_the_confirmed_address_without_javascript(loop):
    page, listmonk = loop.page, loop.listmonk
    form = loop.weekly()
    form.get_by_label("Your e-mail address").fill(READER)
    form.get_by_role("button").click()
    page.wait_for_url(THANKS)
    assert "inbox" in page.locator("main").inner_text()
    assert listmonk.posts == [[("l", WEEKLY), ("next", THANKS), ("nonce", ""), ("email", READER)]]
    page.goto(loop.link_in_mail())
    assert listmonk.confirmed == set()  # programs that look for viruses visit every link
    page.get_by_role("button", name="Confirm subscription").click()
    assert page.locator("h1").inner_text() == "Confirmed"
    assert listmonk.confirmed == {(READER, WEEKLY)}
    assert loop.asked == {PAPER_AT, LISTS_AT}
    assert len(loop.box.mails) == 1


def press_until(page: Page, wanted: Any) -> list[str]:
    """Tab on until `wanted` has the focus; what had it on the way, by id."""
    passed = []
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        passed.append(focused.get_attribute("id") or "")
        if wanted.and_(focused).count():
            return passed
    raise AssertionError(passed)


def test_the_same_by_keyboard_alone(loop):
    page = loop.page
    form = loop.weekly()
    passed = press_until(page, form.get_by_label("Your e-mail address"))
    assert not [each for each in passed if each.endswith("-trap")]
    page.keyboard.type(READER)
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert form.get_by_role("button").and_(focused).count() == 1
    assert focused.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url(THANKS)
    page.goto(loop.link_in_mail())
    press_until(page, page.get_by_role("button", name="Confirm subscription"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert loop.listmonk.confirmed == {(READER, WEEKLY)}


def test_what_is_no_address_is_not_sent_and_what_fills_in_the_trap_is_not_subscribed(loop):
    page = loop.page
    form = loop.weekly()
    for typed in ("", "nobody"):
        form.get_by_label("Your e-mail address").fill(typed)
        form.get_by_role("button").click()
        assert page.url == PAPER_AT + STORY
    assert loop.listmonk.posts == []
    trap = form.locator("input[name=nonce]")
    assert trap.input_value() == ""
    size = trap.locator("xpath=..").bounding_box()
    assert (size["width"], size["height"]) == (1, 1)
    trap.evaluate("element => { element.value = 'https://spam.example/' }")
    form.get_by_label("Your e-mail address").fill(READER)
    with page.expect_response(f"{LISTS_AT}/**") as answer:
        form.get_by_role("button").click(no_wait_after=True)
    assert answer.value.status == 502
    assert (loop.listmonk.subscribers, loop.box.mails) == ({}, [])


def test_a_policy_without_the_forms_origins_stops_the_form(playwright, without_tls):
    with reading(playwright, without_tls, "default-src 'self'; form-action 'self'") as loop:
        form = loop.weekly()
        form.get_by_label("Your e-mail address").fill(READER)
        with loop.page.expect_console_message() as message:
            form.get_by_role("button").click(no_wait_after=True)
        assert "form-action" in message.value.text
        assert loop.asked == {PAPER_AT}
        assert loop.listmonk.posts == []


# What other providers would get, field by field.

MAILCHIMP = """\
[placement.default]
end = "daily"
[lists.daily]
name = "The Courier Daily"
provider = "mailchimp"
account = "courier"
server = "us21"
user = "a1b2c3"
list = "d4e5f6"
form = "00a1b2"
tags = [11, 12]
story_field = "MMERGE5"
gdpr = 6157
consent = "I agree to get the Daily."
consent_box = true
"""


def sent_by(page: Page, address: str, section: Any) -> tuple[str, str, list[tuple[str, str]]]:
    """Method, address and fields of the request that the form makes; nobody gets it."""
    caught: list[tuple[str, str, list[tuple[str, str]]]] = []

    def catch(route: Route) -> None:
        request = route.request
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"
        caught.append((request.method, request.url, parse_qsl(request.post_data or "", keep_blank_values=True)))
        route.fulfill(status=200, content_type="text/html", body="<title>Thanks</title>")

    page.route(f"{address}/**", catch)
    section.get_by_label("Your e-mail address").fill(READER)
    section.get_by_role("button").click()
    page.wait_for_url(f"{address}/**")
    (found,) = caught
    return found


def test_what_buttondown_gets(paper_here, chromium):
    page = chromium.new_page(java_script_enabled=False)
    page.goto(paper_here + STORY)
    daily = page.locator("section.signup").first
    assert sent_by(page, "https://buttondown.com", daily) == (
        "POST",
        "https://buttondown.com/api/emails/embed-subscribe/courier",
        [("embed", "1"), ("metadata__article", "en/school-roof"), ("email", READER)],
    )
    page.close()


def test_what_mailchimp_gets(tmp_path, chromium):
    files = {"data/paper.toml": PAPER, "data/newsletters.toml": MAILCHIMP, "community/fair.md": story()}
    write_files(tmp_path / "content", files)
    site = run_press(tmp_path / "content", tmp_path / "output", tmp_path / ".press")
    assert not site.stopped, site.problems
    with served(site.output) as here:
        page = chromium.new_page(java_script_enabled=False)
        page.goto(f"{here}/2026/10/03/fair/")
        section = page.locator("section.signup")
        box = section.get_by_label("I agree to get the Daily.")
        assert not box.is_checked()
        box.check()
        assert sent_by(page, "https://courier.us21.list-manage.com", section) == (
            "POST",
            "https://courier.us21.list-manage.com/subscribe/post?u=a1b2c3&id=d4e5f6&f_id=00a1b2",
            [
                ("tags", "11,12"),
                ("subscribe", "Subscribe"),
                ("MMERGE5", "en/fair"),
                ("b_a1b2c3_d4e5f6", ""),
                ("EMAIL", READER),
                ("gdpr[6157]", "Y"),
            ],
        )
        page.close()


# For everyone.


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", [STORY, "/newsletters/", "/hy/newsletters/", "/newsletters/thanks/"])
def test_axe_finds_nothing_where_readers_sign_up(paper_here, chromium, path, width, scheme):
    page = chromium.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto(paper_here + path)
    result = Axe().run(page, options=AXE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in result.response["violations"]] == []
    assert wide <= width


def test_on_paper_the_newsletters_are_named_and_nobody_can_type(paper_here, chromium):
    page = chromium.new_page()
    page.goto(f"{paper_here}/newsletters/")
    page.emulate_media(media="print")
    assert not page.locator("form").first.is_visible()
    assert page.get_by_role("heading", level=2).first.is_visible()
    page.close()
