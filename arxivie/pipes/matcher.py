"""The component ``arxivie_matcher``: the rules of the entity labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from arxivie.facts import ENTITY_FIELDS
from arxivie.pipes.base import Finder, Mention
from arxivie.rules.compile import RuleMatcher
from arxivie.rules.names import key
from arxivie.rules.pack import Pack, load_pack
from arxivie.rules.tokens import tokens_of


class RuleFinder(Finder):
    """Finds mentions with the rules of a pack.

    Rules may ask for mentions found before (``IS = "dataset"``), so the component belongs behind ``arxivie_lexicon``.
    A rule whose id ends in ``weak`` yields candidates that need support from elsewhere.
    """

    def __init__(self, nlp: Language, name: str, pack: Pack) -> None:
        super().__init__(nlp, name)
        self._matcher = RuleMatcher(nlp.vocab, pack.rules_of(ENTITY_FIELDS), pack.classes)
        self._stopped = pack.stopped

    def find(self, doc: Doc) -> Iterator[Mention]:
        """The captures of all rules in ``doc``."""
        surface = tokens_of(doc).surface
        for match in self._matcher(doc):
            for start, end, label in match.captures:
                if key(surface(start, end)).casefold() not in self._stopped.get(label, ()):
                    yield Mention(start, end, label, match.rule.id)


def make_matcher(nlp: Language, name: str, packs: Sequence[str | Path] = ()) -> RuleFinder:
    """The factory of ``arxivie_matcher``; ``packs`` are folders of a user's own packs."""
    return RuleFinder(nlp, name, load_pack(packs))
