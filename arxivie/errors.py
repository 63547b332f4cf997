"""Every error that arxivie raises on purpose.

::

    ArxivieError
    ├── ExtentError            offsets that are no extent, or edits that overlap
    ├── SourceError            an input that cannot be read at all
    │   ├── UnknownDialectError   no reader knows the form of the file
    │   └── UnsafeXMLError        XML with a document type definition
    ├── PatternError           a rule, a name list or a pack that is wrong (file, line, rule)
    │   └── MarkError          an example whose marks do not match
    ├── CorpusError            gold, corpora or stores that do not fit their texts
    └── ConfigurationError     settings that contradict each other, or a missing extra

A malformed *record* raises nothing: it becomes a `arxivie.papers.Reject`.
"""

from __future__ import annotations


class ArxivieError(Exception):
    """The base of all errors raised by arxivie."""


class ExtentError(ArxivieError, ValueError):
    """Offsets that are no extent, or edits that overlap."""


class SourceError(ArxivieError):
    """An input that cannot be read at all."""


class UnknownDialectError(SourceError):
    """No reader knows the form of the file; the message lists the known dialects."""


class UnsafeXMLError(SourceError):
    """XML with a document type definition, which could expand without bound or read local files."""


class PatternError(ArxivieError):
    """A rule, a name list or a pack that is wrong; the message names file, line and rule."""


class MarkError(PatternError):
    """An example whose ``[surface](label)`` marks do not match."""


class CorpusError(ArxivieError):
    """Gold, corpora or stores that do not fit their texts."""


class ConfigurationError(ArxivieError):
    """Settings that contradict each other, or an extra that is not installed."""
