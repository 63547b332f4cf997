"""Forms that are recognised only to say that there is no reader for them."""

from __future__ import annotations

import re

_FORMS = (
    (r"\A%PDF-", "a PDF; arxivie reads listings and records, not papers"),
    (
        r"\A\s*\{\s*\"url\"[^{]*\"body\"\s*:\s*\"<\?xml",
        "an answer of arXiv's API wrapped in JSON; read what stands in 'body'",
    ),
    (r"^> Updated on \d{4}\.\d{2}\.\d{2}$", "a table of links without abstracts ('Updated on')"),
    (r"^### Today: \d+ ?papers", "a digest of the 'Arxiv Daily Notice' kind"),
    (r"<details><summary>Show</summary><p>", "tables with '<details>' abstracts"),
    (r"^#### \[(?:new|updated) \d+\]", "a digest with Chinese labels ('#### [new 001]')"),
    (r"^\*\*<font color=#\w+>", "an index with Chinese labels"),
    (r"^\*\*Link\*\*: \[PDF\]\(https?://arxiv\.org/pdf/", "a digest of the 'Awesome arXiv Daily Reporter' kind"),
    (r"^(?:# \[|<h1><a href=\")[^\n]*https?://arxiv\.org/abs/", "a mail digest that was turned into markdown or HTML"),
    (r"^- links: \[abs\]\(https?://arxiv\.org/abs/", "a post of the 'Hot Papers' kind"),
    (r"class=\"list-title\b", "arXiv's listing page as HTML; ask the API, OAI-PMH or RSS for the same papers"),
    (r"^### \d+\. \[[^\n]*\]\(https?://arxiv\.org/abs/", "a digest of the 'arXiv Papers Bot' kind"),
    (r"\A\s*<!DOCTYPE html|\A\s*<html", "an HTML page"),
)
_PATTERNS = tuple((re.compile(pattern, re.MULTILINE | re.IGNORECASE), name) for pattern, name in _FORMS)


def describe(head: str) -> str | None:
    """What a text in no known dialect seems to be; None where that is not known either."""
    return next((name for pattern, name in _PATTERNS if pattern.search(head)), None)
