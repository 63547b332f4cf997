"""The tagger's first layer: a vector for every token, made of its word and its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.lang.lex_attrs import word_shape
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from spacy.vectors import Vectors  # type: ignore[import-not-found]
from thinc.api import Model
from thinc.initializers import glorot_uniform_init
from thinc.types import Floats2d

#: a token's place: 0 the title, 1-8 the eighths of what follows it
N_PLACES = 9
#: hashed views of a word beside its subwords
N_VIEWS = 4
SUBWORDS: dict[str, Any] = {"minn": 3, "maxn": 5, "hash_count": 2, "hash_seed": 2166136261, "bow": "<", "eow": ">"}
_KEPT_WORDS = 60_000
_LINE_BREAK = hash_string("\n")
Forward = tuple[Any, Callable[[Any], Any]]


def word_views(word: str) -> tuple[int, int, int, int]:
    """The hashes of lower case, first character, last three characters and shape."""
    views = (word.lower(), word[:1], word[-3:], word_shape(word))
    return tuple(hash_string(view) for view in views)


def spelling(doc: Doc) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The words' hashes [tokens], and [tokens, 2]: whether whitespace stands in front; `N_PLACES` numbers.

    What stands before the first line break counts as the title; without one there is no title.
    """
    n = len(doc)
    spots = np.zeros((n, 2), dtype=np.int64)
    if n == 0:
        return np.zeros(0, dtype=np.uint64), spots
    columns = doc.to_array(["ORTH", "SPACY"])
    words: NDArray[np.uint64] = columns[:, 0].astype(np.uint64)
    spots[1:, 0] = columns[:-1, 1] != 0
    breaks = np.flatnonzero(words == _LINE_BREAK)
    break_at = int(breaks[0]) if len(breaks) else -1
    rest = np.arange(n) - break_at - 1
    spots[:, 1] = np.where(rest < 0, 0, 1 + (8 * np.maximum(rest, 0)) // max(1, n - break_at - 1))
    return words, spots


def word_types(
    width: int, pieces: int, subword_rows: int, subword_width: int, view_rows: int, view_width: int
) -> Model[list[Doc], list[Floats2d]]:
    """A vector for every token: a maxout mix of its word's subwords and views, plus its place."""
    n_in = subword_width + N_VIEWS * view_width
    return Model(
        "word_types",
        _types_forward,
        init=_types_init,
        params={"subwords": None, "views": None, "W": None, "b": None, "places": None},
        dims={"nO": width, "nP": pieces, "nI": n_in, "nM": subword_width, "nV": view_width},
        attrs={"sizes": (subword_rows, view_rows), "kept": {}},
    )


def _types_init(model: Any, **_: Any) -> None:
    subword_rows, view_rows = model.attrs["sizes"]
    xp, f = model.ops.xp, "float32"
    n_out, n_pieces, n_in = model.get_dim("nO"), model.get_dim("nP"), model.get_dim("nI")
    rng = np.random.default_rng(int(np.random.randint(2**31)))
    if not model.has_param("subwords"):
        model.set_param("subwords", xp.asarray(rng.normal(0, 0.1, (subword_rows, model.get_dim("nM"))), dtype=f))
    views = rng.uniform(-0.1, 0.1, (N_VIEWS, view_rows, model.get_dim("nV")))
    model.set_param("views", xp.asarray(views, dtype=f))
    model.set_param("W", glorot_uniform_init(model.ops, (n_out * n_pieces, n_in)))
    model.set_param("b", model.ops.alloc1f(n_out * n_pieces))
    model.set_param("places", model.ops.alloc2f(2 + N_PLACES, n_out))


def forget_words(network: Any) -> None:
    """Drop the vectors kept for words; needed after any change of the weights."""
    for node in network.walk():
        if node.name == "word_types":
            node.attrs["kept"].clear()


def subword_vectors(table: Any) -> Vectors:
    """The floret table as spaCy vectors, which know the subwords of a word."""
    return Vectors(mode="floret", data=table, **SUBWORDS)


def view_rows_of(words: Sequence[str], size: int, ops: Any) -> NDArray[np.int64]:
    """[words, views, 4]: the four rows of each view's table that a word is the sum of."""
    keys = np.asarray([word_views(word) for word in words], dtype=np.uint64).reshape(-1, N_VIEWS)
    out = np.zeros((len(words), N_VIEWS, 4), dtype=np.int64)
    for view in range(N_VIEWS):
        out[:, view] = ops.hash(np.ascontiguousarray(keys[:, view]), view + 1) % size
    return out


def _mix(model: Any, words: Sequence[str]) -> tuple[Any, Any, Any, Any]:
    """(inputs [n, n_in], winning pieces, outputs [n, n_out], view rows) of the words."""
    n_out, n_pieces = model.get_dim("nO"), model.get_dim("nP")
    views = model.get_param("views")
    rows = view_rows_of(words, views.shape[1], model.ops)
    parts = [subword_vectors(model.get_param("subwords")).get_batch(words)]
    parts += [views[view][rows[:, view]].sum(axis=1) for view in range(N_VIEWS)]
    inputs = np.ascontiguousarray(np.hstack(parts), dtype=np.float32)
    raw = model.ops.gemm(inputs, model.get_param("W"), trans2=True) + model.get_param("b")
    best, which = model.ops.maxout(raw.reshape(len(words), n_out, n_pieces))
    return inputs, which, best, rows


def _types_forward(model: Any, docs: list[Doc], is_train: bool) -> Forward:
    table = model.get_param("places")
    spelled = [spelling(doc) for doc in docs]
    splits = np.cumsum([len(words) for words, _ in spelled])[:-1]
    spots = np.concatenate([spots for _, spots in spelled])
    types, order = np.unique(np.concatenate([words for words, _ in spelled]), return_inverse=True)
    kept: dict[int, Any] = model.attrs["kept"]
    if is_train or len(kept) > _KEPT_WORDS:
        kept.clear()
    keys = types.tolist()
    new = [key for key in keys if key not in kept]
    strings: Any = docs[0].vocab.strings if docs else None
    mixed: tuple[Any, Any, Any, Any] = (None,) * 4
    if new:
        mixed = _mix(model, [strings[key] for key in new])
    inputs, which, best, rows = mixed
    if is_train:
        vectors = best[order] if new else model.ops.alloc2f(0, table.shape[1])
    else:
        kept.update(zip(new, best if new else (), strict=True))
        vectors = np.array([kept[key] for key in keys], dtype=np.float32).reshape(-1, table.shape[1])[order]
    out = np.split(vectors + table[spots[:, 0]] + table[2 + spots[:, 1]], splits)

    def backprop(grads: Any) -> list[Doc]:
        grad = np.concatenate(grads)
        d_table = np.zeros_like(table)
        np.add.at(d_table, spots[:, 0], grad)
        np.add.at(d_table, 2 + spots[:, 1], grad)
        model.inc_grad("places", d_table)
        if not new:
            return docs
        d_best = np.zeros_like(best)
        np.add.at(d_best, order, grad)
        n_out, n_pieces = model.get_dim("nO"), model.get_dim("nP")
        d_raw = model.ops.backprop_maxout(d_best, which, n_pieces).reshape(len(new), n_out * n_pieces)
        model.inc_grad("b", d_raw.sum(axis=0))
        model.inc_grad("W", model.ops.gemm(d_raw, inputs, trans1=True))
        d_inputs = model.ops.gemm(d_raw, model.get_param("W"))
        d_views = np.zeros_like(model.get_param("views"))
        first, n_view = model.get_dim("nM"), model.get_dim("nV")
        for view in range(N_VIEWS):
            part = d_inputs[:, first + view * n_view : first + (view + 1) * n_view]
            for k in range(4):
                np.add.at(d_views[view], rows[:, view, k], part)
        model.inc_grad("views", d_views)
        return docs

    return out, backprop
