"""The SQL in the guides runs too, and their tables name every column.

`test_docs` runs the Python of all guides; here SQL and Python run in the order of the guide, and blocks that need
pandas or polars do where these are installed.
"""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from made_records import sample_facts

from arxivie.store.tables import LINKED, STORED, VIEWS

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDES = ("store.md", "leaderboards.md", "dataset-lists.md")
_BLOCK = re.compile(r"^```(?P<kind>python|sql|text)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A block of code, and the output that the guide gives for it, if any."""

    kind: str
    code: str
    line: int
    output: str | None


def blocks(text: str) -> list[Block]:
    made: list[Block] = []
    for found in _BLOCK.finditer(text):
        if found["kind"] == "text":
            made[-1] = made[-1]._replace(output=found["code"])
        else:
            made.append(Block(found["kind"], found["code"], text.count("\n", 0, found.start()) + 1, None))
    return made


def run_sql(code: str) -> str:
    import duckdb

    with duckdb.connect("arxivie.duckdb", read_only=True) as connection:
        found = connection.execute(code)
        rows = [[column[0] for column in found.description], *found.fetchall()]
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)


def run_python(code: str, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "<guide>", "exec"), names)
    return out.getvalue()


@pytest.mark.parametrize("guide", GUIDES)
def test_guide(guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sample_facts(tmp_path / "facts.jsonl")
    found = blocks((DOCS / guide).read_text("utf-8"))
    assert found
    names: dict[str, Any] = {}
    for block in found:
        if block.kind == "python" and "polars" in block.code:
            pytest.importorskip("polars", exc_type=ImportError)
        if block.kind == "python" and ".df()" in block.code:
            pytest.importorskip("pandas", exc_type=ImportError)
        output = run_sql(block.code) if block.kind == "sql" else run_python(block.code, names)
        if block.output is not None:
            assert output.split("\n") == block.output.split("\n"), f"{guide}:{block.line}"


def test_the_guide_names_every_table_column_and_key() -> None:
    text = (DOCS / "store.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| (\*\*.*?) \|$", text, re.MULTILINE))
    common = ["confidence", "rules", "found_by"]
    for name, table in {**STORED, **LINKED}.items():
        columns = [c.strip() for c in told.pop(name).split(",")]
        assert tuple(c.strip("*") for c in columns if c.startswith("**")) == table.key, name
        kept = [c for c in table.columns if c not in common or name == "papers"]
        assert [c.strip("*") for c in columns] == kept, name
    assert not told
    assert all(f"| `{view}` |" in text for view in VIEWS)
