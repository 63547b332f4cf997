"""From candidates to entities: the component ``arxivie_resolve``.

Every candidate is weighed by a log-linear model over who proposed it, its shape, its context and, where there is one,
the tagger's probabilities (`arxivie.pipes.entity_features`). Candidates that are forms of one name become one entity;
where mentions of one label overlap, the likelier candidate keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from arxivie.facts import ENTITY_FIELDS
from arxivie.pipes.candidates import Candidate, candidates, same_entity
from arxivie.pipes.context import cues
from arxivie.pipes.entities import EntityRecord, found_by, in_order, store_entities
from arxivie.pipes.entity_features import WEAK, Tagged, entity_features, tagger_types
from arxivie.pipes.forms import singular
from arxivie.pipes.linear import TAGGED, Weigher, softmax
from arxivie.pipes.pointer import LINKS
from arxivie.pipes.roles import ROLES, role_features, role_hints
from arxivie.pipes.sentences import Sentences, with_sentences
from arxivie.pipes.view import tagger_view
from arxivie.pipes.weights import load_models
from arxivie.rules.names import Name
from arxivie.rules.pack import load_pack
from arxivie.rules.tokens import tokens_of

#: an entity is kept from this probability on, by label; chosen on papers that neither tagger nor weights had learnt
THRESHOLDS = {"dataset": 0.45, "method": 0.45, "task": 0.35, "metric": 0.4}
#: with a tagger, an entity is doubtful from this probability on: it is kept if a figure turns out to belong to it
DOUBTFUL_FROM = {"metric": 0.2}
#: below this probability, and without a reason of its own, a candidate is not weighed
_HOPELESS = 0.02
#: the probability of what a rule or a list supports, for labels whose weights nobody has trained
UNTRAINED = 0.5

TaggerView = Callable[[Doc], Tagged | None]


@dataclass
class Weighed:
    """A candidate with its probability of being an entity; whether it is a generic one, whether it surely is one."""

    candidate: Candidate
    probability: float
    generic: bool = False
    sure: bool = True


def proposed(doc: Doc, tagged: Tagged | None) -> list[Candidate]:
    """All candidates of a Doc, those of the tagger among them where it has seen the Doc."""
    return candidates(doc, sorted(tagged.spans), tagged.pointed_spans()) if tagged else candidates(doc)


def hopeless(candidate: Candidate, tagged: Tagged) -> bool:
    """Whether nothing speaks for a candidate: only weak rules, hardly any probability, and no figure points to it.

    Such candidates need not be weighed: of 2,904 in 200 abstracts, a third of all, none would have been kept.
    """
    if candidate.partners or not all(rule.endswith(WEAK) for rule in candidate.rules):
        return False
    types = tagger_types(candidate.label)
    chances = (tagged.probabilities(*m)[name] for m in candidate.mentions for name in types)
    return max(chances) < _HOPELESS and (
        candidate.label not in LINKS or tagged.pointed(candidate.label, candidate.mentions) < _HOPELESS
    )


def listed_labels(found: Sequence[Candidate]) -> dict[str, set[str]]:
    """Form -> the labels under which name lists know it."""
    made: dict[str, set[str]] = {}
    for c in found:
        if any(".names" in rule or "-names" in rule for rule in c.rules):
            made.setdefault(c.key, set()).add(c.label)
    return made


class Resolver:
    """The component; its models are `arxivie.pipes.linear` weights.

    Args:
        models: ``entity.<label>`` and ``role.<label>``; with a tagger the models ``entity+tagger.<label>`` and
            ``role+tagger.<label>``. A label
            without a model has every candidate that a rule or a list supports.
        view: makes the tagger's view of a Doc, None where the Doc carries none.
        canonical: id of a metric -> its short name, for those that the field knows by one (mIoU, PSNR, FPS …).
        own: ids of the names that only the user's own packs list; they are kept whatever their weight, unless they
            need support from elsewhere.
    """

    def __init__(
        self,
        models: Mapping[str, Weigher],
        view: TaggerView,
        canonical: Mapping[str, str],
        own: frozenset[str] = frozenset(),
    ) -> None:
        self.models = models
        self.view = view
        self.canonical = canonical
        self.own = own

    def __call__(self, doc: Doc) -> Doc:
        """Replace the candidate spans of ``doc`` by its entities' mentions and store the entities."""
        store_entities(doc, self.resolve(with_sentences(doc)))
        return doc

    def resolve(self, doc: Doc) -> list[EntityRecord]:
        """The entities of ``doc``, doubtful ones among them, by label and then in the order of their first mention."""
        tagged = self.view(doc)
        found = proposed(doc, tagged)
        weighed = self._weigh(doc, found, tagged)
        made: list[EntityRecord] = []
        for label in ENTITY_FIELDS:
            kept = self._without_overlaps([w for w in weighed if w.candidate.label == label])
            made += [self._record(doc, group) for group in self._groups(kept)]
        self._settle_labels(made)
        self._add_roles(doc, made, tagged)
        return in_order(made)

    def _weigh(self, doc: Doc, found: list[Candidate], tagged: Tagged | None) -> list[Weighed]:
        text, peers = Sentences(doc), listed_labels(found)
        made = []
        for c in found:
            if tagged and hopeless(c, tagged):
                continue
            model = self.model(c.label, tagged)
            if model is None:
                if any(not rule.endswith(WEAK) for rule in c.rules):
                    made.append(Weighed(c, UNTRAINED))
                continue
            chances = model.probabilities(entity_features(text, c, peers, tagged))
            yes, generic = chances["yes"], chances.get("generic", 0.0)
            wanted = c.canonical in self.own and f"{c.label}.names" in c.rules
            sure = wanted or yes + generic >= THRESHOLDS[c.label]
            if sure or (tagged and yes + generic >= DOUBTFUL_FROM.get(c.label, 1.0)):
                made.append(Weighed(c, yes + generic, generic > yes, sure))
        return made

    def model(self, label: str, tagged: Tagged | None) -> Weigher | None:
        """The model that weighs the candidates of a label; None where nobody has trained one.

        With a tagger, weights that know nothing of it do where there are no others.
        """
        with_tagger = self.models.get(f"entity{TAGGED}.{label}") if tagged else None
        return with_tagger or self.models.get(f"entity.{label}")

    @staticmethod
    def _without_overlaps(weighed: list[Weighed]) -> list[Weighed]:
        """The candidates with the mentions that no likelier one covers; those without any are gone."""
        taken: dict[int, Weighed] = {}
        kept = []
        for w in sorted(weighed, key=lambda w: (-round(w.probability, 2), -len(w.candidate.key))):
            free = [m for m in w.candidate.mentions if not any(i in taken for i in range(*m))]
            if free:
                w.candidate.mentions = free
                taken.update((i, w) for m in free for i in range(*m))
                kept.append(w)
        return kept

    @staticmethod
    def _groups(weighed: list[Weighed]) -> list[list[Weighed]]:
        groups: list[list[Weighed]] = []
        for w in weighed:
            merged, others = [w], []
            for group in groups:
                if any(same_entity(w.candidate, o.candidate) for o in group):
                    merged += group
                else:
                    others.append(group)
            groups = [*others, merged]
        return groups

    def _record(self, doc: Doc, group: list[Weighed]) -> EntityRecord:
        mentions = sorted({m for w in group for m in w.candidate.mentions})
        surfaces = list(dict.fromkeys(starmap(tokens_of(doc).surface, mentions)))
        rules = sorted({r for w in group for r in w.candidate.rules})
        label = group[0].candidate.label
        canonical = next((w.candidate.canonical for w in group if w.candidate.canonical), None)
        name = best_name(surfaces, [w.candidate for w in group])
        proof = [r for r in rules if not r.endswith((".shape", ".beside-figure", ".near-figure"))] or rules
        return EntityRecord(
            label,
            self.canonical.get(canonical or "", name),
            mentions,
            surfaces,
            generic=max(group, key=lambda w: w.probability).generic,
            canonical=canonical,
            confidence=round(max(w.probability for w in group), 4),
            rules=proof,
            found_by=found_by(proof),
            doubtful=not any(w.sure for w in group),
        )

    @staticmethod
    def _settle_labels(entities: list[EntityRecord]) -> None:
        """One name is a dataset or a method or a metric, not two of them: the likelier label keeps it."""
        named = [e for e in entities if e.label != "task"]
        forms = {id(e): {singular(s.casefold()) for s in e.surfaces} for e in named}
        for e in sorted(named, key=lambda e: e.confidence):
            rivals = [o for o in named if o is not e and id(o) in forms and o.confidence >= e.confidence]
            if any(forms[id(e)] & forms[id(o)] for o in rivals):
                entities.remove(e)
                del forms[id(e)]

    def _add_roles(self, doc: Doc, entities: list[EntityRecord], tagged: Tagged | None) -> None:
        text = Sentences(doc)
        for label in ROLES:
            peers = sorted((e for e in entities if e.label == label), key=lambda e: e.mentions[0])
            for e in peers:
                features = role_features(text, e, peers) | role_hints(tagged, e.mentions, label)
                known = f"role{TAGGED}.{label}" if tagged else f"role.{label}"
                model = self.models.get(known) or self.models[f"role.{label}"]
                chances = softmax(model.scores(features))
                e.role = ROLES[label][max(range(len(chances)), key=chances.__getitem__)]


