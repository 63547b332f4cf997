"""Plain JSON in every shape, the snapshot, and output of arxivie itself."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_checks import SAMPLES, read_all, reasons, sample

from arxivie.facts import Facts
from arxivie.papers import Paper, PaperLink, Source
from arxivie.sources import read

ONE = {"id": "2105.99001", "title": "One", "abstract": "First."}
TWO = {"arxiv_id": "2105.99002v3", "title": "Two", "summary": "Second."}
SHAPES = {
    "lines": f"{json.dumps(ONE)}\n\n{json.dumps(TWO)}\n",
    "array": json.dumps([ONE, TWO]),
    "indented array": json.dumps([ONE, TWO], indent=2),
    "array by lines": f"[\n{json.dumps(ONE)},\n{json.dumps(TWO)}\n]\n",
    "document": json.dumps({"date": "2021-05-04", "count": {"all": 2}, "papers": [ONE, TWO]}, indent=1),
    "document by lines": f'{{"papers": [\n{json.dumps(ONE)},\n{json.dumps(TWO)}\n]}}\n',
    "by id": json.dumps({"2105.99001": {**ONE, "id": None}, "2105.99002v3": {**TWO, "arxiv_id": ""}}, indent=1),
    "python literals": f"{ONE!r}\n{TWO!r}\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape(shape: str) -> None:
    stream, papers, rejects = read_all(SHAPES[shape])
    assert (stream.dialect, rejects) == ("json_records", [])
    assert [(paper.id, paper.version, paper.title, paper.abstract) for paper in papers] == [
        ("2105.99001", None, "One", "First."),
        ("2105.99002", 3, "Two", "Second."),
    ]
    assert [paper.source.record for paper in papers if paper.source] == [1, 2]


@pytest.mark.parametrize(
    ("shape", "lines"), [("lines", [1, 3]), ("indented array", [2, 7]), ("array by lines", [2, 3]), ("array", [1, 1])]
)
def test_lines_are_counted(shape: str, lines: list[int]) -> None:
    assert [paper.source.line for paper in read_all(SHAPES[shape])[1] if paper.source] == lines


def test_one_object_alone() -> None:
    for text in (json.dumps(ONE), json.dumps(ONE, indent=4)):
        assert [paper.id for paper in read_all(text)[1]] == ["2105.99001"]


@pytest.mark.parametrize("text", ["[]", "{}", " [ ] \n"])
def test_nothing_at_all_is_an_empty_listing(text: str) -> None:
    stream, papers, rejects = read_all(text)
    assert (stream.dialect, papers, rejects) == ("json_records", [], [])


def test_every_field() -> None:
    record = {
        "arxiv_id": "2604.99663v1",
        "title": "Top-K\n  Sand",
        "authors": "Ada Example, Börge Muster and C. D. Person",
        "published": "2026-04-21",
        "updated": "2026-04-22T10:00:00Z",
        "primary_category": "cs.IR",
        "category": "information_retrieval",
        "categories": ["cs.LG", "cs.IR", "H.3.3", "68T07"],
        "abstract": "Text.",
        "url": "http://arxiv.org/abs/2604.99663v1",
        "pdf_url": "https://arxiv.org/pdf/2604.99663v1",
        "doi": "10.9999/k",
        "journal_ref": "J. Ex.",
        "comment": "3 pages",
        "code_links": ["https://github.com/example/x"],
    }
    _, papers, rejects = read_all(json.dumps([record]))
    assert rejects == []
    assert papers == [
        Paper(
            id="2604.99663",
            version=1,
            title="Top-K Sand",
            abstract="Text.",
            authors=("Ada Example", "Börge Muster", "C. D. Person"),
            primary="cs.IR",
            categories=("cs.IR", "cs.LG"),
            acm=("H.3.3",),
            msc=("68T07",),
            published=date(2026, 4, 21),
            updated=datetime(2026, 4, 22, 10, tzinfo=UTC),
            doi="10.9999/k",
            journal_ref="J. Ex.",
            comment="3 pages",
            links=(
                PaperLink(url="http://arxiv.org/abs/2604.99663v1"),
                PaperLink(url="https://arxiv.org/pdf/2604.99663v1", title="pdf"),
            ),
            source=Source(file="<stream>", dialect="json_records", line=1, record=1),
        )
    ]


@pytest.mark.parametrize(
    ("fields", "id", "version"),
    [
        ({"id": "https://arxiv.org/abs/2511.98673"}, "2511.98673", None),
        ({"id": "arXiv:2511.98673v2"}, "2511.98673", 2),
        ({"id": "internal-7", "arxiv_id": "2511.98673"}, "2511.98673", None),
        ({"id": "P17-1001"}, "P17-1001", None),
        ({"id": 42}, "42", None),
        ({"link": "http://arxiv.org/abs/2511.98673"}, "2511.98673", None),
        ({"title": "Wires. (arXiv:2511.98673v4 [eess.SY] UPDATED)", "link": "x"}, "2511.98673", 4),
        ({"id": "2511.98673", "version": "v3"}, "2511.98673", 3),
    ],
)
def test_ids_of_arxiv_and_of_others(fields: dict[str, Any], id: str, version: int | None) -> None:
    _, papers, rejects = read_all(json.dumps([{"title": "Wires", "abstract": "Text.", **fields}]))
    assert rejects == []
    assert [(paper.id, paper.version, paper.title) for paper in papers] == [(id, version, "Wires")]


def test_authors_in_every_shape() -> None:
    for authors in (["Ada  Example", "B. M."], "Ada Example, B. M.", [{"name": "Ada Example"}, {"name": "B. M."}, {}]):
        assert read_all(json.dumps([{**ONE, "authors": authors}]))[1][0].authors == ("Ada Example", "B. M.")
    for authors in (None, 3, {}, [1, None]):
        assert read_all(json.dumps([{**ONE, "authors": authors}]))[1][0].authors == ()


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"id": "2105.99003", "title": "No abstract"}, "no abstract"),
        ({"id": "2105.99003", "title": "Empty", "abstract": " \n"}, "no abstract"),
        ({"id": "2105.99003", "title": "List", "abstract": ["a"]}, "no abstract"),
        ({"id": "2105.99003", "title": "", "abstract": "Text."}, "no title"),
        ({"title": "No id", "abstract": "Text."}, "no arXiv id"),
        ([1, 2], "a JSON list where an object with a paper was expected"),
        ("2105.99003", "a JSON str where an object with a paper was expected"),
        (None, "a JSON NoneType where an object with a paper was expected"),
        (
            {"id": "2105.99003", "title": "Half \ud800 a pair", "abstract": "Text."},
            "half a surrogate pair",
        ),
    ],
)
@pytest.mark.parametrize("shape", ["lines", "array", "document"])
def test_a_wrong_record_costs_no_other(shape: str, broken: Any, reason: str) -> None:
    records = [ONE, broken, TWO]
    text = "\n".join(map(json.dumps, records)) if shape == "lines" else json.dumps(records)
    _, papers, rejects = read_all(json.dumps({"papers": records}) if shape == "document" else text)
    assert [paper.title for paper in papers] == ["One", "Two"]
    assert len(rejects) == 1
    assert rejects[0].reason.startswith(reason)
    assert rejects[0].source.record == 2


@pytest.mark.parametrize(
    ("broken", "places"),
    [
        ('{"id": "2105.99003", "title": "cut', [0, 1, 2]),
        ('{"id": 1}}', [0, 1, 2]),
        # a file that begins so is no JSON
        ("{'id': open}", [1, 2]),
        ("not json", [1, 2]),
        ("{]", [1, 2]),
    ],
)
def test_a_broken_line_costs_no_other(broken: str, places: list[int]) -> None:
    for place in places:
        _one_broken_line(broken, place)


def _one_broken_line(broken: str, place: int) -> None:
    lines = [json.dumps(ONE), json.dumps(TWO)]
    lines.insert(place, broken)
    _, papers, rejects = read_all("\n".join(lines) + "\n")
    assert [paper.title for paper in papers] == ["One", "Two"]
    assert len(rejects) == 1
    assert rejects[0].source.line == place + 1
    assert rejects[0].reason.startswith("not JSON: ")


@pytest.mark.parametrize("indent", [None, 1])
def test_a_broken_element_costs_no_other(indent: int | None) -> None:
    three = {"id": "2105.99003", "title": "Three", "abstract": "Third.", "more": [{"id": 1}, {"id": 2}]}
    text = json.dumps([ONE, three, {**ONE, "id": "2105.99004", "title": "Four"}], indent=indent)
    wrong = text.replace('"title": "Three"', '"title": Three"')
    assert wrong != text
    _, papers, rejects = read_all(wrong)
    assert [paper.title for paper in papers] == ["One", "Four"]
    assert [reject.reason for reject in rejects] == ["not JSON: Expecting value"]
    assert [reject.source.line for reject in rejects] == [1 if indent is None else 9]


def test_the_next_element_may_stand_far_behind_a_broken_one() -> None:
    wrong = json.dumps([ONE, {**ONE, "junk": "x" * 300_000}, TWO | {"id": "2105.99002"}]).replace(
        '"First.", "junk"', "First"
    )
    _, papers, rejects = read_all(
        wrong.replace('"arxiv_id": "2105.99002v3", ', "").replace(
            '{"title": "Two"', '{"id": "2105.99002", "title": "Two"'
        )
    )
    assert [paper.title for paper in papers] == ["One", "Two"]
    assert len(rejects) == 1


def test_an_array_that_breaks_off() -> None:
    text = SHAPES["indented array"]
    for cut in range(text.index("2105.99002"), len(text) - 3, 5):
        _, papers, rejects = read_all(text[:cut])
        assert [paper.title for paper in papers] == ["One"]
        assert [reject.source.record for reject in rejects] == [2]
    _, papers, rejects = read_all(text[:-2])
    assert [paper.title for paper in papers] == ["One", "Two"]
    assert reasons(rejects) == [(11, None, "the array breaks off")]


def test_text_behind_an_array_is_reported() -> None:
    _, papers, rejects = read_all(SHAPES["array"] + "[1]")
    assert len(papers) == 2
    assert [reject.reason for reject in rejects] == ["text behind the end of the array"]


@pytest.mark.parametrize(
    "text", ['[{"title": ' + "[" * 100_000, '{"title": ' + "[" * 100_000, '{"title": 1, "a": {"b": ']
)
def test_hostile_json_is_rejected(text: str) -> None:
    _, papers, rejects = read_all(text)
    assert papers == []
    assert len(rejects) == 1


def test_an_element_longer_than_a_piece() -> None:
    long = "sand " * 200_000
    _, papers, rejects = read_all(json.dumps([{**ONE, "abstract": long}, TWO]))
    assert rejects == []
    assert papers[0].abstract == long.strip()
    assert papers[1].title == "Two"


texts = st.text(st.sampled_from("abcXYZ019 .,;:()[]<>&'\"#*_-+=/\\$%^~éßü中🙂"), min_size=1).map(
    lambda t: " ".join(t.split())
)
records = st.fixed_dictionaries(
    {
        "id": st.integers(1, 99999).map(lambda n: f"2105.{n:05}"),
        "title": texts.filter(bool),
        "abstract": texts.filter(bool),
        "authors": st.lists(texts.filter(bool), max_size=3),
        "published": st.datetimes(timezones=st.just(UTC)).map(str),
    }
)


@given(st.lists(records, max_size=4), st.sampled_from([None, 0, 3]), st.booleans())
def test_records_written_in_it_read_back(written: list[dict[str, Any]], indent: int | None, as_lines: bool) -> None:
    if as_lines and written:
        text = "".join(json.dumps(record, ensure_ascii=indent is None) + "\n" for record in written)
    else:
        text = json.dumps(written, indent=indent, ensure_ascii=indent is None)
    _, papers, rejects = read_all(text)
    assert rejects == []
    assert [
        {
            "id": paper.id,
            "title": paper.title,
            "abstract": paper.abstract,
            "authors": list(paper.authors),
            "published": str(paper.published),
        }
        for paper in papers
    ] == written


def test_the_snapshot() -> None:
    stream, papers, rejects = read_all(SAMPLES / "snapshot.jsonl")
    assert (stream.dialect, rejects) == ("kaggle_snapshot", [])
    assert papers[0] == Paper(
        id="0704.9001",
        version=2,
        title="Calculation of sand at collider energies",
        abstract="Sand is computed to all orders. The result is coarse.",
        raw_abstract="Sand is computed to all orders. The\nresult is coarse.",
        authors=("A. B. Example", "F. Gähler Jr"),
        primary="hep-ph",
        categories=("hep-ph", "math.CO"),
        published=datetime(2007, 4, 2, 19, 18, 42, tzinfo=UTC),
        updated=datetime(2007, 7, 24, 20, 10, 27, tzinfo=UTC),
        doi="10.9999/snap.1",
        journal_ref="Phys.Ex.D76:013009,2007",
        comment="37 pages, 15 figures; published version",
        source=Source(file=str(SAMPLES / "snapshot.jsonl"), dialect="kaggle_snapshot", line=1, record=1),
    )
    second = papers[1]
    assert (second.id, second.authors, second.updated) == ("math/0508124", ("C. D. Person", "E. F. Other"), None)


def test_the_snapshot_packed(tmp_path: Path) -> None:
    plain = (SAMPLES / "snapshot.jsonl").read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("arxiv-metadata-oai-snapshot.json", plain)
    for data in (gzip.compress(plain), packed.getvalue()):
        stream, papers, rejects = read_all(io.BytesIO(data))
        assert (stream.dialect, len(papers), rejects) == ("kaggle_snapshot", 2, [])


def test_broken_lines_of_the_snapshot() -> None:
    first, second = sample("snapshot.jsonl").splitlines()
    other = json.loads(second)
    wrong = [
        first[:200],
        json.dumps({**other, "id": "nothing"}),
        json.dumps({**other, "abstract": None}),
        json.dumps({**other, "versions": "v1", "authors_parsed": 3, "categories": 7}),
        "[]",
    ]
    _, papers, rejects = read_all("\n".join([first, *wrong, second]))
    assert [paper.id for paper in papers] == ["0704.9001", "math/0508124", "math/0508124"]
    assert [(reject.source.line, reject.id) for reject in rejects] == [
        (2, None),
        (3, None),
        (4, "math/0508124"),
        (6, None),
    ]


class _Generated(io.RawIOBase):
    """Lines made while they are read, so that only the reader can hold them."""

    def __init__(self, line: bytes, size: int) -> None:
        self._line = line
        self._left = size // len(line)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self._rest) < len(buffer) and self._left:
            self._rest += self._line
            self._left -= 1
        piece, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _peak(papers: Iterator[Paper]) -> tuple[int, int]:
    tracemalloc.start()
    count = sum(1 for _ in papers)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return count, peak


def test_the_memory_stays_flat() -> None:
    first = json.loads(sample("snapshot.jsonl").splitlines()[0])
    # long lines keep the test short: what counts is the size of the file
    line = (json.dumps({**first, "report-no": "x" * 20_000}) + "\n").encode()
    count, peak = _peak(read(io.BufferedReader(_Generated(line, 50_000_000))))
    assert count == 50_000_000 // len(line)
    assert peak < 4_000_000


def test_the_memory_stays_flat_in_one_array_too() -> None:
    element = json.dumps({**ONE, "junk": "x" * 20_000}).encode() + b","
    stream = _Generated(element, 20_000_000)
    stream._rest = b"["
    reader = read(io.BufferedReader(stream), on_reject=lambda reject: None)
    assert _peak(reader)[1] < 4_000_000


def _line(paper: Paper) -> str:
    stored = json.loads(paper.model_dump_json())
    return (
        json.dumps({"paper": {k: v for k, v in stored.items() if k != "facts"}, "facts": stored["facts"] or {}}) + "\n"
    )


def test_own_output_reads_back() -> None:
    _, written, _ = read_all(SAMPLES / "digest_a.md")
    stream = read(io.StringIO("".join(map(_line, written))))
    assert stream.dialect == "annotated"
    back = list(stream)
    assert [paper.model_copy(update={"facts": None}) for paper in back] == written
    assert back[0].facts == Facts()
    assert [paper.aligned.raw for paper in back] == [paper.aligned.raw for paper in written]


def test_output_that_was_changed_is_rejected() -> None:
    paper = read_all(SAMPLES / "digest_a.md")[1][0]
    fine = _line(paper)
    other = fine.replace("We count grains", "We count pebbles", 1)
    lines = [fine, other, '{"paper": {"id": "2105.99001"}}\n', '{"paper": 3}\n', '{"paper": {', fine]
    stream = read(io.StringIO("".join(lines)), on_reject=lambda reject: None)
    assert [found.id for found in stream] == [paper.id] * 1
    assert [reject.source.line for reject in stream.rejects] == [2, 3, 4, 5]
    assert "extract the facts again" in stream.rejects[0].reason
    assert "title" in stream.rejects[1].reason
