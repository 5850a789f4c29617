"""scikit-learn: a transformer that can be cloned, searched over and put into a pipeline."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from normalize import ColumnError, ConfigError, Normalizer, UnknownProfileError

pytest.importorskip("sklearn", reason="scikit-learn is not installed: pip install '.[sklearn]'")
np: Any = pytest.importorskip("numpy")
from sklearn.base import clone  # noqa: E402
from sklearn.compose import ColumnTransformer  # noqa: E402
from sklearn.feature_extraction.text import CountVectorizer  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.model_selection import GridSearchCV  # noqa: E402
from sklearn.pipeline import make_pipeline  # noqa: E402

from normalize.hosts.sklearn import TextNormalizer  # noqa: E402

X = ["from Kharkov", "from Kharkiv", "to Kiev", "to Kyiv"] * 5
Y = [0, 0, 1, 1] * 5


def test_forms_stay(texts: list[str | None], wanted: list[str | None]) -> None:
    given, new = [text or "" for text in texts], [text or "" for text in wanted]
    made = TextNormalizer().fit_transform(given)
    assert made == new
    array = TextNormalizer().transform(np.array(given, dtype=object))
    assert isinstance(array, np.ndarray)
    assert array.tolist() == new
    pd: Any = pytest.importorskip("pandas")
    series = TextNormalizer().fit(given).transform(pd.Series(given, name="text"))
    assert (series.name, series.tolist()) == ("text", new)


def test_clones_keep_their_settings() -> None:
    settings = {
        "profile": "ap",
        "extend": (),
        "allow": ("Kiev",),
        "rules": {"bidi-control": "off"},
        "fixes": "unsafe",
    }
    one = TextNormalizer(**settings)
    assert clone(one).get_params() == settings
    assert pickle.loads(pickle.dumps(one)).get_params() == settings
    assert clone(one).transform(["Kiev"]) == Normalizer("ap", allow=["Kiev"]).normalize_batch(["Kiev"])
    assert one.set_params(fixes="none").transform(["Kharkov"]) == ["Kharkov"]
    assert list(one.get_feature_names_out()) == ["text"]


def test_pipeline_and_search() -> None:
    pipeline = make_pipeline(TextNormalizer(), CountVectorizer(), LogisticRegression())
    pipeline.fit(X, Y)
    assert set(pipeline[1].vocabulary_) == {"from", "kharkiv", "to", "kyiv"}
    assert pipeline.predict(["Kharkov", "Kiev"]).tolist() == [0, 1]
    search = GridSearchCV(pipeline, {"textnormalizer__fixes": ["safe", "none"]}, cv=2)
    search.fit(X, Y)
    assert set(search.cv_results_["param_textnormalizer__fixes"]) == {"safe", "none"}


def test_in_a_column_transformer() -> None:
    pd: Any = pytest.importorskip("pandas")
    frame = pd.DataFrame({"text": X, "n": range(len(X))})
    columns = ColumnTransformer([("text", make_pipeline(TextNormalizer(), CountVectorizer()), "text")])
    assert columns.fit_transform(frame).shape == (20, 4)


def test_mistakes_are_told() -> None:
    with pytest.raises(UnknownProfileError, match="no-such"):
        TextNormalizer(profile="no-such").fit(X)
    with pytest.raises(ConfigError, match="unknown fixes"):
        TextNormalizer(fixes="all").fit(X)
    with pytest.raises(ColumnError, match="X holds int in row 1"):
        TextNormalizer().transform(["Kiev", 5])
    with pytest.raises(ColumnError, match=r"X is one string"):
        TextNormalizer().transform("Kiev")
    with pytest.raises(ColumnError, match="2 dimensions"):
        TextNormalizer().transform(np.array([["Kiev"]], dtype=object))
