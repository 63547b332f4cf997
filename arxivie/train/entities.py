"""Training examples for the weighing of candidate entities and their roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from spacy.tokens import Doc
from spacy.vocab import Vocab

from arxivie.errors import ConfigurationError
from arxivie.facts import ENTITY_FIELDS
from arxivie.pipes.entity_features import entity_features
from arxivie.pipes.forms import form, singular
from arxivie.pipes.linear import LinearModel
from arxivie.pipes.resolve import TaggerView, listed_labels, proposed
from arxivie.pipes.roles import ROLES, role_features, role_hints
from arxivie.pipes.sentences import Sentences
from arxivie.train.annotated import gold_entities
from arxivie.train.data import gold_doc, paper_of
from arxivie.train.linear import fit_classes

Row = tuple[dict[str, float], str, float]


class Finders(Protocol):
    """Makes Docs with the finds of the pipes in front of `resolve`; a `spacy.Language` is one."""

    vocab: Vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of a text."""


def gold_forms(facts: dict[str, Any]) -> dict[tuple[str, str], str]:
    """(label, form) -> ``yes`` or ``generic`` for every surface of an annotated entity."""
    made: dict[tuple[str, str], str] = {}
    for label, plural in ENTITY_FIELDS.items():
        for entity in facts.get(plural) or ():
            for surface in {*entity["surfaces"], entity["name"]}:
                made[label, singular(form(surface))] = "generic" if entity.get("generic") else "yes"
    return made


class EntityExamples:
    """Collects examples from annotated records.

    Args:
        nlp: a pipeline of the finders (and, for ``view``, the tagger) without `resolve`.
        view: makes the tagger's view of a Doc, or returns None to learn without a tagger.
    """

    def __init__(self, nlp: Finders, view: TaggerView) -> None:
        self.nlp = nlp
        self.view = view
        self.rows: dict[str, list[Row]] = {label: [] for label in ENTITY_FIELDS}
        self.roles: dict[str, list[Row]] = {label: [] for label in ROLES}

    def add(self, record: dict[str, Any], weight: float = 1.0) -> None:
        """Add a corpus record (see `arxivie.train.data`)."""
        facts = record["facts"]
        doc = self.nlp(paper_of(record).aligned.reading)
        tagged = self.view(doc)
        found = proposed(doc, tagged)
        text, gold, peers = Sentences(doc), gold_forms(facts), listed_labels(found)
        for c in found:
            row = entity_features(text, c, peers, tagged)
            self.rows[c.label].append((row, gold.get((c.label, singular(c.key)), "no"), weight))
        entities = gold_entities(gold_doc(record, self.nlp.vocab), facts)
        for label, rows in self.roles.items():
            own = sorted((e for e in entities if e.label == label), key=lambda e: e.mentions[0])
            for e in own:
                if e.role in ROLES[label]:
                    rows.append((role_features(text, e, own) | role_hints(tagged, e.mentions, label), e.role, weight))

    def __add__(self, other: EntityExamples) -> EntityExamples:
        """The examples of both."""
        both = EntityExamples(self.nlp, self.view)
        both.rows = {label: [*rows, *other.rows[label]] for label, rows in self.rows.items()}
        both.roles = {label: [*rows, *other.roles[label]] for label, rows in self.roles.items()}
        return both

    def fit_entities(self, prefix: str, *, l2: float) -> dict[str, LinearModel]:
        """The models ``<prefix>.<label>``."""
        made = {}
        for label, examples in self.rows.items():
            if not examples:
                raise ConfigurationError(f"no finder proposed a {label}; is the pack empty?")
            rows, labels, weights = zip(*examples, strict=True)
            classes = ("no", "yes", "generic") if label == "method" else ("no", "yes")
            made[f"{prefix}.{label}"] = fit_classes(rows, labels, weights, classes, l2=l2)
        return made

    def fit_roles(self, prefix: str, *, l2: float) -> dict[str, LinearModel]:
        """The models ``<prefix>.<label>``."""
        made = {}
        for label, examples in self.roles.items():
            rows, labels, weights = zip(*examples, strict=True)
            made[f"{prefix}.{label}"] = fit_classes(rows, labels, weights, ROLES[label], l2=l2)
        return made


def collect(records: Iterable[tuple[dict[str, Any], float]], nlp: Finders, view: TaggerView) -> EntityExamples:
    """The examples of weighted corpus records."""
    examples = EntityExamples(nlp, view)
    for record, weight in records:
        examples.add(record, weight)
    return examples
