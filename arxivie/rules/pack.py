"""A pack: the rules, names and word classes of one folder, or of ours with a user's beside it.

::

    pack.toml            version, licence, disable
    words.toml           [class] why, words or regex          <label>/words.toml   more of them
    <label>/rules.toml   [[rule]] …
    <label>/names*.tsv   name, surface, case, context, source
    metric/measures.tsv  name, better, unit

A user's pack has the same shape. Its rules replace ours of the same id, its names and classes come before ours, and
``disable = ["dataset.named-corpus"]`` in its ``pack.toml`` switches rules or whole name lists off. A name with the
context ``never`` is never found, whoever proposes it.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from arxivie.errors import PatternError
from arxivie.resources import patterns_dir
from arxivie.rules.names import Name, key, read_names
from arxivie.rules.schema import Rule, WordClass

MEASURE_COLUMNS = ("name", "better", "unit")
_Item = TypeVar("_Item", Rule, Name)


class Measure(NamedTuple):
    """A metric: whether ``higher`` or ``lower`` is better, and its usual unit (None: a bare number)."""

    name: str
    better: Literal["higher", "lower"]
    unit: str | None


class Header(BaseModel):
    """The contents of ``pack.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: str
    licence: str
    disable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pack:
    """Everything that ``patterns/`` holds for finding mentions.

    Attributes:
        version: the version of our pack; with user packs ``1.0.0+name-0.1.0``.
        digest: the first 16 hex digits of the SHA-256 of all files.
        rules: label -> its rules, by id. names: label -> its entries, a user's first.
        classes: name -> word class. words: name -> its lower-case phrases (empty for classes by expression).
        measures: canonical name of a metric -> what is known of it.
        stopped: label -> the keys (`arxivie.rules.names.key`, case-folded) of surfaces that are never mentions of it.
    """

    version: str
    licence: str
    digest: str
    rules: Mapping[str, tuple[Rule, ...]]
    names: Mapping[str, tuple[Name, ...]]
    classes: Mapping[str, WordClass]
    words: Mapping[str, frozenset[str]]
    measures: Mapping[str, Measure]
    stopped: Mapping[str, frozenset[str]]

    def rules_of(self, labels: Iterable[str]) -> tuple[Rule, ...]:
        """The rules of several labels, in the order of the labels."""
        return tuple(rule for label in labels for rule in self.rules.get(label, ()))


def load_pack(user: Sequence[Path | str] = ()) -> Pack:
    """Our pack with the packs in the folders ``user`` beside it, later ones first; read once.

    Raises:
        PatternError: naming file, line and rule, where a pack is wrong.
    """
    return _load(tuple(Path(folder).resolve() for folder in user))


@lru_cache(maxsize=8)
def _load(user: tuple[Path, ...]) -> Pack:
    return combine([read_pack(patterns_dir()), *(read_pack(folder) for folder in user)])


@dataclass(frozen=True)
class Folder:
    """One pack as it lies in its folder."""

    path: Path
    header: Header
    rules: tuple[Rule, ...]
    names: tuple[Name, ...]
    classes: Mapping[str, WordClass]
    measures: tuple[Measure, ...]


def read_pack(path: Path) -> Folder:
    """The pack in a folder, not yet combined with others.

    Raises:
        PatternError: as `load_pack` does.
    """
    if not (path / "pack.toml").is_file():
        raise PatternError(f"{path} is no pack: it has no pack.toml")
    try:
        header = Header.model_validate(_toml(path / "pack.toml"))
    except ValidationError as error:
        raise PatternError(f"{path / 'pack.toml'}: {_first(error)}") from None
    rules: dict[str, Rule] = {}
    for file in sorted(path.glob("*/rules.toml")):
        for rule in read_rules(file):
            if rule.id in rules:
                raise PatternError(f"{_at(file, rule.id)}: a second rule {rule.id}")
            rules[rule.id] = rule
    classes: dict[str, WordClass] = {}
    for file in sorted([*path.glob("words.toml"), *path.glob("*/words.toml")]):
        found = read_classes(file)
        twice = sorted(found.keys() & classes.keys())
        if twice:
            raise PatternError(f"{file}: a second class [{twice[0]}]")
        classes |= found
    names = tuple(entry for file in sorted(path.glob("*/names*.tsv")) for entry in read_names(file, file.parent.name))
    measures = tuple(m for file in sorted(path.glob("metric/measures.tsv")) for m in read_measures(file))
    return Folder(path, header, tuple(rules.values()), names, classes, measures)


