"""How apostrophes and primes of a transliteration are written, where that is not left to its scheme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from normalize.scheme.rules import KEEP, SchemeRules

STYLES = {
    "typographic": ("\u2019", "\u201d"),
    "ascii": ("'", '"'),
    "modifier": ("\u02bc", "\u02ee"),
    "prime": ("\u02b9", "\u02ba"),
    "none": ("", ""),
}
"""By name: the single sign, as for a soft sign, and the double one, as for a hard sign."""
SIGNS = ("'\u2019\u02bc\u02b9\u2032\u00b4", '"\u201d\u201c\u02ba\u2033\u02ee')
"""Signs of schemes that are the same as the single one, and as the double one."""
TURNED = "\u2018\u02bb"
"""Turned commas, parts of letters (Uzbek o\u02bb): they only change where ASCII, or no sign, is wanted."""
PLAIN = ("ascii", "none")
"""The styles that turned commas follow."""
MARK = "@"
"""Engines know a scheme in a style as `ID@STYLE`."""


def named(name: str, reverse: bool, rules: Callable[[str], SchemeRules]) -> SchemeRules:
    """The rules of a scheme, or of `ID@STYLE`, which has no way back: a KeyError then, as of `rules`."""
    scheme, mark, style = name.partition(MARK)
    if not mark:
        return rules(name)
    if reverse or style not in STYLES:
        raise KeyError(name)
    return styled(rules(scheme), style)


def styled(scheme: SchemeRules, style: str) -> SchemeRules:
    """The scheme with its apostrophes and primes in a style of `STYLES`; its way back is left out."""
    single, double = STYLES[style]
    signs = {**dict.fromkeys(SIGNS[0], single), **dict.fromkeys(SIGNS[1], double)}
    if style in PLAIN:
        signs |= dict.fromkeys(TURNED, single)
    table = str.maketrans(signs)
    return replace(
        scheme,
        apostrophe=single if scheme.apostrophe == KEEP else scheme.apostrophe.translate(table),
        forward=tuple(replace(rule, target=rule.target.translate(table)) for rule in scheme.forward),
        words=tuple((word, rendering.translate(table)) for word, rendering in scheme.words),
        reverse=(),
        reverse_words=(),
    )


def in_style(scheme: str, apostrophe: str | None) -> str:
    """What engines call a scheme whose apostrophes are in a style, if one is given."""
    return scheme if apostrophe is None else f"{scheme}{MARK}{apostrophe}"
