"""arXiv's categories by the names that Dublin Core gives them; the table is ``patterns/categories.tsv``."""

from __future__ import annotations

from functools import cache

from arxivie.resources import patterns_dir


def category_code(name: str) -> str | None:
    """The category of a name: ``cs.CV`` for ``Computer Science - Computer Vision and Pattern Recognition``."""
    return _table().get(" ".join(name.split()).casefold())


@cache
def _table() -> dict[str, str]:
    lines = (patterns_dir() / "categories.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name.casefold(): code for name, code in rows}
