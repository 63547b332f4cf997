"""The order of the pipes; `load` makes the spaCy pipeline, `annotate` streams papers through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from arxivie.assemble import assemble, register_getter
from arxivie.errors import ConfigurationError
from arxivie.papers import Paper
from arxivie.pipes import factories as factories  # registers them also where no entry points are installed
from arxivie.pipes import tagger_factory as tagger_factory
from arxivie.pipes import tokens as tokens
from arxivie.rules.pack import load_pack

#: the components in the order in which each finds what it builds on
ORDER = (
    "arxivie_sentences",
    "arxivie_lexicon",
    "arxivie_matcher",
    "arxivie_abbreviations",
    "arxivie_quantities",
    "arxivie_tagger",
    "arxivie_resolve",
    "arxivie_results",
    "arxivie_links",
    "arxivie_releases",
    "arxivie_claims",
)
_WITH_PACKS = frozenset(f"arxivie_{name}" for name in ("lexicon", "matcher", "resolve", "links", "releases", "claims"))
#: papers that a worker process gets at a time: enough to outweigh the passing on, few enough to stream
_BATCH = 32

TaggerChoice = Literal["default"] | str | Path | None


def load(
    *,
    tagger: TaggerChoice = "default",
    packs: Sequence[str | Path] = (),
    enable: Iterable[str] | None = None,
    disable: Iterable[str] = (),
) -> Language:
    """The pipeline as a spaCy `Language`.

    Args:
        tagger: ``"default"`` for the tagger that ships with arxivie, the folder of one that you trained, or None for
            rules, names and weights alone.
        packs: folders of your own rules and names, beside ours.
        enable: names of the components to have (see `ORDER`); all where None.
        disable: names of components to leave out.

    Raises:
        ConfigurationError: where a component is unknown or a tagger's folder holds none.
        PatternError: where a pack is wrong.
    """
    wanted = set(ORDER if enable is None else enable) - set(disable)
    unknown = sorted((set(enable or ()) | set(disable)) - set(ORDER))
    if unknown:
        raise ConfigurationError(f"no component is called {unknown[0]!r}; there are {', '.join(ORDER)}")
    if tagger is None:
        wanted.discard("arxivie_tagger")
    register_getter()
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "arxivie.FactTokenizer.v1"}}})
    for name in ORDER:
        if name in wanted:
            settings = {"packs": [str(p) for p in packs]} if name in _WITH_PACKS else {}
            pipe = nlp.add_pipe(name, config=settings)
            if name == "arxivie_tagger":
                from arxivie.pipes.tagger import Tagger, load_weights

                assert isinstance(pipe, Tagger)
                load_weights(pipe, None if tagger == "default" else Path(str(tagger)))
    return nlp


def versions(nlp: Language, packs: Sequence[str | Path] = ()) -> tuple[str, str | None]:
    """Version and digest of the patterns, and the version of the tagger (None without one), for every export."""
    pack = load_pack(packs)
    tagger = None
    if "arxivie_tagger" in nlp.pipe_names:
        from arxivie.pipes.tagger import Tagger

        pipe = nlp.get_pipe("arxivie_tagger")
        assert isinstance(pipe, Tagger)
        tagger = str(pipe.meta.get("version", "unversioned"))
    return f"{pack.version}+{pack.digest}", tagger


def read_doc(nlp: Language, paper: Paper) -> Doc:
    """The ``reading`` view of a paper as a Doc that knows its paper, through all pipes."""
    doc = nlp.make_doc(paper.aligned.reading)
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc


def annotate_one(nlp: Language, paper: Paper) -> Paper:
    """The paper, `Paper.as_published`, with its facts."""
    paper = paper.as_published()
    return paper.model_copy(update={"facts": assemble(read_doc(nlp, paper), paper)})


def annotate(papers: Iterable[Paper], nlp: Language | None = None, *, processes: int = 1) -> Iterator[Paper]:
    """Papers with their facts, in the order in which they come; lazily, a batch a process at a time.

    Args:
        papers: as `arxivie.read` yields them.
        nlp: a pipeline of `load`; made with its defaults where None.
        processes: more than one share the work; each gets the pipeline once and papers in batches.
    """
    nlp = nlp if nlp is not None else load()
    if processes <= 1:
        for paper in papers:
            yield annotate_one(nlp, paper)
        return
    with ProcessPoolExecutor(processes, initializer=_start_worker, initargs=(nlp,)) as pool:
        try:
            yield from _in_order(pool, iter(papers), ahead=2 * processes)
        finally:
            pool.shutdown(cancel_futures=True)


_worker: Language | None = None


def _start_worker(nlp: Language) -> None:
    global _worker
    _worker = nlp
    register_getter()


def _annotate_batch(batch: list[str]) -> list[str]:
    assert _worker is not None
    return [annotate_one(_worker, Paper.model_validate_json(line)).model_dump_json() for line in batch]


def _in_order(pool: ProcessPoolExecutor, papers: Iterator[Paper], *, ahead: int) -> Iterator[Paper]:
    """Submit at most ``ahead`` batches beyond the one whose papers are being yielded."""
    waiting: list[Future[list[str]]] = []
    while True:
        while len(waiting) <= ahead and (batch := [p.model_dump_json() for p in islice(papers, _BATCH)]):
            waiting.append(pool.submit(_annotate_batch, batch))
        if not waiting:
            return
        for line in waiting.pop(0).result():
            yield Paper.model_validate_json(line)
