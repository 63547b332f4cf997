"""How learning rates change over a training run."""

from __future__ import annotations

import torch


def warm_then_down(
    optimizer: torch.optim.Optimizer, n_steps: int, warmup: float, least: float = 0.0
) -> torch.optim.lr_scheduler.LambdaLR:
    """Learning rates that rise over the share ``warmup`` of the steps and fall to ``least`` of their height."""
    warm = max(1, int(warmup * n_steps))
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(least, (n_steps - s) / max(1, n_steps - warm)))
    )
