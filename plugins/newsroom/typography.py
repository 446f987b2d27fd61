"""Type as a printer sets it: “Growers’ fair” for "Growers' fair", an em dash for `--`, … for three dots. English only.

    "We sang," she said -- 'twas the '90s, and the bell weighed 5'10"...
    “We sang,” she said — ’twas the ’90s, and the bell weighed 5′10″…

Other languages have other quotes and dashes; what was typed in them stays as typed. Web and e-mail addresses and code
stay as typed in any language.

Headlines and bodies are set by one scan. It reads plain text in which each tag, token or entity of the HTML is one
character (a mark, or the character that the entity stands for), so that both get the same quotes.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache

BLOCK, BREAK, OPEN, CLOSE, HOLE, WORD = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5"
"""Marks in plain text for: the edge of a block, `<br>`, an inline tag that opens, one that closes, something unknown
that a reader may not see (a token of Markdown's, a picture), and something unknown that reads as a word (code).
Unicode calls these characters no characters: no text means anything by them, and one that holds them keeps them.
"""

LONGEST_LAST_WORD = 15
"""Letters of a last word that may be tied to the one before it."""

LONGEST_PAIR = 30
"""Characters of the last two words together, tied: a line on a narrow telephone holds about 35."""

_THROUGH = frozenset({OPEN, CLOSE, HOLE})
_EDGES = frozenset({BLOCK, BREAK})
_BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
        ),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li"),
        *(
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul",
        ),
    }
)
_VOIDS = frozenset({"img", "wbr", "input", "embed", "source", "track", "area", "col", "link", "meta"})
_LAST_LINES = frozenset(f"</{name}>" for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd"))
"""Ends of blocks whose last line typogrify looks after."""

_MARKDOWN = "[^\x02\x03]*\x03(?:(?<=\x02amp\x03)#[0-9]{1,7};)?"
"""Markdown's tokens, behind their first character. In an address that it hides from robots, each letter
is `\x02amp\x03#97;`.
"""

_IN_TEXT = re.compile(f"(\x02{_MARKDOWN}|[\ufdd0-\ufdef])")
_IN_HTML = re.compile(
    # The first characters stand in one set, and what follows looks back at them: so `re` skips all text between.
    "([<&\x02\ufdd0-\ufdef](?:(?<=<)(?:!--.*?(?:-->|\\Z)"
    # As HTML has it, a quote matters only after `=`. What never ends goes on to the end: the scan stays linear.
    "|/?[A-Za-z][^\\s/>]*+"
    "(?:[^>=]|=\\s*+\"[^\"]*+(?:\"|\\Z)|=\\s*+'[^']*+(?:'|\\Z)|=)*+(?:>|\\Z)"
    "|[!?/][^>]*+(?:>|\\Z))"
    "|(?<=&)(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    f"|(?<=\x02){_MARKDOWN}|(?<=[\ufdd0-\ufdef])))",
    re.DOTALL,
)
_NAME = re.compile("</?(?P<name>[A-Za-z][^\\s/>]*)")
_CUT = re.compile("(\x02cut:[0-9]+\x03)")
"""What stands between two blocks of a document (`CUT` in `stories/body.py`)."""

_WORTH_IT = re.compile(r"[\"'.-](?:(?<=[\"'])|(?<=-)-|(?<=\.)(?:\.\.|[ \xa0]\.[ \xa0]\.))")
_WORK = re.compile(
    r"[\"'“”‘’.-](?:(?<=[\"'“”‘’])|(?<=-)-+"
    r"|(?<=\.)(?:\.\.+|(?<![.…]\.)[ \xa0]\.[ \xa0]\.(?!\.)))"
)
"""All that the scan stops at. Three dots, and no more, may have spaces between them."""

_UNSET = ("kbd", "samp", "tt", "math", "script", "style", "textarea", "svg")
_MAY_BE_UNSET = re.compile(rf"</(?:pre|code|{'|'.join(_UNSET)})>", re.IGNORECASE)
"""Without the end of one, typogrify finds no tag whose text stays as typed."""

_ADDRESS = re.compile(
    rf"(?<!\w)(?:https?://|ftp://|www\.)"
    rf"(?:[^\s\"“”‘’′″…—<>{BLOCK}{BREAK}{OPEN}{CLOSE}'.,;:!?()\[\]–-]|['.,;:!?()\[\]–-]++(?=[\w/#?&=%~+@$*]))+",
    re.IGNORECASE,
)
"""None of the characters that the scan prints can be in one: what is set would else be an address the next time."""

_BEFORE_AT = re.compile(r"\w[\w.+'-]*\Z")
_AFTER_AT = re.compile(r"[\w-]+(?:\.[\w-]*\w)*")
_LOCAL_PART = 64
"""Characters before the @ of an e-mail address, at most (RFC 5321)."""

_FRACTIONS = "¼½¾⅓⅔⅛⅜⅝⅞"
_FEET = re.compile(rf"' ?\d{{1,2}}[{_FRACTIONS}]?(\")(?!\w)")
"""Read from the quote after the feet to that after the inches: 5'10", 5' 10½"."""

_APOSTROPHE = re.compile(
    r"(?:n|\d\ds)(?!\w)"
    r"|(?:tis(?:n['’]t)?|twas(?:n['’]t)?|twere|twill|twould|twixt|em|til|nuff|neath)(?!\w|['’](?!\w))",
    re.IGNORECASE,
)
"""Words that lack a beginning, and the '90s. A quoted word ('em') ends where its quote does."""

_PERHAPS_APOSTROPHE = re.compile(r"(?:\d\d(?![\w%]|[.,]\d)|(?:cause|cos|cuz|bout|round|till)(?!\w))", re.IGNORECASE)
"""The class of '95, but '20 people' of a headline; 'cause I say so, but 'Cause unknown'."""

_CONTRACTION = re.compile(r"(?:s|t|d|m|re|ve|ll)(?!\w)", re.IGNORECASE)
_NEXT_DOUBLE = re.compile(f'["“”{BLOCK}]')
_QUOTED = 80
"""Characters within which a single quote that opens a few words closes again."""

_OPENERS = frozenset("([{“‘«‹¿¡")
_JOINERS = frozenset("-–—―/\\=+*_|~&@#<>")
_CLOSERS = frozenset(",;:!?)]}”’»›")
_ENDS = _CLOSERS | {BLOCK, BREAK, CLOSE}
_LEADERS = frozenset("$£€¥#@&") | _OPENERS


class _After(Enum):
    """What follows a quote: something that it may open, something before which it closes, or neither (a dash)."""

    START = auto()
    END = auto()
    EITHER = auto()


def is_set(lang: str) -> bool:
    """Whether the house knows how to set this language."""
    return lang.split("-", maxsplit=1)[0] == "en"


def characters(text: str, lang: str) -> str:
    r"""Plain text with typographic characters and nothing else: for headlines, captions, summaries.

    >>> characters('"Fair" -- a growers\' day...', "en")
    '“Fair” — a growers’ day…'
    """
    if not is_set(lang) or not _WORTH_IT.search(text):
        return text
    copy = _Copy()
    copy.add_pieces(_IN_TEXT.split(text))
    scan = copy.scan()
    scan.set_characters()
    return scan.finished()


def set_html(text: str, lang: str) -> str:
    """Finished HTML of a body with quotes, dashes, ellipses, a wrapped ampersand and no widow in a block's last line.

    `<pre>`, `<code>` and their like stay as they are, and so do all tags. Runs while raw HTML is still in Markdown's
    stash, so that what an author typed as HTML stays as typed too: `&quot;` is the way to print a straight quote.
    Setting what is set changes nothing. Blocks of a document that are set together are set as each by itself: a quote
    that one leaves open does not turn those of the next.
    """
    if not is_set(lang):
        return text
    copy = _Copy()
    for piece, wanted in _parted(text):
        if wanted:
            copy.add_pieces(_IN_HTML.split(piece))
        else:
            copy.add(BLOCK if piece[:4].lower() == "<pre" else WORD, piece)
    scan = copy.scan()
    scan.set_characters()
    plain = scan.printed()
    _wrap_ampersands(plain, scan.out)
    _tie_last_words(plain, scan.out, [*copy.ends, len(plain)])
    return scan.finished()


def _parted(text: str) -> list[tuple[str, bool]]:
    """HTML in pieces, and whether each is to be set.

    Each block by itself: typogrify takes `<pressroom-gallery>` for a `<pre>`, and would look for its end in others.
    """
    if not _MAY_BE_UNSET.search(text):
        return [(text, True)]
    from typogrify.filters import process_ignores

    pieces: list[tuple[str, bool]] = []
    for block in _CUT.split(text):
        pieces += process_ignores(block, [*_UNSET]) if _MAY_BE_UNSET.search(block) else [(block, True)]
    return pieces


@dataclass(slots=True)
class _Copy:
    """What a scan reads, while it is put together.

    plain: pieces of plain text. size: their characters so far. out: what to print at a position instead of its
    character. ends: where blocks end whose last line may be a widow.
    """

    plain: list[str] = field(default_factory=list)
    size: int = 0
    out: dict[int, str] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)

    def add(self, mark: str, typed: str) -> None:
        """Put in one character that stands for what was typed."""
        self.out[self.size] = typed
        self.plain.append(mark)
        self.size += 1

    def add_pieces(self, pieces: list[str]) -> None:
        """Put in text; every second piece is a tag, an entity or a token."""
        size = self.size
        for index in range(1, len(pieces), 2):
            typed = pieces[index]
            size += len(pieces[index - 1])
            mark, is_end = _read(typed)
            pieces[index] = mark
            if is_end:
                self.ends.append(size)
            if len(mark) == 1:
                self.out[size] = typed
            size += len(mark)
        self.plain += pieces
        self.size = size + len(pieces[-1])

    def scan(self) -> _Scan:
        """The finished copy."""
        return _Scan("".join(self.plain), self.out)


