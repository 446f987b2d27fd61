"""The sample paper in a real browser: readable, valid, silent, alone."""

from __future__ import annotations

import http.server
import os
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree
from lxml import html as lxml_html
from playwright.sync_api import Browser, Page, sync_playwright

from plugins.desk.serve import SiteHandler
from tests.browser.find_browser import find_browser
from tests.conftest import ROOT, run_press

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = [
    "",
    "hy/",
    "community/",
    "archive/",
    "2026/",
    "2026/10/",
    "about/",
    "404.html",
    "2026/09/01/school-roof/",
    "2026/10/03/harvest-fair/",
    "hy/2026/10/03/harvest-fair/",
    "2026/11/13/ferry-winter-timetable/",
]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    site = run_press(ROOT / "content", folder / "output", folder / ".press", NOW="2026-11-23T12:00+04:00")
    assert [str(problem) for problem in site.problems] == []
    return site.output


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    class Silent(SiteHandler):
        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(output)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser(os.environ)), args=FLAGS)
        yield browser
        browser.close()


NOT_FOUND = "console: Failed to load resource: the server responded with a status of 404 (Not Found)"


def listening(page: Page, said: list[str]) -> Page:
    """The page, which from now on notes every console message, failed request and request beyond this machine."""

    def asked(request: Any) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1":
            said.append(f"asked: {request.url}")

    def failed(request: Any) -> None:
        # Aborted: the next page was opened before the icon of this one had come.
        if request.failure != "net::ERR_ABORTED":
            said.append(f"failed: {request.url}: {request.failure}")

    def answered(response: Any) -> None:
        if response.status >= 400 and not response.url.endswith("/404.html"):
            said.append(f"answered {response.status}: {response.url}")

    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda fault: said.append(f"error: {fault}"))
    page.on("requestfailed", failed)
    page.on("request", asked)
    page.on("response", answered)
    return page


LOOKED_AT = """() => ({
    wide: document.documentElement.scrollWidth,
    headings: document.querySelectorAll("h1").length,
    unloaded: [...document.images].filter(image => image.complete && !image.naturalWidth).map(image => image.src),
})"""


def test_every_page_says_nothing_asks_nobody_and_fits(chromium: Browser, address: str, output: Path) -> None:
    # A page at a story's old address leaves at once for the new one.
    files = [path for path in output.rglob("*.html") if b'http-equiv="refresh"' not in path.read_bytes()]
    pages = sorted(path.relative_to(output).as_posix().removesuffix("index.html") for path in files)
    assert {quote(path) for path in PAGES} <= {quote(path) for path in pages}
    said: list[str] = []
    page = listening(chromium.new_page(viewport={"width": 320, "height": 700}), said)
    faults = []
    for path in pages:
        page.goto(address + quote(path), wait_until="load")
        seen = page.evaluate(LOOKED_AT)
        told = [each for each in said if not (path == "404.html" and each == NOT_FOUND)]
        if told or seen["wide"] > 320 or seen["headings"] != 1 or seen["unloaded"]:
            faults.append((path, told, seen))
        said.clear()
    assert page.context.cookies() == []
    page.close()
    assert faults == []
    assert len(pages) > 90


LOUD = """<!doctype html><title>Loud</title><h1>Loud</h1>
<script>console.warn("a warning"); throw new Error("a fault")</script>
<img src="/gone.png" alt=""><img src="https://elsewhere.example/pixel.png" alt="">"""


def test_a_page_that_says_or_asks_something_is_noticed(chromium: Browser, address: str) -> None:
    said: list[str] = []
    page = listening(chromium.new_page(), said)
    page.route("**/loud/", lambda route: route.fulfill(body=LOUD, content_type="text/html"))
    page.goto(address + "loud/", wait_until="load")
    page.close()
    assert "console: a warning" in said
    assert "error: a fault" in said
    assert f"answered 404: {address}gone.png" in said
    assert "asked: https://elsewhere.example/pixel.png" in said


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(chromium: Browser, address: str, path: str, scheme: str) -> None:
    page = chromium.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})  # type: ignore[arg-type]
    page.goto(address + path)
    result = Axe().run(page, options=AXE)
    page.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in result.response["violations"]] == []


def test_a_story_reads_without_javascript_and_without_a_mouse(chromium: Browser, address: str) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(address + "2026/09/01/school-roof/")
    assert page.locator("main h1").is_visible()
    assert page.locator(".signup input[type=email]").count() == 2
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text().lower().startswith("skip")
    page.close()


def test_paper_shows_no_sign_up_and_no_menu(chromium: Browser, address: str) -> None:
    page = chromium.new_page(color_scheme="dark")
    page.goto(address + "2026/09/01/school-roof/")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".signup").first.is_visible()
    assert not page.locator("nav").first.is_visible()
    assert page.locator("main figure figcaption").first.is_visible()
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.close()
    assert background in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_every_id_on_a_page_is_its_only_one(output: Path) -> None:
    for path in output.rglob("*.html"):
        ids = lxml_html.fromstring(path.read_bytes()).xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_feeds_and_sitemap_are_well_formed(output: Path) -> None:
    for path in (*output.rglob("*.xml"),):
        etree.fromstring(path.read_bytes())
    pages = {path.relative_to(output).as_posix() for path in output.rglob("index.html")}
    locations = etree.fromstring((output / "sitemap.xml").read_bytes()).xpath("//*[local-name()='loc']/text()")
    listed = {unquote(urlsplit(each).path).lstrip("/") + "index.html" for each in locations}
    assert listed <= pages
    hidden = {page for page in pages if "noindex" in (output / page).read_text("utf-8")}
    assert listed == pages - hidden
