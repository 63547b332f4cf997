"""Where sentences of abstracts begin, and where they do not."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from arxivie.pipes.sentences import SentenceFinder, title_end
from arxivie.pipes.tokens import FactTokenizer

TOKENIZE = FactTokenizer(spacy.blank("en").vocab)
MARK = SentenceFinder()


def sentences(text: str) -> list[str]:
    return [s.text.strip() for s in MARK(TOKENIZE(text)).sents]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We swim. They walk.", ["We swim.", "They walk."]),
        ("Do we swim? We do! 40% of us walk.", ["Do we swim?", "We do!", "40% of us walk."]),
        ("A title\nAn abstract.", ["A title", "An abstract."]),
        ("A title\nnot in capitals.", ["A title", "not in capitals."]),
        ("It works. iPhones help.", ["It works.", "iPhones help."]),
        ("It works. (They help.) It ends.", ["It works.", "(They help.)", "It ends."]),
        ('He says "it works." We do not.', ['He says "it works."', "We do not."]),
        ("The code is at https://x.org/a. We use it.", ["The code is at https://x.org/a.", "We use it."]),
        ("We use Adam, SGD, etc. Our model wins.", ["We use Adam, SGD, etc.", "Our model wins."]),
        ("Results by Kim et al. Our model wins.", ["Results by Kim et al.", "Our model wins."]),
        # near misses: the stop belongs to a word or a number
        ("It beats Kim et al. by 3 points.", ["It beats Kim et al. by 3 points."]),
        ("Some, e.g. CIFAR, are small.", ["Some, e.g. CIFAR, are small."]),
        ("Some, i.e. CIFAR, are small.", ["Some, i.e. CIFAR, are small."]),
        ("Speed vs. Accuracy matters.", ["Speed vs. Accuracy matters."]),
        ("See Fig. 3 and Eq. 4 there.", ["See Fig. 3 and Eq. 4 there."]),
        ("It reaches 0.9 there.", ["It reaches 0.9 there."]),
        ("A word.another word.", ["A word.another word."]),
        ("It stops. but goes on.", ["It stops. but goes on."]),
        ("The end.", ["The end."]),
    ],
)
def test_sentences(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


def test_the_title_is_all_up_to_the_first_line_break() -> None:
    doc = MARK(TOKENIZE("Speed: A Study\nWe run.\nFast."))
    assert doc[: title_end(doc)].text.strip() == "Speed: A Study"
    assert title_end(TOKENIZE("no line break")) == 0


@given(st.text(alphabet="aB1 .!?\n()[]\"'”", max_size=40))
def test_sentences_tile_the_text(text: str) -> None:
    doc = MARK(TOKENIZE(text))
    assert "".join(s.text_with_ws for s in doc.sents) == text
    assert all(len(s) for s in doc.sents)


@given(st.text(max_size=40))
def test_any_text_has_sentences(text: str) -> None:
    assert "".join(s.text_with_ws for s in MARK(TOKENIZE(text)).sents) == text
