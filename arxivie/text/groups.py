"""Making LaTeX groups and formulas whole that an extent cuts: ``mini}ImageNet`` is ``\\textit{mini}ImageNet``."""

from __future__ import annotations

import re

from arxivie.extent import Extent

_MACRO_BEFORE = re.compile(r"(?:\\[A-Za-z]{1,30}\*?|[_^])\s?\Z")
_SIGN = re.compile(r"\\.|[{}$]", re.DOTALL)
#: how far the other half is looked for, in characters
_REACH = 80


def whole(text: str, extent: Extent) -> Extent:
    """The smallest extent around ``extent`` that cuts no group; ``extent`` where the other half is far away."""
    start, end = extent
    opened = closed = dollars = 0
    for match in _SIGN.finditer(text, start, end):
        if match[0] == "{":
            opened += 1
        elif match[0] == "}" and opened:
            opened -= 1
        elif match[0] == "}":
            closed += 1
        elif match[0] == "$":
            dollars += 1
    for match in reversed(list(_SIGN.finditer(text, max(0, start - _REACH), start)) if closed else []):
        closed += {"}": 1, "{": -1}.get(match[0], 0)
        if not closed:
            start = match.start()
            macro = _MACRO_BEFORE.search(text, max(0, start - 32), start)
            start = macro.start() if macro else start
            break
    for match in _SIGN.finditer(text, end, end + _REACH) if opened else ():
        opened += {"{": 1, "}": -1}.get(match[0], 0)
        if not opened:
            end = match.end()
            break
    if dollars % 2:
        if text[end : end + 1] == "$":
            end += 1
        elif text[:start].endswith("$"):
            start -= 1
    return extent if opened or closed else Extent(start, end)
