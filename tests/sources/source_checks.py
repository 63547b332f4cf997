"""What the tests of the readers share."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import IO

from arxivie.papers import Paper, Reject
from arxivie.sources import PaperStream, read

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> str:
    """A sample's text."""
    return (SAMPLES / name).read_text(encoding="utf-8")


def read_all(source: str | Path | IO[str] | IO[bytes]) -> tuple[PaperStream, list[Paper], list[Reject]]:
    """The stream, the papers and the rejects of a path or of a text; each paper's views must agree."""
    rejects: list[Reject] = []
    stream = read(io.StringIO(source) if isinstance(source, str) else source, on_reject=rejects.append)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        papers = list(stream)
    for paper in papers:
        assert paper.aligned.text == paper.text
        assert paper.source is not None
        assert paper.source.dialect == stream.dialect
    assert stream.rejects == rejects
    return stream, papers, rejects


def reasons(rejects: list[Reject]) -> list[tuple[int | None, str | None, str]]:
    """Line, id and reason of each."""
    return [(reject.source.line, reject.id, reject.reason) for reject in rejects]
