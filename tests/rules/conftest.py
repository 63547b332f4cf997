"""A pack on disk that a test can bend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from made_packs import NAMES, RULE


@pytest.fixture
def make_pack(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small pack; keyword arguments replace its files."""

    def make(
        rules: str = RULE,
        names: str = NAMES,
        words: str = "",
        header: str = 'name = "mine"\nversion = "0.1.0"\nlicence = "CC0-1.0"\n',
        folder: str = "mine",
    ) -> Path:
        pack = tmp_path / folder
        (pack / "dataset").mkdir(parents=True)
        (pack / "pack.toml").write_text(header, "utf-8")
        (pack / "words.toml").write_text(words, "utf-8")
        (pack / "dataset" / "rules.toml").write_text(rules, "utf-8")
        (pack / "dataset" / "names.tsv").write_text(names, "utf-8")
        return pack

    return make
