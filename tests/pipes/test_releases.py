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
        # the heads of what is offered, not what describes them
        ("We release a dataset with clean moss models.", ["data"], "available"),
        ("We release MossCount, a small model trained with cleaned data.", ["models"], "available"),
        ("We release a moss software usage dataset.", ["data"], "available"),
        ("We release the code our models need, and the data.", ["code", "data"], "available"),
        ("We release a suite of 12 moss models.", ["models"], "available"),
        ("We release a dataset to foster work on trees and large moss models.", ["data"], "available"),
        ("We publish an easy-to-use toolkit.", ["code"], "available"),
        ("We release a corpus and provide results on it.", ["data"], "available"),
        ("The dataset with accompanying code can be downloaded from our site.", ["data", "code"], "available"),
        ("We release 310 hand-drawn samples.", ["data"], "available"),
        ("We release all tokenizers and the model card.", ["models", "other"], "available"),
        # further ways to say it
        ("By releasing all data and tools we help others.", ["data", "code"], "available"),
        ("We (1) count moss and (2) release the first corpus of it.", ["data"], "available"),
        ("We have built and shared a corpus of moss.", ["data"], "available"),
        ("We label a corpus of moss, which we publicly release.", ["data"], "available"),
        ("The open release of the corpus helps.", ["data"], "available"),
        ("It counts moss, with all code and models open-sourced.", ["code", "models"], "available"),
        ("MossKit is open source.", ["code"], "available"),
        ("MossKit is available on GitHub.", ["code"], "available"),
        ("MossKit is released as a Python package.", ["code"], "available"),
        ("We present MossKit, an open-source toolkit for moss.", ["code"], "available"),
        ("MossTree is the first publicly available corpus of moss.", ["data"], "available"),
        ("Our open-source pipeline lets the dataset grow.", ["code"], "available"),
        ("GitHub: this https URL.", ["code"], "available"),
        ("Project page: this https URL", ["other"], "available"),
        ("For scripts and splits, see also our wiki at this https URL.", ["code", "data"], "available"),
        ("Visit this https URL for our prompts.", ["other"], "available"),
        ("Our models count moss (Code will be released upon acceptance.)", ["code"], "promised"),
        ("We have made our code open-source.", ["code"], "available"),
        ("We release all counts of moss as a benchmark.", ["data"], "available"),
        ("The corpus was cleaned and it was made available as a gift.", ["data"], "available"),
        ("We label a corpus that we release to all.", ["data"], "available"),
        ("We note that we release our code.", ["code"], "available"),
        ("We release MossBench and TreeCount to help with models.", ["data"], "available"),
        ("We train it and release eleven checkpoints.", ["models"], "available"),
        ("We release our code. Data: https://moss.org/a", ["code"], "available"),
        ("We make our code public and hope it will help others.", ["code"], "available"),
        ("We provide an open-source implementation along with a corpus.", ["code", "data"], "available"),
        ("Our moss schema, tooling and templates are available.", ["other", "code"], "available"),
        ("Refer to our code in [this https URL].", ["code"], "available"),
        ("It ends with the release of heat, and the release of our corpus.", ["data"], "available"),
        ("The release includes code and weights.", ["code", "models"], "available"),
        ("We release Moss-7B and MossBERT.", ["models"], "available"),
        ("Moss-7B is freely available.", ["models"], "available"),
        # what data consist of counts where nothing else is released
        ("We label moss and release all 14k utterances.", ["data"], "available"),
        ("We release code for all utterances.", ["code"], "available"),
        ("We release our models, code and all utterances.", ["models", "code"], "available"),
        # what is said of the contents, or of two uses, describes
        ("We release a corpus comprising 20 moss demos.", ["data"], "available"),
        ("We release code for growing and testing large models.", ["code"], "available"),
        ("We release code for growing models and testing scripts.", ["code"], "available"),
        ("We release code for growing moss and training data.", ["code", "data"], "available"),
        # behind a name, "with" tells what else is released
        ("We release MossBench with code and models.", ["data", "code", "models"], "available"),
        ("We release a corpus with code labels.", ["data"], "available"),
        # an aim in front of the subject
        ("To help with models, code and data are released.", ["code", "data"], "available"),
        ("In order to test, improve and share models, our code is released.", ["code"], "available"),
        ("To all who ask code is available.", ["code"], "available"),
        # capitals within a sentence do not begin one; what a linker made of a stop ends one
        ("Models trained on The Moss are released.", ["models"], "available"),
        ("Data and our Code are released.", ["data", "code"], "available"),
        ("We release it with code.", ["code"], "available"),
        ("It helps larger models this http URL code is released", ["code"], "available"),
        ("Models, corpora and Codes are released", ["models", "data", "code"], "available"),
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
        "We test it on three publicly available moss datasets.",
        "We present a survey of open-source toolkits.",
        "We test ours with publicly available large models.",
        "It assumes that the data is publicly available.",
        "We release our code. GitHub: https://github.com/moss/kit",
        "Where minimal data is available, it works.",
        "It supports map-making with the same data available during growth.",
        "It requires more data to be available.",
        "All data must be available.",
        "They count before the data is available.",
        "It is available.",
    ],
)
def test_what_releases_nothing(nlp: spacy.Language, text: str) -> None:
    assert releases(nlp, text) == []


