"""Daily digests in markdown: a heading with a download arrow, the abstract as a quotation (dialect A).

::

    # ArXiv cs.CV --Thu, 20 May 2021
    ### 1.Title  [ :arrow_down: ](https://arxiv.org/pdf/2105.09270.pdf)
    >  The abstract, escaped as HTML, addresses as anchors.

New papers stand by descending id, then the cross-lists by descending id: from where the id first goes up, the listing's
category is no longer the primary one, which the form then does not tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from arxivie.papers import PaperLink
from arxivie.sources.dates import parse_day
from arxivie.sources.decoding import Text
from arxivie.sources.dialect import Dialect
from arxivie.sources.identifiers import parse_id
from arxivie.sources.record import Fault, Found, Record

_DAY = re.compile(r"#\s*ArXiv\s+(?P<category>\S+)\s+--\s*(?P<day>.+)")
_NUMBER = re.compile(r"###\s+(?:\d+\.)?")
_LINK = re.compile(r"\[ ?:arrow_down: ?\]\((?P<url>[^()\s]*)\)$")
_BEGIN = re.compile(rf"^(?:{_DAY.pattern}$|###\s+\d+\..*\[\s*:arrow_down:\s*\]\()", re.MULTILINE)


def _sniff(head: str) -> bool:
    return bool(_BEGIN.search(head))


def _read(text: Text) -> Iterator[Found]:
    category: str | None = None
    day: date | None = None
    previous: str | None = None
    crossed = False
    record: Found | None = None
    for number, line in text.lines():
        if heading := _DAY.fullmatch(line):
            category, day, previous, crossed = heading["category"], parse_day(heading["day"]), None, False
        if line.startswith(("# ", "### ")):
            if record:
                yield record
            record = None
        if line.startswith("### "):
            number_mark, link = _NUMBER.match(line), _LINK.search(line.rstrip())
            if number_mark is None or link is None:
                record = Fault(number, "a heading without a link to the paper")
                continue
            parsed = parse_id(link["url"])
            if parsed:
                crossed = crossed or (previous is not None and parsed.id > previous)
                previous = parsed.id
            record = Record(
                number,
                id=link["url"],
                title=line[number_mark.end() : link.start()],
                markup="html",
                primary=None if crossed else category,
                categories=(category,) if category else (),
                announced=day,
                links=(PaperLink(url=link["url"], title="pdf"),),
            )
        elif isinstance(record, Record) and line.strip():
            # markdown lets a paragraph of a quotation go on without its mark
            record.abstract += ("\n" if record.abstract else "") + line.removeprefix(">")
    if record:
        yield record


DIALECT = Dialect(
    "markdown_digest", "daily digest in markdown: '### 1.Title [ :arrow_down: ](…)' and '> abstract'", _sniff, _read
)
