"""How the figures of a text follow each other: coordinated in a list, set against each other, or apart.

``3.5 points on A, 2.9 on B and 5.1 on C`` is one list, in which the unit is said once; in ``from 35.1 to 25.0`` and
``88% against 91%`` the second figure answers the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from arxivie.pipes.quantities import Quantity

#: all that stands between two figures that are joined directly
_JOINTS = frozenset({",", "and", "or", "/", "&", "(", ")", "%", "+"})
_AGAINST = frozenset({"than", "over", "compared", "versus", "vs", "against", "while", "whereas", "but"})
#: what stands in front of a "to" that leads to no second figure
_NO_CHANGE = frozenset({"due", "thanks", "up", "relative", "close", "equal", "similar", "according"})
#: what opens a clause of its own, and so ends a list
_VERBS = frozenset(
    {"is", "are", "was", "were", "has", "have", "which", "that", "we", "it", "achieves", "achieving", "reaches",
     "reaching", "improves", "improving", "reduces", "reducing", "outperforms", "outperforming", "with", "using"}
)  # fmt: skip
#: the longest way, in tokens, between two members of a list
_LONGEST = 12


def relation(words: Sequence[str], before: Quantity | None, after: Quantity, *, same_sentence: bool) -> str:
    """How a figure follows the one in front of it.

    ``first`` (there is none), ``apart`` (in another sentence), ``signed`` and ``unsigned`` (only one has a sign),
    ``against`` ("than", "compared"), ``to``, ``joined`` (by "and", a comma, a bracket), ``listed`` (a few words
    more), else ``near``.

    Args:
        words: the tokens of the text in lower case.
        before: the figure in front, None for the first one.
        after: the figure that follows.
        same_sentence: whether both stand in one sentence.
    """
    if before is None:
        return "first"
    if not same_sentence:
        return "apart"
    if before.signed != after.signed:
        return "signed" if after.signed else "unsigned"
    between = words[before.end : after.start]
    inside = set(between)
    if inside & _AGAINST:
        return "against"
    if between[:1] == ["to"] or (between[1:2] == ["to"] and between[0] not in _NO_CHANGE):
        return "to"
    if inside <= _JOINTS:
        return "joined"
    if len(between) <= _LONGEST and inside & {",", "and", "or"} and not inside & _VERBS:
        return "listed"
    return "near"


def clustered(words: Sequence[str], before: Quantity, after: Quantity, how: str) -> bool:
    """Whether a figure belongs so closely to the one in front that they share their place: ``79.3% (+2.6%)``, ``from
    47% to 48%``.
    """
    return how == "to" or (how != "apart" and list(words[before.end : after.start]) == ["("])


def shared_units(quantities: Sequence[Quantity], relations: Sequence[str]) -> list[str | None]:
    """The unit of every figure, where it has none that of its list: the one last said, else the next one."""
    units = [q.unit for q in quantities]
    for k in range(1, len(units)):
        if units[k] is None and relations[k] in {"joined", "listed"} and _alike(quantities[k - 1], quantities[k]):
            units[k] = units[k - 1]
    for k in range(len(units) - 1, 0, -1):
        if units[k - 1] is None and relations[k] in {"joined", "to"} and _alike(quantities[k - 1], quantities[k]):
            units[k - 1] = units[k]
    return units


def _alike(a: Quantity, b: Quantity) -> bool:
    return a.signed == b.signed and "word" not in (a.shape, b.shape)
