"""What is merged and what is kept apart, order, best so far, conflicts, claims."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_records import figure, record

from arxivie.errors import ConfigurationError
from arxivie.export.records import Record
from arxivie.leaderboard.board import Board
from arxivie.leaderboard.boards import Leaderboard, leaderboard
from arxivie.store.index import index

Make = Callable[..., Leaderboard]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Leaderboards of some records."""

    def made(*records: Record, **options: Any) -> Leaderboard:
        index(records, tmp_path / "s.duckdb")
        return leaderboard(tmp_path / "s.duckdb", **options)

    return made


def of(*datasets: str, metric: str = "accuracy", unit: str | None = "%") -> list[Record]:
    return [record(f"210{n}.00001", figure(90 + n, metric, d, unit=unit)) for n, d in enumerate(datasets, 1)]


def names(boards: Leaderboard) -> list[tuple[str, str | None]]:
    return sorted({(b.dataset, b.split) for b in boards.boards}, key=str)


@pytest.mark.parametrize(
    ("writings", "name"),
    [
        (("CIFAR10", "CIFAR-10", "Cifar 10", "CIFAR_10"), "CIFAR-10"),
        (("MS COCO", "MSCOCO", "COCO", "MS-COCO"), "COCO"),
        (("ImageNet-1k", "ImageNet ILSVRC 2012", "ILSVRC2012", "ImageNet", "ImageNet-1K"), "ImageNet-1k"),
        ((r"\textit{mini}ImageNet", "mini-ImageNet"), "mini-ImageNet"),
        (("Zorp-Base", "ZorpBase", "zorpbase"), "Zorp-Base"),
    ],
)
def test_writings_of_one_dataset_are_one_board(make: Make, writings: tuple[str, ...], name: str) -> None:
    boards = make(*of(*writings)).boards
    assert [b.dataset for b in boards] == [name]
    assert len(boards[0].rows) == len(writings)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CIFAR-10", "CIFAR-100"),
        ("CIFAR-10.1", "CIFAR-101"),
        ("COCO 2014", "COCO 2017"),
        ("COCO", "COCO-Stuff"),
        ("KITTI 2012", "KITTI 2015"),
        ("ImageNet-1k", "ImageNet-21k"),
        ("ImageNet", "ImageNet-V2"),
        ("SQuAD 1.1", "SQuAD 2.0"),
        ("Zorp-1", "Zorp-11"),
        ("COCO test-dev", "COCO val"),
        ("COCO test-dev", "COCO"),
    ],
)
def test_years_versions_and_splits_stay_apart(make: Make, one: str, other: str) -> None:
    assert len(make(*of(one, other)).boards) == 2


@pytest.mark.parametrize("name", ["COCO test-dev", "MSCOCO (test-dev)", "COCO test dev set"])
def test_a_split_at_the_end_of_a_name_is_its_split(make: Make, name: str) -> None:
    assert names(make(*of(name))) == [("COCO", "test-dev")]


@pytest.mark.parametrize(
    ("where", "split"),
    [
        (" test-dev", "test-dev"),
        (" test dev set", "test-dev"),
        (" validation set", "val"),
        (" (val)", "val"),
        (" val2017", "val2017"),
        (" testset", "test"),
        (" test and validation sets", "test/val"),
        (" validity checks", None),
        (" testbed", None),
        (" trains", None),
        ("", None),
    ],
)
def test_a_split_counts_where_it_stands_beside_the_name(make: Make, where: str, split: str | None) -> None:
    assert names(make(record("2101.00001", figure(50.0, "mAP", "COCO", where=where)))) == [("COCO", split)]


def test_the_split_of_the_nearest_mention_counts(make: Make) -> None:
    made = record("2101.00001", figure(50.0, "mAP", "COCO", where=" val, far above what COCO test-dev had seen"))
    assert names(make(made)) == [("COCO", "val")]


@pytest.mark.parametrize(
    ("metric", "other", "together"),
    [
        ("top-1 accuracy", "top-1 acc", True),
        ("Acc@1", "top-1 accuracy", True),
        ("macro-F1", "F1-macro", True),
        ("R@1", "Recall@1", True),
        ("top-1 accuracy", "top-5 accuracy", False),
        ("top-1 error", "top-5 error", False),
        ("box AP", "mask AP", False),
        ("top-1 accuracy", "accuracy", False),
    ],
)
def test_metrics(make: Make, metric: str, other: str, together: bool) -> None:
    made = make(record("2101.00001", figure(50.0, metric)), record("2102.00001", figure(51.0, other)))
    assert (len(made.boards) == 1) == together


