"""Figures as results: the component ``arxivie_results``.

A model over the context decides what a figure is (`Context.kind_features`), three more which metric, datasets and
method it belongs to (`arxivie.pipes.linking`); all four have hidden units (`arxivie.pipes.hidden`). What follows from
the words alone, the bound that a list shares and the baseline behind "than", is read off here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from arxivie.facts import ENTITY_FIELDS
from arxivie.pipes.context import Context, cues
from arxivie.pipes.entities import EntityRecord, entities_for_figures, method_roles, store_entities
from arxivie.pipes.kinds import CHANGES, QuantityView, kind_chances, likely_kind, tagger_features
from arxivie.pipes.linear import Features, Weigher, applying
from arxivie.pipes.linking import Linked, ResultLinker
from arxivie.pipes.pointer import has_pointers, pointers
from arxivie.pipes.quantities import Quantity, stored_quantities
from arxivie.pipes.sentences import with_sentences
from arxivie.pipes.weights import load_models

KEY = "arxivie_results"

#: the models that weigh a figure; those with ``+tagger`` behind their name know the tagger
MODELS = ("kind", "metric", "dataset", "method")
_LIST_JOINTS = frozenset({",", "and", "or", "/", "on", "for", "in", "of"})
_LONGEST_PHRASE = 12


class ResultFinder:
    """The component: leaves plain dicts under ``doc.user_data["arxivie_results"]``.

    It needs quantities; without entities it reports figures without metric, dataset and method. Doubtful ones become
    entities where a figure belongs to them.

    Args:
        models: ``kind``, ``metric``, ``dataset`` and ``method``; with a tagger also the same with ``+tagger``.
        view: the tagger's distribution over kinds for a token, None where it has not seen the Doc.
    """

    def __init__(self, models: Mapping[str, Weigher], view: QuantityView) -> None:
        self.models = models
        self.view = view

    def __call__(self, doc: Doc) -> Doc:
        """Store the results of ``doc``."""
        entities = entities_for_figures(doc)
        context = figure_context(doc, entities)
        linker = ResultLinker(self.applying(doc), context, entities)
        results = self.kinds(doc, context)
        shared = self._shared_bounds(context, [q for q, _, _ in results])
        doc.user_data[KEY] = found = []
        before: Linked | None = None
        for (q, kind, chance), bound in zip(results, shared, strict=True):
            before, sure = linker.link(q, kind, before)
            found.append(
                self._result(doc, context, linker, before, bound)
                | {"confidence": round(chance, 4), "metric_confidence": round(sure, 4)}
            )
        belongs = {("metric", r["metric"]) for r in found} | {("method", r["method"]) for r in found}
        self._settle(doc, entities, belongs | {("dataset", name) for r in found for name in r["datasets"]})
        return doc

    @staticmethod
    def _settle(doc: Doc, entities: Sequence[EntityRecord], belongs: Set[tuple[str, str | None]]) -> None:
        """Doubtful entities to which a figure belongs are entities; ``belongs`` are their labels and names."""
        wanted = [e for e in entities if e.doubtful and (e.label, e.name) in belongs]
        for e in wanted:
            e.doubtful = False
        if wanted:
            store_entities(doc, entities)

    def applying(self, doc: Doc) -> dict[str, Weigher]:
        """The models ``kind``, ``metric``, ``dataset`` and ``method`` for ``doc``.

        Where the tagger has read its figures, models that were learned with the tagger apply, if there are such.
        """
        return applying(self.models, MODELS, tagged=has_pointers(doc))

    def weigh(self, doc: Doc, context: Context) -> tuple[Weigher, list[Features], list[dict[str, float]]]:
        """The model of kinds for ``doc``, and what it makes of each figure: features and distribution."""
        model = self.applying(doc)["kind"]
        own: list[Features] = [
            context.kind_features(q) | tagger_features(doc, q, self.view, context.pointer(q))
            for q in context.quantities
        ]
        return model, own, kind_chances(model, context, own)

    def kinds(self, doc: Doc, context: Context) -> list[tuple[Quantity, str, float]]:
        """The figures that are results, each with its kind and the probability that it is a result."""
        _, _, distributions = self.weigh(doc, context)
        made = []
        for q, chances in zip(context.quantities, distributions, strict=True):
            kind = likely_kind(chances)
            if kind != "none":
                made.append((q, kind, 1.0 - chances["none"]))
        return made

    @staticmethod
    def _shared_bounds(context: Context, results: Sequence[Quantity]) -> list[str]:
        """The bounds of figures, each carried over to the figures coordinated with it ("up to 5% and 7%")."""
        bounds: list[str] = []
        for k, q in enumerate(results):
            bound = q.bound
            before = results[k - 1] if k else None
            if (
                bound == "exact"
                and before is not None
                and context.unit(before) == context.unit(q)
                and bounds[-1] != "exact"
            ):
                between = context.words[before.end : q.start]
                joined = bool(between) and all(w in _LIST_JOINTS for w in between)
                coordinated = len(between) <= 10 and ("and" in between or "," in between)
                same = context.number(before.start) == context.number(q.start)
                if same and (joined or (coordinated and not set(between) & cues()["verb"])):
                    bound = bounds[-1]
            bounds.append(bound)
        return bounds

    def _result(
        self,
        doc: Doc,
        context: Context,
        linker: ResultLinker,
        linked: Linked,
        bound: str,
    ) -> dict[str, Any]:
        q, kind = linked.quantity, linked.kind
        sentence = context.bounds(q.start)
        change = kind in CHANGES
        return {
            "start": q.start,
            "end": q.end,
            "value": abs(q.value) if change else q.value,
            "value_max": q.value_max,
            "error": q.error,
            "unit": q.unit,
            "bound": bound,
            "kind": kind,
            "better": (kind != "loss") if change else None,
            "metric": linked.metric,
            "datasets": [e.name for e in linker.by_label["dataset"] if e.name in linked.datasets],
            "method": linked.method or self._own_phrase(doc, context, q),
            "task": self._task(linker.by_label["task"], sentence),
            "baseline": self._baseline(doc, context, q, linker.by_label["method"]) if change else None,
            "quote": list(sentence),
            "rule": f"result.{kind}",
        }

    @staticmethod
    def _task(tasks: Sequence[EntityRecord], sentence: tuple[int, int]) -> str | None:
        """The task named in the sentence, else the paper's first."""
        here = [e for e in tasks if any(sentence[0] <= m[0] < sentence[1] for m in e.mentions)]
        return (here or list(tasks))[0].name if tasks else None

    @staticmethod
    def _own_phrase(doc: Doc, context: Context, q: Quantity) -> str | None:
        """ "our full model" and the like, in front of the figure."""
        start, _ = context.bounds(q.start)
        for i in range(q.start - 1, start - 1, -1):
            if context.words[i] in cues()["method-noun"]:
                for j in range(i - 1, max(start, i - 5) - 1, -1):
                    if context.words[j] in {"our", "proposed", "the", "this"}:
                        return doc[j : i + 1].text if context.words[j] != "the" else doc[j + 1 : i + 1].text
        return None

    @staticmethod
    def _baseline(doc: Doc, context: Context, q: Quantity, methods: Sequence[EntityRecord]) -> str | None:
        """What stands behind "than", "over", "compared to": a listed method, else the phrase up to the next break."""
        start, end = context.bounds(q.start)
        words = context.words
        behind = [i for i in range(q.end, min(end, q.end + 15)) if words[i] in cues()["versus"]]
        ahead = [i for i in range(start, q.start) if words[i] in cues()["versus"] | cues()["beat"]]
        for i in [*behind[:1], *ahead[-1:]]:
            at = i + 1
            while at < end and words[at] in {"to", "with", "the", "a", "an"}:
                at += 1
            named = [e for e in methods if any(at <= m[0] < at + 6 for m in e.mentions)]
            if named:
                return min(named, key=lambda e: min(m[0] for m in e.mentions if m[0] >= at)).name
            stop = at
            while stop < end and stop - at < _LONGEST_PHRASE and words[stop] not in cues()["break"]:
                stop += 1
            if stop > at:
                return doc[at:stop].text
        return None


def figure_context(doc: Doc, entities: Sequence[EntityRecord]) -> Context:
    """A Doc with its figures, these entities, and what the tagger has read about the figures."""
    mentions = {label: [m for e in entities if e.label == label for m in e.mentions] for label in ENTITY_FIELDS}
    return Context(with_sentences(doc), stored_quantities(doc), mentions, method_roles(entities), pointers(doc))


def tagger_quantities(doc: Doc, token: int) -> Mapping[str, float] | None:
    """The tagger's distribution over kinds for a token, None where it has not seen the Doc."""
    if "arxivie_tagger" not in doc.user_data:
        return None
    from arxivie.pipes.tagger import quantity_probabilities

    chances: Mapping[str, float] = quantity_probabilities(doc, token)
    return chances


def make_results(nlp: Language, name: str) -> ResultFinder:
    """The factory of ``arxivie_results``."""
    del nlp, name
    return ResultFinder(load_models(), tagger_quantities)
