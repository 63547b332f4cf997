"""The merge policy as data: which names mean the same beyond spelling, which never do, and what splits are called.

::

    dataset/aliases.tsv    name, alias, why     the alias is the name; before the name lists and the spelling
    dataset/apart.tsv      one, other, why      never merged, never proposed for merging
    dataset/splits.tsv     split, surface       parts of a dataset that are measured on apart
    metric/aliases.tsv     name, alias, why
    metric/directions.tsv  better, ending       for metrics that measures.tsv does not list: by the last words

A user's pack may hold the same files; its lines come before ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from arxivie.errors import PatternError

ALIASES = ("name", "alias", "why")
APART = ("one", "other", "why")
SPLITS = ("split", "surface")
DIRECTIONS = ("better", "ending")


class Alias(NamedTuple):
    """``alias`` means ``name``; ``why`` says how that is known."""

    name: str
    alias: str
    why: str


class Policy(NamedTuple):
    """The lines of all packs, a user's first.

    Attributes:
        aliases: label -> its aliases.
        apart: pairs of dataset names that are not the same.
        splits: surface of a split, case-folded -> its name.
        directions: ``(ending, better)``, longest ending first.
    """

    aliases: dict[str, tuple[Alias, ...]]
    apart: tuple[tuple[str, str], ...]
    splits: dict[str, str]
    directions: tuple[tuple[str, str], ...]


def read_policy(folders: Sequence[Path]) -> Policy:
    """The merge policy of several packs; of two lines for one thing the first given holds.

    Raises:
        PatternError: naming file and line, where a line has not the columns of its file.
    """
    aliases: dict[str, list[Alias]] = {"dataset": [], "metric": []}
    apart: list[tuple[str, str]] = []
    splits: dict[str, str] = {}
    directions: dict[str, str] = {}
    for folder in folders:
        for label, known in aliases.items():
            known += (Alias(*cells) for _, cells in _rows(folder / label / "aliases.tsv", ALIASES))
        apart += ((cells[0], cells[1]) for _, cells in _rows(folder / "dataset" / "apart.tsv", APART))
        for _, (split, surface) in _rows(folder / "dataset" / "splits.tsv", SPLITS):
            splits.setdefault(surface.casefold(), split)
        for where, (better, ending) in _rows(folder / "metric" / "directions.tsv", DIRECTIONS):
            if better not in {"higher", "lower"}:
                raise PatternError(f"{where}: better is higher or lower, not {better!r}")
            directions.setdefault(ending.casefold(), better)
    longest = sorted(directions.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return Policy({label: tuple(known) for label, known in aliases.items()}, tuple(apart), splits, tuple(longest))


def _rows(file: Path, columns: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """``file:line`` and the cells of each line; nothing where a pack has no such file."""
    if not file.is_file():
        return
    lines = file.read_text("utf-8").splitlines()
    if not lines or tuple(lines[0].split("\t")) != tuple(columns):
        raise PatternError(f"{file}:1: the first line must name the columns: {' '.join(columns)}")
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(columns) or not all(cell.strip() for cell in cells):
            raise PatternError(f"{file}:{number}: {len(columns)} columns between tabs, none empty: {line!r}")
        yield f"{file}:{number}", cells
