"""Figures as results: with weights made by hand, then with those that ship."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from arxivie.pipes.context import Context
from arxivie.pipes.entities import EntityRecord, entities_for_figures, store_entities, stored_entities
from arxivie.pipes.linear import LinearModel
from arxivie.pipes.linking import choose, nearest
from arxivie.pipes.quantities import QuantityFinder, quantities
from arxivie.pipes.results import KEY, ResultFinder

KINDS = ("none", "score", "gain", "ratio", "loss", "other_score")


def one_class(**weights: float) -> LinearModel:
    return LinearModel(["right"], {name.replace("_", "-"): [w] for name, w in weights.items()})


#: every figure is a score unless a cue says otherwise; everything belongs to what stands nearest
MODELS = {
    "kind": LinearModel(
        KINDS,
        {
            "bias": [0, 2, 0, 0, 0, 0],
            "cue<gain": [0, 0, 9, 0, 0, 0],
            "cue>ratio": [0, 0, 0, 9, 0, 0],
            "cue<lose": [0, 0, 0, 0, 9, 0],
            "cue>setting": [20, 0, 0, 0, 0, 0],
        },
    ),
    "metric": LinearModel(["right"], {"none": [1.0], "partner=True": [3.0], ">1": [2.0]}),
    "dataset": LinearModel(["right"], {"partner=True": [5.0], "partner=False": [-5.0], "bias": [0.5]}),
    "method": LinearModel(["right"], {"none": [1.0], "local=1": [3.0], "mentions=1": [3.0]}),
}
FINDER = ResultFinder(MODELS, lambda doc, i: None)


def entity(doc: Doc, label: str, surface: str, **more: Any) -> EntityRecord:
    at = doc.text.index(surface)
    span = doc.char_span(at, at + len(surface))
    return EntityRecord(label, surface, [(span.start, span.end)], [surface], **more)


def results(read, text: str, finder: ResultFinder = FINDER, **names: list[str]) -> list[dict[str, Any]]:
    doc = QuantityFinder()(read(text))
    store_entities(doc, [entity(doc, label, name) for label, given in names.items() for name in given])
    return finder(doc).user_data[KEY]


def test_a_result_is_plain_data(read) -> None:
    (r,) = results(read, "FooNet reaches 88.5% accuracy on CUB.", metric=["accuracy"], dataset=["CUB"],
                   method=["FooNet"])  # fmt: skip
    assert r | {"confidence": 0, "metric_confidence": 0} == {
        "start": 2, "end": 4, "value": 88.5, "value_max": None, "error": None, "unit": "%", "bound": "exact",
        "kind": "score", "better": None, "metric": "accuracy", "datasets": ["CUB"], "method": "FooNet", "task": None,
        "baseline": None, "quote": [0, 8], "rule": "result.score", "confidence": 0, "metric_confidence": 0,
    }  # fmt: skip
    assert 0.5 < r["confidence"] <= 1


def test_what_is_no_result_is_left_out(read) -> None:
    assert results(read, "We keep 10% of the labels here.") == []


def test_lists_of_one_length_belong_together(read) -> None:
    found = results(read, "It reaches 88% and 91% on CUB and Cars, respectively.", dataset=["CUB", "Cars"])
    assert [(r["value"], r["datasets"]) for r in found] == [(88, ["CUB"]), (91, ["Cars"])]


def test_a_change_is_positive_and_says_for_whom(read) -> None:
    (gain,) = results(read, "It improves by 3.1% here.")
    (loss,) = results(read, "It drops by -3.1% here.")
    assert (gain["kind"], gain["value"], gain["better"]) == ("gain", 3.1, True)
    assert (loss["kind"], loss["value"], loss["better"]) == ("loss", 3.1, False)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("It reaches up to 5% and 7% here.", ["at_most", "at_most"]),
        ("It reaches more than 5%, 6% and 7% here.", ["at_least"] * 3),
        ("It reaches about 5% on CUB and 7% on Cars.", ["about", "about"]),
        # near misses: nothing is carried over
        ("It reaches 5% and up to 7% here.", ["exact", "at_most"]),
        ("It reaches up to 5% here. And it reaches 7%.", ["at_most", "exact"]),
        ("It reaches up to 5% and is 7% there.", ["at_most", "exact"]),
        ("It reaches up to 5% and 7 points here.", ["at_most", "exact"]),
    ],
)
def test_a_bound_carries_over_to_coordinated_figures(read, text: str, bounds: list[str]) -> None:
    assert [r["bound"] for r in results(read, text)] == bounds


@pytest.mark.parametrize(
    ("text", "baseline"),
    [
        ("It is 5x faster than BarNet here.", "BarNet"),
        ("It improves by 3% over previous methods.", "previous methods"),
        ("It improves by 3% compared to the baseline.", "baseline"),
        ("It improves by 3% here.", None),
        ("It outperforms prior art by 3%.", "prior art"),
    ],
)
def test_what_it_is_compared_to(read, text: str, baseline: str | None) -> None:
    (r,) = results(read, text, method=["BarNet"] if "BarNet" in text else [])
    assert r["baseline"] == baseline


def test_a_level_has_no_baseline(read) -> None:
    (r,) = results(read, "It reaches 88% and rather than BarNet it is new.", method=["BarNet"])
    assert r["baseline"] is None


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Our full model reaches 88%.", "Our full model"),
        ("The proposed system reaches 88%.", "proposed system"),
        ("The baseline reaches 88%.", "baseline"),
        ("Everything reaches 88%.", None),
        ("Our model is new. It reaches 88%.", None),
    ],
)
def test_an_unnamed_method_is_a_phrase(read, text: str, phrase: str | None) -> None:
    (r,) = results(read, text)
    assert r["method"] == phrase


def test_the_task_is_that_of_the_sentence_else_the_first(read) -> None:
    text = "We study lane detection. For tracking it reaches 88%. It then reaches 91%."
    found = results(read, text, task=["lane detection", "tracking"])
    assert [r["task"] for r in found] == ["tracking", "lane detection"]


def test_ranges_and_errors_come_through(read) -> None:
    first, second = results(read, "It reaches 6-7% here, and 0.876 ± 0.005 there.")
    assert (first["value"], first["value_max"]) == (6, 7)
    assert (second["value"], second["error"]) == (0.876, 0.005)


def test_the_tagger_s_opinion_counts_where_it_has_read_the_figures(read) -> None:
    trusting = LinearModel(KINDS, MODELS["kind"].weights | {"tagger=score": [-1, 0, 0, 0, 0, 0]})
    finder = ResultFinder(MODELS | {"kind+tagger": trusting}, lambda doc, i: {"none": 0.999, "score": 0.0001})
    doc = QuantityFinder()(read("It reaches 88% here."))
    assert len(finder(doc).user_data[KEY]) == 1
    doc.user_data["arxivie_tagger"] = {"pointers": []}
    assert finder(doc).user_data[KEY] == []


def test_a_doubtful_metric_is_one_where_a_figure_belongs_to_it(read) -> None:
    doc = QuantityFinder()(read("FooNet reaches 88% purity, and beauty counts."))
    store_entities(
        doc, [entity(doc, "metric", name, doubtful=True, rules=["metric.pointer"]) for name in ("purity", "beauty")]
    )
    assert stored_entities(doc) == []
    assert not doc.spans["metric"]
    assert {e.name for e in entities_for_figures(doc)} == {"purity", "beauty"}
    (r,) = FINDER(doc).user_data[KEY]
    assert r["metric"] == "purity"
    assert [(e.name, e.doubtful) for e in stored_entities(doc)] == [("purity", False)]
    assert [(span.text, span.id_) for span in doc.spans["metric"]] == [("purity", "metric.pointer")]
    assert [e.name for e in entities_for_figures(doc) if e.doubtful] == ["beauty"]


@pytest.mark.parametrize("text", ["", "No figure here.", "\n"])
def test_without_figures_there_are_no_results(read, text: str) -> None:
    assert results(read, text) == []


def test_without_sentences_quantities_or_entities() -> None:
    nlp = spacy.blank("en")
    doc = QuantityFinder()(nlp("It reaches 88% here."))
    assert [r["value"] for r in FINDER(doc).user_data[KEY]] == [88]
    assert FINDER(nlp("It reaches 88% here.")).user_data[KEY] == []


def test_the_nearest_mention_is_in_the_same_sentence_first(read) -> None:
    doc = read("We use CUB. On the large and old CUB we reach 88% here. CUB is fine.")
    context = Context(doc, quantities(doc), {})
    e = EntityRecord("dataset", "CUB", [(t.i, t.i + 1) for t in doc if t.text == "CUB"])
    assert nearest(context, context.quantities[0], e) == e.mentions[1]


def test_the_best_option_wins() -> None:
    model = one_class(near=1.0, none=0.0)
    best, chance = choose(model, [{"none": 1.0}, {"near": 3.0}, {"near": 1.0}], 0.5)
    assert best == 1
    assert 0.5 < chance < 1
    assert choose(model, [{"none": 1.0}], 0.5) == (0, 1.0)


# with the weights that ship: sentences without any doubt


def facts(nlp, text: str) -> list[dict[str, Any]]:
    return nlp(text).user_data[KEY]


def test_figures_are_distributed_over_datasets(nlp) -> None:
    found = facts(nlp, "FooNet\nWe propose FooNet. It achieves an accuracy of 88.1% on CIFAR-10 and 91.4% on ImageNet.")
    assert [(r["kind"], r["value"], r["metric"], r["datasets"]) for r in found] == [
        ("score", 88.1, "accuracy", ["CIFAR-10"]),
        ("score", 91.4, "accuracy", ["ImageNet"]),
    ]


def test_metrics_are_told_apart(nlp) -> None:
    found = facts(nlp, "FooNet\nWe propose FooNet. FooNet achieves 45.3 mIoU on Cityscapes at 30 FPS.")
    assert [(r["value"], r["metric"]) for r in found] == [(45.3, "mIoU"), (30, "FPS")]
    assert found[0]["datasets"] == ["Cityscapes"]


def test_a_gain_over_a_named_method(nlp) -> None:
    (r,) = facts(nlp, "FooNet\nWe propose FooNet. FooNet outperforms ResNet-50 by 3.2% in accuracy on ImageNet.")
    assert (r["kind"], r["better"], r["baseline"], r["datasets"]) == ("gain", True, "ResNet-50", ["ImageNet"])


def test_settings_are_no_results(nlp) -> None:
    text = "We collect a dataset of 12,480 images of 41 classes and train for 200 epochs."
    assert facts(nlp, text) == []


def test_entities_are_there_for_the_results(nlp) -> None:
    doc = nlp("FooNet\nWe propose FooNet. FooNet achieves 45.3 mIoU on Cityscapes.")
    assert {(e.label, e.name) for e in stored_entities(doc)} >= {("dataset", "Cityscapes"), ("metric", "mIoU")}
