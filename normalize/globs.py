"""Globs over relative paths, as in `.gitignore`: `*`, `?`, `[a-z]`, `[!a-z]`, and `**` across directories.

A glob without a slash matches a name at any depth, one with a slash the path from the root; both
match all that lies inside a directory that they match.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_COMPILED: dict[tuple[str, ...], re.Pattern[str]] = {}


def matches(globs: tuple[str, ...], path: str) -> bool:
    """Whether one of the globs matches this relative path (written with `/`) or a directory above it."""
    pattern = _COMPILED.get(globs)
    if pattern is None:
        pattern = _COMPILED[globs] = _compiled(globs)
    return bool(pattern.match(path))


def _compiled(globs: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for all globs; it matches a path, and all that lies inside it."""
    import re

    return re.compile("|".join(f"(?:{_translated(glob)}(?:/.*)?\\Z)" for glob in globs), re.DOTALL)


def _translated(glob: str) -> str:
    import re

    glob = glob.replace(os.sep, "/")
    body = glob.strip("/").removeprefix("./")
    anchored = glob.startswith("/") or "/" in body
    parts = {"**/": "(?:[^/]+/)*", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    tokens = re.findall(r"\*\*/|/\*\*\Z|\*\*|\*|\?|\[[^\]/]+\]|.", body, re.DOTALL)
    regex = "".join(
        parts.get(token) or (_set(token) if len(token) > 1 else re.escape(token)) for token in tokens
    )
    return regex if anchored else f"(?:.*/)?{regex}"


def _set(token: str) -> str:
    inner = token[1:-1].replace("\\", "\\\\")
    return f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
