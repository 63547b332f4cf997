"""Abstracts in which nothing, or nothing of some types, may be found.

A line of a silent corpus is ``{"id", "title", "abstract", "silent": ["results", …], "why"}``: the types of facts that
the abstract must not yield, and which near miss it holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from arxivie.errors import CorpusError
from arxivie.evaluate.gold import LISTS
from arxivie.facts import Entity, Facts, Link, Method, Result
from arxivie.papers import Paper


@dataclass(frozen=True, slots=True)
class SilentPaper:
    """An invented paper, the fields of `Facts` that must stay empty, and why they might not."""

    paper: Paper
    silent: tuple[str, ...]
    why: str


def load_silent(path: str | Path) -> list[SilentPaper]:
    """The papers of a silent corpus.

    Raises:
        CorpusError: at a line that is none, naming file and line.
    """
    made = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            where = f"{path}:{number}"
            try:
                raw = json.loads(line)
                paper = Paper(id=raw["id"], title=raw["title"], abstract=raw["abstract"])
                silent, why = tuple(raw["silent"]), str(raw["why"])
            except (ValueError, TypeError, KeyError) as error:
                raise CorpusError(f"{where}: expected id, title, abstract, silent and why: {error}") from error
            if not silent or (unknown := set(silent) - set(LISTS)):
                raise CorpusError(
                    f"{where}: silent must name some of {', '.join(LISTS)}, not {sorted(unknown) if silent else '[]'}"
                )
            made.append(SilentPaper(paper, silent, why))
    return made


def noise(silent: SilentPaper, facts: Facts) -> list[str]:
    """What was found although it must not be, as ``results: 12%``; generic methods are not counted."""
    return [
        f"{name}: {_shown(fact)}"
        for name in silent.silent
        for fact in getattr(facts, name)
        if not (isinstance(fact, Method) and fact.generic)
    ]


def _shown(fact: object) -> str:
    if isinstance(fact, Entity):
        return fact.name
    if isinstance(fact, Result):
        return f"{fact.value_text} ({fact.kind})"
    return fact.url if isinstance(fact, Link) else str(getattr(fact, "quote", fact))
