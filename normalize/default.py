"""The public API: functions that use the default `Normalizer`."""

from __future__ import annotations

from functools import lru_cache

from normalize.api import Normalizer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from normalize.model import Place, Scheme, SchemeMatch

    Text = TypeVar("Text", str, bytes)


@lru_cache(maxsize=1)
def default() -> Normalizer:
    """The normalizer that the module's functions use."""
    return Normalizer()


def normalize(text: Text, fixes: str = "safe") -> Text:
    """`Normalizer().normalize(text)`: safe repairs under the default profile."""
    return default().normalize(text, fixes)


def transliterate(
    text: Text,
    scheme: str | None = None,
    reverse: bool = False,
    *,
    lossy: bool = False,
    apostrophe: str | None = None,
) -> Text:
    """The text by a transliteration scheme; with `reverse`, from Latin letters back.

    Without a scheme, each Cyrillic word is written by the profile's scheme for its language, which its
    letters tell, or else the text around it. `icu:ID` is a transform of ICU, such as
    `icu:Greek-Latin/UNGEGN`, if the extra `icu` is installed. Letters that the scheme does not know pass
    unchanged. `lossy` asks for a guess where a scheme has no way back.

    `apostrophe` is how apostrophes and primes of the scheme are written, those for soft and hard signs
    included: `typographic` (’ ”), `ascii` (' "), `modifier` (ʼ ˮ), `prime` (ʹ ʺ), `none` (left out). Without
    it they are the scheme's own, by which alone a text can go back.

    Raises `UnknownSchemeError`; `IrreversibleSchemeError` where the scheme has no way back; `ConfigError`
    for another `apostrophe`, and for one with `reverse` or a transform of ICU; `MissingExtraError`.
    """
    return default().transliterate(text, scheme, reverse, lossy=lossy, apostrophe=apostrophe)


def convert(text: Text, from_scheme: str, to_scheme: str, *, lossy: bool = False) -> Text:
    """Latin text of one scheme as another scheme of the same language writes it, through the original.

    What is refused, and what `lossy` asks for, is as with `transliterate(text, from_scheme, reverse=True)`.
    Raises `UnknownSchemeError`, `IrreversibleSchemeError`, and `ConfigError` where the languages differ.
    """
    return default().convert(text, from_scheme, to_scheme, lossy=lossy)


def detect_scheme(text: str) -> list[SchemeMatch]:
    """The schemes that could have produced a Latin text, the likeliest first.

    A scheme could have if some letters of its own become the word; the likeliest needs the fewest letters.
    Of equal ones those of the profile's languages come first, in its order, and of these its own scheme
    and then newer ones. Schemes that produce no word of the text are left out; the first 200 different
    words are looked at.
    """
    return default().detect_scheme(text)


def schemes() -> list[Scheme]:
    """All transliteration schemes, by id."""
    return default().schemes()


def lookup(name: str) -> list[Place]:
    """The places that a name can mean, most prominent first; any variant, any script."""
    return default().lookup(name)


def suggest(name: str, limit: int = 5) -> list[Place]:
    """Places whose names are near one that `lookup` does not know; offered, and never applied to a text."""
    return default().suggest(name, limit)
