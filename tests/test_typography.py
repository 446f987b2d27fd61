import html
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typogrify.filters import widont

from plugins.newsroom import typography
from plugins.newsroom.typography import BLOCK, BREAK, CLOSE, HOLE, OPEN, WORD, characters, is_set, set_html
from plugins.stories.body import CUT

CHARACTERS = [
    # Plain quotes
    ('"x"', "“x”"),
    ("'x'", "‘x’"),
    ('"Fair" -- a growers\' day...', "“Fair” — a growers’ day…"),
    ('She said "yes" and "no".', "She said “yes” and “no”."),
    ('"Yes," she said, "we sing."', "“Yes,” she said, “we sing.”"),
    ('("x")', "(“x”)"),
    ('"(x)"', "“(x)”"),
    ('["x"]', "[“x”]"),
    ('"[x]" and', "“[x]” and"),
    ('" x "', "“ x ”"),
    ('"$5" is "€6"', "“$5” is “€6”"),
    ('"...and then"', "“…and then”"),
    ('"Well..." he said', "“Well…” he said"),
    ('He said:"yes"', "He said:“yes”"),
    ('and/"or"', "and/“or”"),
    ('the pre-"war" years', "the pre-“war” years"),
    ('"¿Qué?" he asked', "“¿Qué?” he asked"),
    ('"Ելք" is a word', "“Ելք” is a word"),
    ('"What?!" "Yes."', "“What?!” “Yes.”"),
    ('"A long\nquote"', "“A long\nquote”"),
    # Quotes in quotes
    ("\"'x' he said\"", "“‘x’ he said”"),
    ("\"He said 'x'\"", "“He said ‘x’”"),
    ("'\"x\" he said'", "‘“x” he said’"),
    ("\"He said 'x'.\" Then", "“He said ‘x’.” Then"),
    ('"\'Twas late," he said', "“’Twas late,” he said"),
    ("''Tis the season'", "‘’Tis the season’"),
    # Dashes
    ('"a"--"b"', "“a”—“b”"),
    ('"a" -- "b"', "“a” — “b”"),
    ("a---b", "a—b"),
    ("a -- b", "a — b"),
    ('"But I--" she said', "“But I—” she said"),
    ("-----", "-----"),
    ("a --> b <-- c", "a --> b <-- c"),
    ("well-known", "well-known"),
    # Dots
    ("wait...", "wait…"),
    ("wait . . . no", "wait … no"),
    ("It ended....", "It ended…."),
    ("name .........", "name ........."),
    (".... . .", "…. . ."),
    (". . ....", ". . …."),
    ("v1.2..3", "v1.2..3"),
    # Apostrophes
    ("don't", "don’t"),
    ("the growers' fair", "the growers’ fair"),
    ("Ani's fair", "Ani’s fair"),
    ("'90s", "’90s"),
    ("the '90s and '80s", "the ’90s and ’80s"),
    ("the 1990's", "the 1990’s"),
    ("the class of '95", "the class of ’95"),
    ("'20 people hurt' in crash", "‘20 people hurt’ in crash"),
    ("'10,000 people' came", "‘10,000 people’ came"),
    ("'tis", "’tis"),
    ("'Tisn't so", "’Tisn’t so"),
    ("'twas the night", "’twas the night"),
    ("go get 'em", "go get ’em"),
    ("'Go get 'em,' he said", "‘Go get ’em,’ he said"),
    ("the word 'em' is short", "the word ‘em’ is short"),
    ("rock 'n' roll", "rock ’n’ roll"),
    ("rock-'n'-roll", "rock-’n’-roll"),
    ("Guns N' Roses", "Guns N’ Roses"),
    ("'til dawn", "’til dawn"),
    ("'cause I say so", "’cause I say so"),
    ("'Cause unknown', say police", "‘Cause unknown’, say police"),
    ("O'FALLON, Mo.", "O’FALLON, Mo."),
    ("Yahoo!'s", "Yahoo!’s"),
    ("the U.S.'s", "the U.S.’s"),
    ("'emerald' and 'tisane'", "‘emerald’ and ‘tisane’"),
    # Feet, inches, minutes
    ("5'10\"", "5′10″"),
    ("5' 10½\" tall", "5′ 10½″ tall"),
    ('6"', "6″"),
    ('a 6" pipe', "a 6″ pipe"),
    ("6' tall", "6′ tall"),
    ('"He is 5\'10" tall," she said', "“He is 5′10″ tall,” she said"),
    ('"a 6" pipe," he said', "“a 6″ pipe,” he said"),
    ("40° 26' 46\" N", "40° 26′ 46″ N"),
    ("1'000'000", "1’000’000"),
    ('born "in 1995" here', "born “in 1995” here"),
    ("born 'in 1995' here", "born ‘in 1995’ here"),
    ('"Apollo 13" and "Studio 54"', "“Apollo 13” and “Studio 54”"),
    ('“Apollo 13" flew', "“Apollo 13” flew"),
    # What stays
    ("https://x.example/a--b", "https://x.example/a--b"),
    ("See https://x.example/a--b...c?d='e'f--g.", "See https://x.example/a--b...c?d='e'f--g."),
    ('"https://x.example/a--b" -- see', "“https://x.example/a--b” — see"),
    ("(https://x.example/a--b)--so", "(https://x.example/a--b)--so"),
    ("www.x.example/a--b, and", "www.x.example/a--b, and"),
    ("Write to ani--o'x@courier.example -- now", "Write to ani--o'x@courier.example — now"),
    ("'ani@courier.example'", "‘ani@courier.example’"),
    ('AT&T\'s "R&D"', "AT&T’s “R&D”"),
    ("`x`", "`x`"),
    ("", ""),
    ("“Set” — ‘already’…", "“Set” — ‘already’…"),
]

