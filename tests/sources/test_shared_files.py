"""Every real file that has a reader: as many papers as a crude count finds, each difference explained."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest
from source_checks import read_all

from arxivie.errors import UnknownDialectError
from arxivie.papers import Paper
from arxivie.sources import parse_id, read


class Count(NamedTuple):
    """What a file should give: entries by the crude count, and among them the rejects, by what their reasons say."""

    files: str
    number: int
    dialect: str
    entry: str
    rejects: Mapping[str, int] = MappingProxyType({})


#: files, how many of them, dialect, what begins an entry; then the rejects that are no papers
TABLE = (
    Count("listings/000_*", 1, "markdown_digest", r"^### "),
    Count("listings/002_*", 1, "cvpapers", r"^### "),
    Count("listings/003_*", 1, "markdown_digest", r"^### "),
    Count("dialects/A_*/*", 6, "markdown_digest", r"^### "),
    Count("dialects/B_*/*", 8, "cvpapers", r"^### "),
    Count("dialects/G_*/*.jsonl", 1, "json_records", r"^\{'arxiv_id'"),
    Count("dialects/I_*/*", 16, "abs_record", r"^arXiv:"),
    Count("dialects/J_*/*2026-01-26.txt", 1, "mail_digest", r"^Title:"),
    # made to be wrong: one without an id, one cut in its abstract, one repeated
    Count(
        "dialects/J_*/*malformed.txt", 1, "mail_digest", r"^Title:", {"no arXiv id": 1, "breaks off": 1, "repeats": 1}
    ),
    # replacements have no abstract in a mail
    Count("dialects/J_*/*new.CO", 1, "mail_digest", r"^Title:", {"revised version": 16}),
    Count("dialects/J_*/*new.EP", 1, "mail_digest", r"^Title:", {"revised version": 8}),
    Count("dialects/J_*/*new.GA", 1, "mail_digest", r"^Title:", {"revised version": 11}),
    Count("dialects/J_*/*new.HE", 1, "mail_digest", r"^Title:", {"revised version": 9}),
    Count("dialects/J_*/*new.IM", 1, "mail_digest", r"^Title:", {"revised version": 5}),
    # the list of past days has no abstracts at all
    Count("dialects/J_*/*pastweek", 1, "mail_digest", r"^Title:", {"no abstract": 320}),
    Count("dialects/L_*/*", 1, "oai_pmh", r"<record>"),
    Count("dialects/M_*/*.xml", 1, "atom_api", r"<entry>"),
    Count("dialects/N_*/*", 8, "json_records", r'^    "link":'),
    Count("dialects/O_*/*qbiosa*", 1, "json_records", r'"title"'),
    Count("dialects/O_*/exopoiesis*", 1, "json_records", r'^ "[\d.]+": '),
    Count("dialects/O_*/iphys*", 1, "json_records", r'^      "title":'),
    Count("dialects/O_*/*.jsonl", 2, "json_records", r'^\{"id"'),
    Count("dialects/O_*/zhuwenxing*", 1, "json_records", r'^    "title":'),
    Count("gold/*_papers.json", 2, "json_records", r'"title": '),
)


@pytest.mark.parametrize("count", TABLE, ids=[count.files for count in TABLE])
def test_none_is_lost_and_none_is_doubled(shared: Path, count: Count) -> None:
    paths = sorted(shared.glob(count.files))
    assert len(paths) == count.number
    for path in paths:
        entries = len(re.findall(count.entry, path.read_text(encoding="utf-8"), re.MULTILINE))
        stream, papers, rejects = read_all(path)
        assert stream.dialect == count.dialect
        found = {why: sum(why in reject.reason for reject in rejects) for why in count.rejects}
        assert found == count.rejects
        assert len(rejects) == sum(found.values())
        assert len(papers) + len(rejects) == entries
        assert len({paper.id for paper in papers}) == len(papers)
        for paper in papers:
            _check(paper)


def test_the_table_and_the_unreadable_are_all_there_is(shared: Path) -> None:
    listed = {path for count in TABLE for path in shared.glob(count.files)}
    others = {
        path for folder in (shared / "dialects").iterdir() if folder.is_dir() for path in folder.iterdir()
    } - listed
    for path in others:
        with pytest.raises(UnknownDialectError, match="Known forms"):
            read(path)
    # of these, one is a description of a program and no listing; the others are recognised
    unread = {path.parent.name[0] for path in others}
    assert unread == set("CDEFGHKMPQR")


def test_recorded_answers_of_the_api(shared: Path) -> None:
    total = 0
    for path in sorted(shared.glob("dialects/M_*/*.json")):
        body = json.loads(path.read_text(encoding="utf-8"))["body"]
        stream, papers, rejects = read_all(body)
        assert stream.dialect == "atom_api"
        assert len(papers) + len(rejects) == body.count("<entry>")
        assert all("the API answered: incorrect id format" in reject.reason for reject in rejects)
        total += len(papers)
        for paper in papers:
            _check(paper)
            assert paper.published is not None
            assert paper.authors
            assert paper.primary
    assert total == 6


def test_the_three_listings_have_every_field(shared: Path) -> None:
    papers = {path.name[:3]: read_all(path)[1] for path in sorted((shared / "listings").iterdir())}
    assert {name: len(found) for name, found in papers.items()} == {"000": 47, "002": 64, "003": 57}
    for name in ("000", "003"):
        assert all(p.announced and p.links and p.categories == ("cs.CV",) and p.markup == "html" for p in papers[name])
    # the id goes up once, where the cross-lists begin
    assert [sum(paper.primary is None for paper in papers[name]) for name in ("000", "003")] == [19, 17]
    for paper in papers["002"]:
        assert paper.version
        assert paper.published is not None
        assert paper.updated is not None
        assert paper.authors
        assert paper.links
        assert paper.primary == paper.categories[0]
        assert paper.announced is not None
    assert sum(paper.primary != "cs.CV" for paper in papers["002"]) == 20
    assert sorted((paper.acm, paper.msc) for paper in papers["002"] if paper.acm or paper.msc) == [
        ((), ("62G05", "62G20")),
        (("I.4.7", "I.4.8", "I.5.0"), ()),
    ]


def test_classes_stand_apart_in_the_real_digests(shared: Path) -> None:
    classed = [
        (paper.id, paper.acm, paper.msc)
        for path in sorted(shared.glob("dialects/B_*/*"))
        for paper in read_all(path)[1]
        if paper.acm or paper.msc
    ]
    assert len(classed) == 10
    assert ("cs/0608009", ("I.3.5", "I.5.1"), ()) in classed
    assert any(acm[:2] == ("I.4", "I.4.6") and msc == ("68T07", "92C55", "94A08") for _, acm, msc in classed)


def test_gold_has_the_ids_of_its_papers(shared: Path) -> None:
    for gold, files in (("cv", "listings/*"), ("ood", "gold/ood_papers.json"), ("more", "gold/more_papers.json")):
        wanted = {json.loads(line)["id"] for line in (shared / "gold" / f"{gold}.jsonl").read_text().splitlines()}
        found = [paper.id for path in shared.glob(files) for paper in read_all(path)[1]]
        assert wanted == set(found)
        assert len(found) == len(wanted)


def test_texts_of_json_records_are_not_touched(shared: Path) -> None:
    for path in sorted(shared.glob("gold/*_papers.json")):
        for paper, record in zip(read_all(path)[1], json.loads(path.read_text(encoding="utf-8")), strict=True):
            assert (paper.title, paper.abstract) == (record["title"], record["abstract"])


def test_the_packed_abstracts(shared: Path) -> None:
    path = shared / "abstracts.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        wanted = [json.loads(line) for line in islice(lines, 2000)]
    with read(path) as stream:
        papers = list(islice(stream, 2000))
    assert stream.rejects == []
    assert [(p.id, p.title, p.abstract) for p in papers] == [(w["arxiv_id"], w["title"], w["abstract"]) for w in wanted]
    for paper, record in zip(papers, wanted, strict=True):
        assert paper.categories == tuple(record["categories"] or ())
        assert str(paper.published) == str(record["date"])
    text = "".join(json.dumps(record) + "\n" for record in wanted[:50])
    assert [paper.id for paper in read(io.StringIO(text))] == [record["arxiv_id"] for record in wanted[:50]]


def _check(paper: Paper) -> None:
    assert parse_id(paper.id)
    assert paper.title == paper.title.strip() != ""
    assert paper.abstract == paper.abstract.strip() != ""
    assert "\n" not in paper.title
    assert not re.search(r"</?(?:a|br|p)\b[^>]*>|&(?:amp|lt|gt|quot|#\d+);|arrow_down", paper.text)
    # some collections were made from pages on which every address reads so, and hold it as their text
    assert paper.markup == "plain" or not re.search("this https? URL", paper.text)
    for author in paper.authors:
        assert not re.search(r"[(){}\\]|^and\b|^\d|[,\s]$", author), author
