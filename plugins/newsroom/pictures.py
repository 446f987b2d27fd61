"""Pictures: their size, so that a page does not jump while it loads, and their faults.

A picture is never decoded here: its header says how large it is, and EXIF whether it lies on its side.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from plugins.newsroom.problem import Code, Complaint, Severity

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MISSING = Code("photo/missing", Severity.ERROR, "A picture that a story names is not in content/.")
UNREADABLE = Code("photo/unreadable", Severity.ERROR, "A picture cannot be opened, or is no picture.")
REMOTE_PICTURE = Code(
    "photo/remote", Severity.ERROR, "A picture lies on another site: readers would be tracked there, and it may vanish."
)
INLINE_PICTURE = Code(
    "photo/inside-text", Severity.WARNING, "A picture stands inside a paragraph, where it has no caption."
)
NO_ALT = Code("photo/alt-missing", Severity.WARNING, "A picture has no alt text for readers who cannot see it.")
ALT_IS_CAPTION = Code(
    "photo/alt-is-caption", Severity.WARNING, "A picture's alt text repeats its caption, which is then read out twice."
)
NO_CREDIT = Code("photo/credit-missing", Severity.WARNING, "A lead picture has no credit.")

_SIDE = re.compile(r"[0-9]{1,5}(?:\.[0-9]*)?")
KNOWN_TYPES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")


class Size(Struct, frozen=True, array_like=True, tag=True):
    """Pixels as shown. bytes: of the file, 0 where nobody weighed it."""

    width: int
    height: int
    bytes: int = 0


def measure(path: Path) -> Size | Complaint:
    """How large a picture is shown, or why that cannot be told."""
    if path.suffix.lower() not in KNOWN_TYPES:
        known = ", ".join(KNOWN_TYPES)
        return Complaint(
            UNREADABLE, f"'{path.name}' is no kind of picture that browsers show", f"save it as one of {known}"
        )
    try:
        size = _size_of_svg(path) if path.suffix.lower() == ".svg" else _size_of_raster(path)
        return replace(size, bytes=path.stat().st_size)
    except _NotAPicture as fault:
        return Complaint(
            UNREADABLE, f"the picture '{path.name}' cannot be opened: {fault}", "save it anew, as JPEG or PNG"
        )
    except OSError as fault:
        reason = fault.strerror or "it is no picture, or damaged"
        return Complaint(
            UNREADABLE, f"the picture '{path.name}' cannot be opened: {reason.lower()}", "save it anew, as JPEG or PNG"
        )


class _NotAPicture(ValueError):
    """The file is none, or its size is nonsense."""


def _size_of_raster(path: Path) -> Size:
    from PIL import Image

    try:
        with Image.open(path) as image:
            width, height = image.size
            # EXIF 2.32, Orientation: 5 to 8 are turned by a quarter.
            if image.getexif().get(0x0112, 1) in {5, 6, 7, 8}:
                width, height = height, width
    except (Image.DecompressionBombError, ValueError, SyntaxError) as fault:
        raise _NotAPicture(str(fault)) from None
    return Size(width, height)


def _size_of_svg(path: Path) -> Size:
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        root = fromstring(path.read_bytes())
    except (ParseError, LookupError, ValueError) as fault:
        raise _NotAPicture(f"it is no SVG ({fault})") from None
    if not root.tag.endswith("svg"):
        raise _NotAPicture("it is XML, but no SVG")
    return _svg_sides(root)


def _svg_sides(root: Element) -> Size:
    typed = [root.get(side, "").strip().removesuffix("px") for side in ("width", "height")]
    box = root.get("viewBox", "").replace(",", " ").split()
    for width, height in (typed, box[2:] if len(box) == 4 else ("", "")):
        if _SIDE.fullmatch(width) and _SIDE.fullmatch(height) and (round(float(width)), round(float(height))) > (0, 0):
            return Size(round(float(width)), round(float(height)))
    raise _NotAPicture("it has neither width and height nor a viewBox")
