"""Runs of tokens that are written like proper names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxivie.pipes.shapes import name_runs


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("we train on ImageNet here", "ImageNet"),
        ("we train on CIFAR-10 here", "CIFAR-10"),
        ("we train on PASCAL VOC 2012 here", "PASCAL VOC 2012"),
        ("we train on Cityscapes-C here", "Cityscapes-C"),
        ("an ImageNet-pretrained net", "ImageNet"),
        ("on KITTI/Waymo data", "KITTI"),
        ("with MoCo v2 here", "MoCo v2"),
        ("with a ViT-B/16 here", "ViT-B/16"),
        ("we use wav2vec here", "wav2vec"),
        ("Given ImageNet, we go", "ImageNet"),
        ("FooNet wins.", "FooNet"),
    ],
)
def test_names_are_proposed(read, text: str, wanted: str) -> None:
    doc = read(text)
    assert wanted in [doc[a:b].text for a, b in name_runs(doc)]


@pytest.mark.parametrize(
    "text",
    [
        "we train on images of cats",
        "Training is slow.",
        "it costs 12 dollars in 2012",
        "see https://github.com/FooNet/FooNet for it",
        "",
    ],
)
def test_ordinary_words_are_not(read, text: str) -> None:
    doc = read(text)
    assert [doc[a:b].text for a, b in name_runs(doc)] == []


@given(st.lists(st.sampled_from(["Foo", "-", "/", "v2", " ", "Net", "10", ".", "\n", "x", "B", "+", "_", "@"])))
def test_runs_are_extents(read, pieces: list[str]) -> None:
    doc = read("".join(pieces))
    for start, end in name_runs(doc):
        assert 0 <= start < end <= len(doc)
        assert not doc[end - 1].is_space
