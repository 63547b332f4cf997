"""What it takes to extend arxivie: a name is a line, a rule a file, a mention type two files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import arxivie
from arxivie.pipeline import annotate_one, load
from arxivie.rules.check import check

HEADER = 'name = "mine"\nversion = "0.1.0"\nlicence = "CC0-1.0"\n'
COLUMNS = "name\tsurface\tcase\tcontext\tsource\n"
#: the one line
NAME = "Quokka Farm\tquokka-farm\tfolded\tfree\town\n"
#: the one file
RULE = """\
[[rule]]
id     = "dataset.grown-at"
why    = "a set of data that was grown somewhere"
tokens = [{LOWER = "grown"}, {LOWER = "at"}, {IS_ALPHA = true, AS = "dataset"}]
fires  = ["Leaves grown at [wombat](dataset) are here."]
silent = ["Leaves grown in wombat are here.", "Leaves at wombat are here.", "Leaves grown at 12 are here."]
"""
PAPER = arxivie.Paper(
    id="2101.00001",
    title="Counting Leaves",
    abstract="We count leaves and evaluate our method on quokka-farm, a benchmark of leaves grown at wombat.",
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A user's empty pack."""
    (tmp_path / "dataset").mkdir()
    (tmp_path / "pack.toml").write_text(HEADER)
    (tmp_path / "dataset" / "names.tsv").write_text(COLUMNS)
    return tmp_path


def datasets(pack: Path) -> dict[str, tuple[str, ...]]:
    facts = annotate_one(load(tagger=None, packs=[pack]), PAPER).facts
    assert facts is not None
    return {d.name: d.rules for d in facts.datasets}


def fresh(pack: Path) -> Path:
    """The pack in a new place, since packs are read once."""
    return Path(shutil.copytree(pack, pack.parent / f"{pack.name}-again"))


def test_a_name_is_one_line(pack: Path) -> None:
    assert "quokka-farm" not in datasets(pack)
    added = fresh(pack)
    with (added / "dataset" / "names.tsv").open("a") as file:
        file.write(NAME)
    assert check([added]) == []
    assert datasets(added)["quokka-farm"] == ("dataset.names",)


def test_a_rule_is_one_file(pack: Path) -> None:
    assert "wombat" not in datasets(pack)
    added = fresh(pack)
    (added / "dataset" / "rules.toml").write_text(RULE)
    assert check([added]) == []
    assert "dataset.grown-at" in candidates_of(added)


def candidates_of(pack: Path) -> set[str]:
    """The ids of the rules that propose ``wombat``, whatever weighing makes of them."""
    nlp = load(tagger=None, packs=[pack], enable=["arxivie_sentences", "arxivie_lexicon", "arxivie_matcher"])
    doc = nlp(PAPER.aligned.reading)
    return {s.id_ for s in doc.spans["dataset"] if s.text == "wombat"}


TYPE_CLASS = '''class Hardware(Entity):
    """A named device that something ran on."""


class Facts(_Frozen):'''
TYPE_FIELD = """    claims: tuple[Claim, ...] = ()
    hardwares: tuple[Hardware, ...] = ()
"""
TYPE_RULE = """\
[[rule]]
id     = "hardware.on-a-single"
why    = "what one of a kind was enough of"
tokens = [{LOWER = "single"}, {IS_UPPER = true, AS = "hardware"}, {IS_DIGIT = true, OP = "?", AS = "hardware"}]
fires  = ["It runs on a single [RTX 2080](hardware) here.", "It runs on a single [TPU](hardware) here."]
silent = ["It runs on a single machine here.", "It runs on an RTX 2080 here.", "It runs on a single 12 here."]
"""
SCRIPT = """
import json, arxivie
from pathlib import Path
from arxivie.export.records import json_schema, to_lines
from arxivie.export.terminal import facts_table, highlighted
from arxivie.rules.check import check
from rich.console import Console
assert Path(arxivie.__file__).is_relative_to(Path.cwd()), arxivie.__file__
text = "It runs on a single RTX 2080 and reaches 88.5% accuracy on CIFAR-10."
paper = arxivie.Paper(id="x", title="A title", abstract=text)
(paper,) = arxivie.annotate([paper], arxivie.load(tagger=None))
console = Console(record=True, width=100)
console.print(facts_table([paper]), highlighted(paper))
findings = [str(f) for f in check([Path("patterns")]) if "hardware" in str(f)]
print("RESULT", json.dumps([json.loads(*to_lines([paper]))["facts"], findings, console.export_text(),
                            "hardwares" in json_schema()["$defs"]["Facts"]["properties"]]))
"""


def test_a_mention_type_is_two_files(tmp_path: Path, root: Path) -> None:
    """In a copy of the package: a class with its field in ``facts.py``, and ``patterns/hardware/rules.toml``."""
    ignore = shutil.ignore_patterns("__pycache__", "tagger.npz")
    shutil.copytree(root / "arxivie", tmp_path / "arxivie", ignore=ignore)
    shutil.copytree(root / "patterns", tmp_path / "patterns")
    facts = tmp_path / "arxivie" / "facts.py"
    code = facts.read_text("utf-8")
    assert code.count("class Facts(_Frozen):") == code.count("    claims: tuple[Claim, ...] = ()\n") == 1
    facts.write_text(
        code.replace("class Facts(_Frozen):", TYPE_CLASS).replace("    claims: tuple[Claim, ...] = ()\n", TYPE_FIELD),
        "utf-8",
    )
    (tmp_path / "patterns" / "hardware").mkdir()
    (tmp_path / "patterns" / "hardware" / "rules.toml").write_text(TYPE_RULE)

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found, findings, shown, in_schema = json.loads(done.stdout.rpartition("RESULT")[2])
    (hardware,) = found["hardwares"]
    assert (hardware["name"], hardware["rules"]) == ("RTX 2080", ["hardware.on-a-single"])
    assert hardware["evidence"][0]["surface"] == "RTX 2080"
    assert found["datasets"][0]["name"] == "CIFAR-10"
    assert findings == []
    assert "hardwares: RTX 2080" in shown
    assert in_schema