HTML = [
    # Tags
    ('<em>"x"</em>', "<em>“x”</em>"),
    ('<b>"x"</b>', "<b>“x”</b>"),
    ('a <b>"x"</b> b', "a <b>“x”</b>&nbsp;b"),
    ('"<em>x</em>"', "“<em>x</em>”"),
    ('"<em>x</em>," y', "“<em>x</em>,”&nbsp;y"),
    ('one <br>"x"', "one <br>“x”"),
    ('one <br />\n"x" and <em>so</em> on', "one <br />\n“x” and <em>so</em>&nbsp;on"),
    ('word<b>"x"</b>word', "word<b>“x”</b>word"),
    ("<em>Fair</em>'s", "<em>Fair</em>’s"),
    ("Fair<em>'s</em>", "Fair<em>’s</em>"),
    ("<b>'90s</b>", "<b>’90s</b>"),
    ("'<b>90s</b>", "’<b>90s</b>"),
    ('<b>"</b>Word', "<b>“</b>Word"),
    ('<a href="/a--b" title="\'x\'...">"x"</a>', '<a href="/a--b" title="\'x\'...">“x”</a>'),
    ('<p>"Left open</p><p>"Again"</p>', "<p>“Left&nbsp;open</p><p>“Again”</p>"),
    ('<td>6"</td><td>"x"</td>', "<td>6″</td><td>“x”</td>"),
    ("<!-- \"x\" -- --><p>'x'</p>", '<!-- "x" -- --><p>‘x’</p>'),
    ('<img alt="a > b -- c"> "x"', '<img alt="a > b -- c"> “x”'),
    # Addresses
    ('<a href="https://x/a--b">https://x/a--b</a>', '<a href="https://x/a--b">https://x/a--b</a>'),
    ('<a href="x">https://x.example/?a&amp;b--c</a>--so', '<a href="x">https://x.example/?a&amp;b--c</a>—so'),
    ("<em>o'x--y@x.example</em>", "<em>o'x--y@x.example</em>"),
    ("\x02amp\x03#39;\x02amp\x03#45;\x02amp\x03#45;", "\x02amp\x03#39;\x02amp\x03#45;\x02amp\x03#45;"),
    # Code
    ('<code>"x"--</code>', '<code>"x"--</code>'),
    ('"<code>"x"</code>"', '“<code>"x"</code>”'),
    ("<code>x</code>'s", "<code>x</code>’s"),
    ('<pre>"x"...</pre><p>"x"</p>', '<pre>"x"...</pre><p>“x”</p>'),
    ('Press <kbd>"</kbd> or "x"', 'Press <kbd>"</kbd> or&nbsp;“x”'),
    ("<samp>--</samp> <tt>--</tt> <svg>--</svg>", "<samp>--</samp> <tt>--</tt> <svg>--</svg>"),
    # Entities
    ("&quot;x&quot;", "“x”"),
    ("don&#39;t &#x27;x&#x27;", "don’t&nbsp;‘x’"),
    ('caf&eacute;"s', "caf&eacute;“s"),
    ('"caf&eacute;"', "“caf&eacute;”"),
    ('a&mdash;"x"', "a&mdash;“x”"),
    ('a&nbsp;"x"', "a&nbsp;“x”"),
    ('&ldquo;1995" is', "&ldquo;1995”&nbsp;is"),
    ("a&#45;&#45;b&#46;&#46;&#46;", "a&#45;&#45;b&#46;&#46;&#46;"),
    ('"R&amp;D"', "“R&amp;D”"),
    ("a --&gt; b", "a --&gt;&nbsp;b"),
    ("&nonsense; &;", "&nonsense;&nbsp;&;"),
    # Markdown's tokens
    ('<p>\x02slot:dateline\x03 "We sing here"</p>', "<p>\x02slot:dateline\x03 “We sing&nbsp;here”</p>"),
    ('a \x02wzxhzdk:3\x03"x"\x02wzxhzdk:4\x03 b', "a \x02wzxhzdk:3\x03“x”\x02wzxhzdk:4\x03&nbsp;b"),
    ('\x02wzxhzdk:3\x03"x"', "\x02wzxhzdk:3\x03“x”"),
    ('word\x02wzxhzdk:3\x03" so', "word\x02wzxhzdk:3\x03”&nbsp;so"),
    ('"word\x02wzxhzdk:3\x03" so', "“word\x02wzxhzdk:3\x03”&nbsp;so"),
    ("\x0242\x03'x'\x0242\x03", "\x0242\x03‘x’\x0242\x03"),
    ("\x0245\x03\x0245\x03", "\x0245\x03\x0245\x03"),
    ("\x02slot:town\x03's", "\x02slot:town\x03’s"),
    # Ampersands
    ("<td>R &amp; D</td>", '<td>R <span class="amp">&amp;</span> D</td>'),
    ("<td>R & D</td>", '<td>R <span class="amp">&amp;</span> D</td>'),
    ("<td>\"A\" &amp; 'B'</td>", '<td>“A” <span class="amp">&amp;</span> ‘B’</td>'),
    ("<td>&amp; D</td>", "<td>&amp; D</td>"),
    ("<td>R &amp; </td>", "<td>R &amp; </td>"),
    ("<td>a &amp; &amp; b</td>", "<td>a &amp; &amp; b</td>"),
    ('<td title="R & D" data-a="b & c">x</td>', '<td title="R & D" data-a="b & c">x</td>'),
    # Widows
    ("<p>in the last two words</p>", "<p>in the last two&nbsp;words</p>"),
    ("<p>in the last two\nwords.</p>\n", "<p>in the last two&nbsp;words.</p>\n"),
    ("<li>so it <em>is</em></li>", "<li>so it <em>is</em></li>"),
    ("<li><em>so it is</em></li>", "<li><em>so it&nbsp;is</em></li>"),
    ("<p>said of all responsibilities.</p>", "<p>said of all responsibilities.</p>"),
    ("<p>said all responsible.</p>", "<p>said all&nbsp;responsible.</p>"),
    ("<p>an extraordinarilylongword it is</p>", "<p>an extraordinarilylongword it&nbsp;is</p>"),
    ("<p>the extraordinarilylongword, certainly.</p>", "<p>the extraordinarilylongword, certainly.</p>"),
    ("<p>see https://x.example/a-long-path</p>", "<p>see https://x.example/a-long-path</p>"),
    ("<p>wait . . . no</p>", "<p>wait …&nbsp;no</p>"),
    ("<p>wait no . . .</p>", "<p>wait no&nbsp;…</p>"),
    ("<p>so R &amp; D</p>", '<p>so R <span class="amp">&amp;</span>&nbsp;D</p>'),
    ("<p>one</p><p> one</p>", "<p>one</p><p> one</p>"),
    ("<p>one<br>\ntwo</p>", "<p>one<br>\ntwo</p>"),
    ("<p>the key <code>x</code> is</p>", "<p>the key <code>x</code> is</p>"),
    ("<p>a two&nbsp;words</p>", "<p>a two&nbsp;words</p>"),
    ("<p>a two\u00a0words</p>", "<p>a two\u00a0words</p>"),
    ("<div>no block of text</div>", "<div>no block of text</div>"),
    (
        "<em>no block of text</em>\n\x02cut:1\x03<p>a\n b</p>",
        "<em>no block of&nbsp;text</em>\n\x02cut:1\x03<p>a&nbsp;b</p>",
    ),
    ("<p>so <cite>it</cite> is</p>", "<p>so <cite>it</cite> is</p>"),
    ("<p>so <em>it</em> is</p>", "<p>so <em>it</em>&nbsp;is</p>"),
    ("<P>in upper case</P>", "<P>in upper case</P>"),
    # Blocks
    (
        "<p>'Left open</p>\x02cut:1\x03<p>'95 and \"so on</p>\x02cut:2\x03\"",
        "<p>‘Left&nbsp;open</p>\x02cut:1\x03<p>’95 and “so&nbsp;on</p>\x02cut:2\x03“",
    ),
    (
        '<pressroom-gallery></pressroom-gallery>\x02cut:1\x03<p>"x"</p>\x02cut:2\x03<pre>"x"</pre>',
        '<pressroom-gallery></pressroom-gallery>\x02cut:1\x03<p>“x”</p>\x02cut:2\x03<pre>"x"</pre>',
    ),
]


