"""Dates as the forms write them; what is no date gives None, since a bad date must not cost a paper."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

#: no date is written longer than this
_LONGEST = 80
_DAY_FORMS = ("%d %b %Y", "%d %B %Y", "%d %b %y", "%Y-%m-%d", "%Y/%m/%d")


def parse_moment(written: str | None) -> datetime | date | None:
    """ISO 8601 (``2021-05-31 00:49:34+00:00``, ``2021-05-31``) or mail (``Sun, 1 Apr 2007 12:54:14 GMT``).

    Aware of its time zone where one is written; a date where no time of day is.
    """
    text = (written or "").strip()
    if not text or len(text) > _LONGEST:
        return None
    try:
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return parse_day(text)
    # mail dates in "-0000" come without a zone although they are in UTC
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def parse_day(written: str | None) -> date | None:
    """The day of a heading: ``Thu, 20 May 2021``, ``2021-05-31``, ``20 May 2021``."""
    text = (written or "").strip()
    if len(text) > _LONGEST:
        return None
    head, comma, rest = text.partition(",")
    if comma and head.isalpha():
        text = rest.strip()
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
