"""What spaCy must know to build the tagger: its factory, its architecture and its scorer, all imported lazily."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from spacy.language import Language
from spacy.util import registry


@registry.architectures("arxivie.Tagger.v1")  # type: ignore[untyped-decorator]
def tagger_network(
    width: int = 160,
    pieces: int = 2,
    before: list[int] = [1, 2, 4, 8],  # noqa: B006 (never changed; spaCy's config wants lists)
    after: list[int] = [1, 2],  # noqa: B006
    subword_rows: int = 40_000,
    subword_width: int = 128,
    view_rows: int = 3_000,
    view_width: int = 64,
) -> Any:
    """`arxivie.pipes.network.build_network` with the columns of all heads."""
    sizes = dict(locals())
    labels = sum(map(len, import_module("arxivie.pipes.decode").HEADS.values()))
    return import_module("arxivie.pipes.network").build_network(labels, **sizes)


@registry.scorers("arxivie.tagger_scorer.v1")  # type: ignore[untyped-decorator]
def tagger_scorer() -> Callable[..., Any]:
    """`arxivie.pipes.tagger.score_tagger`."""
    score: Callable[..., Any] = import_module("arxivie.pipes.tagger").score_tagger
    return score


@Language.factory(
    "arxivie_tagger",
    default_config={
        "model": {"@architectures": "arxivie.Tagger.v1"},
        "scorer": {"@scorers": "arxivie.tagger_scorer.v1"},
    },
    default_score_weights={
        "tagger_f": 0.7,
        "tagger_p": 0.0,
        "tagger_r": 0.0,
        "tagger_claim_f": 0.1,
        "tagger_role_acc": 0.1,
        "tagger_quantity_acc": 0.1,
        "tagger_per_type": None,
    },
)
def tagger(nlp: Language, name: str, model: Any, scorer: Callable[..., Any] | None) -> Any:
    """`arxivie.pipes.tagger.Tagger`."""
    return import_module("arxivie.pipes.tagger").Tagger(nlp.vocab, model, name, scorer=scorer)
