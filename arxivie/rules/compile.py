"""Rules as spaCy Matcher patterns; the only module of `arxivie.rules` that knows spaCy.

A `Matcher` looks at one value for each attribute of a token, but a token can lie in several mentions and classes at
once. So a match runs on a copy of the Doc whose tags list them (``|dataset|name|``), and ``IS`` looks into that tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, cast

from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from arxivie.errors import PatternError
from arxivie.rules.names import NameIndex
from arxivie.rules.schema import Rule, TokenPattern, WordClass
from arxivie.text.words import cut

_NOTHING = "_"


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
        self._rules = {rule.id: rule for rule in rules}
        self._classes = classes
        self._vocab = vocab
        self._matcher = Matcher(vocab)
        used = {token.IS for rule in rules for pattern in (rule.tokens, *rule.unless) for token in pattern if token.IS}
        needed = {name[1:]: classes[name[1:]] for name in used if name[0] == "@"}
        self._labels = sorted(name for name in used if name[0] != "@")
        self._regexes = {name: (re.compile(c.regex), frozenset(c.without)) for name, c in needed.items() if c.regex}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        lists: dict[str, list[str]] = {}
        for name, word_class in needed.items():
            phrases = [tuple(cut(words)[0]) for words in word_class.words]
            if phrases and max(map(len, phrases)) == 1:
                lists[name] = list(word_class.words)
                continue
            for phrase in phrases:
                self._phrases.setdefault(phrase[0], []).append((phrase, name))
        for rule in rules:
            for at, pattern in enumerate((rule.tokens, *rule.unless)):
                compiled = [_compile(token, lists) for token in pattern]
                try:
                    self._matcher.add(_pattern_id(rule, at), [compiled], greedy=None if at else "LONGEST")
                except ValueError as error:
                    raise PatternError(f"{rule.id}: {error}") from None

    def __reduce__(self) -> tuple[type[RuleMatcher], tuple[Vocab, list[Rule], Mapping[str, WordClass]]]:
        """Compile again: a pickled spaCy Matcher forgets that its patterns are greedy."""
        return RuleMatcher, (self._vocab, list(self._rules.values()), self._classes)

    def __call__(self, doc: Doc) -> Iterator[Match]:
        """The matches of all rules, longest first within a rule, by start."""
        if not self._rules or not len(doc):
            return
        found: dict[str, list[tuple[int, int, list[int]]]] = {}
        strings = doc.vocab.strings
        words, spaces = [], []
        for token in doc:
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
        inner: dict[str, set[int]] = {}
        found_at = self._matcher(self._marked(doc, words, spaces, inner), with_alignments=True)
        matches = cast("list[tuple[int, int, int, list[int]]]", found_at)
        for match_id, start, end, alignment in matches:
            found.setdefault(strings[match_id], []).append((start, end, alignment))
        title_end = next((i for i, word in enumerate(words) if "\n" in word), 0)
        for rule in self._rules.values():
            stops = [(s, e) for at in range(len(rule.unless)) for s, e, _ in found.get(_pattern_id(rule, at + 1), ())]
            for start, end, alignment in sorted(found.get(rule.id, ())):
                if any(s < end and start < e for s, e in stops):
                    continue
                if rule.within and (end <= title_end) != (rule.within == "title"):
                    continue
                if _cuts(rule, start, alignment, inner):
                    continue
                yield Match(rule, start, end, _captures(rule, start, alignment))

    def _marked(self, doc: Doc, words: list[str], spaces: list[bool], inner: dict[str, set[int]]) -> Doc:
        """A copy of the Doc whose tags say what each token is part of; ``inner`` gets where that must not be cut."""
        marks: dict[int, set[str]] = {}

        def mark(start: int, end: int, name: str) -> None:
            for i in range(start, end):
                marks.setdefault(i, set()).add(name)
            if end > start + 1:
                inner.setdefault(name, set()).update(range(start + 1, end))

        for label in self._labels:
            for span in doc.spans.get(label, ()):
                if not span.id_.endswith("weak"):
                    mark(span.start, span.end, label)
        if self._phrases:
            lower = [word.lower() for word in words]
            for i, word in enumerate(lower):
                for phrase, name in self._phrases.get(word, ()):
                    if tuple(lower[i : i + len(phrase)]) == phrase:
                        mark(i, i + len(phrase), "@" + name)
        if self._regexes:
            starts: dict[int, int] = {}
            ends: dict[int, int] = {}
            at = 0
            for i, word in enumerate(words):
                starts[at] = i
                at += len(word)
                ends[at] = i + 1
                at += spaces[i]
            for name, (regex, without) in self._regexes.items():
                for match in regex.finditer(doc.text):
                    start, end = starts.get(match.start()), ends.get(match.end())
                    if start is not None and end is not None and match[0].lower() not in without:
                        mark(start, end, "@" + name)
        tags = [_NOTHING] * len(words)
        for i, names in marks.items():
            tags[i] = f"|{'|'.join(sorted(names))}|"
        sent_starts: list[bool | int | None] | None = None
        if doc.has_annotation("SENT_START"):
            sent_starts = [token.is_sent_start for token in doc]
        return Doc(doc.vocab, words=words, spaces=spaces, tags=tags, sent_starts=sent_starts)


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


def _pattern_id(rule: Rule, at: int) -> str:
    return f"{rule.id}#{at}" if at else rule.id


def _compile(token: TokenPattern, lists: Mapping[str, list[str]]) -> dict[str, Any]:
    pattern: dict[str, Any] = token.model_dump(exclude_none=True, exclude={"IS", "AS"}, by_alias=True)
    if token.IS and token.IS[1:] in lists and token.IS[0] == "@":
        wanted = pattern.get("LOWER", {})
        if isinstance(wanted, str) or "IN" in wanted:
            raise PatternError(f"IS = {token.IS!r} and LOWER in one token: give one of them")
        pattern["LOWER"] = {**wanted, "IN": lists[token.IS[1:]]}
    elif token.IS:
        pattern["TAG"] = {"REGEX": rf"\|{re.escape(token.IS)}\|"}
    return pattern


def _cuts(rule: Rule, start: int, alignment: Sequence[int], inner: Mapping[str, set[int]]) -> bool:
    """Whether a run of tokens with the same ``IS`` begins or ends within a mention or a phrase of that class.

    Where two runs meet within a phrase of both classes, the alignment is arbitrary and nothing is cut.
    """
    said = [rule.tokens[at].IS or "" for at in alignment]
    for i, (left, right) in enumerate(pairwise(["", *said, ""]), start):
        cut_left, cut_right = i in inner.get(left, ()), i in inner.get(right, ())
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
