"""scikit-learn: a transformer from texts to normalized texts, for the beginning of a `Pipeline`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from normalize.api import Normalizer
from normalize.columns.kinds import ColumnError, series_like, series_text
from normalize.errors import ConfigError
from normalize.hosts.settings import normalizer
from normalize.romanize.extras import extra
from normalize.rules import FIXES

_base = extra("sklearn.base", "sklearn", "normalize.hosts.sklearn")
_Estimator: Any = _base.BaseEstimator
_Transformer: Any = _base.TransformerMixin


class TextNormalizer(_Transformer, _Estimator):
    """Texts in, normalized texts out: a list for a list, a series for a series, an array for an array.

    `profile`, `extend`, `allow` and `rules` are as of `normalize.Normalizer`, `fixes` as of its `normalize`.
    They are stored as they are given, so that `clone`, `set_params` and grid searches work. There is
    nothing to learn: `fit` only checks them, and the transformer is stateless.
    """

    def __init__(
        self,
        profile: str = "uk-national",
        *,
        extend: Iterable[str] = (),
        allow: Iterable[str] = (),
        rules: Mapping[str, str] | None = None,
        fixes: str = "safe",
    ) -> None:
        self.profile = profile
        self.extend = extend
        self.allow = allow
        self.rules = rules
        self.fixes = fixes

    def fit(self, X: Any, y: Any = None) -> TextNormalizer:  # noqa: ARG002, N803
        """Checks the settings. Raises what `Normalizer` raises."""
        self._normalizer()
        return self

    def transform(self, X: Any) -> Any:  # noqa: N803
        """The texts normalized, in the form that they came in. Raises `ColumnError` for other than texts."""
        nz = self._normalizer()
        if isinstance(X, str):
            raise ColumnError("X is one string, not a sequence of texts; write [X]")
        if hasattr(X, "iloc") and getattr(X, "ndim", 1) == 1:
            return series_like(X, nz.normalize_arrow(series_text(X, str(X.name or "X")), self.fixes))
        shape = getattr(X, "shape", None)
        if hasattr(X, "iloc") or (shape is not None and len(shape) != 1):
            raise ColumnError(
                f"X has {len(shape or ())} dimensions; give one column of texts, such as frame['text']"
            )
        listed: list[Any] = list(X)
        for at, text in enumerate(listed):
            if not isinstance(text, str):
                raise ColumnError(f"X holds {type(text).__name__} in row {at}; give texts only")
        new = (
            nz.normalize_batch(listed)
            if self.fixes == "safe"
            else [nz.normalize(text, self.fixes) for text in listed]
        )
        if shape is None:
            return new
        return _numpy().array(new, dtype=object)

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """The names of the columns: what goes in comes out."""
        return _numpy().asarray(["text"] if input_features is None else input_features, dtype=object)

    def _normalizer(self) -> Normalizer:
        if self.fixes not in FIXES:
            raise ConfigError(f"unknown fixes {self.fixes!r}; use one of {', '.join(FIXES)}")
        return normalizer(None, self.profile, self.extend, self.allow, self.rules)

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = _Transformer.__sklearn_tags__(self)
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags


def _numpy() -> Any:
    return import_module("numpy")
