r"""LaTeX as a person reads it: ``\textbf{CUB}`` is "CUB", ``$86.36\%$`` is "86.36%", ``Fr\'echet`` is "Fréchet".

What is read where there is a choice:

- ``%`` is a percent sign, never a comment.
- A subscript with a figure joins its letter (``AP_{50}`` is "AP50", ``{\rm ID_{F1}}`` "IDF1", ``CO$_2$`` "CO2"): these
  are the forms that people search for. Other subscripts keep their line (``S_m``), superscripts their hat (``10^{5}``,
  ``R^2``); signs and ordinals stand without (``^\circ`` is "°", ``^{+}`` "+", ``5^{th}`` "5th").
- ``\footnote{…}`` is read in brackets, ``\href{address}{label}`` as the address and, in brackets, the label; citations
  and references are not read.
- Macros that nobody knows lose their backslash (``\ours`` is "ours").
- Braces in prose that hold a list ("{0, 1}") are no LaTeX and stay.

The work is one pass over the tokens, with the braces matched beforehand, so it takes linear time; what does not match
is left as it stands.
"""

from __future__ import annotations

import re

from arxivie.text.aligned import Edit
from arxivie.text.macros import accented, macros
from arxivie.text.maths import (
    FORMULA,
    LONGEST,
    groups_digits,
    is_grouped_number,
    is_maths,
    is_sum,
    joins_as_index,
    joins_as_sign,
)
from arxivie.text.prose import PROSE, is_braced_word, is_dash, is_tie
from arxivie.text.writer import Writer

#: whether a text holds anything that this module reads
_ANY = re.compile(r"[\\${}~]|``|''|--|\+/-|\+-")
_ACCENT = re.compile(r"\\(.)\s?\{?([^{}]+)\}?")
_ESCAPE = re.compile(r"\\.")
_SHORT_FRACTION = re.compile(r"\\[dt]?frac\s?(\d)\s?(\d)")
_OPTION = re.compile(r"\s?\[[^\[\]{}]{0,80}\]")
_VERBATIM = re.compile(r"\\verb\*?([^A-Za-z\s*{])([^\n]{0,200}?)\1")
_LABEL_IS_ADDRESS = re.compile(
    r"(?:\\(?:texttt|url|nolinkurl|path)\s?\{)?\s?(?:https?://|www\.|[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.[a-z]{2,9}/)"
)


