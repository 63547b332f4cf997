"""The spaCy factories of arxivie: name -> module and function that makes the component.

Every ``spacy.blank()`` on a user's machine imports this module through the entry points, so it imports nothing of
ours until a component is really made.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from spacy.language import Language

#: spans that a finder adds to
_MENTIONS = ["doc.spans"]


def _make(module: str, function: str, nlp: Language, name: str, **settings: Any) -> Any:
    return getattr(import_module(f"arxivie.pipes.{module}"), function)(nlp, name, **settings)


@Language.factory("arxivie_lexicon", default_config={"packs": []}, assigns=_MENTIONS)
def lexicon(nlp: Language, name: str, packs: list[str]) -> Any:
    """`arxivie.pipes.lexicon.LexiconFinder`."""
    return _make("lexicon", "make_lexicon", nlp, name, packs=packs)


@Language.factory("arxivie_matcher", default_config={"packs": []}, assigns=_MENTIONS)
def matcher(nlp: Language, name: str, packs: list[str]) -> Any:
    """`arxivie.pipes.matcher.RuleFinder`."""
    return _make("matcher", "make_matcher", nlp, name, packs=packs)


@Language.factory("arxivie_abbreviations")
def abbreviations(nlp: Language, name: str) -> Any:
    """`arxivie.pipes.abbreviations.AbbreviationFinder`."""
    return _make("abbreviations", "make_abbreviations", nlp, name)


@Language.factory("arxivie_sentences", assigns=["token.is_sent_start"])
def sentences(nlp: Language, name: str) -> Any:
    """`arxivie.pipes.sentences.SentenceFinder`."""
    return _make("sentences", "make_sentences", nlp, name)


@Language.factory("arxivie_quantities")
def quantities(nlp: Language, name: str) -> Any:
    """`arxivie.pipes.quantities.QuantityFinder`."""
    return _make("quantities", "make_quantities", nlp, name)


@Language.factory("arxivie_resolve", default_config={"packs": []}, requires=["doc.sents"], assigns=_MENTIONS)
def resolve(nlp: Language, name: str, packs: list[str]) -> Any:
    """`arxivie.pipes.resolve.Resolver`."""
    return _make("resolve", "make_resolver", nlp, name, packs=packs)


@Language.factory("arxivie_results", requires=["doc.sents"])
def results(nlp: Language, name: str) -> Any:
    """`arxivie.pipes.results.ResultFinder`."""
    return _make("results", "make_results", nlp, name)


@Language.factory("arxivie_links", default_config={"packs": []}, requires=["doc.sents"], assigns=_MENTIONS)
def links(nlp: Language, name: str, packs: list[str]) -> Any:
    """`arxivie.pipes.links.LinkFinder`."""
    return _make("links", "make_links", nlp, name, packs=packs)


@Language.factory("arxivie_releases", default_config={"packs": []}, requires=["doc.sents"], assigns=_MENTIONS)
def releases(nlp: Language, name: str, packs: list[str]) -> Any:
    """`arxivie.pipes.releases.ReleaseFinder`."""
    return _make("releases", "make_releases", nlp, name, packs=packs)


@Language.factory("arxivie_claims", default_config={"packs": []}, requires=["doc.sents"], assigns=_MENTIONS)
def claims(nlp: Language, name: str, packs: list[str]) -> Any:
    """`arxivie.pipes.claims.ClaimFinder`."""
    return _make("claims", "make_claims", nlp, name, packs=packs)
