"""The rows of the evaluation: extracted facts against annotated ones, paper by paper.

Every row counts facts, never papers or characters. What a row demands is told in ``docs/evaluation.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from arxivie.evaluate.figures import FIGURE_ROWS, Figure, match_figures
from arxivie.evaluate.gold import FactDict, FactLists, Record
from arxivie.evaluate.names import Names, all_forms, forms, name_of, share_form
from arxivie.evaluate.normal import name_key, url_key, word_set
from arxivie.evaluate.tally import Matching, Tally, match

STANDINGS = ("sota", "improves", "competitive", "background")
ROWS = (
    *("datasets", "datasets.role", "datasets.surfaces"),
    *("methods", "methods.role", "methods.proposed", "methods.surfaces"),
    *("metrics", "metrics.surfaces", "tasks"),
    *("results.value", "results.value+kind", "results.value+unit+bound", "results.value+metric"),
    *("results.value+metric+dataset", "results.full", "leaderboard"),
    *("links.url", "links.kind", "links.status", "releases"),
    *(f"claims.{standing}" for standing in STANDINGS),
    *("claims.sota.paper", "claims.sota.datasets"),
)
Tallies = dict[str, Tally]


def score(gold: Mapping[str, Record], predicted: Mapping[str, Record]) -> Tallies:
    """All rows over the annotated papers; a paper without a prediction counts as one with no facts."""
    total = {row: Tally() for row in ROWS}
    for key, record in gold.items():
        other = predicted.get(key)
        for row, tally in score_paper(key, record.facts, other.facts if other else {}).items():
            total[row].add(tally)
    return total


def score_paper(paper: str, gold: FactLists, predicted: FactLists) -> Tallies:
    """All rows of one paper."""
    tallies = {row: Tally() for row in ROWS}
    names = Names(gold)
    for kind in ("datasets", "methods", "metrics"):
        _entities(tallies, paper, kind, gold.get(kind, ()), predicted.get(kind, ()))
    tallies["tasks"].add_pairs(paper, match_tasks(gold, predicted), name_of)
    _results(tallies, paper, names, gold, predicted)
    _links(tallies, paper, gold, predicted)
    _claims(tallies, paper, names, gold, predicted)
    return tallies


def match_entities(gold: Iterable[FactDict], predicted: Iterable[FactDict]) -> Matching[FactDict]:
    """Entities that share a form, one to one; generic ones are neither rewarded nor punished on either side."""
    gold = list(gold)
    optional = all_forms(e for e in gold if e.get("generic"))
    found = match(_particular(gold), _particular(predicted), share_form)
    return found._replace(extra=[e for e in found.extra if forms(e).isdisjoint(optional)])


def _particular(entities: Iterable[FactDict]) -> list[FactDict]:
    return [e for e in entities if not e.get("generic")]


def _entities(tallies: Tallies, paper: str, kind: str, gold: Iterable[FactDict], predicted: Iterable[FactDict]) -> None:
    found = match_entities(gold, predicted)
    tallies[kind].add_pairs(paper, found, name_of)
    ours, theirs = _particular(gold), _particular(predicted)
    if kind != "metrics":
        for a, b in found.pairs:
            key = name_key(a["name"])
            tallies[f"{kind}.role"].add_sets(paper, {(key, a.get("role"))}, {(key, b.get("role"))})
    if kind == "methods":
        mine, other = ([e for e in side if e.get("role") == "proposed"] for side in (ours, theirs))
        tallies["methods.proposed"].add_pairs(paper, match(mine, other, share_form), name_of)
    optional = all_forms(e for e in gold if e.get("generic"))
    tallies[f"{kind}.surfaces"].add_sets(paper, all_forms(ours), all_forms(theirs), optional)


def match_tasks(gold: FactLists, predicted: FactLists) -> Matching[FactDict]:
    """Tasks of which two names or surfaces are equal or share half of their words, one to one."""
    return match(gold.get("tasks", ()), predicted.get("tasks", ()), _near)


def _near(a: FactDict, b: FactDict) -> bool:
    for x in [*(a.get("surfaces") or ()), a["name"]]:
        for y in [*(b.get("surfaces") or ()), b["name"]]:
            u, v = word_set(x), word_set(y)
            if name_key(x) == name_key(y) or (u and v and len(u & v) / len(u | v) >= 0.5):
                return True
    return False


def _results(tallies: Tallies, paper: str, names: Names, gold: FactLists, predicted: FactLists) -> None:
    ours, theirs = ([Figure.of(r, names) for r in side.get("results", ())] for side in (gold, predicted))
    for row in FIGURE_ROWS:
        tallies[f"results.{row}"].add_pairs(paper, match_figures(ours, theirs, row), lambda figure: figure.label)
    tallies["leaderboard"].add_sets(paper, _leaderboard(ours), _leaderboard(theirs))


def _leaderboard(figures: Iterable[Figure]) -> set[tuple[Any, ...]]:
    return {(d, f.metric, f.value) for f in figures if f.kind == "score" and f.metric for d in f.datasets}


def _links(tallies: Tallies, paper: str, gold: FactLists, predicted: FactLists) -> None:
    ours, theirs = ({url_key(x["url"]): x for x in side.get("links", ())} for side in (gold, predicted))
    tallies["links.url"].add_sets(paper, set(ours), set(theirs))
    tallies["links.kind"].add_sets(
        paper, *({(u, k) for u, x in s.items() for k in x.get("kinds") or ()} for s in (ours, theirs))
    )
    tallies["links.status"].add_sets(paper, *({(u, x.get("status")) for u, x in s.items()} for s in (ours, theirs)))
    tallies["releases"].add_sets(paper, *(released(s.get("releases", ())) for s in (gold, predicted)))


def released(statements: Iterable[FactDict]) -> set[tuple[str, str | None]]:
    """What is released, and whether it is there or promised."""
    return {(what, statement.get("status")) for statement in statements for what in statement.get("what") or ()}


def match_claims(gold: FactLists, predicted: FactLists, standing: str) -> Matching[FactDict]:
    """Claims of one standing whose quotes share at least half of the shorter one's words, one to one."""
    ours, theirs = ([c for c in side.get("claims", ()) if c.get("status") == standing] for side in (gold, predicted))
    return match(ours, theirs, _same_quote)


def _same_quote(a: FactDict, b: FactDict) -> bool:
    u, v = word_set(a.get("quote")), word_set(b.get("quote"))
    return bool(u and v) and len(u & v) >= 0.5 * min(len(u), len(v))


def _claims(tallies: Tallies, paper: str, names: Names, gold: FactLists, predicted: FactLists) -> None:
    for standing in STANDINGS:
        found = match_claims(gold, predicted, standing)
        tallies[f"claims.{standing}"].add_pairs(paper, found, lambda claim: str(claim.get("quote")))
    best = [[c for c in side.get("claims", ()) if c.get("status") == "sota"] for side in (gold, predicted)]
    tallies["claims.sota.paper"].add_sets(paper, *({"sota"} if side else set() for side in best))
    tied = ({names.canonical("datasets", d) for c in side for d in c.get("datasets") or ()} for side in best)
    tallies["claims.sota.datasets"].add_sets(paper, *tied)
