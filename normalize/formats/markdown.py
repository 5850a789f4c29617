"""Markdown: blocks of code, which zones cannot tell from how far a line is indented.

After CommonMark 0.31.2, sections 4.4 (indented code blocks), 4.5 (fenced code blocks) and 5.2 (list items).
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from normalize.spans import Span

_LINE = re.compile(r"[^\n]*\n?")
_MARKER = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?=[ \t\n]|$)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_CODE = 4
"""Columns from which on a line is code, counted from its list item."""
_LEAF = re.compile(r"#{1,6}(?:[ \t]|$)|(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$")
"""A heading or a thematic break, which no line goes on with."""

_UNDERLINE = re.compile(r"-+$|=+$")
_INTERRUPTING = re.compile(r"(?:[-+*]|1[.)])[ \t]+\S")
"""The only items that may begin where a paragraph is open."""


def verbatim(text: str) -> Sequence[Span]:
    """The lines of code, in code points."""
    found: list[Span] = []
    items: list[int] = []  # the columns at which the text of each open list item begins
    fence = ""
    is_open = False  # whether a paragraph is, which an indented line would only go on with
    is_quoted = is_empty = False  # of the line before: a quotation, an item without text
    for match in _LINE.finditer(text):
        line = match[0].expandtabs(4)
        rest = line.strip()
        if not rest:
            if fence:
                found.append(match.span())
            if is_empty and not fence:
                items.pop()  # an item begins with one empty line at most
            is_open = is_empty = False
            continue
        column = len(line) - len(line.lstrip(" "))
        if fence and column >= (items[-1] if items else 0):
            found.append(match.span())
            if rest.startswith(fence) and not rest.strip(fence[0]):
                fence = ""
            continue
        fence = ""  # a block ends with its list item
        while items and column < items[-1] and (not is_open or _is_beginning(rest)):
            items.pop()
            is_open = False
        inner = items[-1] if items else 0
        if is_open and not is_quoted and inner <= column < inner + _CODE and _UNDERLINE.match(rest):
            is_open = False
            continue
        if not is_open and column >= inner + _CODE:
            found.append(match.span())
            is_empty = False
            continue
        is_empty = is_code = False
        while column < inner + _CODE and not _LEAF.match(rest) and (marker := _MARKER.match(rest)):
            if is_open and not is_quoted and not _INTERRUPTING.match(rest):
                break
            is_open = False
            after = rest[marker.end() :]
            gap = len(after) - len(after.lstrip(" "))
            is_empty, is_code = not after, gap > _CODE
            inner = column + marker.end() + (gap if 1 <= gap <= _CODE else 1)
            items.append(inner)
            if is_empty or is_code:
                break
            column, rest = inner, after.strip()
        opening = None if is_code else _FENCE.match(rest)
        if opening:
            fence = opening[1] or opening[2]
        if opening or is_code:
            found.append(match.span())
        is_quoted = rest.startswith(">") or (is_open and is_quoted)
        is_open = not (opening or is_code or is_empty or _LEAF.match(rest))
    return found


def _is_beginning(rest: str) -> bool:
    """Whether a line begins a block, and so goes on with no paragraph."""
    return rest.startswith(">") or any(kind.match(rest) for kind in (_LEAF, _MARKER, _FENCE))
