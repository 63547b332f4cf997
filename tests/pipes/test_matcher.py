from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import spacy

import arxivie.pipes.factories  # noqa: F401
from arxivie.pipes.tokens import FactTokenizer


def pipeline(packs: list[str] | None = None) -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = FactTokenizer(nlp.vocab)
    nlp.add_pipe("arxivie_lexicon", config={"packs": packs or []})
    nlp.add_pipe("arxivie_matcher", config={"packs": packs or []})
    return nlp


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    return pipeline()


def found(nlp: spacy.Language, text: str, label: str) -> set[tuple[str, str]]:
    doc = nlp(text)
    return {(span.text, span.id_) for span in doc.spans.get(label, ())}


def test_mentions_of_unknown_names(nlp: spacy.Language) -> None:
    text = "MossNet-3: Counting Moss\nWe present MossNet-3, a network trained on the Moss Atlas corpus."
    assert ("MossNet-3", "method.title-colon") in found(nlp, text, "method")
    assert ("Moss Atlas", "dataset.named-data") in found(nlp, text, "dataset")


def test_rules_see_what_the_lexicon_found(nlp: spacy.Language) -> None:
    assert ("MossSet", "dataset.beside-known") in found(nlp, "Moss\nOn ImageNet and MossSet.", "dataset")
    assert found(nlp, "Moss\nOn leaves and moss.", "dataset") == set()


def test_a_curators_rejected_name_stops_firing(tmp_path: Path) -> None:
    (tmp_path / "dataset").mkdir()
    (tmp_path / "pack.toml").write_text('name = "me"\nversion = "1"\nlicence = "MIT"\n', "utf-8")
    (tmp_path / "dataset" / "names.tsv").write_text(
        "name\tsurface\tcase\tcontext\tsource\nMoss Atlas\tMoss Atlas\tfolded\tnever\tme\n", "utf-8"
    )
    text = "Moss\nWe use the Moss Atlas corpus."
    assert ("Moss Atlas", "dataset.named-data") in found(pipeline(), text, "dataset")
    assert found(pipeline([str(tmp_path)]), text, "dataset") == set()


def test_empty_docs(nlp: spacy.Language) -> None:
    assert not nlp("").spans


def test_it_pickles(nlp: spacy.Language) -> None:
    component = pickle.loads(pickle.dumps(nlp.get_pipe("arxivie_matcher")))
    doc = nlp.make_doc("Moss\nWe use the Moss Atlas corpus.")
    assert [mention.rule for mention in component.find(doc)] == ["dataset.named-data"]
