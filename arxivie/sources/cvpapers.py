"""Daily digests in markdown with ten bullets a paper (dialect B).

::

    # Arxiv Papers in cs.CV on 2021-05-31
    ### Title
    - **Arxiv ID**: http://arxiv.org/abs/2105.14656v2
    - **DOI**: None
    - **Categories**: **eess.IV**, cs.CV, I.4.7; I.4.8
    …
    - **Comment**: may go on
      behind two spaces
    - **Summary**: The abstract, as the API gives it.

The category in bold is the primary one; ``None`` is a missing value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from arxivie.papers import PaperLink
from arxivie.sources.dates import parse_day, parse_moment
from arxivie.sources.decoding import Text
from arxivie.sources.dialect import Dialect
from arxivie.sources.record import Fault, Found, Record

_KEYS = "Arxiv ID|DOI|Categories|Links|Published|Updated|Authors|Comment|Journal|Summary"
_DAY = re.compile(r"#\s*Arxiv Papers in (?P<category>\S+) on (?P<day>\S+)\s*")
_FIELD = re.compile(rf"- \*\*(?P<key>{_KEYS})\*\*:(?P<value>.*)")
_BEGIN = re.compile(rf"^(?:{_DAY.pattern}$|- \*\*Arxiv ID\*\*:)", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]+)\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")


def _sniff(head: str) -> bool:
    return bool(_BEGIN.search(head))


def _read(text: Text) -> Iterator[Found]:
    day: date | None = None
    block: _Block | None = None
    for number, line in text.lines():
        if line.startswith(("# ", "### ")) and block:
            yield block.found()
            block = None
        if heading := _DAY.fullmatch(line):
            day = parse_day(heading["day"])
        elif line.startswith("### "):
            block = _Block(number, line.removeprefix("### "), day)
        elif block:
            block.add(line)
    if block:
        yield block.found()


class _Block:
    """A heading and the lines under it."""

    def __init__(self, line: int, title: str, day: date | None) -> None:
        self.line = line
        self.day = day
        self.fields: dict[str, str] = {"Title": title}
        self._key = "Title"

    def add(self, line: str) -> None:
        field = _FIELD.fullmatch(line)
        if field and field["key"] not in self.fields:
            self._key = field["key"]
            self.fields[self._key] = field["value"].strip()
        elif line.strip():
            self.fields[self._key] += "\n" + line.strip()

    def _get(self, key: str) -> str | None:
        value = self.fields.get(key, "").strip()
        return None if value in ("", "None") else value

    def _line(self, key: str) -> str | None:
        value = self._get(key)
        return " ".join(value.split()) if value else None

    def found(self) -> Found:
        if len(self.fields) == 1:
            return Fault(self.line, "a heading without any field of a paper")
        categories = self._line("Categories") or ""
        bold = _BOLD.search(categories)
        return Record(
            self.line,
            id=self._get("Arxiv ID"),
            title=self.fields["Title"],
            abstract=self._get("Summary") or "",
            authors=tuple(name.strip() for name in (self._line("Authors") or "").split(",") if name.strip()),
            primary=bold[1].strip() if bold else None,
            categories=(categories,),
            published=parse_moment(self._get("Published")),
            updated=parse_moment(self._get("Updated")),
            announced=self.day,
            doi=self._line("DOI"),
            journal_ref=self._line("Journal"),
            comment=self._line("Comment"),
            links=tuple(
                PaperLink(url=url, title=title or None) for title, url in _LINK.findall(self._get("Links") or "")
            ),
        )


DIALECT = Dialect("cvpapers", "daily digest in markdown with '- **Arxiv ID**: …' bullets", _sniff, _read)
