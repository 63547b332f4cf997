"""The one way to write each file of a pack, so that its history shows changes of content only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from arxivie.rules.names import COLUMNS, Name, read_names
from arxivie.rules.pack import MEASURE_COLUMNS, read_classes, read_measures, read_rules
from arxivie.rules.schema import Rule, TokenPattern, WordClass

_WIDTH = 120
#: keys of a token in this order, then the others, then how often and what for
_FIRST, _LAST = ("IS",), ("OP", "AS")


def canonical_files(pack: Path) -> dict[Path, str]:
    """Every file of a pack that has a canonical form -> that form.

    Raises:
        PatternError: where a file cannot be read.
    """
    forms: dict[str, Callable[[Path], str]] = {
        "*/rules.toml": lambda file: _head(file) + rules_text(read_rules(file)),
        "words.toml": lambda file: _head(file) + classes_text(read_classes(file)),
        "*/words.toml": lambda file: _head(file) + classes_text(read_classes(file)),
        "*/names*.tsv": lambda file: names_text(read_names(file, file.parent.name)),
        "metric/measures.tsv": lambda file: _table(
            MEASURE_COLUMNS, ((m.name, m.better, m.unit or "-") for m in read_measures(file))
        ),
    }
    return {file: form(file) for glob, form in forms.items() for file in sorted(pack.glob(glob))}


def rules_text(rules: Iterable[Rule]) -> str:
    """A ``rules.toml``: rules by id, keys in the order of `Rule`, aligned."""
    return "\n".join(_rule(rule) for rule in sorted(rules, key=lambda rule: rule.id))


def classes_text(classes: Mapping[str, WordClass]) -> str:
    """A ``words.toml``: classes and words sorted."""
    tables = []
    for name in sorted(classes):
        lines = [f"[{name}]", f"why = {_string(classes[name].why)}"]
        regex, words, without = classes[name].regex, classes[name].words, classes[name].without
        lines += [f"regex = {_string(regex)}"] if regex else []
        lines += [f"{key} = {_filled(sorted(some))}" for key, some in (("words", words), ("without", without)) if some]
        tables.append("\n".join(lines) + "\n")
    return "\n".join(tables)


def names_text(names: Iterable[Name]) -> str:
    """A ``names.tsv``: by canonical name, then surface; entries that are the same once."""
    rows = {(entry.name, entry.surface, entry.case, entry.context, entry.source) for entry in names}
    return _table(COLUMNS, rows)


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    ordered = sorted(rows, key=lambda row: (row[0].casefold(), row[0], row[1].casefold(), row))
    return "".join("\t".join(row) + "\n" for row in (columns, *ordered))


def _head(file: Path) -> str:
    """The comment at the top of a file, which is kept; a comment on a rule is its ``why``."""
    lines = file.read_text("utf-8").splitlines()
    head = lines[: next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))]
    return "".join(f"{line}\n" for line in head) + ("\n" if head else "")


def _rule(rule: Rule) -> str:
    items: list[tuple[str, str]] = [
        ("id", _string(rule.id)),
        ("why", _string(rule.why)),
        ("tokens", _list("tokens = ", [_value(token) for token in rule.tokens])),
    ]
    if rule.unless:
        patterns = [f"[{', '.join(_value(token) for token in pattern)}]" for pattern in rule.unless]
        items.append(("unless", _list("unless = ", patterns)))
    if rule.within:
        items.append(("within", _string(rule.within)))
    if rule.sets:
        items.append(("sets", _value(dict(sorted(rule.sets.items())))))
    for key, examples in (("fires", rule.fires), ("silent", rule.silent), ("later", rule.later)):
        if examples:
            items.append((key, _list("silent = ", [_string(example) for example in examples])))
    return "".join(["[[rule]]\n", *(f"{key:<6} = {value}\n" for key, value in items)])


def _value(value: Any) -> str:
    if isinstance(value, BaseModel):
        data = value.model_dump(exclude_none=True, by_alias=True)
        if isinstance(value, TokenPattern):
            middle = [key for key in data if key not in _FIRST + _LAST]
            data = {key: data[key] for key in (*_FIRST, *middle, *_LAST) if key in data}
        return _value(data)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _string(value)


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() else _string(key)


def _string(text: str) -> str:
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"  # a literal string: expressions and LaTeX stay readable
    if "\\" in text and "'''" not in text and text.isprintable() and text[-1] != "'":
        return f"'''{text}'''"
    return json.dumps(text, ensure_ascii=False)


def _list(prefix: str, items: list[str]) -> str:
    line = f"[{', '.join(items)}]"
    if len(prefix) + len(line) <= _WIDTH:
        return line
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _filled(words: Iterable[str]) -> str:
    """A list of words, as many to a line as fit."""
    lines, line = [], " "
    for word in map(_string, words):
        if len(line) + len(word) + 2 > _WIDTH:
            lines.append(line)
            line = " "
        line += f" {word},"
    return "[\n" + "\n".join([*lines, line]) + "\n]"
