"""Reading a report's pages back: their links, their ids, and what could run."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote


@dataclass
class Page:
    """What a page holds: ids, links, elements with their attributes, and its text."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = dict(attributes)
        self.page.elements.append((tag, known))
        if "id" in known:
            self.page.ids.append(known["id"] or "")
        if tag == "a":
            self.page.links.append(known["href"] or "")

    def handle_data(self, data: str) -> None:
        self.page.text += data


@cache
def read_page(path: Path) -> Page:
    """A page of a report."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return reader.page


def broken(folder: Path) -> list[str]:
    """The links of all pages that lead to no file of the report, or to no place in it."""
    made = []
    for file in sorted(folder.rglob("*.html")):
        for link in read_page(file).links:
            if link.startswith(("http://", "https://")):
                continue
            path, _, place = link.partition("#")
            target = (file.parent / unquote(path)).resolve() if path else file
            if not target.is_file() or not target.is_relative_to(folder.resolve()):
                made.append(f"{file}: {link}")
            elif place and target.name != "papers.html" and unquote(place) not in read_page(target).ids:
                made.append(f"{file}: {link}: no such place")
    return made
