"""The reports for programs, held to the rules of SARIF 2.1.0 and of GitHub's workflow commands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

ROOT = Path(__file__).parents[2]
NAME = "a, 1%:b.md"
TEXT = "The fall of D\u043enetsk, 100% of Lvov.\nA zero\u200bwidth, Kiev\u202e.\n"
LEVELS = ("none", "note", "warning", "error")  # section 3.27.10


def report(form: str, directory: Path) -> str:
    (directory / NAME).write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-m", "normalize", "check", "--no-config", "--format", form, NAME]
    done = subprocess.run(
        command, cwd=directory, capture_output=True, check=False, env={"PYTHONPATH": str(ROOT)}, timeout=120
    )
    assert done.returncode == 1, done.stderr
    return done.stdout.decode("utf-8")


def test_sarif_is_what_the_standard_asks_for(tmp_path: Path) -> None:
    log: dict[str, Any] = json.loads(report("sarif", tmp_path))
    assert log["version"] == "2.1.0"  # section 3.13.2
    assert set(log) <= {"$schema", "version", "runs"}
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"  # section 3.14.17
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"]  # section 3.19.8
    assert len({rule["id"] for rule in rules}) == len(rules)  # section 3.19.23
    assert len(run["results"]) == 5
    lines = TEXT.split("\n")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]  # section 3.27.6
        assert result["level"] in LEVELS
        assert result["message"]["text"]  # section 3.11
        assert all(isinstance(one, str) for one in result["partialFingerprints"].values())  # section 3.27.17
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == NAME  # section 3.4.3: a valid URI reference
        assert not set(place["artifactLocation"]["uri"]) & set(' ,"<>\\^`{|}')
        region = place["region"]
        assert region["endLine"] == region["startLine"]
        line = lines[region["startLine"] - 1]
        written = line[
            region["startColumn"] - 1 : region["endColumn"] - 1
        ]  # section 3.30: the end is exclusive
        assert written == TEXT[region["charOffset"] :][: region["charLength"]]
        assert written == TEXT.encode()[region["byteOffset"] :][: region["byteLength"]].decode()
        for fix in result.get("fixes", ()):  # section 3.55
            (change,) = fix["artifactChanges"]
            (replacement,) = change["replacements"]
            assert replacement["deletedRegion"] == region
            assert isinstance(replacement["insertedContent"]["text"], str)


def test_github_escapes_by_its_rules(tmp_path: Path) -> None:
    """`%`, CR and LF are escaped everywhere, `:` and `,` in properties too."""
    for line in report("github", tmp_path).splitlines():
        assert line.startswith("::")
        head, _, message = line[2:].partition("::")
        _, _, properties = head.partition(" ")
        given = dict(one.split("=", 1) for one in properties.split(","))
        assert set(given) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        if "file" in given:
            assert given["file"] == NAME.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
            assert given["line"].isdecimal()
        assert message.count("%") == message.count("%25") + message.count("%0A")
