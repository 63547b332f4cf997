"""What the registry knows of a dialect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from arxivie.sources.decoding import Text
from arxivie.sources.record import Found


class Dialect(NamedTuple):
    """A form in which papers are published, and its reader.

    Attributes:
        name: what ``Paper.source.dialect`` says.
        description: one line for people.
        sniff: whether a text that begins with these characters (64 Ki at the most) is in this form. It must accept a
            text without records, such as the listing of an empty day.
        read: yields what it finds, lazily, each record with its line.
        once: whether a paper that comes a second time, not in a newer version, is rejected as a repeat. The bulk forms
            leave it out: to remember 2.5 million ids would make their memory grow.
    """

    name: str
    description: str
    sniff: Callable[[str], bool]
    read: Callable[[Text], Iterator[Found]]
    once: bool = True
