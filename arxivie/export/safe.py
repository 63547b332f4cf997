"""Making hostile text harmless where it is written to: spreadsheets, HTML, Markdown, terminals.

Titles, names and quotes come from anyone; nothing in them may run, link or move the cursor.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

#: what makes a spreadsheet take a cell for a formula, also behind white space and in full-width forms
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n|%＝＋－＠]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&])")


def csv_cell(value: Any) -> Any:
    """A value for a CSV cell: text that a spreadsheet would run gets an apostrophe in front; numbers stay numbers."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    return f"'{value}" if _FORMULA.match(value) else value


def html_text(value: str) -> str:
    """Text for HTML, also inside quoted attributes."""
    return html.escape(printable(value), quote=True)


def html_link(url: str | None, label: str) -> str:
    """A link where the address is http or https, else the label alone."""
    if url is None or not web_address(url):
        return html_text(label)
    return f'<a href="{html_text(url)}" rel="noopener noreferrer">{html_text(label)}</a>'


def web_address(url: str) -> bool:
    """Whether an address is http or https and names a host."""
    if any(character.isspace() or unicodedata.category(character) == "Cc" for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def markdown_text(value: str) -> str:
    """Text for one cell of a Markdown table: nothing in it is markup, and it stays on its line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(printable(value).split()))


def printable(value: str) -> str:
    """Text without control characters and without those that turn the direction of what follows."""
    return "".join(
        character if unicodedata.category(character) not in {"Cc", "Cf", "Cs"} or character in "\n\t\u200d" else " "
        for character in value
    )
