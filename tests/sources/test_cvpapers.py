"""Dialect B: samples, broken ones, and papers written in it read back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_checks import SAMPLES, read_all, reasons, sample

from arxivie.papers import Paper, PaperLink, Source


def test_the_sample() -> None:
    stream, papers, rejects = read_all(SAMPLES / "digest_b.md")
    assert stream.dialect == "cvpapers"
    assert rejects == []
    assert papers[0] == Paper(
        id="2105.99301",
        version=2,
        title="Lantern: Night Scenes from One Photon",
        abstract="We see at night.\nLANTERN beats all on NightBench with 31.2 dB & a < b.",
        raw_abstract="We see at night.   LANTERN beats all on NightBench with 31.2 dB & a < b.",
        authors=("Ada Example", "Börge Muster"),
        primary="eess.IV",
        categories=("eess.IV", "cs.CV"),
        acm=("I.4.7", "I.4.8"),
        msc=("68T07", "92C55", "94A08"),
        published=datetime(2021, 5, 4, 0, 49, 34, tzinfo=UTC),
        updated=datetime(2021, 12, 1, 16, 27, 33, tzinfo=UTC),
        announced=date(2021, 5, 4),
        doi="10.9999/example.1",
        journal_ref="Journal of Examples, Vol. 3, pp. 1-12",
        comment="12 pages, code at https://github.com/example/lantern",
        links=(PaperLink(url="http://arxiv.org/pdf/2105.99301v2", title="PDF"),),
        source=Source(file=str(SAMPLES / "digest_b.md"), dialect="cvpapers", line=2, record=1),
    )
    old = papers[1]
    assert (old.id, old.version, old.primary, old.msc) == ("math/0508123", 1, "math.ST", ("62G05", "62G20"))
    assert (old.doi, old.comment, old.journal_ref) == (None, None, None)


def test_a_repeat_is_rejected_unless_it_is_newer() -> None:
    text = sample("digest_b.md")
    lantern = text[text.index("### Lantern") : text.index("### Walls")]
    newer = lantern.replace("2105.99301v2", "2105.99301v3")
    _, papers, rejects = read_all(text + lantern + newer + newer + lantern)
    assert [(paper.id, paper.version) for paper in papers] == [
        ("2105.99301", 2),
        ("math/0508123", 1),
        ("2105.99301", 3),
    ]
    assert [(reject.source.record, reject.reason) for reject in rejects] == [
        (3, "repeats record 1"),
        (5, "repeats record 4"),
        (6, "repeats record 4"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "reasons_wanted"),
    [
        ("- **Arxiv ID**: http://arxiv.org/abs/2105.99301v2\n", "", [(2, None, "no arXiv id")]),
        ("abs/2105.99301v2", "abs/210", [(2, None, "'http://arxiv.org/abs/210' is no arXiv id")]),
        ("- **Summary**: We see", "- **Summry**: We see", [(2, "2105.99301", "no abstract")]),
        ("### Lantern: Night Scenes from One Photon", "### ", [(2, "2105.99301", "no title")]),
        ("### Walls", "### Only a heading\n\n### Walls", [(18, None, "a heading without any field of a paper")]),
    ],
)
def test_a_broken_record_costs_no_other(old: str, new: str, reasons_wanted: list[tuple[int, str | None, str]]) -> None:
    text = sample("digest_b.md")
    assert old in text
    _, papers, rejects = read_all(text.replace(old, new, 1))
    assert reasons(rejects) == reasons_wanted
    assert papers[-1].title == "Walls and Bridges"


def test_a_file_that_breaks_off() -> None:
    text = sample("digest_b.md")
    _, papers, rejects = read_all(text[: text.index("- **Comment**: None")])
    assert [paper.id for paper in papers] == ["2105.99301"]
    assert reasons(rejects) == [(18, "math/0508123", "no abstract")]


def test_a_wrong_date_costs_no_paper() -> None:
    _, papers, rejects = read_all(sample("digest_b.md").replace("2021-05-04 00:49:34+00:00", "the other day"))
    assert rejects == []
    assert papers[0].published is None


words = st.text(st.sampled_from("abcXYZ019.,;:()[]<>&'\"#*_-+=/$%^~éßü中"), min_size=1, max_size=30)
lines = st.lists(words, min_size=1, max_size=6).map(" ".join).map(lambda text: f"So {text} is")
names = st.lists(st.sampled_from(["Ada Example", "B. Muster", "Çelik Ö.", "李 四"]), max_size=3, unique=True)
papers = st.builds(
    Paper,
    id=st.integers(1, 99999).map(lambda n: f"2105.{n:05}"),
    version=st.integers(1, 9),
    title=lines,
    abstract=lines,
    authors=names.map(tuple),
    primary=st.just("cs.CV"),
    categories=st.sampled_from([("cs.CV",), ("cs.CV", "eess.IV")]),
    acm=st.sampled_from([(), ("I.4.7",), ("I.4.7", "I.4.8")]),
    msc=st.sampled_from([(), ("62G05",)]),
    published=st.datetimes(timezones=st.just(UTC)),
    comment=st.none() | lines,
    doi=st.none() | st.just("10.9999/x"),
)


def _write(paper: Paper) -> str:
    classes = [f"**{paper.categories[0]}**", *paper.categories[1:], *paper.msc]
    if paper.acm:
        classes.append("; ".join(paper.acm))
    return (
        f"### {paper.title}\n- **Arxiv ID**: http://arxiv.org/abs/{paper.id}v{paper.version}\n- **DOI**: {paper.doi}\n"
        f"- **Categories**: {', '.join(classes)}\n- **Links**: [PDF](x)\n- **Published**: {paper.published}\n"
        f"- **Updated**: None\n- **Authors**: {', '.join(paper.authors)}\n- **Comment**: {paper.comment}\n"
        f"- **Journal**: None\n- **Summary**: {paper.abstract}\n\n\n\n"
    )


@given(st.lists(papers, max_size=4, unique_by=lambda paper: paper.id))
def test_papers_written_in_it_read_back(written: list[Paper]) -> None:
    _, found, rejects = read_all("# Arxiv Papers in cs.CV on 2021-05-04\n" + "".join(map(_write, written)))
    assert rejects == []
    kept = {"links", "announced", "source"}
    assert [paper.model_dump(exclude=kept) for paper in found] == [paper.model_dump(exclude=kept) for paper in written]
