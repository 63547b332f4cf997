from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import spacy

import arxivie.pipes.factories  # noqa: F401
from arxivie.errors import PatternError
from arxivie.pipes.entities import EntityRecord, store_entities
from arxivie.pipes.releases import ReleaseFinder
from arxivie.pipes.tokens import FactTokenizer
from arxivie.rules.pack import load_pack


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = FactTokenizer(nlp.vocab)
    nlp.add_pipe("arxivie_sentences")
    nlp.add_pipe("arxivie_releases")
    return nlp


def releases(nlp: spacy.Language, text: str) -> list[tuple[list[str], str]]:
    doc = nlp(text)
    found: list[dict[str, Any]] = doc.user_data["arxivie_releases"]
    assert [(s.start, s.end, s.id_) for s in doc.spans["release"]] == [(x["start"], x["end"], x["rule"]) for x in found]
    return [(x["what"], x["status"]) for x in found]


@pytest.mark.parametrize(
    ("text", "what", "status"),
    [
        ("Our code is available.", ["code"], "available"),
        ("Code will be released soon.", ["code"], "promised"),
        ("We plan to release our code jointly with the dataset.", ["code", "data"], "promised"),
        ("Code, data and models are publicly available.", ["code", "data", "models"], "available"),
        ("Our dataset, model, and code will be made publicly available.", ["data", "models", "code"], "promised"),
        ("We make our code publicly available.", ["code"], "available"),
        ("We build and publish a new corpus of moss.", ["data"], "available"),
        ("The code can be found in this https URL.", ["code"], "available"),
        ("Demos available at this http URL.", ["other"], "available"),
        ("We share our code here for others: this https URL", ["code"], "available"),
        ("Our code, prompts and results are open source.", ["code", "other", "results"], "available"),
        ("MossCounter is available under the MIT license.", ["code"], "available"),
        ("We release new models of moss, as well as all code.", ["models", "code"], "available"),
        ("We publicly provide artifacts of the study.", ["other"], "available"),
        ("We provide an open source implementation.", ["code"], "available"),
    ],
)
def test_statements_of_release(nlp: spacy.Language, text: str, what: list[str], status: str) -> None:
    assert releases(nlp, text) == [(what, status)]


@pytest.mark.parametrize(
    "text",
    [
        "Our code is available at https://moss.org/a.",
        "We train on publicly available datasets of moss.",
        "Since no dataset of moss is available, we grow one.",
        "It fails where only a small amount of data is available.",
        "When 5% of the samples are available, it works.",
        "Large datasets that were made available to all have helped.",
        "Better models can be obtained with more moss.",
        "Our model is found to be robust.",
        "We improve a model without this http URL evaluate on moss.",
        "They make the best use of models available on phones.",
        "We make models more accessible to all.",
        "Energy is released in the reaction.",
        "The parameters of both models are shared.",
    ],
)
def test_what_releases_nothing(nlp: spacy.Language, text: str) -> None:
    assert releases(nlp, text) == []


def test_two_statements_in_a_sentence(nlp: spacy.Language) -> None:
    text = "Our code is available and the data will be released."
    assert releases(nlp, text) == [(["code"], "available"), (["data"], "promised")]


def test_a_dataset_by_name(nlp: spacy.Language) -> None:
    doc = nlp.get_pipe("arxivie_sentences")(nlp.make_doc("We release MossTree to all."))
    store_entities(doc, [EntityRecord("dataset", "MossTree", [(2, 3)])])
    doc = nlp.get_pipe("arxivie_releases")(doc)
    assert [x["what"] for x in doc.user_data["arxivie_releases"]] == [["data"]]


def test_nothing(nlp: spacy.Language) -> None:
    assert releases(nlp, "") == []


def test_a_rule_must_say_where_its_things_stand() -> None:
    pack = load_pack()
    rules = tuple(r.model_copy(update={"sets": {}}) for r in pack.rules["release"])
    broken = dataclasses.replace(pack, rules={**pack.rules, "release": rules})
    with pytest.raises(PatternError, match=r"release\.can-be-found: give it sets"):
        ReleaseFinder(spacy.blank("en"), broken)
