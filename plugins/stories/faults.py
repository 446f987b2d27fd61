"""A value of the front matter that cannot be used, on its way to become a Problem."""

from __future__ import annotations

from plugins.newsroom.problem import Code, Complaint


class BadValue(ValueError):
    """What is wrong with one value. `{key}` in message or hint stands for the key as its author knows it."""

    def __init__(self, code: Code, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.complaint = Complaint(code, message, hint)
