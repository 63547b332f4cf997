"""Indexing: once a paper, newest version, all or nothing, bad lines by file and line."""

from __future__ import annotations

import builtins
import gzip
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from made_records import figure, line, record, write

from arxivie.errors import ConfigurationError, CorpusError
from arxivie.export.records import Record
from arxivie.store.index import index
from arxivie.store.opening import Store
from arxivie.store.reading import read_stored
from arxivie.store.tables import LINKED, STORED, VIEWS


def everything(path: Path) -> dict[str, list[dict[str, Any]]]:
    with Store(path) as store:
        return {name: store.rows(f"SELECT * FROM {name} ORDER BY ALL") for name in (*STORED, *LINKED, *VIEWS)}


def counts(report: Any) -> tuple[int, int, int, int]:
    return report.added, report.replaced, report.unchanged, report.older


@pytest.fixture
def two() -> list[Record]:
    return [
        record("2101.00001", figure(90.5), figure(88.0, kind="other_score", method="BarNet"), tasks=["sorting"]),
        record("2102.00002", figure(0.876, unit=None, dataset="CIFAR10"), day="2021-02-03"),
    ]


def test_the_same_papers_again_change_nothing(tmp_path: Path, two: list[Record]) -> None:
    store = tmp_path / "s.duckdb"
    facts = write(tmp_path / "facts.jsonl", two)
    assert counts(index(facts, store)) == (2, 0, 0, 0)
    before = everything(store)
    assert len(before["papers"]) == 2
    assert len(before["results"]) == 3
    assert len(before["mentions"]) == 2 + 3 + 2 * 3  # datasets, metrics, results with their clauses
    assert counts(index(facts, store)) == (0, 0, 2, 0)
    assert everything(store) == before


def test_keys_identify_rows(tmp_path: Path, two: list[Record]) -> None:
    newer = record("2101.00001", figure(90.5), figure(91.5), version=2, tasks=["sorting", "folding"])
    for batch in (two, [newer], two, [newer, *two, newer]):
        index(batch, tmp_path / "s.duckdb")
        found = everything(tmp_path / "s.duckdb")
        for name, table in {**STORED, **LINKED}.items():
            keys = [tuple(row[column] for column in table.key) for row in found[name]]
            assert len(keys) == len(set(keys)), name


def test_a_newer_version_replaces_and_an_older_never_does(tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    versions = {v: record("2101.00001", figure(90.0 + (v or 0)), version=v) for v in (None, 1, 2, 10)}
    assert counts(index([versions[2]], store)) == (1, 0, 0, 0)
    assert counts(index([versions[1]], store)) == (0, 0, 0, 1)
    assert counts(index([versions[None]], store)) == (0, 0, 0, 1)
    assert [r["value"] for r in everything(store)["results"]] == [92.0]
    assert counts(index([versions[10]], store)) == (0, 1, 0, 0)
    after = everything(store)
    assert [r["value"] for r in after["results"]] == [100.0]
    assert [r["score"] for r in after["leaderboard"]] == [100.0]
    assert [r["version"] for r in after["papers"]] == [10]


def test_versions_of_one_paper_in_one_file_leave_the_newest(tmp_path: Path) -> None:
    made = [record("2101.00001", figure(90.0 + v), version=v) for v in (1, 3, 2)]
    assert counts(index(made, tmp_path / "s.duckdb")) == (1, 1, 0, 1)
    assert [r["value"] for r in everything(tmp_path / "s.duckdb")["results"]] == [93.0]


def test_the_same_version_extracted_anew_replaces(tmp_path: Path) -> None:
    index([record("2101.00001", figure(90.0))], tmp_path / "s.duckdb")
    assert counts(index([record("2101.00001", figure(91.0))], tmp_path / "s.duckdb")) == (0, 1, 0, 0)
    assert [r["value"] for r in everything(tmp_path / "s.duckdb")["results"]] == [91.0]


def test_the_order_of_files_does_not_matter(tmp_path: Path, two: list[Record]) -> None:
    index(two, tmp_path / "a.duckdb")
    for made in reversed(two):
        index([made], tmp_path / "b.duckdb")
    assert everything(tmp_path / "a.duckdb") == everything(tmp_path / "b.duckdb")


def test_bad_lines_are_rejected_with_file_and_line_and_the_rest_is_kept(tmp_path: Path, two: list[Record]) -> None:
    facts = tmp_path / "facts.jsonl"
    wrong = line(two[0]).replace('"score"', '"scoar"', 1)
    facts.write_text("\n".join([line(two[0]), "{nonsense", "", '{"id": 1}', wrong, line(two[1])]) + "\n")
    report = index(facts, tmp_path / "s.duckdb")
    assert counts(report) == (2, 0, 0, 0)
    assert [str(r).split(": ", 1)[0] for r in report.rejects] == [f"{facts}:{n}" for n in (2, 4, 5)]
    assert "facts.results.0.kind" in report.rejects[2].reason
    assert report.rejects[2].id == "2101.00001"
    with pytest.raises(CorpusError, match=r"facts\.jsonl:2: .*not JSON"):
        list(read_stored(facts))


def test_an_error_in_the_middle_leaves_the_store_as_it_was(tmp_path: Path, two: list[Record]) -> None:
    store = tmp_path / "s.duckdb"
    index(two[:1], store)
    before = everything(store)

    def breaks() -> Any:
        yield two[1]
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError, match="the disk is gone"):
        index(breaks(), store)
    assert everything(store) == before


