"""The extension module: `native/src/python/`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from os import PathLike
from typing import Any, TypeVar, final

from normalize.arrow import ArrowSource
from normalize.model import Finding, Mention, Place
from normalize.offsets import Edit
from normalize.reports.located import Located as Located
from normalize.reports.located import Origin

Text = TypeVar("Text", str, bytes)

SCHEMA: str
"""The digest of the records that rulesets must have been written with."""

@final
class Engine:
    """A ruleset ready to be used, with levels and allowed words. Immutable; may be shared by threads."""

    def __new__(cls, ruleset: str | PathLike[str] | bytes) -> Engine:
        """Raises ValueError if the file or the bytes are no ruleset."""

    sha256: str
    profile: str
    levels: dict[str, str]
    def with_rules(self, levels: Sequence[tuple[str, str]], allow: Sequence[str]) -> Engine: ...
    def normalize(self, text: Text, fixes: str, /) -> Text: ...
    def normalize_batch(self, texts: Iterable[str], /) -> list[str]: ...
    def find(self, text: str | bytes, /) -> list[Finding]: ...
    def apply(self, text: Text, fixes: str, /) -> tuple[Text, Applied]: ...
    def mentions(self, text: str | bytes, /) -> list[Mention]: ...
    def lookup(self, name: str, /) -> list[Place]: ...
    def transliterate(self, text: Text, scheme: str, reverse: bool, /) -> Text: ...
    def transliterate_batch(self, texts: Iterable[str], scheme: str, reverse: bool, /) -> list[str]: ...
    def normalize_arrow(
        self, array: ArrowSource, fixes: str, threads: int | None, /
    ) -> ArrowArray | ArrowChunkedArray: ...
    def find_arrow(
        self, array: ArrowSource, threads: int | None, /
    ) -> list[tuple[int, str, list[Finding]]]: ...
    def transliterate_arrow(
        self, array: ArrowSource, scheme: str, reverse: bool, threads: int | None, /
    ) -> ArrowArray | ArrowChunkedArray: ...

@final
class Applied:
    """What `apply` found."""

    def findings(self) -> list[Finding]: ...
    def edits(self) -> list[Edit]: ...

@final
class ArrowArray:
    """An Arrow array of text, with which any library that knows the Arrow PyCapsule interface can be fed."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[str | None]: ...
    def __arrow_c_schema__(self) -> Any: ...
    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...

@final
class ArrowChunkedArray:
    """The same in chunks."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[str | None]: ...
    def __arrow_c_schema__(self) -> Any: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __arrow_array__(self, type: Any = None) -> Any: ...

@final
class Judge:
    """A ruleset with the levels of a profile and a configuration, and with allowed words."""

    def __new__(
        cls, ruleset: str | PathLike[str], rules: Sequence[tuple[str, str]], allow: Sequence[str]
    ) -> Judge:
        """Raises ValueError if the file is no ruleset."""

    sha256: str
    def repaired(self, data: bytes, fixes: str, /) -> bytes: ...
    def found(self, data: bytes, file: str, origin: Origin, /) -> list[Located]: ...

@final
class Looks:
    """Threads that look into files; at most so many, or with 0 as many as there are processors."""

    def __new__(cls, threads: int) -> Looks: ...
    def put(self, judge: Judge, paths: Sequence[str], /) -> None: ...
    def take(self, file: str, /) -> tuple[str, list[Located]]:
        """What the next file is, and what was found in it. Raises OSError if it cannot be read."""

def concise_lines(
    found: list[Located],
    file: str,
    at: tuple[str, str],
    bad: tuple[str, str],
    mark: str,
    message: Callable[[Located], str],
    /,
) -> tuple[str, int, int]:
    """The report of one line a finding, and how many are repaired, safely and otherwise."""

def origin_after(data: bytes, origin: Origin, /) -> Origin: ...
def end_of_block(buffer: bytearray, first: int, last: int, /) -> int: ...
def has_mark(data: bytes, /) -> bool: ...
