"""Rebuilds ``linear.json`` and ``hidden.npz``: all models that weigh candidates, from annotated papers.

The models that look at the tagger learn from papers that the tagger was not trained on, or they would trust it too
much; everything else learns from all papers.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from arxivie.errors import ConfigurationError
from arxivie.pipeline import ORDER, load
from arxivie.pipes.hidden import HiddenModel
from arxivie.pipes.linear import TAGGED, LinearModel, Weigher
from arxivie.pipes.resolve import Resolver, short_metrics
from arxivie.pipes.tagger import KEY as TAGGER
from arxivie.pipes.tagger import META
from arxivie.pipes.view import tagger_view
from arxivie.pipes.weights import write_models
from arxivie.resources import MODEL
from arxivie.train.claims import ClaimExamples, train_claims
from arxivie.train.data import paper_of, read_corpus
from arxivie.train.entities import EntityExamples, collect
from arxivie.train.results import ResultExamples, collect_results

Weighted = Sequence[tuple[dict[str, Any], float]]

#: strengths of the L2 penalty, without and with the tagger; chosen by cross-validation on papers unseen by the tagger
L2, L2_WITH_TAGGER, L2_ROLES_WITH_TAGGER = 2.0, 8.0, 5.0
#: what a silver paper counts beside a gold one
SILVER_WEIGHT = 0.8
#: what stands behind the finders whose candidates are weighed
_BEHIND = ORDER[ORDER.index("arxivie_resolve") :]


def finders(tagger: str | Path | None) -> Language:
    """The pipeline up to the tagger."""
    return load(tagger=tagger, disable=_BEHIND)


class SeenDocs:
    """The Docs that a pipeline makes, each made once."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self.vocab = nlp.vocab
        self._made: dict[str, Doc] = {}

    def __call__(self, text: str) -> Doc:
        """The Doc of a text; whoever asks again gets the same one and must leave it as it is."""
        if text not in self._made:
            self._made[text] = self.nlp(text)
        return self._made[text]

    def opinion(self, doc: Doc) -> Doc:
        """Set what the tagger makes of the text of ``doc`` on it."""
        doc.user_data[TAGGER] = self(doc.text).user_data[TAGGER]
        return doc


def build(records: Weighted, unseen: Weighted, tagger: str | Path | None) -> dict[str, Weigher]:
    """All models.

    Args:
        records: corpus records (see `arxivie.train.data`) with their weights.
        unseen: those that the tagger was not trained on; empty to build nothing that needs a tagger.
        tagger: the tagger's folder, ``"default"`` for the one that ships, None for none.
    """
    plain = collect(records, finders(None), lambda doc: None)
    models: dict[str, Weigher] = {**plain.fit_entities("entity", l2=L2), **plain.fit_roles("role", l2=L2)}
    vocab = plain.nlp.vocab
    figures = collect_results(records, vocab).fit()
    models |= {**figures, **train_claims(records, vocab)}
    if tagger is not None and unseen:
        models |= with_tagger(unseen, SeenDocs(finders(tagger)), figures)
    return models


def with_tagger(unseen: Weighted, docs: SeenDocs, start: Mapping[str, HiddenModel]) -> dict[str, Weigher]:
    """The models that know the tagger: those of the entities, then those of the figures and claims.

    Those of the figures go on from ``start``, which many more papers have taught, but no tagger. Figures and claims are
    learned with the entities that are extracted, by models of the other half of the papers, so that the weights know
    how far an entity can be trusted.
    """
    if len(unseen) < 2:
        raise ConfigurationError("one paper that the tagger has not seen is too few: its halves learn from each other")
    halves = unseen[::2], unseen[1::2]
    examples = [collect(half, docs, tagger_view) for half in halves]
    figures = ResultExamples(docs.vocab, docs.opinion)
    claims = ClaimExamples(docs.vocab, docs.opinion)
    for half, others in zip(halves, reversed(examples), strict=True):
        resolver = Resolver(_entities_with_tagger(others), tagger_view, short_metrics())
        for record, weight in half:
            found = resolver.resolve(docs(paper_of(record).aligned.reading))
            figures.add(record, weight, found)
            claims.add(record, weight, [e for e in found if not e.doubtful])
    first, second = examples
    return {**_entities_with_tagger(first + second), **figures.fit(TAGGED, start), **claims.fit(TAGGED)}


def _entities_with_tagger(examples: EntityExamples) -> dict[str, LinearModel]:
    entities = examples.fit_entities(f"entity{TAGGED}", l2=L2_WITH_TAGGER)
    return entities | examples.fit_roles(f"role{TAGGED}", l2=L2_ROLES_WITH_TAGGER)


def unseen_ids(tagger: str | Path | None) -> frozenset[str]:
    """The annotated papers that a tagger's ``meta.json`` says it never saw with their labels."""
    if tagger is None:
        return frozenset()
    meta = json.loads((MODEL if tagger == "default" else Path(tagger)).joinpath(META).read_text("utf-8"))
    return frozenset(meta.get("unseen", ()))


def main(arguments: Sequence[str] | None = None) -> int:
    """``python -m arxivie.train.weights``: rebuild the weights from joined corpora; only their train split is used."""
    parser = argparse.ArgumentParser(prog="arxivie.train.weights", description=main.__doc__)
    parser.add_argument("--gold", nargs="+", type=Path, required=True, help="joined corpora")
    parser.add_argument("--silver", nargs="*", type=Path, default=[], help="joined corpora of less weight")
    parser.add_argument("--tagger", default="default", help="a tagger's folder; none for rules alone")
    parser.add_argument("--out", type=Path, default=MODEL, help="the folder to write into")
    given = parser.parse_args(arguments)
    tagger = None if given.tagger == "none" else given.tagger
    corpora = ((given.gold, 1.0), (given.silver, SILVER_WEIGHT))
    records = [
        (record, weight)
        for paths, weight in corpora
        for record in read_corpus(paths)
        if record.get("split", "train") == "train"
    ]
    unseen = unseen_ids(tagger)
    models = build(records, [(r, w) for r, w in records if r["id"] in unseen], tagger)
    write_models(models, given.out)
    print(f"{len(records)} papers, {len(models)} models: {given.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
