"""What a clause is weighed by as a claim, and a claim and a name as belonging together: named features."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from arxivie.pipes.context import bucket
from arxivie.pipes.entities import EntityRecord
from arxivie.rules.compile import Match
from arxivie.rules.tokens import tokens_of

Features = dict[str, float]

#: cues that make a clause a candidate; the others only tell candidates apart
LEADING = frozenset(
    ["sota", "beat", "superior", "best", "first", "later", "equal", "improve", "reduce", "more", "standard"]
)
#: all cues that a rule may set
CUES = LEADING | {"reach", "rivals", "plain", "compare", "own"}
#: of two cues in one clause their order is a feature, up to this many cues
_MOST_CUES = 10
#: so many tokens behind a cue a word for rivals says whom it is about
_NEAR = 6
_RIVALS = frozenset({"rivals", "plain", "sota", "compare"})


class Cue(NamedTuple):
    """A match of a cue rule."""

    start: int
    end: int
    name: str
    rule: str


class Clause(NamedTuple):
    """A clause and its cues in the order of the text."""

    start: int
    end: int
    cues: tuple[Cue, ...]

    @property
    def leads(self) -> bool:
        """Whether it may be a claim."""
        return any(c.name in LEADING for c in self.cues)


def cues_of(matches: Sequence[Match]) -> list[Cue]:
    """The cues that rules have found, by start."""
    return sorted(Cue(m.start, m.end, m.rule.sets["cue"], m.rule.id) for m in matches)


class ClaimContext:
    """A Doc with its clauses and entities, indexed for features."""

    def __init__(
        self,
        doc: Doc,
        clauses: Sequence[Sequence[tuple[int, int]]],
        cues: Sequence[Cue],
        entities: Sequence[EntityRecord],
        anaphors: Collection[str] = frozenset(),
    ) -> None:
        self.words = tokens_of(doc).lower
        self.starts = [s.start for s in doc.sents]
        self.entities = entities
        self.anaphors = anaphors
        at = [c.start for c in cues]
        self.sentences = [
            [
                Clause(s, e, tuple(c for c in cues[bisect_right(at, s - 1) : bisect_right(at, e - 1)] if c.end <= e))
                for s, e in parts
            ]
            for parts in clauses
        ]

    def sentence(self, i: int) -> int:
        """The number of the sentence of token ``i``."""
        return bisect_right(self.starts, i) - 1

    def features(self, number: int, k: int) -> Features:
        """Features of clause ``k`` of a sentence."""
        clauses = self.sentences[number]
        clause, words = clauses[k], self.words
        f: Features = {"bias": 1.0}
        names = [c.name for c in clause.cues][:_MOST_CUES]
        for name in set(names):
            f[f"cue={name}"] = 1.0
        for i, first in enumerate(names):
            for second in names[i + 1 :]:
                f[f"{first}>{second}"] = 1.0
        for c in clause.cues:
            if c.name not in LEADING and c.name not in {"reach", "rivals", "plain"}:
                continue
            f[f"{c.name}={' '.join(words[c.start : c.end])}"] = 1.0
            f[f"{c.name}-1={words[c.start - 1] if c.start > clause.start else '^'}"] = 1.0
            after = words[c.end] if c.end < clause.end else "$"
            f[f"{c.name}+1={after}"] = 1.0
            if c.name == "sota":
                f[f"sota+2={words[c.end + 1] if c.end + 1 < clause.end else '$'}"] = 1.0
                f[f"sota-2={words[c.start - 2] if c.start - 1 > clause.start else '^'}"] = 1.0
            if c.name in LEADING:
                near = {o.name for o in clause.cues if c.end <= o.start <= c.end + _NEAR and o.name in _RIVALS}
                f[f"{c.name}~{'+'.join(sorted(near))}"] = 1.0
        for word in words[clause.start : clause.end]:
            f[f"w={word}"] = 1.0
        for a, b in zip(words[clause.start : clause.end - 1], words[clause.start + 1 : clause.end], strict=True):
            f[f"b={a} {b}"] = 1.0
        f[f"first={words[clause.start]}"] = 1.0
        self._add_surroundings(f, number, k)
        self._add_entities(f, clause)
        return f

    def _add_surroundings(self, f: Features, number: int, k: int) -> None:
        clauses, words = self.sentences[number], self.words
        clause = clauses[k]
        last = len(self.sentences) - 1
        f[f"sentence={min(number, 3)}"] = 1.0
        f[f"from-end={min(last - number, 4)}"] = 1.0
        f[f"part={min(3, 4 * number // (last + 1))}"] = 1.0
        f[f"length={bucket(clause.end - clause.start)}"] = 1.0
        f["only"] = float(len(clauses) == 1)
        f[f"index={min(k, 3)}"] = 1.0
        before = words[clauses[0].start : clause.start]
        if before:
            f[f"opened-by={before[-1]}"] = 1.0
            for word in set(before):
                f[f"w<{word}"] = 1.0
        for other in clauses[:k]:
            for c in other.cues:
                f[f"<cue={c.name}"] = 1.0
        for other in clauses[k + 1 :]:
            for c in other.cues:
                f[f">cue={c.name}"] = 1.0
        for shift in (-1, 1):
            if 0 <= number + shift <= last:
                for name in {c.name for part in self.sentences[number + shift] for c in part.cues if c.name in LEADING}:
                    f[f"{shift:+d}s:{name}"] = 1.0

    def _add_entities(self, f: Features, clause: Clause) -> None:
        lead = next((c for c in clause.cues if c.name in LEADING), None)
        middle = lead.start if lead else clause.start
        for e in self.entities:
            kind = f"{e.label}:{e.role}" if e.role else e.label
            for m in e.mentions:
                if clause.start <= m[0] < clause.end:
                    f[kind] = 1.0
                    f[f"{kind}{'<' if m[0] < middle else '>'}{lead.name if lead else ''}"] = 1.0
        figures = [i for i in range(clause.start, clause.end) if self.words[i][0].isdigit()]
        f[f"figures={min(len(figures), 3)}"] = 1.0
        if lead:
            f[f"figures={bool(figures)}&{lead.name}"] = 1.0
            own = any(c.name == "own" and c.start < middle for c in clause.cues) or any(
                e.role == "proposed" and any(clause.start <= m[0] < middle for m in e.mentions) for e in self.entities
            )
            f[f"own={own}&{lead.name}"] = 1.0

    def tie_features(
        self, claim: tuple[int, int], status: str, entity: EntityRecord, peers: Sequence[EntityRecord]
    ) -> Features:
        """Features of a claim and an entity that it may be tied to; ``peers`` are the entities of its label."""
        home = self.sentence(claim[0])
        start = self.starts[home]
        end = self.starts[home + 1] if home + 1 < len(self.starts) else len(self.words)

        def far(m: tuple[int, int]) -> tuple[int, int]:
            return abs(self.sentence(m[0]) - home), abs(m[0] - claim[0])

        m = min(entity.mentions, key=far)
        here = sum(1 for e in peers if any(start <= x[0] < end for x in e.mentions))
        within = sum(1 for e in peers if any(claim[0] <= x[0] < claim[1] for x in e.mentions))
        if start <= m[0] < end:
            place = "before" if m[0] < claim[0] else "in" if m[0] < claim[1] else "after"
        else:
            place = "away"
        f: Features = {"bias": 1.0, place: 1.0, f"{place}&role={entity.role}": 1.0, f"{place}&{status}": 1.0}
        f[f"{place}&here={min(here, 2)}&within={min(within, 2)}"] = 1.0
        if place == "away":
            apart = home - self.sentence(m[0])
            f[f"apart={max(-2, min(4, apart))}"] = 1.0
            f[f"apart={max(-2, min(4, apart))}&here={min(here, 1)}"] = 1.0
            f[f"away&peers={min(len(peers), 4)}&here={min(here, 1)}"] = 1.0
            f["title"] = float(any(x[0] < self.starts[min(1, len(self.starts) - 1)] for x in entity.mentions))
            f[f"away&first={peers[0] is entity}&here={min(here, 1)}"] = 1.0
            for word in set(self.words[start:end]) & set(self.anaphors):
                f[f"away&word={word}"] = f[f"away&{apart == 1}&word={word}"] = 1.0
            f[f"mentions={min(len(entity.mentions), 4)}"] = 1.0
            return f
        f[f"{place}-1={self.words[m[0] - 1] if m[0] else '^'}"] = 1.0
        f[f"{place}+1={self.words[m[1]] if m[1] < len(self.words) else '$'}"] = 1.0
        f[f"{place}:{bucket(abs(m[0] - claim[0]) if place != 'after' else m[0] - claim[1])}"] = 1.0
        return f
