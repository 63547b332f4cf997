"""The tagger: its network, its decoding, its place in a pipeline."""

from __future__ import annotations

import pickle
from itertools import product

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import fix_random_seed

from arxivie.errors import ConfigurationError
from arxivie.pipes import tagger as tagger_module
from arxivie.pipes import tagger_factory, tokens
from arxivie.pipes.decode import HEADS, bio, decode, is_number, span_score, spans_of, viterbi
from arxivie.pipes.network import build_network
from arxivie.pipes.tagger import (
    KEY,
    Tagger,
    calibrated,
    claim_spans,
    entity_spans,
    quantity_probabilities,
    role_probabilities,
    span_probability,
)
from arxivie.pipes.targets import GOLD_QUANTITIES, IGNORE, targets
from arxivie.pipes.words import spelling

assert tagger_factory
assert tokens
SEED = 7
TINY = {
    "@architectures": "arxivie.Tagger.v1",
    "width": 24,
    "before": [1, 2],
    "after": [1],
    "subword_rows": 500,
    "subword_width": 16,
    "view_rows": 100,
    "view_width": 8,
}
TEXT = "FooNet: fast detection\nWe propose FooNet and reach 86.3% accuracy on CIFAR-10, beating the state of the art."


def make_nlp() -> spacy.Language:
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "arxivie.FactTokenizer.v1"}}})


def gold(nlp: spacy.Language) -> Doc:
    """`TEXT` with its reference labels."""
    doc = nlp.make_doc(TEXT)

    def span(surface: str, label: str, role: str = "", nth: int = 0):
        at = -1
        for _ in range(nth + 1):
            at = TEXT.index(surface, at + 1)
        found = doc.char_span(at, at + len(surface), label=label, span_id=role)
        assert found is not None, surface
        return found

    doc.spans["dataset"] = [span("CIFAR-10", "dataset", "used")]
    doc.spans["method"] = [span("FooNet", "method", "proposed"), span("FooNet", "method", "proposed", 1)]
    doc.spans["task"] = [span("detection", "task")]
    doc.spans["metric"] = [span("accuracy", "metric")]
    doc.spans["claim"] = [span("beating the state of the art", "sota")]
    doc.user_data[GOLD_QUANTITIES] = {span("86.3", "x").start: "score"}
    return doc


@pytest.fixture
def trained() -> spacy.Language:
    """A tiny tagger that knows `TEXT` by heart."""
    print("seed", SEED)
    fix_random_seed(SEED)
    nlp = make_nlp()
    nlp.add_pipe("arxivie_tagger", config={"model": TINY})
    reference = gold(nlp)
    optimizer = nlp.initialize(lambda: [Example(nlp.make_doc(TEXT), reference)])
    optimizer.learn_rate = 0.01
    for _ in range(60):
        nlp.update([Example(nlp.make_doc(TEXT), reference)], sgd=optimizer)
    return nlp


def test_learns_a_text_by_heart(trained: spacy.Language) -> None:
    doc = trained(TEXT)
    found = {(doc[s:e].text, label) for s, e, label, _ in entity_spans(doc)}
    assert found == {("CIFAR-10", "dataset"), ("FooNet", "method"), ("detection", "task"), ("accuracy", "metric")}
    assert [(doc[s:e].text, status) for s, e, status, _ in claim_spans(doc)] == [
        ("beating the state of the art", "sota")
    ]
    number = next(t.i for t in doc if t.text == "86.3")
    kinds = quantity_probabilities(doc, number)
    assert max(kinds, key=kinds.__getitem__) == "score"
    start, end, _, probability = next(s for s in entity_spans(doc) if s[2] == "dataset")
    assert span_probability(doc, start, end, "dataset") == pytest.approx(probability)
    assert span_probability(doc, start, end, "task") < 0.2
    roles = role_probabilities(doc, start, end, "dataset")
    assert max(roles, key=roles.__getitem__) == "used"
    assert sum(roles.values()) == pytest.approx(1.0)
    scores = trained.evaluate([Example(trained.make_doc(TEXT), gold(trained))])
    assert scores["tagger_f"] == 1.0
    assert scores["tagger_claim_f"] == 1.0
    assert scores["tagger_role_acc"] == 1.0


