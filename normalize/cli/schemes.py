"""`normalize schemes`: the transliteration schemes, or all that is known of one."""

from __future__ import annotations

import sys

from normalize.cli.errors import UsageError
from normalize.cli.streams import columns
from normalize.cli.tabulate import facts, table
from normalize.errors import UnknownSchemeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalize.cli.options import Options
    from normalize.model import Scheme

DETECTED = 20
"""How many schemes `--detect` shows."""
LEAST = 0.001
"""The least score of a scheme that `--detect` shows."""
_REVERSIBLE = {
    "exact": "yes, exactly",
    "except": "yes, but for listed letters",
    "dictionary": "by rules and lists of words, without proof",
    "no": "no: its output can be read in several ways",
}


def run(options: Options) -> int:
    from normalize import schemes

    if options.detect:
        return _detected(options)
    known = sorted(schemes(), key=lambda scheme: (scheme.language, scheme.year, scheme.id))
    if options.scheme is None:
        if options.icu:
            raise UsageError("--icu needs the ID of a scheme")
        rows = [
            (scheme.id, scheme.language, str(scheme.year), scheme.reversible, scheme.authority)
            for scheme in known
        ]
        room = columns() if sys.stdout.isatty() else 1_000
        sys.stdout.write(table(("ID", "LANGUAGE", "YEAR", "REVERSIBLE", "AUTHORITY"), rows, room))
        return 0
    for scheme in known:
        if scheme.id == options.scheme:
            sys.stdout.write(_icu_rules(scheme) if options.icu else _shown(scheme))
            return 0
    from normalize.config_file import nearest

    raise UnknownSchemeError(
        f'no scheme is called "{options.scheme}"; {nearest(options.scheme, [scheme.id for scheme in known])}'
    )


def _detected(options: Options) -> int:
    """Ranks the schemes for the text on standard input; 1 where none could have produced it."""
    from normalize import detect_scheme
    from normalize.cli.streams import stdin

    if options.scheme or options.icu:
        raise UsageError("--detect reads a text from standard input; leave the rest out")
    found = detect_scheme(stdin().read_all().decode("utf-8", "surrogateescape"))
    rows = [
        (match.scheme.id, match.scheme.language, f"{match.score:.3f}", f"{match.share:.0%}")
        for match in found[:DETECTED]
        if match.score >= LEAST
    ]
    room = columns() if sys.stdout.isatty() else 1_000
    sys.stdout.write(table(("ID", "LANGUAGE", "SCORE", "EXPLAINS"), rows, room))
    return 0 if found else 1


def _icu_rules(scheme: Scheme) -> str:
    from normalize.default import default

    return default().icu_rules(scheme.id)


def _lost(scheme: Scheme) -> list[tuple[str, str]]:
    """What the scheme loses, if anything: listed letters, or the reasons why there is no way back."""
    from normalize.default import default

    lost = default().losses(scheme.id)
    return [("lost", (" " if scheme.reversible == "except" else "; ").join(lost))] if lost else []


def _shown(scheme: Scheme) -> str:
    return facts(
        [
            ("id", scheme.id),
            ("title", scheme.title),
            ("language", scheme.language),
            ("authority", scheme.authority),
            ("year", str(scheme.year)),
            ("reversible", _REVERSIBLE.get(scheme.reversible, scheme.reversible)),
            *_lost(scheme),
            ("url", scheme.url),
            ("use", f"normalize translit {scheme.id} < TEXT"),
        ]
    )
