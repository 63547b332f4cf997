"""Fitting models with hidden units on examples small enough to check by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("torch", reason="fitting hidden units needs the extra `train`")

from arxivie.pipes.hidden import HiddenModel
from arxivie.train.examples import Examples
from arxivie.train.hidden import HiddenSettings, hidden_binary, hidden_choice, hidden_classes

SETTINGS = HiddenSettings(units=8, l2=0.01, l2_hidden=0.01, epochs=60, batch=8, learning_rate=0.02, at_least=1)
#: right where exactly one of two features is there: no log-linear model can tell
EITHER = [({"bias": 1.0}, False), ({"a": 1.0, "bias": 1.0}, True), ({"b": 1.0, "bias": 1.0}, True),
          ({"a": 1.0, "b": 1.0, "bias": 1.0}, False)]  # fmt: skip
REPEATS = 10


def either(settings: HiddenSettings = SETTINGS, start: HiddenModel | None = None) -> HiddenModel:
    rows, right = zip(*EITHER * REPEATS, strict=True)
    return hidden_binary(rows, right, [1.0] * len(rows), settings, start)


def test_features_are_learned_together() -> None:
    model = either()
    assert model.classes == ("right",)
    for row, right in EITHER:
        assert (model.probability(row) > 0.8) if right else (model.probability(row) < 0.2)


def test_the_right_one_of_a_group_is_chosen() -> None:
    examples = Examples()
    for _ in range(REPEATS):
        examples.add([{"near": 1.0}, {"far": 1.0}, {"none": 1.0}], [True, False, False])
        examples.add([{"far": 1.0, "near": 1.0}, {"none": 1.0}], [False, True])
    model = hidden_choice(examples, SETTINGS)
    assert model.score({"near": 1.0}) > max(model.score({"far": 1.0}), model.score({"none": 1.0})) + 1
    assert model.score({"none": 1.0}) > model.score({"far": 1.0, "near": 1.0}) + 1


def test_several_of_a_group_may_be_right() -> None:
    examples = Examples()
    for _ in range(REPEATS):
        examples.add([{"a": 1.0}, {"b": 1.0}, {"c": 1.0}], [True, True, False])
    model = hidden_choice(examples, SETTINGS)
    assert min(model.score({"a": 1.0}), model.score({"b": 1.0})) > model.score({"c": 1.0}) + 1


def test_classes_are_told_apart_by_features_together() -> None:
    rows = [row for row, _ in EITHER] * REPEATS
    labels = ["none", "a", "b", "both"] * REPEATS
    model = hidden_classes(rows, labels, [1.0] * len(rows), ("none", "a", "b", "both"), SETTINGS)
    for row, label in zip(rows[:4], labels[:4], strict=True):
        assert model.probabilities(row)[label] > 0.8


def test_weights_of_examples_count() -> None:
    rows = [{"bias": 1.0}] * 40
    model = hidden_binary(rows, [True, False] * 20, [3.0, 1.0] * 20, SETTINGS)
    assert model.probability({"bias": 1.0}) == pytest.approx(0.75, abs=0.03)


def test_rare_features_are_left_out() -> None:
    rows = [{"often": 1.0}] * REPEATS + [{"often": 1.0, "once": 1.0}]
    model = hidden_binary(rows, [True] * REPEATS + [False], [1.0] * len(rows), replace(SETTINGS, at_least=2))
    assert model.known == {"often": 0}


def test_a_stronger_penalty_makes_smaller_weights() -> None:
    few = replace(SETTINGS, epochs=10)
    free, direct, hidden = (either(s) for s in (few, replace(few, l2=50.0), replace(few, l2_hidden=50.0)))

    def sizes(model: HiddenModel) -> tuple[float, float, float]:
        return tuple(float((part**2).sum()) for part in (model.rows[:, :1], model.rows[:, 1:], model.out))

    assert sizes(direct)[0] < 0.5 * sizes(free)[0]
    assert all(a < 0.05 * b for a, b in zip(sizes(hidden)[1:], sizes(free)[1:], strict=True))


def test_a_model_goes_on_from_another_one() -> None:
    first = either()
    same = either(replace(SETTINGS, epochs=0, units=3), first)
    assert [same.scores(row) for row, _ in EITHER] == [first.scores(row) for row, _ in EITHER]
    rows = [{"a": 1.0, "new": 1.0}] * REPEATS
    on = hidden_binary(rows, [False] * REPEATS, [1.0] * REPEATS, replace(SETTINGS, epochs=5), first)
    assert list(on.known) == [*first.known, "new"]
    assert len(on.bias) == len(first.bias)
    assert on.score({"a": 1.0, "new": 1.0}) < first.score({"a": 1.0})


def test_the_fit_is_the_same_every_time_and_another_with_another_seed() -> None:
    a, b, c = (either(replace(SETTINGS, epochs=2, seed=seed)) for seed in (1, 1, 2))
    assert a.rows.tolist() == b.rows.tolist() != c.rows.tolist()


def test_without_features_nothing_is_learned() -> None:
    model = hidden_binary([{"once": 1.0}], [True], [1.0], replace(SETTINGS, at_least=2, epochs=1))
    assert model.known == {}
    assert 0.0 < model.probability({"once": 1.0}) < 1.0
