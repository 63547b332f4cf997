"""A paper whose every word tries to run, break out or mislead."""

from __future__ import annotations

from datetime import date
from typing import Any

from arxivie.export.records import Record
from arxivie.extent import Extent
from arxivie.facts import Claim, Dataset, Evidence, Facts, Link, Method, Metric, Result, Task
from arxivie.papers import Paper

#: what must never become an element, an attribute or code
PAYLOADS = (
    "</script><script>window.owned=1</script>",
    '"><img src=x onerror="window.owned=2">',
    "'><svg onload=window.owned=3>",
    "<!--<script>window.owned=4//",
    "]]>\u2028window.owned=5\u2029",
    "{{ 7*7 }}{% raw %}${7*7}`",
    "</title></textarea></style><iframe src=javascript:window.owned=6>",
)
#: elements that they name
HOSTILE_TAGS = {"script", "img", "svg", "iframe", "title", "style", "textarea"}
ADDRESSES = (
    "javascript:window.owned=7",
    "JaVaScRiPt:window.owned=8",
    "java\tscript:window.owned=9",
    "data:text/html,<script>window.owned=10</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//example.org/x",
    'https://example.org/"onmouseover="window.owned=11',
    "https://good.example@evil.example/",
    "ftp://example.org/x",
)


def hostile(number: int = 0) -> Record:
    """The paper; several of them share a board and a dataset."""
    bad = PAYLOADS[number % len(PAYLOADS)]
    title = f"{bad} wicked"
    abstract = f"{''.join(PAYLOADS)} reaches 9{number}.5 \u202e and {ADDRESSES[0]} =HYPERLINK(1)"
    text = f"{title}\n{abstract}"

    def evidence(surface: str) -> tuple[Evidence, ...]:
        at = Extent(start := text.rindex(surface), start + len(surface))
        return (Evidence(surface=surface, section="title" if at.end <= len(title) else "abstract", text=at, raw=at),)

    found: dict[str, Any] = {"rules": (PAYLOADS[0],), "found_by": ("rule",), "confidence": 0.5}
    dataset, metric, method = f"={PAYLOADS[1]}", f"+{PAYLOADS[2]}", f"@{PAYLOADS[0]}"
    value = f"9{number}.5"
    facts = Facts(
        datasets=(Dataset(name=dataset, evidence=evidence(PAYLOADS[1]), role="used", **found),),
        methods=(Method(name=method, evidence=evidence(PAYLOADS[0]), role="proposed", canonical=bad, **found),),
        tasks=(Task(name=PAYLOADS[3], evidence=evidence(PAYLOADS[3]), **found),),
        metrics=(Metric(name=metric, evidence=evidence(PAYLOADS[2]), **found),),
        results=(
            Result(value=float(value), unit=PAYLOADS[6], value_text=value, metric=metric, datasets=(dataset,),
                   method=method, task=PAYLOADS[3], baseline=bad, kind="score", quote=abstract,
                   evidence=evidence(value), **found),
        ),
        links=tuple(Link(url=u, kinds=("code",), status="available", evidence=evidence(ADDRESSES[0]), **found)
                    for u in ADDRESSES),
        claims=(Claim(status="sota", quote=bad, datasets=(dataset,), evidence=evidence("reaches"), **found),),
    )  # fmt: skip
    paper = Paper(
        id=f"../../x{number}{PAYLOADS[1]}",
        title=title,
        abstract=abstract,
        authors=PAYLOADS,
        primary=PAYLOADS[0],
        categories=(PAYLOADS[0],),
        published=date(2024, 3, 1 + number),
        doi=PAYLOADS[1],
        journal_ref=PAYLOADS[2],
        comment=PAYLOADS[3],
    )
    return Record(paper=paper, facts=facts, pack=PAYLOADS[1], tagger=PAYLOADS[0])
