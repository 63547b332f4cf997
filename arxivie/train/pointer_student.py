"""The pointer in PyTorch: trained on a tagger's rows, exported to thinc.

`PointerStudent` mirrors ``arxivie.pipes.pointer_network`` layer by layer (a test holds their outputs equal).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from thinc.api import Model
from torch import Tensor, nn

from arxivie.pipes.pointer import LINKS, N_PLACES
from arxivie.pipes.pointer_network import DILATIONS, N_SCORES, build_pointer
from arxivie.pipes.tagger import Tagger
from arxivie.train.descent import descend, warm_then_down
from arxivie.train.pointer_examples import FigureExample
from arxivie.train.pointer_teacher import figure_means, pointer_loss
from arxivie.train.precision import half_where_native
from arxivie.train.student import Twin, Window, hand_over, nodes_named, take_over, through, window_twins


class PointerStudent(nn.Module):
    """``arxivie.pipes.pointer_network.build_pointer`` with the same sizes."""

    def __init__(
        self, width: int = 160, pieces: int = 2, dilations: Sequence[int] = DILATIONS, dropout: float = 0.1
    ) -> None:
        super().__init__()
        self.shape: dict[str, Any] = {"width": width, "pieces": pieces, "dilations": list(dilations)}
        self.places = nn.Parameter(torch.empty(N_PLACES, width).normal_(std=0.1))
        self.windows = nn.ModuleList(Window(width, pieces, d) for d in dilations)
        self.heads = nn.Linear(width, N_SCORES)
        self.dropout = nn.Dropout(dropout)
        self.pad = sum(dilations)

    def forward(self, rows: Sequence[NDArray[Any]], examples: Sequence[FigureExample]) -> Tensor:
        """Scores of all tokens, one window behind the other: [all tokens, `N_SCORES`]."""
        given = torch.from_numpy(np.concatenate([np.asarray(r, dtype=np.float32) for r in rows]))
        places = torch.from_numpy(np.concatenate([e.places for e in examples]))
        seen = (self.dropout(given) + self.places[places].sum(dim=1)).float()
        scores: Tensor = self.heads(through(self.windows, seen, [len(r) for r in rows], self.pad))
        return scores

    def _twins(self, network: Model[Any, Any]) -> list[Twin]:
        """The nodes of a thinc network of this shape, each with our parameters of the same meaning by its names."""
        nodes = nodes_named(network, "placed", "window", "linear")
        return [
            (nodes["placed"][0], {"places": self.places}),
            (nodes["linear"][0], {"W": self.heads.weight, "b": self.heads.bias}),
            *window_twins(nodes["window"], self.windows),
        ]

    def export(self) -> Model[Any, Any]:
        """The same network in thinc, with the same weights."""
        network = build_pointer(**self.shape)
        network.initialize()
        hand_over(self._twins(network))
        return network

    @classmethod
    def start_from(cls, network: Model[Any, Any], dropout: float = 0.1) -> PointerStudent:
        """A pointer with the weights of a trained network, to be trained on."""
        student = cls(**network.attrs["network"], dropout=dropout)
        take_over(student._twins(network))
        return student


@dataclass
class PointerSettings:
    """The hyper-parameters of the pointer."""

    seed: int = 0
    epochs: int = 8
    batch_figures: int = 48
    learning_rate: float = 2e-3
    weight_decay: float = 0.01
    dropout: float = 0.25
    warmup: float = 0.05
    dilations: tuple[int, ...] = DILATIONS


def train_pointer(
    tagger: Tagger,
    examples: Sequence[FigureExample],
    settings: PointerSettings,
    start: Model[Any, Any] | None = None,
) -> PointerStudent:
    """The pointer of a tagger, trained on its rows, which stay as they are; with ``start`` one that goes on from it."""
    torch.manual_seed(settings.seed)
    shuffle = random.Random(settings.seed)
    docs = {id(e.doc): e.doc for e in examples}
    rows = {key: tagger.predict([doc])[0].rows.astype(np.float16) for key, doc in docs.items()}
    width = next(iter(rows.values())).shape[1]
    if start is None:
        student = PointerStudent(width, dilations=settings.dilations, dropout=settings.dropout)
    else:
        student = PointerStudent.start_from(start, settings.dropout)
    optimizer = torch.optim.AdamW(
        student.parameters(),
        lr=settings.learning_rate,
        weight_decay=settings.weight_decay,
        betas=(0.9, 0.98),
        fused=True,
    )
    n_steps = settings.epochs * -(-len(examples) // settings.batch_figures)
    schedule = warm_then_down(optimizer, n_steps, settings.warmup, least=0.01)
    student.train()
    for _ in range(settings.epochs):
        order = list(range(len(examples)))
        shuffle.shuffle(order)
        for first in range(0, len(order), settings.batch_figures):
            batch = [examples[i] for i in order[first : first + settings.batch_figures]]
            with half_where_native():
                scores = student([rows[id(e.doc)][e.window] for e in batch], batch)
            scores = scores.float()
            kinds = figure_means(scores[:, len(LINKS) :], batch)
            loss = pointer_loss(scores[:, : len(LINKS)], kinds, batch)
            descend(loss, student.parameters(), optimizer, schedule)
    return student.eval()
