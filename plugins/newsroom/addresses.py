"""Addresses as people type them, taken apart without a fuss."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split_address(address: str) -> SplitResult:
    """The parts of an address. One that cannot be read (`http://[x`) is all path: it has neither scheme nor host."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  raises for a port that is no number
    except ValueError:
        return SplitResult("", "", address, "", "")
    return parts


def is_web_address(address: object) -> bool:
    """Whether it is an `http(s)://` address with a host, and without spaces or control characters."""
    if not isinstance(address, str) or any(each.isspace() or ord(each) < 32 for each in address):
        return False
    parts = split_address(address)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
