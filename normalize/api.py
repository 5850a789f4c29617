"""The public API: the `Normalizer`, and functions that use the default one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

from normalize.engines import chosen_engine, make_worker
from normalize.errors import ConfigError, IrreversibleSchemeError, UnknownSchemeError
from normalize.model import FIXES, LEVELS, Explanation, Finding, Mention, Place, Scheme
from normalize.ruleset.gazetteer import Gazetteer
from normalize.rulesets import open_ruleset

if TYPE_CHECKING:
    from normalize.arrow import ArrowArray, ArrowChunkedArray, HasArray, HasStream
    from normalize.result import Result
    from normalize.ruleset.reader import Ruleset
    from normalize.ruleset.records import SchemeHead
    from normalize.worker import Worker

DEFAULT_PROFILE = "uk-national"
PathLike = str | os.PathLike[str]
Text = TypeVar("Text", str, bytes)


class Normalizer:
    """Finds and repairs, by one profile. Immutable, thread-safe, picklable, and cheap to make again.

    `profile` is the id of a profile or the path of a `.toml` file; `extend` are user tables (see
    `tables/README.md`); `allow` are words and names that are never reported; `rules` maps rule ids to
    the most that they may claim (`safe`, `unsafe`, `none`) or `off`; `engine` is `reference` or
    `native`, else the environment decides.

    Raises `UnknownProfileError`, `TableError`, `ConfigError` or `EngineError`.
    """

    def __init__(
        self,
        profile: str = DEFAULT_PROFILE,
        *,
        extend: Iterable[PathLike] = (),
        allow: Iterable[str] = (),
        rules: Mapping[str, str] | None = None,
        engine: str | None = None,
    ) -> None:
        self._arguments: dict[str, Any] = {
            "profile": str(profile),
            "extend": tuple(os.fspath(path) for path in extend),
            "allow": frozenset(allow),
            "rules": dict(rules or {}),
            "engine": engine,
        }
        ruleset = open_ruleset(str(profile), tuple(Path(path) for path in self._arguments["extend"]))
        levels = ruleset.levels | self._arguments["rules"]
        for rule, level in levels.items():
            if rule not in ruleset.levels:
                raise ConfigError(f"unknown rule {rule!r}; use one of {', '.join(sorted(ruleset.levels))}")
            if level not in LEVELS:
                raise ConfigError(f"unknown level {level!r} for {rule}; use one of {', '.join(LEVELS)}")
        allowed: frozenset[str] = self._arguments["allow"]
        self._worker = _worker(ruleset, chosen_engine(engine), tuple(sorted(levels.items())), allowed)

    def __reduce__(self) -> tuple[Any, ...]:
        return _remake, (self._arguments,)

    def __repr__(self) -> str:
        name = self.ruleset_sha256[:12]
        return f"Normalizer(profile={self.profile!r}, engine={self.engine!r}, ruleset={name})"

    @property
    def profile(self) -> str:
        """The id of the profile."""
        return self._worker.ruleset.profile

    @property
    def ruleset_sha256(self) -> str:
        """The name of the ruleset: the sha256 of its content."""
        return self._worker.ruleset.sha256

    @property
    def engine(self) -> str:
        """Which engine this is: `reference` or `native`."""
        return self._worker.name

    def normalize(self, text: Text, fixes: str = "safe") -> Text:
        """The text with its findings applied; the same object when nothing changes.

        `bytes` are taken as UTF-8; bytes that are not are carried through. `fixes` is `safe` (what can
        be trusted blindly), `unsafe` (everything that has a replacement) or `none`.
        """
        if fixes not in FIXES:
            raise _unknown(fixes)
        return self._worker.normalize(text, fixes)

    def find(self, text: str | bytes) -> list[Finding]:
        """All findings, sorted and disjoint, in code points of the text (decoded, for `bytes`)."""
        return self._worker.find(text)

    def apply(self, text: Text, fixes: str = "safe") -> Result[Text]:
        """The text with its findings applied, the findings, and the maps between offsets."""
        if fixes not in FIXES:
            raise _unknown(fixes)
        return self._worker.apply(text, fixes)

    def mentions(self, text: str | bytes) -> list[Mention]:
        """Every place that is named, canonical names included, in either script."""
        return self._worker.mentions(text)

    def normalize_batch(self, texts: Iterable[str]) -> list[str]:
        """`normalize` for each text; each is a document of its own."""
        return self._worker.normalize_batch(texts)

    def explain(self, text: str | bytes) -> list[Explanation]:
        """Why each word was judged as it was."""
        return self._worker.explain(text)

    def lookup(self, name: str) -> list[Place]:
        """The places that a name can mean, in any script and variant, the most prominent first.

        Places that a text may mean by the name go first, then those that only a look-up knows by it:
        villages, and places whose name is also a word.
        """
        found = self._worker.lookup(name)
        known = {place.id for place in found}
        return found + [place for place in self._gazetteer.look_up(name) if place.id not in known]

    @property
    def _gazetteer(self) -> Gazetteer:
        return _gazetteer(self._worker.ruleset)

    def transliterate(self, text: Text, scheme: str, reverse: bool = False) -> Text:
        """See `normalize.transliterate`."""
        self._check_scheme(scheme, reverse)
        return self._worker.transliterate(text, scheme, reverse)

    @overload
    def normalize_arrow(
        self, array: HasArray, fixes: str = ..., *, threads: int | None = ...
    ) -> ArrowArray: ...
    @overload
    def normalize_arrow(
        self, array: HasStream, fixes: str = ..., *, threads: int | None = ...
    ) -> ArrowChunkedArray: ...
    def normalize_arrow(self, array: Any, fixes: str = "safe", *, threads: int | None = None) -> Any:
        """`normalize` for each value of an Arrow array of strings, such as a series of polars or pandas.

        `array` is any object with `__arrow_c_array__` or `__arrow_c_stream__`, of type string, large
        string, string view or a dictionary of these. The result is one of the same type, chunk for chunk:
        `pyarrow.array`, `polars.Series` and `pandas.Series.from_arrow` take it as it is. Memory is shared
        where nothing changes. At most `threads` threads work, by default one for each processor; the
        result never depends on it. Raises TypeError for other types.
        """
        if fixes not in FIXES:
            raise _unknown(fixes)
        _check_threads(threads)
        return self._worker.normalize_arrow(array, fixes, threads)

    @overload
    def transliterate_arrow(
        self, array: HasArray, scheme: str, reverse: bool = ..., *, threads: int | None = ...
    ) -> ArrowArray: ...
    @overload
    def transliterate_arrow(
        self, array: HasStream, scheme: str, reverse: bool = ..., *, threads: int | None = ...
    ) -> ArrowChunkedArray: ...
    def transliterate_arrow(
        self, array: Any, scheme: str, reverse: bool = False, *, threads: int | None = None
    ) -> Any:
        """`transliterate` for each value of an Arrow array; see `normalize_arrow`."""
        self._check_scheme(scheme, reverse)
        _check_threads(threads)
        return self._worker.transliterate_arrow(array, scheme, reverse, threads)

    def schemes(self) -> list[Scheme]:
        """The transliteration schemes, by id."""
        return [_scheme(head) for _, head in sorted(self._worker.ruleset.schemes.items())]

    def _check_scheme(self, scheme: str, reverse: bool) -> None:
        heads = self._worker.ruleset.schemes
        if scheme not in heads:
            near = ", ".join(sorted(heads, key=lambda one: _distance(one, scheme))[:3])
            raise UnknownSchemeError(f"no scheme {scheme!r}; perhaps {near}? `normalize schemes` lists all")
        if reverse and heads[scheme].reversible == "no":
            raise IrreversibleSchemeError(
                f"{scheme} loses information and has no way back; `normalize schemes` tells which have one"
            )


@lru_cache(maxsize=64)
def _worker(
    ruleset: Ruleset, engine: str, levels: tuple[tuple[str, str], ...], allow: frozenset[str]
) -> Worker:
    return make_worker(ruleset, engine, dict(levels), allow)


@lru_cache(maxsize=16)
def _gazetteer(ruleset: Ruleset) -> Gazetteer:
    return Gazetteer(ruleset)


def _remake(arguments: dict[str, Any]) -> Normalizer:
    return Normalizer(**arguments)


@lru_cache(maxsize=1)
def default() -> Normalizer:
    """The normalizer that the module's functions use."""
    return Normalizer()


