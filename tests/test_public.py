"""The public names, and what importing them costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import arxivie


def test_every_public_name_is_there() -> None:
    assert sorted(arxivie.__all__) == list(arxivie.__all__)
    for name in arxivie.__all__:
        assert getattr(arxivie, name).__doc__
    assert set(arxivie.__all__) <= set(dir(arxivie))


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extract'"):
        _ = arxivie.extract


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_reading_and_exporting_need_no_spacy(samples) -> None:
    code = f"""
import sys, arxivie
from arxivie.export.records import to_lines
papers = list(arxivie.read({str(samples[0])!r}))
assert papers and list(to_lines(papers))
print("spacy" in sys.modules, "torch" in sys.modules)
"""
    assert run(code) == "False False\n"


def test_the_entry_points_import_nothing_of_ours() -> None:
    code = """
import sys, spacy
spacy.blank("en")
print(sorted(m for m in sys.modules if m.startswith("arxivie.") and m.split(".")[1] not in {"pipes", "report"}))
print([m for m in sys.modules if m.startswith("arxivie.pipes.") and not m.endswith("factories")])
"""
    first, second = run(code).splitlines()
    assert first == "[]"
    assert [m for m in second.strip("[]").split(", ") if m and "factory" not in m] == []
