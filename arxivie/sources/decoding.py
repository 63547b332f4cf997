"""Decoded text, a bounded piece at a time.

The encoding is recognised by content: a byte order mark, the declaration of XML, else UTF-8. Bytes that are not UTF-8
are read as Latin-1 (as browsers do, that is Windows-1252), and the text says so in `Text.encoding`.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from typing import IO

#: how many characters a dialect is recognised by, and how much is read at a time
HEAD = 1 << 16
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})[\"']")
_LATIN_1 = "arxivie.latin-1"


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


def decoded(name: str, stream: IO[bytes], damages: tuple[type[Exception], ...]) -> Text:
    """The text of a stream of bytes; ``damages`` are the errors by which it tells that it breaks off."""
    text: Text
    # read1 gives what a pipe has so far, where read would wait for the full size
    take = getattr(stream, "read1", stream.read)

    def pieces() -> Iterator[str]:
        decoder: codecs.IncrementalDecoder | None = None
        final = False
        while not final:
            try:
                # the first piece is long enough to hold the declaration of XML
                piece = take(HEAD) if decoder else _at_least(256, take)
            except damages as error:
                text.damage = f"the compressed data break off or are damaged: {error}"
                piece = b""
            final = not piece
            if decoder is None:
                text.encoding = _encoding(piece)
                decoder = codecs.getincrementaldecoder(text.encoding)(
                    "strict" if "utf-8" in text.encoding else "replace"
                )
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

    text = Text(name, without_mark(pieces()))
    return text


def _at_least(size: int, take: Callable[[int], bytes]) -> bytes:
    taken = b""
    while len(taken) < size and (piece := take(HEAD)):
        taken += piece
    return taken


def _encoding(start: bytes) -> str:
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    declared = _DECLARED.match(start)
    if declared:
        try:
            name = declared[1].decode("ascii")
            b"<".decode(name)
            return codecs.lookup(name).name
        except (LookupError, ValueError):
            pass
    return "utf-8"


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in wrong), error.end


codecs.register_error(_LATIN_1, _as_latin_1)


def without_mark(pieces: Iterator[str]) -> Iterator[str]:
    """The text without the byte order mark that some streams of text have left before it."""
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
