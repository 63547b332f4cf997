"""The code that reads ``patterns/``: rules, names and word classes are data, and every rule proves itself.

`load_pack` gives the shipped pack, with a user's own packs beside it; `arxivie.rules.check.check` verifies packs.
"""

from arxivie.rules.names import Name
from arxivie.rules.pack import Measure, Pack, load_pack
from arxivie.rules.schema import Rule, WordClass

__all__ = ["Measure", "Name", "Pack", "Rule", "WordClass", "load_pack"]
