"""``spacy train`` trains the component from a DocBin of reference Docs."""

from __future__ import annotations

import json

import numpy as np
import spacy
from spacy.cli.init_config import fill_config
from spacy.cli.train import train

from arxivie.pipes import tagger_factory, tokens
from arxivie.pipes.tagger import entity_spans
from arxivie.train.rebuild import docbin

assert tagger_factory
assert tokens
CONFIG = """
[paths]
train = null
[nlp]
lang = "en"
pipeline = ["arxivie_tagger"]
[nlp.tokenizer]
@tokenizers = "arxivie.FactTokenizer.v1"
[components]
[components.arxivie_tagger]
factory = "arxivie_tagger"
[components.arxivie_tagger.model]
@architectures = "arxivie.Tagger.v1"
width = 24
before = [1, 2]
after = [1]
subword_rows = 500
subword_width = 16
view_rows = 100
view_width = 8
[corpora]
[corpora.train]
@readers = "spacy.Corpus.v1"
path = ${paths.train}
[corpora.dev]
@readers = "spacy.Corpus.v1"
path = ${paths.train}
[training]
seed = 3
max_steps = 60
eval_frequency = 30
dropout = 0.0
[training.optimizer]
@optimizers = "Adam.v1"
learn_rate = 0.01
"""
TEXT = "FooNet reaches 86.3% on CIFAR-10."
RECORD = {
    "id": "1",
    "title": "FooNet",
    "abstract": TEXT,
    "facts": {
        "datasets": [{"name": "CIFAR-10", "surfaces": ["CIFAR-10"], "role": "used"}],
        "methods": [{"name": "FooNet", "surfaces": ["FooNet"], "role": "proposed"}],
    },
}


def test_spacy_train(tmp_path) -> None:
    (tmp_path / "corpus.jsonl").write_text(json.dumps(RECORD) + "\n")
    (tmp_path / "base.cfg").write_text(CONFIG)
    fill_config(tmp_path / "config.cfg", tmp_path / "base.cfg")
    assert docbin([tmp_path / "corpus.jsonl"], tmp_path / "train.spacy") == 1
    train(tmp_path / "config.cfg", tmp_path / "out", overrides={"paths.train": str(tmp_path / "train.spacy")})
    nlp = spacy.load(tmp_path / "out" / "model-last")
    doc = nlp(f"FooNet\n{TEXT}")
    assert {(doc[s:e].text, label) for s, e, label, _ in entity_spans(doc)} == {
        ("FooNet", "method"),
        ("CIFAR-10", "dataset"),
    }
    assert np.isfinite(doc.user_data["arxivie_tagger"]["entity"]).all()
