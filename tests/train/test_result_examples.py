"""Annotated papers as examples for the weighing of figures."""

from __future__ import annotations

import pytest
import spacy

pytest.importorskip("torch", reason="fitting weights needs the extra `train`")

from arxivie.train.results import ResultExamples

VOCAB = spacy.blank("en").vocab
RECORD = {
    "id": "2101.00001",
    "title": "BarNet for lane detection",
    "abstract": "We train BarNet on 1,000 images. It reaches 88.1% accuracy on CUB and 91.4% on Cars.",
    "facts": {
        "datasets": [
            {"name": "CUB", "surfaces": ["CUB"], "role": "used"},
            {"name": "Cars", "surfaces": ["Cars"], "role": "used"},
            {"name": "Unseen", "surfaces": ["Unseen"], "role": "used"},
        ],
        "methods": [{"name": "BarNet", "surfaces": ["BarNet"], "role": "proposed"}],
        "metrics": [{"name": "accuracy", "surfaces": ["accuracy"]}],
        "results": [
            {"value": 88.1, "value_text": "88.1%", "kind": "score", "metric": "accuracy", "datasets": ["CUB"],
             "method": "BarNet", "quote": "It reaches 88.1% accuracy on CUB"},
            {"value": 91.4, "value_text": "91.4%", "kind": "score", "metric": "accuracy", "datasets": ["Cars"],
             "method": "BarNet", "quote": "and 91.4% on Cars"},
        ],
    },
}  # fmt: skip


def test_every_figure_is_an_example() -> None:
    examples = ResultExamples(VOCAB)
    examples.add(RECORD, 2.0)
    assert [(kind, weight) for _, kind, weight in examples.kinds] == [("none", 2.0), ("score", 2.0), ("score", 2.0)]
    assert examples.metric.sizes == [2, 2]
    assert examples.metric.right == [False, True] * 2
    assert [right for _, right, _ in examples.datasets] == [True, False, False, True]
    assert examples.method.right == [False, True] * 2


def test_a_result_without_metric_and_method_teaches_none() -> None:
    result = {"value": 88.1, "value_text": "88.1%", "kind": "score", "quote": "It reaches 88.1% accuracy on CUB"}
    examples = ResultExamples(VOCAB)
    examples.add(RECORD | {"facts": RECORD["facts"] | {"results": [result]}})
    assert examples.metric.right == [True, False]
    assert examples.method.right == [True, False]
    assert not any(right for _, right, _ in examples.datasets)


def test_models_learn_what_the_examples_say() -> None:
    examples = ResultExamples(VOCAB)
    for _ in range(80):
        examples.add(RECORD)
    models = examples.fit()
    assert models.keys() == {"kind", "metric", "dataset", "method"}
    (none, _, _), (score, _, _), _ = examples.kinds[:3]
    assert max(models["kind"].probabilities(none).items(), key=lambda kv: kv[1])[0] == "none"
    assert max(models["kind"].probabilities(score).items(), key=lambda kv: kv[1])[0] == "score"
    chances = [models["dataset"].probability(row) for row, _, _ in examples.datasets[:4]]
    assert chances[0] > 0.5 > chances[1]
    on = examples.fit("+on", models)
    assert on.keys() == {f"{name}+on" for name in models}
    assert all(list(models[name].known) == list(on[f"{name}+on"].known)[: len(models[name].known)] for name in models)


def test_where_nothing_was_extracted_there_is_none_to_choose() -> None:
    examples = ResultExamples(VOCAB)
    examples.add(RECORD, 1.0, [])
    assert examples.metric.right == examples.method.right == [True, True]
    assert examples.datasets == []
