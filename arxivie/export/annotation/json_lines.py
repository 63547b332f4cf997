"""Reading and writing JSON for annotation tools, with errors that name file and line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from os import PathLike, fspath
from typing import Any

from arxivie.errors import CorpusError

PathType = str | PathLike[str]


def write_lines(values: Iterable[Any], path: PathType) -> None:
    """A JSON value a line."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def read_lines(path: PathType) -> Iterator[tuple[str, dict[str, Any]]]:
    """``file:line`` and the object of each line.

    Raises:
        CorpusError: naming file and line, where a line is no JSON object.
    """
    with open(path, encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                place = f"{fspath(path)}:{number}"
                try:
                    value = json.loads(line)
                except ValueError as error:
                    raise CorpusError(f"{place}: not JSON: {error}") from None
                if not isinstance(value, dict):
                    raise CorpusError(f"{place}: an object was expected")
                yield place, value


class Reading:
    """Turns what is missing or of the wrong kind in an object into a `CorpusError` that names the place."""

    def __init__(self, place: str) -> None:
        self.place = place

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KeyError):
            raise CorpusError(f"{self.place}: {error.args[0]!r} is missing") from None
        if isinstance(error, TypeError | ValueError | IndexError | AttributeError):
            raise CorpusError(f"{self.place}: not of this format: {error}") from None