@pytest.mark.parametrize(("lang", "expected"), [("en", True), ("en-gb", True), ("hy", False), ("enm", False)])
def test_languages_that_are_set(lang, expected):
    assert is_set(lang) is expected


@pytest.mark.parametrize(("typed", "printed"), CHARACTERS)
def test_characters(typed, printed):
    assert characters(typed, "en") == printed


@pytest.mark.parametrize(("typed", "printed"), CHARACTERS)
def test_a_body_reads_like_a_headline(typed, printed):
    assert seen(set_html(html.escape(typed, quote=False), "en")) == squeezed(printed)


@pytest.mark.parametrize(("typed", "printed"), HTML)
def test_html(typed, printed):
    assert set_html(typed, "en") == printed


@pytest.mark.parametrize("typed", [typed for typed, _ in CHARACTERS + HTML])
def test_other_languages_stay_as_typed(typed):
    assert characters(typed, "hy") == set_html(typed, "hy") == typed


@pytest.mark.parametrize("typed", [typed for typed, _ in CHARACTERS + HTML])
def test_what_is_set_stays(typed):
    once = set_html(typed, "en")
    assert set_html(once, "en") == once
    plain = characters(typed, "en")
    assert characters(plain, "en") == plain


SNIPPETS = [
    *('"', "'", "--", "---", "...", ". . .", "-", ".", " ", "\n", "\u00a0", "&", "<", ">", "(", ")", ",", "=", "/"),
    *("word", "tis", "n", "90s", "95", "5'10\"", "6", "s", "é", "“", "”", "‘", "’", "′", "—", "…", "\ufdd0", "\ufdd4"),
    *("https://x.example/a", "www.", "wWw.", "@", "ani@x.example", "Հ", "extraordinarily-long-word", "\x02", "\x03"),
    *("\x02wzxhzdk:3\x03", "\x0242\x03", "\x0245\x03", "\x02slot:dateline\x03", "\x02amp\x03"),
]
TEXTS = st.lists(st.sampled_from(SNIPPETS) | st.characters(exclude_categories=["Cs"]), max_size=25).map("".join)
TAGS = [
    *("<p>", "</p>", "<em>", "</em>", "<b>", "</b>", "<br>", "<li>", "</li>", '<a href="/a--b" title="\'x\' -- ...">'),
    *("</a>", '<img alt="a > b">', '<code>"x" -- y</code>', "<pre>...</pre>", '<!-- "x" -- -->', "<td>", "</td>"),
    *("<cite>", "</cite>", '<a title="x > y">', "<pressroom-gallery>", "</pressroom-gallery>"),
]
ENTITIES = ["&quot;", "&#39;", "&amp;", "&nbsp;", "&mdash;", "&eacute;", "&lt;", "&#45;", "&hellip;", " &amp; "]
BODIES = st.lists(
    st.sampled_from(TAGS) | st.sampled_from(ENTITIES) | TEXTS.map(lambda text: html.escape(text, quote=False)),
    max_size=12,
).map("".join)
TAG = re.compile(r"""<!--.*?-->|<[A-Za-z/](?:"[^"]*"|[^>"])*>""", re.DOTALL)
AMP = '<span class="amp">&amp;</span>'


