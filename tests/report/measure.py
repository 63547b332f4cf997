"""How large a report is, how long it takes to make, and how soon a reader can use it.

python tests/report/measure.py invented 5000
python tests/report/measure.py facts.jsonl
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from invented import inventions

from arxivie.report.build import build_report
from arxivie.store.index import index

_FLAGS = (
    "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
    "disable-component-update", "disable-sync", "disable-dev-shm-usage", "window-size=1280,900",
)  # fmt: skip
_RUNS = 5
#: the first list that answers a word typed as soon as the page takes input, in ms since the page was asked for
_ANSWER = """
const done = arguments[0], query = document.getElementById('query');
const type = () => {
  const typed = performance.now();
  query.value = 'the'; query.dispatchEvent(new Event('input'));
  const before = document.getElementById('count').textContent;
  new MutationObserver((_, watcher) => { watcher.disconnect(); done([typed, performance.now(), before]); })
    .observe(document.getElementById('count'), {childList: true, characterData: true, subtree: true});
};
const wait = () => document.documentElement.dataset.ready ? type() : setTimeout(wait, 1);
wait();
"""
_READY = """
const [page] = performance.getEntriesByType('navigation');
const paint = performance.getEntriesByName('first-contentful-paint')[0];
return [paint.startTime, page.domInteractive, document.querySelectorAll('*').length];
"""


def measure(source: str, count: int) -> dict[str, Any]:
    """The figures of a report of invented papers or of a file of facts."""
    folder = Path(tempfile.mkdtemp())
    try:
        store = folder / "arxivie.duckdb"
        index(inventions(count) if source == "invented" else source, store)
        before, started = _seconds(), time.perf_counter()
        size = build_report(store, folder / "site")
        spent, built = _seconds(), time.perf_counter()
        figures: dict[str, Any] = {
            "papers": size.papers,
            "files": size.files,
            "MB": round(size.size / 1e6, 1),
            "data MB": round(sum(f.stat().st_size for f in (folder / "site/data").rglob("*.js")) / 1e6, 1),
            "index MB": round((folder / "site/data/index.js").stat().st_size / 1e6, 2),
            "build, seconds": round(built - started, 1),
            "build, CPU seconds": round(spent - before, 1),
        }
        return figures | _browse(folder / "site")
    finally:
        shutil.rmtree(folder)


def _seconds() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime + resource.getrusage(resource.RUSAGE_SELF).ru_stime


def _browse(site: Path) -> dict[str, Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in (*_FLAGS, f"user-data-dir={tempfile.mkdtemp()}"):
        options.add_argument(f"--{flag}")
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    driver.set_script_timeout(120)
    rows = []
    for _ in range(_RUNS):
        driver.get("about:blank")
        driver.get(f"{site.as_uri()}/papers.html")
        typed, answered, _ = driver.execute_async_script(_ANSWER)
        paint, interactive, _ = driver.execute_script(_READY)
        rows.append((paint, interactive, typed, answered - typed))
    nodes = driver.execute_script(_READY)[2]
    driver.quit()
    names = ("first paint, ms", "DOM ready, ms", "search ready, ms", "first answer after, ms")
    medians = (round(statistics.median(values)) for values in zip(*rows, strict=True))
    return dict(zip(names, medians, strict=True)) | {"elements on the papers page": nodes}


if __name__ == "__main__":
    source, *rest = sys.argv[1:] or ["invented"]
    print(json.dumps(measure(source, int(rest[0]) if rest else 5000), indent=1))