@lru_cache(maxsize=256)
def _read(typed: str) -> tuple[str, bool]:
    """The character that stands for a tag, an entity or a token, and whether a last line may end before it.

    What looks like an entity and is none stands for itself.
    """
    match typed[0]:
        case "<":
            return _tag(typed), typed in _LAST_LINES
        case "&":
            character = html.unescape(typed)
            # Two hyphens or three dots as entities are meant.
            return (_literal(character, "-.") if len(character) == 1 else typed), False
        case "\x02" if _CUT.match(typed):
            return BLOCK, True
        case "\x02":
            inner, _, letter = typed[1:].partition("\x03")
            return _token(inner, letter), False
        case _:
            return HOLE, False


def _tag(tag: str) -> str:
    found = _NAME.match(tag)
    if not found:
        return HOLE
    name = found["name"].lower()
    if name in _BLOCKS:
        return BLOCK
    if name == "br":
        return BREAK
    if name in _VOIDS:
        return HOLE
    return CLOSE if tag.startswith("</") else OPEN


def _token(inner: str, letter: str) -> str:
    """The character that a token of Markdown's stands for, where the token says it."""
    if letter:
        return _literal(html.unescape("&" + letter), "-.\"'")
    if inner == "amp":
        return "&"
    if inner.isascii() and inner.isdigit() and len(inner) < 6:
        return _literal(chr(int(inner)), "-.\"'")
    return HOLE


