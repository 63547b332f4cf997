"""From a path or a stream to its texts; gzip and zip are recognised by content, also inside each other."""

from __future__ import annotations

import io
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
from arxivie.sources.decoding import HEAD, Text, decoded, without_mark

_DEEPEST = 3
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_DAMAGED = (EOFError, BadGzipFile, zlib.error, zipfile.BadZipFile)

Openable = str | PathLike[str] | IO[str] | IO[bytes]


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
        text = Text(name, without_mark(iter(lambda: stream.read(HEAD), "")))
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
            yield decoded(name, whole, _DAMAGED)
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
