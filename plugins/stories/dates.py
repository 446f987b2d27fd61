"""Dates as authors type them: a day, or a day and an hour, in the paper's zone unless an offset says otherwise.

2026-10-03                →  2026-10-03 00:00+04:00      (the paper is in Yerevan)
2026-10-03 09:30          →  2026-10-03 09:30+04:00
2026-10-03T05:30Z         →  2026-10-03 09:30+04:00
3/4/2026, May 3, 2026-10  →  front-matter/not-a-date: nobody can say which day is meant
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache
from zoneinfo import ZoneInfo

from plugins.newsroom.problem import Complaint
from plugins.stories import codes
from plugins.stories.faults import BadValue

FIRST_YEAR, LAST_YEAR = 1800, 2200

_DATE = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_NEARLY = re.compile(
    r"([0-9]{4})([-/. ]?)([0-9]{1,2})\2([0-9]{1,2})"
    r"(?:[ T]+([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2}))?)?(?:\.[0-9]+)? ?(Z|z|[+-][0-9]{2}:?[0-9]{2})?"
)
_DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-/. ]+([0-9]{1,2})[-/. ]+([0-9]{4})")
_MONTH_FIRST = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>[0-9]{4}))?")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)? (?P<month>[A-Za-z]{3,9})\.?(?:,? (?P<year>[0-9]{4}))?")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_FORM = "{key}: 2026-10-03 or 2026-10-03 09:30"


@lru_cache(maxsize=16)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def parse_date(text: str, zone: str) -> dt.datetime:
    """The instant that a text names, in the paper's zone with that day's offset fixed.

    zone: IANA name, for what has no offset of its own. A day alone is its first instant there.
    Raises BadValue with one of the codes for dates.
    """
    found = _DATE.fullmatch(text)
    if not found:
        message = f"'{text}' is not a full date" if text else "the date is empty"
        raise BadValue(codes.NOT_A_DATE, message, _date_hint(text, zone))
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    _check_year(year)
    if why := _why_not(year, month, day, hour, minute, second, found[7]):
        raise BadValue(codes.NO_SUCH_DAY, f"there is no '{text}'", why)
    naive = dt.datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 (its zone comes next)
    offset = _offset(found[7])
    local = _zone(zone)
    if offset is None:
        return _fixed(_local(naive, local, zone, typed=found[4] is not None))
    instant = _fixed(naive.replace(tzinfo=offset).astimezone(local))
    # The first hours of 1800 elsewhere may be 1799 here.
    _check_year(instant.year)
    return instant


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = f"the year {year:04} is not between {FIRST_YEAR} and {LAST_YEAR}"
        raise BadValue(codes.YEAR_OUT_OF_RANGE, message, "{key}: 2026-10-03")


def _why_not(year: int, month: int, day: int, hour: int, minute: int, second: int, offset: str | None) -> str:
    """Why no calendar and no clock shows this; empty where they do."""
    if not 1 <= month <= 12:
        return "the months are 01 to 12"
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return f"that month has the days 01 to {last}"
    if hour == 24:
        return "a day ends at 23:59; midnight is 00:00 of the next day"
    if hour > 23 or minute > 59 or second > 59:
        return "the hours are 00 to 23, minutes and seconds 00 to 59"
    if offset and offset != "Z" and (int(offset[1:3]) > 15 or int(offset[4:6]) > 59):
        return "offsets lie between -15:59 and +15:59"
    return ""


def _offset(text: str | None) -> dt.timezone | None:
    """The zone of `Z` or `+04:00`, None where none was typed."""
    if not text:
        return None
    if text == "Z":
        return dt.UTC
    sign = 1 if text[0] == "+" else -1
    return dt.timezone(sign * dt.timedelta(hours=int(text[1:3]), minutes=int(text[4:6])))


def _fixed(instant: dt.datetime) -> dt.datetime:
    """The same instant with its offset as a number: Python never finds two times equal that their zone shows twice.

    An offset with seconds, as places had before there were zones, is rounded up (RFC 3339, in which rows are kept, has
    only minutes), so that a day still begins on that day.
    """
    offset = instant.utcoffset() or dt.timedelta()
    return instant.astimezone(dt.timezone(offset + -offset % dt.timedelta(minutes=1)))


def _local(naive: dt.datetime, local: ZoneInfo, zone: str, *, typed: bool) -> dt.datetime:
    """A local time. typed: the author gave the hour; if not, a midnight that is skipped or doubled is no fault."""
    earlier, later = naive.replace(tzinfo=local, fold=0), naive.replace(tzinfo=local, fold=1)
    if earlier.utcoffset() == later.utcoffset():
        return earlier
    exists = earlier.astimezone(dt.UTC).astimezone(local).replace(tzinfo=None) == naive
    if not typed:
        return earlier if exists else _after_gap(later.astimezone(dt.UTC), earlier.astimezone(dt.UTC), local)
    shown, example = f"{naive:%Y-%m-%d %H:%M}", f"{{key}}: {_written(earlier)}"
    if exists:
        raise BadValue(
            codes.AMBIGUOUS_TIME,
            f"the clocks of {zone} showed {shown} twice",
            f"{example} or {_written(later)}",
        )
    after = _written(earlier.astimezone(dt.UTC).astimezone(local))
    raise BadValue(codes.NO_SUCH_TIME, f"the clocks of {zone} skipped {shown}", f"write the offset: {{key}}: {after}")


def _written(instant: dt.datetime) -> str:
    """An instant as an author types it, with its offset."""
    # Before zones had full minutes they had seconds, which no offset can say: Paris was at +00:09:21.
    typed = instant.astimezone(dt.UTC) if (instant.utcoffset() or dt.timedelta()).seconds % 60 else instant
    return _fixed(typed).isoformat(" ", "seconds" if typed.second else "minutes").replace("+00:00", "Z")


def _after_gap(before: dt.datetime, after: dt.datetime, local: ZoneInfo) -> dt.datetime:
    """The first instant that has the offset of `after`; one change of the clocks lies between the two."""
    offset = after.astimezone(local).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while low < high:
        middle = (low + high) // 2
        if (before + dt.timedelta(seconds=middle)).astimezone(local).utcoffset() == offset:
            high = middle
        else:
            low = middle + 1
    return (before + dt.timedelta(seconds=low)).astimezone(local)


def _date_hint(text: str, zone: str) -> str:
    """What was probably meant, where only a few things can be; what is offered is itself a date."""
    if (found := _NEARLY.fullmatch(text)) and (found[2] or len(found[3] + found[4]) == 4):
        year, _, month, day, hour, minute, second, offset = found.groups()
        return _offered("", [_well_written(year, month, day, hour, minute, second, offset)], zone)
    if re.fullmatch(r"[0-9]{4}", text):
        return _offered("add month and day: ", [f"{text}-10-03"], zone)
    if found := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})", text):
        return _offered("add the day: ", [f"{found[1]}-{int(found[2]):02}-03"], zone)
    if found := _DAY_MONTH_YEAR.fullmatch(text):
        one, two, year = int(found[1]), int(found[2]), found[3]
        readings = {f"{year}-{month:02}-{day:02}" for month, day in ((one, two), (two, one)) if 1 <= month <= 12}
        return _offered("year, month, day: ", sorted(readings), zone)
    if (found := _MONTH_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)) and (month := _month(found["month"])):
        day = int(found["day"])
        # Where no year is given, only a leap year has each of February's days.
        year = found["year"] or ("2028" if month == 2 and day > 28 else "2026")
        return _offered("" if found["year"] else "add the year: ", [f"{year}-{month:02}-{day:02}"], zone)
    return _FORM


def _month(name: str) -> int:
    """The number of a month by its English name or the beginning of it; 0 where there is none."""
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())), 0)


def _offered(lead: str, dates: list[str], zone: str) -> str:
    """A hint that offers those of the dates that there are, or else says why there are none."""
    refusals = {date: _refusal(date, zone) for date in dates}
    if good := [date for date in dates if refusals[date] is None]:
        return f"{lead}{{key}}: " + " or ".join(good)
    refusal = next(iter(refusals.values()), None)
    if refusal and refusal.code in (codes.NO_SUCH_TIME, codes.AMBIGUOUS_TIME):
        return refusal.hint
    return f"{_FORM}; {refusal.hint}" if refusal and refusal.code is codes.NO_SUCH_DAY else _FORM


def _refusal(date: str, zone: str) -> Complaint | None:
    """Why a date cannot be, None where it can."""
    try:
        parse_date(date, zone)
    except BadValue as fault:
        return fault.complaint
    return None


def _well_written(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None, offset: str | None
) -> str:
    text = f"{year}-{int(month):02}-{int(day):02}"
    if hour:
        text += f" {int(hour):02}:{minute}" + (f":{second}" if second else "")
        if offset:
            text += "Z" if offset in "Zz" else f"{offset[:3]}:{offset[-2:]}"
    return text
