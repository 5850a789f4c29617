"""Builds the rulesets, so that no table is parsed at run time, and the native engine where Rust is.

Without Rust the build goes on and gives a package with the reference engine only. The environment decides:

    NORMALIZE_REQUIRE_NATIVE=1      no native engine, no package
    NORMALIZE_NO_NATIVE=1           the native engine is not built
    NORMALIZE_ABI3=1                one build for every CPython from 3.11 on; it cannot look into a `str`
    SETUPTOOLS_RUST_CARGO_PROFILE   another Cargo profile than `release`
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.errors import SetupError

HAS_SETUPTOOLS_RUST = find_spec("setuptools_rust") is not None  # not in a build without isolation, perhaps
if TYPE_CHECKING or HAS_SETUPTOOLS_RUST:
    from setuptools_rust import RustExtension
    from setuptools_rust.build import build_rust
else:
    build_rust = object

ROOT = Path(__file__).resolve().parent
MANIFEST = ROOT / "native" / "Cargo.toml"
WHY_NOT = "no-native-engine.txt"
"""In the package's data: why it has no native engine, for those who ask for it."""


def is_set(name: str) -> bool:
    return os.environ.get(name, "") not in ("", "0")


REQUIRED = is_set("NORMALIZE_REQUIRE_NATIVE")
ABI3 = is_set("NORMALIZE_ABI3")


def hindrance() -> str:
    """What stands in the way of a native engine, in one line; empty if nothing does."""
    if is_set("NORMALIZE_NO_NATIVE"):
        return "NORMALIZE_NO_NATIVE was set"
    if sys.implementation.name != "cpython":
        return f"it is for CPython and this is {sys.implementation.name}"
    if ABI3 and sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "there is no abi3 build for a free-threaded Python; unset NORMALIZE_ABI3"
    if not HAS_SETUPTOOLS_RUST:
        return "setuptools-rust is not installed"
    if not MANIFEST.is_file():
        return "its sources are missing"
    wanted: str = tomllib.loads(MANIFEST.read_text("utf-8"))["package"]["rust-version"]
    for tool in (os.environ.get("CARGO", "cargo"), "rustc"):
        try:
            said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError):
            return f"{tool} was not found; Rust {wanted} or later builds it, see https://rustup.rs"
        found = re.search(r" (\d+)\.(\d+)", said)
        if found and tuple(map(int, found.groups())) < tuple(map(int, wanted.split("."))):
            return f"{said.split(' (')[0]} is too old; Rust {wanted} or later builds it"
    return ""


def do_without(reason: str, data: Path | None = None) -> None:
    """Go on without the native engine, and say so; or stop, if it is required."""
    if REQUIRED:
        raise SetupError(f"the native engine is required (NORMALIZE_REQUIRE_NATIVE), but {reason}")
    print(f"normalize: built without the native engine: {reason}", file=sys.stderr, flush=True)
    if data is not None:
        (data / WHY_NOT).write_text(f"{reason}\n", "utf-8")
        for left in data.parent.glob("_native.*"):
            if left.suffix in (".so", ".pyd"):  # of an earlier build
                left.unlink()


class BuildWithRulesets(build_py):
    """Compiles `tables/` into `normalize/_data/`, and ships the tables for users' own profiles."""

    def run(self) -> None:
        super().run()
        sys.path.insert(0, str(ROOT))
        from normalize.compiler.build import build_all

        data = data_directory(self)
        build_all(ROOT / "tables", data)
        if not self.editable_mode:
            shutil.copytree(ROOT / "tables", data / "tables", dirs_exist_ok=True)
        (data / WHY_NOT).unlink(missing_ok=True)
        if MISSING:
            do_without(MISSING, data)


class BuildNative(build_rust):
    """Builds the native engine; where that fails, the package is built without it."""

    def run_for_extension(self, ext: Any) -> None:
        try:
            super().run_for_extension(ext)
        except Exception as error:
            print(error, file=sys.stderr)
            said = re.search(r"^error.*", str(error), re.MULTILINE)
            data = data_directory(self.get_finalized_command("build_py"))
            do_without(f"it did not compile ({said[0] if said else type(error).__name__})", data)


def data_directory(command: Any) -> Path:
    """Where the data of the package goes, as `build_py` tells."""
    return (ROOT if command.editable_mode else Path(command.build_lib)) / "normalize" / "_data"


MISSING = hindrance()
if MISSING and REQUIRED:
    do_without(MISSING)

options: dict[str, Any] = {}
if not MISSING:
    options["rust_extensions"] = [
        RustExtension(
            "normalize._native",
            path=os.path.relpath(MANIFEST),
            features=["abi3" if ABI3 else "python"],
            args=["--locked", "--config", 'profile.release.strip="debuginfo"'],
            quiet=True,
            debug=False,  # in place too: an engine that is slow by ten is of no use
            optional=not REQUIRED,
        )
    ]
    if ABI3:
        options["options"] = {"bdist_wheel": {"py_limited_api": "cp311"}}

setup(cmdclass={"build_py": BuildWithRulesets, "build_rust": BuildNative}, **options)
