"""Ids: every way of writing them, and near misses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxivie.sources.identifiers import ArxivId, find_id, parse_id


@pytest.mark.parametrize(
    ("written", "id", "version"),
    [
        ("2105.09270", "2105.09270", None),
        (" 2105.09270v12\n", "2105.09270", 12),
        ("arXiv:2105.09270v1", "2105.09270", 1),
        ("arXiv: 0704.0001", "0704.0001", None),
        ("https://arxiv.org/abs/2105.09270v2", "2105.09270", 2),
        ("http://export.arxiv.org/pdf/2105.09270.pdf", "2105.09270", None),
        ("https://arxiv.org/pdf/2105.09270v3.pdf#page=2", "2105.09270", 3),
        ("https://www.arxiv.org/html/2105.09270v1/", "2105.09270", 1),
        ("arxiv.org/abs/hep-th/9901001v2", "hep-th/9901001", 2),
        ("oai:arXiv.org:hep-th/9901001", "hep-th/9901001", None),
        ("oai:arXiv.org:2403.17372v1", "2403.17372", 1),
        ("https://doi.org/10.48550/arXiv.2105.09270", "2105.09270", None),
        ("math.GT/0309136", "math/0309136", None),
        ("q-bio/0309136", "q-bio/0309136", None),
        ("q-alg/9704002v1", "q-alg/9704002", 1),
        ("cs/0006008", "cs/0006008", None),
        ("1412.9999", "1412.9999", None),
        ("1501.00001", "1501.00001", None),
    ],
)
def test_every_way_of_writing_an_id(written: str, id: str, version: int | None) -> None:
    assert parse_id(written) == ArxivId(id, version)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2105.0927",  # cut: five digits since 2015
        "1412.99990",  # four digits before
        "2113.09270",  # there is no thirteenth month
        "0000.0000",
        "2105.09270v0",
        "2105.09270x",
        "2105.09270 and more",
        "hep-th/990100",
        "hep-th/9913001",
        "https://example.org/abs/2105.09270",
        "missing",
        "٢١٠٥.٠٩٢٧٠",
    ],
)
def test_what_is_no_id(written: str) -> None:
    assert parse_id(written) is None


def test_find_id_wants_a_prefix() -> None:
    assert find_id("Title. (arXiv:2208.91543v2 [eess.SY])") == ArxivId("2208.91543", 2)
    assert find_id("see https://arxiv.org/abs/hep-th/9901001v1.") == ArxivId("hep-th/9901001", 1)
    assert find_id("arXiv:9999.99999, then arXiv:2208.91543") == ArxivId("2208.91543", None)
    assert find_id("a loss of 2208.91543 points") is None


@given(st.integers(15, 99), st.integers(1, 12), st.integers(0, 99999), st.none() | st.integers(1, 999))
def test_a_written_id_reads_back(year: int, month: int, serial: int, version: int | None) -> None:
    id = f"{year:02}{month:02}.{serial:05}"
    written = id + (f"v{version}" if version else "")
    for prefix in ("", "arXiv:", "http://arxiv.org/abs/", "oai:arXiv.org:"):
        assert parse_id(prefix + written) == ArxivId(id, version)


@given(st.text())
def test_nothing_makes_it_raise(text: str) -> None:
    parsed = parse_id(text)
    assert parsed is None or parse_id(parsed.id) == ArxivId(parsed.id)
    find_id(text)
