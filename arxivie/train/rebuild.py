"""The steps from joined corpora to the folder of a tagger; see `arxivie.train`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from arxivie.errors import ConfigurationError
from arxivie.pipes.decode import HEADS
from arxivie.pipes.network import build_network
from arxivie.pipes.tagger import KEY, Tagger, load_weights, score_tagger
from arxivie.pipes.targets import targets
from arxivie.pipes.tokens import FactTokenizer
from arxivie.train.calibrate import expected_error, lines, outcomes, reliability
from arxivie.train.data import gold_doc, paper_of, read_corpus
from arxivie.train.self_label import LeakGuard, choose, read_abstracts

VERSION = "1.3"
#: what the tagger learned from, for ``meta.json``
DATA = (
    {"name": "annotated arXiv abstracts", "use": "teachers and student", "licence": "metadata CC0-1.0"},
    {"name": "unlabelled arXiv abstracts", "use": "floret, distillation", "licence": "metadata CC0-1.0"},
    {"name": "all-MiniLM-L6-v2", "use": "the teachers' encoder", "licence": "Apache-2.0"},
    {"name": "TDMSci", "use": "auxiliary head of the teachers", "licence": "Apache-2.0"},
    {"name": "SciREX", "use": "auxiliary head of the teachers", "licence": "Apache-2.0"},
    {"name": "DatasetNER (Heddes et al. 2021)", "use": "auxiliary head of the teachers", "licence": "CC BY 4.0"},
)
#: weight of an annotated text against a self-labelled one in the distillation, and of `--more` against `--train`
GOLD_WEIGHT, MORE_WEIGHT = 3.0, 0.8


@dataclass
class Plan:
    """What a rebuild reads, writes and how much of everything it makes.

    ``unseen`` are ids of annotated papers that neither the student is shown (its teachers are) nor the pointer and its
    teacher, so that later components can be fitted on papers that these have not learned by heart; they are listed in
    ``meta.json``.

    With ``start``, a tagger's folder or ``default``, the student goes on from that tagger with the annotated texts
    alone: no vectors, no teachers; and so does its pointer, with unlabelled abstracts as well where they are given.
    What that tagger has learned from stays learned, so those ``unseen`` papers that it may have been shown must be
    unseen by it as well.
    """

    train: list[Path]
    more: list[Path]
    dev: list[Path]
    held_out: list[Path]
    abstracts: Path | None
    auxiliary: Path | None
    work: Path
    out: Path
    start: str | None = None
    seeds: tuple[int, ...] = (10, 11)
    unseen: tuple[str, ...] = ()
    self_labelled: int = 12_000
    teacher_epochs: int = 6
    student_epochs: int = 8
    width: int = 160
    pointer_labelled: int = 10_000
    pointer_teacher_epochs: int = 3
    pointer_epochs: int = 8


class Rebuild:
    """Runs a `Plan`; every step is a method that finds its earlier result in ``plan.work`` or makes it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.vocab = Vocab()
        #: the version of the tagger that the student went on from, and its pointer
        self.started: str | None = None
        self.started_pointer: Any = None
        plan.work.mkdir(parents=True, exist_ok=True)
        self.guard = LeakGuard(read_corpus([*plan.dev, *plan.held_out]))

    def annotated(self) -> list[tuple[Doc, float]]:
        """The training texts with their weights."""
        docs = [(gold_doc(r, self.vocab), 1.0) for r in read_corpus(self.plan.train)]
        more = [(gold_doc(r, self.vocab), MORE_WEIGHT) for r in read_corpus(self.plan.more)]
        for doc, _ in [*docs, *more]:
            if doc.user_data["id"] in self.guard.ids:
                raise ConfigurationError(f"{doc.user_data['id']} is both a training and a held-out text")
        return [*docs, *more]

    def vectors(self) -> NDArray[np.float32]:
        """The floret table."""
        from arxivie.train.vectors import read_vectors, train_vectors

        if self.plan.abstracts is None:
            raise ConfigurationError("vectors are learned from unlabelled abstracts: give --abstracts, or --start")
        path = self.plan.work / "vectors.floret"
        if not path.exists():
            tokenize = FactTokenizer(self.vocab)
            clean = (r for r in read_abstracts(self.plan.abstracts) if not self.guard.leaks(r))
            texts = ([t.text for t in tokenize(paper_of(r).aligned.reading)] for r in clean)
            train_vectors(texts, self.plan.work)
        return read_vectors(path)

    def teachers(self) -> list[Any]:
        """One teacher a seed."""
        import torch

        from arxivie.train.auxiliary import auxiliary_examples
        from arxivie.train.teacher import Example, Teacher, TeacherSettings, train_teacher

        examples = [
            Example([t.text for t in d], [bool(t.whitespace_) for t in d], targets(d), weight)
            for d, weight in self.annotated()
        ]
        auxiliary = auxiliary_examples(self.plan.auxiliary, self.guard, self.vocab) if self.plan.auxiliary else []
        made = []
        for seed in self.plan.seeds:
            path = self.plan.work / f"teacher-{seed}.pt"
            if not path.exists():
                settings = TeacherSettings(seed=seed, epochs=self.plan.teacher_epochs, auxiliary_epochs=1)
                torch.save(train_teacher(examples, auxiliary, settings).state_dict(), path)
            state = torch.load(path, weights_only=True)
            sizes = {k.split(".")[1]: len(v) for k, v in state.items() if k.startswith("heads.") and k.endswith("bias")}
            teacher = Teacher(sizes)
            teacher.load_state_dict(state)
            made.append(teacher.eval())
        return made

    def labelled(self) -> tuple[list[Doc], list[dict[str, NDArray[np.float16]]]]:
        """A sample of the abstracts as Docs, and the teachers' mean probabilities for them."""
        from arxivie.train.teacher import predict

        if self.plan.abstracts is None:
            raise ConfigurationError("the teachers label unlabelled abstracts: give --abstracts, or --start")
        tokenize = FactTokenizer(self.vocab)
        chosen = choose(read_abstracts(self.plan.abstracts), self.guard, self.plan.self_labelled)
        docs = [tokenize(paper_of(record).aligned.reading) for record in chosen]
        path = self.plan.work / "labels.npz"
        if not path.exists():
            texts = [([t.text for t in doc], [bool(t.whitespace_) for t in doc]) for doc in docs]
            soft = predict(self.teachers(), texts)
            np.savez(path, **{head: np.concatenate([s[head] for s in soft]) for head in HEADS})  # type: ignore[arg-type]
        ends = np.cumsum([len(doc) for doc in docs])[:-1]
        with np.load(path) as stored:
            parts = {head: np.split(stored[head], ends) for head in HEADS}
        return docs, [{head: parts[head][i] for head in HEADS} for i in range(len(docs))]

    def student(self) -> Any:
        """The trained network, in thinc."""
        return self.distilled() if self.plan.start is None else self.continued(self.plan.start)

    def distilled(self) -> Any:
        """A new network that learns the teachers' probabilities and the annotated texts."""
        from arxivie.train.soft import Lexicon, soft_example
        from arxivie.train.student import Student, StudentSettings, distil

        student = Student(self.vectors(), width=self.plan.width)
        lexicon = Lexicon(student.shape["subword_rows"], student.shape["view_rows"])
        examples = [soft_example(doc, soft, lexicon) for doc, soft in zip(*self.labelled(), strict=True)]
        examples += self.hard_examples(lexicon, GOLD_WEIGHT)
        return distil(student, examples, lexicon, StudentSettings(epochs=self.plan.student_epochs)).export()

    def continued(self, start: str) -> Any:
        """The network of another tagger that goes on learning from the annotated texts."""
        from arxivie.train.soft import Lexicon
        from arxivie.train.student import Student, StudentSettings, distil

        settings = StudentSettings(
            epochs=self.plan.student_epochs, learning_rate=1e-3, table_learning_rate=5e-4, dropout=0.15, warmup=0.05
        )
        first = load_weights(Tagger(self.vocab, build_network(1)), None if start == "default" else start)
        self.started, self.started_pointer = str(first.meta.get("version", "unversioned")), first.pointer
        shown = {r["id"] for r in read_corpus([*self.plan.train, *self.plan.more])}
        seen = sorted(shown & set(self.plan.unseen) - set(first.meta.get("unseen", ())))
        if seen and "unseen" in first.meta:
            raise ConfigurationError(
                f"{seen[0]} is to stay unseen, but the tagger at the start may have learned from it"
            )
        student = Student.start_from(first.model, settings.dropout)
        lexicon = Lexicon(student.shape["subword_rows"], student.shape["view_rows"])
        return distil(student, self.hard_examples(lexicon, 1.0), lexicon, settings).export()

    def hard_examples(self, lexicon: Any, scale: float) -> list[Any]:
        """The annotated texts that the student may see, their weights times ``scale``."""
        from arxivie.train.soft import hard_example

        return [
            hard_example(doc, targets(doc), lexicon, scale * weight)
            for doc, weight in self.annotated()
            if doc.user_data["id"] not in self.plan.unseen
        ]

    def pointer(self, pipe: Tagger) -> Any:
        """The network that reads single figures on the rows of a trained tagger, in thinc.

        It learns from the annotated figures, and from a teacher's view of those of unlabelled abstracts where there
        are any.
        """
        from arxivie.train.pointer_student import PointerSettings, train_pointer

        annotated = self.annotated_figures()
        examples = annotated if self.plan.abstracts is None else [*annotated, *self.labelled_figures(annotated)]
        if not examples:
            return None
        settings = PointerSettings(epochs=self.plan.pointer_epochs)
        if self.started_pointer is not None:
            settings.learning_rate = 1e-3
        return train_pointer(pipe, examples, settings, self.started_pointer).export()

    def annotated_figures(self) -> list[Any]:
        """The figures of the training texts that the tagger may see."""
        from arxivie.train.pointer_examples import annotated_figures

        weighted = ((self.plan.train, 1.0), (self.plan.more, MORE_WEIGHT))
        return [
            example
            for paths, weight in weighted
            for record in read_corpus(paths)
            if record["id"] not in self.plan.unseen
            for example in annotated_figures(gold_doc(record, self.vocab), record["facts"], weight)
        ]

    def labelled_figures(self, annotated: Sequence[Any]) -> list[Any]:
        """The figures of a sample of the abstracts, as a teacher that has learned the annotated ones sees them."""
        import torch

        from arxivie.train.pointer_examples import unlabelled_figures
        from arxivie.train.pointer_teacher import PointerTeacher, label_figures, train_pointer_teacher
        from arxivie.train.teacher import TeacherSettings

        assert self.plan.abstracts is not None
        path = self.plan.work / "pointer-teacher.pt"
        if not path.exists():
            settings = TeacherSettings(seed=self.plan.seeds[0], epochs=self.plan.pointer_teacher_epochs)
            torch.save(train_pointer_teacher(annotated, settings).state_dict(), path)
        teacher = PointerTeacher()
        teacher.load_state_dict(torch.load(path, weights_only=True))
        known = {r["id"] for r in read_corpus([*self.plan.train, *self.plan.more])} | set(self.plan.unseen)
        abstracts = (r for r in read_abstracts(self.plan.abstracts) if r["id"] not in known)
        tokenize = FactTokenizer(self.vocab)
        chosen = choose(abstracts, self.guard, self.plan.pointer_labelled)
        made = [e for r in chosen for e in unlabelled_figures(tokenize(paper_of(r).aligned.reading))]
        label_figures(teacher.eval(), made, self.plan.work / "pointer-labels.npz")
        return made

    def run(self) -> dict[str, Any]:
        """All steps; returns the scores on the development texts."""
        pipe = Tagger(self.vocab, self.student())
        pipe.pointer = self.pointer(pipe)
        return finish(pipe, [gold_doc(r, self.vocab) for r in read_corpus(self.plan.dev)], self.plan, self.started)


