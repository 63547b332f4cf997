"""Log-linear models and the file that holds them."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxivie.errors import ConfigurationError
from arxivie.pipes.linear import TAGGED, LinearModel, load_models, softmax

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


def test_weights_are_read_from_their_file(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"models": {"kind": {"classes": ["a", "b"], "weights": {"bias": [1, 2]}}}}))
    assert load_models(path)["kind"].scores({"bias": 1.0}) == [1.0, 2.0]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"models": {"kind": {}}}', '{"models": 3}', '{"models": []}'])
def test_a_file_without_weights_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "weights.json"
    path.write_text(content)
    with pytest.raises(ConfigurationError, match=r"weights\.json holds no weights"):
        load_models(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"arxivie\.train\.weights"):
        load_models(tmp_path / "none.json")


def test_the_shipped_file_has_every_model() -> None:
    models = load_models()
    wanted = {"kind", "metric", "dataset", "method", "role.dataset", "role.method", "claim"}
    wanted |= {f"entity.{label}" for label in ("dataset", "method", "task", "metric")}
    assert wanted <= models.keys()
    assert all(len(row) == len(m.classes) for m in models.values() for row in m.weights.values())


def test_the_shipped_weights_know_the_tagger() -> None:
    models = load_models()
    tagged = {name for name in models if TAGGED in name}
    assert {name.replace(TAGGED, "") for name in tagged} == models.keys() - tagged
