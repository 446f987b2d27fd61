"""What can be wrong with a sign-up. Every one of these is an error: a sign-up that cannot work is worse than none."""

from __future__ import annotations

from plugins.newsroom.problem import Code, Severity

UNKNOWN_LIST = Code(
    "newsletter/unknown-list", Severity.ERROR, "A story asks for a newsletter that is not in its table."
)
MARKER_INSIDE = Code(
    "newsletter/marker-inside", Severity.ERROR, "A [newsletter] mark stands inside a paragraph, list, quote or table."
)
SECOND_MARKER = Code("newsletter/second-marker", Severity.ERROR, "A story has more than one [newsletter] mark.")
REFERENCE = Code("newsletter/reference", Severity.ERROR, "A link's name turns [newsletter] marks into links.")

BAD_ID = Code("newsletter/bad-id", Severity.ERROR, "A value does not have the shape that the provider gives it.")
UNKNOWN_PROVIDER = Code("newsletter/unknown-provider", Severity.ERROR, "A newsletter's provider is not known here.")
MISSING_FIELD = Code("newsletter/missing-field", Severity.ERROR, "A newsletter lacks what its form needs.")
INSECURE = Code(
    "newsletter/insecure", Severity.ERROR, "A newsletter's address is plain http: open to anyone on the way."
)
PLACEHOLDER = Code("newsletter/placeholder", Severity.ERROR, "A newsletter's value is still the one from an example.")
UNKNOWN_LIST_IN_PLACEMENT = Code(
    "newsletter/unknown-list-in-placement", Severity.ERROR, "A placement names a list that is not in the table."
)
LINK_BROKEN = Code("newsletter/link-broken", Severity.ERROR, "A sign-up's own link leads to no page of the site.")
