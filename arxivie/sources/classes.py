"""Categories of arXiv, and the classes of the ACM and the MSC that stand among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_ARXIV = re.compile(
    r"(?:[a-z]{1,6}-[a-z]{2,4}|cs|econ|eess|math|nlin|physics|stat)(?:\.[A-Za-z]{2,6}(?:-[a-z]{2,4})?)?"
)
_ACM = re.compile(r"[A-K]\.(?:\d{1,2}|m)(?:\.(?:\d{1,2}|m))?(?:\.[a-z])?")
_MSC = re.compile(r"\d{2}(?:[A-Z](?:\d{2}|xx)|-\d{2}|-XX)")
_BREAK = re.compile(r"[\s,;()*]+")


class Classes(NamedTuple):
    """What a list of categories holds, each kind in its order and without repeats."""

    arxiv: tuple[str, ...]
    acm: tuple[str, ...]
    msc: tuple[str, ...]


def split_classes(written: Iterable[str]) -> Classes:
    """Sort ``cs.CV``, ``I.4.7; I.4.8``, ``68T07 (Primary) 92C55`` and ``Primary 62G05, secondary 62G20`` by kind.

    Words between the classes (``Primary``, ``MSC``) are no classes and are left out.
    """
    kinds: tuple[dict[str, None], ...] = ({}, {}, {})
    for entry in written:
        for token in _BREAK.split(entry):
            for pattern, kind in zip((_ARXIV, _ACM, _MSC), kinds, strict=True):
                if pattern.fullmatch(token):
                    kind[token] = None
                    break
    return Classes(*(tuple(kind) for kind in kinds))
