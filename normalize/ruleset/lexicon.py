"""A lexicon: phrases of words, where each word may be spelled in many ways, mapped to payloads.

A *component* is one word of a name in all its spellings and scripts (`seversky`, `siverskyi`,
`северский`, `сіверський` …); a *phrase* is a sequence of components. So a name of three words with
twenty spellings each is three components and not eight thousand phrases, and its parts may be
written in different scripts without any further entry.

In the file, for a lexicon called `x`:

    x.words     string, list of (component, kind) pairs laid flat; sorted by bucket
    x.buckets   where each bucket of words starts; a word's bucket is crc32(UTF-8) >> shift
    x.edges     node, component, next node; sorted by bucket
    x.ebuckets  the same for edges; an edge's bucket is crc32(node, component as u32 LE) >> shift
    x.nodes     list of payloads of the phrases that end at the node
    x.starts    a Bloom filter of the words that begin phrases, in blocks of 32 bits: see `start_bits`;
                a word that is not in it begins nothing, and most words of a text are not
    x.starts.other  the same for keys that do not begin with ASCII letters, whole
    x.starts.small  the same of `start_hash(key[:4])`, asked of words of which the first letter is small and
                    no later one a capital: only of words that go on, or mean what is found in small letters
    x.starts.alone  the same of `start_hash`, of words that mean what is found in small letters
    x.starts.later  the same for words with which phrases go on

The number of buckets is a power of two, at least the number of entries, so a bucket holds one entry
on average and a look-up touches two or three cache lines whatever the size of the tables.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Hashable, Iterable, Sequence

from normalize.ruleset.container import Container, Writer

_EDGE = struct.Struct("<II")
ROOT = 0
BITS_A_START = 32  # bits of the filter for every word that begins a phrase: few others pass
START_FACTORS = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F  # odd numbers that spread bits (xxHash's)
_ALL = 0xFFFFFFFF


class LexiconWriter:
    """Collects words and phrases, then writes the sections of a lexicon."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._components: dict[Hashable, int] = {}
        self._words: dict[str, dict[int, int]] = {}
        self._edges: dict[tuple[int, int], int] = {}
        self._payloads: list[list[int]] = [[]]

    def component(self, key: Hashable) -> tuple[int, bool]:
        """The number of the component that `key` stands for, and whether it is new."""
        known = self._components.get(key)
        if known is not None:
            return known, False
        number = self._components[key] = len(self._components)
        return number, True

    def has(self, key: Hashable) -> bool:
        """Whether there is a component that `key` stands for."""
        return key in self._components

    def spell(self, component: int, word: str, kind: int) -> None:
        """Let `word` (a comparison key) spell the component; the lowest kind given wins."""
        kinds = self._words.setdefault(word, {})
        kinds[component] = min(kind, kinds.get(component, kind))

    def spells(self, component: int, word: str) -> bool:
        """Whether `word` has been given to the component already."""
        return component in self._words.get(word, ())

    def find(self, words: Sequence[str]) -> set[int]:
        """The payloads of the phrases that the words spell, as far as they have been added."""
        nodes = {ROOT}
        for word in words:
            spelled = self._words.get(word, ())
            steps = (self._edges.get((node, component)) for node in nodes for component in spelled)
            nodes = {node for node in steps if node is not None}
        return {payload for node in nodes for payload in self._payloads[node]}

    def phrase(self, components: Sequence[int], payload: int) -> None:
        """Let the sequence of components mean `payload`; a sequence may mean several."""
        node = ROOT
        for component in components:
            following = self._edges.get((node, component))
            if following is None:
                following = self._edges[node, component] = len(self._payloads)
                self._payloads.append([])
            node = following
        payloads = self._payloads[node]
        if payload not in payloads:
            payloads.append(payload)

    def write(
        self, writer: Writer, *, starts: bool = True, is_found_small: Callable[[int], bool] = lambda _: True
    ) -> None:
        """Write the sections; without `starts` none that serve to search a text.

        `is_found_small` tells of a payload whether a text in small letters can mean it.
        """
        name = self._name
        words: list[tuple[int, tuple[int, int]]] = []
        for word, kinds in sorted(self._words.items()):
            ordered = sorted(kinds.items()) if len(kinds) > 1 else kinds.items()
            pairs = [number for pair in ordered for number in pair]
            words.append(
                (zlib.crc32(word.encode("utf-8", "surrogatepass")), (writer.string(word), writer.list(pairs)))
            )
        edges = [
            (zlib.crc32(_EDGE.pack(node, component)), (node, component, following))
            for (node, component), following in sorted(self._edges.items())
        ]
        _write_hashed(writer, f"{name}.words", f"{name}.buckets", 2, words)
        _write_hashed(writer, f"{name}.edges", f"{name}.ebuckets", 3, edges)
        writer.table(f"{name}.nodes", 1, [(writer.list(payloads),) for payloads in self._payloads])
        if starts:
            self._write_starts(writer, is_found_small)

    def _write_starts(self, writer: Writer, is_found_small: Callable[[int], bool]) -> None:
        inner = {node for node, _ in self._edges}
        first = self._spelling(lambda node, _: node == ROOT)
        going_on = self._spelling(lambda node, following: node == ROOT and following in inner)
        later = self._spelling(lambda node, _: node != ROOT)
        alone = self._spelling(
            lambda node, following: node == ROOT and any(map(is_found_small, self._payloads[following]))
        )
        # what follows an apostrophe inside a word is not seen at once, nor whether it is a capital
        joined = {word for word in first if "'" in word[:-1]}
        for name, hashed, words in (
            ("starts", start_hash, first),
            ("starts.other", other_start_hash, first),
            ("starts.small", small_start_hash, alone | going_on | joined),
            ("starts.alone", start_hash, alone),
            ("starts.later", start_hash, later),
        ):
            writer.table(f"{self._name}.{name}", 1, _filter(hashed, words))

    def _spelling(self, is_wanted: Callable[[int, int], bool]) -> set[str]:
        """The words of components on edges that are wanted, by the nodes before and after."""
        wanted = {
            component for (node, component), following in self._edges.items() if is_wanted(node, following)
        }
        return {word for word, kinds in self._words.items() if not wanted.isdisjoint(kinds)}


