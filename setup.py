"""Builds the rulesets when the package is built, so that no table is parsed at run time."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent


class BuildWithRulesets(build_py):
    """Compiles `tables/` into `normalize/_data/`, and ships the tables for users' own profiles."""

    def run(self) -> None:
        super().run()
        sys.path.insert(0, str(ROOT))
        from normalize.compiler.build import build_all

        target = ROOT if self.editable_mode else Path(self.build_lib)
        data = target / "normalize" / "_data"
        build_all(ROOT / "tables", data)
        if not self.editable_mode:
            shutil.copytree(ROOT / "tables", data / "tables", dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithRulesets})
