"""The component ``arxivie_abbreviations``: acronyms and the long forms that the text gives for them.

After Schwartz and Hearst (2003), on tokens, with one change: among the long forms that could be meant, the one wins in
which most letters of the acronym begin a word and fewest words go without a letter. Found are ``long form (ACRONYM)``,
``ACRONYM (long form)``, ``long form, called ACRONYM`` and, in titles, ``ACRONYM: long form``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from arxivie.rules.pack import load_pack
from arxivie.rules.tokens import tokens_of

KEY = "arxivie_abbreviations"

_OPEN, _CLOSE = "([", ")]"
#: no long form goes across one of these
_STOPS = frozenset('.,;:?!()[]{}\n"“”')
_LONGEST_SHORT = 12
_LONGEST_LONG = 16  # tokens, hyphens included
#: "L3A" spells three words with A
_MULTIPLE = re.compile(r"(?<=\w)([23])([a-z])")


class Abbreviation(NamedTuple):
    """The tokens ``short_start:short_end`` abbreviate the tokens ``long_start:long_end``."""

    short_start: int
    short_end: int
    long_start: int
    long_end: int


def stored_abbreviations(doc: Doc) -> list[Abbreviation]:
    """The abbreviations that the component left on a Doc."""
    return [Abbreviation(*pair) for pair in doc.user_data.get(KEY, ())]


class AbbreviationFinder:
    """Leaves plain lists of four token numbers under ``doc.user_data["arxivie_abbreviations"]``."""

    def __init__(self) -> None:
        words = load_pack().words
        self._lead_ins = words["lead-in"]
        self._function_words = words["function-word"]
        self._introducers = words["introducer"]

    def __call__(self, doc: Doc) -> Doc:
        """Find and store the abbreviations of ``doc``."""
        doc.user_data[KEY] = [list(pair) for pair in self.find(doc)]
        return doc

    def find(self, doc: Doc) -> list[Abbreviation]:
        """The abbreviations in ``doc``, by the place of the acronym; each place once."""
        text = _Text(doc)
        found: dict[int, Abbreviation] = {}
        for pair in (*self._bracketed(text), *self._introduced(text), *self._titled(text)):
            found.setdefault(pair.short_start, pair)
        return sorted(found.values())

    def _bracketed(self, text: _Text) -> Iterator[Abbreviation]:
        for i, word in enumerate(text.words):
            if word not in _OPEN:
                continue
            close = next((j for j in range(i + 1, min(i + 2 + _LONGEST_LONG, text.n)) if text.words[j] in _CLOSE), None)
            if close is None:
                continue
            inner = next((j for j in range(i + 1, close) if text.words[j] in ";,"), close)
            if text.is_short(i + 1, inner):
                long = self._before(text, text.short(i + 1, inner), i)
                if long:
                    yield Abbreviation(i + 1, inner, *long)
                    continue
            start = text.short_before(i)
            if start is not None and inner == close:
                long = self._whole(text, text.short(start, i), i + 1, close)
                if long:
                    yield Abbreviation(start, i, *long)

    def _introduced(self, text: _Text) -> Iterator[Abbreviation]:
        for i, word in enumerate(text.lower):
            if word not in self._introducers or i < 2:
                continue
            end = text.short_after(i + 1)
            if end is None:
                continue
            comma = i - 1 if text.words[i - 1] == "," else i
            long = self._before(text, text.short(i + 1, end), comma, strict=True)
            if long:
                yield Abbreviation(i + 1, end, *long)

    def _titled(self, text: _Text) -> Iterator[Abbreviation]:
        end = text.short_after(0)
        if end is None or end + 1 >= text.n or text.words[end] != ":":
            return
        stop = next((j for j in range(end + 1, text.n) if text.words[j] in _STOPS), text.n)
        for long_end in range(end + 2, min(stop, end + 1 + _LONGEST_LONG) + 1):
            if self._fits(text, text.short(0, end), end + 1, long_end, strict=True) is not None:
                yield Abbreviation(0, end, end + 1, long_end)
                return

    def _before(self, text: _Text, short: str, end: int, *, strict: bool = False) -> tuple[int, int] | None:
        """The best long form of ``short`` that ends in front of token ``end``."""
        best: tuple[float, int] | None = None
        for start in range(end - 1, max(-1, end - 1 - min(_LONGEST_LONG, 3 * len(short) + 2)), -1):
            if text.words[start] in _STOPS:
                break
            score = self._fits(text, short, start, end, strict=strict)
            if score is not None and (best is None or score > best[0]):
                best = score, start
        return (best[1], end) if best else None

    def _whole(self, text: _Text, short: str, start: int, end: int) -> tuple[int, int] | None:
        """Tokens ``start:end`` without articles, where all of them are a long form of ``short``."""
        while start < end and text.lower[start] in self._lead_ins:
            start += 1
        if any(word in _STOPS for word in text.words[start:end]):
            return None
        return (start, end) if self._fits(text, short, start, end) is not None else None

    def _fits(self, text: _Text, short: str, start: int, end: int, *, strict: bool = False) -> float | None:
        """How well tokens ``start:end`` spell out ``short``; None where they do not.

        ``strict`` wants upper-case letters at the start of words, and at most one content word without a letter.
        """
        words = [word for word in text.lower[start:end] if word[0].isalnum()]
        letters = "".join(c for c in short.lower() if c.isalnum())
        if len(words) < 2 or not words[0].startswith(letters[0]) or words[0] in self._lead_ins:
            return None
        if text.lower[start][0] != letters[0] or not text.lower[end - 1][0].isalnum():
            return None
        if text.short(start, end).casefold() == short.casefold():
            return None
        weights = [0.3 if word in self._function_words else 1.0 for word in words]
        forms = (
            letters,
            _MULTIPLE.sub(lambda m: m[2] * int(m[1]), letters),
            letters.rstrip("s0123456789"),  # plural of a singular's acronym, year of a challenge
        )
        score = next((s for form in forms if len(form) > 1 and (s := _spell(form, words, weights)) is not None), None)
        ideal = sum(0.2 if c.islower() else 1.0 for c in short if c.isalnum())
        if score is None or score < (ideal - 0.75 if strict else 0.45 * len(forms[-1])):
            return None
        return score


def _spell(letters: str, words: list[str], weights: list[float]) -> float | None:
    """The best way to find ``letters`` in this order in ``words``, the first at the start, the last in the last word.

    A letter that begins a word counts 1, one inside a word 0.2; a word that gives none costs 0.7 of its weight.
    """
    # best[k]: the best score with the first k letters found in the words so far
    best: dict[int, float] = {0: 0.0}
    for n, (word, weight) in enumerate(zip(words, weights, strict=True)):
        last = n == len(words) - 1
        after: dict[int, float] = {}
        for k, score in best.items():
            if n and not last:
                after[k] = max(after.get(k, -99.0), score - 0.7 * weight)
            if k >= len(letters) or not _begins(word, letters[k]):
                if not n or k >= len(letters):
                    continue
                gain, at, taken = score - 0.3, 0, k  # letters from inside the word only
            else:
                gain, at, taken = score + 1.0, 1, k + 1
                after[taken] = max(after.get(taken, -99.0), gain)
            while taken < len(letters):
                at = word.find(letters[taken], at) + 1
                if not at:
                    break
                taken += 1
                gain += 0.2
                after[taken] = max(after.get(taken, -99.0), gain)
        best = after
    return best.get(len(letters))


def _begins(word: str, letter: str) -> bool:
    """Whether the letter stands for the start of the word: ``I2I`` spells image to image."""
    return word[0] == letter or word == {"2": "to", "4": "for"}.get(letter)


class _Text:
    """The tokens of a Doc as lists, with what a short form is."""

    def __init__(self, doc: Doc) -> None:
        tokens = tokens_of(doc)
        self.words, self.lower, self.spaced = tokens.texts, tokens.lower, tokens.spaced
        self.n = len(self.words)

    def short(self, start: int, end: int) -> str:
        """The characters of a short form without what joins them."""
        return "".join(self.words[start:end])

    def is_short(self, start: int, end: int) -> bool:
        """Whether the tokens can be an acronym: one piece, two letters or more, an upper-case one among them."""
        if not 0 <= start < end <= self.n or any(self.spaced[i] for i in range(start, end - 1)):
            return False
        text = self.short(start, end)
        letters = sum(c.isalpha() for c in text)
        return (
            2 <= len(text) <= _LONGEST_SHORT
            and letters >= 2
            and text[0].isalnum()
            and (text[-1].isalnum() or text[-1] == "+")
            and any(c.isupper() for c in text)
            and not (text[1:].islower() and len(text) > 4)
        )

    def short_before(self, end: int) -> int | None:
        """The start of the acronym that ends in front of token ``end``."""
        start = end - 1
        while start > 0 and not self.spaced[start - 1] and self.words[start - 1] not in _STOPS:
            start -= 1
        return start if start >= 0 and self.is_short(start, end) else None

    def short_after(self, start: int) -> int | None:
        """The end of the acronym that starts at token ``start``."""
        end = start
        while end < self.n and self.words[end] not in _STOPS:
            end += 1
            if self.spaced[end - 1]:
                break
        return end if end > start and self.is_short(start, end) else None


def make_abbreviations(nlp: Language, name: str) -> AbbreviationFinder:
    """The factory of ``arxivie_abbreviations``; it has no settings."""
    del nlp, name
    return AbbreviationFinder()
