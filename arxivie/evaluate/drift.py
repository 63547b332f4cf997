"""What a change of rules, names or weights does to a fixed sample of papers.

A drift file holds one summary a line: the paper's id, the digest of its text and its facts as short strings of names
and numbers. It is compared with what the pipeline finds now; a difference is looked at, and accepted only by `accept`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from arxivie.errors import CorpusError
from arxivie.evaluate.standoff import PlainText
from arxivie.facts import Claim, Entity, Facts, Link, ReleaseStatement, Result
from arxivie.papers import Paper


@dataclass(frozen=True, slots=True)
class Summary:
    """The facts of one paper as short strings, by field of `Facts`, and the digest of its text."""

    id: str
    digest: str
    facts: Mapping[str, list[str]]


class Difference(NamedTuple):
    """One fact that only one of two summaries has."""

    paper: str
    field: str
    fact: str

    def __str__(self) -> str:
        return f"{self.paper}  {self.field}: {self.fact}"


@dataclass(frozen=True, slots=True)
class Drift:
    """What the pipeline finds now against what was accepted.

    Attributes:
        gains, losses: facts that only the present or only the accepted summaries have.
        added: papers without an accepted summary.
        absent: accepted papers that were not given now, such as those of listings that are not at hand.
        changed: papers whose text is another; their facts are not compared.
    """

    gains: list[Difference]
    losses: list[Difference]
    added: list[str]
    absent: list[str]
    changed: list[str]

    def __bool__(self) -> bool:
        """Whether there is anything to accept."""
        return bool(self.gains or self.losses or self.added or self.changed)

    def __str__(self) -> str:
        lines = [f"+ {gain}" for gain in self.gains] + [f"- {loss}" for loss in self.losses]
        lines += [f"new paper {key}" for key in self.added] + [f"changed text {key}" for key in self.changed]
        return "\n".join(lines)


def load_sample(path: str | Path) -> list[str]:
    """The ids of the fixed sample: one a line, ``#`` begins a comment."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [name for line in lines if (name := line.partition("#")[0].strip())]


def summarise(papers: Iterable[Paper], ids: Iterable[str]) -> dict[str, Summary]:
    """The summaries of those annotated papers that are in the sample; the first of equal ids holds.

    Raises:
        CorpusError: where a paper of the sample has no facts.
    """
    wanted = set(ids)
    made: dict[str, Summary] = {}
    for paper in papers:
        if paper.id in wanted and paper.id not in made:
            if paper.facts is None:
                raise CorpusError(f"paper {paper.id}: not annotated")
            made[paper.id] = Summary(paper.id, PlainText(paper.text).digest, facts_summary(paper.facts))
    return made


def facts_summary(facts: Facts) -> dict[str, list[str]]:
    """The facts as sorted short strings: names, numbers and kinds; no quotes, no phrases that are no listed names."""
    methods = {method.name for method in facts.methods}
    lists: dict[str, Iterable[str]] = {
        "datasets": (f"{d.name} ({d.role})" for d in facts.datasets),
        "methods": (f"{m.name} ({'generic' if m.generic else m.role})" for m in facts.methods),
        "tasks": map(_name, facts.tasks),
        "metrics": map(_name, facts.metrics),
        "results": (_result(result, methods) for result in facts.results),
        "links": map(_link, facts.links),
        "releases": map(_release, facts.releases),
        "claims": map(_claim, facts.claims),
    }
    return {field: sorted(strings) for field, strings in lists.items()}


def _name(entity: Entity) -> str:
    return entity.name


def _result(r: Result, methods: set[str]) -> str:
    upper = "" if r.value_max is None else f"–{r.value_max:g}"
    method = r.method if r.method in methods else None
    parts = (f"{r.value:g}{upper}{r.unit or ''} {r.bound}", r.kind, r.metric, ", ".join(sorted(r.datasets)), method)
    return " | ".join(part or "-" for part in parts)


def _link(link: Link) -> str:
    return f"{link.url} ({', '.join(sorted(link.kinds))}; {link.status})"


def _release(release: ReleaseStatement) -> str:
    return f"{', '.join(sorted(release.what))} ({release.status})"


def _claim(claim: Claim) -> str:
    start = min((piece.text.start for piece in claim.evidence), default=0)
    ties = (", ".join(sorted(names)) or "-" for names in (claim.datasets, claim.tasks))
    return " | ".join((f"{claim.status} at {start}", *ties))


def compare_summaries(accepted: Mapping[str, Summary], present: Mapping[str, Summary]) -> Drift:
    """Gains and losses from the accepted summaries to the present ones."""
    both = [key for key in accepted if key in present]
    changed = [key for key in both if accepted[key].digest != present[key].digest]
    gains: list[Difference] = []
    losses: list[Difference] = []
    for key in both:
        if key not in changed:
            for field in present[key].facts:
                old, new = Counter(accepted[key].facts.get(field, ())), Counter(present[key].facts[field])
                gains += [Difference(key, field, fact) for fact in (new - old).elements()]
                losses += [Difference(key, field, fact) for fact in (old - new).elements()]
    return Drift(
        gains,
        losses,
        added=[key for key in present if key not in accepted],
        absent=[key for key in accepted if key not in present],
        changed=changed,
    )


def load_summaries(path: str | Path) -> dict[str, Summary]:
    """The accepted summaries.

    Raises:
        CorpusError: at a line that is none, naming file and line.
    """
    made: dict[str, Summary] = {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                summary = Summary(**json.loads(line))
            except (ValueError, TypeError) as error:
                raise CorpusError(f"{path}:{number}: no summary with id, digest and facts") from error
            made[summary.id] = summary
    return made


def accept(path: str | Path, present: Mapping[str, Summary]) -> None:
    """Make the present summaries the accepted ones; those of papers that were not given now are kept."""
    path = Path(path)
    known = load_summaries(path) if path.exists() else {}
    with path.open("w", encoding="utf-8") as out:
        for _, summary in sorted({**known, **present}.items()):
            record = {"id": summary.id, "digest": summary.digest, "facts": summary.facts}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
