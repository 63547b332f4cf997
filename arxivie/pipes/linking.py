"""Which metric, datasets and method a figure belongs to: features and decisions over the entities of a Doc."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from arxivie.pipes.alignment import partner
from arxivie.pipes.context import Context
from arxivie.pipes.entities import EntityRecord
from arxivie.pipes.linear import Features, Weigher, share, softmax
from arxivie.pipes.quantities import Quantity

_DATA_WORDS = frozenset({"datasets", "benchmarks", "it", "this"})
#: added to a probability before its logarithm is taken
_FLOOR = 1e-3
_LEVELS = frozenset({"score", "other_score"})


@dataclass(frozen=True)
class Linked:
    """A figure that is a result, with what it was found to belong to.

    Attributes:
        quantity, kind: the figure and its kind.
        metric, method: the names of its metric and method, None where it has none.
        datasets: the names of its datasets.
    """

    quantity: Quantity
    kind: str
    metric: str | None = None
    datasets: frozenset[str] = frozenset()
    method: str | None = None


#: a dataset belongs to a figure from this probability on, and a figure has no metric, or no listed method, from these
#: on; chosen on the development split and on silver papers that neither tagger nor weights had learnt
DATASET_THRESHOLD = 0.45
NO_METRIC = 0.65
NO_METHOD = 0.8


def nearest(context: Context, q: Quantity, entity: EntityRecord) -> tuple[int, int]:
    """The mention of an entity that stands closest to a figure, first of all in its own sentence."""
    home = context.number(q.start)

    def far(m: tuple[int, int]) -> tuple[int, int]:
        return abs(context.number(m[0]) - home), abs(context.gap(q, m))

    return min(entity.mentions, key=far)


def _carried(how: str, name: str | None, forerunner: str | None) -> dict[str, float]:
    """Features of a choice, given what was chosen for the result in front."""
    same = "same" if name == forerunner else "none" if forerunner is None else "other"
    return {f"carried={same}&{how}": 1.0}


def _trust(entity: EntityRecord) -> dict[str, float]:
    """How sure it is that an entity is one, coarsely; nothing of annotated entities, which no finder proposed."""
    if not entity.rules:
        return {}
    return {f"sure={int(entity.confidence * 5) / 5}": 1.0, f"known={entity.canonical is not None}": 1.0}


def _aligned(entity: EntityRecord, found: EntityRecord | None, how: str) -> dict[str, float]:
    """Features of an entity, given the one at the figure's place in a list (`partner`)."""
    if found is None:
        return {}
    return {f"partner={found is entity}": 1.0, f"partner={found is entity}&{how}": 1.0}


def _pointed(
    context: Context, q: Quantity, label: str, entity: EntityRecord, peers: Sequence[EntityRecord]
) -> dict[str, float]:
    """Features of an entity, given the words that the figure points to."""
    pointer = context.pointer(q)
    if pointer is None:
        return {}
    chance = pointer.best(label, entity.mentions)
    rivals = max((pointer.best(label, e.mentions) for e in peers if e is not entity), default=0.0)
    return {
        "pointed": math.log(chance + _FLOOR),
        f"pointed={share(chance)}": 1.0,
        f"pointed-first={chance > rivals}": 1.0,
        f"pointed-rivals={share(rivals)}": 1.0,
    }


def _pointed_nowhere(context: Context, q: Quantity, label: str) -> dict[str, float]:
    """Features of the choice of no entity, given the words that the figure points to."""
    pointer = context.pointer(q)
    if pointer is None:
        return {}
    most = pointer.most(label)
    return {"none&pointed": math.log(1.0 - most + _FLOOR), f"none&pointed={share(most)}": 1.0}


