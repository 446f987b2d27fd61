"""The one `now` of a build, and dates as readers and machines see them.

Nothing else in the house asks the clock: `NOW=2026-11-20T06:00+04:00 make html` builds the site of that morning.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from plugins.newsroom.views import Moment


class NotAnInstant(ValueError):
    """`NOW` holds something that is no ISO 8601 date or time."""


def read_now(environment: Mapping[str, str], zone: str) -> datetime:
    """The instant of this build: `NOW` if it is set, or `SOURCE_DATE_EPOCH`, or the clock; aware, in the paper's zone.

    Raises NotAnInstant.
    """
    local = ZoneInfo(zone)
    if typed := environment.get("NOW", "").strip():
        try:
            instant = datetime.fromisoformat(typed)
            return instant.replace(tzinfo=local) if instant.tzinfo is None else instant.astimezone(local)
        except (ValueError, OverflowError):
            raise NotAnInstant(
                f"NOW={typed} is no date or time: write it like 2026-11-20 or 2026-11-20T06:00+04:00"
            ) from None
    if epoch := environment.get("SOURCE_DATE_EPOCH", "").strip():
        try:
            return datetime.fromtimestamp(int(epoch), UTC).astimezone(local)
        except (ValueError, OverflowError, OSError):
            raise NotAnInstant(f"SOURCE_DATE_EPOCH={epoch} is no number of seconds since 1970") from None
    return datetime.now(UTC).astimezone(local)


def process_environment() -> Mapping[str, str]:
    """What the shell said; here so that nobody else reads it."""
    return os.environ


def locale_of(lang: str) -> str:
    """Babel's name for a language: Western Armenian uses Eastern's words."""
    return {"hyw": "hy"}.get(lang, lang).replace("-", "_")


@lru_cache(maxsize=256)
def _babel_locale(lang: str) -> Any:
    """Babel's locale, or None where it has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(locale_of(lang))
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=65536)
def _day_text(day: date, lang: str) -> str:
    from babel.dates import format_date

    locale = _babel_locale(lang)
    return format_date(day, "long", locale=locale) if locale else day.isoformat()


def moment(instant: datetime, lang: str, zone: str) -> Moment:
    """An instant: ISO 8601 with offset for machines, the day in words for readers, both in the paper's zone."""
    local = instant.astimezone(ZoneInfo(zone))
    return Moment(local.isoformat(timespec="seconds"), _day_text(local.date(), lang))


def day(value: date, lang: str) -> Moment:
    """A day without a time."""
    return Moment(value.isoformat(), _day_text(value, lang))


@lru_cache(maxsize=4096)
def month_text(year: int, month: int, lang: str) -> str:
    """`October 2026`, in the language."""
    from babel.dates import format_skeleton

    locale = _babel_locale(lang)
    if not locale:
        return f"{year:04}-{month:02}"
    return str(format_skeleton("yMMMM", datetime.combine(date(year, month, 1), time()), locale=locale))
