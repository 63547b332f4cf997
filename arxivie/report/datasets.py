"""The dataset catalogue: a table of all, and a page for each that several papers name."""

from __future__ import annotations

from typing import NamedTuple

from arxivie.catalogue.datasets import DatasetEntry, datasets
from arxivie.catalogue.render import to_csv
from arxivie.report.addresses import slug
from arxivie.report.boards import BoardPages
from arxivie.report.marks import place_id
from arxivie.report.site import Site
from arxivie.report.tables import Cell, Column, Table
from arxivie.store.opening import Store

_DATASETS = (
    Column("Dataset"),
    Column("Papers", "number"),
    Column("Introduced by", "short"),
    Column("Used", "number"),
    Column("Mentioned", "number"),
    Column("First", "short"),
    Column("Last", "short"),
    Column("Spellings"),
    Column("Tasks", "long"),
    Column("Catalogue", "short"),
)
_PAPERS = (Column("Paper", "long"), Column("Date", "short"), Column("Role", "short"))
#: aliases and tasks in a cell
_FEW = 2


class _Use(NamedTuple):
    """A paper that names a dataset, and its title."""

    title: str
    day: str


class DatasetPages:
    """The datasets of a store.

    Attributes:
        count: how many there are.
    """

    def __init__(self, store: Store) -> None:
        self._entries = datasets(store)
        self._pages = {e.canonical: f"dataset/{slug(e.canonical)}.html" for e in self._entries if len(e.papers) > 1}
        self._papers = {
            row["id"]: _Use(row["title"], str(row["date"] or "")[: 10 if row["date_exact"] else 7])
            for row in store.rows("SELECT id, title, date, date_exact FROM papers")
        }
        self.count = len(self._entries)

    def page(self, canonical: str) -> str | None:
        """The page of a dataset; None where one paper names it, whose own page has everything."""
        return self._pages.get(canonical)

    def most_used(self, count: int) -> list[tuple[str, str, int]]:
        """Name, page and number of papers of those named by the most papers."""
        return [(e.name, self.page(e.canonical) or self._place(e), len(e.papers)) for e in self._entries[:count]]

    def write(self, site: Site, boards: BoardPages) -> None:
        """The page of all datasets with its CSV file, and the pages of those that several papers name."""
        for entry in self._entries:
            if page := self.page(entry.canonical):
                values = {"entry": entry, "papers": site.table(self._uses(entry)), "places": self._places(entry)}
                site.page(page, "dataset.html", {**values, "boards": boards.on(entry.name), "here": "datasets"})
        rows = [self._row(entry) for entry in self._entries]
        table = Table("datasets", "Datasets, those that the most papers name first", _DATASETS, rows, 1, True)
        site.page("datasets.html", "datasets.html", {"datasets": site.table(table), "here": "datasets"})
        site.write("datasets.csv", to_csv(self._entries))

    def _row(self, entry: DatasetEntry) -> list[Cell]:
        introduced = entry.introduced_by[0] if entry.introduced_by else None
        return [
            Cell(entry.name, self.page(entry.canonical) or self._place(entry)),
            Cell(str(len(entry.papers))),
            Cell(introduced, self._of(introduced)) if introduced else Cell(""),
            Cell(str(len(entry.used_by) or "")),
            Cell(str(len(entry.mentioned_by) or "")),
            Cell(entry.first_seen.isoformat() if entry.first_seen else ""),
            Cell(entry.last_seen.isoformat() if entry.last_seen else ""),
            Cell(_few([alias for alias in entry.aliases if alias != entry.name])),
            Cell(_few(list(entry.tasks))),
            Cell("listed" if entry.listed else "new"),
        ]

    def _uses(self, entry: DatasetEntry) -> Table:
        roles = {
            **dict.fromkeys(entry.mentioned_by, "mentioned"),
            **dict.fromkeys(entry.used_by, "used"),
            **dict.fromkeys(entry.introduced_by, "introduced"),
        }
        rows = [
            [Cell(self._papers[paper].title, self._of(paper)), Cell(self._papers[paper].day), Cell(roles[paper])]
            for paper in sorted(entry.papers, key=lambda paper: (self._papers[paper].day, paper), reverse=True)
        ]
        return Table(f"uses-{slug(entry.canonical)}", "Papers, newest first", _PAPERS, rows, 1, True)

    def _places(self, entry: DatasetEntry) -> list[tuple[str, str, str, str, str]]:
        """Address and paper of each context, with the words before the name, the name, and those behind."""
        made = []
        for context in entry.contexts:
            start, end = context.text.shift(-context.sentence_text.start)
            said = context.sentence
            place = f"{self._of(context.paper)}#{place_id('dataset', context.text)}"
            made.append((place, self._papers[context.paper].title, said[:start], said[start:end], said[end:]))
        return made

    def _place(self, entry: DatasetEntry) -> str:
        places = self._places(entry)
        return places[0][0] if places else self._of(entry.papers[0])

    @staticmethod
    def _of(paper: str) -> str:
        return f"paper/{slug(paper)}.html"


def _few(names: list[str]) -> str:
    return ", ".join(names[:_FEW]) + (f" and {len(names) - _FEW} more" if len(names) > _FEW else "")
