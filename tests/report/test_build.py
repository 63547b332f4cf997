"""A whole report: its links, its data, what is kept out of it, and where it may be written."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from browsing import HOSTILE, PAPERS
from hostile import PAYLOADS
from invented import invented
from pages import broken, read_page
from typer import Typer
from typer.testing import CliRunner

from arxivie.errors import ConfigurationError, CorpusError
from arxivie.export.records import Record
from arxivie.papers import Paper
from arxivie.report.addresses import slug
from arxivie.report.build import build_report
from arxivie.report.commands import report
from arxivie.report.labels import LABELS
from arxivie.store.index import index


def data(site: Path, name: str) -> Any:
    """What a script of data holds."""
    content = (site / f"data/{name}.js").read_text("ascii")
    assert content.startswith(f'arxivie.receive("{name}",')
    return json.loads(content[content.index(",") + 1 : -len(");\n")])


def test_every_link_leads_somewhere_in_the_folder(site: Path) -> None:
    assert broken(site) == []


def test_links_are_checked_by_more_than_their_look(site: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    links = "".join(f'<a href="{link}">x</a>' for link in ("b.html", "#no", "../../etc/passwd", "#yes", "http://a.b/"))
    page.write_text(f'<p id="yes">{links}')
    assert len(broken(tmp_path)) == 3


def test_nothing_inline_runs_or_styles(site: Path) -> None:
    for file in site.rglob("*.html"):
        page = read_page(file)
        policies = [a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1
        assert "default-src 'none'" in str(policies[0])
        assert "unsafe" not in str(policies[0])
        for tag, attributes in page.elements:
            assert "style" not in attributes
            assert not [name for name in attributes if name.startswith("on")], file
            assert (
                tag not in {"style", "iframe", "img", "object", "embed", "base", "form"}
                or attributes.get("id") == "find"
            )
            if tag == "script":
                assert re.fullmatch(r"(\.\./)?static/[a-z]+\.js", attributes["src"] or ""), file


def test_ids_are_unique(site: Path) -> None:
    for file in site.rglob("*.html"):
        ids = read_page(file).ids
        assert len(ids) == len(set(ids)), file


def test_hostile_words_stay_words(site: Path) -> None:
    pages = [read_page(file) for file in (site / "paper").glob("x*.html")]
    assert len(pages) == HOSTILE
    for page in pages:
        for payload in PAYLOADS:
            assert payload in page.text
        assert [link for link in page.links if not link.startswith(("#", "../"))] == []


def test_cells_that_a_spreadsheet_would_run_are_neutralised(site: Path) -> None:
    for name in ("leaderboards.csv", "datasets.csv"):
        with (site / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        cells = [cell for row in rows[1:] for cell in row]
        assert [c for c in cells if re.match(r"\s*[=+@\t\r]", c)] == []
        assert any(cell.startswith("'=") for cell in cells)


def test_data_are_split_and_complete(site: Path) -> None:
    total = PAPERS + HOSTILE
    known = data(site, "index")
    assert {len(known[key]) for key in ("days", "signs", "categoriesOf", "namesOf")} == {total}
    chunks = [data(site, f"papers/{n}") for n in range(-(-total // 20))]
    assert [len(chunk) for chunk in chunks] == [20] * (total // 20) + [total % 20]
    cards = [card for chunk in chunks for card in chunk]
    assert {card["page"] for card in cards} == {file.stem for file in (site / "paper").iterdir()}
    assert known["days"] == sorted(known["days"], reverse=True)
    denoising = data(site, "words/64-65")["denoising"]
    at, found = 0, set()
    for gap in denoising:
        at += gap
        found.add(cards[at]["id"])
    wanted = {p.id for n in range(PAPERS) if "denoising" in (p := invented(n).paper).title + p.abstract}
    assert found == wanted


def test_a_paper_page_says_why(site: Path) -> None:
    record = invented(2)
    page = read_page(site / f"paper/{slug(record.paper.id)}.html")
    for label in LABELS:
        for number, _ in enumerate(getattr(record.facts, label.field), 1):
            assert f"{label.name}-{number}" in page.ids
    assert "dataset.names" in page.text
    assert "the name stands in a list" in page.text
    assert "https://arxiv.org/abs/2401.10002" in page.links


def test_scores_lead_to_their_words(site: Path) -> None:
    file = next(file for file in (site / "board").glob("dataset-cifar*"))
    links = [link for link in read_page(file).links if "#at-result-" in link]
    assert len(links) >= 2
    for link in links:
        path, _, place = link.partition("#")
        start, end = map(int, place.split("-")[-2:])
        paper = next(invented(n).paper for n in range(PAPERS) if path.endswith(f"/{invented(n).paper.id}.html"))
        assert re.fullmatch(r"\d+\.\d(%| dB)", paper.text[start:end])


def test_an_empty_store_has_a_report(tmp_path: Path) -> None:
    index([], tmp_path / "empty.duckdb")
    size = build_report(tmp_path / "empty.duckdb", tmp_path / "site")
    assert size.papers == 0
    assert broken(tmp_path / "site") == []


def test_papers_without_facts_dates_or_authors(tmp_path: Path) -> None:
    papers = [Paper(id=f"note {n}", title="Only a title", abstract="And a text.") for n in range(3)]
    index([Record(paper=paper, facts={}) for paper in papers], tmp_path / "bare.duckdb")
    assert build_report(tmp_path / "bare.duckdb", tmp_path / "site").papers == 3
    assert broken(tmp_path / "site") == []
    assert "No paper has a date" in read_page(tmp_path / "site/index.html").text


def test_a_former_report_is_replaced_and_other_files_are_safe(tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text(invented(1).model_dump_json() + "\n")
    two.write_text(invented(2).model_dump_json() + "\n")
    build_report(one, tmp_path / "site")
    assert [file.stem for file in (tmp_path / "site/paper").iterdir()] == [invented(1).paper.id]
    second = build_report(two, tmp_path / "site")
    assert [file.stem for file in (tmp_path / "site/paper").iterdir()] == [invented(2).paper.id]
    assert second.files == len([f for f in (tmp_path / "site").rglob("*") if f.is_file()])
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "paper").mkdir()
    (mine / "paper/thesis.txt").write_text("years of work")
    with pytest.raises(ConfigurationError, match="other files"):
        build_report(one, mine)
    assert (mine / "paper/thesis.txt").read_text() == "years of work"
    with pytest.raises(ConfigurationError, match="is a file"):
        build_report(one, one)


def test_the_same_store_gives_the_same_files(store: Path, site: Path, tmp_path: Path) -> None:
    build_report(store, tmp_path / "again", title="Facts & <figures>")

    def files(folder: Path) -> dict[str, bytes]:
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    assert files(tmp_path / "again") == files(site)


def test_the_command(tmp_path: Path) -> None:
    app = Typer()
    app.command()(report)
    facts = tmp_path / "facts.jsonl"
    facts.write_text(invented(1).model_dump_json() + "\nno json\n")
    done = CliRunner().invoke(app, [str(facts), "-o", str(tmp_path / "site")])
    assert done.exit_code == 0
    assert "1 papers" in done.output
    assert "facts.jsonl:2" in done.output
    missing = CliRunner().invoke(app, [str(tmp_path / "none.jsonl"), "-o", str(tmp_path / "site")])
    assert missing.exit_code == 2
    assert "none.jsonl" in missing.output
    with pytest.raises((CorpusError, OSError)):
        build_report(tmp_path / "none.duckdb", tmp_path / "other")
    assert not (tmp_path / "other").exists()
