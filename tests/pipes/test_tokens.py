"""The tokenizer: nothing is lost, and surfaces fall on token boundaries."""

from __future__ import annotations

import pickle

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from arxivie.pipes.tokens import FactTokenizer

NLP = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "arxivie.FactTokenizer.v1"}}})


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("ResNet-50", ["ResNet", "-", "50"]),
        ("86.36%", ["86.36", "%"]),
        ("1,681 of 10K", ["1,681", "of", "10K"]),
        ("700×", ["700", "×"]),
        ("See https://github.com/x/y.", ["See", "https://github.com/x/y", "."]),
        ("(www.example.org/a-b)", ["(", "www.example.org/a-b", ")"]),
        ("0.876 ± 0.005", ["0.876", "±", "0.005"]),
        ("v2.0.1,", ["v2", ".", "0.1", ","]),
        ("a\n b", ["a", "\n", " ", "b"]),
        ("", []),
    ],
)
def test_cuts(text: str, tokens: list[str]) -> None:
    assert [t.text for t in NLP.make_doc(text)] == tokens


@given(st.text())
def test_every_character_is_kept(text: str) -> None:
    doc = NLP.make_doc(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


@given(st.text(alphabet=" \n\t\u00a0a1.,-", max_size=30))
def test_every_white_space_is_kept(text: str) -> None:
    assert NLP.make_doc(text).text == text


def test_a_pipeline_with_it_is_saved_and_loaded(tmp_path) -> None:
    NLP.to_disk(tmp_path / "nlp")
    for again in (
        spacy.load(tmp_path / "nlp"),
        pickle.loads(pickle.dumps(NLP)),
        spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "arxivie.FactTokenizer.v1"}}}).from_bytes(
            NLP.to_bytes()
        ),
    ):
        assert isinstance(again.tokenizer, FactTokenizer)
        assert [t.text for t in again.make_doc("ResNet-50 1,681")] == ["ResNet", "-", "50", "1,681"]
