"""Statements of release without an address: the component ``arxivie_releases``.

A rule of ``patterns/release`` finds what says that something is given to others; the nouns of its clause say what. A
statement whose address stands in the same sentence is a link.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from arxivie.errors import PatternError
from arxivie.pipes.addresses import Address, AddressReader
from arxivie.pipes.entities import EntityRecord, stored_entities
from arxivie.pipes.links import KEY as LINKS
from arxivie.pipes.offers import MODEL_NAME, NAMED, NAMES, PROPOSED, OfferReader, Thing, clause_start, distinct
from arxivie.pipes.sentences import with_sentences
from arxivie.rules.compile import Match
from arxivie.rules.pack import Pack, load_pack
from arxivie.rules.tokens import tokens_of

KEY = "arxivie_releases"
LABEL = "release"
#: without one of these no rule can match, so the matcher need not run
_CUE = re.compile(
    r"availab|releas|open.?sourc|publi|shar(?:e|ing)|access|download|implementation|URL|be (?:found|obtained)|"
    r"supplement|codes?\b|freely|openly|scripts",
    re.IGNORECASE,
)
#: kinds of links -> what is released
_WHAT = {
    "code": "code",
    "data": "data",
    "items": "data",
    "matter": "other",
    "model": "models",
    MODEL_NAME: "models",
    NAMED: "data",
    "resources": "other",
    "result": "results",
    PROPOSED: "code",
    "spare": "data",
    "tool": "code",
}
#: kinds of links -> what needs no word in passing ("our open-source tool") any more
_LINKED = {"demo": "code", "model": "models", "project": "code"}
#: kinds that are released where nothing else is
_SPARE = frozenset({"spare"})
#: kinds that are not released
_NOTHING = frozenset({"details", "paper"})
#: where the offered things of a rule stand
_PLACES = frozenset(
    {"around", "itself", "object", "object else subject", "subject", "subject else object", "onwards", "within"}
)
#: a statement that stands only where no other does
_LOST = "release.lost-address"
#: which of the offered things a rule means
_PICKS = {"all": slice(None), "first": slice(1), "last": slice(-1, None)}
#: what may label an address that says nothing else: "GitHub link:"
_LABELS = frozenset({"github", "link", "repo", "repository", "see", "url"})
#: may begin a subject behind an aim
_SUBJECTS = frozenset({"all", "both", "our", "the"})
#: as many words in front of a predicate may put it into the future
_AHEAD = 5


class ReleaseFinder:
    """The component: leaves plain dicts under ``doc.user_data["arxivie_releases"]``, spans in ``doc.spans["release"]``.

    A rule sets where the offered ``things`` stand, which of them it means (``pick``), what it means where no noun says
    it (``default``), and whether it counts only where nothing else offers the same (``when = "alone"``).

    A rule whose things are ``itself`` says nothing of a release: it captures what may be offered, by its kind.

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
        self._near_lack = pack.words["near-lack"]
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
        known = _known(things, stored_entities(doc))
        releases: list[dict[str, Any]] = []
        for sentence in sentences:
            inside = [m for m in predicates if sentence.start <= m.start and m.end <= sentence.end]
            for begin, end, match in _statements(words, sentence.start, sentence.end, inside):
                start = clause_start(doc, begin, match.start)
                what = self._what(words, known, match, (start, end))
                if what:
                    promised = self._reader.promised(words, max(start, match.start - _AHEAD), match.end)
                    status = "promised" if promised or self._reader.late(words[start:end]) else "available"
                    releases.append({"what": what, "status": status, "start": start, "end": end, "rule": match.rule.id})
        said = {kind for x in releases if x["rule"] not in self._aside for kind in x["what"]}
        said.update(_LINKED.get(kind, kind) for link in doc.user_data.get(LINKS, ()) for kind in link["kinds"])
        return [x for x in releases if x["rule"] not in self._aside or not said.intersection(x["what"])]

    def _what(self, words: Sequence[str], known: _Known, match: Match, statement: tuple[int, int]) -> list[str]:
        start, end = statement
        front = (_behind_aim(words, start, match.start), match.start)
        inside, rear = (match.start, match.end), (match.end, end)
        where = match.rule.sets["things"]
        if where == "subject" and self._lacks(words, start, match.start):
            return []
        sought = [(match.end + 1, end)] if words[match.end : match.end + 1] == ["for"] else []
        places = {
            "around": [*sought, front, inside],
            "object": [rear],
            "object else subject": [rear, front],
            "onwards": [(match.start, end)],
            "subject": [front],
            "subject else object": [front, rear],
            "within": [inside, rear],
        }
        pick = _PICKS[match.rule.sets.get("pick", "all")]
        for place in places[where]:
            behind = place is not front or match.rule.id == _LOST
            named = {PROPOSED} if behind else NAMES
            for left_out in (named | _SPARE, named):
                things = [t for t in known.things if t.kind not in left_out]
                offered = self._reader.offered(words, things, *place, behind=behind)[pick]
                what = distinct(_WHAT.get(t.kind, "other") for t in offered if t.kind not in _NOTHING)
                if what:
                    return what
            what = _by_name(known, place, front=place is front)
            if what:
                return what
        if where == "subject" and words[start : match.start] in ([], ["it"]) and known.it:
            return [_WHAT[known.it]]
        return [match.rule.sets["default"]] if "default" in match.rule.sets else []

    def _lacks(self, words: Sequence[str], start: int, end: int) -> bool:
        """Whether the words in front of a predicate make it a condition or a lack."""
        return (
            (end > start and words[end - 1] == "that")
            or any(w in self._no_offer for w in words[start:end])
            or any(w in self._near_lack for w in words[max(start, end - _AHEAD) : end])
        )


def _behind_aim(words: Sequence[str], start: int, end: int) -> int:
    """The first token behind an aim in front of the subject: "To help with models, our code ..."."""
    if words[start] != "to" and tuple(words[start : start + 3]) != ("in", "order", "to"):
        return start
    commas = [i + 1 for i in range(start, end) if words[i] == ","]
    return next((i for i in commas if words[i] in _SUBJECTS), commas[0] if commas else start)


class _Known(NamedTuple):
    """What may be offered: the things in order, names included, where data are mentioned by name, what "it" may be."""

    things: list[Thing]
    data: list[tuple[int, int]]
    it: str | None


def _known(things: Sequence[Thing], entities: Sequence[EntityRecord]) -> _Known:
    """The nouns of a text that may be offered, and the names of what is its own."""
    own: list[Thing] = []
    data = [(t.start, t.end) for t in things if t.kind == NAMED]
    for entity in entities:
        if entity.label == "dataset":
            data += entity.mentions
        if entity.label == "method" and entity.role == "proposed":
            own += [Thing(*m, PROPOSED, "") for m in entity.mentions]
        elif entity.label == "dataset" and entity.role in {"introduced", None}:
            own += [Thing(*m, NAMED, "") for m in entity.mentions]
    free = [n for n in own if not any(t.start < n.end and n.start < t.end for t in things)]
    kinds = {n.kind for n in own}
    return _Known(sorted([*things, *free], key=lambda t: t.start), data, kinds.pop() if len(kinds) == 1 else None)


def _by_name(known: _Known, place: tuple[int, int], *, front: bool) -> list[str]:
    """What a place offers by name only: data, or what stands right at the predicate."""
    start, end = place
    if any(start <= a and b <= end for a, b in known.data):
        return ["data"]
    at = [t.kind for t in known.things if (t.end == end if front else t.start == start)]
    return [_WHAT[kind] for kind in at if kind in {MODEL_NAME, PROPOSED}][:1]


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