def _literal(character: str, kept: str) -> str:
    """The character, or a mark for one that was typed in this way so that it stays; a space typed so never breaks."""
    if character.isspace():
        return "\xa0"
    return WORD if character in kept or "\ufdd0" <= character <= "\ufdef" else character


@dataclass(slots=True)
class _Scan:
    """One pass from left to right.

    plain: what is read; it never changes. out: what to print at a position instead of its character. double, single:
    whether such a quote is open in this block. seen: where the last quote stood. after: a position behind a run of
    quotes, so that each run is walked once. gone: what was typed and is not printed, from and to.
    """

    plain: str
    out: dict[int, str]
    double: bool = False
    single: bool = False
    seen: int = 0
    after: int = -1
    gone: list[tuple[int, int]] = field(default_factory=list)

    def set_characters(self) -> None:
        """Set quotes, dashes and ellipses in place."""
        plain = self.plain
        addresses = iter([*_addresses(plain), (len(plain), len(plain))])  # The last lies behind all work.
        start = end = done = 0
        for found in _WORK.finditer(plain):
            at = found.start()
            while end <= at:
                start, end = next(addresses)
            if at < done or start <= at:
                continue
            match plain[at]:
                case "-":
                    self._dash(at, found.end())
                case ".":
                    self._dots(at, found.end())
                case quote:
                    done = self._quote(quote, at)

    def printed(self) -> str:
        """The plain text with a hole for each character that is not printed any more."""
        if not self.gone:
            return self.plain
        parts: list[str] = []
        position = 0
        for start, end in self.gone:
            parts += self.plain[position:start], HOLE * (end - start)
            position = end
        return "".join(parts) + self.plain[position:]

    def finished(self) -> str:
        """All that is printed."""
        parts: list[str] = []
        position = 0
        for at in sorted(self.out):
            parts += self.plain[position:at], self.out[at]
            position = at + 1
        return "".join(parts) + self.plain[position:]

    def _quote(self, quote: str, at: int) -> int:
        """Set a straight quote; a typed one opens and closes like ours. Returns a position up to which all is set."""
        # A block ends what stayed open in it.
        if self.plain.find(BLOCK, self.seen, at) >= 0:
            self.double = self.single = False
        self.seen = at
        match quote:
            case '"':
                self._double(at)
            case "'":
                return self._single(at)
            case "“" | "”":
                self.double = quote == "“"
            case "‘":
                self.single = True
            case _:
                self.single = self.single and self.plain[at + 1 : at + 2].isalnum()
        return at

    def _print(self, start: int, end: int, text: str) -> None:
        """Print less than was typed; what is not printed becomes a hole."""
        _replace(self.out, start, end, text)
        self.gone.append((start, end - len(text)))

    def _dash(self, start: int, end: int) -> None:
        """Two or three hyphens are a dash, but no arrow (-->) and no rule (-----)."""
        arrow = self.plain[end : end + 1] == ">" or (start and self.plain[start - 1] == "<")
        if end - start <= 3 and not arrow:
            self._print(start, end, "—")

    def _dots(self, start: int, end: int) -> None:
        """Three dots are an ellipsis; a fourth ends the sentence; more are a line to fill in."""
        size = end - start
        if size == 3 or self.plain[start + 1] != ".":
            self._print(start, end, "…")
        elif size == 4:
            self._print(start, end, "….")

    def _double(self, at: int) -> None:
        before, after = self._before(at), self._after(at)
        tagged = self._is_tagged(at)
        if _is_number(before) and not tagged and (not self.double or self._closes_elsewhere(at)):
            self.out[at] = "″"
            return
        self.double = self._opens(before, after, self.double, tagged) or (
            after is _After.START and not self.double and not _is_gap(before)
        )
        self.out[at] = "“" if self.double else "”"

    def _single(self, at: int) -> int:
        """Sets one single quote; returns a position up to which all is set."""
        before, after = self._before(at), self._after(at)
        tagged = self._is_tagged(at)
        if (_is_number(before) or before == "′") and not tagged:
            return self._after_number(at)
        opens = self._opens(before, after, self.single, tagged) or (
            before in {",", ":", ";"} and after is _After.START and not self.single
        )
        if opens and not self._is_apostrophe(at, before):
            self.single = True
            self.out[at] = "‘"
        else:
            self.out[at] = "’"
            self.single = self.single and (opens or self.plain[at + 1 : at + 2].isalnum())
        return 0

    def _after_number(self, at: int) -> int:
        """5'10" and 6' are feet; the 1990's is not, and 'the fair of 1990' ends."""
        if found := _FEET.match(self.plain, at):
            self.out[at], self.out[found.start(1)] = "′", "″"
            return found.end()
        following = self.plain[at + 1 : at + 4]
        if following[:1].isdecimal():
            self.out[at] = "’" if len(following) == 3 and following.isdecimal() else "′"
        elif following[:1].isalpha() or self.single:
            self.out[at] = "’"
            self.single = self.single and following[:1].isalpha()
        else:
            self.out[at] = "′"
        return 0

    def _opens(self, before: str, after: _After, is_open: bool, tagged: bool) -> bool:
        """Whether a quote opens, by what stands on its two sides."""
        if _is_gap(before):
            return not (after is _After.END and is_open)
        if tagged:
            return after is not _After.END
        return before in _JOINERS and (after is _After.START or (after is _After.EITHER and not is_open))

    def _before(self, at: int) -> str:
        """The character before a quote, seen through inline tags and tokens; empty at the start."""
        at -= 1
        while at >= 0 and self.plain[at] in _THROUGH:
            at -= 1
        if at < 0:
            return ""
        return self.out.get(at, self.plain[at]) if self.plain[at] in "\"'" else self.plain[at]

    def _after(self, at: int) -> _After:
        """What follows a quote, behind other quotes; a tag that closes is an end, but for a quote alone in its tags."""
        plain = self.plain
        if at >= self.after:
            behind = at + 1
            if self._is_tagged(at) and plain[behind : behind + 1] == CLOSE:
                behind += 1
            while behind < len(plain) and (plain[behind] in "\"'" or plain[behind] == OPEN or plain[behind] == HOLE):
                behind += 1
            self.after = behind
        character = plain[self.after : self.after + 1]
        if character == ".":
            following = plain[self.after + 1 : self.after + 2]
            return _After.START if following.isdecimal() else _After.EITHER if following == "." else _After.END
        if character == WORD or character in _LEADERS or character.isalnum():
            return _After.START
        ends = not character or character.isspace() or character in _ENDS
        return _After.END if ends else _After.EITHER

    def _is_tagged(self, at: int) -> bool:
        return at > 0 and self.plain[at - 1] == OPEN

    def _closes_elsewhere(self, at: int) -> bool:
        """Whether the open quote closes at a later one, so that this one, after a number, can mean inches."""
        if not self.plain[at + 1 : at + 2].isspace():
            return False
        found = _NEXT_DOUBLE.search(self.plain, at + 1)
        if not found or found[0] in {"“", BLOCK}:
            return False
        before = self.plain[found.start() - 1]
        return not (_is_gap(before) or before in _JOINERS or _is_number(before) or before == OPEN)

    def _is_apostrophe(self, at: int, before: str) -> bool:
        """Whether a single quote that stands where one could open is an apostrophe."""
        plain = self.plain
        word = at + 2 if plain[at + 1 : at + 2] in {OPEN, HOLE} else at + 1
        # 's after a tag inside a word, or after a slot that will hold a word.
        inside = not _is_gap(before) or (at > 0 and plain[at - 1] == HOLE)
        if inside and before not in _JOINERS and _CONTRACTION.match(plain, word):
            return True
        if _APOSTROPHE.match(plain, word):
            return True
        return bool(_PERHAPS_APOSTROPHE.match(plain, word)) and (self.single or not self._closes_soon(word))

    def _closes_soon(self, at: int) -> bool:
        """Whether some words on, a single quote stands where one closes."""
        words = self.plain[at : at + _QUOTED].split(BLOCK)[0]
        return re.search(r"[^\s'’]['’](?!\w)", words) is not None


