"""Peak memory of one batch: `python -m benchmarks.batch_memory ENTRY FILE ENGINE SCHEME`; Linux only.

The texts are the lines of FILE. The peak is what the process grew by while the batch ran, so that neither the
interpreter nor the ruleset counts; both were there before, the engine having worked on a few lines.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import Any

from normalize import Normalizer


def status(field: str) -> int:
    """A field of /proc/self/status, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024
    raise KeyError(field)


def size_of(texts: Any) -> int:
    """The bytes that a list of str, or an Arrow array, takes."""
    if hasattr(texts, "nbytes"):
        return int(texts.nbytes)
    return sys.getsizeof(texts) + sum(map(sys.getsizeof, texts))


def main(entry: str, path: str, engine: str, scheme: str) -> int:
    made: Any = Normalizer(engine=engine)
    method = getattr(made, entry, None)
    if method is None and entry == "transliterate_batch":

        def method(texts: list[str], scheme: str) -> list[str]:
            return [made.transliterate(text, scheme) for text in texts]

    if method is None:
        print(json.dumps({"lacks": f"this release has no {entry}"}))
        return 0
    texts: Any = Path(path).read_text(encoding="utf-8").splitlines()
    few: Any = texts[:64]
    if entry.endswith("_arrow"):
        import pyarrow

        texts, few = pyarrow.array(texts), pyarrow.array(few)
    further = (scheme,) if entry.startswith("transliterate") else ()
    method(few, *further)
    gc.collect()
    before = status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts again from here
    out = method(texts, *further)
    grown = status("VmHWM") - before
    taken = size_of(texts)
    same = out is texts or (
        isinstance(out, list) and all(old is new for old, new in zip(texts, out, strict=True))
    )
    given = (sys.getsizeof(out) if isinstance(out, list) else 0) if same else size_of(out)
    ratio = (taken + max(0, grown)) / (taken + given)
    print(json.dumps({"ratio": ratio, "input": taken, "output": given, "grown": grown}))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
