"""Atom, RSS and OAI-PMH: samples, broken ones, and what must never be parsed."""

from __future__ import annotations

import io
import re
import time
from datetime import UTC, date, datetime

import pytest
from source_checks import SAMPLES, read_all, reasons, sample

from arxivie.errors import UnknownDialectError, UnsafeXMLError
from arxivie.papers import Paper, PaperLink, Source
from arxivie.sources import read
from arxivie.sources.decoding import Text
from arxivie.sources.xml_records import XMLRecords, document_type

FORMS = [
    ("atom_api.xml", "entry", ["2511.95288", "quant-ph/0201982"]),
    ("rss_2.xml", "item", ["2403.97372", "2310.90001"]),
    ("oai_like.xml", "record", ["hep-th/9406958", "cond-mat/9406916"]),
]


def test_an_answer_of_the_api() -> None:
    stream, papers, rejects = read_all(SAMPLES / "atom_api.xml")
    assert stream.dialect == "atom_api"
    assert rejects == []
    assert papers[0] == Paper(
        id="2511.95288",
        version=3,
        title="Graphs of Rooms: Edges First",
        abstract="Rooms & graphs, a < b. We predict edges.",
        raw_abstract="Rooms & graphs, a < b.\nWe predict edges.",
        authors=("Ada Example", "Börge Muster"),
        primary="cs.LG",
        categories=("cs.LG", "cs.CV"),
        acm=("I.2.7", "I.4.8"),
        published=datetime(2025, 11, 19, 9, 53, 56, tzinfo=UTC),
        updated=datetime(2025, 11, 20, 9, 53, 56, tzinfo=UTC),
        doi="10.9999/rooms",
        journal_ref="Ex. Conf. 2025",
        comment="8 pages, 2 figures",
        links=(
            PaperLink(url="https://arxiv.org/abs/2511.95288v3"),
            PaperLink(url="https://arxiv.org/pdf/2511.95288v3", title="pdf"),
        ),
        source=Source(file=str(SAMPLES / "atom_api.xml"), dialect="atom_api", line=7, record=1),
    )
    assert (papers[1].id, papers[1].version) == ("quant-ph/0201982", 1)


def test_an_answer_without_papers_and_one_with_an_error() -> None:
    text = sample("atom_api.xml")
    head = text[: text.index("  <entry>")]
    assert read_all(head + "</feed>")[1:] == ([], [])
    error = (
        "<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title>"
        "<summary>incorrect id format for abc</summary></entry></feed>"
    )
    assert reasons(read_all(head + error)[2]) == [(7, None, "the API answered: incorrect id format for abc")]


def test_an_atom_feed() -> None:
    stream, papers, rejects = read_all(SAMPLES / "atom_feed.xml")
    assert (stream.dialect, rejects) == ("atom_api", [])
    (paper,) = papers
    assert (paper.id, paper.version, paper.abstract) == ("2403.97372", 1, "Sand arrives daily.")
    assert (paper.primary, paper.categories) == ("cs.RO", ("cs.RO", "cs.CV"))
    assert (paper.announced, paper.published, paper.updated) == (date(2024, 3, 27), None, None)
    assert paper.authors == ("Ada Example", "Börge Muster")


def test_rss_of_now() -> None:
    stream, papers, rejects = read_all(SAMPLES / "rss_2.xml")
    assert (stream.dialect, rejects) == ("rss", [])
    first, second = papers
    assert (first.id, first.version, first.title) == ("2403.97372", 1, "Feeds of Sand: 5 < 7")
    assert first.abstract == "Sand arrives daily & is counted."
    assert (first.primary, first.categories) == ("cs.CV", ("cs.CV", "cs.RO"))
    assert (first.announced, first.markup) == (date(2024, 3, 27), "plain")
    assert (first.doi, first.journal_ref) == ("10.9999/feeds", "Ex. Feeds 1")
    assert first.links == (PaperLink(url="https://arxiv.org/abs/2403.97372"),)
    assert (second.id, second.version, second.authors) == ("2310.90001", 4, ("C. D. Person",))


def test_rss_of_old() -> None:
    stream, papers, rejects = read_all(SAMPLES / "rss_1.xml")
    assert (stream.dialect, rejects) == ("rss", [])
    (paper,) = papers
    assert (paper.id, paper.version, paper.title) == ("2208.91543", 2, "Finding weak wires")
    assert paper.abstract == "Wires break where I > 5 A. See https://example.org/wires for data."
    assert paper.authors == ("Ada Example", "Börge Muster")
    assert (paper.primary, paper.announced, paper.markup) == ("eess.SY", date(2022, 8, 25), "html")


