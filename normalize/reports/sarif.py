"""SARIF 2.1.0, as code scanning services read it. Columns are code points; bytes stand beside them."""

from __future__ import annotations

from typing import Any, TextIO

from normalize.reports.concise import message
from normalize.reports.located import Located
from normalize.reports.records import dumped
from normalize.reports.summary import Summary

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Sarif:
    """Gathers the results, and writes one run at the end."""

    def __init__(self, out: TextIO, version: str) -> None:
        self.out, self.version = out, version
        self.results: list[dict[str, Any]] = []
        self.rules: list[str] = []
        self.seen: dict[str, int] = {}

    def finding(self, located: Located) -> None:
        if located.rule not in self.rules:
            self.rules.append(located.rule)
        result: dict[str, Any] = {
            "ruleId": located.rule,
            "ruleIndex": self.rules.index(located.rule),
            "level": "error" if located.is_repairable else "warning",
            "message": {"text": message(located)},
            "locations": [
                {"physicalLocation": {"artifactLocation": _artifact(located), "region": _region(located)}}
            ],
            "partialFingerprints": {"normalize/v1": self._fingerprint(located)},
            "properties": {
                "applicability": located.applicability,
                "ruleset": located.ruleset,
                **({"place": located.place} if located.place else {}),
            },
        }
        if located.replacement is not None:
            change = {"deletedRegion": _region(located), "insertedContent": {"text": located.replacement}}
            result["fixes"] = [
                {"artifactChanges": [{"artifactLocation": _artifact(located), "replacements": [change]}]}
            ]
        self.results.append(result)

    def end(self, summary: Summary) -> None:  # noqa: ARG002
        driver = {
            "name": "normalize",
            "version": self.version,
            "rules": [{"id": rule, "name": _name(rule)} for rule in self.rules],
        }
        run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": self.results}
        self.out.write(dumped({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n")

    def _fingerprint(self, located: Located) -> str:
        """The same for the same finding after lines were added above it."""
        from hashlib import sha256

        key = "\0".join((located.rule, located.file, located.text, *(line.text for line in located.lines)))
        self.seen[key] = self.seen.get(key, 0) + 1
        return sha256(f"{key}\0{self.seen[key]}".encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _artifact(located: Located) -> dict[str, str]:
    from urllib.parse import quote

    return {"uri": quote(located.file.replace("\\", "/"), errors="surrogateescape")}


def _region(located: Located) -> dict[str, int]:
    return {
        "startLine": located.line,
        "startColumn": located.column,
        "endLine": located.end_line,
        "endColumn": located.end_column,
        "charOffset": located.start,
        "charLength": located.end - located.start,
        "byteOffset": located.start_byte,
        "byteLength": located.end_byte - located.start_byte,
    }


def _name(rule: str) -> str:
    return "".join(part.capitalize() for part in rule.split("-"))
