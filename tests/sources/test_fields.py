"""Categories, authors and dates out of what forms write."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxivie.sources.authors import split_authors
from arxivie.sources.category_names import category_code
from arxivie.sources.classes import Classes, split_classes
from arxivie.sources.dates import parse_day, parse_moment
from arxivie.sources.rss_title import FeedTitle, split_title


@pytest.mark.parametrize(
    ("written", "arxiv", "acm", "msc"),
    [
        ("**eess.IV**, cs.CV, cs.LG", "eess.IV cs.CV cs.LG", "", ""),
        ("cs.CG, cs.CV, I.3.5; I.5.1", "cs.CG cs.CV", "I.3.5 I.5.1", ""),
        ("math.ST, Primary 62G05, secondary 62G20", "math.ST", "", "62G05 62G20"),
        ("cs.CV, 51K99 (Primary), 92F05 (Secondary), I.4.7", "cs.CV", "I.4.7", "51K99 92F05"),
        ("eess.IV, 68T07 (Primary) 92C55, 94A08 (Secondary), I.4; J.3", "eess.IV", "I.4 J.3", "68T07 92C55 94A08"),
        ("cs.HC, H.5.m; H.5.2, 68-XX, 68Txx, 00-01", "cs.HC", "H.5.m H.5.2", "68-XX 68Txx 00-01"),
        ("hep-th math-ph cond-mat.stat-mech q-bio.BM physics.ao-ph", None, "", ""),
        ("cmp-lg q-alg astro-ph quant-ph cs math cond-mat.quant-gas cond-mat.supr-con physics.optics", None, "", ""),
        ("cs.CV cs.CV", "cs.CV", "", ""),
        ("information_retrieval, Computer Vision, 2105, cs.computer_vision, I.", "", "", ""),
    ],
)
def test_classes_are_sorted_by_kind(written: str, arxiv: str | None, acm: str, msc: str) -> None:
    wanted = Classes(tuple((written if arxiv is None else arxiv).split()), tuple(acm.split()), tuple(msc.split()))
    assert split_classes([written]) == wanted


def test_names_of_categories() -> None:
    assert category_code("Computer Science -  Computer Vision and Pattern Recognition") == "cs.CV"
    assert category_code("High Energy Physics - Theory") == "hep-th"
    assert category_code("Computer Vision") is None


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ada Example", "Ada Example"),
        ("A. B. Smith (1) and C. Doe (2) ((1) Inst, (2) Inst)", "A. B. Smith|C. Doe"),
        ("A. Smith, B. Doe, and C. Roe", "A. Smith|B. Doe|C. Roe"),
        ("A. Smith and B. Doe & C. Roe", "A. Smith|B. Doe|C. Roe"),
        ("Anders Sandberg, Anderson Lee", "Anders Sandberg|Anderson Lee"),
        ("M. Kurihara (1 and 2), Y. Takei (5, on behalf of the team) and Y. K. (6)", "M. Kurihara|Y. Takei|Y. K."),
        ("E. L. N. Jensen (1), G. Basri (6); (1 - Swarthmore; 6 - UC Berkeley)", "E. L. N. Jensen|G. Basri"),
        ("Linsen Guo, et al. (97 additional authors not shown)", "Linsen Guo"),
        ("A. Alder, Jr., B. Birch III and C. Cork", "A. Alder, Jr.|B. Birch III|C. Cork"),
        ("A. Open (bracket, B. Lost", "A. Open"),
        ("A. Closed), B. Kept", "A. Closed|B. Kept"),
        ("A. Folded,\n  B. Line", "A. Folded|B. Line"),
        ("", ""),
        (", ;", ""),
    ],
)
def test_authors_are_split(written: str, names: str) -> None:
    assert split_authors(written) == tuple(name for name in names.split("|") if name)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2021-05-31 00:49:34+00:00", datetime(2021, 5, 31, 0, 49, 34, tzinfo=UTC)),
        ("2025-11-19T09:53:56Z", datetime(2025, 11, 19, 9, 53, 56, tzinfo=UTC)),
        ("2025-11-14T01:31:29.631325", datetime(2025, 11, 14, 1, 31, 29, 631325)),
        ("2021-05-31", date(2021, 5, 31)),
        ("Sun, 1 Apr 2007 12:54:14 GMT", datetime(2007, 4, 1, 12, 54, 14, tzinfo=UTC)),
        ("Fri,  3 Mar 23 01:36:02 GMT", datetime(2023, 3, 3, 1, 36, 2, tzinfo=UTC)),
        ("Wed, 27 Mar 2024 00:00:00 -0400", datetime(2024, 3, 27, tzinfo=timezone(timedelta(hours=-4)))),
        ("Thu, 20 May 2021", date(2021, 5, 20)),
        ("yesterday", None),
        ("2021-13-01", None),
        ("31 Feb 2021", None),
        ("", None),
        (None, None),
    ],
)
def test_moments(written: str | None, moment: datetime | date | None) -> None:
    parsed = parse_moment(written)
    assert parsed == moment
    assert type(parsed) is type(moment)


@given(st.text() | st.from_regex(r"\w{3}, \d{1,9} \w{3} \d{1,9} \d\d:\d\d:\d\d [+-]\d{4,9}", fullmatch=True))
def test_no_date_makes_it_raise(written: str) -> None:
    parse_moment(written)
    parse_day(written)


@given(st.datetimes(timezones=st.just(UTC)))
def test_iso_dates_read_back(moment: datetime) -> None:
    assert parse_moment(str(moment)) == moment


def test_feed_titles() -> None:
    wanted = FeedTitle("Finding weak wires", "2208.91543", 2, "eess.SY")
    assert split_title("Finding weak wires. (arXiv:2208.91543v2 [eess.SY] UPDATED)") == wanted
    assert split_title("On (arXiv) things. (arXiv:hep-th/9901001v1)") == FeedTitle(
        "On (arXiv) things", "hep-th/9901001", 1
    )
    for plain in ("A comment on (arXiv:9999.99999)", "Just a title.", "Comment on arXiv:2208.91543"):
        assert split_title(plain) == FeedTitle(plain)
