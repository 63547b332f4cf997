"""Docs for the tests of the components."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
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


def gradients_are_finite_differences(
    network: Any, batch: Sequence[Any], rng: np.random.Generator, given: frozenset[str] = frozenset()
) -> int:
    """Check every parameter's largest gradient of a random linear loss, and that ``given`` ones have none.

    Returns how many parameters were checked.
    """
    outputs, backprop = network.begin_update(batch)
    weights = [rng.normal(0, 1, rows.shape).astype("float32") for rows in outputs]
    backprop(weights)
    checked = 0
    for node in network.walk():
        for name in node.param_names:
            if name in given:
                assert not node.has_grad(name)
                continue
            param, grad = node.get_param(name), node.get_grad(name)
            at = np.unravel_index(int(np.abs(grad).argmax()), grad.shape)
            losses = []
            for step in (0.001, -0.001):
                moved = param.copy()
                moved[at] += step
                node.set_param(name, moved)
                found = network.begin_update(batch)[0]
                losses.append(sum(float((f.astype(np.float64) * w).sum()) for f, w in zip(found, weights, strict=True)))
            node.set_param(name, param)
            assert (losses[0] - losses[1]) / 0.002 == pytest.approx(float(grad[at]), rel=0.15), (node.name, name)
            checked += 1
    return checked


@pytest.fixture
def check_gradients() -> Callable[..., int]:
    """`gradients_are_finite_differences`."""
    return gradients_are_finite_differences
