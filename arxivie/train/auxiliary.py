"""Corpora by others, annotated by other guidelines: each trains a head of its own in the teacher's first epochs.

``TDMSci/train.json`` (Hou et al. 2021, Apache-2.0), ``SciREX/*.json`` (Jain et al. 2020, Apache-2.0) and
``DatasetNER/train.csv`` (Heddes et al. 2021, CC BY 4.0). None of their text goes into the shipped model's files.
"""

from __future__ import annotations

import ast
import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from spacy.vocab import Vocab

from arxivie.pipes.decode import bio
from arxivie.pipes.tokens import FactTokenizer
from arxivie.train.self_label import LeakGuard
from arxivie.train.teacher import Example

#: head -> types of its corpus
AUXILIARY = {
    "aux_tdmsci": ("TASK", "METRIC", "DATASET"),
    "aux_scirex": ("Material", "Method", "Metric", "Task"),
    "aux_datasetner": ("Dataset",),
}
_WEIGHT = 0.7
Spans = Iterable[Sequence[int | str]]


def _texts(folder: Path) -> Iterator[tuple[str, str, Spans]]:
    """(head, text, (start, end, type) of its entities) of all corpora that the folder holds."""
    for head, pattern in (("aux_tdmsci", "TDMSci/train.json"), ("aux_scirex", "SciREX/*.json")):
        for path in sorted(folder.glob(pattern)):
            for record in json.loads(path.read_text(encoding="utf-8")):
                yield head, record["text"], record["entities"]
    for path in sorted(folder.glob("DatasetNER/train.csv")):
        with open(path, encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                yield "aux_datasetner", row["text"], ast.literal_eval(row["labels"])


def auxiliary_examples(folder: str | Path, guard: LeakGuard, vocab: Vocab) -> list[Example]:
    """The texts as examples with one BIO head a corpus; those that leak a held-out text are left out."""
    tokenize = FactTokenizer(vocab)
    examples = []
    for head, text, entities in _texts(Path(folder)):
        if guard.leaks({"id": "", "title": "", "abstract": text}):
            continue
        doc = tokenize(text)
        labels = bio(AUXILIARY[head])
        row = np.zeros(len(doc), dtype=np.int64)
        known = [(int(s), int(e), str(t)) for s, e, t in entities if f"B-{t}" in labels]
        for start, end, name in sorted(known, key=lambda x: x[0] - x[1]):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None and not row[span.start : span.end].any():
                row[span.start] = labels.index(f"B-{name}")
                row[span.start + 1 : span.end] = labels.index(f"I-{name}")
        spaces = [bool(token.whitespace_) for token in doc]
        examples.append(Example([token.text for token in doc], spaces, {head: row}, _WEIGHT))
    return examples
