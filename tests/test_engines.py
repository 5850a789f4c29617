"""Choosing an engine, what a build without Rust does, and the border between Python and the extension."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import laws
import pytest

import normalize
from normalize import (
    Applicability,
    EngineError,
    Finding,
    IrreversibleSchemeError,
    Normalizer,
    Result,
    RulesetError,
    UnknownSchemeError,
    engines,
    shipped,
)
from normalize.engines import REQUIRE, VARIABLE, chosen_engine
from normalize.ruleset.records import schema
from normalize.rulesets import DATA, PACKAGE

ROOT = Path(__file__).parent.parent
ENGINES = laws.engines_here()
HOME = PACKAGE.parent  # where the package lies: found from there without `site`
needs_native = pytest.mark.skipif("native" not in ENGINES, reason="the native engine is not here")
needs_sources = pytest.mark.skipif(not (ROOT / "setup.py").is_file(), reason="not run in a checkout")

PRIVATE = "\U0010f8ff"  # the engine shows a lone surrogate as such a character
TEXTS = [
    "",
    "nothing to do",
    "Kiev",
    "café in Kiev, Dоnetsk",
    "from Kharkov “with” love – and Kiev",
    "Харків і Kharkov \U0001f600 Kiev",
    "the River Seversky Донец\r\n\r\nKiev\0Kharkov",
    "\udcff Kiev \udce9\udc80 Dоnetsk\udcff",
    f"\udcff{PRIVATE} Kiev {PRIVATE}\udcff Kharkov \U0001f600",
    f"{PRIVATE} Kiev {PRIVATE}",
    "Kiev [sic] but Kharkov <!-- normalize: ignore -->\nKharkov",
    "plain words, and then a name. " * 150 + "Kiev",
    "слово за словом, и потом имя. " * 150 + "Dоnetsk",
]


@pytest.fixture(autouse=True)
def no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.delenv(REQUIRE, raising=False)


# ---------------------------------------------------------------------------------------------- the choice


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the native engine had not been built."""
    monkeypatch.setattr(engines, "why_no_native", lambda: "cargo was not found")


def test_the_fastest_engine_is_the_default() -> None:
    assert chosen_engine() == normalize.engine_name() == ENGINES[-1] == Normalizer().engine


@pytest.mark.usefixtures("pure")
def test_without_the_native_engine_the_reference_is_the_default() -> None:
    assert chosen_engine() == "reference"


def test_the_environment_overrides_and_the_caller_overrides_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "reference")
    assert chosen_engine() == Normalizer().engine == "reference"
    assert [chosen_engine(name) for name in ENGINES] == ENGINES
    monkeypatch.setenv(VARIABLE, "fast")
    with pytest.raises(EngineError, match="unknown engine 'fast'; set NORMALIZE_ENGINE to one of reference"):
        chosen_engine()


