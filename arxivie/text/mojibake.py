"""UTF-8 that was read as Windows-1252 (``Â°``, ``â€™``), repaired where decoding it again proves the damage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arxivie.text.aligned import Edit


def _byte(value: int) -> str:
    """The character that a byte reads as; the five bytes that Windows-1252 leaves out read as Latin-1."""
    try:
        return bytes([value]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(value)


_BYTES = {_byte(value): value for value in range(0x80, 0x100)} | {chr(value): value for value in range(0x80, 0xA0)}
_TAIL = "[" + "".join(c for c, value in _BYTES.items() if value < 0xC0) + "]"
_DAMAGED = re.compile(f"[\u00c2-\u00df]{_TAIL}|[\u00e0-\u00ef]{_TAIL}{{2}}|[\u00f0-\u00f4]{_TAIL}{{3}}")
#: two bytes prove little, so they must give a letter, a sign or Greek; longer sequences prove themselves
_TWO_BYTES = re.compile("[\u00a0-\u017f\u0391-\u03c9]")


def mojibake_edits(text: str) -> Iterator[Edit]:
    """Each damaged sequence becomes its character."""
    for match in _DAMAGED.finditer(text):
        try:
            repaired = bytes(_BYTES[c] for c in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if repaired.isprintable() or repaired.isspace():
            if len(match[0]) == 2 and not _TWO_BYTES.match(repaired):
                continue
            yield Edit(match.start(), match.end(), repaired)
