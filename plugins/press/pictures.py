"""Files of content/ that pages show or link to: how large a picture is, and what a file's bytes are.

A file is opened when it is new or its stamp has changed; else the store knows it. `VERIFY=1` opens every one.
"""

from __future__ import annotations

import time
from pathlib import Path

from plugins.newsroom.pictures import KNOWN_TYPES, Size, measure
from plugins.newsroom.problem import Complaint
from plugins.press.output import Stamp, print_of_file, settled, stamp_of
from plugins.press.store import Picture, Store


class Pictures:
    """Answers for one build; every file is looked at once. store: None where nothing is to be believed."""

    def __init__(self, content: Path, store: Store | None, *, verify: bool = False) -> None:
        self._content = content
        self._store = store
        self._verify = verify
        self._sizes: dict[str, Size | Complaint] = {}
        self._prints: dict[str, str] = {}
        self._stamps: dict[str, Stamp] = {}
        self._began = time.time_ns()

    def _known(self, path: str) -> Picture | None:
        if self._store is None or self._verify:
            return None
        known = self._store.picture(path)
        if known is None:
            return None
        if path not in self._stamps:
            stamp = stamp_of(self._content / path)
            if stamp is None:
                return None
            self._stamps[path] = stamp
        return known if known.stamp == self._stamps[path] else None

    def size(self, path: str) -> Size | Complaint:
        """How large a picture is shown, or why that cannot be told."""
        if path not in self._sizes:
            known = self._known(path)
            if known is not None and known.size is not None:
                self._sizes[path] = known.size
            else:
                self._sizes[path] = measure(self._content / path)
        return self._sizes[path]

    def print(self, path: str) -> str:
        """The print of a file's bytes, or empty where it cannot be read."""
        if path not in self._prints:
            known = self._known(path)
            self._prints[path] = known.print if known is not None else print_of_file(self._content / path)
        return self._prints[path]

    def keep(self) -> None:
        """Give the store what was learnt, with stamps from before anything was opened."""
        if self._store is None:
            return
        paths = self._sizes.keys() | self._prints.keys()
        found = {path: stamp for path in sorted(paths) if (stamp := self._stamp(path))}
        stamps = settled(found, looked=self._began)
        for path, stamp in stamps.items():
            size = self.size(path) if path.lower().endswith(KNOWN_TYPES) else None
            self._store.put_picture(path, Picture(stamp, self.print(path), size))

    def _stamp(self, path: str) -> Stamp | None:
        return self._stamps.get(path) or stamp_of(self._content / path)