def _is_gap(character: str) -> bool:
    return not character or character.isspace() or character in _OPENERS or character in _EDGES


def _is_number(character: str) -> bool:
    return character.isdecimal() or (character != "" and character in _FRACTIONS)


def _addresses(plain: str) -> list[tuple[int, int]]:
    """Where web and e-mail addresses start and end, in order; two may overlap."""
    found = []
    # A long text is made lower case slowly, and W is all that matters.
    if "://" in plain or "www." in plain.replace("W", "w"):
        found = [each.span() for each in _ADDRESS.finditer(plain)]
    at = plain.find("@")
    while at >= 0:
        name = _BEFORE_AT.search(plain, max(0, at - _LOCAL_PART), at)
        host = _AFTER_AT.match(plain, at + 1)
        if name and host:
            found.append((name.start(), host.end()))
        at = plain.find("@", at + 1)
    return _merged(found)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


_AMPERSAND = re.compile(rf"(?<=[\w.,!?%)”’\"'{CLOSE}])\s&\s(?=[\w“‘(\"'$£€{OPEN}])")


def _wrap_ampersands(plain: str, out: dict[int, str]) -> None:
    """An ampersand between two words gets typogrify's `<span class="amp">`."""
    if "&" not in plain:
        return
    from typogrify.filters import amp

    for found in _AMPERSAND.finditer(plain):
        at = found.start() + 1
        if out.get(at, "&") in {"&", "&amp;", "&#38;"}:
            before, typed, after = (out.get(each, plain[each]) for each in range(*found.span()))
            out[at] = amp(before + typed + after).removeprefix(before).removesuffix(after)


