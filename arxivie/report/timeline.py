"""Counts over time: by day where the papers span weeks, by month or year where they span more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from arxivie.facts import Facts
from arxivie.report.facets import SIGNS
from arxivie.report.labels import LABELS
from arxivie.report.plots import Bar
from arxivie.store.dates import PaperDate

#: more bars than these are no longer told apart
_MOST = 60
_CODE = 1 << [name for name, _ in SIGNS].index("code")


class Timeline:
    """Collects what the overview plots: facts of each label, papers and papers with code, by day.

    Attributes:
        exact: whether the day of every paper is known, not only its month.
    """

    def __init__(self) -> None:
        self.papers: Counter[date] = Counter()
        self.coded: Counter[date] = Counter()
        self.facts: dict[str, Counter[date]] = {label.name: Counter() for label in LABELS}
        self.undated = 0
        self.exact = True

    def add(self, when: PaperDate | None, facts: Facts, signs: int) -> None:
        """Count a paper; ``signs`` are the bits of `arxivie.report.facets.SIGNS`."""
        if when is None:
            self.undated += 1
            return
        self.exact &= when.exact
        self.papers[when.day] += 1
        self.coded[when.day] += bool(signs & _CODE)
        for label in LABELS:
            self.facts[label.name][when.day] += len(getattr(facts, label.field))

    @property
    def unit(self) -> str:
        """``day``, ``month`` or ``year``: the finest that gives no more bars than can be told apart."""
        if not self.papers:
            return "day"
        span = (max(self.papers) - min(self.papers)).days
        if self.exact and span < _MOST:
            return "day"
        return "month" if span < _MOST * 30 else "year"

    def bars(self, label: str) -> list[Bar]:
        """Facts of a label a day, month or year; units without papers count as 0."""
        return self._bars(self.facts[label], lambda unit, count: (count, f"{count:,}"))

    def code(self) -> list[Bar]:
        """The share of papers with a link to code, in per cent."""
        whole = self._binned(self.papers)

        def share(unit: date, coded: int) -> tuple[float, str]:
            of = whole[unit]
            return (100 * coded / of, f"{100 * coded / of:.0f} % of {of:,} papers") if of else (0, "no papers")

        return self._bars(self.coded, share)

    def _bars(self, counts: Counter[date], value: Callable[[date, int], tuple[float, str]]) -> list[Bar]:
        binned = self._binned(counts)
        return [Bar(self._name(unit), *value(unit, binned[unit])) for unit in self._units()]

    def _binned(self, counts: Counter[date]) -> Counter[date]:
        made: Counter[date] = Counter()
        for day, count in counts.items():
            made[self._first(day)] += count
        return made

    def _first(self, day: date) -> date:
        return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[self.unit]

    def _units(self) -> Iterator[date]:
        if not self.papers:
            return
        unit, last = self._first(min(self.papers)), self._first(max(self.papers))
        yield unit
        while unit < last:
            unit = self._first(unit + timedelta(days={"day": 1, "month": 31, "year": 366}[self.unit]))
            yield unit

    def _name(self, unit: date) -> str:
        return unit.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.unit]]
