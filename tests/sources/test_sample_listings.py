"""The listings that ship with the project."""

from __future__ import annotations

import re

from source_checks import read_all

from arxivie.papers import Paper
from arxivie.resources import sample_dir


def _papers() -> dict[str, list[Paper]]:
    found = {}
    for name in ("digest", "bullets"):
        _, found[name], rejects = read_all(sample_dir() / f"{name}.md")
        assert rejects == []
    return found


def test_the_sample_listings_read() -> None:
    papers = _papers()
    digest, bullets = papers["digest"], papers["bullets"]
    assert (len(digest), len(bullets)) == (14, 8)
    assert [paper.primary for paper in digest] == ["cs.CV"] * 10 + [None] * 4
    assert {paper.id for paper in digest}.isdisjoint(paper.id for paper in bullets)
    assert all(paper.authors and paper.published and paper.version for paper in bullets)
    assert (bullets[1].acm, bullets[5].msc) == (("I.4.8", "I.2.10"), ("62P10", "62G32"))
    assert bullets[3].comment == "Project page: https://sparseloom.github.io"
    assert bullets[3].journal_ref == "ACM Transactions on Examples, Vol. 12, No. 3, pp. 41-53, 2021"
    assert (bullets[3].primary, bullets[3].categories) == ("cs.GR", ("cs.GR", "cs.CV"))


def test_they_show_what_real_listings_are_like() -> None:
    papers = _papers()
    digest = {paper.id: paper for paper in papers["digest"]}
    raw = (sample_dir() / "digest.md").read_text(encoding="utf-8")
    for sign in ("&lt;", "&amp;", r"\url{<a ", "this https URL", "this http URL", " <br>", r"$\times$", r"\pm"):
        assert sign in raw, sign
    assert all(line.endswith("      ") for line in raw.splitlines() if line.startswith(">"))
    assert "challenge for models. To find such silent clues" in digest["2105.31527"].abstract
    assert r"\url{https://tidepool12k.github.io}" in digest["2105.31698"].abstract
    assert digest["2105.30544"].title == "Certified & Simple: Median Smoothing against Patch Attacks"
    assert "(p<0.01)" in digest["2105.31402"].abstract
    for paper in papers["digest"] + papers["bullets"]:
        assert len(re.findall(r"\d", paper.abstract)) >= 5
        assert not re.search(r"<|&\w+;|this https? URL", paper.abstract.replace("p<0.01", "").replace("p < 0.001", ""))
