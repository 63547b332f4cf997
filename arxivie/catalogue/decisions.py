"""A curator's decisions: a plain file, a JSON object a line, each on disk before the next candidate is shown.

The file is the truth: the user's pack is made from it, and a run that was killed goes on from it. Of several decisions
on one candidate the last holds.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from arxivie.errors import CorpusError

Action = Literal["accept", "merge", "reject", "skip"]


class Decision(BaseModel):
    """What a curator said of one candidate.

    Attributes:
        action: accept (a dataset by this name), merge (another writing of ``into``), reject (no dataset) or skip.
        candidate: the canonical id of the candidate in the store.
        name: as the candidate was shown, or the name that it was accepted under.
        into: of merges, the name that it is another writing of.
        surfaces: how the papers write it.
        papers: how many did when it was decided. decided: when.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    action: Action
    candidate: str
    name: str
    into: str | None = None
    surfaces: tuple[str, ...]
    papers: int
    decided: date


class DecisionLog:
    """The decisions of a file, which is made with the first one.

    Attributes:
        recovered: the end of a last line that a killed run had not finished; it is cut off. None where all is whole.
    """

    def __init__(self, path: Path) -> None:
        """Read ``path`` where it exists.

        Raises:
            CorpusError: naming file and line, where a line that is not the last holds no decision.
            OSError: where the file cannot be read.
        """
        self.path = path
        self.recovered: str | None = None
        self._latest: dict[str, Decision] = {}
        if path.exists():
            for decision in self._read(path.read_bytes()):
                self._latest[decision.candidate] = decision

    def __iter__(self) -> Iterator[Decision]:
        """The decisions that hold, in the order of the candidates' first ones."""
        return iter(self._latest.values())

    def __len__(self) -> int:
        return len(self._latest)

    def get(self, candidate: str) -> Decision | None:
        """The decision that holds on a candidate."""
        return self._latest.get(candidate)

    def append(self, decision: Decision) -> None:
        """Put a decision at the end of the file and on disk; when this returns, no crash can lose it."""
        line = (json.dumps(decision.model_dump(mode="json"), ensure_ascii=False) + "\n").encode()
        made = not self.path.exists()
        if made:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        if made:
            sync_folder(self.path.parent)
        self._latest[decision.candidate] = decision

    def _read(self, data: bytes) -> Iterator[Decision]:
        lines = data.split(b"\n")
        unfinished = lines.pop()
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield Decision.model_validate_json(line)
                except ValidationError as error:
                    problem = error.errors()[0]
                    where = ".".join(map(str, problem["loc"])) or "line"
                    raise CorpusError(f"{self.path}:{number}: no decision: {where}: {problem['msg']}") from None
        if not unfinished:
            return
        try:
            whole = Decision.model_validate_json(unfinished)
        except ValidationError:
            # only a kill in the middle of writing leaves such an end; the candidate is asked for again
            self.recovered = unfinished.decode(errors="replace")
            self._rewrite(data[: len(data) - len(unfinished)])
        else:
            self._rewrite(data + b"\n")
            yield whole

    def _rewrite(self, data: bytes) -> None:
        replace(self.path, data)


def replace(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of a file at once: a crash leaves the old or the new content, never a part."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder lasting, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders, and needs none
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
