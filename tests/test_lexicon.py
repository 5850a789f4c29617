"""The lexicon against a plain model: dictionaries of words, and of sequences of components."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normalize.ruleset.container import Container, Writer
from normalize.ruleset.kinds import FOUND_SMALL
from normalize.ruleset.lexicon import (
    ROOT,
    Lexicon,
    LexiconWriter,
    other_start_hash,
    small_start_hash,
    start_bits,
    start_hash,
)
from normalize.rulesets import open_ruleset

WORD = st.text(st.sampled_from("абвabcё'"), min_size=1, max_size=4)
SPELLING = st.tuples(st.integers(0, 7), WORD, st.integers(0, 7))
PHRASE = st.tuples(st.lists(st.integers(0, 7), min_size=1, max_size=4), st.integers(0, 9))


def build(spellings: list[tuple[int, str, int]], phrases: list[tuple[list[int], int]]) -> Lexicon:
    lexicon, writer = LexiconWriter("x"), Writer()
    numbers = [lexicon.component(("key", key))[0] for key in range(8)]
    for component, word, kind in spellings:
        lexicon.spell(numbers[component], word, kind)
    for components, payload in phrases:
        lexicon.phrase([numbers[one] for one in components], payload)
    lexicon.write(writer)
    return Lexicon(Container(writer.to_bytes()), "x")


@given(st.lists(SPELLING, max_size=40), st.lists(PHRASE, max_size=25), st.lists(WORD, max_size=5))
def test_model(
    spellings: list[tuple[int, str, int]], phrases: list[tuple[list[int], int]], others: list[str]
) -> None:
    lexicon = build(spellings, phrases)
    words: dict[str, dict[int, int]] = {}
    for component, word, kind in spellings:
        known = words.setdefault(word, {})
        known[component] = min(kind, known.get(component, kind))
    for word in [*words, *others]:
        assert dict(lexicon.spelled(word)) == words.get(word, {})
    assert sorted(lexicon.words()) == sorted(words)
    for components, _ in phrases:
        node: int | None = ROOT
        for component in components:
            assert node is not None
            node = lexicon.step(node, component)
        assert node is not None
        meant = {payload for other, payload in phrases if other == components}
        assert set(lexicon.payloads(node)) == meant
        assert len(lexicon.payloads(node)) == len(meant)


@given(st.lists(PHRASE, max_size=25), st.lists(st.integers(0, 7), min_size=1, max_size=5))
def test_no_step_that_was_not_given(phrases: list[tuple[list[int], int]], walk: list[int]) -> None:
    lexicon = build([], phrases)
    node: int | None = ROOT
    for length, component in enumerate(walk, start=1):
        node = lexicon.step(node, component)
        assert (node is not None) == any(other[:length] == walk[:length] for other, _ in phrases)
        if node is None:
            break


def test_empty() -> None:
    lexicon = build([], [])
    assert lexicon.spelled("x") == ()
    assert lexicon.step(ROOT, 0) is None
    assert lexicon.payloads(ROOT) == ()
    assert list(lexicon.words()) == []


@given(st.lists(SPELLING, max_size=20), st.lists(PHRASE, max_size=10), st.randoms())
def test_order_of_words_does_not_matter(
    spellings: list[tuple[int, str, int]], phrases: list[tuple[list[int], int]], random: object
) -> None:
    turned = list(spellings)
    random.shuffle(turned)  # type: ignore[attr-defined]
    one, other = build(spellings, phrases), build(turned, phrases)
    for _, word, _ in spellings:
        assert one.spelled(word) == other.spelled(word)


def test_real_words_are_found_in_one_step_each() -> None:
    """Every word of the shipped lexicon is found by hashing, and its components lead somewhere."""
    lexicon = open_ruleset("uk-national").place_lexicon
    words = list(lexicon.words())
    assert len(words) > 10_000
    assert all(lexicon.spelled(word) for word in words[::97])


def test_the_filter_passes_every_word_that_begins_a_phrase_and_few_others() -> None:
    ruleset = open_ruleset("uk-national")
    lexicon = ruleset.place_lexicon
    plain, other = (ruleset.container.rows(f"places.{name}") for name in ("starts", "starts.other"))

    def passes(word: str) -> bool:
        mixed, blocks = start_hash(word), plain
        if mixed is None:
            mixed, blocks = other_start_hash(word), other
        assert mixed is not None
        block, bits = start_bits(mixed, len(blocks))
        return blocks[block][0] & bits == bits

    def begins(word: str) -> bool:
        return any(lexicon.step(ROOT, component) is not None for component, _ in lexicon.spelled(word))

    beginnings = [word for word in lexicon.words() if begins(word)]
    assert all(passes(word) for word in beginnings)
    for letter in "qщ":
        others = [f"{letter}{number:x}z" for number in range(2000)]
        assert sum(passes(word) for word in others) < 100


def test_words_in_small_letters_have_filters_of_their_own() -> None:
    """What is found in small letters: well-known names, and the first words of longer ones."""
    ruleset = open_ruleset("uk-national")
    lexicon = ruleset.place_lexicon

    filters = {name: ruleset.container.rows(f"places.starts.{name}") for name in ("small", "alone", "later")}

    def passes(name: str, mixed: int | None) -> bool:
        blocks = filters[name]
        assert mixed is not None
        block, bits = start_bits(mixed, len(blocks))
        return blocks[block][0] & bits == bits

    words = [word for word in list(lexicon.words())[::7] if word.isascii()]
    steps = {word: [lexicon.step(ROOT, one) for one, _ in lexicon.spelled(word)] for word in words}
    firsts = [word for word, nodes in steps.items() if any(node is not None for node in nodes)]
    known = [
        word
        for word in firsts
        for node in steps[word]
        if node is not None
        for name in lexicon.payloads(node)
        if ruleset.places[ruleset.names[name].place].prominence >= FOUND_SMALL
    ]
    assert len(known) > 100
    assert all(
        passes("small", small_start_hash(word)) and passes("alone", start_hash(word)) for word in known
    )
    assert sum(passes("alone", start_hash(word)) for word in firsts) < len(firsts) / 2
    for phrase in ("new york", "velyka novosilka", "black sea"):
        first, later = phrase.split()
        assert passes("small", small_start_hash(first)), phrase
        assert passes("later", start_hash(later)), phrase
    assert not passes("later", start_hash("government"))
    letters = "abcdefghijklmnopqrstuvwxyz"
    made = [f"x{one}{two}{three}" for one in letters for two in letters for three in letters]
    assert sum(passes("small", small_start_hash(word)) for word in made) < len(made) / 10


def test_the_hash_of_a_beginning() -> None:
    assert start_hash("abcdefghij") == start_hash("abcdefgh") != start_hash("abcdefg")
    assert start_hash("ab") == start_hash("ab'c")
    assert start_hash("ž") is None
    assert other_start_hash("abcdefgž") != other_start_hash("abcdefgžž")
    assert start_hash("abž") is None
