"""Stand-off records: without the text, and back with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxivie.errors import CorpusError
from arxivie.evaluate.corrections import Correction, load_corrections
from arxivie.evaluate.gold import LISTS, Record
from arxivie.evaluate.join import join
from arxivie.evaluate.standoff import Passage, PlainText, read_standoff, to_standoff, write_standoff
from arxivie.extent import Extent
from arxivie.papers import Paper

Facts = dict[str, list[dict[str, Any]]]
TITLE = "TideFormer: Ship Counting with a tidal transformer"
ABSTRACT = (
    "We study ship counting, the counting of ships in a harbour, and present TideFormer beside a CNN. It sets a new "
    "best on Harbour-12 (Harbour 12): it reaches 91.5% accuracy on Harbour-12, a classification accuracy that is not "
    "common. Our model is about 2-3x faster than BuoyNet, and it also beats BuoyNet by a margin.\nQuayNet, the Quay "
    "Image Network, is at https://github.com/quay/tide and models will be released."
)


@pytest.fixture
def paper() -> Paper:
    return Paper(id="2105.00001", title=TITLE, abstract=ABSTRACT, primary="cs.CV")


@pytest.fixture
def facts(invented: Facts) -> Facts:
    invented["results"][1]["method"] = "Our model"
    return invented


@pytest.fixture
def standoff(tmp_path: Path, facts: Facts, paper: Paper) -> Path:
    path = tmp_path / "cv.jsonl"
    assert write_standoff([Record(paper.id, facts, split="dev", origin="cv")], [paper], path) == 1
    return path


def test_joined_record_is_the_annotated_one(standoff: Path, facts: Facts, paper: Paper) -> None:
    report = join([standoff], [paper])
    assert report.records == [
        {
            "id": paper.id,
            "title": TITLE,
            "abstract": ABSTRACT,
            "facts": facts,
            "category": "cs.CV",
            "split": "dev",
            "origin": "cv",
        }
    ]
    assert report.missing == report.changed == []


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def test_standoff_holds_names_and_no_passage_of_the_text(standoff: Path, facts: Facts) -> None:
    (record,) = read_standoff([standoff])
    held = set(strings(record["facts"]))
    for quoting in ("results", "releases", "claims"):
        assert all(fact["quote"] not in held for fact in facts[quoting])
    assert "Our model" not in held  # a phrase that is no listed name
    assert {"TideFormer", "Quay Image Network", "https://github.com/quay/tide"} <= held
    dataset = record["facts"]["datasets"][0]
    text = f"{TITLE} {ABSTRACT}"
    assert [text[a:b] for a, b in dataset["mentions"]] == ["Harbour-12", "Harbour 12", "Harbour-12"]


def test_white_space_is_no_change(standoff: Path, facts: Facts, paper: Paper) -> None:
    wrapped = paper.model_copy(update={"abstract": ABSTRACT.replace(" ", "\n  "), "id": paper.id})
    report = join([standoff], [wrapped])
    assert report.changed == []
    quote = report.records[0]["facts"]["claims"][0]["quote"]
    assert quote in wrapped.text
    assert quote.split() == facts["claims"][0]["quote"].split()


def test_changed_text_is_told_and_facts_are_found_again(standoff: Path, facts: Facts, paper: Paper) -> None:
    longer = paper.model_copy(update={"abstract": "Revised. " + ABSTRACT.replace("in a harbour", "in large harbours")})
    report = join([standoff], [longer])
    assert report.records[0]["facts"] == facts
    assert [(c.id, c.usable) for c in report.changed] == [(paper.id, True)]


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("reaches 91.5% accuracy", "attains 91.5% accuracy", "results[0].quote"),
        ("QuayNet", "Quay-Net", "datasets[1].surfaces: 'QuayNet'"),
        ("https://github.com/quay/tide", "our site", "links[0].url: https://github.com/quay/tide"),
    ],
)
def test_changed_text_that_lost_a_fact_is_unusable(standoff: Path, paper: Paper, old: str, new: str, lost: str) -> None:
    report = join([standoff], [paper.model_copy(update={"abstract": ABSTRACT.replace(old, new)})])
    assert report.records == []
    assert lost in report.changed[0].lost
    assert lost in str(report.changed[0])


def test_missing_papers_are_told_and_the_annotated_version_is_preferred(standoff: Path, paper: Paper) -> None:
    assert join([standoff], [paper.model_copy(update={"id": "2105.00002"})]).missing == [paper.id]
    other = paper.model_copy(update={"abstract": "Withdrawn."})
    for papers in ([other, paper], [paper, other]):
        report = join([standoff], papers)
        assert len(report.records) == 1
        assert report.changed == []


def test_what_the_source_holds_is_kept(standoff: Path, paper: Paper, tmp_path: Path) -> None:
    raw = ABSTRACT.replace("91.5%", "91.5&#37;")
    report = join([standoff], [paper.model_copy(update={"raw_abstract": raw, "markup": "html"})])
    report.write(tmp_path / "joined.jsonl")
    (record,) = map(json.loads, (tmp_path / "joined.jsonl").read_text(encoding="utf-8").splitlines())
    assert (record["raw_title"], record["raw_abstract"], record["markup"]) == (None, raw, "html")


@pytest.mark.parametrize(
    ("field", "change", "message"),
    [
        ("datasets", {"surfaces": ["Harbour"]}, None),
        ("datasets", {"surfaces": ["Harbour-1"]}, "datasets[0]: the surface 'Harbour-1' does not stand in the text"),
        ("results", {"quote": "reaches 92%"}, "results[0]: the quote does not stand in the text"),
        ("results", {"value_text": "2-3x"}, "results[0]: the value_text does not stand in the text"),
    ],
)
def test_records_that_do_not_fit_their_text_are_refused(
    facts: Facts, paper: Paper, field: str, change: dict[str, Any], message: str | None
) -> None:
    record = Record(paper.id, {**facts, field: [{**facts[field][0], **change}]})
    if message is None:
        assert to_standoff(record, paper)["facts"][field]
        return
    with pytest.raises(CorpusError, match=r"paper 2105\.00001") as caught:
        to_standoff(record, paper)
    assert message in str(caught.value)


def test_annotated_record_without_its_paper(tmp_path: Path, facts: Facts) -> None:
    with pytest.raises(CorpusError, match=r"2105\.00009"):
        write_standoff([Record("2105.00009", facts)], [], tmp_path / "x.jsonl")


@pytest.mark.parametrize("line", ["[]", "{", '{"id": "1"}', '{"id": "1", "digest": "", "facts": []}'])
def test_lines_that_are_no_standoff_record(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("\n" + line + "\n")
    with pytest.raises(CorpusError, match=r"bad\.jsonl:2"):
        list(read_standoff([path]))


@given(st.text(alphabet="ab \n\t.é", max_size=40), st.data())
def test_plain_text_maps_back_onto_its_original(original: str, data: st.DataObject) -> None:
    plain = PlainText(original)
    assert plain.text == " ".join(original.split())
    if plain.text:
        start = data.draw(st.integers(0, len(plain.text) - 1))
        end = data.draw(st.integers(start + 1, len(plain.text)))
        assert plain.slice(start, end).split() == plain.text[start:end].split()
        assert plain.slice(start, end) in original


def test_figures_are_found_whole_and_passages_nearest() -> None:
    plain = PlainText("of 88% and 8% and 1.8% and 8%")
    assert plain.find("8%") == (11, 13)
    passage = plain.passage(Extent(11, 13))
    later = PlainText("8% or then of 88% and 8%")
    assert later.relocate(passage._replace(start=21, end=23)) == (22, 24)
    assert later.relocate(Passage(0, 3, passage.digest)) is None


def test_corrections(tmp_path: Path, standoff: Path, paper: Paper) -> None:
    (tmp_path / "corrections.toml").write_text(
        """
        [[correction]]
        id = "2105.00001"
        field = "datasets"
        old = { name = "QuayNet", role = "introduced" }
        new = { role = "mentioned" }
        reason = "only spoken of"
        [[correction]]
        id = "2105.00001"
        field = "releases"
        old = { index = 0 }
        reason = "no statement"
        [[correction]]
        id = "2105.00001"
        field = "metrics"
        new = { name = "speed", surfaces = ["faster"] }
        reason = "reported"
        [[correction]]
        id = "2105.99999"
        field = "metrics"
        old = { name = "elsewhere" }
        reason = "of a paper that is not joined"
        """
    )
    plain, corrected = (join([standoff], [paper], corrected=c).records[0]["facts"] for c in (False, True))
    assert plain["datasets"][1]["role"] == "introduced"
    assert corrected["datasets"][1] == {**plain["datasets"][1], "role": "mentioned"}
    assert (len(plain["releases"]), corrected["releases"]) == (1, [])
    assert [m["name"] for m in corrected["metrics"]] == ["accuracy", "speed"]


def test_correction_that_fits_no_fact(facts: Facts) -> None:
    correction = Correction("1", "datasets", "wrong", old={"name": "Nowhere"}, new={"role": "used"})
    with pytest.raises(CorpusError, match="picks 0 of the 2 datasets"):
        correction.apply({**{name: [] for name in LISTS}, **facts})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[correction]\n", "corrections.toml"),
        ('[[correction]]\nid = "1"\nfield = "data"\nreason = "x"\nnew = {}\n', "no field 'data'"),
        ('[[correction]]\nid = "1"\nfield = "datasets"\nreason = "x"\n', "neither old nor new"),
        ('[[correction]]\nid = "1"\nfield = "datasets"\nnew = {}\n', "without \\['reason'\\]"),
        ('[[correction]]\nid = "1"\nwhy = "x"\n', "unknown keys"),
    ],
)
def test_malformed_corrections(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(text)
    with pytest.raises(CorpusError, match=message):
        load_corrections(path)
