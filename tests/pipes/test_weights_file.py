"""The files that hold the models which weigh candidates."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from arxivie.errors import ConfigurationError
from arxivie.pipes.hidden import HiddenModel
from arxivie.pipes.linear import TAGGED, LinearModel, Weigher
from arxivie.pipes.weights import load_models, write_models

MODELS: dict[str, Weigher] = {
    "b": LinearModel(["x", "y"], {"f": [0.5, -0.25]}),
    "a": LinearModel(["right"], {"é": [1.0]}),
    "c": HiddenModel(["right"], ["f", "g"], [[1.0, 0.5], [-1.0, 0.25]], [0.5], [[2.0]]),
}


def test_weights_are_read_from_their_file(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"models": {"kind": {"classes": ["a", "b"], "weights": {"bias": [1, 2]}}}}))
    assert load_models(path)["kind"].scores({"bias": 1.0}) == [1.0, 2.0]


def test_written_weights_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "model" / "linear.json"
    write_models(MODELS, path)
    again = load_models(path)
    assert {name: (type(m), m.classes) for name, m in again.items()} == {
        name: (type(m), m.classes) for name, m in MODELS.items()
    }
    for name, model in MODELS.items():
        for features in ({}, {"f": 1.0}, {"f": 2.0, "é": 1.0, "g": 0.5}):
            assert again[name].scores(features) == model.scores(features)
    assert list(json.loads(path.read_text("utf-8"))["models"]) == ["a", "b"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"models": {"kind": {}}}', '{"models": 3}', '{"models": []}'])
def test_a_file_without_weights_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "weights.json"
    path.write_text(content)
    with pytest.raises(ConfigurationError, match=r"weights\.json holds no weights"):
        load_models(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"arxivie\.train\.weights"):
        load_models(tmp_path / "none.json")


def test_hidden_units_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "linear.json"
    write_models(MODELS, path)
    hidden = tmp_path / "hidden.npz"
    with np.load(hidden) as arrays:
        whole = dict(arrays)
    for broken in (whole | {"c/out": np.zeros((2, 2))}, {k: v for k, v in whole.items() if k != "c/bias"}):
        np.savez(hidden, **broken)
        load_models.cache_clear()
        with pytest.raises(ConfigurationError, match=r"hidden\.npz holds no weights"):
            load_models(path)
    hidden.write_bytes(b"PK\x03\x04 not an archive")
    with pytest.raises(ConfigurationError, match=r"hidden\.npz holds no weights"):
        load_models(path)


def test_the_shipped_files_have_every_model() -> None:
    models = load_models()
    wanted = {"kind", "metric", "dataset", "method", "role.dataset", "role.method", "claim"}
    wanted |= {f"entity.{label}" for label in ("dataset", "method", "task", "metric")}
    assert wanted <= models.keys()
    linear = [m for m in models.values() if isinstance(m, LinearModel)]
    assert linear
    assert all(len(row) == len(m.classes) for m in linear for row in m.weights.values())


def test_the_shipped_weights_know_the_tagger() -> None:
    models = load_models()
    tagged = {name for name in models if TAGGED in name}
    assert {name.replace(TAGGED, "") for name in tagged} == models.keys() - tagged
