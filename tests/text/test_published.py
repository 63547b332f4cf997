"""raw → text, sentence by sentence of the requirements, with near misses."""

from __future__ import annotations

import pytest

from arxivie.extent import Extent
from arxivie.text import publish


def anchor(href: str, shown: str = "this https URL") -> str:
    return f'<a class="link-external link-https" href="{href}" rel="external noopener nofollow">{shown}</a>'


def false(href: str) -> str:
    return f'<a class="link-external link-http" href="{href}" >this http URL</a>'


HTML = [
    # anchors become their address
    (f"Code: {anchor('https://git.example/a_b')}.", "Code: https://git.example/a_b."),
    (f"Code: \\url{{{anchor('https://git.example/a')}}}.", "Code: \\url{https://git.example/a}."),
    (f"[here]({anchor('https://git.example/a')})", "[here](https://git.example/a)"),
    (f"at {anchor('http://x.example/?a=1&amp;b=2')}", "at http://x.example/?a=1&b=2"),
    ("<a href='https://x.example'>page</a>", "https://x.example"),
    ('see <a href="/abs/2105.00001">2105.00001</a>', "see 2105.00001"),
    ('<a name="top">Results</a>', "Results"),
    # false anchors become the words again
    (f"the {false('http://task.To')} address this, we", "the task. To address this, we"),
    (f"visual {false('http://objects.In')} (short) we", "visual objects. In (short) we"),
    (f"in this {false('http://task.in')} particular we", "in this task. in particular we"),
    (f"the file {false('http://README.md')} lists", "the file README.md lists"),
    # near misses: real short domains
    (f"federation ({anchor('https://www.fets.ai/')}).", "federation (https://www.fets.ai/)."),
    (f"We use {false('http://x.ai')} for this", "We use http://x.ai for this"),
    (f"We use {false('http://Example.Org')} for this", "We use http://Example.Org for this"),
    (f"the site of {false('http://Team.To')}.", "the site of http://Team.To."),
    (f"available at {false('http://lab.in')} and more", "available at http://lab.in and more"),
    (f"is at {false('http://train.sh')} now", "is at http://train.sh now"),
    (f"we {false('http://task.To/x')} and", "we http://task.To/x and"),
    # cut addresses
    (f"{anchor('https://github.com/ann')} smith/tool_kit.", "https://github.com/ann-smith/tool_kit."),
    (f"{anchor('https://github.com/ann/deep-')} tool.", "https://github.com/ann/deep-tool."),
    (f"{anchor('https://github.com/ann/deep_')}tool", "https://github.com/ann/deep_tool"),
    (f"{anchor('https://github.com/ann/deep')}-tool", "https://github.com/ann/deep-tool"),
    (f"{anchor('https://github.com/ann/deep')}_tool.", "https://github.com/ann/deep_tool."),
    (f"{anchor('https://github.com/ann/deep')} tool_kit.", "https://github.com/ann/deep_tool_kit."),
    # near misses of cut addresses
    (f"{anchor('https://github.com/ann')} and/or here", "https://github.com/ann and/or here"),
    (f"{anchor('https://github.com/ann')} PyTorch/JAX code", "https://github.com/ann PyTorch/JAX code"),
    (f"{anchor('https://github.com/ann/deep')} with ease", "https://github.com/ann/deep with ease"),
    (f"{anchor('https://github.com/ann/deep')} state-of-the-art.", "https://github.com/ann/deep state-of-the-art."),
    (f"{anchor('https://x.example/a-')} and then we", "https://x.example/a- and then we"),
    (f"{anchor('https://x.example/a')}and more", "https://x.example/a and more"),
    # breaks, other tags
    ("First part. <br>Second part.", "First part.\nSecond part."),
    ("First.<br/><br />Second.", "First.\nSecond."),
    ("<p>First.</p><p>Second.</p>", "First.\nSecond."),
    ("the <i>best</i> H<sub>2</sub>O of 10<sup>5</sup>", "the best H2O of 10^5"),
    # comparisons are no tags
    ("p<0.05 and <5% of a < b or a <b and c> d", "p<0.05 and <5% of a < b or a <b and c> d"),
    ("x<y and z>w, <s> token", "x<y and z>w, <s> token"),
    # entities
    ("p &lt; .05 &amp; A&amp;B", "p < .05 & A&B"),
    ("5&#176; 5&#xB0; 5&deg;", "5° 5° 5°"),
    ("a &amp;lt; b &amp;amp;gt; c", "a < b > c"),
    ("R&D; AT&T &nosuch; &", "R&D; AT&T &nosuch; &"),
    # mojibake
    ("360Â° and donâ€™t", "360° and don’t"),
    # white space
    ("  a   b \n c.      ", "a b c."),
]

PLAIN = [
    ("p<0.05, <5%, a < b", "p<0.05, <5%, a < b"),
    ("<b>stays</b> &amp; stays", "<b>stays</b> &amp; stays"),
    ("one\ntwo  three", "one two three"),
    ("one.\n\ntwo", "one.\ntwo"),
    ("  One\ntwo.\n  Three", "One two.\nThree"),
    ("  One\n  two.\n    Three\n  four", "One two.\nThree four"),
    ("One.   Two", "One.\nTwo"),
    ("one   two", "one two"),
    ("one.  Two", "one. Two"),
    ("a\r\nb\tc\u2028d", "a b c d"),
    ("cafÃ© sâ€“t", "café s–t"),
    ("360Ã‚Â° of Ã¢â‚¬Å“this", "360° of “this"),
    ("\\textbf{A} $x_1$ ~ %", "\\textbf{A} $x_1$ ~ %"),
    ("", ""),
    (" \n ", ""),
]


@pytest.mark.parametrize(("raw", "text"), HTML)
def test_html(raw: str, text: str) -> None:
    assert publish(raw, "html").text == text


@pytest.mark.parametrize(("raw", "text"), PLAIN)
def test_plain(raw: str, text: str) -> None:
    assert publish(raw, "plain").text == text


@pytest.mark.parametrize(
    "word",
    ["São", "GÖ–Stadt", "naïve", "Ångström", "Ã la", "Â", "MAÇÃO", "Ä±0.5"[:1], "€5", "«Â»"[:1]],
)
def test_words_that_are_no_mojibake_stay(word: str) -> None:
    assert publish(word, "plain").text == word


def test_a_part_of_an_address_maps_to_the_same_part_of_the_source() -> None:
    raw = f"see {anchor('https://git.example/abc/def')}."
    aligned = publish(raw, "html")
    at = aligned.text.index("abc/d")
    assert aligned.to_source(Extent(at, at + 5)).of(raw) == "abc/d"
    at = aligned.text.index("https")
    whole = Extent(at, at + len("https://git.example/abc/def"))
    assert aligned.to_source(whole).of(raw) == "https://git.example/abc/def"


def test_the_word_in_front_of_a_missing_space_keeps_its_place() -> None:
    raw = f"the {false('http://task.To')} address"
    aligned = publish(raw, "html")
    at = aligned.text.index("task")
    assert aligned.to_source(Extent(at, at + 5)).of(raw) == "task."
    at = aligned.text.index("address")
    assert aligned.to_source(Extent(at, at + 7)).of(raw) == "address"
