from __future__ import annotations

import dataclasses
import math
import pickle
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

import arxivie.pipes.factories  # noqa: F401
from arxivie.errors import PatternError
from arxivie.pipes.claim_features import Clause
from arxivie.pipes.claims import STATUSES, TAGGER_FLOOR, ClaimFinder, ClaimReader, opinion_features
from arxivie.pipes.clauses import ClauseCutter
from arxivie.pipes.entities import EntityRecord, store_entities
from arxivie.pipes.linear import LinearModel
from arxivie.pipes.sentences import SentenceFinder
from arxivie.pipes.tokens import FactTokenizer
from arxivie.rules.pack import load_pack
from arxivie.train.claims import CLASSES, Gold, best_match

NLP = spacy.blank("en")
CUTTER = ClauseCutter(load_pack().words, ("reach-verb", "beat-word"))


def make(text: str) -> Doc:
    return SentenceFinder()(FactTokenizer(NLP.vocab)(text))


def weights(**rows: dict[str, float]) -> LinearModel:
    """A model that scores a feature for a status."""
    names = {feature for row in rows.values() for feature in row}
    return LinearModel(CLASSES, {f: [rows.get(c, {}).get(f, 0.0) for c in CLASSES] for f in names})


MODELS = {
    "claim": weights(
        none={"bias": 2.0}, sota={"cue=sota": 5.0, "beat>rivals": 5.0}, improves={"beat>plain": 6.0, "cue=beat": 3.0},
        competitive={"cue=equal": 7.0}, background={"sota+1=detectors": 9.0},
    ),
    "claim.join": LinearModel(["right"], {"participle": [4.0], "bias": [-2.0]}),
    "claim.dataset": LinearModel(["right"], {"in": [4.0], "bias": [-2.0]}),
    "claim.task": LinearModel(["right"], {"in": [4.0], "before": [4.0], "bias": [-2.0]}),
}  # fmt: skip


def finder(view: Any = lambda doc: None) -> ClaimFinder:
    return ClaimFinder(ClaimReader(NLP, load_pack()), MODELS, view)


def claims(doc: Doc, view: Any = lambda doc: None) -> list[dict[str, Any]]:
    doc = finder(view)(doc)
    found: list[dict[str, Any]] = doc.user_data["arxivie_claims"]
    assert [(s.start, s.end, s.id_) for s in doc.spans["claim"]] == [(c["start"], c["end"], c["rule"]) for c in found]
    return found


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Experiments show that MossNet outperforms all.", ["Experiments show", "MossNet outperforms all."]),
        ("Moreover, it achieves moss.", ["it achieves moss."]),
        ("It beats MossNet and achieves the best moss.", ["It beats MossNet", "achieves the best moss."]),
        ("It achieves 9% on moss, outperforming all.", ["It achieves 9% on moss", "outperforming all."]),
        ("It beats it on moss, while it is slow there.", ["It beats it on moss", "while it is slow there."]),
        ("It matches or surpasses all of them.", ["It matches or surpasses all of them."]),
        ("It beats it (and achieves moss) on wood.", ["It beats it (and achieves moss) on wood."]),
        ("It counts moss and wood in the forest.", ["It counts moss and wood in the forest."]),
    ],
)
def test_sentences_are_cut_into_clauses(text: str, clauses: list[str]) -> None:
    doc = make(text)
    assert [doc[a:b].text for a, b in CUTTER([t.lower_ for t in doc], 0, len(doc))] == clauses


def test_two_claims_of_different_status_in_one_sentence() -> None:
    doc = make("Tests show that it performs on par with trees and outperforms a baseline.")
    found = claims(doc)
    assert [(c["status"], doc[c["start"] : c["end"]].text) for c in found] == [
        ("competitive", "it performs on par with trees"),
        ("improves", "outperforms a baseline."),
    ]
    assert all(0.5 < c["confidence"] <= 1.0 for c in found)
    assert [c["rule"] for c in found] == ["claim.equal", "claim.beat"]


def test_neighbours_of_one_status_are_one_claim_where_the_model_says_so() -> None:
    joined = make("It reaches the state of the art, outperforming existing moss methods.")
    assert [joined[c["start"] : c["end"]].text for c in claims(joined)] == [joined.text]
    apart = make("It outperforms existing moss methods and sets a state of the art.")
    assert len(claims(apart)) == 2


@pytest.mark.parametrize("text", ["", "We study the art of growing moss in a state park.", "We count moss and wood."])
def test_no_claims(text: str) -> None:
    assert claims(make(text)) == []


def test_ties_are_names_of_entities() -> None:
    doc = make("Counting is hard. MossNet sets a state of the art on MossTree.")
    store_entities(
        doc,
        [
            EntityRecord("dataset", "MossTree", [(len(doc) - 2, len(doc) - 1)]),
            EntityRecord("task", "Counting", [(0, 1)]),
        ],
    )
    assert [(c["datasets"], c["tasks"]) for c in claims(doc)] == [(["MossTree"], [])]


def test_the_tagger_is_heard_by_models_that_know_it() -> None:
    text = "Its quality is superior."
    assert claims(make(text)) == []

    def sees(doc: Doc) -> list[tuple[int, int, str, float]]:
        return [(0, len(doc), "sota", 1.0)]

    assert claims(make(text), sees) == []
    classes = MODELS["claim"].classes
    trust = {f"tagger={c}": [float(c == other) for other in classes] for c in classes}
    known = LinearModel(classes, MODELS["claim"].weights | trust)
    knowing = ClaimFinder(ClaimReader(NLP, load_pack()), MODELS | {"claim+tagger": known}, sees)
    assert [c["status"] for c in knowing(make(text)).user_data["arxivie_claims"]] == ["sota"]
    assert claims(make("It counts moss with more wood."), lambda doc: []) == []


def test_an_opinion_counts_for_the_clause_that_it_covers_by_half() -> None:
    clause = Clause(4, 10, ())
    f = opinion_features(clause, [(0, 7, "sota", 0.6), (9, 40, "improves", 0.9), (5, 6, "sota", 0.2)])
    floor = {f"tagger={s}": math.log(TAGGER_FLOOR) for s in STATUSES}
    assert f == pytest.approx(floor | {"tagger=sota": math.log(0.6), "tagger=none": math.log(0.4)})
    assert opinion_features(clause, [])["tagger=none"] == 0.0
    assert opinion_features(clause, None) == {}


def test_the_finder_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(ClaimReader(NLP, load_pack())))
    doc = make("It outperforms existing moss.")
    cues = [c.name for c in again.context(doc, []).sentences[0][0].cues]
    assert cues == ["own", "beat", "rivals"]


def test_a_rule_must_set_its_cue() -> None:
    pack = load_pack()
    rules = tuple(r.model_copy(update={"sets": {"cue": "moss"}}) for r in pack.rules["claim"])
    with pytest.raises(PatternError, match=r"claim\.beat: give it sets"):
        ClaimReader(NLP, dataclasses.replace(pack, rules={**pack.rules, "claim": rules}))


def test_clauses_are_matched_with_annotated_claims() -> None:
    gold: list[Gold] = [(0, "sota", 0, 10, {}), (1, "improves", 12, 20, {})]
    assert best_match(2, 6, gold) == gold[0]
    assert best_match(11, 20, gold) == gold[1]
    assert best_match(9, 12, gold) is None
    assert best_match(0, 3, []) is None
    assert set(STATUSES) == set(CLASSES) - {"none"}
