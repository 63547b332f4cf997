r"""arXiv's own ``.abs`` files: one paper, or several behind each other, between ``\\`` lines (dialect I)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arxivie.sources.decoding import Text
from arxivie.sources.dialect import Dialect
from arxivie.sources.mail_fields import mail_paper
from arxivie.sources.mail_records import MailRecord, mail_records
from arxivie.sources.record import Found

_BEGIN = re.compile(r"\s*(?:-{20,}\n)?\\\\\n(?:arXiv|Paper):")


def _sniff(head: str) -> bool:
    return bool(_BEGIN.match(head))


def _read(text: Text) -> Iterator[Found]:
    for item in mail_records(text):
        if isinstance(item, MailRecord):
            # these files tell the whole history, so that a paper without revisions is in its first version
            item.version = item.version or (1 if item.dates else None)
            yield mail_paper(item)


DIALECT = Dialect("abs_record", r"arXiv's own .abs records between \\ lines", _sniff, _read)
