"""Streams cut into blocks: nothing lost, the same whatever the pipe does, and cut where no name crosses."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.cli.blocks import Block, blocks, pieces
from normalize.cli.segments import segments

SIZE = 64


class Dripping(io.RawIOBase):
    """A stream that returns a few bytes at a time, as a pipe may."""

    def __init__(self, data: bytes, seed: int) -> None:
        self.rest, self.random = data, random.Random(seed)

    def read(self, size: int = -1, /) -> bytes:
        count = self.random.randint(1, max(1, size))
        given, self.rest = self.rest[:count], self.rest[count:]
        return given

    def readinto(self, room: memoryview, /) -> int:
        given = self.read(len(room))
        room[: len(given)] = given
        return len(given)

    def readline(self, size: int | None = -1, /) -> bytes:
        return self.read(self.rest.find(b"\n") + 1 or size or 1) if self.rest else b""


def cut(data: bytes, size: int = SIZE) -> list[Block]:
    return list(blocks(io.BytesIO(data), size))


TEXTS = st.one_of(
    st.binary(max_size=600),
    st.lists(
        st.sampled_from(["Kiev ", "\n", "\n\n", "\r\n", ". ", "Донец", "a" * 50, "\0", "é", ",", "\t"]),
        max_size=120,
    ).map(lambda parts: "".join(parts).encode()),
)


@given(TEXTS, st.integers(0, 99))
def test_nothing_is_lost_and_the_pipe_does_not_matter(data: bytes, seed: int) -> None:
    whole = cut(data)
    assert b"".join(block for block, _ in whole) == data
    assert all(0 < len(block) <= SIZE for block, _ in whole)
    assert list(blocks(Dripping(data, seed), SIZE)) == whole
    assert b"".join(pieces(io.BytesIO(data), SIZE)) == data
    assert b"".join(block for block, _ in segments(io.BytesIO(data), SIZE)) == data


@given(st.text(max_size=400))
def test_no_character_is_cut(text: str) -> None:
    for block, opaque in cut(text.encode("utf-8", "replace")):
        if not opaque:
            block.decode("utf-8")
    for piece in pieces(io.BytesIO(text.encode("utf-8", "replace")), SIZE):
        piece.decode("utf-8")


def test_a_short_stream_is_one_block() -> None:
    data = b"one\n\ntwo\n\nthree"
    assert cut(data) == [(data, False)]
    assert cut(b"") == []


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        (b"a b\nc d. e\n\n", b"f g\nh. i j"),
        (b"a b\r\nc d. e\r\n\r\n", b"f g\r\nh. i j"),
        (b"a b\nc d.\n", b"f g\nh i j"),
        (b"a b. c\n", b"f. g h i j"),
        (b"a b. ", b"f g h i j"),
        (b"a b ", b"fghij;klm"),
        (b'a,b:"', b"fghijklm"),
    ],
)
def test_the_best_place_in_the_second_half(head: bytes, tail: bytes) -> None:
    start = b"x" * (SIZE - len(head) - len(tail) - 1)
    first, *_ = cut(start + head + tail + b"y" * SIZE)
    assert first[0] == start + head


def test_an_endless_word_is_opaque() -> None:
    found = cut(b"the picture " + b"A" * 500 + b" of Kiev")
    assert found[0] == (b"the picture ", False)
    assert found[-1] == (b" of Kiev", False)
    assert all(opaque for _, opaque in found[1:-1])


def test_lines() -> None:
    found = list(blocks(io.BytesIO(b"one\ntwo\r\n\nthree"), SIZE, by_line=True))
    assert [block for block, _ in found] == [b"one\n", b"two\r\n", b"\n", b"three"]


def test_switched_off_across_blocks() -> None:
    lines = [b"# normalize: off\n", b"Kiev\n" * 40, b"# normalize: on\n", b"Lvov\n" * 10]
    judged = b"".join(block for block, opaque in segments(io.BytesIO(b"".join(lines)), SIZE) if not opaque)
    # The block in which `off` stands is judged by the engine, which sees the mark itself.
    assert judged.startswith(lines[0])
    assert judged.endswith(lines[3])
    assert judged.count(b"Kiev") < 12


def test_the_byte_order_mark_is_not_judged() -> None:
    assert list(segments(io.BytesIO(b"\xef\xbb\xbfKiev"))) == [(b"\xef\xbb\xbf", True), (b"Kiev", False)]
