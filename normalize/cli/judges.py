"""What judges texts for the command: the native engine, reached without the library, or the reference engine.

The library's classes take longer to import than a page takes to judge, so the command asks the extension
module for no more than reports show.
"""

from __future__ import annotations

import os

from normalize.engines import VARIABLE, ruleset_file
from normalize.errors import UnknownProfileError
from normalize.shipped import DEFAULT_PROFILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from normalize import Normalizer
    from normalize._native import Judge as NativeJudge
    from normalize.config import Settings
    from normalize.reports.located import Located, Origin

    Judge: TypeAlias = "NativeJudge | ReferenceJudge"


class ReferenceJudge:
    """The library's `Normalizer` as a judge; the native one has the same methods."""

    def __init__(self, normalizer: Normalizer) -> None:
        self._normalizer = normalizer

    def repaired(self, data: bytes, fixes: str, /) -> bytes:
        """The bytes with the findings of `fixes` applied; bytes that are not UTF-8 are carried through."""
        return self._normalizer.normalize(data, fixes)

    def found(self, data: bytes, file: str, origin: Origin, /) -> Sequence[Located]:
        """What is found in a piece of a file that begins at `origin`."""
        from normalize.reports.locate import locate

        text = data.decode("utf-8", "surrogateescape")
        findings = self._normalizer.find(text)
        return list(locate(file, text, findings, self._normalizer.ruleset_sha256, origin)) if findings else ()


def native_judge(settings: Settings) -> NativeJudge | None:
    """The native engine under these settings. None where another is asked for or this one is not to be had,
    and where dictionaries decide too.

    What is wrong then, an unknown profile perhaps, the library tells.
    """
    if settings.dictionaries or os.environ.get(VARIABLE) not in (None, "", "native"):
        return None
    try:
        from normalize._native import Judge
    except ImportError:
        return None
    try:
        path = ruleset_file(settings.profile or DEFAULT_PROFILE, settings.extend)
        return Judge(path, settings.rules, settings.allow)
    except (UnknownProfileError, ValueError):
        return None
