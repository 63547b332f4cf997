"""The published JSON Schema, and the lines that it describes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from arxivie import Facts
from arxivie.cli import app
from arxivie.export.records import Record, json_schema, to_lines, to_record


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    return jsonschema.Draft202012Validator(json_schema())


def test_the_published_file_is_the_schema(root: Path) -> None:
    """Rebuild it by ``arxivie schema > docs/facts.schema.json``."""
    published = root / "docs" / "facts.schema.json"
    assert json.loads(published.read_text("utf-8")) == json_schema()


def test_the_command_prints_it(root: Path) -> None:
    done = CliRunner().invoke(app, ["schema"])
    assert done.exit_code == 0
    assert done.stdout == (root / "docs" / "facts.schema.json").read_text("utf-8")


def test_every_line_of_the_samples_is_valid(annotated, validator) -> None:
    lines = list(to_lines(annotated, pack="0.1.0+0123456789abcdef"))
    assert len(lines) == len(annotated) > 10
    for line in lines:
        validator.validate(json.loads(line))
        assert "\n" not in line


def test_a_line_loads_as_a_record(annotated) -> None:
    for line, paper in zip(to_lines(annotated, tagger="1.0"), annotated, strict=True):
        record = Record.model_validate_json(line)
        assert record.facts == paper.facts
        assert record.paper == paper.model_copy(update={"facts": None})
        assert record.tagger == "1.0"


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r["facts"]["datasets"].append({"name": "CUB"}),
        lambda r: r["facts"].update(others=[]),
        lambda r: r["facts"]["results"].append({"value": "88"}),
        lambda r: r.pop("paper"),
        lambda r: r["paper"].pop("id"),
    ],
)
def test_the_schema_refuses_what_is_wrong(annotated, validator, change) -> None:
    record = to_record(annotated[0])
    validator.validate(record)
    change(record)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(record)


@pytest.mark.parametrize("name", ["cv", "ood", "more"])
def test_gold_loads_as_facts(shared: Path, name: str) -> None:
    lines = (shared / "gold" / f"{name}.jsonl").read_text("utf-8").splitlines()
    assert lines
    for line in lines:
        record = json.loads(line)
        facts = Facts.model_validate({key: value for key, value in record.items() if key in Facts.model_fields})
        assert len(facts.datasets) == len(record.get("datasets") or ())
        assert all(d.confidence == 1.0 for d in facts.datasets)


def test_the_schema_needs_no_spacy() -> None:
    code = "import sys; from arxivie.export.records import json_schema; json_schema(); print('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout == b"False\n"
