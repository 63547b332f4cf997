"""`read` as a whole: laziness, rejects, warnings, unknown forms."""

from __future__ import annotations

import contextlib
import gc
import io
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from source_checks import SAMPLES, sample

from arxivie.errors import SourceError, UnknownDialectError
from arxivie.papers import Paper, Reject
from arxivie.sources import DIALECTS, PaperStream, RejectWarning, read

ONE_BAD = sample("digest_b.md").replace("abs/math/0508123v1", "abs/none")


class _Counting(io.RawIOBase):
    """A stream that counts the bytes it gave, and never ends by itself."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = b""
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            self._rest = next(self._parts, b"")
            if not self._rest:
                return 0
        piece, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(piece)] = piece
        self.given += len(piece)
        return len(piece)


def _endless() -> Iterator[bytes]:
    yield b"# ArXiv cs.CV --Tue, 4 May 2021\n"
    for number in range(10**9):
        id = f"{1501 + number // 99999:04}.{number % 99999:05}"
        yield f"### {number}.T  [ :arrow_down: ](https://arxiv.org/pdf/{id}.pdf)\n>  Text {number}.\n".encode()


def test_the_first_paper_comes_before_the_stream_is_consumed() -> None:
    endless = _Counting(_endless())
    papers = read(io.BufferedReader(endless))
    assert next(papers).abstract == "Text 0."
    assert endless.given < 300_000
    for number in range(1, 3000):
        assert next(papers).abstract == f"Text {number}."
    assert endless.given < 800_000


def test_a_pipe_is_read_as_it_comes() -> None:
    parts = [sample("digest_a.md").encode()[:900], b""]
    stream = _Counting(iter(parts))
    assert [paper.id for paper in read(io.BufferedReader(stream))][:1] == ["2105.99203"]


@pytest.mark.parametrize("name", ["atom_api.xml", "oai_like.xml", "snapshot.jsonl", "record.abs", "digest_b.md"])
def test_every_form_is_read_lazily(name: str) -> None:
    text = sample(name)
    tag = {"atom_api.xml": "</entry>", "oai_like.xml": "</record>"}.get(name)
    unit = text if tag is None else text[text.index(f"<{tag[2:]}") : text.rindex(tag) + len(tag)]
    head = "" if tag is None else text[: text.index(f"<{tag[2:]}")]

    def endless() -> Iterator[bytes]:
        yield head.encode()
        while True:
            yield unit.encode()

    counting = _Counting(endless())
    papers = read(io.BufferedReader(counting), on_reject=lambda reject: None)
    assert next(papers).title
    assert counting.given < 300_000


def test_rejects_are_collected_and_told_once() -> None:
    stream = read(io.StringIO(ONE_BAD))
    assert isinstance(stream, PaperStream)
    with pytest.warns(
        RejectWarning, match="1 records rejected, the first: <stream>:18: record 2: .*no arXiv id"
    ) as told:
        papers = list(stream)
    assert told[0].filename == __file__
    assert len(papers) == 1
    assert [str(reject) for reject in stream.rejects] == [
        "<stream>:18: record 2: 'http://arxiv.org/abs/none' is no arXiv id"
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert list(stream) == []


def test_a_callback_takes_the_place_of_the_warning() -> None:
    seen: list[tuple[int, Reject]] = []
    papers: list[Paper] = []
    stream = read(io.StringIO(ONE_BAD + "### Third\n"), on_reject=lambda reject: seen.append((len(papers), reject)))
    for paper in stream:
        papers.append(paper)
    assert [(count, reject.source.record) for count, reject in seen] == [(1, 2), (1, 3)]
    assert [reject for _, reject in seen] == stream.rejects


def test_no_rejects_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        stream = read(SAMPLES / "digest_a.md")
        assert stream.dialect == "markdown_digest"
        assert len(list(stream)) == 4
        assert (stream.rejects, stream.resumption_token, stream.encoding) == ([], None, "utf-8")


def test_files_are_closed(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with read(SAMPLES / "digest_a.md") as papers:
            next(papers)
        assert list(papers) == []
        forgotten = read(SAMPLES / "digest_a.md")
        next(forgotten)
        del forgotten
        with pytest.raises(UnknownDialectError):
            read(_file(tmp_path, "nothing"))
        gc.collect()


@pytest.mark.parametrize("content", ["", " \n\n", "\ufeff"])
def test_an_empty_file_says_so(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnknownDialectError, match=r"file is empty\. Known forms:") as error:
        read(_file(tmp_path, content))
    assert isinstance(error.value, SourceError)


def test_the_error_lists_every_form(tmp_path: Path) -> None:
    with pytest.raises(UnknownDialectError) as error:
        read(_file(tmp_path, "Dear reader,\n\nthis is a letter.\n"))
    for dialect in DIALECTS:
        assert f"\n  {dialect.name}: {dialect.description}" in str(error.value)
    assert "seems to be" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("> Updated on 2022.12.02\n\n- 2022-11-30, **X**", "without abstracts"),
        ("# New\n### Today: 36papers \n#### T\n - **Authors:** A", "Arxiv Daily Notice"),
        ("| **[T](http://arxiv.org/abs/2310.06715v2)** | x | <details><summary>Show</summary><p>A", "'<details>'"),
        ("# x\n#### [new 001] T\n", "Chinese labels"),
        ("### 1. T\n**<font color=#1a73e8>作者：</font>** A", "Chinese labels"),
        ("# T\n\n**Link**: [PDF](https://arxiv.org/pdf/2511.07405)\n", "Awesome arXiv Daily Reporter"),
        ("# [T ](https://arxiv.org/abs/1907.06679)\n### Authors: A", "turned into markdown"),
        ('<h1><a href="https://arxiv.org/abs/1907.06679">T</a></h1>', "turned into markdown or HTML"),
        ("# 1. T\n- links: [abs](https://arxiv.org/abs/2102.09544)\n", "Hot Papers"),
        ('<!DOCTYPE html>\n<div class="list-title mathjax">', "listing page as HTML"),
        ("### 1. [T](https://arxiv.org/abs/2512.24157)\n", "arXiv Papers Bot"),
        ("%PDF-1.5\n", "a PDF"),
        ('{\n "url": "x", "body": "<?xml version=\'1.0\'?>', "wrapped in JSON"),
    ],
)
def test_forms_without_a_reader_are_named(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(UnknownDialectError, match="seems to be") as error:
        read(_file(tmp_path, content))
    assert says in str(error.value)


def test_every_sample_is_in_one_form_only() -> None:
    for path in sorted(SAMPLES.iterdir()):
        head = path.read_text(encoding="utf-8")
        assert sum(dialect.sniff(head) for dialect in DIALECTS if dialect.name != "json_records") <= 1, path
        assert any(dialect.sniff(head) for dialect in DIALECTS), path


def test_names_of_forms_are_unique_and_described() -> None:
    assert len({dialect.name for dialect in DIALECTS}) == len(DIALECTS) == 10
    assert all(dialect.description and "\n" not in dialect.description for dialect in DIALECTS)


def _file(folder: Path, content: str) -> Path:
    path = folder / "file"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_hostile_texts_are_read_in_bounded_time(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    places = [0, len(text) // 3, text.lower().index("sand") if "sand" in text.lower() else len(text) // 2, len(text)]
    bombs = (" ", "(", "<", "\\", ", ", "\n ", " and ", "<feed ", '{"title":', "(arXiv:", "[ :arrow_down: ](", "\\\\\n")
    for bomb in bombs:
        for place in places:
            hostile = text[:place] + bomb * (60_000 // len(bomb)) + text[place:]
            begun = time.perf_counter()
            with contextlib.suppress(SourceError):
                list(read(io.StringIO(hostile), on_reject=lambda reject: None))
            # a quadratic step takes most of a minute here, a linear one some hundredths of a second
            assert time.perf_counter() - begun < 5, (bomb, place)