def test_gzip_and_parquet_read_as_lines_do(tmp_path: Path, two: list[Record]) -> None:
    from arxivie.export.parquet import write_parquet

    facts = write(tmp_path / "facts.jsonl", two)
    (tmp_path / "facts.gz").write_bytes(gzip.compress(facts.read_bytes()))
    write_parquet((r.model_dump(mode="json") for r in two), tmp_path / "facts.pq")
    want = list(read_stored(facts))
    assert want == two
    assert list(read_stored(tmp_path / "facts.gz")) == want
    assert list(read_stored(tmp_path / "facts.pq")) == want


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"x" * 100])
def test_what_is_no_file_of_facts_is_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "facts").write_bytes(content)
    with pytest.raises(CorpusError):
        list(read_stored(tmp_path / "facts"))


def test_a_file_that_is_no_store_is_never_written_to(tmp_path: Path, two: list[Record]) -> None:
    import duckdb

    notes = tmp_path / "notes.txt"
    notes.write_text("mine")
    with pytest.raises(CorpusError, match="no DuckDB file"):
        index(two, notes)
    assert notes.read_text() == "mine"
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(CorpusError, match="no store of arxivie"):
        index(two, other)


def test_without_the_extra_the_message_says_what_to_install(
    tmp_path: Path, two: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] in {"duckdb", "pyarrow"}:
            raise ImportError(f"No module named {name!r}")
        return real(name, *args, **kwargs)

    for name in [n for n in sys.modules if n.partition(".")[0] in {"duckdb", "pyarrow"}]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr("importlib.import_module", without)
    monkeypatch.setattr("arxivie.export.extra.import_module", without)
    with pytest.raises(ConfigurationError, match=r"pip install 'arxivie\[tables\]'"):
        index(two, tmp_path / "s.duckdb")


def test_stored_records_come_back_whole(tmp_path: Path, two: list[Record]) -> None:
    index(two, tmp_path / "s.duckdb")
    with Store(tmp_path / "s.duckdb") as store:
        assert list(store.records()) == two


def test_a_pack_of_ones_own_links_names_anew_without_touching_the_store(tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    index([record("2101.00001", figure(90.0, dataset="Zorpbase"), figure(91.0, dataset="ZB-1"))], store)
    pack = tmp_path / "pack"
    (pack / "dataset").mkdir(parents=True)
    (pack / "pack.toml").write_text('name = "mine"\nversion = "1"\nlicence = "CC0-1.0"\n')
    (pack / "dataset" / "names.tsv").write_text(
        "name\tsurface\tcase\tcontext\tsource\nZorpbase\tZB-1\tfolded\tfree\town\n"
        "Zorpbase\tZorpbase\tfolded\tfree\town\n"
    )
    before = store.read_bytes()
    with Store(store, packs=[pack]) as opened:
        assert {r["dataset"] for r in opened.rows("SELECT dataset FROM leaderboard")} == {"Zorpbase"}
    assert store.read_bytes() == before
    with Store(store) as opened:
        assert {r["dataset"] for r in opened.rows("SELECT dataset FROM leaderboard")} == {"Zorpbase", "ZB-1"}
    index([], store, packs=[pack])
    with Store(store, packs=[pack]) as opened:
        assert {r["dataset"] for r in opened.rows("SELECT dataset FROM leaderboard")} == {"Zorpbase"}


def test_stores_need_no_spacy() -> None:
    program = (
        "import sys, arxivie.store.commands, arxivie.store.opening, arxivie.leaderboard.commands,"
        "arxivie.leaderboard.page, arxivie.leaderboard.render, arxivie.catalogue.commands, arxivie.catalogue.curate,"
        "arxivie.export.annotation.brat; sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
