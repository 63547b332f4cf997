"""A browser on a report, with few words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

#: papers of the report that the browser looks at, and hostile ones beside them
PAPERS = 130
HOSTILE = 3


class Browser:
    """Chromium on a report.

    Args:
        driver: of selenium.
        folder: of the report.
    """

    def __init__(self, driver: Any, folder: Path) -> None:
        self.driver = driver
        self.folder = folder

    def open(self, page: str) -> None:
        """Load a page of the report anew."""
        self.driver.get("about:blank")
        self.driver.get(f"{self.folder.as_uri()}/{page}")

    def script(self, code: str, *values: Any) -> Any:
        """The value of a function's body."""
        return self.driver.execute_script(code, *values)

    def wait(self, condition: str) -> Any:
        """Wait until an expression holds."""
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.driver, 30, 0.05).until(lambda _: self.script(f"return {condition}"), condition)

    def find(self, selector: str) -> Any:
        """The first element of a selector."""
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        """All elements of a selector."""
        return list(self.driver.find_elements("css selector", selector))

    def keys(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def emulate(self, method: str, **values: Any) -> None:
        """A command of the browser's debugging protocol."""
        self.driver.execute_cdp_cmd(f"Emulation.{method}", values)

    def complaints(self) -> list[str]:
        """What the console says since the last time."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses that the pages of the report asked for since the last time."""
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
            and not event["params"]["documentURL"].startswith(("chrome://", "about:"))
        ]
