"""Everything that any finder proposes, gathered by name."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from arxivie.pipes.candidates import Candidate, candidates, same_entity
from arxivie.pipes.quantities import QuantityFinder


def mark(doc: Doc, label: str, surface: str, rule: str, canonical: str = "") -> None:
    """Leave a finder's span on the Doc."""
    start = doc.text.index(surface)
    span = doc.char_span(start, start + len(surface), label=label, span_id=rule, kb_id=canonical)
    doc.spans[label] = [
        *doc.spans.get(label, ()),
        Span(doc, span.start, span.end, label, kb_id=canonical, span_id=rule),
    ]


def named(found: list[Candidate], label: str, key: str) -> Candidate | None:
    return next((c for c in found if (c.label, c.key) == (label, key)), None)


def texts(doc: Doc, c: Candidate) -> list[str]:
    return [doc[a:b].text for a, b in c.mentions]


def test_a_name_is_found_wherever_it_stands(read) -> None:
    doc = read("FooSet helps\nWe train on FooSet. FooSet-B and fooset are others.")
    mark(doc, "dataset", "FooSet", "dataset.named")
    c = named(candidates(doc, []), "dataset", "fooset")
    assert c is not None
    assert texts(doc, c) == ["FooSet", "FooSet", "FooSet"]  # not in lower case


def test_tasks_and_metrics_are_found_in_any_case(read) -> None:
    doc = read("Lane Detection\nWe study lane detection and its accuracy. Accuracy matters.")
    mark(doc, "task", "lane detection", "task.listed")
    mark(doc, "metric", "accuracy", "metric.named")
    found = candidates(doc, [])
    assert texts(doc, named(found, "task", "lanedetection")) == ["Lane Detection", "lane detection"]
    assert texts(doc, named(found, "metric", "accuracy")) == ["accuracy", "Accuracy"]


def test_several_rules_for_one_name_are_one_candidate(read) -> None:
    doc = read("We train on CIFAR-10 and CIFAR 10.")
    mark(doc, "dataset", "CIFAR-10", "dataset.names", "dataset:cifar-10")
    mark(doc, "dataset", "CIFAR 10", "dataset.named")
    c = named(candidates(doc, []), "dataset", "cifar10")
    assert {"dataset.names", "dataset.named"} <= c.rules
    assert c.canonical == "dataset:cifar-10"
    assert texts(doc, c) == ["CIFAR-10", "CIFAR 10"]


def test_what_looks_like_a_name_is_a_dataset_or_a_method(read) -> None:
    found = candidates(read("We train FooNet on images."), [])
    assert {(c.label, c.key) for c in found} == {("dataset", "foonet"), ("method", "foonet")}
    assert {r for c in found for r in c.rules} == {"dataset.shape", "method.shape"}


def test_the_tagger_proposes_and_generic_methods_are_methods(read) -> None:
    doc = read("We train a gan here.")
    (c,) = candidates(doc, [(3, 4, "generic_method")])
    assert (c.label, c.key, c.rules) == ("method", "gan", {"method.tagger"})


def test_a_figure_proposes_the_phrase_beside_it(read) -> None:
    doc = QuantityFinder()(read("with a mean recall of 0.9 here"))
    assert "metric.beside-figure" in named(candidates(doc, []), "metric", "meanrecall").rules


def test_acronym_and_long_form_are_partners(read) -> None:
    doc = read("The Foo Bar Set (FBS) is new.")
    mark(doc, "dataset", "FBS", "dataset.named")
    doc.user_data["arxivie_abbreviations"] = [[5, 6, 1, 4]]
    found = candidates(doc, [])
    short, long = named(found, "dataset", "fbs"), named(found, "dataset", "foobarset")
    assert short.partners == {"foobarset"}
    assert same_entity(short, long)
    assert named(found, "task", "fbs") is None


def test_forms_of_one_entity() -> None:
    assert same_entity(Candidate("method", "gan"), Candidate("method", "gans"))
    assert same_entity(Candidate("metric", "map", canonical="m:map"), Candidate("metric", "mean", canonical="m:map"))
    assert not same_entity(Candidate("dataset", "cifar10"), Candidate("dataset", "cifar100"))
    assert not same_entity(Candidate("dataset", "a"), Candidate("dataset", "b"))


def test_a_text_without_letters_has_no_candidates(read) -> None:
    doc = read("... --- ...")
    doc.spans["dataset"] = [Span(doc, 0, 2, "dataset", span_id="dataset.named")]
    assert candidates(doc, []) == []
