"""What is found in clean texts, against the verdicts that a reader gave.

    python -m tools.clean_texts NAME=DIRECTORY … [--table FILE] [--write]

A directory holds an unpacked package; its manual pages and its HTML pages are read as text. A script finding
must have a verdict in the table (`benchmarks/clean/findings.tsv`): `error`, when the text is wrong there;
`untranslated`, for a heading or caption between passages left in English; or `false`. Told are, by name, the
words, the findings, the false ones and how many in 10,000 words. With `--write`, the table is written anew,
findings without a verdict with `?`, to be read. Exit 1 where one has none.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from normalize import Normalizer

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "benchmarks" / "clean" / "findings.tsv"
RULES = ("mixed-script-word", "stray-script-word")
HEAD = "# Script findings in clean texts, each read by hand: see tools/clean_texts.py\n"
COLUMNS = ("text", "word", "replacement", "applicability", "count", "verdict")
_HEADINGS = frozenset(["SH", "SS", "B", "I", "BR", "IR", "BI", "RB", "RI", "IB", "IP"])
_BREAKS = frozenset(["TH", "SH", "SS", "PP", "TP", "P", "IP", "LP", "RS", "RE", "nf", "fi", "br", "sp"])
_BLOCKS = frozenset(("p", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "pre", "dt", "dd", "br", "title"))
Key = tuple[str, str, str, str]


def manual_page(source: str) -> str:
    """The text of a manual page: requests and fonts dropped, a blank line where one breaks."""
    lines: list[str] = []
    for line in source.splitlines():
        request = re.match(r"[.']\s*(\w*)\s*(.*)", line)
        if request:
            if request[1] in _BREAKS:
                lines.append("")
            if request[1] not in _HEADINGS:
                continue
            line = request[2].replace('"', "")
        line = re.sub(r"\\f(?:\[\w*\]|\(..|.)|\\[|^:&]", "", line)
        line = re.sub(r"\\\*?\((?:lq|rq|Aq|aq|oq|cq|dq|Fo|Fc)|\\\[\w+\]", '"', line)
        lines.append(line.replace(r"\-", "-").replace(r"\ ", " ").replace(r"\~", " ").replace(r"\e", "\\"))
    return "\n".join(lines)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._skip += tag in ("script", "style")
        self.out.append("\n\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self._skip -= tag in ("script", "style")
        self.out.append("\n\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        self.out.append("" if self._skip else data)


def texts(directory: Path) -> Iterator[str]:
    """The pages under a directory, in the order of their paths."""
    for path in sorted(directory.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        if re.search(r"\.\d\w*\.gz$", path.name) and "/man/" in path.as_posix():
            yield manual_page(gzip.decompress(path.read_bytes()).decode("utf-8", "replace"))
        elif path.suffix in (".html", ".htm"):
            page = _Page()
            page.feed(path.read_text(encoding="utf-8", errors="replace"))
            yield re.sub(r"\n\s*\n\s*", "\n\n", "".join(page.out))


def read_table(path: Path) -> dict[Key, str]:
    if not path.exists():
        return {}
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return {(row[0], row[1], row[2], row[3]): row[5] for row in rows[1:] if len(row) == len(COLUMNS)}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packages", nargs="+", metavar="NAME=DIRECTORY")
    parser.add_argument("--table", type=Path, default=TABLE)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    verdicts, normalizer = read_table(args.table), Normalizer()
    counts: Counter[Key] = Counter()
    for given in args.packages:
        name, _, directory = given.partition("=")
        words, own = 0, Counter[Key]()
        for text in texts(Path(directory)):
            words += len(re.findall(r"\w+", text))
            for one in normalizer.find(text):
                if one.rule in RULES:
                    own[name, one.text, one.replacement or "", str(one.applicability)] += 1
        false = sum(count for key, count in own.items() if verdicts.get(key) == "false")
        unread = sum(count for key, count in own.items() if verdicts.get(key, "?") == "?")
        rate = 10_000 * false / max(1, words)
        share = f"{false} false ({rate:.2f} in 10,000)"
        print(f"{name}: {words} words, {own.total()} findings, {share}, {unread} without a verdict")
        counts += own
    if args.write:
        rows = ["\t".join((*key, str(n), verdicts.get(key, "?"))) for key, n in sorted(counts.items())]
        args.table.parent.mkdir(parents=True, exist_ok=True)
        args.table.write_text(HEAD + "\n".join(("\t".join(COLUMNS), *rows)) + "\n", encoding="utf-8")
    return int(any(verdicts.get(key, "?") == "?" for key in counts))


if __name__ == "__main__":
    sys.exit(main())
