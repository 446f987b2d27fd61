"""The faults of datelines: what is told to an author, by stable name.

content/news/2026/flood.md:12: dateline/postal-code: 'MD' is a postal code [warning]
    hint: type POTOMAC, Md. —
"""

from __future__ import annotations

from plugins.newsroom.problem import Code, Severity

TWO_DIFFER = Code(
    "dateline/two-differ",
    Severity.ERROR,
    "The front matter and the text give two different datelines.",
)
UNREADABLE = Code(
    "dateline/unreadable",
    Severity.ERROR,
    "The front matter's `dateline` has no form that can be read as one.",
)
DOUBTFUL = Code(
    "dateline/doubtful",
    Severity.WARNING,
    "The story begins with what looks like a dateline, but it is not read as one, or not all of it.",
)
LOWER_CASE = Code(
    "dateline/lower-case",
    Severity.WARNING,
    "The story begins with what is a dateline but for its city, which is not in capitals; so it is not read as one.",
)
SECOND_PARAGRAPH = Code(
    "dateline/second-paragraph",
    Severity.WARNING,
    "The second paragraph begins with a dateline, and the first has none; it belongs at the head of the story.",
)
DASH = Code(
    "dateline/dash",
    Severity.WARNING,
    "A dateline ends with a hyphen, or with a dash that has no space on both sides.",
)
DOUBLE_SPACE = Code(
    "dateline/double-space",
    Severity.WARNING,
    "Two spaces stand after a dateline's dash.",
)
POSTAL_CODE = Code(
    "dateline/postal-code",
    Severity.WARNING,
    "A dateline names a state or province by its postal code.",
)
REGION_MISSING = Code(
    "dateline/region-missing",
    Severity.WARNING,
    "A dateline's city stands alone, and neither the built-in tables nor places.toml let it.",
)
AGENCY_NEAR = Code(
    "dateline/agency-near-known",
    Severity.WARNING,
    "A dateline's agency is one or two slips away from one that is known.",
)
AGENCY_DIFFERS = Code(
    "dateline/agency-differs",
    Severity.WARNING,
    "A dateline credits another agency than the story's `agency`, which stands in the byline.",
)
DAY = Code(
    "dateline/day",
    Severity.WARNING,
    "A dateline holds a date, which house style does not print.",
)
UNKNOWN_ABBREVIATION = Code(
    "dateline/unknown-abbreviation",
    Severity.WARNING,
    "A dateline abbreviates a state or country in a way that house style does not know.",
)
GENRE = Code(
    "dateline/genre",
    Severity.WARNING,
    "An opinion, editorial, letter, review or obituary has a dateline.",
)
