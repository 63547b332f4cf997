"""What a role is weighed by."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from arxivie.pipes.entities import EntityRecord
from arxivie.pipes.entity_features import Tagged
from arxivie.pipes.roles import ROLES, role_features, role_hints
from arxivie.pipes.sentences import Sentences


def features(doc: Doc, *surfaces: str) -> list[dict[str, float]]:
    """The features of the entities with these surfaces, each with all its mentions."""
    peers = []
    for surface in surfaces:
        mentions, at = [], doc.text.find(surface)
        while at >= 0:
            span = doc.char_span(at, at + len(surface))
            mentions.append((span.start, span.end))
            at = doc.text.find(surface, at + 1)
        peers.append(EntityRecord("method", surface, mentions))
    return [role_features(Sentences(doc), e, peers) for e in peers]


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("FooNet: Faster\nIt is fast.", "title-colon"),
        ("A study of FooNet\nIt is fast.", "title=True"),
        ("We propose FooNet here.", "own<"),
        ("It beats FooNet here.", "beat<"),
        ("FooNet outperforms them.", "beat>"),
        ("FooNet wins.", "starts-sentence"),
        ("We evaluate FooNet here.", "evaluate<"),
        ("The recent FooNet here.", "past<"),
        ("The recent FooNet here.", "-1=recent"),
        ("It has FooNet inside.", "+1=inside"),
        ("FooNet and FooNet and FooNet.", "mentions=3"),
    ],
)
def test_context_of_the_mentions(read, text: str, feature: str) -> None:
    (f,) = features(read(text), "FooNet")
    assert f[feature] == 1.0


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("FooNet Faster\nIt is fast.", "title-colon"),
        ("We propose it. FooNet is fast.", "own<"),
        ("FooNet is fast. It beats them.", "beat>"),
        ("So FooNet wins.", "starts-sentence"),
    ],
)
def test_near_misses(read, text: str, feature: str) -> None:
    (f,) = features(read(text), "FooNet")
    assert feature not in f


def test_rank_among_peers(read) -> None:
    first, second = features(read("We compare FooNet with BarNet."), "FooNet", "BarNet")
    assert "rank=0" in first
    assert "rank=1" in second
    assert "peers=2" in first


def test_a_mention_at_either_end_of_the_text(read) -> None:
    assert features(read("FooNet"), "FooNet")[0]["+1=$"] == 1.0


def test_every_label_has_distinct_roles() -> None:
    assert all(len(set(roles)) == len(roles) > 1 for roles in ROLES.values())


def test_the_tagger_s_opinion_is_a_feature_a_role() -> None:
    view = Tagged(frozenset(), lambda start, end: {}, lambda mentions, label: [0.0, -1.0, -2.0], lambda token: 0.0)
    hints = {"tagger=introduced": 0.0, "tagger=used": -1.0, "tagger=mentioned": -2.0}
    assert role_hints(view, [(0, 1)], "dataset") == hints
    assert role_hints(None, [(0, 1)], "dataset") == {}
