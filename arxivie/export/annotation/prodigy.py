"""Prodigy: ``{"text", "spans": [{"start", "end", "label"}], "meta"}`` a line; offsets in code points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from arxivie.export.annotation.json_lines import PathType, Reading, read_lines, write_lines
from arxivie.export.annotation.spans import AnnotatedText, Span, checked, in_order


def write(texts: Iterable[AnnotatedText], path: PathType) -> None:
    """Tasks for ``prodigy spans.manual`` or ``ner.manual``; confidence and rules stand on each span."""
    write_lines(
        (
            {
                "text": text.text,
                "spans": [
                    {"start": s.start, "end": s.end, "label": s.label}
                    | ({"score": s.confidence} if s.confidence is not None else {})
                    | ({"rules": list(s.rules)} if s.rules else {})
                    for s in text.spans
                ],
                "meta": {"paper": text.id},
            }
            for text in texts
        ),
        path,
    )


def read(path: PathType) -> Iterator[AnnotatedText]:
    """The texts of a file that `write` or ``prodigy db-out`` wrote; rejected and ignored answers are left out.

    Raises:
        CorpusError: naming file and line.
    """
    for place, task in read_lines(path):
        if task.get("answer", "accept") != "accept":
            continue
        with Reading(place):
            text = task["text"]
            spans = [
                checked(text, Span(s["start"], s["end"], s["label"], s.get("score"), tuple(s.get("rules", ()))), place)
                for s in task.get("spans", ())
            ]
            yield AnnotatedText(task["meta"]["paper"], text, in_order(spans))
