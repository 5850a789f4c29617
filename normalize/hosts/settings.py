"""What all hosts share: the `Normalizer` that a host's own settings ask for, made once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from normalize.api import Normalizer
from normalize.shipped import DEFAULT_PROFILE


def normalizer(
    given: Normalizer | None = None,
    profile: str | None = None,
    extend: Iterable[str] = (),
    allow: Iterable[str] = (),
    rules: Mapping[str, str] | None = None,
) -> Normalizer:
    """The `Normalizer` that is given, or the one of these settings; the same one for the same settings.

    Raises what `Normalizer` raises.
    """
    if given is not None:
        return given
    return _made(
        profile or DEFAULT_PROFILE, tuple(extend), frozenset(allow), tuple(sorted((rules or {}).items()))
    )


@lru_cache(maxsize=16)
def _made(profile: str, extend: tuple[str, ...], allow: frozenset[str], rules: Any) -> Normalizer:
    return Normalizer(profile, extend=extend, allow=allow, rules=dict(rules))
