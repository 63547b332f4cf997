"""Figures with units: ``86.36%``, ``2-5x``, ``0.876 ± 0.005``, ``up to 19 points``, ``twice``.

The pipe reads quantities and nothing else; whether one is a result is decided in `arxivie.pipes.results`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar
from unicodedata import category

from spacy.language import Language
from spacy.tokens import Doc

from arxivie.pipes.quantity_words import Phrases, lexicon
from arxivie.rules.tokens import tokens_of

KEY = "arxivie_figures"

_NUMBER = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?([^\W\d_]*|%)$")
_DASHES = frozenset("-–—‐‑−")
_OPEN = frozenset("([{=~∼≈<>≥≤:")
#: between two numbers these are dashes: "6~10%", "21 ∼ 28 FPS"
_WAVES = frozenset("~∼")
_TIMES = frozenset("×x*")
_SIGNS = _DASHES | {"+", "."}
_RANGES = _DASHES | _WAVES | {"to", "and"}
_LONGEST = 5  # tokens of the longest unit or bound phrase
_Meaning = TypeVar("_Meaning")


@dataclass(frozen=True)
class Quantity:
    """One figure.

    Attributes:
        start, end: tokens from the number (with its sign) to its unit.
        value, value_max, error: the number; the upper end of a range; the half-width behind ``±``.
        unit: a symbol of ``quantity.toml``, or None.
        bound: ``exact``, ``at_least``, ``at_most`` or ``about``, as the words around it say.
        lead: the first token of the words that bound it (``start`` where none do).
        signed: whether a plus or minus sign stands in front.
        shape: ``number``, ``range``, ``word`` (``twice``), ``fraction`` (``5/5``) or ``power`` (``10^7``).
        decimal: whether the number is written with decimals.
    """

    start: int
    end: int
    value: float
    value_max: float | None = None
    error: float | None = None
    unit: str | None = None
    bound: str = "exact"
    lead: int = -1
    signed: bool = False
    shape: str = "number"
    decimal: bool = False


@dataclass(frozen=True)
class _Number:
    start: int
    end: int
    value: float
    unit: str | None
    signed: bool
    shape: str = "number"
    decimal: bool = False


class _Scan:
    """One pass over the tokens of a Doc."""

    def __init__(self, doc: Doc) -> None:
        self.lex = lexicon()
        tokens = tokens_of(doc)
        self.texts, self.lower, self.spaced = tokens.texts, tokens.lower, tokens.spaced
        self.n = len(self.texts)

    def phrase(self, at: int, table: Phrases[_Meaning]) -> tuple[int, _Meaning] | None:
        """The longest phrase of the table that starts at a token, with its end."""
        for length in range(_LONGEST, 0, -1):
            found = table.get(tuple(self.lower[at : at + length]))
            if found is not None:
                return min(at + length, self.n), found
        return None

    def glued(self, i: int) -> bool:
        """Whether token ``i`` sticks to its forerunner."""
        return i > 0 and not self.spaced[i - 1] and not self.texts[i - 1].isspace()

    def number(self, i: int, *, second: bool = False) -> _Number | None:
        """The number that starts at token ``i`` (its sign first), with the unit that sticks to or follows it.

        The ``second`` number of a range or a fraction may stick to what stands in front of it.
        """
        start, signed = i, False
        sign = 1.0
        if self.lower[i] in _DASHES or self.lower[i] == "+":
            follows_word = self.glued(i) and self.lower[i - 1] not in _OPEN
            if follows_word or i + 1 >= self.n or not self.glued(i + 1):
                return None
            sign = 1.0 if self.lower[i] == "+" else -1.0
            signed = True
            i += 1
        match = _NUMBER.match(self.texts[i])
        if not match or not (match[1] or match[2]):
            return None
        if not second and not signed and self.glued(i) and not self._may_touch(i - 1):
            return None
        value = float((match[1] or "0").replace(",", "") + (match[2] or ""))
        end, unit, shape = i + 1, None, "number"
        suffix = match[3]
        if suffix:
            if suffix in self.lex.magnitude:
                value *= self.lex.magnitude[suffix]
            elif (suffix.lower(),) in self.lex.units:
                unit = self.lex.units[suffix.lower(),]
            elif suffix not in self.lex.measures:
                return None
        if end + 1 < self.n and self.lower[end] == "^" and self.lower[end + 1].isdecimal():
            try:
                value, end, shape = value ** int(self.lower[end + 1]), end + 2, "power"
            except OverflowError:
                return None
        if end < self.n and self.lower[end] in self.lex.scale:
            value *= self.lex.scale[self.lower[end]]
            end += 1
        if unit is None:
            found = self._unit(end)
            if found:
                end, unit = found
        if self._goes_on(end) or not math.isfinite(value):
            return None
        return _Number(start, end, sign * value, unit, signed, shape, bool(match[2]))

    def _may_touch(self, at: int) -> bool:
        """Whether a number may stick to token ``at`` and be one of its own, not part of a name (``ResNet-18``)."""
        before = self.lower[at]
        if before in _DASHES:
            return not self.glued(at) or self.lower[at - 1] in _OPEN
        if before in {"/", "@"} and self.glued(at) and self.lower[at - 1].isalpha():
            return False  # ViT-B/16, R@5
        if before == ":" and self.glued(at) and self.lower[at - 1][-1].isdigit():
            return False  # mAP@0.50:0.95, an 80:20 split
        return _is_punctuation(before) or before in _OPEN or before in {"±", "+", "$", "|", "→", "×"}

    def _unit(self, at: int) -> tuple[int, str] | None:
        if at >= self.n:
            return None
        start = at
        if self.lower[at] in _DASHES and at + 1 < self.n and self.glued(at) and self.glued(at + 1):
            at += 1
        found = self.phrase(at, self.lex.units)
        if found is None:
            return None
        end, unit = found
        alone = end == at + 1 and at == start
        if unit == "x" and alone and self.lower[at] in {"x", "×"} and end < self.n and self.lower[end][:1].isdigit():
            return None  # 512 x 512 is a size
        if alone and self.lower[at] in {"s", "h", "x", "pt"} and self.texts[at].isupper() and self.lower[at] != "x":
            return None
        return end, unit

    def _goes_on(self, end: int) -> bool:
        """Whether a word sticks to the number with a hyphen, so that it counts something: ``5-layer``, ``3-D``."""
        if end + 1 < self.n and self.lower[end] in _DASHES and self.glued(end) and self.glued(end + 1):
            return not (self.lower[end + 1][:1].isdigit() or self.lower[end + 1][:1] == ".")
        return False

    def size(self, i: int) -> int | None:
        """The end of a size such as ``512 × 512 × 3`` that starts at token ``i``."""
        end = i + 1
        while (
            end + 1 < self.n
            and self.lower[end] in _TIMES
            and self.lower[i][:1].isdigit()
            and self.lower[end + 1][:1].isdigit()
        ):
            end += 2
        return end if end > i + 1 else None

    def quantities(self) -> Iterator[Quantity]:
        i = 0
        while i < self.n:
            if not self._opens(i):
                i += 1
                continue
            end = self.size(i)
            if end is not None:
                i = end
                continue
            found = self.word(i) or self.quantity(i)
            if found is None:
                i += 1
                continue
            yield self.bounded(found)
            i = found.end

    def _opens(self, i: int) -> bool:
        """Whether a quantity or a size can begin with token ``i``, by its first character or as a number word."""
        word = self.lower[i]
        return word[0].isdigit() or word[0] in _SIGNS or word in self.lex.openers

    def word(self, i: int) -> Quantity | None:
        """A number word: ``twice``, ``an order of magnitude``, ``five percent``."""
        found = self.phrase(i, self.lex.words) or self._written_out(i)
        if found is None or self._goes_on(found[0]) or (self.glued(i) and self.lower[i - 1] in _DASHES):
            return None
        value, unit = found[1]
        return Quantity(i, found[0], value, unit=unit, shape="word")

    def _written_out(self, i: int) -> tuple[int, tuple[float, str]] | None:
        """A number written out in front of a unit, with its end."""
        if self.lower[i] not in self.lex.numbers:
            return None
        found = self._unit(i + 1)
        return None if found is None else (found[0], (self.lex.numbers[self.lower[i]], found[1]))

    def quantity(self, i: int) -> Quantity | None:
        """A number with what belongs to it: the other end of a range, an error, a fraction's second half."""
        first = self.number(i)
        if first is None:
            return None
        made = Quantity(
            first.start, first.end, first.value, unit=first.unit, signed=first.signed, shape=first.shape,
            decimal=first.decimal,
        )  # fmt: skip
        at = first.end
        if at + 1 < self.n and self.lower[at] in _RANGES and self._is_range(first, at):
            second = self.number(at + 1, second=True)
            if second is not None and (second.unit == first.unit or first.unit is None) and second.value > first.value:
                return replace(
                    made, end=second.end, value_max=second.value, unit=second.unit, shape="range",
                    decimal=first.decimal or second.decimal,
                )  # fmt: skip
        if at + 1 < self.n and self.lower[at] == "/" and self.glued(at) and self.glued(at + 1):
            second = self.number(at + 1, second=True)
            whole = second is not None and not (first.decimal or second.decimal) and second.unit is None
            if second is not None and whole and first.unit is None and second.value >= first.value:
                # 1/5 of something is a share; 36/38 is a count
                share = first.value / second.value if first.value == 1 and 1 < second.value <= 10 else first.value
                return replace(made, end=second.end, value=share, shape="fraction")
        spread = self._spread(first)
        if spread is not None:
            return replace(made, end=spread.end + 1, error=spread.value)
        opened = at < self.n and self.lower[at] in "([" and at + 1 < self.n and self.lower[at + 1] == "±"
        if at + 1 + opened < self.n and self.lower[at + opened] == "±":
            second = self.number(at + 1 + opened, second=True)
            if second is not None:
                closed = opened and second.end < self.n and self.lower[second.end] in ")]"
                return replace(made, end=second.end + closed, error=second.value, unit=made.unit or second.unit)
        return made

    def _spread(self, first: _Number) -> _Number | None:
        """The spread that sticks to a number in round brackets: ``0.9573(0.0244)``."""
        at = first.end
        if at + 2 >= self.n or self.lower[at] != "(" or not self.glued(at) or not first.decimal:
            return None
        second = self.number(at + 1, second=True)
        if second is None or second.signed or not second.decimal or not 0 < second.value < first.value / 2:
            return None
        closed = second.end < self.n and self.lower[second.end] == ")"
        return second if closed and second.unit in {None, first.unit} else None

    def _is_range(self, first: _Number, at: int) -> bool:
        """Whether a dash, ``to`` or ``and`` behind a number makes a range of it.

        ``from 35.1 to 25.0`` is a change, no range; ``ranging from``, ``by 5 to 10%`` and ``between 4 and 9%`` are.
        """
        if self.lower[at] in _WAVES:
            # "5 ~10%" is about ten percent
            return self.glued(at) == self.glued(at + 1)
        if self.lower[at] in _DASHES:
            return not self.spaced[at] or not self.glued(at)
        before = self.lower[max(0, first.start - 4) : first.start]
        if self.lower[at] == "and":
            return bool(before) and before[-1] == "between"
        if "from" in before[-1:]:
            return bool(set(before) & {"ranging", "ranges", "range", "ranged", "varying", "varies", "spanning"})
        return True

    def bounded(self, found: Quantity) -> Quantity:
        """The quantity with the bound that the words around it give."""
        for length in range(_LONGEST, 0, -1):
            start = found.start - length
            kind = self.lex.before.get(tuple(self.lower[max(0, start) : found.start])) if start >= 0 else None
            if kind is not None:
                return replace(found, bound=kind, lead=start)
        after = self.phrase(found.end, self.lex.after) if found.end < self.n else None
        if after is not None and not (self.lower[found.end] == "+" and not self.glued(found.end)):
            return replace(found, bound=after[1], lead=found.start)
        return replace(found, lead=found.start)


def _is_punctuation(word: str) -> bool:
    """What ``Token.is_punct`` says, also with a vocabulary that has no such flag."""
    return all(category(character).startswith("P") for character in word)


def quantities(doc: Doc) -> list[Quantity]:
    """All quantities of a Doc in the order of the text."""
    return list(_Scan(doc).quantities())


def stored_quantities(doc: Doc) -> list[Quantity]:
    """The quantities that the pipe left on a Doc."""
    return [Quantity(**q) for q in doc.user_data.get(KEY, ())]


class QuantityFinder:
    """The component ``arxivie_quantities``: leaves plain dicts under ``doc.user_data["arxivie_figures"]``."""

    def __call__(self, doc: Doc) -> Doc:
        """Find and store the quantities of ``doc``."""
        doc.user_data[KEY] = [dict(vars(q)) for q in quantities(doc)]
        return doc


def make_quantities(nlp: Language, name: str) -> QuantityFinder:
    """The factory of ``arxivie_quantities``; it has no settings."""
    del nlp, name
    return QuantityFinder()
