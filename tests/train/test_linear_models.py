"""Fitting log-linear models on examples small enough to check by hand."""

from __future__ import annotations

import math

import pytest

pytest.importorskip("scipy", reason="fitting weights needs the extra `train`")

from arxivie.train.examples import Examples
from arxivie.train.linear import fit_binary, fit_choice, fit_classes

REPEATS = 10


def test_classes_are_told_apart_by_their_features() -> None:
    rows = [{"bias": 1.0, "red": 1.0}, {"bias": 1.0, "blue": 1.0}] * REPEATS
    labels = ["stop", "go"] * REPEATS
    model = fit_classes(rows, labels, [1.0] * len(rows), ("stop", "go"), l2=0.1)
    assert model.classes == ("stop", "go")
    assert model.probabilities({"bias": 1.0, "red": 1.0})["stop"] > 0.9
    assert model.probabilities({"bias": 1.0, "blue": 1.0})["go"] > 0.9
    assert model.probabilities({"bias": 1.0})["stop"] == pytest.approx(0.5, abs=0.05)


def test_without_features_the_shares_are_learnt() -> None:
    model = fit_classes([{"bias": 1.0}] * 40, ["a"] * 30 + ["b"] * 10, [1.0] * 40, ("a", "b"), l2=1e-6)
    assert model.probabilities({"bias": 1.0})["a"] == pytest.approx(0.75, abs=0.01)


def test_weights_of_examples_count() -> None:
    model = fit_classes([{"bias": 1.0}] * 20, ["a", "b"] * 10, [3.0, 1.0] * 10, ("a", "b"), l2=1e-6)
    assert model.probabilities({"bias": 1.0})["a"] == pytest.approx(0.75, abs=0.01)


def test_a_stronger_penalty_makes_smaller_weights() -> None:
    rows, labels = [{"red": 1.0}, {"blue": 1.0}] * REPEATS, ["stop", "go"] * REPEATS

    def size(l2: float) -> float:
        model = fit_classes(rows, labels, [1.0] * len(rows), ("stop", "go"), l2=l2)
        return sum(w * w for row in model.weights.values() for w in row)

    assert size(10.0) < size(0.1)


def test_rare_features_are_left_out() -> None:
    rows = [{"often": 1.0}] * REPEATS + [{"often": 1.0, "once": 1.0}]
    labels = ["a"] * REPEATS + ["b"]
    model = fit_classes(rows, labels, [1.0] * len(rows), ("a", "b"), l2=0.1, at_least=2)
    assert model.weights.keys() == {"often"}


def test_the_right_one_of_a_group_is_chosen() -> None:
    examples = Examples()
    for _ in range(REPEATS):
        examples.add([{"near": 1.0}, {"far": 1.0}, {"none": 1.0}], [True, False, False])
    model = fit_choice(examples, l2=0.1)
    assert model.classes == ("right",)
    assert model.score({"near": 1.0}) > max(model.score({"far": 1.0}), model.score({"none": 1.0})) + 2


def test_several_of_a_group_may_be_right() -> None:
    examples = Examples()
    for _ in range(REPEATS):
        examples.add([{"a": 1.0}, {"b": 1.0}, {"c": 1.0}], [True, True, False])
    model = fit_choice(examples, l2=0.1)
    assert model.score({"a": 1.0}) == pytest.approx(model.score({"b": 1.0}), abs=1e-3)
    assert model.score({"a": 1.0}) > model.score({"c": 1.0}) + 2


def test_a_candidate_by_itself_is_right_or_wrong() -> None:
    rows, right = [{"bias": 1.0, "good": 1.0}, {"bias": 1.0}] * REPEATS, [True, False] * REPEATS
    model = fit_binary(rows, right, [1.0] * len(rows), l2=0.1)
    assert model.probability({"bias": 1.0, "good": 1.0}) > 0.9
    assert model.probability({"bias": 1.0}) < 0.1


def test_the_fit_is_the_same_every_time() -> None:
    rows, labels = [{"a": 1.0, "b": math.pi}, {"b": 1.0}] * REPEATS, ["x", "y"] * REPEATS
    fits = [fit_classes(rows, labels, [1.0] * len(rows), ("x", "y"), l2=0.3).weights for _ in range(2)]
    assert fits[0] == fits[1]
