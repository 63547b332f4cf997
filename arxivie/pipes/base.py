"""What every component that finds mentions is made of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span


class Mention(NamedTuple):
    """The tokens ``start:end`` are a mention of ``label``, found by ``rule``; ``canonical`` is its entry or ``""``."""

    start: int
    end: int
    label: str
    rule: str
    canonical: str = ""


class Finder(ABC):
    """A component that adds candidate mentions to ``doc.spans[label]``.

    A subclass compiles in ``__init__`` and yields mentions in a pure `find`. Candidates of several finders overlap and
    contradict each other; the component ``arxivie_resolve`` selects among them. The rule's id is the ``span.id_`` and
    the canonical id the ``span.kb_id_``; both survive `to_bytes` and `DocBin`. Subclasses must stay picklable.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.vocab = nlp.vocab

    @abstractmethod
    def find(self, doc: Doc) -> Iterable[Mention]:
        """The mentions in ``doc``, which stays unchanged."""

    def __call__(self, doc: Doc) -> Doc:
        """Add what `find` yields to the span groups of ``doc``."""
        for mention in list(self.find(doc)):
            if mention.label not in doc.spans:
                doc.spans[mention.label] = []
            doc.spans[mention.label].append(
                Span(
                    doc,
                    mention.start,
                    mention.end,
                    label=mention.label,
                    kb_id=mention.canonical,
                    span_id=mention.rule,
                )
            )
        return doc
