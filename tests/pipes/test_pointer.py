"""What a figure points to: its window and places, the network, its place in the tagger, what others ask of it."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from spacy.util import fix_random_seed

from arxivie.pipes.context import Context
from arxivie.pipes.decode import HEADS, QUANTITIES
from arxivie.pipes.entities import EntityRecord
from arxivie.pipes.entity_features import Tagged
from arxivie.pipes.kinds import tagger_features
from arxivie.pipes.linking import dataset_options, method_options, metric_options
from arxivie.pipes.pointer import (
    LINKS,
    N_PLACES,
    Pointer,
    figure_marks,
    has_pointers,
    pointer_places,
    pointer_window,
    pointers,
)
from arxivie.pipes.pointer_network import build_pointer
from arxivie.pipes.quantities import QuantityFinder, quantities
from arxivie.pipes.resolve import proposed
from arxivie.pipes.sentences import Sentences
from arxivie.pipes.tagger import KEY, Tagger
from arxivie.pipes.tagger_factory import tagger_network

SEED = 11
SIZES = {"width": 16, "pieces": 2, "dilations": [1, 2]}
TINY = {
    "width": 16,
    "before": [1],
    "after": [1],
    "subword_rows": 200,
    "subword_width": 8,
    "view_rows": 50,
    "view_width": 4,
}
TEXT = "A fast net\nOne is far. Two is near. On CUB it has 88% accuracy and 3 dB more. Behind it is more."


def made(text: Doc, figure: int, given: dict[str, tuple[str, float]], **kinds: float) -> Pointer:
    """A pointer that gives each of these words a label with a probability."""
    links = np.zeros((len(text), len(LINKS)))
    links[:, 0] = 1.0
    for token in text:
        if token.text in given:
            label, chance = given[token.text]
            links[token.i] = [1.0 - chance if name == "none" else chance * (name == label) for name in LINKS]
    chances = [kinds.get(kind, 0.0) for kind in QUANTITIES]
    return Pointer({"figure": figure, "window": np.arange(len(text)), "links": links, "kinds": chances})


def test_a_window_is_the_title_the_sentence_and_the_one_in_front(read) -> None:
    doc = read(TEXT)
    text, (first, _) = Sentences(doc), quantities(doc)
    words = [doc[int(i)].text for i in pointer_window(text, first)]
    assert " ".join(words).split() == [
        "A",
        "fast",
        "net",
        "Two",
        "is",
        "near",
        ".",
        "On",
        "CUB",
        "it",
        "has",
        "88",
        "%",
        "accuracy",
        "and",
        "3",
        "dB",
        "more",
        ".",
    ]


def test_the_sentence_behind_the_title_has_none_in_front(read) -> None:
    doc = read("A net\nIt has 88%. More.")
    (q,) = quantities(doc)
    assert pointer_window(Sentences(doc), q).tolist() == list(range(8))
    assert doc[7].text == "."


def test_a_window_never_grows_beyond_what_is_near(read) -> None:
    doc = read("T\n" + "word " * 200 + "88% " + "word " * 200)
    (q,) = quantities(doc)
    window = pointer_window(Sentences(doc), q)
    assert window[:2].tolist() == [0, 1]
    assert window[2:].tolist() == list(range(q.start - 75, q.end + 75))


def test_places_tell_distance_mark_and_part(read) -> None:
    doc = read(TEXT)
    text, figures = Sentences(doc), quantities(doc)
    window = pointer_window(text, figures[0])
    places = pointer_places(text, figures[0], figures, window)
    assert places.min() >= 0
    assert places.max() < N_PLACES
    by_word = {doc[int(i)].text: tuple(row) for i, row in zip(window, places, strict=True)}
    distance, mark, part = by_word["88"]
    assert by_word["%"] == (distance, mark, part)
    assert by_word["has"] == (distance - 1, mark - 1, part)
    assert by_word["accuracy"] == (distance + 1, mark - 1, part)
    assert by_word["dB"][1:] == (mark + 1, part)
    assert by_word["near"][2] == part + 1
    assert by_word["net"][2] == part - 1
    assert by_word["net"][0] < by_word["near"][0] < by_word["CUB"][0] < by_word["has"][0]


def test_marks(read) -> None:
    doc = read("It has 88% and 3 dB.")
    a, b = quantities(doc)
    assert figure_marks(len(doc), a, [a, b]).tolist() == [0, 0, 1, 1, 0, 2, 2, 0]
    assert figure_marks(len(doc), b, [a, b]).tolist() == [0, 0, 2, 2, 0, 1, 1, 0]


def test_chances_of_mentions_are_means_over_their_tokens(read) -> None:
    doc = read("mean error of 3% on CUB")
    p = made(doc, 3, {"mean": ("metric", 0.5), "error": ("metric", 0.9), "CUB": ("dataset", 0.7)}, gain=1.0)
    assert p.chance("metric", (0, 2)) == pytest.approx(0.7)
    assert p.chance("metric", (1, 2)) == pytest.approx(0.9)
    assert p.chance("dataset", (0, 2)) == 0.0
    assert p.best("metric", [(0, 1), (0, 2)]) == pytest.approx(0.7)
    assert p.best("metric", []) == 0.0
    assert p.most("metric") == pytest.approx(0.9)
    assert list(p.spans("metric")) == [(0, 2)]
    assert list(p.spans("dataset")) == [(6, 7)]
    assert list(p.spans("method")) == []


def test_a_mention_outside_the_window_has_no_chance(read) -> None:
    doc = read("error of 3%")
    p = made(doc, 2, {"error": ("metric", 0.9)})
    assert p.chance("metric", (7, 9)) == 0.0
    assert p.chance("metric", (-1, 1)) == pytest.approx(0.45)


def test_words_that_a_result_points_to_are_candidates(read) -> None:
    doc = read("It cuts the purple cost by 3% on CUB")
    words = {"purple": ("metric", 0.6), "cost": ("metric", 0.8), "CUB": ("dataset", 0.4)}

    def view(**kinds: float) -> Tagged:
        figure = {6: made(doc, 6, words, **kinds)}
        return Tagged(frozenset(), lambda start, end: {}, lambda mentions, label: [], lambda token: 0.0, figure)

    told = view(none=0.4, gain=0.6)
    assert told.pointed_spans() == [(3, 5, "metric")]
    assert told.pointed("metric", [(3, 5)]) == pytest.approx(0.6 * 0.7)
    found = [c for c in proposed(doc, told) if "metric.pointer" in c.rules]
    assert [(c.key, c.mentions) for c in found] == [("purplecost", [(3, 5)])]
    assert view(none=0.6, gain=0.4).pointed_spans() == []


def test_options_know_what_the_figure_points_to(read) -> None:
    doc = read("TopNet cuts error and loss by 3% on CUB and SUN")
    (q,) = quantities(doc)
    words = {"error": ("metric", 0.9), "loss": ("metric", 0.3), "SUN": ("dataset", 0.7), "TopNet": ("method", 0.8)}
    pointed = {q.start: made(doc, q.start, words, gain=1.0)}

    def entity(label: str, surface: str) -> EntityRecord:
        at = next(t.i for t in doc if t.text == surface)
        return EntityRecord(label, surface, [(at, at + 1)], [surface])

    metrics = [entity("metric", "error"), entity("metric", "loss")]
    datasets = [entity("dataset", "CUB"), entity("dataset", "SUN")]
    context, plain = Context(doc, [q], {}, None, pointed), Context(doc, [q], {})
    none, error, loss = metric_options(context, q, "gain", metrics, None)
    assert none["none&pointed=0.95"] == error["pointed=0.95"] == loss["pointed=0.35"] == 1.0
    assert error["pointed-first=True"] == loss["pointed-first=False"] == 1.0
    assert error["pointed"] > loss["pointed"] > -2.0 > none["none&pointed"]
    rows = dataset_options(context, q, "gain", datasets, None, (None, "-"))
    assert [row["pointed"] > -1.0 for row in rows] == [False, True]
    assert method_options(context, q, "gain", [entity("method", "TopNet")], None)[1]["pointed-first=True"] == 1.0
    for options in (
        metric_options(plain, q, "gain", metrics, None),
        dataset_options(plain, q, "gain", datasets, None, (None, "-")),
    ):
        assert not any("pointed" in name for row in options for name in row)


def test_kinds_hear_both_opinions(read) -> None:
    doc = read("It gets 88% here.")
    (q,) = quantities(doc)
    f = tagger_features(doc, q, lambda doc, i: {"none": 1.0}, made(doc, q.start, {}, none=0.25, score=0.75))
    assert f["tagger=none"] == 0.0
    assert f["pointer=score"] == pytest.approx(np.log(0.75))
    assert f["pointer=gain"] == pytest.approx(np.log(1e-3))


@pytest.fixture
def network():
    """A pointer with random weights."""
    print("seed", SEED)
    rng = np.random.default_rng(SEED)
    made = build_pointer(**SIZES)
    made.initialize()
    for node in made.walk():
        for name in node.param_names:
            node.set_param(name, rng.normal(0, 0.3, node.get_param(name).shape).astype("float32"))
    return made


def test_gradients_are_those_of_finite_differences(network, check_gradients) -> None:
    rng = np.random.default_rng(SEED)
    batch = [(rng.normal(0, 1, (n, 16)).astype("float32"), rng.integers(0, N_PLACES, (n, 3))) for n in (7, 4)]
    assert check_gradients(network, batch, rng) == 11


def tagger(network) -> Tagger:
    fix_random_seed(SEED)
    pipe = Tagger(spacy.blank("en").vocab, tagger_network(**TINY))
    pipe.initialize(list)
    pipe.pointer = network
    return pipe


def test_a_tagger_reads_the_figures_that_were_found(read, network, tmp_path) -> None:
    pipe = tagger(network)
    doc = pipe(QuantityFinder()(read(TEXT)))
    assert [doc[p.figure].text for p in pointers(doc).values()] == ["88", "3"]
    for stored in doc.user_data[KEY]["pointers"]:
        assert stored["links"].shape == (len(stored["window"]), len(LINKS))
        np.testing.assert_allclose(stored["links"].sum(axis=1), 1.0, atol=2e-3)
        assert float(stored["kinds"].sum()) == pytest.approx(1.0)
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert pointers(again)[next(iter(pointers(doc)))].kinds == next(iter(pointers(doc).values())).kinds
    pipe.to_disk(tmp_path)
    other = Tagger(doc.vocab, tagger_network(**TINY)).from_disk(tmp_path)
    assert other.pointer is not None
    assert other.pointer.attrs["network"] == SIZES
    more = other(QuantityFinder()(read(TEXT)))
    np.testing.assert_allclose(
        more.user_data[KEY]["pointers"][0]["links"], doc.user_data[KEY]["pointers"][0]["links"], atol=5e-3
    )


def test_what_is_surely_no_result_is_not_read(read, network) -> None:
    pipe, doc = tagger(network), QuantityFinder()(read(TEXT))
    (found,) = pipe.predict([doc])
    first, second = quantities(doc)
    none = HEADS["quantity"].index("none") + len(HEADS["entity"]) + len(HEADS["role"])
    found.scores[first.start : first.end, none] += 20.0
    found.scores[second.start, none] += 20.0
    pipe.set_annotations([doc], [found])
    a, b = pointers(doc).values()
    assert not a.read
    assert a.kinds["none"] > 0.99
    assert sum(a.kinds.values()) == pytest.approx(1.0, abs=1e-3)
    assert a.most("metric") == a.best("metric", [(0, 3)]) == 0.0
    assert list(a.spans("dataset")) == []
    assert b.read, "one of its tokens may be a result"


def test_pointers_are_those_that_are_stored_now(read, network) -> None:
    doc = tagger(network)(QuantityFinder()(read(TEXT)))
    first = pointers(doc)
    assert len(first) == 2
    assert pointers(doc) is first
    doc.user_data[KEY]["pointers"] = doc.user_data[KEY]["pointers"][1:]
    assert list(pointers(doc)) == list(first)[1:]


def test_without_figures_or_without_a_pointer_there_is_nothing(read, network) -> None:
    pipe = tagger(network)
    assert pipe(read(TEXT)).user_data[KEY]["pointers"] == []
    assert has_pointers(pipe(read(TEXT)))
    pipe.pointer = None
    doc = pipe(QuantityFinder()(read(TEXT)))
    assert not has_pointers(doc)
    assert pointers(doc) == {}
    assert not has_pointers(read(TEXT))


def test_a_pointer_does_not_outlive_its_rows(network) -> None:
    pipe = tagger(network)
    pipe.finish_update(pipe.create_optimizer())
    assert pipe.pointer is None
