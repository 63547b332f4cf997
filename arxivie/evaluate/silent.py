"""Abstracts in which nothing, or nothing of some types, may be found.

A line of a silent corpus is ``{"id", "title", "abstract", "silent": ["results", …], "why"}``: the types of facts that
the abstract must not yield, and which near miss it holds.
"""

from __future__ import annotations

import json
import tomllib
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


def noise(silent: SilentPaper, facts: Facts) -> dict[str, list[str]]:
    """What was found although it must not be, by field; generic methods are not counted."""
    heard = {
        name: [_shown(fact) for fact in getattr(facts, name) if not (isinstance(fact, Method) and fact.generic)]
        for name in silent.silent
    }
    return {name: found for name, found in heard.items() if found}


def load_later(path: str | Path) -> dict[str, dict[str, set[str]]]:
    """Pipeline -> id of a silent paper -> its fields in which something is still heard, to be mended later.

    The TOML file has a list a pipeline: ``rules = ["silent-09 results", …]``.

    Raises:
        CorpusError: where the file is no TOML or an entry is not an id and a field.
    """
    made: dict[str, dict[str, set[str]]] = {}
    with open(path, "rb") as file:
        try:
            raw = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise CorpusError(f"{path}: {error}") from error
    for pipeline, entries in raw.items():
        known = made.setdefault(pipeline, {})
        for entry in entries:
            key, _, name = str(entry).partition(" ")
            if name not in LISTS:
                raise CorpusError(f"{path}: {pipeline}: {entry!r} is no id and one of {', '.join(LISTS)}")
            known.setdefault(key, set()).add(name)
    return made


def _shown(fact: object) -> str:
    if isinstance(fact, Entity):
        return fact.name
    if isinstance(fact, Result):
        return f"{fact.value_text} ({fact.kind})"
    return fact.url if isinstance(fact, Link) else str(getattr(fact, "quote", fact))
