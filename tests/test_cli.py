"""The command as users run it: each file of `tests/cli/*.toml` is one call and all that it does.

A case has `args`, and may have `stdin` (or `stdin-hex`), `env`, `files` and `files-hex` (written
before), `exit` (0 unless said), `stdout` (or `stdout-hex`), `stderr`, and `after` and `after-hex`
(files as they stand afterwards; those not named are as before, and no others exist). In what is
expected, `[..]` stands for anything within a line, `[RULESET]` for the ruleset's hash.
NORMALIZE_GOLDENS=write writes what came out into the cases that fail; read the difference.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

CASES = sorted((Path(__file__).parent / "cli").glob("*.toml"))
ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    before = files_of(case, "files")
    for name, data in before.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "normalize", *case["args"]],
        input=bytes.fromhex(case["stdin-hex"]) if "stdin-hex" in case else case.get("stdin", "").encode(),
        capture_output=True,
        cwd=tmp_path,
        env=environment() | case.get("env", {}),
        check=False,
        timeout=120,
    )
    after = {
        str(file.relative_to(tmp_path)): file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()
    }
    try:
        assert done.returncode == case.get("exit", 0), done.stderr.decode("utf-8", "replace")
        if "stdout-hex" in case:
            assert done.stdout == bytes.fromhex(case["stdout-hex"])
        else:
            assert_matches(case.get("stdout", ""), text_of(done.stdout))
        assert_matches(case.get("stderr", ""), text_of(done.stderr))
        assert after == before | files_of(case, "after")
    except AssertionError:
        if os.environ.get("NORMALIZE_GOLDENS") == "write":
            write(path, case, done, {name: data for name, data in after.items() if before.get(name) != data})
        raise


def environment() -> dict[str, str]:
    """As little of the surroundings as possible: no colour, no locale, the checkout's own package."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "SYSTEMROOT", "NORMALIZE_ENGINE")
        if name in os.environ
    }
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return kept | {"PYTHONPATH": path, "LC_ALL": "C", "COLUMNS": "80"}


def files_of(case: dict[str, Any], key: str) -> dict[str, bytes]:
    plain = {name: text.encode() for name, text in case.get(key, {}).items()}
    return plain | {name: bytes.fromhex(data) for name, data in case.get(f"{key}-hex", {}).items()}


def text_of(data: bytes) -> str:
    return re.sub(r"\b[0-9a-f]{64}\b", "[RULESET]", data.decode("utf-8", "surrogateescape"))


def assert_matches(expected: str, found: str) -> None:
    pattern = re.escape(expected).replace(re.escape("[..]"), "[^\n]*")
    if not re.fullmatch(pattern, found):
        assert found == expected


def write(
    path: Path, case: dict[str, Any], done: subprocess.CompletedProcess[bytes], after: dict[str, bytes]
) -> None:
    """The case again, with what it really did."""
    comment = "".join(re.findall(r"^#.*\n", path.read_text(encoding="utf-8"), re.MULTILINE))
    case = {
        key: value
        for key, value in case.items()
        if key not in ("exit", "stdout", "stdout-hex", "stderr", "after", "after-hex")
    }
    case["exit"] = done.returncode
    for key, data in (("stdout", done.stdout), ("stderr", done.stderr)):
        try:
            text = text_of(data).encode().decode()
        except UnicodeEncodeError:
            case[f"{key}-hex"] = data.hex(" ")
        else:
            if text:
                case[key] = text
    for name, data in after.items():
        try:
            case.setdefault("after", {})[name] = data.decode()
        except UnicodeDecodeError:
            case.setdefault("after-hex", {})[name] = data.hex(" ")
    plain = "".join(f"{key} = {toml(value)}\n" for key, value in case.items() if not isinstance(value, dict))
    tables = "".join(
        f"\n[{key}]\n" + "".join(f'"{name}" = {toml(item)}\n' for name, item in value.items())
        for key, value in case.items()
        if isinstance(value, dict)
    )
    path.write_text(comment + plain + tables, encoding="utf-8")


def toml(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    if not isinstance(value, str):
        return str(value)
    lines = "\n" in value
    escaped = value.replace("\\", "\\\\")
    escaped = escaped.replace('"""', '""\\"') if lines else escaped.replace('"', '\\"')
    hidden = r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
    escaped = re.sub(hidden, lambda found: f"\\u{ord(found[0]):04X}", escaped)
    return f'"""\n{escaped}"""' if lines else f'"{escaped}"'
