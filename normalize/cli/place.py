"""`normalize place NAME`: every place that a name can mean."""

from __future__ import annotations

import sys

from normalize.cli.errors import complain
from normalize.cli.normalizers import STDIN, Normalizers
from normalize.cli.tabulate import facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalize.cli.options import Options
    from normalize.model import Place


def run(options: Options) -> int:
    normalizers = Normalizers(options)
    normalizer = normalizers(normalizers.settings(STDIN))
    name = " ".join(options.name)
    found = normalizer.lookup(name)
    if not found:
        near = ", ".join(f"{place.name} ({_where(place)})" for place in normalizer.suggest(name))
        cure = f"did you mean {near}? Or" if near else "try another spelling, or"
        complain(f"no place is called {name!r}; {cure} add it to a table of your own (`extend`)")
        return 1
    sys.stdout.write("\n".join(_shown(place) for place in found))
    return 0


def _where(place: Place) -> str:
    return ", ".join((place.kind, *((place.part_of,) if place.part_of else ()), place.country))


def _position(place: Place) -> str:
    if place.latitude is None or place.longitude is None:
        return ""
    return f"{place.latitude:.5f}, {place.longitude:.5f}"


def _shown(place: Place) -> str:
    native = ", ".join(f"{name} ({language})" for language, name in place.native.items())
    where = ", ".join(part for part in (place.part_of or "", place.country) if part)
    pairs = [
        ("kind", place.kind),
        ("in", where),
        ("native", native),
        ("id", place.id),
        ("registers", " ".join(place.ids)),
        ("position", _position(place)),
    ]
    return f"{place.name}\n{facts(pairs, indent='  ')}"