def squeezed(text):
    return " ".join(text.split())


def seen(markup):
    """What a reader sees of HTML, with one kind of space."""
    return squeezed(html.unescape(markup.replace(AMP, "&amp;")))


def kept(text):
    """All that setting may not change."""
    return re.sub(r"[\"'“”‘’′″—….\s-]", "", text)


@given(TEXTS)
@example("https://x.example/a. . .www.\x025'10\"")
@settings(max_examples=400, deadline=None)
def test_only_quotes_dashes_dots_and_spaces_change(text):
    assert kept(characters(text, "en")) == kept(text)


@given(TEXTS)
@example("https://x.example/a. . .www.\x025'10\"")
@settings(max_examples=400, deadline=None)
def test_setting_text_twice_changes_nothing(text):
    once = characters(text, "en")
    assert characters(once, "en") == once


@given(BODIES)
@settings(max_examples=400, deadline=None)
@example('a & "b" & c')
@example("&quot; &amp; &nbsp;")
def test_setting_html_twice_changes_nothing(text):
    once = set_html(text, "en")
    assert set_html(once, "en") == once


@given(BODIES)
@settings(max_examples=400, deadline=None)
def test_tags_and_letters_stay(text):
    printed = set_html(text, "en").replace(AMP, "&amp;")
    assert TAG.findall(printed) == TAG.findall(text)
    assert kept(html.unescape(TAG.sub("", printed))) == kept(html.unescape(TAG.sub("", text)))


