"""The libraries of the extra ``tables``, imported where they are needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from arxivie.errors import ConfigurationError


def extra_module(name: str, extra: str, purpose: str) -> Any:
    """A module of an extra.

    Raises:
        ConfigurationError: where it is not installed; the message has the command that installs it.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise ConfigurationError(
            f"{purpose} needs {name.partition('.')[0]}, which is not installed: "
            f"pip install 'arxivie[{extra}]' ({error})"
        ) from None
