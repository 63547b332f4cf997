from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxivie.errors import MarkError
from arxivie.extent import Extent
from arxivie.rules.marks import Mark, parse, write


def test_marks_give_extents_in_the_text_without_them() -> None:
    text, marks = parse("On [CIFAR-10](dataset) and [ImageNet](dataset).")
    assert text == "On CIFAR-10 and ImageNet."
    assert [(mark.extent.of(text), mark.label) for mark in marks] == [("CIFAR-10", "dataset"), ("ImageNet", "dataset")]


@pytest.mark.parametrize(
    "example",
    [
        "We train on the [LRS3(dataset) corpus.",
        "We train on the LRS3](dataset) corpus.",
        "We train on the [LRS3] corpus.",
        "We train on the [LRS3] (dataset) corpus.",
        "We train on the [[LRS3](dataset)](dataset) corpus.",
        "We train on the [](dataset) corpus.",
        "We train on the [LRS3](Data set) corpus.",
    ],
)
def test_a_mark_that_does_not_match_is_an_error(example: str) -> None:
    with pytest.raises(MarkError):
        parse(example)


@pytest.mark.parametrize(
    ("example", "text"),
    [
        (r"see \[x\](dataset) in LaTeX", "see [x](dataset) in LaTeX"),
        (r"$\mathcal{J}\&\mathcal{F}$ (mean)", r"$\mathcal{J}\&\mathcal{F}$ (mean)"),
        (r"\\[ x \\\]", None),
        (r"a \\\[ display \\\]", r"a \[ display \]"),
    ],
)
def test_brackets_of_the_text_are_escaped(example: str, text: str | None) -> None:
    if text is None:
        with pytest.raises(MarkError):
            parse(example)
    else:
        assert parse(example) == (text, ())


@given(st.text(alphabet="ab []()\\$", max_size=30), st.data())
def test_what_is_written_parses_back(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), unique=True, max_size=4).map(sorted))
    marks = tuple(Mark(Extent(a, b), "dataset") for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    assert parse(write(text, marks)) == (text, marks)


def test_marks_that_overlap_cannot_be_written() -> None:
    with pytest.raises(MarkError):
        write("abc", [Mark(Extent(0, 2), "dataset"), Mark(Extent(1, 3), "dataset")])