def metric_options(
    context: Context, q: Quantity, kind: str, metrics: Sequence[EntityRecord], before: Linked | None
) -> list[Features]:
    """Features of "no metric", then of each metric; ``before`` is the result in front of the figure."""
    family = "level" if kind in _LEVELS else "change"
    unit = context.unit(q)
    here = context.bounds(q.start)
    local = sum(1 for e in metrics if any(here[0] <= m[0] < here[1] for m in e.mentions))
    how = f"{context.relation(before.quantity if before else None, q)}&{_changed(before, kind)}"
    end = here[1]
    none = {"none": 1.0, f"none&unit={unit}": 1.0, f"none&{kind}": 1.0, f"none&local={min(local, 2)}&{family}": 1.0}
    for k in (0, 1, 2):
        if q.end + k < end:
            none[f"none&>{context.words[q.end + k]}"] = 1.0
    if q.lead > here[0]:
        none[f"none&-1={context.words[q.lead - 1]}"] = 1.0
    none |= _pointed_nowhere(context, q, "metric")
    options: list[Features] = [none | (_carried(how, None, before.metric) if before else {})]
    aligned = partner(context, q, metrics)
    for e in metrics:
        f = context.link_features(q, nearest(context, q, e), "metric", kind)
        f |= _aligned(e, *aligned) | _pointed(context, q, "metric", e, metrics)
        if before:
            f |= _carried(how, e.name, before.metric)
        f[f"name={e.name.lower()}&unit={unit}"] = 1.0
        f |= _trust(e)
        f[f"metrics={min(len(metrics), 3)}"] = 1.0
        f[f"local={min(local, 2)}"] = 1.0
        options.append(f)
    return options


def _changed(before: Linked | None, kind: str) -> str:
    """Whether the kind of figure goes on."""
    return "begins" if before is None else "same-kind" if before.kind == kind else f"{before.kind}->{kind}"


def dataset_options(
    context: Context,
    q: Quantity,
    kind: str,
    datasets: Sequence[EntityRecord],
    before: Linked | None,
    aligned: tuple[EntityRecord | None, str],
) -> list[Features]:
    """Features of each dataset, of which any number may be right.

    ``before`` is the result in front of the figure, ``aligned`` the figure's `partner` among the datasets.
    """
    here = context.bounds(q.start)
    local = sum(1 for e in datasets if any(here[0] <= m[0] < here[1] for m in e.mentions))
    return [
        context.link_features(q, nearest(context, q, e), "dataset", kind)
        | _aligned(e, *aligned)
        | _pointed(context, q, "dataset", e, datasets)
        | _dataset_place(context, q, kind, e, datasets, local)
        | (_dataset_carried(context, q, kind, e, before) if before else {})
        for e in datasets
    ]


def _dataset_carried(
    context: Context, q: Quantity, kind: str, entity: EntityRecord, before: Linked
) -> dict[str, float]:
    how = context.relation(before.quantity, q)
    carried = "same" if entity.name in before.datasets else "other" if before.datasets else "none"
    return {f"carried={carried}&{how}": 1.0, f"carried={carried}&{how}&{_changed(before, kind)}": 1.0}


def _dataset_place(
    context: Context, q: Quantity, kind: str, entity: EntityRecord, datasets: Sequence[EntityRecord], local: int
) -> dict[str, float]:
    """Features of where a dataset stands, ``local`` datasets standing in the figure's sentence."""
    mention, here = nearest(context, q, entity), context.bounds(q.start)
    inside = here[0] <= mention[0] < here[1]
    place = "here" if inside else "away"
    f = {
        f"{place}&local={min(local, 3)}": 1.0,
        f"{place}&role={entity.role}&datasets={min(len(datasets), 3)}": 1.0,
        f"{place}&kind={kind}": 1.0,
        f"{place}&unit={context.unit(q)}": 1.0,
    }
    for name in _trust(entity):
        f[name] = f[f"{place}&{name}"] = 1.0
    if inside:
        blockers, figures = context.between(q, mention, "dataset")
        rivals = [nearest(context, q, o) for o in datasets if o is not entity]
        direct = [m for m in rivals if here[0] <= m[0] < here[1] and context.between(q, m, "dataset") == (0, 0)]
        ahead = any(context.gap(q, m) > 0 for m in direct)
        mine = "direct" if (blockers, figures) == (0, 0) else "listed" if not figures else "beyond"
        side = "<" if context.gap(q, mention) < 0 else ">"
        f[f"{side}{mine}&rivals={min(len(direct), 2)}&ahead={ahead}"] = 1.0
    elif not local:
        f[f"nearest-away={context.number(q.start) - context.number(mention[0])}"] = 1.0
        words = set(context.words[here[0] : here[1]])
        said = "dataset" if words & {"dataset", "benchmark"} else "datasets" if words & _DATA_WORDS else "-"
        f[f"away&words={said}"] = f[f"away&words={said}&datasets={min(len(datasets), 3)}"] = 1.0
    return f


