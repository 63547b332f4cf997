"""`datasets`: every dataset that the papers of a store name: who introduced it, who uses it, how it is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from os import PathLike
from typing import Any

from arxivie.extent import Extent
from arxivie.store.opening import Store
from arxivie.store.sentences import sentence

_CONTEXTS = 3


@dataclass(frozen=True)
class Context:
    """A sentence that names the dataset: ``sentence`` is ``paper.text`` at ``sentence_text``, the name at ``text``."""

    paper: str
    sentence: str
    text: Extent
    sentence_text: Extent


@dataclass(frozen=True)
class DatasetEntry:
    """One dataset.

    Attributes:
        canonical: its id. name: as the catalogue has it, else the most frequent writing. listed: whether the catalogue
            (the name lists of the packs) has it.
        aliases: every surface seen, most frequent first, with the number of papers.
        papers: ids, earliest first. first_seen, last_seen: days of the earliest and the latest.
        introduced_by, used_by, mentioned_by: papers by role.
        tasks: canonical tasks of the papers that introduce or use it, most frequent first, with the number of papers.
        contexts: up to three sentences, of different papers where there are several.
        confidence: the highest of its facts.
    """

    canonical: str
    name: str
    listed: bool
    aliases: Mapping[str, int]
    papers: tuple[str, ...]
    first_seen: date | None
    last_seen: date | None
    introduced_by: tuple[str, ...] = ()
    used_by: tuple[str, ...] = ()
    mentioned_by: tuple[str, ...] = ()
    tasks: Mapping[str, int] = field(default_factory=dict)
    contexts: tuple[Context, ...] = ()
    confidence: float = 1.0


def datasets(
    store: Store | str | PathLike[str],
    *,
    new: bool = False,
    min_papers: int = 1,
    packs: Sequence[str | PathLike[str]] = (),
) -> list[DatasetEntry]:
    """The datasets of a store, those in most papers first, then by name.

    Args:
        store: a store, its path, or a file of facts.
        new: only those that the catalogue does not have.
        min_papers: only those in at least as many papers.
        packs: folders of your own names, where ``store`` is a path.

    Raises:
        ConfigurationError, CorpusError: as `arxivie.store.opening.Store` does.
    """
    if not isinstance(store, Store):
        with Store(store, packs=packs) as opened:
            return datasets(opened, new=new, min_papers=min_papers)
    rows = store.rows("""
        SELECT n.canonical, c.name AS shown, c.listed, d.paper, d.fact, d.name, d.surfaces, d.role, d.confidence,
               p.date
        FROM datasets d
        JOIN names n ON n.paper = d.paper AND n.label = 'dataset' AND n.name = d.name
        JOIN canonical_names c ON c.canonical = n.canonical
        JOIN papers p ON p.id = d.paper
        ORDER BY p.date NULLS LAST, d.paper, d.fact
    """)
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if not (new and row["listed"]):
            groups[row["canonical"]].append(row)
    kept = {k: g for k, g in groups.items() if len({row["paper"] for row in g}) >= min_papers}
    tasks, contexts = _tasks(store), _contexts(store, kept)
    made = [_entry(canonical, group, tasks, contexts.get(canonical, ())) for canonical, group in kept.items()]
    return sorted(made, key=lambda e: (-len(e.papers), e.name.casefold(), e.canonical))


def _entry(
    canonical: str, group: Sequence[Mapping[str, Any]], tasks: Mapping[str, list[str]], contexts: tuple[Context, ...]
) -> DatasetEntry:
    aliases: Counter[str] = Counter()
    roles: dict[str, list[str]] = defaultdict(list)
    for row in group:
        aliases.update({*(row["surfaces"] or ()), *(() if row["surfaces"] else (row["name"],))})
        if row["paper"] not in roles[row["role"]]:
            roles[row["role"]].append(row["paper"])
    at_work = dict.fromkeys((*roles["introduced"], *roles["used"]))
    worked_on = Counter(task for paper in at_work for task in tasks.get(paper, ()))
    days = [row["date"] for row in group if row["date"] is not None]
    first = group[0]
    return DatasetEntry(
        canonical=canonical,
        name=first["shown"],
        listed=first["listed"],
        aliases=_frequent(aliases),
        papers=tuple(dict.fromkeys(row["paper"] for row in group)),
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
        introduced_by=tuple(roles["introduced"]),
        used_by=tuple(roles["used"]),
        mentioned_by=tuple(roles["mentioned"]),
        tasks=_frequent(worked_on),
        contexts=contexts,
        confidence=max(row["confidence"] for row in group),
    )


def _frequent(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold(), pair[0])))


def _tasks(store: Store) -> dict[str, list[str]]:
    made: dict[str, list[str]] = defaultdict(list)
    for row in store.rows("""
        SELECT DISTINCT t.paper, c.name FROM tasks t
        JOIN names n ON n.paper = t.paper AND n.label = 'task' AND n.name = t.name
        JOIN canonical_names c ON c.canonical = n.canonical
    """):
        made[row["paper"]].append(row["name"])
    return made


def _contexts(store: Store, wanted: Mapping[str, Any]) -> dict[str, tuple[Context, ...]]:
    """Up to three sentences for each dataset, from abstracts rather than titles."""
    rows = store.rows(
        """
        SELECT canonical, paper, title || chr(10) || abstract AS text, text_start, text_end FROM (
            SELECT n.canonical, m.paper, m.text_start, m.text_end,
                   row_number() OVER (PARTITION BY n.canonical, m.paper ORDER BY m.section, m.mention) AS nth
            FROM mentions m
            JOIN datasets d ON d.paper = m.paper AND d.fact = m.fact
            JOIN names n ON n.paper = d.paper AND n.label = 'dataset' AND n.name = d.name
            WHERE m.label = 'dataset' AND list_contains(?, n.canonical)
        ) JOIN papers p ON p.id = paper
        WHERE nth = 1
        QUALIFY row_number() OVER (PARTITION BY canonical ORDER BY p.date NULLS LAST, paper) <= ?
        ORDER BY canonical, p.date NULLS LAST, paper
        """,
        [list(wanted), _CONTEXTS],
    )
    made: dict[str, list[Context]] = defaultdict(list)
    for row in rows:
        name = Extent(row["text_start"], row["text_end"])
        whole = sentence(row["text"], name)
        made[row["canonical"]].append(Context(row["paper"], whole.of(row["text"]), name, whole))
    return {canonical: tuple(found) for canonical, found in made.items()}


def new_names(store: Store) -> frozenset[str]:
    """The names, as papers write them, of all datasets that the catalogue does not have."""
    rows = store.rows("SELECT DISTINCT name FROM names WHERE label = 'dataset' AND NOT listed")
    return frozenset(row["name"] for row in rows)
