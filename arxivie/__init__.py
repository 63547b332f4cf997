"""arxivie: typed, evidence-backed facts from arXiv listings.

    >>> import arxivie
    >>> for paper in arxivie.annotate(arxivie.read("cs.CV.md")):
    ...     print(paper.id, [d.name for d in paper.facts.datasets])

Reading, exporting and scoring need no spaCy; it is imported when `load` or `annotate` is first asked for.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arxivie.display import displacy
    from arxivie.errors import ArxivieError
    from arxivie.extent import Extent
    from arxivie.facts import (
        Claim,
        Dataset,
        Evidence,
        Facts,
        Link,
        Method,
        Metric,
        ReleaseStatement,
        Result,
        Task,
    )
    from arxivie.papers import Paper, Reject
    from arxivie.pipeline import annotate, load
    from arxivie.sources import read

__version__ = "0.1.0"

_WHERE = {
    "ArxivieError": "errors",
    "Extent": "extent",
    **dict.fromkeys(
        ("Claim", "Dataset", "Evidence", "Facts", "Link", "Method", "Metric", "ReleaseStatement", "Result", "Task"),
        "facts",
    ),
    "Paper": "papers",
    "Reject": "papers",
    "annotate": "pipeline",
    "displacy": "display",
    "load": "pipeline",
    "read": "sources",
}

__all__ = [
    "ArxivieError",
    "Claim",
    "Dataset",
    "Evidence",
    "Extent",
    "Facts",
    "Link",
    "Method",
    "Metric",
    "Paper",
    "Reject",
    "ReleaseStatement",
    "Result",
    "Task",
    "annotate",
    "displacy",
    "load",
    "read",
]

logging.getLogger("arxivie").addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"arxivie.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'arxivie' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
