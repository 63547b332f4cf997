"""Which metric, datasets and method a figure belongs to: features and decisions over the entities of a Doc."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arxivie.pipes.context import Context
from arxivie.pipes.entities import EntityRecord
from arxivie.pipes.linear import Features, LinearModel, softmax
from arxivie.pipes.quantities import Quantity

_LEVELS = frozenset({"score", "other_score"})

#: a dataset belongs to a figure from this probability on; chosen on the development split
DATASET_THRESHOLD = 0.5


def nearest(context: Context, q: Quantity, entity: EntityRecord) -> tuple[int, int]:
    """The mention of an entity that stands closest to a figure, first of all in its own sentence."""
    home = context.number(q.start)

    def far(m: tuple[int, int]) -> tuple[int, int]:
        return abs(context.number(m[0]) - home), abs(context.gap(q, m))

    return min(entity.mentions, key=far)


def metric_options(context: Context, q: Quantity, kind: str, metrics: Sequence[EntityRecord]) -> list[Features]:
    """Features of "no metric", then of each metric."""
    family = "level" if kind in _LEVELS else "change"
    unit = q.unit or ("decimal" if q.decimal else "none")
    here = context.bounds(q.start)
    local = sum(1 for e in metrics if any(here[0] <= m[0] < here[1] for m in e.mentions))
    options: list[Features] = [
        {"none": 1.0, f"none&unit={unit}": 1.0, f"none&{kind}": 1.0, f"none&local={min(local, 2)}&{family}": 1.0}
    ]
    for e in metrics:
        f = context.link_features(q, nearest(context, q, e), "metric", kind)
        f[f"name={e.name.lower()}&unit={unit}"] = 1.0
        f[f"known={e.canonical is not None}"] = 1.0
        f[f"metrics={min(len(metrics), 3)}"] = 1.0
        f[f"local={min(local, 2)}"] = 1.0
        options.append(f)
    return options


def dataset_features(
    context: Context, q: Quantity, kind: str, entity: EntityRecord, datasets: Sequence[EntityRecord]
) -> Features:
    """Features of a figure and one dataset of the paper."""
    mention = nearest(context, q, entity)
    f = context.link_features(q, mention, "dataset", kind)
    here = context.bounds(q.start)
    local = sum(1 for e in datasets if any(here[0] <= m[0] < here[1] for m in e.mentions))
    inside = here[0] <= mention[0] < here[1]
    place = "here" if inside else "away"
    f[f"{place}&local={min(local, 3)}"] = 1.0
    f[f"{place}&role={entity.role}&datasets={min(len(datasets), 3)}"] = 1.0
    f[f"{place}&kind={kind}"] = 1.0
    if inside:
        blockers, figures = context.between(q, mention, "dataset")
        rivals = [nearest(context, q, o) for o in datasets if o is not entity]
        direct = [m for m in rivals if here[0] <= m[0] < here[1] and context.between(q, m, "dataset") == (0, 0)]
        ahead = any(context.gap(q, m) > 0 for m in direct)
        mine = "direct" if (blockers, figures) == (0, 0) else "listed" if not figures else "beyond"
        side = "<" if context.gap(q, mention) < 0 else ">"
        f[f"{side}{mine}&rivals={min(len(direct), 2)}&ahead={ahead}"] = 1.0
    if not inside and not local:
        before = context.number(q.start) - context.number(mention[0])
        f[f"nearest-away={before}"] = 1.0
        first = [
            w
            for w in context.words[here[0] : here[1]]
            if w in {"dataset", "datasets", "benchmark", "benchmarks", "it", "this"}
        ]
        f[f"away&words={'dataset' if set(first) & {'dataset', 'benchmark'} else 'datasets' if first else '-'}"] = 1.0
    return f


def method_options(context: Context, q: Quantity, kind: str, methods: Sequence[EntityRecord]) -> list[Features]:
    """Features of "no listed method", then of each method."""
    here = context.bounds(q.start)
    words = set(context.words[here[0] : here[1]])
    proposed = [e for e in methods if e.role == "proposed"]
    local = sum(1 for e in methods if any(here[0] <= m[0] < here[1] for m in e.mentions))
    options: list[Features] = [
        {
            "none": 1.0,
            f"none&{kind}": 1.0,
            f"none&proposed={min(len(proposed), 2)}": 1.0,
            f"none&local={min(local, 2)}": 1.0,
            f"none&own={bool(words & {'we', 'our', 'ours', 'us', 'proposed'})}": 1.0,
        }
    ]
    for e in methods:
        f = context.link_features(q, nearest(context, q, e), "method", kind)
        f[f"role={e.role}&{kind}"] = 1.0
        f[f"generic={e.generic}"] = 1.0
        f[f"role={e.role}&first={bool(proposed) and proposed[0] is e}&proposed={min(len(proposed), 3)}"] = 1.0
        inside = any(here[0] <= m[0] < here[1] for m in e.mentions)
        f[f"inside={inside}&role={e.role}"] = 1.0
        f[f"inside={inside}&own={bool(words & {'we', 'our', 'ours', 'us', 'proposed'})}&role={e.role}"] = 1.0
        f["in-title"] = float(e.mentions[0][0] < context.title_end)
        f[f"mentions={min(len(e.mentions), 4)}"] = 1.0
        options.append(f)
    return options


def choose(model: LinearModel, options: Sequence[Features]) -> tuple[int, float]:
    """The best of the options and its probability; option 0 is "none"."""
    chances = softmax(model.score(f) for f in options)
    best = max(range(len(chances)), key=chances.__getitem__)
    return best, chances[best]


class ResultLinker:
    """The decisions of one Doc."""

    def __init__(self, models: Mapping[str, LinearModel], context: Context, entities: Sequence[EntityRecord]) -> None:
        self.models = models
        self.context = context
        self.by_label = {
            label: [e for e in entities if e.label == label] for label in ("dataset", "method", "metric", "task")
        }

    def metric(self, q: Quantity, kind: str) -> tuple[EntityRecord | None, float]:
        """The metric of a figure, with its probability."""
        metrics = self.by_label["metric"]
        best, chance = choose(self.models["metric"], metric_options(self.context, q, kind, metrics))
        return (metrics[best - 1] if best else None), chance

    def datasets(self, q: Quantity, kind: str) -> list[EntityRecord]:
        """The datasets of a figure."""
        datasets = self.by_label["dataset"]
        aligned = self._respective(q, datasets)
        if aligned is not None:
            return [aligned]
        return [
            e
            for e in datasets
            if self.models["dataset"].probability(dataset_features(self.context, q, kind, e, datasets))
            >= DATASET_THRESHOLD
        ]

    def _respective(self, q: Quantity, datasets: Sequence[EntityRecord]) -> EntityRecord | None:
        """The dataset at the figure's place in two lists of one length, as "88% and 91% on A and B, respectively"."""
        start, end = self.context.bounds(q.start)
        if "respectively" not in self.context.words[start:end]:
            return None
        group, peers = self.context.group(q), self.context.inside("dataset", (start, end))
        if len(group) != len(peers) or len(group) < 2:
            return None
        place = peers[group.index(q)]
        return next((e for e in datasets if place in e.mentions), None)

    def method(self, q: Quantity, kind: str) -> EntityRecord | None:
        """The listed method that obtains a figure."""
        methods = self.by_label["method"]
        best, _ = choose(self.models["method"], method_options(self.context, q, kind, methods))
        return methods[best - 1] if best else None