def test_stored_arrays_survive_bytes_and_docbin(trained: spacy.Language) -> None:
    doc = trained(TEXT)
    again = Doc(trained.vocab).from_bytes(doc.to_bytes())
    (third,) = DocBin(docs=[doc], store_user_data=True).get_docs(trained.vocab)
    for other in (again, third):
        assert entity_spans(other) == entity_spans(doc)
    assert {h: a.shape for h, a in doc.user_data[KEY].items() if h in HEADS} == {
        h: (len(doc), len(labels)) for h, labels in HEADS.items()
    }


def test_save_and_load(trained: spacy.Language, tmp_path) -> None:
    doc = trained(TEXT)
    trained.to_disk(tmp_path / "nlp")
    by_disk = spacy.load(tmp_path / "nlp")
    by_bytes = make_nlp()
    by_bytes.add_pipe("arxivie_tagger", config={"model": TINY})
    by_bytes.from_bytes(trained.to_bytes())
    for nlp in (by_disk, by_bytes):
        np.testing.assert_allclose(
            nlp(TEXT).user_data[KEY]["entity"].astype(float), doc.user_data[KEY]["entity"].astype(float), atol=5e-3
        )


def test_altered_weights_are_refused(trained: spacy.Language, tmp_path) -> None:
    pipe = trained.get_pipe("arxivie_tagger")
    pipe.to_disk(tmp_path)
    data = bytearray((tmp_path / "tagger.npz").read_bytes())
    data[-1] ^= 1
    (tmp_path / "tagger.npz").write_bytes(bytes(data))
    with pytest.raises(ConfigurationError, match="digest"):
        pipe.from_disk(tmp_path)
    with pytest.raises(ConfigurationError, match="no tagger"):
        pipe.from_disk(tmp_path / "nowhere")


def test_a_batch_says_what_its_documents_say_alone() -> None:
    print("seed", SEED)
    fix_random_seed(SEED)
    nlp = make_nlp()
    network = build_network(5, **{k: v for k, v in TINY.items() if not k.startswith("@")})
    network.initialize()
    rng = np.random.default_rng(SEED)
    for node in network.walk():
        for name in node.param_names:
            node.set_param(name, rng.normal(0, 0.3, node.get_param(name).shape).astype("float32"))
    docs = [nlp.make_doc(text) for text in (TEXT, "One.", "", "Title\nTwo 3 four.", TEXT[:50])]
    together = network.predict(docs)
    for doc, rows in zip(docs, together, strict=True):
        assert rows.shape == (len(doc), 5)
        np.testing.assert_allclose(network.predict([doc])[0], rows, atol=1e-4)
    kept, _ = network.begin_update(docs)
    for a, b in zip(together, kept, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-4)


def test_gradients_are_those_of_finite_differences(check_gradients) -> None:
    print("seed", SEED)
    fix_random_seed(SEED)
    nlp = make_nlp()
    network = build_network(3, **{k: v for k, v in TINY.items() if not k.startswith("@")})
    network.initialize()
    rng = np.random.default_rng(SEED)
    docs = [nlp.make_doc(TEXT), nlp.make_doc("Title\nShort 1.")]
    for node in network.walk():
        for name in node.param_names:
            # random everywhere: where pieces tie, as on untrained zeros, a maxout has no derivative
            node.set_param(name, rng.normal(0, 0.3, node.get_param(name).shape).astype("float32"))
    assert check_gradients(network, docs, rng, given=frozenset({"subwords"})) >= 15


def test_the_empty_document() -> None:
    nlp = make_nlp()
    pipe = nlp.add_pipe("arxivie_tagger", config={"model": TINY})
    pipe.initialize(list)
    doc = nlp("")
    assert entity_spans(doc) == []
    assert claim_spans(doc) == []


