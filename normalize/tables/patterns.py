"""Whether a regular expression keeps to the subset that Python's `re` and Rust's `regex` share.

Neither look-around nor back-references exist there, and a repetition inside a repetition, which lets a
backtracking engine run for ever, is not for tables.
"""

from __future__ import annotations

import re

_REPETITION = re.compile(r"[*+]|\{(\d*),?(\d*)\}")
_GROUP = re.compile(r"\?(?::|P<\w+>|[imsx]+\)|[imsx]+:)")


def problem(pattern: str) -> str | None:
    """What is wrong with a pattern, as the end of a sentence; None if nothing is."""
    try:
        re.compile(pattern, re.MULTILINE)
    except re.error as error:
        return f"does not compile ({error})"
    return _Scanner(pattern).problem()


class _Scanner:
    """Walks over a pattern that compiles, keeping for each open group whether it repeats anything."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern, 0
        self._repeats = [False]

    def problem(self) -> str | None:
        closed_repeats = False  # whether what stands before the cursor is a group that repeats something
        while self._at < len(self._pattern):
            char = self._pattern[self._at]
            if char in "*+{" and (length := self._repetition()):
                if closed_repeats:
                    return f"repeats a repetition at position {self._at}"
                self._repeats[-1] = True
                self._at += length
                if self._pattern[self._at : self._at + 1] == "+":
                    return f"has a possessive repetition at position {self._at}"
                continue
            if char == "?" and closed_repeats:  # optional, or lazy: repeats nothing by itself
                self._at += 1
                continue
            closed_repeats = False
            if char == "\\":
                if self._pattern[self._at + 1].isdigit() or self._pattern[self._at + 1] in "kgGKZz":
                    return f"has a back-reference or an anchor of one library at position {self._at}"
                self._at += 2
            elif char == "[":
                self._at = self._end_of_set()
            elif char == "(":
                if self._pattern.startswith("?", self._at + 1) and not _GROUP.match(
                    self._pattern, self._at + 1
                ):
                    return f"has a look-around or another special group at position {self._at}"
                self._repeats.append(False)
                self._at += 2 if self._pattern.startswith("?", self._at + 1) else 1
            else:
                if char == ")":
                    closed_repeats = self._repeats.pop()
                    self._repeats[-1] |= closed_repeats
                self._at += 1
        return None

    def _repetition(self) -> int:
        """The length of a repetition at the cursor, 0 where it repeats at most once or is none."""
        match = _REPETITION.match(self._pattern, self._at)
        if match is None or match.group() in ("{}", "{,}"):
            return 0
        return len(match.group())

    def _end_of_set(self) -> int:
        at = self._at + 1
        if self._pattern.startswith("^", at):
            at += 1
        if self._pattern.startswith("]", at):
            at += 1
        while self._pattern[at] != "]":
            at += 2 if self._pattern[at] == "\\" else 1
        return at + 1
