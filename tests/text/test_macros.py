"""The tables of macros fit the rule that nothing lengthens."""

from __future__ import annotations

import pytest

from arxivie.text.macros import accented, macros


def test_no_reading_is_longer_than_its_macro() -> None:
    tables = macros()
    for name, char in (tables.symbols | tables.letters).items():
        assert 1 <= len(char) <= len(name) + 1, name
    for name, (before, behind) in tables.around.items():
        assert len(before) <= len(name) + 2, name
        assert len(behind) <= 1, name
    for name, (before, between, behind) in tables.pair.items():
        assert (len(before) <= len(name) + 2, len(between) <= 2, len(behind) <= 1) == (True, True, True), name
    for name, mark in tables.accents.items():
        assert (len(name), len(mark)) == (1, 1)


def test_every_macro_stands_in_one_table() -> None:
    tables = macros()
    names = [
        *tables.around,
        *tables.pair,
        *tables.second,
        *tables.drop,
        *tables.switch,
        *tables.symbols,
        *tables.letters,
    ]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("accent", "letters", "reading"),
    [
        ("'", "e", "é"),
        ('"', "o", "ö"),
        ("v", "s", "š"),
        ("'", "\\i", "í"),
        ("b", "eta", "β"),
        ("'", "q", "q"),
        ("'", "et", "ét"),
    ],
)
def test_accents(accent: str, letters: str, reading: str) -> None:
    assert accented(accent, letters) == reading
