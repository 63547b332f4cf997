from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

import arxivie.pipes.factories  # noqa: F401
from arxivie.pipes.abbreviations import stored_abbreviations
from arxivie.pipes.tokens import FactTokenizer


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = FactTokenizer(nlp.vocab)
    nlp.add_pipe("arxivie_abbreviations")
    return nlp


def pairs(nlp: spacy.Language, text: str) -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(doc[a:b].text, doc[c:d].text) for a, b, c, d in stored_abbreviations(doc)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("We propose a novel moss-aware mixture of experts (MaMoE).", "MaMoE", "moss-aware mixture of experts"),
        ("We use MaMoE (a moss-aware mixture of experts).", "MaMoE", "moss-aware mixture of experts"),
        ("Spatially-Adaptive Moss Normalization (SAMN) helps.", "SAMN", "Spatially-Adaptive Moss Normalization"),
        ("all large moss models (LMMs) grow", "LMMs", "large moss models"),
        ("a graph moss network (GMNs)", "GMNs", "graph moss network"),
        ("in mean Moss Precision (mMP) terms", "mMP", "mean Moss Precision"),
        ("moss-to-moss translation (M2MT)", "M2MT", "moss-to-moss translation"),
        ("local aggressive adversarial moss (L2AM)", "L2AM", "local aggressive adversarial moss"),
        ("a moss pyramid network, called MPN, is", "MPN", "moss pyramid network"),
        ("MPN: Moss Pyramid Network for Trees\nText", "MPN", "Moss Pyramid Network"),
        ("the Moss Counting Challenge (MCC2031; hard)", "MCC2031", "Moss Counting Challenge"),
    ],
)
def test_long_forms_are_cut_exactly(nlp: spacy.Language, text: str, short: str, long: str) -> None:
    assert pairs(nlp, text) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "We count moss in rainy woods (CVPR).",
        "the network (see Fig. 2)",
        "a novel amazing network (NAN)",
        "an open ( bracket",
        "The mean (MM) of things",
        "Trees: Tall Round Evergreen Ever Standing\nText",
    ],
)
def test_near_misses(nlp: spacy.Language, text: str) -> None:
    assert pairs(nlp, text) == []


def test_several_pairs_in_a_sentence(nlp: spacy.Language) -> None:
    text = "moss detection network (MDN) with tree attention (TA) beats wood counting (WC)"
    assert [short for short, _ in pairs(nlp, text)] == ["MDN", "TA", "WC"]


def test_it_is_plain_data(nlp: spacy.Language) -> None:
    doc = nlp("a moss detection network (MDN)")
    assert doc.user_data["arxivie_abbreviations"] == [[5, 6, 1, 4]]
    assert stored_abbreviations(Doc(doc.vocab).from_bytes(doc.to_bytes())) == [(5, 6, 1, 4)]
