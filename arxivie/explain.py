"""Why a fact is there: the rules that proposed it, the tokens they saw, and what weighed for and against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from arxivie.errors import ConfigurationError
from arxivie.papers import Paper
from arxivie.pipes.entities import entities_for_figures, stored_entities
from arxivie.pipes.entity_features import entity_features
from arxivie.pipes.kinds import likely_kind
from arxivie.pipes.quantities import Quantity
from arxivie.pipes.resolve import Resolver, listed_labels, proposed
from arxivie.pipes.results import ResultFinder, figure_context
from arxivie.pipes.sentences import Sentences, with_sentences
from arxivie.rules.why import why

#: candidates less likely than this are not worth a line
_FAINT = 0.1


@dataclass(frozen=True)
class Reason:
    """Why one candidate is a fact, or is none.

    Attributes:
        label: of the fact.
        name: its name, or the figure.
        kept: whether it became a fact.
        probability: that it is one.
        rules: rule id -> why the rule exists, for those that proposed it.
        tokens: the tokens of its first mention with three on either side, the mention between ``«`` and ``»``.
        weights: the features that spoke loudest, with what each added to the log-odds.
    """

    label: str
    name: str
    kept: bool
    probability: float
    rules: dict[str, str]
    tokens: str
    weights: tuple[tuple[str, float], ...]


def explain(nlp: Language, paper: Paper, packs: Sequence[str | Path] = ()) -> list[Reason]:
    """The reasons of all entities and figures of a paper, and of the candidates that nearly were.

    Args:
        nlp: a pipeline of `arxivie.load`.
        paper: the paper.
        packs: the folders of your own packs that the pipeline was loaded with, for what their rules know.

    Raises:
        ConfigurationError: where the pipeline has no ``arxivie_resolve``.
    """
    if "arxivie_resolve" not in nlp.pipe_names:
        raise ConfigurationError("the pipeline has no component arxivie_resolve, so that nothing can be explained")
    doc = nlp.make_doc(paper.aligned.reading)
    reasons: list[Reason] = []
    weighed: list[tuple[Reason, tuple[int, int]]] = []
    for name, pipe in nlp.pipeline:
        if isinstance(pipe, Resolver):
            weighed += _entities(doc, pipe, packs)
            doc = pipe(doc)
        elif isinstance(pipe, ResultFinder) and name == "arxivie_results":
            reasons += _figures(doc, pipe)
            doc = pipe(doc)
        else:
            doc = pipe(doc)
    # only now, as a doubtful metric is kept where a figure belongs to it
    kept = {(e.label, m) for e in stored_entities(doc) for m in e.mentions}
    reasons += [replace(reason, kept=(reason.label, span) in kept) for reason, span in weighed]
    return sorted((r for r in reasons if r.kept or r.probability >= _FAINT), key=lambda r: (r.label, not r.kept))


def _entities(doc: Doc, resolver: Resolver, packs: Sequence[str | Path]) -> list[tuple[Reason, tuple[int, int]]]:
    doc = with_sentences(doc)
    tagged = resolver.view(doc)
    found = proposed(doc, tagged)
    text, peers = Sentences(doc), listed_labels(found)
    made = []
    for c in found:
        model = resolver.model(c.label, tagged)
        if model is None:
            continue  # nothing was weighed: every rule counts
        features = entity_features(text, c, peers, tagged)
        chances = model.probabilities(features)
        rules = {r: why(r, tuple(packs)) for r in sorted(c.rules)}
        reason = Reason(
            c.label,
            doc[slice(*c.mentions[0])].text,
            False,
            1.0 - chances["no"],
            rules,
            window(doc, *c.mentions[0]),
            tuple(model.reasons(features, max(model.classes[1:], key=chances.__getitem__))),
        )
        made.append((reason, c.mentions[0]))
    return made


def _figures(doc: Doc, finder: ResultFinder) -> list[Reason]:
    context = figure_context(doc, entities_for_figures(doc))
    model, features, distributions = finder.weigh(doc, context)
    made = []
    before: tuple[Quantity | None, str] = (None, "none")
    for q, row, chances in zip(context.quantities, features, distributions, strict=True):
        kind = likely_kind(chances)
        whole = {**row, **context.kind_after(q, *before)}
        before = q, kind
        text = f"{doc[q.start : q.end].text} ({kind})"
        made.append(Reason("result", text, kind != "none", 1.0 - chances["none"],
                           {f"result.{kind}": why(f"result.{kind}")}, window(doc, q.start, q.end),
                           tuple(model.reasons(whole, kind))))  # fmt: skip
    return made


def window(doc: Doc, start: int, end: int, around: int = 3) -> str:
    """The tokens of a mention between ``«`` and ``»``, with those around it."""
    words: Sequence[str] = [t.text.replace("\n", "⏎") for t in doc]
    left, right = words[max(0, start - around) : start], words[end : end + around]
    return " ".join([*left, "«", *words[start:end], "»", *right])
