"""What counts as one surface, and where one stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxivie.pipes.forms import SurfaceIndex, form, singular


@pytest.mark.parametrize(
    ("one", "other"),
    [("CIFAR-10", "cifar 10"), ("Re-ID", "ReID"), ("F1 score", "F1-score"), ("Straße", "STRASSE"), ("x_y", "X Y")],
)
def test_spellings_of_one_form(one: str, other: str) -> None:
    assert form(one) == form(other)


@pytest.mark.parametrize(("one", "other"), [("PointNet", "PointNet++"), ("CIFAR-10", "CIFAR-100"), ("mAP", "mAPs")])
def test_different_forms(one: str, other: str) -> None:
    assert form(one) != form(other)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("llms", "llm"),
        ("gans", "gan"),
        ("analysis", "analysis"),
        ("loss", "loss"),
        ("corpus", "corpus"),
        ("its", "its"),
    ],
)
def test_singular(key: str, wanted: str) -> None:
    assert singular(key) == wanted


@given(st.text())
def test_a_form_is_its_own_form(text: str) -> None:
    assert form(form(text)) == form(text)


def test_occurrences_are_whole_tokens(read) -> None:
    doc = read("FooNet-B beats foonet-b, FooNet-B2 and FooNet-B.")
    index = SurfaceIndex(doc)
    assert [doc[a:b].text for a, b in index.occurrences(0, 3, fold=False)] == ["FooNet-B", "FooNet-B"]
    assert [doc[a:b].text for a, b in index.occurrences(0, 3, fold=True)] == ["FooNet-B", "foonet-b", "FooNet-B"]