def _filter(hashed: Callable[[str], int | None], words: Iterable[str]) -> list[tuple[int]]:
    """The blocks of a filter of some words."""
    found = {mixed for word in words if (mixed := hashed(word)) is not None}
    blocks = [0] * (1 << max(1, (len(found) * BITS_A_START // 32 - 1).bit_length()))
    for mixed in found:
        block, bits = start_bits(mixed, len(blocks))
        blocks[block] |= bits
    return [(block,) for block in blocks]


def start_hash(key: str) -> int | None:
    """What the filter knows of a key: 32 bits, made of the ASCII letters and digits that it begins with.

    They are made of the first eight, as two little-endian numbers with zeros after the last. None for a key
    that begins with another letter, or goes on with one: such words of a text are looked up without asking
    the filter.
    """
    ends = (at for at, char in enumerate(key) if not (char.isascii() and char.isalnum()))
    head = key[: next(ends, len(key))]
    if not head or not key[len(head) : len(head) + 1].isascii():
        return None
    return _mixed(head.encode(), 0)


def small_start_hash(key: str) -> int | None:
    """The same of the first four letters of a key alone."""
    return None if start_hash(key) is None else start_hash(key[:4])


def other_start_hash(key: str) -> int | None:
    """The same of a whole key in UTF-8, and of its length, where `start_hash` gives None; else None."""
    if start_hash(key) is not None:
        return None
    raw = key.encode("utf-8", "surrogatepass")
    return _mixed(raw, len(raw))


def _mixed(letters: bytes, length: int) -> int:
    number = int.from_bytes(letters[:8], "little")
    mixed = 0
    for part, factor in zip((number & _ALL, number >> 32, length), START_FACTORS, strict=False):
        mixed ^= part * factor & _ALL
    return (mixed ^ mixed >> 15) * START_FACTORS[3] & _ALL


def start_bits(mixed: int, size: int) -> tuple[int, int]:
    """The block of the filter that a hash falls into, of `size` blocks of 32 bits, and its bits there."""
    bits = sum({1 << (mixed >> shift & 31) for shift in (0, 5, 10)})
    return mixed * size >> 32, bits


def _write_hashed(
    writer: Writer, table: str, index: str, columns: int, entries: Iterable[tuple[int, Sequence[int]]]
) -> None:
    ordered = sorted(entries, key=lambda entry: entry[0])
    bits = max(1, (max(len(ordered), 1) - 1).bit_length())
    starts = [0] * ((1 << bits) + 1)
    for digest, _ in ordered:
        starts[(digest >> (32 - bits)) + 1] += 1
    for bucket in range(1 << bits):
        starts[bucket + 1] += starts[bucket]
    writer.table(table, columns, [row for _, row in ordered])
    writer.table(index, 1, [(start,) for start in starts])


class Lexicon:
    """A lexicon read in place."""

    def __init__(self, container: Container, name: str) -> None:
        self._container = container
        self._words = container.numbers(f"{name}.words")
        self._buckets = container.numbers(f"{name}.buckets")
        self._edges = container.numbers(f"{name}.edges")
        self._ebuckets = container.numbers(f"{name}.ebuckets")
        self._nodes = container.numbers(f"{name}.nodes")
        self._shift = 32 - (len(self._buckets) - 1).bit_length() + 1
        self._eshift = 32 - (len(self._ebuckets) - 1).bit_length() + 1
        self._spelled: dict[str, tuple[tuple[int, int], ...]] = {}

    def spelled(self, word: str) -> tuple[tuple[int, int], ...]:
        """The (component, kind) pairs that a comparison key spells; empty for an unknown word."""
        known = self._spelled.get(word)
        if known is None:
            if len(self._spelled) > 1 << 16:
                self._spelled.clear()
            known = self._spelled[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> tuple[tuple[int, int], ...]:
        raw = word.encode("utf-8", "surrogatepass")
        bucket = zlib.crc32(raw) >> self._shift
        for row in range(self._buckets[bucket], self._buckets[bucket + 1]):
            if self._container.raw_string(self._words[2 * row]) == raw:
                flat = self._container.list(self._words[2 * row + 1])
                return tuple(zip(flat[::2], flat[1::2], strict=True))
        return ()

    def step(self, node: int, component: int) -> int | None:
        """The node after `component`, or None where no phrase goes on so."""
        bucket = zlib.crc32(_EDGE.pack(node, component)) >> self._eshift
        for row in range(self._ebuckets[bucket], self._ebuckets[bucket + 1]):
            at = 3 * row
            if self._edges[at] == node and self._edges[at + 1] == component:
                return self._edges[at + 2]
        return None

    def payloads(self, node: int) -> tuple[int, ...]:
        """The payloads of the phrases that end at the node."""
        return self._container.list(self._nodes[node])

    def whole(self, key: str) -> tuple[int, ...]:
        """The payloads of a phrase that is one word, the key."""
        nodes = [self.step(ROOT, component) for component, _ in self.spelled(key)]
        return tuple(payload for node in nodes if node is not None for payload in self.payloads(node))

    def words(self) -> Iterable[str]:
        """Every word of the lexicon, in no useful order."""
        for at in range(0, len(self._words), 2):
            yield self._container.string(self._words[at])
