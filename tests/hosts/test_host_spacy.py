"""spaCy: the component by its entry point; the text is never altered."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from typing import Any

import pytest

from normalize import Normalizer, Spans

spacy: Any = pytest.importorskip("spacy", reason="spaCy is not installed: pip install '.[spacy]'")
from spacy.tokens import DocBin  # noqa: E402

import normalize.hosts.spacy  # noqa: E402, F401

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
TEXT = "From Kharkov, over the River Seversky Донец, to the city of Dоnetsk; Kyiv is far."


@pytest.fixture
def nlp() -> Any:
    made = spacy.blank("en")
    made.add_pipe("normalize")
    return made


def test_the_entry_point() -> None:
    """`add_pipe` alone is enough, in a process that has imported nothing of ours."""
    if not any(one.name == "normalize" for one in entry_points(group="spacy_factories")):
        pytest.skip("this installation is older than its entry points: pip install -e . again")
    code = "import spacy; nlp = spacy.blank('uk'); nlp.add_pipe('normalize'); print(nlp('Kiev')[0].norm_)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "kyiv\n"


def test_mentions_are_spans(nlp: Any, nz: Normalizer) -> None:
    doc = nlp(TEXT)
    assert doc.text == TEXT
    spans = doc.spans["normalize"]
    assert [
        (span.text, span.label_, span.kb_id_, span._.canonical, span._.mention_kind) for span in spans
    ] == [
        (
            TEXT[one.start : one.end],
            "PLACE",
            (one.place and one.place.id) or "",
            one.place and one.place.name,
            one.kind,
        )
        for one in nz.mentions(TEXT)
    ]
    assert [span.kb_id_ for span in spans] == [
        "city-kharkiv",
        "river-siverskyi-donets",
        "city-donetsk",
        "city-kyiv",
    ]


def test_norms(nlp: Any) -> None:
    norms = {token.text: token.norm_ for token in nlp(TEXT)}
    assert norms["Kharkov"] == "kharkiv"
    assert (norms["Seversky"], norms["Донец"]) == ("siverskyi", "donets")
    assert norms["Dоnetsk"] == "donetsk"
    assert norms["From"] == "from"
    plain = spacy.blank("en")
    plain.add_pipe(
        "normalize", config={"set_norm": False, "spans_key": "places", "label": "GPE", "profile": "ap"}
    )
    doc = plain(TEXT)
    assert [token.norm_ for token in doc] == [token.norm_ for token in spacy.blank("en")(TEXT)]
    assert doc.spans["places"][0].label_ == "GPE"


def test_findings_and_offsets(nlp: Any, nz: Normalizer) -> None:
    doc = nlp(TEXT)
    assert doc._.normalized == nz.normalize(TEXT)
    start = doc._.normalized.index("Siverskyi Donets")
    source = Spans(doc._.findings).to_source(start, start + len("Siverskyi Donets"))
    assert doc.char_span(*source).text == "Seversky Донец"


def test_saved_and_sent(nlp: Any, tmp_path: Any) -> None:
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    docs = list(again.pipe([TEXT] * 4, n_process=2))
    kept = DocBin(store_user_data=True, docs=docs).to_bytes()
    for doc in DocBin().from_bytes(kept).get_docs(again.vocab):
        assert doc._.normalized == nlp(TEXT)._.normalized
        assert [span._.canonical for span in doc.spans["normalize"]][:1] == ["Kharkiv"]