def finish(pipe: Tagger, dev: Sequence[Doc], plan: Plan, start: str | None = None) -> dict[str, Any]:
    """Calibrate the tagger on the development texts and write its folder; returns its scores there.

    ``start`` is the version of the tagger that it went on from.
    """
    from spacy.training import Example

    examples = [Example(Doc(d.vocab, [t.text for t in d], [bool(t.whitespace_) for t in d]), d) for d in dev]
    list(pipe.pipe(example.predicted for example in examples))
    pairs = [(targets(e.reference), e.predicted.user_data[KEY]) for e in examples]
    found = outcomes(pairs)
    calibration = lines(found)
    rows = reliability(found, calibration)
    scores = score_tagger(examples)
    pipe.meta = {
        **pipe.meta,
        "version": VERSION,
        "data": list(DATA),
        "calibration": calibration,
        "reliability": {"rows": rows, "expected_error": round(expected_error(rows), 4)},
        "dev": json.loads(json.dumps(scores), parse_float=lambda x: round(float(x), 4)),
        "unseen": sorted(plan.unseen),
        "plan": _recorded(plan, start),
    }
    pipe.to_disk(plan.out)
    return scores


def _recorded(plan: Plan, start: str | None) -> dict[str, Any]:
    """What of a plan was used, for ``meta.json``."""
    pointer = {"pointer_epochs": plan.pointer_epochs}
    if plan.abstracts is not None:
        pointer |= {"pointer_labelled": plan.pointer_labelled, "pointer_teacher_epochs": plan.pointer_teacher_epochs}
    if start is not None:
        return {"start": start, "student_epochs": plan.student_epochs, **pointer}
    sizes = {name: getattr(plan, name) for name in ("self_labelled", "teacher_epochs", "student_epochs", "width")}
    return {**sizes, **pointer, "seeds": list(plan.seeds)}


