"""Offsets through edits: every non-empty extent comes back onto itself."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxivie.errors import ExtentError
from arxivie.extent import Extent
from arxivie.text import AlignedString, AlignedText, Edit


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Sorted edits that neither overlap nor lengthen."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        edits.append(Edit(start, end, draw(st.text("xyz\u00e9\n", max_size=end - start))))
    return edits


@st.composite
def rewritten(draw: st.DrawFn) -> AlignedString:
    """A string after none to four rounds of edits."""
    string = AlignedString(draw(st.text(max_size=40)))
    for _ in range(draw(st.integers(0, 4))):
        string = string.rewrite(draw(edits_of(string.text)))
    return string


def extents(length: int) -> list[Extent]:
    return [Extent(i, k) for i in range(length + 1) for k in range(i, length + 1)]


def plainly_rewritten(text: str, edits: list[Edit]) -> str:
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


@given(st.data())
def test_the_edits_are_made(data: st.DataObject) -> None:
    text = data.draw(st.text(max_size=40))
    edits = data.draw(edits_of(text))
    assert AlignedString(text).rewrite(edits).text == plainly_rewritten(text, edits)


@given(rewritten())
def test_every_extent_comes_back_onto_itself(string: AlignedString) -> None:
    for extent in extents(len(string.text)):
        there = string.to_source(extent)
        assert 0 <= there.start <= there.end <= len(string.source)
        if extent.length:
            assert there.length >= extent.length
            assert string.from_source(there) == extent
        else:
            assert there.length == 0


@given(rewritten())
def test_slices_follow_each_other_and_never_overlap(string: AlignedString) -> None:
    slices = [string.to_source(Extent(i, i + 1)) for i in range(len(string.text))]
    assert all(one.length for one in slices)
    assert all(one.end <= two.start for one, two in pairwise(slices))


@given(rewritten())
def test_from_source_gives_the_characters_that_share_one(string: AlignedString) -> None:
    owned = [string.to_source(Extent(i, i + 1)) for i in range(len(string.text))]
    for extent in extents(len(string.source)):
        if not extent.length:
            continue
        sharing = [i for i, one in enumerate(owned) if one.overlaps(extent)]
        found = string.from_source(extent)
        assert list(range(*found)) == sharing


@given(st.data())
def test_edits_compose(data: st.DataObject) -> None:
    first = AlignedString(data.draw(st.text(max_size=30)))
    first = first.rewrite(data.draw(edits_of(first.text)))
    edits = data.draw(edits_of(first.text))
    at_once, in_steps = first.rewrite(edits), first.then(AlignedString(first.text).rewrite(edits))
    assert at_once.text == in_steps.text
    for extent in extents(len(at_once.text)):
        if extent.length:
            assert at_once.to_source(extent) == in_steps.to_source(extent)


@given(st.lists(rewritten(), min_size=1, max_size=3))
def test_joined_parts_keep_their_extents(parts: list[AlignedString]) -> None:
    whole = AlignedString.joined(parts, "\n")
    assert whole.text == "\n".join(part.text for part in parts)
    assert whole.source == "\n".join(part.source for part in parts)
    at = offset = 0
    for part in parts:
        for extent in extents(len(part.text)):
            if extent.length:
                assert whole.to_source(extent.shift(at)) == part.to_source(extent).shift(offset)
        at, offset = at + len(part.text) + 1, offset + len(part.source) + 1
    for extent in extents(len(whole.text)):
        if extent.length:
            assert whole.from_source(whole.to_source(extent)) == extent


def test_new_characters_share_the_old_ones_out_and_the_last_takes_the_rest() -> None:
    string = AlignedString("a<b>c").rewrite([Edit(1, 4, "x")])
    assert string.text == "axc"
    assert string.to_source(Extent(1, 2)) == (1, 4)
    string = AlignedString("5 percent").rewrite([Edit(1, 9, "pc")])
    assert string.to_source(Extent(1, 2)) == (1, 2)
    assert string.to_source(Extent(2, 3)) == (2, 9)


def test_deleted_characters_belong_to_nobody() -> None:
    string = AlignedString("a{b}").rewrite([Edit(1, 2, ""), Edit(3, 4, "")])
    assert string.to_source(Extent(0, 2)) == (0, 3)
    assert string.from_source(Extent(1, 2)).length == 0


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 1, "xx")],
        [Edit(1, 1, "x")],
        [Edit(0, 2, "x"), Edit(1, 3, "x")],
        [Edit(2, 3, "x"), Edit(0, 1, "x")],
        [Edit(2, 4, "x")],
        [Edit(2, 1, "")],
    ],
)
def test_edits_that_lengthen_overlap_or_leave_the_text_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ExtentError):
        AlignedString("abc").rewrite(edits)


def test_steps_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ExtentError):
        AlignedString("abc").then(AlignedString("abd"))


def test_extents_outside_are_refused() -> None:
    string = AlignedString("abc").rewrite([Edit(0, 1, "")])
    with pytest.raises(ExtentError):
        string.to_source(Extent(0, 3))
    with pytest.raises(ExtentError):
        string.from_source(Extent(0, 4))


def test_reading_is_made_when_it_is_asked_for() -> None:
    calls: list[str] = []

    def read(text: AlignedString) -> AlignedString:
        calls.append(text.text)
        return text.rewrite([Edit(0, 1, "")])

    text = AlignedText(AlignedString("(abc").rewrite([Edit(0, 1, "")]), read)
    assert (text.raw, text.text, calls) == ("(abc", "abc", [])
    assert text.reading == text.reading == "bc"
    assert calls == ["abc"]
    assert text.reading_to_text(Extent(0, 1)) == (1, 2)
    assert text.text_to_reading(Extent(1, 2)) == (0, 1)
    assert text.text_to_raw(Extent(1, 2)) == (2, 3)
    assert text.raw_to_text(Extent(2, 3)) == (1, 2)
