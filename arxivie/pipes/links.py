"""Addresses as links: the component ``arxivie_links``.

What an address holds is said by the nouns in front of it ("code and data at A and B"), else by its host; a noun counts
for every address up to the next noun.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from arxivie.pipes.addresses import Address, AddressReader
from arxivie.pipes.entities import stored_entities
from arxivie.pipes.offers import NAMED, OfferReader, Thing, clause_start, distinct
from arxivie.pipes.sentences import with_sentences
from arxivie.resources import patterns_dir
from arxivie.rules.pack import Pack, load_pack
from arxivie.rules.tokens import tokens_of

KEY = "arxivie_links"
LABEL = "link"
#: what comes behind an address may still say that it is a promise: "[to be made public upon acceptance]"
_TAIL = 8
#: the page of a project shows these; whatever else it shows is no kind of the address
_ON_PAGES = frozenset({"code", "demo", "video"})
#: kinds that say nothing about an address
_ELSEWHERE = frozenset({"items", "matter", NAMED, "tool"})
#: kinds that leave it to the host what an address is
_VAGUE = frozenset({"details", "resources"})
_STOPS = frozenset({".", ";"})
_CLOSERS = frozenset(")}]")
#: what may stand between two addresses that hold the same
_JOINTS = frozenset({"and", "at", "from", "on", "or", "texttt", "url", "via"})


@lru_cache(maxsize=1)
def hosts() -> tuple[tuple[re.Pattern[str], str], ...]:
    """``patterns/link/hosts.toml``: (expression, kind), the first that is found counts."""
    file = patterns_dir() / "link" / "hosts.toml"
    entries = tomllib.loads(file.read_text("utf-8"))["host"]
    return tuple((re.compile(entry["regex"], re.IGNORECASE), str(entry["kind"])) for entry in entries)


class LinkFinder:
    """The component: leaves plain dicts under ``doc.user_data["arxivie_links"]`` and spans in ``doc.spans["link"]``.

    A link has ``url``, ``kinds``, ``status`` (``available`` or ``promised``), ``start`` and ``end`` (tokens), ``rule``.
    With entities, "X is available at" asks whether X is a dataset.
    """

    def __init__(self, nlp: Language, pack: Pack) -> None:
        self._reader = OfferReader(nlp.vocab, pack)
        self._addresses = AddressReader(pack.words["top-domain"], pack.words["address-cue"])
        self._sends = pack.words["see-verb"]
        self._cues = pack.words["address-cue"]
        self._openers = pack.words["place-opener"] | {":"}

    def __call__(self, doc: Doc) -> Doc:
        """Store the links of ``doc``."""
        links = self.find(with_sentences(doc))
        doc.user_data[KEY] = links
        doc.spans[LABEL] = [Span(doc, x["start"], x["end"], label=LABEL, span_id=x["rule"]) for x in links]
        return doc

    def find(self, doc: Doc) -> list[dict[str, Any]]:
        """The links of ``doc``, which stays unchanged."""
        found = list(self._addresses(tokens_of(doc).text))
        if not found:
            return []
        starts = [token.idx for token in doc]
        places = [(bisect_right(starts, a.start) - 1, bisect_right(starts, a.end - 1)) for a in found]
        words = tokens_of(doc).lower
        things, _ = self._reader.match(s for s in doc.sents if any(s.start <= start < s.end for start, _ in places))
        inside_address = {i for start, end in places for i in range(start, end)}
        things = [t for t in things if t.start not in inside_address and t.kind not in _ELSEWHERE]
        sentences = [s.start for s in doc.sents]
        links: list[dict[str, Any]] = []
        for k, (address, (start, end)) in enumerate(zip(found, places, strict=True)):
            sentence = sentences[bisect_right(sentences, start) - 1]
            previous = links[-1] if k and places[k - 1][1] > sentence else None
            begin = places[k - 1][1] if previous else sentence
            kinds, rule = self._kinds(doc, words, things, address, (begin, start, end))
            if (
                rule == "link.host"
                and previous
                and previous["rule"] != "link.entity"
                and not any(w.isalpha() for w in words[begin:start] if w not in _JOINTS)
            ):
                kinds, rule = previous["kinds"], previous["rule"]
            promised = self._reader.promised(words, begin, start) or self._promised_behind(words, end)
            if previous and not promised and begin < start:
                promised = previous["status"] == "promised"
            if any(link["url"] == address.url for link in links):
                continue
            links.append(
                {
                    "url": address.url,
                    "kinds": kinds,
                    "status": "promised" if promised else "available",
                    "start": start,
                    "end": end,
                    "rule": rule,
                }
            )
        return links

    def _kinds(
        self, doc: Doc, words: Sequence[str], things: Sequence[Thing], address: Address, place: tuple[int, int, int]
    ) -> tuple[list[str], str]:
        begin, end, after = clause_start(doc, *place[:2]), *place[1:]
        datasets = [e for e in stored_entities(doc) if e.label == "dataset"]
        named = [m for e in datasets for m in e.mentions if begin <= m[0] and m[1] <= end]
        sends = bool(self._sends.intersection(words[begin:end]))
        if words[end - 1] not in self._openers and not sends and not self._cues.intersection(words[begin:end]):
            # nothing is said to lie there, but what stands directly in front may be its name
            ends = {end} if words[end - 1] == "." else {end, end - 1}
            spans = [*((t.start, t.end) for t in things if begin <= t.start), *named]
            begin = max((first for first, last in spans if last in ends), default=end)
        offered = self._reader.offered(words, things, begin, end)
        sought = self._sought(words, things, after) if sends else []
        offered += sought
        host = next(kind for regex, kind in hosts() if regex.search(address.url))
        if offered:
            pages = [t.kind for t in things if begin <= t.start < end] + [t.kind for t in sought]
            kinds = _kinds_of([t.kind for t in offered], [k for k in pages if k in _ON_PAGES], host, keep=sends)
            if self._is_page(words, things, begin, end):
                kinds = distinct([*(k for k in kinds if k != "other"), "project"])
            return kinds, offered[0].rule
        if any(begin <= m[0] for m in named) and host in {"code", "project"}:
            return ["data"], "link.entity"
        return [host], "link.host"

    def _is_page(self, words: Sequence[str], things: Sequence[Thing], begin: int, end: int) -> bool:
        """Whether the words directly in front of an address say that it is a page: "on our project page (…"."""
        ends = [t.end for t in things if t.kind == "project" and begin <= t.start and t.end <= end]
        return any(not any(w.isalpha() and w not in self._openers for w in words[last:end]) for last in ends)

    def _sought(self, words: Sequence[str], things: Sequence[Thing], end: int) -> list[Thing]:
        """What the reader is sent for: "see https://moss.org for code and data"."""
        while end < len(words) and words[end] in _CLOSERS:
            end += 1
        if words[end : end + 1] != ["for"]:
            return []
        stop = next((i for i in range(end, len(words)) if words[i] in _STOPS), len(words))
        return self._reader.offered(words, things, end + 1, stop, behind=True)

    def _promised_behind(self, words: Sequence[str], end: int) -> bool:
        tail = end
        while tail < len(words) and tail < end + _TAIL and words[tail] not in _STOPS:
            tail += 1
        return self._reader.late(words[end:tail])


def _kinds_of(said: Sequence[str], on_page: Sequence[str], host: str, *, keep: bool) -> list[str]:
    """The kinds of an address at a kind of host, by the kinds of the nouns that it is said to hold.

    The page of a project that is spoken of among them is none, unless the reader is sent there (``keep``).
    """
    kinds = distinct("other" if kind == "result" else kind for kind in said)
    if kinds[0] == "details":
        return distinct([host, *(k for k in kinds if k not in {*_VAGUE, "other"})])
    if _VAGUE.issuperset(kinds):
        return distinct([host, "data"])
    kinds = [k for k in kinds if k not in _VAGUE]
    if kinds[0] == "project":
        return distinct(["project", *on_page])
    less = {"paper"} if keep else {"paper", "project"}
    return [k for k in kinds if k not in less] or kinds


def make_links(nlp: Language, name: str, packs: Sequence[str | Path] = ()) -> LinkFinder:
    """The factory of ``arxivie_links``; ``packs`` are folders of a user's own packs."""
    del name
    return LinkFinder(nlp, load_pack(packs))
