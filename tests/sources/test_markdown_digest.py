"""Dialect A: samples, broken ones, and papers written in it read back."""

from __future__ import annotations

import html
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from source_checks import SAMPLES, read_all, reasons, sample

from arxivie.papers import PaperLink, Source

HEADING = "### {}.{}  [ :arrow_down: ](https://arxiv.org/pdf/{}.pdf)\n"


def test_the_sample() -> None:
    stream, papers, rejects = read_all(SAMPLES / "digest_a.md")
    assert stream.dialect == "markdown_digest"
    assert rejects == []
    assert [paper.id for paper in papers] == ["2105.99203", "2105.99117", "2105.99350", "2104.99001"]
    first, second, _, last = papers
    assert first.title == "Pebble & Sand: Counting Grains with $k$-Means"
    assert first.abstract.endswith("p<0.01 against the baseline. Code is at https://github.com/example/pebble .")
    assert first.raw_abstract is not None
    assert first.raw_abstract.startswith("We count grains.")
    assert first.raw_abstract.endswith("</a> .")
    assert first.markup == "html"
    assert first.announced == date(2021, 5, 4)
    assert first.links == (PaperLink(url="https://arxiv.org/pdf/2105.99203.pdf", title="pdf"),)
    assert second.source == Source(file=str(SAMPLES / "digest_a.md"), dialect="markdown_digest", line=4, record=2)
    assert (
        second.abstract == "Tides are hard to segment.\nWe give TideNet, which is 3$\\times$ faster than its teacher."
    )
    assert last.raw_title is None


def test_the_category_is_the_primary_one_until_the_ids_go_up() -> None:
    _, papers, _ = read_all(SAMPLES / "digest_a.md")
    assert [paper.primary for paper in papers] == ["cs.CV", "cs.CV", None, None]
    assert {paper.categories for paper in papers} == {("cs.CV",)}


def test_two_days_in_one_file() -> None:
    text = sample("digest_a.md")
    later = text.replace("4 May", "5 May").replace(".99", ".98")
    _, papers, rejects = read_all(text + later)
    assert rejects == []
    assert [paper.announced for paper in papers] == [date(2021, 5, 4)] * 4 + [date(2021, 5, 5)] * 4
    assert [paper.primary for paper in papers[4:]] == ["cs.CV", "cs.CV", None, None]


def test_a_day_without_papers() -> None:
    _, papers, rejects = read_all("# ArXiv cs.CV --Tue, 4 May 2021\n")
    assert (papers, rejects) == ([], [])


def test_a_paragraph_that_goes_on_without_its_mark() -> None:
    _, papers, _ = read_all(HEADING.format(1, "Lazy", "2105.99001") + ">  One line\nand another.\n")
    assert papers[0].abstract == "One line and another."


@pytest.mark.parametrize(
    ("record", "line", "id", "reason"),
    [
        ("### 2.No arrow\n>  Text.\n", 4, None, "a heading without a link to the paper"),
        ("### 2.Arrow  [ :arrow_down: ]()\n>  Text.\n", 4, None, "no arXiv id"),
        (HEADING.format(2, "Cut", "2105.9911"), 4, None, "'https://arxiv.org/pdf/2105.9911.pdf' is no arXiv id"),
        (HEADING.format(2, "Bare", "2105.99110"), 4, "2105.99110", "no abstract"),
        (HEADING.format(2, "Blank", "2105.99110") + ">        \n", 4, "2105.99110", "no abstract"),
        (HEADING.format(2, "Breaks", "2105.99110") + ">  <br>   \n", 4, "2105.99110", "no abstract"),
        (HEADING.format(2, "", "2105.99110") + ">  Text.\n", 4, "2105.99110", "no title"),
        (HEADING.format(2, "Again", "2105.99203") + ">  Text.\n", 4, "2105.99203", "repeats record 1"),
        ("### 2.Half a head", 4, None, "a heading without a link to the paper"),
    ],
)
def test_a_broken_record_costs_no_other(record: str, line: int, id: str | None, reason: str) -> None:
    before, after = HEADING.format(1, "Before", "2105.99203"), HEADING.format(3, "After", "2105.98001")
    text = f"# ArXiv cs.CV --Tue, 4 May 2021\n{before}>  Text.\n{record}"
    _, papers, rejects = read_all(f"{text.rstrip()}\n{after}>  Text.\n")
    assert [paper.title for paper in papers] == ["Before", "After"]
    assert reasons(rejects) == [(line, id, reason)]
    assert rejects[0].source.record == 2


#: no typographic marks behind letters with accents: together they may be mojibake, which is mended on purpose
words = st.text(st.sampled_from("abcXYZ019 .,;:()[]<>&'\"#*_-+=/$%^~éßü中"), min_size=1).map(
    lambda t: " ".join(t.split())
)
sentences = words.filter(lambda text: text and not text.startswith("#")).map(lambda text: f"So {text} is")


@example([("So 0 is", "So &a0; is")])
@given(st.lists(st.tuples(sentences, sentences), min_size=1, max_size=5))
def test_papers_written_in_it_read_back(written: list[tuple[str, str]]) -> None:
    lines = ["# ArXiv cs.CV --Tue, 4 May 2021\n"]
    for number, (title, abstract) in enumerate(written, 1):
        lines.append(HEADING.format(number, html.escape(title), f"2105.{99000 - number}"))
        lines.append(f">  {html.escape(abstract)}      \n")
    _, papers, rejects = read_all("".join(lines))
    assert rejects == []
    assert [(paper.title, paper.abstract) for paper in papers] == written