def test_two_statements_in_a_sentence(nlp: spacy.Language) -> None:
    text = "Our code is available and the data will be released."
    assert releases(nlp, text) == [(["code"], "available"), (["data"], "promised")]


def test_two_lost_addresses(nlp: spacy.Language) -> None:
    found = releases(nlp, "Models at this https URL Code at this https URL")
    assert found == [(["models"], "available"), (["code"], "available")]


@pytest.mark.parametrize(
    ("text", "whats"),
    [
        ("We present MossKit, an open-source toolkit. Our code is available.", [["code"]]),
        ("We present MossKit, an open-source toolkit. Our data is available.", [["code"], ["data"]]),
    ],
)
def test_what_is_called_open_counts_where_nothing_else_offers_it(
    nlp: spacy.Language, text: str, whats: list[list[str]]
) -> None:
    assert [what for what, _ in releases(nlp, text)] == whats


def test_what_is_called_open_may_have_an_address(nlp: spacy.Language) -> None:
    doc = nlp.make_doc("We present MossKit, an open-source toolkit. It is at https://github.com/moss/kit.")
    doc.user_data["arxivie_links"] = [{"kinds": ["code"]}]
    doc = nlp.get_pipe("arxivie_releases")(nlp.get_pipe("arxivie_sentences")(doc))
    assert doc.user_data["arxivie_releases"] == []


@pytest.mark.parametrize(
    ("text", "name", "what"),
    [
        ("We release MossTree to help with models.", (2, 3), ["data"]),
        ("We release code to load and show MossTree.", (7, 8), ["code"]),
        ("We release MossTree models.", (2, 3), ["models"]),
    ],
)
def test_a_name_is_a_head_or_none(nlp: spacy.Language, text: str, name: tuple[int, int], what: list[str]) -> None:
    doc = nlp.get_pipe("arxivie_sentences")(nlp.make_doc(text))
    store_entities(doc, [EntityRecord("dataset", "MossTree", [name], role="introduced")])
    doc = nlp.get_pipe("arxivie_releases")(doc)
    assert [x["what"] for x in doc.user_data["arxivie_releases"]] == [what]


def test_a_dataset_by_name(nlp: spacy.Language) -> None:
    doc = nlp.get_pipe("arxivie_sentences")(nlp.make_doc("We release MossTree to all."))
    store_entities(doc, [EntityRecord("dataset", "MossTree", [(2, 3)])])
    doc = nlp.get_pipe("arxivie_releases")(doc)
    assert [x["what"] for x in doc.user_data["arxivie_releases"]] == [["data"]]


@pytest.mark.parametrize(
    ("text", "name", "what"),
    [
        ("MossNet is available.", (0, 1), [["code"]]),
        ("Work on MossNet by others is available.", (2, 3), []),
        ("We release MossNet to all.", (2, 3), [["code"]]),
        ("We release the moss of MossNet.", (5, 6), []),
        ("We release MossNet weights.", (2, 3), [["models"]]),
        ("MossNet counts moss. It is available.", (0, 1), [["code"]]),
        ("MossNet counts moss. All of it is available.", (0, 1), []),
    ],
)
def test_a_proposed_method_by_name(
    nlp: spacy.Language, text: str, name: tuple[int, int], what: list[list[str]]
) -> None:
    doc = nlp.get_pipe("arxivie_sentences")(nlp.make_doc(text))
    store_entities(doc, [EntityRecord("method", "MossNet", [name], role="proposed")])
    doc = nlp.get_pipe("arxivie_releases")(doc)
    assert [x["what"] for x in doc.user_data["arxivie_releases"]] == what


def test_the_methods_of_others_are_not_released(nlp: spacy.Language) -> None:
    doc = nlp.get_pipe("arxivie_sentences")(nlp.make_doc("MossNet is available."))
    store_entities(doc, [EntityRecord("method", "MossNet", [(0, 1)], role="used")])
    assert nlp.get_pipe("arxivie_releases")(doc).user_data["arxivie_releases"] == []


def test_it_may_be_a_dataset_or_a_method(nlp: spacy.Language) -> None:
    doc = nlp.get_pipe("arxivie_sentences")(nlp.make_doc("MossNet grows MossTree. It is available."))
    tree = EntityRecord("dataset", "MossTree", [(2, 3)], role="introduced")
    store_entities(doc, [EntityRecord("method", "MossNet", [(0, 1)], role="proposed"), tree])
    assert nlp.get_pipe("arxivie_releases")(doc).user_data["arxivie_releases"] == []


def test_nothing(nlp: spacy.Language) -> None:
    assert releases(nlp, "") == []


def test_a_rule_must_say_where_its_things_stand() -> None:
    pack = load_pack()
    rules = tuple(r.model_copy(update={"sets": {}}) for r in pack.rules["release"])
    broken = dataclasses.replace(pack, rules={**pack.rules, "release": rules})
    with pytest.raises(PatternError, match=r"release\.[\w-]+: give it sets"):
        ReleaseFinder(spacy.blank("en"), broken)
