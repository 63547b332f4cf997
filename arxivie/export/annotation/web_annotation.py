"""W3C Web Annotation: a JSON-LD ``AnnotationPage`` a paper and line; offsets in code points, as the standard has it.

Annotations stand off from the text, which is the paper's page on arXiv: each carries position and quote, so that they
can be checked against a text and found again in another rendering of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

from arxivie.errors import CorpusError
from arxivie.export.annotation.json_lines import PathType, Reading, read_lines, write_lines
from arxivie.export.annotation.spans import AnnotatedText, Span, checked, in_order

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_SOURCE = "https://arxiv.org/abs/"
#: characters of prefix and suffix that tell equal quotes apart
_AROUND = 32


def write(texts: Iterable[AnnotatedText], path: PathType) -> None:
    """An ``AnnotationPage`` a line; the label is the body, confidence and rules further bodies that describe it."""
    write_lines((_page(text) for text in texts), path)


def _page(text: AnnotatedText) -> dict[str, Any]:
    source = _SOURCE + quote(text.id, safe="/")
    items = [_annotation(text.text, span, source, number) for number, span in enumerate(text.spans)]
    return {"@context": CONTEXT, "id": f"{source}#annotations", "type": "AnnotationPage", "items": items}


def _annotation(text: str, span: Span, source: str, number: int) -> dict[str, Any]:
    bodies = [_body("tagging", span.label)]
    if span.confidence is not None:
        bodies.append(_body("assessing", repr(span.confidence)))
    bodies += [_body("describing", rule) for rule in span.rules]
    return {
        "id": f"{source}#annotation-{number}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": bodies,
        "target": {
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[span.start : span.end],
                    "prefix": text[max(0, span.start - _AROUND) : span.start],
                    "suffix": text[span.end : span.end + _AROUND],
                },
            ],
        },
    }


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def read(path: PathType, texts: Mapping[str, str]) -> Iterator[AnnotatedText]:
    """The spans of a file that `write` made, put onto their texts.

    Args:
        path: the file.
        texts: paper id -> text.

    Raises:
        CorpusError: naming file and line, where a text is not there or does not read as quoted.
    """
    for place, page in read_lines(path):
        with Reading(place):
            paper = unquote(page["id"].removeprefix(_SOURCE).partition("#")[0])
            if paper not in texts:
                raise CorpusError(f"{place}: no text of {paper} was given")
            spans = [_span(item, texts[paper], place) for item in page["items"]]
            yield AnnotatedText(paper, texts[paper], in_order(spans))


def _span(item: Mapping[str, Any], text: str, place: str) -> Span:
    selectors = {selector["type"]: selector for selector in item["target"]["selector"]}
    position, quoted = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]["exact"]
    said: dict[str, list[str]] = {}
    for body in item["body"]:
        said.setdefault(body["purpose"], []).append(body["value"])
    confidence = float(said["assessing"][0]) if "assessing" in said else None
    rules = tuple(said.get("describing", ()))
    span = checked(text, Span(position["start"], position["end"], said["tagging"][0], confidence, rules), place)
    if text[span.start : span.end] != quoted:
        raise CorpusError(f"{place}: the text reads {text[span.start : span.end]!r}, not {quoted!r}")
    return span
