"""The component ``arxivie_lexicon``: names that stand in a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from arxivie.pipes.base import Finder, Mention
from arxivie.rules.names import NameIndex
from arxivie.rules.pack import Pack, load_pack
from arxivie.rules.tokens import tokens_of


class LexiconFinder(Finder):
    """Finds the names of a pack, all labels in one pass.

    Rule ids: ``dataset.names``; ``dataset.names-weak`` for names that are ordinary words too and need support from
    elsewhere; ``method.generic-names`` for families and textbook techniques.
    """

    def __init__(self, nlp: Language, name: str, pack: Pack) -> None:
        super().__init__(nlp, name)
        self._index = NameIndex(entry for entries in pack.names.values() for entry in entries)

    def find(self, doc: Doc) -> Iterator[Mention]:
        """The names in ``doc``; within a label, none lies inside another."""
        for start, end, entry in self._index.find(tokens_of(doc).texts):
            yield Mention(start, end, entry.label, entry.rule, entry.canonical)


def make_lexicon(nlp: Language, name: str, packs: Sequence[str | Path] = ()) -> LexiconFinder:
    """The factory of ``arxivie_lexicon``; ``packs`` are folders of a user's own packs."""
    return LexiconFinder(nlp, name, load_pack(packs))
