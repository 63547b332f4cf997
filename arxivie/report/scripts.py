"""Data as scripts: pages opened from a folder may not read JSON files, but may load scripts."""

from __future__ import annotations

import json
from typing import Any

#: nothing of the data may end a script element, begin a comment in one or end a line for old engines
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&'"}


def encoded(data: Any) -> str:
    """Data as JSON in plain ASCII, which means the same inside a script, whatever the data."""
    # ensure_ascii also escapes U+2028 and U+2029, which end lines in scripts, and half surrogate pairs
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def script(name: str, data: str) -> str:
    """A script that hands `encoded` data to the page's ``arxivie.receive`` under a name."""
    return f"arxivie.receive({encoded(name)},{data});\n"
