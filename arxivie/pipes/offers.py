"""What a clause offers to others, and whether now or later: shared by links and releases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from arxivie.rules.compile import Match, RuleMatcher
from arxivie.rules.pack import Pack

#: what joins the members of a list, behind which a noun is offered again
_JOINTS = frozenset({",", "and", "&", "/", "or", ";", "plus"})
#: what joins two verbs of a description: "for training and testing models"
_PAIRS = frozenset({"and", "or"})
#: what makes a joint of a preposition: "together with", "as well as"
_TOGETHER = frozenset(
    {
        (",", "with"),
        ("along", "with"),
        ("with", "accompanying"),
        ("with", "corresponding"),
        ("jointly", "with"),
        ("together", "with"),
        ("well", "as"),
    }
)
#: words that begin a clause, which runs on over most joints
_AIMS = frozenset({"that", "to", "which"})
#: behind "as" and one of these stands what a thing of an unknown kind is
_ARTICLES = frozenset({"a", "an"})
_LINK_TO = frozenset({("link", "to"), ("links", "to"), ("refer", "to")})
#: behind one of these a noun is no longer part of the compound in front
_BREAKS = frozenset({"(", ")", "[", "]", "--", "---", "–", "—", ":"})
#: the kinds of things that are known by their names only: data, models, and what the authors propose
NAMED, MODEL_NAME, PROPOSED = "named", "model-name", "proposed"
NAMES = frozenset({NAMED, MODEL_NAME, PROPOSED})
#: a "demo video" is both
_SHOWN = frozenset({"demo", "video"})


class Thing:
    """A noun of an offer: its tokens, its kind and the rule that found it."""

    __slots__ = ("end", "kind", "rule", "start")

    def __init__(self, start: int, end: int, kind: str, rule: str) -> None:
        self.start, self.end, self.kind, self.rule = start, end, kind, rule


class OfferReader:
    """Reads offers with the rules of ``patterns/link`` and those of further labels. Picklable.

    A rule of a further label that sets ``things = "itself"`` captures what is offered, like those of ``patterns/link``.
    """

    def __init__(self, vocab: Vocab, pack: Pack, labels: Iterable[str] = ("link",)) -> None:
        self._matcher = RuleMatcher(vocab, pack.rules_of(labels), pack.classes)
        self._openers = pack.words["phrase-opener"] | pack.words["content-verb"]
        self._collectives = pack.words["collective-noun"]
        self._clauses = pack.words["clause-opener"]
        self._verbs = pack.words["next-verb"]
        self._late = pack.words["late-promise"]
        self._promises = [tuple(words.split()) for words in pack.words["promise-word"]]

    def match(self, sentences: Iterable[Span]) -> tuple[list[Thing], list[Match]]:
        """The nouns of some sentences that may be offered, in order, and the matches of the other labels' rules."""
        things: list[Thing] = []
        others: list[Match] = []
        for sentence in sentences:
            at = sentence.start
            words, spaces = [t.text for t in sentence], [bool(t.whitespace_) for t in sentence]
            for match in self._matcher(Doc(sentence.vocab, words=words, spaces=spaces)):
                if match.rule.label == "link" or match.rule.sets.get("things") == "itself":
                    things += [Thing(c.start + at, c.end + at, c.label, match.rule.id) for c in match.captures]
                else:
                    others.append(match._replace(start=match.start + at, end=match.end + at))
        things.sort(key=lambda t: (t.start, t.end))
        return things, sorted(others, key=lambda m: (m.start, m.end))

    def offered(
        self, words: Sequence[str], things: Iterable[Thing], start: int, end: int, *, behind: bool = False
    ) -> list[Thing]:
        """The nouns within [start, end) that are offered themselves rather than describe what is.

        They are the heads of the phrases that joints link. In "the code for training models and the data" these are
        code and data, in "a dataset with labels" and "a dataset the models need" the dataset alone, and of a compound
        ("model code") the last noun. ``behind`` a verb, the first phrase begins at once, be its noun known or not,
        "with" behind a first name or unknown word is a joint, and the list ends where a new verb begins. A name behind
        a description ("code to load and show MossTree") belongs to it.
        """
        inside = [t for t in things if start <= t.start and t.end <= end]
        at = {t.start: t for t in inside}
        kept: list[Thing] = []
        head: Thing | None = None
        described = ever = aim = False
        for i in range(start, end):
            word = words[i]
            beside = behind and word == "with" and i == start + 1 and (head is None or head.kind in NAMES)
            if beside or word in _JOINTS or (i > start and (words[i - 1], word) in _TOGETHER):
                after = words[i + 1] if i + 1 < end else ""
                if behind and after in self._verbs:
                    break
                if described and word in _PAIRS and after.endswith("ing") and not {i + 1, i + 2} & at.keys():
                    continue
                if not aim or i + 1 in at or after in self._clauses:
                    described, head, aim = False, None, False
            elif word in _BREAKS:
                head = None
            elif behind and word == "as" and not kept and i + 1 < end and words[i + 1] in _ARTICLES:
                described = False
            elif word in self._openers and "-" not in (words[i - 1], words[min(i + 1, end - 1)]):
                seen = any(t.end <= i for t in inside) or (behind and i > start and words[i - 1] not in _JOINTS)
                whole = (
                    (words[i - 1], word) in _LINK_TO
                    or (i + 1 < end and (word, words[i + 1]) in _TOGETHER)
                    or (word == "of" and words[i - 1] in self._collectives and not any(t.end == i for t in inside))
                )
                described = described or (seen and not whole)
                ever = ever or described
                aim = aim or (behind and described and word in _AIMS)
            elif word in self._clauses and head:
                described = True
            elif i in at and not described and not (ever and at[i].kind in NAMES):
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
    """The first token of the last clause in [start, end).

    It begins behind a semicolon, a stop that lacks its space, what a linker made of such a stop ("this http URL"), or
    the bracket around a sentence of its own.
    """
    depth = 0
    for i in range(end - 2, start, -1):
        depth += (doc[i].text == ")") - (doc[i].text == "(")
        if depth < 0 and doc[i + 1].text.istitle():
            return i + 1
        if doc[i].text == "URL" and doc[i - 1].text == "http":
            return i + 1
        if doc[i].text in ";!?" or (doc[i].text == "." and doc[i + 1].text.istitle() and not doc[i].whitespace_):
            return i + 1
    return start


def distinct(kinds: Iterable[str]) -> list[str]:
    """Each kind once, in the order of the text."""
    return list(dict.fromkeys(kinds))
