"""What no engine can go below: moving the bytes, and what CPython takes to give its UTF-8 away."""

from __future__ import annotations

from typing import Any

from benchmarks.engines.kinds import Job, Ready


def copy(_job: Job) -> Ready:
    """The bytes copied into a buffer that is there and was written before."""
    buffers: dict[int, memoryview] = {}

    def run(data: bytes) -> memoryview:
        buffer = buffers.get(len(data))
        if buffer is None:
            buffer = buffers[len(data)] = memoryview(bytearray(data))
        buffer[:] = data
        return buffer

    return Ready(run, lambda data, out: None if out == data else -1)


def encode(_job: Job) -> Ready:
    """`str.encode`: what an engine pays that asks CPython for the UTF-8 of a fresh str."""

    def run(text: str) -> bytes:
        return text.encode()

    def outcome(text: Any, out: bytes) -> int | None:
        return None if len(out) >= len(text) else -1

    return Ready(run, outcome)
