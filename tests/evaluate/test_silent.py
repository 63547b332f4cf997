"""The silent corpus is read strictly, and noise in it is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from arxivie.errors import CorpusError
from arxivie.evaluate.silent import SilentPaper, load_later, load_silent, noise
from arxivie.facts import Dataset, Facts, Link, Method, ReleaseStatement, Result
from arxivie.papers import Paper

LINE = {"id": "s-1", "title": "T", "abstract": "A", "silent": ["results"], "why": "years"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"silent": []}, "silent must name"),
        ({"silent": ["result"]}, "silent must name some of datasets"),
        ({"title": None}, "expected id, title"),
        ({"why": ...}, "expected id, title, abstract, silent and why: 'why'"),
    ],
)
def test_wrong_lines_are_named(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    line = {key: value for key, value in {**LINE, **change}.items() if value is not ...}
    path = tmp_path / "silent.jsonl"
    path.write_text(json.dumps(LINE) + "\n" + json.dumps(line) + "\n")
    with pytest.raises(CorpusError, match=message) as caught:
        load_silent(path)
    assert f"{path}:2" in str(caught.value)


def test_noise_is_what_was_found_in_silent_fields() -> None:
    facts = Facts(
        datasets=(Dataset(name="QuayNet", role="used"),),
        methods=(Method(name="CNN", role="used", generic=True), Method(name="TideNet", role="used")),
        results=(Result(value=3, value_text="3%", kind="gain", quote="by 3%"),),
        links=(Link(url="http://a.b", kinds=("code",), status="available"),),
        releases=(ReleaseStatement(what=("code",), status="promised", quote="we will"),),
    )
    silent = SilentPaper(Paper(id="1", title="T", abstract="A"), ("methods", "results", "links", "releases"), "")
    assert noise(silent, facts) == {
        "methods": ["TideNet"],
        "results": ["3% (gain)"],
        "links": ["http://a.b"],
        "releases": ["we will"],
    }
    assert noise(silent, Facts()) == {}


def test_later(tmp_path: Path) -> None:
    path = tmp_path / "later.toml"
    path.write_text('rules = ["s-1 results", "s-1 tasks", "s-2 links"]\n')
    assert load_later(path) == {"rules": {"s-1": {"results", "tasks"}, "s-2": {"links"}}}
    for text, message in (('rules = ["s-1"]', "'s-1' is no id and one of"), ("rules = [", "later.toml")):
        path.write_text(text)
        with pytest.raises(CorpusError, match=message):
            load_later(path)
