"""From decisions to a user's own pack: ``pack.toml`` and ``dataset/names.tsv`` in the format of ``patterns/``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from arxivie.catalogue.decisions import Decision, replace
from arxivie.rules.canonical import names_text
from arxivie.rules.names import Name, key, read_names
from arxivie.text import AlignedString, read_as_person

#: the source of the names that a curator's decisions made; names of other sources in the file are left as they are
SOURCE = "curated"
_PLAIN_WORD = re.compile(r"[^\W\d_]?[^\W\d_A-Z]+$")
_SHORT = 4
_HEADER = 'name = "{name}"\nversion = "0.1.0"\nlicence = "{licence}"\n'


def write_names(pack: Path, decisions: Iterable[Decision]) -> None:
    """Bring a pack's ``dataset/names.tsv`` to what the decisions say; the pack is made where there is none.

    Accepted and merged surfaces become names, rejected ones names that are never found; what decisions no longer say
    goes. Other lines of the file stay.

    Raises:
        PatternError: where the file that is there is no list of names.
        OSError: where the pack cannot be written.
    """
    file = pack / "dataset" / "names.tsv"
    file.parent.mkdir(parents=True, exist_ok=True)
    header = pack / "pack.toml"
    if not header.exists():
        name = re.sub(r"[^A-Za-z0-9-]+", "-", pack.resolve().name).strip("-") or "curated"
        replace(header, _HEADER.format(name=name, licence="unlicensed").encode())
    kept = [entry for entry in read_names(file, "dataset") if entry.source != SOURCE] if file.exists() else []
    known = {key(entry.surface).casefold() for entry in kept}
    made = [entry for entry in entries(decisions) if key(entry.surface).casefold() not in known]
    text = names_text([*kept, *made]).encode()
    if not file.exists() or file.read_bytes() != text:
        replace(file, text)


def entries(decisions: Iterable[Decision]) -> list[Name]:
    """The lines that decisions give, one for each surface that differs by more than its joints; later ones hold."""
    found: dict[str, Name] = {}
    for decision in decisions:
        if decision.action == "skip":
            continue
        name = as_read(decision.into or decision.name)
        context = "never" if decision.action == "reject" else ""
        for surface in dict.fromkeys(as_read(s) for s in (*decision.surfaces, decision.name)):
            if key(surface):
                # what was rejected stops in any case
                case = "exact" if needs_case(surface) and decision.action != "reject" else "folded"
                weak = "needed" if _PLAIN_WORD.match(surface) else "free"
                found[key(surface).casefold()] = Name("dataset", name, surface, case, context or weak, SOURCE)
    return list(found.values())


def as_read(surface: str) -> str:
    """A surface as the pipeline reads it: without LaTeX, on one line."""
    return " ".join(read_as_person(AlignedString(surface)).text.split())


def needs_case(surface: str) -> bool:
    """Whether a surface counts only in its own case: acronyms of few letters, and words that are ordinary ones too."""
    letters = [c for c in surface if c.isalpha()]
    return len(letters) <= _SHORT or bool(_PLAIN_WORD.match(surface))