@given(st.lists(BODIES, min_size=2, max_size=4), st.sampled_from(["", "\n"]))
@settings(max_examples=400, deadline=None)
@example(["<p>'Left open</p>", "<p>'95</p>"], "\n")
@example(["<pressroom-gallery>", '"x"', "<pre>...</pre>"], "")
def test_blocks_are_set_together_as_each_by_itself(blocks, space):
    cuts = [space + CUT.format(number) + space for number, _ in enumerate(blocks)]
    together = set_html("".join(block + cut for block, cut in zip(blocks, cuts, strict=True)), "en")
    assert together == "".join(set_html(block, "en") + cut for block, cut in zip(blocks, cuts, strict=True))


LINES = st.lists(
    st.sampled_from(["a", "word", "words,", "R&amp;D", "— é", "<", "&lt;", "extraordinarily", "longword"])
    | st.sampled_from(
        [" ", " ", "\n", "\t ", "\u00a0", "&nbsp;", " &nbsp; ", "\u2009", "\u202f", ". . .", "--", " &amp; "]
    )
    | st.sampled_from(["<em>", "</em>", "</cite>", "</a>", '<a href="x" title="y > z">', "<br>", '<img alt="a b">'])
    | st.sampled_from(
        ["<code>x y</code>", "\x02slot:dateline\x03", "\ufdd0", "</p>", "</li>", "</td>", "\x02cut:1\x03"]
    ),
    max_size=12,
).map(lambda pieces: "".join(pieces) + "</p>")


