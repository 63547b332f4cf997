"""Canonical names: what ``CIFAR10``, ``MS COCO`` or ``ImageNet ILSVRC 2012`` are grouped under.

Policy (``docs/leaderboards.md``): an alias of `arxivie.store.aliases`, else an entry of the name lists, else the name
itself. Hyphens, spaces, underscores, LaTeX markup and case never tell two names apart; digits, years, versions and
every other character always do. Names unknown to the lists are grouped with each other by the same spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from arxivie.resources import patterns_dir
from arxivie.rules.names import Name, key
from arxivie.rules.pack import Folder, Pack, combine, read_pack
from arxivie.store.aliases import Policy, read_policy

_MARKUP = re.compile(r"\\[A-Za-z]+\s*|[{}$\\]")
_PLURAL = frozenset({"method", "metric", "task"})


class Canonical(NamedTuple):
    """What a name stands for.

    Attributes:
        id: ``dataset:cifar-10``; of unlisted names ``dataset:~`` and the normal form.
        name: what it is shown as; of unlisted names the spelling that was asked for.
        listed: whether the name lists know it: whether it is in the catalogue.
    """

    id: str
    name: str
    listed: bool


@lru_cache(maxsize=65536)
def spelling(name: str) -> str:
    """A name without markup and joints, its case kept: ``\\textit{mini}ImageNet`` is ``miniImageNet``."""
    return key(_MARKUP.sub("", unicodedata.normalize("NFKC", name)))


def normal_form(name: str) -> str:
    """What two spellings of one name share; never empty for a name that is not."""
    return spelling(name).casefold() or name.strip().casefold()


class Canon:
    """Looks canonical names up.

    Args:
        pack: name lists and measures.
        policy: aliases and what is kept apart.
    """

    def __init__(self, pack: Pack, policy: Policy) -> None:
        self.pack = pack
        self.policy = policy
        self._exact: dict[tuple[str, str], Name] = {}
        self._folded: dict[tuple[str, str], Name] = {}
        self._full: dict[tuple[str, str], Name] = {}
        for label, entries in pack.names.items():
            for entry in entries:
                if entry.context != "never":
                    self._add(label, entry)
        self._aliases = {
            (label, normal_form(alias.alias)): alias.name
            for label, aliases in policy.aliases.items()
            for alias in reversed(aliases)
        }

    def _add(self, label: str, entry: Name) -> None:
        written = spelling(entry.surface)
        self._exact.setdefault((label, written), entry)
        self._folded.setdefault((label, written.casefold()), entry)
        # a full name stands for itself even where no surface spells it so
        self._folded.setdefault((label, normal_form(entry.name)), entry)
        self._full.setdefault((label, normal_form(entry.name)), entry)

    @property
    def digest(self) -> str:
        """Of all data that canonical names come from."""
        return self.pack.digest

    def __call__(self, label: str, name: str) -> Canonical:
        """The canonical entry of one name; ``label`` is dataset, method, task or metric."""
        alias = self._aliases.get((label, normal_form(name)))
        if alias is not None:
            return self._meant(label, alias)
        return self._listed(label, name) or Canonical(f"{label}:~{normal_form(name)}", name, False)

    def of_entity(self, label: str, name: str, surfaces: Iterable[str] = ()) -> Canonical:
        """The canonical entry of an entity: of its name, else of the first of its surfaces that is listed."""
        found = self(label, name)
        if found.listed:
            return found
        return next((other for s in surfaces if (other := self(label, s)).listed), found)

    def _listed(self, label: str, name: str) -> Canonical | None:
        written, folded = spelling(name), normal_form(name)
        forms = [folded]
        if label in _PLURAL and folded.endswith("s"):
            forms.append(folded[:-1])
        entry = self._exact.get((label, written)) or next(
            (e for f in forms if (e := self._folded.get((label, f)))), None
        )
        if entry is None:
            return None
        return self._meant(label, self._aliases.get((label, normal_form(entry.name)), entry.name))

    def _meant(self, label: str, name: str) -> Canonical:
        """The entry whose full name is ``name``; surfaces of other entries that read so do not count."""
        entry = self._full.get((label, normal_form(name)))
        if entry is None:
            return Canonical(f"{label}:{normal_form(name)}", name, True)
        return Canonical(entry.canonical, entry.name, True)

    @cached_property
    def _apart(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset({self("dataset", a).id, self("dataset", b).id}) for a, b in self.policy.apart)

    def apart(self, one: str, other: str) -> bool:
        """Whether the policy says that two dataset names must not be merged."""
        return frozenset({self("dataset", one).id, self("dataset", other).id}) in self._apart

    def names(self, label: str) -> list[str]:
        """The canonical names of a label, sorted."""
        known = {e.name for e in self.pack.names.get(label, ()) if e.context != "never"}
        return sorted(known, key=lambda n: (n.casefold(), n))


def load_canon(packs: Sequence[str | Path] = ()) -> Canon:
    """Our canonical names with the packs in the folders ``packs`` beside them, later ones first.

    Ours are read once, a user's packs each time: curating changes them while a program runs.

    Raises:
        PatternError: where a pack is wrong.
    """
    folders = [Path(folder).resolve() for folder in packs]
    if not folders:
        return _ours()
    pack = combine([_our_folder(), *(read_pack(folder) for folder in folders)])
    return Canon(pack, read_policy([*reversed(folders), patterns_dir()]))


@lru_cache(maxsize=1)
def _our_folder() -> Folder:
    return read_pack(patterns_dir())


@lru_cache(maxsize=1)
def _ours() -> Canon:
    return Canon(combine([_our_folder()]), read_policy([patterns_dir()]))
