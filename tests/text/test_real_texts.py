"""Real listings and their gold: nothing of the typesetter is left, and every annotated surface is found in the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from arxivie.text import AlignedText, Markup, aligned

DIGEST = re.compile(r"^### \d+\.(.*?)  \[ :arrow_down: \]\(\S+/pdf/(\S+?)(?:\.pdf)?\)\n>  (.*)$", re.MULTILINE)
BULLETS = re.compile(
    r"^### (.*)\n(?:- \*\*.*\n|  .*\n)*?- \*\*Arxiv ID\*\*: \S+/abs/(\d{4}\.\d{4,5})(?:v\d+)?\n"
    r"(?:- \*\*.*\n|  .*\n)*?- \*\*(?:Summary|Abstract)\*\*: (.*)$",
    re.MULTILINE,
)
#: a formula, that is no two amounts of money
FORMULA = re.compile(r"\$[^$\d\s][^$]*\$|\$[^$]*[\\^_][^$]*\$")


@pytest.fixture(scope="session")
def papers(shared: Path) -> dict[str, AlignedText]:
    """The annotated papers by id."""
    return {id_: aligned(title, text, markup=markup, separator="\n") for id_, title, text, markup in _records(shared)}


def _records(shared: Path) -> Iterator[tuple[str, str, str, Markup]]:
    for path in sorted((shared / "listings").iterdir()):
        content = path.read_text("utf-8")
        for pattern, markup in ((DIGEST, "html"), (BULLETS, "plain")):
            for title, id_, abstract in pattern.findall(content):
                yield id_, title, abstract, markup  # type: ignore[misc]
    for name in ("ood", "more"):
        for paper in json.loads((shared / "gold" / f"{name}_papers.json").read_text("utf-8")):
            yield paper["id"], paper["title"], paper["abstract"], "plain"


def _gold(shared: Path) -> Iterator[tuple[str, list[str]]]:
    for name in ("cv", "ood", "more"):
        for line in (shared / "gold" / f"{name}.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            strings = [
                s for key in ("datasets", "methods", "tasks", "metrics") for e in record[key] for s in e["surfaces"]
            ]
            strings += [fact["quote"] for key in ("results", "releases", "claims") for fact in record[key]]
            strings += [result["value_text"] for result in record["results"]] + [
                link["url"] for link in record["links"]
            ]
            yield record["id"], strings


def test_all_annotated_papers_are_here(papers: dict[str, AlignedText]) -> None:
    assert len(papers) == 168 + 80 + 400


def test_every_annotated_string_is_found_in_the_text(shared: Path, papers: dict[str, AlignedText]) -> None:
    missing = sum(string not in papers[id_].text for id_, strings in _gold(shared) for string in strings)
    assert missing == 0


def test_nothing_of_the_listing_is_left_in_the_text(papers: dict[str, AlignedText]) -> None:
    for id_, paper in papers.items():
        left = re.search(r"<a |</a>|<br|&amp;|&lt;|&gt;|&#\d|this https? URL</a|\u00c2\u00b0|  |\n\n", paper.text)
        assert left is None, (id_, left)


def test_nothing_of_the_typesetter_is_left_in_the_reading(papers: dict[str, AlignedText]) -> None:
    for id_, paper in papers.items():
        left = re.search(r"\\[A-Za-z%&_]|``|  |\\textbf", paper.reading) or FORMULA.search(paper.reading)
        assert left is None, (id_, left)


def test_false_anchors_are_words_again(papers: dict[str, AlignedText]) -> None:
    everything = "\n".join(paper.text for paper in papers.values())
    assert "task. To address" in everything
    assert "objects. To capture" in everything
    assert "http://task.To" not in everything


def test_digests_made_of_api_text_give_that_text_back(shared: Path) -> None:
    """The same papers in both forms: the entities, anchors and breaks of the digest go without a rest."""
    digests = sorted((shared / "dialects" / "A_rerendered_from_B").iterdir())
    found = [record for path in digests for record in DIGEST.findall(path.read_text("utf-8"))]
    assert len(found) > 300
    for title, id_, abstract in found:
        paper = aligned(title, abstract, markup="html", separator="\n")
        assert not re.search(r"</?a\b|<br|&\w+;", paper.text), id_
        assert not re.search(r"\\[A-Za-z%&]", paper.reading), id_
        assert all(address in paper.text for address in re.findall(r'href="([^"]*)"', abstract)), id_
