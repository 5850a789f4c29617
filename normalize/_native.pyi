"""The extension module: `native/src/python/`."""

from collections.abc import Iterable, Sequence
from os import PathLike
from typing import TypeVar, final

from normalize.model import Finding, Mention, Place
from normalize.offsets import Edit

Text = TypeVar("Text", str, bytes)

@final
class Engine:
    """A ruleset ready to be used, with levels and allowed words. Immutable; may be shared by threads."""

    def __new__(cls, ruleset: str | PathLike[str] | bytes) -> Engine:
        """Raises ValueError if the file or the bytes are no ruleset."""

    sha256: str
    def with_rules(self, levels: Sequence[tuple[str, str]], allow: Sequence[str]) -> Engine: ...
    def normalize(self, text: Text, fixes: str, /) -> Text: ...
    def normalize_batch(self, texts: Iterable[str], /) -> list[str]: ...
    def find(self, text: str | bytes, /) -> list[Finding]: ...
    def apply(self, text: Text, fixes: str, /) -> tuple[Text, Applied]: ...
    def mentions(self, text: str | bytes, /) -> list[Mention]: ...
    def lookup(self, name: str, /) -> list[Place]: ...
    def transliterate(self, text: Text, scheme: str, reverse: bool, /) -> Text: ...

@final
class Applied:
    """What `apply` found."""

    def findings(self) -> list[Finding]: ...
    def edits(self) -> list[Edit]: ...
