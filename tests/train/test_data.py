"""Corpora as training examples: where surfaces, figures and claims stand, and the guard against leaks."""

from __future__ import annotations

import json

import numpy as np
import pytest
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from arxivie.errors import CorpusError
from arxivie.pipes.decode import HEADS, spans_of
from arxivie.pipes.targets import GOLD_QUANTITIES, targets
from arxivie.train import calibrate
from arxivie.train.data import claims, gold_doc, mentions, occurrences, quantities, read_corpus
from arxivie.train.self_label import LeakGuard, choose
from arxivie.train.vectors import read_vectors

RECORD = {
    "id": "2101.00001",
    "title": "BarNet for lane detection",
    "abstract": "We present BarNet, a GAN. It reaches $86.36\\%$ accuracy on CULane-C, 5.1% more than CULane "
    "baselines; 86.36 is no typo. It outperforms existing methods.",
    "facts": {
        "datasets": [
            {"name": "CULane-C", "surfaces": ["CULane-C"], "role": "used"},
            {"name": "CULane", "surfaces": ["CULane"], "role": "mentioned"},
        ],
        "methods": [
            {"name": "BarNet", "surfaces": ["BarNet"], "role": "proposed"},
            {"name": "GAN", "surfaces": ["GAN"], "role": "used", "generic": True},
        ],
        "tasks": [{"name": "lane detection", "surfaces": ["lane detection"]}],
        "metrics": [{"name": "accuracy", "surfaces": ["accuracy"]}],
        "results": [
            {"value": 86.36, "value_text": "$86.36\\%$", "kind": "score", "quote": "It reaches $86.36\\%$ accuracy"},
            {"value": 5.1, "value_text": "5.1%", "kind": "gain", "quote": "5.1% more than CULane baselines"},
        ],
        "claims": [{"status": "sota", "quote": "It outperforms existing methods"}],
    },
}


def test_whole_words_only() -> None:
    assert [tuple(e) for e in occurrences("GAN", "GANs, a GAN-like GAN")] == [(8, 11), (17, 20)]


def test_the_longest_mention_wins() -> None:
    text = RECORD["title"] + "\n" + RECORD["abstract"]
    found = [(at.of(text), label, role) for at, label, role in mentions(RECORD["facts"], text)]
    assert found == [
        ("BarNet", "method", "proposed"),
        ("lane detection", "task", ""),
        ("BarNet", "method", "proposed"),
        ("GAN", "generic_method", "used"),
        ("accuracy", "metric", ""),
        ("CULane-C", "dataset", "used"),
        ("CULane", "dataset", "mentioned"),
    ]


def test_figures_stand_in_their_quotes() -> None:
    text = RECORD["title"] + "\n" + RECORD["abstract"]
    assert [(at.of(text), kind) for at, kind in quantities(RECORD["facts"], text)] == [
        ("$86.36\\%$", "score"),
        ("5.1%", "gain"),
    ]
    twice = {"results": [{"value_text": "3", "kind": k, "quote": "from 3 to 3.3 or 3"} for k in ("score", "gain")]}
    assert [at.start for at, _ in quantities(twice, "x from 3 to 3.3 or 3")] == [7, 19]


def test_overlapping_claims_do_not_both_stay() -> None:
    facts = {"claims": [{"status": "sota", "quote": "a b"}, {"status": "improves", "quote": "b c"}]}
    assert [status for _, status in claims(facts, "a b c")] == ["sota"]


