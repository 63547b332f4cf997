"""The tagger's network, in thinc: word types, dilated windows, one glance at the whole document, linear heads.

    list[Doc] ──word_types──▶ windows ──▶ document_context ──▶ windows ──▶ heads ──▶ list[Floats2d]

Everything that depends on a word alone (floret subwords, hashed lower case, prefix, suffix and shape, and the layer
that mixes them) is computed once a word and kept, so that a long run pays only for the windows. The output has one row
a token and one column a label of every head, side by side, before the softmax.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from spacy.tokens import Doc
from thinc.api import Linear, Model, chain, with_array
from thinc.initializers import glorot_uniform_init, zero_init
from thinc.types import Floats2d

from arxivie.pipes.words import word_types

_EPSILON = 1e-5
Forward = tuple[Any, Callable[[Any], Any]]


def build_network(
    n_labels: int,
    *,
    width: int = 160,
    pieces: int = 2,
    before: Sequence[int] = (1, 2, 4, 8),
    after: Sequence[int] = (1, 2),
    subword_rows: int = 40_000,
    subword_width: int = 128,
    view_rows: int = 3_000,
    view_width: int = 64,
) -> Model[list[Doc], list[Floats2d]]:
    """The network, unallocated until `Model.initialize`.

    Args:
        n_labels: columns of the output, all heads together.
        width: of the hidden vectors; ``pieces``: of the maxout units.
        before, after: how far apart the neighbours are that each window layer sees (its dilation), before and after
            the glance at the whole document.
        subword_rows, subword_width: the floret table's size; it is given, not trained by ``update``.
        view_rows, view_width: the tables of the hashed views.
    """
    sizes = {name: value for name, value in locals().items() if name != "n_labels"}
    types = word_types(width, pieces, subword_rows, subword_width, view_rows, view_width)
    # what `build_network` must be called with to read the weights back
    types.attrs["network"] = {name: list(v) if isinstance(v, (list, tuple)) else v for name, v in sizes.items()}
    layers: list[Model[Any, Any]] = [types, windows(width, pieces, before), document_context(width)]
    if after:
        layers.append(windows(width, pieces, after))
    layers.append(with_array(Linear(n_labels, width, init_W=zero_init)))
    return chain(*layers)


def windows(width: int, pieces: int, dilations: Sequence[int]) -> Model[list[Floats2d], list[Floats2d]]:
    """The window layers over documents with rows of zeros between them, as many as the windows use up at an end."""
    steps = [window(width, pieces, d) for d in dilations]
    inner: Model[Any, Any] = chain(*steps) if len(steps) > 1 else steps[0]
    return Model("windows", _windows_forward, init=_windows_init, layers=[inner], attrs={"pad": sum(dilations)})


def _windows_init(model: Any, **_: Any) -> None:
    model.layers[0].initialize()


def _windows_forward(model: Any, docs: Any, is_train: bool) -> Forward:
    pad = model.attrs["pad"]
    between = np.zeros((pad, docs[0].shape[1]), dtype=np.float32)
    starts = list(accumulate((len(x) + pad for x in docs), initial=0))
    rows, inner_backprop = model.layers[0](
        np.concatenate([between, *(y for x in docs for y in (x, between))]), is_train
    )

    def parts(flat: Any, first: int) -> list[Any]:
        return [flat[first + start : first + start + len(x)] for start, x in zip(starts, docs, strict=False)]

    def backprop(grads: Any) -> Any:
        flat = np.zeros_like(rows)
        for part, grad in zip(parts(flat, 0), grads, strict=True):
            part += grad
        return parts(inner_backprop(flat), pad)

    return parts(rows, 0), backprop


def window(width: int, pieces: int, dilation: int) -> Model[Floats2d, Floats2d]:
    """[n + 2d, w] → [n, w]: x + LayerNorm(Maxout(x before, x, x behind)), the neighbours d (``dilation``) rows away.

    The first and the last d rows are neighbours only. ``W`` has shape [3, width, width * pieces]: one matrix for the
    row before, the row itself and the row behind. ``G`` and ``b_norm`` are the norm's scale and shift.
    """
    return Model(
        "window",
        _window_forward,
        init=_window_init,
        params={"W": None, "b": None, "G": None, "b_norm": None},
        dims={"nO": width, "nI": width, "nP": pieces},
        attrs={"dilation": dilation, "dropout_rate": 0.0},
    )


def _window_init(model: Any, **_: Any) -> None:
    width, pieces = model.get_dim("nO"), model.get_dim("nP")
    flat: Any = glorot_uniform_init(model.ops, (width * pieces, 3 * width))
    model.set_param("W", model.ops.as_contig(flat.T.reshape(3, width, width * pieces)))
    model.set_param("b", model.ops.alloc1f(width * pieces))
    model.set_param("G", model.ops.alloc1f(width) + 1.0)
    model.set_param("b_norm", model.ops.alloc1f(width))


def _window_forward(model: Any, rows: Any, is_train: bool) -> Forward:
    d, width, pieces = model.attrs["dilation"], model.get_dim("nO"), model.get_dim("nP")
    w, g = model.get_param("W"), model.get_param("G")
    n = len(rows) - 2 * d
    middle = rows[d : d + n]
    seen = np.hstack([rows[:n], middle, rows[2 * d :]])
    # numpy's own product is two to three times as fast as thinc's here
    raw = seen @ w.reshape(3 * width, -1)
    raw += model.get_param("b")
    best, which = model.ops.maxout(raw.reshape((n, width, pieces)))
    centred = best - best.mean(axis=1, keepdims=True)
    spread = 1.0 / np.sqrt(np.einsum("ij,ij->i", centred, centred) / width + _EPSILON)[:, None]
    normal = centred * spread
    added = normal * g
    added += model.get_param("b_norm")
    drop = model.attrs["dropout_rate"] if is_train else 0.0
    mask = (np.random.random(added.shape) >= drop).astype(np.float32) / (1.0 - drop) if drop else None
    if mask is not None:
        added *= mask

    def backprop(grad: Any) -> Any:
        back = grad if mask is None else grad * mask
        model.inc_grad("G", (back * normal).sum(axis=0))
        model.inc_grad("b_norm", back.sum(axis=0))
        d_normal = back * g
        mean_of = d_normal.mean(axis=1, keepdims=True)
        d_best = spread * (d_normal - mean_of - normal * (d_normal * normal).mean(axis=1, keepdims=True))
        d_raw = model.ops.backprop_maxout(np.ascontiguousarray(d_best), which, pieces).reshape(n, width * pieces)
        model.inc_grad("W", (seen.T @ d_raw).reshape(w.shape))
        model.inc_grad("b", d_raw.sum(axis=0))
        d_seen = d_raw @ w.reshape(3 * width, -1).T
        d_rows = np.zeros_like(rows)
        d_rows[:n] += d_seen[:, :width]
        d_rows[d : d + n] += d_seen[:, width : 2 * width] + grad
        d_rows[2 * d :] += d_seen[:, 2 * width :]
        return d_rows

    return middle + added, backprop


def document_context(width: int) -> Model[list[Floats2d], list[Floats2d]]:
    """Add to every row a linear map of the mean and the maximum over its document."""
    return Model(
        "document_context",
        _context_forward,
        init=_context_init,
        params={"W": None, "b": None},
        dims={"nO": width, "nI": 2 * width},
    )


def _context_init(model: Any, **_: Any) -> None:
    width = model.get_dim("nO")
    model.set_param("W", glorot_uniform_init(model.ops, (width, 2 * width)))
    model.set_param("b", model.ops.alloc1f(width))


def _context_forward(model: Any, docs: Any, is_train: bool) -> Forward:
    w, b = model.get_param("W"), model.get_param("b")
    width = model.get_dim("nO")
    empty = model.ops.alloc1f(2 * width)
    seen = model.ops.xp.stack(
        [model.ops.xp.concatenate([x.mean(axis=0), x.max(axis=0)]) if len(x) else empty for x in docs]
    )
    added = model.ops.gemm(seen, w, trans2=True) + b

    def backprop(grads: Any) -> Any:
        d_added = model.ops.xp.stack([g.sum(axis=0) for g in grads])
        model.inc_grad("W", model.ops.gemm(d_added, seen, trans1=True))
        model.inc_grad("b", d_added.sum(axis=0))
        d_seen = model.ops.gemm(d_added, w)
        out = []
        for x, grad, d in zip(docs, grads, d_seen, strict=True):
            back = grad.copy()
            if len(x):
                back += d[:width] / len(x)
                back[x.argmax(axis=0), np.arange(width)] += d[width:]
            out.append(back)
        return out

    return [x + row for x, row in zip(docs, added, strict=True)], backprop
