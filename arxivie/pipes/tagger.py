"""The learned tagger: a trainable spaCy component, and what later components ask of its probabilities.

It adds no spans. For each Doc it stores plain arrays, which survive `Doc.to_bytes` and a DocBin::

    doc.user_data["arxivie_tagger"] = {
        "entity": [tokens, labels], "role": …, "quantity": …, "claim": …,   float16 probabilities, a softmax a head
        "labels": {head: [names of the columns]},
        "pointers": [what each figure points to],                           see `arxivie.pipes.pointer`
        "calibration": {type: [slope, offset]},                             of the confidences, see `calibrated`
    }

The functions below the class read them. How to train one: `arxivie.train`; what the reference looks like:
`arxivie.pipes.targets`.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import srsly  # type: ignore[import-untyped]
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Model
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from arxivie.errors import ConfigurationError
from arxivie.pipes.decode import CLAIM_TYPES, ENTITY_TYPES, HEADS, ROLE_COLUMNS, decode, span_score
from arxivie.pipes.network import build_network
from arxivie.pipes.pointer import LINKS, POINTERS, pointer_places, pointer_window
from arxivie.pipes.pointer_network import build_pointer
from arxivie.pipes.quantities import Quantity, stored_quantities
from arxivie.pipes.sentences import Sentences, with_sentences
from arxivie.pipes.targets import IGNORE, targets
from arxivie.pipes.words import forget_words
from arxivie.resources import MODEL

KEY = "arxivie_tagger"
WEIGHTS, META = "tagger.npz", "meta.json"
#: arrays of more numbers than this are stored in half precision
_HALF_FROM = 20_000
#: a figure that the head ``quantity`` takes for no result with more than this probability is not read by itself; of
#: 1,466 figures of 500 silver papers that are 39%, and the pointer would call two of those a result
_SURELY_NONE = 0.95
#: in front of the names of the pointer's arrays
_POINTER = "pointer."
#: how much each head weighs in the loss of `Tagger.update`
_HEAD_WEIGHTS = {"entity": 1.0, "role": 0.5, "quantity": 0.3, "claim": 0.6}
_ENDS = np.cumsum([len(labels) for labels in HEADS.values()])
#: head -> the numbers of its columns in the network's output
_COLUMNS = dict(zip(HEADS, np.split(np.arange(_ENDS[-1]), _ENDS[:-1]), strict=True))


class Prediction(NamedTuple):
    """What the network makes of a Doc: scores [tokens, labels of all heads], before the softmax, and the rows
    [tokens, width] that they are read from."""

    scores: NDArray[np.float32]
    rows: NDArray[np.float32]


class Tagger(TrainablePipe):  # type: ignore[misc]
    """The component ``arxivie_tagger``.

    Args:
        vocab: the pipeline's vocabulary; the tagger reads no vectors from it.
        model: an ``arxivie.Tagger.v1`` network (`build_network`).
        name: of the component.
        scorer: makes the scores of ``nlp.evaluate``.

    Attributes:
        pointer: the network that reads the figures which `arxivie.pipes.quantities` has found (`build_pointer`); None
            where the tagger has none.
    """

    def __init__(
        self, vocab: Vocab, model: Model[list[Doc], Any], name: str = KEY, *, scorer: Callable[..., Any] | None = None
    ) -> None:
        super().__init__(vocab, model, name)
        self.scorer = scorer
        self.meta: dict[str, Any] = {}
        self.pointer: Model[Any, Any] | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all heads, ``head:label``."""
        return tuple(f"{head}:{label}" for head, labels in HEADS.items() for label in labels)

    def predict(self, docs: Iterable[Doc]) -> list[Prediction]:
        """What the network makes of every Doc."""
        docs = list(docs)
        *body, heads = self.model.layers
        if not any(len(doc) for doc in docs):
            nothing = np.zeros((0, len(self.labels)), dtype=np.float32), np.zeros((0, 0), dtype=np.float32)
            return [Prediction(*nothing) for _ in docs]
        found: Any = docs
        with _one_thread():
            for layer in body:
                found = layer.predict(found)
            return [Prediction(*pair) for pair in zip(heads.predict(found), found, strict=True)]

    def set_annotations(self, docs: Iterable[Doc], predictions: Sequence[Prediction]) -> None:
        """Store the probabilities in ``doc.user_data["arxivie_tagger"]``."""
        temperatures = self.meta.get("temperature", {})
        for doc, found in zip(docs, predictions, strict=True):
            stored: dict[str, Any] = {
                head: softmax(found.scores[:, columns] / temperatures.get(head, 1.0)).astype(np.float16)
                for head, columns in _COLUMNS.items()
            }
            stored["labels"] = {head: list(labels) for head, labels in HEADS.items()}
            stored["calibration"] = self.meta.get("calibration", {})
            if self.pointer is not None:
                stored[POINTERS] = self._point(self.pointer, doc, found.rows, stored["quantity"])
            doc.user_data[KEY] = stored

    @staticmethod
    def _point(
        pointer: Model[Any, Any], doc: Doc, rows: NDArray[np.float32], kinds: NDArray[np.float16]
    ) -> list[dict[str, Any]]:
        """What each figure points to, as `arxivie.pipes.pointer` describes it; ``kinds`` are those of the tokens."""
        figures = stored_quantities(doc)
        made = {q.start: _unread(q, kinds[q.start : q.end]) for q in figures}
        read = [q for q in figures if made[q.start]["kinds"][0] <= _SURELY_NONE]
        if not read:
            return list(made.values())
        text = Sentences(with_sentences(doc))
        windows = [pointer_window(text, q) for q in read]
        places = [pointer_places(text, q, figures, window) for q, window in zip(read, windows, strict=True)]
        with _one_thread():
            found = pointer.predict([(rows[window], place) for window, place in zip(windows, places, strict=True)])
        for q, window, scores in zip(read, windows, found, strict=True):
            own = scores[(q.start <= window) & (window < q.end), len(LINKS) :]
            links = softmax(scores[:, : len(LINKS)]).astype(np.float16)
            kind = softmax(own.mean(axis=0, keepdims=True))[0]
            made[q.start] = {"figure": q.start, "window": window, "links": links, "kinds": kind}
        return list(made.values())

    def get_loss(
        self, examples: Iterable[Example], scores: Sequence[NDArray[np.float32]]
    ) -> tuple[float, list[NDArray[np.float32]]]:
        """The cross-entropy with the reference, and its gradient at the scores: probability less target."""
        loss, gradients = 0.0, []
        tokens = max(1, sum(len(rows) for rows in scores))
        for example, rows in zip(examples, scores, strict=True):
            gold, gradient = reference(example), np.zeros_like(rows)
            for head, columns in _COLUMNS.items():
                known = np.flatnonzero(gold[head] != IGNORE)
                chances = softmax(rows[np.ix_(known, columns)])
                right = gold[head][known], _HEAD_WEIGHTS[head] / tokens
                loss -= float(np.log(chances[np.arange(len(known)), right[0]] + 1e-8).sum()) * right[1]
                chances[np.arange(len(known)), right[0]] -= 1.0
                gradient[np.ix_(known, columns)] = chances * right[1]
            gradients.append(gradient)
        return loss, gradients

    def finish_update(self, sgd: Any) -> None:
        """Apply the gradients; vectors kept for words are dropped, since they have changed, and so is the pointer,
        which was trained on other rows."""
        super().finish_update(sgd)
        forget_words(self.model)
        self.pointer = None

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None, weights: str | None = None
    ) -> None:
        """Allocate the network, or start from a trained one.

        Args:
            get_examples: unused; the labels are fixed.
            weights: a folder written by `to_disk`, or ``"shipped"`` for the tagger in the package. In a config:
                ``[initialize.components.arxivie_tagger] weights = "shipped"``. It brings the floret table along.
        """
        del get_examples, nlp
        if weights:
            load_weights(self, None if weights == "shipped" else Path(weights))
        else:
            self.model.initialize()
            forget_words(self.model)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Weights and meta data as one string."""
        del exclude
        packed: bytes = srsly.msgpack_dumps({"weights": self._pack(), "meta": self._meta()})
        return packed

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Tagger:
        """Take weights and meta data from `to_bytes`."""
        del exclude
        packed = srsly.msgpack_loads(data)
        return self._unpack(packed["weights"], packed["meta"])

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write ``tagger.npz`` and ``meta.json`` into a folder."""
        del exclude
        folder, packed = Path(path), self._pack()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / WEIGHTS).write_bytes(packed)
        meta = {**self._meta(), "digest": hashlib.sha256(packed).hexdigest()}
        (folder / META).write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Tagger:
        """Read what `to_disk` wrote.

        Raises:
            ConfigurationError: where the folder holds no tagger, or one whose weights are not those that it names.
        """
        del exclude
        folder = Path(path)
        try:
            packed = (folder / WEIGHTS).read_bytes()
            meta = json.loads((folder / META).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"{folder} holds no tagger ({WEIGHTS} and {META})") from error
        if meta.get("digest") != hashlib.sha256(packed).hexdigest():
            raise ConfigurationError(f"{folder / WEIGHTS} is not the file that {META} describes (digest)")
        return self._unpack(packed, meta)

    def _meta(self) -> dict[str, Any]:
        types = next(node for node in self.model.walk() if node.name == "word_types")
        meta = {key: value for key, value in self.meta.items() if key != "digest"}
        meta["labels"] = {head: list(labels) for head, labels in HEADS.items()}
        meta["network"] = {**types.attrs["network"]}
        meta["pointer"] = {**self.pointer.attrs["network"]} if self.pointer is not None else None
        return meta

    def _pack(self) -> bytes:
        arrays: dict[str, Any] = {}
        for network, prefix in ((self.model, ""), (self.pointer, _POINTER)):
            for number, node in enumerate(network.walk() if network is not None else ()):
                for name in node.param_names:
                    if node.has_param(name):
                        array = np.asarray(node.get_param(name))
                        kept = np.float16 if array.size > _HALF_FROM else np.float32
                        arrays[f"{prefix}{number}.{node.name}.{name}"] = array.astype(kept)
        stream = io.BytesIO()
        np.savez(stream, **arrays)
        return stream.getvalue()

    def _unpack(self, packed: bytes, meta: dict[str, Any]) -> Tagger:
        if meta.get("labels") != {head: list(labels) for head, labels in HEADS.items()}:
            raise ConfigurationError("the tagger was trained for other labels than this version of arxivie has")
        network = build_network(len(self.labels), **meta["network"])
        pointer = build_pointer(**meta["pointer"]) if meta.get("pointer") else None
        nodes: list[Any] = list(network.walk())
        figure_nodes: list[Any] = list(pointer.walk()) if pointer is not None else []
        with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
            for key in arrays.files:
                number, _, name = key.removeprefix(_POINTER).split(".")
                node = (figure_nodes if key.startswith(_POINTER) else nodes)[int(number)]
                node.set_param(name, np.ascontiguousarray(arrays[key], dtype=np.float32))
        self.model, self.pointer, self.meta = network, pointer, meta
        return self


