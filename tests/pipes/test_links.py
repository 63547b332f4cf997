from __future__ import annotations

import tomllib
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

import arxivie.pipes.factories  # noqa: F401
from arxivie.pipes.addresses import AddressReader
from arxivie.pipes.entities import EntityRecord, store_entities
from arxivie.pipes.links import hosts
from arxivie.pipes.tokens import FactTokenizer
from arxivie.resources import patterns_dir

READER = AddressReader({"com", "io", "org", "ai"}, {"available", "visit"})


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = FactTokenizer(nlp.vocab)
    nlp.add_pipe("arxivie_sentences")
    nlp.add_pipe("arxivie_links")
    return nlp


def links(nlp: spacy.Language, text: str) -> list[dict[str, Any]]:
    doc = nlp(text)
    found: list[dict[str, Any]] = doc.user_data["arxivie_links"]
    assert [(s.start, s.end, s.id_) for s in doc.spans["link"]] == [(x["start"], x["end"], x["rule"]) for x in found]
    return found


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Code: https://github.com/moss/tree.", ["https://github.com/moss/tree"]),
        ("Code at \\url{https://github.com/moss/tree}.", ["https://github.com/moss/tree"]),
        ("Code (https://github.com/moss/tree).", ["https://github.com/moss/tree"]),
        ("See https://moss.org/Tree_(plant), please", ["https://moss.org/Tree_(plant)"]),
        ("at https://github.com/moss/tree\\_rings now", ["https://github.com/moss/tree_rings"]),
        ("{\\color{red}https://github.com/moss/tree}", ["https://github.com/moss/tree"]),
        ("at github.com/moss/tree.", ["github.com/moss/tree"]),
        ("on moss-tree.github.io/", ["moss-tree.github.io/"]),
        ("available at moss.ai", ["moss.ai"]),
        ("the link:https: //github.com/moss/tree", ["github.com/moss/tree"]),
        ("at https://github.com/ moss/tree-rings.", ["https://github.com/moss/tree-rings"]),
        (
            "https://github.com/moss/a and https://github.com/moss/b",
            ["https://github.com/moss/a", "https://github.com/moss/b"],
        ),
    ],
)
def test_addresses_are_read_whole(text: str, urls: list[str]) -> None:
    assert [a.url for a in READER(text)] == urls


@pytest.mark.parametrize(
    "text",
    [
        "for this http://task.To address the moss",
        "we shared our moss on moss.org almost at once",
        "Moss is available. The site moss.org is named in passing with many more words behind",
        "available at this https URL.",
        "write to moss@tree.org when it is available",
        "on 3.5.io files",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert list(READER(text)) == []


@given(st.text(alphabet="htps:/.()moscgithub {}\\_-,com", max_size=60))
def test_addresses_lie_in_the_text_and_never_overlap(text: str) -> None:
    done = 0
    for a in READER(text):
        assert done <= a.start < a.end <= len(text)
        assert a.url.replace(" ", "")[-1] not in ".,;:"
        done = a.end


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Our code is available at https://github.com/moss/tree.", ["code"]),
        ("Datasets and codes are available: https://github.com/moss/tree", ["data", "code"]),
        ("Code and trained models are at https://github.com/moss/tree.", ["code", "model"]),
        ("Project page: https://moss.github.io/tree", ["project"]),
        ("See our project page for demos and videos: https://moss.github.io/tree", ["project", "demo", "video"]),
        ("Our dataset webpage is https://moss.org/tree.", ["data"]),
        ("The code for training models on data is available at https://moss.org/tree.", ["code"]),
        ("Our data processing code is available at https://moss.org/tree.", ["code"]),
        ("Videos and code are on our project page: https://moss.org/tree", ["video", "code", "project"]),
        ("More results are on our website (https://moss.org/tree).", ["project"]),
        ("Videos of our website are at https://moss.org/tree", ["video"]),
        ("The code will be made open-source in https://moss.org/tree", ["code"]),
        ("We count moss (https://github.com/moss/tree).", ["code"]),
        ("We trained models on data of a wood (https://moss.org/).", ["project"]),
        ("The video is available at https://moss.org/tree.", ["video"]),
        ("Moss models are good.The code is available at https://moss.org/tree.", ["code"]),
        ("The benchmark with ground truth models is available at https://moss.org/tree.", ["data"]),
        (
            "Visit our homepage (https://moss.org/tree) for code, a demo and a video.",
            ["project", "code", "demo", "video"],
        ),
        ("See https://moss.org/tree for code and data.", ["code", "data"]),
        ("Seen at https://moss.org/tree, for data we thank all.", ["project"]),
        ("For scripts and splits, visit our homepage: https://moss.org/tree", ["code", "data", "project"]),
        ("For longer videos, check \\url{https://moss.org/tree}.", ["video"]),
        ("Further information and demos are at https://moss.org/tree.", ["project", "demo"]),
        ("Code and further details are at https://github.com/moss/tree.", ["code"]),
        ("All resources are available at https://github.com/moss/tree.", ["code", "data"]),
        ("Code and resources are available at https://github.com/moss/tree.", ["code"]),
        ("All tools are available at https://moss.org/tree.", ["project"]),
        ("Video results are available at https://moss.org/tree.", ["video"]),
        ("It follows textual prompts. https://moss.org/tree", ["project"]),
        ("Here are links to code and data: https://moss.org/tree", ["code", "data"]),
    ],
)
def test_kinds_come_from_the_words_else_from_the_host(nlp: spacy.Language, text: str, kinds: list[str]) -> None:
    assert [x["kinds"] for x in links(nlp, text)] == [kinds]


