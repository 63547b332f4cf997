"""The student: the tagger's own network, written a second time in PyTorch, distilled and exported to thinc.

`Student` mirrors ``arxivie.pipes.network`` layer by layer (a test holds their outputs equal); training it here is many
times as fast as in thinc and also tunes the floret table. Each text has a *soft* target: a probability for every label
of every token, the teachers' for unlabelled texts, the annotators' for annotated ones. The gradient at the outputs is
then the student's probability less the target's.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model
from torch import Tensor, nn

from arxivie.pipes.decode import HEADS
from arxivie.pipes.network import build_network
from arxivie.pipes.words import N_PLACES, N_VIEWS
from arxivie.train.descent import descend, warm_then_down
from arxivie.train.precision import half_where_native
from arxivie.train.soft import Lexicon, SoftExample

#: how much each head weighs in the loss
HEAD_WEIGHTS = {"entity": 1.0, "role": 0.5, "quantity": 0.3, "claim": 0.6}


def maxout(raw: Tensor, pieces: int) -> Tensor:
    """[n, w * pieces] → [n, w]: the largest of every ``pieces`` neighbours."""
    parts = raw.reshape(len(raw), -1, pieces).unbind(dim=-1)
    best = parts[0]
    for part in parts[1:]:
        best = torch.maximum(best, part)
    return best


class Window(nn.Module):
    """``arxivie.pipes.network.window``."""

    def __init__(self, width: int, pieces: int, dilation: int) -> None:
        super().__init__()
        self.dilation, self.pieces = dilation, pieces
        self.W = nn.Parameter(torch.empty(3, width, width * pieces))
        limit = (6 / (width * pieces + 3 * width)) ** 0.5
        nn.init.uniform_(self.W, -limit, limit)
        self.b = nn.Parameter(torch.zeros(width * pieces))
        self.norm = nn.LayerNorm(width)

    def forward(self, rows: Tensor) -> Tensor:
        """[n, w] → [n, w]."""
        d, pad = self.dilation, nn.functional.pad
        raw = torch.addmm(self.b, rows, self.W[1])
        raw = raw + pad(rows[:-d] @ self.W[0], (0, 0, d, 0)) + pad(rows[d:] @ self.W[2], (0, 0, 0, d))
        best = maxout(raw, self.pieces)
        added: Tensor = self.norm(best.float())
        return rows + added


def through(blocks: nn.ModuleList, rows: Tensor, sizes: Sequence[int], pad: int) -> Tensor:
    """The rows of texts through window blocks, with ``pad`` rows of zeros around every text."""
    starts = np.cumsum([pad, *(size + pad for size in sizes[:-1])])
    index = torch.from_numpy(np.concatenate([np.arange(a, a + n) for a, n in zip(starts, sizes, strict=True)]))
    padded = rows.new_zeros(sum(sizes) + pad * (len(sizes) + 1), rows.shape[1]).index_copy(0, index, rows)
    for block in blocks:
        padded = block(padded)
    return padded[index]


#: a node of a thinc network, and our parameters of the same meaning by its names
Twin = tuple[Any, dict[str, Any]]


def nodes_named(network: Any, *names: str) -> dict[str, list[Any]]:
    """Name -> the nodes of a thinc network that bear it, from the input on."""
    return {name: [n for n in network.walk(order="dfs_pre") if n.name == name] for name in names}


def window_twins(nodes: Sequence[Any], blocks: Iterable[Any]) -> list[Twin]:
    """The window nodes of a thinc network with the parameters of our `Window` blocks, in their order."""
    return [
        (node, {"W": block.W, "b": block.b, "G": block.norm.weight, "b_norm": block.norm.bias})
        for node, block in zip(nodes, blocks, strict=True)
    ]


def hand_over(twins: Iterable[Twin]) -> None:
    """Give thinc nodes the values of our parameters."""
    for node, weights in twins:
        for name, weight in weights.items():
            node.set_param(name, np.ascontiguousarray(weight.detach().float().numpy()))


def take_over(twins: Iterable[Twin]) -> None:
    """Give our parameters the values of thinc nodes."""
    with torch.no_grad():
        for node, weights in twins:
            for name, weight in weights.items():
                weight.copy_(torch.from_numpy(np.asarray(node.get_param(name))))


class Student(nn.Module):
    """``arxivie.pipes.network.build_network`` with the same sizes."""

    def __init__(
        self,
        floret: NDArray[np.float32],
        width: int = 160,
        pieces: int = 2,
        before: Sequence[int] = (1, 2, 4, 8),
        after: Sequence[int] = (1, 2),
        view_rows: int = 3_000,
        view_width: int = 64,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.shape = {
            "width": width, "pieces": pieces, "before": list(before), "after": list(after),
            "subword_rows": floret.shape[0], "subword_width": floret.shape[1],
            "view_rows": view_rows, "view_width": view_width,
        }  # fmt: skip
        self.pieces, self.pads = pieces, (sum(before), sum(after))
        self.subwords = nn.Parameter(torch.from_numpy(floret.astype(np.float32)))
        self.views = nn.Parameter(torch.empty(N_VIEWS, view_rows, view_width).uniform_(-0.1, 0.1))
        self.mix = nn.Linear(floret.shape[1] + N_VIEWS * view_width, width * pieces)
        self.places = nn.Parameter(torch.zeros(2 + N_PLACES, width))
        self.before = nn.ModuleList(Window(width, pieces, d) for d in before)
        self.context = nn.Linear(2 * width, width)
        self.after = nn.ModuleList(Window(width, pieces, d) for d in after)
        self.heads = nn.Linear(width, sum(map(len, HEADS.values())))
        self.dropout, self.hidden = nn.Dropout(dropout), 0.0

    def types(self, rows: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """Vectors of words: [words, width]."""
        flat, starts, view_rows = rows
        parts = [nn.functional.embedding_bag(flat, self.subwords, starts, mode="mean")]
        parts += [self.views[v][view_rows[:, v]].sum(dim=1) for v in range(N_VIEWS)]
        mixed: Tensor = self.mix(torch.cat(parts, dim=1))
        return maxout(mixed, self.pieces)

    def forward(self, examples: Sequence[SoftExample], lexicon: Lexicon) -> Tensor:
        """Scores of all labels of all tokens, one text behind the other: [tokens, labels]."""
        numbers, order = np.unique(np.concatenate([e.words for e in examples]), return_inverse=True)
        types = self.types(lexicon.rows(numbers))
        tokens = self.dropout(types)[torch.from_numpy(order)]
        if self.training and self.hidden:
            tokens = tokens * (torch.rand(len(tokens), 1) >= self.hidden)
        spots = torch.from_numpy(np.concatenate([e.spots for e in examples]))
        rows = (tokens + self.places[spots[:, 0]] + self.places[2 + spots[:, 1]]).float()
        sizes = [len(e.words) for e in examples]
        rows = through(self.before, rows, sizes, self.pads[0])
        parts = torch.split(rows, sizes)
        seen = torch.stack([torch.cat([p.mean(dim=0), p.amax(dim=0)]) for p in parts])
        added = self.context(seen).float()
        rows = rows + added[torch.repeat_interleave(torch.arange(len(sizes)), torch.tensor(sizes))]
        rows = through(self.after, rows, sizes, self.pads[1])
        scores: Tensor = self.heads(rows)
        return scores.float()

    def _twins(self, network: Any) -> list[Twin]:
        """The nodes of a thinc network of this shape, each with our parameters of the same meaning by its names."""
        nodes = nodes_named(network, "word_types", "window", "linear", "document_context")
        return [
            (nodes["word_types"][0], {"subwords": self.subwords, "views": self.views, "W": self.mix.weight,
                                      "b": self.mix.bias, "places": self.places}),
            (nodes["document_context"][0], {"W": self.context.weight, "b": self.context.bias}),
            (nodes["linear"][-1], {"W": self.heads.weight, "b": self.heads.bias}),
            *window_twins(nodes["window"], [*self.before, *self.after]),
        ]  # fmt: skip

    def export(self) -> Model[list[Doc], Any]:
        """The same network in thinc, with the same weights."""
        network = build_network(sum(map(len, HEADS.values())), **self.shape)
        network.initialize()
        hand_over(self._twins(network))
        return network

    @classmethod
    def start_from(cls, network: Model[list[Doc], Any], dropout: float = 0.1) -> Student:
        """A student with the weights of a trained network, to be trained on."""
        types: Any = next(node for node in network.walk() if node.name == "word_types")
        sizes = dict(types.attrs["network"])
        rows, columns = sizes.pop("subword_rows"), sizes.pop("subword_width")
        student = cls(np.zeros((rows, columns), dtype=np.float32), dropout=dropout, **sizes)
        take_over(student._twins(network))
        return student


@dataclass
class StudentSettings:
    """The hyper-parameters of the distillation."""

    seed: int = 0
    epochs: int = 6
    batch_tokens: int = 4000
    learning_rate: float = 2e-3
    table_learning_rate: float = 1e-3
    dropout: float = 0.1
    hidden_words: float = 0.03
    warmup: float = 0.03


def distillation_loss(scores: Tensor, examples: Sequence[SoftExample]) -> Tensor:
    """Cross-entropy with the soft targets, weighed by token and head, per token of the batch."""
    total, at = torch.zeros(()), 0
    n = len(scores)
    for head, labels in HEADS.items():
        soft = torch.from_numpy(np.concatenate([e.soft[head] for e in examples]).astype(np.float32))
        care = torch.from_numpy(np.concatenate([e.care[head] for e in examples]).astype(np.float32))
        losses = -(soft * scores[:, at : at + len(labels)].log_softmax(dim=-1)).sum(dim=-1)
        total = total + HEAD_WEIGHTS[head] * (losses * care).sum() / n
        at += len(labels)
    return total


def distil(
    student: Student,
    examples: Sequence[SoftExample],
    lexicon: Lexicon,
    settings: StudentSettings,
    after_epoch: Callable[[int, Student], None] | None = None,
) -> Student:
    """Train the student on the examples, seeded."""
    torch.manual_seed(settings.seed)
    shuffle = random.Random(settings.seed)
    lexicon.freeze()
    student.hidden = settings.hidden_words
    tables = [student.subwords, student.views]
    named = {id(t) for t in tables}
    rest = [p for p in student.parameters() if id(p) not in named]
    groups = [{"params": rest, "lr": settings.learning_rate, "weight_decay": 0.01},
              {"params": tables, "lr": settings.table_learning_rate, "weight_decay": 0.0}]  # fmt: skip
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    per_epoch = -(-sum(len(e.words) for e in examples) // settings.batch_tokens)
    n_steps = per_epoch * settings.epochs
    schedule = warm_then_down(optimizer, n_steps, settings.warmup, least=0.01)
    for epoch in range(1, settings.epochs + 1):
        student.train()
        order = list(range(len(examples)))
        shuffle.shuffle(order)
        batch: list[SoftExample] = []
        size = 0
        for position, i in enumerate(order):
            batch.append(examples[i])
            size += len(examples[i].words)
            if size < settings.batch_tokens and position < len(order) - 1:
                continue
            with half_where_native():
                scores = student(batch, lexicon)
            loss = distillation_loss(scores.float(), batch)
            descend(loss, rest, optimizer, schedule)
            batch, size = [], 0
        if after_epoch:
            after_epoch(epoch, student.eval())
    return student.eval()
