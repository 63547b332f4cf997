"""What the commands that read stored facts share: errors in a line, output to a file, a pipe or a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console, RenderableType

from arxivie.errors import ArxivieError, ConfigurationError
from arxivie.papers import Reject

FORMATS = ("table", "csv", "json", "md", "html")
_SHOWN = 10


@contextmanager
def reported_errors() -> Iterator[None]:
    """Our own errors, and files that cannot be opened, as one line on standard error and exit status 2."""
    try:
        yield
    except ArxivieError as error:
        _fail(str(error))
    except BrokenPipeError:
        _leave_pipe()
    except OSError as error:
        _fail(f"{error.filename or ''}: {error.strerror or error}")


def _leave_pipe() -> NoReturn:
    """End well: the reader of our output has seen enough, as `head` does; nothing more may be flushed into the pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit from None


class Output(Console):
    """Standard output, whose reader may leave early."""

    def on_broken_pipe(self) -> None:
        """Rich would exit with status 1."""
        _leave_pipe()


def _fail(message: str) -> None:
    Console(stderr=True).print(f"arxivie: {message}", style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(2)


def report_rejects(rejects: Iterable[Reject]) -> None:
    """The rejects on standard error, the first ten in full."""
    console, rejects = Console(stderr=True), list(rejects)
    for reject in rejects[:_SHOWN]:
        console.print(f"rejected {reject}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    if len(rejects) > _SHOWN:
        console.print(f"… and {len(rejects) - _SHOWN} more", style="yellow")


def chosen_format(asked: str | None, output: Path | None) -> str:
    """The output's form: as asked, else by the file's suffix, else a table.

    Raises:
        ConfigurationError: where it is none of `FORMATS`.
    """
    suffix = {"markdown": "md", "htm": "html"}.get(s := output.suffix[1:].lower(), s) if output else ""
    form = asked or (suffix if suffix in FORMATS else "table")
    if form not in FORMATS:
        raise ConfigurationError(f"--format is one of {', '.join(FORMATS)}, not {form!r}")
    return form


def emit(content: str | RenderableType, output: Path | None) -> None:
    """Text as it is, a table drawn; to a file or to standard output."""
    if isinstance(content, str):
        if output is None:
            sys.stdout.write(content)
        else:
            output.write_text(content, "utf-8", newline="")
    elif output is None:
        Output().print(content)
    else:
        with output.open("w", encoding="utf-8") as file:
            Console(file=file, width=160).print(content)
