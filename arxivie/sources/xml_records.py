"""XML as a stream of records, each parsed on its own, so that a broken one costs no other.

A document with a document type is refused before a parser sees it: its entities could expand without bound or read
local files. What stands before the first record (the root, its namespaces) is put before each record again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from arxivie.errors import UnsafeXMLError
from arxivie.sources.decoding import Text
from arxivie.sources.record import Fault

_Kind = Literal["around", "record", "end"]

_DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY)\s*([^\s>\[]*)", re.IGNORECASE)


def document_type(markup: str) -> str | None:
    """The name in ``<!DOCTYPE name``, where the document has one before its root element."""
    at = 0
    while True:
        while markup[at : at + 1].isspace():
            at += 1
        if markup.startswith("<?", at):
            end = markup.find("?>", at)
        elif markup.startswith("<!--", at):
            end = markup.find("-->", at)
        else:
            found = _DECLARATION.match(markup, at)
            return found[1] if found else None
        if end < 0:
            return None
        at = end + 2 + markup.startswith("-->", end)


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, name: str) -> list[Element]:
    """The element's children of that name, in whatever namespace."""
    return [child for child in element if local_name(child) == name]


def content(element: Element, name: str) -> str:
    """The text of the first such child, empty where there is none."""
    found = children(element, name)
    return "".join(found[0].itertext()).strip() if found else ""


class XMLRecords:
    """The elements of one name in a document, in any namespace, with the line where each begins.

    Attributes:
        rest: once all records are read, the elements around them by name.

    Raises:
        UnsafeXMLError: where the document has a document type.
    """

    def __init__(self, text: Text, name: str) -> None:
        self.rest: dict[str, list[Element]] = {}
        self._text = text
        self._name = name
        self._begin = re.compile(rf"<(?:[\w.-]+:)?{name}(?=[\s>/])")
        self._end = re.compile(rf"</(?:[\w.-]+:)?{name}\s*>")
        self._root = ""

    def __iter__(self) -> Iterator[tuple[int, Element | Fault]]:
        for number, (line, piece, kind) in enumerate(self._pieces()):
            if number == 0:
                self._refuse_document_type(piece)
                self._root = piece
            if kind != "record":
                yield from self._around(line, piece, behind="" if number == 0 else self._root, end=kind == "end")
                continue
            at = 0
            while again := self._begin.search(piece, at + 1):
                yield line, Fault(line, f"<{self._name}> has no end")
                line += piece.count("\n", at, again.start())
                at = again.start()
            yield line, self._record(line, piece[at:])

    def before(self, name: str) -> str:
        """The text of the first such element in front of the records."""
        found = self.rest.get(name)
        return "".join(found[0].itertext()).strip() if found else ""

    def _pieces(self) -> Iterator[tuple[int, str, _Kind]]:
        """What stands around the records and the records themselves, in turns, with the line of each."""
        buffer, line, inside, searched = "", 1, False, 0
        for chunk in self._text.chunks():
            buffer += chunk
            while found := (self._end if inside else self._begin).search(buffer, max(0, searched - 100)):
                cut = found.end() if inside else found.start()
                yield line, buffer[:cut], "record" if inside else "around"
                line += buffer.count("\n", 0, cut)
                buffer, inside, searched = buffer[cut:], not inside, 0
            searched = len(buffer)
        yield line, buffer, "record" if inside else "end"

    def _refuse_document_type(self, start: str) -> None:
        name = document_type(start)
        if name is not None:
            raise UnsafeXMLError(
                f"{self._text.name} has a document type definition far behind its beginning; take it out if you trust "
                "the file"
            )

    def _around(self, line: int, piece: str, behind: str, end: bool) -> Iterator[tuple[int, Fault]]:
        if not piece.strip() and not end:
            return
        try:
            for element in _ended(piece, behind, end):
                self.rest.setdefault(local_name(element), []).append(element)
        except ParseError as error:
            yield line, Fault(line, f"not well-formed XML, or it breaks off: {error}")

    def _record(self, line: int, piece: str) -> Element | Fault:
        try:
            found = [element for element in _ended(piece, self._root) if local_name(element) == self._name]
        except ParseError as error:
            return Fault(line, f"not well-formed XML: {error}")
        return found[-1] if found else Fault(line, f"<{self._name}> breaks off")


def _ended(piece: str, behind: str, end: bool = False) -> list[Element]:
    """The elements that end in ``piece``, which stands behind other markup and may be the end of the document."""
    parser: XMLPullParser[Element] = XMLPullParser(("end",))
    parser.feed(behind)
    for _ in parser.read_events():
        pass
    parser.feed(piece)
    if end:
        parser.close()
    return [event[-1] for event in parser.read_events() if isinstance(event[-1], Element)]
