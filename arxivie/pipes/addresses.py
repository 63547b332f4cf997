"""Addresses in a text: with a scheme, broken by a space, or bare (``github.com/x/y``, ``x.github.io``)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

_INSIDE = r"(?:[^\s<>\"'`{}|\\^]|\\(?=[_%#&~]))"
_END = r"[^\s<>\"'`{}|\\^.,;:!?\]]"
_PATH = rf"{_INSIDE}*{_END}"
#: hosts that are named for what they hold, never in passing
_KNOWN = re.compile(
    r"(?:www\.)?(?:github\.com|gitlab\.com|gitee\.com|huggingface\.co|bitbucket\.org)/\S|[\w-]+\.git(?:hub|lab)\.io\b|www\."
)
#: what an auto-linker makes of a missing space behind a full stop: the end of one sentence, the beginning of the next
_FALSE = re.compile(r"https?://[A-Za-z-]+\.(?:[A-Z][a-z]+|as|at|by|in|is|it|my|no|so|to|us|we)")
#: an address that was cut behind its host, its owner or a hyphen, and what the rest of it looks like
_CUT = re.compile(r"(?:github|gitlab|gitee)\.com/?\Z|(?:github|gitlab|gitee)\.com/[\w.-]+/\Z|[-_]\Z")
_REST = re.compile(rf" (?=[\w.-]*[\w.-][/_-])(?P<rest>{_PATH})")
#: in front of a bare host: as many words as may stand between it and its cue
_BEFORE = re.compile(r"(?:[\w-]+\W+){0,5}\Z")
_SENTENCE_END = re.compile(r"[.!?]\s")


class Address(NamedTuple):
    """The characters ``start:end`` are an address; ``url`` is the address without what broke it."""

    start: int
    end: int
    url: str


class AddressReader:
    """Finds the addresses of texts.

    Args:
        domains: the ends of bare hosts, in lower case.
        cues: words in lower case of which one must stand shortly in front of a bare host, unless it is a code host.
    """

    def __init__(self, domains: Collection[str], cues: Collection[str]) -> None:
        self._cues = frozenset(cues)
        host = rf"(?:[A-Za-z0-9](?:[\w-]*[A-Za-z0-9])?\.)+(?:{'|'.join(sorted(domains))})(?![\w-])"
        bare = rf"(?:(?<![\w@/.-])|(?<=: //)){host}(?:/(?:{_PATH})?)?"
        self._address = re.compile(rf"(?:https?|ftp)://{_PATH}|{bare}")

    def __call__(self, text: str) -> Iterator[Address]:
        """The addresses of a text, in order; braces as those of ``\\url{…}`` stay outside."""
        done = 0
        for match in self._address.finditer(text):
            start = match.start()
            url = _balanced(match[0])
            if start < done or _FALSE.fullmatch(url):
                continue
            if "://" not in url and not self._is_named(text, start, url):
                continue
            end = start + len(url)
            rest = _REST.match(text, end) if _CUT.search(url) else None
            if rest:
                url, end = url + rest["rest"], rest.end()
            done = end
            yield Address(start, end, url.replace("\\", ""))

    def _is_named(self, text: str, start: int, url: str) -> bool:
        if _KNOWN.match(url):
            return True
        before = _BEFORE.search(text, max(0, start - 80), start)
        shown = _SENTENCE_END.split(before[0])[-1] if before else ""
        return bool(self._cues & {word.lower() for word in re.findall(r"\w+", shown)})


def _balanced(url: str) -> str:
    """The address without a bracket that was opened before it."""
    while url.count(")") > url.count("("):
        url = url[: url.rindex(")")].rstrip(".,;:!?")
    return url
