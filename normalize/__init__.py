"""normalize: finds and repairs mixed-script text and variant place names, and transliterates Cyrillic.

>>> import normalize
>>> normalize.normalize("along the River Seversky \\u0414\\u043e\\u043d\\u0435\\u0446")
'along the River Siverskyi Donets'
"""

from __future__ import annotations

from normalize.api import Normalizer, lookup, normalize, schemes, transliterate
from normalize.engines import chosen_engine as engine_name
from normalize.errors import (
    ConfigError,
    EngineError,
    IrreversibleSchemeError,
    NormalizeError,
    RulesetError,
    TableError,
    UnknownProfileError,
    UnknownSchemeError,
)
from normalize.model import Applicability, Explanation, Finding, Mention, Place, Scheme
from normalize.offsets import Edit, Unit
from normalize.result import Result

__version__ = "0.1.0"

__all__ = [
    "Applicability",
    "ConfigError",
    "Edit",
    "EngineError",
    "Explanation",
    "Finding",
    "IrreversibleSchemeError",
    "Mention",
    "NormalizeError",
    "Normalizer",
    "Place",
    "Result",
    "RulesetError",
    "Scheme",
    "TableError",
    "Unit",
    "UnknownProfileError",
    "UnknownSchemeError",
    "__version__",
    "engine_name",
    "lookup",
    "normalize",
    "schemes",
    "transliterate",
]
