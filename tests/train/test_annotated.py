"""Annotated entities and results, found again in a text."""

from __future__ import annotations

from typing import Any

import spacy

from arxivie.pipes.entities import EntityRecord
from arxivie.pipes.quantities import Quantity
from arxivie.train.annotated import as_annotated, gold_entities, match_results
from arxivie.train.data import gold_doc

RECORD: dict[str, Any] = {
    "id": "2101.00001",
    "title": "BarNet for lane detection",
    "abstract": "We train BarNet on 1,000 images. It reaches 88.1% accuracy on CUB and 91.4% on Cars.",
    "facts": {
        "datasets": [{"name": name, "surfaces": [name], "role": "used"} for name in ("CUB", "Cars", "Unseen")],
        "methods": [{"name": "BarNet", "surfaces": ["BarNet"], "role": "proposed"}],
        "metrics": [{"name": "accuracy", "surfaces": ["accuracy"]}],
    },
}


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
    entities = gold_entities(gold_doc(RECORD, spacy.blank("en").vocab), RECORD["facts"])
    assert [(e.label, e.name, len(e.mentions), e.role) for e in entities] == [
        ("dataset", "CUB", 1, "used"),
        ("dataset", "Cars", 1, "used"),
        ("method", "BarNet", 2, "proposed"),
        ("metric", "accuracy", 1, None),
    ]


def test_extracted_entities_get_their_annotated_names() -> None:
    found = [
        EntityRecord("dataset", "cub", [(9, 10)], ["CUBs"], confidence=0.7),
        EntityRecord("dataset", "Foo", [(1, 2)], ["Foo"]),
        EntityRecord("metric", "CUB", [(3, 4)], ["CUB"]),
    ]
    made = as_annotated(found, RECORD["facts"])
    assert [(e.name, e.confidence) for e in made] == [("CUB", 0.7), ("Foo", 1.0), ("CUB", 1.0)]
