"""Commands for those who work on the project. The generators of the tests are `generate` here, as there.

`tests` itself is no package, and any installed one of that name would hide it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
