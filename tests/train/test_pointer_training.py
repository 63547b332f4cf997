"""The pointer's examples, teacher and student. Needs the extra ``train``."""

from __future__ import annotations

import json

import numpy as np
import pytest
from spacy.vocab import Vocab

from arxivie.pipes.decode import QUANTITIES
from arxivie.pipes.network import build_network
from arxivie.pipes.pointer import LINKS
from arxivie.pipes.tagger import Tagger
from arxivie.train.data import gold_doc

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
from arxivie.train.pointer_examples import annotated_figures, unlabelled_figures  # noqa: E402
from arxivie.train.pointer_student import PointerSettings, PointerStudent, train_pointer  # noqa: E402
from arxivie.train.pointer_teacher import (  # noqa: E402
    PointerTeacher,
    fewer_without_result,
    figure_means,
    label_figures,
    train_pointer_teacher,
)
from arxivie.train.rebuild import Plan, Rebuild  # noqa: E402
from arxivie.train.teacher import TeacherSettings  # noqa: E402

SEED = 3
RECORD = {
    "id": "1",
    "title": "FooNet",
    "abstract": "FooNet uses 12 layers. It has 86.3% accuracy on CIFAR-10, with a drop of -0.2 points on SUN.",
    "facts": {
        "datasets": [{"name": name, "surfaces": [name], "role": "used"} for name in ("CIFAR-10", "SUN")],
        "methods": [{"name": "FooNet", "surfaces": ["FooNet"], "role": "proposed"}],
        "metrics": [{"name": "accuracy", "surfaces": ["accuracy"]}],
        "results": [
            {"value": 86.3, "metric": "accuracy", "datasets": ["CIFAR-10"], "method": "FooNet", "kind": "score",
             "value_text": "86.3%", "quote": "It has 86.3% accuracy on CIFAR-10"},
            {"value": 0.2, "metric": "accuracy", "datasets": ["SUN"], "method": None, "kind": "loss",
             "value_text": "-0.2 points", "quote": "with a drop of -0.2 points on SUN"},
        ],
    },
}  # fmt: skip


def figures(weight: float = 1.0):
    return annotated_figures(gold_doc(RECORD, Vocab()), RECORD["facts"], weight)


def pointed(example, label: str) -> list[str]:
    column = LINKS.index(label)
    return [example.words[i] for i in np.flatnonzero(example.links[:, column] > 0.5)]


def test_examples_say_what_the_annotation_links_a_figure_to() -> None:
    layers, score, loss = figures(0.5)
    assert [QUANTITIES[int(e.kinds.argmax())] for e in (layers, score, loss)] == ["none", "score", "loss"]
    assert [pointed(layers, label) for label in LINKS[1:]] == [[], [], []]
    assert [pointed(score, label) for label in LINKS[1:]] == [["accuracy"], ["CIFAR", "-", "10"], ["FooNet", "FooNet"]]
    assert [pointed(loss, label) for label in LINKS[1:]] == [["accuracy"], ["SUN"], []]
    assert {e.weight for e in (layers, score, loss)} == {0.5}
    assert len(score.words) == len(score.spaces) == len(score.marks) == len(score.places)
    assert [pointed(e, label) for e in unlabelled_figures(score.doc) for label in LINKS[1:]] == [[]] * 9


def test_figures_without_a_result_are_sampled() -> None:
    layers, score, loss = figures()
    chosen = fewer_without_result([score, loss, *[layers] * 20], SEED)
    assert sum(e.kinds[0] > 0.5 for e in chosen) == 1
    assert score in chosen
    assert loss in chosen


def test_the_mean_of_a_figure_is_that_of_its_tokens() -> None:
    examples = figures()
    rows = torch.arange(sum(len(e.window) for e in examples), dtype=torch.float32)[:, None]
    expected, at = [], 0
    for e in examples:
        expected.append(np.mean([at + i for i in np.flatnonzero(e.marks == 1)]))
        at += len(e.window)
    np.testing.assert_allclose(figure_means(rows, examples)[:, 0].numpy(), expected)


def test_student_and_network_agree() -> None:
    print("seed", SEED)
    torch.manual_seed(SEED)
    examples = figures()
    rng = np.random.default_rng(SEED)
    rows = [rng.normal(0, 1, (len(e.window), 24)).astype(np.float32) for e in examples]
    student = PointerStudent(24, dilations=(1, 3)).eval()
    with torch.no_grad():
        expected = student(rows, examples).numpy()
    batch = [(r, e.places) for r, e in zip(rows, examples, strict=True)]
    np.testing.assert_allclose(np.concatenate(student.export().predict(batch)), expected, atol=1e-4)


def tagger() -> Tagger:
    pipe = Tagger(Vocab(), build_network(1))
    labels = len(pipe.labels)
    pipe.model = build_network(labels, width=24, before=(1,), after=(1,), subword_rows=200, subword_width=8,
                               view_rows=50, view_width=8)  # fmt: skip
    pipe.model.initialize()
    return pipe


def test_a_pointer_learns_its_figures_by_heart() -> None:
    print("seed", SEED)
    examples, pipe = figures(), tagger()
    settings = PointerSettings(seed=SEED, epochs=120, learning_rate=0.01, dropout=0.0)
    network = train_pointer(pipe, examples, settings).export()
    rows = pipe.predict([examples[0].doc])[0].rows
    for e in examples:
        (scores,) = network.predict([(rows[e.window], e.places)])
        assert scores[:, : len(LINKS)].argmax(axis=1).tolist() == e.links.argmax(axis=1).tolist()
        assert scores[e.marks == 1, len(LINKS) :].mean(axis=0).argmax() == e.kinds.argmax()


