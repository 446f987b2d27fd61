"""Type as a printer sets it: “Growers’ fair” for "Growers' fair", an em dash for `--`, … for three dots. English only.

Other languages have other quotes and dashes; what was typed in them stays as typed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable


def is_set(lang: str) -> bool:
    """Whether the house knows how to set this language."""
    return lang.split("-", maxsplit=1)[0] == "en"


def characters(text: str, lang: str) -> str:
    r"""Plain text with typographic characters and nothing else: for headlines, captions, summaries.

    >>> characters('"Fair" -- a growers\' day...', "en")
    '“Fair” — a growers’ day…'
    """
    if not is_set(lang) or not re.search(r"[\"'`.-]", text):
        return text
    return html.unescape(_smartypants(html.escape(text, quote=False)))


def set_html(text: str, lang: str) -> str:
    """Finished HTML of a body with quotes, dashes, ellipses, a wrapped ampersand and no widow in a block's last line.

    `<pre>`, `<code>` and their like stay as they are. Runs while raw HTML is still in Markdown's stash, so that what
    an author typed as HTML stays as typed too.
    """
    if not is_set(lang):
        return text
    from typogrify.filters import amp, process_ignores, widont

    passes: tuple[Callable[[str], str], ...] = (amp, _smartypants, widont)
    pieces = []
    for piece, wanted in process_ignores(text, ["kbd", "samp", "tt", "math", "script", "style", "textarea", "svg"]):
        if wanted:
            for each in passes:
                piece = each(piece)
        pieces.append(piece)
    return "".join(pieces)


def _smartypants(text: str) -> str:
    import smartypants

    # Quotes, dashes (`--` is an em dash) and ellipses; not back-tick quotes, which nobody types for a paper.
    attributes = smartypants.Attr.q | smartypants.Attr.d | smartypants.Attr.e
    return str(smartypants.smartypants(text, attributes))
