"""What holds for every text: extents come back, nothing raises, nothing takes more than linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arxivie.extent import Extent
from arxivie.text import AlignedText, Markup, aligned

ADDRESSES = [
    "https://x.example/a_b",
    "http://task.To",
    "http://main.py",
    "https://github.com/ann",
    "https://x.example/a-",
]
ANCHORS = [f'<a class="c" href="{href}" rel="r">this https URL</a>' for href in ADDRESSES]
HTML = [
    *ANCHORS,
    "<br>",
    " <br/>",
    "<sup>",
    "</sup>",
    "<p>",
    "&lt;",
    "&amp;amp;lt;",
    "&#176;",
    "&#xD800;",
    "&nosuch;",
    "<a href=",
]
LATEX = [
    *(
        "\\textbf{",
        "\\textit",
        "\\cite{a}",
        "\\url{",
        "\\href{https://x.example}{",
        "\\frac{a}{",
        "\\sqrt{",
        "\\footnote{",
    ),
    *(
        "\\alpha",
        "\\times",
        "\\%",
        "\\$",
        "\\_",
        "\\,",
        "\\!",
        "\\\\",
        "\\ ",
        "\\'e",
        '\\"{o}',
        "\\b{eta}",
        "\\v",
        "\\verb|",
    ),
    *(
        "$",
        "$$",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "{",
        "}",
        "^",
        "_",
        "~",
        "``",
        "''",
        "--",
        "---",
        "+\\-",
        "+/-",
        "^{\\circ}",
    ),
    *(
        "\\rm ",
        "\\left(",
        "\\right.",
        "\\SI{1}{",
        "\\color{red}",
        "\\textcolor{red}{",
        "\\ours",
        "\\ours{}",
        "\\begin{x}",
    ),
]
PIECES = [
    *HTML,
    *LATEX,
    *ADDRESSES,
    "a",
    "B7",
    "1",
    "1,681",
    "0.5",
    " ",
    "  ",
    "   ",
    ".",
    "\n",
    "Â°",
    "â€™",
    "e\u0301",
    "\u200b",
]

composed = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
texts = st.one_of(composed, st.text(max_size=60), st.text(st.sampled_from("\\{}$^_~ a1<>&;'\"-+%\ud800"), max_size=60))
markups: st.SearchStrategy[Markup] = st.sampled_from(["html", "plain"])


def views(title: str, abstract: str, markup: Markup) -> AlignedText:
    return aligned(title, abstract, markup=markup, separator="\n")


@given(texts, texts, markups)
def test_every_extent_comes_back_onto_itself(title: str, abstract: str, markup: Markup) -> None:
    text = views(title, abstract, markup)
    assert text.raw == f"{title}\n{abstract}"
    for start in range(len(text.text)):
        for end in (start + 1, min(start + 7, len(text.text)), len(text.text)):
            extent = Extent(start, end)
            assert text.raw_to_text(text.text_to_raw(extent)) == extent
    for start in range(len(text.reading)):
        for end in (start + 1, min(start + 7, len(text.reading)), len(text.reading)):
            extent = Extent(start, end)
            assert text.text_to_reading(text.reading_to_text(extent)) == extent


@given(texts, markups)
def test_white_space_of_a_text_is_tidy(abstract: str, markup: Markup) -> None:
    text = views("", abstract, markup).text[1:]
    assert text == text.strip()
    assert "  " not in text
    assert "\t" not in text
    assert not any(f"{a}\n" in text or f"\n{a}" in text for a in (" ", "\n"))


@given(texts)
def test_published_text_is_published_already(abstract: str) -> None:
    once = views("", abstract, "plain").text[1:]
    if "\n" not in once:  # a single line break of a source is a space
        assert views("", once, "plain").text[1:] == once


words = st.sampled_from(
    [
        "ResNet-50",
        "mAP",
        "a",
        "of",
        "1,681",
        "86.4%",
        "p<0.05",
        "x_1",
        "(top-1)",
        "β-VAE",
        "it's",
        "3×",
        "https://x.example/~a_b",
    ]
)


@given(st.lists(words, max_size=12).map(" ".join), markups)
def test_plain_prose_is_read_as_it_stands(prose: str, markup: Markup) -> None:
    text = views("A title", prose, markup)
    assert text.raw == text.text.ljust(len(text.raw)) == text.reading.ljust(len(text.raw))


wrapped = st.sampled_from(
    ["\\textbf{%s}", "$\\mathrm{%s}$", "{\\it %s}", "\\emph{%s}", "\\underline{\\textbf{%s}}", "\\textcolor{red}{%s}"]
)


@given(st.lists(st.tuples(st.sampled_from(["BERT", "CUB-200", "F1"]), wrapped), min_size=1, max_size=6))
def test_wrapped_names_are_read_and_point_at_themselves(names: list[tuple[str, str]]) -> None:
    abstract = " and ".join(wrap % name for name, wrap in names)
    text = views("", abstract, "plain")
    assert text.reading == "\n" + " and ".join(name for name, _ in names)
    at = 1
    for name, _ in names:
        extent = Extent(at, at + len(name))
        assert text.reading_to_text(extent).of(text.text) == name
        assert text.text_to_raw(text.reading_to_text(extent)).of(text.raw) == name
        at = extent.end + len(" and ")


HOSTILE = [
    *(
        "{" * 50_000,
        "}" * 50_000,
        "{" * 25_000 + "}" * 25_000,
        "{a" * 20_000,
        "$" * 50_000,
        "${" * 25_000,
        "$5 " * 20_000,
    ),
    *(
        "\\[" * 20_000 + "\\]",
        "\\(" * 20_000 + "\n\\)",
        "\\textbf{" * 8_000,
        "\\frac{" * 8_000,
        "^{" * 20_000 + "}" * 20_000,
    ),
    *(
        "$" + "^{" * 1_400 + "}" * 1_400 + "$",
        "\\verb|" * 9_000,
        "\\'{" + "a" * 50_000,
        "\\'{a" * 15_000,
        "\\cite[" * 9_000,
    ),
    *(
        '<a href="' * 6_000,
        '<a href="http://x">' * 3_000,
        '<a href="http://a.To">' + " " * 50_000,
        "<a " * 20_000,
        "<" * 50_000,
    ),
    *(
        "<b " + 'a="b" ' * 9_000,
        "&amp;" * 10_000,
        "&" * 50_000,
        "a." * 25_000,
        "http://" * 8_000,
        " " * 50_000,
        "\n " * 25_000,
    ),
    "-" * 50_000,
    "$" + "+" * 50_000,
    "a $ b " * 9_000,
    "\ud800" * 30_000,
    "\\" * 50_000,
    "~" * 50_000,
    "'" * 50_000,
    *(
        "â€" * 20_000,
        "e\u0301" * 20_000,
        "x" + "\u0301" * 50_000,
        "1," * 25_000,
        "$" + "1, 234" * 500 + "$",
        "\\sqrt[3" * 8_000,
    ),
]


@pytest.mark.parametrize("markup", ["html", "plain"])
@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: repr(text[:16]))
def test_hostile_text_takes_linear_time(hostile: str, markup: Markup) -> None:
    begin = time.process_time()
    assert len(views("", hostile, markup).reading) <= len(hostile) + 1
    # quadratic work on 50,000 characters takes tens of seconds
    assert time.process_time() - begin < 5
