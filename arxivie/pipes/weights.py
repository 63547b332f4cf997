"""The files that hold the models which weigh candidates: ``linear.json`` and ``hidden.npz`` of one folder."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from arxivie.errors import ConfigurationError
from arxivie.pipes.hidden import HiddenModel, restored, stored
from arxivie.pipes.linear import LinearModel, Weigher
from arxivie.resources import MODEL

_LINEAR, _HIDDEN = "linear.json", "hidden.npz"


@lru_cache(maxsize=4)
def load_models(folder: Path = MODEL) -> dict[str, Weigher]:
    """The models of a folder by name.

    Raises:
        ConfigurationError: where one of the two files is missing or holds no weights.
    """
    return {**_read_linear(folder / _LINEAR), **_read_hidden(folder / _HIDDEN)}


def write_models(models: Mapping[str, Weigher], folder: Path = MODEL) -> None:
    """Write linear models as readable JSON, a feature a line, and those with hidden units as arrays."""

    def text(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    parts = []
    for name, model in sorted(models.items()):
        if isinstance(model, LinearModel):
            rows = ",\n".join(f"{text(feature)}:{text(row)}" for feature, row in sorted(model.weights.items()))
            parts.append(f'{text(name)}:{{"classes":{text(model.classes)},"weights":{{\n{rows}}}}}')
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _LINEAR).write_text('{"models":{\n' + ",\n".join(parts) + "}}\n", "utf-8")
    hidden = stored({name: model for name, model in models.items() if isinstance(model, HiddenModel)})
    np.savez_compressed(folder / _HIDDEN, **hidden)  # type: ignore[arg-type]


def _read_linear(path: Path) -> dict[str, Weigher]:
    try:
        data = json.loads(path.read_text("utf-8"))
        return {name: LinearModel(m["classes"], m["weights"]) for name, m in data["models"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _no_weights(path, error) from error


def _read_hidden(path: Path) -> dict[str, Weigher]:
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            return dict(restored(arrays))
    except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile, zlib.error) as error:
        raise _no_weights(path, error) from error


def _no_weights(path: Path, error: Exception) -> ConfigurationError:
    return ConfigurationError(f"{path} holds no weights: {error}; rebuild them with `python -m arxivie.train.weights`")