def test_pickles() -> None:
    nlp = make_nlp()
    pipe = nlp.add_pipe("arxivie_tagger", config={"model": TINY})
    pipe.initialize(list)
    again = pickle.loads(pickle.dumps(pipe))
    assert isinstance(again, Tagger)
    np.testing.assert_allclose(
        again.predict([nlp.make_doc(TEXT)])[0].scores, pipe.predict([nlp.make_doc(TEXT)])[0].scores, atol=2e-3
    )


def test_targets_of_a_reference() -> None:
    doc = gold(make_nlp())
    found = targets(doc)
    names = {doc[s:e].text: HEADS["entity"][2 * k + 1] for s, e, k in spans_of(found["entity"])}
    assert names == {
        "FooNet": "B-method",
        "detection": "B-task",
        "CIFAR-10": "B-dataset",
        "accuracy": "B-metric",
    }
    for token, role, kind in zip(doc, found["role"], found["quantity"], strict=True):
        assert (role != IGNORE) == (token.text in {"FooNet", "CIFAR", "-", "10"})
        assert (kind != IGNORE) == is_number(token.text)


def test_places_tell_the_title_from_the_rest() -> None:
    doc = make_nlp().make_doc(TEXT)
    _, spots = spelling(doc)
    break_at = next(t.i for t in doc if t.text == "\n")
    assert set(spots[: break_at + 1, 1]) == {0}
    assert spots[break_at + 1, 1] == 1
    assert spots[-1, 1] == 8
    assert (spelling(make_nlp().make_doc("no title here"))[1][:, 1] > 0).all()


def brute_force(log_p: np.ndarray, labels: tuple[str, ...]) -> float:
    """The best score of a legal path, by trying all."""
    best = -np.inf
    for path in product(range(len(labels)), repeat=len(log_p)):
        names = [labels[k] for k in path]
        legal = all(
            not name.startswith("I-") or (i and names[i - 1][2:] == name[2:] and names[i - 1] != "O")
            for i, name in enumerate(names)
        )
        if legal:
            best = max(best, sum(log_p[i, k] for i, k in enumerate(path)))
    return best


@pytest.mark.parametrize("seed", range(8))
def test_viterbi_finds_the_best_legal_path(seed: int) -> None:
    print("seed", seed)
    labels = bio(("a", "b"))
    log_p = np.random.default_rng(seed).normal(0, 2, (5, len(labels)))
    path = viterbi(log_p)
    assert sum(log_p[i, k] for i, k in enumerate(path)) == pytest.approx(brute_force(log_p, labels))


def test_decode_cuts_neighbours_apart_and_scores_exactness() -> None:
    labels = bio(("a",))
    rows = np.array([[0.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    assert labels == ("O", "B-a", "I-a")
    assert [(s, e, k) for s, e, k, _ in decode(rows)] == [(0, 1, 0), (1, 3, 0)]
    assert span_score(rows, 1, 3, 0) == pytest.approx(1.0)
    assert span_score(rows, 1, 2, 0) < 0.05
    assert decode(np.zeros((0, 3))) == []


def test_calibration_is_monotone_and_optional() -> None:
    assert calibrated(0.3, None) == 0.3
    values = [calibrated(p, (0.8, -0.2)) for p in (0.0, 0.1, 0.5, 0.9, 1.0)]
    assert values == sorted(values)
    assert all(0.0 < v < 1.0 for v in values)


def test_numbers() -> None:
    assert all(map(is_number, ("86.3", "3x", "10K", "twice", "Half")))
    assert not any(map(is_number, ("accuracy", "%", "https://a.b/c1")))


def test_other_tokens_are_refused() -> None:
    nlp = make_nlp()
    other = spacy.blank("en").make_doc(TEXT)
    with pytest.raises(ConfigurationError, match="tokens"):
        tagger_module.reference(Example(nlp.make_doc(TEXT), other))