def test_gold_doc_is_the_reading_view_with_its_facts() -> None:
    doc = gold_doc(RECORD, Vocab())
    assert "$" not in doc.text
    assert [s.text for s in doc.spans["dataset"]] == ["CULane-C", "CULane"]
    assert [(s.text, s.label_, s.id_) for s in doc.spans["method"]][-1] == ("GAN", "generic_method", "used")
    assert [(s.text, s.label_) for s in doc.spans["claim"]] == [("It outperforms existing methods", "sota")]
    kinds = {doc[i].text: kind for i, kind in doc.user_data[GOLD_QUANTITIES].items() if doc[i].text[0].isdigit()}
    assert kinds == {"86.36": "score", "5.1": "gain"}
    labels = targets(doc)
    spent = [doc[i].text for i in np.flatnonzero(labels["quantity"] > 0)]
    assert spent == ["86.36", "5.1"]
    assert len(spans_of(labels["entity"])) == 7
    assert {HEADS["role"][k] for k in set(labels["role"]) - {-1}} == {
        "dataset:used",
        "dataset:mentioned",
        "method:proposed",
        "method:used",
    }


def test_reference_survives_a_docbin() -> None:
    doc = gold_doc(RECORD, Vocab())
    packed = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (again,) = DocBin(store_user_data=True).from_bytes(packed).get_docs(Vocab())
    for head, row in targets(doc).items():
        np.testing.assert_array_equal(targets(again)[head], row)


def test_corpora_name_the_broken_line(tmp_path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps(RECORD) + "\n\n{]\n")
    with pytest.raises(CorpusError, match=r"c\.jsonl:3"):
        list(read_corpus([path]))


def paper(number: int, abstract: str, field: str = "cs.CV") -> dict[str, object]:
    return {"id": f"2001.{number:05}", "title": "t", "abstract": abstract, "categories": [field]}


def test_the_guard_knows_runs_of_eight_words_and_ids() -> None:
    guard = LeakGuard([paper(1, "one two three four five six seven eight nine")])
    assert guard.leaks(paper(1, "nothing in common"))
    assert guard.leaks(paper(2, "x Two three, four five SIX seven eight nine y"))
    assert not guard.leaks(paper(3, "two three four five six seven eight and nine"))


def test_choice_is_seeded_leaves_leaks_out_and_follows_the_shares() -> None:
    words = [f"w{k}" for k in range(80)]
    pool = [paper(k, " ".join([f"p{k}", *words[k % 40 :]]), "cs.CV" if k % 2 else "cs.CL") for k in range(200)]
    guard = LeakGuard([paper(3, pool[3]["abstract"])])
    first = choose(pool, guard, 10, seed=1)
    assert first == choose(list(reversed(pool)), guard, 10, seed=1)
    assert all(not guard.leaks(record) for record in first)
    assert choose(pool, LeakGuard([]), 100, seed=1) != choose(pool, LeakGuard([]), 100, seed=2)
    assert len({r["id"] for r in choose(pool, LeakGuard([]), 100)}) == 45 + 18


def test_floret_tables_are_read_and_checked(tmp_path) -> None:
    good = tmp_path / "v.floret"
    good.write_text("2 3 3 5 2 2166136261 < >\n1 0.5 0 1\n0 1 2 3\n")
    np.testing.assert_allclose(read_vectors(good), [[1, 2, 3], [0.5, 0, 1]])
    good.write_text("2 3 2 5 2 2166136261 < >\n")
    with pytest.raises(Exception, match="subword"):
        read_vectors(good)


def test_platt_lines_mend_overconfidence() -> None:
    rng = np.random.default_rng(3)
    print("seed 3")
    pairs = [(float(p), bool(rng.random() < 0.25 + p / 2)) for p in rng.uniform(0.02, 0.98, 2000)]
    fitted = calibrate.lines({"dataset": pairs})
    before = calibrate.expected_error(calibrate.reliability({"dataset": pairs}, {}))
    after = calibrate.expected_error(calibrate.reliability({"dataset": pairs}, fitted))
    assert after < 0.04 < before
    assert calibrate.line([]) == (1.0, 0.0)


def test_a_tagger_that_is_sure_and_half_wrong_gets_a_flat_line() -> None:
    # full Newton steps run away from here
    pairs = [(0.9999, k % 3 > 0) for k in range(300)] + [(0.3, False)] * 3
    slope, offset = calibrate.line(pairs)
    assert 0.05 <= slope < 1.0
    assert abs(offset) < 5
