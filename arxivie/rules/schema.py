"""What a rule and a word class may say; every other key is refused."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

Op = Literal["!", "?", "+", "*"]
Section = Literal["title", "abstract"]
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+$")]
Word = Annotated[str, StringConstraints(min_length=1)]


def _compiles(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"{value!r} is no regular expression: {error}") from None
    return value


Regex = Annotated[str, AfterValidator(_compiles)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Predicate(_Strict):
    """spaCy's predicates: an attribute is in a list, in none, found by an expression, or compared."""

    IN: tuple[Word, ...] | None = None
    NOT_IN: tuple[Word, ...] | None = None
    REGEX: Regex | None = None
    at_least: int | None = Field(default=None, alias=">=")
    at_most: int | None = Field(default=None, alias="<=")

    @model_validator(mode="after")
    def _says_something(self) -> Predicate:
        if all(value is None for value in (self.IN, self.NOT_IN, self.REGEX, self.at_least, self.at_most)):
            raise ValueError("an empty predicate")
        return self


Text = str | Predicate


class TokenPattern(_Strict):
    """One token: spaCy's keys on the written form, plus ``IS`` and ``AS``.

    Attributes:
        IS: a mention label (``dataset``: the token lies in such a mention) or a word class (``@data-noun``). It stands
            for one token; a run of them never cuts a mention or phrase in two, so give ``OP = "+"`` for longer ones.
        AS: what the token is captured as; a run of tokens with the same ``AS`` is one capture.
        OP: how often: ``?`` at most once, ``+`` at least once, ``*`` any number of times, ``!`` not.

    Keys that need a tagger or a parser (``POS``, ``DEP`` …) are refused: rules run without them.
    """

    IS: Annotated[str, StringConstraints(pattern=r"^@?[a-z]+(-[a-z0-9]+)*$")] | None = None
    AS: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")] | None = None
    OP: Op | None = None
    ORTH: Text | None = None
    TEXT: Text | None = None
    LOWER: Text | None = None
    SHAPE: Text | None = None
    LENGTH: int | Predicate | None = None
    IS_ALPHA: bool | None = None
    IS_DIGIT: bool | None = None
    IS_LOWER: bool | None = None
    IS_UPPER: bool | None = None
    IS_TITLE: bool | None = None
    IS_PUNCT: bool | None = None
    IS_SPACE: bool | None = None
    IS_SENT_START: bool | None = None
    LIKE_NUM: bool | None = None
    LIKE_URL: bool | None = None
    SPACY: bool | None = None

    @field_validator("LOWER")
    @classmethod
    def _lower_case(cls, value: Text | None) -> Text | None:
        words = (value,) if isinstance(value, str) else (value.IN or ()) + (value.NOT_IN or ()) if value else ()
        for word in words:
            if word != word.lower():
                raise ValueError(f"LOWER can never be {word!r}")
        return value


class Rule(_Strict):
    """A pattern with the sentences that prove it.

    Attributes:
        id: ``<label>.<name>``; a trailing ``.weak`` marks candidates that need support from elsewhere.
        why: what the rule knows, in a few words.
        tokens: the pattern. Where no token has ``AS``, the whole match is captured as the label.
        unless: patterns; a match that one of them overlaps is dropped.
        within: the section that the match must lie in.
        sets: properties of the match for the pipe that reads it (``status = "sota"``).
        fires: examples with marks, ``We train on [LRS3](dataset).``: exactly these captures.
        silent: near misses on which the rule finds nothing.
        later: marked examples that the rule does not get yet; one that passes must move to ``fires``.
    """

    id: RuleId
    why: Word
    tokens: Annotated[tuple[TokenPattern, ...], Field(min_length=1)]
    unless: tuple[Annotated[tuple[TokenPattern, ...], Field(min_length=1)], ...] = ()
    within: Section | None = None
    sets: dict[str, str] = {}
    fires: Annotated[tuple[Word, ...], Field(min_length=1)]
    silent: Annotated[tuple[Word, ...], Field(min_length=1)]
    later: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _matches_something(self) -> Rule:
        if all(token.OP in {"?", "*", "!"} for token in self.tokens):
            raise ValueError("at least one token must be required")
        if any(token.AS for pattern in self.unless for token in pattern):
            raise ValueError("`unless` captures nothing: leave AS out")
        return self

    @property
    def label(self) -> str:
        """The first part of the id: the folder the rule lies in."""
        return self.id.partition(".")[0]


class WordClass(_Strict):
    """A class of words for ``IS = "@…"``: lower-case phrases, or an expression over the characters of the text.

    Attributes:
        why: what the words have in common, so that the class need not be proved word by word.
        words: lower-case phrases, as the tokenizer cuts them.
        regex: instead of words, a regular expression; the tokens that lie in a match are in the class.
        without: matches of the expression that are not meant, in lower case.
    """

    why: Word
    words: tuple[Word, ...] = ()
    regex: Regex | None = None
    without: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> WordClass:
        if bool(self.words) == bool(self.regex):
            raise ValueError("give either words or regex")
        if self.without and not self.regex:
            raise ValueError("without is for classes by regex")
        listed = self.words + self.without
        if len(set(listed)) < len(listed):
            raise ValueError(f"twice: {sorted({w for w in listed if listed.count(w) > 1})}")
        for word in listed:
            if word != word.lower():
                raise ValueError(f"{word!r} must be in lower case")
        return self
