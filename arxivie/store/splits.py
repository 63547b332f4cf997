"""Which part of a dataset a figure is measured on, where the words next to the dataset's name say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from arxivie.extent import Extent

_GAP = r"[\s\-–—_(\[]*"
_NOUN = r"(?:\s+(?:sets?|splits?|subsets?|partitions?|portions?))?"


class SplitFinder:
    """Looks for the words of ``splits.tsv`` beside a name.

    Args:
        splits: surface, case-folded -> name of the split.
    """

    def __init__(self, splits: Mapping[str, str]) -> None:
        self._splits = splits
        surfaces = sorted(splits, key=lambda s: (-len(s), s))
        one = "(?:" + "|".join(re.escape(s).replace(r"\ ", r"[\s-]+") for s in surfaces) + r")(?![\w-])"
        self._one = re.compile(one, re.IGNORECASE)
        self._several = rf"{one}{_NOUN}(?:\s*(?:and|/|,|&)\s*(?:the\s+)?{one}{_NOUN})*"
        self._final = re.compile(rf"^(?P<base>\S.*?){_GAP}\b(?P<split>{one}){_NOUN}[)\]]?$", re.IGNORECASE)

    def part(self, name: str) -> tuple[str, str | None]:
        """A dataset's name without the split that it ends with, and that split: ``COCO test-dev``."""
        found = self._final.match(name) if self._splits else None
        return (found["base"], self._named(found["split"])) if found else (name, None)

    def beside(self, text: str, surfaces: Iterable[str], value: Extent) -> str | None:
        """The split that stands beside the mention of a dataset nearest to a figure.

        Args:
            text: a sentence.
            surfaces: how the dataset is written.
            value: the figure, in ``text``.
        """
        if not self._splits:
            return None
        mentions = [m for s in surfaces if s for m in _pattern(s).finditer(text)]
        if not mentions:
            return None
        nearest = min(mentions, key=lambda m: (max(m.start() - value.end, value.start - m.end()), -len(m[0])))
        behind = re.compile(_GAP + rf"(?P<splits>{self._several})", re.IGNORECASE).match(text, nearest.end())
        before = re.compile(rf"(?P<splits>{self._several})\s+(?:of|from|in)\s+(?:the\s+)?$", re.IGNORECASE)
        found = behind or before.search(text[: nearest.start()])
        return self._named(found["splits"]) if found else None

    def _named(self, written: str) -> str:
        names = {self._splits[re.sub(r"\s+", " ", m[0]).casefold()] for m in self._one.finditer(written)
                 if re.sub(r"\s+", " ", m[0]).casefold() in self._splits}  # fmt: skip
        return "/".join(sorted(names)) or written


@lru_cache(maxsize=4096)
def _pattern(surface: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(surface)}(?!\w)")
