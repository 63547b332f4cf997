"""The tables of a store, their keys, and the views over them.

Facts are stored as they were extracted; ``names`` and ``cells`` are made from them with the canonical names of the
packs, and made anew when these change. ``docs/store.md`` describes every table for readers; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

#: raised when the tables change shape; a store of another format must be built anew
FORMAT = "1"

V, VS, I, D, B = "VARCHAR", "VARCHAR[]", "INTEGER", "DOUBLE", "BOOLEAN"  # noqa: E741


class Table(NamedTuple):
    """Columns with their SQL types, and the columns that identify a row.

    Keys hold because a paper's rows are always written together. They are no constraints: DuckDB 1.1 and 1.2 refuse to
    delete a key and insert it again in one transaction.
    """

    columns: Mapping[str, str]
    key: tuple[str, ...]

    def ddl(self, name: str, *, temporary: bool = False) -> str:
        """The statement that makes it."""
        columns = ", ".join(f'"{column}" {kind}' for column, kind in self.columns.items())
        return f'CREATE {"TEMP " if temporary else ""}TABLE "{name}" ({columns})'


def _fact(columns: Mapping[str, str]) -> Table:
    kept = {"paper": V, "fact": I, **columns, "confidence": D, "rules": VS, "found_by": VS}
    return Table(kept, ("paper", "fact"))


_ENTITY = {"name": V, "canonical": V, "surfaces": VS}

#: field of `arxivie.facts.Facts` -> its table; ``fact`` counts from 0 in the order of the record
FACT_TABLES: dict[str, Table] = {
    "datasets": _fact({**_ENTITY, "role": V}),
    "methods": _fact({**_ENTITY, "role": V, "generic": B}),
    "tasks": _fact(_ENTITY),
    "metrics": _fact(_ENTITY),
    "results": _fact(
        {
            "value": D, "value_max": D, "error": D, "unit": V, "value_text": V, "metric": V, "datasets": VS,
            "method": V, "task": V, "kind": V, "bound": V, "better": B, "baseline": V, "quote": V,
        }
    ),
    "links": _fact({"url": V, "kinds": VS, "status": V}),
    "releases": _fact({"what": VS, "status": V, "quote": V}),
    "claims": _fact({"status": V, "quote": V, "datasets": VS, "tasks": VS}),
}  # fmt: skip

_EXTENTS = {"text_start": I, "text_end": I, "raw_start": I, "raw_end": I}

STORED: dict[str, Table] = {
    "papers": Table(
        {
            "id": V, "version": I, "title": V, "abstract": V, "authors": VS, "primary_category": V, "categories": VS,
            "date": "DATE", "date_exact": B, "published": "TIMESTAMP", "updated": "TIMESTAMP", "announced": "DATE",
            "doi": V, "journal_ref": V, "comment": V, "pack": V, "tagger": V, "digest": V,
        },
        ("id",),
    ),
    **FACT_TABLES,
    "mentions": Table(
        {"paper": V, "label": V, "fact": I, "mention": I, "surface": V, "section": V, **_EXTENTS},
        ("paper", "label", "fact", "mention"),
    ),
    "records": Table({"paper": V, "record": V}, ("paper",)),
}  # fmt: skip

LINKED: dict[str, Table] = {
    "names": Table(
        {"paper": V, "label": V, "name": V, "canonical": V, "canonical_name": V, "listed": B},
        ("paper", "label", "name"),
    ),
    "cells": Table(
        {
            "paper": V, "fact": I, "dataset": V, "dataset_id": V, "split": V, "metric_id": V, "task_id": V,
            "method_id": V, "score": D, "score_max": D, "error": D, "unit": V, "better": V, **_EXTENTS,
            "sentence": V, "sentence_start": I, "sentence_end": I,
        },
        ("paper", "fact", "dataset"),
    ),
}  # fmt: skip

#: the order matters: later views read earlier ones
VIEWS: dict[str, str] = {
    "canonical_names": """
        SELECT canonical, first(label) AS label, bool_or(listed) AS listed,
               first(canonical_name ORDER BY uses DESC, canonical_name) AS name
        FROM (SELECT canonical, label, listed, canonical_name, count(*) AS uses FROM names GROUP BY ALL)
        GROUP BY canonical
    """,
    "figures": """
        SELECT concat_ws('|', c.dataset_id, coalesce(c.split, ''), c.metric_id, coalesce(c.unit, '')) AS board,
               tn.name AS task, dn.name AS dataset, c.split, mn.name AS metric, c.score, c.score_max, c.error, c.unit,
               c.better, r.method, r.bound, r.kind, r.kind = 'other_score' AS quoted, r.baseline,
               r.better AS in_favour, c.paper, p.version, p.title, p.date, p.date_exact, c.sentence, r.quote,
               c.text_start, c.text_end, c.raw_start, c.raw_end, c.sentence_start, c.sentence_end,
               r.value, r.unit AS value_unit, r.value_text, r.rules, r.confidence, c.fact,
               c.dataset AS dataset_as_written, r.metric AS metric_as_written, c.dataset_id, c.metric_id, c.task_id,
               c.method_id
        FROM cells c
        JOIN results r USING (paper, fact)
        JOIN papers p ON p.id = c.paper
        JOIN canonical_names dn ON dn.canonical = c.dataset_id
        JOIN canonical_names mn ON mn.canonical = c.metric_id
        LEFT JOIN canonical_names tn ON tn.canonical = c.task_id
        QUALIFY row_number() OVER (
            PARTITION BY board, c.paper, r.kind, c.score, c.score_max, coalesce(c.method_id, ''),
                         coalesce(r.baseline, '')
            ORDER BY c.fact, c.dataset) = 1
    """,
    "leaderboard": """
        WITH levels AS (
            SELECT *, CASE better WHEN 'higher' THEN score WHEN 'lower' THEN -coalesce(score_max, score) END AS merit
            FROM figures WHERE kind IN ('score', 'other_score')
        )
        SELECT * EXCLUDE (in_favour, baseline, merit),
               CASE WHEN better IS NOT NULL AND NOT quoted
                    THEN rank() OVER (PARTITION BY board, quoted ORDER BY merit DESC) END AS rank,
               coalesce(NOT quoted AND better IS NOT NULL AND date IS NOT NULL
                    AND merit = max(merit) OVER (PARTITION BY board, quoted, date)
                    AND merit > coalesce(max(merit) OVER (PARTITION BY board, quoted ORDER BY date
                        RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 DAY PRECEDING), '-infinity'::DOUBLE),
                    false) AS best_so_far,
               min(score) OVER cell <> max(score) OVER cell AS conflict
        FROM levels
        WINDOW cell AS (PARTITION BY board, paper, quoted, coalesce(method_id, ''))
    """,
    "changes": "SELECT * EXCLUDE (quoted) FROM figures WHERE kind IN ('gain', 'loss', 'ratio')",
    "dataset_mentions": """
        SELECT n.canonical, c.name AS dataset, c.listed, d.name, m.surface, d.role, m.paper, p.title, p.date,
               m.section, m.text_start, m.text_end, m.raw_start, m.raw_end,
               substring(p.title || chr(10) || p.abstract, greatest(m.text_start - 79, 1),
                         m.text_end - m.text_start + 160) AS context,
               d.rules, d.confidence
        FROM mentions m
        JOIN datasets d ON d.paper = m.paper AND d.fact = m.fact
        JOIN papers p ON p.id = m.paper
        JOIN names n ON n.paper = d.paper AND n.label = 'dataset' AND n.name = d.name
        JOIN canonical_names c ON c.canonical = n.canonical
        WHERE m.label = 'dataset'
    """,
}
