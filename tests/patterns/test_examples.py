"""Runs what ``patterns/`` holds: every example of every rule, and everything else that `check` looks at."""

from __future__ import annotations

from functools import cache

import pytest

from arxivie.resources import patterns_dir
from arxivie.rules import Rule, load_pack
from arxivie.rules.check import Finding, check
from arxivie.rules.prove import Prover

RULES = [rule for rules in load_pack().rules.values() for rule in rules]


@cache
def prover() -> Prover:
    return Prover(load_pack())


@cache
def findings() -> tuple[Finding, ...]:
    return tuple(check())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    outcomes = list(prover().outcomes(rule))
    assert {"fires", "silent"} <= {outcome.kind for outcome in outcomes}
    for outcome in outcomes:
        assert outcome.holds == (outcome.kind != "later"), outcome


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_check_finds_nothing_in_the_rule(rule: Rule) -> None:
    assert [str(finding) for finding in findings() if finding.subject == rule.id] == []


def test_check_finds_nothing_elsewhere() -> None:
    ids = {rule.id for rule in RULES}
    assert [str(finding) for finding in findings() if finding.subject not in ids] == []


def test_every_folder_is_a_label_or_plain_data() -> None:
    for file in patterns_dir().glob("*/*"):
        assert file.suffix in {".toml", ".tsv"}, f"{file}: patterns/ holds data only"
