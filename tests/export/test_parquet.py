"""Parquet: records come back as they were, whatever they hold."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arxivie.errors import CorpusError
from arxivie.export.parquet import parquet_schema, read_parquet, write_parquet
from arxivie.export.records import Record, to_record
from arxivie.extent import Extent
from arxivie.facts import Dataset, Evidence, Facts, Link, Result
from arxivie.papers import Paper, PaperLink, Source

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
extents = st.builds(lambda a, b: Extent(a, a + b), st.integers(0, 5000), st.integers(0, 90))
evidence = st.builds(Evidence, surface=words, section=st.sampled_from(["title", "abstract"]), text=extents, raw=extents)
numbers = st.floats(allow_nan=False, allow_infinity=False)
maybe = st.none() | numbers
results = st.builds(
    Result, value=numbers, value_max=maybe, error=maybe, unit=st.none() | words, value_text=words,
    metric=st.none() | words, datasets=st.lists(words, max_size=2).map(tuple), kind=st.sampled_from(["score", "gain"]),
    better=st.none() | st.booleans(), quote=words, evidence=st.lists(evidence, max_size=2).map(tuple),
)  # fmt: skip
facts = st.builds(
    Facts,
    datasets=st.lists(
        st.builds(Dataset, name=words, role=st.just("used"), canonical=st.none() | words), max_size=2
    ).map(tuple),
    results=st.lists(results, max_size=2).map(tuple),
    links=st.lists(
        st.builds(Link, url=words, kinds=st.just(("code", "data")), status=st.just("promised")), max_size=1
    ).map(tuple),
)
papers = st.builds(
    Paper, id=words, version=st.none() | st.integers(1, 9), title=words, abstract=words,
    published=st.none() | st.dates() | st.datetimes(timezones=st.none() | st.timezones()),
    announced=st.none() | st.dates(), links=st.lists(st.builds(PaperLink, url=words), max_size=1).map(tuple),
    source=st.none() | st.builds(Source, file=words, dialect=words, line=st.none(), record=st.just(1)),
    facts=facts,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(papers, max_size=3), st.none() | words)
def test_what_is_written_is_read(made: list[Paper], pack: str | None) -> None:
    records = [to_record(paper, pack=pack) for paper in made]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.parquet"
        assert write_parquet(records, path) == len(records)
        back = list(read_parquet(path))
    assert [Record.model_validate_json(json.dumps(r)) for r in back] == [
        Record.model_validate_json(json.dumps(r)) for r in records
    ]


def test_many_groups_keep_their_order(tmp_path: Path) -> None:
    records = [to_record(Paper(id=str(n), title="t", abstract="a")) for n in range(2500)]
    write_parquet(iter(records), tmp_path / "f.parquet")
    assert [r["paper"]["id"] for r in read_parquet(tmp_path / "f.parquet")] == [str(n) for n in range(2500)]


def test_columns_follow_the_models() -> None:
    schema = parquet_schema()
    assert schema.names == list(Record.model_fields)
    assert [f.name for f in schema.field("facts").type] == list(Facts.model_fields)
    assert "facts" not in [f.name for f in schema.field("paper").type]


def test_other_files_are_no_records(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"x": [1]}), tmp_path / "other.parquet")
    with pytest.raises(CorpusError, match="no records of arxivie"):
        list(read_parquet(tmp_path / "other.parquet"))
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and nothing else")
    with pytest.raises(CorpusError, match="cannot be read as Parquet"):
        list(read_parquet(tmp_path / "cut.parquet"))
