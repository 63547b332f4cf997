"""Every mention of every fact stands where its evidence says, in the text and in the source."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from arxivie import Facts, Paper, annotate, read
from arxivie.facts import Evidence, Fact
from arxivie.text import aligned


def evidence(paper: Paper) -> Iterator[tuple[Fact, Evidence]]:
    for field in Facts.model_fields:
        for fact in getattr(paper.facts, field):
            for piece in fact.evidence:
                yield fact, piece


def check(paper: Paper) -> int:
    """Assert what holds for every piece of evidence of a paper; return how many there are."""
    views, text, raw = paper.aligned, paper.text, paper.raw
    assert views.text == text
    count = 0
    for fact, piece in evidence(paper):
        where = f"{paper.id}: {piece}"
        assert piece.text.of(text) == piece.surface, where
        assert piece.surface.strip() == piece.surface != "", where
        assert piece.section == ("title" if piece.text.start < len(paper.title) else "abstract"), where
        # the characters of the source are exactly those that the surface stands for, there and back
        assert views.text_to_raw(piece.text) == piece.raw, where
        assert views.raw_to_text(piece.raw) == piece.text, where
        assert reads_the_same(piece.raw.of(raw), piece.surface, paper), f"{where}: {piece.raw.of(raw)!r}"
        count += 1
        assert 0 <= fact.confidence <= 1
        assert fact.rules
        assert fact.found_by
    return count


def reads_the_same(raw: str, surface: str, paper: Paper) -> bool:
    """Whether raw characters by themselves are published as the surface.

    A slice may cut through markup whose other half stands outside it, an opening tag without the closing one, so what
    is left of tags is taken away; nothing else may differ.
    """
    if raw == surface:
        return True
    alone = aligned("", raw, markup=paper.markup, separator="").text
    return _bare(alone) == _bare(surface)


def _bare(text: str) -> str:
    return re.sub(r"</?[a-z][^<>]*>?|\s+", "", text)


def test_on_the_sample_listings(annotated) -> None:
    counts = [check(paper) for paper in annotated]
    assert len(counts) == 22
    assert sum(counts) > 200
    fields = {field for paper in annotated for field in Facts.model_fields if getattr(paper.facts, field)}
    assert fields == set(Facts.model_fields)


def test_the_check_sees_an_offset_that_is_one_off(annotated) -> None:
    paper = next(p for p in annotated if p.facts.datasets)
    d = paper.facts.datasets[0]
    wrong = d.evidence[0].model_copy(update={"text": d.evidence[0].text.shift(1)})
    facts = paper.facts.model_copy(update={"datasets": (d.model_copy(update={"evidence": (wrong,)}),)})
    with pytest.raises(AssertionError):
        check(paper.model_copy(update={"facts": facts}))


def test_the_check_sees_other_raw_characters(annotated) -> None:
    paper = annotated[0]
    assert not reads_the_same("CIFAR-100", "CIFAR-10", paper)
    assert reads_the_same("<b>CIFAR-10", "CIFAR-10", paper)


def test_on_all_visible_papers(shared: Path, nlp) -> None:
    papers = [paper for path in sorted((shared / "listings").iterdir()) for paper in read(path)]
    for name in ("more_papers.json", "ood_papers.json"):
        papers += _papers(shared / "gold" / name)
    assert len(papers) > 600
    assert sum(check(paper) for paper in annotate(papers, nlp)) > 6000


def _papers(path: Path) -> Iterator[Paper]:
    for record in json.loads(path.read_text("utf-8")):
        yield Paper(id=record["id"], title=record["title"], abstract=record["abstract"])
