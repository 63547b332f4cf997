"""From one record to the rows that canonical names make of it: ``names`` and the ``cells`` of leaderboards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from arxivie.export.records import Record
from arxivie.extent import Extent
from arxivie.facts import ENTITY_FIELDS, Entity, Facts, Result
from arxivie.papers import Paper
from arxivie.store.canonical import Canon, Canonical
from arxivie.store.rows import Row
from arxivie.store.scales import compare_on, direction
from arxivie.store.sentences import locate, sentence
from arxivie.store.splits import SplitFinder


class Place(NamedTuple):
    """Where a figure stands: its value, and the sentence of its quote."""

    value: Extent
    sentence: Extent


class Linker:
    """Makes the rows of `arxivie.store.tables.LINKED`.

    Args:
        canon: the canonical names.
    """

    def __init__(self, canon: Canon) -> None:
        self.canon = canon
        self._splits = SplitFinder(canon.policy.splits)

    def rows(self, record: Record) -> Iterator[tuple[str, Row]]:
        """``(table, row)`` for every derived row of a record."""
        names = self._names(record.facts)
        for (label, name), found in names.items():
            yield (
                "names",
                {
                    "paper": record.paper.id,
                    "label": label,
                    "name": name,
                    "canonical": found.id,
                    "canonical_name": found.name,
                    "listed": found.listed,
                },
            )
        surfaces = {e.name: (e.name, *e.surfaces) for e in record.facts.datasets}
        for number, result in enumerate(record.facts.results):
            if result.metric and result.datasets:
                place = where(result, record.paper)
                for dataset in dict.fromkeys(result.datasets):
                    written = surfaces.get(dataset, (dataset,))
                    cell = self._cell(names, record.paper, result, dataset, written, place)
                    yield "cells", {"paper": record.paper.id, "fact": number, **cell}

    def _names(self, facts: Facts) -> dict[tuple[str, str], Canonical]:
        """Every name that an entity or a result has, a split at the end of a dataset's name left out."""
        made: dict[tuple[str, str], Canonical] = {}
        for label, field in ENTITY_FIELDS.items():
            entity: Entity
            for entity in getattr(facts, field):
                made[label, entity.name] = self._canonical(label, entity.name, entity.surfaces)
        for result in facts.results:
            for label, name in (
                *(("dataset", d) for d in result.datasets),
                ("metric", result.metric),
                ("method", result.method),
                ("task", result.task),
            ):
                if name and (label, name) not in made:
                    made[label, name] = self._canonical(label, name, ())
        return made

    def _canonical(self, label: str, name: str, surfaces: Sequence[str]) -> Canonical:
        found = self.canon.of_entity(label, name, surfaces)
        if label != "dataset" or found.listed:
            return found
        base, split = self._splits.part(name)
        whole = self.canon(label, base)
        return whole if split and whole.listed else found

    def _cell(
        self,
        names: dict[tuple[str, str], Canonical],
        paper: Paper,
        result: Result,
        dataset: str,
        written: Sequence[str],
        place: Place | None,
    ) -> Row:
        metric = names["metric", result.metric or ""]
        data = names["dataset", dataset]
        measure = self.canon.pack.measures.get(metric.name)
        figure = compare_on(measure, result.value, result.unit, top=result.value_max, error=result.error)
        change = result.kind in {"gain", "loss", "ratio"}
        split = self._splits.part(dataset)[1] if not self.canon("dataset", dataset).listed else None
        if split is None and place is not None:
            split = self._splits.beside(
                place.sentence.of(paper.text), written, place.value.shift(-place.sentence.start)
            )
        return {
            "dataset": dataset,
            "dataset_id": data.id,
            "split": split,
            "metric_id": metric.id,
            "task_id": names["task", result.task].id if result.task else None,
            "method_id": names["method", result.method].id if result.method else None,
            # a difference or a factor is no level, so the scale of levels does not hold for it
            "score": result.value if change else figure.value,
            "score_max": result.value_max if change else figure.value_max,
            "error": result.error if change else figure.error,
            "unit": result.unit if change else figure.unit,
            "better": direction(metric.name, measure, self.canon.policy.directions),
            **_extents(result, paper, place),
        }


def where(result: Result, paper: Paper) -> Place | None:
    """Where a figure stands in ``paper.text``: by its evidence, else where its quote reads so; else None."""
    text = paper.text
    if result.evidence:
        value = result.evidence[0].text
        quote = result.evidence[-1].text.union(value)
    else:
        found = locate(text, result.quote)
        if found is None:
            return None
        quote = found
        inside = locate(text, result.value_text, quote.start)
        value = inside if inside is not None and quote.contains(inside) else quote
    return Place(value, sentence(text, quote)) if quote.end <= len(text) else None


def _extents(result: Result, paper: Paper, place: Place | None) -> Row:
    if place is None:
        return {"sentence": result.quote}
    raw = result.evidence[0].raw if result.evidence else paper.aligned.text_to_raw(place.value)
    return {
        "text_start": place.value.start,
        "text_end": place.value.end,
        "raw_start": raw.start,
        "raw_end": raw.end,
        "sentence": place.sentence.of(paper.text),
        "sentence_start": place.sentence.start,
        "sentence_end": place.sentence.end,
    }
