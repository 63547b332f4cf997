"""Papers that never were, with the facts that their sentences state."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from arxivie.export.records import Record, to_record
from arxivie.extent import Extent
from arxivie.facts import Claim, Dataset, Evidence, Facts, Metric, Result, Task
from arxivie.papers import Paper


def figure(
    value: float,
    metric: str = "accuracy",
    dataset: str | Sequence[str] = "CIFAR-10",
    *,
    unit: str | None = "%",
    method: str | None = "FooNet",
    kind: str = "score",
    where: str = "",
    **more: Any,
) -> dict[str, Any]:
    """A result; ``where`` are words behind the dataset's name."""
    datasets = (dataset,) if isinstance(dataset, str) else tuple(dataset)
    text = f"{value:g}{unit if unit == '%' else ' ' + unit if unit else ''}"
    sentence = f"Here {method or 'one'} gets {text} {metric} on {' and '.join(datasets)}{where}."
    return {
        "value": value, "unit": unit, "value_text": text, "metric": metric, "datasets": datasets, "method": method,
        "kind": kind, "quote": sentence[:-1], "sentence": sentence, **more,
    }  # fmt: skip


def record(
    paper_id: str,
    *figures: dict[str, Any],
    title: str = "An Invented Paper",
    day: str | None = "2021-01-01",
    version: int | None = 1,
    datasets: Sequence[tuple[str, str]] = (),
    tasks: Sequence[str] = (),
    claims: Sequence[dict[str, Any]] = (),
    says: str = "",
    evidence: bool = True,
    **paper: Any,
) -> Record:
    """A record whose abstract is made of the sentences of its figures, of ``says`` and of the quotes of its claims."""
    sentences = ["We present work."] + [f["sentence"] for f in figures] + ([says] if says else [])
    sentences += [f"{claim['quote']}." for claim in claims]
    named = dict.fromkeys(d for f in figures for d in f["datasets"])
    known = dict(datasets)
    measured = dict.fromkeys(f["metric"] for f in figures if f["metric"])
    sentences += [f"We look at {name}." for name in known if name not in " ".join(sentences)]
    made = Paper(
        id=paper_id, version=version, title=title, abstract=" ".join(sentences),
        published=date.fromisoformat(day) if day else None, **paper,
    )  # fmt: skip

    def piece(surface: str, start: int = 0) -> Evidence:
        at = made.text.index(surface, start)
        extent = Extent(at, at + len(surface))
        return Evidence(surface=surface, section="abstract", text=extent, raw=extent)

    results = []
    for f in figures:
        quote = piece(f["quote"])
        places = (piece(f["value_text"], quote.text.start), quote) if evidence else ()
        fields = {k: v for k, v in f.items() if k != "sentence"}
        results.append(Result(**fields, evidence=places, rules=("result.made",), confidence=0.9))
    facts = Facts(
        datasets=tuple(
            Dataset(
                name=name,
                surfaces=(name,),
                role=known.get(name, "used"),
                evidence=(piece(name),) if evidence else (),
                rules=("dataset.made",),
            )
            for name in dict.fromkeys((*named, *known))
        ),
        tasks=tuple(Task(name=t, surfaces=(t,)) for t in tasks),
        metrics=tuple(Metric(name=m, surfaces=(m,)) for m in measured),
        results=tuple(results),
        claims=tuple(Claim(**{"evidence": (piece(c["quote"]),), **c}) for c in claims),
    )
    # through JSON, as all stored records come: a day becomes its midnight there
    return Record.model_validate_json(Record(paper=made, facts=facts, pack="0.1.0 test").model_dump_json())


def line(made: Record) -> str:
    """A record as a line of JSON, as ``arxivie extract`` writes it."""
    return json.dumps(to_record(made.paper.model_copy(update={"facts": made.facts}), pack=made.pack))


def write(path: Path, records: Iterable[Record]) -> Path:
    """A file of facts."""
    path.write_text("".join(line(r) + "\n" for r in records), "utf-8")
    return path


def sample_facts(path: Path) -> None:
    """The file of facts that the guides begin with."""
    claim = {"status": "sota", "quote": "It is the best on MSCOCO", "datasets": ("MSCOCO",)}
    old, gain = figure(88.0, kind="other_score", method="OldNet"), figure(3.0, kind="gain", baseline="OldNet")
    write(
        path,
        [
            record("2101.00001", figure(91.0), old, gain),
            record("2102.00002", figure(45.0, "mAP", "MSCOCO", method="BazNet"), day="2021-02-02", claims=[claim]),
            record("2103.00003", figure(93.5, dataset="CIFAR10", method="BarNet"), day="2021-03-03"),
            record(
                "2104.00004",
                title="An Invented Dataset",
                day="2021-04-04",
                datasets=[("Zorp-1M", "introduced"), ("CIFAR-10", "mentioned")],
            ),
        ],
    )