def _unread(q: Quantity, kinds: NDArray[np.float16]) -> dict[str, Any]:
    """The entry of a figure that is not read: the kinds of its token that least looks like none."""
    nothing = np.zeros((0, len(LINKS)), dtype=np.float16)
    least = kinds[kinds[:, 0].argmin()].astype(np.float32)
    return {"figure": q.start, "window": np.zeros(0, dtype=np.int64), "links": nothing, "kinds": least / least.sum()}


@lru_cache(maxsize=1)
def _threads() -> ThreadpoolController:
    """The thread pools of the linear algebra that numpy has loaded."""
    return ThreadpoolController()


def _one_thread() -> AbstractContextManager[Any]:
    """One thread for the linear algebra: an abstract is too small to share out, more cost more than they bring."""
    many = any(pool.num_threads > 1 for pool in _threads().lib_controllers)
    limited: AbstractContextManager[Any] = _threads().limit(limits=1, user_api="blas") if many else nullcontext()
    return limited


def load_weights(pipe: Tagger, folder: str | Path | None = None) -> Tagger:
    """Give ``pipe`` the weights of a folder, or of the tagger that ships with arxivie."""
    return pipe.from_disk(MODEL if folder is None else folder)


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Row by row."""
    if not scores.size:
        return scores
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def reference(example: Example) -> dict[str, NDArray[np.int64]]:
    """The reference labels of an example.

    Raises:
        ConfigurationError: where reference and prediction differ in their tokens: both must come from the
            ``arxivie.FactTokenizer.v1`` tokenizer.
    """
    if len(example.predicted) != len(example.reference):
        raise ConfigurationError("reference and prediction differ in their tokens: use arxivie.FactTokenizer.v1")
    return targets(example.reference)


def calibrated(score: float, line: Sequence[float] | None) -> float:
    """A span's score as the estimated probability that an annotator would mark it: 1 / (1 + e^-(a·logit + b))."""
    if line is None:
        return score
    score = min(max(score, 1e-4), 1.0 - 1e-4)
    return 1.0 / (1.0 + math.exp(-(line[0] * math.log(score / (1.0 - score)) + line[1])))


