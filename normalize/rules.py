"""The ids of the rules, and the levels that they are given: names that configuration and engines share."""

from __future__ import annotations

RULES = (
    "mixed-script-word",
    "stray-script-word",
    "toponym-variant",
    "toponym-former",
    "toponym-ambiguous",
    "invisible-character",
    "bidi-control",
)
"""The ids of all rules."""
LEVELS = ("safe", "unsafe", "none", "off")
"""What a rule may be allowed to claim at most; `off` drops its findings."""
FIXES = ("safe", "unsafe", "none")
"""Which findings are applied."""
