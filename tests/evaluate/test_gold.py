"""Files of facts: the three forms, and what is said of wrong ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from arxivie.errors import CorpusError
from arxivie.evaluate.gold import LISTS, load_records, record_of
from arxivie.facts import Dataset, Facts
from arxivie.papers import Paper

Lists = dict[str, list[dict[str, Any]]]


def write(path: Path, *lines: Any) -> Path:
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines) + "\n", encoding="utf-8")
    return path


def test_three_forms_hold_the_same_facts(tmp_path: Path, invented: Lists) -> None:
    path = write(
        tmp_path / "cv.jsonl",
        {"id": "1v2", **invented},
        "",
        {
            "id": "2",
            "title": "T",
            "abstract": "A",
            "facts": invented,
            "split": "dev",
            "origin": "x",
            "category": "cs.IR",
        },
        {"paper": {"id": "3", "title": "T", "abstract": "A", "primary": "cs.CV"}, "facts": invented},
        {"arxiv_id": "4", "datasets": None},
    )
    records = load_records(path)
    assert list(records) == ["1", "2", "3", "4"]
    assert records["1"].facts == records["2"].facts == records["3"].facts == invented
    assert records["4"].facts == {name: [] for name in LISTS}
    assert [(r.text, r.category, r.split, r.origin) for r in records.values()] == [
        (None, None, None, "cv"),
        ("T\nA", "cs.IR", "dev", "x"),
        ("T\nA", "cs.CV", None, "cv"),
        (None, None, None, "cv"),
    ]


def test_later_records_of_a_paper_hold(tmp_path: Path) -> None:
    one = write(tmp_path / "a.jsonl", {"id": "1v1", "links": [{"url": "http://a.b"}]}, {"id": "2"})
    other = write(tmp_path / "b.jsonl", {"id": "1v2", "links": []})
    assert load_records([one, other])["1"].facts["links"] == []
    assert load_records([other, one])["1"].facts["links"] == [{"url": "http://a.b"}]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[1]", "a JSON list where an object"),
        ({"title": "no id"}, "no id"),
        ({"id": 7}, "no id"),
        ({"id": "1", "facts": []}, "must be objects"),
        ({"id": "1", "tasks": {}}, "paper 1: tasks is a JSON dict, not a list"),
        ({"id": "1", "tasks": ["x"]}, r"paper 1: tasks\[0\] is no object"),
        ({"id": "1", "datasets": [{"name": "A"}, {"surfaces": []}]}, r"datasets\[1\] has no name"),
        ({"id": "1", "datasets": [{"name": "A", "surfaces": "A"}]}, "surfaces that are no list"),
        ({"id": "1", "datasets": [{"name": "A", "role": 3}]}, "a role that is no string"),
        ({"id": "1", "datasets": [{"name": "A", "confidence": "high"}]}, "the confidence 'high'"),
        ({"id": "1", "datasets": [{"name": "A", "evidence": [{"text": [1]}]}]}, "evidence without its extent"),
        ({"id": "1", "results": [{"value": "88"}]}, "the value '88', which is no number"),
        ({"id": "1", "results": [{"value": True}]}, "the value True"),
        ('{"id": "1", "results": [{"value": NaN}]}', "the value nan"),
        ({"id": "1", "results": [{"value": 1, "value_max": "2"}]}, "the value_max '2'"),
        ({"id": "1", "links": [{"kinds": ["code"]}]}, "has no url"),
        ({"id": "1", "releases": [{"what": "code"}]}, "what that are no list"),
    ],
)
def test_wrong_lines_are_named(tmp_path: Path, line: Any, message: str) -> None:
    path = write(tmp_path / "wrong.jsonl", {"id": "0"}, line)
    with pytest.raises(CorpusError, match=message) as caught:
        load_records(path)
    assert f"{path}:2:" in str(caught.value)


def test_files_that_are_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "latin.jsonl"
    path.write_bytes('{"id": "é"}'.encode("latin-1"))
    with pytest.raises(CorpusError, match=r"latin\.jsonl: not UTF-8"):
        load_records(path)


def test_record_of_an_annotated_paper() -> None:
    paper = Paper(id="1", title="T", abstract="A", primary="cs.CV")
    assert record_of(paper).facts == {name: [] for name in LISTS}
    facts = Facts(datasets=(Dataset(name="QuayNet", surfaces=("QuayNet",), role="used"),))
    record = record_of(paper.model_copy(update={"facts": facts}))
    assert (record.text, record.category, record.facts["datasets"][0]["name"]) == ("T\nA", "cs.CV", "QuayNet")
