"""Readers of the forms in which arXiv papers are published; one module a form, found by content."""

from __future__ import annotations

from arxivie.sources.dialect import Dialect
from arxivie.sources.identifiers import ArxivId, parse_id
from arxivie.sources.registry import DIALECTS
from arxivie.sources.stream import PaperStream, RejectWarning, read

__all__ = ["DIALECTS", "ArxivId", "Dialect", "PaperStream", "RejectWarning", "parse_id", "read"]
