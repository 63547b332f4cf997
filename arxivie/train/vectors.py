"""floret vectors: subword embeddings trained on the unlabelled abstracts, the student's starting point."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arxivie.errors import ConfigurationError
from arxivie.pipes.words import SUBWORDS

#: the settings of `train_vectors`; one thread, since more would make the table differ from run to run
FLORET: dict[str, Any] = {
    "model": "cbow",
    "mode": "floret",
    "dim": 128,
    "bucket": 40_000,
    "minn": SUBWORDS["minn"],
    "maxn": SUBWORDS["maxn"],
    "hashCount": SUBWORDS["hash_count"],
    "epoch": 4,
    "lr": 0.05,
    "ws": 5,
    "neg": 10,
    "minCount": 8,
    "thread": 1,
}


def train_vectors(texts: Iterable[Iterable[str]], folder: Path) -> Path:
    """Train floret on the words of the texts; returns the path of the ``.floret`` table."""
    import floret  # type: ignore[import-untyped]

    folder.mkdir(parents=True, exist_ok=True)
    plain, table = folder / "floret.txt", folder / "vectors.floret"
    with open(plain, "w", encoding="utf-8") as lines:
        for words in texts:
            lines.write(" ".join(word for word in words if not word.isspace()) + "\n")
    floret.train_unsupervised(str(plain), **FLORET).save_floret_vectors(str(table))
    return table


def read_vectors(path: str | Path) -> NDArray[np.float32]:
    """The table of a ``.floret`` file, [buckets, width].

    Raises:
        ConfigurationError: where the file was made with other subwords than the tagger's.
    """
    with open(path, encoding="utf-8") as lines:
        rows, width, minn, maxn, hashes, seed, bow, eow = next(lines).rstrip("\n").split(" ")[:8]
        found = {"minn": int(minn), "maxn": int(maxn), "hash_count": int(hashes), "hash_seed": int(seed)}
        if {**found, "bow": bow, "eow": eow} != SUBWORDS:
            raise ConfigurationError(f"{path} was made with other subword settings: {found}")
        table = np.zeros((int(rows), int(width)), dtype=np.float32)
        for line in lines:
            number, *values = line.rstrip().split(" ")
            table[int(number)] = np.array(values, dtype=np.float32)
    return table
