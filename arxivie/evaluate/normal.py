"""The forms in which annotated and extracted strings are compared."""

from __future__ import annotations

import re

_STYLE = re.compile(r"\\(?:textbf|textit|texttt|mathbf|mathrm|mathcal|emph|rm|bf|it|text)\b")
_NO_LETTER = re.compile(r"[^\w+]|_")
_MARKUP = re.compile(r"\\[a-z]+|[${}\\]")
_WORD = re.compile(r"\w+")
_SCHEME = re.compile(r"^https?://(www\.)?")
_TAIL = re.compile(r"(\.git)?/*$")


def name_key(name: str | None) -> str:
    """Letters, digits and ``+`` alone, without case and without LaTeX styles: ``MS-COCO`` is ``ms coco``."""
    plain = _STYLE.sub("", name or "").replace("×", "x").replace("\\times", "x").casefold()
    return _NO_LETTER.sub("", plain)


def word_set(text: str | None) -> frozenset[str]:
    """The distinct words of a phrase, without case and without LaTeX commands."""
    return frozenset(_WORD.findall(_MARKUP.sub(" ", (text or "").casefold())))


def url_key(url: str) -> str:
    """An address without scheme, ``www.``, closing punctuation, ``.git`` and slashes at its end, without case."""
    return _TAIL.sub("", _SCHEME.sub("", url.strip().rstrip(".,;)}"))).casefold()
