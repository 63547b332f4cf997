"""The one date that a paper is ordered by."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

from arxivie.papers import Paper

_STAMP = re.compile(r"^(?:[a-z-]+(?:\.[A-Z]{2})?/)?(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])(?:\.?\d)")
#: arXiv began in 1991, so a year of 91 or more is one of the last century
_FIRST_YEAR = 91


class PaperDate(NamedTuple):
    """A day; ``exact`` is false where only the month is known (from the arXiv id), then it is the month's first."""

    day: date
    exact: bool


def paper_date(paper: Paper) -> PaperDate | None:
    """When a paper appeared: published, else announced, else the month in its arXiv id, else updated."""
    for known in (paper.published, paper.announced):
        if known is not None:
            return PaperDate(_day(known), True)
    if stamp := _STAMP.match(paper.id):
        year = int(stamp["year"])
        return PaperDate(date(year + (1900 if year >= _FIRST_YEAR else 2000), int(stamp["month"]), 1), False)
    return PaperDate(_day(paper.updated), True) if paper.updated is not None else None


def _day(when: datetime | date) -> date:
    return utc(when).date()


def utc(when: datetime | date) -> datetime:
    """A moment in UTC without time zone; a day is its midnight."""
    if not isinstance(when, datetime):
        return datetime(when.year, when.month, when.day)
    return when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo else when
