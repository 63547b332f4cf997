"""What the candidates of one abstract are weighed by: named features of a figure, and of a figure and a mention.

The features are binary unless their name says otherwise, and all are local to the Doc, so that a weight learnt on one
field holds on another: cue classes and units rather than names.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache

from spacy.tokens import Doc

from arxivie.pipes.quantities import Quantity
from arxivie.pipes.sentences import Sentences
from arxivie.resources import patterns_dir

Span = tuple[int, int]

_WINDOW = 4
_OPEN, _CLOSE = frozenset({"(", "[", "(["}), frozenset({")", "]", ")]"})
_BREAKS = frozenset({";", "while", "whereas", "but", "which", "with", "and", "when", "where", "using"})
_VERSUS = frozenset({"than", "over", "compared", "outperforming", "versus", "vs", "against", "surpassing", "exceeding"})


@lru_cache(maxsize=1)
def cues() -> dict[str, frozenset[str]]:
    """``patterns/result/cues.toml``: class -> words."""
    data = tomllib.loads((patterns_dir() / "result" / "cues.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in data["cues"].items()}


@lru_cache(maxsize=1)
def cue_classes() -> dict[str, list[str]]:
    """Word -> the classes of `cues` that it is in."""
    made: dict[str, list[str]] = {}
    for name, words in cues().items():
        for word in words:
            made.setdefault(word, []).append(name)
    return made


def nearest_cues(words: Iterable[str]) -> dict[str, int]:
    """Class -> how far off its first word stands, the first of ``words`` being 1 away."""
    made: dict[str, int] = {}
    for distance, word in enumerate(words, 1):
        for name in cue_classes().get(word, ()):
            made.setdefault(name, distance)
    return made


def bucket(distance: int) -> str:
    """A distance in tokens, coarsely."""
    for edge in (0, 1, 2, 3, 5, 8, 12, 20, 40):
        if distance <= edge:
            return str(edge)
    return "far"


class Context(Sentences):
    """A Doc with its quantities and mentions, indexed for features."""

    def __init__(self, doc: Doc, quantities: Sequence[Quantity], mentions: dict[str, list[Span]]) -> None:
        super().__init__(doc)
        self.quantities = list(quantities)
        self.mentions = {label: sorted(spans) for label, spans in mentions.items()}
        self._depth = self._parentheses()

    def _parentheses(self) -> list[int]:
        depth, depths = 0, []
        for word in self.words:
            depth += word in _OPEN
            depths.append(depth)
            depth -= word in _CLOSE and depth > 0
        return depths

    def inside(self, label: str, span: Span) -> list[Span]:
        """The mentions of a label that lie within a span."""
        return [m for m in self.mentions.get(label, ()) if span[0] <= m[0] and m[1] <= span[1]]

    def group(self, q: Quantity) -> list[Quantity]:
        """The figures of the same sentence that are written alike (unit, sign), in order."""
        start, end = self.bounds(q.start)
        return [o for o in self.quantities if start <= o.start < end and (o.unit, o.signed) == (q.unit, q.signed)]

    def kind_features(self, q: Quantity) -> dict[str, float]:
        """Features of a figure: what it may be."""
        words, start, end = self.words, *self.bounds(q.start)
        unit = q.unit or ("decimal" if q.decimal else "none")
        f: dict[str, float] = {"bias": 1.0, f"unit={unit}": 1.0, f"shape={q.shape}": 1.0, f"bound={q.bound}": 1.0}
        if q.signed:
            f["signed"] = f[f"signed&{unit}"] = 1.0
        if q.error is not None:
            f["error"] = 1.0
        if unit in {"none", "decimal"}:
            size = abs(q.value)
            f["size=" + ("1" if size <= 1 else "100" if size <= 100 else "1000" if size < 1900 else "year"
                         if size < 2100 and q.value.is_integer() else "big")] = 1.0  # fmt: skip
        if q.start < self.title_end:
            f["title"] = 1.0
        for k in range(1, _WINDOW + 1):
            if q.lead - k >= start:
                f[f"-{k}={words[q.lead - k]}"] = 1.0
                f[f"<{words[q.lead - k]}"] = 1.0
            if q.end + k - 1 < end:
                f[f"+{k}={words[q.end + k - 1]}"] = 1.0
                f[f">{words[q.end + k - 1]}"] = 1.0
        f[f"unit&+1={unit}&{words[q.end] if q.end < end else '$'}"] = 1.0
        f[f"unit&-1={unit}&{words[q.lead - 1] if q.lead > start else '^'}"] = 1.0
        told_before = nearest_cues(reversed(words[max(start, q.lead - 15) : max(start, q.lead)]))
        told_after = nearest_cues(words[q.end : min(end, q.end + 10)])
        for name in cues():
            if before := told_before.get(name):
                f[f"cue<{name}"] = f[f"cue<{name}:{bucket(before)}"] = f[f"cue<{name}&{unit}"] = 1.0
            if after := told_after.get(name):
                f[f"cue>{name}"] = f[f"cue>{name}:{bucket(after)}"] = f[f"cue>{name}&{unit}"] = 1.0
        for label in ("metric", "dataset", "method"):
            gaps = [self.gap(q, m) for m in self.inside(label, (start, end))]
            behind = min((-g for g in gaps if g < 0), default=None)
            ahead = min((g for g in gaps if g > 0), default=None)
            f[f"{label}<{bucket(behind) if behind else '-'}"] = 1.0
            f[f"{label}>{bucket(ahead) if ahead else '-'}"] = 1.0
            f[f"{label}{'+' if gaps else '-'}{unit}"] = 1.0
        group = self.group(q)
        f[f"group={min(len(group), 4)}"] = 1.0
        if self._depth[q.start]:
            f["bracket"] = f[f"bracket&{unit}"] = 1.0
        if len(group) > 1:
            k = group.index(q)
            if k and set(words[group[k - 1].end : q.start]) & {"to"}:
                f["to-previous"] = 1.0
            if k + 1 < len(group) and "to" in words[q.end : group[k + 1].start]:
                f["to-next"] = 1.0
            if k and set(words[group[k - 1].end : q.start]) & _VERSUS:
                f["versus-previous"] = 1.0
        return f

    def gap(self, q: Quantity, m: Span) -> int:
        """Tokens between a figure and a mention: negative in front of the figure, 0 where they overlap."""
        if m[1] <= q.start:
            return -(q.start - m[1] + 1)
        return m[0] - q.end + 1 if m[0] >= q.end else 0

    def between(self, q: Quantity, m: Span, label: str) -> tuple[int, int]:
        """The other mentions of a label, and the other figures, that lie between a figure and a mention."""
        low, high = (m[1], q.start) if m[1] <= q.start else (q.end, m[0])
        blockers = sum(1 for o in self.mentions.get(label, ()) if low <= o[0] and o[1] <= high and o != m)
        return blockers, sum(1 for o in self.quantities if low <= o.start and o.end <= high)

    def link_features(self, q: Quantity, m: Span, label: str, kind: str) -> dict[str, float]:
        """Features of a figure of a known kind and a mention that may belong to it."""
        words = self.words
        gap = self.gap(q, m)
        side = "<" if gap < 0 else ">"
        low, high = (m[1], q.start) if gap < 0 else (q.end, m[0])
        between = words[low:high]
        unit = q.unit or ("decimal" if q.decimal else "none")
        family = "level" if kind in {"score", "other_score"} else "change"
        f: dict[str, float] = {"bias": 1.0, f"{side}": 1.0, f"{side}{family}": 1.0}
        apart = self.number(q.start) - self.number(m[0])
        if apart:
            f[f"sentences={max(-2, min(3, apart))}"] = 1.0
            f["in-title"] = float(m[0] < self.title_end)
            return f
        f[f"{side}{bucket(abs(gap))}"] = f[f"{side}{bucket(abs(gap))}&{family}"] = 1.0
        blockers, figures = self.between(q, m, label)
        f[f"{side}blockers={min(blockers, 3)}"] = f[f"{side}figures={min(figures, 3)}"] = 1.0
        f[f"{side}blockers={min(blockers, 2)}&figures={min(figures, 2)}"] = 1.0
        if len(between) <= 3:
            f[f"{side}between={' '.join(between)}"] = 1.0
        for word in set(between) & (
            _BREAKS | _VERSUS | {",", "(", ")", "on", "of", "in", "for", "by", "at", "respectively", "from", "to"}
        ):
            f[f"{side}has={word}"] = 1.0
        if gap < 0 and m[0] > 0:
            f[f"word-before={words[m[0] - 1]}"] = 1.0
        if gap > 0:
            f[f">word-before={words[m[0] - 1]}"] = 1.0
            if m[1] < len(words):
                f[f">word-after={words[m[1]]}"] = 1.0
        f[f"{side}depth={self._depth[q.start] - self._depth[m[0]]}"] = 1.0
        f[f"{side}unit={unit}"] = 1.0
        self._add_alignment(f, q, m, label)
        return f

    def _add_alignment(self, f: dict[str, float], q: Quantity, m: Span, label: str) -> None:
        """Features of two lists of one length, as in "88% and 91% on A and B, respectively"."""
        start, end = self.bounds(q.start)
        group, peers = self.group(q), self.inside(label, (start, end))
        place, peer = group.index(q), peers.index(m) if m in peers else -1
        told = "respectively" in self.words[start:end]
        if len(group) > 1 and len(group) == len(peers):
            same = place == peer
            f[f"aligned={same}"] = f[f"aligned={same}&respectively={told}"] = 1.0
        elif len(peers) > 1 and len(group) % len(peers) == 0:
            same = place % len(peers) == peer
            f[f"cycled={same}&respectively={told}"] = 1.0
        elif len(group) > 1 and len(peers) > 1:
            f["ragged"] = 1.0
        if len(peers) == 1:
            f["only-one"] = f[f"only-one&{'many' if len(group) > 1 else 'one'}"] = 1.0