def test_a_cut_abstract_comes_out_as_it_is() -> None:
    cut = ("sand and " * 112)[:1000]
    _, papers, rejects = read_all(sample("rss_2.xml").replace("Sand arrives daily &amp; is counted.", cut))
    assert rejects == []
    assert papers[0].abstract == cut.strip()


def test_oai_in_arxivs_form() -> None:
    stream, papers, rejects = read_all(SAMPLES / "oai_arxiv.xml")
    assert stream.dialect == "oai_pmh"
    assert stream.resumption_token == "6511260|1001"
    assert papers == [
        Paper(
            id="2303.90001",
            title="Harvested sand: grain by grain",
            abstract="Sand is harvested & sorted. We sort it with SORT-IT.",
            raw_abstract="Sand is harvested & sorted. We sort it\nwith SORT-IT.",
            authors=("Ada B. Example Jr", "Muster"),
            primary="cs.CV",
            categories=("cs.CV", "eess.IV"),
            acm=("I.4.7", "I.4.8"),
            msc=("68T07",),
            published=date(2023, 2, 28),
            updated=date(2023, 3, 1),
            doi="10.9999/harvest",
            journal_ref="J. Ex. 1 (2023)",
            comment="12 pages",
            source=Source(file=str(SAMPLES / "oai_arxiv.xml"), dialect="oai_pmh", line=6, record=1),
        )
    ]
    assert reasons(rejects) == [(20, "2303.90002", "deleted")]


def test_oai_in_the_raw_form() -> None:
    stream, papers, rejects = read_all(SAMPLES / "oai_raw.xml")
    assert (rejects, stream.resumption_token) == ([], None)
    (paper,) = papers
    assert (paper.id, paper.version, paper.authors) == ("0804.2273", 2, ("Ada Example", "B. Muster"))
    assert paper.published == datetime(2008, 4, 14, 20, 24, 36, tzinfo=UTC)
    assert paper.updated == datetime(2008, 4, 15, 20, 24, 36, tzinfo=UTC)


def test_oai_in_dublin_core() -> None:
    stream, papers, rejects = read_all(SAMPLES / "oai_dc.xml")
    assert (rejects, stream.resumption_token) == ([], None)
    (paper,) = papers
    assert (paper.id, paper.title, paper.abstract) == ("2303.90003", "Plain sand", "Sand is described in Dublin.")
    assert paper.authors == ("Ada B. Example", "Muster")
    assert (paper.primary, paper.categories, paper.msc) == ("cs.CV", ("cs.CV", "hep-th"), ("68T07",))
    assert (paper.published, paper.updated) == (date(2023, 2, 28), date(2023, 3, 1))
    assert (paper.doi, paper.journal_ref, paper.comment) == (
        "10.9999/plain.3",
        "J. Ex. 2 (2023) 9",
        "3 pages, no figures",
    )


def test_xml_like_oai() -> None:
    stream, papers, rejects = read_all(SAMPLES / "oai_like.xml")
    assert (stream.dialect, rejects) == ("oai_pmh", [])
    assert [paper.title for paper in papers] == ["Coherent Sand", "Negative Sand"]
    assert papers[0].published == date(1994, 6, 9)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ('<error code="noRecordsMatch">nothing</error>', []),
        ('<error code="badArgument">what?</error>', [(1, None, "the server answered badArgument: what?")]),
        (
            "<ListIdentifiers><header><identifier>oai:arXiv.org:2303.90001</identifier></header></ListIdentifiers>",
            [(1, None, "1 headers without metadata: ask for ListRecords")],
        ),
        (
            "<ListRecords><record><header><identifier>oai:arXiv.org:2303.90001</identifier></header></record></ListRecords>",
            [(1, "2303.90001", "no metadata")],
        ),
    ],
)
def test_other_answers_of_oai(body: str, wanted: list[tuple[int, str | None, str]]) -> None:
    answer = f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>x</responseDate>{body}</OAI-PMH>'
    _, papers, rejects = read_all(answer)
    assert (papers, reasons(rejects)) == ([], wanted)


def _in_first(text: str, tag: str, old: str, new: str) -> str:
    """The text with a regular expression replaced in its first record, where it must occur."""
    begin, end = text.index(f"<{tag}"), text.index(f"</{tag}>")
    changed, count = re.subn(old, new, text[begin:end])
    assert count
    return text[:begin] + changed + text[end:]


@pytest.mark.parametrize(("name", "tag", "ids"), FORMS)
@pytest.mark.parametrize("broken", ["<title>Sand & rock ", "<title>&nbsp;", "<title><b>Sand"])
def test_a_broken_record_costs_no_other(name: str, tag: str, ids: list[str], broken: str) -> None:
    _, papers, rejects = read_all(_in_first(sample(name), tag, "<title>", broken))
    assert [paper.id for paper in papers] == ids[1:]
    assert len(rejects) == 1
    assert "not well-formed XML" in rejects[0].reason


