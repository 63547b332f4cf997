"""The guides say what the code does: their examples are run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from arxivie.evaluate.gold import Record
from arxivie.evaluate.report import to_markdown
from arxivie.evaluate.score import ROWS
from arxivie.evaluate.standoff import to_standoff
from arxivie.facts import Bound, Dataset, Facts, LinkKind, Method, Release, ResultKind, Standing
from arxivie.papers import Paper


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_annotated_example_fits_its_text_and_the_model(root: Path) -> None:
    guide = root / "docs" / "annotation.md"
    (example,) = map(json.loads, blocks(guide, "json"))
    text = guide.read_text(encoding="utf-8")
    title = re.search(r"the title \*(.+?)\*", text)
    assert title is not None
    abstract = " ".join(line[2:] for line in text.splitlines() if line.startswith("> "))
    facts: dict[str, list[dict[str, Any]]] = {key: value for key, value in example.items() if key != "id"}
    paper = Paper(id=example["id"], title=title[1], abstract=abstract)
    standoff = to_standoff(Record(paper.id, facts), paper)
    assert all(isinstance(result["quote"], list) for result in standoff["facts"]["results"])
    assert len(Facts.model_validate(facts).results) == 3


def test_guide_names_every_choice_of_the_model(root: Path) -> None:
    text = (root / "docs" / "annotation.md").read_text(encoding="utf-8")
    roles = [model.model_fields["role"].annotation for model in (Dataset, Method)]
    for choices in (*roles, ResultKind, Bound, LinkKind, Release, Standing):
        for choice in choices.__args__:  # type: ignore[union-attr]
            assert re.search(rf"\b{choice}\b", text), choice


def test_example_of_the_evaluation_guide_runs(root: Path) -> None:
    (example,) = blocks(root / "docs" / "evaluation.md", "python")
    space: dict[str, Any] = {}
    exec(example, space)
    assert "| datasets | 1 | 1.000 | 1.000 | 1.000 |" in to_markdown(
        space["evaluate"](space["gold"], space["predicted"], samples=0)
    )


def test_evaluation_guide_tells_of_every_row(root: Path) -> None:
    text = (root / "docs" / "evaluation.md").read_text(encoding="utf-8")
    for row in ROWS:
        last = row.rpartition(".")[2] if row.startswith(("claims", "results")) else row
        known = {row, f".{last}", last.removeprefix("value"), f"….{row.rpartition('.')[2]}"}
        assert any(f"`{name}`" in text for name in known), row
