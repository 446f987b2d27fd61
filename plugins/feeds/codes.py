"""What can be wrong with feeds."""

from __future__ import annotations

from plugins.newsroom.problem import Code, Severity

NO_ADDRESS = Code(
    "paper/no-address",
    Severity.WARNING,
    "The paper has no address, so feeds and sitemap hold addresses that work nowhere else.",
)
SAME_ID = Code(
    "feed/same-id", Severity.ERROR, "Two stories have one id in feeds, so that feed readers show only one of them."
)
