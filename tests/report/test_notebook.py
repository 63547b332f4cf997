"""What notebooks show, and spaCy's own visualiser."""

from __future__ import annotations

from html.parser import HTMLParser
from importlib.metadata import entry_points

import pytest
from hostile import HOSTILE_TAGS, PAYLOADS, hostile
from invented import invented

from arxivie.facts import Facts
from arxivie.papers import Paper
from arxivie.report.labels import COLORS, LABELS


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.links += [value or "" for name, value in attributes if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> _Tags:
    made = _Tags()
    made.feed(html)
    made.close()
    return made


def test_a_paper_in_a_notebook() -> None:
    record = invented(4)
    shown = read(record.paper.model_copy(update={"facts": record.facts})._repr_html_())
    for fact in (*record.facts.datasets, *record.facts.methods):
        assert fact.name in shown.text
    assert f"D{record.facts.datasets[0].name}" in shown.text


def test_facts_in_a_notebook() -> None:
    record = invented(4)
    shown = read(record.facts._repr_html_())
    assert f"{record.facts.results[0].value:g}" in shown.text
    assert "no facts" in read(Facts()._repr_html_()).text


def test_a_paper_without_facts_in_a_notebook() -> None:
    assert "abstract words" in read(Paper(id="1", title="t", abstract="abstract words")._repr_html_()).text


def test_hostile_papers_in_a_notebook() -> None:
    record = hostile()
    shown = read(record.paper.model_copy(update={"facts": record.facts})._repr_html_())
    assert shown.tags.isdisjoint(HOSTILE_TAGS)
    assert not [name for name in shown.attributes if name.startswith("on")]
    assert shown.links == []
    assert PAYLOADS[0] in shown.text


def test_colours_are_light_enough_for_black_text() -> None:
    for color in COLORS.values():
        channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        light = sum(c * share for c, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
        assert (light + 0.05) / 0.05 >= 4.5
    assert len({label.style for label in LABELS}) == len({label.letter for label in LABELS}) == len(LABELS)


def test_displacy_shows_spans_and_escapes_words() -> None:
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import Span

    import arxivie

    doc = spacy.blank("en")("On <b>KITTI</b> it reaches 45.3 mIoU")
    doc.spans["dataset"] = [Span(doc, 1, 2, label="dataset")]
    doc.user_data["arxivie_results"] = [{"start": len(doc) - 2, "end": len(doc) - 1}]
    made = arxivie.displacy(doc, jupyter=False)
    assert COLORS["DATASET"] in made
    assert COLORS["RESULT"] in made
    assert "<b>" not in made
    assert "<html" in arxivie.displacy(doc, page=True, jupyter=False)
    assert COLORS["DATASET"] not in arxivie.displacy(spacy.blank("en")("nothing here"), jupyter=False)


def test_the_entry_point_names_the_colours() -> None:
    found = [e for e in entry_points(group="spacy_displacy_colors") if e.name == "arxivie"]
    if not found:
        pytest.skip("arxivie is not installed here, so it has no entry points")
    assert found[0].load() == COLORS
