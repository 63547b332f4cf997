"""Corrections of annotated records: which fact is wrong, what is right, and why.

::

    [[correction]]
    id     = "2105.00001"
    field  = "datasets"
    old    = { name = "QuayNet", role = "used" }
    new    = { role = "introduced" }
    reason = "the abstract says that this paper collects it"

``old`` picks the one fact whose keys have these values (``index`` picks by position); ``new`` sets keys. Without
``new`` the fact is removed, without ``old`` it is added.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arxivie.errors import CorpusError
from arxivie.evaluate.gold import LISTS, FactLists

_KEYS = {"id", "field", "old", "new", "reason"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One change of one fact; see the module."""

    id: str
    field: str
    reason: str
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None

    def apply(self, facts: FactLists) -> FactLists:
        """The facts with the change made; the given ones stay as they are.

        Raises:
            CorpusError: where ``old`` picks no fact or several.
        """
        items = list(facts[self.field])
        if self.old is None:
            return {**facts, self.field: [*items, dict(self.new or {})]}
        picked = [k for k, fact in enumerate(items) if self._picks(k, fact, self.old)]
        if len(picked) != 1:
            raise CorpusError(
                f"correction of paper {self.id}: {dict(self.old)} picks {len(picked)} of the "
                f"{len(items)} {self.field}, not one; it may have been corrected already"
            )
        items[picked[0] : picked[0] + 1] = [] if self.new is None else [{**items[picked[0]], **self.new}]
        return {**facts, self.field: items}

    @staticmethod
    def _picks(index: int, fact: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
        return all((index if key == "index" else fact.get(key)) == value for key, value in old.items())


def load_corrections(path: str | Path) -> list[Correction]:
    """The corrections of a TOML file.

    Raises:
        CorpusError: where the file is no TOML, or a correction lacks or has keys that it should not.
    """
    with open(path, "rb") as file:
        try:
            raw = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise CorpusError(f"{path}: {error}") from error
    made = []
    for number, entry in enumerate(raw.get("correction", ()), 1):
        where = f"{path}: correction {number}"
        if unknown := set(entry) - _KEYS:
            raise CorpusError(f"{where}: unknown keys {sorted(unknown)}; known: {sorted(_KEYS)}")
        if absent := {"id", "field", "reason"} - set(entry):
            raise CorpusError(f"{where}: without {sorted(absent)}")
        if entry["field"] not in LISTS:
            raise CorpusError(f"{where}: no field {entry['field']!r}; known: {', '.join(LISTS)}")
        if "old" not in entry and "new" not in entry:
            raise CorpusError(f"{where}: neither old nor new")
        made.append(Correction(**entry))
    return made


def correct(records: Iterable[dict[str, Any]], corrections: Iterable[Correction]) -> list[dict[str, Any]]:
    """The joined records with the corrections made; those of other papers have no effect.

    Raises:
        CorpusError: where a correction does not fit its record.
    """
    by_id: dict[str, list[Correction]] = {}
    for correction in corrections:
        by_id.setdefault(correction.id, []).append(correction)
    made = []
    for record in records:
        facts = record["facts"]
        for correction in by_id.get(record["id"], ()):
            facts = correction.apply(facts)
        made.append({**record, "facts": facts})
    return made
