"""Drift: what changed since it was last accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from arxivie.errors import CorpusError
from arxivie.evaluate.drift import accept, compare_summaries, facts_summary, load_sample, load_summaries, summarise
from arxivie.extent import Extent
from arxivie.facts import Claim, Dataset, Evidence, Facts, Link, Method, Metric, ReleaseStatement, Result, Task
from arxivie.papers import Paper


def paper(key: str = "1", *datasets: str, abstract: str = "An abstract.", annotated: bool = True) -> Paper:
    facts = Facts(datasets=tuple(Dataset(name=name, role="used") for name in datasets))
    return Paper(id=key, title="T", abstract=abstract, facts=facts if annotated else None)


def test_summary_holds_names_and_numbers_and_no_phrases() -> None:
    at = Evidence(surface="best", section="abstract", text=Extent(4, 8), raw=Extent(4, 8))
    facts = Facts(
        datasets=(Dataset(name="Quay", role="used"), Dataset(name="Pier", role="introduced")),
        methods=(Method(name="TideNet", role="proposed"), Method(name="CNN", role="used", generic=True)),
        tasks=(Task(name="ship counting"),),
        metrics=(Metric(name="F1"),),
        results=(
            Result(value=2, value_max=3, unit="x", value_text="2-3x", method="our best one", kind="ratio", quote="2"),
            Result(
                value=0.5, value_text="0.5", metric="F1", datasets=("Quay",), method="TideNet", kind="score", quote="2"
            ),
        ),
        links=(Link(url="http://a.b", kinds=("data", "code"), status="available"),),
        releases=(ReleaseStatement(what=("code",), status="promised", quote="a long sentence"),),
        claims=(Claim(status="sota", quote="a long sentence", datasets=("Quay",), evidence=(at,)),),
    )
    assert facts_summary(facts) == {
        "datasets": ["Pier (introduced)", "Quay (used)"],
        "methods": ["CNN (generic)", "TideNet (proposed)"],
        "tasks": ["ship counting"],
        "metrics": ["F1"],
        "results": ["0.5 exact | score | F1 | Quay | TideNet", "2–3x exact | ratio | - | - | -"],
        "links": ["http://a.b (code, data; available)"],
        "releases": ["code (promised)"],
        "claims": ["sota at 4 | Quay | -"],
    }


def test_gains_losses_and_papers_that_do_not_compare() -> None:
    old = summarise([paper("1", "A", "B", "B"), paper("2"), paper("3", "X")], ["1", "2", "3"])
    new = summarise([paper("1", "B", "C"), paper("3", "Y", abstract="Revised."), paper("4")], ["1", "2", "3", "4"])
    drift = compare_summaries(old, new)
    assert [tuple(x) for x in drift.gains] == [("1", "datasets", "C (used)")]
    assert [tuple(x) for x in drift.losses] == [("1", "datasets", "A (used)"), ("1", "datasets", "B (used)")]
    assert (drift.added, drift.absent, drift.changed) == (["4"], ["2"], ["3"])
    assert drift
    assert str(drift).splitlines() == [
        "+ 1  datasets: C (used)",
        "- 1  datasets: A (used)",
        "- 1  datasets: B (used)",
        "new paper 4",
        "changed text 3",
    ]


def test_papers_that_are_not_at_hand_are_no_drift() -> None:
    old = summarise([paper("1", "A"), paper("2")], ["1", "2"])
    assert not compare_summaries(old, {"1": old["1"]})
    assert not compare_summaries(old, old)


def test_only_the_sample_is_summarised_and_only_once() -> None:
    made = summarise([paper("1", "A"), paper("1", "B"), paper("2", annotated=False)], ["1"])
    assert [s.facts["datasets"] for s in made.values()] == [["A (used)"]]
    with pytest.raises(CorpusError, match="paper 2: not annotated"):
        summarise([paper("2", annotated=False)], ["2"])


def test_acceptance_keeps_what_is_not_at_hand(tmp_path: Path) -> None:
    path = tmp_path / "rules.jsonl"
    accept(path, summarise([paper("2", "A"), paper("1", "B")], ["1", "2"]))
    accept(path, summarise([paper("1", "C")], ["1"]))
    accepted = load_summaries(path)
    assert {key: s.facts["datasets"] for key, s in accepted.items()} == {"1": ["C (used)"], "2": ["A (used)"]}
    assert list(accepted) == ["1", "2"]


def test_files(tmp_path: Path) -> None:
    sample = tmp_path / "sample.txt"
    sample.write_text("# a comment\n1  # of a listing\n\nhep-th/9901001\n")
    assert load_sample(sample) == ["1", "hep-th/9901001"]
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "1"}\n')
    with pytest.raises(CorpusError, match=r"broken\.jsonl:1"):
        load_summaries(broken)