@pytest.mark.usefixtures("pure")
@pytest.mark.parametrize(("variable", "value"), [(VARIABLE, "native"), (REQUIRE, "1")])
def test_what_was_asked_for_and_is_missing_is_an_error(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    said = f"not part of this installation: cargo was not found; unset {variable} or use reference"
    with pytest.raises(EngineError, match=said):
        Normalizer()
    assert Normalizer(engine="reference").engine == "reference"


@pytest.mark.parametrize(
    ("error", "said"),
    [(ModuleNotFoundError("x"), "Rust was missing"), (ImportError("bad file"), "cannot be loaded .bad file")],
)
def test_why_it_is_not_here_is_told(
    error: Exception, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail() -> None:
        raise error

    (tmp_path / "no-native-engine.txt").write_text("Rust was missing\n")
    monkeypatch.setattr(engines, "_load", fail)
    monkeypatch.setattr(engines, "known", list[str]())
    monkeypatch.setattr(shipped, "DATA", str(tmp_path))
    with pytest.raises(EngineError, match=said):
        chosen_engine("native")


@pytest.mark.parametrize("engine", ENGINES)
def test_the_command_tells_its_engine(engine: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "normalize", "--no-config", "--version"],
        env={**os.environ, VARIABLE: engine},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.startswith(f"normalize {normalize.__version__} ({engine} engine, ")


# --------------------------------------------------------------------------------------------- the build


def build_says(*, path: str | None = None, **environment: str) -> str:
    """What `setup.py` ends with if the native engine is required."""
    pytest.importorskip("setuptools")
    ran = subprocess.run(
        [sys.executable, "setup.py", "--name"],
        cwd=ROOT,
        env={**os.environ, REQUIRE: "1", "PATH": path or os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stderr.strip().splitlines()[-1] if ran.returncode else ""


@needs_sources
def test_a_build_that_must_have_the_native_engine_fails_without(tmp_path: Path) -> None:
    pytest.importorskip("setuptools_rust")
    required = "the native engine is required (NORMALIZE_REQUIRE_NATIVE), but "
    assert required + "cargo was not found; Rust " in build_says(path=str(tmp_path))
    assert required + "NORMALIZE_NO_NATIVE was set" in build_says(NORMALIZE_NO_NATIVE="1")


@needs_sources
@pytest.mark.skipif(sys.platform == "win32", reason="the tools are shell scripts")
def test_a_rust_that_is_too_old_is_as_none(tmp_path: Path) -> None:
    pytest.importorskip("setuptools_rust")
    for tool in ("cargo", "rustc"):
        (tmp_path / tool).write_text(f"#!/bin/sh\necho '{tool} 1.63.0 (fd9c4297c 2022-07-01)'\n")
        (tmp_path / tool).chmod(0o755)
    assert "cargo 1.63.0 is too old; Rust " in build_says(path=f"{tmp_path}{os.pathsep}{os.defpath}")


# -------------------------------------------------------------------------------------------- the border


@needs_native
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_both_engines_give_the_same_in_every_kind_of_text(text: str) -> None:
    """`str` of one, two and four bytes a code point, UTF-8, and what is not."""
    native, reference = Normalizer(engine="native"), Normalizer(engine="reference")
    for source in (text, text.encode("utf-8", "surrogateescape")):
        for fixes in laws.FIXES:
            one, other = native.apply(source, fixes), reference.apply(source, fixes)
            assert one.text == other.text == native.normalize(source, fixes)
            assert (one.findings, one.applied, one.edits) == (other.findings, other.applied, other.edits)
            assert (one.text is source) == (not one.applied)
        assert native.mentions(source) == reference.mentions(source)
        for scheme in ("uk-kmu-2010", "iso9-1995"):
            made = native.transliterate(source, scheme)
            assert made == reference.transliterate(source, scheme)
            assert (made is source) == (made == source)
    back = native.transliterate(text, "uk-iso9-1995", reverse=True)
    assert back == reference.transliterate(text, "uk-iso9-1995", reverse=True)


@pytest.mark.parametrize("engine", ENGINES)
def test_schemes_that_are_not_there(engine: str) -> None:
    nz = Normalizer(engine=engine)
    for text in ("", "Київ"):
        with pytest.raises(UnknownSchemeError, match="perhaps uk-kmu-2010"):
            nz.transliterate(text, "uk-kmu-2011")
        with pytest.raises(IrreversibleSchemeError, match="uk-kmu-2010 loses information"):
            nz.transliterate(text, "uk-kmu-2010", reverse=True)
        with pytest.raises(UnknownSchemeError, match="perhaps uk-kmu-2010"):
            nz.transliterate_batch([text], "uk-kmu-2011")
        with pytest.raises(IrreversibleSchemeError, match="uk-kmu-2010 loses information"):
            nz.transliterate_batch([text], "uk-kmu-2010", reverse=True)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_comes_back_is_as_python_would_have_made_it(engine: str) -> None:
    """A `str` in its narrowest form: else it would be unequal to itself made otherwise."""
    nz = Normalizer(engine=engine)
    for text, wanted in (
        ("Dоnetsk", "Donetsk"),
        ("é Dоnetsk", "é Donetsk"),
        ("\U0001f600 Kiev", "\U0001f600 Kyiv"),
    ):
        made = nz.normalize(text)
        assert made == wanted
        assert hash(made) == hash(wanted)
        assert sys.getsizeof(made) == sys.getsizeof("".join(list(wanted)))


@pytest.mark.parametrize("engine", ENGINES)
def test_findings_are_those_of_the_public_contract(engine: str) -> None:
    (first, second) = Normalizer(engine=engine).find("Kiev, Kiev")
    assert type(first) is Finding
    assert first.applicability is Applicability.SAFE
    assert first.place == second.place
    assert (first.start, second.start, second.end) == (0, 6, 10)
    assert pickle.loads(pickle.dumps(first)) == first
    assert hash(first.applicability) == hash("safe")


@needs_native
def test_both_engines_read_the_same_records(tmp_path: Path) -> None:
    from normalize import _native

    assert schema() == _native.SCHEMA
    data = (DATA / "ap.nzr").read_bytes()
    (tmp_path / "other.nzr").write_bytes(data.replace(schema().encode(), b"0" * len(schema())))
    for engine in ENGINES:
        with pytest.raises(RulesetError, match=r"other\.nzr: was built by another release; build it again"):
            engines.make_worker(str(tmp_path / "other.nzr"), engine)
        with pytest.raises(RulesetError, match=r"none\.nzr: cannot be opened .*; build it again"):
            engines.make_worker(str(tmp_path / "none.nzr"), engine)
        worker = engines.make_worker(str(DATA / "ap.nzr"), engine)
        assert (worker.profile, worker.sha256) == (worker.ruleset.profile, worker.ruleset.sha256)


@needs_native
def test_with_the_native_engine_little_is_imported() -> None:
    """The command must start at once."""
    code = "import sys; from normalize import Normalizer; Normalizer().normalize('Kiev'); print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, cwd=HOME
    )
    slow = {"dataclasses", "enum", "hashlib", "inspect", "pathlib", "re", "tempfile", "typing"}
    assert not slow & set(ran.stdout.split())


@needs_native
def test_only_texts_are_taken() -> None:
    nz = Normalizer(engine="native")
    calls = (nz.normalize, nz.find, nz.apply, nz.mentions, lambda text: nz.transliterate(text, "uk-kmu-2010"))
    for call in calls:
        with pytest.raises(TypeError, match="a text is a str or bytes, and this is of type int"):
            call(7)  # type: ignore[type-var]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_result_answers_when_it_is_asked(engine: str) -> None:
    """Findings are made when they are asked for, from a text that somebody else may have let go."""
    nz = Normalizer(engine=engine)
    results: list[Result[str]] = [nz.apply("Dоnetsk and Kiev ’ " * (number + 1)) for number in range(3)]
    for number, result in enumerate(results):
        assert len(result.edits) == len(result.applied) == 2 * (number + 1)
        assert result.findings is result.findings
        assert [(edit.start, edit.replacement) for edit in result.edits] == [
            (finding.start, finding.replacement) for finding in result.applied
        ]


@pytest.mark.parametrize("engine", ENGINES)
def test_threads_share_an_engine(engine: str) -> None:
    nz = Normalizer(engine=engine)
    text = "Kiev, Kharkov and Dоnetsk. " * 20
    expected = nz.normalize(text)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(nz.normalize, [text] * 12)) == {expected}


def test_normalizers_of_equal_settings_share_their_work() -> None:
    assert Normalizer(allow=["Kiev"])._worker is Normalizer(allow=["Kiev"])._worker
    assert Normalizer(allow=["Kiev"])._worker is not Normalizer()._worker
    assert Normalizer(allow=["Kiev"]).normalize("Kiev, Kharkov") == "Kiev, Kharkiv"
