from __future__ import annotations

import pickle
from typing import Any

from spacy.lang.en import English

from arxivie.rules.compile import RuleMatcher, document
from arxivie.rules.names import Name, NameIndex
from arxivie.rules.schema import Rule, WordClass

VOCAB = English().vocab
CLASSES = {
    "big": WordClass(why="w", words=("very large", "huge")),
    "name": WordClass(why="w", regex=r"[A-Z]\w*(?:-\w+)*", without=("we",)),
}
NAMES = NameIndex([Name("dataset", "Visual Genome", "Visual Genome"), Name("dataset", "Sun", "Sun", context="needed")])


def captures(text: str, tokens: list[dict[str, Any]], **more: Any) -> list[str]:
    data = {"id": "dataset.x", "why": "w", "tokens": tokens, "fires": ["[x](dataset)"], "silent": ["x"], **more}
    doc = document(VOCAB, text, NAMES)
    matches = RuleMatcher(VOCAB, [Rule.model_validate(data)], CLASSES)(doc)
    return [doc[start:end].text for match in matches for start, end, _ in match.captures]


def test_without_as_the_whole_match_is_captured() -> None:
    assert captures("a huge corpus", [{"LOWER": "huge"}, {"LOWER": "corpus"}]) == ["huge corpus"]


def test_runs_of_one_label_are_one_capture_and_separate_runs_are_two() -> None:
    name = {"IS": "@name", "OP": "+", "AS": "dataset"}
    assert captures("We like Leaf Two and Tree-B.", [name, {"LOWER": "and"}, name]) == ["Leaf Two", "Tree-B"]


def test_phrases_of_a_class_are_not_cut() -> None:
    assert captures("a very large corpus", [{"IS": "@big", "AS": "dataset"}]) == []
    assert captures("a very large corpus", [{"IS": "@big", "OP": "+", "AS": "dataset"}]) == ["very large"]


def test_names_of_the_lists_are_seen_unless_weak() -> None:
    mention = [{"IS": "dataset", "OP": "+", "AS": "dataset"}]
    assert captures("on Visual Genome and Sun", mention) == ["Visual Genome"]


def test_unless_drops_a_match_that_it_overlaps() -> None:
    tokens = [{"IS": "@name", "AS": "dataset"}]
    assert captures("on Leaf but Tree here", tokens, unless=[[{"TEXT": "Tree"}]]) == ["Leaf"]


def test_within_a_section() -> None:
    tokens = [{"TEXT": "Leaf", "AS": "dataset"}]
    assert len(captures("Leaf\nLeaf Leaf", tokens, within="title")) == 1
    assert len(captures("Leaf\nLeaf Leaf", tokens, within="abstract")) == 2
    assert captures("Leaf without a title", tokens, within="title") == []


def test_it_pickles() -> None:
    rule = Rule.model_validate(
        {"id": "dataset.x", "why": "w", "tokens": [{"IS": "@name"}], "fires": ["[x](dataset)"], "silent": ["x"]}
    )
    matcher = pickle.loads(pickle.dumps(RuleMatcher(VOCAB, [rule], CLASSES)))
    assert [match.rule.id for match in matcher(document(VOCAB, "on Leaf", NAMES))] == ["dataset.x"]
