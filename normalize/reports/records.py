"""Reports for programs: a JSON array, JSON lines, and annotations of GitHub's workflow log."""

from __future__ import annotations

import json
import re
from typing import Any, TextIO

from normalize.reports.concise import message
from normalize.reports.located import Located
from normalize.reports.summary import Summary

_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]+")


def record(located: Located) -> dict[str, Any]:
    """All that is known of a finding, as plain values. Ends are exclusive, lines and columns count from 1."""
    return {
        "file": located.file,
        "rule": located.rule,
        "message": located.message,
        "text": located.text,
        "replacement": located.replacement,
        "applicability": located.applicability,
        "place": located.place,
        "start": located.start,
        "end": located.end,
        "start_byte": located.start_byte,
        "end_byte": located.end_byte,
        "line": located.line,
        "column": located.column,
        "end_line": located.end_line,
        "end_column": located.end_column,
        "ruleset": located.ruleset,
    }


def dumped(value: object, indent: int | None = None) -> str:
    """JSON in readable UTF-8; what is invisible or steers a terminal is escaped.

    A byte of the source that is not UTF-8 becomes U+FFFD, since JSON cannot hold it.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    text = _SURROGATES.sub("\ufffd", text)
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class JsonLines:
    """One object a line; nothing where nothing was found."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def finding(self, located: Located) -> None:
        self.out.write(f"{dumped(record(located))}\n")

    def end(self, summary: Summary) -> None:
        pass


class Json:
    """One array of the same objects, written as they are found."""

    def __init__(self, out: TextIO) -> None:
        self.out, self.first = out, True

    def finding(self, located: Located) -> None:
        body = dumped(record(located), indent=2).replace("\n", "\n  ")
        self.out.write(f"{'[' if self.first else ','}\n  {body}")
        self.first = False

    def end(self, summary: Summary) -> None:  # noqa: ARG002
        self.out.write("[]\n" if self.first else "\n]\n")


class GitHub:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def finding(self, located: Located) -> None:
        level = "error" if located.is_repairable else "warning"
        fields = {"file": located.file, "line": located.line, "endLine": located.end_line}
        if located.line == located.end_line:  # GitHub knows columns on a single line only
            fields |= {"col": located.column, "endColumn": located.end_column}
        fields["title"] = f"normalize ({located.rule})"
        listed = ",".join(f"{key}={_property(str(value))}" for key, value in fields.items())
        self.out.write(f"::{level} {listed}::{_data(message(located))}\n")

    def end(self, summary: Summary) -> None:
        if summary.findings:
            self.out.write(f"::notice title=normalize::{_data(summary.sentence())}\n")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
