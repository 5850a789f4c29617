"""The public API: the `Normalizer`."""

from __future__ import annotations

import os
from functools import lru_cache

from normalize.columns.methods import Columns, unknown_fixes
from normalize.engines import chosen_engine, make_worker, ruleset_file
from normalize.errors import ConfigError
from normalize.rules import FIXES, LEVELS, RULES
from normalize.shipped import DEFAULT_PROFILE

TYPE_CHECKING = False  # the command must start in no time: `typing`, `dataclasses` and `pathlib` take long
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, TypeVar

    from normalize.model import Explanation, Finding, Mention, Place, Scheme, SchemeMatch
    from normalize.result import Result
    from normalize.ruleset.gazetteer import Gazetteer
    from normalize.ruleset.reader import Ruleset
    from normalize.ruleset.records import SchemeHead
    from normalize.worker import Worker

    PathLike = str | os.PathLike[str]
    Text = TypeVar("Text", str, bytes)


class Normalizer(Columns):
    """Finds and repairs, by one profile. Immutable, thread-safe, picklable, and cheap to make again.

    `profile` is the id of a profile or the path of a `.toml` file; `extend` are user tables (see
    `tables/README.md`); `allow` are words and names that are never reported; `rules` maps rule ids to
    the most that they may claim (`safe`, `unsafe`, `none`) or `off`; `engine` is `reference` or
    `native`, else the environment decides. `dictionaries` decide which of several readings of a word of
    mixed or foreign script is meant: `hunspell:uk_UA` (or `hunspell:` and a path without `.dic`),
    `pymorphy3:uk` (extra `pymorphy3`), or the path of a list with one word a line.

    Raises `UnknownProfileError`, `TableError`, `ConfigError`, `EngineError` or `MissingExtraError`.
    """

    def __init__(
        self,
        profile: str = DEFAULT_PROFILE,
        *,
        extend: Iterable[PathLike] = (),
        allow: Iterable[str] = (),
        rules: Mapping[str, str] | None = None,
        engine: str | None = None,
        dictionaries: Iterable[PathLike] = (),
    ) -> None:
        self._arguments: dict[str, Any] = {
            "profile": str(profile),
            "extend": tuple(os.fspath(path) for path in extend),
            "allow": frozenset(allow),
            "rules": dict(rules or {}),
            "engine": engine,
            "dictionaries": tuple(os.fspath(source) for source in dictionaries),
        }
        for rule, level in self._arguments["rules"].items():
            if rule not in RULES:
                raise ConfigError(f"unknown rule {rule!r}; use one of {', '.join(sorted(RULES))}")
            if level not in LEVELS:
                raise ConfigError(f"unknown level {level!r} for {rule}; use one of {', '.join(LEVELS)}")
        ruleset, modified = _ruleset(self._arguments["profile"], self._arguments["extend"])
        own = tuple(sorted(self._arguments["rules"].items()))
        self._worker = _worker(ruleset, modified, chosen_engine(engine), own, self._arguments["allow"])
        if self._arguments["dictionaries"]:
            from normalize.dictionaries.sources import modified as times
            from normalize.dictionaries.worker import with_dictionaries

            sources = tuple((source, times(source)) for source in self._arguments["dictionaries"])
            self._worker = with_dictionaries(self._worker, sources, own)

    def __reduce__(self) -> tuple[Any, ...]:
        # In one order, whatever the process hashes strings to: caches know a function by its pickle.
        arguments = self._arguments
        allow, rules = tuple(sorted(arguments["allow"])), dict(sorted(arguments["rules"].items()))
        return _remake, ({**arguments, "allow": allow, "rules": rules},)

    def __repr__(self) -> str:
        name = self.ruleset_sha256[:12]
        return f"Normalizer(profile={self.profile!r}, engine={self.engine!r}, ruleset={name})"

    @property
    def profile(self) -> str:
        """The id of the profile."""
        return self._worker.profile

    @property
    def ruleset_sha256(self) -> str:
        """The name of the ruleset: the sha256 of its content."""
        return self._worker.sha256

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
            raise unknown_fixes(fixes)
        return self._worker.normalize(text, fixes)

    def find(self, text: str | bytes) -> list[Finding]:
        """All findings, sorted and disjoint, in code points of the text (decoded, for `bytes`)."""
        return self._worker.find(text)

    def apply(self, text: Text, fixes: str = "safe") -> Result[Text]:
        """The text with its findings applied, the findings, and the maps between offsets."""
        if fixes not in FIXES:
            raise unknown_fixes(fixes)
        return self._worker.apply(text, fixes)

    def mentions(self, text: str | bytes) -> list[Mention]:
        """Every place that is named, canonical names included, in either script."""
        return self._worker.mentions(text)

    def normalize_batch(self, texts: Iterable[str]) -> list[str]:
        """`normalize` for each text, each a document of its own; the same objects where nothing changes."""
        return self._worker.normalize_batch(texts)

    def explain(self, text: str | bytes) -> list[Explanation]:
        """Why each word was judged as it was."""
        return self._worker.explain(text)

    def lookup(self, name: str) -> list[Place]:
        """The places that a name can mean, in any script and variant, the most prominent first.

        Places that a text may mean by the name go first, then those that only a look-up knows by it:
        villages, and places whose name is also a word. A name that is not known as it is written is looked
        up with its letters repaired. Quotation marks between letters are read as double primes, which stand
        for a hard sign or an apostrophe (ALA-LC).
        """
        name = self._gazetteer.with_primes(name)
        found = self._look_up(name)
        if not found and (repaired := self._worker.normalize(name, "unsafe")) != name:
            return self._look_up(repaired)  # letters of two scripts in one word
        return found

    def _look_up(self, name: str) -> list[Place]:
        found = self._worker.lookup(name)
        known = {place.id for place in found}
        return found + [place for place in self._gazetteer.look_up(name) if place.id not in known]

    def suggest(self, name: str, limit: int = 5) -> list[Place]:
        """Places whose names are near one that `lookup` does not know, at most `limit`, the nearest first.

        Near is a name that one slip, or failing that two, may have made of it: a letter left out, put in,
        taken for another, or exchanged with the next. Names are offered so, and never applied to a text.
        """
        from normalize.ruleset.near import NearNames

        return NearNames(self._worker.ruleset, self._gazetteer).near(name, limit)

    @property
    def _gazetteer(self) -> Gazetteer:
        return _gazetteer(self._worker.ruleset)

    def transliterate(
        self,
        text: Text,
        scheme: str | None = None,
        reverse: bool = False,
        *,
        lossy: bool = False,
        apostrophe: str | None = None,
    ) -> Text:
        """See `normalize.transliterate`."""
        if scheme is not None and not reverse and apostrophe is None:
            try:
                return self._worker.transliterate(text, scheme, False)
            except LookupError:
                pass  # no scheme of the ruleset: told below
        from normalize.romanize.choose import transliterate

        return transliterate(self._worker, text, scheme, reverse, lossy, apostrophe)

    def transliterate_batch(
        self,
        texts: Iterable[str],
        scheme: str | None = None,
        reverse: bool = False,
        *,
        lossy: bool = False,
        apostrophe: str | None = None,
    ) -> list[str]:
        """`transliterate` for each text; the same objects where nothing changes."""
        from normalize.romanize.choose import transliterate_batch

        return transliterate_batch(self._worker, texts, scheme, reverse, lossy, apostrophe)

    def convert(self, text: Text, from_scheme: str, to_scheme: str, *, lossy: bool = False) -> Text:
        """See `normalize.convert`."""
        from normalize.romanize.convert import convert

        return convert(self._worker, text, from_scheme, to_scheme, lossy)

    def detect_scheme(self, text: str) -> list[SchemeMatch]:
        """See `normalize.detect_scheme`."""
        from normalize.romanize.detect import detect_scheme

        return detect_scheme(self._worker, text)

    def losses(self, scheme: str) -> list[str]:
        """What a scheme loses on the way to Latin, each in a few words; empty if its way back is exact.

        Of a scheme that is exact but for listed spans, these spans.
        """
        self._check_scheme(scheme, False)
        from normalize.romanize.choose import losses

        return losses(self._worker.ruleset, scheme)

    def icu_rules(self, scheme: str) -> str:
        """The scheme, from its own letters to Latin, as transform rules that ICU compiles.

        `icu.Transliterator.createFromRules` of PyICU takes them, and every other binding of ICU. Raises
        `UnknownSchemeError`, and `ConfigError` for a scheme that needs what ICU's rules cannot say.
        """
        self._check_scheme(scheme, False)
        from normalize.scheme.icu import NotExpressibleError, icu_rules

        ruleset = self._worker.ruleset
        try:
            return icu_rules(ruleset.scheme(scheme), ruleset.case_table)
        except NotExpressibleError as error:
            raise ConfigError(str(error)) from None

    def schemes(self) -> list[Scheme]:
        """The transliteration schemes, by id."""
        return [_scheme(head) for _, head in sorted(self._worker.ruleset.schemes.items())]

    def _check_scheme(self, scheme: str, reverse: bool) -> None:
        """Raises what is wrong with a scheme, or with going back by it."""
        if reverse or scheme not in self._worker.ruleset.schemes:
            from normalize.romanize.choose import check_scheme

            check_scheme(self._worker.ruleset, scheme, reverse)


def _ruleset(profile: str, extend: tuple[str, ...]) -> tuple[Ruleset | str, int]:
    """The file of a ruleset, and when it was written: a rebuilt one is another ruleset."""
    path = ruleset_file(profile, extend)
    return path, os.stat(path).st_mtime_ns


@lru_cache(maxsize=64)
def _worker(
    ruleset: Ruleset | str,
    modified: int,  # noqa: ARG001
    engine: str,
    rules: tuple[tuple[str, str], ...],
    allow: frozenset[str],
) -> Worker:
    return make_worker(ruleset, engine, dict(rules), allow)


@lru_cache(maxsize=16)
def _gazetteer(ruleset: Ruleset) -> Gazetteer:
    from normalize.ruleset.gazetteer import Gazetteer

    return Gazetteer(ruleset)


def _remake(arguments: dict[str, Any]) -> Normalizer:
    return Normalizer(**arguments)


def _scheme(head: SchemeHead) -> Scheme:
    from normalize.model import Scheme

    return Scheme(head.id, head.language, head.authority, head.year, head.reversible, head.url, head.title)
