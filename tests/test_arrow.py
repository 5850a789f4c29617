"""Arrow arrays in and out: the same values as the list path gives, and no copy of what does not change.

Both engines are tried. pyarrow is needed for all of it, polars and pandas where they are named:
`pip install -e '.[arrow-test]'`.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import ConfigError, EngineError, IrreversibleSchemeError, Normalizer, UnknownSchemeError
from normalize import arrow as reference
from normalize.engines import ENGINES, why_no_native

pa: Any = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[arrow-test]'")

TYPES = (pa.string(), pa.large_string(), pa.string_view())
INDICES = (pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64())
SCHEME = "uk-kmu-2010"

PIECES = ("Kiev", "Kharkov", "Kharkiv", "Dоnetsk", "Сіверськ", "Kha", "rkov", "Seversky", "Donets", "x")
SPACES = (" ", " ", "", "\n", "'", ", ", "-", "\u00ad", "\u202e", "\0")
words = st.tuples(st.sampled_from(PIECES), st.sampled_from(SPACES)).map("".join)
texts = st.lists(words, max_size=8).map("".join) | st.text(max_size=8)
columns = st.lists(st.none() | texts, max_size=12) | st.lists(texts, max_size=12)


@pytest.fixture(params=ENGINES)
def nz(request: pytest.FixtureRequest) -> Normalizer:
    return normalizer(request.param)


def normalizer(engine: str) -> Normalizer:
    if engine == "native" and (reason := why_no_native()):
        pytest.skip(f"the native engine is not installed: {reason}")
    return Normalizer(engine=engine)


@pytest.fixture
def native() -> Normalizer:
    """Sharing of memory and threads are matters of the native engine."""
    return normalizer("native")


@st.composite
def arrays(draw: st.DrawFn, values: st.SearchStrategy[list[str | None]] = columns) -> Any:
    """An array, or a slice of one, of any layout."""
    array = pa.array(draw(values), draw(st.sampled_from(TYPES)))
    start = draw(st.integers(0, len(array)))
    return array.slice(start, draw(st.integers(0, len(array) - start)))


@st.composite
def dictionaries(draw: st.DrawFn) -> Any:
    """A slice of an array of indices, into a dictionary with entries that are null, unused or there twice."""
    dictionary = draw(arrays())
    index = st.none() | st.integers(0, len(dictionary) - 1) if len(dictionary) else st.none()
    indices = pa.array(draw(st.lists(index, max_size=12)), draw(st.sampled_from(INDICES)))
    array = pa.DictionaryArray.from_arrays(indices, dictionary, ordered=draw(st.booleans()))
    return array.slice(draw(st.integers(0, len(array))))


def changed(change: Callable[[str], str], values: list[str | None]) -> list[str | None]:
    return [None if value is None else change(value) for value in values]


def assert_holds(array: Any, like: Any, values: list[str | None]) -> None:
    """That an array has these values and the type of another, and is sound throughout."""
    assert array.type == like.type
    if len(array.dictionary if pa.types.is_dictionary(array.type) else array):
        # pyarrow finds fault with its own slices of no views
        array.validate(full=True)
    assert array.to_pylist() == values
    assert array.null_count == values.count(None) or pa.types.is_dictionary(array.type)
    assert array.slice(1).to_pylist() == values[1:]


class Exported:
    """An array of pyarrow that shows nothing but its capsules."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        return self.array.__arrow_c_array__(requested_schema)


def addresses(array: Any) -> list[int]:
    """Where the buffers of an array are, once it has gone through the interface."""
    buffers = pa.array(Exported(array)).buffers()
    return [buffer.address if buffer is not None and buffer.size else 0 for buffer in buffers]


# What comes out


@pytest.mark.parametrize("engine", ENGINES)
@given(array=arrays(), threads=st.sampled_from([None, 1, 2, 7]))
def test_values_are_those_of_normalize(engine: str, array: Any, threads: int | None) -> None:
    nz = normalizer(engine)
    for fixes in ("safe", "unsafe", "none"):
        new = nz.normalize_arrow(Exported(array), fixes, threads=threads)
        wanted = changed(lambda text, fixes=fixes: nz.normalize(text, fixes), array.to_pylist())
        assert_holds(pa.array(new), array, wanted)
        if wanted == array.to_pylist():
            assert addresses(pa.array(new)) == addresses(array)


