"""Annotated papers as examples for the weighing of candidates and roles."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy", reason="fitting weights needs the extra `train`")

from arxivie.errors import ConfigurationError
from arxivie.pipeline import load
from arxivie.train.entities import EntityExamples, collect, gold_forms

RECORD = {
    "id": "2101.00001",
    "title": "BarNet for lane detection",
    "abstract": "We propose BarNet, train it on CIFAR-10 with GANs and reach 88.1% accuracy.",
    "facts": {
        "datasets": [{"name": "CIFAR-10", "surfaces": ["CIFAR-10"], "role": "used"}],
        "methods": [
            {"name": "BarNet", "surfaces": ["BarNet"], "role": "proposed"},
            {"name": "GAN", "surfaces": ["GANs"], "role": "used", "generic": True},
        ],
        "tasks": [{"name": "lane detection", "surfaces": ["lane detection"]}],
        "metrics": [{"name": "accuracy", "surfaces": ["accuracy"]}],
    },
}


@pytest.fixture(scope="module")
def finders():
    return load(tagger=None, disable=["arxivie_resolve", "arxivie_results", "arxivie_links", "arxivie_releases",
                                      "arxivie_claims"])  # fmt: skip


@pytest.fixture(scope="module")
def examples(finders) -> EntityExamples:
    return collect([(RECORD, 1.0), (RECORD, 0.5)], finders, lambda doc: None)


def test_forms_of_annotated_names() -> None:
    forms = gold_forms(RECORD["facts"])
    assert forms["dataset", "cifar10"] == "yes"
    assert forms["method", "gan"] == "generic"
    assert ("task", "cifar10") not in forms


def test_candidates_are_labelled_by_the_annotation(examples) -> None:
    labels = {label: [name for _, name, _ in rows] for label, rows in examples.rows.items()}
    assert "yes" in labels["dataset"]
    assert {"yes", "generic"} <= set(labels["method"])
    assert "no" in labels["dataset"]  # BarNet looks like one
    assert {weight for rows in examples.rows.values() for *_, weight in rows} == {1.0, 0.5}


def test_roles_are_learnt_from_the_annotated_entities(examples) -> None:
    assert [role for _, role, _ in examples.roles["dataset"]] == ["used"] * 2
    assert sorted(role for _, role, _ in examples.roles["method"]) == ["proposed"] * 2 + ["used"] * 2


def test_models_have_their_names_and_classes(examples) -> None:
    models = examples.fit_entities("entity", l2=1.0) | examples.fit_roles("role", l2=1.0)
    assert models["entity.method"].classes == ("no", "yes", "generic")
    assert models["entity.dataset"].classes == ("no", "yes")
    assert models["role.dataset"].classes == ("introduced", "used", "mentioned")
    assert models.keys() >= {"entity.task", "entity.metric", "role.method"}


def test_without_candidates_there_is_nothing_to_learn(finders) -> None:
    with pytest.raises(ConfigurationError, match="no finder proposed a dataset"):
        EntityExamples(finders, lambda doc: None).fit_entities("entity", l2=1.0)
