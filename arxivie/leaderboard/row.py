"""One figure on a leaderboard, with everything that leads back to the words that state it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date as day

from arxivie.extent import Extent
from arxivie.sources.identifiers import parse_id

_BOUNDS = {"exact": "", "at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}
_SIGNS = {"gain": "+", "loss": "−"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A figure of one paper.

    Attributes:
        board: the id of the board that it is ranked on.
        task: canonical; None where the text ties the figure to none.
        dataset, split, metric: as on `arxivie.leaderboard.boards.Board`.
        score, score_max, error, unit: on the board's scale. value_text: the characters that give the figure.
        better: whether higher or lower is. bound: exact, at_least, at_most or about.
        method: as the paper writes it.
        kind: score or other_score; of changes gain, loss or ratio. quoted: whether it is other people's.
        baseline, in_favour: of changes, what they are measured against and whether they favour the paper's method.
        paper, version, title: of the paper. date: see `arxivie.store.dates`; date_exact: false where only the month
            is known.
        sentence: the sentence that states it, sentence_text its extent; text, raw: the extents of the figure. None
            where the words could not be found in the text.
        quote: the clause. rules, confidence: of the fact. fact: its number among the paper's results.
        rank: among the papers' own figures, 1 is best; None for quoted ones and where better is not known.
        best_so_far: better than every own figure of an earlier day, and the best of its day.
        conflict: the paper gives another figure for the same method on the same board.
    """

    board: str
    task: str | None
    dataset: str
    split: str | None
    metric: str
    score: float
    score_max: float | None
    error: float | None
    unit: str | None
    value_text: str
    better: str | None
    bound: str
    method: str | None
    kind: str
    quoted: bool = False
    baseline: str | None = None
    in_favour: bool | None = None
    paper: str
    version: int | None
    title: str
    date: day | None
    date_exact: bool | None
    sentence: str
    quote: str
    rules: tuple[str, ...]
    confidence: float
    fact: int
    rank: int | None = None
    best_so_far: bool = False
    conflict: bool = False
    text: Extent | None = None
    raw: Extent | None = None
    sentence_text: Extent | None = None

    @classmethod
    def plain(cls) -> tuple[str, ...]:
        """The names of the fields that are no extents."""
        return tuple(f.name for f in fields(cls) if f.name not in {"text", "raw", "sentence_text"})

    @property
    def merit(self) -> float | None:
        """Larger is better; of a range the end that promises less. None where better is not known."""
        if self.better == "higher":
            return self.score
        if self.better == "lower":
            return -(self.score if self.score_max is None else self.score_max)
        return None

    @property
    def order(self) -> tuple[float, bool, day, str, int]:
        """Best first; own figures before quoted ones, earlier papers before later ones."""
        merit = self.merit
        return (-merit if merit is not None else 0.0, self.quoted, self.date or day.max, self.paper, self.fact)

    @property
    def figure(self) -> str:
        """The figure for people: ``≥ 95.1 %``, ``0.876 ± 0.005``, ``6–7 ×``."""
        top = "" if self.score_max is None else f"–{self.score_max:.10g}"
        error = "" if self.error is None else f" ± {self.error:.10g}"
        unit = {None: "", "x": "×", "%": " %"}.get(self.unit, f" {self.unit}")
        return f"{_BOUNDS.get(self.bound, '')}{_SIGNS.get(self.kind, '')}{self.score:.10g}{top}{error}{unit}"

    @property
    def day(self) -> str:
        """The date, or its month where only that is known."""
        return "" if self.date is None else self.date.isoformat() if self.date_exact else f"{self.date:%Y-%m}"

    @property
    def marks(self) -> tuple[str, ...]:
        """``best so far``, ``quoted``, ``conflict``."""
        known = {"best so far": self.best_so_far, "quoted": self.quoted, "conflict": self.conflict}
        return tuple(mark for mark, holds in known.items() if holds)

    @property
    def notes(self) -> tuple[str, ...]:
        """The marks; of a change its kind and what it is measured against."""
        if self.kind in {"score", "other_score"}:
            return self.marks
        return (*self.marks, self.kind, *([f"vs {self.baseline}"] if self.baseline else []))

    @property
    def url(self) -> str | None:
        """The paper's page on arXiv; None for ids that are not arXiv's."""
        return f"https://arxiv.org/abs/{self.paper}" if parse_id(self.paper) else None

    def before(self, other: Row) -> bool:
        """Whether it certainly is of an earlier day (of an earlier month, where one of the days is not known)."""
        if self.date is None or other.date is None:
            return False
        if self.date_exact and other.date_exact:
            return self.date < other.date
        return (self.date.year, self.date.month) < (other.date.year, other.date.month)
