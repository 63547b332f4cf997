"""Figures with units, errors, ranges and bounds, and the numbers beside them that are none."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from arxivie.pipes.quantities import KEY, Quantity, QuantityFinder, quantities, stored_quantities
from arxivie.pipes.quantity_words import lexicon
from arxivie.pipes.tokens import FactTokenizer

TOKENIZE = FactTokenizer(spacy.blank("en").vocab)


def found(text: str) -> list[Quantity]:
    return quantities(TOKENIZE(text))


def one(text: str) -> Quantity:
    made = found(text)
    assert len(made) == 1, [(q.value, q.unit) for q in made]
    return made[0]


def values(text: str) -> list[float]:
    return [q.value for q in found(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        # the examples of the annotation guide
        ("Our baseline achieves 86.36% here.", 86.36, "%"),
        ("a relative gain of 1,681 in total", 1681, None),
        ("it needs 10K steps", 10_000, None),
        ("reaches 32.71 dB on it", 32.71, "dB"),
        ("reaches 32.71dB on it", 32.71, "dB"),
        ("runs at 47 FPS.", 47, "FPS"),
        ("runs at 47 frames per second.", 47, "FPS"),
        ("takes 61 ms a pair", 61, "ms"),
        ("takes 61ms a pair", 61, "ms"),
        ("is 5x faster", 5, "x"),
        ("is 5× faster", 5, "x"),
        ("is 5 times faster", 5, "x"),
        ("is 10,000x faster", 10_000, "x"),
        ("a 3.5-fold speedup", 3.5, "x"),
        ("improves by 3.2 points", 3.2, "points"),
        ("improves by 3.2 percentage points", 3.2, "points"),
        ("improves by 3.2% points", 3.2, "points"),
        ("improves by 3.2 pp", 3.2, "points"),
        ("needs 12 s a scan", 12, "s"),
        ("trains in 15 hours", 15, "h"),
        ("trains in 18 minutes", 18, "min"),
        ("it has 14.8M parameters", 14.8e6, "params"),
        ("it has 14.8 million parameters", 14.8e6, "params"),
        ("a 7B model, 0.3 GFLOPs", 7e9, None),
        # numbers as words, shares and powers
        ("is twice as fast", 2, "x"),
        ("saves half the time", 0.5, "x"),
        ("is an order of magnitude faster", 10, "x"),
        ("it is three times faster", 3, "x"),
        ("solves 5/5 levels", 5, None),
        ("costs 1/5 of it", 0.2, None),
        ("scans of 10^7 points", 1e7, "points"),
        # written without the zero, in brackets, with a sign
        ("an AUC of .93 is reached", 0.93, None),
        ("the highest recall (0.389)", 0.389, None),
        ("grows to +5.8 AP", 5.8, None),
        ("at -5 dB", -5, "dB"),
        ("84% of them", 84, "%"),
        ("84 percent of them", 84, "%"),
    ],
)
def test_a_figure_has_its_value_and_unit(text: str, value: float, unit: str | None) -> None:
    first = found(text)[0]
    assert first.value == pytest.approx(value)
    assert first.unit == unit


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("is 6-7x faster", 6, 7, "x"),
        ("is 6–7× faster", 6, 7, "x"),
        ("is 6x-7x faster", 6, 7, "x"),
        ("improves by 5 to 10% on all", 5, 10, "%"),
        ("ranging from 5% to 10%", 5, 10, "%"),
        ("between 4 and 9%", 4, 9, "%"),
        ("2.5-3.5 points", 2.5, 3.5, "points"),
        ("gains 6~10% on it", 6, 10, "%"),
        ("runs at 21 ∼ 28 FPS", 21, 28, "FPS"),
    ],
)
def test_a_range_is_one_figure(text: str, low: float, high: float, unit: str) -> None:
    q = one(text)
    assert (q.value, q.value_max, q.unit, q.shape) == (low, high, unit, "range")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("falls from 35.1 to 25.0", [35.1, 25.0]),
        ("rises from 25.0 to 35.1", [25.0, 35.1]),
        ("rises from 25.0% to 35.1%", [25.0, 35.1]),
        ("88% and 91% on them", [88, 91]),
        ("79.8%/89.9% on it", [79.8, 89.9]),
        ("0.93, 0.81 and 0.7", [0.93, 0.81, 0.7]),
        ("5% or 7%", [5, 7]),
        ("5 ~7% more", [5, 7]),
    ],
)
def test_two_figures_are_no_range(text: str, wanted: list[float]) -> None:
    assert values(text) == wanted
    assert all(q.value_max is None for q in found(text))


@pytest.mark.parametrize(
    ("text", "value", "error", "unit"),
    [
        ("a Dice of 0.876 ± 0.005 here", 0.876, 0.005, None),
        ("a Dice of 0.876±0.005 here", 0.876, 0.005, None),
        ("an accuracy of 92.1 ± 0.3% here", 92.1, 0.3, "%"),
        ("an accuracy of 92.1% ± 0.3% here", 92.1, 0.3, "%"),
        ("an accuracy of 92.1 (±0.3) here", 92.1, 0.3, None),
    ],
)
def test_an_error_belongs_to_its_figure(text: str, value: float, error: float, unit: str | None) -> None:
    q = one(text)
    assert (q.value, q.error, q.unit) == (value, error, unit)


@pytest.mark.parametrize(
    ("text", "bound", "lead"),
    [
        ("gains more than 5% here", "at_least", "more"),
        ("gains over 5% here", "at_least", "over"),
        ("gains at least 5% here", "at_least", "at"),
        ("with >95% here", "at_least", ">"),
        ("needs as few as 5% here", "at_least", "as"),
        ("gains 5% or more here", "at_least", "5"),
        ("reaches 95%+ here", "at_least", "95"),
        ("gains up to 19% here", "at_most", "up"),
        ("stays under 19% here", "at_most", "under"),
        ("loses only 3% here", "at_most", "only"),
        ("gains as much as 19% here", "at_most", "as"),
        ("stays within 0.3% of it", "at_most", "within"),
        ("gains about 5% here", "about", "about"),
        ("gains nearly 5% here", "about", "nearly"),
        ("gains around 5% here", "about", "around"),
        ("gains ~5% here", "about", "~"),
        ("gains 5% here", "exact", "5"),
        # near misses: the word bounds something else
        ("over the year it gains 5% here", "exact", "5"),
        ("only then it gains 5% here", "exact", "5"),
    ],
)
def test_words_around_a_figure_bound_it(text: str, bound: str, lead: str) -> None:
    doc = TOKENIZE(text)
    (q,) = quantities(doc)
    assert q.bound == bound
    assert doc[q.lead].text == lead


@pytest.mark.parametrize(
    "text",
    [
        "images of 512×512 here",
        "images of 512 × 512 × 3 here",
        "images of 512x512 here",
        "with a ResNet-50 backbone",
        "with ResNet-18,-34 backbones",
        "with a ViT-B/16 backbone",
        "with YOLOv4 and PointNet2",
        "its R@5 and Recall@10",
        "a 5-layer network in 3-D space",
        "3D detection with 2D boxes",
        "it is COVID-19 that",
        "at https://example.org/5% here",
        "",
        "no figure at all",
        "a half-spoke of the wheel",
    ],
)
def test_numbers_in_names_and_sizes_are_no_figures(text: str) -> None:
    assert values(text) == []


def test_a_year_behind_a_name_has_no_unit_and_no_bound() -> None:
    """Whether a bare number is a result is decided later, from its context."""
    q = one("on PASCAL VOC 2012 and others")
    assert (q.value, q.unit, q.bound, q.decimal) == (2012, None, "exact", False)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a Dice of 0.9573(0.0244) here", [(0.9573, 0.0244)]),
        ("a Dice of 91.2%(1.3%) here", [(91.2, 1.3)]),
        # near misses: a change, another figure, a count, a bracket with a space, one that is not closed
        ("a Dice of 0.9573(+0.0244) here", [(0.9573, None), (0.0244, None)]),
        ("a Dice of 0.9573(0.8244) here", [(0.9573, None), (0.8244, None)]),
        ("a Dice of 0.9573(2) here", [(0.9573, None), (2, None)]),
        ("a Dice of 0.9573 (0.0244) here", [(0.9573, None), (0.0244, None)]),
        ("a Dice of 0.9573(0.0244 here", [(0.9573, None), (0.0244, None)]),
    ],
)
def test_a_spread_may_stick_to_its_figure_in_brackets(text: str, read: list[tuple[float, float | None]]) -> None:
    assert [(q.value, q.error) for q in found(text)] == read


def test_numbers_behind_a_colon_are_figures_unless_they_go_on_with_a_number() -> None:
    assert values("33.6% mAP@0.50:0.95 there") == [33.6]
    assert values("accuracy:0.95 there") == [0.95]


def test_a_vocabulary_without_flags_reads_the_same() -> None:
    text = "It has 86.3 (+2.6) and (91.2%), or [3.5 dB]; 5 % (0.3)."
    bare = FactTokenizer(Vocab())(text)
    assert not bare.vocab["("].is_punct
    assert quantities(bare) == found(text)
    assert [q.value for q in quantities(bare)] == [86.3, 2.6, 91.2, 3.5, 5, 0.3]


def test_the_extent_covers_sign_number_and_unit() -> None:
    doc = TOKENIZE("grows to +5.8 percentage points and up to 12% there")
    assert [doc[q.start : q.end].text for q in quantities(doc)] == ["+5.8 percentage points", "12%"]
    assert [q.signed for q in quantities(doc)] == [True, False]


def test_the_component_leaves_plain_data_that_reads_back() -> None:
    doc = QuantityFinder()(TOKENIZE("up to 12% and 0.876 ± 0.005"))
    assert all(type(value) in {int, float, str, bool, type(None)} for q in doc.user_data[KEY] for value in q.values())
    assert stored_quantities(doc) == quantities(doc)
    assert stored_quantities(TOKENIZE("12%")) == []


PIECES = st.sampled_from(
    ["12", "0.5", ".7", "1,681", "%", "x", "×", "±", "-", "–", "/", "to", "from", "and", "between", "up", "(", ")", "^",
     "more", "than", "points", "dB", "10K", "twice", "half", ",", "+", "~", "512", "ResNet", "\n", " ", "²", "¹", "٣",
     "order", "of", "magnitude", "million", "9" * 400, "10^7", "^30", "K", "٪"]
)  # fmt: skip


@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=14))
@example([("12", ""), ("(", ""), ("±", ""), ("12", "")])
def test_any_row_of_pieces_is_read(pieces: list[tuple[str, str]]) -> None:
    check_invariants("".join(piece + space for piece, space in pieces))


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    check_invariants(text)


def check_invariants(text: str) -> None:
    """Quantities stand in the Doc, in order, apart from each other, and are finite."""
    doc = TOKENIZE(text)
    end = 0
    for q in quantities(doc):
        assert end <= q.start < q.end <= len(doc)
        assert 0 <= q.lead <= q.start
        assert abs(q.value) < float("inf")
        assert q.value_max is None or q.value_max > q.value
        end = q.end


UNITS = sorted({(surface, symbol) for (*words,), symbol in lexicon().units.items() for surface in [" ".join(words)]})


@given(
    st.decimals(min_value=0, max_value=99_999, places=2),
    st.sampled_from([("%", "%"), (" dB", "dB"), (" FPS", "FPS"), (" ms", "ms"), ("x", "x"), (" points", "points")]),
    st.booleans(),
)
def test_a_written_number_comes_back(number: object, unit: tuple[str, str], commas: bool) -> None:
    written = f"{number:,.2f}" if commas else f"{number:.2f}"
    q = one(f"It reaches {written}{unit[0]} here.")
    assert (q.value, q.unit, q.bound, q.decimal) == (float(f"{number:.2f}"), unit[1], "exact", True)


@pytest.mark.parametrize(("surface", "symbol"), [u for u in UNITS if u[0][0].isalpha()])
def test_every_unit_of_the_list_is_read(surface: str, symbol: str) -> None:
    assert one(f"It reaches 4.2 {surface.replace(' . ', '.').replace(' / ', '/')} there").unit == symbol