@pytest.mark.parametrize(
    ("metric", "value", "unit", "shown"),
    [
        ("accuracy", 0.876, None, "87.6 %"),
        ("accuracy", 87.6, None, "87.6 %"),
        ("accuracy", 87.6, "%", "87.6 %"),
        ("accuracy", 0.876, "%", "0.876 %"),
        ("accuracy", 1.0, None, "100 %"),
        ("SSIM", 0.876, None, "0.876"),
        ("SSIM", 87.6, "%", "87.6 %"),
        ("BLEU", 0.35, None, "35 points"),
        ("BLEU", 35.0, "%", "35 points"),
        ("PSNR", 31.5, None, "31.5 dB"),
        ("latency", 0.5, "s", "500 ms"),
        ("latency", 12.0, "MB", "12 MB"),
        ("zorpness", 0.5, None, "0.5"),
    ],
)
def test_scales(make: Make, metric: str, value: float, unit: str | None, shown: str) -> None:
    assert [r.figure for r in make(record("2101.00001", figure(value, metric, unit=unit))).rows] == [shown]


def test_figures_in_other_units_are_never_ranked_together(make: Make) -> None:
    made = make(record("2101.00001", figure(0.9, "SSIM", unit=None)), record("2102.00001", figure(90.0, "SSIM")))
    assert sorted(len(b.rows) for b in made.boards) == [1, 1]


def ranked(board: Board) -> list[tuple[float, int | None, bool]]:
    return [(r.score, r.rank, r.best_so_far) for r in board.rows]


def test_best_so_far_over_time(make: Make) -> None:
    days = {90.0: "2021-01-01", 92.0: "2021-02-01", 91.0: "2021-03-01", 95.0: "2021-04-01", 95.5: "2021-04-01"}
    made = make(*(record(f"2101.{n:05}", figure(v), day=day) for n, (v, day) in enumerate(days.items(), 1)))
    assert ranked(made.boards[0]) == [(95.5, 1, True), (95, 2, False), (92, 3, True), (91, 4, False), (90, 5, True)]


def test_lower_is_better_where_the_metric_says_so(make: Make) -> None:
    made = make(
        *(record(f"210{n}.00001", figure(v, "WER"), day=f"2021-0{n}-01") for n, v in ((1, 9.0), (2, 7.0), (3, 8.0)))
    )
    assert ranked(made.boards[0]) == [(7, 1, True), (8, 2, False), (9, 3, True)]


def test_an_unknown_direction_is_not_guessed(make: Make) -> None:
    made = make(*(record(f"210{n}.00001", figure(v, "zorpness"), day=f"2021-0{n}-01") for n, v in ((1, 9.0), (2, 7.0))))
    assert ranked(made.boards[0]) == [(9, None, False), (7, None, False)]


def test_equal_figures_of_a_later_day_are_no_new_best(make: Make) -> None:
    made = make(record("2101.00001", figure(90.0)), record("2102.00001", figure(90.0), day="2021-02-01"))
    assert [(r.paper, r.rank, r.best_so_far) for r in made.rows] == [("2101.00001", 1, True), ("2102.00001", 1, False)]


def test_gains_are_kept_apart_and_quoted_scores_marked(make: Make) -> None:
    quoted = figure(99.0, kind="other_score", method="BarNet")
    gain = figure(3.0, kind="gain", better=True, baseline="BarNet")
    board = make(record("2101.00001", figure(90.0), quoted, gain)).boards[0]
    assert [(r.score, r.quoted, r.rank, r.best_so_far) for r in board.rows] == [
        (99, True, None, False), (90, False, 1, True),
    ]  # fmt: skip
    assert [(r.kind, r.score, r.baseline, r.in_favour) for r in board.changes] == [("gain", 3, "BarNet", True)]


def test_a_gain_alone_is_a_board_without_levels(make: Make) -> None:
    board = make(record("2101.00001", figure(3.0, kind="gain", unit="points"))).boards[0]
    assert (board.rows, [r.figure for r in board.changes]) == ((), ["+3 points"])


def test_two_values_for_one_cell_are_a_conflict_and_both_are_shown(make: Make) -> None:
    made = make(
        record("2101.00001", figure(90.0), figure(91.0), figure(80.0, method="FooNet-S")),
        record("2102.00001", figure(90.5)),
    )
    assert {(r.score, r.conflict) for r in made.rows} == {(90, True), (91, True), (80, False), (90.5, False)}


