"""The words to search by, split by how they begin, so that a search loads a file or two and no abstract."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterable, Mapping, Sequence

import regex

_WORD = regex.compile(r"[\p{L}\p{N}]+")
#: longer ones are debris; the page cuts the words of a query the same way
LONGEST = 24


def words(text: str) -> set[str]:
    """The words of a text in lower case without accents; ``searchWords`` in ``papers.js`` does the same."""
    plain = unicodedata.normalize("NFKD", text).lower()
    return {word[:LONGEST] for word in _WORD.findall(regex.sub(r"\p{M}", "", plain))}


class WordIndex:
    """Collects which papers have which words."""

    def __init__(self) -> None:
        self._papers: dict[str, array[int]] = {}

    def add(self, paper: int, texts: Iterable[str]) -> None:
        """Note the words of a paper."""
        for word in words(" ".join(texts)):
            self._papers.setdefault(word, array("I")).append(paper)

    def files(self, place: Sequence[int]) -> Mapping[str, dict[str, list[int]]]:
        """File key -> word -> papers, each number less the one before it.

        Args:
            place: paper -> its place in the order of the report, from 0.
        """
        made: dict[str, dict[str, list[int]]] = {}
        for word in sorted(self._papers):
            places = sorted(place[paper] for paper in self._papers[word])
            gaps = [b - a for a, b in zip([0, *places], places, strict=False)]
            made.setdefault(file_key(word), {})[word] = gaps
        return made


def file_key(word: str) -> str:
    """The key of the file that a word lies in: the code points of its first two letters."""
    return "-".join(f"{ord(letter):x}" for letter in word[:2])
