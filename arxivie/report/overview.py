"""The first page: how much there is, and plots of it."""

from __future__ import annotations

from typing import Any

from arxivie.report.boards import BoardPages
from arxivie.report.cards import spelled
from arxivie.report.datasets import DatasetPages
from arxivie.report.labels import LABELS
from arxivie.report.papers import Papers
from arxivie.report.plots import bars

#: datasets in the plot of those most used
_TOP = 15


def overview(papers: Papers, boards: BoardPages, datasets: DatasetPages) -> dict[str, Any]:
    """What the template of the first page needs."""
    timeline, counts = papers.timeline, papers.counts
    unit = timeline.unit
    top = datasets.most_used(_TOP)
    most = max((used for _, _, used in top), default=1)
    share = f"{100 * papers.signed('code') / counts['papers']:.0f} %" if counts["papers"] else "None"
    return {
        "here": "index",
        "period": _period(papers),
        "numbers": [
            (f"{counts['papers']:,}", "papers", "papers.html"),
            (f"{datasets.count:,}", "datasets", "datasets.html"),
            (f"{counts['result']:,}", "figures", "leaderboards.html"),
            (f"{len(boards.found.boards):,}", "leaderboards", "leaderboards.html"),
            (share, "of papers with code", "papers.html#with=code"),
            (f"{papers.signed('sota'):,}", "papers claim the state of the art", "papers.html#with=sota"),
        ],
        "has_dates": bool(timeline.papers),
        "undated": timeline.undated,
        "unit": unit,
        "plots": [
            (label, data, bars(f"{label.field.capitalize()} a {unit}", data))
            for label in LABELS
            if counts[label.name] and (data := timeline.bars(label.name))
        ],
        "code_share": share,
        "code_bars": timeline.code(),
        "code_plot": bars(f"Share of papers with code a {unit}, in per cent", timeline.code(), wide=True),
        "top": [(name, page, f"{used:,}", f"{100 * used / most:.1f}") for name, page, used in top],
    }


def _period(papers: Papers) -> str:
    days = papers.timeline.papers
    if not days:
        return ""
    first, last = spelled(min(days), exact=papers.timeline.exact), spelled(max(days), exact=papers.timeline.exact)
    return first if first == last else f"{first} to {last}"