class _Reader(Writer):
    """One pass over one text; `edits` is what it finds."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._quoted = False
        self._inside = (0, 0)
        self._tight = False

    # -- tokens

    def read(self) -> list[Edit]:
        """The edits that make the text plain."""
        text, at, tokens = self.text, 0, []
        formulas: dict[int, int] = {}
        while match := PROSE.search(text, at):
            at = match.end()
            opener = match[0] if match[0] in ("$", "$$", "\\(", "\\[") else ""
            if opener and (end := self._formula_end(opener, at)) >= 0:
                formulas[match.start()] = end
                at = end + len(opener)
            tokens.append(match)
        self.match_braces(tokens)
        for match in tokens:
            if match.start() < self.at:
                continue
            if match.start() in formulas:
                self.formula(match[0], match.start(), formulas[match.start()])
            else:
                self.token(match, maths=False)
        return self.edits

    def _formula_end(self, opener: str, at: int) -> int:
        """Where the delimiter stands that closes the formula, or -1 where there is none."""
        closer = {"\\(": "\\)", "\\[": "\\]"}.get(opener, opener)
        end = self.text.find(closer, at, at + LONGEST)
        if closer[0] == "\\":
            return -1 if end >= 0 and "\n" in self.text[at:end] else end
        while end > at and self.text[end - 1] == "\\":
            end = self.text.find(closer, end + 1, at + LONGEST)
        after = end + len(closer)
        return end if end >= 0 and is_maths(self.text[at:end], self.text[after : after + 1]) else -1

    def token(self, match: re.Match[str], *, maths: bool) -> None:
        """Read one token."""
        start, end = match.span()
        match match.lastgroup:
            case "name":
                self.macro(start, end, match["name"], maths=maths)
            case "open":
                if start in self.partner and (maths or is_braced_word(self.text, start)):
                    self.put(start, end, "")
                    self.planned[self.partner[start]] = (self.partner[start] + 1, "")
            case "close":
                self.close(start)
            case "raised" | "lowered":
                self.script(start, end)
            case "space":
                self.space(start, end)
            case "address":
                for escape in _ESCAPE.finditer(self.text, start, end):
                    self.put(escape.start(), escape.end(), escape[0][1])
            case "accent":
                if parts := _ACCENT.fullmatch(self.text, start, end):
                    self.put(start, end, accented(parts[1], parts[2]))
            case "circle":
                self.put(start, end, "°")
            case "plusminus":
                self.put(start, end, "±")
            case "tie":
                if is_tie(self.before(start), self.text[end : end + 1]):
                    self.put(start, end, " ")
            case "quote":
                self.quote(start, end)
            case "dash":
                if is_dash(self.before(start), self.text[end : end + 1]):
                    self.put(start, end, "–" if end - start == 2 else "—")

    def quote(self, start: int, end: int) -> None:
        """Two backquotes or two straight ones; behind a figure the latter are seconds or inches."""
        if self.text[start] == "`":
            self._quoted = True
        elif not self._quoted and self.before(start).isdigit():
            return
        else:
            self._quoted = False
        self.put(start, end, '"')

    # -- maths

    def formula(self, opener: str, start: int, end: int) -> None:
        """A formula without its delimiters; displayed ones are set apart by spaces."""
        inner, apart = start + len(opener), " " if opener in ("$$", "\\[") else ""
        self.put(start, inner, apart)
        self._inside = (inner, end)
        self._tight = is_grouped_number(self.text, inner, end)
        tokens = list(FORMULA.finditer(self.text, inner, end))
        self.match_braces(tokens)
        for match in tokens:
            if match.start() >= self.at:
                self.token(match, maths=True)
        self.put(end, end + len(opener), apart)

    def space(self, start: int, end: int) -> None:
        """White space of a formula, which LaTeX does not show; between words and around signs it is read."""
        before, after, run = self.before(start), self.text[end : end + 2], self.text[start:end]
        if run == "\\," and groups_digits(self.text, start, end):
            self.put(start, end, ",")
        elif (
            self._tight
            or (start == self._inside[0] or end == self._inside[1])
            or before in "^_⟨"
            or after[:1] in "^_%,)"
            or after == "\\%"
            or self.text.startswith("\\rangle", end)
            or run.strip("\\!") == ""
        ):
            self.put(start, end, "")
        elif run != " ":
            self.put(start, end, " ")

    def script(self, start: int, end: int) -> None:
        """A superscript or a subscript."""
        sign, at = self.text[start], end
        while self.text[at : at + 1] == " ":
            at += 1
        close = self.partner.get(at)
        if sign == "^":
            bare = joins_as_sign(self.text, start)
        else:
            bare = self.before(start).isalpha() and joins_as_index(self.text, start)
        if close is None:
            self._last = sign
            if bare:
                self.put(start, end, "")
            return
        compound = not bare and is_sum(self.text, at + 1, close)
        self.put(start, at + 1, "" if bare else sign + "(" if compound else sign)
        self.planned[close] = (close + 1, ")" if compound else None)

    # -- macros

    def argument(self, at: int) -> int:
        """Where the brace stands that opens the argument at ``at``, behind options and a space, or -1."""
        if option := _OPTION.match(self.text, at):
            at = option.end()
        if self.text[at : at + 1] == " ":
            at += 1
        return at if at in self.partner else -1

    def macro(self, start: int, end: int, name: str, *, maths: bool) -> None:
        """A macro with its arguments."""
        tables = macros()
        if not name[0].isalpha():
            self.sign(start, end, name)
            return
        first = self.argument(end)
        second = self.argument(self.partner[first] + 1) if first >= 0 else -1
        char = tables.symbols.get(name) or (None if maths else tables.letters.get(name))
        if char is not None:
            self.symbol(start, end, char, maths=maths)
        elif name == "verb" and (verbatim := _VERBATIM.match(self.text, start)):
            self.put(start, verbatim.start(2), "")
            self.put(verbatim.end(2), verbatim.end(), "")
        elif name in ("frac", "dfrac", "tfrac"):
            self.fraction(start, end, first, second)
        elif name in tables.drop:
            self.dropped(start, end if first < 0 else self.partner[first] + 1)
        elif name in tables.second and second >= 0:
            self.put(start, second + 1, "")
            self.planned[self.partner[second]] = (self.partner[second] + 1, "")
        elif name in tables.pair and second >= 0:
            self.two(start, first, second, tables.pair[name], link=name == "href")
        elif name in tables.switch:
            self.switch(start, end, name)
        elif first >= 0 and (self.partner[first] > first + 1 or name in tables.around):
            before, behind = tables.around.get(name, ("", ""))
            self.put(start, first + 1, before)
            self.planned[self.partner[first]] = (self.partner[first] + 1, behind)
        elif name in tables.around:
            self.switch(start, end, name)
        else:
            # a name that the author defined: the backslash goes, and an empty argument with it
            self.put(start, end if first < 0 else self.partner[first] + 1, name)

    def sign(self, start: int, end: int, name: str) -> None:
        """A macro of one sign."""
        if name == "," and groups_digits(self.text, start, end):
            self.put(start, end, ",")
        elif name in "-!/@()[]":
            self.put(start, end, "")
        elif name in ",;:>\\" or name.isspace():
            self.put(start, end, " ")
        else:
            self.put(start, end, "‖" if name == "|" else name)

    def symbol(self, start: int, end: int, char: str, *, maths: bool) -> None:
        """A macro that stands for a character; in words a letter takes the space behind it, or empty braces."""
        if not maths and self.text.startswith("{}", end):
            end += 2
        elif not maths and char.isalpha() and self.before(start).isalpha() and self.text[end : end + 1] == " ":
            end += 1
        self.put(start, end, char)

    def switch(self, start: int, end: int, name: str) -> None:
        """Formatting without an argument; white space, empty braces and invisible brackets behind it go as well."""
        if name in ("left", "right") and self.text[end : end + 1] == ".":
            end += 1
        elif self.text.startswith("{}", end):
            end += 2
        elif self.text[end : end + 1] in (" ", "{") and end not in self.partner:
            # an open brace here never closes: the text was cut off
            end += 1
        self.put(start, end, "")

    def dropped(self, start: int, end: int) -> None:
        """A macro of which nothing is read, nor of the space in front of it where a sign follows."""
        if not self.text[end : end + 1].isalnum():
            if start > self.at and self.text[start - 1] == " ":
                start -= 1
            elif self.edits and self.edits[-1].end == start and self.edits[-1].new == " ":
                start = self.edits.pop().start
        self.put(start, end, "")

    def two(self, start: int, first: int, second: int, reads: tuple[str, str, str], *, link: bool) -> None:
        """A macro of two arguments; the label of a link is not read where it is the address again."""
        before, between, behind = reads
        middle, last = self.partner[first], self.partner[second]
        self.put(start, first + 1, before)
        if link and _LABEL_IS_ADDRESS.match(self.text, second + 1, last):
            self.planned[middle] = (last + 1, "")
        else:
            self.planned[middle] = (second + 1, between)
            self.planned[last] = (last + 1, behind)

    def fraction(self, start: int, end: int, first: int, second: int) -> None:
        """``a/b``, with brackets around the one of both that is a sum."""
        if second < 0:
            short = _SHORT_FRACTION.match(self.text, start)
            self.put(start, short.end() if short else end, f"{short[1]}/{short[2]}" if short else "")
            return
        middle, last = self.partner[first], self.partner[second]
        above = is_sum(self.text, first + 1, middle)
        below = not above and is_sum(self.text, second + 1, last)
        self.put(start, first + 1, "(" if above else "")
        self.planned[middle] = (second + 1, ")/" if above else "/(" if below else "/")
        self.planned[last] = (last + 1, ")" if below else "")


def latex_edits(text: str) -> list[Edit]:
    """The edits that make LaTeX plain; none where there is no LaTeX."""
    return _Reader(text).read() if _ANY.search(text) else []
