"""Other libraries that the package can use where its extras are installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from normalize.errors import MissingExtraError

DISTRIBUTION = "normalize-translit"


def extra(module: str, name: str, what: str) -> Any:
    """The module of an extra, which `what` needs. Raises `MissingExtraError`, which names the cure."""
    try:
        return import_module(module)
    except ImportError:
        raise MissingExtraError(
            f"{what} needs the extra {name!r}; install it with `pip install '{DISTRIBUTION}[{name}]'`"
        ) from None
