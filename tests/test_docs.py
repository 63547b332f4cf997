"""The guides say what the code does: their blocks are run, in order, and print what stands behind them.

In every guide and the README, ``python`` blocks share one namespace, ``sh`` blocks that start with ``arxivie`` run in a
shell, and a ``text`` block directly behind either is exactly what it prints. ``<!-- skip: reason -->`` in front of a
block leaves it out.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
_BLOCK = re.compile(r"^(?:<!-- skip: (?P<skip>.+?) -->\n)?```(?P<language>\w*)\n(?P<code>.*?)^```$", re.M | re.S)
_CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.M | re.S)
_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#[^)]*)?\)")


class Block(NamedTuple):
    """A block that is run, its line, and what it must print (None: anything)."""

    language: str
    code: str
    line: int
    output: str | None


def blocks(text: str) -> list[Block]:
    """The blocks of a guide that are to be run."""
    found = list(_BLOCK.finditer(text))
    made = []
    for match, following in zip(found, [*found[1:], None], strict=True):
        code = match["code"]
        runs = match["language"] == "python" or (match["language"] == "sh" and code.startswith("arxivie"))
        if runs and not match["skip"]:
            printed = following is not None and following["language"] == "text" and not following["skip"]
            printed = printed and not text[match.end() : following.start()].strip()
            line = text.count("\n", 0, match.start("code")) + 1
            made.append(Block(match["language"], code, line, following["code"] if printed else None))
    return made


def run(guide: str, name: str) -> None:
    """Run the blocks of a guide in the current folder."""
    space: dict[str, Any] = {"__name__": "guide"}
    for block in blocks(guide):
        where = f"{name}:{block.line}"
        if block.language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile("\n" * (block.line - 1) + block.code, name, "exec"), space)
            printed = out.getvalue()
        else:
            python = f"{sys.executable} -c 'from arxivie.cli import app; app()'"
            command = f'set -eo pipefail; arxivie() {{ {python} "$@"; }}\n'
            done = subprocess.run(
                ["bash", "-c", command + block.code],
                capture_output=True,
                text=True,
                check=False,
                env=os.environ | {"COLUMNS": "120"},
            )
            assert done.returncode == 0, f"{where}: {done.stderr}"
            printed = done.stdout
        if block.output is not None:
            assert _lines(printed) == _lines(block.output), f"{where} prints something else"


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample listings where the guides expect them."""
    shutil.copytree(ROOT / "corpora" / "sample", tmp_path / "corpora" / "sample")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", GUIDES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_the_blocks_of_a_guide_run(path: Path, place: Path) -> None:
    text = path.read_text("utf-8")
    if not blocks(text):
        pytest.skip("the guide has no code to run")
    run(text, path.name)


@pytest.mark.parametrize("path", GUIDES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    prose = _CODE.sub("", path.read_text("utf-8"))  # in code, [surface](label) is a mark of an example
    missing = [link for link in _LINK.findall(prose) if not (path.parent / link).exists()]
    assert missing == []


def test_what_is_run() -> None:
    text = (
        "```python\na = 1\n```\n\n```text\nno\n```\nwords\n```text\nunrelated\n```\n"
        "<!-- skip: slow -->\n```python\nb\n```\n```sh\npip install x\n```\n```sh\narxivie sample\n```\n"
        "```json\n{}\n```\n"
    )
    assert blocks(text) == [Block("python", "a = 1\n", 2, "no\n"), Block("sh", "arxivie sample\n", 19, None)]


@pytest.mark.parametrize(
    "text",
    ["```python\nassert False\n```\n", "```python\nprint(1)\n```\n```text\n2\n```\n", "```sh\narxivie nonsense\n```\n"],
)
def test_a_guide_that_is_wrong_fails(text: str, place: Path) -> None:
    with pytest.raises(AssertionError):
        run(text, "wrong.md")


def test_blocks_share_names_and_folder(place: Path) -> None:
    run("```python\na = 1\n```\n```python\nprint(a + 1)\n```\n```text\n2\n```\n", "right.md")
    run("```sh\narxivie sample | wc -l\n```\n", "right.md")
