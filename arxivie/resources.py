"""Where the data that ships with the package lies."""

from __future__ import annotations

from pathlib import Path

#: the folder of the tagger and of the weights behind it
MODEL = Path(__file__).resolve().parent / "model"


def patterns_dir() -> Path:
    """The folder ``patterns/``: inside the package in a wheel, at the repository root in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "patterns"
    return inside if inside.is_dir() else package.parent / "patterns"


def sample_dir() -> Path:
    """The folder of the sample listings, about papers that were made up."""
    package = Path(__file__).resolve().parent
    inside = package / "sample"
    return inside if inside.is_dir() else package.parent / "corpora" / "sample"
