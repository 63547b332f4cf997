"""What notebooks show of a paper and of its facts: HTML with its style beside each mark, since it stands in a cell."""

from __future__ import annotations

from markupsafe import Markup, escape

from arxivie.extent import Extent
from arxivie.facts import Facts, Link
from arxivie.papers import SECTION_BREAK, Paper
from arxivie.report.addresses import web_address
from arxivie.report.fact_views import details, heading
from arxivie.report.labels import Label, labelled
from arxivie.report.marks import marks, nested, plain, plain_html

_ROW = Markup("<tr><td>{}</td><td>{}</td><td>{}</td><td>{:.2f}</td></tr>")
_TABLE = Markup(
    "<table><thead><tr><th>Kind</th><th>Fact</th><th>Details</th><th>Confidence</th></tr></thead><tbody>{}</tbody></table>"
)
_LINK = Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>')


def paper_html(paper: Paper) -> str:
    """Title, id and abstract with the facts marked, and the table of them folded below."""
    found = marks(paper)
    title = Extent(0, len(paper.title))
    abstract = Extent(title.end + len(SECTION_BREAK), len(paper.text))
    head, body = (plain_html(plain(nested(paper.text, found, part)), _opening) for part in (title, abstract))
    made = Markup("<article><p><b>{}</b><br>{}</p><p>{}</p>").format(head, paper.id, body)
    if paper.facts is not None:
        made += Markup("<details><summary>Facts</summary>{}</details>").format(Markup(facts_html(paper.facts)))
    return str(made + Markup("</article>"))


def facts_html(facts: Facts) -> str:
    """A row a fact."""
    rows = []
    for label, _, fact in labelled(facts):
        name = escape(heading(fact))
        if isinstance(fact, Link) and (address := web_address(fact.url)):
            name = _LINK.format(address, fact.url)
        said = "; ".join(f"{what.lower()}: {how}" for what, how in details(fact) if how)
        rows.append(_ROW.format(label.name, name, said, fact.confidence))
    return str(_TABLE.format(Markup("").join(rows)) if rows else Markup("<p>no facts</p>"))


def _opening(label: Label) -> Markup:
    """The tag that a mark begins with, and its letter."""
    tag = Markup('<span title="{}" style="background: {}; color: #000; border-radius: 3px; {}">')
    return tag.format(label.name, label.color, label.style) + Markup("<sup><b>{}</b></sup>").format(label.letter)
