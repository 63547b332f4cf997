"""The files that hold the models which weigh candidates."""

from __future__ import annotations

import io
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


def test_weights_are_read_from_their_files(tmp_path: Path) -> None:
    write_models({}, tmp_path)
    assert load_models(tmp_path) == {}
    load_models.cache_clear()
    content = {"models": {"kind": {"classes": ["a", "b"], "weights": {"bias": [1, 2]}}}}
    (tmp_path / "linear.json").write_text(json.dumps(content))
    assert load_models(tmp_path)["kind"].scores({"bias": 1.0}) == [1.0, 2.0]


def test_written_weights_are_read_back(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    write_models(MODELS, folder)
    again = load_models(folder)
    assert {name: (type(m), m.classes) for name, m in again.items()} == {
        name: (type(m), m.classes) for name, m in MODELS.items()
    }
    for name, model in MODELS.items():
        for features in ({}, {"f": 1.0}, {"f": 2.0, "é": 1.0, "g": 0.5}):
            assert again[name].scores(features) == model.scores(features)
    assert list(json.loads((folder / "linear.json").read_text("utf-8"))["models"]) == ["a", "b"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"models": {"kind": {}}}', '{"models": 3}', '{"models": []}'])
def test_a_file_without_weights_is_refused(tmp_path: Path, content: str) -> None:
    write_models(MODELS, tmp_path)
    (tmp_path / "linear.json").write_text(content)
    with pytest.raises(ConfigurationError, match=r"linear\.json holds no weights"):
        load_models(tmp_path)


@pytest.mark.parametrize("name", ["linear.json", "hidden.npz"])
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    write_models(MODELS, tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(ConfigurationError, match=rf"{name} holds no weights.*arxivie\.train\.weights"):
        load_models(tmp_path)


def array_file() -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.zeros(3))
    return stream.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not an archive", array_file()], ids=["empty", "broken", "array"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    write_models(MODELS, tmp_path)
    (tmp_path / "hidden.npz").write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"hidden\.npz holds no weights"):
        load_models(tmp_path)


@pytest.mark.parametrize(
    "changed",
    [
        {"c/out": np.zeros((2, 2))},
        {"c/bias": np.float32(1.0)},
        {"c/classes": np.frombuffer(b"3", dtype=np.uint8)},
        {"c/features": np.frombuffer(b'[["f"], "g"]', dtype=np.uint8)},
        {"d/out": np.zeros((1, 1))},
    ],
)
def test_hidden_units_that_do_not_fit_are_refused(tmp_path: Path, changed: dict[str, np.ndarray]) -> None:
    write_models(MODELS, tmp_path)
    hidden = tmp_path / "hidden.npz"
    with np.load(hidden) as arrays:
        whole = dict(arrays)
    np.savez(hidden, **(whole | changed))
    with pytest.raises(ConfigurationError, match=r"hidden\.npz holds no weights"):
        load_models(tmp_path)


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
