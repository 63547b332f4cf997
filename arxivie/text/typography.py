"""Characters that look the same to a reader and not to a matcher: spaces, hyphens, quotes, wide and styled letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from arxivie.text.aligned import Edit

#: nothing is read for them
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufe00-\ufe0f\ufeff"
)
_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_MARKS = "\u0300-\u036f"
_WIDE = "\uff01-\uff5e"
_STYLED = "\U0001d400-\U0001d7ff\u2102\u210a-\u2112\u2115\u2118-\u211d\u2124\u2128-\u2138"
_SIGNS = {
    "\u2010": "-", "\u2011": "-", "\u2212": "-", "\ufe63": "-",
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'",
    "\u201c": '"', "\u201d": '"', "\u201f": '"',
    "\u00b5": "\u03bc", "\u223c": "~", "\u2217": "*", "\u2044": "/", "\u2215": "/", "\u22c5": "\u00b7",
}  # fmt: skip
_ODD = re.compile(
    f"(?P<gone>[{_INVISIBLE}]+)|(?P<space>[{_SPACES}])|(?P<marked>[^\\W\\d_][{_MARKS}]+)"
    f"|(?P<sign>[{''.join(_SIGNS)}])|(?P<form>[{_WIDE}{_STYLED}])"
)
_SPACE_RUN = re.compile(r" *\n[ \n]*| {2,}")


def character_edits(text: str) -> Iterator[Edit]:
    """Invisible characters go; spaces, hyphens and quotes become the plain ones; letters their plain, composed form."""
    for match in _ODD.finditer(text):
        old = match[0]
        match match.lastgroup:
            case "gone":
                new = ""
            case "space":
                new = " "
            case "sign":
                new = _SIGNS[old]
            case "form":
                new = unicodedata.normalize("NFKC", old)
            case _:
                new = unicodedata.normalize("NFC", old)
        if new != old and len(new) <= len(old):
            yield Edit(match.start(), match.end(), new)


def space_edits(text: str) -> Iterator[Edit]:
    """Runs of spaces become one, those around a line break and at the ends go."""
    first, last = len(text) - len(text.lstrip(" ")), len(text.rstrip(" "))
    if first:
        yield Edit(0, first, "")
    for match in _SPACE_RUN.finditer(text, first, last):
        if match[0] != "\n":
            yield Edit(match.start(), match.end(), "\n" if "\n" in match[0] else " ")
    if first <= last < len(text):
        yield Edit(last, len(text), "")