def test_a_pointer_goes_on_from_another() -> None:
    print("seed", SEED)
    examples, pipe = figures(), tagger()
    learned = train_pointer(pipe, examples, PointerSettings(seed=SEED, epochs=60, learning_rate=0.01, dropout=0.0))
    network = learned.export()
    rows = [pipe.predict([e.doc])[0].rows[e.window] for e in examples]
    still = PointerSettings(seed=SEED, epochs=1, learning_rate=1e-9, dropout=0.0)
    with_start = [PointerStudent.start_from(network).eval(), train_pointer(pipe, examples, still, network)]
    with torch.no_grad():
        before = learned(rows, examples).numpy()
        for student in with_start:
            np.testing.assert_allclose(student(rows, examples).numpy(), before, atol=1e-3)


def test_a_teacher_learns_and_its_labels_are_kept(tmp_path) -> None:
    print("seed", SEED)
    examples = figures()
    teacher = train_pointer_teacher(examples, TeacherSettings(seed=SEED, epochs=40, learning_rate=3e-4, masked=0.0))
    fresh = unlabelled_figures(examples[0].doc)
    label_figures(teacher, fresh, tmp_path / "labels.npz")
    assert [int(e.kinds.argmax()) for e in fresh] == [int(e.kinds.argmax()) for e in examples]
    assert pointed(fresh[1], "metric") == ["accuracy"]
    again = unlabelled_figures(examples[0].doc)
    label_figures(PointerTeacher().eval(), again, tmp_path / "labels.npz")
    for a, b in zip(fresh, again, strict=True):
        np.testing.assert_array_equal(a.links, b.links)


def test_marks_reach_the_teacher() -> None:
    torch.manual_seed(SEED)
    teacher = PointerTeacher().eval()
    a, b, _ = figures()
    with torch.no_grad():
        seen = teacher([teacher.read(a), teacher.read(b)], [len(a.window), len(b.window)])
        assert float((seen[0] - teacher([teacher.read(b)], [len(b.window)])[0]).abs().max()) > 1e-4
    ids = teacher.read(b)[0]
    assert teacher.read(b)[2].shape == (len(ids), 4)
    assert set(teacher.read(b)[2][:, 3].tolist()) == {0, 1, 2}


def test_marked_tokens_are_never_hidden() -> None:
    torch.manual_seed(SEED)
    teacher = PointerTeacher(dropout=0.0, masked=1.0).train()
    example = figures()[1]
    ids, owner, shapes = teacher.read(example)

    def after_a_change_of(marked: bool) -> float:
        at = next(i for i, token in enumerate(owner) if token >= 0 and (shapes[i, 3] > 0) == marked)
        changed = [*ids[:at], ids[at] + 1, *ids[at + 1 :]]
        with torch.no_grad():
            rows = [teacher([(given, owner, shapes)], [len(example.window)]) for given in (ids, changed)]
        return float((rows[0] - rows[1]).abs().max())

    assert after_a_change_of(marked=False) == pytest.approx(0.0, abs=1e-6)
    assert after_a_change_of(marked=True) > 1e-3


def test_a_rebuild_lets_the_pointer_go_on(tmp_path) -> None:
    start, train = tagger(), tmp_path / "train.jsonl"
    start.pointer = PointerStudent(24, dilations=(1, 3)).export()
    start.to_disk(tmp_path / "start")
    train.write_text(json.dumps(RECORD) + "\n")
    plan = Plan([train], [], [], [], None, None, tmp_path / "work", tmp_path / "out", start=str(tmp_path / "start"),
                student_epochs=1, pointer_epochs=1)  # fmt: skip
    rebuild = Rebuild(plan)
    made = rebuild.pointer(Tagger(rebuild.vocab, rebuild.student()))
    assert made.attrs["network"]["dilations"] == [1, 3]


def test_a_rebuild_labels_unlabelled_figures(tmp_path) -> None:
    tagger().to_disk(tmp_path / "start")
    corpora = {name: tmp_path / f"{name}.jsonl" for name in ("train", "dev", "abstracts")}
    for name, path in corpora.items():
        more = {"abstract": RECORD["abstract"] + " " + "It is long. " * 20, "categories": ["cs.CV"]}
        path.write_text(json.dumps({**RECORD, "id": name, **(more if name == "abstracts" else {})}) + "\n")
    plan = Plan([corpora["train"]], [], [], [], corpora["abstracts"], None, tmp_path / "work", tmp_path / "out",
                start=str(tmp_path / "start"), student_epochs=1, pointer_labelled=3, pointer_teacher_epochs=1,
                pointer_epochs=1)  # fmt: skip
    plan.dev.append(corpora["dev"])
    rebuild = Rebuild(plan)
    rebuild.guard.ids.clear()
    rebuild.guard.runs.clear()
    rebuild.run()
    made = Tagger(Vocab(), build_network(1)).from_disk(tmp_path / "out")
    assert made.pointer is not None
    assert made.meta["plan"]["pointer_labelled"] == 3
    with np.load(tmp_path / "work" / "pointer-labels.npz") as stored:
        assert stored["kinds"].shape == (3, len(QUANTITIES))
