"""What several test modules need."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from arxivie import Paper

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real listings and annotated abstracts beside the checkout; skips where there is none."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail("CI must have ../shared beside the checkout")
        pytest.skip("needs ../shared (real listings and gold), which only the project's own checkouts have")
    return folder


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline of rules, names and weights, without the learned tagger."""
    from arxivie import load

    return load(tagger=None)


@pytest.fixture(scope="session")
def samples(root: Path) -> list[Path]:
    """The sample listings."""
    return sorted((root / "corpora" / "sample").glob("[!R]*.md"))


@pytest.fixture(scope="session")
def annotated(nlp: Language, samples: list[Path]) -> list[Paper]:
    """All papers of the sample listings with their facts."""
    from arxivie import annotate, read

    return [paper for path in samples for paper in annotate(read(path), nlp)]
