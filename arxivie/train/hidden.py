"""Fits the models with hidden units of `arxivie.pipes.hidden` on annotated papers, in PyTorch.

The examples and losses are those of `arxivie.train.linear`. A model may go on from another one (``start``): the weights
that know the tagger start from those that know only the text, which many more papers have taught.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from torch import Tensor, nn

from arxivie.pipes.hidden import HiddenModel
from arxivie.pipes.linear import Features
from arxivie.train.descent import descend, warm_then_down
from arxivie.train.examples import Examples, frequent, matrix, numbered

#: the numbers of groups or of their rows
Numbers = NDArray[np.int64]
_RIGHT = ("right",)


@dataclass(frozen=True)
class HiddenSettings:
    """The hyper-parameters of a model.

    ``l2`` and ``l2_hidden`` are the strengths of the penalties on what a feature adds to the scores and to the hidden
    units. Features that fewer than ``at_least`` candidates have are not learned.
    """

    units: int = 32
    l2: float = 3.0
    l2_hidden: float = 1.0
    epochs: int = 5
    batch: int = 128
    learning_rate: float = 3e-3
    dropout: float = 0.3
    at_least: int = 8
    seed: int = 0


class _Net(nn.Module):
    """`HiddenModel`, to be trained."""

    def __init__(self, n_features: int, n_classes: int, units: int, dropout: float) -> None:
        super().__init__()
        self.n_classes = n_classes
        self.rows = nn.EmbeddingBag(n_features, n_classes + units, mode="sum")
        self.bias = nn.Parameter(torch.zeros(units))
        self.out = nn.Linear(units, n_classes, bias=False)
        self.dropout = nn.Dropout(dropout)
        with torch.no_grad():
            self.rows.weight[:, :n_classes] = 0.0
            self.rows.weight[:, n_classes:].normal_(std=0.1)

    def forward(self, x: csr_matrix) -> Tensor:
        """[candidates, features] → [candidates, classes]."""
        indices, starts = (torch.from_numpy(a.astype(np.int64)) for a in (x.indices, x.indptr[:-1]))
        sums = self.rows(indices, starts, per_sample_weights=torch.from_numpy(x.data.astype(np.float32)))
        hidden = torch.relu(sums[:, self.n_classes :] + self.bias)
        scores: Tensor = sums[:, : self.n_classes] + self.out(self.dropout(hidden))
        return scores

    def penalty(self, settings: HiddenSettings) -> Tensor:
        """The L2 penalty."""
        plain, hidden = self.rows.weight[:, : self.n_classes], self.rows.weight[:, self.n_classes :]
        of_hidden = (hidden**2).sum() + (self.out.weight**2).sum()
        return 0.5 * settings.l2 * (plain**2).sum() + 0.5 * settings.l2_hidden * of_hidden

    def take_over(self, start: HiddenModel) -> None:
        """Go on from a model whose features are the first of ours."""
        with torch.no_grad():
            self.rows.weight[: len(start.rows)] = torch.from_numpy(start.rows)
            self.bias.copy_(torch.from_numpy(start.bias))
            self.out.weight.copy_(torch.from_numpy(start.out))


def hidden_choice(examples: Examples, settings: HiddenSettings, start: HiddenModel | None = None) -> HiddenModel:
    """A model with one class whose softmax over a group falls on its right candidates."""
    return _fit_groups(examples, settings, start, alone=False)


def hidden_binary(
    rows: Sequence[Features],
    right: Sequence[bool],
    weights: Sequence[float],
    settings: HiddenSettings,
    start: HiddenModel | None = None,
) -> HiddenModel:
    """The probability that a candidate is right by itself."""
    examples = Examples(list(rows), [1] * len(rows), list(right), list(weights))
    return _fit_groups(examples, settings, start, alone=True)


def hidden_classes(
    rows: Sequence[Features],
    labels: Sequence[str],
    weights: Sequence[float],
    classes: Sequence[str],
    settings: HiddenSettings,
    start: HiddenModel | None = None,
) -> HiddenModel:
    """A distribution over the classes."""
    y = torch.tensor([list(classes).index(label) for label in labels])
    weight = torch.tensor(weights, dtype=torch.float32)

    def loss(scores: Tensor, batch: Numbers, _: Numbers) -> Tensor:
        return weight[batch] @ nn.functional.cross_entropy(scores, y[batch], reduction="none")

    return _fit(rows, [1] * len(rows), classes, loss, settings, start)


def _fit_groups(examples: Examples, settings: HiddenSettings, start: HiddenModel | None, *, alone: bool) -> HiddenModel:
    """``alone``: every candidate has a rival with a score of 0, which is right where the candidate is wrong."""
    sizes = np.asarray(examples.sizes)
    right = torch.tensor(examples.right, dtype=torch.float32)
    weight = torch.tensor(examples.weights, dtype=torch.float32)

    def loss(scores: Tensor, batch: Numbers, members: Numbers) -> Tensor:
        own = torch.from_numpy(np.repeat(np.arange(len(batch)), sizes[batch]))
        good = right[torch.from_numpy(members)]
        if alone:
            return weight[batch] @ nn.functional.binary_cross_entropy_with_logits(scores[:, 0], good, reduction="none")
        top = torch.full((len(batch),), -torch.inf).scatter_reduce(0, own, scores[:, 0].detach(), "amax")
        e = torch.exp(scores[:, 0] - top[own])
        total, best = (torch.zeros(len(batch)).index_add(0, own, part) for part in (e, e * good))
        return weight[batch] @ (torch.log(total) - torch.log(best.clamp_min(1e-12)))

    return _fit(examples.rows, examples.sizes, _RIGHT, loss, settings, start)


def _fit(
    rows: Sequence[Features],
    sizes: Sequence[int],
    classes: Sequence[str],
    loss: Callable[[Tensor, Numbers, Numbers], Tensor],
    settings: HiddenSettings,
    start: HiddenModel | None,
) -> HiddenModel:
    """Gradient descent over groups of rows; ``loss`` takes the scores of a batch, its groups and their rows."""
    torch.manual_seed(settings.seed)
    shuffle = random.Random(settings.seed)
    known = list(start.known) if start is not None else []
    seen = {*known}
    features = known + [f for f in frequent(rows, settings.at_least) if f not in seen]
    x = matrix(rows, numbered(features))
    units = len(start.bias) if start is not None else settings.units
    net = _Net(len(features), len(classes), units, settings.dropout)
    if start is not None:
        net.take_over(start)
    ends = np.cumsum(sizes)
    order = [k for k, size in enumerate(sizes) if size]
    optimizer = torch.optim.Adam(net.parameters(), lr=settings.learning_rate)
    steps = settings.epochs * -(-len(order) // settings.batch)
    schedule = warm_then_down(optimizer, steps, warmup=0.0, least=0.01)
    net.train()
    for _ in range(settings.epochs):
        shuffle.shuffle(order)
        for at in range(0, len(order), settings.batch):
            batch = np.asarray(order[at : at + settings.batch])
            members = np.concatenate([np.arange(ends[g] - sizes[g], ends[g]) for g in batch])
            mean = loss(net(x[members]), batch, members) / len(batch) + net.penalty(settings) / len(order)
            descend(mean, net.parameters(), optimizer, schedule)
    arrays = (p.detach().numpy() for p in (net.rows.weight, net.bias, net.out.weight))
    return HiddenModel(classes, features, *arrays)
