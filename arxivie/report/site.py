"""The files of a report: pages from templates, data as scripts."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from arxivie import __version__
from arxivie.errors import ConfigurationError
from arxivie.report.labels import LABELS
from arxivie.report.marks import plain_html
from arxivie.report.scripts import encoded, script
from arxivie.report.tables import Table

#: stands in every report: without it a folder that is not empty is not written to
MARKER = ".arxivie-report"
_FOLDERS = ("all", "board", "data", "dataset", "paper", "static")


class Site:
    """Writes a report.

    Args:
        folder: made where it is not there; a former report in it is replaced.
        title: of the report.

    Raises:
        ConfigurationError: where the folder holds other things than a report.
    """

    def __init__(self, folder: Path, title: str) -> None:
        self.folder = folder
        self.title = title
        self.version = __version__
        self.papers = 0
        self.made_with = ""
        self._environment = Environment(
            loader=PackageLoader("arxivie.report"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["marked"] = lambda data: plain_html(
            data, lambda label: Markup('<span class="mark {}">').format(label.name)
        )
        self._environment.globals |= {"site": self, "labels": LABELS}
        self._clear()

    def _clear(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise ConfigurationError(f"{self.folder} is a file; name a folder for the report")
        if self.folder.is_dir() and any(self.folder.iterdir()) and not (self.folder / MARKER).is_file():
            raise ConfigurationError(f"{self.folder} holds other files; name a new folder for the report")
        for name in _FOLDERS:
            shutil.rmtree(self.folder / name, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / MARKER).write_text("A report made by arxivie; making it anew replaces these files.\n", "utf-8")
        shutil.copytree(Path(__file__).parent / "static", self.folder / "static")

    def write(self, path: str, content: str) -> None:
        """A file; characters that UTF-8 has no code for become question marks."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8", errors="replace", newline="\n")

    def page(self, path: str, template: str, values: Mapping[str, Any]) -> None:
        """A page; ``here`` of its values names the entry of the navigation that it belongs to."""
        known = {"up": "../" * path.count("/"), "here": ""}
        self.write(path, self._environment.get_template(template).render({**known, **values}))

    def data(self, name: str, data: str) -> None:
        """Data, `encoded`, that a page loads when it needs them."""
        self.write(f"data/{name}.js", script(name, data))

    def table(self, table: Table) -> Table:
        """The table, with a script of all its rows where they do not all stand in the page."""
        if table.more:
            self.data(f"tables/{table.id}", encoded(table.data()))
        return table
