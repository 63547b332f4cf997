"""Every command: what it prints, what it writes, and how it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

import arxivie
from arxivie.cli import app

Run = Callable[..., Result]
COMMANDS = ("read", "extract", "show", "explain", "check", "sample", "schema")
GOOD = {"id": "2101.00001", "title": "FooNet", "abstract": "We train FooNet on CIFAR-10 and reach 88.5% accuracy."}


@pytest.fixture
def run(nlp, monkeypatch) -> Run:
    """Runs a command in this process, with the pipeline that is loaded already."""
    monkeypatch.setattr("arxivie.pipeline.load", lambda **_: nlp)
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    """A good record and one without a title."""
    path = tmp_path / "papers.jsonl"
    path.write_text(json.dumps(GOOD) + "\n" + json.dumps({"id": "2101.00002", "abstract": "No title."}) + "\n")
    return path


def said(result: Result) -> str:
    """Everything printed, in one line."""
    return " ".join(result.output.split())


def said_error(result: Result) -> str:
    return " ".join(result.stderr.split())


def test_read_prints_json_lines_in_a_pipe(run, samples) -> None:
    done = run("read", *samples)
    papers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert len(papers) == 22
    assert papers[0]["source"]["file"] == str(samples[0])
    assert all("facts" not in p for p in papers)


def test_read_prints_a_table_when_asked(run, samples) -> None:
    done = run("read", samples[0], "--format", "table")
    first = next(iter(arxivie.read(samples[0])))
    assert first.id in done.stdout
    assert first.title[:20] in done.stdout


def test_read_refuses_other_forms(run, samples) -> None:
    done = run("read", samples[0], "--format", "xml")
    assert done.exit_code == 2
    assert "table or jsonl" in said(done)


def test_extract_prints_records_in_a_pipe(run, listing) -> None:
    done = run("extract", listing)
    (record,) = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 0
    assert [d["name"] for d in record["facts"]["datasets"]] == ["CIFAR-10"]
    assert record["facts"]["results"][0]["value"] == 88.5
    assert record["pack"].count("+") == 1
    assert "tagger" not in record


def test_extract_writes_a_file(run, listing, tmp_path) -> None:
    done = run("extract", listing, "-o", tmp_path / "facts.jsonl")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert (tmp_path / "facts.jsonl").read_text("utf-8") == run("extract", listing).stdout


def test_extract_writes_parquet(run, listing, tmp_path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert run("extract", listing, "-o", tmp_path / "facts.parquet").exit_code == 0
    assert parquet.read_table(tmp_path / "facts.parquet").num_rows == 1


def test_extract_into_a_folder_that_is_not_there(run, listing, tmp_path) -> None:
    done = run("extract", listing, "-o", tmp_path / "none" / "facts.jsonl")
    assert done.exit_code == 2
    assert "No such file" in said(done)


@pytest.mark.parametrize("command", ["read", "extract"])
def test_rejects_are_told_and_fail_only_when_strict(run, listing, command: str) -> None:
    loose, strict = run(command, listing), run(command, listing, "--strict")
    assert (loose.exit_code, strict.exit_code) == (0, 1)
    for done in (loose, strict):
        assert "papers.jsonl:2: record 2" in said_error(done)
        assert "2101.00001" in done.stdout
        assert "2101.00002" not in done.stdout


def test_strict_is_content_without_rejects(run, samples) -> None:
    assert run("read", samples[0], "--strict").exit_code == 0


def test_many_rejects_are_summed_up(run, tmp_path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join([json.dumps(GOOD)] + ['{"id": "2101.00009", "abstract": "No title."}'] * 25))
    done = run("read", path)
    assert "and 15 more" in said(done)


@pytest.mark.parametrize("command", ["read", "extract"])
def test_a_file_that_is_not_there(run, tmp_path, command: str) -> None:
    done = run(command, tmp_path / "none.md")
    assert done.exit_code == 2
    assert "none.md" in said(done)
    assert "Traceback" not in done.output


@pytest.mark.parametrize("content", ["", "Dear reader, this is a letter.\n", "\x00\x01\x02", "[1, 2"])
def test_a_file_of_no_known_form(run, tmp_path, content: str) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(content)
    done = run("read", path)
    assert done.exit_code == 2
    assert "letter.txt" in said(done)
    assert done.stdout == ""


def test_an_unknown_form_lists_the_known_ones(run, tmp_path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader, this is a letter.\n")
    assert "markdown_digest" in said(run("read", path))


def test_show_prints_text_and_facts(run, listing) -> None:
    done = run("show", listing, "--id", "2101.00001")
    assert done.exit_code == 0
    assert "We train" in done.stdout
    assert "datasets: CIFAR-10" in said(done)


def test_explain_says_why(run, listing) -> None:
    done = run("explain", listing, "--id", "2101.00001", "--name", "cifar")
    assert done.exit_code == 0
    assert "✓ dataset CIFAR-10" in done.stdout
    assert "dataset.names: the name stands in a list" in done.stdout
    assert "« CIFAR - 10 »" in done.stdout
    assert "weighed:" in done.stdout
    assert "FooNet  p=" not in done.stdout


def test_a_version_finds_its_paper(run, samples) -> None:
    path, paper = next((path, p) for path in samples for p in arxivie.read(path) if p.version)
    assert run("show", path, "--id", f"{paper.id}v{paper.version}").exit_code == 0
    assert run("show", path, "--id", f"{paper.id}v99").exit_code == 2


@pytest.mark.parametrize("command", ["show", "explain"])
def test_an_unknown_id(run, listing, command: str) -> None:
    done = run(command, listing, "--id", "9999.00001")
    assert done.exit_code == 2
    assert "holds no paper 9999.00001" in said(done)


def pack(folder: Path, rules: str = "") -> Path:
    (folder / "dataset").mkdir()
    (folder / "pack.toml").write_text('name = "mine"\nversion = "0.1.0"\nlicence = "CC0-1.0"\n')
    (folder / "dataset" / "rules.toml").write_text(rules)
    return folder


def test_check_of_a_good_pack(run, tmp_path) -> None:
    done = run("check", pack(tmp_path))
    assert done.exit_code == 0
    assert "0 findings" in done.stdout


def test_check_of_a_rule_without_a_near_miss(run, tmp_path) -> None:
    rule = '[[rule]]\nid = "dataset.x"\nwhy = "x"\ntokens = [{LOWER = "x"}]\nfires = ["[x](dataset)"]\nsilent = []\n'
    done = run("check", pack(tmp_path, rule))
    assert done.exit_code != 0
    assert "dataset.x" in said(done)


def test_check_of_no_pack(run, tmp_path) -> None:
    done = run("check", tmp_path)
    assert done.exit_code != 0
    assert "pack.toml" in said(done)


def test_sample_prints_paths_that_can_be_read(run, samples) -> None:
    paths = [Path(line) for line in run("sample").stdout.splitlines()]
    assert [p.name for p in paths] == [p.name for p in samples]
    assert run("read", *paths).exit_code == 0


def test_version(run) -> None:
    assert run("--version").stdout == f"arxivie {arxivie.__version__}\n"


def test_without_a_command_there_is_help(run) -> None:
    assert "extract" in run().output


def commands(group: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(group, click.Group) or hasattr(group, "commands"):
        for name, command in group.commands.items():
            yield from commands(command, (*path, name))
    else:
        yield path


ALL = sorted(commands(typer.main.get_command(app)))


def test_all_commands_are_there() -> None:
    assert set(COMMANDS) <= {path[0] for path in ALL}


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_help(run, path: tuple[str, ...]) -> None:
    done = run(*path, "--help")
    assert done.exit_code == 0
    assert len(said(done)) > 60


@pytest.mark.parametrize("command", ["read", "show"])
def test_missing_arguments_are_told(run, command: str) -> None:
    done = run(command)
    assert done.exit_code == 2
    assert "Missing" in said(done)


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
def test_a_closed_pipe_is_no_error(tmp_path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps(GOOD | {"id": f"2101.{n:05}"}) + "\n" for n in range(3000)))
    code = "from arxivie.cli import app; app()"
    shell = f"{sys.executable} -c '{code}' read {path} | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    line, status = done.stdout.splitlines()
    assert json.loads(line)["id"] == "2101.00000"
    assert status == "0"


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
def test_a_closed_pipe_is_no_error_for_tables_either(tmp_path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps(GOOD | {"id": f"2101.{n:05}"}) + "\n" for n in range(3000)))
    code = "from arxivie.cli import app; app()"
    shell = f"{sys.executable} -c '{code}' read {path} --format table | head -n 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("0\n", "")
