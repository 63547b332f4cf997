"""Annotated papers as examples for the weighing of figures."""

from __future__ import annotations

import pytest
import spacy

pytest.importorskip("torch", reason="fitting weights needs the extra `train`")

from arxivie.pipes.entities import EntityRecord
from arxivie.pipes.quantities import Quantity
from arxivie.train.data import gold_doc
from arxivie.train.results import ResultExamples, as_annotated, gold_entities, match_results

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


def quantity(value: float, value_max: float | None = None) -> Quantity:
    return Quantity(0, 1, value, value_max)


def test_figures_are_matched_by_value_in_the_order_of_the_text() -> None:
    first, second = {"value": 3, "kind": "a"}, {"value": 3.0, "kind": "b"}
    found = [quantity(3.0), quantity(5.0), quantity(3.0)]
    assert match_results(found, [first, second]) == {0: first, 2: second}
    assert match_results(found, [{"value": 4, "kind": "a"}]) == {}


def test_a_range_is_no_number() -> None:
    assert match_results([quantity(6.0, 7.0)], [{"value": 6, "kind": "gain"}]) == {}
    assert match_results([quantity(6.0, 7.0)], [{"value": 6, "value_max": 7, "kind": "a"}]).keys() == {0}


def test_only_a_change_may_have_lost_its_sign() -> None:
    found = [quantity(-0.28)]
    assert match_results(found, [{"value": 0.28, "kind": "loss"}]).keys() == {0}
    assert match_results(found, [{"value": -0.28, "kind": "score"}]).keys() == {0}
    assert match_results(found, [{"value": 0.28, "kind": "score"}]) == {}


def test_annotated_entities_have_their_mentions() -> None:
    entities = gold_entities(gold_doc(RECORD, VOCAB), RECORD["facts"])
    assert [(e.label, e.name, len(e.mentions), e.role) for e in entities] == [
        ("dataset", "CUB", 1, "used"),
        ("dataset", "Cars", 1, "used"),
        ("method", "BarNet", 2, "proposed"),
        ("metric", "accuracy", 1, None),
    ]


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


def test_extracted_entities_get_their_annotated_names() -> None:
    found = [
        EntityRecord("dataset", "cub", [(9, 10)], ["CUBs"], confidence=0.7),
        EntityRecord("dataset", "Foo", [(1, 2)], ["Foo"]),
        EntityRecord("metric", "CUB", [(3, 4)], ["CUB"]),
    ]
    made = as_annotated(found, RECORD["facts"])
    assert [(e.name, e.confidence) for e in made] == [("CUB", 0.7), ("Foo", 1.0), ("CUB", 1.0)]


def test_where_nothing_was_extracted_there_is_none_to_choose() -> None:
    examples = ResultExamples(VOCAB)
    examples.add(RECORD, 1.0, [])
    assert examples.metric.right == examples.method.right == [True, True]
    assert examples.datasets == []
