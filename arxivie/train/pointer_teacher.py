"""The pointer's teacher: a MiniLM that reads a figure's window with the figure marked. Used in training only."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from arxivie.pipes.decode import QUANTITIES
from arxivie.pipes.pointer import LINKS
from arxivie.train.descent import descend, warm_then_down
from arxivie.train.pointer_examples import FigureExample
from arxivie.train.precision import half_where_native
from arxivie.train.teacher import Prepared, Teacher, TeacherSettings, batches, optimizer_of

#: the figure that is read, and the other ones
_MARKS = 2
#: how much the links of a window weigh in the loss, its kind weighing 1
LINKS_WEIGHT = 0.25
#: wordpieces, padding among them, that are labelled at a time
_BATCH_PIECES = 6000
#: figures that are no results are as many as those that are, and twice as easy: this many are kept for each result
_NO_RESULTS = 0.4


class PointerTeacher(Teacher):
    """A `Teacher` with the heads ``link``, on tokens, and ``kind``, on the mean of the figure's tokens."""

    def __init__(self, dropout: float = 0.15, masked: float = 0.1) -> None:
        super().__init__({"link": len(LINKS), "kind": len(QUANTITIES)}, dropout, masked, marks=_MARKS)

    def read(self, example: FigureExample) -> Prepared:
        """An example as wordpieces."""
        return self.prepare(example.words, example.spaces, example.marks)

    def scores(self, prepared: Sequence[Prepared], examples: Sequence[FigureExample]) -> tuple[Tensor, Tensor]:
        """Scores of the links [all tokens, links] and of the kinds [examples, kinds]."""
        with half_where_native():
            vectors = self(prepared, [len(e.window) for e in examples])
        vectors = vectors.float()
        return self.heads["link"](vectors), self.heads["kind"](figure_means(vectors, examples))


def figure_means(rows: Tensor, examples: Sequence[FigureExample]) -> Tensor:
    """[all tokens, w] → [examples, w]: the mean over the tokens of each example's figure."""
    own = torch.from_numpy(np.concatenate([e.marks for e in examples]) == 1)
    number = torch.from_numpy(np.repeat(np.arange(len(examples)), [len(e.window) for e in examples]))[own]
    sums = rows.new_zeros(len(examples), rows.shape[1]).index_add_(0, number, rows[own])
    counts = rows.new_zeros(len(examples)).index_add_(0, number, rows.new_ones(len(number)))
    return sums / counts.clamp(min=1)[:, None]


def pointer_loss(links: Tensor, kinds: Tensor, examples: Sequence[FigureExample]) -> Tensor:
    """The cross-entropy with the examples' probabilities: of a window's links together, and of its kind."""
    weights = torch.tensor([e.weight for e in examples])
    by_token = torch.repeat_interleave(weights, torch.tensor([len(e.window) for e in examples]))
    wanted = torch.from_numpy(np.concatenate([e.links for e in examples]).astype(np.float32))
    kind = torch.from_numpy(np.stack([e.kinds for e in examples]).astype(np.float32))
    link_loss = nn.functional.cross_entropy(links, wanted, reduction="none") * by_token
    kind_loss = nn.functional.cross_entropy(kinds, kind, reduction="none") * weights
    return (LINKS_WEIGHT * link_loss.sum() + kind_loss.sum()) / len(examples)


def fewer_without_result(examples: Sequence[FigureExample], seed: int) -> list[FigureExample]:
    """All results, and a sample of the figures that are none."""
    results = [e for e in examples if e.kinds[0] < 0.5]
    others = [e for e in examples if e.kinds[0] >= 0.5]
    wanted = min(len(others), max(1, round(_NO_RESULTS * len(results))))
    return results + random.Random(seed).sample(others, wanted)


def train_pointer_teacher(examples: Sequence[FigureExample], settings: TeacherSettings) -> PointerTeacher:
    """A teacher trained on annotated figures."""
    torch.manual_seed(settings.seed)
    shuffle = random.Random(settings.seed)
    chosen = fewer_without_result(examples, settings.seed)
    model = PointerTeacher(settings.dropout, settings.masked)
    prepared = [model.read(e) for e in chosen]
    plan = [
        group
        for _ in range(settings.epochs)
        for group in batches([len(p[0]) for p in prepared], settings.batch_pieces, shuffle)
    ]
    optimizer = optimizer_of(model, settings)
    schedule = warm_then_down(optimizer, len(plan), settings.warmup)
    model.train()
    for group in plan:
        batch = [chosen[i] for i in group]
        loss = pointer_loss(*model.scores([prepared[i] for i in group], batch), batch)
        descend(loss, model.parameters(), optimizer, schedule)
    return model.eval()


@torch.inference_mode()
def label_figures(model: PointerTeacher, examples: Sequence[FigureExample], path: Path) -> None:
    """Give the examples the teacher's probabilities, which are kept in ``path`` and read from there if it exists."""
    if not examples:
        return
    if path.exists():
        ends = np.cumsum([len(e.window) for e in examples])[:-1]
        with np.load(path) as stored:
            for known, rows, row in zip(examples, np.split(stored["links"], ends), stored["kinds"], strict=True):
                known.links, known.kinds = rows, row
        return
    prepared = [model.read(e) for e in examples]
    for group in batches([len(p[0]) for p in prepared], _BATCH_PIECES, None):
        batch = [examples[i] for i in group]
        links, kinds = (scores.softmax(dim=-1) for scores in model.scores([prepared[i] for i in group], batch))
        parts = torch.split(links, [len(e.window) for e in batch])
        for example, part, kind in zip(batch, parts, kinds, strict=True):
            example.links, example.kinds = part.numpy().astype(np.float16), kind.numpy()
    np.savez(path, links=np.concatenate([e.links for e in examples]), kinds=np.stack([e.kinds for e in examples]))
