r"""Records between ``\\`` lines, as arXiv's own ``.abs`` files and its mails have them.

::

    \\
    arXiv:2303.00773 (*cross-listing*)
    Date: Wed, 1 Mar 2023 19:01:06 GMT   (617kb,D)

    Title: Long titles go on
      behind two spaces
    Authors: …
    \\
      The abstract; two spaces begin a paragraph.
    \\ ( https://arxiv.org/abs/2303.00773 ,  617kb)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from arxivie.sources.decoding import Text

_RULE = re.compile(r"[-%]{20,}\s*")
_MARK = re.compile(r"\\\\(?:\s+\(\s*(?P<url>https?://[^\s,]+).*)?\s*")
_PAPER = re.compile(r"(?:arXiv|Paper):\s*(?P<id>\S+)\s*(?P<note>\(\*.*\*\))?.*", re.IGNORECASE)
_FIELD = re.compile(
    r"(?P<key>Title|Authors?|Categories|Subj-class|Comments?|Report-no|Journal-ref|DOI|MSC-class|ACM-class|License|Proxy"
    r"|From|Date(?: \(revised v(?P<version>\d+)\))?):\s*(?P<value>.*)"
)
_REPLACED = re.compile(r"replaced with (?:a )?\w+ version\s+(?P<date>.*)")
_SIZE = re.compile(r"\(\d+kb.*$")


@dataclass(slots=True)
class MailRecord:
    """What stands between two ``\\\\`` lines, and the abstract behind them.

    Attributes:
        line: where it begins.
        fields: by the names that the form uses, ``Authors`` for ``Author`` too; continuation lines still broken.
        dates: the date of each version, oldest first.
        version: the number of the last version that is named; None where none is.
        replaced: the date of the revised version that it announces, without an abstract.
        abstract: its lines.
        url: the address behind the closing mark.
        complete: whether the closing mark was there.
    """

    line: int
    id: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    dates: list[str] = field(default_factory=list)
    version: int | None = None
    replaced: str | None = None
    abstract: list[str] = field(default_factory=list)
    url: str | None = None
    complete: bool = False
    _key: str | None = None

    def add(self, line: str) -> None:
        """Take one more line of the head."""
        if line[:1].isspace() and self._key:
            self.fields[self._key] += "\n" + line.rstrip()
        elif found := _FIELD.fullmatch(line):
            if found["key"].startswith("Date"):
                self._key = None
                self.dates.append(_SIZE.sub("", found["value"]).rstrip())
                self.version = int(found["version"]) if found["version"] else self.version
            else:
                key = {"Author": "Authors", "Comment": "Comments"}.get(found["key"], found["key"])
                self._key = key if key not in self.fields else None
                self.fields.setdefault(key, found["value"].rstrip())
        elif paper := _PAPER.fullmatch(line):
            self.id = paper["id"]
        elif replaced := _REPLACED.fullmatch(line):
            self.replaced = _SIZE.sub("", replaced["date"]).rstrip()

    def get(self, key: str) -> str:
        """A field on one line, empty where it is missing."""
        return " ".join(self.fields.get(key, "").split())


def mail_records(text: Text) -> Iterator[MailRecord | tuple[int, str]]:
    """The records, and between them, with its number, each line that belongs to none."""
    record: MailRecord | None = None
    in_abstract = False
    for number, line in text.lines():
        mark = _MARK.fullmatch(line)
        if record is None:
            if mark and not mark["url"]:
                record, in_abstract = MailRecord(number), False
            elif _PAPER.match(line):
                record, in_abstract = MailRecord(number), False
                record.add(line)
            elif line.strip() and not _RULE.fullmatch(line):
                yield number, line
        elif _RULE.fullmatch(line):
            # the head alone, as the lists of past weeks have it, is all that there is; half an abstract is not
            record.complete = in_abstract and not any(map(str.strip, record.abstract))
            yield record
            record = None
        elif mark and (in_abstract or mark["url"]):
            record.url, record.complete = mark["url"], True
            yield record
            record = None
        elif mark:
            in_abstract = True
        elif in_abstract:
            record.abstract.append(line)
        elif line.startswith("/*"):
            yield number, line
            record.fields["Day"] = line
        else:
            record.add(line)
    if record:
        record.complete = in_abstract and not any(map(str.strip, record.abstract))
        yield record