def test_several_in_a_sentence(nlp: spacy.Language) -> None:
    text = "We release our data at https://moss.org/a and our code at https://moss.org/b and https://moss.org/c."
    assert [x["kinds"] for x in links(nlp, text)] == [["data"], ["code"], ["code"]]


def test_a_second_place_holds_the_same(nlp: spacy.Language) -> None:
    text = "Our data is available at https://moss.org/a and at http://moss.org/b, where moss grows."
    assert [x["kinds"] for x in links(nlp, text)] == [["data"], ["data"]]


def test_an_address_said_twice_is_one_link(nlp: spacy.Language) -> None:
    assert len(links(nlp, "Code: https://moss.org/a. Again, https://moss.org/a has it.")) == 1


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Code will be available at https://moss.org/a.", "promised"),
        ("Code is at https://moss.org/a [to be made public upon acceptance].", "promised"),
        ("Code is available at https://moss.org/a, which will help others.", "available"),
        ("We will see. Code is available at https://moss.org/a.", "available"),
    ],
)
def test_status(nlp: spacy.Language, text: str, status: str) -> None:
    assert [x["status"] for x in links(nlp, text)] == [status]


def test_a_dataset_by_name(nlp: spacy.Language) -> None:
    doc = nlp.make_doc("MossTree is available at https://github.com/moss/tree.")
    doc = nlp.get_pipe("arxivie_sentences")(doc)
    store_entities(doc, [EntityRecord("dataset", "MossTree", [(0, 1)])])
    doc = nlp.get_pipe("arxivie_links")(doc)
    assert doc.user_data["arxivie_links"][0]["kinds"] == ["data"]


def test_a_dataset_named_in_front_of_its_address(nlp: spacy.Language) -> None:
    doc = nlp.make_doc("We use the dataset MossTree (https://github.com/moss/tree) and MossKit.")
    doc = nlp.get_pipe("arxivie_sentences")(doc)
    store_entities(doc, [EntityRecord("dataset", "MossTree", [(4, 5)])])
    doc = nlp.get_pipe("arxivie_links")(doc)
    assert doc.user_data["arxivie_links"][0]["kinds"] == ["data"]


def test_nothing(nlp: spacy.Language) -> None:
    assert links(nlp, "") == []
    assert links(nlp, "Code is available.") == []


def test_every_host_proves_itself() -> None:
    entries = tomllib.loads((patterns_dir() / "link" / "hosts.toml").read_text("utf-8"))["host"]
    assert len(entries) >= 8
    for entry in entries:
        assert next(kind for regex, kind in hosts() if regex.search(entry["example"])) == entry["kind"], entry
