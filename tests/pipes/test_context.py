"""What a figure, and a figure with a mention, are weighed by."""

from __future__ import annotations

import pytest

from arxivie.pipes.context import Context, bucket, cues
from arxivie.pipes.quantities import quantities


def place(doc, surface: str) -> tuple[int, int]:
    start = doc.text.index(surface)
    span = doc.char_span(start, start + len(surface))
    return span.start, span.end


def context(doc, **names: list[str]) -> Context:
    return Context(doc, quantities(doc), {label: [place(doc, n) for n in given] for label, given in names.items()})


@pytest.mark.parametrize(("distance", "name"), [(0, "0"), (3, "3"), (4, "5"), (5, "5"), (6, "8"), (41, "far")])
def test_distances_are_coarse(distance: int, name: str) -> None:
    assert bucket(distance) == name


def test_a_figure_knows_its_sentence_and_its_peers(read) -> None:
    c = context(read("A title with 5%\nWe get 88% and 91% at 30 FPS. Then 7%."))
    first, second = c.quantities[1:3]
    assert c.group(first) == [first, second]
    assert [c.number(q.start) for q in c.quantities] == [0, 1, 1, 1, 2]
    assert c.kind_features(c.quantities[0])["title"] == 1.0
    assert "title" not in c.kind_features(first)


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("it improves by 3% here", "cue<gain"),
        ("it reaches 3% here", "cue<reach"),
        ("it is 3x faster than that", "cue>ratio"),
        ("with 3% of the labels", "cue>setting"),
        ("with 3 points here", "unit=points"),
        ("with 0.3 here", "unit=decimal"),
        ("with 3 here", "unit=none"),
        ("in 2012 here", "size=year"),
        ("with +3% here", "signed"),
        ("with 3 ± 1% here", "error"),
        ("with more than 3% here", "bound=at_least"),
        ("so (3%) here", "bracket"),
    ],
)
def test_what_a_figure_is_weighed_by(read, text: str, feature: str) -> None:
    c = context(read(text))
    assert c.kind_features(c.quantities[0])[feature] == 1.0


@pytest.mark.parametrize(
    ("text", "feature"),
    [("it is near 3% here", "cue<gain"), ("so ( a ) 3% here", "bracket"), ("with 3% here", "size=1"),
     ("it improves. Then 3% here", "cue<gain")],
)  # fmt: skip
def test_what_it_is_not_weighed_by(read, text: str, feature: str) -> None:
    c = context(read(text))
    assert feature not in c.kind_features(c.quantities[0])


def test_a_change_joins_two_figures(read) -> None:
    c = context(read("it rises from 25.1 to 35.2, against 34.8 there"))
    first, second, third = (c.kind_features(q) for q in c.quantities)
    assert "to-next" in first
    assert "to-previous" in second
    assert "versus-previous" in third
    assert "to-previous" not in third


def test_gaps_count_tokens_and_point(read) -> None:
    doc = read("mIoU is 88% on CUB now")
    c = context(doc)
    (q,) = c.quantities
    assert c.gap(q, place(doc, "mIoU")) == -2
    assert c.gap(q, place(doc, "CUB")) == 2
    assert c.gap(q, place(doc, "88%")) == 0


def test_a_figure_and_its_change_share_their_place(read) -> None:
    doc = read("It rises from 47% to 48% on CUB and gets 79% (+2%) on Cars.")
    c = context(doc, dataset=["CUB", "Cars"])
    assert [[q.value for q in cluster] for cluster in c.clusters] == [[47, 48], [79, 2]]
    first, second, third, _ = c.quantities
    cub, cars = c.mentions["dataset"]
    assert c.gap(first, cub) == c.gap(second, cub) == 2
    assert c.between(first, cub, "dataset") == (0, 0)
    assert c.between(first, cars, "dataset") == (1, 1)
    assert c.gap(third, cars) == 3


def test_a_way_from_a_mention_in_front_leads_to_the_whole_cluster(read) -> None:
    doc = read("On CUB it rises from 47% to 48% here.")
    c = context(doc, dataset=["CUB"])
    (cub,) = c.mentions["dataset"]
    assert [c.gap(q, cub) for q in c.quantities] == [-4, -4]
    assert [c.between(q, cub, "dataset") for q in c.quantities] == [(0, 0), (0, 0)]


def test_a_way_ends_at_the_mention(read) -> None:
    doc = read("It improves from 35.1 mAP to 37.2 here.")
    c = context(doc, metric=["mAP"])
    (m,) = c.mentions["metric"]
    assert [c.gap(q, m) for q in c.quantities] == [1, -2]


def test_a_unit_said_once_counts_for_the_list(read) -> None:
    c = context(read("It gains 3.5 points on CUB, 2.9 on Cars and is 4.1 there, or 5 and 6 points here."))
    assert [c.unit(q) for q in c.quantities] == ["points", "points", "decimal", "points", "points"]


def test_what_was_in_front_is_a_feature(read) -> None:
    c = context(read("It gains 3.5% and 2.9% here. Then 4%."))
    first, second, third = c.quantities
    assert c.kind_after(first, None, "none") == {"first": 1.0, "first&after=none": 1.0, "first&after=none&%": 1.0}
    assert "joined&after=gain&%" in c.kind_after(second, first, "gain")
    assert "apart&after=gain" in c.kind_after(third, second, "gain")


def test_the_role_of_the_closest_method_is_a_feature(read) -> None:
    doc = read("FooNet gets 88%, BarNet 85%.")
    foo, bar = place(doc, "FooNet"), place(doc, "BarNet")
    c = Context(doc, quantities(doc), {"method": [foo, bar]}, {foo: "proposed", bar: "compared"})
    ours, theirs = (c.kind_features(q) for q in c.quantities)
    assert "role<proposed" in ours
    assert "role>compared" in ours
    assert "role<compared" in theirs
    assert "role<proposed" not in theirs


def test_blockers_stand_between(read) -> None:
    doc = read("It gets 88% on CUB and on Cars.")
    c = context(doc, dataset=["CUB", "Cars"])
    (q,), (cub, cars) = c.quantities, c.mentions["dataset"]
    assert c.link_features(q, cub, "dataset", "score")[">blockers=0"] == 1.0
    assert c.link_features(q, cars, "dataset", "score")[">blockers=1"] == 1.0


def test_a_mention_in_another_sentence_has_little_to_say(read) -> None:
    doc = read("A title on CUB\nWe train. It gets 88%.")
    c = context(doc, dataset=["CUB"])
    assert c.link_features(c.quantities[0], c.mentions["dataset"][0], "dataset", "score") == {
        "bias": 1.0, "<": 1.0, "<level": 1.0, "sentences=2": 1.0, "in-title": 1.0,
    }  # fmt: skip


def test_an_empty_text_has_a_context(read) -> None:
    assert context(read("")).quantities == []


def test_every_class_of_cues_has_words() -> None:
    assert {"reach", "gain", "cut", "lose", "versus", "beat"} <= cues().keys()
    assert all(words and all(word == word.strip() != "" for word in words) for words in cues().values())
