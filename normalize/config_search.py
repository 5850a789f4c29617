"""Finding the configuration that holds for a directory. Most directories have none, and that is soon told."""

from __future__ import annotations

import os

from normalize.config import Config, normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_NAMES = ("normalize.toml", "pyproject.toml")
_OURS = b"normalize"
"""What stands in any `pyproject.toml` that configures us."""


class ConfigFinder:
    """Finds and reads the configuration that holds for a directory, each file once."""

    def __init__(self) -> None:
        self._known: dict[str, Config] = {}

    def __call__(self, directory: str | Path) -> Config:
        """The nearest configuration, of this directory or one above it; the defaults without one."""
        return self._of(normal(directory))

    def _of(self, directory: str) -> Config:
        config = self._known.get(directory)
        if config is None:
            config = self._known[directory] = self._search(directory)
        return config

    def _search(self, directory: str) -> Config:
        for name in _NAMES:
            path = os.path.join(directory, name)
            if _may_configure(path):
                from pathlib import Path

                from normalize.config_file import read_config

                if (config := read_config(Path(path), required=False)) is not None:
                    return config
        above = os.path.dirname(directory)
        return self._of(above) if above != directory else Config()


def _may_configure(path: str) -> bool:
    """Whether a file is there that has to be read with care."""
    try:
        with open(path, "rb") as file:
            return path.endswith(_NAMES[0]) or _OURS in file.read()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return False
    except OSError:
        return True  # its reader says what is wrong
