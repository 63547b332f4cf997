"""brat stand-off: for each paper a ``.txt`` with its text and an ``.ann`` with the spans; offsets in code points.

Files are named by the paper's id, with what a file name may not hold written as ``%2F``. A span over a line break is
written in pieces, as brat wants it. Confidence and rules are a note on the span.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from arxivie.errors import CorpusError
from arxivie.export.annotation.json_lines import PathType, Reading
from arxivie.export.annotation.spans import AnnotatedText, Span, checked, in_order

_LINE = re.compile(r"[^\n]+")


def write(texts: Iterable[AnnotatedText], path: PathType) -> None:
    """Two files a paper in the folder ``path``, and an ``annotation.conf`` that names the labels."""
    folder = Path(path)
    folder.mkdir(parents=True, exist_ok=True)
    labels: set[str] = set()
    for text in texts:
        name = quote(text.id, safe="")
        (folder / f"{name}.txt").write_text(text.text, "utf-8", newline="")
        (folder / f"{name}.ann").write_text("".join(_lines(text)), "utf-8", newline="")
        labels.update(span.label for span in text.spans)
    sections = "[entities]\n{}\n[relations]\n\n[events]\n\n[attributes]\n"
    (folder / "annotation.conf").write_text(sections.format("".join(f"{x}\n" for x in sorted(labels))), "utf-8")


def _lines(text: AnnotatedText) -> Iterator[str]:
    for number, span in enumerate(text.spans, 1):
        pieces = [m.span() for m in _LINE.finditer(text.text, span.start, span.end)]
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(text.text[start:end] for start, end in pieces)
        yield f"T{number}\t{span.label} {places}\t{words}\n"
        if span.confidence is not None or span.rules:
            note = json.dumps({"confidence": span.confidence, "rules": list(span.rules)}, ensure_ascii=False)
            yield f"#{number}\tAnnotatorNotes T{number}\t{note}\n"


def read(path: PathType) -> Iterator[AnnotatedText]:
    """The texts of a folder that `write` made, as brat may have changed them.

    Raises:
        CorpusError: naming file and line.
    """
    for file in sorted(Path(path).glob("*.txt")):
        with file.open(encoding="utf-8", newline="") as opened:
            text = opened.read()
        spans: dict[str, Span] = {}
        notes: dict[str, tuple[float | None, tuple[str, ...]]] = {}
        annotations = file.with_suffix(".ann") if file.suffix else file
        with annotations.open(encoding="utf-8", newline="") as opened:
            lines = opened.read().split("\n")
        for number, line in enumerate(lines, 1):
            place = f"{annotations}:{number}"
            with Reading(place):
                if line.startswith("T"):
                    key, where, words = line.split("\t", 2)
                    label, _, places = where.partition(" ")
                    pieces = [(int(start), int(end)) for start, end in (p.split(" ") for p in places.split(";"))]
                    span = checked(text, Span(pieces[0][0], pieces[-1][1], label), place)
                    if " ".join(text[start:end] for start, end in pieces) != words:
                        raise CorpusError(f"{place}: the text reads otherwise at {places}")
                    spans[key] = span
                elif line.startswith("#"):
                    _, target, note = line.split("\t", 2)
                    notes[target.partition(" ")[2]] = _note(note)
        made = [Span(s.start, s.end, s.label, *notes.get(key, (None, ()))) for key, s in spans.items()]
        yield AnnotatedText(unquote(file.name.removesuffix(".txt")), text, in_order(made))


def _note(note: str) -> tuple[float | None, tuple[str, ...]]:
    """Confidence and rules of our own notes; people's notes have neither."""
    try:
        value = json.loads(note)
        return value["confidence"], tuple(value["rules"])
    except (ValueError, KeyError, TypeError):
        return None, ()
