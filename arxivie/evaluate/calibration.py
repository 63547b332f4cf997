"""Whether confidences are what they say: of the facts given with 0.8, 80% should be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rich.table import Table

from arxivie.evaluate.figures import Figure, match_figures
from arxivie.evaluate.gold import FactDict, FactLists, Record
from arxivie.evaluate.names import Names, confidence_of
from arxivie.evaluate.normal import url_key
from arxivie.evaluate.score import STANDINGS, match_claims, match_entities, match_tasks, released

#: fact type -> the row that decides whether a fact of it is right
JUDGED_BY = {
    "datasets": "datasets",
    "methods": "methods",
    "tasks": "tasks",
    "metrics": "metrics",
    "results": "results.value+kind",
    "links": "links.url",
    "releases": "releases",
    "claims": "claims.<status>",
}


@dataclass(frozen=True, slots=True)
class Bin:
    """The facts of one type whose confidence lies in ``[low, high)``, the last bin with its upper end.

    ``confidence`` is their mean; ``precision`` the share of them that is right.
    """

    low: float
    high: float
    n: int
    confidence: float
    precision: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins of one fact type that hold facts, and the mean gap between confidence and precision, by fact."""

    bins: tuple[Bin, ...]
    error: float
    n: int


def reliability(
    gold: Mapping[str, Record], predicted: Mapping[str, Record], *, bins: int = 10
) -> dict[str, Reliability]:
    """Fact type -> its reliability over the annotated papers; a fact without a confidence counts as sure (1.0)."""
    judged: dict[str, list[tuple[float, bool]]] = {kind: [] for kind in JUDGED_BY}
    for key, record in gold.items():
        if key in predicted:
            for kind, confidence, right in judge(record.facts, predicted[key].facts):
                judged[kind].append((confidence, right))
    return {kind: _binned(facts, bins) for kind, facts in judged.items()}


def judge(gold: FactLists, predicted: FactLists) -> Iterator[tuple[str, float, bool]]:
    """Each extracted fact's type, its confidence, and whether it is right; generic methods are not judged."""
    for kind in ("datasets", "methods", "metrics"):
        found = match_entities(gold[kind], predicted[kind])
        yield from _sides(kind, [b for _, b in found.pairs], found.extra)
    tasks = match_tasks(gold, predicted)
    yield from _sides("tasks", [b for _, b in tasks.pairs], tasks.extra)
    names = Names(gold)
    ours, theirs = ([Figure.of(r, names) for r in side["results"]] for side in (gold, predicted))
    figures = match_figures(ours, theirs, "value+kind")
    for figure, right in [*((b, True) for _, b in figures.pairs), *((b, False) for b in figures.extra)]:
        yield "results", figure.confidence, right
    urls = {url_key(link["url"]) for link in gold["links"]}
    for link in predicted["links"]:
        yield "links", confidence_of(link), url_key(link["url"]) in urls
    offers = released(gold["releases"])
    for statement in predicted["releases"]:
        yield "releases", confidence_of(statement), released([statement]) <= offers
    for standing in STANDINGS:
        claims = match_claims(gold, predicted, standing)
        yield from _sides("claims", [b for _, b in claims.pairs], claims.extra)


def _sides(kind: str, right: list[FactDict], wrong: list[FactDict]) -> Iterator[tuple[str, float, bool]]:
    yield from ((kind, confidence_of(fact), True) for fact in right)
    yield from ((kind, confidence_of(fact), False) for fact in wrong)


def _binned(facts: list[tuple[float, bool]], count: int) -> Reliability:
    members: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in facts:
        members.setdefault(min(int(confidence * count), count - 1), []).append((confidence, right))
    made = []
    for k, inside in sorted(members.items()):
        mean = sum(confidence for confidence, _ in inside) / len(inside)
        made.append(Bin(k / count, (k + 1) / count, len(inside), mean, sum(r for _, r in inside) / len(inside)))
    gap = sum(b.n * abs(b.confidence - b.precision) for b in made)
    return Reliability(tuple(made), gap / len(facts) if facts else 0.0, len(facts))


def reliability_table(table: Mapping[str, Reliability]) -> Table:
    """The bins for the terminal."""
    shown = Table("facts", "confidence", "n", "mean", "precision", "mean gap", box=None, pad_edge=False)
    for kind, measured in table.items():
        for number, b in enumerate(measured.bins):
            gap = "" if number else f"{measured.error:.3f}"
            cells = (f"{b.low:.1f}–{b.high:.1f}", str(b.n), f"{b.confidence:.3f}", f"{b.precision:.3f}", gap)
            shown.add_row("" if number else kind, *cells)
    return shown
