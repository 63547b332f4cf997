"""What a candidate entity is weighed by: who proposed it, how it is written, what stands around its mentions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from arxivie.pipes.candidates import Candidate, Span
from arxivie.pipes.context import cues
from arxivie.pipes.linear import share
from arxivie.pipes.pointer import LINKS, Pointer
from arxivie.pipes.sentences import Sentences

#: ends of rule ids that propose without a reason of their own
WEAK = (".shape", ".tagger", ".pointer", ".beside-figure", ".near-figure")
#: what a figure points to counts as proposed if the figure is no result with less than this probability
_NO_RESULT = 0.5
#: added to a probability before its logarithm is taken
_FLOOR = 1e-2
_NEAR = 3
_VERBS = 7


class Tagged(NamedTuple):
    """The tagger's view of a Doc; without a tagger there is none."""

    spans: frozenset[tuple[int, int, str]]
    probabilities: Callable[[int, int], Mapping[str, float]]
    roles: Callable[[Sequence[Span], str], list[float]]
    result: Callable[[int], float]
    pointers: Mapping[int, Pointer] = {}

    def pointed_spans(self) -> list[tuple[int, int, str]]:
        """(start, end, label) of what the figures that are results point to."""
        read = [p for p in self.pointers.values() if p.kinds["none"] < _NO_RESULT]
        return sorted({(*span, label) for p in read for label in LINKS[1:] for span in p.spans(label)})

    def pointed(self, label: str, mentions: Sequence[Span]) -> float:
        """The probability that a figure which is a result points to one of these mentions."""
        read = [p for p in self.pointers.values() if p.read]
        return max([(1.0 - p.kinds["none"]) * p.best(label, mentions) for p in read], default=0.0)


@lru_cache(maxsize=65536)
def shape(text: str) -> str:
    """The coarse shape of a name: ``Xx``, ``XX``, ``xX``, ``x`` …, with ``d`` for digits and ``-`` for joints."""
    made: list[str] = []
    for c in text:
        kind = "X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else " " if c.isspace() else "-"
        if not made or made[-1] != kind:
            made.append(kind)
    return "".join(made)[:6]


def _around(text: Sentences, span: Span) -> dict[str, float]:
    """Words in front of and behind a mention, within its sentence."""
    f: dict[str, float] = {}
    words, (low, high) = text.words, text.bounds(span[0])
    for k in range(1, _NEAR + 1):
        before = words[span[0] - k] if span[0] - k >= low else "^"
        after = words[span[1] + k - 1] if span[1] + k - 1 < high else "$"
        f[f"-{k}={before}"] = f[f"+{k}={after}"] = 1.0
        f[f"<{before}"] = f[f">{after}"] = 1.0
    before, after = words[span[0] - 1] if span[0] > low else "^", words[span[1]] if span[1] < high else "$"
    f[f"-1&+1={before}&{after}"] = 1.0
    if any(words[i] in cues()["propose"] for i in range(max(low, span[0] - _VERBS), span[0])):
        f["propose<"] = 1.0
    if span[0] == low:
        f["sentence-start"] = 1.0
        if after == ":":
            f["title-colon"] = 1.0
    f[f"first={words[span[0]]}"] = f[f"last={words[span[1] - 1]}"] = 1.0
    return f


def entity_features(
    text: Sentences, candidate: Candidate, peers: dict[str, set[str]], tagged: Tagged | None
) -> dict[str, float]:
    """Features of one candidate.

    Args:
        text: the words of the Doc, by sentence.
        candidate: the candidate.
        peers: form -> labels that a name list gives it.
        tagged: the tagger's view, or None.
    """
    f: dict[str, float] = {"bias": 1.0}
    mentions = candidate.mentions
    for mention in mentions[:6]:
        f |= text.kept(mention, _around)
    rules = candidate.rules
    evidence = {r for r in rules if not r.endswith(WEAK)}
    for rule in rules:
        if not rule.endswith(".tagger"):
            f[f"rule={rule}"] = 1.0
    f[f"rules={min(len(evidence), 3)}"] = 1.0
    f[f"listed={candidate.canonical is not None}"] = 1.0
    for label in peers.get(candidate.key, ()):
        if label != candidate.label:
            f[f"listed-as={label}"] = 1.0
    start, end = next(iter(candidate.found))
    name = text.tokens.surface(start, end)
    look = shape(name)
    f[f"shape={look}"] = f[f"shape={look}&rules={min(len(evidence), 1)}"] = 1.0
    f[f"length={min(end - start, 6)}"] = f[f"letters={min(len(name), 12)}"] = 1.0
    f[f"mentions={min(len(mentions), 5)}"] = 1.0
    if mentions[0][0] < text.title_end:
        f["title"] = f[f"title&mentions={min(len(mentions), 3)}"] = 1.0
    if candidate.partners:
        f["partner"] = 1.0
    if tagged is not None:
        _add_tagger(candidate, tagged, f)
    return f


def tagger_types(label: str) -> tuple[str, ...]:
    """The types by which the tagger calls a mention of a label."""
    return ("method", "generic_method") if label == "method" else (label,)


def _add_tagger(candidate: Candidate, tagged: Tagged, f: dict[str, float]) -> None:
    label, mentions = candidate.label, candidate.mentions
    own = tagger_types(label)
    seen = [tagged.probabilities(*m) for m in mentions[:6]]
    chances = [max([p[name] for name in own]) for p in seen]
    top, mean = max(chances), sum(chances) / len(chances)
    f[f"p={share(top)}"] = f[f"mean={share(mean)}"] = 1.0
    f["p"], f["mean"] = top, mean
    decoded = sum(1 for m in mentions if any((*m, name) in tagged.spans for name in own)) / len(mentions)
    f["decoded"], f[f"decoded={decoded > 0}"] = decoded, 1.0
    f[f"decoded={decoded > 0}&listed={candidate.canonical is not None}"] = 1.0
    if label in LINKS and tagged.pointers:
        pointed = tagged.pointed(label, mentions)
        f["pointed"] = pointed
        f[f"pointed={share(pointed)}"] = f[f"pointed={share(pointed)}&decoded={decoded > 0}"] = 1.0
        f["log-pointed"] = math.log(pointed + _FLOOR)
    if candidate.figures:
        told = max(map(tagged.result, candidate.figures))
        f["result-beside"] = told
        for rule in candidate.rules:
            f[f"result-beside&{rule}"] = told
        f[f"result-beside&p={share(top)}"] = told
    for other in ("dataset", "method", "generic_method", "task", "metric"):
        if other != label:
            f[f"p-{other}"] = max([p[other] for p in seen[:3]])
