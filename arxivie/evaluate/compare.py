"""Two predictions of the same papers, fact by fact: what the newer one gains and loses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

from arxivie.evaluate.gold import Record
from arxivie.evaluate.score import ROWS, score
from arxivie.evaluate.tally import Miss

#: the rows that are compared unless others are asked for: each type of fact as strictly as it is scored
COMPARED = (
    *("datasets", "datasets.role", "methods", "methods.role", "metrics", "tasks"),
    *("results.value", "results.value+kind", "results.value+metric", "results.value+metric+dataset", "results.full"),
    *("links.url", "links.kind", "links.status", "releases"),
    *("claims.sota", "claims.improves", "claims.competitive", "claims.background", "claims.sota.datasets"),
)


class Change(NamedTuple):
    """One fact that stands differently in the two predictions.

    ``how``: ``found`` (annotated, only the newer has it), ``lost`` (only the older has it), ``withdrawn`` (not
    annotated, only the older claims it), ``invented`` (only the newer claims it). The first and third are gains.
    """

    row: str
    how: Literal["found", "lost", "withdrawn", "invented"]
    paper: str
    fact: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from the older prediction to the newer one.

    Attributes:
        gains, losses: in the order of the rows, then by paper.
        f1: row -> its F1 in the older and in the newer prediction.
    """

    gains: list[Change]
    losses: list[Change]
    f1: dict[str, tuple[float, float]]


def compare(
    gold: Mapping[str, Record],
    old: Mapping[str, Record],
    new: Mapping[str, Record],
    rows: Iterable[str] = COMPARED,
) -> Comparison:
    """Compare two predictions against the annotations.

    Raises:
        ValueError: for a row that does not exist.
    """
    wanted = list(rows)
    if unknown := [row for row in wanted if row not in ROWS]:
        raise ValueError(f"no row is called {unknown[0]!r}; there are {', '.join(ROWS)}")
    before, after = score(gold, old), score(gold, new)
    gains: list[Change] = []
    losses: list[Change] = []
    for row in wanted:
        mended, broken = _difference(before[row].misses, after[row].misses)
        gains += [Change(row, "found" if m.kind == "missed" else "withdrawn", m.paper, m.fact) for m in mended]
        losses += [Change(row, "lost" if m.kind == "missed" else "invented", m.paper, m.fact) for m in broken]
    return Comparison(gains, losses, {row: (before[row].f1, after[row].f1) for row in wanted})


def _difference(before: Iterable[Miss], after: Iterable[Miss]) -> tuple[list[Miss], list[Miss]]:
    """The errors that only the first has, and those that only the second has, sorted by paper."""
    one, other = Counter(before), Counter(after)
    mended, broken = (sorted(d.elements(), key=lambda m: (m.paper, m)) for d in (one - other, other - one))
    return mended, broken


def comparison_table(comparison: Comparison) -> RenderableType:
    """Gains and losses for the terminal, row by row; rows without a change are left out."""
    parts: list[RenderableType] = []
    for row, (before, after) in comparison.f1.items():
        gains = [change for change in comparison.gains if change.row == row]
        losses = [change for change in comparison.losses if change.row == row]
        if gains or losses:
            parts.append(Text(f"{row}: {before:.3f} -> {after:.3f}, {len(gains)} gains, {len(losses)} losses", "bold"))
            parts += [Text(f"  + {change.paper}  {change.how}: {change.fact}", "green") for change in gains]
            parts += [Text(f"  - {change.paper}  {change.how}: {change.fact}", "red") for change in losses]
    return Group(*(parts or [Text("no fact differs")]))
