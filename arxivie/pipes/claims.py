"""Claims of standing: the component ``arxivie_claims``.

Sentences are cut into clauses. A clause in which a rule of ``patterns/claim`` finds a cue is a candidate; a log-linear
model over cues and context gives it a status or none. Neighbours of one status in one sentence are one claim, unless a
second model parts them. Two more models tie claims to the datasets and tasks of the paper.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from arxivie.errors import PatternError
from arxivie.pipes.claim_features import CUES, LEADING, ClaimContext, Clause, Cue, cues_of
from arxivie.pipes.clauses import ClauseCutter
from arxivie.pipes.entities import EntityRecord, stored_entities
from arxivie.pipes.linear import Weigher, applying
from arxivie.pipes.sentences import with_sentences
from arxivie.pipes.weights import load_models
from arxivie.rules.compile import RuleMatcher
from arxivie.rules.pack import Pack, load_pack
from arxivie.rules.tokens import tokens_of

KEY = "arxivie_claims"
LABEL = "claim"
STATUSES = ("sota", "improves", "competitive", "background")
#: classes of verbs that open a clause behind "and" or a comma
_VERBS = ("reach-verb", "beat-word", "improve-word", "reduce-word", "equal-word")

#: what the tagger is taken to give a status at least; its opinion makes no candidates: clauses without a cue that it
#: takes for claims cost 2 to 4 points of precision
TAGGER_FLOOR = 0.01
#: the models that weigh clauses; those with ``+tagger`` behind their name know the tagger
MODELS = ("claim", "claim.join", "claim.dataset", "claim.task")
#: what the probability of a status is multiplied by before it is compared with the others', since rare ones are
#: underrated; chosen by cross-validation
FAVOUR = {"none": 1.0, "sota": 1.2, "improves": 1.2, "competitive": 1.5, "background": 1.2}
TIE_THRESHOLD = 0.4

#: (start, end, status, probability) of the claims that the tagger sees; None where it has not seen the Doc
Opinion = Sequence[tuple[int, int, str, float]] | None
ClaimView = Callable[[Doc], Opinion]


class Found(NamedTuple):
    """A claim before its ties."""

    start: int
    end: int
    status: str
    chance: float
    rule: str


class ClaimReader:
    """Makes the clauses and cues of Docs. Picklable.

    Raises:
        PatternError: where a rule for claims says nothing about its cue.
    """

    def __init__(self, nlp: Language, pack: Pack) -> None:
        rules = pack.rules_of([LABEL])
        for rule in rules:
            if rule.sets.get("cue") not in CUES:
                raise PatternError(f"{rule.id}: give it sets = {{cue = …}} with one of {', '.join(sorted(CUES))}")
        self._matcher = RuleMatcher(nlp.vocab, rules, pack.classes)
        self._anaphors = pack.words["data-anaphor"]
        self._cutter = ClauseCutter(pack.words, _VERBS)

    def context(self, doc: Doc, entities: Sequence[EntityRecord]) -> ClaimContext:
        """The Doc indexed for features."""
        words = tokens_of(doc).lower
        clauses = [self._cutter(words, s.start, s.end) for s in doc.sents]
        return ClaimContext(doc, clauses, cues_of(list(self._matcher(doc))), entities, self._anaphors)


class ClaimFinder:
    """The component: leaves plain dicts under ``doc.user_data["arxivie_claims"]`` and spans in ``doc.spans["claim"]``.

    A claim has ``status``, ``start`` and ``end`` (tokens of the clause), ``datasets`` and ``tasks`` (names of
    entities), ``rule`` (that of its first leading cue) and ``confidence`` (the probability of its status).

    Args:
        models: ``claim``, ``claim.join``, ``claim.dataset`` and ``claim.task``; with a tagger also the same with
            ``+tagger``.
        view: the claims that the tagger sees, None where it has not seen the Doc.
    """

    def __init__(self, reader: ClaimReader, models: Mapping[str, Weigher], view: ClaimView) -> None:
        self.reader = reader
        self.models = models
        self.view = view

    def __call__(self, doc: Doc) -> Doc:
        """Store the claims of ``doc``."""
        entities = stored_entities(doc)
        context = self.reader.context(with_sentences(doc), entities)
        seen = self.view(doc)
        models = applying(self.models, MODELS, tagged=seen is not None)
        claims: list[dict[str, Any]] = [
            {
                "status": c.status,
                "start": c.start,
                "end": c.end,
                "datasets": self._ties(models["claim.dataset"], context, c, "dataset"),
                "tasks": self._ties(models["claim.task"], context, c, "task"),
                "rule": c.rule,
                "confidence": round(c.chance, 4),
            }
            for number in range(len(context.sentences))
            for c in self._sentence(models, context, number, seen)
        ]
        doc.user_data[KEY] = claims
        doc.spans[LABEL] = [Span(doc, c["start"], c["end"], label=LABEL, span_id=c["rule"]) for c in claims]
        return doc

    def _sentence(
        self, models: Mapping[str, Weigher], context: ClaimContext, number: int, seen: Opinion
    ) -> list[Found]:
        made: list[tuple[Found, int]] = []
        for k, clause in enumerate(context.sentences[number]):
            if not clause.leads:
                continue
            features = context.features(number, k) | opinion_features(clause, seen)
            chances = models["claim"].probabilities(features)
            status = max(chances, key=lambda s: chances[s] * FAVOUR[s])
            if status == "none":
                continue
            found = Found(clause.start, clause.end, status, chances[status], _rule(clause))
            if made and made[-1][0].status == status and self._joined(models, context, number, made[-1][1], k, status):
                previous = made.pop()[0]
                found = previous._replace(end=found.end, chance=max(previous.chance, found.chance))
            made.append((found, k))
        return [found for found, _ in made]

    @staticmethod
    def _joined(
        models: Mapping[str, Weigher], context: ClaimContext, number: int, first: int, second: int, status: str
    ) -> bool:
        return models["claim.join"].probability(join_features(context, number, first, second, status)) >= 0.5

    @staticmethod
    def _ties(model: Weigher, context: ClaimContext, claim: Found, label: str) -> list[str]:
        peers = [e for e in context.entities if e.label == label]
        place = (claim.start, claim.end)
        rows = ((e.name, context.tie_features(place, claim.status, e, peers)) for e in peers)
        return [name for name, row in rows if model.probability(row) >= TIE_THRESHOLD]


def join_features(context: ClaimContext, number: int, first: int, second: int, status: str) -> dict[str, float]:
    """Features of two clauses of one status and sentence: whether they are one claim."""
    a, b = context.sentences[number][first], context.sentences[number][second]
    words = context.words
    f = {"bias": 1.0, f"status={status}": 1.0, f"opener={words[b.start]}": 1.0, f"joint={words[b.start - 1]}": 1.0}
    f[f"gap={min(second - first, 3)}"] = 1.0
    for x in {c.name for c in a.cues if c.name in LEADING}:
        f[f"a={x}"] = 1.0
        for y in {c.name for c in b.cues if c.name in LEADING}:
            f[f"{x}&{y}"] = 1.0
    for y in {c.name for c in b.cues if c.name in LEADING}:
        f[f"b={y}"] = 1.0
    f["participle"] = float(words[b.start].endswith("ing"))
    return f


def _rule(clause: Clause) -> str:
    def rank(cue: Cue) -> tuple[bool, int]:
        return cue.name == "more", cue.start

    return min((c for c in clause.cues if c.name in LEADING), key=rank).rule


def opinion_features(clause: Clause, seen: Opinion) -> dict[str, float]:
    """The tagger's opinion on a clause, as log probabilities of the claims that cover half of it or lie in it."""
    if seen is None:
        return {}
    chances = dict.fromkeys(STATUSES, 0.0)
    for start, end, status, chance in seen:
        shared = min(end, clause.end) - max(start, clause.start)
        if shared > 0 and 2 * shared >= min(end - start, clause.end - clause.start):
            chances[status] = max(chances[status], chance)
    chances["none"] = max(0.0, 1.0 - sum(chances.values()))
    return {f"tagger={name}": math.log(max(chance, TAGGER_FLOOR)) for name, chance in chances.items()}


def tagger_claims(doc: Doc) -> Opinion:
    """The claims that the tagger sees, None where it has not seen the Doc."""
    if "arxivie_tagger" not in doc.user_data:
        return None
    from arxivie.pipes.tagger import claim_spans

    spans: Sequence[tuple[int, int, str, float]] = claim_spans(doc)
    return spans


def make_claims(nlp: Language, name: str, packs: Sequence[str | Path] = ()) -> ClaimFinder:
    """The factory of ``arxivie_claims``; ``packs`` are folders of a user's own packs."""
    del name
    return ClaimFinder(ClaimReader(nlp, load_pack(packs)), load_models(), tagger_claims)
