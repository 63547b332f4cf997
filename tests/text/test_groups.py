"""Extents of what is read, grown to whole LaTeX groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxivie.extent import Extent
from arxivie.text import aligned


@pytest.mark.parametrize(
    ("text", "part", "stands_for"),
    [
        (r"on \textit{mini}ImageNet we", "miniImageNet", r"\textit{mini}ImageNet"),
        (r"by 700$\times$ faster", "700×", r"700$\times$"),
        (r"a \textbf{G}raph \textbf{N}et x", "Graph Net", r"\textbf{G}raph \textbf{N}et"),
        (r"the r$^2$SCAN set", "r^2SCAN", "r$^2$SCAN"),
        (r"by $86.36\%$ we", "86.36%", r"86.36\%"),
        (r"on CUB we", "CUB", "CUB"),
        # near misses: growing would take in what is read, or the other half is missing
        (r"\textbf{0.28 in F1} and more", "F1 and", "F1} and"),
        (r"the mini} and", "mini} and", "mini} and"),
    ],
)
def test_whole(text: str, part: str, stands_for: str) -> None:
    views = aligned("", text, markup="plain", separator="")
    at = views.reading.index(part)
    assert views.reading_to_whole_text(Extent(at, at + len(part))).of(views.text) == stands_for


@given(
    st.lists(st.sampled_from(["\\textbf{", "{", "}", "$", "\\times", "_{", "a", "B", " ", "1"]), max_size=25).map(
        "".join
    )
)
def test_whole_extents_come_back_and_contain_the_exact_ones(text: str) -> None:
    views = aligned("T", text, markup="plain", separator="\n")
    for start in range(len(views.reading)):
        for end in range(start + 1, min(start + 9, len(views.reading) + 1)):
            extent = Extent(start, end)
            found = views.reading_to_whole_text(extent)
            assert found.contains(views.reading_to_text(extent))
            assert views.text_to_reading(found) == extent
