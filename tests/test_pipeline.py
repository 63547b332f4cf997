"""The pipeline as a whole: its parts, its order, its streams."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

import arxivie
from arxivie import Paper
from arxivie.errors import ConfigurationError, PatternError
from arxivie.pipeline import ORDER, annotate, annotate_one, load, read_doc, versions

TEXT = (
    "FooNet: A Better Detector\nWe propose FooNet (Fancy Object Operator Network) for object detection. FooNet "
    "achieves 45.3 mAP on COCO, outperforming ResNet-50 by 3.1 points and setting a new state of the art. Code is at "
    "https://github.com/foo/net. The data will be released."
)
PAPER = Paper(id="2101.00001", title=TEXT.partition("\n")[0], abstract=TEXT.partition("\n")[2])


def test_the_whole_pipeline_in_order(nlp) -> None:
    assert nlp.pipe_names == [name for name in ORDER if name != "arxivie_tagger"]


def test_every_kind_of_fact_is_found(nlp) -> None:
    facts = annotate_one(nlp, PAPER).facts
    assert facts is not None
    assert "COCO" in [d.name for d in facts.datasets]
    assert "FooNet" in [m.name for m in facts.methods]
    assert [(r.value, r.kind) for r in facts.results] == [(45.3, "score"), (3.1, "gain")]
    assert [x.url for x in facts.links] == ["https://github.com/foo/net"]
    assert [(r.what, r.status) for r in facts.releases] == [(("data",), "promised")]
    assert "sota" in [c.status for c in facts.claims]


def test_components_are_chosen() -> None:
    chosen = load(tagger=None, enable=["arxivie_sentences", "arxivie_quantities"])
    assert chosen.pipe_names == ["arxivie_sentences", "arxivie_quantities"]
    left = load(tagger=None, disable=["arxivie_claims", "arxivie_matcher"])
    assert not {"arxivie_claims", "arxivie_matcher"} & set(left.pipe_names)
    assert len(left.pipe_names) == len(ORDER) - 3
    facts = annotate_one(left, PAPER).facts
    assert facts.claims == ()
    assert facts.results


@pytest.mark.parametrize("settings", [{"enable": ["arxivie_sentence"]}, {"disable": ["ner"]}])
def test_an_unknown_component_is_an_error(settings) -> None:
    with pytest.raises(ConfigurationError, match=r"no component is called .* there are arxivie_sentences, "):
        load(tagger=None, **settings)


def test_a_folder_without_a_tagger_is_an_error(tmp_path) -> None:
    with pytest.raises(ConfigurationError):
        load(tagger=tmp_path)


def test_a_folder_without_a_pack_is_an_error(tmp_path) -> None:
    with pytest.raises(PatternError, match=r"no pack\.toml"):
        load(tagger=None, packs=[tmp_path])


def test_papers_are_read_one_at_a_time(nlp) -> None:
    asked: list[int] = []

    def papers() -> Iterator[Paper]:
        for number in range(3):
            asked.append(number)
            yield PAPER.model_copy(update={"id": str(number)})

    stream = annotate(papers(), nlp)
    assert asked == []
    assert next(stream).id == "0"
    assert asked == [0]
    assert [p.id for p in stream] == ["1", "2"]


def test_processes_change_neither_facts_nor_order(nlp, annotated) -> None:
    seed = annotated[:3] * 15
    papers = [p.model_copy(update={"id": f"{number:05}", "facts": None}) for number, p in enumerate(seed)]
    again = list(annotate(iter(papers), nlp, processes=2))
    assert [p.id for p in again] == [p.id for p in papers]
    assert [p.facts for p in again] == [p.facts for p in seed]
    assert again[0] == seed[0].model_copy(update={"id": "00000"})


def test_a_paper_that_cannot_be_read_reaches_the_caller_from_a_process(nlp) -> None:
    def papers() -> Iterator[Paper]:
        yield PAPER
        raise ValueError("the source broke")

    with pytest.raises(ValueError, match="the source broke"):
        list(annotate(papers(), nlp, processes=2))


def test_nothing_to_annotate(nlp) -> None:
    assert list(annotate([], nlp)) == []
    assert list(annotate([], nlp, processes=2)) == []


@pytest.mark.parametrize("title", ["", "A title", "$$", "\\"])
@pytest.mark.parametrize("abstract", ["", " ", "\n\n", "%", "$", "\\cite{", "<", "…", "1", "±", "🙂" * 40])
def test_odd_papers_have_facts(nlp, title: str, abstract: str) -> None:
    paper = annotate_one(nlp, Paper(id="x", title=title, abstract=abstract))
    assert paper.facts is not None


PIECES = [
    *("$", "\\%", "{", "}", "88.1", "%", "±", " ", "\n", "(FN)", "-", ",", ".", "½", "\u200b", "e\u0301"),
    *("FooNet", "BarNet", "CIFAR-10", "accuracy", "state of the art", "https://github.com/a/b", "code"),
    *("We", "propose", "on", "and", "from", "to", "than", "outperforms", "by", "up to", "respectively"),
    "will be released",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
@settings(max_examples=40, deadline=None)
def test_any_text_has_facts_with_true_evidence(nlp, text: str) -> None:
    paper = annotate_one(nlp, Paper(id="x", title="A title", abstract=text))
    for field in arxivie.Facts.model_fields:
        for fact in getattr(paper.facts, field):
            assert fact.evidence
            assert all(e.text.of(paper.text) == e.surface for e in fact.evidence)


def test_a_doc_knows_its_facts(nlp) -> None:
    doc = nlp(TEXT)
    facts = doc._.arxivie
    assert isinstance(facts, arxivie.Facts)
    assert facts == annotate_one(nlp, PAPER).facts
    assert facts.methods[0].evidence[0].section == "title"


def test_a_processed_doc_survives_bytes_and_docbin(nlp) -> None:
    doc = nlp(TEXT)
    facts = doc._.arxivie
    packed = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (unpacked,) = DocBin(store_user_data=True).from_bytes(packed).get_docs(nlp.vocab)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    for copy in (unpacked, again, pickle.loads(pickle.dumps(doc))):
        assert copy._.arxivie == facts
        assert [(s.text, s.id_, s.kb_id_) for s in copy.spans["dataset"]] == [
            (s.text, s.id_, s.kb_id_) for s in doc.spans["dataset"]
        ]


def test_docs_in_batches_and_processes_of_spacy(nlp) -> None:
    (one,) = nlp.pipe([TEXT], batch_size=2)
    assert one._.arxivie == nlp(TEXT)._.arxivie


def test_doc_ents_are_the_user_s(nlp) -> None:
    assert nlp(TEXT).ents == ()


def test_a_pickled_pipeline_says_the_same(nlp) -> None:
    again = pickle.loads(pickle.dumps(nlp))
    assert annotate_one(again, PAPER) == annotate_one(nlp, PAPER)


def test_read_doc_is_the_reading_view(nlp) -> None:
    paper = Paper(id="x", title="T", abstract="It reaches $86.3\\%$ accuracy.")
    assert read_doc(nlp, paper).text == "T\nIt reaches 86.3% accuracy."


@pytest.mark.parametrize("name", [name for name in ORDER if name != "arxivie_tagger"])
def test_a_component_works_alone_in_a_user_s_pipeline(name: str) -> None:
    own = spacy.blank("en")
    own.add_pipe(name)
    for text in (TEXT, "", "It reaches 88%."):
        own(text)
        assert own(text).text == text


@pytest.mark.parametrize("name", ["arxivie_lexicon", "arxivie_matcher", "arxivie_resolve"])
def test_components_may_be_repeated_under_other_names(nlp, name: str) -> None:
    own = spacy.blank("en")
    own.add_pipe("arxivie_sentences")
    own.add_pipe(name, name="first")
    own.add_pipe(name, name="second")
    own(TEXT)


def test_versions_name_pack_and_tagger(nlp) -> None:
    pack, tagger = versions(nlp)
    assert pack.split("+")[0].count(".") == 2
    assert len(pack.split("+")[1]) == 16
    assert tagger is None


def test_a_paper_made_by_hand_is_published_first(nlp) -> None:
    paper = annotate_one(nlp, Paper(id="x", title=" A  title", abstract="\n  We train on\nCIFAR-10. "))
    assert (paper.title, paper.abstract) == ("A title", "We train on CIFAR-10.")
    assert (paper.raw_title, paper.raw_abstract) == (" A  title", "\n  We train on\nCIFAR-10. ")
    (place,) = paper.facts.datasets[0].evidence
    assert place.text.of(paper.text) == place.raw.of(paper.raw) == "CIFAR-10"
    assert annotate_one(nlp, PAPER).raw_title is None


def test_logging_is_silent_by_default(nlp, capfd) -> None:
    annotate_one(nlp, PAPER)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that start fast")
def test_leaving_a_stream_of_processes_early_ends_them(nlp) -> None:
    stream = annotate((PAPER for _ in range(10_000)), nlp, processes=2)
    assert next(stream).facts is not None
    stream.close()
