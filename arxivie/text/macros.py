"""The tables of ``patterns/latex.toml``: what each LaTeX macro reads as."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from typing import NamedTuple

from arxivie.resources import patterns_dir


class Macros(NamedTuple):
    """The tables, by the name of the macro without its backslash.

    Attributes:
        around: what stands in the place of the braces of the one argument.
        pair: what stands before, between and behind two arguments.
        second: of two arguments the first is not read.
        drop: nothing is read, the argument neither.
        switch: nothing is read, formatting up to the end of the group.
        symbols: the character that it stands for; ``letters`` the same, in words only.
        accents: the combining mark.
    """

    around: dict[str, tuple[str, str]]
    pair: dict[str, tuple[str, str, str]]
    second: frozenset[str]
    drop: frozenset[str]
    switch: frozenset[str]
    symbols: dict[str, str]
    letters: dict[str, str]
    accents: dict[str, str]


@cache
def macros() -> Macros:
    """The tables, read once."""
    path = patterns_dir() / "latex.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    return Macros(
        around=dict.fromkeys(data["keep"], ("", "")) | {name: (a, b) for name, (a, b) in data["around"].items()},
        pair={name: (a, b, c) for name, (a, b, c) in data["pair"].items()},
        second=frozenset(data["second"]),
        drop=frozenset(data["drop"]),
        switch=frozenset(data["switch"]),
        symbols=data["symbols"],
        letters=data["letters"],
        accents=data["accents"],
    )


def accented(accent: str, letters: str) -> str:
    r"""What ``\accent{letters}`` reads as, never longer than the two together.

    The first letter takes the mark; a mark that it cannot take is left out. ``\b{eta}`` is what some converters make of
    ``\beta``.
    """
    tables = macros()
    if (greek := tables.symbols.get(accent + letters)) and len(letters) > 1:
        return greek
    if letters[0] == "\\":  # the dotless letters get their dot back
        letters = letters[1:]
    first = unicodedata.normalize("NFC", letters[0] + tables.accents[accent])
    return (first if len(first) == 1 else letters[0]) + letters[1:]
