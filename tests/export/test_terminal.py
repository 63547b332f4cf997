"""Papers and facts on a terminal."""

from __future__ import annotations

import pytest
from rich.console import Console

from arxivie import Paper, Result
from arxivie.export.terminal import STYLES, facts_table, figure, highlighted, labelled, papers_table
from arxivie.facts import ENTITY_FIELDS, Facts


def result(**given) -> Result:
    return Result(**({"value": 45.3, "value_text": "45.3", "kind": "score", "quote": "q"} | given))


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (result(metric="mIoU", unit="%", datasets=("A", "B"), method="Foo"), "mIoU 45.3 % on A, B (Foo)"),
        (result(), "? 45.3"),
        (result(kind="gain", unit="points", baseline="Bar"), "? +45.3 points vs Bar"),
        (result(kind="loss", unit="%", bound="at_most"), "? ≤ −45.3 %"),
        (result(kind="ratio", unit="x", value=6, value_max=7), "? 6–7×"),
        (result(kind="other_score", method="Bar", error=0.5), "? 45.3 ± 0.5 (Bar, quoted)"),
    ],
)
def test_a_result_in_one_line(made: Result, shown: str) -> None:
    assert figure(made) == shown


def printed(thing) -> str:
    console = Console(record=True, width=200)
    console.print(thing)
    return console.export_text()


def test_every_fact_has_its_label(annotated) -> None:
    labels = {label for paper in annotated for label, _ in labelled(paper.facts)}
    assert labels == STYLES.keys()
    assert list(ENTITY_FIELDS) == list(STYLES)[: len(ENTITY_FIELDS)]
    counts = sum(len(getattr(annotated[0].facts, field)) for field in Facts.model_fields)
    assert len(list(labelled(annotated[0].facts))) == counts


def test_the_highlighted_text_is_the_text(annotated) -> None:
    for paper in annotated:
        shown = highlighted(paper).plain
        marks = sorted({e.text.start for label, fact in labelled(paper.facts) if label not in {"claim", "release"}
                        for e in fact.evidence[: 1 if label == "result" else None]}, reverse=True)  # fmt: skip
        assert marks
        for start in marks:
            assert paper.text[start : start + 3] in shown
        assert len(shown) > len(paper.text)


def test_markup_in_titles_is_plain_text() -> None:
    paper = Paper(id="x", title="[bold]Tricks[/bold] [link=x]", abstract="[red]a", facts=Facts())
    for thing in (papers_table([paper]), facts_table([paper]), highlighted(paper)):
        assert "[bold]Tricks[/bold] [link=x]" in printed(thing)


def test_a_paper_without_facts_has_a_dash() -> None:
    assert "–" in printed(facts_table([Paper(id="x", title="T", abstract="A")]))


def test_generic_methods_and_background_are_left_out_of_the_table(annotated) -> None:
    for paper in annotated:
        shown = printed(facts_table([paper]))
        assert all(d.name in shown for d in paper.facts.datasets)
        assert "background:" not in shown