def combine(folders: Sequence[Folder]) -> Pack:
    """One pack of several, the first being ours.

    Raises:
        PatternError: where one disables what no pack has, or a rule uses a class that no pack has.
    """
    rules: dict[str, Rule] = {}
    classes: dict[str, WordClass] = {}
    names: list[Name] = []
    measures: dict[str, Measure] = {}
    for folder in folders:
        rules |= {rule.id: rule for rule in folder.rules}
        classes |= folder.classes
        names = [*folder.names, *names]
        measures |= {measure.name: measure for measure in folder.measures}
        for disabled in folder.header.disable:
            kept = [entry for entry in names if entry.rule != disabled]
            if rules.pop(disabled, None) is None and len(kept) == len(names):
                raise PatternError(f"{folder.path / 'pack.toml'}: disables {disabled}, which no pack has")
            names = kept
    for rule in rules.values():
        for token in (*rule.tokens, *(token for pattern in rule.unless for token in pattern)):
            if token.IS and token.IS[0] == "@" and token.IS[1:] not in classes:
                raise PatternError(f"{rule.id}: no word class {token.IS} in any words.toml")
    ours, *others = folders
    return Pack(
        version="+".join([ours.header.version, *(f"{f.header.name}-{f.header.version}" for f in others)]),
        licence=ours.header.licence,
        digest=_digest([folder.path for folder in folders]),
        rules=_grouped(sorted(rules.values(), key=lambda rule: rule.id)),
        names=_grouped(names),
        classes=classes,
        words={name: frozenset(c.words) for name, c in classes.items()},
        measures=measures,
        stopped=_stopped(names),
    )


def read_rules(file: Path) -> list[Rule]:
    """The rules of a ``rules.toml``.

    Raises:
        PatternError: naming file, line and rule.
    """
    data = _toml(file)
    if set(data) - {"rule"}:
        raise PatternError(f"{file}: only [[rule]] tables, not {sorted(set(data) - {'rule'})}")
    made = []
    for number, table in enumerate(data.get("rule", []), 1):
        name = str(table.get("id", f"rule number {number}"))
        try:
            rule = Rule.model_validate(table)
        except ValidationError as error:
            raise PatternError(f"{_at(file, name)}: {name}: {_first(error)}") from None
        if rule.label != file.parent.name:
            raise PatternError(f"{_at(file, name)}: {name} lies in the folder {file.parent.name}/")
        made.append(rule)
    return made


def read_classes(file: Path) -> dict[str, WordClass]:
    """The word classes of a ``words.toml``.

    Raises:
        PatternError: naming file and class.
    """
    classes = {}
    for name, data in _toml(file).items():
        try:
            classes[name] = WordClass.model_validate(data)
        except ValidationError as error:
            raise PatternError(f"{file}: [{name}] {_first(error)}") from None
    return classes


def read_measures(file: Path) -> Iterator[Measure]:
    """The entries of a ``measures.tsv``.

    Raises:
        PatternError: naming file and line.
    """
    lines = file.read_text("utf-8").splitlines()
    if not lines or tuple(lines[0].split("\t")) != MEASURE_COLUMNS:
        raise PatternError(f"{file}:1: the first line must name the columns: {' '.join(MEASURE_COLUMNS)}")
    for number, line in enumerate(lines[1:], 2):
        name, better, unit = [*line.split("\t"), "", "", ""][:3]
        if not name or line.count("\t") != 2 or better not in {"higher", "lower"}:
            raise PatternError(f"{file}:{number}: name, higher or lower, unit or -: {line!r}")
        yield Measure(name, "higher" if better == "higher" else "lower", None if unit == "-" else unit)


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PatternError(f"{file}: {error}") from None


def _at(file: Path, rule: str) -> str:
    """File and line of a rule: TOML readers keep no lines, so the line of its id is looked up."""
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if re.match(rf"\s*id\s*=\s*[\"']{re.escape(rule)}[\"']", line):
            return f"{file}:{number}"
    return str(file)


def _first(error: ValidationError) -> str:
    problem = error.errors()[0]
    where = ".".join(str(part) for part in problem["loc"])
    return f"{where}: {problem['msg']}"


def _grouped(items: Iterable[_Item]) -> dict[str, tuple[_Item, ...]]:
    groups: dict[str, list[_Item]] = {}
    for item in items:
        groups.setdefault(item.label, []).append(item)
    return {label: tuple(group) for label, group in groups.items()}


def _stopped(names: Iterable[Name]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for entry in names:
        if entry.context == "never":
            groups.setdefault(entry.label, set()).add(key(entry.surface).casefold())
    return {label: frozenset(keys) for label, keys in groups.items()}


def _digest(folders: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for folder in folders:
        for file in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
            total.update(f"{file.relative_to(folder).as_posix()}\0".encode())
            total.update(file.read_bytes())
    return total.hexdigest()[:16]
