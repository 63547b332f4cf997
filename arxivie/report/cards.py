"""A paper in the list of papers: one dictionary that the template and ``papers.js`` turn into the same HTML."""

from __future__ import annotations

from datetime import date
from typing import Any

from arxivie.extent import Extent
from arxivie.facts import Facts
from arxivie.papers import SECTION_BREAK, Paper
from arxivie.report.addresses import slug, web_address
from arxivie.report.labels import fact_id
from arxivie.report.marks import Mark, nested, plain
from arxivie.store.dates import paper_date

_AUTHORS = 5
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
STANDING = {
    "sota": "claims the state of the art",
    "improves": "claims an improvement",
    "competitive": "claims to be competitive",
}


def card(paper: Paper, marks: list[Mark]) -> dict[str, Any]:
    """What the list shows of a paper, as JSON data.

    Keys: ``page``, ``id``, ``title`` and ``abstract`` (trees of `arxivie.report.marks.plain`), ``by`` (authors),
    ``about`` (category and date), ``links`` (kinds, status, address that may be linked or None, as written, fact),
    ``releases`` (what is released, fact), ``claims`` (standing, quote, fact).
    """
    facts, when = paper.facts or Facts(), paper_date(paper)
    title = Extent(0, len(paper.title))
    return {
        "page": slug(paper.id),
        "id": paper.id,
        "title": plain(nested(paper.text, marks, title)),
        "abstract": plain(nested(paper.text, marks, Extent(title.end + len(SECTION_BREAK), len(paper.text)))),
        "by": short_authors(paper.authors),
        "about": [text for text in (paper.primary, spelled(when.day, exact=when.exact) if when else None) if text],
        "links": [
            [" and ".join(link.kinds), link.status, web_address(link.url), link.url, fact_id("link", number)]
            for number, link in enumerate(facts.links, 1)
        ],
        "releases": [
            [f"{' and '.join(release.what)} {release.status}", fact_id("release", number)]
            for number, release in enumerate(facts.releases, 1)
        ],
        "claims": [
            [STANDING[claim.status], claim.quote, fact_id("claim", number)]
            for number, claim in enumerate(facts.claims, 1)
            if claim.status in STANDING
        ],
    }


def short_authors(authors: tuple[str, ...]) -> str:
    """The first authors, and how many there are beyond them."""
    more = len(authors) - _AUTHORS
    return ", ".join(authors[:_AUTHORS]) + (f" and {more} more" if more > 0 else "")


def spelled(day: date, *, exact: bool = True) -> str:
    """``19 May 2021``; ``May 2021`` where only the month is known. English whatever the locale."""
    return f"{day.day if exact else ''} {_MONTHS[day.month - 1]} {day.year}".strip()
