"""``arxivie check``: whether packs are well-formed, proved by their examples, and in canonical form."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from arxivie.errors import PatternError
from arxivie.resources import patterns_dir
from arxivie.rules.canonical import canonical_files
from arxivie.rules.marks import parse
from arxivie.rules.names import Name, NameIndex, key
from arxivie.rules.pack import Folder, Pack, combine, read_pack
from arxivie.rules.prove import Prover
from arxivie.rules.schema import Rule
from arxivie.text.words import cut

#: the class of words that say nothing about a topic, so that sharing one makes no near miss
FUNCTION_WORDS = "function-word"


@dataclass(frozen=True)
class Finding:
    """Something wrong in a pack.

    Attributes:
        kind: ``schema``, ``example``, ``later``, ``near-miss``, ``need``, ``class``, ``name``, ``measure`` or ``form``.
        where: the file, or the pack's folder.
        subject: the id of the rule, the name or the class.
        message: what is wrong and what to do.
        example, wanted, got, tokens: of an example that does not hold.
    """

    kind: str
    where: str
    subject: str
    message: str
    example: str | None = None
    wanted: str | None = None
    got: str | None = None
    tokens: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.subject}: {self.message}"]
        if self.example is not None:
            lines += [f"  example  {self.example!r}", f"  wanted   {self.wanted}", f"  got      {self.got}"]
            lines.append(f"  tokens   {' | '.join(self.tokens)}")
        return "\n".join(lines)


def check(paths: Sequence[Path] = (), *, fix: bool = False) -> list[Finding]:
    """Everything wrong in the packs at ``paths``, each beside ours; without paths, in ours.

    Args:
        paths: folders of packs.
        fix: rewrite files that are not in canonical form, in place of reporting them.
    """
    ours = patterns_dir()
    findings: list[Finding] = []
    for path in paths or [ours]:
        try:
            forms = list(_forms(path, fix))
            folder = read_pack(path)
            pack = combine([folder] if path.resolve() == ours.resolve() else [read_pack(ours), folder])
            findings += [*forms, *_rules(folder, pack), *_names(folder), *_measures(folder)]
        except PatternError as error:
            findings.append(Finding("schema", str(path), path.name, str(error)))
    return findings


def _forms(path: Path, fix: bool) -> Iterator[Finding]:
    for file, form in canonical_files(path).items():
        if file.read_text("utf-8") == form:
            continue
        if fix:
            file.write_text(form, "utf-8")
        else:
            yield Finding("form", str(file), file.name, "not in canonical form: run `arxivie check --fix`")


def _rules(folder: Folder, pack: Pack) -> Iterator[Finding]:
    prover = Prover(pack)
    for rule in folder.rules:
        if rule.id in folder.header.disable:
            continue
        where = str(folder.path / rule.label / "rules.toml")
        try:
            yield from _examples(rule, where, prover)
            yield from _near_misses(rule, where, pack.words.get(FUNCTION_WORDS, frozenset()))
            yield from _phrase_classes(rule, where, pack)
            for part in prover.idle_parts(rule):
                yield Finding("need", where, rule.id, f"no example needs {part}: add one, or leave it out")
        except PatternError as error:
            yield Finding("schema", where, rule.id, str(error))


def _examples(rule: Rule, where: str, prover: Prover) -> Iterator[Finding]:
    for outcome in prover.outcomes(rule):
        details = (outcome.example, outcome.wanted, outcome.got, outcome.tokens)
        marked = bool(parse(outcome.example).marks)
        if outcome.kind == "later":
            if outcome.holds:
                yield Finding("later", where, rule.id, "this example holds by now: move it to `fires`", *details)
        elif marked != (outcome.kind == "fires"):
            message = "an example that fires must have marks" if not marked else "a silent example must have no marks"
            yield Finding("example", where, rule.id, message, *details)
        elif not outcome.holds:
            yield Finding("example", where, rule.id, f"the example in `{outcome.kind}` does not hold", *details)


def _near_misses(rule: Rule, where: str, function_words: frozenset[str]) -> Iterator[Finding]:
    firing = set().union(*(content_words(parse(example).text, function_words) for example in rule.fires))
    for example in rule.silent:
        text = parse(example).text
        if not content_words(text, function_words) & firing:
            tokens = tuple(cut(text)[0])
            message = "a silent example must be a near miss: share a content word with one that fires"
            yield Finding("near-miss", where, rule.id, message, example, f"one of {sorted(firing)}", "none", tokens)


def content_words(text: str, function_words: frozenset[str]) -> set[str]:
    """The lower-case words of three letters or more that are no function words."""
    return set(re.findall(r"[^\W\d_]{3,}", text.lower())) - function_words


def _phrase_classes(rule: Rule, where: str, pack: Pack) -> Iterator[Finding]:
    """``IS`` stands for one token of a phrase, so a class with phrases of several tokens needs an ``OP``."""
    for token in rule.tokens:
        if token.IS and token.IS[0] == "@" and token.OP not in {"+", "*"}:
            long = sorted(w for w in pack.words[token.IS[1:]] if len(cut(w)[0]) > 1)
            if long:
                yield Finding("class", where, rule.id, f'{token.IS} holds phrases ({long[0]!r}): add OP = "+"')


def _names(folder: Folder) -> Iterator[Finding]:
    sources = folder.path / "sources.toml"
    known = set(tomllib.loads(sources.read_text("utf-8"))) if sources.is_file() else None
    first: dict[tuple[str, str, str], Name] = {}
    for entry in folder.names:
        where = str(folder.path / entry.label)
        if known is not None and entry.source not in known:
            yield Finding("name", where, entry.surface, f"no source {entry.source!r} in sources.toml")
        written = key(entry.surface)
        same = (entry.label, written.casefold(), written if entry.case == "exact" else "")
        other = first.setdefault(same, entry)
        if other is not entry:
            yield Finding("name", where, entry.surface, f"listed twice: {other.name!r} has {other.surface!r} already")
        if entry.context != "never":
            words = cut(entry.surface)[0]
            if not any((s, e) == (0, len(words)) for s, e, _ in NameIndex([entry]).find(words)):
                yield Finding("name", where, entry.surface, "the surface does not find itself: check its characters")


def _measures(folder: Folder) -> Iterator[Finding]:
    named = {entry.name for entry in folder.names if entry.label == "metric"}
    for measure in folder.measures:
        if measure.name not in named:
            where = str(folder.path / "metric" / "measures.tsv")
            yield Finding("measure", where, measure.name, "no name list has this metric")


def main(arguments: Sequence[str]) -> int:
    """``python -m arxivie.rules.check [--fix] [PACK …]``; the exit status is 1 where something is wrong."""
    findings = check([Path(a) for a in arguments if a != "--fix"], fix="--fix" in arguments)
    for finding in findings:
        print(finding)
    print(f"{len(findings)} findings" if findings else "all rules hold")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
