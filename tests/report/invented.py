"""Papers that never were, with facts and evidence: a few thousand of them for tests of scale."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from arxivie.export.records import Record
from arxivie.extent import Extent
from arxivie.facts import (
    Claim,
    Dataset,
    Evidence,
    Facts,
    Link,
    Method,
    Metric,
    ReleaseStatement,
    Result,
    Task,
)
from arxivie.papers import Paper

DATASETS = ["CIFAR-10", "ImageNet", "COCO", "Cityscapes", "SQuAD", "GLUE", "KITTI", "LibriSpeech"]
METRICS = {"accuracy": "%", "mIoU": "%", "F1": "%", "PSNR": "dB", "WER": "%"}
TASKS = ["image classification", "semantic segmentation", "question answering", "speech recognition", "denoising"]
CATEGORIES = ["cs.CV", "cs.CL", "cs.LG", "eess.AS", "stat.ML"]
_SYLLABLES = ("ba", "ko", "ri", "ven", "tas", "mo", "lum", "pex", "dra", "fi", "qua", "zor", "nel", "hix")
_FILLER = (
    "The proposed procedure learns from few examples and needs no tuning of its own.",
    "A careful study of the design shows which of its parts matter and which do not.",
    "Training takes a single machine, since most of the weights are shared between stages.",
    "Earlier work relies on strong supervision, which is costly to collect in practice.",
    "The analysis covers noise, missing values and shifts between the two domains.",
)


class Text:
    """A text that is written piece by piece and remembers where the pieces stand."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.text = title + "\n"

    def say(self, *pieces: str) -> list[Evidence]:
        """Write pieces one behind the other; the evidence of each, in order."""
        made = []
        for piece in pieces:
            made.append(self.evidence(len(self.text), len(self.text) + len(piece)))
            self.text += piece
            made[-1] = self.evidence(*made[-1].text)
        return made

    def evidence(self, start: int, end: int) -> Evidence:
        """The characters [start, end) of what is written so far."""
        extent = Extent(start, end)
        section = "title" if end <= len(self.title) else "abstract"
        return Evidence(surface=self.text[start:end], section=section, text=extent, raw=extent)


def name(rng: random.Random) -> str:
    """A name that nobody has given to anything."""
    return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 3))).title() + rng.choice(["", "-2", "-XL", "Net", "Set"])


def invented(number: int, seed: int = 1) -> Record:
    """The paper of a number: the same for the same number and seed."""
    rng = random.Random(f"{seed}/{number}")
    method, task = name(rng), rng.choice(TASKS)
    text = Text(f"{method}: {rng.choice(['Towards', 'Rethinking', 'On'])} {task} with few labels")
    at = text.title.index(task)
    in_title = [text.evidence(0, len(method)), text.evidence(at, at + len(task))]
    datasets, results, links, releases, claims = [], [], [], [], []
    text.say(f"We study {task}. ", rng.choice(_FILLER), " ")
    ours = text.say("We propose ", method)[1]
    text.say(f", a method for {task}. {rng.choice(_FILLER)} ")
    for dataset in rng.sample(DATASETS, rng.randint(1, 3)):
        metric = rng.choice(list(METRICS))
        unit = METRICS[metric]
        value = round(rng.uniform(20, 99), 1)
        start = len(text.text)
        written = f"{value}{'' if unit == '%' else ' '}{unit}"
        _, on, _, figure, _, measured = text.say("On ", dataset, " it reaches ", written, " ", metric)
        clause = text.evidence(start, len(text.text))
        text.say(". ")
        datasets.append((dataset, on, "used"))
        results.append((value, unit, figure, clause, metric, dataset, measured, "score"))
        for kind, words in (
            ("gain", ("A gain of ", " over the baseline")),
            ("other_score", ("Others have ", "")),
        ):
            if rng.random() < 0.25:
                other = round(rng.uniform(1, 9) if kind == "gain" else rng.uniform(20, 99), 1)
                written = f"{other}{'' if unit == '%' else ' '}{unit}"
                start = len(text.text)
                _, figure, _, _ = text.say(words[0], written, words[1], ". ")
                clause = text.evidence(start, len(text.text) - len(". "))
                results.append((other, unit, figure, clause, metric, dataset, measured, kind))
    if rng.random() < 0.2:
        new = name(rng)
        _, on, _ = text.say("We also introduce ", new, ", a collection of recordings. ")
        datasets.append((new, on, "introduced"))
    text.say(rng.choice(_FILLER), " ")
    if rng.random() < 0.5:
        (clause, _) = text.say("It sets a new state of the art", ". ")
        claims.append((clause, results[0][5]))
    if rng.random() < 0.6:
        url = f"https://example.org/{method.lower()}"
        _, at, _ = text.say("Code is at ", url, ". ")
        links.append((url, at))
    elif rng.random() < 0.5:
        (clause, _) = text.say("The code will be released", ".")
        releases.append(clause)
    found = {"rules": ("dataset.names",), "found_by": ("names",), "confidence": round(rng.uniform(0.5, 1), 3)}
    facts = Facts(
        datasets=tuple(Dataset(name=n, surfaces=(n,), evidence=(e,), role=r, **found) for n, e, r in datasets),
        methods=(Method(name=method, surfaces=(method,), evidence=(in_title[0], ours), role="proposed", confidence=0.97,
                        rules=("method.shape", "method.tagger"), found_by=("model", "rule")),),
        tasks=(Task(name=task, surfaces=(task,), evidence=(in_title[1],), rules=("task.names",), found_by=("names",)),),
        metrics=tuple(Metric(name=m, surfaces=(m,), evidence=(e,)) for m, e in {r[4]: r[6] for r in results}.items()),
        results=tuple(
            Result(value=v, unit=u, value_text=figure.surface, metric=m, datasets=(d,), method=method, task=task,
                   kind=kind, quote=clause.surface, evidence=(figure, clause), rules=("result.score",),
                   found_by=("rule",), confidence=0.9)
            for v, u, figure, clause, m, d, _, kind in results
        ),
        links=tuple(Link(url=u, kinds=("code",), status="available", evidence=(e,)) for u, e in links),
        releases=tuple(
            ReleaseStatement(what=("code",), status="promised", quote=e.surface, evidence=(e,)) for e in releases
        ),
        claims=tuple(Claim(status="sota", quote=e.surface, datasets=(d,), evidence=(e,)) for e, d in claims),
    )  # fmt: skip
    day = date(2024, 1, 1) + timedelta(days=number % 45)
    paper = Paper(
        id=f"24{day.month:02d}.{10000 + number}",
        version=1,
        title=text.title,
        abstract=text.text.removeprefix(text.title + "\n"),
        authors=tuple(f"{name(rng)} {name(rng)}" for _ in range(rng.randint(1, 8))),
        primary=(categories := rng.sample(CATEGORIES, 2))[0],
        categories=tuple(categories),
        published=day,
    )
    return Record(paper=paper, facts=facts, pack="1.0.0")


def inventions(count: int, seed: int = 1) -> Iterator[Record]:
    """The first ``count`` papers."""
    return (invented(number, seed) for number in range(count))
