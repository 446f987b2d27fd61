"""Where a sign-up goes: between two paragraphs near the middle, as an editor would put it, and after the last one.

    thirteen paragraphs, the block after the sixth, at 46 % of the text:
    the last allowed gap at or before half of the visible text

A `[newsletter]` mark in the text wins over all of this. Sign-ups stand on story pages only: feeds and summaries never
come here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from plugins.newsletters.newsletter import OFF, Newsletters, Placement, SignupList, in_language
from plugins.newsroom.body import Block, Gap, Html, Marker
from plugins.newsroom.story import Kind, Status, Story
from plugins.newsroom.views import BodyBlock, Signup, SignupField

_HEADINGS = frozenset(f"<h{rank}" for rank in range(1, 7))


def place(gaps: Sequence[Gap], words: int, *, min_words: int, min_tail: int) -> int | None:
    """The index of the gap that bears the middle sign-up, or None for a story without a good place.

    gaps: in order, the last one after the last block, so that its `text_before` is all of the text, in characters.
    words: of the whole story. min_tail: characters that must follow.
    """
    total = max((gap.text_before for gap in gaps), default=0)
    if words < min_words:
        return None
    fitting = [
        index
        for index, gap in enumerate(gaps)
        if gap.allowed and 0 < gap.text_before <= total / 2 and total - gap.text_before >= min_tail
    ]
    return fitting[-1] if fitting else None


def choose(
    story: Story, newsletters: Newsletters, marker: Marker | None
) -> tuple[SignupList | None, SignupList | None]:
    """The lists for the middle and the end. An id that is not in the table is none: the checks have told it."""
    policy = newsletters.policy_for(story)
    middle = story.signups.middle or policy.middle
    end = story.signups.end or policy.end
    if marker is not None and story.signups.middle != OFF:
        middle = marker.name or newsletters.for_bare_marker(story)
    return newsletters.lists.get(middle or ""), newsletters.lists.get(end or "")


def put_signups(
    story: Story,
    blocks: Sequence[Block | BodyBlock],
    words: int,
    newsletters: Newsletters,
    href: Callable[[str], str] = str,
    page: str = "",
) -> tuple[Block | BodyBlock, ...]:
    """The body with its sign-ups in place, and without marks; gaps stay. words: of the whole story.

    href: makes `/privacy/` ready to print. page: the story's whole address, empty where the paper has none yet.
    """
    marks = [index for index, block in enumerate(blocks) if isinstance(block, Marker)]
    mark = blocks[marks[0]] if marks else None
    middle, end = choose(story, newsletters, mark if isinstance(mark, Marker) else None)
    if story.kind is Kind.PAGE or story.status is Status.WITHDRAWN:
        middle = end = None
    if middle is not None and marks and not any(_is_printed(block) for block in blocks[marks[0] + 1 :]):
        end = None  # The author's own mark is the last thing in the story: two boxes in a row serve nobody.
    place_ = None if middle is None else marks[0] if marks else _middle(blocks, words, newsletters.policy_for(story))
    signup = partial(make_signup, lang=story.lang, href=href, story=f"{story.lang}/{story.slug}", page=page)
    shown = list(blocks)
    if end is not None:
        shown.append(signup(end, number=1 if place_ is None else 2))
    if middle is not None and place_ is not None:
        # Below the last heading above it: the story's own headline, then crossheads.
        rank = next(filter(None, map(heading_rank, blocks[place_::-1])), 1)
        shown.insert(place_ + 1, signup(middle, number=1, level=min(rank + 1, 6)))
    return tuple(block for block in shown if not isinstance(block, Marker)) if marks else tuple(shown)


def heading_rank(block: Block | BodyBlock) -> int:
    """1 to 6 where the block is a heading of the text, else 0."""
    if not isinstance(block, Html) or not block.pieces or not isinstance(block.pieces[0], str):
        return 0
    tag = block.pieces[0].lstrip()[:3]
    return int(tag[2]) if tag in _HEADINGS else 0


def _middle(blocks: Sequence[Block | BodyBlock], words: int, policy: Placement) -> int | None:
    """The index among all blocks of the gap for the middle sign-up."""
    gaps = {index: block for index, block in enumerate(blocks) if isinstance(block, Gap)}
    found = place([*gaps.values()], words, min_words=policy.min_words or 0, min_tail=policy.min_tail or 0)
    return None if found is None else [*gaps][found]


def _is_printed(block: Block | BodyBlock) -> bool:
    return not isinstance(block, Gap | Marker)


def make_signup(
    signup_list: SignupList,
    *,
    lang: str,
    number: int,
    href: Callable[[str], str] = str,
    level: int = 2,
    story: str = "",
    page: str = "",
) -> Signup:
    """One sign-up for a page. lang: of the page. number: from 1, down the page. story: `en/harvest-fair`, or empty."""
    form = signup_list.form(story=story, lang=lang, page=page)
    own = signup_list.language(lang)
    privacy = signup_list.privacy
    return Signup(
        id=f"signup-{number}",
        list=signup_list.id,
        invitation=signup_list.invite(own),
        description=in_language(signup_list.description, own),
        action=form.action,
        email_field=form.email_field,
        hidden=tuple(SignupField(name, value) for name, value in form.hidden),
        trap=form.trap,
        link=form.link,
        consent=in_language(signup_list.consent, own),
        privacy_url=href(privacy) if privacy.startswith("/") else privacy,
        lang=own if own != lang else "",
        page_lang=lang if own != lang else "",
        level=level,
        # On a button, a name in another language would be read out in the page's.
        name=in_language(signup_list.name, own) if own == lang else "",
        box=SignupField(*form.box) if form.box[0] else None,
    )
