"""Docs for the tests of the components."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
import spacy
from spacy.tokens import Doc

from arxivie.pipes.linear import LinearModel
from arxivie.pipes.sentences import SentenceFinder
from arxivie.pipes.tokens import FactTokenizer

MakeDoc = Callable[[str], Doc]


@pytest.fixture(scope="session")
def read() -> MakeDoc:
    """Makes a Doc of a text: cut into tokens and sentences, nothing else."""
    tokenize, mark = FactTokenizer(spacy.blank("en").vocab), SentenceFinder()
    return lambda text: mark(tokenize(text))


class Always(LinearModel):
    """A model that says the same of everything: all its probability on one class."""

    def __init__(self, classes: Sequence[str], wanted: str) -> None:
        super().__init__(classes, {"bias": [10.0 if name == wanted else 0.0 for name in classes]})


@pytest.fixture
def always() -> type[Always]:
    """Makes models that always say the same."""
    return Always
