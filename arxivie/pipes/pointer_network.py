"""The network that reads one figure, in thinc: hidden rows of the tagger, places, dilated windows, a linear layer.

    list[(rows [n, width], places [n, 3])] ──places──▶ windows ──▶ scores ──▶ list[Floats2d [n, labels]]

The rows are those of the tagger's last layer but one, cut to the figure's window; `pointer_places` tells what a place
is. The first columns of the scores are what each word is to the figure (`LINKS`), the others the kinds of result, to
be averaged over the figure's tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import Linear, Model, chain, with_array
from thinc.types import Floats2d

from arxivie.pipes.decode import QUANTITIES
from arxivie.pipes.network import windows
from arxivie.pipes.pointer import LINKS, N_PLACES

#: the rows of a window, and where its tokens stand
Placed = tuple[Floats2d, NDArray[np.int64]]
#: how far apart the neighbours are that each window layer sees
DILATIONS = (1, 2, 4, 8, 16, 1)
N_SCORES = len(LINKS) + len(QUANTITIES)


def build_pointer(
    *, width: int = 160, pieces: int = 2, dilations: Sequence[int] = DILATIONS
) -> Model[list[Placed], list[Floats2d]]:
    """The network, unallocated until `Model.initialize`.

    Args:
        width: of the tagger's rows and of every layer.
        pieces: of the maxout units.
        dilations: of the window layers.
    """
    network: Model[list[Placed], list[Floats2d]] = chain(
        _placed(width), windows(width, pieces, dilations), with_array(Linear(N_SCORES, width))
    )
    network.attrs["network"] = {"width": width, "pieces": pieces, "dilations": list(dilations)}
    return network


def _placed(width: int) -> Model[list[Placed], list[Floats2d]]:
    """Add to every row the vectors of its place."""
    return Model("placed", _placed_forward, init=_placed_init, params={"places": None}, dims={"nO": width})


def _placed_init(model: Any, **_: Any) -> None:
    model.set_param("places", model.ops.alloc2f(N_PLACES, model.get_dim("nO")))


def _placed_forward(model: Any, batch: Any, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:
    table = model.get_param("places")

    def backprop(grads: Any) -> Any:
        d_table = np.zeros_like(table)
        for (_, places), grad in zip(batch, grads, strict=True):
            for column in places.T:
                np.add.at(d_table, column, grad)
        model.inc_grad("places", d_table)
        return [(grad, places) for (_, places), grad in zip(batch, grads, strict=True)]

    return [rows + table[places].sum(axis=1) for rows, places in batch], backprop
