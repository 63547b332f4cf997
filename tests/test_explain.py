"""Why a fact is there."""

from __future__ import annotations

import pytest
import spacy

from arxivie.errors import ConfigurationError
from arxivie.explain import Reason, explain, window
from arxivie.papers import Paper
from arxivie.pipeline import annotate_one

PAPER = Paper(
    id="2101.00001",
    title="FooNet for object detection",
    abstract="We propose FooNet and train it on CIFAR-10. FooNet reaches 88.5% accuracy on 3 GPUs.",
)


@pytest.fixture(scope="module")
def reasons(nlp) -> list[Reason]:
    return explain(nlp, PAPER)


def by_name(reasons: list[Reason], label: str, name: str) -> Reason:
    return next(r for r in reasons if (r.label, r.name) == (label, name))


def test_every_entity_of_the_facts_has_its_reason(nlp, reasons) -> None:
    facts = annotate_one(nlp, PAPER).facts
    kept = {(r.label, r.name) for r in reasons if r.kept}
    for label, found in (("dataset", facts.datasets), ("method", facts.methods), ("task", facts.tasks)):
        assert found
        assert all((label, e.evidence[0].surface) in kept for e in found)


def test_a_reason_names_rules_tokens_and_weights(reasons) -> None:
    r = by_name(reasons, "dataset", "CIFAR-10")
    assert r.kept
    assert r.probability > 0.5
    assert r.rules["dataset.names"] == "the name stands in a list"
    assert r.tokens == "train it on « CIFAR - 10 » . FooNet reaches"
    assert r.weights
    assert all(isinstance(weight, float) for _, weight in r.weights)


def test_figures_have_reasons_too(reasons) -> None:
    r = by_name(reasons, "result", "88.5% (score)")
    assert r.kept
    assert list(r.rules) == ["result.score"]


def test_what_nearly_was_is_told_and_what_hardly_was_is_not(reasons) -> None:
    assert all(r.kept or r.probability >= 0.1 for r in reasons)
    assert not any(r.name == "GPUs" and r.label == "dataset" and r.kept for r in reasons)


def test_kept_reasons_come_first_within_a_label(reasons) -> None:
    assert reasons == sorted(reasons, key=lambda r: (r.label, not r.kept))


def test_a_user_s_rule_says_why(tmp_path) -> None:
    from arxivie.pipeline import load

    (tmp_path / "pack.toml").write_text('name = "mine"\nversion = "0.1.0"\nlicence = "CC0-1.0"\n')
    (tmp_path / "dataset").mkdir()
    (tmp_path / "dataset" / "rules.toml").write_text(
        '[[rule]]\nid = "dataset.from-the-farm"\nwhy = "names of farms"\n'
        'tokens = [{LOWER = "farm"}, {IS_TITLE = true, AS = "dataset"}]\n'
        'fires = ["The farm [Foo](dataset) is here."]\nsilent = ["The farm is here."]\n'
    )
    own = load(tagger=None, packs=[tmp_path])
    paper = Paper(id="x", title="T", abstract="We train on the farm Barley dataset and on the farm Barley again.")
    found = explain(own, paper, packs=[tmp_path])
    assert by_name(found, "dataset", "Barley").rules["dataset.from-the-farm"] == "names of farms"


def test_without_resolve_nothing_can_be_explained() -> None:
    with pytest.raises(ConfigurationError, match="no component arxivie_resolve"):
        explain(spacy.blank("en"), PAPER)


def test_a_window_marks_the_mention(nlp) -> None:
    doc = nlp.make_doc("a b\nc d")
    assert window(doc, 1, 2) == "a « b » ⏎ c d"
    assert window(doc, 0, len(doc)) == "« a b ⏎ c d »"
