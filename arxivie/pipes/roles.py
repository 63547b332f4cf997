"""What the role of a dataset or a method is weighed by."""

from __future__ import annotations

from collections.abc import Sequence

from arxivie.pipes.candidates import Span
from arxivie.pipes.context import cues
from arxivie.pipes.entities import EntityRecord
from arxivie.pipes.entity_features import Tagged, shape
from arxivie.pipes.sentences import Sentences

ROLES = {"dataset": ("introduced", "used", "mentioned"), "method": ("proposed", "compared", "used", "mentioned")}


def role_features(text: Sentences, e: EntityRecord, peers: Sequence[EntityRecord]) -> dict[str, float]:
    """Features of an entity; ``peers`` are the entities of its label in the order of the text, it among them."""
    f: dict[str, float] = {"bias": 1.0, f"generic={e.generic}": 1.0}
    n, title_end = len(text.words), text.title_end
    first = e.mentions[0][0]
    abstract = next((m for m in e.mentions if m[0] >= title_end), None)
    f[f"title={first < title_end}"] = 1.0
    if first < title_end and e.mentions[0][1] < n and text.words[e.mentions[0][1]] == ":":
        f["title-colon"] = 1.0
    f[f"mentions={min(len(e.mentions), 5)}"] = 1.0
    place = ((abstract or e.mentions[0])[0] - title_end) / max(1, n - title_end)
    f[f"place={int(max(0.0, place) * 5)}"] = 1.0
    f[f"rank={min(peers.index(e), 4)}"] = f[f"peers={min(len(peers), 5)}"] = 1.0
    f[f"shape={shape(e.name)}"] = 1.0
    f[f"known={e.canonical is not None}"] = 1.0
    f[f"known={e.canonical is not None}&title={first < title_end}"] = 1.0
    for start, end in e.mentions[:6]:
        low, high = text.bounds(start)
        words = text.words[low:high]
        a, b = start - low, end - low
        for k in (1, 2, 3):
            f[f"-{k}={words[a - k] if a >= k else '^'}"] = f[f"<{words[a - k] if a >= k else '^'}"] = 1.0
            f[f"+{k}={words[b + k - 1] if b + k <= len(words) else '$'}"] = 1.0
        before, after = set(words[max(0, a - 12) : a]), set(words[b : b + 12])
        for name in ("own", "beat", "evaluate", "past"):
            members = cues()[f"role-{name}"]
            if before & members:
                f[f"{name}<"] = 1.0
            if after & members:
                f[f"{name}>"] = 1.0
            for word in before & members:
                f[f"12<{word}"] = 1.0
        if a == 0:
            f["starts-sentence"] = 1.0
            f[f"starts&+1={words[b] if b < len(words) else '$'}"] = 1.0
    return f


def role_hints(tagged: Tagged | None, mentions: Sequence[Span], label: str) -> dict[str, float]:
    """The tagger's opinion on the role of an entity, as mean log probabilities over its mentions."""
    if tagged is None:
        return {}
    return {f"tagger={role}": hint for role, hint in zip(ROLES[label], tagged.roles(mentions, label), strict=True)}
