"""All models from a few annotated papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="fitting weights needs the extra `train`")

from arxivie.errors import ConfigurationError
from arxivie.pipes import resolve
from arxivie.pipes.hidden import HiddenModel
from arxivie.pipes.linear import TAGGED
from arxivie.pipes.tagger import KEY
from arxivie.train.claims import ClaimExamples
from arxivie.train.data import paper_of
from arxivie.train.results import ResultExamples
from arxivie.train.weights import SeenDocs, build, finders, unseen_ids, with_tagger

CLAIM = "it outperforms the state of the art on CUB, outperforming previous methods"
RECORD: dict[str, Any] = {
    "id": "2101.00001",
    "title": "BarNet for lane detection",
    "abstract": "We propose BarNet, train it on CIFAR-10 with GANs and reach 88.1% accuracy on CUB. "
    f"In lane detection, {CLAIM}. It outperforms all baselines, and surpasses GANs.",
    "facts": {
        "datasets": [{"name": n, "surfaces": [n], "role": "used"} for n in ("CUB", "CIFAR-10")],
        "methods": [{"name": "BarNet", "surfaces": ["BarNet"], "role": "proposed"},
                    {"name": "GAN", "surfaces": ["GANs"], "role": "used", "generic": True}],
        "tasks": [{"name": "lane detection", "surfaces": ["lane detection"]}],
        "metrics": [{"name": "accuracy", "surfaces": ["accuracy"]}],
        "results": [{"value": 88.1, "value_text": "88.1%", "kind": "score", "metric": "accuracy", "datasets": ["CUB"],
                     "method": "BarNet", "quote": "reach 88.1% accuracy on CUB"}],
        "claims": [{"status": "sota", "quote": CLAIM, "datasets": ["CUB"], "tasks": ["lane detection"]}],
    },
}  # fmt: skip


def test_every_model_is_learned_with_the_tagger_and_without() -> None:
    records = [(RECORD, 1.0)] * 16
    models = build(records, records, "default")
    tagged = {name for name in models if TAGGED in name}
    assert {name.replace(TAGGED, "") for name in tagged} == models.keys() - tagged
    for name in ("kind", "metric", "dataset", "method"):
        alone, on = models[name], models[f"{name}{TAGGED}"]
        assert isinstance(alone, HiddenModel)
        assert isinstance(on, HiddenModel)
        assert alone.known.items() < on.known.items(), "a model with the tagger goes on from the one without"
        assert np.abs(on.rows[: len(alone.rows)].astype(float) - alone.rows).max() < 0.1


def test_figures_learn_from_doubtful_entities_and_claims_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    learned: dict[type, set[bool]] = {ResultExamples: set(), ClaimExamples: set()}

    def noted(kind: type) -> Callable[..., None]:
        add = kind.add

        def note(self: Any, record: Any, weight: float = 1.0, extracted: Any = None) -> None:
            learned[kind] |= {e.doubtful for e in extracted or ()}
            add(self, record, weight, extracted)

        return note

    for kind in learned:
        monkeypatch.setattr(kind, "add", noted(kind))
    monkeypatch.setitem(resolve.THRESHOLDS, "metric", 1.0)
    monkeypatch.setitem(resolve.DOUBTFUL_FROM, "metric", 0.0)
    build([(RECORD, 1.0)] * 4, [(RECORD, 1.0)] * 4, "default")
    assert learned == {ResultExamples: {False, True}, ClaimExamples: {False}}


def test_a_text_passes_the_tagger_once_and_learning_leaves_it_as_it_is() -> None:
    docs = SeenDocs(finders("default"))
    text = paper_of(RECORD).aligned.reading
    first = docs(text)
    before = {label: [(s.start, s.end) for s in spans] for label, spans in first.spans.items()}
    assert before["metric"]
    with_tagger([(RECORD, 1.0)] * 4, docs, {})
    assert docs(text) is first
    assert {label: [(s.start, s.end) for s in spans] for label, spans in first.spans.items()} == before
    assert docs.opinion(docs.nlp.make_doc(text)).user_data[KEY] is first.user_data[KEY]


def test_one_paper_has_no_halves() -> None:
    with pytest.raises(ConfigurationError, match="too few"):
        build([(RECORD, 1.0)] * 4, [(RECORD, 1.0)], "default")


def test_the_shipped_tagger_tells_what_it_never_saw(tmp_path: Path) -> None:
    unseen = unseen_ids("default")
    assert len(unseen) > 100
    assert unseen_ids(None) == frozenset()
    (tmp_path / "meta.json").write_text('{"unseen": ["2105.00001"]}')
    assert unseen_ids(tmp_path) == {"2105.00001"}
