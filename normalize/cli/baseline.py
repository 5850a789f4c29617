"""The baseline of `normalize check`: findings that are known, so that only new ones are reported.

A baseline is a JSON file with a finding a line. A finding is known by its file, its rule, its words and a
hash of what stands beside it in its line, and not by the line's number: it stays known when lines move.
Paths are relative to the directory of the baseline.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from contextlib import suppress
from typing import Any, cast

from normalize.cli.errors import FileError, UsageError, reason, tell, warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from normalize.cli.options import Options
    from normalize.reports.located import Located

VERSION = 1
_REACH = 16
"""So many code points on either side of a finding, in its line, are its context: few, so that a repair of
what stands further off does not make it new."""
_SPACES = re.compile(r"\s+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_FIELDS = ("path", "rule", "text", "context")

Key = tuple[str, ...]


def baseline_of(options: Options) -> Baseline | None:
    """The baseline that a call asks for. Raises `UsageError`, `FileError`."""
    if options.baseline is None:
        if options.write_baseline:
            raise UsageError(
                "--write-baseline does not say where to; name the file too: --baseline FILE --write-baseline"
            )
        return None
    path = options.baseline
    if options.write_baseline and not os.path.exists(path):
        return Baseline(path, {}, writing=True)
    return Baseline(path, _read(path), writing=options.write_baseline)


class Baseline:
    """Known findings, how often each is still to be expected, and what this run saw of them."""

    def __init__(self, path: str, known: Mapping[Key, int], *, writing: bool) -> None:
        self.path, self.writing = path, writing
        self._directory = os.path.dirname(os.path.abspath(path))
        self._left = Counter(known)
        self._seen: Counter[Key] = Counter()
        self._files: set[str] = set()

    def is_at(self, name: str) -> bool:
        """Whether a file is the baseline itself, which quotes what is found and is not judged."""
        return os.path.abspath(name) == os.path.abspath(self.path)

    def unknown(self, name: str, findings: Iterable[Located]) -> Iterator[Located]:
        """Of the findings of a file those that are not in the baseline; none while it is written."""
        file = self._relative(name)
        self._files.add(file)
        for located in findings:
            key = (file, located.rule, _SURROGATES.sub("\ufffd", located.text), context(located))
            self._seen[key] += 1
            if self.writing:
                continue
            if self._left[key]:
                self._left[key] -= 1
            else:
                yield located

    def end(self) -> None:
        """Writes the baseline, or tells of entries that nothing was found for any more."""
        if self.writing:
            self._write()
            return
        stale = sum(count for key, count in self._left.items() if self._was_looked_into(key[0]))
        if stale:
            entries = "an entry is" if stale == 1 else f"{stale} entries are"
            warn(f"{self.path}: {entries} stale: found no more; write it anew with --write-baseline")

    def _was_looked_into(self, file: str) -> bool:
        return file in self._files or not os.path.exists(os.path.join(self._directory, file))

    def _relative(self, name: str) -> str:
        if name.startswith("<"):  # standard input
            return name
        path = os.path.abspath(name)
        with suppress(ValueError):  # on another drive
            path = os.path.relpath(path, self._directory)
        return _SURROGATES.sub("\ufffd", path.replace(os.sep, "/"))

    def _write(self) -> None:
        """What was found, and the entries of files that were not looked into and are still there."""
        kept = {key: count for key, count in self._left.items() if not self._was_looked_into(key[0])}
        entries = {**kept, **self._seen}
        rows = [
            json.dumps({**dict(zip(_FIELDS, key, strict=True)), "count": count}, ensure_ascii=False)
            for key, count in sorted(entries.items())
        ]
        body = ",\n".join(rows)
        text = f'{{"version": {VERSION}, "findings": [\n{body}{chr(10) if rows else ""}]}}\n'
        beside = f"{self.path}.tmp"
        try:
            with open(beside, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.replace(beside, self.path)
        except OSError as error:
            raise FileError(f"{self.path}: cannot be written ({reason(error)})") from error
        total = sum(entries.values())
        tell("note", f"{self.path}: holds {total} finding{'' if total == 1 else 's'} now")


def context(located: Located) -> str:
    """A hash of what stands beside a finding in its lines, however it is spaced."""
    from hashlib import sha256

    beside: list[str] = []
    for line in located.lines:
        beside += (_SPACES.sub(" ", line.text[: line.start]).strip()[-_REACH:],)
        beside += (_SPACES.sub(" ", line.text[line.end :]).strip()[:_REACH],)
    text = "\0".join(beside)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _read(path: str) -> Mapping[Key, int]:
    try:
        with open(path, encoding="utf-8") as file:
            data: Any = json.load(file)
    except FileNotFoundError:
        raise FileError(f"{path}: no such baseline; make it with --write-baseline") from None
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({reason(error)})") from error
    except ValueError as error:
        raise FileError(f"{path}: is no baseline ({error}); make it anew with --write-baseline") from None
    try:
        if data["version"] != VERSION:
            raise FileError(
                f"{path}: is a baseline of version {data['version']}, this release reads {VERSION}; "
                "make it anew with --write-baseline"
            )
        known: Counter[Key] = Counter()
        for entry in cast("list[Mapping[str, Any]]", data["findings"]):
            known[tuple(str(entry[field]) for field in _FIELDS)] += int(entry["count"])
        return known
    except (KeyError, TypeError, ValueError):
        raise FileError(
            f"{path}: is no baseline: each of its findings has {', '.join(_FIELDS)} and count; "
            "make it anew with --write-baseline"
        ) from None