def best_name(surfaces: Sequence[str], group: Sequence[Candidate]) -> str:
    """The best full name: the acronym or proper name where there is one, else the long form; never a plural
    where the singular stands in the text too."""
    short = {c.key for c in group if c.partners and any(len(p) > len(c.key) for p in c.partners)}
    keys = {s: "".join(ch for ch in s.casefold() if ch.isalnum() or ch == "+") for s in surfaces}
    acronyms = [s for s in surfaces if keys[s] in short]
    pool = acronyms or list(surfaces)
    singulars = [s for s in pool if singular(keys[s]) == keys[s]] or pool
    return singulars[0]


def make_resolver(nlp: Language, name: str, packs: Sequence[str | Path] = ()) -> Resolver:
    """The factory of ``arxivie_resolve``; ``packs`` are folders of a user's own packs."""
    del nlp, name
    own = {entry.canonical for entry in _entries(packs)} - {entry.canonical for entry in _entries(())}
    return Resolver(load_models(), tagger_view, short_metrics(packs), frozenset(own))


def _entries(packs: Sequence[str | Path]) -> list[Name]:
    return [entry for entries in load_pack(packs).names.values() for entry in entries]


def short_metrics(packs: Sequence[str | Path] = ()) -> dict[str, str]:
    """The id of a metric -> its short name, for those that the field knows by one."""
    metrics = load_pack(packs).names.get("metric", ())
    return {entry.canonical: entry.name for entry in metrics if entry.name.lower() in cues()["short-metric"]}
