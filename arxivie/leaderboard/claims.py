"""What papers claim, beside what the numbers in the store show."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from arxivie.leaderboard.board import Board
from arxivie.leaderboard.row import Row
from arxivie.store.opening import Store


@dataclass(frozen=True)
class ClaimCheck:
    """One claim of standing and one dataset that the text ties it to.

    Attributes:
        paper, title: of the paper. status: sota or competitive. quote: the clause.
        dataset: canonical; None where the text ties the claim to none, then no number can speak to it.
        own: the paper's best figure on a board of that dataset. against: the best figure that was known before, of
            another paper or quoted by this one.
        contradicted: the claim is sota, and ``against`` is better than ``own``.
    """

    paper: str
    title: str
    status: str
    quote: str
    dataset: str | None
    own: Row | None = None
    against: Row | None = None

    @property
    def contradicted(self) -> bool:
        return self.status == "sota" and self.beaten

    @property
    def beaten(self) -> bool:
        """Whether a better figure was known before."""
        return _better(self.against, self.own)

    @property
    def shows(self) -> str:
        """What the numbers show, in a few words."""
        if self.own is None:
            return "tied to no dataset" if self.dataset is None else "no figure of its own"
        if self.against is None:
            return f"{self.own.metric} {self.own.figure}: nothing to compare it with"
        if self.beaten:
            said = f", quoted from {self.against.method or 'others'}" if self.against.quoted else ""
            return (
                f"{self.own.metric} {self.own.figure}, but {self.against.figure} in {self.against.paper} "
                f"({self.against.day}{said})"
            )
        return f"{self.own.metric} {self.own.figure}, ahead of {self.against.figure} in {self.against.paper}"


def check_claims(
    store: Store, boards: Iterable[Board], papers: Collection[str] | None = None
) -> tuple[ClaimCheck, ...]:
    """The claims ``sota`` and ``competitive``, one for each dataset and board that they are tied to.

    A figure speaks against a claim only where it is of the same board and was known before: in a paper of an earlier
    day, or quoted by the claiming paper itself. What others quote later proves nothing about the day of the claim.

    Args:
        store: an open store.
        boards: all of its boards.
        papers: only claims of these.
    """
    levels: dict[str, list[tuple[Row, ...]]] = {}
    for board in boards:
        levels.setdefault(board.dataset, []).append(board.rows)
    claims = store.rows("""
        SELECT c.paper, p.title, c.status, c.quote, c.fact,
               list(DISTINCT cn.name ORDER BY cn.name) FILTER (cn.name IS NOT NULL) AS datasets
        FROM claims c
        JOIN papers p ON p.id = c.paper
        LEFT JOIN names n ON n.paper = c.paper AND n.label = 'dataset' AND list_contains(c.datasets, n.name)
        LEFT JOIN canonical_names cn ON cn.canonical = n.canonical
        WHERE c.status IN ('sota', 'competitive')
        GROUP BY ALL ORDER BY c.paper, c.fact
    """)
    made: list[ClaimCheck] = []
    for claim in claims:
        if papers is not None and claim["paper"] not in papers:
            continue
        said = claim["paper"], claim["title"], claim["status"], claim["quote"]
        for dataset in claim["datasets"] or [None]:
            pairs = [p for rows in levels.get(dataset, []) if (p := _compare(rows, claim["paper"]))]
            made += [ClaimCheck(*said, dataset, own, against) for own, against in pairs] or [ClaimCheck(*said, dataset)]
    return tuple(made)


def _compare(rows: Iterable[Row], paper: str) -> tuple[Row, Row | None] | None:
    rows = [row for row in rows if row.merit is not None]
    own = _best(row for row in rows if row.paper == paper and not row.quoted)
    if own is None:
        return None
    return own, _best(row for row in rows if (row.paper == paper and row.quoted) or row.before(own))


def _best(rows: Iterable[Row]) -> Row | None:
    return max(rows, key=lambda row: row.merit or 0.0, default=None)


def _better(one: Row | None, other: Row | None) -> bool:
    return one is not None and other is not None and (one.merit or 0.0) > (other.merit or 0.0)
