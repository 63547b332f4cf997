"""Label Studio: one JSON list of tasks with predictions; offsets in code points.

The labelling interface to go with it: ``<View><Labels name="label" toName="text"><Label value="dataset"/></Labels>
<Text name="text" value="$text"/></View>``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from os import fspath

from arxivie.errors import CorpusError
from arxivie.export.annotation.json_lines import PathType, Reading
from arxivie.export.annotation.spans import AnnotatedText, Span, checked, in_order


def write(texts: Iterable[AnnotatedText], path: PathType) -> None:
    """A file for import: each paper a task, its spans one prediction, confidence as ``score``, rules in ``meta``."""
    tasks = [
        {
            "data": {"text": text.text, "paper": text.id},
            "predictions": [
                {"model_version": "arxivie", "result": [_region(n, s, text.text) for n, s in enumerate(text.spans)]}
            ],
        }
        for text in texts
    ]
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        json.dump(tasks, file, ensure_ascii=False, indent=1)


def _region(number: int, span: Span, text: str) -> dict[str, object]:
    region: dict[str, object] = {
        "id": f"s{number}",
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": span.start, "end": span.end, "text": text[span.start : span.end], "labels": [span.label]},
    }
    if span.confidence is not None:
        region["score"] = span.confidence
    if span.rules:
        region["meta"] = {"text": list(span.rules)}
    return region


def read(path: PathType) -> Iterator[AnnotatedText]:
    """The texts of a file that `write` or Label Studio's JSON export wrote: people's annotations where there are any,
    the last not cancelled one, else the prediction.

    Raises:
        CorpusError: naming file and task.
    """
    with open(path, encoding="utf-8") as file:
        try:
            tasks = json.load(file)
        except ValueError as error:
            raise CorpusError(f"{fspath(path)}: not JSON: {error}") from None
    if not isinstance(tasks, list):
        raise CorpusError(f"{fspath(path)}: a list of tasks was expected")
    for number, task in enumerate(tasks, 1):
        place = f"{fspath(path)}: task {number}"
        with Reading(place):
            done = [a for a in task.get("annotations", ()) if not a.get("was_cancelled")]
            chosen = (done or task.get("predictions") or [{"result": []}])[-1]
            text = task["data"]["text"]
            spans = [
                checked(
                    text,
                    Span(
                        region["value"]["start"],
                        region["value"]["end"],
                        region["value"]["labels"][0],
                        region.get("score"),
                        tuple(region.get("meta", {}).get("text", ())),
                    ),
                    place,
                )
                for region in chosen["result"]
                if region["type"] == "labels"
            ]
            yield AnnotatedText(task["data"]["paper"], text, in_order(spans))
