"""Bytes to text: encodings, compression, streams, and what is broken in them."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import threading
import zipfile
from pathlib import Path

import pytest

from arxivie.errors import SourceError, UnknownDialectError
from arxivie.sources import RejectWarning, read

DIGEST = """# ArXiv cs.CV --Tue, 4 May 2021
### 1.Café  [ :arrow_down: ](https://arxiv.org/pdf/2105.99203.pdf)
>  Größe – measured in “grains”.
### 2.Tea  [ :arrow_down: ](https://arxiv.org/pdf/2105.99117.pdf)
>  Second.
"""


def _titles(source: object) -> list[str]:
    return [paper.title for paper in read(source)]  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_are_found_by_their_marks(encoding: str) -> None:
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    stream = read(io.BytesIO((mark + DIGEST).encode(encoding)))
    papers = list(stream)
    assert [paper.title for paper in papers] == ["Café", "Tea"]
    assert papers[0].abstract == "Größe – measured in “grains”."


def test_latin_1_is_read_and_reported() -> None:
    stream = read(io.BytesIO(DIGEST.encode("cp1252")))
    with pytest.warns(RejectWarning, match="not all of it is UTF-8"):
        papers = list(stream)
    assert stream.encoding == "latin-1"
    assert papers[0].title == "Café"
    assert papers[0].abstract == "Größe – measured in “grains”."


def test_one_wrong_byte_costs_no_other_character() -> None:
    broken = DIGEST.encode().replace("–".encode(), b"\xe9")
    with pytest.warns(RejectWarning):
        papers = list(read(io.BytesIO(broken)))
    assert papers[0].abstract == "Größe é measured in “grains”."


def test_the_encoding_that_xml_declares() -> None:
    path = Path(__file__).parent / "samples" / "atom_api.xml"
    xml = path.read_text(encoding="utf-8")
    declared = xml.replace("encoding='UTF-8'", "encoding='ISO-8859-1'").encode("iso-8859-1")
    stream = read(io.BytesIO(declared))
    assert next(stream).authors == ("Ada Example", "Börge Muster")
    assert stream.encoding == "iso8859-1"
    nonsense = xml.replace("encoding='UTF-8'", "encoding='hex'").encode()
    assert next(read(io.BytesIO(nonsense))).authors[1] == "Börge Muster"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends(end: str) -> None:
    papers = list(read(io.BytesIO(DIGEST.replace("\n", end).encode())))
    assert [paper.source.line for paper in papers if paper.source] == [2, 4]
    assert papers[0].title == "Café"


def test_paths_and_streams_of_every_kind(tmp_path: Path) -> None:
    path = tmp_path / "no-matter-what.xml"
    path.write_text(DIGEST, encoding="utf-8")
    assert _titles(path) == _titles(str(path)) == ["Café", "Tea"]
    assert _titles(io.StringIO(DIGEST)) == _titles(io.StringIO("\ufeff" + DIGEST)) == ["Café", "Tea"]
    assert _titles(io.BytesIO(DIGEST.encode())) == ["Café", "Tea"]
    with path.open("rb") as opened:
        first = next(read(opened))
        assert first.source is not None
        assert first.source.file == str(path)
        assert not opened.closed
    unnamed = next(read(io.BytesIO(DIGEST.encode()))).source
    assert unnamed is not None
    assert unnamed.file == "<stream>"


def test_a_pipe_that_cannot_go_back() -> None:
    for data in (DIGEST.encode(), gzip.compress(DIGEST.encode()), _zip({"a": DIGEST.encode()})):
        reading, writing = os.pipe()

        def write(data: bytes = data, writing: int = writing) -> None:
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(data)

        writer = threading.Thread(target=write)
        writer.start()
        with os.fdopen(reading, "rb") as pipe:
            assert _titles(pipe) == ["Café", "Tea"]
        writer.join()


def test_gzip_is_found_by_content(tmp_path: Path) -> None:
    path = tmp_path / "listing.md"
    path.write_bytes(gzip.compress(DIGEST.encode()))
    assert _titles(path) == ["Café", "Tea"]
    path.write_bytes(gzip.compress(gzip.compress(DIGEST.encode())))
    assert _titles(path) == ["Café", "Tea"]


def test_members_of_a_zip(tmp_path: Path) -> None:
    other = DIGEST.replace("99203", "99999").replace("99117", "99998")
    path = tmp_path / "days.gz"
    path.write_bytes(
        _zip(
            {
                "days/": b"",
                "README": b"Two days.",
                "days/1.md": DIGEST.encode(),
                "days/2": gzip.compress(other.encode()),
            }
        )
    )
    stream = read(path)
    with pytest.warns(RejectWarning, match="1 records rejected"):
        papers = list(stream)
    assert [paper.source.file for paper in papers if paper.source] == [f"{path}!days/1.md"] * 2 + [f"{path}!days/2"] * 2
    assert [reject.source.file for reject in stream.rejects] == [f"{path}!README"]


def test_archives_without_papers() -> None:
    with pytest.raises(UnknownDialectError, match="holds no files"):
        read(io.BytesIO(_zip({})))
    with pytest.raises(UnknownDialectError, match="README is in no form"):
        read(io.BytesIO(_zip({"README": b"Nothing here."})))


def test_what_is_packed_too_often() -> None:
    data = DIGEST.encode()
    for _ in range(5):
        data = gzip.compress(data)
    with pytest.raises(SourceError, match="compressed more than 3 times"):
        read(io.BytesIO(data))


def test_a_gzip_that_breaks_off_gives_what_it_has() -> None:
    long = DIGEST + "".join(
        f"### {n}.P{n * 7919}  [ :arrow_down: ](https://arxiv.org/pdf/2104.{n:05}.pdf)\n>  {n * 104729} things.\n"
        for n in range(3, 9000)
    )
    packed = gzip.compress(long.encode())
    rejects: list[str] = []
    papers = list(read(io.BytesIO(packed[: len(packed) // 2]), on_reject=lambda reject: rejects.append(reject.reason)))
    assert 3000 < len(papers) < 6000
    assert any("break off" in reason for reason in rejects)


def test_a_zip_that_is_damaged() -> None:
    packed = _zip({"a": DIGEST.encode()})
    with pytest.raises(SourceError, match="damaged"):
        read(io.BytesIO(packed[: len(packed) // 2]))


def test_bytes_that_are_something_else() -> None:
    for data in (bz2.compress(DIGEST.encode()), bytes(range(256)) * 9, b"\x1f\x8bno gzip at all"):
        with pytest.raises((UnknownDialectError, SourceError)):
            read(io.BytesIO(data))


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "missing.md")
    with pytest.raises(IsADirectoryError):
        read(tmp_path)


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()
