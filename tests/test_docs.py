"""The guides say what the code does: their blocks are run, in order, and print what stands behind them.

In every guide and the README, ``python`` blocks share one namespace, ``sh`` blocks that start with ``arxivie`` run in a
shell, and a ``text`` block directly behind either is exactly what it prints. ``<!-- skip: reason -->`` in front of a
block leaves it out. ``python tests/test_docs.py docs/flow.md`` writes what the blocks print into a guide.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from made_records import sample_facts

ROOT = Path(__file__).resolve().parents[1]
GUIDES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
_BLOCK = re.compile(r"^(?:<!-- skip: (?P<skip>.+?) -->\n)?```(?P<language>\w*)\n(?P<code>.*?)^```$", re.M | re.S)
_CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.M | re.S)
_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#[^)]*)?\)")


class Block(NamedTuple):
    """A block that is run, its line, and where the guide says what it prints (None: nowhere)."""

    language: str
    code: str
    line: int
    output: slice | None


def blocks(text: str) -> list[Block]:
    """The blocks of a guide that are to be run."""
    found = list(_BLOCK.finditer(text))
    made = []
    for match, following in zip(found, [*found[1:], None], strict=False):
        code = match["code"]
        runs = match["language"] == "python" or (match["language"] == "sh" and code.startswith("arxivie"))
        if runs and not match["skip"]:
            printed = following is not None and following["language"] == "text" and not following["skip"]
            printed = printed and not text[match.end() : following.start()].strip()
            line = text.count("\n", 0, match.start("code")) + 1
            made.append(Block(match["language"], code, line, slice(*following.span("code")) if printed else None))
    return made


def run(guide: str, name: str) -> list[tuple[Block, str]]:
    """Run the blocks of a guide in the current folder; returns what each prints."""
    space: dict[str, Any] = {"__name__": "guide"}
    made = []
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
        made.append((block, printed))
    return made


def check(guide: str, name: str) -> None:
    """Run the blocks of a guide and compare what they print."""
    for block, printed in run(guide, name):
        if block.output is not None:
            told = guide[block.output]
            assert _lines(printed) == _lines(told), f"{name}:{block.line} prints something else: refresh the guide"


def refresh(path: Path) -> None:
    """Write what the blocks of a guide print into it."""
    guide = path.read_text("utf-8")
    for block, printed in reversed(run(guide, path.name)):
        if block.output is not None:
            lines = "".join(f"{line}\n" for line in _lines(printed))
            guide = guide[: block.output.start] + lines + guide[block.output.stop :]
    path.write_text(guide, "utf-8")


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample listings and a file of facts where the guides expect them."""
    monkeypatch.chdir(_furnished(tmp_path))
    return tmp_path


def _furnished(folder: Path) -> Path:
    shutil.copytree(ROOT / "corpora" / "sample", folder / "corpora" / "sample")
    sample_facts(folder / "facts.jsonl")
    return folder


@pytest.mark.parametrize(
    "path", [g for g in GUIDES if blocks(g.read_text("utf-8"))], ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_the_blocks_of_a_guide_run(path: Path, place: Path) -> None:
    text = path.read_text("utf-8")
    check(text, path.name)


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
    first, second = blocks(text)
    assert (first.language, first.code, first.line) == ("python", "a = 1\n", 2)
    assert text[first.output] == "no\n"
    assert second == Block("sh", "arxivie sample\n", 20, None)


@pytest.mark.parametrize(
    "text",
    ["```python\nassert False\n```\n", "```python\nprint(1)\n```\n```text\n2\n```\n", "```sh\narxivie nonsense\n```\n"],
)
def test_a_guide_that_is_wrong_fails(text: str, place: Path) -> None:
    with pytest.raises(AssertionError):
        check(text, "wrong.md")


def test_blocks_share_names_and_folder(place: Path) -> None:
    check("```python\na = 1\n```\n```python\nprint(a + 1)\n```\n```text\n2\n```\n", "right.md")
    check("```sh\narxivie sample | wc -l\n```\n", "right.md")


def test_a_guide_is_refreshed(place: Path) -> None:
    guide = place / "guide.md"
    guide.write_text("```python\nprint(1)\nprint(2)\n```\n\n```text\nold\n```\nwords\n")
    refresh(guide)
    assert guide.read_text() == "```python\nprint(1)\nprint(2)\n```\n\n```text\n1\n2\n```\nwords\n"
    check(guide.read_text(), "guide.md")


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(argument).resolve()
            with contextlib.chdir(_furnished(Path(folder))):
                refresh(path)
