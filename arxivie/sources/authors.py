"""Names out of a list of authors that is written as one line."""

from __future__ import annotations

import re

_CLOSING = re.compile(r"\s*,?\s*\bet al\.?\s*$", re.IGNORECASE)
_BREAK = re.compile(r"\s*[,;]\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+")
#: generational suffixes, which a comma may set off from the name that they belong to
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")


def split_authors(written: str) -> tuple[str, ...]:
    """The names in ``A. B. Smith (1), C. Doe (2) and E. Roe Jr. ((1) Here, (2) There)``.

    What stands in brackets (affiliations, footnote numbers, "on behalf of …", "97 additional authors not shown") is
    left out, however deep, and so is a closing ``et al.``.
    """
    names: list[str] = []
    one_line = " ".join(_outside_brackets(written).split())
    for piece in _BREAK.split(_CLOSING.sub("", one_line)):
        name = piece.strip(" ,;")
        if names and _SUFFIX.fullmatch(name):
            names[-1] += f", {name}"
        elif name:
            names.append(name)
    return tuple(names)


def _outside_brackets(text: str) -> str:
    kept: list[str] = []
    depth = 0
    for character in text:
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(character)
    return "".join(kept)
