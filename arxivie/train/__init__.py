"""Training: the tagger's teachers and student, and the weights of the models that weigh what was found.

The tagger is rebuilt by one command, from corpora that ``arxivie corpus join`` has restored::

    pip install "arxivie[train]"
    python -m arxivie.train --train train.jsonl --more silver.jsonl --dev dev.jsonl --held-out test.jsonl \\
        --abstracts abstracts.jsonl.gz --auxiliary external/ --work build/ --out model/

The steps, each kept in ``--work`` so that a broken run goes on where it stopped: floret vectors on the unlabelled
abstracts, one teacher a seed, the teachers' probabilities for a sample of the abstracts, the distilled student, its
calibration on the development texts. Seeds are fixed; the sums of several threads still differ in the last digits, so
a rebuilt tagger has the same scores to about a point, not the same bytes.

To train the student's network alone, on your own annotated Docs (`arxivie.pipes.targets`), complete this by ``spacy
init fill-config`` and give it to ``spacy train``; `arxivie.train.rebuild.docbin` makes such Docs from joined corpora::

    [nlp]
    lang = "en"
    pipeline = ["arxivie_tagger"]
    [nlp.tokenizer]
    @tokenizers = "arxivie.FactTokenizer.v1"
    [components]
    [components.arxivie_tagger]
    factory = "arxivie_tagger"
    [initialize]
    [initialize.components]
    [initialize.components.arxivie_tagger]
    weights = "shipped"
"""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """The command ``python -m arxivie.train``; needs the extra ``train``. Returns the exit status."""
    from arxivie.train.rebuild import main as run

    return run(arguments)