@pytest.mark.parametrize("engine", ENGINES)
@given(array=arrays(), reverse=st.booleans())
def test_values_are_those_of_transliterate(engine: str, array: Any, reverse: bool) -> None:
    nz = normalizer(engine)
    scheme = "iso9-1995" if reverse else SCHEME
    new = pa.array(nz.transliterate_arrow(array, scheme, reverse))
    wanted = changed(lambda text: nz.transliterate(text, scheme, reverse), array.to_pylist())
    assert_holds(new, array, wanted)


@pytest.mark.parametrize("engine", ENGINES)
@given(chunks=st.lists(columns, max_size=4), kind=st.sampled_from(TYPES))
def test_chunks_stay_chunks(engine: str, chunks: list[list[str | None]], kind: Any) -> None:
    nz = normalizer(engine)
    array = pa.chunked_array(chunks, kind)
    new = pa.chunked_array(nz.normalize_arrow(array))
    assert new.num_chunks == array.num_chunks
    for old, one in zip(array.chunks, new.chunks, strict=True):
        assert_holds(one, old, changed(nz.normalize, old.to_pylist()))
        if one.to_pylist() == old.to_pylist():
            assert addresses(one) == addresses(old)


@pytest.mark.parametrize("engine", ENGINES)
@given(array=dictionaries())
def test_dictionaries_stay_dictionaries(engine: str, array: Any) -> None:
    nz = normalizer(engine)
    new = pa.array(nz.normalize_arrow(array))
    assert_holds(new, array, changed(nz.normalize, array.to_pylist()))
    entries = changed(nz.normalize, array.dictionary.to_pylist())
    if entries == array.dictionary.to_pylist():
        assert addresses(new) == addresses(array)
        assert addresses(new.dictionary) == addresses(array.dictionary)
    else:
        assert new.dictionary.to_pylist() == list(dict.fromkeys(entries))


def test_a_value_begins_and_ends_by_itself(nz: Normalizer) -> None:
    values = ["Kha", "rkov", "The", "Kharkov", "area", "Seversky", "Donets", "D", "оnetsk", "it's\n", "Kiev"]
    for kind in TYPES:
        new = pa.array(nz.normalize_arrow(pa.array(values, kind))).to_pylist()
        assert new == nz.normalize_batch(values)
        assert new[3] == "Kharkiv"


def test_chunks_with_one_dictionary(nz: Normalizer) -> None:
    dictionary = pa.array(["Kharkov", "Kharkiv", "Lviv"])
    indices = ([0, 1], [2, None], [1, 0, 0])
    parts = [pa.DictionaryArray.from_arrays(pa.array(part, pa.int8()), dictionary) for part in indices]
    new = pa.chunked_array(nz.normalize_arrow(pa.chunked_array(parts)))
    assert new.to_pylist() == ["Kharkiv", "Kharkiv", "Lviv", None, "Kharkiv", "Kharkiv", "Kharkiv"]
    assert [chunk.dictionary.to_pylist() for chunk in new.chunks] == [["Kharkiv", "Lviv"]] * 3


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_many_values_on_any_number_of_threads(native: Normalizer, kind: Any) -> None:
    some = ["in Kharkov today, and in the evening too", None, "nothing", "Сіверськ " * 9, "", "x" * 70_000]
    values = some[:5] * 40_000 + some
    array = pa.array(values, kind).slice(3)
    wanted = changed({text: native.normalize(text) for text in some if text is not None}.__getitem__, values)
    latin = {text: native.transliterate(text, SCHEME) for text in some if text is not None}
    for threads in (None, 1, 2, 5):
        assert_holds(pa.array(native.normalize_arrow(array, threads=threads)), array, wanted[3:])
        new = pa.array(native.transliterate_arrow(array, SCHEME, threads=threads))
        assert_holds(new, array, changed(latin.__getitem__, values)[3:])


# What is shared


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_validity_is_shared(native: Normalizer, kind: Any) -> None:
    array = pa.array([None, "Kharkov", "Lviv"] * 10, kind).slice(9)
    new = pa.array(native.normalize_arrow(array))
    assert new.to_pylist() != array.to_pylist()
    assert new.buffers()[0].address == array.buffers()[0].address + 1  # the byte that holds bit 9


def test_indices_are_shared(native: Normalizer) -> None:
    array = pa.array(["Kharkov", None, "Lviv", "Kharkov"]).dictionary_encode()
    new = pa.array(native.normalize_arrow(array))
    assert addresses(new.indices) == addresses(array.indices)
    assert new.dictionary.to_pylist() == ["Kharkiv", "Lviv"]


