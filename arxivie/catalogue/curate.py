"""`curate`: a curator walks through new names in a terminal, or lines of a pipe say what to do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.text import Text

from arxivie.catalogue.datasets import DatasetEntry, datasets
from arxivie.catalogue.decisions import Action, Decision, DecisionLog
from arxivie.catalogue.suggest import Suggester, Suggestion
from arxivie.catalogue.userpack import as_read, write_names
from arxivie.export.safe import printable
from arxivie.rules.names import key
from arxivie.store.opening import Store

HELP = """\
a, accept [NAME]   a dataset, by this name
m, merge INTO      another writing of INTO: the number of a suggestion or a name of the catalogue
r, reject          no dataset: its surfaces stop firing
s, skip            not now; `--again` asks for it once more
q, quit            stop here; everything decided so far is saved
h, help            these lines
"""


@dataclass
class CurationReport:
    """What a session did: candidates by decision, and how many are left."""

    accepted: int = 0
    merged: int = 0
    rejected: int = 0
    skipped: int = 0
    left: int = 0

    def __str__(self) -> str:
        return (
            f"{self.accepted} accepted, {self.merged} merged, {self.rejected} rejected, {self.skipped} skipped, "
            f"{self.left} left"
        )


def curate(
    store: Store | str | PathLike[str],
    pack: str | PathLike[str],
    *,
    decisions: str | PathLike[str] | None = None,
    min_papers: int = 1,
    again: bool = False,
    packs: Sequence[str | PathLike[str]] = (),
    commands: TextIO | None = None,
    screen: TextIO | None = None,
) -> CurationReport:
    """Walk through the new datasets of a store, those in most papers first.

    Every decision is on disk, and in the pack, before the next candidate is shown; a session that was killed goes on
    where it stood.

    Args:
        store: a store, its path, or a file of facts.
        pack: the folder of the user's own pack; made where there is none.
        decisions: the file of decisions; ``decisions.jsonl`` in the pack where None.
        min_papers: only names in at least as many papers.
        again: ask for skipped ones once more.
        packs: folders of other packs, where ``store`` is a path.
        commands: where commands are read from, standard input where None. screen: where it is shown, standard output.

    Raises:
        ConfigurationError, CorpusError, PatternError: where store, decisions or pack cannot be read.
        OSError: where decisions or pack cannot be written.
    """
    folder = Path(pack)
    log = DecisionLog(Path(decisions) if decisions is not None else folder / "decisions.jsonl")
    write_names(folder, log)
    if not isinstance(store, Store):
        with Store(store, packs=[*packs, folder]) as opened:
            return Session(opened, folder, log, commands or sys.stdin, screen or sys.stdout).run(min_papers, again)
    return Session(store, folder, log, commands or sys.stdin, screen or sys.stdout).run(min_papers, again)


class Session:
    """One walk through the candidates."""

    def __init__(self, store: Store, pack: Path, log: DecisionLog, commands: TextIO, screen: TextIO) -> None:
        self.store, self.pack, self.log = store, pack, log
        self.report = CurationReport()
        self._commands = commands
        self._console = Console(file=screen, highlight=False)
        self._suggester = Suggester(store.canon)
        for decision in log:
            if decision.action == "accept":
                self._suggester.add(decision.name, (decision.name, *decision.surfaces))

    def run(self, min_papers: int = 1, again: bool = False) -> CurationReport:
        """Ask for each candidate until they or the commands end."""
        if self.log.recovered is not None:
            self._say(f"{self.log.path}: the last line was cut off and is left out: {self.log.recovered[:60]!r}")
        if not self._suggester.fuzzy:
            self._say("suggestions by spelling alone; pip install 'arxivie[link]' adds similar names")
        candidates = [e for e in datasets(self.store, new=True, min_papers=min_papers) if self._open(e, again)]
        for number, entry in enumerate(candidates):
            suggestions = self._suggester.suggest(entry.name, entry.aliases)
            self._show(entry, suggestions, f"{number + 1}/{len(candidates)}")
            if not self._ask(entry, suggestions):
                self.report.left = len(candidates) - number
                break
        self._say(str(self.report))
        return self.report

    def _open(self, entry: DatasetEntry, again: bool) -> bool:
        stopped = self.store.canon.pack.stopped.get("dataset", frozenset())
        if all(key(as_read(alias)).casefold() in stopped for alias in entry.aliases):
            return False
        decided = self.log.get(entry.canonical)
        return decided is None or (again and decided.action == "skip")

    def _ask(self, entry: DatasetEntry, suggestions: Sequence[Suggestion]) -> bool:
        """Read commands until one settles the candidate; False where the session ends."""
        while True:
            self._console.print("accept, merge INTO, reject, skip, quit, help> ", end="", markup=False)
            try:
                line = self._commands.readline()
            except KeyboardInterrupt:
                line = ""
            if not self._commands.isatty():
                self._console.print(printable(line.rstrip("\n")), markup=False)
            if not line:
                return False
            word, _, rest = line.strip().partition(" ")
            rest = rest.strip()
            match word.lower():
                case "a" | "accept":
                    self._decide("accept", entry, rest or entry.name)
                    self._suggester.add(rest or entry.name, entry.aliases)
                    self.report.accepted += 1
                case "m" | "merge":
                    into = self._target(rest, suggestions, entry)
                    if into is None:
                        continue
                    self._decide("merge", entry, entry.name, into)
                    self.report.merged += 1
                case "r" | "reject":
                    self._decide("reject", entry, entry.name)
                    self.report.rejected += 1
                case "s" | "skip":
                    self._decide("skip", entry, entry.name)
                    self.report.skipped += 1
                case "q" | "quit":
                    return False
                case "h" | "help" | "?":
                    self._say(HELP)
                    continue
                case "":
                    continue
                case _:
                    self._say(f"{word!r} is no command; h lists them")
                    continue
            return True

    def _target(self, written: str, suggestions: Sequence[Suggestion], entry: DatasetEntry) -> str | None:
        """The catalogue name that a merge goes into; None, and why, where there is no such name."""
        if written.isdecimal() and not self.store.canon("dataset", written).listed:
            if 1 <= int(written) <= len(suggestions):
                return suggestions[int(written) - 1].name
            self._say(f"there is no suggestion {written}")
            return None
        if not written:
            self._say("merge into what? Give the number of a suggestion or a name of the catalogue")
            return None
        accepted = {key(d.name).casefold(): d.name for d in self.log if d.action == "accept"}
        found = self.store.canon("dataset", written)
        into = accepted.get(key(written).casefold()) or (found.name if found.listed else None)
        if into is None:
            near = ", ".join(s.name for s in self._suggester.suggest(written)) or "nothing like it"
            self._say(f"{written!r} is not in the catalogue ({near}): accept it first, or give another name")
        elif self.store.canon.apart(into, entry.name):
            self._say(f"the merge policy keeps {entry.name} and {into} apart (dataset/apart.tsv)")
            return None
        return into

    def _decide(self, action: Action, entry: DatasetEntry, name: str, into: str | None = None) -> None:
        self.log.append(
            Decision(
                action=action,
                candidate=entry.canonical,
                name=name,
                into=into,
                surfaces=tuple(entry.aliases),
                papers=len(entry.papers),
                decided=datetime.now(UTC).date(),
            )
        )
        write_names(self.pack, self.log)

    def _show(self, entry: DatasetEntry, suggestions: Sequence[Suggestion], place: str) -> None:
        count = f"{len(entry.papers)} paper{'s' if len(entry.papers) != 1 else ''}"
        roles = {"introduced by": entry.introduced_by, "used by": entry.used_by, "mentioned by": entry.mentioned_by}
        by = "; ".join(f"{role} {', '.join(papers[:3])}" for role, papers in roles.items() if papers)
        self._console.print()
        self._console.print(Text(f"[{place}] ") + Text(printable(entry.name), style="bold") + Text(f" – {count}, {by}"))
        others = [alias for alias in entry.aliases if alias != entry.name]
        if others:
            self._say("  also written: " + ", ".join(others))
        if entry.tasks:
            self._say("  tasks: " + ", ".join(list(entry.tasks)[:5]))
        for context in entry.contexts:
            line = Text("  · " + printable(context.sentence))
            line.highlight_words([printable(alias) for alias in entry.aliases], style="bold")
            self._console.print(line)
        for number, suggestion in enumerate(suggestions, 1):
            self._say(f"  {number} = merge into {suggestion.name} ({suggestion.why})")

    def _say(self, text: str) -> None:
        self._console.print(Text(printable(text)))
