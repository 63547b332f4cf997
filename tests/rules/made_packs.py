"""The files of a small pack."""

RULE = """
[[rule]]
id     = "dataset.leaf-corpus"
why    = "a leaf in front of a corpus"
tokens = [{TEXT = "Leaf", AS = "dataset"}, {LOWER = "corpus"}]
fires  = ["We train on the [Leaf](dataset) corpus."]
silent = ["We train on a leaf corpus.", "We train on Leaf."]
"""
NAMES = "name\tsurface\tcase\tcontext\tsource\n"
