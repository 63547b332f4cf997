from __future__ import annotations

from pathlib import Path

import pytest

from arxivie.errors import PatternError
from arxivie.rules.names import Name, NameIndex, read_names
from arxivie.text.words import cut


def found(text: str, *names: Name) -> list[tuple[str, str]]:
    words, spaces = cut(text)
    at = [sum(len(w) + s for w, s in zip(words[:i], spaces[:i], strict=True)) for i in range(len(words) + 1)]
    return [(text[at[s] : at[e]].strip(), entry.name) for s, e, entry in NameIndex(names).find(words)]


CIFAR = Name("dataset", "CIFAR-10", "CIFAR-10")


@pytest.mark.parametrize("text", ["CIFAR-10", "CIFAR10", "CIFAR 10", "cifar10", "Cifar–10", "CIFAR_10"])
def test_joints_and_case_do_not_count(text: str) -> None:
    assert found(f"on {text} it", CIFAR) == [(text, "CIFAR-10")]


@pytest.mark.parametrize("text", ["CIFAR-100", "CIFAR 1 0", "CIFAR\n10", "CIFAR", "xCIFAR-10", "CIFAR/10"])
def test_other_names_are_other_names(text: str) -> None:
    assert found(f"on {text} it", CIFAR) == []


def test_exact_names_keep_their_case() -> None:
    sun = Name("dataset", "SUN", "SUN", "exact")
    assert found("the sun and SUN", sun) == [("SUN", "SUN")]


def test_a_name_of_one_part_is_one_token() -> None:
    assert found("in breast and INbreast", Name("dataset", "INbreast", "INbreast")) == [("INbreast", "INbreast")]


def test_the_longest_name_of_a_label_wins_and_labels_do_not_hide_each_other() -> None:
    coco, year = Name("dataset", "COCO", "MS COCO"), Name("dataset", "COCO 2014", "MS COCO 2014")
    loss = Name("method", "COCO loss", "COCO loss")
    assert found("MS COCO 2014", coco, year) == [("MS COCO 2014", "COCO 2014")]
    assert found("MS COCO loss", coco, loss) == [("MS COCO", "COCO"), ("COCO loss", "COCO loss")]


def test_plurals_of_methods_but_not_of_datasets() -> None:
    assert found("CNNs", Name("method", "CNN", "CNN", "exact")) == [("CNNs", "CNN")]
    assert found("SUNs", Name("dataset", "SUN", "SUN", "exact")) == []


def test_a_name_never_to_be_found_hides_its_surface() -> None:
    assert found("on CIFAR-10", CIFAR._replace(context="never"), CIFAR) == []


def test_ids() -> None:
    assert CIFAR.canonical == "dataset:cifar-10"
    assert Name("method", "PointNet++", "PointNet++").canonical == "method:pointnet++"
    assert CIFAR._replace(context="needed").rule == "dataset.names-weak"


@pytest.mark.parametrize(
    "line",
    [
        "CIFAR-10\tCIFAR-10\tfolded\tfree",
        "CIFAR-10\tCIFAR-10\tlower\tfree\town",
        "CIFAR-10\tCIFAR-10\tfolded\tmaybe\town",
        "CIFAR-10\t CIFAR-10\tfolded\tfree\town",
        "CIFAR-10\t-\tfolded\tfree\town",
        "\tCIFAR-10\tfolded\tfree\town",
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "names.tsv"
    file.write_text(f"name\tsurface\tcase\tcontext\tsource\n{line}\n", "utf-8")
    with pytest.raises(PatternError, match=r"names\.tsv:2"):
        list(read_names(file, "dataset"))


def test_the_columns_must_be_named(tmp_path: Path) -> None:
    file = tmp_path / "names.generic.tsv"
    file.write_text("CIFAR-10\tCIFAR-10\tfolded\tfree\town\n", "utf-8")
    with pytest.raises(PatternError, match=r":1"):
        list(read_names(file, "dataset"))
