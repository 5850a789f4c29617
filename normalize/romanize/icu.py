"""Transforms of ICU under the names that ICU gives them, if the extra `icu` is there."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

from normalize.errors import IrreversibleSchemeError, UnknownSchemeError
from normalize.romanize.extras import extra

Text = TypeVar("Text", str, bytes)


def by_icu(text: Text, name: str, reverse: bool) -> Text:
    """The text by the ICU transform `name`, or by its inverse, line by line.

    ICU's time grows with the square of a text's length, and hardly any of its rules look beyond a line. Bytes
    that are no UTF-8 stay. Raises `MissingExtraError`, `UnknownSchemeError`, and `IrreversibleSchemeError`
    where ICU has no inverse.
    """
    transform = _transform(name, reverse)
    source = text.decode("utf-8", "surrogateescape") if isinstance(text, bytes) else text
    lines = source.splitlines(keepends=True)
    target = "".join(_kept(transform, line) for line in lines)
    if target == source:
        return text
    return target.encode("utf-8", "surrogateescape") if isinstance(text, bytes) else target  # type: ignore[return-value]


def _kept(transform: Any, line: str) -> str:
    """The line, with the surrogates left that ICU would take for pairs: they stand for bytes."""
    if line.isascii() or not any("\ud800" <= char <= "\udfff" for char in line):
        return str(transform.transliterate(line))
    parts: list[str] = [""]
    for char in line:
        if "\ud800" <= char <= "\udfff":
            parts += [char, ""]
        else:
            parts[-1] += char
    return "".join(one if at % 2 else str(transform.transliterate(one)) for at, one in enumerate(parts))


@lru_cache(maxsize=64)
def _transform(name: str, reverse: bool) -> Any:
    icu = extra("icu", "icu", f"the scheme 'icu:{name}'")
    try:
        forward = icu.Transliterator.createInstance(name)
    except icu.ICUError:
        raise UnknownSchemeError(
            f"ICU {icu.ICU_VERSION} has no transform {name!r}; "
            "`icu.Transliterator.getAvailableIDs()` lists all"
        ) from None
    if not reverse:
        return forward
    try:
        return forward.createInverse()
    except icu.ICUError:
        raise IrreversibleSchemeError(f"ICU has no inverse of the transform {name!r}") from None