def normalize(text: Text, fixes: str = "safe") -> Text:
    """`Normalizer().normalize(text)`: safe repairs under the default profile."""
    return default().normalize(text, fixes)


def transliterate(text: Text, scheme: str, reverse: bool = False) -> Text:
    """The text by a transliteration scheme; with `reverse`, from Latin letters back.

    Letters that the scheme does not know pass unchanged. Raises `UnknownSchemeError`, and
    `IrreversibleSchemeError` where the scheme has no way back.
    """
    return default().transliterate(text, scheme, reverse)


def schemes() -> list[Scheme]:
    """All transliteration schemes, by id."""
    return default().schemes()


def lookup(name: str) -> list[Place]:
    """The places that a name can mean, most prominent first; any variant, any script."""
    return default().lookup(name)


def _unknown(fixes: str) -> ConfigError:
    return ConfigError(f"unknown fixes {fixes!r}; use one of {', '.join(FIXES)}")


def _check_threads(threads: int | None) -> None:
    if threads is not None and threads < 1:
        raise ConfigError(f"threads is {threads}; use 1 or more, or None for one on each processor")


def _scheme(head: SchemeHead) -> Scheme:
    return Scheme(head.id, head.language, head.authority, head.year, head.reversible, head.url, head.title)


def _distance(one: str, other: str) -> tuple[int, str]:
    """How far two ids are apart: the more pairs of letters they share, the nearer."""
    pairs: Sequence[set[str]] = [{name[i : i + 2] for i in range(len(name) - 1)} for name in (one, other)]
    return -len(pairs[0] & pairs[1]), one
