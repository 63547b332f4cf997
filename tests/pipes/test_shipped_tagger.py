"""The tagger in the package: it is whole, small, fast enough, and knows what it is for."""

from __future__ import annotations

import time

import pytest
import spacy
from spacy.tokens import Doc

from arxivie.pipes import tagger_factory, tokens
from arxivie.pipes.tagger import (
    Tagger,
    claim_spans,
    entity_spans,
    load_weights,
    quantity_probabilities,
    role_probabilities,
)
from arxivie.resources import MODEL

assert tagger_factory
assert tokens
TEXT = (
    "PlumNet: Patchwise Mixing for Image Classification\n"
    "Image classification on small devices remains hard. We propose PlumNet, a light network that mixes patches. "
    "Experiments on ImageNet and CIFAR-100 show that PlumNet achieves 81.4% top-1 accuracy, outperforming "
    "state-of-the-art methods, while being 3.2x faster than ResNet-50."
)


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    made = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "arxivie.FactTokenizer.v1"}}})
    pipe = made.add_pipe("arxivie_tagger")
    assert isinstance(pipe, Tagger)
    load_weights(pipe)
    return made


@pytest.fixture(scope="module")
def doc(nlp: spacy.Language) -> Doc:
    return nlp(TEXT)


def test_it_is_small_and_documented() -> None:
    assert (MODEL / "tagger.npz").stat().st_size < 20e6
    assert "Known faults" in (MODEL / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_it_knows_what_it_is(nlp: spacy.Language) -> None:
    meta = nlp.get_pipe("arxivie_tagger").meta
    assert meta["version"]
    assert {source["licence"] for source in meta["data"]}
    assert meta["reliability"]["expected_error"] < 0.1


def test_it_finds_names(doc: Doc) -> None:
    found = {(doc[s:e].text, label) for s, e, label, _ in entity_spans(doc)}
    assert {("ImageNet", "dataset"), ("CIFAR-100", "dataset"), ("PlumNet", "method")} <= found
    assert ("top-1 accuracy", "metric") in found
    assert all(0.0 < p <= 1.0 for _, _, _, p in entity_spans(doc))


def test_it_tells_the_proposed_method(doc: Doc) -> None:
    roles = {
        doc[s:e].text: role_probabilities(doc, s, e, label) for s, e, label, _ in entity_spans(doc) if label == "method"
    }
    assert max(roles["PlumNet"], key=roles["PlumNet"].__getitem__) == "proposed"


def test_it_tells_a_score_from_a_ratio(doc: Doc) -> None:
    kinds = {
        t.text: max(q := quantity_probabilities(doc, t.i), key=q.__getitem__)
        for t in doc
        if t.text[0] in "83" and t.i > 20
    }
    assert kinds["81.4"] == "score"
    assert kinds["3.2x"] == "ratio"


def test_it_finds_the_claim(doc: Doc) -> None:
    assert [doc[s:e].text for s, e, status, _ in claim_spans(doc) if status == "sota"]


def test_it_is_fast(nlp: spacy.Language) -> None:
    # a bound that only a mistake in kind would break; the real figure stands in the model card
    docs = [nlp.make_doc(TEXT + f" Text {k}.") for k in range(40)]
    start = time.process_time()
    list(nlp.get_pipe("arxivie_tagger").pipe(docs, batch_size=20))
    assert (time.process_time() - start) / len(docs) < 0.1