@pytest.mark.parametrize(("name", "tag", "ids"), FORMS)
def test_a_record_without_its_end(name: str, tag: str, ids: list[str]) -> None:
    _, papers, rejects = read_all(sample(name).replace(f"</{tag}>", "", 1))
    assert [paper.id for paper in papers] == ids[1:]
    assert [reject.reason for reject in rejects] == [f"<{tag}> has no end"]


@pytest.mark.parametrize(("name", "tag", "ids"), FORMS)
def test_half_a_document(name: str, tag: str, ids: list[str]) -> None:
    text = sample(name)
    second = text.index(f"<{tag}", text.index(f"</{tag}>"))
    for cut in range(second, text.rindex(f"</{tag}>"), 7):
        _, papers, rejects = read_all(text[:cut])
        assert [paper.id for paper in papers] == ids[:1]
        assert len(rejects) == 1
        assert "breaks off" in rejects[0].reason or "not well-formed" in rejects[0].reason


@pytest.mark.parametrize(("name", "tag", "ids"), FORMS)
@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("title", "no title"),
        ("(?:summary|description)", "no abstract"),
        ("(?:id|identifier|link|guid|description)", "no "),
    ],
)
def test_a_missing_field(name: str, tag: str, ids: list[str], field: str, reason: str) -> None:
    _, papers, rejects = read_all(_in_first(sample(name), tag, f"(</?){field}\\b", r"\1other"))
    assert [paper.id for paper in papers] == ids[1:]
    assert len(rejects) == 1
    assert rejects[0].reason.startswith(reason)
    assert rejects[0].id == (None if reason == "no " else ids[0])


def test_a_record_longer_than_a_piece() -> None:
    long = "sand " * 100_000
    text = sample("atom_api.xml").replace("We predict edges.", long)
    _, papers, rejects = read_all(text)
    assert rejects == []
    assert papers[0].abstract.count("sand") == 100_000
    assert papers[1].source is not None
    assert papers[1].source.line == 33


@pytest.mark.parametrize(
    "prefix", ["", "<?xml version='1.0'?>\n", "<!-- a > b -->\n", "\ufeff", " \n<?x y?><!-- --><!---->"]
)
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE feed SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE feed [<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;]>',
        "<!doctype feed []>",
        '<!ENTITY a "x">',
    ],
)
def test_a_document_type_is_refused_before_parsing(prefix: str, doctype: str) -> None:
    text = sample("atom_api.xml").replace("<?xml version='1.0' encoding='UTF-8'?>", prefix + doctype)
    for data in (text.encode(), text.encode("utf-16")):
        with pytest.raises(UnsafeXMLError, match="document type"):
            read(io.BytesIO(data))


def test_a_document_type_far_behind_the_beginning_is_refused_too() -> None:
    far = f"<!-- {'x' * 200_000} -->"
    text = f"<?xml version='1.0'?>{far}<!DOCTYPE feed []>" + sample("atom_api.xml").split("?>", 1)[1]
    with pytest.raises(UnsafeXMLError):
        list(XMLRecords(Text("far.xml", iter([text])), "entry"))
    with pytest.raises((UnsafeXMLError, UnknownDialectError)):
        list(read(io.StringIO(text)))


def test_a_document_type_inside_a_record_is_no_xml() -> None:
    _, papers, rejects = read_all(
        _in_first(sample("atom_api.xml"), "entry", "<title>", '<!DOCTYPE x [<!ENTITY a "b">]><title>&a;')
    )
    assert [paper.id for paper in papers] == ["quant-ph/0201982"]
    assert "not well-formed" in rejects[0].reason


def test_a_web_page_is_unknown_but_not_unsafe() -> None:
    with pytest.raises(UnknownDialectError, match="an HTML page"):
        read(io.StringIO("<!DOCTYPE html>\n<html><title>arxiv.org</title></html>"))


def test_document_type() -> None:
    assert document_type("<?xml version='1.0'?><!-- <!DOCTYPE no> --><feed>") is None
    assert document_type("<feed><!DOCTYPE no></feed>") is None
    assert document_type("<!-- never ends <!DOCTYPE x>") is None
    assert document_type(" <!DOCTYPE  lolz[") == "lolz"


def test_hostile_xml_ends_soon() -> None:
    begun = time.perf_counter()
    head = sample("atom_api.xml")
    head = head[: head.index("  <entry>")]
    for text in (
        head + "<entry>" * 20_000,
        head + "<entry>" + "<a>" * 100_000,
        head + "<!--" * 100_000,
        "<!---->" * 100_000 + head,
        head + "<entry><title>" + "&lt;" * 200_000 + "</title></entry></feed>",
    ):
        try:
            read_all(text)
        except UnknownDialectError:
            continue
    assert time.perf_counter() - begun < 20
