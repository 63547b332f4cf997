"""Log-linear models."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxivie.pipes.linear import LinearModel, softmax

MODEL = LinearModel(["yes", "no"], {"bias": [0.5, 0.0], "loud": [2.0, -1.0]})


def test_a_score_is_the_sum_of_values_times_weights() -> None:
    assert MODEL.scores({"bias": 1.0, "loud": 2.0, "unknown": 9.0}) == [4.5, -2.0]
    assert MODEL.score({"bias": 1.0}) == 0.5
    assert MODEL.scores({}) == [0.0, 0.0]


def test_probabilities_follow_the_scores() -> None:
    chances = MODEL.probabilities({"bias": 1.0, "loud": 1.0})
    assert chances["yes"] == pytest.approx(1 / (1 + math.exp(-3.5)))
    assert sum(chances.values()) == pytest.approx(1)
    assert LinearModel(["right"], {"a": [1.0]}).probability({"a": 0.0}) == 0.5


def test_the_loudest_reasons_come_first() -> None:
    assert MODEL.reasons({"bias": 1.0, "loud": 1.0, "unknown": 1.0}, "no") == [("loud", -1.0), ("bias", 0.0)]
    assert MODEL.reasons({"bias": 1.0, "loud": 1.0}, "yes", most=1) == [("loud", 2.0)]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_softmax_is_a_distribution_in_the_order_of_the_scores(scores: list[float]) -> None:
    chances = softmax(scores)
    assert sum(chances) == pytest.approx(1)
    assert chances[scores.index(max(scores))] == max(chances)


@given(st.floats(-1e9, 1e9))
def test_a_probability_never_overflows(value: float) -> None:
    assert 0 <= LinearModel(["right"], {"a": [1.0]}).probability({"a": value}) <= 1
