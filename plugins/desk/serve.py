"""`make serve`: build, show the site on this machine, and build again whenever something is saved.

Each build is a process of its own, so that a changed plugin counts too, and a failed one leaves the last good site
shown.
"""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from watchfiles import watch


@dataclass
class Watcher:
    """Builds, and builds again on a change of content, theme, plugins or settings."""

    content: Path
    conf: Path
    output: Path
    options: tuple[str, ...] = ()
    stopping: threading.Event = field(default_factory=threading.Event)

    def build(self) -> int:
        """One build; its report goes where ours goes. Returns its status."""
        command = [sys.executable, "-m", "pelican", str(self.content), "-o", str(self.output), "-s", str(self.conf)]
        return subprocess.run([*command, *self.options], check=False).returncode  # noqa: S603  our own command

    def watched(self) -> list[Path]:
        """The folders and files whose change asks for a build."""
        root = self.conf.resolve().parent
        every = (self.content, root / "theme", root / "plugins", self.conf, root / "pelicanconf.py")
        return [path.resolve() for path in dict.fromkeys(every) if path.exists()]

    def run(self) -> int:
        """Build until told to stop. A change saved while a build runs is not missed: watching never pauses."""
        try:
            self._run()
        except KeyboardInterrupt:
            self.stopping.set()
        return 0

    def _run(self) -> None:
        changed = threading.Event()
        changed.set()
        watching = threading.Thread(target=self._watch, args=(changed,), daemon=True)
        watching.start()
        while not self.stopping.is_set():
            if changed.wait(timeout=0.2):
                changed.clear()
                self.build()

    def _watch(self, changed: threading.Event) -> None:
        for changes in watch(*self.watched(), stop_event=self.stopping, raise_interrupt=False):
            if self.counts(path for _, path in changes):
                changed.set()

    def counts(self, paths: Iterable[str]) -> bool:
        """Whether any of these changes is one of ours to see: not the site itself, not what Python leaves behind."""
        ignored = [self.output.resolve()]
        return any(
            "__pycache__" not in path and not any(Path(path).is_relative_to(folder) for folder in ignored)
            for path in paths
        )


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves the built site as a static host does: index.html for a folder, 404.html for what is not there."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for a missing address."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """No host lists a folder."""
        self.send_error(404)

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Text is UTF-8; a feed is what it says it is."""
        kind = super().guess_type(path)
        if os.fspath(path).endswith("atom.xml"):
            kind = "application/atom+xml"
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def end_headers(self) -> None:
        """A preview must show what was saved a second ago."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Only what went wrong is worth a line."""
        if str(code).startswith(("4", "5")):
            super().log_request(code, size)


def serve(watcher: Watcher, bind: str, port: int) -> int:
    """Build and serve until interrupted; 1 where the port is taken."""
    handler = partial(SiteHandler, directory=str(watcher.output.resolve()))
    try:
        server = http.server.ThreadingHTTPServer((bind, port), handler)
    except OSError as fault:
        print(f"cannot listen on {bind}:{port}: {fault.strerror}; try PORT={port + 1}", file=sys.stderr)
        return 1
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = "localhost" if bind in {"127.0.0.1", "0.0.0.0"} else bind  # noqa: S104  only a name to print
        print(f"the site is at http://{host}:{server.server_address[1]}/ (Ctrl-C ends)", flush=True)
        status = watcher.run()
        server.shutdown()
    return status
