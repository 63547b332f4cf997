"""The curator's loop: from lines of a pipe, and in a real terminal that is killed in the middle."""

from __future__ import annotations

import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made_records import figure, record

from arxivie.catalogue.curate import CurationReport, curate
from arxivie.catalogue.datasets import datasets
from arxivie.catalogue.decisions import DecisionLog
from arxivie.errors import CorpusError
from arxivie.rules.check import check
from arxivie.store.canonical import load_canon
from arxivie.store.index import index

NEW = ["Alphazorp", "Betazorp", "CIFAR 10 dataset", "Deltazorp", "Epsizorp"]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Five new names; the first in most papers, the last in one."""
    made = [
        record(f"21{10 + n}.{k:05}", figure(90.0 + k, dataset=name), day="2021-01-01")
        for n, name in enumerate(NEW)
        for k in range(1, 1 + len(NEW) - n)
    ]
    index(made, tmp_path / "s.duckdb")
    return tmp_path / "s.duckdb"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tmp_path / "mine"


def run(store: Path, pack: Path, *lines: str, **options: bool) -> tuple[CurationReport, str]:
    screen = io.StringIO()
    commands = io.StringIO("".join(f"{line}\n" for line in lines))
    return curate(store, pack, commands=commands, screen=screen, **options), screen.getvalue()


def names(pack: Path) -> set[tuple[str, ...]]:
    lines = (pack / "dataset" / "names.tsv").read_text().splitlines()[1:]
    return {tuple(line.split("\t")) for line in lines}


def test_every_decision_ends_in_file_and_pack(store: Path, pack: Path) -> None:
    report, screen = run(store, pack, "h", "nonsense", "accept Alpha-Zorp", "r", "m CIFAR10", "s", "q", "a")
    assert (report.accepted, report.merged, report.rejected, report.skipped, report.left) == (1, 1, 1, 1, 1)
    assert "'nonsense' is no command" in screen
    assert names(pack) == {
        ("Alpha-Zorp", "Alpha-Zorp", "folded", "free", "curated"),
        ("Betazorp", "Betazorp", "folded", "never", "curated"),
        ("CIFAR-10", "CIFAR 10 dataset", "folded", "free", "curated"),
    }
    assert [d.action for d in DecisionLog(pack / "decisions.jsonl")] == ["accept", "reject", "merge", "skip"]
    assert check([pack]) == []


def test_accepted_names_join_the_catalogue_and_rejected_ones_stop(store: Path, pack: Path) -> None:
    run(store, pack, "a", "r", "m 1")
    assert "betazorp" in load_canon([pack]).pack.stopped["dataset"]
    entries = {e.name: e for e in datasets(store, packs=[pack])}
    assert entries["Alphazorp"].listed
    assert "CIFAR 10 dataset" in entries["CIFAR-10"].aliases
    assert not entries["Betazorp"].listed


def test_a_second_run_goes_on_and_skipped_ones_come_again_on_request(store: Path, pack: Path) -> None:
    run(store, pack, "a", "s", "q")
    assert "1/3] CIFAR 10 dataset" in run(store, pack, "q")[1]
    assert "1/4] Betazorp" in run(store, pack, "q", again=True)[1]
    assert run(store, pack, "r", "r", "r")[0].left == 0
    assert run(store, pack)[0] == CurationReport()


def test_the_normal_form_suggests_and_numbers_must_agree(store: Path, pack: Path) -> None:
    screen = run(store, pack, "s", "s", "q")[1]
    assert "1 = merge into CIFAR-10 (same letters)" in screen
    assert "CIFAR-100" not in screen


@pytest.mark.parametrize("line", ["m", "m 99", "m Nothing-Like-This"])
def test_a_merge_needs_a_target_that_exists(store: Path, pack: Path, line: str) -> None:
    report, _ = run(store, pack, line)
    assert (report.merged, report.left) == (0, 5)
    assert not (pack / "decisions.jsonl").exists()


def test_an_accepted_name_can_be_merged_into(store: Path, pack: Path) -> None:
    run(store, pack, "a", "m alphazorp", "q")
    assert ("Alphazorp", "Betazorp") in {row[:2] for row in names(pack)}


def test_a_torn_last_line_is_cut_off_and_asked_again(store: Path, pack: Path) -> None:
    run(store, pack, "a", "r", "q")
    file = pack / "decisions.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    report, screen = run(store, pack, "q")
    assert "was cut off" in screen
    assert "1/4] Betazorp" in screen
    assert report.left == 4
    assert file.read_bytes() == whole.splitlines(keepends=True)[0]


def test_a_last_line_without_its_end_counts(pack: Path, store: Path) -> None:
    run(store, pack, "a", "r", "q")
    file = pack / "decisions.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    assert len(DecisionLog(file)) == 2
    assert file.read_bytes() == whole


def test_a_broken_line_in_the_middle_is_an_error_with_its_number(pack: Path, store: Path) -> None:
    run(store, pack, "a", "r", "q")
    file = pack / "decisions.jsonl"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], lines[1].replace("reject", "regret"), lines[0]]) + "\n")
    with pytest.raises(CorpusError, match=r"decisions\.jsonl:2: .*action"):
        DecisionLog(file)


def test_a_person_s_own_lines_in_the_pack_stay(store: Path, pack: Path) -> None:
    (pack / "dataset").mkdir(parents=True)
    (pack / "dataset" / "names.tsv").write_text(
        "name\tsurface\tcase\tcontext\tsource\nOmegazorp\tOmegazorp\tfolded\tfree\town\n"
    )
    run(store, pack, "a", "q")
    assert ("Omegazorp", "Omegazorp", "folded", "free", "own") in names(pack)
    assert len(names(pack)) == 2


def test_hostile_names_cannot_steer_the_terminal(tmp_path: Path, pack: Path) -> None:
    index([record("2101.00001", figure(90.0, dataset="Evil\x1b[2JZorp [red]"))], tmp_path / "e.duckdb")
    screen = run(tmp_path / "e.duckdb", pack, "q")[1]
    assert "\x1b" not in screen
    assert "[red]" in screen


class Terminal:
    """``curate`` in a pseudo-terminal of its own."""

    def __init__(self, store: Path, pack: Path) -> None:
        ours, theirs = pty.openpty()
        program = f"from arxivie.catalogue.curate import curate; curate({str(store)!r}, {str(pack)!r})"
        self.process = subprocess.Popen([sys.executable, "-c", program], stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        self.ours, self.seen = ours, ""

    def until(self, text: str) -> None:
        """Read the screen until ``text`` is on it, and forget what stood before."""
        deadline = time.monotonic() + 120
        while text not in self.seen:
            assert time.monotonic() < deadline, f"waited for {text!r}, saw {self.seen[-500:]!r}"
            try:
                self.seen += os.read(self.ours, 4096).decode(errors="replace")
            except OSError:
                raise AssertionError(f"it ended before {text!r}: {self.seen[-500:]!r}") from None
        self.seen = self.seen.partition(text)[2]

    def type(self, line: str) -> None:
        os.write(self.ours, f"{line}\n".encode())

    def end(self) -> int:
        """The exit status; the screen is read to its end so that the process never waits for it."""
        while True:
            try:
                if not os.read(self.ours, 4096):
                    break
            except OSError:
                break
        os.close(self.ours)
        return self.process.wait(timeout=60)


def test_in_a_terminal_nothing_is_lost_when_the_process_is_killed(store: Path, pack: Path) -> None:
    first = Terminal(store, pack)
    for shown, typed in (("Alphazorp", "a"), ("Betazorp", "m CIFAR-100"), ("CIFAR 10 dataset", "r")):
        first.until(shown)
        first.until("help> ")
        first.type(typed)
    first.until("Deltazorp")
    first.until("help> ")
    os.kill(first.process.pid, signal.SIGKILL)
    assert first.end() == -signal.SIGKILL

    decisions = [json.loads(line) for line in (pack / "decisions.jsonl").read_text().splitlines()]
    assert [(d["action"], d["name"], d["into"]) for d in decisions] == [
        ("accept", "Alphazorp", None), ("merge", "Betazorp", "CIFAR-100"), ("reject", "CIFAR 10 dataset", None),
    ]  # fmt: skip
    assert {(row[0], row[1], row[3]) for row in names(pack)} == {
        ("Alphazorp", "Alphazorp", "needed"),
        ("CIFAR-100", "Betazorp", "needed"),
        ("CIFAR 10 dataset", "CIFAR 10 dataset", "never"),
    }

    second = Terminal(store, pack)
    second.until("1/2]")
    second.until("Deltazorp")
    second.until("help> ")
    second.type("s")
    second.until("Epsizorp")
    second.until("help> ")
    second.type("q")
    assert second.end() == 0
    assert len(DecisionLog(pack / "decisions.jsonl")) == 4
