"""The steps of a training run: how learning rates change, and one step of gradient descent."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn


def warm_then_down(
    optimizer: torch.optim.Optimizer, n_steps: int, warmup: float, least: float = 0.0
) -> torch.optim.lr_scheduler.LambdaLR:
    """Learning rates that rise over the share ``warmup`` of the steps and fall to ``least`` of their height."""
    warm = max(1, int(warmup * n_steps))
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(least, (n_steps - s) / max(1, n_steps - warm)))
    )


def descend(
    loss: Tensor,
    parameters: Iterable[nn.Parameter],
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
) -> None:
    """One step down, the gradients of ``parameters`` clipped to a common norm of 1."""
    optimizer.zero_grad(set_to_none=True)
    torch.autograd.backward(loss)
    nn.utils.clip_grad_norm_(parameters, 1.0)
    optimizer.step()
    schedule.step()
