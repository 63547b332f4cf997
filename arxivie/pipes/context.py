"""What the candidates of one abstract are weighed by: named features of a figure, and of a figure and a mention.

The features are binary unless their name says otherwise, and all are local to the Doc, so that a weight learnt on one
field holds on another: cue classes and units rather than names.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from spacy.tokens import Doc

from arxivie.pipes.coordination import clustered, relation, shared_units
from arxivie.pipes.pointer import Pointer
from arxivie.pipes.quantities import Quantity
from arxivie.pipes.sentences import Sentences
from arxivie.resources import patterns_dir

Span = tuple[int, int]

_WINDOW = 4
#: classes of cue words of which the closest one tells what a figure is
_KIND_CUES = frozenset({"reach", "gain", "cut", "lose", "ratio", "compare", "other", "own", "setting", "count", "size"})
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

    def __init__(
        self,
        doc: Doc,
        quantities: Sequence[Quantity],
        mentions: dict[str, list[Span]],
        roles: Mapping[Span, str | None] | None = None,
        pointers: Mapping[int, Pointer] | None = None,
    ) -> None:
        super().__init__(doc)
        self.quantities = list(quantities)
        #: mention of a method -> its role
        self.roles = roles or {}
        #: first token of a figure -> what it points to
        self.pointers = pointers or {}
        self.mentions = {label: sorted(spans) for label, spans in mentions.items()}
        self._depth = self._parentheses()
        followed = list(zip([None, *self.quantities], self.quantities, strict=False))
        relations = [self.relation(before, q) for before, q in followed]
        units = shared_units(self.quantities, relations)
        self._units = {q.start: unit for q, unit in zip(self.quantities, units, strict=True)}
        #: figures that share their place, in order; see `clustered`
        self.clusters: list[list[Quantity]] = []
        for (before, q), how in zip(followed, relations, strict=True):
            if before is not None and clustered(self.words, before, q, how):
                self.clusters[-1].append(q)
            else:
                self.clusters.append([q])
        self._cluster = {q.start: members for members in self.clusters for q in members}
        self._run = self._runs(relations)

    def _parentheses(self) -> list[int]:
        depth, depths = 0, []
        for word in self.words:
            depth += word in _OPEN
            depths.append(depth)
            depth -= word in _CLOSE and depth > 0
        return depths

    def _runs(self, relations: Sequence[str]) -> dict[int, Span]:
        """First token of a figure -> from the first to the last of the figures that are joined to it directly."""
        runs: list[list[Quantity]] = []
        for q, how in zip(self.quantities, relations, strict=True):
            if how in {"joined", "to"}:
                runs[-1].append(q)
            else:
                runs.append([q])
        return {q.start: (run[0].lead, run[-1].end) for run in runs for q in run}

    def inside(self, label: str, span: Span) -> list[Span]:
        """The mentions of a label that lie within a span."""
        return [m for m in self.mentions.get(label, ()) if span[0] <= m[0] and m[1] <= span[1]]

    def relation(self, before: Quantity | None, q: Quantity) -> str:
        """How a figure follows one in front of it (`arxivie.pipes.coordination.relation`)."""
        together = before is not None and self.number(before.start) == self.number(q.start)
        return relation(self.words, before, q, same_sentence=together)

    def unit(self, q: Quantity) -> str:
        """The unit of a figure or of its list; ``decimal`` or ``none`` for bare numbers."""
        return self._units[q.start] or ("decimal" if q.decimal else "none")

    def group(self, q: Quantity) -> list[Quantity]:
        """The figures of the same sentence that are written alike (unit, sign), in order."""
        start, end = self.bounds(q.start)
        return [o for o in self.quantities if start <= o.start < end and self.like(o, q)]

    def kind_features(self, q: Quantity) -> dict[str, float]:
        """Features of a figure: what it may be. What the figure in front of it is `kind_after` adds."""
        words, start, end = self.words, *self.bounds(q.start)
        unit = self.unit(q)
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
        first, last = self._run[q.start]
        before, after = words[max(start, first - _WINDOW) : first], words[last : min(end, last + _WINDOW)]
        for word in before:
            f[f"run<{word}"] = 1.0
        for word in after:
            f[f"run>{word}"] = 1.0
        f[f"run<<{' '.join(before[-2:])}"] = f[f"run>>{' '.join(after[:2])}"] = 1.0
        self._add_cues(f, q, (start, end), unit)
        self._add_mentions(f, q, (start, end), unit)
        group = self.group(q)
        f[f"group={min(len(group), 4)}"] = 1.0
        if self._depth[q.start]:
            f["bracket"] = f[f"bracket&{unit}"] = 1.0
        if len(group) > 1:
            k = group.index(q)
            if k and "to" in words[group[k - 1].end : q.start]:
                f["to-previous"] = 1.0
            if k + 1 < len(group) and "to" in words[q.end : group[k + 1].start]:
                f["to-next"] = 1.0
            if k and set(words[group[k - 1].end : q.start]) & _VERSUS:
                f["versus-previous"] = 1.0
        return f

    def _add_cues(self, f: dict[str, float], q: Quantity, sentence: Span, unit: str) -> None:
        """Features of the cue words around a figure: which there are, how far, and which comes closest."""
        words, (start, end) = self.words, sentence
        nearest: dict[str, tuple[int, str]] = {}
        told_before = nearest_cues(reversed(words[max(start, q.lead - 15) : max(start, q.lead)]))
        told_after = nearest_cues(words[q.end : min(end, q.end + 10)])
        for side, told in (("<", told_before), (">", told_after)):
            for name, far in told.items():
                f[f"cue{side}{name}"] = f[f"cue{side}{name}:{bucket(far)}"] = f[f"cue{side}{name}&{unit}"] = 1.0
                if name in _KIND_CUES:
                    nearest[side] = min(nearest.get(side, (far, name)), (far, name))
        for side, (_, name) in nearest.items():
            f[f"nearest{side}{name}"] = f[f"nearest{side}{name}&{unit}"] = 1.0
        if len(nearest) == 2:
            f[f"nearest={nearest['<'][1]}&{nearest['>'][1]}"] = 1.0

    def _add_mentions(self, f: dict[str, float], q: Quantity, sentence: Span, unit: str) -> None:
        """Features of the mentions in the sentence of a figure: how far they are; the roles of the closest methods."""
        for label in ("metric", "dataset", "method"):
            gaps = {self.gap(q, m): m for m in self.inside(label, sentence)}
            behind = max((g for g in gaps if g < 0), default=None)
            ahead = min((g for g in gaps if g > 0), default=None)
            f[f"{label}<{bucket(-behind) if behind else '-'}"] = 1.0
            f[f"{label}>{bucket(ahead) if ahead else '-'}"] = 1.0
            f[f"{label}{'+' if gaps else '-'}{unit}"] = 1.0
            if label == "method":
                for side, gap in (("<", behind), (">", ahead)):
                    if gap is not None:
                        role = self.roles.get(gaps[gap])
                        f[f"role{side}{role}"] = f[f"role{side}{role}:{bucket(abs(gap))}"] = 1.0
                        f[f"role{side}{role}&{unit}"] = 1.0

    def kind_after(self, q: Quantity, before: Quantity | None, kind: str) -> dict[str, float]:
        """Features of a figure, given the kind of the figure in front of it (``none`` where that is no result)."""
        how = self.relation(before, q)
        return {how: 1.0, f"{how}&after={kind}": 1.0, f"{how}&after={kind}&{self.unit(q)}": 1.0}

    def pointer(self, q: Quantity) -> Pointer | None:
        """What a figure points to; None where the tagger has not read it."""
        return self.pointers.get(q.start)

    def cluster(self, q: Quantity) -> list[Quantity]:
        """The figures that share the place of a figure, it among them."""
        return self._cluster[q.start]

    def like(self, a: Quantity, b: Quantity) -> bool:
        """Whether two figures are written alike: in unit and sign."""
        return (self._units[a.start], a.signed) == (self._units[b.start], b.signed)

    def place(self, q: Quantity, m: Span) -> Span:
        """The tokens from which the way to a mention is measured: those of the figure's cluster, up to the mention."""
        ahead = q.end <= m[0]
        side = [o for o in self.cluster(q) if (o.end <= m[0] if ahead else m[1] <= o.start)]
        return (side[0].start, side[-1].end) if q in side else (q.start, q.end)

    def gap(self, q: Quantity, m: Span) -> int:
        """Tokens between a figure and a mention: negative in front of the figure, 0 where they overlap."""
        start, end = self.place(q, m)
        if m[1] <= start:
            return -(start - m[1] + 1)
        return m[0] - end + 1 if m[0] >= end else 0

    def between(self, q: Quantity, m: Span, label: str) -> tuple[int, int]:
        """The other mentions of a label, and the other figures, that lie between a figure and a mention."""
        start, end = self.place(q, m)
        low, high = (m[1], start) if m[1] <= start else (end, m[0])
        blockers = sum(1 for o in self.mentions.get(label, ()) if low <= o[0] and o[1] <= high and o != m)
        return blockers, sum(1 for c in self.clusters if low <= c[0].start and c[0].end <= high)

    def link_features(self, q: Quantity, m: Span, label: str, kind: str) -> dict[str, float]:
        """Features of a figure of a known kind and a mention that may belong to it."""
        words = self.words
        gap = self.gap(q, m)
        side = "<" if gap < 0 else ">"
        place = self.place(q, m)
        low, high = (m[1], place[0]) if gap < 0 else (place[1], m[0])
        between = words[low:high]
        unit = self.unit(q)
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
        return f
