"""From a path or a stream to decoded text, a bounded piece at a time.

Compression is recognised by content (gzip, zip, also inside each other), and so is the encoding: a byte order mark, the
declaration of XML, else UTF-8. Bytes that are not UTF-8 are read as Latin-1 (as browsers do, that is Windows-1252) and
the text says so in `Text.encoding`.
"""

from __future__ import annotations

import codecs
import io
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from gzip import BadGzipFile, GzipFile
from os import PathLike, fspath
from typing import IO, Any, cast

from arxivie.errors import SourceError

#: how many characters a dialect is recognised by, and how much is read at a time
HEAD = 1 << 16
_DEEPEST = 3
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})[\"']")
_DAMAGED = (EOFError, BadGzipFile, zlib.error, zipfile.BadZipFile)
_LATIN_1 = "arxivie.latin-1"

Openable = str | PathLike[str] | IO[str] | IO[bytes]


class Text:
    """A decoded text that is read once, from its beginning, in pieces; line ends are ``\\n``.

    Attributes:
        name: for messages and `Source.file`.
        encoding: known once something was read; ``latin-1`` where a part was not UTF-8.
        damage: why the text broke off, where it did.
        resumption_token: what an OAI-PMH answer gives to ask for its next part.
    """

    def __init__(self, name: str, pieces: Iterator[str]) -> None:
        self.name = name
        self.encoding: str | None = None
        self.damage: str | None = None
        self.resumption_token: str | None = None
        self._pieces = _with_one_line_end(pieces)
        self._head: list[str] = []

    @property
    def head(self) -> str:
        """The first 64 Ki characters; asking for them takes nothing away from `chunks` and `lines`."""
        length = sum(map(len, self._head))
        while length < HEAD and (piece := next(self._pieces, "")):
            self._head.append(piece)
            length += len(piece)
        return "".join(self._head)[:HEAD]

    def chunks(self) -> Iterator[str]:
        """The whole text in pieces as they come, none of them empty."""
        while self._head:
            yield self._head.pop(0)
        yield from self._pieces

    def lines(self) -> Iterator[tuple[int, str]]:
        """Each line with its number, counted from 1, without its end."""
        number = 0
        begun: list[str] = []
        for chunk in self.chunks():
            if "\n" not in chunk:
                begun.append(chunk)
                continue
            first, *others = chunk.split("\n")
            begun.append(first)
            for rest in others:
                number += 1
                yield number, "".join(begun)
                begun = [rest]
        if last := "".join(begun):
            yield number + 1, last


def open_texts(source: Openable) -> Generator[Text]:
    """The text of a file or a stream, or those of an archive's members; opened when they are asked for,
    closed with the generator.

    Args:
        source: a path, or an open stream of text or bytes, which stays open.

    Raises:
        OSError: where the path cannot be opened.
        SourceError: where an archive cannot be read, or things are compressed more than three times over.
    """
    if isinstance(source, str | PathLike):
        name = fspath(source)
        with open(name, "rb") as opened:
            yield from _unpack(name, opened, 0)
        return
    named = getattr(source, "name", None)
    name = named if isinstance(named, str) else "<stream>"
    first = source.read(0)
    if isinstance(first, str):
        stream = cast("IO[str]", source)
        text = Text(name, _without_mark(iter(lambda: stream.read(HEAD), "")))
        text.encoding = "text"
        yield text
    else:
        yield from _unpack(name, cast("IO[bytes]", source), 0)


def _unpack(name: str, stream: IO[bytes], depth: int) -> Iterator[Text]:
    if depth > _DEEPEST:
        raise SourceError(f"{name}: compressed more than {_DEEPEST} times over; unpack it first")
    try:
        start, whole = _peek(stream, depth)
        if start.startswith(_GZIP):
            yield from _unpack(name, cast("IO[bytes]", GzipFile(fileobj=whole)), depth + 1)
        elif start in (_ZIP, _EMPTY_ZIP):
            yield from _unzip(name, whole, depth)
        else:
            yield _decoded(name, whole)
    except _DAMAGED as error:
        raise SourceError(f"{name}: the compressed data are damaged: {error}") from error


def _unzip(name: str, stream: IO[bytes], depth: int) -> Iterator[Text]:
    with ExitStack() as closing:
        if isinstance(stream, io.BufferedReader) and isinstance(stream.raw, _Rejoined):
            # the directory of a zip stands at its end: what cannot go back is put on disk
            spool = closing.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(stream, spool)
            stream = spool
        archive = closing.enter_context(zipfile.ZipFile(stream))
        for member in archive.infolist():
            if member.is_dir() or member.filename.startswith("__MACOSX/"):
                continue
            path = f"{name}!{member.filename}"
            if member.flag_bits & 1:
                raise SourceError(f"{path}: encrypted; unpack it first")
            with archive.open(member) as opened:
                yield from _unpack(path, opened, depth + 1)


def _peek(stream: IO[bytes], depth: int) -> tuple[bytes, IO[bytes]]:
    """The first four bytes, fewer only where there are no more, and the stream with them still before it."""
    taken = b""
    while len(taken) < 4 and (piece := stream.read(4 - len(taken))):
        taken += piece
    # going back inside compressed data would mean to unpack them again
    if depth == 0 and stream.seekable():
        stream.seek(-len(taken), io.SEEK_CUR)
        return taken, stream
    return taken, cast("IO[bytes]", io.BufferedReader(_Rejoined(taken, stream), HEAD))


class _Rejoined(io.RawIOBase):
    """A stream from which some bytes were taken, with these bytes before it again."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self._start = start
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._start:
            piece, self._start = self._start[: len(buffer)], self._start[len(buffer) :]
        else:
            read = getattr(self._rest, "read1", self._rest.read)
            piece = read(len(buffer)) or b""
        buffer[: len(piece)] = piece
        return len(piece)


def _decoded(name: str, stream: IO[bytes]) -> Text:
    text: Text
    # read1 gives what a pipe has so far, where read would wait for the full size
    take = getattr(stream, "read1", stream.read)

    def pieces() -> Iterator[str]:
        decoder: codecs.IncrementalDecoder | None = None
        final = False
        while not final:
            try:
                piece = take(HEAD)
            except _DAMAGED as error:
                text.damage = f"the compressed data break off or are damaged: {error}"
                piece = b""
            final = not piece
            if decoder is None:
                text.encoding = _encoding(piece)
                decoder = codecs.getincrementaldecoder(text.encoding)()
            before = decoder.getstate()
            try:
                decoded = decoder.decode(piece, final)
            except UnicodeDecodeError:
                text.encoding = "latin-1"
                decoder = codecs.getincrementaldecoder("utf-8")(_LATIN_1)
                decoder.setstate((before[0], 0))
                decoded = decoder.decode(piece, final)
            if decoded:
                yield decoded

    text = Text(name, pieces())
    return text


def _encoding(start: bytes) -> str:
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    declared = _DECLARED.match(start)
    if declared:
        try:
            return codecs.lookup(declared[1].decode("ascii")).name
        except LookupError:
            pass
    return "utf-8"


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in wrong), error.end


codecs.register_error(_LATIN_1, _as_latin_1)


def _without_mark(pieces: Iterator[str]) -> Iterator[str]:
    first = next(pieces, "")
    if first:
        yield first.removeprefix("\ufeff")
    yield from pieces


def _with_one_line_end(pieces: Iterator[str]) -> Iterator[str]:
    newlines = io.IncrementalNewlineDecoder(None, translate=True)
    for piece in pieces:
        if translated := newlines.decode(piece):
            yield translated
    if last := newlines.decode("", final=True):
        yield last
