r"""Dialects I and J: ``.abs`` records, daily mails, lists of past days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from source_checks import SAMPLES, read_all, reasons, sample

from arxivie.papers import Paper, PaperLink, Source

RULE = "-" * 78 + "\n"


def _entry(id: str, title: str = "A title", abstract: str = "  An abstract.\n", end: str = "\\\\\n") -> str:
    return (
        f"\\\\\narXiv:{id}\nDate: Wed, 1 Mar 2023 19:00:06 GMT   (3kb)\n\nTitle: {title}\nAuthors: A. B.\n"
        f"Categories: astro-ph.CO\n\\\\\n{abstract}{end}{RULE}"
    )


def test_an_abs_record() -> None:
    stream, papers, rejects = read_all(SAMPLES / "record.abs")
    assert stream.dialect == "abs_record"
    assert rejects == []
    assert papers == [
        Paper(
            id="0704.9184",
            version=2,
            title="Slow sand in fast glasses: a family of solutions",
            abstract="We pour sand. The time $t_c$ is short, and it is shorter still in glass.\n"
            "A second paragraph follows.",
            raw_abstract="We pour sand. The time $t_c$ is short, and\nit is shorter still in glass.\n"
            "  A second paragraph follows.",
            authors=("Ada B. Example", "Franz Gähler", "Per Åkerman, Jr."),
            primary="cond-mat.soft",
            categories=("cond-mat.soft", "nlin.PS"),
            acm=("C.2.4",),
            msc=("05A15", "05A16"),
            published=datetime(2007, 4, 1, 12, 54, 14, tzinfo=UTC),
            updated=datetime(2007, 5, 9, 7, 0, 42, tzinfo=UTC),
            doi="10.9999/sand.7",
            journal_ref="J. Ex. 15 (2007), 295",
            comment="19 pages, 7 figures",
            source=Source(file=str(SAMPLES / "record.abs"), dialect="abs_record", line=2, record=1),
        )
    ]


def test_several_abs_records_behind_each_other() -> None:
    first = sample("record.abs")
    second = first.replace("0704.9184", "hep-th/9901901").replace(
        "Date (revised v2): Wed, 9 May 2007 07:00:42 GMT", "X:"
    )
    stream, papers, rejects = read_all(first + second)
    assert stream.dialect == "abs_record"
    assert rejects == []
    assert [(paper.id, paper.version) for paper in papers] == [("0704.9184", 2), ("hep-th/9901901", 1)]
    assert papers[1].updated is None


def test_a_daily_mail() -> None:
    stream, papers, rejects = read_all(SAMPLES / "mail_digest.txt")
    assert stream.dialect == "mail_digest"
    assert [paper.id for paper in papers] == ["2303.90769", "2303.90773"]
    assert {paper.announced for paper in papers} == {date(2023, 3, 3)}
    new, cross = papers
    assert (new.primary, cross.primary) == ("astro-ph.CO", "astro-ph.GA")
    assert cross.title == "Jets that point the same way"
    assert cross.authors == ("M. Example",)
    assert cross.links == (PaperLink(url="https://arxiv.org/abs/2303.90773"),)
    assert cross.published == datetime(2023, 3, 1, 19, 1, 6, tzinfo=UTC)
    assert reasons(rejects) == [
        (42, "2104.90145", "announces a revised version of Thu, 2 Mar 2023 11:00:13 GMT without its abstract")
    ]


def test_the_list_of_past_days_has_no_abstracts() -> None:
    stream, papers, rejects = read_all(SAMPLES / "past_days.txt")
    assert stream.dialect == "mail_digest"
    assert papers == []
    assert reasons(rejects) == [(6, "2303.91496", "no abstract")]


def test_a_mail_without_papers() -> None:
    text = sample("mail_digest.txt")
    _, papers, rejects = read_all(text[: text.index("\\\\\n")])
    assert (papers, rejects) == ([], [])


@pytest.mark.parametrize(
    ("broken", "wanted"),
    [
        (_entry("2303.90002").replace("arXiv:2303.90002\n", ""), (9, None, "no arXiv id")),
        (_entry("2303.9000"), (9, None, "'2303.9000' is no arXiv id")),
        (_entry("2303.90002", end=""), (9, "2303.90002", "the record breaks off")),
        (_entry("2303.90002", abstract=""), (9, "2303.90002", "no abstract")),
        (_entry("2303.90002", title=""), (9, "2303.90002", "no title")),
        (_entry("2303.90001"), (9, "2303.90001", "repeats record 1")),
        (f"\\\\\narXiv:2303.90002\nTitle: Half a head\n{RULE}", (9, "2303.90002", "the record breaks off")),
    ],
)
def test_a_broken_record_costs_no_other(broken: str, wanted: tuple[int, str | None, str]) -> None:
    text = f"{RULE} received from  Wed  1 Mar 23 19:00:00 GMT  to  Thu  2 Mar 23 19:00:00 GMT\n"
    text = text[len(RULE) :] + _entry("2303.90001")
    line = text.count("\n") + 1
    _, papers, rejects = read_all(text + broken + _entry("2303.90003"))
    assert [paper.id for paper in papers] == ["2303.90001", "2303.90003"]
    assert reasons(rejects) == [(line, *wanted[1:])]


def test_a_mail_that_breaks_off() -> None:
    text = sample("mail_digest.txt")
    _, papers, rejects = read_all(text[: text.index("are counted")])
    assert [paper.id for paper in papers] == ["2303.90769"]
    assert reasons(rejects) == [(29, "2303.90773", "the record breaks off")]


def test_a_lost_opening_mark() -> None:
    _, papers, rejects = read_all(sample("mail_digest.txt").replace("\\\\\narXiv:2303.90773", "arXiv:2303.90773"))
    assert [paper.id for paper in papers] == ["2303.90769", "2303.90773"]
    assert len(rejects) == 1
