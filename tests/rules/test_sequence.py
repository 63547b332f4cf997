"""Sequences in masks, held against spaCy's own Matcher, and what the masks of a Doc say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.matcher import Matcher
from spacy.tokens import Doc

from arxivie.rules.masks import Masks, Predicates
from arxivie.rules.schema import TokenPattern
from arxivie.rules.sequence import Found, TokenSequence
from arxivie.rules.tokens import tokens_of

VOCAB = English().vocab
SOME = [{"LOWER": "a"}, {"LOWER": "b"}, {"LOWER": {"IN": ["a", "c"]}}, {"IS_ALPHA": True}, {"SPACY": True}, {}]
TOKENS = st.builds(
    lambda keys, op: {**keys, "OP": op} if op else keys, st.sampled_from(SOME), st.sampled_from(["", *"?*+!"])
)


def ours(doc: Doc, tokens: list[dict[str, Any]]) -> tuple[list[Found], list[Found]]:
    """All matches and the longest."""
    patterns = [TokenPattern.model_validate(token) for token in tokens]
    asked = Predicates(VOCAB, patterns, {})
    sequence, masks = TokenSequence(patterns, asked.dear), Masks(asked, doc)
    return sorted(sequence.find(masks)), sequence.longest(masks)


def spacys(doc: Doc, tokens: list[dict[str, Any]], greedy: str | None) -> list[Found]:
    matcher = Matcher(VOCAB)
    matcher.add("x", [tokens], greedy=greedy)
    found: Any = matcher(doc, with_alignments=True)
    return sorted((start, end, tuple(alignment)) for _, start, end, alignment in found)


@settings(max_examples=400)
@given(st.lists(TOKENS, min_size=1, max_size=5), st.lists(st.sampled_from("abc1"), min_size=1, max_size=9), st.data())
def test_matches_and_alignments_are_those_of_spacy(
    tokens: list[dict[str, Any]], words: list[str], data: st.DataObject
) -> None:
    spaces = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    doc = Doc(VOCAB, words=words, spaces=spaces)
    found, longest = ours(doc, tokens)
    assert found == spacys(doc, tokens, None)
    assert longest == spacys(doc, tokens, "LONGEST")


@pytest.mark.parametrize(
    ("tokens", "wanted"),
    [
        ([{"LOWER": "b"}, {"LOWER": "c"}], [(1, 3)]),
        ([{"LOWER": "a"}, {"IS_ALPHA": True, "OP": "*"}, {"LOWER": "c"}], [(0, 3)]),
        ([{"LOWER": "c"}, {"LOWER": "a"}], []),
        ([{"IS_SENT_START": True}, {"LOWER": "b"}], [(0, 2)]),
    ],
)
def test_the_longest(tokens: list[dict[str, Any]], wanted: list[tuple[int, int]]) -> None:
    doc = Doc(VOCAB, words=["A", "b", "c"], sent_starts=[True, False, False])
    assert [(start, end) for start, end, _ in ours(doc, tokens)[1]] == wanted


def test_a_surface_reads_as_in_the_doc() -> None:
    doc = Doc(VOCAB, words=["In", "Net", "-", "5", "\n", "Up"], spaces=[True, False, False, True, False, False])
    tokens = tokens_of(doc)
    assert tokens.text == doc.text
    for start in range(len(doc)):
        for end in range(start + 1, len(doc) + 1):
            assert tokens.surface(start, end) == doc[start:end].text
    assert tokens.title_end == 5


def test_a_doc_that_is_cut_anew_is_read_again() -> None:
    doc = Doc(VOCAB, words=["In", "Net", "5"])
    assert tokens_of(doc) is tokens_of(doc)
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[1:3])
    assert tokens_of(doc).texts == ["In", "Net 5"]
