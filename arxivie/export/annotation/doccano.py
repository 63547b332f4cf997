"""doccano: ``{"text", "label": [[start, end, label]], "paper"}`` a line; offsets in UTF-16 units, as its pages count.

Where a project counts grapheme clusters instead, characters outside the basic plane shift what follows them. The format
has no place for confidence and rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from arxivie.export.annotation.json_lines import PathType, Reading, read_lines, write_lines
from arxivie.export.annotation.spans import AnnotatedText, Span, checked, in_order

_BASIC_PLANE = 0xFFFF


def write(texts: Iterable[AnnotatedText], path: PathType) -> None:
    """A file for the import of a sequence labelling project; ``paper`` becomes metadata."""
    write_lines(
        (
            {
                "text": text.text,
                "label": [[_units(text.text, s.start), _units(text.text, s.end), s.label] for s in text.spans],
                "paper": text.id,
            }
            for text in texts
        ),
        path,
    )


def read(path: PathType) -> Iterator[AnnotatedText]:
    """The texts of a file that `write` or doccano's JSONL export wrote.

    Raises:
        CorpusError: naming file and line, also where an offset falls inside a character.
    """
    for place, value in read_lines(path):
        with Reading(place):
            text = value["text"]
            points = {unit: point for point, unit in enumerate(_all_units(text))}
            spans = [checked(text, Span(points[s], points[e], label), place) for s, e, label in value["label"]]
            yield AnnotatedText(value["paper"], text, in_order(spans))


def _units(text: str, end: int) -> int:
    return end + sum(ord(character) > _BASIC_PLANE for character in text[:end])


def _all_units(text: str) -> Iterator[int]:
    """The offset in UTF-16 units of every character and of the end."""
    at = 0
    for character in text:
        yield at
        at += 2 if ord(character) > _BASIC_PLANE else 1
    yield at
