"""Candidates for annotation tools come back as they were written."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_records import figure, record

from arxivie.errors import CorpusError
from arxivie.export.annotation import brat, doccano, label_studio, prodigy, web_annotation
from arxivie.export.annotation.spans import AnnotatedText, Span, annotated_texts

FORMATS = {"prodigy": prodigy, "doccano": doccano, "label-studio": label_studio, "brat": brat}
characters = st.characters(exclude_categories=["Cs"]) | st.sampled_from(["\n", "\r", "\t", "😀", "é", "\u2028"])
words = st.text(characters, min_size=1, max_size=30)
rules = st.lists(st.sampled_from(["dataset.names", "dataset.tagger"]), max_size=2).map(tuple)


@st.composite
def texts(draw: st.DrawFn) -> AnnotatedText:
    text = draw(words)
    spans = set()
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        # a mention never begins or ends with a line break
        if text[start] != "\n" and text[end - 1] != "\n":
            confidence = draw(st.none() | st.floats(0, 1))
            spans.add(Span(start, end, draw(st.sampled_from(["dataset", "method"])), confidence, draw(rules)))
    order = sorted(spans, key=lambda s: (s.start, s.end, s.label, s.confidence or 0, s.rules))
    return AnnotatedText(draw(st.sampled_from(["2105.09270", "hep-th/9901001", "a b%2F.x"])), text, tuple(order))


def same(one: AnnotatedText, other: AnnotatedText, *, bare: bool = False) -> bool:
    def spans(text: AnnotatedText) -> list[str]:
        kept = [replace(s, confidence=None, rules=()) for s in text.spans] if bare else text.spans
        return sorted(map(repr, kept))

    return (one.id, one.text, spans(one)) == (other.id, other.text, spans(other))


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=50, deadline=None)
@given(made=texts())
def test_round_trip(name: str, made: AnnotatedText) -> None:
    with tempfile.TemporaryDirectory() as folder:
        FORMATS[name].write([made], Path(folder) / "out")
        back = list(FORMATS[name].read(Path(folder) / "out"))
    assert len(back) == 1
    assert same(back[0], made, bare=name == "doccano"), back


@settings(max_examples=50, deadline=None)
@given(made=texts())
def test_web_annotations_stand_off_and_find_their_text_again(made: AnnotatedText) -> None:
    with tempfile.TemporaryDirectory() as folder:
        web_annotation.write([made], Path(folder) / "out")
        back = list(web_annotation.read(Path(folder) / "out", {made.id: made.text}))
    assert len(back) == 1
    assert same(back[0], made)


def test_doccano_counts_utf16_units(tmp_path: Path) -> None:
    doccano.write([AnnotatedText("1", "😀 SUN", (Span(2, 5, "dataset"),))], tmp_path / "out")
    assert json.loads((tmp_path / "out").read_text())["label"] == [[3, 6, "dataset"]]


def test_brat_writes_a_span_over_a_line_break_in_pieces(tmp_path: Path) -> None:
    brat.write([AnnotatedText("1", "a MS\nCOCO b", (Span(2, 9, "dataset"),))], tmp_path)
    assert (tmp_path / "1.ann").read_text() == "T1\tdataset 2 4;5 9\tMS COCO\n"
    assert "dataset\n" in (tmp_path / "annotation.conf").read_text()


@pytest.mark.parametrize("name", ["../../evil", "/etc/x", "..", "."])
def test_no_id_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    brat.write([AnnotatedText(name, "x", ())], tmp_path / "in")
    assert [p.name for p in tmp_path.iterdir()] == ["in"]
    assert [t.id for t in brat.read(tmp_path / "in")] == [name]


def test_web_annotations_refuse_another_text(tmp_path: Path) -> None:
    web_annotation.write([AnnotatedText("1", "on SUN", (Span(3, 6, "dataset"),))], tmp_path / "out")
    with pytest.raises(CorpusError, match=r"out:1: .*'MON', not 'SUN'"):
        list(web_annotation.read(tmp_path / "out", {"1": "on MON"}))
    with pytest.raises(CorpusError, match="no text of 1"):
        list(web_annotation.read(tmp_path / "out", {}))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("prodigy", {"text": "abc", "meta": {"paper": "1"}, "spans": [{"start": 1, "end": 9, "label": "x"}]}),
        ("prodigy", {"text": "abc", "spans": []}),
        ("doccano", {"text": "😀", "paper": "1", "label": [[1, 2, "x"]]}),
        ("doccano", {"text": "abc", "paper": "1", "label": [[1, 2]]}),
        ("label-studio", [{"data": {"text": "abc", "paper": "1"}, "predictions": [{}]}]),
        ("label-studio", {"data": 1}),
    ],
)
def test_what_is_not_of_the_format_is_an_error_with_its_place(tmp_path: Path, name: str, content: Any) -> None:
    (tmp_path / "in").write_text(json.dumps(content) + "\n")
    with pytest.raises(CorpusError, match="in:"):
        list(FORMATS[name].read(tmp_path / "in"))


def test_people_s_answers_win_over_predictions(tmp_path: Path) -> None:
    label_studio.write([AnnotatedText("1", "on SUN", (Span(3, 6, "dataset"),))], tmp_path / "out")
    tasks = json.loads((tmp_path / "out").read_text())
    tasks[0]["annotations"] = [{"result": []}, {"result": tasks[0]["predictions"][0]["result"], "was_cancelled": True}]
    (tmp_path / "out").write_text(json.dumps(tasks))
    assert [t.spans for t in label_studio.read(tmp_path / "out")] == [()]
    prodigy.write([AnnotatedText("1", "x", ()), AnnotatedText("2", "y", ())], tmp_path / "p")
    lines = (tmp_path / "p").read_text().splitlines()
    lines[0] = json.dumps({**json.loads(lines[0]), "answer": "reject"})
    (tmp_path / "p").write_text("\n".join(lines) + "\n")
    assert [t.id for t in prodigy.read(tmp_path / "p")] == ["2"]


def test_candidates_are_the_mentions_of_the_facts() -> None:
    made = record("2101.00001", figure(90.0), datasets=[("Zorp", "used")])
    (text,) = annotated_texts([made], ["dataset", "result"])
    assert [(s.label, text.text[s.start : s.end]) for s in text.spans] == [
        ("result", "90%"), ("dataset", "CIFAR-10"), ("dataset", "Zorp"),
    ]  # fmt: skip
    (text,) = annotated_texts([made], only={"Zorp"})
    assert [text.text[s.start : s.end] for s in text.spans] == ["Zorp"]
    assert list(annotated_texts([made], only={"Other"})) == []
    with pytest.raises(CorpusError, match="'datasets' is no label"):
        list(annotated_texts([made], ["datasets"]))
