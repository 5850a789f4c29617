"""`normalize --version`: all that a report about a wrong result should state."""

from __future__ import annotations

import sys

from normalize.cli.normalizers import STDIN, Normalizers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalize.cli.options import Options


def run(options: Options) -> int:
    from normalize import __version__

    normalizers = Normalizers(options)
    normalizer = normalizers(normalizers.settings(STDIN))
    sys.stdout.write(
        f"normalize {__version__} ({normalizer.engine} engine, profile {normalizer.profile}, "
        f"ruleset {normalizer.ruleset_sha256[:12]})\n"
    )
    return 0
