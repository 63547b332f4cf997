"""Papers and facts for a terminal: a line a paper, a table of facts, an abstract in colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arxivie.facts import ENTITY_FIELDS, Fact, Facts, Result
from arxivie.papers import Paper

#: label -> style; the letter in front of a highlighted mention tells it without colour
STYLES = {
    "dataset": ("D", "bold green"),
    "method": ("M", "bold blue"),
    "task": ("T", "bold magenta"),
    "metric": ("E", "bold yellow"),
    "result": ("R", "bold red"),
    "link": ("L", "underline cyan"),
    "release": ("P", "italic cyan"),
    "claim": ("C", "italic"),
}
#: of labels added since
_OTHER = ("N", "bold cyan")


def labelled(facts: Facts) -> Iterator[tuple[str, Fact]]:
    """Every fact with its label."""
    rest = {"result": "results", "link": "links", "release": "releases", "claim": "claims"}
    for label, plural in {**ENTITY_FIELDS, **rest}.items():
        for fact in getattr(facts, plural):
            yield label, fact


def figure(result: Result) -> str:
    """A result in one line: ``mIoU 45.3 % on Cityscapes (FooNet)``."""
    sign = {"gain": "+", "loss": "−", "ratio": "", "score": "", "other_score": ""}[result.kind]
    bound = {"exact": "", "at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}[result.bound]
    value = f"{result.value:g}" + (f"–{result.value_max:g}" if result.value_max is not None else "")
    error = f" ± {result.error:g}" if result.error is not None else ""
    unit = {"x": "×", None: ""}.get(result.unit, f" {result.unit}")
    parts = [f"{result.metric or '?'} {bound}{sign}{value}{error}{unit}"]
    if result.datasets:
        parts.append("on " + ", ".join(result.datasets))
    if result.method:
        parts.append(f"({result.method}{', quoted' if result.kind == 'other_score' else ''})")
    if result.baseline:
        parts.append(f"vs {result.baseline}")
    return " ".join(parts)


def papers_table(papers: Iterable[Paper]) -> Table:
    """A row a paper: id, category, title, authors."""
    table = Table("id", "category", "title", "authors", header_style="bold", expand=False)
    for p in papers:
        authors = p.authors[0] + (f" +{len(p.authors) - 1}" if len(p.authors) > 1 else "") if p.authors else ""
        table.add_row(p.id, p.primary or "", Text(p.title), Text(authors))
    return table


def facts_table(papers: Iterable[Paper]) -> Table:
    """A row a paper with its facts in short."""
    table = Table("paper", "facts", header_style="bold", show_lines=True)
    for p in papers:
        facts = p.facts or Facts()
        head = Text(p.id + "\n", style="bold")
        head.append(p.title, style="not bold")
        table.add_row(head, Group(*_lines(facts)))
    return table


def _lines(facts: Facts) -> list[RenderableType]:
    rows = [
        ("dataset", "datasets", ", ".join(f"{d.name} ({d.role})" for d in facts.datasets)),
        ("method", "methods", ", ".join(f"{m.name} ({m.role})" for m in facts.methods if not m.generic)),
        ("task", "tasks", ", ".join(t.name for t in facts.tasks)),
        ("metric", "metrics", ", ".join(m.name for m in facts.metrics)),
        *(
            (label, plural, ", ".join(e.name for e in getattr(facts, plural)))
            for label, plural in ENTITY_FIELDS.items()
            if label not in STYLES
        ),
        ("result", "results", "; ".join(figure(r) for r in facts.results)),
        ("link", "links", ", ".join(f"{x.url} ({'+'.join(x.kinds)}, {x.status})" for x in facts.links)),
        ("release", "releases", ", ".join(f"{'+'.join(r.what)} {r.status}" for r in facts.releases)),
        ("claim", "claims", "; ".join(f"{c.status}: {c.quote}" for c in facts.claims if c.status != "background")),
    ]
    made: list[RenderableType] = []
    for label, name, content in rows:
        if content:
            line = Text(f"{name}: ", style=STYLES.get(label, _OTHER)[1])
            line.append(content, style="not bold not italic not underline default")
            made.append(line)
    return made or [Text("–", style="dim")]


def highlighted(paper: Paper) -> Text:
    """Title and abstract with every mention in the colour of its label and its letter in front."""
    text = Text(paper.text)
    text.stylize("bold", 0, len(paper.title))
    marks: list[tuple[int, str]] = []
    for label, fact in labelled(paper.facts or Facts()):
        letter, style = STYLES.get(label, _OTHER)
        for place in fact.evidence[: 1 if label == "result" else None]:
            text.stylize(style, place.text.start, place.text.end)
            if label not in {"claim", "release"}:
                marks.append((place.text.start, letter))
    made, at = Text(), 0
    for start, letter in sorted(set(marks)):
        made.append_text(text[at:start])
        made.append(f"{letter}:", style="dim")
        at = start
    return made.append_text(text[at:])
