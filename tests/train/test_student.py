"""The student in PyTorch is the tagger's network in thinc; teachers and students learn. Needs the extra ``train``."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest
from spacy.vocab import Vocab

from arxivie.errors import ConfigurationError
from arxivie.pipes.decode import HEADS
from arxivie.pipes.network import build_network
from arxivie.pipes.tagger import Tagger
from arxivie.pipes.targets import targets
from arxivie.train.data import gold_doc

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
from arxivie.train.auxiliary import auxiliary_examples  # noqa: E402
from arxivie.train.precision import half_where_native  # noqa: E402
from arxivie.train.rebuild import Plan, Rebuild  # noqa: E402
from arxivie.train.self_label import LeakGuard  # noqa: E402
from arxivie.train.soft import Lexicon, hard_example, soft_example  # noqa: E402
from arxivie.train.student import Student, StudentSettings, distil  # noqa: E402
from arxivie.train.teacher import batches, shape_ids  # noqa: E402

SEED = 5
RECORD = {
    "id": "1",
    "title": "FooNet",
    "abstract": "We propose FooNet and reach 86.3% accuracy on CIFAR-10.",
    "facts": {
        "datasets": [{"name": "CIFAR-10", "surfaces": ["CIFAR-10"], "role": "used"}],
        "methods": [{"name": "FooNet", "surfaces": ["FooNet"], "role": "proposed"}],
    },
}


def make(lexicon: Lexicon) -> Student:
    print("seed", SEED)
    torch.manual_seed(SEED)
    table = np.random.default_rng(SEED).normal(0, 0.3, (400, 12)).astype(np.float32)
    return Student(table, width=20, before=(1, 2), after=(1,), view_rows=50, view_width=6)


def test_student_and_network_agree() -> None:
    vocab, lexicon = Vocab(), Lexicon(400, 50)
    docs = [gold_doc(RECORD, vocab), gold_doc({**RECORD, "abstract": "Short."}, vocab)]
    examples = [hard_example(doc, targets(doc), lexicon, 1.0) for doc in docs]
    lexicon.freeze()
    student = make(lexicon).eval()
    with torch.no_grad():
        expected = student(examples, lexicon).numpy()
    np.testing.assert_allclose(np.concatenate(student.export().predict(docs)), expected, atol=1e-4)


def test_distillation_reaches_its_targets() -> None:
    vocab, lexicon = Vocab(), Lexicon(400, 50)
    doc = gold_doc(RECORD, vocab)
    rng = np.random.default_rng(SEED)
    soft = {head: rng.dirichlet(np.full(len(labels), 0.3), len(doc)) for head, labels in HEADS.items()}
    example = soft_example(doc, soft, lexicon)
    settings = StudentSettings(seed=SEED, epochs=400, learning_rate=0.01, dropout=0.0, hidden_words=0.0)
    student = make(lexicon)
    for part in student.modules():
        if isinstance(part, torch.nn.Dropout):
            part.p = 0.0
    student = distil(student, [example], lexicon, settings)
    with torch.no_grad():
        scores = student([example], lexicon)[:, : len(HEADS["entity"])]
    assert float(np.abs(scores.softmax(-1).numpy() - soft["entity"]).max()) < 0.25


def test_auxiliary_corpora_get_heads_of_their_own(tmp_path) -> None:
    (tmp_path / "TDMSci").mkdir()
    (tmp_path / "DatasetNER").mkdir()
    tdm = [
        {"text": "We parse the Foo corpus.", "entities": [[3, 8, "TASK"], [13, 23, "DATASET"], [0, 2, "OTHER"]]},
        {"text": "one two three four five six seven eight nine", "entities": []},
    ]
    (tmp_path / "TDMSci" / "train.json").write_text(json.dumps(tdm))
    (tmp_path / "DatasetNER" / "train.csv").write_text("id,text,labels\n1,We use MNIST.,\"[[7, 12, 'Dataset']]\"\n")
    guard = LeakGuard([{"id": "x", "title": "", "abstract": "one two three four five six seven eight"}])
    first, second = auxiliary_examples(tmp_path, guard, Vocab())
    assert {head: row.tolist() for head, row in first.targets.items()} == {"aux_tdmsci": [0, 1, 0, 5, 6, 0]}
    assert {head: row.tolist() for head, row in second.targets.items()} == {"aux_datasetner": [0, 0, 1, 0]}


def test_batches_hold_every_text_once_and_stay_small() -> None:
    lengths = [random.Random(SEED).randint(1, 60) for _ in range(50)] + [500]
    for shuffle in (None, random.Random(SEED)):
        groups = batches(lengths, 200, shuffle)
        assert sorted(i for group in groups for i in group) == list(range(51))
        assert all(len(g) == 1 or len(g) * max(lengths[i] for i in g) <= 200 for g in groups)


def test_shapes_tell_case_space_and_title() -> None:
    words = ["BERT", "x", "\n", "Net", "-", "5", "v2"]
    spaces = [True, False, False, False, False, True, False]
    assert shape_ids(words, spaces).tolist() == [
        [2, 0, 1],
        [1, 1, 1],
        [8, 0, 0],
        [3, 0, 0],
        [8, 0, 0],
        [5, 0, 0],
        [7, 1, 0],
    ]


def test_a_student_starts_from_a_trained_network() -> None:
    docs, first = [gold_doc(RECORD, Vocab())], make(Lexicon(400, 50))
    again = Student.start_from(first.export(), dropout=0.25)
    assert again.shape == first.shape
    assert again.dropout.p == 0.25
    np.testing.assert_allclose(again.export().predict(docs)[0], first.export().predict(docs)[0], atol=1e-6)


def test_a_tagger_goes_on_learning(tmp_path) -> None:
    start = Tagger(Vocab(), make(Lexicon(400, 50)).export())
    start.to_disk(tmp_path / "start")
    corpora = {name: tmp_path / f"{name}.jsonl" for name in ("train", "dev")}
    for name, path in corpora.items():
        path.write_text(json.dumps({**RECORD, "id": name}) + "\n")
    plan = Plan([corpora["train"]], [], [corpora["dev"]], [], None, None, tmp_path / "work", tmp_path / "out",
                start=str(tmp_path / "start"), student_epochs=2)  # fmt: skip
    assert Rebuild(plan).run().keys() >= {"tagger_f"}
    made, doc = Tagger(Vocab(), build_network(1)).from_disk(tmp_path / "out"), gold_doc(RECORD, Vocab())
    assert np.abs(made.predict([doc])[0].scores - start.predict([doc])[0].scores).max() > 1e-4
    assert made.meta["plan"]["start"] == start.meta.get("version", "unversioned")


def test_what_a_tagger_may_have_learned_is_not_unseen(tmp_path) -> None:
    corpus = tmp_path / "train.jsonl"
    corpus.write_text(json.dumps({**RECORD, "id": "0000.1"}) + "\n")
    plan = Plan([corpus], [], [], [], None, None, tmp_path / "work", tmp_path / "out", start="default",
                unseen=("0000.1", "0000.2"))  # fmt: skip
    with pytest.raises(ConfigurationError, match=r"0000\.1 .* may have learned"):
        Rebuild(plan).run()


def test_half_precision_gives_the_same_product_nearly() -> None:
    with half_where_native():
        product = torch.ones(2, 3) @ torch.ones(3, 2)
    assert product.float().tolist() == [[3.0, 3.0], [3.0, 3.0]]