def docbin(corpora: Sequence[str | Path], path: str | Path) -> int:
    """Write the reference Docs of joined corpora for ``spacy train``; returns how many."""
    vocab = Vocab()
    docs = [gold_doc(record, vocab) for record in read_corpus(corpora)]
    DocBin(docs=docs, store_user_data=True).to_disk(path)
    return len(docs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="arxivie.train", description="Rebuild the learned tagger.")
    for name, text in (("train", "joined corpora"), ("more", "joined corpora of less weight"), ("dev", "to calibrate"),
                       ("held-out", "never to be seen")):  # fmt: skip
        parser.add_argument(f"--{name}", nargs="*", type=Path, default=[], help=text)
    for name in ("work", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--abstracts", type=Path, help="unlabelled abstracts; with --start they teach the pointer only")
    parser.add_argument("--start", help="a tagger's folder, or default, that goes on learning from annotated texts")
    parser.add_argument("--auxiliary", type=Path, help="folder of TDMSci, SciREX and DatasetNER")
    parser.add_argument("--unseen", type=Path, help="JSON list of ids that the student is not shown")
    for size in fields(Plan):
        if size.type == "int":
            parser.add_argument(f"--{size.name.replace('_', '-')}", type=int, default=size.default)
    parser.add_argument("--seeds", type=int, nargs="+", default=[10, 11])
    given = vars(parser.parse_args(arguments))
    given["seeds"] = tuple(given["seeds"])
    given["unseen"] = tuple(json.loads(given["unseen"].read_text())) if given["unseen"] else ()
    print(json.dumps(Rebuild(Plan(**given)).run(), indent=1))
    return 0
