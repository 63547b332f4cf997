"""What a clause offers to others, and whether now or later: shared by links and releases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc
from spacy.vocab import Vocab

from arxivie.rules.compile import Match, RuleMatcher
from arxivie.rules.pack import Pack

#: what joins the members of a list, behind which a noun is offered again
_JOINTS = frozenset({",", "and", "&", "/", "or", ";", "plus"})
#: what makes a joint of a preposition: "together with", "as well as"
_TOGETHER = frozenset({("along", "with"), ("jointly", "with"), ("together", "with"), ("well", "as")})
_LINK_TO = frozenset({("link", "to"), ("links", "to")})
#: behind one of these a noun is no longer part of the compound in front
_BREAKS = frozenset({"(", ")", "[", "]", "--", "---", "–", "—", ":"})
#: the kind of a thing that is known by its name only
NAMED = "named"
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
        self._collectives = pack.words["collective-noun"]
        self._clauses = pack.words["clause-opener"]
        self._verbs = pack.words["next-verb"]
        self._late = pack.words["late-promise"]
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

    def offered(
        self, words: Sequence[str], things: Iterable[Thing], start: int, end: int, *, behind: bool = False
    ) -> list[Thing]:
        """The nouns within [start, end) that are offered themselves rather than describe what is.

        They are the heads of the phrases that joints link. In "the code for training models and the data" these are
        code and data, in "a dataset with labels" and "a dataset the models need" the dataset alone, and of a compound
        ("model code") the last noun. ``behind`` a verb, the first phrase begins at once, be its noun known or not. A name
        of data behind a description ("code to load and show MossTree") belongs to it.
        """
        inside = [t for t in things if start <= t.start and t.end <= end]
        at = {t.start: t for t in inside}
        kept: list[Thing] = []
        head: Thing | None = None
        described = ever = False
        for i in range(start, end):
            word = words[i]
            if word in _JOINTS or (i > start and (words[i - 1], word) in _TOGETHER):
                if behind and i + 1 < end and words[i + 1] in self._verbs:
                    break
                described, head = False, None
            elif word in _BREAKS:
                head = None
            elif word in self._openers and "-" not in (words[i - 1], words[min(i + 1, end - 1)]):
                seen = any(t.end <= i for t in inside) or (behind and i > start and words[i - 1] not in _JOINTS)
                whole = (words[i - 1], word) in _LINK_TO or (
                    word == "of" and words[i - 1] in self._collectives and not any(t.end == i for t in inside)
                )
                described = described or (seen and not whole)
                ever = ever or described
            elif word in self._clauses and head:
                described = True
            elif i in at and not described and not (ever and at[i].kind == NAMED):
                if head and (i < head.end or (head.kind in _SHOWN and at[i].kind == "result")):
                    continue
                if head and not {head.kind, at[i].kind} <= _SHOWN:
                    kept.remove(head)
                head = at[i]
                kept.append(head)
        return kept

    def late(self, words: Iterable[str]) -> bool:
        """Whether words behind an offer put it into the future."""
        return any(word in self._late for word in words)

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
