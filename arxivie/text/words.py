"""How a text is cut into words, numbers, single marks and whole addresses; the tokenizer of the pipeline uses it.

It cuts wherever a whole-word occurrence of a name may begin or end, so that every annotated surface falls on token
boundaries: ``ResNet-50`` is three tokens, ``86.36%`` two, ``1,681`` and ``https://github.com/x/y`` one.
"""

from __future__ import annotations

import regex

ADDRESS = r"(?:https?|ftp)://[^\s<>\"]*[^\s<>\"'.,;:!?)}\]|]|www\.[^\s<>\"]*[^\s<>\"'.,;:!?)}\]|]"
#: groups of three digits after commas, decimals, then the letters that stick to it: 1,681  0.876  3.2dB  10K
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\w*|\d+(?:\.\d+)+\w*|(?<!\w)\.\d+\w*"
_TOKEN = regex.compile(rf"{ADDRESS}|{NUMBER}|\w+|[^\S ]+|[ ]+|.", regex.DOTALL)


def cut(text: str) -> tuple[list[str], list[bool]]:
    """The tokens of ``text`` and, for each, whether a space follows it.

    Joined with those spaces, the tokens are ``text``: one space belongs to the word in front of it, as everywhere in
    spaCy; more are a token.
    """
    words: list[str] = []
    spaces: list[bool] = []
    for word in _TOKEN.findall(text):
        if word[0] == " ":
            if words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
                word = word[1:]
            if not word:
                continue
        words.append(word)
        spaces.append(False)
    return words, spaces
