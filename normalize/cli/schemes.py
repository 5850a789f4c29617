"""`normalize schemes`: the transliteration schemes, or all that is known of one."""

from __future__ import annotations

import sys

from normalize.cli.streams import columns
from normalize.cli.tabulate import facts, table
from normalize.errors import UnknownSchemeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalize.cli.options import Options
    from normalize.model import Scheme

_REVERSIBLE = {
    "exact": "yes, exactly",
    "except": "yes, but for listed letters",
    "dictionary": "by rules and lists of words, without proof",
    "no": "no: its output can be read in several ways",
}


def run(options: Options) -> int:
    from normalize import schemes

    known = sorted(schemes(), key=lambda scheme: (scheme.language, scheme.year, scheme.id))
    if options.scheme is None:
        rows = [
            (scheme.id, scheme.language, str(scheme.year), scheme.reversible, scheme.authority)
            for scheme in known
        ]
        room = columns() if sys.stdout.isatty() else 1_000
        sys.stdout.write(table(("ID", "LANGUAGE", "YEAR", "REVERSIBLE", "AUTHORITY"), rows, room))
        return 0
    for scheme in known:
        if scheme.id == options.scheme:
            sys.stdout.write(_shown(scheme))
            return 0
    from normalize.config_file import nearest

    raise UnknownSchemeError(
        f'no scheme is called "{options.scheme}"; {nearest(options.scheme, [scheme.id for scheme in known])}'
    )


def _shown(scheme: Scheme) -> str:
    return facts(
        [
            ("id", scheme.id),
            ("title", scheme.title),
            ("language", scheme.language),
            ("authority", scheme.authority),
            ("year", str(scheme.year)),
            ("reversible", _REVERSIBLE.get(scheme.reversible, scheme.reversible)),
            ("url", scheme.url),
            ("use", f"normalize translit {scheme.id} < TEXT"),
        ]
    )
