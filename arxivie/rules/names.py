"""Name lists, and the index that finds their names in a text whatever stands between their parts.

``CIFAR-10``, ``CIFAR10`` and ``CIFAR 10`` are one name: hyphens, spaces and underscores do not count. Names marked
``exact`` must have the case of the list (``SUN``), the others any (``imagenet``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from arxivie.errors import PatternError

COLUMNS = ("name", "surface", "case", "context", "source")
CASES = frozenset({"exact", "folded"})
CONTEXTS = frozenset({"free", "needed", "never"})
#: labels whose names take a plural s: "CNNs"
_PLURAL = frozenset({"method", "metric", "task"})

_JOINT = re.compile(r"[-‐‑‒–—−_\s]+")
_ID_GAP = re.compile(r"[^\w+]+")
#: where a writer may put a joint: between words, humps and digits (Image|Net, CIFAR|10)
_PART = re.compile(r"[^\W\d_]?[A-Z]+(?![a-z])|[^\W\d_][^\WA-Z\d_]*|\d+|[^\w\s]")


class Name(NamedTuple):
    """One surface of a name.

    Attributes:
        label: dataset, method, task or metric.
        name: the canonical name that the surface stands for.
        surface: how it is written.
        case: ``exact`` or ``folded``.
        context: ``needed`` where the surface is also an ordinary word, so that it counts only with other support;
            ``never`` where it must not be found at all (a curator's rejected candidates).
        source: a key of ``sources.toml``.
        list: the list it lies in: ``names`` or, from ``names.generic.tsv``, ``generic-names``.
    """

    label: str
    name: str
    surface: str
    case: str = "folded"
    context: str = "free"
    source: str = ""
    list: str = "names"

    @property
    def rule(self) -> str:
        """The rule id of a mention that this entry finds: ``dataset.names``, ``dataset.names-weak``."""
        return f"{self.label}.{self.list}{'-weak' if self.context == 'needed' else ''}"

    @property
    def canonical(self) -> str:
        """The id of the canonical entry: ``dataset:cifar-10``."""
        return f"{self.label}:{_ID_GAP.sub('-', self.name.casefold()).strip('-')}"


def read_names(path: Path, label: str) -> Iterator[Name]:
    """The entries of a list, in the order of the file.

    Raises:
        PatternError: naming file and line, where a line has not the five columns or a column a value not known.
    """
    kind = path.name.removesuffix(".tsv").split(".")
    list_name = "generic-names" if "generic" in kind else "names"
    lines = path.read_text("utf-8").splitlines()
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise PatternError(f"{path}:1: the first line must name the columns: {' '.join(COLUMNS)}")
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(COLUMNS) or not all(cells):
            raise PatternError(f"{path}:{number}: {len(COLUMNS)} columns between tabs, none empty: {line!r}")
        name, surface, case, context, source = cells
        entry = Name(label, name, surface, case, context, source, list_name)
        if entry.case not in CASES or entry.context not in CONTEXTS:
            raise PatternError(f"{path}:{number}: case is exact or folded, context free, needed or never: {line!r}")
        if entry.surface != entry.surface.strip() or not key(entry.surface):
            raise PatternError(f"{path}:{number}: the surface has spaces around it or nothing but joints: {line!r}")
        yield entry


def key(text: str) -> str:
    """``text`` without what may stand between the parts of a name; its case is kept."""
    return _JOINT.sub("", text).replace("’", "'")


class NameIndex:
    """Finds names in a sequence of tokens: one pass for all labels, longest first.

    Of several entries with the same key and label, the first given wins (so put a user's own in front).
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._entries: dict[str, list[tuple[str, Name]]] = {}
        self._beginnings: set[str] = set()
        plurals: list[tuple[str, Name]] = []
        for entry in names:
            written = key(entry.surface)
            self._add(written, entry)
            if entry.label in _PLURAL and written[-1:].isalpha() and written[-1:] not in "sS":
                plurals.append((written + "s", entry))
        for written, entry in plurals:
            self._add(written, entry)

    def _add(self, written: str, entry: Name) -> None:
        folded = written.casefold()
        entries = self._entries.setdefault(folded, [])
        if any(known.label == entry.label and other == written for other, known in entries):
            return
        entries.append((written, entry))
        beginning = ""
        for part in _PART.findall(_JOINT.sub(" ", entry.surface)):
            beginning += part.casefold().replace("’", "'")
            self._beginnings.add(beginning)

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, Name]]:
        """``(start, end, entry)`` in tokens, by start; within a label, none lies inside another."""
        keys = [key(word) if not word.isalnum() else word for word in words]
        folded = [k.casefold() for k in keys]
        reach: dict[str, int] = {}
        for start, first in enumerate(folded):
            if not first or (first not in self._beginnings and first not in self._entries):
                continue
            best: dict[str, tuple[int, Name]] = {}
            joined, end = "", start
            while end < len(folded):
                if words[end].isspace() and "\n" in words[end]:
                    break
                joined += folded[end]
                end += 1
                if folded[end - 1] and joined in self._entries:
                    exact = "".join(keys[start:end])
                    for written, entry in self._entries[joined]:
                        if end > start + 1 and entry.surface.isalpha():
                            continue  # a name of one part is one token: no "in breast" for INbreast
                        if entry.case == "folded" or written == exact:
                            known = best.get(entry.label)
                            if known is None or known[0] < end:
                                best[entry.label] = (end, entry)
                if joined not in self._beginnings:
                    break
            for label, (end, entry) in best.items():
                if end > reach.get(label, 0):
                    reach[label] = end
                    if entry.context != "never":
                        yield start, end, entry
