"""Stand-off annotations and papers make a corpus again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arxivie.evaluate.corrections import correct, load_corrections
from arxivie.evaluate.gold import FactLists
from arxivie.evaluate.standoff import PlainText, StandoffRecord, from_standoff, read_standoff
from arxivie.papers import Paper

#: beside a stand-off file: the corrections of its folder
CORRECTIONS = "corrections.toml"


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A paper whose text is not the annotated one.

    Attributes:
        id: of the paper.
        lost: what was not found in the text, such as ``results[0].quote``; empty where all facts were found, and the
            record could be restored all the same.
    """

    id: str
    lost: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whether every fact was found again."""
        return not self.lost

    def __str__(self) -> str:
        if self.usable:
            return f"{self.id}: the text has changed; all facts were found again"
        return f"{self.id}: the text has changed; not found in it: {', '.join(self.lost)}"


@dataclass(frozen=True, slots=True)
class JoinReport:
    """What a join made.

    Attributes:
        records: corpus records in the order of the stand-off files, as ``arxivie corpus join`` writes them: id, title,
            abstract (and raw_title, raw_abstract, markup where the source's text was another), facts, category,
            split, origin.
        missing: ids that no paper came for.
        changed: papers whose text differs; those that are not usable are not among the records.
    """

    records: list[dict[str, Any]]
    missing: list[str]
    changed: list[ChangedText]

    def write(self, path: str | Path) -> None:
        """Write the records as JSON lines."""
        with open(path, "w", encoding="utf-8") as out:
            for record in self.records:
                out.write(json.dumps(record, ensure_ascii=False) + "\n")


@dataclass(slots=True)
class _Joined:
    paper: Paper
    facts: FactLists
    lost: list[str]
    changed: bool

    @property
    def rank(self) -> tuple[bool, int]:
        return self.changed, len(self.lost)


def join(standoff_paths: Iterable[str | Path], papers: Iterable[Paper], *, corrected: bool = False) -> JoinReport:
    """Restore annotated records from stand-off files and the papers themselves, wherever these come from.

    The papers are taken one by one (a whole snapshot passes through); where one comes several times, the text that
    was annotated is preferred, else the one in which most is found again.

    Args:
        standoff_paths: files of ``corpora/gold`` or ``corpora/silver``.
        papers: from `arxivie.read` or made by hand.
        corrected: make the changes of ``corrections.toml`` in the folders of the files.

    Raises:
        CorpusError: where a stand-off file or a correction is wrong.
    """
    paths = [Path(path) for path in standoff_paths]
    wanted: dict[str, StandoffRecord] = {record["id"]: record for record in read_standoff(paths)}
    found: dict[str, _Joined] = {}
    for paper in papers:
        record = wanted.get(paper.id)
        if record is None or (paper.id in found and not found[paper.id].changed):
            continue
        plain = PlainText(paper.text)
        facts, lost = from_standoff(record, plain)
        joined = _Joined(paper, facts, lost, plain.digest != record["digest"])
        if paper.id not in found or joined.rank < found[paper.id].rank:
            found[paper.id] = joined
    usable = [(record, found[key]) for key, record in wanted.items() if key in found and not found[key].lost]
    records = [_corpus_record(record, joined) for record, joined in usable]
    if corrected:
        files = {path.parent / CORRECTIONS for path in paths}
        records = correct(records, [c for file in sorted(files) if file.exists() for c in load_corrections(file)])
    return JoinReport(
        records,
        missing=[key for key in wanted if key not in found],
        changed=[ChangedText(key, tuple(found[key].lost)) for key in wanted if key in found and found[key].changed],
    )


def _corpus_record(record: StandoffRecord, joined: _Joined) -> dict[str, Any]:
    paper = joined.paper
    made: dict[str, Any] = {"id": paper.id, "title": paper.title, "abstract": paper.abstract}
    if paper.raw_title is not None or paper.raw_abstract is not None:
        made |= {"raw_title": paper.raw_title, "raw_abstract": paper.raw_abstract, "markup": paper.markup}
    made["facts"] = joined.facts
    return made | {key: record.get(key) for key in ("category", "split", "origin")}