def test_long_values_of_a_view_stay_where_they_are(native: Normalizer) -> None:
    array = pa.array(["Kharkov", "does not fit into its view", "one from Kharkov, as long"], TYPES[2])
    new = pa.array(native.normalize_arrow(array))
    assert new.to_pylist()[::2] == ["Kharkiv", "one from Kharkiv, as long"]
    assert new.buffers()[2].address == array.buffers()[2].address
    assert new.buffers()[3].size == len("one from Kharkiv, as long")


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_what_is_not_shared_is_let_go(native: Normalizer, kind: Any) -> None:
    gc.collect()
    before = pa.total_allocated_bytes()
    array = pa.array(["Сіверськ на сході"] * 10_000, kind)
    new = native.transliterate_arrow(array, SCHEME)
    del array
    assert pa.total_allocated_bytes() == before
    back = pa.array(new)
    del new
    assert set(back.to_pylist()) == {"Siversk na skhodi"}


def test_what_is_shared_lives_as_long_as_it_is_used(native: Normalizer) -> None:
    gc.collect()
    before = pa.total_allocated_bytes()
    array = pa.chunked_array([["Lviv", None] * 5000, ["Kharkov", None] * 5000], TYPES[2])
    new = native.normalize_arrow(array)
    del array
    back = pa.chunked_array(native.normalize_arrow(new))
    del new
    assert set(back.to_pylist()) == {"Lviv", None, "Kharkiv"}
    assert pa.total_allocated_bytes() > before
    del back
    assert pa.total_allocated_bytes() == before


def test_other_threads_run_meanwhile(native: Normalizer) -> None:
    array = pa.array(["Сіверськ на сході, Kharkov"] * 200_000)
    started, done = threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        native.normalize_arrow(array, threads=1)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    started.wait()
    turns = 0
    while not done.is_set():
        turns += 1
    thread.join()
    assert turns > 1000


# Who gives and takes


def test_results_are_lists_of_values_too(native: Normalizer) -> None:
    array = native.normalize_arrow(pa.array(["Kiev", None]))
    chunks = native.normalize_arrow(pa.chunked_array([["Kiev"], [None, "x"]]).dictionary_encode())
    assert (list(array), len(array)) == (["Kyiv", None], 2)
    assert (list(chunks), len(chunks)) == (["Kyiv", None, "x"], 3)
    assert repr(array) == "<ArrowArray: 2 values, string>"
    assert repr(chunks).startswith("<ArrowChunkedArray: 3 values in 2 chunks, dictionary<values=string, ")


def test_results_can_be_given_again(nz: Normalizer) -> None:
    chunks = nz.normalize_arrow(pa.chunked_array([["Київ"], ["Kiev"]]))
    again = nz.transliterate_arrow(chunks, SCHEME)
    assert pa.chunked_array(again).to_pylist() == pa.chunked_array(again).to_pylist() == ["Kyiv", "Kyiv"]
    assert pa.array(again).to_pylist() == ["Kyiv", "Kyiv"]


def test_polars(nz: Normalizer) -> None:
    pl: Any = pytest.importorskip("polars", reason="polars is not installed: pip install '.[arrow-test]'")
    values = ["Kharkov", None, "Kharkiv", "a longer text on Kharkov"]
    for kind in (pl.String, pl.Categorical):
        series = pl.Series(values, dtype=kind)
        new = pl.Series(nz.normalize_arrow(series))
        assert new.dtype == kind
        assert new.to_list() == ["Kharkiv", None, "Kharkiv", "a longer text on Kharkiv"]
    frame = pl.DataFrame({"text": values})
    new = frame.with_columns(pl.col("text").map_batches(lambda one: pl.Series(nz.normalize_arrow(one))))
    assert new.to_dict(as_series=False) == {"text": ["Kharkiv", None, "Kharkiv", "a longer text on Kharkiv"]}


def test_polars_names_and_enumerations(native: Normalizer) -> None:
    pl: Any = pytest.importorskip("polars", reason="polars is not installed: pip install '.[arrow-test]'")
    assert pl.Series(native.normalize_arrow(pl.Series("towns", ["Kharkov"]))).name == "towns"
    enumeration = pl.Series(["Kharkov", "Lviv"], dtype=pl.Enum(["Kharkov", "Kharkiv", "Lviv"]))
    assert pl.Series(native.transliterate_arrow(enumeration, SCHEME)).dtype == enumeration.dtype
    new = pl.Series(native.normalize_arrow(enumeration))
    assert (new.dtype, new.to_list()) == (pl.Categorical, ["Kharkiv", "Lviv"])


