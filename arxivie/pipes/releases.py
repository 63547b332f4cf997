"""Statements of release without an address: the component ``arxivie_releases``.

A rule of ``patterns/release`` finds what says that something is given to others; the nouns of its clause say what. A
statement whose address stands in the same sentence is a link.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from arxivie.errors import PatternError
from arxivie.pipes.addresses import AddressReader
from arxivie.pipes.entities import EntityRecord, stored_entities
from arxivie.pipes.offers import OfferReader, Thing, clause_start, distinct
from arxivie.pipes.sentences import with_sentences
from arxivie.rules.compile import Match
from arxivie.rules.pack import Pack, load_pack
from arxivie.rules.tokens import tokens_of

KEY = "arxivie_releases"
LABEL = "release"
#: without one of these no rule can match, so the matcher need not run
_CUE = re.compile(
    r"availab|releas|open.?sourc|publi|shar(?:e|ing)|access|download|implementation|URL|be (?:found|obtained)",
    re.IGNORECASE,
)
#: kinds of links -> what is released
_WHAT = {"code": "code", "data": "data", "model": "models", "result": "results", "project": "code"}


#: where the offered things of a rule stand
_PLACES = frozenset({"subject", "object", "within"})


class ReleaseFinder:
    """The component: leaves plain dicts under ``doc.user_data["arxivie_releases"]``, spans in ``doc.spans["release"]``.

    A release has ``what`` (code, data, models, results, other), ``status``, ``start`` and ``end`` (tokens of the whole
    statement) and ``rule``.

    Raises:
        PatternError: where a rule for releases does not say where the released things stand.
    """

    def __init__(self, nlp: Language, pack: Pack) -> None:
        for rule in pack.rules_of([LABEL]):
            if rule.sets.get("things") not in _PLACES:
                raise PatternError(f"{rule.id}: give it sets = {{things = …}} with one of {', '.join(sorted(_PLACES))}")
        self._reader = OfferReader(nlp.vocab, pack, ("link", LABEL))
        self._no_offer = pack.words["no-offer"]
        self._addresses = AddressReader(pack.words["top-domain"], pack.words["address-cue"])

    def __call__(self, doc: Doc) -> Doc:
        """Store the releases of ``doc``."""
        releases = self.find(with_sentences(doc))
        doc.user_data[KEY] = releases
        doc.spans[LABEL] = [Span(doc, x["start"], x["end"], label=LABEL, span_id=x["rule"]) for x in releases]
        return doc

    def find(self, doc: Doc) -> list[dict[str, Any]]:
        """The releases of ``doc``, which stays unchanged."""
        if not _CUE.search(tokens_of(doc).text):
            return []
        things, predicates = self._reader.match(doc)
        if not predicates:
            return []
        words = tokens_of(doc).lower
        linked = [a.start for a in self._addresses(tokens_of(doc).text)]
        entities = stored_entities(doc)
        releases: list[dict[str, Any]] = []
        for sentence in doc.sents:
            if any(sentence.start_char <= at < sentence.end_char for at in linked):
                continue
            inside = [m for m in predicates if sentence.start <= m.start and m.end <= sentence.end]
            for begin, end, match in _statements(words, sentence.start, sentence.end, inside):
                start = clause_start(doc, begin, match.start)
                what = self._what(words, things, entities, match, (start, end))
                if what:
                    status = "promised" if self._reader.promised(words, start, end) else "available"
                    releases.append({"what": what, "status": status, "start": start, "end": end, "rule": match.rule.id})
        return releases

    def _what(
        self,
        words: Sequence[str],
        things: Sequence[Thing],
        entities: Sequence[EntityRecord],
        match: Match,
        statement: tuple[int, int],
    ) -> list[str]:
        start, end = statement
        places = {"subject": [(start, match.start)], "object": [(match.end, end)]}
        where = match.rule.sets["things"]
        if where == "subject" and (
            words[match.start - 1] == "that" or any(w in self._no_offer for w in words[start : match.start])
        ):
            return []
        for place in places.get(where, [(match.start, match.end), (match.end, end)]):
            offered = self._reader.offered(words, things, *place)
            what = distinct(_WHAT.get(t.kind, "other") for t in offered if t.kind != "paper")
            if not what and any(
                place[0] <= m[0] and m[1] <= place[1] for e in entities if e.label == "dataset" for m in e.mentions
            ):
                what = ["data"]
            if what:
                return what
        return [match.rule.sets["default"]] if "default" in match.rule.sets else []


def _statements(words: Sequence[str], start: int, end: int, matches: Sequence[Match]) -> list[tuple[int, int, Match]]:
    """The statements of a sentence: one a predicate, cut at the joints between predicates."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if kept and (match.start < kept[-1].end or match.rule.id == "release.lost-address"):
            continue
        kept.append(match)
    made = []
    begin = start
    for k, match in enumerate(kept):
        stop = end
        if k + 1 < len(kept):
            joints = [i for i in range(match.end, kept[k + 1].start) if words[i] in {"and", ",", ";"}]
            stop = joints[-1] if joints else kept[k + 1].start
        made.append((begin, stop, match))
        begin = stop + (stop < end and words[stop] in {"and", ",", ";"})
    return made


def make_releases(nlp: Language, name: str, packs: Sequence[str | Path] = ()) -> ReleaseFinder:
    """The factory of ``arxivie_releases``; ``packs`` are folders of a user's own packs."""
    del name
    return ReleaseFinder(nlp, load_pack(packs))
