"""Training examples for the weighing of figures: their kind, metric, datasets and method.

The mentions are the annotated ones, so that what the text says is learned; or, for the models that know the tagger,
those that a pipeline extracted, so that it is learned how far these can be trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from arxivie.pipes.alignment import partner
from arxivie.pipes.entities import EntityRecord
from arxivie.pipes.hidden import HiddenModel
from arxivie.pipes.kinds import KINDS, tagger_features
from arxivie.pipes.linking import Linked, dataset_options, method_options, metric_options
from arxivie.pipes.quantities import Quantity, QuantityFinder
from arxivie.pipes.results import figure_context, tagger_quantities
from arxivie.pipes.sentences import SentenceFinder
from arxivie.train.annotated import as_annotated, gold_entities, match_results
from arxivie.train.data import gold_doc
from arxivie.train.examples import Examples
from arxivie.train.hidden import HiddenSettings, hidden_binary, hidden_choice, hidden_classes

#: how kinds and links are learned; those with ``_ON`` go on from models that many more papers have taught. Chosen on
#: silver papers that neither tagger nor weights had learned
KIND = HiddenSettings(units=16, l2=7.0, l2_hidden=1.5, at_least=15)
KIND_ON = HiddenSettings(l2=18.0, l2_hidden=1.0, at_least=5, learning_rate=1e-3)
LINK = HiddenSettings(units=32, l2=3.0, l2_hidden=1.0, at_least=8)
LINK_ON = HiddenSettings(l2=6.0, l2_hidden=0.5, at_least=3, batch=64, learning_rate=1e-3)


class ResultExamples:
    """Collects the examples of all models from annotated records.

    Args:
        vocab: of the Docs.
        tagger: sets the tagger's probabilities on a Doc, or None to learn without a tagger.
    """

    def __init__(self, vocab: Vocab, tagger: Callable[[Doc], Doc] | None = None) -> None:
        self.vocab = vocab
        self.tagger = tagger
        self.kinds: list[tuple[dict[str, float], str, float]] = []
        self.metric, self.method = Examples(), Examples()
        self.datasets: list[tuple[dict[str, float], bool, float]] = []
        self._sentences, self._quantities = SentenceFinder(), QuantityFinder()

    def add(self, record: dict[str, Any], weight: float = 1.0, extracted: Sequence[EntityRecord] | None = None) -> None:
        """Add a corpus record (see `arxivie.train.data`).

        Args:
            record: the record.
            weight: what it counts.
            extracted: entities that a pipeline found in it, in the place of the annotated ones: what is learned from
                them holds where entities are missed or too many.
        """
        facts = record["facts"]
        doc = self._sentences(gold_doc(record, self.vocab))
        doc = self._quantities(doc)
        if self.tagger is not None:
            doc = self.tagger(doc)
        entities = gold_entities(doc, facts) if extracted is None else as_annotated(extracted, facts)
        context = figure_context(doc, entities)
        found = context.quantities
        matched = match_results(found, facts.get("results") or [])
        metrics, datasets, methods = (
            [e for e in entities if e.label == label] for label in ("metric", "dataset", "method")
        )
        front: tuple[Quantity | None, str] = (None, "none")
        before: Linked | None = None
        for k, q in enumerate(found):
            result = matched.get(k)
            kind = result["kind"] if result else "none"
            features = context.kind_features(q) | context.kind_after(q, *front)
            if self.tagger is not None:
                features |= tagger_features(doc, q, tagger_quantities, context.pointer(q))
            self.kinds.append((features, kind, weight))
            front = q, kind
            if result is None:
                continue
            options = metric_options(context, q, kind, metrics, before)
            measures = [e.name == result.get("metric") for e in metrics]
            self.metric.add(options, [not any(measures), *measures], weight)
            rows = dataset_options(context, q, kind, datasets, before, partner(context, q, datasets))
            for e, row in zip(datasets, rows, strict=True):
                self.datasets.append((dict(row), e.name in (result.get("datasets") or ()), weight))
            names = [e.name == result.get("method") for e in methods]
            self.method.add(method_options(context, q, kind, methods, before), [not any(names), *names], weight)
            before = Linked(
                q, kind, result.get("metric") if any(measures) else None,
                frozenset({e.name for e in datasets} & {*(result.get("datasets") or ())}),
                result.get("method") if any(names) else None,
            )  # fmt: skip

    def fit(self, suffix: str = "", start: Mapping[str, HiddenModel] | None = None) -> dict[str, HiddenModel]:
        """The models ``kind``, ``metric``, ``dataset`` and ``method``, each with a suffix to its name.

        Args:
            suffix: of the names.
            start: models of these names, without a suffix, to go on from.
        """
        rows, labels, weights = zip(*self.kinds, strict=True)
        data, good, importance = zip(*self.datasets, strict=True)
        kind, link = (KIND, LINK) if start is None else (KIND_ON, LINK_ON)
        old = {} if start is None else start
        return {
            f"kind{suffix}": hidden_classes(rows, labels, weights, KINDS, kind, old.get("kind")),
            f"metric{suffix}": hidden_choice(self.metric, link, old.get("metric")),
            f"dataset{suffix}": hidden_binary(data, good, importance, link, old.get("dataset")),
            f"method{suffix}": hidden_choice(self.method, link, old.get("method")),
        }


def collect_results(records: Iterable[tuple[dict[str, Any], float]], vocab: Vocab) -> ResultExamples:
    """The examples of weighted corpus records, with their annotated entities."""
    examples = ResultExamples(vocab)
    for record, weight in records:
        examples.add(record, weight)
    return examples
