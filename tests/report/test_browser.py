"""The report in a real browser: with a mouse, with a keyboard, without scripts, on a phone, in the dark."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from browsing import HOSTILE, PAPERS, Browser
from hostile import PAYLOADS
from invented import inventions

ALL = PAPERS + HOSTILE
PAPER = "paper/2401.10002.html"
READY = "document.documentElement.dataset.ready"


def board(site: Path) -> str:
    """A board with the plot of several figures."""
    largest = max((site / "board").glob("dataset-cifar*"), key=lambda file: file.stat().st_size)
    return largest.relative_to(site).as_posix()


def shown(browser: Browser) -> list[str]:
    """The papers in the list."""
    return [link.get_attribute("href").rpartition("/")[2] for link in browser.all("#list .card h3 a")]


def says(browser: Browser, count: int) -> None:
    """Wait until the list says how many papers it found."""
    browser.wait(f"document.getElementById('count').textContent.startsWith('{count} of {ALL} ')")


def test_search_finds_words_of_title_abstract_and_author(browser: Browser) -> None:
    browser.open("papers.html")
    browser.wait(READY)
    assert len(shown(browser)) == 20
    papers = [record.paper for record in inventions(PAPERS)]
    for word in ("costly", papers[7].title.partition(":")[0], papers[9].authors[0]):
        wanted = [
            p for p in papers
            if all(any(w.startswith(part) for w in f"{p.title} {p.abstract} {' '.join(p.authors)}".lower()
                   .translate(dict.fromkeys(map(ord, "-:.,%/"), " ")).split())
                   for part in word.lower().replace("-", " ").split())
        ]  # fmt: skip
        box = browser.find("#query")
        box.clear()
        box.send_keys(word)
        browser.wait(f"new URLSearchParams(location.hash.slice(1)).get('q') === {json.dumps(word)}")
        says(browser, len(wanted))
        assert set(shown(browser)) <= {f"{p.id}.html" for p in wanted}
    box.clear()
    box.send_keys("nosuchwordanywhere")
    says(browser, 0)
    assert "No paper matches" in browser.find("#list").text


def test_filters_narrow_and_are_kept_in_the_address(browser: Browser) -> None:
    browser.open("papers.html")
    browser.wait(READY)
    records = list(inventions(PAPERS))
    browser.find("#fact").send_keys("cityscapes")
    browser.wait("document.querySelectorAll('#facts [role=option]').length")
    browser.find("#facts [role=option]").click()
    on = [r for r in records if any(d.name == "Cityscapes" for d in r.facts.datasets)]
    says(browser, len(on))
    browser.find("input[value=sota]").click()
    both = [r for r in on if r.facts.claims]
    says(browser, len(both))
    assert 0 < len(both) < len(on)
    address = browser.driver.current_url
    browser.driver.get("about:blank")
    browser.driver.get(address)
    says(browser, len(both))
    assert browser.find("#chosen").text.startswith("Cityscapes")
    browser.find("#chosen button").click()
    says(browser, sum(bool(r.facts.claims) for r in records) + HOSTILE)
    browser.find("button[type=reset]").click()
    says(browser, ALL)


def test_pages_turn_and_every_paper_is_on_one(browser: Browser) -> None:
    browser.open("papers.html")
    browser.wait(READY)
    seen = shown(browser)
    for page in range(2, -(-ALL // 20) + 1):
        browser.find("#pages button:last-child").click()
        browser.wait(f"document.querySelector('#pages span').textContent.startsWith('Page {page} ')")
        seen += shown(browser)
    assert len(seen) == len(set(seen)) == ALL
    assert browser.script("return document.activeElement.id") == "list"


def test_script_and_template_make_the_same_cards(browser: Browser) -> None:
    browser.open("papers.html")
    browser.wait(READY)
    cards = r"""return [...document.querySelectorAll('.card')].map((card) =>
        card.outerHTML.replace(/>\s+/g, '>').replace(/\s+</g, '<'))"""
    written = browser.script(cards)
    browser.find("#query").send_keys("x")
    browser.wait(f"!document.getElementById('count').textContent.startsWith('{ALL}')")
    browser.find("#query").clear()
    browser.find("#query").send_keys(" ")
    says(browser, ALL)
    assert browser.script(cards) == written


def test_a_paper_opens_and_its_evidence_is_followed(browser: Browser) -> None:
    browser.open("papers.html#q=2401.10002")
    says(browser, 1)
    browser.find(".card h3 a").click()
    browser.wait("document.querySelector('.fact .places a')")
    assert browser.driver.current_url.endswith(PAPER)
    evidence = browser.find("#dataset-1 .places a")
    evidence.click()
    browser.wait("document.querySelector('.mark:target')")
    mark = browser.find(".mark:target")
    assert evidence.find_element("css selector", "b").text == mark.text
    assert browser.script("return document.activeElement === document.querySelector('.mark:target')")
    mark.click()
    browser.wait("document.querySelector('.fact:target')")
    assert browser.find(".fact:target").get_attribute("id") == "dataset-1"
    browser.find("#method-1 summary").click()
    assert "it is written like a proper name" in browser.find("#method-1 details").text
    assert browser.find("#method-1 meter").get_attribute("value") == "0.97"


def test_a_leaderboard_sorts(browser: Browser, site: Path) -> None:
    browser.open("leaderboards.html")
    browser.find("#boards tbody td a").click()
    browser.wait("document.querySelector('.plot path.best')")
    scores = r"""return [...document.querySelectorAll('table[id^=levels] tbody tr')].map((row) =>
        Number(row.cells[1].textContent.match(/[\d.]+/)[0]))"""
    before = browser.script(scores)
    assert len(before) > 3
    heading = browser.all("table[id^=levels] thead th")[1]
    announced = heading.get_attribute("aria-sort")
    both = {"descending": True, "ascending": False}
    for state, reverse in sorted(both.items(), key=lambda pair: pair[0] == announced):
        heading.find_element("css selector", "button").click()
        browser.wait(
            f"document.querySelectorAll('table[id^=levels] thead th')[1].getAttribute('aria-sort') === '{state}'"
        )
        browser.wait("document.querySelector('table[id^=levels] tbody tr')")
        assert browser.script(scores) == sorted(before, reverse=reverse)
    assert browser.script("return document.querySelectorAll('[aria-sort]').length") == 1
    browser.find("table[id^=levels] tbody tr td:last-child a").click()
    browser.wait("document.querySelector('.mark:target')")
    assert "result" in browser.find(".mark:target").get_attribute("class")


def test_the_order_that_tables_announce_is_theirs(browser: Browser, site: Path) -> None:
    boards = [file.relative_to(site).as_posix() for file in sorted((site / "board").iterdir())]
    sets = [file.relative_to(site).as_posix() for file in sorted((site / "dataset").iterdir())]
    for page in ["leaderboards.html", "datasets.html", *boards[:8], *sets[:3]]:
        browser.open(page)
        orders = browser.script("""
            return [...document.querySelectorAll('table:has([aria-sort])')].map((table) => {
              const head = table.querySelector('[aria-sort]');
              const cells = [...table.tBodies[0].rows].map((row) => row.cells[head.cellIndex]);
              return [head.getAttribute('aria-sort'), cells.map((cell) => cell.dataset.key ?? cell.textContent)];
            });""")
        assert orders, page
        for order, keys in orders:
            assert len(keys) > 1 or page in boards
            values = [float(key) for key in keys] if "-" not in keys[0] else keys
            assert values == sorted(values, reverse=order == "descending"), page


def test_a_long_table_filters_and_pages(browser: Browser, site: Path) -> None:
    browser.open("datasets.html")
    total = int(browser.find("#datasets").get_attribute("data-total"))
    first = browser.all("#datasets tbody tr")
    browser.find("#datasets-filter").send_keys("kitti")
    browser.wait("document.querySelectorAll('#datasets tbody tr').length === 1")
    assert browser.find("#datasets tbody").text.startswith("KITTI")
    assert f"1 of {total} rows" in browser.find("main [role=status]").text
    assert len(first) == min(total, 50)


def test_the_keyboard_is_enough(browser: Browser) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.open("papers.html")
    browser.wait(READY)
    focus = "return document.activeElement.id || document.activeElement.textContent.trim()"
    browser.keys(Keys.TAB)
    assert browser.script(focus) == "Skip to the content"
    assert browser.script("return document.activeElement.getBoundingClientRect().top >= 0")
    browser.keys(Keys.ENTER)
    browser.wait("document.activeElement.id === 'content'")
    browser.keys(Keys.TAB)
    assert browser.script(focus) == "query"
    browser.keys("denoising", Keys.TAB)
    browser.wait("location.hash.includes('q=denoising')")
    assert browser.script(focus) == "Filters"
    browser.keys(Keys.TAB, "psn")
    browser.wait("document.querySelectorAll('#facts [role=option]').length")
    browser.keys(Keys.ARROW_DOWN)
    browser.wait("document.getElementById('fact').getAttribute('aria-activedescendant') === 'fact-0'")
    assert browser.find("#fact-0").get_attribute("aria-selected") == "true"
    browser.keys(Keys.ENTER)
    browser.wait("document.querySelector('#chosen li')")
    browser.wait("location.hash.includes('fact=metric')")
    first = browser.script("return document.querySelector('.card h3 a').href")
    for _ in range(40):
        browser.keys(Keys.TAB)
        if browser.script("return document.activeElement.href") == first:
            break
    assert browser.script("return getComputedStyle(document.activeElement).outlineStyle") != "none"
    browser.keys(Keys.ENTER)
    browser.wait("document.querySelector('.fact')")
    assert browser.driver.current_url == first


def test_skipping_to_the_content_keeps_the_search(browser: Browser) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.open("papers.html#q=denoising&with=code")
    browser.wait(READY)
    found = shown(browser)
    browser.keys(Keys.TAB, Keys.ENTER)
    browser.wait("document.activeElement.id === 'content'")
    browser.script("return new Promise((done) => setTimeout(done, 300))")
    assert browser.find("#query").get_attribute("value") == "denoising"
    assert browser.find("input[value=code]").is_selected()
    assert shown(browser) == found


def test_hostile_papers_do_nothing(browser: Browser, site: Path) -> None:
    pages = [*sorted((site / "paper").glob("x*.html")), *sorted((site / "board").glob("*owned*"))]
    assert len(pages) == HOSTILE + 1
    browser.open("papers.html#q=wicked")
    says(browser, HOSTILE)
    assert browser.all("#list .card .facts a[href^=http]") == []
    assert PAYLOADS[0] in browser.find("#list").text
    browser.find("#fact").send_keys("img src")
    browser.wait("document.querySelectorAll('#facts [role=option]').length")
    for page in [
        "",
        *(page.relative_to(site).as_posix() for page in pages),
        "index.html",
        "datasets.html",
        "leaderboards.html",
    ]:
        if page:
            browser.open(page)
        browser.wait("document.readyState === 'complete'")
        assert browser.script("return typeof window.owned") == "undefined", page
        assert (
            browser.all("main img, main iframe, main script, main style, main textarea, [onerror], [onload]") == []
        ), page
        links = browser.script("return [...document.links].map((a) => new URL(a.href).protocol)")
        assert set(links) <= {"file:", "https:", "http:"}, page


CONTRAST = r"""
const parse = (text) => { const n = text.match(/[\d.]+/g).map(Number); return [n[0], n[1], n[2], n[3] ?? 1]; };
const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
  .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const ground = (e) => {
  const chain = [];
  for (let n = e; n; n = n.parentElement) chain.unshift(parse(getComputedStyle(n).backgroundColor));
  return chain.reduce((below, above) => over(above, below), [255, 255, 255, 1]);
};
const found = [];
for (const e of document.querySelectorAll('body *')) {
  if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility() || e.disabled) continue;
  const behind = ground(e);
  const svg = e.namespaceURI.endsWith('svg');
  if (svg && e.localName !== 'text') continue;
  const text = over(parse(getComputedStyle(e)[svg ? 'fill' : 'color']), behind);
  const [a, b] = [light(text), light(behind)].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < 4.5) found.push([e.outerHTML.slice(0, 80), ratio.toFixed(2)]);
}
return found;
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(browser: Browser, site: Path, scheme: str) -> None:
    browser.emulate("setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    for page in ("index.html", "papers.html", PAPER, "leaderboards.html", board(site), "datasets.html", "all/1.html"):
        browser.open(page)
        assert browser.script(f"return matchMedia('(prefers-color-scheme: {scheme})').matches")
        assert browser.script(CONTRAST) == [], page


def test_marks_are_told_apart_without_colour(browser: Browser) -> None:
    browser.open("index.html")
    looks: list[Any] = browser.script("""
        return [...document.querySelectorAll('.legend .mark')].map((mark) => {
          const style = getComputedStyle(mark);
          const line = [style.textDecorationLine, style.textDecorationStyle, style.textDecorationThickness,
            style.fontStyle, style.boxShadow !== 'none', style.borderBottomWidth];
          return [getComputedStyle(mark, '::before').content, line.join()];
        });""")
    assert len(looks) == 8
    assert len({letter for letter, _ in looks}) == 8
    assert len({line for _, line in looks}) == 8


@pytest.mark.parametrize("page", ["index.html", "papers.html", PAPER, "leaderboards.html", "", "datasets.html"])
def test_a_phone_scrolls_only_down(browser: Browser, site: Path, page: str) -> None:
    browser.emulate("setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True)
    browser.open(page or board(site))
    assert browser.script("return document.documentElement.scrollWidth") <= 390
    small = browser.script("""
        return [...document.querySelectorAll('svg.plot text')].map((text) => text.getBoundingClientRect().height)
          .filter((height) => height && height < 10);""")
    assert small == []


def test_without_scripts_the_first_papers_and_all_titles_are_there(browser: Browser, site: Path) -> None:
    browser.emulate("setScriptExecutionDisabled", value=True)
    browser.open("papers.html")
    assert len(browser.all("#list .card")) == 20
    assert browser.find("noscript a").is_displayed()
    assert not browser.find("#find").is_displayed()
    browser.find("noscript a").click()
    assert len(browser.all("ol.plain a")) == ALL


def test_motion_is_reduced_where_asked_for(browser: Browser) -> None:
    for wish, behaviour in (("reduce", "auto"), ("no-preference", "smooth")):
        browser.emulate("setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": wish}])
        browser.open("index.html")
        assert browser.script("return getComputedStyle(document.documentElement).scrollBehavior") == behaviour


def test_pages_stay_small(browser: Browser, site: Path) -> None:
    for page in ("index.html", "papers.html", "leaderboards.html", "datasets.html", PAPER):
        browser.open(page)
        assert browser.script("return document.querySelectorAll('*').length") < 2500, page


def test_landmarks_and_names(browser: Browser, site: Path) -> None:
    for page in ("index.html", "papers.html", "leaderboards.html", "datasets.html", PAPER, board(site)):
        browser.open(page)
        assert [len(browser.all(tag)) for tag in ("body > header", "body > main", "body > footer", "h1")] == [1] * 4, (
            page
        )
        unnamed = browser.script("""
            const parts = document.querySelectorAll('input, select, button, a, nav, [role=region], svg[role]');
            return [...parts].filter((e) =>
              !(e.labels?.length || e.ariaLabel || e.getAttribute('aria-labelledby') || e.textContent.trim()))
              .map((e) => e.outerHTML);""")
        assert unnamed == [], page
        levels = browser.script(
            "return [...document.querySelectorAll('h1,h2,h3,h4')].map((h) => Number(h.localName[1]))"
        )
        assert all(after - before <= 1 for before, after in pairwise(levels)), page
