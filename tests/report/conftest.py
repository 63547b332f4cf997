"""A report of invented papers with hostile ones among them, built once, and a browser to look at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import HOSTILE, PAPERS, Browser
from hostile import hostile
from invented import inventions

pytest.importorskip("duckdb", reason="the report reads a store, which needs the extra `tables`")

from arxivie.report.build import build_report
from arxivie.store.index import index


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of invented papers, and of hostile ones."""
    path = tmp_path_factory.mktemp("store") / "arxivie.duckdb"
    index([*inventions(PAPERS), *(hostile(number) for number in range(HOSTILE))], path)
    return path


@pytest.fixture(scope="session")
def site(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its report."""
    folder = tmp_path_factory.mktemp("report") / "site"
    build_report(store, folder, title="Facts & <figures>")
    return folder


def _missing(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"CI must have a browser: {reason}")
    pytest.skip(f"needs Chromium, its driver and selenium: {reason}")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Headless Chromium, for the whole session."""
    try:
        from selenium import webdriver
    except ImportError as error:
        _missing(str(error))
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        _missing(f"browser {browser}, driver {driver}")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
        "disable-component-update", "disable-sync", "disable-dev-shm-usage", "window-size=1280,900",
        f"user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):  # fmt: skip
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    opened.set_script_timeout(60)
    yield opened
    opened.quit()


@pytest.fixture
def browser(chromium: Any, site: Path) -> Iterator[Browser]:
    """A browser on the report; behind every test the console is empty and no request has left the folder."""
    made = Browser(chromium, site)
    made.emulate("setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1, mobile=False)
    made.emulate("setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    made.emulate("setScriptExecutionDisabled", value=False)
    made.complaints(), made.requests()
    yield made
    asked = made.requests()
    assert made.complaints() == []
    assert asked, "the test opened no page"
    # Chromium draws the signs in its own date fields from data: addresses
    assert [url for url in asked if not url.startswith((site.as_uri() + "/", "data:"))] == []
