"""Training examples for the weighing of claims: the status of a clause, which clauses are one claim, and its ties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from arxivie.extent import Extent
from arxivie.pipes.claim_features import ClaimContext
from arxivie.pipes.claims import STATUSES, ClaimReader, Opinion, join_features, opinion_features, tagger_claims
from arxivie.pipes.entities import EntityRecord
from arxivie.pipes.linear import LinearModel
from arxivie.pipes.sentences import SentenceFinder
from arxivie.rules.pack import load_pack
from arxivie.train.annotated import as_annotated, gold_entities
from arxivie.train.data import gold_doc, paper_of
from arxivie.train.linear import fit_binary, fit_classes

CLASSES = ("none", *STATUSES)
#: the share of an example that is learnt without entities, so that claims are found where nobody looked for these
_WITHOUT = 0.2
Row = tuple[dict[str, float], str, float]
#: the number, status, extent and names of an annotated claim
Gold = tuple[int, str, int, int, dict[str, Any]]


class ClaimExamples:
    """Collects the examples of all models from annotated records.

    Args:
        vocab: of the Docs.
        tagger: sets the tagger's probabilities on a Doc, or None to learn without a tagger.
    """

    def __init__(self, vocab: Vocab, tagger: Callable[[Doc], Doc] | None = None) -> None:
        self.vocab = vocab
        self.tagger = tagger
        nlp = spacy.blank("en", vocab=vocab)
        self.reader = ClaimReader(nlp, load_pack())
        self.statuses: list[Row] = []
        self.joins: list[tuple[dict[str, float], bool, float]] = []
        self.ties: dict[str, list[tuple[dict[str, float], bool, float]]] = {"dataset": [], "task": []}
        self._sentences = SentenceFinder()

    def add(self, record: dict[str, Any], weight: float = 1.0, extracted: Sequence[EntityRecord] | None = None) -> None:
        """Add a corpus record (see `arxivie.train.data`); ``extracted`` entities stand in for the annotated ones."""
        doc = self._sentences(gold_doc(record, self.vocab))
        if self.tagger is not None:
            doc = self.tagger(doc)
        seen = tagger_claims(doc)
        facts = record["facts"]
        entities = gold_entities(doc, facts) if extracted is None else as_annotated(extracted, facts)
        context = self.reader.context(doc, entities)
        aligned = paper_of(record).aligned
        gold: list[Gold] = []
        for number, claim in enumerate(facts.get("claims") or ()):
            at = aligned.text.find(claim["quote"])
            if at < 0:
                continue
            extent = aligned.text_to_reading(Extent(at, at + len(claim["quote"])))
            span = doc.char_span(extent.start, extent.end, alignment_mode="expand")
            if span is not None:
                gold.append((number, claim["status"], span.start, span.end, claim))
        if extracted is None:
            self._add_statuses(context, gold, seen, weight * (1.0 - _WITHOUT))
            self._add_statuses(self.reader.context(doc, []), gold, seen, weight * _WITHOUT)
        else:
            self._add_statuses(context, gold, seen, weight)
        for _, status, start, end, claim in gold:
            for label, names in (("dataset", claim.get("datasets") or ()), ("task", claim.get("tasks") or ())):
                peers = [e for e in entities if e.label == label]
                for e in peers:
                    row = context.tie_features((start, end), status, e, peers)
                    self.ties[label].append((row, e.name in names, weight))

    def _add_statuses(self, context: ClaimContext, gold: list[Gold], seen: Opinion, weight: float) -> None:
        for number, clauses in enumerate(context.sentences):
            previous: tuple[int, Gold] | None = None
            for k, clause in enumerate(clauses):
                if not clause.leads:
                    continue
                found = best_match(clause.start, clause.end, gold)
                features = context.features(number, k) | opinion_features(clause, seen)
                self.statuses.append((features, found[1] if found else "none", weight))
                if found and previous and previous[1][1] == found[1]:
                    row = join_features(context, number, previous[0], k, found[1])
                    self.joins.append((row, previous[1][0] == found[0], weight))
                if found:
                    previous = (k, found)

    def fit(self, suffix: str = "") -> dict[str, LinearModel]:
        """The models ``claim``, ``claim.join``, ``claim.dataset`` and ``claim.task``, with a suffix to their names."""
        rows, labels, weights = zip(*self.statuses, strict=True)
        made = {f"claim{suffix}": fit_classes(rows, labels, weights, CLASSES, l2=3.0)}
        for name, examples in (("join", self.joins), *self.ties.items()):
            features, right, importance = zip(*examples, strict=True)
            made[f"claim.{name}{suffix}"] = fit_binary(features, right, importance, l2=2.0)
        return made


def best_match(start: int, end: int, gold: list[Gold]) -> Gold | None:
    """The annotated claim that shares at least half of the shorter one with the clause, most first."""

    def shared(g: Gold) -> int:
        return min(end, g[3]) - max(start, g[2])

    best = max(gold, key=shared, default=None)
    if best is None or 2 * shared(best) < min(end - start, best[3] - best[2]) or shared(best) <= 0:
        return None
    return best


def train_claims(records: Iterable[tuple[dict[str, Any], float]], vocab: Vocab) -> dict[str, LinearModel]:
    """The claim models of weighted corpus records."""
    examples = ClaimExamples(vocab)
    for record, weight in records:
        examples.add(record, weight)
    return examples.fit()
