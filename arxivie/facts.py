"""The facts that an abstract states, as frozen data.

The model follows the annotation guide (``docs/annotation.md``) field by field, so an annotated record loads with
`Facts.model_validate`. What extraction adds (mentions, rule ids, confidence) has defaults, since people annotate
none of it.

All offsets are `Extent`s into ``Paper.text`` (the title, a line break, the abstract) and into ``Paper.raw``, the
same as the source holds it.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from arxivie.extent import Extent

Section = Literal["title", "abstract"]
Finder = Literal["rule", "names", "model"]
DatasetRole = Literal["introduced", "used", "mentioned"]
MethodRole = Literal["proposed", "compared", "used", "mentioned"]
ResultKind = Literal["score", "gain", "ratio", "loss", "other_score"]
Bound = Literal["exact", "at_least", "at_most", "about"]
LinkKind = Literal["code", "data", "project", "demo", "model", "video", "paper", "other"]
Release = Literal["code", "data", "models", "results", "other"]
Status = Literal["available", "promised"]
Standing = Literal["sota", "improves", "competitive", "background"]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Frozen):
    """Where the paper says it: ``paper.text[text.start:text.end] == surface``."""

    surface: str
    section: Section
    text: Extent
    raw: Extent


class Fact(_Frozen):
    """What every extracted fact carries beside its content.

    Attributes:
        evidence: every place that states the fact, in the order of the text.
        rules: ids of the rules, name lists and models that made it, sorted. A prefix says the label
            (``dataset.named-corpus``), ``….names`` a name list, ``….tagger`` and ``….pointer`` the
            learned tagger.
        found_by: the kinds of finder among them.
        confidence: the estimated probability that an annotator who follows the guide would list the fact; see
            ``docs/facts.md`` for how it is made. 1.0 on facts that people annotated.
    """

    evidence: tuple[Evidence, ...] = ()
    rules: tuple[str, ...] = ()
    found_by: tuple[Finder, ...] = ()
    confidence: Confidence = 1.0


class Entity(Fact):
    """A named thing: one entity a paper, however often and in however many forms it is mentioned.

    Attributes:
        name: the best full name that the text itself gives.
        surfaces: every distinct form that it has in the text.
        canonical: the id of the entry in ``patterns/`` that it is linked to; None for names unknown there.
    """

    name: str
    surfaces: tuple[str, ...] = ()
    canonical: str | None = None


class Dataset(Entity):
    """A named dataset, corpus, benchmark, challenge set or simulator."""

    role: DatasetRole


class Method(Entity):
    """A named model, algorithm, architecture, loss, module or tool; ``generic`` marks families such as CNN."""

    role: MethodRole
    generic: bool = False


class Task(Entity):
    """A problem that the paper works on or evaluates on."""


class Metric(Entity):
    """A measure that the text reports or defines an evaluation with; ``name`` is the canonical short name."""


class Result(Fact):
    """One reported figure.

    Attributes:
        value: the number; for a range its lower end, with ``value_max`` the upper end.
        unit: ``%``, ``dB``, ``FPS``, ``ms``, ``x`` (times), ``points``, ``s``, ``h``, ``params`` … or None.
        error: the half-width behind ``±``.
        value_text: the characters that give the value.
        metric, datasets, method, task: names as in the other lists; ``method`` may be a phrase.
        kind: the level reached (score), a difference (gain, loss), a factor (ratio), other work's level (other_score).
        better: for gain, loss and ratio, whether it is in favour of the paper's method.
        baseline: what it is compared to.
        quote: the clause that reports it.
    """

    value: float
    value_max: float | None = None
    error: float | None = None
    unit: str | None = None
    value_text: str
    metric: str | None = None
    datasets: tuple[str, ...] = ()
    method: str | None = None
    task: str | None = None
    kind: ResultKind
    bound: Bound = "exact"
    better: bool | None = None
    baseline: str | None = None
    quote: str


class Link(Fact):
    """An address in the text, with what the text says it holds."""

    url: str
    kinds: tuple[LinkKind, ...]
    status: Status


class ReleaseStatement(Fact):
    """A statement of release without an address."""

    what: tuple[Release, ...]
    status: Status
    quote: str


class Claim(Fact):
    """A statement of standing against the state of the art or against other methods in general."""

    status: Standing
    quote: str
    datasets: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()


class Facts(_Frozen):
    """All facts of one paper, by type."""

    datasets: tuple[Dataset, ...] = ()
    methods: tuple[Method, ...] = ()
    tasks: tuple[Task, ...] = ()
    metrics: tuple[Metric, ...] = ()
    results: tuple[Result, ...] = ()
    links: tuple[Link, ...] = ()
    releases: tuple[ReleaseStatement, ...] = ()
    claims: tuple[Claim, ...] = ()

    def _repr_html_(self) -> str:
        """For notebooks: a table of all facts."""
        from arxivie.report.notebook import facts_html

        return facts_html(self)


def _entity_types() -> dict[str, tuple[str, type[Entity]]]:
    """Label -> (field of `Facts`, class) for every field of `Facts` that lists entities."""
    made = {}
    for field, info in Facts.model_fields.items():
        kind = get_args(info.annotation)[0]
        if issubclass(kind, Entity):
            made[kind.__name__.lower()] = (field, kind)
    return made


#: label of a mention (folder in ``patterns/``, span-group key, rule-id prefix) -> its class
ENTITY_TYPES: dict[str, type[Entity]] = {label: kind for label, (_, kind) in _entity_types().items()}
#: label -> field of `Facts`: ``dataset`` -> ``datasets``
ENTITY_FIELDS: dict[str, str] = {label: field for label, (field, _) in _entity_types().items()}
