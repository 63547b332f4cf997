"""What a clause offers to others, and whether now or later: shared by links and releases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc
from spacy.vocab import Vocab

from arxivie.rules.compile import Match, RuleMatcher
from arxivie.rules.pack import Pack

#: what joins the members of a list, behind which a noun is offered again
_JOINTS = frozenset({",", "and", "&", "/", "or", ";", "plus", "with"})

_AS_WELL = ("as", "well", "as")
#: a "demo video" is both
_SHOWN = frozenset({"demo", "video"})


class Thing:
    """A noun of an offer: its tokens, its kind and the rule that found it."""

    __slots__ = ("end", "kind", "rule", "start")

    def __init__(self, start: int, end: int, kind: str, rule: str) -> None:
        self.start, self.end, self.kind, self.rule = start, end, kind, rule


class OfferReader:
    """Reads offers with the rules of ``patterns/link`` and those of further labels. Picklable."""

    def __init__(self, vocab: Vocab, pack: Pack, labels: Iterable[str] = ("link",)) -> None:
        self._matcher = RuleMatcher(vocab, pack.rules_of(labels), pack.classes)
        self._openers = pack.words["phrase-opener"]
        self._promises = [tuple(words.split()) for words in pack.words["promise-word"]]

    def match(self, doc: Doc) -> tuple[list[Thing], list[Match]]:
        """The nouns that may be offered, in order, and the matches of the other labels' rules."""
        things: list[Thing] = []
        others: list[Match] = []
        for match in self._matcher(doc):
            if match.rule.label == "link":
                things += [Thing(c.start, c.end, c.label, match.rule.id) for c in match.captures]
            else:
                others.append(match)
        things.sort(key=lambda t: (t.start, t.end))
        return things, sorted(others, key=lambda m: (m.start, m.end))

    def offered(self, words: Sequence[str], things: Iterable[Thing], start: int, end: int) -> list[Thing]:
        """The nouns within [start, end) that are offered themselves rather than describe what is.

        In "the code for training models and the data" these are code and data.
        """
        inside = [t for t in things if start <= t.start and t.end <= end]
        kept = []
        described = False
        at = {t.start: t for t in inside}
        for i in range(start, end):
            if words[i] in _JOINTS or tuple(words[i : i + 3]) == _AS_WELL:
                described = False
            elif (
                words[i] in self._openers
                and tuple(words[i - 2 : i + 1]) != _AS_WELL
                and any(t.end <= i for t in inside)
            ):
                described = True
            elif i in at and not described:
                kept.append(at[i])
        # of compounds, the last noun says what it is: "model code", "data repository"
        return [t for t in kept if t.kind in _SHOWN or not any(o.start == t.end for o in kept)]

    def promised(self, words: Sequence[str], start: int, end: int) -> bool:
        """Whether the offer in [start, end) lies in the future."""
        here = tuple(words[start:end])
        return any(
            here[i : i + len(phrase)] == phrase for phrase in self._promises for i in range(len(here) - len(phrase) + 1)
        )


def clause_start(doc: Doc, start: int, end: int) -> int:
    """The first token of the last clause in [start, end): behind a semicolon, or a stop that lacks its space."""
    for i in range(end - 2, start, -1):
        if doc[i].text in ";!?" or (doc[i].text == "." and doc[i + 1].is_title and not doc[i].whitespace_):
            return i + 1
    return start


def distinct(kinds: Iterable[str]) -> list[str]:
    """Each kind once, in the order of the text."""
    return list(dict.fromkeys(kinds))
