"""The papers: a page each, the page that lists and searches them, and its data."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import NamedTuple

from arxivie.extent import Extent
from arxivie.facts import Facts
from arxivie.papers import SECTION_BREAK, Paper
from arxivie.report.addresses import arxiv_address, slug
from arxivie.report.boards import BoardPages
from arxivie.report.cards import card
from arxivie.report.datasets import DatasetPages
from arxivie.report.facets import SIGNS, Facets, Names, facet_index, facets
from arxivie.report.fact_views import fact_views
from arxivie.report.labels import fact_id, labelled
from arxivie.report.marks import Mark, linked_html, marks, nested
from arxivie.report.scripts import encoded
from arxivie.report.site import Site
from arxivie.report.timeline import Timeline
from arxivie.report.words import WordIndex
from arxivie.store.dates import paper_date

#: papers of one script of data, as ``papers.js`` counts them; also those that stand in the papers page
CHUNK = 20
#: titles on one page of all papers
_TITLES = 250


class _Listed(NamedTuple):
    """What is kept of a paper once its page is written; ``card`` is `encoded`."""

    id: str
    title: str
    facets: Facets
    card: str


class Papers:
    """Takes papers one by one, writes their pages at once, and the list at the end.

    Attributes:
        timeline: facts and papers by day.
        counts: papers, and facts by the name of their label.
    """

    def __init__(self, site: Site, datasets: DatasetPages, boards: BoardPages) -> None:
        self.timeline = Timeline()
        self.counts: Counter[str] = Counter()
        self._site = site
        self._datasets = datasets
        self._boards = boards
        self._listed: list[_Listed] = []
        self._words = WordIndex()

    def add(self, paper: Paper, names: Names) -> None:
        """A paper with its facts, and the canonical names in it."""
        places, seen = marks(paper), facets(paper, names)
        shown = card(paper, places)
        values = self._values(paper, places, shown["about"], names)
        self._site.page(f"paper/{slug(paper.id)}.html", "paper.html", values)
        called = (name for _, _, name in seen.names)
        self._words.add(len(self._listed), [paper.id, paper.title, paper.abstract, *paper.authors, *called])
        self.counts.update(["papers", *(label.name for label, _, _ in labelled(paper.facts or Facts()))])
        self.timeline.add(paper_date(paper), paper.facts or Facts(), seen.signs)
        self._listed.append(_Listed(paper.id, paper.title, seen, encoded(shown)))

    def signed(self, name: str) -> int:
        """How many papers have one of `arxivie.report.facets.SIGNS`."""
        bit = 1 << [sign for sign, _ in SIGNS].index(name)
        return sum(bool(paper.facets.signs & bit) for paper in self._listed)

    def _values(self, paper: Paper, places: list[Mark], about: list[str], names: Names) -> dict[str, object]:
        title = Extent(0, len(paper.title))
        abstract = Extent(title.end + len(SECTION_BREAK), len(paper.text))
        return {
            "paper": paper,
            "about": about,
            "title": linked_html(nested(paper.text, places, title)),
            "abstract": linked_html(nested(paper.text, places, abstract)),
            "facts": fact_views(paper),
            "pages": self._pages(paper, names),
            "arxiv": arxiv_address(paper.id),
            "here": "papers",
        }

    def _pages(self, paper: Paper, names: Names) -> dict[str, str]:
        """The pages that the facts of a paper lead to, by the ids of the facts."""
        facts = paper.facts or Facts()
        found = {
            fact_id("dataset", number): self._datasets.page(names["dataset", dataset.name][0])
            for number, dataset in enumerate(facts.datasets, 1)
        } | {fact_id("result", number + 1): self._boards.page(paper.id, number) for number in range(len(facts.results))}
        return {fact: page for fact, page in found.items() if page}

    def write(self) -> None:
        """The papers page, its data, and the pages of all titles; newest first."""
        order = sorted(range(len(self._listed)), key=self._age, reverse=True)
        place = [0] * len(order)
        for at, number in enumerate(order):
            place[number] = at
        listed = [self._listed[number] for number in order]
        for start in range(0, len(listed), CHUNK):
            cards = ",".join(paper.card for paper in listed[start : start + CHUNK])
            self._site.data(f"papers/{start // CHUNK}", f"[{cards}]")
        for key, words in self._words.files(place).items():
            self._site.data(f"words/{key}", encoded(words))
        self._site.data("index", encoded(facet_index([paper.facets for paper in listed])))
        first = [json.loads(paper.card) for paper in listed[:CHUNK]]
        self._site.page("papers.html", "papers.html", {"first": first, "signs": SIGNS, "here": "papers"})
        pages = max(1, -(-len(listed) // _TITLES))
        for number in range(pages):
            entries = [
                (paper.facets.day or "", paper.title, f"paper/{slug(paper.id)}.html")
                for paper in listed[number * _TITLES : (number + 1) * _TITLES]
            ]
            values = {"entries": entries, "number": number + 1, "of": pages, "here": "papers"}
            self._site.page(f"all/{number + 1}.html", "all.html", values)

    def _age(self, number: int) -> tuple[date, str]:
        paper = self._listed[number]
        return paper.facets.day or date.min, paper.id