def test_pandas(nz: Normalizer) -> None:
    pd: Any = pytest.importorskip("pandas", reason="pandas is not installed: pip install '.[arrow-test]'")
    if not hasattr(pd.Series, "from_arrow"):
        pytest.skip("this pandas has no Series.from_arrow; version 3 has")
    values = ["Kharkov", None, "Kharkiv", "Lviv"]
    kinds = ("str", "category", "string", object, pd.ArrowDtype(pa.string()), pd.ArrowDtype(pa.string_view()))
    for kind in kinds:
        series = pd.Series(values, dtype=kind)
        new = pd.Series.from_arrow(nz.normalize_arrow(series))
        assert new.dropna().tolist() == ["Kharkiv", "Kharkiv", "Lviv"]
        if kind == "category":
            assert new.cat.categories.tolist() == ["Kharkiv", "Lviv"]
    assert pd.Series(nz.normalize_arrow(series)).dropna().tolist() == ["Kharkiv", "Kharkiv", "Lviv"]


# What is refused


@pytest.mark.parametrize(
    ("array", "told"),
    [
        (["Kiev"], "not list; pyarrow.array"),
        ("Kiev", "not str"),
        (pa.array([1]), "not int64; cast it to a string type"),
        (pa.array([b"Kiev"]), "not binary; cast"),
        (pa.nulls(2), "not null; cast"),
        (pa.array([["Kiev"]]), "not list"),
        (pa.table({"text": ["Kiev"]}), "not struct"),
        (pa.chunked_array([[1.5]]), "not double; cast"),
        (pa.array([1, 2]).dictionary_encode(), "not dictionary<values=int64, indices=int32"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_types_are_refused_with_a_cure(nz: Normalizer, array: Any, told: str) -> None:
    with pytest.raises(TypeError, match=r"^expected an Arrow array") as caught:
        nz.normalize_arrow(array)
    assert told in str(caught.value)
    with pytest.raises(TypeError):
        nz.transliterate_arrow(array, SCHEME)


def test_wrong_choices_are_refused(nz: Normalizer) -> None:
    array = pa.array(["Kiev"])
    with pytest.raises(ConfigError, match="unknown fixes"):
        nz.normalize_arrow(array, "all")
    with pytest.raises(ConfigError, match="threads is 0"):
        nz.normalize_arrow(array, threads=0)
    with pytest.raises(UnknownSchemeError):
        nz.transliterate_arrow(array, "uk-kmu")
    with pytest.raises(IrreversibleSchemeError):
        nz.transliterate_arrow(array, SCHEME, reverse=True)


@pytest.mark.parametrize("threads", [1, 2])
def test_values_that_are_no_text_are_refused(native: Normalizer, threads: int) -> None:
    split = pa.py_buffer("Kié".encode())  # an offset inside é
    offsets = pa.py_buffer(b"".join(end.to_bytes(4, "little") for end in (0, 3, 4)))
    array = pa.Array.from_buffers(pa.string(), 2, [None, offsets, split])
    with pytest.raises(ValueError, match=r"^value 0 of the Arrow array is not valid UTF-8"):
        native.normalize_arrow(array, threads=threads)
    with pytest.raises(ValueError, match=r"^value 0 of the Arrow array is not valid UTF-8"):
        native.transliterate_arrow(array, SCHEME, threads=threads)


def test_capsules_are_used_once(native: Normalizer) -> None:
    class Stream:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return chunked

    class Used:
        capsules = pa.array(["Kiev"]).__arrow_c_array__()

        def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
            return self.capsules

    chunked = pa.chunked_array([["Kiev"]]).__arrow_c_stream__()
    assert list(native.normalize_arrow(Stream())) == ["Kyiv"]
    with pytest.raises(ValueError, match="read before"):
        native.normalize_arrow(Stream())
    assert list(native.normalize_arrow(Used())) == ["Kyiv"]
    with pytest.raises(ValueError, match="released already"):
        native.normalize_arrow(Used())


def test_the_reference_engine_needs_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(reference, "import_module", missing)
    with pytest.raises(EngineError, match="install pyarrow"):
        Normalizer(engine="reference").normalize_arrow(pa.array(["Kiev"]))
