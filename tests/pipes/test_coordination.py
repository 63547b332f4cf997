"""How figures follow each other, and which member of a list they belong to."""

from __future__ import annotations

import pytest

from arxivie.pipes.alignment import partner
from arxivie.pipes.context import Context
from arxivie.pipes.entities import EntityRecord
from arxivie.pipes.quantities import quantities


def entity(doc, surface: str) -> EntityRecord:
    start = doc.text.index(surface)
    span = doc.char_span(start, start + len(surface))
    return EntityRecord("dataset", surface, [(span.start, span.end)], [surface])


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("It gets 88% and 91% here.", "joined"),
        ("It gets 88% (91%) here.", "joined"),
        ("It gains 3% on CUB, 4% on Cars.", "listed"),
        ("It rises from 88% to 91% here.", "to"),
        ("It gets 88% against 91% of BarNet.", "against"),
        ("It gets 88% (+2%) here.", "signed"),
        ("It gains +3% and 4% here.", "unsigned"),
        ("It gets 88% compared to 91% of BarNet.", "against"),
        ("It gets 88% thanks to 12M images.", "near"),
        ("It gets 88%. Then 91% here.", "apart"),
        # near misses of a list: a clause of its own, and a way that is too long
        ("It gains 3% on CUB, which is 4% here.", "near"),
        ("It gains 3% on the very large and old set of many birds in the north, 4% here.", "near"),
    ],
)
def test_how_one_figure_follows_another(read, text: str, how: str) -> None:
    doc = read(text)
    first, second = quantities(doc)
    c = Context(doc, [first, second], {})
    assert c.relation(first, second) == how
    assert c.relation(None, first) == "first"


@pytest.mark.parametrize(
    ("text", "found", "how"),
    [
        ("It gets 88% and 91% on CUB and Cars, respectively.", ["CUB", "Cars"], "respectively"),
        ("It gets 88% and 91% on CUB and Cars.", ["CUB", "Cars"], "lists"),
        ("On CUB and Cars it gains 8 and 9 points.", ["CUB", "Cars"], "lists"),
        ("It gains 3.5 points on CUB, 2.9 on Cars.", ["CUB", "Cars"], "turns"),
        ("CUB 88%, Cars 91% here.", ["CUB", "Cars"], "turns"),
        ("It gets CUB 79% (+2%), Cars 47% (+1%).", ["CUB", "CUB", "Cars", "Cars"], "turns"),
        ("It gets 88%, 91%, 90% and 97% on CUB and Cars.", ["CUB", "Cars", "CUB", "Cars"], "cycled"),
        ("It gets 88% on CUB. Then 91% on Cars.", [None, None], "-"),
        # near misses: one figure for two names, three figures for two
        ("It gets 88% on CUB and Cars.", [None], "-"),
        ("It gets 88%, 89% and 91% on CUB and Cars.", [None, None, None], "-"),
    ],
)
def test_the_member_of_a_list(read, text: str, found: list[str | None], how: str) -> None:
    doc = read(text)
    names = [entity(doc, "CUB"), entity(doc, "Cars")]
    c = Context(doc, quantities(doc), {"dataset": [m for e in names for m in e.mentions]})
    partners = [partner(c, q, names) for q in c.quantities]
    assert [e and e.name for e, _ in partners] == found
    assert {way for _, way in partners} == {how}


def test_an_acronym_behind_its_long_form_is_no_member_more(read) -> None:
    doc = read("On Caltech Birds (CUB) and Cars it gets 88% and 91%.")
    long, short = entity(doc, "Caltech Birds"), entity(doc, "CUB")
    birds = EntityRecord("dataset", "CUB", [*long.mentions, *short.mentions], ["CUB", "Caltech Birds"])
    names = [birds, entity(doc, "Cars")]
    c = Context(doc, quantities(doc), {})
    assert [partner(c, q, names)[0] for q in c.quantities] == names
