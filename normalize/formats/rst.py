"""reStructuredText: literal blocks, doctests, code, and the names by which a document refers to itself.

After the reStructuredText Markup Specification of docutils (sections Literal Blocks, Doctest Blocks, Explicit
Markup Blocks, Inline Markup) and the directives of docutils and Sphinx. A name stays as it is where it is
defined and where it is used, for the other place may be in another file.
"""

from __future__ import annotations

import re
from string import punctuation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from normalize.spans import Span

CODE = frozenset(
    (
        *("code", "code-block", "sourcecode", "highlight", "literalinclude", "math", "raw", "parsed-literal"),
        *("include", "doctest", "testcode", "testoutput", "testsetup", "testcleanup", "graphviz", "digraph"),
        *("graph", "inheritance-diagram", "productionlist", "toctree", "index", "default-role"),
        *("default-domain", "role", "date", "module", "currentmodule", "ipython", "plot", "mermaid", "uml"),
    )
)
"""Directives of which nothing is prose."""
ARGUMENTS = frozenset(["image", "figure", "container", "class", "rst-class", "only"])
"""Directives whose argument is a path or a name, and whose content is prose."""
PROSE_OPTIONS = frozenset(("alt", "caption", "title", "subtitle", "header", "abstract"))

_LINE = re.compile(r"[^\n]*\n?")
_DIRECTIVE = re.compile(r"[ \t]*\.\.[ \t]+(\|[^|\n]+\|[ \t]+)?([\w:.+-]+)::(?=\s|$)[ \t]*")
_TARGET = re.compile(r"[ \t]*(?:\.\.[ \t]+_|__[ \t])")
_LABEL = re.compile(r"[ \t]*\.\.[ \t]+(\[[^\]\n]+\]|\|[^|\n]+\|)")
_ITEM = re.compile(r"[ \t]*(?:(?:[-+*•‣⁃]|\(?(?:\d+|#|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)])[ \t]+)+")
_OPTION = re.compile(r"[ \t]+:([\w-]+):(?=\s|$)")
_INLINE = re.compile(
    r":[\w:.+-]+:`[^`]*`"  # a role
    r"|`[^`<>]+`__?(?!\w)"  # a reference, and `text`_ is the name of its target
    r"|\|[^|\s](?:[^|\n]*[^|\s])?\|"  # a substitution
    r"|\[[^\]\s]+\]_(?!\w)"  # a footnote or citation
    r"|(?<![\w`])\w(?:[\w.+:-]*\w)?__?(?!\w)(?<=_)"  # a reference of one word
)


def verbatim(text: str) -> Sequence[Span]:
    """What is no prose, in code points."""
    found: list[Span] = []
    lines = [(line.start(), line[0]) for line in _LINE.finditer(text) if line[0]]
    block: int | None = None  # lines further in than this are code
    quoted = ""  # after a `::`, the mark that begins each line of code; a space while none was seen
    options: int | None = None  # lines further in than this may be options
    doctest = False
    for number, (start, line) in enumerate(lines):
        whole = (start, start + len(line))
        indent, is_blank = _indent(line), not line.strip()
        if block is not None:
            if is_blank or indent > block:
                found.append(whole)
                quoted = quoted if is_blank else ""
                continue
            if indent == block and quoted == " " and line.lstrip()[0] in punctuation:
                quoted = line.lstrip()[0]
            block = None
        if quoted and quoted == line.lstrip()[:1]:
            found.append(whole)
            continue
        quoted = ""
        doctest = not is_blank and (doctest or line.lstrip().startswith(">>> "))
        if doctest or _TARGET.match(line):
            found.append(whole)
            continue
        directive = _DIRECTIVE.match(line)
        if directive:
            options = indent
            name = directive[2].rpartition(":")[2]
            if name in CODE:
                found.append(whole)
                block = indent
                continue
            # of `.. |name| replace:: text` the name; of `.. image:: path` the path
            found.append((start, whole[1] if name in ARGUMENTS else start + directive.end(2)))
        elif options is not None and not is_blank:
            option = _OPTION.match(line) if indent > options else None
            if option is None:
                options = None
            elif option[1] not in PROSE_OPTIONS:
                found.append(whole)
                continue
        label = _LABEL.match(line)
        if label:
            found.append((start + label.start(1), start + label.end(1)))
        found.extend((start + one.start(), start + one.end()) for one in _INLINE.finditer(line))
        if line.rstrip().endswith("::") and not directive and _is_blank_after(lines, number):
            item = _ITEM.match(line)
            block, quoted = len(item[0].expandtabs(8)) if item else indent, " "
    return found


def _is_blank_after(lines: list[tuple[int, str]], number: int) -> bool:
    return number + 1 == len(lines) or not lines[number + 1][1].strip()


def _indent(line: str) -> int:
    """How far in a line begins; tabs go to every eighth column."""
    line = line.expandtabs(8)
    return len(line) - len(line.lstrip(" "))
