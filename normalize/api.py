"""The public API: the `Normalizer`, and functions that use the default one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from normalize.engines import make_engine
from normalize.errors import ConfigError, IrreversibleSchemeError, UnknownSchemeError
from normalize.model import FIXES, LEVELS, Applicability, Explanation, Finding, Mention, Place, Scheme
from normalize.offsets import Edit, apply_edits
from normalize.reference.toponyms import to_place
from normalize.result import Result
from normalize.ruleset.records import SchemeHead
from normalize.rulesets import open_ruleset
from normalize.suppression import Suppressions

DEFAULT_PROFILE = "uk-national"
_STRENGTH = {"safe": 0, "unsafe": 1, "none": 2}
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
        self._engine = _engine(ruleset, engine)
        self._allow: frozenset[str] = self._arguments["allow"]
        self._levels = ruleset.levels | self._arguments["rules"]
        for rule, level in self._levels.items():
            if rule not in ruleset.levels:
                raise ConfigError(f"unknown rule {rule!r}; use one of {', '.join(sorted(ruleset.levels))}")
            if level not in LEVELS:
                raise ConfigError(f"unknown level {level!r} for {rule}; use one of {', '.join(LEVELS)}")

    def __reduce__(self) -> tuple[Any, ...]:
        return _remake, (self._arguments,)

    def __repr__(self) -> str:
        name = self.ruleset_sha256[:12]
        return f"Normalizer(profile={self.profile!r}, engine={self.engine!r}, ruleset={name})"

    @property
    def profile(self) -> str:
        """The id of the profile."""
        return self._engine.ruleset.profile

    @property
    def ruleset_sha256(self) -> str:
        """The name of the ruleset: the sha256 of its content."""
        return self._engine.ruleset.sha256

    @property
    def engine(self) -> str:
        """Which engine this is: `reference` or `native`."""
        return self._engine.name

    def normalize(self, text: Text, fixes: str = "safe") -> Text:
        """The text with its findings applied; the same object when nothing changes.

        `bytes` are taken as UTF-8; bytes that are not are carried through. `fixes` is `safe` (what can
        be trusted blindly), `unsafe` (everything that has a replacement) or `none`.
        """
        return self.apply(text, fixes).text

    def find(self, text: str | bytes) -> list[Finding]:
        """All findings, sorted and disjoint, in code points of the text (decoded, for `bytes`)."""
        source = _decode(text)
        findings = (self._levelled(finding) for finding in self._engine.find(source))
        kept = [finding for finding in findings if finding is not None]
        suppressed = Suppressions.scan(source) if kept else None
        if suppressed is None:
            return kept
        return [
            finding for finding in kept if not suppressed.covers(finding.start, finding.end, finding.rule)
        ]

    def apply(self, text: Text, fixes: str = "safe") -> Result[Text]:
        """The text with its findings applied, the findings, and the maps between offsets."""
        if fixes not in FIXES:
            raise ConfigError(f"unknown fixes {fixes!r}; use one of {', '.join(FIXES)}")
        source = _decode(text)
        findings = self.find(source)
        wanted = {"safe": ("safe",), "unsafe": ("safe", "unsafe"), "none": ()}[fixes]
        applied = [f for f in findings if f.replacement is not None and f.applicability.value in wanted]
        edits = [Edit(finding.start, finding.end, finding.replacement or "") for finding in applied]
        target = text if not edits else _encode(apply_edits(source, edits), text)
        return Result(source, target, findings, applied)

    def mentions(self, text: str | bytes) -> list[Mention]:
        """Every place that is named, canonical names included, in either script."""
        return self._engine.mentions(_decode(text))

    def normalize_batch(self, texts: Iterable[str]) -> list[str]:
        """`normalize` for each text; each is a document of its own."""
        return [self.normalize(text) for text in texts]

    def explain(self, text: str | bytes) -> list[Explanation]:
        """Why each word was judged as it was."""
        explained = self._engine.explain(_decode(text))
        return [
            replace(one, finding=self._levelled(one.finding) if one.finding else None) for one in explained
        ]

    def lookup(self, name: str) -> list[Place]:
        """The places that a name can mean, in any script and variant, the most prominent first."""
        return [to_place(option.place) for option in self._engine.look_up(name)]

    def transliterate(self, text: Text, scheme: str, reverse: bool = False) -> Text:
        """See `normalize.transliterate`."""
        heads = self._engine.ruleset.schemes
        if scheme not in heads:
            near = ", ".join(sorted(heads, key=lambda one: _distance(one, scheme))[:3])
            raise UnknownSchemeError(f"no scheme {scheme!r}; perhaps {near}? `normalize schemes` lists all")
        if reverse and heads[scheme].reversible == "no":
            raise IrreversibleSchemeError(
                f"{scheme} loses information and has no way back; `normalize schemes` tells which have one"
            )
        source = _decode(text)
        result = self._engine.transliterator(scheme, reverse=reverse).transliterate(source)
        return text if result == source else _encode(result, text)

    def schemes(self) -> list[Scheme]:
        """The transliteration schemes, by id."""
        return [_scheme(head) for _, head in sorted(self._engine.ruleset.schemes.items())]

    def _levelled(self, finding: Finding) -> Finding | None:
        """The finding as the rules' levels and the allowed words leave it; None where they drop it."""
        level = self._levels.get(finding.rule, "safe")
        if level == "off" or finding.text in self._allow:
            return None
        if _STRENGTH[level] > _STRENGTH[finding.applicability.value]:
            return replace(finding, applicability=Applicability(level))
        return finding


@lru_cache(maxsize=32)
def _engine(ruleset: Any, name: str | None) -> Any:
    return make_engine(ruleset, name)


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


def _decode(text: str | bytes) -> str:
    return text.decode("utf-8", "surrogateescape") if isinstance(text, bytes) else text


def _encode(text: str, like: Text) -> Text:
    return text.encode("utf-8", "surrogateescape") if isinstance(like, bytes) else text  # type: ignore[return-value]


def _scheme(head: SchemeHead) -> Scheme:
    return Scheme(head.id, head.language, head.authority, head.year, head.reversible, head.url, head.title)


def _distance(one: str, other: str) -> tuple[int, str]:
    """How far two ids are apart: the more pairs of letters they share, the nearer."""
    pairs: Sequence[set[str]] = [{name[i : i + 2] for i in range(len(name) - 1)} for name in (one, other)]
    return -len(pairs[0] & pairs[1]), one
