"""What can be wrong with what an author types beyond plain Markdown, and with HTML that no story may hold."""

from __future__ import annotations

from plugins.newsroom.problem import Code, Severity

UNKNOWN_BOX = Code("markup/unknown-box", Severity.ERROR, "A line of ::: opens something that is no kind of box.")
UNCLOSED_BOX = Code("markup/unclosed-box", Severity.ERROR, "A box has no line of ::: that ends it.")
STRAY_FENCE = Code(
    "markup/stray-fence", Severity.ERROR, "A line of ::: ends no box, or stands where no box can: in a list or a quote."
)
NESTED_BOX = Code("markup/nested-box", Severity.ERROR, "A box begins inside another one.")
EMPTY_BOX = Code("markup/empty-box", Severity.ERROR, "A box holds nothing.")
GALLERY = Code("markup/gallery", Severity.ERROR, "A gallery holds something that is no picture.")
PULLQUOTE = Code("markup/pullquote", Severity.ERROR, "{.pullquote} stands where it makes no pull-quote.")
EMBED = Code("markup/embed", Severity.ERROR, "An [embed: …] is not alone on its line, or not written as it must be.")
UNKNOWN_PROVIDER = Code(
    "markup/unknown-provider", Severity.ERROR, "An [embed: …] names a site that is not in the list of those that may."
)
RAW_HTML = Code(
    "markup/raw-html", Severity.ERROR, "A story holds a tag, an attribute or a kind of link that no story may hold."
)
