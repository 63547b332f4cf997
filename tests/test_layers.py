"""Imports point down only, and spaCy stays where it belongs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

#: from the ground up; a module may import its own layer and those below
LAYERS = (
    {"errors", "extent", "resources"},
    {"facts", "text"},
    {"papers", "rules"},
    {"sources", "pipes"},
    {"assemble"},
    {"pipeline"},
    {"export", "evaluate", "store", "explain", "train"},
    {"leaderboard"},
    {"catalogue"},
    {"report", "display"},
    {"cli"},
)
SPACY = {
    *("rules.compile", "rules.masks", "rules.prove", "rules.tokens"),
    *("pipes", "assemble", "pipeline", "train", "explain", "display", "cli"),
}
#: what a notebook shows of a paper is drawn by the report; it is imported when a notebook asks
EXCEPT = {("facts", "arxivie.report.notebook.facts_html"), ("papers", "arxivie.report.notebook.paper_html")}
PACKAGE = Path(__file__).resolve().parents[1] / "arxivie"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def layer(part: str) -> int:
    found = [k for k, names in enumerate(LAYERS) if part in names]
    assert found, f"{part} stands in no layer: give it one in {Path(__file__).name}"
    return found[0]


def imports(path: Path) -> list[str]:
    """Dotted names of everything imported, at the top or inside a function."""
    made = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            made += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            made += [f"{node.module}.{alias.name}" for alias in node.names]
    return made


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    own = layer(parts[0])
    for name in imports(path):
        if name.startswith("arxivie.") and name != "arxivie.__version__" and (parts[0], name) not in EXCEPT:
            other = name.split(".")[1]
            assert layer(other) <= own, f"{'.'.join(parts)} imports {name}, which stands above it"
        if name.split(".")[0] == "spacy":
            assert parts[0] in SPACY or ".".join(parts) in SPACY, f"{'.'.join(parts)} must not import spaCy"


def test_the_test_sees_an_import_upwards(tmp_path: Path) -> None:
    wrong = tmp_path / "extent.py"
    wrong.write_text("def f():\n    from arxivie.pipeline import load\n    return load\n")
    assert imports(wrong) == ["arxivie.pipeline.load"]
    assert layer("pipeline") > layer("extent")