_IN_WORDS = rf"[^\s{BLOCK}{BREAK}{OPEN}{CLOSE}{WORD}]"
_LAST_WORDS = re.compile(
    rf"[ \t\r\n{CLOSE}]*+(?P<last>{_IN_WORDS}++)(?![\xa0\u202f])(?P<space>\s++)"
    rf"[{OPEN}{CLOSE}{HOLE}]*+(?P<first>{_IN_WORDS}++)"
)
"""The last two words of a line, as they stand in the text read backwards: from the line's end, in one step. A tie that
is there already is enough, and a line that begins with the last word has no widow.
"""

_PERHAPS_TAGS = re.compile(rf"[<>\xa0{OPEN}{CLOSE}{HOLE}]")
"""What may be printed as a tag, or as a space that is an entity: typogrify knows which of them it ties."""


def _tie_last_words(plain: str, out: dict[int, str], ends: list[int]) -> None:
    """The last two words of each block that ends here get typogrify's `&nbsp;` between them, if both are short."""
    from typogrify.filters import widont

    backwards, size = plain[::-1], len(plain)
    for end in ends:
        found = _LAST_WORDS.match(backwards, size - end)
        if not found or not _are_short(*found.group("first", "last")):
            continue
        if _PERHAPS_TAGS.search(found[0]):
            start = size - found.end()
            _replace(out, start, end, widont("".join(out.get(at, plain[at]) for at in range(start, end))))
        else:
            _replace(out, size - found.end("space"), size - found.start("space"), "&nbsp;")


def _replace(out: dict[int, str], start: int, end: int, text: str) -> None:
    """Print a text instead of what stands from one position to another."""
    out[start] = text
    for at in range(start + 1, end):
        out[at] = ""


def _are_short(first: str, last: str) -> bool:
    size = len(last.replace(HOLE, ""))
    return 0 < size <= LONGEST_LAST_WORD and size + len(first.replace(HOLE, "")) < LONGEST_PAIR
