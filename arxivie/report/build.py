"""`build_report`: a store as a static site."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from arxivie.report.boards import BoardPages
from arxivie.report.datasets import DatasetPages
from arxivie.report.facets import Names
from arxivie.report.overview import overview
from arxivie.report.papers import Papers
from arxivie.report.site import Site
from arxivie.store.opening import Store


@dataclass(frozen=True)
class ReportSize:
    """What was written; ``size`` in bytes."""

    papers: int
    files: int
    size: int


def build_report(
    store: Store | str | PathLike[str], folder: str | PathLike[str], *, title: str = "Facts from arXiv"
) -> ReportSize:
    """Make a static site of a store: it opens from the folder, without a server or a network.

    Args:
        store: a store, its path, or a file of facts.
        folder: made where it is not there; a former report in it is replaced.
        title: of the report.

    Raises:
        ConfigurationError: where the folder holds other things than a report, or the extra ``tables`` is missing.
        CorpusError: where ``store`` is no store.
    """
    if not isinstance(store, Store):
        with Store(store) as opened:
            return build_report(opened, folder, title=title)
    site = Site(Path(folder), title)
    site.papers, site.made_with = _made_with(store)
    datasets, boards = DatasetPages(store), BoardPages(store)
    papers = Papers(site, datasets, boards)
    names = _names(store)
    for record in store.records():
        papers.add(record.paper.model_copy(update={"facts": record.facts}), names.pop(record.paper.id, {}))
    papers.write()
    boards.write(site)
    datasets.write(site, boards)
    site.page("index.html", "index.html", overview(papers, boards, datasets))
    files = [file for file in site.folder.rglob("*") if file.is_file()]
    return ReportSize(site.papers, len(files), sum(file.stat().st_size for file in files))


def _names(store: Store) -> dict[str, Names]:
    """The canonical names of every paper."""
    made: dict[str, dict[tuple[str, str], tuple[str, str]]] = {}
    query = "SELECT n.paper, n.label, n.name, n.canonical, c.name FROM names n JOIN canonical_names c USING (canonical)"
    for paper, label, name, canonical, shown in store.connection.execute(query).fetchall():
        made.setdefault(paper, {})[label, name] = canonical, shown
    return dict(made)


def _made_with(store: Store) -> tuple[int, str]:
    """How many papers there are, and which patterns and taggers found their facts."""
    count, packs, taggers = store.connection.execute(
        "SELECT count(*), list_sort(list(DISTINCT pack) FILTER (pack IS NOT NULL)), "
        "list_sort(list(DISTINCT tagger) FILTER (tagger IS NOT NULL)) FROM papers"
    ).fetchone()
    named = [*(f"patterns {pack}" for pack in packs or ()), *(f"tagger {tagger}" for tagger in taggers or ())]
    return count, ", ".join(named)
