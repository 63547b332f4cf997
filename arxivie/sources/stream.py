"""`read`: papers, lazily, from whatever holds them."""

from __future__ import annotations

import warnings
import weakref
from collections.abc import Callable, Iterator
from types import TracebackType

from arxivie.errors import SourceError, UnknownDialectError
from arxivie.papers import Paper, Reject, Source
from arxivie.sources.decoding import Text
from arxivie.sources.dialect import Dialect
from arxivie.sources.opening import Openable, open_texts
from arxivie.sources.record import finish
from arxivie.sources.registry import recognise


class RejectWarning(UserWarning):
    """Records of a source could not be read, or bytes of it were not in the encoding that they should be in."""


class PaperStream(Iterator[Paper]):
    """The papers of a source, one after the other as they are read.

    It can be used as a context manager; the files that it opened are closed at its end, on `close`, or with it.

    Attributes:
        dialect: the name of the form that is being read; in an archive, of the present member.
        rejects: the records rejected so far.
        encoding: of the text that is being read; ``latin-1`` where a part of it was not UTF-8.
    """

    def __init__(self, source: Openable, on_reject: Callable[[Reject], None] | None = None) -> None:
        self.rejects: list[Reject] = []
        self.dialect = ""
        self._on_reject = on_reject
        self._misencoded: list[str] = []
        self._texts = open_texts(source)
        self._let_go = weakref.finalize(self, self._texts.close)
        self._papers: Iterator[Paper] = iter(())
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    @property
    def encoding(self) -> str | None:
        return self._text.encoding

    @property
    def resumption_token(self) -> str | None:
        """What to ask OAI-PMH with for the next part: known when this part was read, None where it is the last."""
        return self._text.resumption_token

    def __iter__(self) -> PaperStream:
        return self

    def __next__(self) -> Paper:
        for paper in self._papers:
            return paper
        if self._let_go.alive:
            self.close()
            self._warn()
        raise StopIteration

    def __enter__(self) -> PaperStream:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files that were opened; nothing more comes."""
        self._papers = iter(())
        self._let_go()

    def _begin(self) -> None:
        """Find the first text in a known dialect, so that a source without any fails at once."""
        unknown: list[tuple[Text, UnknownDialectError]] = []
        for text in self._texts:
            try:
                dialect = recognise(text)
            except UnknownDialectError as error:
                unknown.append((text, error))
                continue
            self._text, self.dialect = text, dialect.name
            self._papers = self._all(unknown, text, dialect)
            return
        raise unknown[0][1] if unknown else UnknownDialectError("the archive holds no files")

    def _all(self, unknown: list[tuple[Text, UnknownDialectError]], text: Text, dialect: Dialect) -> Iterator[Paper]:
        for member, error in unknown:
            self._pass_over(member, error)
        yield from self._read(text, dialect)
        for member in self._texts:
            try:
                dialect = recognise(member)
                self._text, self.dialect = member, dialect.name
                yield from self._read(member, dialect)
            except SourceError as error:
                self._pass_over(member, error)

    def _read(self, text: Text, dialect: Dialect) -> Iterator[Paper]:
        """The papers of one text; the rest is rejected."""
        seen: dict[str, tuple[int, int]] = {}
        number = 0
        for number, found in enumerate(dialect.read(text), 1):
            source = Source(file=text.name, dialect=dialect.name, line=found.line, record=number)
            item = finish(found, source)
            if isinstance(item, Reject):
                self._reject(item)
                continue
            if dialect.once:
                version = item.version or 0
                first = seen.setdefault(item.id, (version, number))
                if first[1] != number:
                    if version <= first[0]:
                        self._reject(Reject(source=source, reason=f"repeats record {first[1]}", id=item.id))
                        continue
                    seen[item.id] = (version, number)
            yield item
        if text.damage:
            end = Source(file=text.name, dialect=dialect.name, record=number + 1)
            self._reject(Reject(source=end, reason=text.damage))
        if text.encoding == "latin-1":
            self._misencoded.append(text.name)

    def _pass_over(self, member: Text, error: SourceError) -> None:
        source = Source(file=member.name, dialect="unknown", record=1)
        self._reject(Reject(source=source, reason=str(error)))

    def _reject(self, reject: Reject) -> None:
        self.rejects.append(reject)
        if self._on_reject:
            self._on_reject(reject)

    def _warn(self) -> None:
        notes = [f"{name}: not all of it is UTF-8; the rest was read as Latin-1" for name in self._misencoded]
        if self.rejects and not self._on_reject:
            notes.append(f"{len(self.rejects)} records rejected, the first: {self.rejects[0]}")
        if notes:
            warnings.warn("; ".join(notes), RejectWarning, stacklevel=3)


def read(source: Openable, *, on_reject: Callable[[Reject], None] | None = None) -> PaperStream:
    """The papers of a listing, a feed, a harvest, a snapshot or a file of records, lazily.

    The form is found by looking at the content, never at the name, also inside gzip and zip.

    Args:
        source: a path, or an open stream of text or bytes; a stream is not closed.
        on_reject: called with each record that cannot be read, when it comes. Without it the rejects are collected
            in ``PaperStream.rejects`` (as they are with it) and one `RejectWarning` tells of them at the end.

    Raises:
        OSError: where a path cannot be opened.
        UnknownDialectError: where no reader knows the form, and for an empty file; the known forms are listed.
        UnsafeXMLError: for XML with a document type definition.
        SourceError: where an archive is encrypted or damaged from its beginning.

    A malformed record raises nothing: it becomes a `Reject`. So does a record without an abstract, and a paper that
    a listing repeats, except in a newer version, which comes out as well.
    """
    return PaperStream(source, on_reject)
