"""The faults that a story's file, its front matter and the whole of its text can have.

    content/news/2026/fair.md:3: front-matter/not-a-date: '3/4/2026' is not a full date [error]

For each, `tests/bad_copy/` holds a file that causes it and one that nearly does.
"""

from __future__ import annotations

from plugins.newsroom.problem import Code, Severity

# The file as bytes.
NOT_UTF8 = Code("file/not-utf8", Severity.ERROR, "The file is not UTF-8 text.")
CONTROL_CHARACTER = Code(
    "file/control-character", Severity.ERROR, "The file holds a character that no text has, such as NUL."
)
TOO_LARGE = Code(
    "file/too-large", Severity.ERROR, "The file is larger than any story: pictures and sheets belong beside it."
)
EMPTY_FILE = Code("file/empty", Severity.ERROR, "The file holds nothing.")

# The block at the top of the file.
NO_FRONT_MATTER = Code(
    "front-matter/missing", Severity.ERROR, "The file begins with its text: nothing says title or date."
)
BLANK_LINE_FIRST = Code("front-matter/blank-line-first", Severity.ERROR, "A blank line stands before the front matter.")
UNCLOSED = Code("front-matter/unclosed", Severity.ERROR, "The front matter begins with --- but no second --- ends it.")
TOO_LONG = Code("front-matter/too-long", Severity.ERROR, "The front matter is longer than any story needs.")
BAD_HEADER = Code(
    "front-matter/bad-header", Severity.ERROR, "A line among plain headers is neither `Key: value` nor indented."
)

# The block as YAML.
BAD_YAML = Code("front-matter/bad-yaml", Severity.ERROR, "The front matter cannot be read as YAML.")
UNQUOTED_COLON = Code(
    "front-matter/unquoted-colon", Severity.ERROR, "A text with a colon and a space in it has no quotes."
)
TAB = Code("front-matter/tab", Severity.ERROR, "A line of the YAML is indented with a tab.")
NOT_KEYS = Code(
    "front-matter/not-keys", Severity.ERROR, "The front matter is a list or a text instead of keys and values."
)
DUPLICATE_KEY = Code(
    "front-matter/duplicate-key", Severity.ERROR, "A key stands twice, so that one of its values would be lost."
)
MERGE_KEY = Code("front-matter/merge-key", Severity.ERROR, "The YAML uses a merge key (<<), which is not read here.")
ANCHOR = Code(
    "front-matter/anchor", Severity.ERROR, "The YAML names a value with & (an anchor), which is not read here."
)
ALIAS = Code(
    "front-matter/alias", Severity.ERROR, "The YAML repeats a value with * (an alias), which is not read here."
)
TAG = Code("front-matter/tag", Severity.ERROR, "The YAML types a value with ! (a tag), which is not read here.")
TOO_DEEP = Code("front-matter/too-deep", Severity.ERROR, "Lists and keys are nested deeper than any key of ours.")
COMMENT = Code(
    "front-matter/comment", Severity.WARNING, "A # after an unquoted text begins a comment and cuts the text off."
)

# The keys.
MISSING_KEY = Code("front-matter/missing-key", Severity.ERROR, "A key that every story needs is absent.")
EMPTY_KEY = Code("front-matter/empty", Severity.ERROR, "A key that every story needs has no value.")
EMPTY_HOLD = Code(
    "front-matter/empty-hold",
    Severity.ERROR,
    "An empty `status` or `embargo` holds nothing back, where one was meant to.",
)
UNKNOWN_KEY = Code(
    "front-matter/unknown-key", Severity.ERROR, "Nothing reads this key; it is misspelt or belongs elsewhere."
)
NO_CATEGORY = Code(
    "front-matter/no-category", Severity.WARNING, "A story has no category, so that it stands in no section."
)
WRONG_SHAPE = Code(
    "front-matter/wrong-shape", Severity.ERROR, "A list stands where a text belongs, or the other way round."
)

# The values.
TITLE_TOO_LONG = Code("front-matter/title-too-long", Severity.ERROR, "The title is longer than any headline.")
MARKUP = Code("front-matter/markup", Severity.WARNING, "A plain text holds markup, which readers will see as typed.")
NOT_A_DATE = Code(
    "front-matter/not-a-date", Severity.ERROR, "A date is not written as year-month-day, with or without a time."
)
NO_SUCH_DAY = Code(
    "front-matter/no-such-day", Severity.ERROR, "A date or time is well written but in no calendar or clock."
)
YEAR_OUT_OF_RANGE = Code(
    "front-matter/year-out-of-range", Severity.ERROR, "A year is before 1800 or after 2200: a slip."
)
NO_SUCH_TIME = Code(
    "front-matter/no-such-time", Severity.ERROR, "The paper's clocks skipped this time when summer time began."
)
AMBIGUOUS_TIME = Code(
    "front-matter/ambiguous-time", Severity.ERROR, "The paper's clocks showed this time twice as summer time ended."
)
MODIFIED_BEFORE_DATE = Code(
    "front-matter/modified-before-date", Severity.WARNING, "A story was changed before it was published."
)
UNKNOWN_LANGUAGE = Code("front-matter/unknown-language", Severity.ERROR, "The paper does not appear in this language.")
UNKNOWN_VALUE = Code("front-matter/unknown-value", Severity.ERROR, "A key that knows a few words has another one.")
BAD_CATEGORY = Code("front-matter/bad-category", Severity.ERROR, "The category names no single section.")
BAD_SLUG = Code("front-matter/bad-slug", Severity.ERROR, "A slug cannot stand in an address as it is.")
BAD_FILE_NAME = Code(
    "front-matter/bad-file-name", Severity.ERROR, "The file's name cannot be a slug, and no `slug:` is given."
)
BAD_ALIAS = Code("front-matter/bad-alias", Severity.ERROR, "An alias is no path on this site that a file could answer.")
NOT_A_NUMBER = Code("front-matter/not-a-number", Severity.ERROR, "A value is not a whole number.")
NOT_AN_ADDRESS = Code(
    "front-matter/not-an-address", Severity.ERROR, "A value is not an absolute http or https address."
)

# The text.
TANGLED = Code(
    "story/tangled",
    Severity.ERROR,
    "The text holds so much of one mark, or nests so deeply, that nobody can have meant it.",
)
