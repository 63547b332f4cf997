"""Every form of a leaderboard shows every figure, and nothing in a title, a name or a quote can run or break out."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from made_records import figure, record
from rich.console import Console
from typer.testing import CliRunner

from arxivie.export.safe import csv_cell, html_link, markdown_text, printable, web_address
from arxivie.leaderboard.boards import Leaderboard, leaderboard
from arxivie.leaderboard.page import to_html
from arxivie.leaderboard.render import COLUMNS, to_csv, to_json, to_markdown, to_table
from arxivie.store.index import index

EVIL = "<img src=x onerror=alert(1)>\"'</td>|`[a](javascript:1)`\x1b[2J"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    claim = {"status": "sota", "quote": f"{EVIL} is best on CIFAR-10", "datasets": ("CIFAR-10",)}
    made = [
        record("2101.00001", figure(95.0), figure(3.0, kind="gain", baseline=EVIL)),
        record("2102.00002", figure(90.0, method=EVIL), title=EVIL, day="2021-02-01", claims=[claim]),
        record("javascript:alert(1)", figure(80.0, method="=cmd|' /C calc'!A0"), title="=1+1", day="2021-03-01"),
    ]
    index(made, tmp_path / "s.duckdb")
    return tmp_path / "s.duckdb"


@pytest.fixture
def board(store: Path) -> Leaderboard:
    return leaderboard(store, claims=True)


class Tags(HTMLParser):
    """The elements of a page, their links, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links += [value for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_escaped_and_links_are_of_papers_alone(board: Leaderboard) -> None:
    page = Tags(to_html(board))
    assert not page.tags & {"img", "script", "iframe", "form", "link"}
    assert not {name for name in page.attributes if name.startswith("on")}
    assert set(page.links) == {"https://arxiv.org/abs/2101.00001", "https://arxiv.org/abs/2102.00002"}
    assert "<img src=x onerror=alert(1)>" in page.text
    assert "Here FooNet gets 95% accuracy on CIFAR-10." in page.text
    assert "contradicted" in page.text
    assert "\x1b" not in page.text


def test_csv_holds_every_figure_and_runs_nothing(board: Leaderboard) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(board))))
    assert tuple(rows[0]) == COLUMNS
    assert [float(r["score"]) for r in rows] == [95, 90, 80, 3]
    assert rows[2]["method"].startswith("'=cmd")
    assert rows[2]["title"] == "'=1+1"
    assert rows[0]["sentence"] == "Here FooNet gets 95% accuracy on CIFAR-10."
    assert (rows[0]["rank"], rows[0]["best_so_far"], rows[3]["kind"]) == ("1", "True", "gain")


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "  =1", "\r=1", "＝1", "|x", "%x", "\n=1"])
def test_a_spreadsheet_takes_no_cell_for_a_formula(cell: str) -> None:
    assert csv_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["a=1", "CIFAR-10", "", "x+y", "'=1", -1.5, 3, True])
def test_harmless_cells_stay(cell: object) -> None:
    assert csv_cell(cell) == cell


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://arxiv.org/abs/1", True),
        ("http://x.org", True),
        ("HTTPS://x.org", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" https://x.org", False),
        ("data:text/html,x", False),
        ("//x.org", False),
        ("https:", False),
        ("https://[x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_web_addresses_become_links(url: str, good: bool) -> None:
    assert web_address(url) == good
    assert ("<a " in html_link(url, "x")) == good


def test_markdown_stays_in_its_cell(board: Leaderboard) -> None:
    assert markdown_text("a|b\n<c>") == r"a\|b \<c\>"
    lines = [line for line in to_markdown(board).splitlines() if line.startswith("| ")]
    assert {line.replace("\\|", "").count("|") for line in lines} == {9, 7}
    assert "](javascript" not in to_markdown(board)


def test_json_holds_extents_and_claims(board: Leaderboard) -> None:
    data = json.loads(to_json(board))
    row = data["boards"][0]["rows"][0]
    assert (row["score"], row["date"], row["rules"], row["confidence"]) == (95, "2021-01-01", ["result.made"], 0.9)
    assert row["text"][1] - row["text"][0] == len("95%")
    assert [c["contradicted"] for c in data["claims"]] == [True]


def test_the_terminal_shows_sentences_and_no_control_characters(board: Leaderboard) -> None:
    console = Console(file=io.StringIO(), width=200)
    console.print(to_table(board))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b" not in shown
    assert "accuracy (%, higher is better) on CIFAR-10" in shown
    assert "contradicted: accuracy 90 %, but 95 % in 2101.00001" in " ".join(shown.replace("│", " ").split())


def test_direction_marks_do_not_survive() -> None:
    assert printable("a\u202eb\x00c") == "a b c"


@pytest.mark.parametrize("form", ["table", "csv", "json", "md", "html"])
def test_the_command_writes_every_form(store: Path, tmp_path: Path, form: str) -> None:
    import typer

    from arxivie.leaderboard.commands import leaderboard as command

    app = typer.Typer()
    app.command()(command)
    done = CliRunner().invoke(app, [str(store), "--format", form, "--claims", "-o", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert "95" in (tmp_path / "out").read_text("utf-8")
    assert CliRunner().invoke(app, [str(store), "--format", "pdf"]).exit_code == 2
    assert CliRunner().invoke(app, [str(tmp_path / "nothing")]).exit_code == 2
