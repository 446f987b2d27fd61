"""Takes the pictures of README.md: the sample paper, built and opened in a real Chromium.

    python -m tests.browser.take_readme_pictures            # writes docs/pictures/
    python -m tests.browser.take_readme_pictures OTHER/DIR  # writes them elsewhere

The same pictures come out wherever the same Chromium and fonts are (Noto, as for the tests).
"""

from __future__ import annotations

import http.server
import io
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from plugins.desk.serve import SiteHandler
from tests.browser.find_browser import find_browser
from tests.conftest import ROOT, run_press

NOW = "2026-11-23T12:00+04:00"
MOST = 150_000
"""Bytes of one picture: README.md is opened on phones too."""


@dataclass(frozen=True)
class Shot:
    """One picture. path: on the site. width, height: of the window, CSS pixels. sharpness: pixels to one of those."""

    name: str
    path: str
    width: int
    height: int
    sharpness: int = 1


SHOTS = (
    Shot("front.webp", "", 1280, 1330),
    Shot("story.webp", "2026/10/03/harvest-fair/", 1280, 1200),
    Shot("story-on-a-phone.webp", "hy/2026/10/03/harvest-fair/", 390, 1066, sharpness=2),
)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, on a free port of this machine."""

    class Silent(SiteHandler):
        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def take(browser: Browser, address: str, shot: Shot) -> bytes:
    """The picture as WebP."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=shot.sharpness,
        color_scheme="light",
        reduced_motion="reduce",
    )
    page.goto(address + shot.path)
    # A picture further down is lazy; all that the window shows has to be there.
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    page.evaluate("Promise.all([...document.images].map((image) => image.decode()))")
    seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    data = io.BytesIO()
    seen.save(data, "WEBP", quality=82, method=6)
    return data.getvalue()


def main(folder: Path) -> int:
    """Build the paper, take every picture; 1 where one is too heavy."""
    folder.mkdir(parents=True, exist_ok=True)
    heavy = False
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        site = run_press(ROOT / "content", Path(scratch, "output"), Path(scratch, "press"), NOW=NOW)
        browser = playwright.chromium.launch(executable_path=str(find_browser(os.environ)), args=["--no-sandbox"])
        with served(site.output) as address:
            for shot in SHOTS:
                data = take(browser, address, shot)
                (folder / shot.name).write_bytes(data)
                heavy = heavy or len(data) > MOST
                print(f"{shot.name}: {len(data):,} bytes")
        browser.close()
    return int(heavy)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/pictures"))
