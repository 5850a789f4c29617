"""normalize: finds and repairs mixed-script text and variant place names, and transliterates Cyrillic.

>>> import normalize
>>> normalize.normalize("along the River Seversky \\u0414\\u043e\\u043d\\u0435\\u0446")
'along the River Siverskyi Donets'
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` would take as long to import as half the interpreter
if TYPE_CHECKING:
    from typing import Any

    from normalize.api import Normalizer
    from normalize.columns.batches import BatchMap
    from normalize.columns.spans import Spans
    from normalize.default import convert, detect_scheme, lookup, normalize, schemes, suggest, transliterate
    from normalize.engines import chosen_engine as engine_name
    from normalize.errors import (
        ColumnError,
        ConfigError,
        CorpusError,
        EngineError,
        IrreversibleSchemeError,
        MissingExtraError,
        NormalizeError,
        RulesetError,
        TableError,
        UnknownProfileError,
        UnknownSchemeError,
    )
    from normalize.model import Applicability, Explanation, Finding, Mention, Place, Scheme, SchemeMatch
    from normalize.offsets import Edit, Unit
    from normalize.result import Result

__version__ = "0.1.0"

__all__ = [
    "Applicability",
    "BatchMap",
    "ColumnError",
    "ConfigError",
    "CorpusError",
    "Edit",
    "EngineError",
    "Explanation",
    "Finding",
    "IrreversibleSchemeError",
    "Mention",
    "MissingExtraError",
    "NormalizeError",
    "Normalizer",
    "Place",
    "Result",
    "RulesetError",
    "Scheme",
    "SchemeMatch",
    "Spans",
    "TableError",
    "Unit",
    "UnknownProfileError",
    "UnknownSchemeError",
    "__version__",
    "convert",
    "detect_scheme",
    "engine_name",
    "lookup",
    "normalize",
    "schemes",
    "suggest",
    "transliterate",
]

_HOMES = {
    "normalize.api": ("Normalizer",),
    "normalize.columns.batches": ("BatchMap",),
    "normalize.columns.spans": ("Spans",),
    "normalize.default": (
        "convert",
        "detect_scheme",
        "lookup",
        "normalize",
        "schemes",
        "suggest",
        "transliterate",
    ),
    "normalize.engines": ("engine_name",),
    "normalize.errors": tuple(name for name in __all__ if name.endswith("Error")),
    "normalize.model": (
        "Applicability",
        "Explanation",
        "Finding",
        "Mention",
        "Place",
        "Scheme",
        "SchemeMatch",
    ),
    "normalize.offsets": ("Edit", "Unit"),
    "normalize.result": ("Result",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `normalize --help` needs none of the engine."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(home), "chosen_engine" if name == "engine_name" else name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
