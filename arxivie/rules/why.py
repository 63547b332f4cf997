"""What the ids of rules, name lists and models mean to a reader."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from arxivie.rules.pack import load_pack

_LISTS = {
    "names": "the name stands in a list",
    "names-weak": "the name stands in a list, but is an ordinary word too",
    "generic-names": "the name stands in the list of generic techniques",
    "abbreviation": "it is the acronym or the long form of another name",
    "shape": "it is written like a proper name",
    "beside-figure": "it stands beside a figure",
    "near-figure": "it is a part of what stands beside a figure",
    "unit": "it is the unit of a figure and a measure itself",
    "tagger": "the learned tagger sees a mention here",
    "pointer": "the learned tagger sees a figure that it belongs to",
}
_FIGURES = "its context weighs most for this kind of figure"


def why(rule: str, packs: tuple[str | Path, ...] = ()) -> str:
    """Why a rule exists, in its own words; empty where the id is not known, as of a pack that is not here."""
    label, _, rest = rule.partition(".")
    return _whys(packs).get(rule) or _LISTS.get(rest) or (_FIGURES if label == "result" else "")


@lru_cache(maxsize=4)
def _whys(packs: tuple[str | Path, ...]) -> dict[str, str]:
    return {rule.id: rule.why for rules in load_pack(packs).rules.values() for rule in rules}
