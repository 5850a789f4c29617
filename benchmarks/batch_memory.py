"""Peak memory of one batch: `python -m benchmarks.batch_memory ENTRY FILE ENGINE SCHEME`; Linux only.

The texts are the lines of FILE. The peak is what the process grew by while the batch ran, so that neither the
interpreter nor the ruleset counts; both were there before, the engine having worked on a few lines.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from importlib import import_module
from operator import is_
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


def method_of(made: Any, entry: str, scheme: str) -> Callable[[Any], Any] | None:
    """The entry as a function of the texts; None if the library lacks it."""
    method: Any = getattr(made, entry, None)
    if entry.startswith("normalize") or method is None:
        return method
    return lambda texts: method(texts, scheme)


def main(entry: str, path: str, engine: str, scheme: str) -> int:
    method = method_of(Normalizer(engine=engine), entry, scheme)
    if method is None:
        print(json.dumps({"lacks": f"this release has no {entry}"}))
        return 0
    texts: Any = Path(path).read_text(encoding="utf-8").splitlines()
    few: Any = texts[:64]
    if entry.endswith("_arrow"):
        pyarrow: Any = import_module("pyarrow")
        texts, few = pyarrow.array(texts), pyarrow.array(few)
    method(few)
    gc.collect()
    before = status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts again from here
    out: Any = method(texts)
    grown = status("VmHWM") - before
    taken = size_of(texts)
    is_list = not entry.endswith("_arrow")
    same = out is texts or (is_list and all(map(is_, texts, out)))
    given = (sys.getsizeof(out) if is_list else 0) if same else size_of(out)
    ratio = (taken + max(0, grown)) / (taken + given)
    print(json.dumps({"ratio": ratio, "input": taken, "output": given, "grown": grown}))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
