"""What a reader makes of one record: a `Paper`, or a `Reject` that says why not."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from arxivie.facts import Facts
from arxivie.text import AlignedText, Markup, aligned, publish

#: between title and abstract in `Paper.text` and `Paper.raw`
SECTION_BREAK = "\n"


class Source(BaseModel):
    """Where a record stands.

    Attributes:
        file: the path as it was given, ``<stream>`` for a stream, ``archive.zip!member`` inside an archive.
        dialect: the name of the reader.
        line: the record's first line, counted from 1, where the form has lines.
        record: the record's number in the file, counted from 1.
    """

    model_config = ConfigDict(frozen=True)

    file: str
    dialect: str
    line: int | None = None
    record: int


class Reject(BaseModel):
    """A record that could not be read; nothing is dropped without one."""

    model_config = ConfigDict(frozen=True)

    source: Source
    reason: str
    id: str | None = None

    def __str__(self) -> str:
        at = f"{self.source.file}:{self.source.line}" if self.source.line else self.source.file
        name = f" ({self.id})" if self.id else ""
        return f"{at}: record {self.source.record}{name}: {self.reason}"


class PaperLink(BaseModel):
    """An address that the record itself (not its abstract) gives, such as the PDF."""

    model_config = ConfigDict(frozen=True)

    url: str
    title: str | None = None


class Paper(BaseModel):
    """One arXiv paper as a listing gives it.

    Attributes:
        id: the arXiv id without version, new (``2105.09270``) or old (``hep-th/9901001``); other ids of plain JSON
            collections stay as they are.
        version: the number behind ``v``, where the record gives one.
        title, abstract: the published text: no anchors, entities or markup of the listing; LaTeX stays.
        raw_title, raw_abstract: the same as the source holds them; None where they are the same to the letter.
        markup: how raw became text.
        primary, categories: arXiv categories (``cs.CV``), ``categories`` with the primary one first.
        acm, msc: classes of the ACM and the MSC that stood among the categories.
        published, updated: of the paper; ``announced``: the day of the listing.
        facts: what the text states; None before `arxivie.annotate`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    id: str
    version: int | None = None
    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    primary: str | None = None
    categories: tuple[str, ...] = ()
    acm: tuple[str, ...] = ()
    msc: tuple[str, ...] = ()
    published: datetime | date | None = None
    updated: datetime | date | None = None
    announced: date | None = None
    doi: str | None = None
    journal_ref: str | None = None
    comment: str | None = None
    links: tuple[PaperLink, ...] = ()
    raw_title: str | None = None
    raw_abstract: str | None = None
    markup: Markup = "plain"
    source: Source | None = None
    facts: Facts | None = None

    @property
    def text(self) -> str:
        """Title, line break, abstract: what all ``text`` extents count in."""
        return self.title + SECTION_BREAK + self.abstract

    @property
    def raw(self) -> str:
        """Raw title, line break, raw abstract: what all ``raw`` extents count in."""
        return self.aligned.raw

    def as_published(self) -> Paper:
        """The paper with title and abstract as they are published, where it was given them as a source holds them.

        Readers yield such papers; one made by hand may have line breaks or markup left in it.
        """
        if self.text == self.aligned.text:
            return self
        raw_title = self.raw_title if self.raw_title is not None else self.title
        raw_abstract = self.raw_abstract if self.raw_abstract is not None else self.abstract
        return self.model_copy(
            update={
                "title": publish(raw_title, self.markup).text,
                "abstract": publish(raw_abstract, self.markup).text,
                "raw_title": raw_title,
                "raw_abstract": raw_abstract,
            }
        )

    def _repr_html_(self) -> str:
        """For notebooks: title and abstract with the facts marked."""
        from arxivie.report.notebook import paper_html

        return paper_html(self)

    @cached_property
    def aligned(self) -> AlignedText:
        """The three views of title and abstract together."""
        return aligned(
            self.raw_title if self.raw_title is not None else self.title,
            self.raw_abstract if self.raw_abstract is not None else self.abstract,
            markup=self.markup,
            separator=SECTION_BREAK,
        )
