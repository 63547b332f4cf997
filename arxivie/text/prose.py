"""LaTeX between the words: its tokens outside maths, and which of them are only there for the typesetter."""

from __future__ import annotations

import re

#: the tokens of a text outside maths
PROSE = re.compile(
    r"""(?P<address>(?:https?://|ftp://|www\.)(?:\\[_%\#&~]|[^\s<>"'{}\\^`$|])+)
    | (?P<circle>\^\s{0,9}(?:\{\s{0,9}\\circ\s{0,9}\}|\\circ(?![A-Za-z])))
    | (?P<plusminus>\+\s?\\-|\+/-|\+-(?=\s?\.?\d))
    | (?P<accent>\\(?:['`^"~=.]|[uvHcdbrkt](?![A-Za-z]))\s?(?:\{\\?[A-Za-z]+\}|\\[ij](?![A-Za-z])|[A-Za-z]))
    | \\(?P<name>[A-Za-z]+\*?|[^A-Za-z])
    | (?P<open>\{) | (?P<close>\}) | (?P<dollar>\${1,2}) | (?P<tie>~)
    | (?P<quote>``|'') | (?P<dash>(?<!-)-{2,3}(?!-))""",
    re.VERBOSE,
)
_BRACED_WORD = re.compile(r"\{[^{}\\,;:\"|$]*\}|\{[\\{}]|\{\$[^${}]*\$\}")
#: what stands before a tilde that means "about"
_ABOUT = re.compile(r"[\s\d%×°()\[,–-]?\Z")


def is_braced_word(text: str, at: int) -> bool:
    """Whether the group at ``at`` is there for the typesetter (``{BERT}``, ``{\\it x}``) and is no list ("{0, 1}")."""
    return bool(_BRACED_WORD.match(text, at))


def is_tie(before: str, after: str) -> bool:
    """Whether a tilde between these characters is a space, not "about", a range or a part of a path."""
    if (after.isdigit() or after == "$") and _ABOUT.match(before):
        return False
    return before not in ("/", "~") and after not in ("", "/", "~") and not after.isspace()


def is_dash(before: str, after: str) -> bool:
    """Whether hyphens between these characters are a dash and do not begin an option ("--verbose")."""
    return not ((before.isspace() or not before) and after.isalpha())