def method_options(
    context: Context, q: Quantity, kind: str, methods: Sequence[EntityRecord], before: Linked | None
) -> list[Features]:
    """Features of "no listed method", then of each method; ``before`` is the result in front of the figure."""
    here = context.bounds(q.start)
    words = set(context.words[here[0] : here[1]])
    proposed = [e for e in methods if e.role == "proposed"]
    local = sum(1 for e in methods if any(here[0] <= m[0] < here[1] for m in e.mentions))
    how = f"{context.relation(before.quantity if before else None, q)}&{_changed(before, kind)}"
    none = {
        "none": 1.0,
        f"none&{kind}": 1.0,
        f"none&proposed={min(len(proposed), 2)}": 1.0,
        f"none&local={min(local, 2)}": 1.0,
        f"none&own={bool(words & {'we', 'our', 'ours', 'us', 'proposed'})}": 1.0,
    }
    none |= _pointed_nowhere(context, q, "method")
    options: list[Features] = [none | (_carried(how, None, before.method) if before else {})]
    aligned = partner(context, q, methods)
    for e in methods:
        f = context.link_features(q, nearest(context, q, e), "method", kind)
        f |= _aligned(e, *aligned) | _pointed(context, q, "method", e, methods)
        if before:
            f |= _carried(how, e.name, before.method)
        f[f"role={e.role}&{kind}"] = 1.0
        f |= _trust(e)
        f[f"generic={e.generic}"] = 1.0
        f[f"role={e.role}&first={bool(proposed) and proposed[0] is e}&proposed={min(len(proposed), 3)}"] = 1.0
        inside = any(here[0] <= m[0] < here[1] for m in e.mentions)
        f[f"inside={inside}&role={e.role}"] = 1.0
        f[f"inside={inside}&own={bool(words & {'we', 'our', 'ours', 'us', 'proposed'})}&role={e.role}"] = 1.0
        f["in-title"] = float(e.mentions[0][0] < context.title_end)
        f[f"mentions={min(len(e.mentions), 4)}"] = 1.0
        options.append(f)
    return options


def choose(model: Weigher, options: Sequence[Features], none_from: float) -> tuple[int, float]:
    """The chosen option and its probability; option 0, "none", is chosen where it is likelier than ``none_from``."""
    chances = softmax(model.score(f) for f in options)
    if len(chances) == 1 or chances[0] > none_from:
        return 0, chances[0]
    best = max(range(1, len(chances)), key=chances.__getitem__)
    return best, chances[best]


class ResultLinker:
    """The decisions of one Doc."""

    def __init__(self, models: Mapping[str, Weigher], context: Context, entities: Sequence[EntityRecord]) -> None:
        self.models = models
        self.context = context
        self.by_label = {
            label: [e for e in entities if e.label == label] for label in ("dataset", "method", "metric", "task")
        }

    def link(self, q: Quantity, kind: str, before: Linked | None) -> tuple[Linked, float]:
        """What a figure belongs to, with the probability of its metric.

        Args:
            q: the figure.
            kind: what it is.
            before: the result in front of it; lists of figures share what is said once.
        """
        metrics, methods = self.by_label["metric"], self.by_label["method"]
        metric, sure = choose(self.models["metric"], metric_options(self.context, q, kind, metrics, before), NO_METRIC)
        method, _ = choose(self.models["method"], method_options(self.context, q, kind, methods, before), NO_METHOD)
        linked = Linked(
            q,
            kind,
            metrics[metric - 1].name if metric else None,
            frozenset(e.name for e in self._datasets(q, kind, before)),
            methods[method - 1].name if method else None,
        )
        return linked, sure

    def _datasets(self, q: Quantity, kind: str, before: Linked | None) -> list[EntityRecord]:
        datasets = self.by_label["dataset"]
        aligned = partner(self.context, q, datasets)
        if aligned[0] is not None and aligned[1] == "respectively":
            return [aligned[0]]
        rows = dataset_options(self.context, q, kind, datasets, before, aligned)
        chances = [self.models["dataset"].probability(row) for row in rows]
        return [e for e, chance in zip(datasets, chances, strict=True) if chance >= DATASET_THRESHOLD]
