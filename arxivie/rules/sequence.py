"""Sequences of token patterns, found in the masks of a Doc.

The matches and their order are those of spaCy's `Matcher`. It tries every pattern at every token, though; here, one
pass of shifts from the end of the pattern tells where a match can begin, and mostly that there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from arxivie.rules.masks import Masks, predicates
from arxivie.rules.schema import TokenPattern

#: start, end and, for each token, the number of the token pattern that it satisfies
Found = tuple[int, int, tuple[int, ...]]


class _Step(NamedTuple):
    """One state of the automaton: what it asks, whether it may be left out, whether it may be repeated."""

    number: int
    asks: tuple[str, ...]
    negated: bool = False
    optional: bool = False
    repeated: bool = False


def _steps(patterns: Sequence[TokenPattern]) -> list[_Step]:
    made: list[_Step] = []
    for number, pattern in enumerate(patterns):
        step = _Step(number, predicates(pattern))
        match pattern.OP:
            case "?":
                made.append(step._replace(optional=True))
            case "*":
                made.append(step._replace(optional=True, repeated=True))
            case "+":
                made += step, step._replace(optional=True, repeated=True)
            case _:
                made.append(step._replace(negated=pattern.OP == "!"))
    return made


class TokenSequence:
    """A compiled pattern.

    Args:
        patterns: one a token, with their ``OP``.
        dear: tells the predicates that are to be asked last.
    """

    def __init__(self, patterns: Sequence[TokenPattern], dear: Callable[[str], bool]) -> None:
        self._steps = _steps(patterns)
        required = {name for s in self._steps if not (s.optional or s.negated) for name in s.asks}
        self._required = sorted(required, key=lambda name: (dear(name), name))

    def find(self, masks: Masks) -> list[Found]:
        """All matches; of several ways to the same tokens the first that spaCy would find."""
        if not all(masks[name] for name in self._required):
            return []
        hits = [self._hits(step, masks) for step in self._steps]
        starts = self._starts(hits, masks.length)
        return self._follow(hits, starts, masks.length) if starts else []

    def longest(self, masks: Masks) -> list[Found]:
        """The matches by their place, of those that overlap the longest."""
        kept: list[Found] = []
        taken = 0
        for found in sorted(self.find(masks), key=lambda f: (f[0] - f[1], f[0])):
            covered = (1 << found[1]) - (1 << found[0])
            if not taken & covered:
                taken |= covered
                kept.append(found)
        return sorted(kept)

    @staticmethod
    def _hits(step: _Step, masks: Masks) -> int:
        mask = everything = (1 << masks.length) - 1
        for name in step.asks:
            mask &= masks[name]
        return everything ^ mask if step.negated else mask

    def _starts(self, hits: Sequence[int], length: int) -> int:
        """The tokens at which a match can begin."""
        ahead = (2 << length) - 1
        for step, hit in zip(reversed(self._steps), reversed(hits), strict=True):
            if not step.optional:
                ahead = hit & ahead >> 1
                continue
            more = ahead | hit & ahead >> 1
            while step.repeated and more != ahead:
                ahead, more = more, more | hit & more >> 1
            ahead = more
        return ahead

    def _follow(self, hits: Sequence[int], starts: int, length: int) -> list[Found]:
        """The steps of spaCy's automaton, token by token, from these starts only.

        A state is the step that it waits at, its start, and the numbers of the patterns that it has passed. Where an
        optional step may take a token or leave it, a state splits; the new ones stand behind the old, as in spaCy.
        """
        found: dict[tuple[int, int], tuple[int, ...]] = {}
        steps, last = self._steps, len(self._steps) - 1
        running: list[tuple[int, int, tuple[int, ...]]] = []
        i = 0
        while running or starts >> i:
            if not running:
                i += (starts >> i & -(starts >> i)).bit_length() - 1
            if i == length:
                break
            if starts >> i & 1:
                running.append((0, i, ()))
            kept, split = [], []
            for at, start, path in running:
                while steps[at].optional and at < last:
                    if hits[at] >> i & 1:
                        split.append((at + (not steps[at].repeated), start, (*path, steps[at].number)))
                    at += 1
                longer = (*path, steps[at].number)
                if steps[at].optional and path:
                    found.setdefault((start, i), path)
                if not hits[at] >> i & 1:
                    continue
                if steps[at].repeated:
                    kept.append((at, start, longer))
                elif at < last:
                    kept.append((at + 1, start, longer))
                else:
                    found.setdefault((start, i + 1), longer)
            running = kept + split
            i += 1
        for at, start, path in running:
            if path and all(step.optional for step in steps[at:]):
                found.setdefault((start, length), path)
        return [(start, end, path) for (start, end), path in found.items()]
