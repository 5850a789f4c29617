"""What `transliterate` does for what is no plain scheme, and why it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeVar

from normalize.errors import ConfigError, IrreversibleSchemeError, UnknownSchemeError
from normalize.scheme.styles import STYLES, in_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from normalize.ruleset.reader import Ruleset
    from normalize.worker import Worker

Text = TypeVar("Text", str, bytes)
ICU = "icu:"
"""What the name of an ICU transform begins with."""
REASONS = 2
"""How many losses a refusal names."""


def transliterate(
    worker: Worker, text: Text, scheme: str | None, reverse: bool, lossy: bool, apostrophe: str | None = None
) -> Text:
    """What `Normalizer.transliterate` says, for any `scheme`."""
    if apostrophe is not None:
        check_style(apostrophe, scheme, reverse)
    if scheme is None:
        if reverse:
            raise ConfigError(
                "no scheme is named; a text goes back only by the scheme that it was written by"
            )
        from normalize.romanize.languages import by_language

        return by_language(worker, text, apostrophe)
    if scheme.startswith(ICU):
        from normalize.romanize.icu import by_icu

        return by_icu(text, scheme.removeprefix(ICU), reverse)
    check_scheme(worker.ruleset, scheme, reverse, lossy)
    return worker.transliterate(text, in_style(scheme, apostrophe), reverse)


def transliterate_batch(
    worker: Worker,
    texts: Iterable[str],
    scheme: str | None,
    reverse: bool,
    lossy: bool,
    apostrophe: str | None = None,
) -> list[str]:
    """What `Normalizer.transliterate_batch` says, for any `scheme`."""
    if scheme is None or scheme.startswith(ICU):
        return [transliterate(worker, text, scheme, reverse, lossy, apostrophe) for text in texts]
    if apostrophe is not None:
        check_style(apostrophe, scheme, reverse)
    if reverse:
        check_scheme(worker.ruleset, scheme, reverse, lossy)
    try:
        return worker.transliterate_batch(texts, in_style(scheme, apostrophe), reverse)
    except LookupError:
        check_scheme(worker.ruleset, scheme, reverse=False)
        raise


def check_style(apostrophe: str, scheme: str | None, reverse: bool) -> None:
    """Raises `ConfigError` for a style of apostrophes that is none, or that cannot be had."""
    if apostrophe not in STYLES:
        raise ConfigError(f"apostrophe {apostrophe!r}: use one of {', '.join(STYLES)}")
    if reverse:
        raise ConfigError(
            f"apostrophe={apostrophe!r} does not go with reverse: a text goes back by the scheme's own signs"
        )
    if scheme is not None and scheme.startswith(ICU):
        raise ConfigError(f"apostrophe={apostrophe!r} does not go with {scheme}: ICU writes its own signs")


def check_scheme(ruleset: Ruleset, scheme: str, reverse: bool, lossy: bool = False) -> None:
    """Raises `UnknownSchemeError`, or `IrreversibleSchemeError` where only guesses lead back."""
    head = ruleset.schemes.get(scheme)
    if head is None:
        unknown(scheme, ruleset.schemes)
    if reverse and not lossy and head.reversible == "no":
        reasons = "; ".join(losses(ruleset, scheme)[:REASONS])
        raise IrreversibleSchemeError(
            f"{scheme} loses information ({reasons}) and has no way back; ask for a guess with lossy=True "
            f"(--lossy), or see `normalize schemes` for those that have one"
        )


def losses(ruleset: Ruleset, scheme: str) -> list[str]:
    """What `Normalizer.losses` says."""
    head = ruleset.schemes[scheme]
    if head.reversible == "exact":
        return []
    if head.lossy:
        return list(head.lossy)
    from normalize.scheme.reverse import losses

    return losses(ruleset.scheme(scheme))


def unknown(scheme: str, known: Iterable[str]) -> NoReturn:
    """Raises `UnknownSchemeError`, which names the nearest ids."""
    near = ", ".join(sorted(known, key=lambda one: _distance(one, scheme))[:3])
    raise UnknownSchemeError(f"no scheme {scheme!r}; perhaps {near}? `normalize schemes` lists all")


def _distance(one: str, other: str) -> tuple[int, str]:
    """How far two ids are apart: the more pairs of letters they share, the nearer."""
    pairs: Sequence[set[str]] = [{name[i : i + 2] for i in range(len(name) - 1)} for name in (one, other)]
    return -len(pairs[0] & pairs[1]), one
