"""The pieces that a report is made of: scripts, addresses, marks, words, plots, timelines."""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hostile import ADDRESSES, PAYLOADS
from hypothesis import example, given
from hypothesis import strategies as st
from invented import invented
from markupsafe import Markup

from arxivie.errors import ConfigurationError
from arxivie.extent import Extent
from arxivie.facts import Facts
from arxivie.papers import Paper
from arxivie.report.addresses import arxiv_address, slug, web_address
from arxivie.report.cards import short_authors, spelled
from arxivie.report.facets import SIGNS, facets, signs
from arxivie.report.labels import LABELS
from arxivie.report.marks import Mark, Marked, linked_html, marks, nested, plain, plain_html
from arxivie.report.plots import Bar, Point, bars, progress, ticks
from arxivie.report.scripts import encoded, script
from arxivie.report.timeline import Timeline
from arxivie.report.words import WordIndex, file_key, words
from arxivie.rules.why import why
from arxivie.store.dates import PaperDate

TEXTS = st.text(max_size=60) | st.sampled_from(PAYLOADS)


@given(st.recursive(TEXTS | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner)))
def test_data_survive_and_nothing_in_them_ends_a_script(data: object) -> None:
    written = script("name", encoded(data))
    assert written.isascii()
    assert not re.search(r"[<>&'\u2028\u2029]", written)
    assert json.loads(written.removeprefix('arxivie.receive("name",').removesuffix(");\n")) == data


@pytest.mark.parametrize("url", [*ADDRESSES, "", "http://", "https:///x", "https://example.org/a b", "http://[::1"])
def test_no_link(url: str) -> None:
    assert web_address(url) is None


@pytest.mark.parametrize(
    "url", ["https://github.com/a/b_c", "HTTP://example.org/?q=1&r=2#x", "https://medium.com/@a/b"]
)
def test_a_link(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize("paper", ["2105.09270", "0704.0001", "hep-th/9901001", "cs/0309136"])
def test_arxiv_address(paper: str) -> None:
    assert arxiv_address(paper) == f"https://arxiv.org/abs/{paper}"


@pytest.mark.parametrize("paper", ["2105.0927", "12105.09270", "x1/9901001", "../2105.09270", ""])
def test_no_arxiv_address(paper: str) -> None:
    assert arxiv_address(paper) is None


@given(st.text(min_size=1))
def test_a_slug_is_a_harmless_file_name(name: str) -> None:
    made = slug(name)
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,79}", made)
    assert ".." not in made
    assert made.partition(".")[0] not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


@given(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8))
def test_different_names_have_different_slugs(one: str, other: str) -> None:
    assert (slug(one).casefold() == slug(other).casefold()) == (one == other)


def test_plain_names_stay_and_others_differ() -> None:
    assert slug("2105.09270") == "2105.09270"
    assert len({slug(name) for name in ("COCO", "coco", "CoCo", "coco ", "con", "CON", "../coco", "coco.")}) == 8
    with pytest.raises(ConfigurationError):
        slug("")


LETTERS = st.text(alphabet="ab<&'\" \n", max_size=40)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark], Extent]:
    text = draw(LETTERS)
    at = st.integers(min_value=0, max_value=len(text) + 3)
    found = [
        Mark(
            Extent(*sorted((draw(at), draw(at)))), draw(st.sampled_from(LABELS)).name, "x-1", "at", draw(st.booleans())
        )
        for _ in range(draw(st.integers(min_value=0, max_value=12)))
    ]
    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return text, found, Extent(start, end)


def written(nodes: list[str | Marked]) -> str:
    return "".join(node if isinstance(node, str) else written(node.inside) for node in nodes)


@given(marked_texts())
def test_marks_nest_and_keep_the_text(case: tuple[str, list[Mark], Extent]) -> None:
    text, found, within = case
    nodes = nested(text, found, within)
    assert written(nodes) == within.of(text)
    made = linked_html(nodes)
    root = ET.fromstring(f"<p>{made}</p>")
    assert "".join(root.itertext()) == within.of(text)
    assert all(not link.findall(".//a") for link in root.iter("a"))
    opening = plain_html(plain(nodes), lambda label: Markup("<b>"))
    assert html.unescape(re.sub("</?b>|</span>", "", opening)) == within.of(text)


def test_marks_that_cross_are_cut_and_named_once() -> None:
    text = "abcdefgh"
    found = [Mark(Extent(0, 5), "claim", "claim-1", "one"), Mark(Extent(3, 8), "dataset", "dataset-1", "two")]
    assert str(linked_html(nested(text, found, Extent(0, 8)))) == (
        '<span class="mark claim" id="one">abc'
        '<a class="mark dataset" id="two" href="#dataset-1">de</a></span>'
        '<a class="mark dataset" href="#dataset-1">fgh</a>'
    )


def test_marks_without_end_stay_shallow() -> None:
    text = "x" * 400
    found = [Mark(Extent(i, 400 - i), "task", "task-1", None) for i in range(200)]
    made = str(linked_html(nested(text, found, Extent(0, 400))))
    assert len(re.sub("<[^>]*>", "", made)) == 400
    assert made.count("<span") + made.count("<a") == 6


def test_facts_without_evidence_are_found_by_their_words() -> None:
    record = invented(0)
    paper = record.paper.model_copy(update={"facts": record.facts})
    bare = Facts.model_validate(
        {
            name: [{**fact, "evidence": []} for fact in facts]
            for name, facts in record.facts.model_dump().items()
        }
    )  # fmt: skip
    with_evidence = {(m.label, m.extent) for m in marks(paper)}
    without = {(m.label, m.extent) for m in marks(paper.model_copy(update={"facts": bare}))}
    assert with_evidence - without == set()
    assert marks(Paper(id="1", title="a", abstract="b")) == []


