"""Results as they are compared: a figure and what it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from arxivie.evaluate.gold import FactDict
from arxivie.evaluate.names import Names, confidence_of
from arxivie.evaluate.tally import Matching, match


@dataclass(frozen=True, slots=True)
class Figure:
    """A result in the forms in which its parts are compared."""

    value: tuple[float, float | None]
    kind: str | None
    unit: str | None
    bound: str | None
    metric: str | None
    datasets: frozenset[str | None]
    method: str | None
    free_method: bool
    label: str
    confidence: float

    @classmethod
    def of(cls, result: FactDict, names: Names) -> Figure:
        """The comparable form; ``free_method`` where the annotated method is absent or a mere phrase."""
        upper, method = result.get("value_max"), result.get("method")
        shown = (result.get("kind"), result.get("metric"), result.get("datasets"), method)
        return cls(
            value=(round(float(result["value"]), 6), None if upper is None else round(float(upper), 6)),
            kind=result.get("kind"),
            unit=result.get("unit"),
            bound=result.get("bound"),
            metric=names.canonical("metrics", result.get("metric")),
            datasets=frozenset(names.canonical("datasets", name) for name in result.get("datasets") or ()),
            method=names.canonical("methods", method),
            free_method=not method or not names.knows("methods", method),
            confidence=confidence_of(result),
            label=f"{result['value']}{result.get('unit') or ''} " + " ".join(map(str, shown)),
        )

    def same_method(self, other: Figure) -> bool:
        """Whether ``other`` is obtained by this annotated figure's method."""
        return self.free_method or self.method == other.method


#: row -> what two figures of equal value must agree in
_SAME: dict[str, Callable[[Figure, Figure], bool]] = {
    "value": lambda a, b: True,
    "value+kind": lambda a, b: a.kind == b.kind,
    "value+unit+bound": lambda a, b: a.unit == b.unit and a.bound == b.bound,
    "value+metric": lambda a, b: a.metric == b.metric,
    "value+metric+dataset": lambda a, b: a.metric == b.metric and a.datasets == b.datasets,
    "full": lambda a, b: a.kind == b.kind and a.metric == b.metric and a.datasets == b.datasets and a.same_method(b),
}


def match_figures(gold: Iterable[Figure], predicted: Iterable[Figure], row: str) -> Matching[Figure]:
    """Figures of equal value that agree in what ``row`` (``value+metric``, ``full``, …) names, one to one."""
    same = _SAME[row]
    return match(gold, predicted, lambda a, b: a.value == b.value and same(a, b))


#: the rows that compare results one by one
FIGURE_ROWS = tuple(_SAME)
