"""Photos: a lead picture with caption, credit and words for those who cannot see it.

    photo:
      file: images/fair.jpg
      alt: Growers at a stall, with baskets
      caption: The fair on Saturday.
      credit: Ani Example

The picture's size is looked up when a view is made (`newsroom.pictures`); here stand the checks of its words.
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins.newsroom import hooks
from plugins.newsroom.paper import Paper
from plugins.newsroom.pictures import ALT_IS_CAPTION, NO_ALT, NO_CREDIT
from plugins.newsroom.problem import Complaint
from plugins.newsroom.story import Photo, Story


def check_photo(story: Story, _paper: Paper) -> Iterator[tuple[str, Complaint]]:
    """The lead picture's alt and credit."""
    if story.photo is None:
        return
    for key, complaint in complaints_of(story.photo):
        yield key if key in story.lines else "photo.file" if "photo.file" in story.lines else "photo", complaint


def complaints_of(photo: Photo) -> Iterator[tuple[str, Complaint]]:
    """What is missing of a lead picture's words. An empty `alt:` is a word: the picture adds nothing to the caption."""
    if photo.alt is None:
        yield (
            "photo.alt",
            Complaint(NO_ALT, "the photo has no alt text", "alt: what someone who cannot see it should know"),
        )
    elif photo.alt and photo.alt.casefold() == photo.caption.casefold():
        yield (
            "photo.alt",
            Complaint(ALT_IS_CAPTION, "alt and caption are the same words", "say in alt what can be seen"),
        )
    if not photo.credit:
        yield "photo.credit", Complaint(NO_CREDIT, "the photo has no credit", "credit: who made it")


def register() -> None:
    """A check of each story's lead picture."""
    hooks.checks.add("photos", check_photo)