def entity_spans(doc: Doc) -> list[tuple[int, int, str, float]]:
    """(start, end, label, probability) of the mentions on the best path; they never overlap.

    Labels: dataset, method, generic_method, task, metric.
    """
    stored = doc.user_data[KEY]
    lines = stored["calibration"]
    return [
        (start, end, ENTITY_TYPES[kind], calibrated(score, lines.get(ENTITY_TYPES[kind])))
        for start, end, kind, score in decode(stored["entity"])
    ]


def span_probability(doc: Doc, start: int, end: int, label: str) -> float:
    """The probability that the tokens ``start:end`` are a mention of ``label``, whatever the best path says."""
    stored = doc.user_data[KEY]
    score = span_score(stored["entity"], start, end, ENTITY_TYPES.index(label))
    return calibrated(score, stored["calibration"].get(label))


def role_probabilities(doc: Doc, start: int, end: int, label: str) -> dict[str, float]:
    """Role -> probability, given that ``start:end`` is a mention of ``label`` (dataset or method)."""
    rows = doc.user_data[KEY]["role"][start:end].tolist()
    mean = {role: sum([row[k] for row in rows]) / len(rows) + 1e-6 for role, k in ROLE_COLUMNS[label].items()}
    total = sum(mean.values())
    return {role: share / total for role, share in mean.items()}


def quantity_probabilities(doc: Doc, token_index: int) -> dict[str, float]:
    """Kind of result (``none`` among them) -> probability, for a token that is a number."""
    row = doc.user_data[KEY]["quantity"][token_index].tolist()
    return dict(zip(HEADS["quantity"], row, strict=True))


def claim_spans(doc: Doc) -> list[tuple[int, int, str, float]]:
    """(start, end, status, probability) of the claims on the best path."""
    stored = doc.user_data[KEY]
    lines = stored["calibration"]
    return [
        (start, end, CLAIM_TYPES[kind], calibrated(score, lines.get(f"claim.{CLAIM_TYPES[kind]}")))
        for start, end, kind, score in decode(stored["claim"])
    ]


def score_tagger(examples: Iterable[Example], **_: Any) -> dict[str, Any]:
    """Exact-span precision, recall and F1 of mentions (also by label) and claims; accuracy of roles and kinds."""
    from arxivie.pipes.scoring import tagger_scores

    return tagger_scores((targets(e.reference), e.predicted.user_data[KEY]) for e in examples)
