"""Do the examples of a rule hold, and does every part of the rule need one of them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any, NamedTuple

from pydantic import ValidationError
from spacy.lang.en import English
from spacy.tokens import Doc

from arxivie.errors import PatternError
from arxivie.extent import Extent
from arxivie.rules.compile import RuleMatcher, document
from arxivie.rules.marks import Mark, parse, write
from arxivie.rules.names import NameIndex
from arxivie.rules.pack import Pack
from arxivie.rules.schema import Rule
from arxivie.text.words import cut


class Outcome(NamedTuple):
    """What a rule makes of an example: both sides written with marks, and the tokens."""

    kind: str
    example: str
    wanted: str
    got: str
    tokens: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the rule captures exactly what the example marks."""
        return self.wanted == self.got


class Prover:
    """Runs the examples of rules against a pack: its classes, and its names as context.

    A rule stands alone in its examples; mentions that it asks for (``IS = "dataset"``) come from the name lists.
    """

    def __init__(self, pack: Pack) -> None:
        self._classes = pack.classes
        self._vocab = English().vocab
        self._index = NameIndex(entry for entries in pack.names.values() for entry in entries)
        self._docs: dict[str, Doc] = {}
        self._phrasal = {f"@{name}" for name, c in pack.classes.items() if any(len(cut(w)[0]) > 1 for w in c.words)}

    def outcomes(self, rule: Rule) -> Iterator[Outcome]:
        """The outcome of every example of the rule: ``fires``, ``silent``, ``later``.

        Raises:
            PatternError: where the marks of an example are wrong or the rule cannot be compiled.
        """
        matcher = RuleMatcher(self._vocab, [rule], self._classes)
        for kind, examples in (("fires", rule.fires), ("silent", rule.silent), ("later", rule.later)):
            for example in examples:
                text, marks = parse(example)
                got = self._captures(matcher, text)
                tokens = tuple(token.text for token in self._doc(text))
                yield Outcome(kind, example, _written(text, set(marks)), _written(text, got), tokens)

    def idle_parts(self, rule: Rule) -> Iterator[str]:
        """The parts of a rule without which all its examples come out the same, in words."""
        examples = [parse(example) for example in (*rule.fires, *rule.silent)]
        for words, changed in _changes(rule, self._phrasal):
            try:
                matcher = RuleMatcher(self._vocab, [Rule.model_validate(changed)], self._classes)
            except (ValidationError, PatternError):
                continue  # the rule is none without the part
            if all(self._captures(matcher, text) == set(marks) for text, marks in examples):
                yield words

    def _doc(self, text: str) -> Doc:
        if text not in self._docs:
            self._docs[text] = document(self._vocab, text, self._index)
        return self._docs[text]

    def _captures(self, matcher: RuleMatcher, text: str) -> set[Mark]:
        doc = self._doc(text)
        return {
            Mark(Extent(doc[start].idx, doc[end - 1].idx + len(doc[end - 1])), label)
            for match in matcher(doc)
            for start, end, label in match.captures
        }


def _written(text: str, marks: set[Mark]) -> str:
    try:
        return write(text, marks)
    except PatternError:  # captures of several matches may overlap: list them
        return f"{write(text)}  {sorted((mark.extent.of(text), mark.label) for mark in marks)}"


def _changes(rule: Rule, phrasal: Set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rule without each of its parts, as the data of a rule.

    The ``OP`` of a ``phrasal`` class stays: its phrases need it, and a class is not proved word by word.
    """
    data = rule.model_dump(exclude_none=True, by_alias=True, mode="json")
    if rule.within:
        yield "within", {key: value for key, value in data.items() if key != "within"}
    for words, tokens in _without(data["tokens"], phrasal):
        yield f"tokens{words}", {**data, "tokens": tokens}
    unless = data["unless"]
    for at, pattern in enumerate(unless):
        yield f"unless[{at}]", {**data, "unless": unless[:at] + unless[at + 1 :]}
        for words, tokens in _without(pattern, phrasal):
            yield f"unless[{at}]{words}", {**data, "unless": [*unless[:at], tokens, *unless[at + 1 :]]}


def _without(pattern: list[dict[str, Any]], phrasal: Set[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The pattern without each of its tokens, operators, alternatives, and keys where a token has several."""
    for at, token in enumerate(pattern):
        before, after = pattern[:at], pattern[at + 1 :]
        if len(pattern) > 1:
            yield f"[{at}]", before + after
        said = [key for key in token if key not in {"OP", "AS"}]
        for key in [
            *(said if len(said) > 1 else ()),
            *(("OP",) if "OP" in token and token.get("IS") not in phrasal else ()),
        ]:
            yield f"[{at}].{key}", [*before, {k: v for k, v in token.items() if k != key}, *after]
        for key in said:
            value = token[key]
            for word in value.get("IN", ()) if isinstance(value, Mapping) else ():
                fewer = {**value, "IN": [other for other in value["IN"] if other != word]}
                yield f"[{at}].{key}.IN {word!r}", [*before, {**token, key: fewer}, *after]
