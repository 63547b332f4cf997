from __future__ import annotations

import pickle

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import arxivie.pipes.factories  # noqa: F401
from arxivie.pipes.tokens import FactTokenizer


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = FactTokenizer(nlp.vocab)
    nlp.add_pipe("arxivie_lexicon")
    return nlp


def spans(doc: Doc, label: str) -> list[tuple[str, str, str]]:
    return [(span.text, span.id_, span.kb_id_) for span in doc.spans.get(label, ())]


def test_names_carry_their_rule_and_their_entry(nlp: spacy.Language) -> None:
    doc = nlp("A CNN and ResNet50 reach 91% top-1 accuracy in image classification on CIFAR10.")
    assert spans(doc, "dataset") == [("CIFAR10", "dataset.names", "dataset:cifar-10")]
    assert ("ResNet50", "method.names", "method:resnet-50") in spans(doc, "method")
    assert ("CNN", "method.generic-names", "method:cnn") in spans(doc, "method")
    assert spans(doc, "task") == [("image classification", "task.names", "task:image-classification")]
    assert spans(doc, "metric")[0] == ("top-1 accuracy", "metric.names", "metric:top-1-accuracy")


@pytest.mark.parametrize("text", ["We see multiple complex maps.", "No opportunity in breast scans.", "At an advent."])
def test_ordinary_words_are_no_names(nlp: spacy.Language, text: str) -> None:
    assert not any(doc_spans for doc_spans in nlp(text).spans.values())


def test_ambiguous_names_are_weak(nlp: spacy.Language) -> None:
    assert spans(nlp("Cars and Set5 and SUN."), "dataset") == [
        ("Cars", "dataset.names-weak", "dataset:stanford-cars"),
        ("Set5", "dataset.names-weak", "dataset:set5"),
        ("SUN", "dataset.names-weak", "dataset:sun"),
    ]


def test_ids_survive_bytes_and_docbin(nlp: spacy.Language) -> None:
    doc = nlp("We use ImageNet.")
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    binned = next(iter(DocBin(docs=[doc]).get_docs(nlp.vocab)))
    assert spans(again, "dataset") == spans(binned, "dataset") == spans(doc, "dataset") != []


def test_the_component_pickles(nlp: spacy.Language) -> None:
    component = pickle.loads(pickle.dumps(nlp.get_pipe("arxivie_lexicon")))
    assert [mention.rule for mention in component.find(nlp.make_doc("on ImageNet"))] == ["dataset.names"]


def test_find_leaves_the_doc_alone(nlp: spacy.Language) -> None:
    doc = nlp.make_doc("on ImageNet")
    assert list(nlp.get_pipe("arxivie_lexicon").find(doc))
    assert not doc.spans
