"""The words of figures: units, bounds and numbers written out, from ``patterns/quantity/quantity.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from arxivie.resources import patterns_dir

_Meaning = TypeVar("_Meaning")
Phrases = dict[tuple[str, ...], _Meaning]


@dataclass(frozen=True)
class Lexicon:
    """The contents of ``quantity.toml``; phrases are tuples of lower-case tokens.

    ``openers`` begin the ``words``, or are among the ``numbers``.
    """

    units: Phrases[str]
    words: Phrases[tuple[float, str]]
    openers: frozenset[str]
    before: Phrases[str]
    after: Phrases[str]
    measures: frozenset[str]
    magnitude: dict[str, float]
    scale: dict[str, float]
    numbers: dict[str, float]


def _cut(phrase: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+|[^\w\s]", phrase.lower()))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """``patterns/quantity/quantity.toml``, read once."""
    data = tomllib.loads((patterns_dir() / "quantity" / "quantity.toml").read_text("utf-8"))
    words = {_cut(s): (float(w["value"]), w["unit"]) for w in data["word"] for s in w["surfaces"]}
    return Lexicon(
        units={_cut(s): u["symbol"] for u in data["unit"] for s in u["surfaces"]},
        words=words,
        openers=frozenset(phrase[0] for phrase in words) | frozenset(data["numbers"]),
        before={_cut(s): b["kind"] for b in data["bound"] for s in b.get("before", ())},
        after={_cut(s): b["kind"] for b in data["bound"] for s in b.get("after", ())},
        measures=frozenset(data["measures"]),
        magnitude=data["magnitude"],
        scale=data["scale"],
        numbers=data["numbers"],
    )
