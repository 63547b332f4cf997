"""JSON in the shapes that collections come in, value by value: lines, one array, or one document."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

from arxivie.sources.decoding import Text
from arxivie.sources.record import Fault

_DECODER = json.JSONDecoder()
_FIRST_KEY = re.compile(r"\{\s*\"[^\"\\]{0,100}\"\s*:")
_LONGEST_KEY = 200
_SPACE = re.compile(r"[\s,]*")
#: what a decoder may raise on hostile input: RecursionError where it is nested too deep
_WRONG = (ValueError, SyntaxError, RecursionError, MemoryError)


def json_lines(text: Text) -> Iterator[tuple[int, Any]]:
    """Each line's number and value; a `Fault` for a line that is no JSON.

    Lines that a program wrote as Python dictionaries (``{'id': …}``) are read as well, as literals, without running
    anything.
    """
    for number, line in text.lines():
        if not line.strip():
            continue
        try:
            yield number, ast.literal_eval(line) if line.startswith("{'") else json.loads(line)
        except _WRONG as error:
            yield number, Fault(number, f"not JSON: {error}")


def json_values(text: Text) -> Iterator[tuple[int, Any]]:
    """The line and the value of each line, of each element of one array, or of the one document."""
    if text.head.lstrip().startswith("["):
        return _elements(text)
    return json_lines(text) if has_json_lines(text.head) else _document(text)


def has_json_lines(head: str) -> bool:
    """Whether each line is a value of its own: a line that is cut or broken among them does not count against it."""
    lines = [line for line in head.split("\n") if line.strip()][:50]
    if head.lstrip().startswith("{'"):
        return True
    whole = [_is_object(line) for line in lines]
    return any(whole[:1]) or (any(whole) and all(line.startswith('{"') for line in lines) and not _is_object(head))


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except _WRONG:
        return False


def _document(text: Text) -> Iterator[tuple[int, Any]]:
    try:
        yield 1, json.loads("".join(text.chunks()))
    except json.JSONDecodeError as error:
        yield 1, Fault(error.lineno, f"not JSON: {error}")
    except _WRONG as error:
        yield 1, Fault(1, f"not JSON: {error}")


def _elements(text: Text) -> Iterator[tuple[int, Any]]:
    """Element by element, so that the memory holds one; behind a broken one it goes on with the next of its kind."""
    chunks = text.chunks()
    buffer = next(chunks, "").lstrip()[1:]
    line = 1 + text.head.split("[", 1)[0].count("\n")
    ended = False

    def more() -> bool:
        # at least doubled, so that a long element is not decoded again and again for every piece
        nonlocal buffer, ended
        pieces, wanted = [buffer], max(len(buffer), 1)
        while wanted > 0 and not ended:
            piece = next(chunks, "")
            ended = not piece
            pieces.append(piece)
            wanted -= len(piece)
        buffer = "".join(pieces)
        return not ended or len(pieces) > 2

    while True:
        space = _SPACE.match(buffer)
        skipped = space.end() if space else 0
        line += buffer.count("\n", 0, skipped)
        buffer = buffer[skipped:]
        if not buffer:
            if more():
                continue
            yield line, Fault(line, "the array breaks off")
            return
        if buffer.startswith("]"):
            break
        try:
            value, end = _DECODER.raw_decode(buffer)
        except json.JSONDecodeError as error:
            cut = error.msg.startswith("Unterminated string") or error.pos >= len(buffer) - 10
            if cut and not ended:
                more()
                continue
            yield line, Fault(line + error.lineno - 1, f"not JSON: {error.msg}")
            key, end = _FIRST_KEY.match(buffer), None
            while end is None:
                end = _next_element(buffer, key[0]) if key else None
                if end is None and ended:
                    return
                if end is None:
                    line += buffer.count("\n", 0, -_LONGEST_KEY)
                    buffer = " " + buffer[-_LONGEST_KEY:]
                    more()
        except RecursionError:
            yield line, Fault(line, "not JSON: nested too deep")
            return
        else:
            yield line, value
        line += buffer.count("\n", 0, end)
        buffer = buffer[end:]
        if not buffer and ended:
            return
    if buffer[1:].strip():
        yield line, Fault(line, "text behind the end of the array")


def _next_element(buffer: str, key: str) -> int | None:
    """Where the next element begins that has the first key of the broken one, and a title if it can be decoded."""
    for start in re.finditer(re.escape(key), buffer[1:]):
        try:
            value, _ = _DECODER.raw_decode(buffer, start.start() + 1)
        except (ValueError, RecursionError):
            return start.start() + 1
        if "title" in value:
            return start.start() + 1
    return None