def test_one_figure_said_twice_is_one_row(make: Make) -> None:
    made = make(record("2101.00001", figure(90.0), figure(90.0, where=", as we said")))
    assert [(r.score, r.conflict) for r in made.rows] == [(90, False)]


def test_every_row_leads_to_its_sentence(make: Make) -> None:
    for evidence in (True, False):
        given = record(f"2101.0000{int(evidence)}", figure(90.0), figure(12.5, "WER"), evidence=evidence)
        for row in make(given).rows:
            assert row.text is not None
            assert row.sentence_text is not None
            assert row.text.of(given.paper.text) == row.value_text
            assert row.sentence == row.sentence_text.of(given.paper.text)
            assert row.sentence.startswith("Here FooNet gets")
            assert row.sentence.endswith("CIFAR-10.")


def test_filters(make: Make) -> None:
    made = [
        record("2101.00001", figure(90.0), tasks=["image sorting"]),
        record("2102.00001", figure(80.0, "mAP", "MSCOCO"), figure(81.0, "mAP", "COCO test-dev"), day="2021-06-30"),
    ]
    assert names(make(*made, dataset="MS COCO")) == [("COCO", "test-dev"), ("COCO", None)]
    assert names(make(*made, dataset="coco test-dev")) == [("COCO", "test-dev")]
    assert names(make(*made, dataset="nothing")) == []
    assert names(make(*made, metric="Accuracy")) == [("CIFAR-10", None)]
    assert names(make(*made, task="sorting")) == [("CIFAR-10", None)]
    assert len(names(make(*made, since="2021-06"))) == 2
    assert names(make(*made, since=date(2021, 7, 1))) == []
    for wrong in ("June", "2021-13", "2021-06-31", "21"):
        with pytest.raises(ConfigurationError, match="no date"):
            make(since=wrong)


def test_the_month_of_the_id_dates_a_paper_without_date(make: Make) -> None:
    made = make(record("2105.00001", figure(90.0), day=None), record("hep-th/9905001", figure(80.0), day=None))
    assert {r.paper: r.day for r in made.rows} == {"2105.00001": "2021-05", "hep-th/9905001": "1999-05"}


def sota(dataset: str = "CIFAR-10", status: str = "sota") -> dict[str, Any]:
    return {"status": status, "quote": f"This sets records on {dataset}", "datasets": (dataset,)}


def contradicted(boards: Leaderboard) -> list[tuple[str, str | None]]:
    return [(c.paper, c.against.paper if c.against else None) for c in boards.contradicted]


def test_a_claim_is_contradicted_by_a_better_number_that_was_known(make: Make) -> None:
    earlier = record("2101.00001", figure(95.0, dataset="CIFAR10"))
    claim = record("2102.00001", figure(94.0), claims=[sota()], day="2021-02-01")
    assert contradicted(make(earlier, claim, claims=True)) == [("2102.00001", "2101.00001")]


@pytest.mark.parametrize(
    "other",
    [
        record("2103.00001", figure(95.0), day="2021-03-01"),
        record("2101.00001", figure(93.0)),
        record("2101.00001", figure(94.0)),
        record("2101.00001", figure(95.0, "top-1 accuracy")),
        record("2101.00001", figure(95.0, dataset="CIFAR-100")),
        record("2101.00001", figure(95.0, kind="gain")),
        record("2101.00001", figure(95.0, where=" test")),
        record("2102.00001", figure(95.0), day=None),
    ],
    ids=["later", "worse", "equal", "metric", "dataset", "gain", "split", "same month"],
)
def test_a_claim_is_not_contradicted_by_what_does_not_compare(make: Make, other: Record) -> None:
    claim = record("2102.00009", figure(94.0), claims=[sota()], day="2021-02-01")
    assert contradicted(make(other, claim, claims=True)) == []


def test_a_paper_s_own_quote_can_contradict_it(make: Make) -> None:
    quoted = figure(95.0, kind="other_score", method="BarNet")
    made = make(record("2101.00001", figure(94.0), quoted, claims=[sota()]), claims=True)
    assert contradicted(made) == [("2101.00001", "2101.00001")]
    assert "95 %" in made.contradicted[0].shows


def test_competitive_claims_are_shown_and_never_contradicted(make: Make) -> None:
    earlier = record("2101.00001", figure(95.0))
    claim = record("2102.00001", figure(94.0), claims=[sota(status="competitive")], day="2021-02-01")
    made = make(earlier, claim, claims=True)
    assert [(c.status, c.beaten, c.contradicted) for c in made.claims] == [("competitive", True, False)]
    assert make(earlier, claim).claims == ()
