"""Sentences cut into clauses, as far as claims need it: coordinated verbs, participles, what is reported."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

Span = tuple[int, int]

_REPORTED = frozenset({"that", "how", ":"})
_RELATIVE = frozenset({"which", "that", "where", "who"})
_SUBJECTS = frozenset({"it", "our", "we", "the", "its", "they", "this", "these"})
_JOINTS = frozenset({"and", "but", "while", "whereas", "yet"})
#: a clause begins at or behind one of these, outside brackets
_CUTS = _REPORTED | _RELATIVE | _JOINTS | {",", ";", "(", "[", "([", ")", "]", ")]"}
#: what a clause does not end with
_ENDS = frozenset({",", ";", ":", "and", "but", "or", "that", "yet"})
#: openers are stripped up to the comma only where they are this short
_LONGEST_OPENER = 5


class ClauseCutter:
    """Cuts a sentence into clauses.

    Args:
        words: word class -> its phrases in lower case: ``report-verb``, ``clause-connective``, ``clause-conjunction``
            and the classes of verbs that open a coordinated clause, ``verbs``.
        verbs: names of those classes.
    """

    def __init__(self, words: Mapping[str, Collection[str]], verbs: Sequence[str]) -> None:
        self._reports = frozenset(words["report-verb"])
        self._connectives = frozenset(words["clause-connective"])
        self._conjunctions = frozenset(words["clause-conjunction"])
        self._verbs = frozenset(w for name in verbs for w in words[name] if " " not in w and "-" not in w)
        self._participles = frozenset(w for w in self._verbs if w.endswith("ing"))

    def __call__(self, words: Sequence[str], start: int, end: int) -> list[Span]:
        """The clauses of the sentence [start, end), in order; tokens in lower case."""
        begin = self._opener(words, start, end)
        cuts = [begin]
        depth = 0
        for i in range(begin + 1, end - 1):
            if words[i] not in _CUTS:
                continue
            depth = max(0, depth + (words[i] in "([") - (words[i] in ")]"))
            if depth:
                continue
            after = self._cut_after(words, begin, i, end)
            if after is not None and after - cuts[-1] >= 2 and end - after >= 2:
                cuts.append(after)
        return [(a, self._trimmed(words, a, b)) for a, b in zip(cuts, [*cuts[1:], end], strict=True)]

    @staticmethod
    def _trimmed(words: Sequence[str], start: int, end: int) -> int:
        while end > start + 1 and (words[end - 1] in _ENDS or words[end - 1].isspace()):
            end -= 1
        return end

    def _opener(self, words: Sequence[str], start: int, end: int) -> int:
        """The first token behind "Moreover," and the like."""
        while start < end and words[start].isspace():
            start += 1
        for stop in range(start + 1, min(end, start + _LONGEST_OPENER)):
            if words[stop] == "," and " ".join(words[start:stop]) in self._connectives:
                return stop + 1
        return start

    def _cut_after(self, words: Sequence[str], begin: int, i: int, end: int) -> int | None:
        """Where a clause begins because of token ``i``."""
        word, following = words[i], words[i + 1]
        if word in _REPORTED and any(w in self._reports for w in words[max(begin, i - 4) : i]):
            return i + 1
        if word == ";":
            return i + 1
        if word == ",":
            if following in self._participles:
                return i + 1
            if following in self._conjunctions:
                return i + 1
            if following in self._verbs and i + 2 < end:
                return i + 1
            if following.endswith("ly") and i + 2 < end and words[i + 2] in self._verbs:
                return i + 1
            return None
        if word in _JOINTS and (
            following in self._verbs
            or following in _SUBJECTS
            or (following.endswith("ly") and i + 2 < end and words[i + 2] in self._verbs)
            or word in {"while", "whereas", "but"}
        ):
            return i + 1 if word not in {"while", "whereas"} else i
        if word in _RELATIVE and following in self._verbs and not any(w in self._reports for w in words[i - 1 : i]):
            return i
        return None
