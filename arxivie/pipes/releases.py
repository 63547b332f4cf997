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
from arxivie.pipes.addresses import Address, AddressReader
from arxivie.pipes.entities import EntityRecord, stored_entities
from arxivie.pipes.links import KEY as LINKS
from arxivie.pipes.offers import NAMED, OfferReader, Thing, clause_start, distinct
from arxivie.pipes.sentences import with_sentences
from arxivie.rules.compile import Match
from arxivie.rules.pack import Pack, load_pack
from arxivie.rules.tokens import tokens_of

KEY = "arxivie_releases"
LABEL = "release"
#: without one of these no rule can match, so the matcher need not run
_CUE = re.compile(
    r"availab|releas|open.?sourc|publi|shar(?:e|ing)|access|download|implementation|URL|be (?:found|obtained)|"
    r"supplement|codes?\b",
    re.IGNORECASE,
)
#: kinds of links -> what is released
_WHAT = {
    "code": "code",
    "data": "data",
    "items": "data",
    "matter": "other",
    "model": "models",
    NAMED: "data",
    "resources": "other",
    "result": "results",
    "tool": "code",
}
#: kinds of links -> what needs no word in passing ("our open-source tool") any more
_LINKED = {"demo": "code", "model": "models", "project": "code"}
#: kinds that are not released
_NOTHING = frozenset({"details", "paper"})
#: where the offered things of a rule stand
_PLACES = frozenset({"around", "object", "object else subject", "subject", "subject else object", "within"})
#: a statement that stands only where no other does
_LOST = "release.lost-address"
#: which of the offered things a rule means
_PICKS = {"all": slice(None), "first": slice(1), "last": slice(-1, None)}
#: what may label an address that says nothing else: "GitHub link:"
_LABELS = frozenset({"github", "link", "repo", "repository", "see", "url"})
#: as many words in front of a predicate may put it into the future
_AHEAD = 5


class ReleaseFinder:
    """The component: leaves plain dicts under ``doc.user_data["arxivie_releases"]``, spans in ``doc.spans["release"]``.

    A rule sets where the offered ``things`` stand, which of them it means (``pick``), what it means where no noun says
    it (``default``), and whether it counts only where nothing else offers the same (``when = "alone"``).

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
        self._aside = {rule.id for rule in pack.rules_of([LABEL]) if rule.sets.get("when") == "alone"}
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
        sentences = _without_address(doc, list(self._addresses(tokens_of(doc).text)))
        things, predicates = self._reader.match(s for s in sentences if _CUE.search(s.text))
        if not predicates:
            return []
        words = tokens_of(doc).lower
        entities = [e for e in stored_entities(doc) if e.label == "dataset"]
        releases: list[dict[str, Any]] = []
        for sentence in sentences:
            inside = [m for m in predicates if sentence.start <= m.start and m.end <= sentence.end]
            for begin, end, match in _statements(words, sentence.start, sentence.end, inside):
                start = clause_start(doc, begin, match.start)
                what = self._what(words, things, entities, match, (start, end))
                if what:
                    promised = self._reader.promised(words, max(start, match.start - _AHEAD), match.end)
                    status = "promised" if promised or self._reader.late(words[start:end]) else "available"
                    releases.append({"what": what, "status": status, "start": start, "end": end, "rule": match.rule.id})
        said = {kind for x in releases if x["rule"] not in self._aside for kind in x["what"]}
        said.update(_LINKED.get(kind, kind) for link in doc.user_data.get(LINKS, ()) for kind in link["kinds"])
        return [x for x in releases if x["rule"] not in self._aside or not said.intersection(x["what"])]

    def _what(
        self,
        words: Sequence[str],
        things: Sequence[Thing],
        entities: Sequence[EntityRecord],
        match: Match,
        statement: tuple[int, int],
    ) -> list[str]:
        start, end = statement
        front, inside, rear = (start, match.start), (match.start, match.end), (match.end, end)
        where = match.rule.sets["things"]
        if where == "subject" and (
            words[match.start - 1] == "that" or any(w in self._no_offer for w in words[start : match.start])
        ):
            return []
        mentioned = [m for e in entities for m in e.mentions]
        coined = [(t.start, t.end) for t in things if t.kind == NAMED]
        made = [m for e in entities if e.role in {"introduced", None} for m in e.mentions]
        names = [
            Thing(*m, NAMED, match.rule.id) for m in made if not any(t.start < m[1] and m[0] < t.end for t in things)
        ]
        sought = [(match.end + 1, end)] if words[match.end : match.end + 1] == ["for"] else []
        places = {
            "around": [*sought, front, inside],
            "object": [rear],
            "object else subject": [rear, front],
            "subject": [front],
            "subject else object": [front, rear],
            "within": [inside, rear],
        }
        for place in places[where]:
            behind = place is not front or match.rule.id == _LOST
            known = sorted([*things, *names], key=lambda t: t.start)
            known = known if behind else [t for t in known if t.kind != NAMED]
            offered = self._reader.offered(words, known, *place, behind=behind)
            offered = offered[_PICKS[match.rule.sets.get("pick", "all")]]
            what = distinct(_WHAT.get(t.kind, "other") for t in offered if t.kind not in _NOTHING)
            if not what and any(place[0] <= a and b <= place[1] for a, b in (*mentioned, *coined)):
                what = ["data"]
            if what:
                return what
        return [match.rule.sets["default"]] if "default" in match.rule.sets else []


def _without_address(doc: Doc, addresses: Sequence[Address]) -> list[Span]:
    """The sentences with no address of their own, nor one that is all that the next sentence says."""
    kept: list[Span] = []
    for sentence in doc.sents:
        inside = [a for a in addresses if sentence.start_char <= a.start < sentence.end_char]
        if not inside:
            kept.append(sentence)
        elif kept and kept[-1].end == sentence.start:
            said = re.findall(r"[a-z]+", doc.text[sentence.start_char : inside[0].start].lower())
            if _LABELS.issuperset(said):
                kept.pop()
    return kept


def _statements(words: Sequence[str], start: int, end: int, matches: Sequence[Match]) -> list[tuple[int, int, Match]]:
    """The statements of a sentence: one a predicate, cut at the joints between predicates."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if kept and (match.start < kept[-1].end or (match.rule.id == _LOST != kept[-1].rule.id)):
            continue
        kept.append(match)
    made = []
    begin = start
    for k, match in enumerate(kept):
        stop = end
        if k + 1 < len(kept):
            joints = [i for i in range(match.end, kept[k + 1].start) if words[i] in {"and", ",", ";"}]
            stop = joints[-1] if joints else match.end if match.rule.id == _LOST else kept[k + 1].start
        made.append((begin, stop, match))
        begin = stop + (stop < end and words[stop] in {"and", ",", ";"})
    return made


def make_releases(nlp: Language, name: str, packs: Sequence[str | Path] = ()) -> ReleaseFinder:
    """The factory of ``arxivie_releases``; ``packs`` are folders of a user's own packs."""
    del name
    return ReleaseFinder(nlp, load_pack(packs))
