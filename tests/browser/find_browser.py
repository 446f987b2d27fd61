"""Where a Chromium stands on this machine, for the tests that open the built paper.

    $ python tests/browser/find_browser.py
    /usr/bin/chromium

In this order: $CHROMIUM, what the system calls Chromium or Chrome, the applications of macOS, Playwright's own if
somebody downloaded it. On Debian, root gets the system's package installed. Else the script says how to get one, and
exits with 1. Only the path goes to standard output.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PACKAGES = ("chromium", "fonts-noto-core")

HOW_TO_GET_ONE = """\
No Chromium was found, and the tests open the paper in one.
  Debian:        sudo apt install chromium fonts-noto-core
  Ubuntu:        sudo snap install chromium && sudo apt install fonts-noto-core
  Fedora:        sudo dnf install chromium
  macOS:         brew install --cask google-chrome
  anywhere else: .venv/bin/playwright install chromium
Or say where it is: make test CHROMIUM=/path/to/chromium"""


class NoBrowser(Exception):
    """No Chromium is here; the message says what to do."""


def find_installed(environ: Mapping[str, str]) -> Path | None:
    """The first Chromium that stands on this machine. A $CHROMIUM that names no program is NoBrowser."""
    if named := environ.get("CHROMIUM"):
        found = shutil.which(named, path=environ.get("PATH"))
        if found is None:
            raise NoBrowser(f"CHROMIUM={named} is no program that can be run.")
        return Path(found)
    return next(_candidates(environ), None)


def _candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    for command in COMMANDS:
        if found := shutil.which(command, path=environ.get("PATH")):
            yield Path(found)
    for path in (Path(application) for application in APPLICATIONS):
        if os.access(path, os.X_OK):
            yield path
    if (own := playwrights_own()) is not None:
        yield own


def playwrights_own() -> Path | None:
    """The Chromium that `playwright install chromium` downloaded, if somebody ran it."""
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return None
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if os.access(path, os.X_OK) else None


def install() -> None:
    """Debian's Chromium, with fonts for Armenian, installed by apt-get; its output goes to standard error."""
    print(f"Installing {' '.join(PACKAGES)}", file=sys.stderr)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", *PACKAGES)):
        done = subprocess.run(["apt-get", *arguments], env=environ, stdout=sys.stderr.fileno(), check=False)
        if done.returncode != 0:
            raise NoBrowser(f"apt-get {arguments[0]} failed.\n{HOW_TO_GET_ONE}")


def can_install() -> bool:
    """True for root on Debian itself: Ubuntu's chromium package only points to a snap."""
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return False
    return "ID=debian" in release and os.geteuid() == 0 and shutil.which("apt-get") is not None


def find_browser(environ: Mapping[str, str]) -> Path:
    """The path of a Chromium that can be run; NoBrowser where there is none."""
    found = find_installed(environ)
    if found is None and can_install():
        install()
        found = find_installed(environ)
    if found is None:
        raise NoBrowser(HOW_TO_GET_ONE)
    return found


def main() -> int:
    try:
        print(find_browser(os.environ))
    except NoBrowser as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
