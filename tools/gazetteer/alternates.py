"""Alternate names of GeoNames that no rule makes: variants, and names for look-up only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tools.gazetteer.geonames import Entry
from tools.gazetteer.report import Report
from tools.gazetteer.words import Words

SHORTEST = 4
LOOKED_UP = (
    "a place abroad",
    "a personal name",
    "a Ukrainian name",
    "a Russian name",
)  # what a look-up may still offer
SHORTEST_VARIANT = 6  # letters that a spelling must have to be looked for in texts


@dataclass(frozen=True, slots=True)
class Alternate:
    """A name of a place; `is_variant` tells that it spells the place's own name."""

    place: str
    name: str
    is_variant: bool


def alternates(
    place: str,
    own: Iterable[str],
    entry: Entry,
    is_known: Callable[[str], bool],
    words: Words,
    key: Callable[[str], str],
    sound: Callable[[str], str],
    report: Report,
) -> Iterator[Alternate]:
    """The alternates of an entry that are not known; `own` are the place's names in Latin letters.

    One that sounds as the place's own names do is a variant, if it is nothing else; the rest is for
    look-ups only.
    """
    sounds = {sound(name) for name in own}
    for name in entry.latin:
        if not name[:1].isupper() or name.isupper() or len(name) < SHORTEST or not is_plain(name):
            report.add("GeoNames: an alternate that is a code or in no European spelling", name)
        elif not is_known(name):
            reason = words.reason(key(name))
            if reason and reason not in LOOKED_UP:
                report.add(f"GeoNames: an alternate that is {reason}", name)
                continue
            is_long = len(name) >= SHORTEST_VARIANT
            yield Alternate(place, name, is_variant=not reason and is_long and sound(name) in sounds)
    for name in entry.cyrillic:
        if name[:1].isupper() and len(name) >= SHORTEST and not is_known(name):
            reason = words.reason(key(name))
            if reason and reason not in LOOKED_UP:
                report.add(f"GeoNames: an alternate that is {reason}", name)
            else:
                yield Alternate(place, name, is_variant=False)


def is_plain(name: str) -> bool:
    """Whether a name is words of letters, joined as names are."""
    return bool(re.fullmatch(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*['’]?", name))
