"""Where maths stands in a text: between dollar signs that are no amounts of money, and in ``\\(…\\)`` or ``\\[…\\]``."""

from __future__ import annotations

import re

#: signs that prose between two amounts of money does not have
_FORMULA = re.compile(r"[\\^_={}<>+*|]")
_AMOUNT = re.compile(r"\s*\d")
_WORDS = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{2,}[,;:.]?\s+[A-Za-z]{2,}")


def is_maths(inner: str, after: str) -> bool:
    """Whether ``$inner$`` in front of ``after`` is a formula and not a price ("$5 per task … $10", "$5-$10")."""
    if not inner.strip() or "\n" in inner:
        return False
    if _AMOUNT.match(inner):
        if "\\" not in inner and (after.isdigit() or inner[-1].isspace() or _WORDS.search(inner)):
            return False
        return not (_WORDS.search(inner) and (after.isdigit() or inner[-1].isspace()))
    return bool(_FORMULA.search(inner)) or not inner[-1].isspace()
