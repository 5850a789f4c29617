"""What this installation brings with it, told without an import that costs time.

The command and the library begin here: with the native engine, a shipped ruleset needs nothing else.
"""

from __future__ import annotations

import os

PACKAGE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(PACKAGE, "_data")
SUFFIX = ".nzr"
DEFAULT_PROFILE = "uk-national"


def shipped_ruleset(profile: str) -> str:
    """The path of a profile's ruleset, if it was built with the package; empty if not."""
    if os.path.basename(profile) != profile or profile.endswith(".toml"):
        return ""
    path = os.path.join(DATA, profile + SUFFIX)
    return path if os.path.isfile(path) else ""


def why_no_native() -> str:
    """Why the package was built without its native engine, as the build noted it; empty if it did not."""
    try:
        with open(os.path.join(DATA, "no-native-engine.txt"), encoding="utf-8") as note:
            return note.read().strip()
    except OSError:
        return ""
