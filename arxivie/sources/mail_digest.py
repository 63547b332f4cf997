r"""arXiv's daily mails and lists of past days (dialect J): new papers, cross-lists and replacements.

Replacements come without their abstract; so do all papers in the lists of past days. They are reported as rejects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from arxivie.sources.dates import parse_day, parse_moment
from arxivie.sources.decoding import Text
from arxivie.sources.dialect import Dialect
from arxivie.sources.mail_fields import mail_paper
from arxivie.sources.mail_records import MailRecord, mail_records
from arxivie.sources.record import Found

_BEGIN = re.compile(r"^(?: received from .* to .*|/\* \w+, .* \*/|\\\\ \( https?://arxiv\.org/\S+ ,.*)$", re.MULTILINE)
_SENT = re.compile(r"Date:\s*(?P<date>.+)")
_DAY = re.compile(r"/\*\s*(?P<day>.+?)\s*\*/\s*")


def _sniff(head: str) -> bool:
    return bool(_BEGIN.search(head))


def _read(text: Text) -> Iterator[Found]:
    announced: date | None = None
    for item in mail_records(text):
        if isinstance(item, MailRecord):
            if "Day" not in item.fields:
                yield mail_paper(item, announced)
            continue
        _, line = item
        if sent := _SENT.fullmatch(line):
            moment = parse_moment(sent["date"])
            announced = moment.date() if isinstance(moment, datetime) else moment
        elif day := _DAY.fullmatch(line):
            announced = parse_day(day["day"])


DIALECT = Dialect("mail_digest", r"arXiv's daily mails and lists of past days, between \\ lines", _sniff, _read)
