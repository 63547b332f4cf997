"""The facts of one paper as its page shows them: content, places, and why each is there."""

from __future__ import annotations

from typing import NamedTuple

from arxivie.export.terminal import figure
from arxivie.extent import Extent
from arxivie.facts import (
    Claim,
    Dataset,
    Entity,
    Evidence,
    Fact,
    Facts,
    Link,
    Method,
    ReleaseStatement,
    Result,
)
from arxivie.papers import SECTION_BREAK, Paper
from arxivie.report.addresses import web_address
from arxivie.report.labels import Label, fact_id, labelled
from arxivie.report.marks import place_id, places
from arxivie.rules.why import why
from arxivie.store.sentences import sentence

#: characters shown on either side of a mention
_AROUND = 90
KINDS = {
    "score": "level reached",
    "gain": "difference (gain)",
    "loss": "difference (loss)",
    "ratio": "factor",
    "other_score": "another work’s level, quoted",
}
BOUNDS = {"at_least": "at least", "at_most": "at most", "about": "about"}
STATUS = {
    "sota": "state of the art",
    "improves": "an improvement",
    "competitive": "competitive",
    "background": "about earlier work",
}


class Place(NamedTuple):
    """One place that states the fact: where its mark is, and the words around it."""

    target: str
    section: str
    before: str
    surface: str
    after: str
    text: Extent
    raw: Extent


class FactView(NamedTuple):
    """One fact; ``details`` are pairs of what and how, ``address`` is one that may become a link."""

    id: str
    label: Label
    heading: str
    details: list[tuple[str, str]]
    address: str | None
    places: list[Place]
    reasons: list[tuple[str, str]]
    found_by: tuple[str, ...]
    confidence: float


def fact_views(paper: Paper) -> dict[str, list[FactView]]:
    """The facts of a paper by the name of their label, in its order; labels without facts are left out."""
    made: dict[str, list[FactView]] = {}
    for label, number, fact in labelled(paper.facts or Facts()):
        view = FactView(
            fact_id(label.name, number),
            label,
            heading(fact),
            [(what, how) for what, how in details(fact) if how],
            web_address(fact.url) if isinstance(fact, Link) else None,
            [_place(paper, label.name, piece) for piece in places(fact, paper)],
            [(rule, why(rule)) for rule in fact.rules],
            fact.found_by,
            fact.confidence,
        )
        made.setdefault(label.name, []).append(view)
    return made


def heading(fact: Fact) -> str:
    """A fact in a few words."""
    if isinstance(fact, Entity):
        return fact.name
    if isinstance(fact, Result):
        return figure(fact).removeprefix("? ")
    if isinstance(fact, Link):
        return fact.url
    if isinstance(fact, ReleaseStatement):
        return f"{' and '.join(fact.what)} {fact.status}"
    return f"“{fact.quote}”" if isinstance(fact, Claim) else ""


def details(fact: Fact) -> list[tuple[str, str]]:
    """What a fact says beyond its heading; the second of a pair may be empty."""
    if isinstance(fact, Entity):
        role = [("Role", fact.role)] if isinstance(fact, Dataset | Method) else []
        also = ", ".join(s for s in fact.surfaces if s != fact.name)
        generic = "a family of techniques, no name of one" if isinstance(fact, Method) and fact.generic else ""
        return [*role, ("Also written", also), ("Generic", generic), ("Listed as", fact.canonical or "")]
    if isinstance(fact, Result):
        return _result(fact)
    if isinstance(fact, Link):
        return [("Holds", " and ".join(fact.kinds)), ("Status", fact.status)]
    if isinstance(fact, ReleaseStatement):
        return [("Says", f"“{fact.quote}”")]
    if isinstance(fact, Claim):
        return [
            ("Claims", STATUS[fact.status]),
            ("On datasets", ", ".join(fact.datasets)),
            ("In tasks", ", ".join(fact.tasks)),
        ]
    return []


def _result(fact: Result) -> list[tuple[str, str]]:
    better = {True: "for the paper’s method", False: "against the paper’s method", None: ""}[fact.better]
    return [
        ("As written", fact.value_text),
        ("Kind", KINDS[fact.kind]),
        ("Metric", fact.metric or ""),
        ("Datasets", ", ".join(fact.datasets)),
        ("Method", fact.method or ""),
        ("Task", fact.task or ""),
        ("Bound", BOUNDS.get(fact.bound, "")),
        ("Speaks", better),
        ("Compared to", fact.baseline or ""),
    ]


def _place(paper: Paper, label: str, piece: Evidence) -> Place:
    whole = sentence(paper.text, piece.text)
    start, end = piece.text
    before, after = paper.text[whole.start : start], paper.text[end : max(end, whole.end)]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    shown = piece.text.of(paper.text).replace(SECTION_BREAK, " ")
    return Place(place_id(label, piece.text), piece.section, before, shown, after, piece.text, piece.raw)
