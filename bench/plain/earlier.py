"""Gives each article the three before it in its category."""

from __future__ import annotations

from typing import Any

from pelican import signals


def add_earlier(generator: Any) -> None:
    """`article.earlier`, newest first."""
    for _, articles in generator.categories:
        for at, article in enumerate(articles):
            article.earlier = articles[at + 1 : at + 4]


def register() -> None:
    """Once all articles are known."""
    signals.article_generator_finalized.connect(add_earlier)
