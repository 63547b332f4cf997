from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from made_packs import NAMES, RULE

from arxivie.errors import PatternError
from arxivie.rules import load_pack


def test_ours_has_what_others_rely_on() -> None:
    pack = load_pack()
    assert {"dataset", "method", "task", "metric"} <= set(pack.rules) & set(pack.names)
    assert "corpus" in pack.words["data-noun"]
    assert pack.measures["FID"].better == "lower"
    assert pack.measures["PSNR"].unit == "dB"
    assert load_pack() is pack


def test_a_pack_stands_beside_ours(make_pack: Callable[..., Path]) -> None:
    ours = load_pack()
    both = load_pack([make_pack()])
    new = {rule.id for rule in both.rules["dataset"]} - {rule.id for rule in ours.rules["dataset"]}
    assert new == {"dataset.leaf-corpus"}
    assert both.version == f"{ours.version}+mine-0.1.0"
    assert both.digest != ours.digest


def test_a_rule_of_ours_can_be_replaced_or_disabled(make_pack: Callable[..., Path]) -> None:
    header = 'name = "mine"\nversion = "1"\nlicence = "MIT"\ndisable = ["dataset.called", "dataset.names-weak"]\n'
    mine = make_pack(rules=RULE.replace("dataset.leaf-corpus", "dataset.named-data"), header=header)
    rules = {rule.id: rule for rule in load_pack([mine]).rules["dataset"]}
    assert rules["dataset.named-data"].why == "a leaf in front of a corpus"
    assert "dataset.called" not in rules
    assert not any(entry.rule == "dataset.names-weak" for entry in load_pack([mine]).names["dataset"])


def test_a_users_name_comes_first_and_can_stop_ours(make_pack: Callable[..., Path]) -> None:
    lines = "My Net\tImageNet\tfolded\tfree\tme\nAce\tACE 2005\tfolded\tnever\tme\n"
    pack = load_pack([make_pack(names=NAMES + lines)])
    assert pack.names["dataset"][0].name == "My Net"
    assert pack.stopped["dataset"] == {"ace2005"}


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"rules": RULE.replace("why ", "whe ")}, r"rules\.toml:3: dataset\.leaf-corpus"),
        ({"rules": RULE + RULE}, "a second rule dataset.leaf-corpus"),
        ({"rules": RULE.replace("dataset.leaf", "method.leaf")}, "lies in the folder dataset/"),
        ({"rules": RULE.replace('{LOWER = "corpus"}', '{IS = "@nothing"}')}, "no word class @nothing"),
        ({"rules": "[[rule]\n"}, r"rules\.toml"),
        ({"rules": "[[ruler]]\n"}, "only"),
        ({"words": '[leaf]\nwords = ["x"]\n'}, r"words\.toml: \[leaf\]"),
        ({"header": 'name = "mine"\n'}, r"pack\.toml"),
        ({"header": 'name = "m"\nversion = "1"\nlicence = "x"\ndisable = ["dataset.no"]\n'}, "which no pack has"),
    ],
)
def test_errors_say_where(make_pack: Callable[..., Path], files: dict[str, str], says: str) -> None:
    with pytest.raises(PatternError, match=says):
        load_pack([make_pack(**files)])


def test_a_folder_without_header_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match=r"no pack\.toml"):
        load_pack([tmp_path])
