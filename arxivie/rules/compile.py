"""Rules compiled for a vocabulary: what matches in a Doc, and what it captures.

A token can lie in several mentions and classes at once (``IS``), which spaCy's `Matcher` cannot ask for; so the masks
of a Doc (`arxivie.rules.masks`) say what each token satisfies, and `arxivie.rules.sequence` finds the rules in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from arxivie.rules.masks import Masks, Predicates
from arxivie.rules.names import NameIndex
from arxivie.rules.schema import Rule, TokenPattern, WordClass
from arxivie.rules.sequence import TokenSequence
from arxivie.rules.tokens import tokens_of
from arxivie.text.words import cut


class Capture(NamedTuple):
    """The tokens ``start:end`` are a ``label``."""

    start: int
    end: int
    label: str


class Match(NamedTuple):
    """A rule matched the tokens ``start:end``; captures by start."""

    rule: Rule
    start: int
    end: int
    captures: tuple[Capture, ...]


class RuleMatcher:
    """Rules compiled for a vocabulary. Picklable.

    Args:
        vocab: the vocabulary of the Docs to come.
        rules: any labels mixed.
        classes: the word classes that they use.
    """

    def __init__(self, vocab: Vocab, rules: Sequence[Rule], classes: Mapping[str, WordClass]) -> None:
        self._made_of = vocab, rules, classes
        patterns = [pattern for rule in rules for pattern in (rule.tokens, *rule.unless)]
        self._asked = Predicates(vocab, chain.from_iterable(patterns), classes)
        self._rules = [
            (rule, self._compiled(rule.tokens), [self._compiled(pattern) for pattern in rule.unless]) for rule in rules
        ]

    def _compiled(self, patterns: Sequence[TokenPattern]) -> TokenSequence:
        return TokenSequence(patterns, self._asked.dear)

    def __reduce__(self) -> tuple[type[RuleMatcher], tuple[Vocab, Sequence[Rule], Mapping[str, WordClass]]]:
        return RuleMatcher, self._made_of

    def __call__(self, doc: Doc) -> Iterator[Match]:
        """The matches of all rules, longest first within a rule, by start."""
        if not len(doc):
            return
        masks = Masks(self._asked, doc)
        line_break = max(0, tokens_of(doc).title_end - 1)
        for rule, tokens, unless in self._rules:
            found = tokens.longest(masks)
            stops = [(start, end) for pattern in unless for start, end, _ in pattern.find(masks)] if found else []
            for start, end, alignment in found:
                if any(s < end and start < e for s, e in stops):
                    continue
                if rule.within and (end <= line_break) != (rule.within == "title"):
                    continue
                if _cuts(rule, start, alignment, masks.inner):
                    continue
                yield Match(rule, start, end, _captures(rule, start, alignment))


def document(vocab: Vocab, text: str, index: NameIndex) -> Doc:
    """The Doc that the pipeline shows to the rules: tokens, and the names of the lists in ``doc.spans``."""
    words, spaces = cut(text)
    doc = Doc(vocab, words=words, spaces=spaces)
    for start, end, entry in index.find(words):
        if entry.label not in doc.spans:
            doc.spans[entry.label] = []
        span = Span(doc, start, end, label=entry.label, kb_id=entry.canonical, span_id=entry.rule)
        doc.spans[entry.label].append(span)
    return doc


def _cuts(rule: Rule, start: int, alignment: Sequence[int], inner: Mapping[str, int]) -> bool:
    """Whether a run of tokens with the same ``IS`` begins or ends within a mention or a phrase of that class.

    Where two runs meet within a phrase of both classes, the alignment is arbitrary and nothing is cut.
    """
    said = [rule.tokens[at].IS or "" for at in alignment]
    for i, (left, right) in enumerate(pairwise(["", *said, ""]), start):
        cut_left, cut_right = inner.get(left, 0) >> i & 1, inner.get(right, 0) >> i & 1
        if left != right and cut_left != cut_right:
            return True
    return False


def _captures(rule: Rule, start: int, alignment: Iterable[int]) -> tuple[Capture, ...]:
    labels = [rule.tokens[at].AS for at in alignment]
    if not any(token.AS for token in rule.tokens):
        return (Capture(start, start + len(labels), rule.label),)
    made: list[Capture] = []
    for i, label in enumerate(labels, start):
        if label is None:
            continue
        if made and made[-1].end == i and made[-1].label == label:
            made[-1] = made[-1]._replace(end=i + 1)
        else:
            made.append(Capture(i, i + 1, label))
    return tuple(made)
