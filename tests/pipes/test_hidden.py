"""Models with hidden units: what they weigh, why, and how they are stored."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxivie.pipes.hidden import HiddenModel, restored, stored

#: one is right where it is near or early, not where it is both: no sum of weights says that
EITHER = HiddenModel(
    ["right"],
    ["near", "early", "bias"],
    [[0.0, 1.0, 1.0], [0.0, 1.0, 1.0], [-1.0, 0.0, 0.0]],
    [0.0, -1.0],
    [[2.0, -4.0]],
)
WIDE = HiddenModel(
    ["a", "b"], ["x", "y"], [[0.5, 0.25, 1.0, -1.0], [-0.5, 2.0, 0.5, 0.75]], [0.25, 0.5], [[1.0, -2.0], [0.5, 4.0]]
)


def test_features_are_weighed_together() -> None:
    assert EITHER.score({"bias": 1.0, "near": 1.0}) == 1.0
    assert EITHER.score({"bias": 1.0, "early": 1.0}) == 1.0
    assert EITHER.score({"bias": 1.0, "near": 1.0, "early": 1.0}) == -1.0
    assert EITHER.probability({"bias": 1.0}) == pytest.approx(1 / (1 + np.e))


def test_unknown_features_say_nothing() -> None:
    assert WIDE.scores({"never": 3.0}) == WIDE.scores({}) == pytest.approx([0.25 - 1.0, 0.125 + 2.0])


@given(st.dictionaries(st.sampled_from(["x", "y", "never"]), st.floats(-3, 3)))
def test_scores_follow_the_formula(features: dict[str, float]) -> None:
    values = np.array([features.get("x", 0.0), features.get("y", 0.0)], dtype=np.float32)
    sums = values @ WIDE.rows.astype(np.float32)
    wanted = sums[:2] + WIDE.out @ np.maximum(0.0, sums[2:] + WIDE.bias)
    assert WIDE.scores(features) == pytest.approx(wanted, abs=1e-4)


def test_the_sums_of_two_sets_of_features_are_those_of_both() -> None:
    parts = [WIDE.sums({"x": 1.0}), WIDE.sums({"y": 2.0})]
    both = [a + b for a, b in zip(*parts, strict=True)]
    assert WIDE.settle(both) == pytest.approx(WIDE.scores({"x": 1.0, "y": 2.0}))
    assert WIDE.settle(parts[0]) != pytest.approx(WIDE.settle(both))


def test_a_reason_is_what_the_score_would_lack() -> None:
    features = {"bias": 1.0, "near": 1.0, "early": 1.0, "unknown": 1.0}
    reasons = dict(EITHER.reasons(features, "right"))
    assert reasons.keys() == {"bias", "near", "early"}
    for name, part in reasons.items():
        rest = {f: v for f, v in features.items() if f != name}
        assert part == pytest.approx(EITHER.score(features) - EITHER.score(rest))
    assert reasons["near"] == pytest.approx(-2.0)


def test_a_reason_counts_for_its_class() -> None:
    features = {"x": 1.0, "y": 1.0}
    for k, name in enumerate(WIDE.classes):
        lacking = WIDE.scores(features)[k] - WIDE.scores({"y": 1.0})[k]
        assert dict(WIDE.reasons(features, name))["x"] == pytest.approx(lacking, abs=1e-6)
    assert len(WIDE.reasons(features, "a", most=1)) == 1


def test_stored_models_are_restored() -> None:
    empty = HiddenModel(["é\n"], [], np.zeros((0, 3)), [1.0, -1.0], [[0.5, 0.5]])
    odd = HiddenModel(["right"], ["+1=\n", "<\u2028"], [[1.0, 2.0], [3.0, 4.0]], [0.0], [[1.0]])
    models = {"kind": WIDE, "odd": odd, "metric+tagger": EITHER, "entity.a": empty}
    stream = io.BytesIO()
    np.savez(stream, **stored(models))
    stream.seek(0)
    with np.load(stream, allow_pickle=False) as arrays:
        again = restored(arrays)
    assert again.keys() == models.keys()
    for name, model in models.items():
        assert again[name].classes == model.classes
        assert again[name].known == model.known
        for features in ({}, {"x": 1.0, "y": -2.0}, {"near": 1.0, "early": 1.0}, {"+1=\n": 1.0}):
            assert again[name].scores(features) == model.scores(features)


@pytest.mark.parametrize(
    ("rows", "bias", "out"),
    [
        ([[1.0, 2.0]], [0.0], [[1.0, 1.0]]),  # out has a unit too many
        ([[1.0, 2.0, 3.0]], [0.0], [[1.0]]),  # so have the rows
        ([[1.0, 2.0], [1.0, 2.0]], [0.0], [[1.0]]),  # a row too many
    ],
)
def test_arrays_that_do_not_fit_are_refused(rows: list[list[float]], bias: list[float], out: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        HiddenModel(["right"], ["f"], rows, bias, out)
