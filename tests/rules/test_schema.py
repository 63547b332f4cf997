from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from arxivie.rules.schema import Rule, WordClass

GOOD: dict[str, Any] = {
    "id": "dataset.x",
    "why": "w",
    "tokens": [{"LOWER": "x"}],
    "fires": ["[x](dataset)"],
    "silent": ["x"],
}


def test_a_rule_with_examples_is_one() -> None:
    assert Rule.model_validate(GOOD).label == "dataset"


@pytest.mark.parametrize(
    "change",
    [
        {"fires": []},
        {"silent": []},
        {"tokens": []},
        {"id": "Dataset.x"},
        {"id": "dataset"},
        {"note": "an unknown key"},
        {"tokens": [{"LOWER": "X"}]},
        {"tokens": [{"LOWER": {"IN": ["X"]}}]},
        {"tokens": [{"POS": "NOUN"}]},
        {"tokens": [{"LOWER": "x", "OP": "{2}"}]},
        {"tokens": [{"LOWER": {}}]},
        {"tokens": [{"TEXT": {"REGEX": "("}}]},
        {"tokens": [{"IS": "@Name"}]},
        {"tokens": [{"LOWER": "x", "OP": "?"}]},
        {"unless": [[{"LOWER": "y", "AS": "dataset"}]]},
        {"unless": [[]]},
        {"within": "body"},
    ],
)
def test_what_a_rule_must_not_say(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Rule.model_validate(GOOD | change)


@pytest.mark.parametrize(
    "data",
    [
        {"why": "w"},
        {"why": "w", "words": ["a"], "regex": "a"},
        {"why": "w", "words": ["A"]},
        {"why": "w", "words": ["a", "a"]},
        {"why": "w", "words": ["a"], "without": ["b"]},
        {"why": "w", "regex": "("},
        {"words": ["a"]},
    ],
)
def test_what_a_class_must_not_say(data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        WordClass.model_validate(data)
