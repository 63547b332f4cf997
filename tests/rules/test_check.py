from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from made_packs import NAMES, RULE

from arxivie.rules.canonical import canonical_files
from arxivie.rules.check import check, main


def kinds(pack: Path) -> list[str]:
    return [finding.kind for finding in check([pack]) if finding.kind != "form"]


def test_a_good_pack_has_no_findings(make_pack: Callable[..., Path]) -> None:
    assert kinds(make_pack()) == []


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("the [Leaf](dataset) corpus", "the [Leaf corpus](dataset)", "example"),
        ("We train on a leaf corpus.", "We train on a Leaf corpus.", "example"),
        ("We train on Leaf.", "We train on [Leaf](dataset).", "example"),
        ("We train on Leaf.", "Rain and shine.", "near-miss"),
        ("We train on Leaf.", "We train on leaves.", "need"),
        ("on the [Leaf]", "on the [Leaf", "schema"),
        ('{LOWER = "corpus"}', '{LOWER = {IN = ["corpus", "album"]}}', "need"),
        ('{LOWER = "corpus"}', '{LOWER = "corpus", IS_ALPHA = true}', "need"),
        ('fires ', 'later = ["We train on the [Leaf](dataset) corpus."]\nfires ', "later"),
        ('fires ', 'unless = [[{LOWER = "x"}]]\nfires ', "need"),
        ('fires ', 'within = "abstract"\nfires ', "need"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(make_pack: Callable[..., Path], old: str, new: str, kind: str) -> None:
    assert kind in kinds(make_pack(rules=RULE.replace(old, new)))


def test_a_later_example_that_does_not_hold_yet_is_fine(make_pack: Callable[..., Path]) -> None:
    later = 'later = ["We train on the corpus [Leaf](dataset)."]\n'
    assert kinds(make_pack(rules=RULE + later)) == []


def test_a_phrase_class_needs_an_operator(make_pack: Callable[..., Path]) -> None:
    words = '[body]\nwhy = "w"\nwords = ["corpus", "data set"]\n'
    assert kinds(make_pack(rules=RULE.replace('{LOWER = "corpus"}', '{IS = "@body"}'), words=words)) == ["class"]


def test_a_finding_shows_rule_example_wanted_got_and_tokens(make_pack: Callable[..., Path]) -> None:
    pack = make_pack(rules=RULE.replace("the [Leaf](dataset) corpus", "the Leaf [corpus](dataset)"))
    said = str(next(f for f in check([pack]) if f.kind == "example"))
    for part in ("dataset.leaf-corpus", "Leaf [corpus](dataset)", "[Leaf](dataset) corpus", "the | Leaf | corpus"):
        assert part in said


def test_names_that_come_twice(make_pack: Callable[..., Path]) -> None:
    lines = (
        "A-1\tA-1\tfolded\tfree\tme\nA1\tA1\tfolded\tfree\tme\nB-1\tB-1\texact\tfree\tme\nb-1\tb-1\texact\tfree\tme\n"
    )
    assert kinds(make_pack(names=NAMES + lines)) == ["name"]


def test_fix_brings_files_into_canonical_form_and_changes_nothing_else(make_pack: Callable[..., Path]) -> None:
    pack = make_pack(
        rules="# kept\n" + RULE.replace("leaf-corpus", "z") + RULE,
        names=NAMES + "B\tB-2\tfolded\tfree\tme\nA\tA-1\tfolded\tfree\tme\n",
        words='[b]\nwhy = "w"\nregex = "a\\\\d"\n[a]\nwhy = "w"\nwords = ["y", "x"]\n',
    )
    assert [f.kind for f in check([pack])] == ["form"] * 3
    assert check([pack], fix=True) == []
    assert check([pack]) == []
    rules = (pack / "dataset" / "rules.toml").read_text("utf-8")
    assert rules.startswith("# kept\n")
    assert rules.index("leaf-corpus") < rules.index("dataset.z")
    assert (pack / "dataset" / "names.tsv").read_text("utf-8").splitlines()[1].startswith("A\t")
    assert all(file.read_text("utf-8") == form for file, form in canonical_files(pack).items())


def test_a_pack_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    assert [f.kind for f in check([tmp_path])] == ["schema"]


def test_the_exit_status(make_pack: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    pack = make_pack()
    assert main([str(pack)]) == 1
    assert main(["--fix", str(pack)]) == 0
    assert "all rules hold" in capsys.readouterr().out