def test_words_ignore_case_accents_and_joints() -> None:
    assert words("Café-au-lait: CIFAR-10, ImageNet’s ÉCOLE x" + "y" * 99) == {
        "cafe", "au", "lait", "cifar", "10", "imagenet", "s", "ecole", "x" + "y" * 23,
    }  # fmt: skip
    assert file_key("cifar") == "63-69"
    assert file_key("x") == "78"
    assert file_key("数据") == "6570-636e"


@given(st.lists(st.lists(st.sampled_from(["ab", "abc", "b", "cd e"]), max_size=4), max_size=6), st.randoms())
def test_the_word_index_gives_back_its_papers(papers: list[list[str]], rng: object) -> None:
    index = WordIndex()
    for number, texts in enumerate(papers):
        index.add(number, texts)
    place = list(range(len(papers)))
    rng.shuffle(place)  # type: ignore[attr-defined]
    found: dict[str, set[int]] = {}
    for key, known in index.files(place).items():
        for word, gaps in known.items():
            assert file_key(word) == key
            at, papers_of = 0, set()
            for gap in gaps:
                at += gap
                papers_of.add(at)
            found[word] = papers_of
    for number, texts in enumerate(papers):
        have = words(" ".join(texts))
        assert {word for word, numbers in found.items() if place[number] in numbers} == have


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.booleans())
@example(-9.769290271207548e-11, 0.0, False)
def test_ticks_span_what_is_plotted(low: float, span: float, whole: bool) -> None:
    made = ticks(low, low + span, whole=whole)
    assert made == sorted(set(made))
    near = 1e-6 * (span + abs(low)) + 2e-9 * (made[1] - made[0])  # a billionth of a step is none
    assert made[0] <= low + near
    assert made[-1] >= low + span - near
    assert 2 <= len(made) <= 8
    if whole:
        assert all(abs(b - a - round(b - a)) < 1e-6 for a, b in pairwise(made))


def test_plots_are_xml_and_escape_names() -> None:
    days = [Point(date(2024, 1, n), 50 + n % 3, PAYLOADS[n % 7], "x#y", n == 2, n == 3) for n in range(1, 9)]
    one_day = [Point(date(2024, 1, 1), value, "p", "x", True, False) for value in (1.0, 1.0)]
    for made in (
        bars(PAYLOADS[0], [Bar(PAYLOADS[1], 3, PAYLOADS[2]), Bar("b", 0, "0")]),
        bars("none", []),
        progress(PAYLOADS[0], days, "%"),
        progress("one day", one_day, None),
    ):
        root = ET.fromstring(made)
        assert root.tag == "svg"
        assert not [e for e in root.iter() if any(name == "style" or name.startswith("on") for name in e.attrib)]
        numbers = [float(v) for e in root.iter() for n, v in e.attrib.items() if n in {"x", "y", "cx", "cy", "width"}]
        assert all(-50 < number < 700 for number in numbers)


def test_the_best_line_only_moves_at_better_figures() -> None:
    points = [Point(date(2024, 1, d), v, f"{v}", "#", best, False)
              for d, v, best in ((1, 50, True), (5, 40, False), (9, 60, True))]  # fmt: skip
    path = ET.fromstring(progress("p", points, "%")).find("path")
    assert path is not None
    assert path.attrib["d"].count("V") == 1


@pytest.mark.parametrize(
    ("days", "exact", "unit", "count"),
    [([0, 3], True, "day", 4), ([0, 58], True, "day", 59), ([0, 62], True, "month", 3), ([0, 3], False, "month", 1),
     ([0, 4000], True, "year", 11)],
)  # fmt: skip
def test_timelines_choose_their_unit(days: list[int], exact: bool, unit: str, count: int) -> None:
    line = Timeline()
    facts = invented(0).facts
    for day in days:
        line.add(PaperDate(date(2024, 1, 1) + timedelta(days=day), exact), facts, signs(facts))
    made = line.bars("dataset")
    assert line.unit == unit
    assert len(made) == count
    assert sum(bar.value for bar in made) == len(days) * len(facts.datasets)
    assert max(bar.value for bar in line.code()) == (100 if facts.links else 0)


def test_a_timeline_without_dates() -> None:
    line = Timeline()
    line.add(None, Facts(), 0)
    assert (line.undated, line.unit, line.bars("dataset"), line.code()) == (1, "day", [], [])


def test_signs_and_facets() -> None:
    found = Counter(bit for n in range(60) for bit, _ in enumerate(SIGNS) if signs(invented(n).facts) >> bit & 1)
    assert found[0] == sum(bool(invented(n).facts.links) for n in range(60))
    assert found[1] == 0
    record = invented(0)
    paper = record.paper.model_copy(update={"facts": record.facts})
    names = {("dataset", d.name): ("dataset:x", "X") for d in record.facts.datasets}
    for label, field in (("method", "methods"), ("task", "tasks"), ("metric", "metrics")):
        names |= {(label, entity.name): (entity.name, entity.name) for entity in getattr(record.facts, field)}
    assert {n for label, _, n in facets(paper, names).names if label == "dataset"} == {"X"}


def test_spelling_of_days_and_authors() -> None:
    assert spelled(date(2021, 5, 9)) == "9 May 2021"
    assert spelled(date(2021, 5, 1), exact=False) == "May 2021"
    assert short_authors(("a", "b", "c", "d", "e")) == "a, b, c, d, e"
    assert short_authors(("a", "b", "c", "d", "e", "f")) == "a, b, c, d, e and 1 more"


def test_rules_say_why() -> None:
    assert why("dataset.names") == "the name stands in a list"
    assert why("result.gain")
    assert why("nothing.known") == ""
