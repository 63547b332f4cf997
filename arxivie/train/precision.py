"""Half precision where it pays: bfloat16 is emulated on processors that do not multiply it, many times as slow."""

from __future__ import annotations

import torch


def half_where_native() -> torch.autocast:
    """A context in which matrices are multiplied as bfloat16 if the processor does so by itself, else as float32."""
    probe = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    native = probe is not None and bool(probe())
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=native)
