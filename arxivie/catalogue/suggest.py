"""What a new name may be another writing of: by its normal form, and by rapidfuzz where that is installed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from arxivie.errors import ConfigurationError
from arxivie.export.extra import extra_module
from arxivie.store.canonical import Canon

_HEADS = re.compile(r"\b(?:datasets?|corpus|corpora|benchmarks?|challenge|collection)\b", re.IGNORECASE)
_NOT_NAME = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
#: rapidfuzz's similarity, of 100, from which on a name is worth showing
_ALIKE = 80.0


class Suggestion(NamedTuple):
    """A catalogue name, and why it is suggested: ``same letters`` or ``87 % alike``."""

    name: str
    why: str


class Suggester:
    """Proposes merges with the names of a catalogue.

    Names whose numbers differ are never proposed (CIFAR-10 is not CIFAR-100), nor are those that the merge policy
    keeps apart.

    Args:
        canon: the catalogue.
    """

    def __init__(self, canon: Canon) -> None:
        self.canon = canon
        self._names: dict[str, str] = {}
        for entry in canon.pack.names.get("dataset", ()):
            if entry.context != "never":
                self.add(entry.name, (entry.surface, entry.name))
        try:
            self._process = extra_module("rapidfuzz.process", "link", "Fuzzy suggestions")
            self._ratio = extra_module("rapidfuzz.fuzz", "link", "Fuzzy suggestions").ratio
        except ConfigurationError:
            self._process = None

    @property
    def fuzzy(self) -> bool:
        """Whether rapidfuzz is there."""
        return self._process is not None

    def add(self, name: str, surfaces: Iterable[str]) -> None:
        """Make a name one that may be proposed."""
        for surface in surfaces:
            if letters := loose(surface):
                self._names.setdefault(letters, name)

    def suggest(self, name: str, surfaces: Iterable[str] = (), limit: int = 5) -> list[Suggestion]:
        """Names that a candidate may be another writing of, the likeliest first."""
        written = list(dict.fromkeys((name, *surfaces)))
        found: dict[str, str] = {}
        for surface in written:
            if known := self._names.get(loose(surface)):
                found.setdefault(known, "same letters")
        if self._process is not None:
            best: dict[str, float] = {}
            for surface in written:
                letters = loose(surface)
                for other, score, _ in self._process.extract(
                    letters, self._names.keys(), scorer=self._ratio, limit=4 * limit, score_cutoff=_ALIKE
                ):
                    if _DIGITS.findall(other) == _DIGITS.findall(letters):
                        known = self._names[other]
                        best[known] = max(score, best.get(known, 0.0))
            for known, score in sorted(best.items(), key=lambda pair: (-pair[1], pair[0])):
                found.setdefault(known, f"{score:.0f} % alike")
        kept = [Suggestion(n, why) for n, why in found.items() if n != name and not self.canon.apart(n, name)]
        return kept[:limit]


def loose(surface: str) -> str:
    """Letters and digits alone, without words such as dataset."""
    return _NOT_NAME.sub("", _HEADS.sub("", surface)).casefold()
