"""Where a sign-up goes: between two paragraphs near the middle, as an editor would put it, and after the last one.

    thirteen paragraphs, the block after the sixth, at 46 % of the text:
    the last allowed gap at or before half of the visible text

A `[newsletter]` mark in the text wins over all of this. Sign-ups stand on story pages only: feeds and summaries never
come here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from plugins.newsletters.newsletter import OFF, Newsletters, SignupList, in_language
from plugins.newsroom.body import Block, Gap, Marker
from plugins.newsroom.story import Kind, Status, Story
from plugins.newsroom.views import BodyBlock, Signup, SignupField


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
    newsletters: Newsletters,
    href: Callable[[str], str] = str,
) -> tuple[Block | BodyBlock, ...]:
    """The body with its sign-ups in place, and without marks; gaps stay. href: makes `/privacy/` ready to print."""
    marks = [index for index, block in enumerate(blocks) if isinstance(block, Marker)]
    mark = blocks[marks[0]] if marks else None
    middle, end = choose(story, newsletters, mark if isinstance(mark, Marker) else None)
    if story.kind is Kind.PAGE or story.status is Status.WITHDRAWN:
        middle = end = None
    place_ = marks[0] if marks else _middle(story, blocks, newsletters)
    if middle is not None and marks and not any(_is_printed(block) for block in blocks[marks[0] + 1 :]):
        end = None  # The author's own mark is the last thing in the story: two boxes in a row serve nobody.
    shown: list[Block | BodyBlock] = []
    count = 0
    for index, block in enumerate(blocks):
        if not isinstance(block, Marker):
            shown.append(block)
        if index == place_ and middle is not None:
            count += 1
            shown.append(make_signup(middle, story, count, href))
    if end is not None:
        shown.append(make_signup(end, story, count + 1, href))
    return tuple(shown)


def _middle(story: Story, blocks: Sequence[Block | BodyBlock], newsletters: Newsletters) -> int | None:
    """The index among all blocks of the gap for the middle sign-up."""
    policy = newsletters.policy_for(story)
    at = [index for index, block in enumerate(blocks) if isinstance(block, Gap)]
    gaps = [block for block in blocks if isinstance(block, Gap)]
    found = place(gaps, story.words, min_words=policy.min_words or 0, min_tail=policy.min_tail or 0)
    return None if found is None else at[found]


def _is_printed(block: Block | BodyBlock) -> bool:
    return not isinstance(block, Gap | Marker)


def make_signup(signup_list: SignupList, story: Story, number: int, href: Callable[[str], str]) -> Signup:
    """One sign-up for a story's page. number: from 1, down the page."""
    form = signup_list.form(story=f"{story.lang}/{story.slug}", lang=story.lang)
    lang = signup_list.lang or story.lang
    privacy = signup_list.privacy
    return Signup(
        id=f"signup-{number}",
        list=signup_list.id,
        invitation=signup_list.invite(lang),
        description=in_language(signup_list.description, lang),
        action=form.action,
        email_field=form.email_field,
        hidden=tuple(SignupField(name, value) for name, value in form.hidden),
        trap=form.trap,
        link=form.link,
        consent=in_language(signup_list.consent, lang),
        privacy_url=href(privacy) if privacy.startswith("/") else privacy,
        lang=lang if lang != story.lang else "",
    )
