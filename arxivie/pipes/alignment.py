"""Which member of a list a figure belongs to: ``88% and 91% on A and B``, ``A 79%, B 47% and C 65%``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from arxivie.pipes.context import Context, Span
from arxivie.pipes.entities import EntityRecord
from arxivie.pipes.quantities import Quantity

#: members of a list of names stand at most this many tokens apart
_APART = 7
#: how the members of a list of figures follow each other
_LISTED = frozenset({"joined", "listed", "unsigned"})


def figure_list(context: Context, q: Quantity) -> list[Quantity]:
    """The coordinated figures that a figure is one of, each the first of its cluster that is written like it."""
    start, end = context.bounds(q.start)
    heads = []
    for cluster in context.clusters:
        if start <= cluster[0].start < end:
            alike = q if q in cluster else next((o for o in cluster if context.like(o, q)), None)
            if alike is not None:
                heads.append(alike)
    at = heads.index(q)
    first = last = at
    while first and context.relation(heads[first - 1], heads[first]) in _LISTED:
        first -= 1
    while last + 1 < len(heads) and context.relation(heads[last], heads[last + 1]) in _LISTED:
        last += 1
    return heads[first : last + 1]


def name_lists(
    context: Context, entities: Sequence[EntityRecord], within: Span
) -> list[list[tuple[Span, EntityRecord]]]:
    """The entities of one sentence by lists: those that no figure and no more than a few words keep apart.

    An entity counts once, at its first mention there, so that an acronym behind its long form is no member more.
    """
    here = sorted(
        (min(m for m in e.mentions if within[0] <= m[0] < within[1]), k)
        for k, e in enumerate(entities)
        if any(within[0] <= m[0] < within[1] for m in e.mentions)
    )
    lists: list[list[tuple[Span, EntityRecord]]] = []
    for mention, k in here:
        if lists:
            last = lists[-1][-1][0]
            figures = any(last[1] <= q.start < mention[0] for q in context.quantities)
            reach = max((m[1] for m in lists[-1][-1][1].mentions if m[0] < mention[0]), default=last[1])
            if not figures and mention[0] - reach <= _APART:
                lists[-1].append((mention, entities[k]))
                continue
        lists.append([(mention, entities[k])])
    return lists


def partner(context: Context, q: Quantity, entities: Sequence[EntityRecord]) -> tuple[EntityRecord | None, str]:
    """The entity at the figure's place in a list as long as the figure's own, and how the lists stand; else None.

    ``how`` is ``respectively`` (the text says so), ``lists`` (a list of names and a list of figures), ``turns`` (a name
    and a figure in turns) or ``cycled`` (the figures go through the names more than once), else ``-``.
    """
    start, end = context.bounds(q.start)
    lists = name_lists(context, entities, (start, end))
    figures = figure_list(context, q)
    place = figures.index(q)
    if len(figures) < 2 or not lists:
        return None, "-"
    same = [names for names in lists if len(names) == len(figures)]
    if same:
        near = min(same, key=lambda names: abs(names[0][0][0] - figures[0].start))
        told = "respectively" in context.words[start:end]
        return near[place][1], "respectively" if told else "lists"
    found = _in_turns(figures, place, lists)
    rounds = [names for names in lists if len(names) > 1 and len(figures) % len(names) == 0]
    if found is None and rounds:
        near = min(rounds, key=lambda names: abs(names[0][0][0] - figures[0].start))
        return near[place % len(near)][1], "cycled"
    return found, "turns" if found else "-"


def _in_turns(
    figures: Sequence[Quantity], place: int, lists: Sequence[Sequence[tuple[Span, EntityRecord]]]
) -> EntityRecord | None:
    """``A 79%, B 47%`` or ``79% on A, 47% on B``: exactly one name between each two figures of the list."""
    singles = [names[0] for names in lists if len(names) == 1]
    gaps = [[e for m, e in singles if a.end <= m[0] < b.start] for a, b in pairwise(figures)]
    if any(len(gap) != 1 for gap in gaps):
        return None
    before = [e for m, e in singles if m[1] <= figures[0].start and figures[0].start - m[1] <= _APART]
    after = [e for m, e in singles if m[0] >= figures[-1].end and m[0] - figures[-1].end <= _APART]
    if bool(before) == bool(after):
        return None
    inner = [gap[0] for gap in gaps]
    return [before[-1], *inner][place] if before else [*inner, after[0]][place]
