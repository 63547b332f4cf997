"""Kinds of figures as a chain, and what the tagger adds."""

from __future__ import annotations

import math

import pytest

from arxivie.pipes.context import Context
from arxivie.pipes.hidden import HiddenModel
from arxivie.pipes.kinds import KINDS, kind_chances, likely_kind, tagger_features
from arxivie.pipes.linear import LinearModel
from arxivie.pipes.quantities import quantities


def chances(read, text: str, rows: dict[str, list[float]]) -> list[dict[str, float]]:
    doc = read(text)
    c = Context(doc, quantities(doc), {})
    return kind_chances(LinearModel(KINDS, rows), c, [c.kind_features(q) for q in c.quantities])


def test_a_list_keeps_its_kind(read) -> None:
    text, gains = "It gains 3% on the very old CUB, 4% there.", {"-1=gains": [0, 0, 9, 0, 0, 0]}
    assert chances(read, text, gains)[1]["gain"] == pytest.approx(1 / 6)
    kept = chances(read, text, gains | {"listed&after=gain": [0, 0, 9, 0, 0, 0]})
    assert [likely_kind(c) for c in kept] == ["gain", "gain"]
    assert all(sum(c.values()) == pytest.approx(1.0) for c in kept)


def test_a_doubtful_forerunner_counts_by_its_chance(read) -> None:
    rows = {"-1=has": [0, 2, 2, -9, -9, -9], "joined&after=gain": [0, 0, 30, 0, 0, 0],
            "joined&after=score": [0, 30, 0, 0, 0, 0]}  # fmt: skip
    first, second = chances(read, "It has 3% and 4% there.", rows)
    assert second["gain"] == pytest.approx(first["gain"] + first["none"] / 6, abs=0.001)


def test_hidden_units_see_a_figure_and_its_forerunner_together(read) -> None:
    """Listed behind a gain and followed by "there" is a gain; either by itself is none."""
    features = ["-1=gains", "listed&after=gain", "+1=there"]
    gain = [0.0, 0.0, 9.0, 0.0, 0.0, 0.0]
    rows = [[*gain, 0.0], [0.0] * 6 + [1.0], [0.0] * 6 + [1.0]]
    model = HiddenModel(KINDS, features, rows, [-1.0], [[9.0 * (kind == "gain")] for kind in KINDS])
    for text, second in (
        ("It gains 3% on the very old CUB, 4% there.", "gain"),
        ("It gains 3% on CUB, 4% on A.", None),
    ):
        doc = read(text)
        c = Context(doc, quantities(doc), {})
        own = [c.kind_features(q) for q in c.quantities]
        found = kind_chances(model, c, own)
        assert likely_kind(found[0]) == "gain"
        assert (likely_kind(found[1]) == "gain") is bool(second)
        whole = own[1] | c.kind_after(c.quantities[1], c.quantities[0], "gain")
        assert found[1]["gain"] == pytest.approx(model.probabilities(whole)["gain"], abs=0.01)


def test_a_figure_is_a_result_unless_none_is_likelier_than_not() -> None:
    rest = dict.fromkeys(KINDS[3:], 0.0)
    assert likely_kind({"none": 0.5, "score": 0.3, "gain": 0.2, **rest}) == "score"
    assert likely_kind({"none": 0.51, "score": 0.49, "gain": 0.0, **rest}) == "none"


def test_the_tagger_speaks_in_logs_and_its_surest_token_counts(read) -> None:
    doc = read("It gets 88% here.")
    (q,) = quantities(doc)
    f = tagger_features(doc, q, lambda doc, i: {"none": 0.1, "score": 0.9} if i == q.start else {"none": 1.0}, None)
    assert f.keys() == {f"tagger={kind}" for kind in KINDS}
    assert (f["tagger=score"], f["tagger=none"]) == pytest.approx((math.log(0.9), 0.0))
    assert f["tagger=gain"] == pytest.approx(math.log(1e-3))
    assert tagger_features(doc, q, lambda doc, i: None, None) == {}
