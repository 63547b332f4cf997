"""HTML as listings write it: anchors, breaks, other tags and entities.

Every function gives edits for `AlignedString.rewrite`. An anchor is never replaced as a whole: the tag is cut off
around the characters of its ``href``, so that a part of an address still maps to the same part of the source.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from html.entities import html5
from typing import NamedTuple

from arxivie.resources import patterns_dir
from arxivie.text.aligned import Edit

#: stands for a break until white space is made plain, since a line break of the source is only a space
PARAGRAPH = "\u2029"

_TAG = re.compile(
    r"""<a\s[^<>]*?\bhref\s*=\s*(?P<quote>["'])(?P<href>[^"'<>]*)(?P=quote)[^<>]*>(?P<shown>[^<]*)</a\s*>
    | <br\s*/?>
    | </?(?P<name>p|div|li|ul|ol|sup|sub|b|i|u|em|strong|tt|code|pre|span|font|small|big|a)
      (?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*/?>""",
    re.VERBOSE | re.IGNORECASE,
)
_BLOCK = frozenset({"p", "div", "li", "ul", "ol"})
_ENTITY = re.compile(r"&(?:amp;){0,4}(?P<body>\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

#: the address of a false anchor: an auto-linker took "task.To" for a domain
_BARE_DOMAIN = re.compile(r"(?P<scheme>http://)(?P<word>[^\s/.]+\.)(?P<next>[A-Za-z]{2,})")
_GOES_ON = re.compile(r"\s+[a-z(]|,\s*[a-z]")

#: an address ends in ``-`` or ``_`` only where it was cut; the rest holds more than letters or ends the sentence
_CUT_REST = re.compile(r"[ \t\n]+(?=[\w.~%-]*[\w~%](?:[-_/][\w./~%-]*|[.)}\s]*\Z|[.)}]))")
_OWNER_ONLY = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[\w-]+\Z")
_OWNER_REST = re.compile(r" (?=[A-Za-z][\w-]*/[\w.]*[-_\d][\w.-]*)")
_REPOSITORY = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[\w-]+/[\w.-]+\Z")
_REPOSITORY_REST = re.compile(r" (?=[A-Za-z0-9-]+_[\w.-]*[)}.\s]*\Z)")


def tag_edits(text: str) -> Iterator[Edit]:
    """Anchors become their address, false ones the words again; breaks and blocks a paragraph break; other tags go.

    ``<`` and ``>`` that are no tag ("p<0.05", "a <b and c> d") stay.
    """
    done = 0
    for match in _TAG.finditer(text):
        if match.start() < done:
            continue
        done = match.end()
        if match["href"] is not None:
            for edit in _anchor(text, match):
                yield edit
                done = edit.end
        elif match["name"] is None or match["name"].lower() in _BLOCK:
            yield Edit(match.start(), match.end(), PARAGRAPH)
        else:
            raised = match["name"].lower() == "sup" and text[match.start() + 1] != "/"
            yield Edit(match.start(), match.end(), "^" if raised else "")


class _Domains(NamedTuple):
    """The lists of ``patterns/domains.toml``, with the cue words as an expression that ends in front of an address."""

    words: frozenset[str]
    names: frozenset[str]
    files: frozenset[str]
    cue: re.Pattern[str]


@cache
def _domains() -> _Domains:
    data = tomllib.loads((patterns_dir() / "domains.toml").read_text("utf-8"))
    words, names, files = (frozenset(data[key]) for key in ("words", "names", "files"))
    cue = re.compile(rf"(?:[:(\[]|\b(?:{'|'.join(data['cues'])}))\s*\Z", re.IGNORECASE)
    return _Domains(words, names, files, cue)


def _anchor(text: str, match: re.Match[str]) -> Iterator[Edit]:
    href = match["href"]
    if not href.lower().startswith(("http://", "https://", "ftp://", "www.")):
        yield Edit(match.start(), match.start("shown"), "")
        yield Edit(match.end("shown"), match.end(), "")
        return
    start, end = match.span("href")
    word = _BARE_DOMAIN.fullmatch(href)
    if word and _is_false(text, match, word):
        start += len(word["scheme"])
        yield Edit(match.start(), start, "")
        if word["next"] in _domains().files:
            yield Edit(end, match.end(), "")
        else:
            # the missing space owns the first letter behind the stop, and each letter the next character
            stop = start + len(word["word"])
            yield Edit(stop, end + 1, " " + word["next"])
            yield Edit(end + 1, match.end(), "")
        return
    yield Edit(match.start(), start, "")
    yield from _rest(text, match, end)


def _is_false(text: str, match: re.Match[str], word: re.Match[str]) -> bool:
    """Whether the domain is the end of one sentence and the beginning of the next, or the name of a file."""
    last, domains = word["next"], _domains()
    goes_on = bool(_GOES_ON.match(text, match.end()))
    if last.istitle():
        return goes_on and last.lower() not in domains.names
    if domains.cue.search(text, max(0, match.start() - 20), match.start()):
        return False
    return last in domains.files or (goes_on and last in domains.words and word["word"][:-1].isalpha())


def _rest(text: str, match: re.Match[str], end: int) -> Iterator[Edit]:
    """The tail of an anchor, and what has to be done behind it to mend the address."""
    href, after = match["href"], match.end()
    if href.endswith(("-", "_")):
        gap = _CUT_REST.match(text, after)
        yield Edit(end, gap.end() if gap else after, "")
    elif text[after : after + 1].isalpha():
        yield Edit(end, after, " ")
    elif _OWNER_ONLY.match(href) and (gap := _OWNER_REST.match(text, after)):
        # an owner's name holds hyphens only, so the character that was lost is known
        yield Edit(end, gap.end(), "-")
    elif _REPOSITORY.match(href) and (gap := _REPOSITORY_REST.match(text, after)):
        yield Edit(end, gap.end(), "_")
    else:
        yield Edit(end, after, "")


def entity_edits(text: str) -> Iterator[Edit]:
    """Numeric and named entities, also those that were escaped twice; of unknown ones only their ``&`` is unescaped."""
    for match in _ENTITY.finditer(text):
        body = match["body"]
        if body[0] == "#" or body + ";" in html5:
            yield Edit(match.start(), match.end(), html.unescape(f"&{body};"))
        elif match.start("body") > match.start() + 1:
            # "&amp;a0;" escapes what is no entity
            yield Edit(match.start(), match.start("body"), "&")