def plain_last_words(plain, end):
    """Where the last two words before `end` start, found one character after the other; None if they stay apart."""
    last = end
    while last and (plain[last - 1].isspace() or plain[last - 1] == CLOSE):
        last -= 1
    space = plain_start_of_word(plain, last)
    first = space
    while first and plain[first - 1].isspace():
        first -= 1
    behind = first
    while behind and plain[behind - 1] in {OPEN, CLOSE, HOLE}:
        behind -= 1
    start = plain_start_of_word(plain, behind)
    sizes = [len(plain[a:b].replace(HOLE, "")) for a, b in ((space, last), (start, behind))]
    odd = set(plain[last:end]) - {*" \t\r\n", CLOSE}
    tied = first == space or plain[space - 1] in "\u00a0\u202f"
    return None if odd or tied or start == behind or not 0 < sizes[0] <= 15 or sum(sizes) >= 30 else start


def plain_start_of_word(plain, end):
    while end and not plain[end - 1].isspace() and plain[end - 1] not in {BLOCK, BREAK, OPEN, CLOSE, WORD}:
        end -= 1
    return end


@given(LINES | BODIES)
@settings(max_examples=800, deadline=None)
@example("<p>so <em>it</em> is</p>")
@example("<p>a &nbsp; b</p>")
@example("<p>a > b</p>")
def test_last_words_are_tied_as_typogrify_ties_them(text):
    copy = typography._Copy()
    copy.add_pieces(typography._IN_HTML.split(text))
    scan = copy.scan()
    scan.set_characters()
    plain = scan.printed()
    ends = [*copy.ends, len(plain)]
    expected = [scan.out.get(at, character) for at, character in enumerate(plain)]
    for end in ends:
        if (start := plain_last_words(plain, end)) is not None:
            expected[start:end] = [widont("".join(expected[start:end])), *[""] * (end - start - 1)]
    typography._tie_last_words(plain, scan.out, ends)
    assert scan.finished() == "".join(expected)


@given(TEXTS)
@example("wWw.x--y")
@settings(max_examples=400, deadline=None)
def test_no_web_address_is_passed_by(text):
    places = {at for start, end in typography._addresses(text) for at in range(start, end)}
    assert all(places.issuperset(range(*found.span())) for found in typography._ADDRESS.finditer(text))


@given(TEXTS.filter(lambda text: "\x02" not in text))
@settings(max_examples=400, deadline=None)
def test_text_and_html_agree(text):
    assert seen(set_html(html.escape(text, quote=False), "en")) == squeezed(characters(text, "en"))


@given(st.text(alphabet="<>&\"'=/!-ab \x02\x03p;#3.", max_size=60))
@settings(max_examples=400, deadline=None)
def test_no_text_is_too_odd(text):
    set_html(text, "en")
    characters(text, "en")


# Each is repeated; twice as many may not take much more than twice as long, and a scan that goes back takes minutes.
@pytest.mark.parametrize(
    "part", ['"', "'", "\"'", "<b>\"", "<b>\"</b>", "<a href=\"", "<!--", "&", ".", "-", "@", "a@", "www.", "https://",
             "'95 ", "6\" ", "\"6\" ", "<p>a b", "</p>", "\x02", "\x02wzxhzdk:1\x03", " ", "a", "a= ", "x' ", "'cause "]
)  # fmt: skip
def test_long_runs_are_read_once(part):
    text = part * (60_000 // len(part))
    start = time.process_time()
    set_html(text, "en")
    characters(text, "en")
    assert time.process_time() - start < 3
