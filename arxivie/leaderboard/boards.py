"""`leaderboard`: the figures of a store, grouped into boards, best first.

A board is one metric on one dataset, or on one stated part of it, in one unit. ``docs/leaderboards.md`` has the policy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from os import PathLike
from typing import Any

from arxivie.errors import ConfigurationError
from arxivie.extent import Extent
from arxivie.leaderboard.board import Board
from arxivie.leaderboard.claims import ClaimCheck, check_claims
from arxivie.leaderboard.row import Row
from arxivie.store.canonical import normal_form
from arxivie.store.opening import Store
from arxivie.store.splits import SplitFinder

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?$")


@dataclass(frozen=True)
class Leaderboard:
    """Boards, those with the most rows first, and what the papers claim where that was asked for."""

    boards: tuple[Board, ...]
    claims: tuple[ClaimCheck, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The levels of all boards."""
        return tuple(row for board in self.boards for row in board.rows)

    @property
    def contradicted(self) -> tuple[ClaimCheck, ...]:
        """The claims that a number in the store contradicts."""
        return tuple(claim for claim in self.claims if claim.contradicted)


def leaderboard(
    store: Store | str | PathLike[str],
    *,
    task: str | None = None,
    dataset: str | None = None,
    metric: str | None = None,
    since: date | str | None = None,
    claims: bool = False,
    packs: Sequence[str | PathLike[str]] = (),
) -> Leaderboard:
    """The leaderboards of a store.

    Ranks, best-so-far and conflicts always hold over the whole board, whatever of it is asked for.

    Args:
        store: a store, its path, or a file of facts.
        task: only figures whose task, or one of whose paper's tasks, contains these words.
        dataset, metric: only these, by any of their names; where none is known so, by a part of the name.
        since: only papers of this day or later; a date or ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``.
        claims: check what the papers claim against the numbers.
        packs: folders of your own names and aliases, where ``store`` is a path.

    Raises:
        ConfigurationError: where ``since`` is no date, or the extra ``tables`` is not installed.
        CorpusError: where ``store`` is no store.
    """
    if not isinstance(store, Store):
        with Store(store, packs=packs) as opened:
            return leaderboard(opened, task=task, dataset=dataset, metric=metric, since=since, claims=claims)
    conditions, values = ["true"], list[Any]()
    if dataset is not None:
        base, split = SplitFinder(store.canon.policy.splits).part(dataset)
        ids = _ids(store, "dataset", dataset)
        if split is not None and not ids:
            ids = _ids(store, "dataset", base)
            conditions.append("split = ?")
            values.append(split)
        conditions.append("list_contains(?, dataset_id)")
        values.append(ids)
    if metric is not None:
        conditions.append("list_contains(?, metric_id)")
        values.append(_ids(store, "metric", metric))
    if task is not None:
        conditions.append("(list_contains(?, task_id) OR list_contains(?, paper))")
        values += _tasks(store, task)
    if since is not None:
        conditions.append("date >= ?")
        values.append(_day(since))
    where = " AND ".join(conditions)
    levels = [_row(r) for r in store.rows(f"SELECT * FROM leaderboard WHERE {where} ORDER BY ALL", values)]
    changes = [_row(r) for r in store.rows(f"SELECT * FROM changes WHERE {where} ORDER BY ALL", values)]
    checked = check_claims(store, leaderboard(store).boards, {row.paper for row in levels}) if claims else ()
    return Leaderboard(_boards(levels, changes), checked)


def _boards(levels: Sequence[Row], changes: Sequence[Row]) -> tuple[Board, ...]:
    groups: dict[str, list[Row]] = {}
    for row in levels:
        groups.setdefault(row.board, []).append(row)
    beside: dict[tuple[str, str | None, str], list[Row]] = {}
    for row in changes:
        beside.setdefault((row.dataset, row.split, row.metric), []).append(row)
    made = []
    for rows in groups.values():
        first = rows[0]
        key = first.dataset, first.split, first.metric
        # the changes of a dataset and metric stand beside its first board
        made.append(_board(rows, beside.pop(key, [])))
    made += [_board([], rows) for rows in beside.values()]
    return tuple(sorted(made, key=_place))


def _place(board: Board) -> tuple[int, str, str, str, str]:
    return -len(board.rows), board.dataset.casefold(), board.split or "", board.metric, board.unit or ""


def _board(rows: Sequence[Row], changes: Sequence[Row]) -> Board:
    first = (rows or changes)[0]
    newest = sorted(changes, key=lambda r: (r.date or date.min, r.paper), reverse=True)
    unit = first.unit if rows else None
    return Board(
        first.dataset, first.split, first.metric, unit, first.better,
        tuple(sorted(rows, key=lambda r: r.order)), tuple(newest),
    )  # fmt: skip


def _row(values: Mapping[str, Any]) -> Row:
    def extent(name: str) -> Extent | None:
        start, end = values[f"{name}_start"], values[f"{name}_end"]
        return None if start is None else Extent(start, end)

    plain = {name: values[name] for name in Row.plain() if name in values}
    return Row(
        **{**plain, "rules": tuple(values["rules"] or ())},
        text=extent("text"),
        raw=extent("raw"),
        sentence_text=extent("sentence"),
    )


def _ids(store: Store, label: str, name: str) -> list[str]:
    """The canonical ids that a name may mean in this store."""
    exact = store.canon(label, name).id
    known = store.rows("SELECT canonical, name FROM canonical_names WHERE label = ?", [label])
    if any(row["canonical"] == exact for row in known):
        return [exact]
    return [row["canonical"] for row in known if normal_form(name) in normal_form(row["name"])]


def _tasks(store: Store, task: str) -> tuple[list[str], list[str]]:
    """The ids of the tasks that contain some words, and the papers that have one of them."""
    exact, wanted = store.canon("task", task).id, normal_form(task)
    found = [
        row
        for row in store.rows("SELECT paper, canonical, name, canonical_name FROM names WHERE label = 'task'")
        if row["canonical"] == exact or any(wanted in normal_form(row[n]) for n in ("name", "canonical_name"))
    ]
    return sorted({row["canonical"] for row in found}), sorted({row["paper"] for row in found})


def _day(since: date | str) -> date:
    if isinstance(since, date):
        return since
    if given := _DATE.match(since):
        try:
            return date(int(given["year"]), int(given["month"] or 1), int(given["day"] or 1))
        except ValueError:
            pass
    raise ConfigurationError(f"{since!r} is no date: give YYYY, YYYY-MM or YYYY-MM-DD")
