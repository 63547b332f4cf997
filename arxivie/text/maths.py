r"""Maths: which dollar signs mean it, and how its parts are read.

``$…$`` is maths where it is no amount of money ("$5 per task … $10"); ``\(…\)`` and ``\[…\]`` always are.
"""

from __future__ import annotations

import re

#: the longest formula, in characters
LONGEST = 3000
#: the tokens of a formula
FORMULA = re.compile(
    r"""(?P<address>(?:https?://|ftp://|www\.)(?:\\[_%\#&~]|[^\s<>"'{}\\^`$|])+)
    | (?P<circle>\^\s{0,9}(?:\{\s{0,9}\\circ\s{0,9}\}|\\circ(?![A-Za-z])))
    | (?P<space>(?:[\s~&]|\\[,:;>! ]|\\q?quad(?![A-Za-z]))+)
    | \\(?P<name>[A-Za-z]+\*?|[^A-Za-z])
    | (?P<open>\{) | (?P<close>\}) | (?P<raised>\^) | (?P<lowered>_)
    | (?P<dash>(?<!-)-{2,3}(?!-))""",
    re.VERBOSE,
)
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


_SIGN = re.compile(
    r"""\^\s?\{?\s?(?:
        \\(?:prime|d?dagger|ddag|dag|star|ast|bullet|textregistered|circledR|trademark|texttrademark)(?![A-Za-z])
        | \*+ | \++(?![\w.\\])
        | (?:\\(?:text|mathrm|textrm|rm|textit|textsc)\b\s?\{?\s?)?(?:th|st|nd|rd|TM)(?![A-Za-z]))""",
    re.VERBOSE,
)
_INDEX = re.compile(
    r"""_\s?(?:\d | \{\s?(?:\\(?:rm|text|mathrm|textrm|textit|it)\b\s?\{?\s?)?
        [A-Za-z]{0,3}\d[\w.]*(?:[:-]\d[\w.]*)?\s?\}{1,2})""",
    re.VERBOSE,
)
_SUM = re.compile(r"[^\s\\,({]\s?(?:[-+*/=<>]|\\(?:times|cdot|pm)(?![A-Za-z]))\s?[^\s}]")
_GROUPED = re.compile(r"\s*[-+~]?\s*\d{1,3}(?:(?:,|\{,\})\s*\d{3})+(?:\.\d+)?\s*(?:\\?%)?\s*")
_GROUP_BEFORE = re.compile(r"(?<![\d.])\d{1,3}(?:\\,\d{3})*\Z")


def joins_as_sign(text: str, at: int) -> bool:
    r"""Whether the superscript at ``at`` is read without its hat: ``^{+}``, ``^\prime``, ``^{th}``."""
    return bool(_SIGN.match(text, at))


def joins_as_index(text: str, at: int) -> bool:
    """Whether the subscript at ``at`` holds a figure and is read without its line: ``_{50}``, ``_{F1}``."""
    return bool(_INDEX.match(text, at))


def is_sum(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` needs brackets where it becomes an exponent or a part of a fraction."""
    return bool(_SUM.search(text, start, min(end, start + 80)))


def is_grouped_number(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is one number whose groups of digits may stand apart: ``1, 681``."""
    return bool(_GROUPED.fullmatch(text, start, end))


def groups_digits(text: str, start: int, end: int) -> bool:
    r"""Whether the narrow space at ``text[start:end]`` stands between groups of digits: ``107\,700``."""
    behind = text[end : end + 4]
    three = len(behind) >= 3 and behind[:3].isdecimal() and not behind[3:].isdecimal()
    return three and bool(_GROUP_BEFORE.search(text, max(0, start - 20), start))
