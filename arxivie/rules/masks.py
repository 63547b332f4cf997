"""Which tokens of a Doc satisfy what: a mask is one integer whose bit ``i`` stands for token ``i``.

So a whole Doc is asked at once, and `arxivie.rules.sequence` finds sequences by shifting. A predicate has a name: a
mention label (``dataset``), a word class (``@data-noun``), or the JSON of the other keys of a token pattern.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from arxivie.rules.schema import TokenPattern, WordClass
from arxivie.rules.tokens import Tokens, tokens_of
from arxivie.text.words import cut

#: words whose answers are kept; a long run meets ever new ones
_KEPT_WORDS = 60_000
#: keys that do not depend on the word alone
_CONTEXT = frozenset({"IS_SENT_START", "SPACY"})


def predicates(token: TokenPattern) -> tuple[str, ...]:
    """The names of all that a token must satisfy."""
    keys = token.model_dump(exclude_none=True, exclude={"IS", "AS", "OP"}, by_alias=True)
    return (*([token.IS] if token.IS else ()), *([json.dumps(keys)] if keys else ()))


class Predicates:
    """The predicates of some token patterns, compiled for a vocabulary.

    Lower-case words are looked up; whatever else stands in a pattern, spaCy's own `Matcher` answers.
    """

    def __init__(self, vocab: Vocab, patterns: Iterable[TokenPattern], classes: Mapping[str, WordClass]) -> None:
        self.labels: list[str] = []
        #: first word -> the phrases that begin with it, with the predicates that they satisfy
        self.phrases: dict[str, list[tuple[list[str], str]]] = {}
        self.regexes: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {}
        #: the matcher of one token, and what it has said of words where their neighbours do not matter
        self.others: dict[str, tuple[Matcher, dict[str, bool] | None]] = {}
        for name in sorted({name for pattern in patterns for name in predicates(pattern)}):
            if name[0] == "@":
                self._add_class(name, classes[name[1:]])
            elif name[0] == "{":
                self._add_keys(name, json.loads(name), vocab)
            else:
                self.labels.append(name)

    def _add_class(self, name: str, word_class: WordClass) -> None:
        if word_class.regex:
            self.regexes[name] = re.compile(word_class.regex), frozenset(word_class.without)
        for words in word_class.words:
            phrase = cut(words)[0]
            self.phrases.setdefault(phrase[0], []).append((phrase, name))

    def _add_keys(self, name: str, keys: Mapping[str, object], vocab: Vocab) -> None:
        words = _in_lower_case(keys)
        for word in words:
            self.phrases.setdefault(word, []).append(([word], name))
        if not words:
            self.others[name] = Matcher(vocab), None if _CONTEXT & keys.keys() else {}
            self.others[name][0].add(name, [[dict(keys)]])

    def dear(self, name: str) -> bool:
        """Whether a predicate should be asked only where the cheap ones hold."""
        return name in self.regexes or name in self.others


def _in_lower_case(keys: Mapping[str, object]) -> list[str]:
    """The words of which a token must be one, whatever its case; none where the keys of its pattern ask for more."""
    match dict(keys):
        case {"LOWER": str(word), **others} if not others:
            return [word]
        case {"LOWER": {"IN": [*words], **more}, **others} if not (more or others):
            return words
    return []


class Masks(dict[str, int]):
    """Predicate -> the tokens of one Doc that satisfy it; those that take long are asked when they are looked up.

    Attributes:
        inner: predicate -> the tokens in front of which a mention or a phrase would be cut in two.
        length: the number of tokens.
    """

    def __init__(self, asked: Predicates, doc: Doc) -> None:
        super().__init__()
        self.inner: dict[str, int] = {}
        self.length = len(doc)
        self._asked = asked
        self._doc = doc
        self._tokens: Tokens = tokens_of(doc)
        for label in asked.labels:
            for span in doc.spans.get(label, ()):
                if not span.id_.endswith("weak"):
                    self._mark(span.start, span.end, label)
        lower = self._tokens.lower
        for i, word in enumerate(lower):
            for phrase, name in asked.phrases.get(word, ()):
                if len(phrase) == 1 or lower[i : i + len(phrase)] == phrase:
                    self._mark(i, i + len(phrase), name)

    def __missing__(self, name: str) -> int:
        if name in self._asked.regexes:
            return self.setdefault(name, self._search(name))
        return self.setdefault(name, self._ask(name) if name in self._asked.others else 0)

    def _search(self, name: str) -> int:
        regex, without = self._asked.regexes[name]
        starts, ends = self._tokens.edges
        mask = inner = 0
        for match in regex.finditer(self._tokens.text):
            first, last = match.span()
            start, end = starts.get(first), ends.get(last)
            if start is not None and end is not None and not (without and match[0].lower() in without):
                mask |= (1 << end) - (1 << start)
                inner |= (1 << end) - (2 << start)
        self.inner[name] = inner
        return mask

    def _ask(self, name: str) -> int:
        """What spaCy says, once a word where it can."""
        matcher, known = self._asked.others[name]
        if known is None:
            return sum(1 << start for _, start, _ in matcher(self._doc))
        if len(known) > _KEPT_WORDS:
            known.clear()
        words = self._tokens.texts
        new = [word for word in dict.fromkeys(words) if word not in known]
        said = {start for _, start, _ in matcher(Doc(self._doc.vocab, words=new))} if new else set()
        known.update((word, i in said) for i, word in enumerate(new))
        return sum(1 << i for i, word in enumerate(words) if known[word])

    def _mark(self, start: int, end: int, name: str) -> None:
        self[name] = self.get(name, 0) | (1 << end) - (1 << start)
        if end > start + 1:
            self.inner[name] = self.inner.get(name, 0) | (1 << end) - (2 << start)
